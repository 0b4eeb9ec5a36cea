//! Units that do not agree, under the equation that has them, and what makes them agree.

use leptos::prelude::*;

use super::tell;
use crate::app::browser::{focus, pointing};
use crate::app::services::equation::EQUATION;
use crate::app::state::use_app;
use crate::editor::{Command, PointerKind};
use crate::worker::{EquationOffer, UnitClash};

/// The id of the lines.
pub const EQUATION_CLASHES: &str = "equation-clashes";

/// The lines.
#[component]
pub fn Clashes(
    /// What does not agree.
    #[prop(into)]
    clashes: Signal<Vec<UnitClash>>,
    /// The equation that places are of.
    #[prop(into)]
    shown: Signal<String>,
    /// Whether it is of a document of before.
    #[prop(into)]
    is_old: Signal<bool>,
    /// Whether something else is typed meanwhile: what is offered here would be lost with it.
    #[prop(into)]
    is_typed: Signal<bool>,
) -> impl IntoView {
    let line = move |clash: UnitClash| {
        let part = clash.place.and_then(|(start, end)| {
            shown.with(|shown| {
                let part = shown.get(start as usize..end as usize)?;
                (part.trim() != shown.trim()).then(|| part.to_owned())
            })
        });
        view! {
            <li>
                <span dir="auto">
                    {part.map(|part| view! { <code dir="ltr">{part}</code> ": " })}
                    {clash.words}
                </span>
                {clash.offers.into_iter().map(|offer| view! { <Mend offer waits=is_typed/> }).collect_view()}
            </li>
        }
    };
    view! {
        <ul
            class="equation-differences equation-clashes"
            class:equation-old=move || is_old.get() || is_typed.get()
            id=EQUATION_CLASHES
            aria-label="Units do not agree"
            aria-busy=move || is_old.get().to_string()
            hidden=move || clashes.with(Vec::is_empty)
        >
            {move || clashes.get().into_iter().map(line).collect_view()}
        </ul>
    }
}

/// The button that mends it. What it does was written for this document, or one just before it.
#[component]
pub fn Mend(
    offer: EquationOffer,
    /// Whether it is to wait.
    #[prop(into)]
    waits: Signal<bool>,
) -> impl IntoView {
    let app = use_app();
    let patch = offer.patch;
    // The button goes with what it mends, and the focus would go with it.
    let mend = move |_| {
        tell(app, Command::Apply(patch.clone()));
        if pointing() == PointerKind::Fine {
            focus(EQUATION);
        }
    };
    view! {
        <button class="button" disabled=waits on:click=mend>
            {offer.button}
        </button>
    }
}
