//! The field in which words are looked for, and where the focus goes in it.

use leptos::prelude::*;

use crate::app::browser::{drawn, in_time, select_words};
use crate::app::state::App;
use crate::editor::{Event, Seek};

/// Shows the field in which words are looked for, with what was looked for last.
pub fn open(app: App) {
    if app.with(|core| core.editor.find().is_none()) {
        app.send(Event::Find(Seek::Open));
    }
    // The field takes the focus as soon as it is there.
    app.find_asked.set(true);
}

/// Shows the field for what is to be put in the place of what is found as well.
pub fn open_to_replace(app: App) {
    app.replacing.set(true);
    open(app);
}

/// Shows or hides the field for what is to be put in the place of what is found.
pub fn toggle_replacing(app: App) {
    app.replacing.update(|shown| *shown = !*shown);
    if app.replacing.get_untracked() {
        in_time(async {
            drawn().await;
            select_words("#replace-with");
        });
    }
}
