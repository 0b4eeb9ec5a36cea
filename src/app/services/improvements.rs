//! Improvements of a stream: asking for their numbers, and which one the canvas shows.

use leptos::prelude::*;

use crate::app::services::{notify, reports, streams, worker};
use crate::app::state::{App, Trying};
use crate::editor::{Command, Event, KeepAs, duplicate_improvement, keep_improvement, make_it_so};
use crate::model::{Id, Patch, in_sentence};
use crate::worker::{Request, Showing};

/// Asks for the numbers of today, of what is saved and of what is tried. Who asks here follows what
/// is known of the streams.
pub fn request(app: App) {
    let about = reports::stream_selected(app);
    let tried = app.trying.with(Trying::changes);
    worker::request(app, Request::Improvements { about, tried });
}

/// Shows an improvement on the canvas, or today again.
pub fn show(app: App, showing: Showing, name: &str) {
    if app.showing.get_untracked() == showing {
        return;
    }
    let words = match &showing {
        Showing::Today => "The canvas shows today".to_owned(),
        Showing::Saved(_) | Showing::Tried(_) => format!("The canvas shows {name}"),
    };
    app.showing.set(showing);
    streams::refresh(app);
    notify::announce(app, words);
}

/// Where what is tried is shown on the canvas, shows it as it is now.
pub fn follow(app: App) {
    if !matches!(app.showing.get_untracked(), Showing::Tried(_)) {
        return;
    }
    let changes = app.trying.with_untracked(Trying::changes);
    let showing = changes.map_or(Showing::Today, Showing::Tried);
    if app.showing.get_untracked() != showing {
        app.showing.set(showing);
        streams::refresh(app);
    }
}

/// Keeps what is tried under its name, and tries nothing any more.
pub fn keep(app: App) {
    let trying = app.trying.get_untracked();
    let Some(changes) = trying.changes() else {
        return;
    };
    let (id, patch) = app.change(|core| {
        let document = core.editor.document();
        let name = match trying.name.trim() {
            "" => format!("Improvement {}", document.improvements().len() + 1),
            name => name.to_owned(),
        };
        let keep = trying.of.map_or(KeepAs::New, KeepAs::Saved);
        keep_improvement(document, keep, &name, changes, &mut core.ids)
    });
    app.trying.set(Trying::default());
    apply(app, patch);
    if matches!(app.showing.get_untracked(), Showing::Tried(_)) {
        app.showing.set(Showing::Saved(id));
        streams::refresh(app);
    }
    notify::announce(app, format!("{} kept", name_of(app, id)));
}

/// Tries what a saved improvement says, so that it can be changed.
pub fn edit(app: App, id: Id) {
    let improvement = app.with(|core| core.editor.document().improvements().get(&id).cloned());
    if let Some(improvement) = improvement {
        app.trying.set(Trying {
            of: Some(id),
            changes: improvement.changes.iter().copied().collect(),
            name: improvement.name,
        });
    }
}

/// Adds a copy of a saved improvement.
pub fn duplicate(app: App, id: Id) {
    let patch = app.change(|core| duplicate_improvement(core.editor.document(), id, &mut core.ids));
    apply(app, patch);
    notify::announce(app, format!("Copy of {} added", name_of(app, id)));
}

/// Removes a saved improvement.
pub fn remove(app: App, id: Id) {
    let name = name_of(app, id);
    send(app, Command::Remove(id));
    notify::announce(app, format!("{name} removed"));
}

/// Makes a saved improvement so, in one step of the history.
pub fn apply_to_map(app: App, id: Id) {
    let name = name_of(app, id);
    let patch = app.with(|core| make_it_so(core.editor.document(), id));
    if app.showing.get_untracked() != Showing::Today {
        app.showing.set(Showing::Today);
    }
    apply(app, patch);
    let words = format!("The map says now what {name} says.");
    notify::show(
        app,
        words,
        crate::app::state::Tone::Info,
        Some(crate::app::state::Offer::Undo),
    );
}

fn apply(app: App, patch: Patch) {
    send(app, Command::Apply(patch));
}

fn send(app: App, command: Command) {
    app.send(Event::Do(command));
}

/// What a saved improvement is called in a sentence.
fn name_of(app: App, id: Id) -> String {
    app.with(|core| {
        let improvements = core.editor.document().improvements();
        improvements
            .get(&id)
            .map_or_else(String::new, |one| in_sentence(&one.name))
    })
}
