//! A constant with a few numbers, to be chosen.

use leptos::prelude::*;

use crate::app::components::field::InputField;
use crate::model::{Id, exact_text};
use crate::worker::{Slider, SpreadList};

/// The numbers in a text: with blanks, semicolons or line breaks between them, or with commas where
/// no number has one; none where something is no number.
fn numbers_in(typed: &str) -> Option<Vec<f64>> {
    let has_blanks = typed.contains([' ', ';', '\n', '\t']);
    let is_between = |letter: char| match letter {
        ',' => !has_blanks,
        _ => letter.is_whitespace() || letter == ';',
    };
    let parts = typed.split(is_between);
    let parts = parts.map(|part| part.trim_end_matches(',').replace(',', "."));
    let parts = parts.filter(|part| !part.is_empty());
    let numbers: Option<Vec<f64>> = parts.map(|part| part.parse().ok()).collect();
    numbers.filter(|numbers| numbers.iter().all(|number| number.is_finite()))
}

/// A constant: whether it is chosen, and which numbers it has.
#[component]
pub fn ListRow(
    /// The constant.
    id: Id,
    /// All constants.
    sliders: Memo<Vec<Slider>>,
    /// Those that are chosen.
    lists: RwSignal<Vec<SpreadList>>,
) -> impl IntoView {
    let slider =
        Memo::new(move |_| sliders.with(|all| all.iter().find(|one| one.id == id).cloned()));
    let name =
        move || slider.with(|one| one.as_ref().map(|one| one.name.clone()).unwrap_or_default());
    let list =
        Memo::new(move |_| lists.with(|all| all.iter().find(|one| one.about == id).cloned()));
    let wrong = RwSignal::new(false);
    let toggle = move |_| {
        let value = slider.with_untracked(|slider| slider.as_ref().map(|slider| slider.value));
        lists.update(|all| match all.iter().position(|one| one.about == id) {
            Some(place) => {
                all.remove(place);
            }
            None => all.extend(value.map(|value| SpreadList {
                about: id,
                numbers: vec![value],
            })),
        });
    };
    let keep = move |typed: String| {
        let numbers = numbers_in(&typed).filter(|numbers| !numbers.is_empty());
        wrong.set(numbers.is_none());
        if let Some(numbers) = numbers {
            lists.update(|all| {
                if let Some(one) = all.iter_mut().find(|one| one.about == id) {
                    one.numbers = numbers;
                }
            });
        }
    };
    let words = move || {
        list.with(|list| {
            let numbers = list.iter().flat_map(|list| &list.numbers);
            numbers
                .map(|number| exact_text(*number))
                .collect::<Vec<_>>()
                .join(" ")
        })
    };
    view! {
        <div class="run-range">
            <label>
                <input
                    type="checkbox"
                    prop:checked=move || list.with(Option::is_some)
                    on:change=toggle
                />
                <span dir="auto">{name}</span>
            </label>
            <Show when=move || list.with(Option::is_some)>
                <InputField
                    value=Signal::derive(words)
                    keep=keep
                    attr:class="field"
                    attr:inputmode="text"
                    attr:placeholder="such as 10 20 50"
                    attr:autocomplete="off"
                    attr:aria-label=move || format!("Numbers of {}", name())
                />
                <Show when=move || wrong.get()>
                    <p class="trouble" role="alert">
                        "numbers are needed, with blanks between them, such as 10 20 50"
                    </p>
                </Show>
            </Show>
        </div>
    }
}
