//! The panel at the side: loops or outline.

mod loops;
mod outline;

use leptos::prelude::*;

use super::icon::icon;
use super::state::{Side, use_app};
use loops::LoopsPanel;
use outline::OutlinePanel;

/// The panel at the side.
#[component]
pub fn SidePanel() -> impl IntoView {
    let app = use_app();
    view! {
        <Show when=move || app.side.get() != Side::Hidden>
            <aside class="side" aria-label=move || match app.side.get() {
                Side::Outline => "Outline",
                Side::Loops | Side::Hidden => "Loops",
            }>
                <button class="icon-button side-close" aria-label="Fold the panel away"
                    title="Fold away" on:click=move |_| app.side.set(Side::Hidden)>
                    {icon(icondata_lu::LuX)}
                </button>
                {move || match app.side.get() {
                    Side::Loops => view! { <LoopsPanel/> }.into_any(),
                    Side::Outline => view! { <OutlinePanel/> }.into_any(),
                    Side::Hidden => ().into_any(),
                }}
            </aside>
        </Show>
    }
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
