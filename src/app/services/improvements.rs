//! Improvements of a stream: asking for their numbers, and which one the canvas shows.

use leptos::prelude::*;

use crate::app::browser::focus_soon;
use crate::app::services::{notify, reports, streams, worker};
use crate::app::state::{App, Trying};
use crate::editor::{
    Command, Event, KeepAs, describe, duplicate_improvement, keep_improvement,
    leave_out_or_take_back as leave_out_or_take_back_in, make_it_so, name_added_step,
    put_step_in as put_in, state_in_improvement, state_measures, take_added_step_out,
};
use crate::model::{
    Id, Improvement, Measure, MeasureChanges, MeasureKind, Patch, improved_measure, in_sentence,
};
use crate::worker::{Request, Showing};

/// Asks for the numbers of today, of what is saved and of what is tried. Who asks here follows what
/// is known of the streams.
pub fn request(app: App) {
    let about = reports::stream_selected(app);
    let tried = showing_tried(app);
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
    let showing = untrack(|| showing_tried(app));
    if app.showing.get_untracked() != showing {
        app.showing.set(showing);
        streams::refresh(app);
    }
}

/// What is tried, as the improvement that it would be: with what a saved one that is edited leaves out
/// and puts in; none while it changes nothing. Who asks here follows what is tried.
pub fn tried(app: App) -> Option<Improvement> {
    app.trying.with(|trying| {
        let base = app.with(|core| {
            let improvements = core.editor.document().improvements();
            trying.of.and_then(|id| improvements.get(&id).cloned())
        });
        let improvement = Improvement {
            changes: MeasureChanges::new(trying.changes.iter().copied()),
            ..base.unwrap_or_default()
        };
        (!improvement.is_empty()).then_some(improvement)
    })
}

/// What is tried, to be shown; today while it changes nothing.
fn showing_tried(app: App) -> Showing {
    tried(app).map_or(Showing::Today, |one| Showing::Tried(Box::new(one)))
}

/// What is known of a measure on the map that the canvas shows: of today, or as an improvement makes it.
/// Its record may be a step that the improvement puts in.
pub fn measure(app: App, cell: (Id, MeasureKind)) -> Option<Measure> {
    app.showing.with_untracked(|showing| {
        app.with(|core| {
            let document = core.editor.document();
            let improvement = showing.improvement(document).unwrap_or_default();
            improved_measure(document, &improvement, cell)
        })
    })
}

/// States measures on the map that the canvas shows: of today, or of the improvement.
pub fn state(app: App, stated: Vec<((Id, MeasureKind), Option<Measure>)>) {
    let edited = edited(app);
    let patch = app.with(|core| {
        let document = core.editor.document();
        match edited {
            Some(id) => state_in_improvement(document, id, stated),
            None => state_measures(document, stated),
        }
    });
    apply_edited(app, edited, patch);
}

/// Applies what is changed on the canvas. Where the improvement is being edited with sliders, too, they
/// show what it is now.
fn apply_edited(app: App, edited: Option<Id>, patch: Patch) {
    apply(app, patch);
    let tried = app.trying.with_untracked(|trying| trying.of);
    if let Some(id) = edited.filter(|id| tried == Some(*id)) {
        edit(app, id);
    }
}

/// The saved improvement that the canvas shows and that is changed there; none of today. What is only
/// tried is kept first, so that what is changed can be undone.
fn edited(app: App) -> Option<Id> {
    if matches!(app.showing.get_untracked(), Showing::Tried(_)) {
        keep(app);
    }
    match app.showing.get_untracked() {
        Showing::Saved(id) => Some(id),
        Showing::Today | Showing::Tried(_) => None,
    }
}

/// Leaves a station or flow out of the improvement that the canvas shows, or takes it back in.
pub fn leave_out_or_take_back(app: App, about: Id) {
    let Some(id) = edited(app) else {
        return;
    };
    let (patch, words) = app.with(|core| {
        let document = core.editor.document();
        let improvement = document.improvements().get(&id);
        let was_out = improvement.is_some_and(|one| one.leaves_out(about));
        let name = describe(document, about);
        let words = match was_out {
            true => format!("{name}: back in"),
            false => format!("{name}: left out"),
        };
        (leave_out_or_take_back_in(document, id, about), words)
    });
    apply(app, patch);
    notify::announce(app, words);
}

/// Puts a step in on a flow in the improvement that the canvas shows, and asks for its name.
pub fn put_step_in(app: App, flow: Id) {
    let Some(id) = edited(app) else {
        return;
    };
    let (step, patch) = app.change(|core| put_in(core.editor.document(), id, flow, &mut core.ids));
    apply(app, patch);
    notify::announce(app, "Step put in");
    focus_soon(format!("#added-name-{step}"));
}

/// Names a step that the improvement puts in.
pub fn name_added(app: App, step: Id, name: &str) {
    if let Some(id) = edited(app) {
        let patch = app.with(|core| name_added_step(core.editor.document(), id, step, name));
        apply(app, patch);
    }
}

/// Takes out a step that the improvement puts in.
pub fn take_added_out(app: App, step: Id) {
    if let Some(id) = edited(app) {
        let patch = app.with(|core| take_added_step_out(core.editor.document(), id, step));
        apply(app, patch);
        notify::announce(app, "Step taken out");
    }
}

/// Keeps what is tried under its name, and tries nothing any more.
pub fn keep(app: App) {
    let trying = app.trying.get_untracked();
    let changes = MeasureChanges::new(trying.changes.iter().copied());
    if changes.is_empty() && trying.of.is_none() {
        return;
    }
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

/// Adds an improvement that changes nothing yet, and shows it on the canvas, where it is changed.
pub fn begin(app: App) {
    let (id, patch) = app.change(|core| {
        let document = core.editor.document();
        let name = format!("Improvement {}", document.improvements().len() + 1);
        let nothing = MeasureChanges::default();
        keep_improvement(document, KeepAs::New, &name, nothing, &mut core.ids)
    });
    apply(app, patch);
    show(app, Showing::Saved(id), &name_of(app, id));
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
    if !patch.is_empty() {
        send(app, Command::Apply(patch));
    }
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
