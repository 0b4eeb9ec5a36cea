//! Where the equation and the arrows of a variable differ, and what mends it.

use leptos::prelude::*;

use super::clashes::Mend;
use crate::worker::EquationOffer;

/// The lines of a variable.
#[component]
pub fn Offers(
    /// What differs.
    #[prop(into)]
    offers: Signal<Vec<EquationOffer>>,
    /// Whether it is of an equation of before.
    #[prop(into)]
    is_old: Signal<bool>,
) -> impl IntoView {
    let line = |offer: EquationOffer| {
        view! {
            <li>
                <span dir="auto">{offer.words.clone()}</span>
                <Mend offer waits=Signal::derive(|| false)/>
            </li>
        }
    };
    view! {
        <Show when=move || offers.with(|offers| !offers.is_empty())>
            <ul
                class="equation-differences"
                class:equation-old=is_old
                aria-label="Equation and arrows disagree"
                aria-busy=move || is_old.get().to_string()
            >
                {move || offers.get().into_iter().map(line).collect_view()}
            </ul>
        </Show>
    }
}
