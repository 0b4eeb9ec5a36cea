//! A choice among a fixed list.

use leptos::prelude::*;

use crate::app::components::field::Choice;

/// A choice among a fixed list.
#[component]
pub fn Pick<T: Copy + PartialEq + Send + Sync + 'static>(
    /// The name of the choice.
    label: &'static str,
    /// What can be chosen, with its words.
    list: &'static [(T, &'static str)],
    /// What is chosen.
    #[prop(into)]
    now: Signal<T>,
    /// Hears what a person chooses.
    #[prop(into)]
    keep: Callback<T>,
) -> impl IntoView {
    // The value of an option is its place in the list.
    let options = list.iter().enumerate();
    let options: Vec<_> = options
        .map(|(place, (_, words))| (place.to_string(), (*words).to_owned()))
        .collect();
    let chosen = Signal::derive(move || {
        let now = now.get();
        let place = list.iter().position(|(value, _)| *value == now);
        place.unwrap_or(0).to_string()
    });
    let keep = move |typed: String| {
        if let Some((value, _)) = typed.parse().ok().and_then(|place: usize| list.get(place)) {
            keep.run(*value);
        }
    };
    view! { <Choice options chosen keep=keep attr:aria-label=label/> }
}
