//! What the room says for the moment: a timer, and a call to come along.

use leptos::prelude::*;

use crate::app::services::people::clock;
use crate::app::services::{follow, notify, people};
use crate::app::state::{App, PeopleHere, TimerView, name_of};
use crate::model::{Id, isolated};
use crate::sync::{Meeting, MeetingNews, Timer};

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
                notify::announce(app, format!("{}: {}", name(app, by), words_of(timer)));
            }
            // Said in another tab of the same person.
            MeetingNews::Call(by) if is_own(app, by) => {}
            MeetingNews::Call(by) => follow::begin(app, by),
            MeetingNews::Writing(..) => {}
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
