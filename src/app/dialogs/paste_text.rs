//! A field for the text of a diagram or a LOOPY link.

use leptos::prelude::AnyView;
use web_sys::HtmlElement;

use crate::app::panels::exhibit::part;
use crate::app::plain::{Place, effect, tag, together};
use crate::app::state::use_app;
use crate::workbench::SheetKind;

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
        part(app, SheetKind::Readers),
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
