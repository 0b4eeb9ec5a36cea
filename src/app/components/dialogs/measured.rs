//! Measured data: a table is given, and what it is taken for is chosen.

use leptos::prelude::*;

use super::paste_text::text_field;
use crate::app::components::panels::exhibit::exhibit;
use crate::app::plain::{flag_of, tag, together, view_of};
use crate::app::services::files;
use crate::app::state::{App, use_app};
use crate::worker::Block;

const WORDS: &str = "A table of steps, of work items or of their moves, as CSV or copied.";

/// The dialog: a table is asked for, then the form that the worker has written of it. The text
/// that was asked for stays behind the form, so that a person can go back to it.
pub fn measured() -> AnyView {
    let app = use_app();
    let asking = text_field(
        tag("p").class("muted").text(WORDS).view(),
        "Table",
        files::read_table,
        files::choose_table,
    );
    let asking = tag("div")
        .with("hidden", flag_of(move || app.form.get().is_some()))
        .child(asking);
    together(vec![asking.view(), form(app)])
}

/// What the worker has written as a form, the buttons at its foot.
pub fn form(app: App) -> AnyView {
    view_of(move || {
        let blocks = app.form.get().unwrap_or_default();
        // The buttons stay in sight at the foot.
        let part = |class: &'static str, is_foot: bool| {
            let part = blocks.iter();
            let part = part.filter(|block| matches!(block, Block::Button(_)) == is_foot);
            let part = together(part.map(|block| exhibit(app, block)).collect());
            tag("div").class(class).child(part).view()
        };
        together(vec![part("form", false), part("form-foot", true)])
    })
}
