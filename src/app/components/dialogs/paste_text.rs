//! A field for the text of a diagram, a LOOPY link, or a table of measured data.

use leptos::prelude::*;
use web_sys::HtmlElement;

use crate::app::components::panels::exhibit::part;
use crate::app::plain::{Place, effect, tag, together};
use crate::app::services::files;
use crate::app::state::{App, use_app};
use crate::worker::ReportKind;

/// The field, and what becomes of its text.
pub fn paste_text() -> AnyView {
    text_field(
        part(use_app(), ReportKind::Readers),
        "Text or link",
        |app, name, text| files::open_text(app, &text, &name),
        files::choose,
    )
}

/// A field for a text, or a file in its place; what is done with it gets its name and itself; `choose`
/// asks for the file.
pub fn text_field(
    words: AnyView,
    label: &'static str,
    take: fn(App, String, String),
    choose: fn(App),
) -> AnyView {
    let app = use_app();
    let field = Place::new();
    effect(move || {
        // Again when it comes back from behind a form.
        app.form.track();
        if let Some(field) = field.get::<HtmlElement>() {
            let _ = field.focus();
        }
    });
    let open = move || take(app, "The text".to_owned(), field.value());
    together(vec![
        words,
        tag("textarea")
            .class("field paste-field")
            .at(field)
            .with("rows", "8")
            .with("spellcheck", "false")
            .label(label)
            .view(),
        tag("div")
            .class("dialog-actions")
            .child(
                tag("button")
                    .class("button")
                    .press(move || choose(app))
                    .text("Choose a file"),
            )
            .child(
                tag("button")
                    .class("button button-primary")
                    .press(open)
                    .text("Open"),
            )
            .view(),
    ])
}
