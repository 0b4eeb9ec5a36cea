//! A field for the text of a diagram or a LOOPY link.

use leptos::prelude::AnyView;
use web_sys::HtmlElement;

use crate::app::plain::{Place, effect, tag, together};
use crate::app::state::use_app;

/// The field, and what becomes of its text.
pub fn paste_text() -> AnyView {
    let app = use_app();
    let field = Place::new();
    effect(move || {
        if let Some(field) = field.get::<HtmlElement>() {
            let _ = field.focus();
        }
    });
    let open = move || app.open_text(&field.value(), "the text");
    together(vec![
        tag("p")
            .class("muted")
            .text(
                "A LOOPY link or its exported text, SD-JSON, a CSV list of links (from, to, polarity, \
                 delay), or the text of a Loopstream file. It opens as a new diagram; the open one \
                 stays as it is.",
            )
            .view(),
        tag("textarea")
            .class("field paste-field")
            .at(field)
            .with("rows", "8")
            .with("spellcheck", "false")
            .label("Text or link")
            .with("placeholder", "https://ncase.me/loopy/…?data=[[[1,…")
            .view(),
        tag("div")
            .class("dialog-actions")
            .child(
                tag("button")
                    .class("button button-primary")
                    .press(open)
                    .text("Open"),
            )
            .view(),
    ])
}
