//! A part of the panel that folds away; what is folded is not computed.

use leptos::prelude::*;

use crate::app::plain::{show, tag, text_of};

/// Whether a part is open to begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// It is.
    Open,
    /// Only its heading shows.
    Closed,
}

/// A part with a heading that opens and closes it.
pub fn fold(
    title: &'static str,
    id: &'static str,
    first: Shown,
    make: impl Fn() -> AnyView + Send + 'static,
) -> AnyView {
    let open = RwSignal::new(first == Shown::Open);
    let head = tag("button")
        .class("fold-head")
        .with("id", format!("fold-{id}"))
        .with("aria-expanded", text_of(move || open.get().to_string()))
        .press(move || open.update(|open| *open = !*open))
        .text(title);
    tag("section")
        .class("fold")
        .label(title)
        .child(tag("h3").child(head))
        .child(show(move || open.get(), make))
        .view()
}
