//! What the program of a room says, brought to where it belongs.

use leptos::prelude::*;

use crate::app::browser::storage::STORE;
use crate::app::browser::{now, random_id};
use crate::app::services::{direct, joining, meeting, notify, people, room, saving, vote};
use crate::app::state::{App, Asked, Offer, Tone};
use crate::editor::Event;
use crate::model::{Patch, isolated};
use crate::store::OpenDocument;
use crate::sync::Rights;
use crate::together::{Base, Gesture, Response};

/// Says why nothing can be changed, where an event asks for a change and a room does not allow it.
pub fn tell_refused(app: App, event: &Event) {
    let is_refused = app.with(|core| core.room.is_some() && core.editor.refuses(event));
    if !is_refused {
        return;
    }
    let (is_outdated, may_edit) = app.room.with_untracked(|room| {
        let room = room.as_ref();
        let rights = room.map(|room| room.rights);
        (
            room.is_some_and(|room| room.state.is_outdated),
            rights == Some(Rights::Edit),
        )
    });
    let asked = app.asked.with_untracked(|asked| {
        let asked = asked.as_ref().filter(|one| one.asked == Asked::Heeds);
        asked.map(|one| isolated(&one.name).into_owned())
    });
    if let (Some(name), true) = (asked, may_edit && !is_outdated) {
        let words = format!("{name} asks not to edit for now.");
        notify::show(app, words, Tone::Info, Some(Offer::EditAllTheSame));
        return;
    }
    let words = match is_outdated {
        true => "Nothing can be changed here until you reload the page.",
        false => {
            "You came by a link to look at: you cannot change this diagram. You can copy it, under \
             My diagrams."
        }
    };
    notify::show(app, words, Tone::Info, None);
}

/// Takes what a program says: that of the open document, or one on its way.
pub fn hear(app: App, number: u64, said: Response) {
    let (is_open, is_arriving) = app.with(|core| {
        let open = core.room.as_ref().and_then(|room| room.program.as_ref());
        let arriving = core.arriving.as_ref();
        (
            open.is_some_and(|program| program.number == number),
            arriving.is_some_and(|one| one.program.number == number),
        )
    });
    let Some(said) = direct::take(app, number, said) else {
        return;
    };
    match said {
        Response::Ready => room::ready(app, number),
        _ if is_arriving => joining::hear(app, said),
        _ if is_open => take(app, said),
        // It was left.
        _ => {}
    }
}

fn take(app: App, said: Response) {
    match said {
        Response::Ready => {}
        Response::Entered { view_link } => app.room.update(|room| {
            if let Some(room) = room {
                room.view_link = view_link;
            }
        }),
        Response::Based(base) => stand_on(app, &base),
        Response::Play(gestures) => play(app, &gestures),
        Response::State(state) => room::take_state(app, state),
        Response::News(words) => notify::show(app, words, Tone::Trouble, None),
        Response::SetAside(text) => keep_aside(app, &text),
        Response::Heard { page, number, told } => {
            people::hear(app, page, number, told);
            meeting::heard(app);
        }
        Response::Failed(why) => room::fail(app, why),
        Response::HeardPoll(text) => vote::hear(app, &text),
        // They were taken before.
        Response::ToPeer { .. } | Response::Meet { .. } | Response::ClosePeer(_) => {}
    }
}

/// The room stands on another snapshot.
fn stand_on(app: App, base: &Base) {
    match base.read(STORE.codec) {
        Ok(base) => {
            let patch = app.change(|core| core.open.as_mut()?.stand_on(STORE, base, now()));
            bring_in(app, patch);
        }
        Err(error) => {
            let words = format!("A version of the room cannot be read: {error}.");
            notify::show(app, words, Tone::Trouble, None);
        }
    }
}

/// Gestures of the room become part of the document.
fn play(app: App, gestures: &[Gesture]) {
    // The program reads by the same rules: what it hands over can be read.
    let entries = gestures.iter().filter_map(|one| one.read(STORE.codec).ok());
    let entries: Vec<_> = entries.collect();
    room::note_coming(app, &entries);
    let patch = app.change(|core| core.open.as_mut()?.take_gestures(STORE, entries, now()));
    bring_in(app, patch);
}

fn bring_in(app: App, patch: Option<Patch>) {
    room::follow(app);
    if let Some(patch) = patch {
        saving::take_remote(app, patch);
        saving::compact_soon(app);
    }
    saving::refresh_mark(app);
}

/// Keeps a document that others had in the room, and that cannot be joined with it.
fn keep_aside(app: App, text: &str) {
    let Ok(document) = STORE.codec.read_document(text) else {
        return;
    };
    let title = match document.properties().title.as_str() {
        "" => "Untitled diagram".to_owned(),
        title => isolated(title).into_owned(),
    };
    // Its state is looked at when it is opened.
    let _ = OpenDocument::create(STORE, random_id(), document, random_id(), now());
    let words = format!(
        "Others in this room worked on another diagram, which cannot be joined with this one. It \
         is kept as one of its own, under My diagrams: {title}. Compare the two to take over what \
         is missing."
    );
    notify::show(app, words, Tone::Trouble, None);
}
