//! Measured data: a table is given, and what it is taken for is chosen.

use leptos::prelude::AnyView;

use super::paste_text::text_field;
use crate::app::panels::exhibit::exhibit;
use crate::app::plain::{tag, together, view_of};
use crate::app::state::{App, use_app};

const WORDS: &str = "A table of steps, of work items or of their moves, as CSV or copied.";

/// The dialog: a table is asked for, then the form that the workbench has written of it.
pub fn measured() -> AnyView {
    let app = use_app();
    view_of(move || match app.form.get() {
        None => text_field(
            tag("p").class("muted").text(WORDS).view(),
            "Table",
            App::look_at,
            App::choose_table,
        ),
        Some(blocks) => {
            let blocks = blocks.iter().map(|block| exhibit(app, block));
            let blocks = together(blocks.collect());
            tag("div").class("form").child(blocks).view()
        }
    })
}
