//! The panel at the side: loops, outline or value stream.

pub mod exhibit;
mod loops;
mod outline;
mod stream;

use leptos::prelude::*;

pub use loops::sheet;
pub use stream::{FLOW_KINDS, choice};

use crate::app::components::icon::icon;
use crate::app::plain::{nothing, tag, view_of};
use crate::app::state::{Side, use_app};
use crate::model::{Counts, Document};

/// The panel at the side.
pub fn side_panel() -> AnyView {
    let app = use_app();
    view_of(move || {
        let (name, panel): (_, fn() -> AnyView) = match app.side.get() {
            Side::Hidden => return nothing(),
            Side::Loops => ("Loops", loops::loops_panel),
            Side::Outline => ("Outline", || view! { <outline::Outline/> }.into_any()),
            Side::Stream => ("Value stream", stream::stream_panel),
        };
        let fold = tag("button")
            .class("icon-button side-close")
            .label("Fold the panel away")
            .title("Fold away")
            .press(move || app.side.set(Side::Hidden))
            .child(icon(icondata_lu::LuX));
        tag("aside")
            .class("side")
            .label(name)
            .child(fold)
            .child(leptos::prelude::untrack(panel))
            .view()
    })
}

/// How many of something, in words: 1 link, 1,200 links.
#[must_use]
pub fn counted(number: usize, one: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {one}{plural}", grouped(number as u64))
}

/// What is in a diagram, in words.
#[must_use]
pub fn contents_of(document: &Document) -> Vec<String> {
    contents_in_words(Counts::of(document))
}

/// How many there are of what, in words: variables and links, unless it has steps and flows alone.
#[must_use]
pub fn contents_in_words(counts: Counts) -> Vec<String> {
    let Counts {
        variables,
        links,
        steps,
        flows,
    } = counts;
    let (causal, stream) = (variables + links > 0, steps + flows > 0);
    let mut words = Vec::new();
    if causal || !stream {
        words.extend([counted(variables, "variable"), counted(links, "link")]);
    }
    if stream {
        words.extend([counted(steps, "step"), counted(flows, "flow")]);
    }
    words
}

/// A number with its thousands apart: 1,112,073.
#[must_use]
pub fn grouped(number: u64) -> String {
    grouped_digits(&number.to_string())
}

/// The digits of a number with its thousands apart, however many there are.
#[must_use]
pub fn grouped_digits(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
