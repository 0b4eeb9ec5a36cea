//! The room of the open document: its program, what is said to it, and how things stand.
//!
//! The program is fetched only for who opens, joins or comes back to a room. The page keeps every
//! gesture itself; where the program cannot be had, work goes on and is sent later.

use std::collections::{BTreeMap, BTreeSet};

use gloo::timers::callback::Timeout;
use leptos::prelude::*;

use crate::app::browser::now;
use crate::app::browser::storage::{LocalStorage, STORE};
use crate::app::services::room_program::{dismiss, post, send, start};
use crate::app::services::{access, direct, notify, people, quiet, storage, vote, worker};
use crate::app::state::{
    App, Arrival, ArrivingProgram, Dialog, InRoom, Offer, OpenRoom, Purpose, Tone,
};
use crate::editor::Access;
use crate::model::Id;
use crate::store::{Entry, OpenDocument, Order, rooms};
use crate::sync::{Invitation, Rights};
use crate::together::{
    Away, Base, Connection, Contents, Down, Gesture, Kept, Request, RoomState, StateKind,
};
use crate::worker::OtherText;

/// How long a page waits before it tries to fetch the program again, in milliseconds.
const FETCH_AFTER: u32 = 60_000;
/// How long changes may be on their way before a person is told of them, in milliseconds.
const TOLD_AFTER: u32 = 1_000;
/// What is said where somebody cannot come into a room without the program.
const UNAVAILABLE: &str = "The part of Loopstream for working together could not be loaded. \
                           Everything else works. Check the network, then try again.";

/// What is said where another tab has left the room.
const LEFT_ELSEWHERE: &str = "Another tab has left the room. The diagram is one of your own here \
                              as well.";

/// A program listens: it gets what has waited for it.
pub fn ready(app: App, number: u64) {
    app.change(|core| {
        let open = core.room.as_mut().and_then(|room| room.program.as_mut());
        let arriving = core.arriving.as_mut().map(|one| &mut one.program);
        let mut programs = open.into_iter().chain(arriving);
        if let Some(program) = programs.find(|program| program.number == number) {
            for request in program.queue.take().unwrap_or_default() {
                post(&program.worker, &request);
            }
        }
    });
}

/// A program cannot be had, or has failed. What was on its way is told; for the open document it
/// is fetched again after a while.
fn lost(app: App, number: u64) {
    let is_arriving = app.change(|core| {
        let arriving = core.arriving.take_if(|one| one.program.number == number);
        if let Some(one) = &arriving {
            one.program.worker.terminate();
        }
        arriving.is_some()
    });
    if is_arriving {
        app.arrival.set(Arrival::Told(UNAVAILABLE.to_owned()));
        return;
    }
    let is_open = app.change(|core| {
        let room = core.room.as_mut()?;
        let program = room.program.take_if(|program| program.number == number)?;
        program.worker.terminate();
        Some(())
    });
    direct::end(app, number);
    if is_open.is_some() {
        fetch_later(app);
    }
}

/// Says that there is no line, and fetches the program again after a while.
fn fetch_later(app: App) {
    let since = now();
    let again = since + u64::from(FETCH_AFTER);
    let state = RoomState {
        connection: Connection::Down(Down { since, again }),
        ..RoomState::begun()
    };
    show_state(app, state.clone());
    let timer = Timeout::new(FETCH_AFTER, move || come_back(app));
    app.change(|core| {
        if let Some(room) = &mut core.room {
            room.next = Some((state, timer));
        }
    });
}

/// Sends a program on its way into a room; it waits as long as it takes, unless there is an end.
pub fn arrive(
    app: App,
    purpose: Purpose,
    link: String,
    document: Id,
    contents: Contents,
    patience: Option<Timeout>,
) {
    stop_arriving(app);
    app.arrival.set(match purpose {
        Purpose::Try => Arrival::Trying,
        Purpose::Begin(_) | Purpose::Join(_) => Arrival::Waits(None),
    });
    let Some(program) = start(app, link, contents, lost) else {
        app.arrival.set(Arrival::Told(UNAVAILABLE.to_owned()));
        return;
    };
    app.change(|core| {
        core.arriving = Some(ArrivingProgram {
            program,
            purpose,
            document,
            view_link: None,
            poll: None,
            heard: BTreeMap::new(),
            _patience: patience,
        });
    });
}

/// Calls back a program that is on its way.
pub fn stop_arriving(app: App) {
    if let Some(arriving) = app.change(|core| core.arriving.take()) {
        direct::end(app, arriving.program.number);
        dismiss(arriving.program);
    }
    app.arrival.set(Arrival::Nothing);
}

/// Ends what is on its way with a sentence.
pub fn end_arriving(app: App, words: String) {
    stop_arriving(app);
    app.arrival.set(Arrival::Told(words));
}

/// Another document is open: the room of the one before is left quietly, and that of this one is
/// entered, if it is in one. It stays in its room while it is closed.
pub fn document_opened(app: App) {
    leave(app);
    let (id, is_in_room) = app.with(|core| {
        let open = core.open.as_ref();
        (core.id, open.is_some_and(OpenDocument::is_in_room))
    });
    let mut arrived = app.change(|core| core.arriving.take_if(|one| one.document == id));
    if !is_in_room {
        return;
    }
    let link = match arrived.as_ref().map(|arrived| &arrived.purpose) {
        Some(Purpose::Begin(link) | Purpose::Join(link)) => Some(link.clone()),
        Some(Purpose::Try) | None => rooms::of(&LocalStorage, id).map(|known| known.link),
    };
    let known = link.and_then(|link| Some((Invitation::read(&link).ok()?, link)));
    let Some((invitation, link)) = known else {
        // Without its link there is no way back.
        app.change(|core| core.open.as_mut()?.leave_room(STORE, now()));
        return;
    };
    let away = arrived.is_none().then(Away::default);
    let view_link = arrived
        .as_ref()
        .and_then(|arrived| arrived.view_link.clone());
    let poll = arrived.as_mut().and_then(|arrived| arrived.poll.take());
    let (program, heard) = match arrived {
        Some(arrived) => (Some(arrived.program), arrived.heard),
        None => (None, BTreeMap::new()),
    };
    app.room
        .set(Some(InRoom::begun(link, view_link, &invitation)));
    // How things stand was told on the way, and is told again only when it changes.
    let state = match app.arrival.get_untracked() {
        Arrival::Waits(state) if program.is_some() => state,
        _ => None,
    };
    app.arrival.set(Arrival::Nothing);
    app.change(|core| {
        core.room = Some(OpenRoom {
            program,
            away,
            before: None,
            next: None,
            was_open: false,
            read_out: None,
        });
        if matches!(invitation.rights, Rights::View(_)) {
            core.editor.set_access(Access::Watch);
        }
    });
    people::begin(app, tell, access::refresh);
    quiet::begin(app);
    for (page, (number, told)) in heard {
        people::hear(app, page, number, told);
    }
    quiet::heed(app);
    vote::come(app);
    if let Some(poll) = poll {
        vote::hear(app, &poll);
    }
    come_back(app);
    if let Some(state) = state {
        take_state(app, state);
    }
}

/// Enters the room of the open document with what is kept of it, unless its program is there.
fn come_back(app: App) {
    app.change(|core| {
        if let Some(room) = &mut core.room {
            room.next = None;
        }
    });
    let link = app.room.with_untracked(|room| {
        let room = room.as_ref()?;
        Some(room.link.clone())
    });
    let kept = app.with(|core| {
        let room = core.room.as_ref()?;
        let open = core.open.as_ref().filter(|_| room.program.is_none())?;
        let gestures = open.shown_gestures();
        Some(Contents::Kept(Box::new(Kept {
            base: Base::of(&open.room_base()?, STORE.codec),
            gestures: gestures
                .map(|entry| Gesture::of(entry, STORE.codec))
                .collect(),
        })))
    });
    let (Some(link), Some(kept)) = (link, kept) else {
        return;
    };
    match start(app, link, kept, lost) {
        Some(program) => {
            app.change(|core| {
                if let Some(room) = &mut core.room {
                    room.program = Some(program);
                }
            });
            people::tell_anew(app);
            vote::tell_anew(app);
        }
        None => fetch_later(app),
    }
}

/// Leaves the line of the open document; the document stays in its room.
pub fn leave(app: App) {
    let Some(room) = app.change(|core| core.room.take()) else {
        return;
    };
    if let Some(program) = room.program {
        direct::end(app, program.number);
        dismiss(program);
    }
    people::end(app);
    app.room.set(None);
    app.change(|core| core.editor.set_access(Access::Edit));
    app.mode.update(|version| *version += 1);
}

/// Tells the program what the open document has that it has not heard: what was recorded here, or
/// by another tab, which may be gone. Another tab may have left the room, too.
pub fn follow(app: App) {
    let has_left = app.with(|core| {
        let open = core.open.as_ref();
        core.room.is_some() && !open.is_some_and(OpenDocument::is_in_room)
    });
    if has_left {
        leave(app);
        notify::show(app, LEFT_ELSEWHERE, Tone::Info, None);
        return;
    }
    let is_elsewhere = app.change(|core| {
        let (Some(room), Some(open)) = (&mut core.room, &mut core.open) else {
            return false;
        };
        if open.untold_base().is_some() {
            return true;
        }
        let untold = open.untold();
        if let Some(program) = &mut room.program {
            for entry in &untold {
                send(program, Request::Commit(Gesture::of(entry, STORE.codec)));
            }
        }
        false
    });
    if is_elsewhere {
        // Another tab stands on a snapshot of which this program has not heard: a fresh one begins
        // with that.
        app.change(|core| {
            let program = core.room.as_mut().and_then(|room| room.program.take());
            program.into_iter().for_each(dismiss);
        });
        come_back(app);
    }
}

/// Tells the others what the person before the page does: the text of a presence.
fn tell(app: App, text: String) {
    app.change(|core| {
        let room = core.room.as_mut();
        if let Some(program) = room.and_then(|room| room.program.as_mut()) {
            send(program, Request::Tell(text));
        }
    });
}

/// Tries at once to reach the relay.
pub fn retry(app: App) {
    let is_sent = app.change(|core| {
        let open = core.room.as_mut().and_then(|room| room.program.as_mut());
        let arriving = core.arriving.as_mut().map(|one| &mut one.program);
        let program = open.or(arriving)?;
        send(program, Request::Retry);
        Some(())
    });
    if is_sent.is_none() {
        come_back(app);
    }
}

/// Takes how things stand. What only passes by, as with every change, is shown when it lasts.
pub fn take_state(app: App, mut state: RoomState) {
    app.change(|core| {
        if let Some(room) = &mut core.room {
            room.was_open |= state.connection.is_open();
            // What the relay confirmed before this page was loaded is not known yet.
            if !room.was_open {
                state.unsent = 0;
            }
        }
    });
    let shown = app.room.with_untracked(|room| {
        let room = room.as_ref();
        room.map(|room| room.state.kind())
    });
    let passes = state.kind() == StateKind::Sending && shown == Some(StateKind::Shared);
    let waits = app.change(|core| {
        let room = core.room.as_mut()?;
        match &mut room.next {
            Some((next, _)) if passes => *next = state.clone(),
            _ if passes => {
                let timer = Timeout::new(TOLD_AFTER, move || show_next(app));
                room.next = Some((state.clone(), timer));
            }
            next => *next = None,
        }
        Some(())
    });
    if waits.is_some() && !passes {
        show_state(app, state);
    }
}

fn show_next(app: App) {
    let next = app.change(|core| core.room.as_mut()?.next.take());
    if let Some((state, _)) = next {
        show_state(app, state);
    }
}

/// Shows how things stand, and reads it out where it is of another kind.
fn show_state(app: App, state: RoomState) {
    let kind = state.kind();
    let told = app.change(|core| {
        let room = core.room.as_mut()?;
        let is_away = match state.connection {
            Connection::Down(_) => true,
            // Nobody was there yet.
            Connection::Direct(0) => room.was_open,
            _ => false,
        };
        if is_away && room.away.is_none() {
            room.away = Some(Away::default());
        }
        if let Some(away) = &mut room.away {
            away.note_unsent(state.unsent);
        }
        let is_here = state.connection.is_open() && state.missing == 0;
        let came = room.away.take_if(|_| is_here);
        let came = came.and_then(|away| Some((away.words()?, room.before.take()?)));
        let words = kind
            .read_out()
            .filter(|words| room.read_out != Some(*words));
        room.read_out = words.or(room.read_out);
        Some((came, words))
    });
    let Some((came, words)) = told else {
        return;
    };
    if let Some(words) = words {
        notify::announce(app, words);
    }
    app.room.update(|room| {
        if let Some(room) = room {
            room.state = state;
        }
    });
    access::refresh(app);
    if let Some((words, before)) = came {
        notify::show(app, words, Tone::Info, Some(Offer::CompareBefore(before)));
    }
}

/// Notes changes of others before they are taken in: after a while without them a version of the
/// document as it is now is taken first.
pub fn note_coming(app: App, entries: &[Entry]) {
    let is_first = app.change(|core| {
        let (Some(room), Some(open)) = (&mut core.room, &core.open) else {
            return false;
        };
        let Some(away) = &mut room.away else {
            return false;
        };
        let here: BTreeSet<Order> = open.gestures().map(|entry| entry.order).collect();
        let is_new = |entry: &&Entry| !here.contains(&entry.order);
        let mut new = entries.iter().filter(is_new).peekable();
        let is_first = away.is_quiet() && new.peek().is_some();
        if is_first {
            away.note_here(open.gestures());
            room.before = Some(STORE.codec.write_document(open.document()));
        }
        new.for_each(|entry| away.note_coming(entry));
        is_first
    });
    if is_first {
        storage::record_version_now(app);
    }
}

/// Compares the open diagram with a text of it from before.
pub fn compare_before(app: App, text: String) {
    app.dialog.set(Some(Dialog::Compare));
    // The dialog forgets what was compared before it.
    Timeout::new(0, move || {
        let name = "Before the changes of others".to_owned();
        worker::request(
            app,
            crate::worker::Request::Compare(Some(OtherText { name, text })),
        );
    })
    .forget();
}

/// The program has failed for good: a sentence.
pub fn fail(app: App, words: String) {
    app.room.update(|room| {
        if let Some(room) = room {
            room.failure = Some(words);
        }
    });
}
