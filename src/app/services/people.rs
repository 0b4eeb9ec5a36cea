//! Who else is in the room: hearing of them, telling of the person before this page.
//!
//! One timer rings when something is to be told, or when time alone changes what is shown. Without a
//! room there is none.

use gloo::timers::callback::Timeout;
use leptos::prelude::*;

use crate::app::browser::storage::LocalStorage;
use crate::app::browser::{milliseconds, random_id, value_of};
use crate::app::services::{follow, frame, notify};
use crate::app::state::{App, Core, PeopleHere, PeopleView, Pointers, VoteHere, name_of};
use crate::editor::{Action, Tool, Voting};
use crate::model::{Colour, ElementKind, Id};
use crate::scene::PersonMark;
use crate::store::rooms::{self, PersonRecord};
use crate::sync::{
    Editing, Hand, MOST_SELECTED, Meeting, People, Person, Presence, Reception, Teller, Writing,
    announcement, hands_words, naming_words,
};

/// At the latest so often it is looked who is still there, in milliseconds.
const LOOKS: u64 = 5_000;
/// What is heard is listed after so many milliseconds: many tell at once.
const LISTS_AFTER: u64 = 100;
/// Who comes back to the page after so long tells at once that they are there, in milliseconds.
const IS_BACK: u64 = 15_000;

/// The clock of all this, in milliseconds since the page was opened.
pub fn clock() -> u64 {
    milliseconds() as u64
}

/// This page came into a room. What it tells goes to `tell`; `listed` hears that the list of people
/// is another.
pub fn begin(app: App, tell: fn(App, String), listed: fn(App)) {
    let now = clock();
    let own = own_person();
    app.change(|core| {
        let people = People::new(core.tab, Presence::of(own.id), now);
        core.people = Some(PeopleHere {
            people,
            own,
            teller: Teller::new(),
            tell,
            listed,
            used: now,
            hand: Hand::Down,
            list: Vec::new(),
            marks: Vec::new(),
            frame_requested: false,
            following: None,
            meeting: Meeting::default(),
            edits_anyway: None,
            heard: Vec::new(),
            vote: VoteHere::default(),
            unsaid: Vec::new(),
            changes: None,
            clock: None,
        });
    });
    app.people.set(Some(PeopleView::default()));
    ring(app);
}

/// The person before this page. Where the storage is blocked it is another with every load.
fn own_person() -> PersonRecord {
    rooms::person(&LocalStorage).unwrap_or_else(|| {
        let own = PersonRecord {
            id: random_id(),
            name: String::new(),
            colour: None,
        };
        keep_person(&own);
        own
    })
}

fn keep_person(own: &PersonRecord) {
    // Where the storage is blocked it holds until the page is closed.
    let _ = rooms::keep_person(&LocalStorage, own);
}

/// This page left the room, or lost the line to it.
pub fn end(app: App) {
    if app.change(|core| core.people.take()).is_some() {
        app.others.set(0);
        app.people.set(None);
        app.timer.set(None);
        app.vote.set(None);
        app.change(|core| core.editor.set_voting(Voting::Off));
        app.writing.set(Writing::Shared);
        app.asked.set(None);
        frame::request(app);
    }
}

/// Hears what another page tells; nothing where it leaves. What cannot be read is not heard.
pub fn hear(app: App, page: u64, number: u64, told: Option<String>) {
    let told = match told.as_deref().map(Presence::read) {
        None => None,
        Some(Ok(presence)) => Some(presence),
        Some(Err(_)) => return,
    };
    let now = clock();
    let reception = app.change(|core| {
        let people = core.people.as_mut()?;
        let agenda = told.as_ref().map(|told| told.agenda);
        let reception = people.people.hear(Id::from_bits(page), number, told, now);
        if let (Some(agenda), Reception::Taken) = (agenda, reception) {
            let heard = people.meeting.hear(&agenda, now);
            people.heard.extend(heard);
        }
        Some(reception)
    });
    if reception == Some(Reception::Taken) {
        frame::request_pointers(app);
        follow::aim(app);
        ring_at(app, now + LISTS_AFTER);
    }
}

/// Something happened on this page that others may see.
pub fn note(app: App) {
    let quiet = app.with(|core| {
        let people = core.people.as_ref()?;
        Some(people.teller.quiet_until(people.list.len()))
    });
    if let Some(quiet) = quiet {
        ring_at(app, quiet);
    }
}

/// Reads something out together with who comes and goes, so that neither takes the other's place.
pub fn read_out(app: App, words: &'static str) {
    app.change(|core| {
        if let Some(people) = &mut core.people {
            people.unsaid.push(words);
        }
    });
    ring_at(app, clock() + LISTS_AFTER);
}

/// Whom this page tells has heard nothing yet.
pub fn tell_anew(app: App) {
    app.change(|core| {
        if let Some(people) = &mut core.people {
            people.teller = Teller::new();
        }
    });
    ring(app);
}

/// A hand was on this page.
pub fn used(app: App) {
    let is_back = app.change(|core| {
        let people = core.people.as_mut()?;
        let now = clock();
        let before = std::mem::replace(&mut people.used, now);
        Some(now - before > IS_BACK)
    });
    if is_back == Some(true) {
        note(app);
    }
}

/// Lets the clock ring then, unless it rings before.
fn ring_at(app: App, at: u64) {
    app.change(|core| {
        let people = core.people.as_mut()?;
        if people.clock.as_ref().is_none_or(|(before, _)| *before > at) {
            let wait = u32::try_from(at.saturating_sub(clock())).unwrap_or(u32::MAX);
            people.clock = Some((at, Timeout::new(wait, move || ring(app))));
        }
        Some(())
    });
}

/// Tells what is to be told, and looks who is there.
fn ring(app: App) {
    let now = clock();
    let rung = app.change(|core| {
        let own = own_presence(core, now)?;
        let people = core.people.as_mut()?;
        people.clock = None;
        people.people.set_own(own.clone(), now);
        let telling = people.teller.ask(&own, people.list.len(), now);
        let is_changed = people.changes.is_some_and(|at| at <= now);
        people.changes = people.people.next_change(now);
        let next = people.changes.unwrap_or(u64::MAX);
        let next = next.min(telling.next).min(now + LOOKS);
        Some((people.tell, telling.now, next, is_changed))
    });
    let Some((tell, told, next, is_changed)) = rung else {
        return;
    };
    if let Some(told) = told {
        tell(app, told.write());
    }
    list(app, now);
    if is_changed {
        frame::request_pointers(app);
    }
    ring_at(app, next);
}

/// What this page tells of its person.
fn own_presence(core: &Core, now: u64) -> Option<Presence> {
    let people = core.people.as_ref()?;
    let (own, editor) = (&people.own, &core.editor);
    // What somebody has in hand would tell of what is held back.
    let is_open = people.meeting.writing() == Writing::Shared;
    let editing = editor.text_edit().filter(|_| is_open).map(|edit| Editing {
        record: edit.id,
        field: match editor.document().kind_of(edit.id) {
            Some(ElementKind::Note) => "text".to_owned(),
            _ => "name".to_owned(),
        },
        text: value_of(".text-field").unwrap_or_else(|| edit.text.clone()),
    });
    // Of two who follow each other, none would otherwise stop to step back to see what both see.
    let seen = follow::seen_by_followed(core);
    let usual = Presence::of(own.id);
    Some(Presence {
        name: own.name.clone(),
        colour: own.colour.unwrap_or(usual.colour),
        pointer: editor
            .pointer_place()
            .filter(|_| editor.presenting().is_none()),
        grab: editor.grab().filter(|_| is_open),
        selection: editor
            .selection()
            .iter()
            .filter(|_| is_open)
            .take(MOST_SELECTED)
            .copied()
            .collect(),
        editing,
        view: Some(seen.unwrap_or_else(|| editor.view().visible())),
        tool: Some(editor.tool())
            .filter(|tool| *tool != Tool::Select)
            .map(|tool| tool.word().to_owned()),
        idle: now.saturating_sub(people.used),
        hand: people.hand,
        dots: people.vote.given(),
        drafts: core.open.as_ref().map_or(0, |open| open.held_back() as u64),
        agenda: people.meeting.agenda(now),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        ..usual
    })
}

/// Brings what is shown of the others to what is known of them.
fn list(app: App, now: u64) {
    let listed = app.change(|core| {
        let people = core.people.as_mut()?;
        let list = people.people.list(now);
        let hands = hands_words(&people.list, &list);
        let came = announcement(&people.people.take_news());
        let marks = marks_of(&people.people, &list);
        let is_other = people.marks != marks;
        people.marks = marks;
        let is_new = people.list != list;
        people.list = list;
        let view = is_new.then(|| PeopleView {
            list: people.list.clone(),
            following: people.following.as_ref().map(|one| one.person),
        });
        let view = view.map(|view| (view, people.listed));
        let unsaid = std::mem::take(&mut people.unsaid).into_iter();
        let words = came.into_iter().chain(hands);
        Some((view, is_other, words.chain(unsaid.map(str::to_owned))))
    });
    let Some((view, is_other, words)) = listed else {
        return;
    };
    let words = words.collect::<Vec<_>>().join(" ");
    if !words.is_empty() {
        notify::announce(app, words);
    }
    if let Some((view, listed)) = view {
        app.others.set(view.list.len().saturating_sub(1));
        app.people.set(Some(view));
        follow::follow_who_is_here(app);
        listed(app);
    }
    if is_other {
        frame::request(app);
    }
}

/// What others have in hand.
fn marks_of(people: &People, list: &[Person]) -> Vec<PersonMark> {
    let pages = people.others();
    let busy = pages.filter(|(_, told)| !told.selection.is_empty() || told.editing.is_some());
    let marks = busy.map(|(_, told)| {
        let name = name_of(list, told.person);
        let writes = told.editing.as_ref();
        PersonMark {
            writes: writes.map(|editing| (editing.record, naming_words(&name, editing))),
            name,
            sign: told.sign(),
            colour: told.colour,
            selection: told.selection.clone(),
        }
    });
    marks.collect()
}

/// Whether an action that counts in a room alone can be done now; of others nothing is known here.
pub fn allows(core: &Core, action: Action) -> bool {
    let people = core.people.as_ref();
    match action {
        Action::RaiseHand => people.is_some(),
        Action::StopFollowing => people.is_some_and(|people| people.following.is_some()),
        _ => true,
    }
}

/// Raises the hand of the person before this page, or lowers it.
pub fn toggle_hand(app: App) {
    let words = app.change(|core| {
        let people = core.people.as_mut()?;
        let (hand, words) = match people.hand {
            Hand::Down => (Hand::Up, "Your hand is up"),
            Hand::Up => (Hand::Down, "Your hand is down"),
        };
        people.hand = hand;
        Some(words)
    });
    if let Some(words) = words {
        notify::announce(app, words);
        note(app);
    }
}

/// The name of the person before this page; empty if none was given.
pub fn own_name(app: App) -> String {
    let name = app.with(|core| Some(core.people.as_ref()?.own.name.clone()));
    name.unwrap_or_default()
}

/// Gives the person before this page a name.
pub fn set_name(app: App, name: String) {
    change_own(app, |own| own.name = name.trim().to_owned());
}

/// Gives the person before this page a colour.
pub fn set_colour(app: App, colour: Colour) {
    change_own(app, |own| own.colour = Some(colour));
}

fn change_own(app: App, change: impl FnOnce(&mut PersonRecord)) {
    app.change(|core| {
        if let Some(people) = &mut core.people {
            change(&mut people.own);
            keep_person(&people.own);
        }
    });
    note(app);
}

/// Shows the pointers of others, or hides them.
pub fn show_pointers(app: App, pointers: Pointers) {
    app.pointers.set(pointers);
    frame::request_pointers(app);
    notify::announce(
        app,
        match pointers {
            Pointers::Shown => "Pointers of others are shown",
            Pointers::Hidden => "Pointers of others are hidden",
        },
    );
}
