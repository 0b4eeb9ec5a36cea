//! The panel at the side: loops or outline.

mod loops;
mod outline;

use leptos::prelude::*;

use crate::app::plain::{on, view_of};

use super::icon::icon;
use super::state::{Side, use_app};
use loops::LoopsPanel;
use outline::OutlinePanel;

/// The panel at the side.
#[component]
pub fn SidePanel() -> impl IntoView {
    let app = use_app();
    view_of(move || {
        let (name, panel) = match app.side.get() {
            Side::Hidden => return ().into_any(),
            Side::Loops => ("Loops", view! { <LoopsPanel/> }.into_any()),
            Side::Outline => ("Outline", view! { <OutlinePanel/> }.into_any()),
        };
        view! {
            <aside class="side" aria-label=name>
                <button class="icon-button side-close" aria-label="Fold the panel away"
                    title="Fold away" on:click=on(move |_| app.side.set(Side::Hidden))>
                    {icon(icondata_lu::LuX)}
                </button>
                {panel}
            </aside>
        }
        .into_any()
    })
}

/// How many of something, in words: 1 link, 1,200 links.
#[must_use]
pub fn counted(number: usize, one: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {one}{plural}", grouped(number as u64))
}

/// A number with its thousands apart: 1,112,073.
#[must_use]
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
