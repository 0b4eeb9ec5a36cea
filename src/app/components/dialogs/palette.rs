//! All actions, found by typing.

use leptos::prelude::*;

use crate::app::components::chooser::{Choice, Chooser, Found, has_words};
use crate::app::dispatch::act;
use crate::app::state::{App, use_app};
use crate::editor::{Action, actions};

/// The actions whose label has every typed word and that can be done now.
fn found(app: App, typed: &str) -> Vec<Found> {
    app.with(|core| {
        let rows = actions().filter(|row| row.action != Action::Palette);
        let possible =
            rows.filter(|row| core.editor.holds(row.when) && has_words(row.label, typed));
        let entry = |action: Action| {
            let words = action.label().to_owned();
            (
                Choice::Action(action),
                words,
                core.editor.shortcut_of(action),
            )
        };
        possible.map(|row| entry(row.action)).collect()
    })
}

/// The command palette.
#[component]
pub fn Palette() -> impl IntoView {
    let app = use_app();
    let choose = move |choice| {
        let Choice::Action(action) = choice else {
            return;
        };
        app.dialog.set(None);
        act(app, action);
    };
    view! {
        <Chooser
            label="Command"
            list_label="Commands"
            placeholder="What do you want to do?"
            find=move |typed: String| found(app, &typed)
            choose
        />
    }
}
