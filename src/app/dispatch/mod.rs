//! What the editor asks for and what the worker answers, done by the services.

mod actions;
mod responses;
mod room;

use leptos::prelude::*;

use crate::app::services::{
    arrange, clipboard, experiments, files, follow, frame, notify, panels, people, reports, saving,
    storage, vote,
};
use crate::app::state::{App, Handlers, Offer, Tone};
use crate::editor::{Action, Effect, Environment, Event, PresentInput, Versions};
use crate::worker::PageCommand;

/// What the state calls for events and answers.
pub static HANDLERS: Handlers = Handlers {
    event: dispatch,
    response: responses::handle,
    room: room::hear,
    unsent: responses::take_back,
};

/// Gives an event to the editor and does what it asks for; a motion under way is done first, unless
/// the event only looks.
pub fn dispatch(app: App, event: Event) {
    let only_looks = matches!(
        event,
        Event::Move(_)
            | Event::Leave
            | Event::Resized(_)
            | Event::Wheel(..)
            | Event::PointAt(_)
            | Event::PointAtLoop(_)
            | Event::Find(_)
            | Event::Play(_)
            | Event::Watch(_)
            | Event::Present(PresentInput::Tick(..) | PresentInput::Room(_))
            | Event::Animate(..)
    );
    if !only_looks {
        arrange::finish(app);
    }
    room::tell_refused(app, &event);
    let remote = matches!(event, Event::Remote(_));
    let cause = match event {
        Event::Remote(_) | Event::Resized(_) => follow::Cause::Elsewhere,
        _ => follow::Cause::Own,
    };
    let (effects, before) = app.change(|core| {
        let before = core.editor.versions();
        let environment = &mut Environment {
            ids: &mut core.ids,
            measure: &*core.measure,
        };
        (core.editor.handle(event, environment), before)
    });
    let is_committed = effects
        .iter()
        .any(|effect| matches!(effect, Effect::Committed(_)));
    for effect in effects {
        run_effect(app, effect);
    }
    if remote {
        reports::document_changed(app, None);
    }
    if is_committed || remote || is_another(app, before) {
        app.document.update(|version| *version += 1);
    }
    publish(app, before);
    follow::looked(app, cause);
    people::note(app);
}

/// Does what an action asks for, by whatever way it was asked.
pub fn act(app: App, action: Action) {
    dispatch(app, Event::Act(action));
}

/// Does what only the page can, for a row of a report.
pub fn run_page_command(app: App, command: PageCommand) {
    match command {
        PageCommand::ChooseFile => files::choose(app),
        PageCommand::AskForPromise => storage::ask_for_promise(app),
    }
}

fn run_effect(app: App, effect: Effect) {
    match effect {
        Effect::Committed(patch) => {
            notify::forget_last_change(app);
            reports::document_changed(app, Some(&patch));
            saving::save_patch(app, &patch);
        }
        Effect::Copied(part) => clipboard::copy(app, part),
        Effect::App(action) => actions::run_action(app, action),
        Effect::Done(words) => notify::show(app, words, Tone::Info, Some(Offer::Undo)),
        Effect::TookAlong(words) => notify::show(app, words, Tone::Info, Some(Offer::Redo)),
        Effect::ShowFinding(id) => panels::show_finding(app, id),
        Effect::ShowExperiment(id) => experiments::show(app, id),
        Effect::NameLoop(key) => app.naming.set(Some(key)),
        Effect::Dot(lever, way) => vote::dot(app, &lever, way),
        Effect::Announce(words) => notify::announce(app, words),
        Effect::OpenMenu(subject, at) => app.menu.set(Some((subject, at))),
        Effect::DroppedOnto { moved, onto } => {
            let words = app.with(|core| {
                let [moved, onto] = [moved, onto].map(|id| core.editor.describe(id));
                format!("{moved} stands beside {onto} now.")
            });
            let offer = Offer::LinkInstead {
                from: moved,
                to: onto,
            };
            notify::show(app, words, Tone::Info, Some(offer));
        }
    }
}

/// Whether the document is another than before, and no preview: panels do not follow each step of a
/// gesture, but what a preview that is given up has shown must go.
fn is_another(app: App, before: Versions) -> bool {
    app.with(|core| {
        core.editor.versions().document != before.document && !core.editor.is_previewing()
    })
}

/// Tells panels, painter and services what has changed in the editor since.
fn publish(app: App, before: Versions) {
    let after = app.with(|core| core.editor.versions());
    if !app.publish(before) {
        return;
    }
    // What a step looks at is no view that a person has chosen.
    let presents = app.with(|core| core.editor.presenting().is_some());
    if before.view != after.view && !presents {
        saving::save_view_soon(app);
    }
    if before.loops != after.loops {
        reports::refresh_soon(app);
    }
    if before.mode != after.mode {
        saving::refresh_mark(app);
    }
    if before.document != after.document || before.loops != after.loops {
        panels::follow_document(app);
    }
    frame::request(app);
}
