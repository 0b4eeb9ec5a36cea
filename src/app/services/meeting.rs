//! What the room says for the moment: a timer, quiet writing, a wish that nobody edits, and a call to
//! come along.

use leptos::prelude::*;

use crate::app::services::people::clock;
use crate::app::services::{access, follow, notify, people, quiet, room};
use crate::app::state::{App, PeopleHere, TimerView, name_of};
use crate::model::{Id, counted, isolated};
use crate::sync::{Edits, Meeting, MeetingNews, Timer, Writing};

/// A minute, in milliseconds.
pub const MINUTE: u64 = 60_000;

/// How long is left of the timer, in milliseconds; 0 where there is none.
#[must_use]
pub fn left(view: TimerView) -> u64 {
    match view.timer {
        Timer::Off => 0,
        Timer::Paused { left } => left,
        Timer::Running { left } => left.saturating_sub(clock().saturating_sub(view.at)),
    }
}

/// Sets the timer for everybody.
pub fn set_timer(app: App, timer: Timer) {
    say(app, |meeting, own, now| meeting.set_timer(timer, own, now));
    notify::announce(app, words_of(timer));
}

/// Gives the timer a minute more, also where it is over.
pub fn add_minute(app: App) {
    let timer = app.with(|core| {
        let people = core.people.as_ref()?;
        Some(match people.meeting.timer(clock()) {
            Timer::Off => Timer::Off,
            Timer::Running { left } => Timer::Running {
                left: left + MINUTE,
            },
            Timer::Paused { left } => Timer::Paused {
                left: left + MINUTE,
            },
        })
    });
    if let Some(timer) = timer {
        set_timer(app, timer);
    }
}

/// Says how everybody writes: quietly, or what was held back is shown.
pub fn set_writing(app: App, writing: Writing) {
    say(app, |meeting, own, _| meeting.set_writing(writing, own));
    quiet::heed(app);
    room::follow(app);
}

/// Shows what this person has drawn quietly, and nothing of the others.
pub fn show_own(app: App) {
    let shown = quiet::show_own(app) as u64;
    room::follow(app);
    people::note(app);
    let words = format!("{} shown", counted(shown, "draft", "drafts"));
    notify::announce(app, words);
}

/// Asks the others not to edit, or lets all edit.
pub fn set_edits(app: App, edits: Edits) {
    say(app, |meeting, own, _| meeting.set_edits(edits, own));
    access::refresh(app);
    notify::announce(
        app,
        match edits {
            Edits::Unwanted => "The others were asked not to edit",
            Edits::Welcome => "Everybody can edit",
        },
    );
}

/// Asks everybody to see what the person before this page sees.
pub fn call(app: App) {
    say(app, |meeting, own, now| meeting.call(own, now));
    notify::announce(app, "Everybody was asked to come along");
}

/// Takes up what others said of the meeting.
pub fn heard(app: App) {
    let heard = app.change(|core| {
        core.people
            .as_mut()
            .map(|people| std::mem::take(&mut people.heard))
    });
    for news in heard.unwrap_or_default() {
        match news {
            MeetingNews::Timer(by) => {
                show_timer(app);
                let timer = app.timer.get_untracked();
                let timer = timer.map_or(Timer::Off, |view| view.timer);
                announce_of(app, by, &words_of(timer));
            }
            // Said in another tab of the same person.
            MeetingNews::Call(by) if is_own(app, by) => {}
            MeetingNews::Call(by) => follow::begin(app, by),
            MeetingNews::Writing(..) => {
                quiet::heed(app);
                room::follow(app);
                people::note(app);
            }
            // Said in another tab of the same person.
            MeetingNews::Edits(by, _) if is_own(app, by) => access::refresh(app),
            MeetingNews::Edits(by, edits) => {
                access::refresh(app);
                announce_of(
                    app,
                    by,
                    match edits {
                        Edits::Unwanted => "please do not edit for now",
                        Edits::Welcome => "everybody can edit",
                    },
                );
            }
        }
    }
}

/// Says a word for everybody.
fn say(app: App, word: impl FnOnce(&mut Meeting, Id, u64)) {
    app.change(|core| {
        if let Some(PeopleHere { meeting, own, .. }) = core.people.as_mut() {
            word(meeting, own.id, clock());
        }
    });
    show_timer(app);
    people::note(app);
}

fn show_timer(app: App) {
    let at = clock();
    let timer = app.with(|core| Some(core.people.as_ref()?.meeting.timer(at)));
    let timer = timer.filter(|timer| *timer != Timer::Off);
    app.timer.set(timer.map(|timer| TimerView { timer, at }));
}

fn is_own(app: App, person: Id) -> bool {
    let own = app.with(|core| Some(core.people.as_ref()?.own.id));
    own == Some(person)
}

fn name(app: App, person: Id) -> String {
    let name = app.with(|core| {
        let people = core.people.as_ref();
        people.map_or_else(String::new, |people| name_of(&people.list, person))
    });
    isolated(&name).into_owned()
}

/// Reads out what somebody said. Who said it may be gone.
fn announce_of(app: App, by: Id, words: &str) {
    let name = name(app, by);
    let words = match name.as_str() {
        "" => words.to_owned(),
        name => format!("{name}: {words}"),
    };
    notify::announce(app, words);
}

fn words_of(timer: Timer) -> String {
    match timer {
        Timer::Off => "the timer was ended".to_owned(),
        Timer::Running { left } => format!("the timer runs, {} left", minutes(left)),
        Timer::Paused { left } => format!("the timer stands, {} left", minutes(left)),
    }
}

/// A time as a clock shows it, such as "4:05"; what has begun of a second counts.
#[must_use]
pub fn minutes(left: u64) -> String {
    let seconds = left.div_ceil(1_000);
    format!("{}:{:02}", seconds / 60, seconds % 60)
}
