//! An empty canvas: three ways to begin and one line of help.

use icondata_core::Icon;
use leptos::prelude::*;

use crate::app::components::icon::icon;
use crate::app::dispatch::act;
use crate::app::plain::{show, tag};
use crate::app::state::use_app;
use crate::editor::Action;

/// The ways to begin: what each does, its picture, its name, and how else it is done.
const WAYS: [(Action, Icon, &str, &str); 3] = [
    (
        Action::AddVariable,
        icondata_lu::LuPenLine,
        "Draw",
        "Double-click anywhere",
    ),
    (
        Action::Templates,
        icondata_lu::LuLayoutTemplate,
        "Open a template",
        "Ready diagrams and maps",
    ),
    (
        Action::OpenFile,
        icondata_lu::LuFolderOpen,
        "Open a file",
        "Or drop it on the page",
    ),
];

/// Shown while nothing is drawn.
pub fn empty_state() -> AnyView {
    let app = use_app();
    let empty = move || {
        app.document.track();
        app.mode.track();
        app.with(|core| core.editor.document().is_empty())
    };
    let ways = move || {
        WAYS.into_iter().map(move |(action, picture, name, how)| {
            tag("button")
                .class("way")
                .press(move || act(app, action))
                .child(icon(picture))
                .child(tag("strong").text(name))
                .child(tag("span").text(how))
        })
    };
    show(empty, move || {
        tag("section")
            .class("empty")
            .label("Begin")
            .child(tag("h2").text("What keeps happening, and why?"))
            .child(tag("p").text("Draw what influences what. Loops show themselves."))
            .child(tag("div").class("empty-ways").children(ways()))
            .view()
    })
}
