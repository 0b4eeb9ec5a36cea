//! Quiet writing: what is drawn here stays here until somebody shows it. The store holds it back;
//! this brings the store to what was said in the room last.

use leptos::prelude::*;

use crate::app::browser::storage::{LocalStorage, STORE};
use crate::app::services::people::{self, clock};
use crate::app::state::App;
use crate::model::Id;
use crate::store::{NextGestures, rooms};
use crate::sync::{Agenda, Writing};

/// Takes up what this browser has kept, once the page is in the room: until it hears otherwise, what
/// was held back before a reload stays so.
pub fn begin(app: App) {
    let id = app.with(|core| core.id);
    let kept = rooms::of(&LocalStorage, id).and_then(|room| room.agenda);
    app.change(|core| {
        let (Some(people), Some(open)) = (&mut core.people, &core.open) else {
            return;
        };
        if let Some(kept) = kept {
            // It held before: nobody is told.
            let _ = people.meeting.hear(&Agenda::read(&kept), clock());
        }
        let is_known = people.meeting.lasting().writing.is_some();
        if open.held_back() > 0 && !is_known {
            // The word is lost. What is held back is shown by a person, and not by itself.
            people.meeting.set_writing(Writing::Quiet, people.own.id);
        }
    });
    heed(app);
}

/// Does what was said last of how people write. Then the program of the room is to be told what is
/// held back no more.
pub fn heed(app: App) {
    let heeded = app.change(|core| {
        let lasting = core.people.as_ref()?.meeting.lasting();
        let writing = lasting.writing?.what;
        let open = core.open.as_mut()?;
        match writing {
            Writing::Quiet => open.hold_back(STORE),
            Writing::Shared => open.show_held(STORE, NextGestures::Told),
        }
        Some((core.id, lasting, writing))
    });
    let Some((id, lasting, writing)) = heeded else {
        return;
    };
    keep(id, &lasting);
    if app.writing.get_untracked() != writing {
        app.writing.set(writing);
        people::read_out(
            app,
            match writing {
                Writing::Quiet => "Quiet writing: what you draw stays with you until it is shown.",
                Writing::Shared => "Quiet writing is over, everything is shown.",
            },
        );
    }
}

/// Keeps what was said, unless another tab of this browser has heard something later.
fn keep(id: Id, lasting: &Agenda) {
    let said = |agenda: &Agenda| agenda.writing.map(|writing| writing.said);
    let Some(mut room) = rooms::of(&LocalStorage, id) else {
        return;
    };
    let known = room.agenda.as_ref().map(Agenda::read);
    if known.as_ref().and_then(said) < said(lasting) {
        room.agenda = lasting.write();
        // Without it a page that is loaded anew hears it from the others.
        let _ = rooms::keep(&LocalStorage, id, &room);
    }
}

/// Shows what this browser holds back; what is drawn next is held back again. Returns how many
/// changes it were. Then the program of the room is to be told.
pub fn show_own(app: App) -> usize {
    app.change(|core| {
        let Some(open) = &mut core.open else {
            return 0;
        };
        let held = open.held_back();
        open.show_held(STORE, NextGestures::HeldBack);
        held
    })
}
