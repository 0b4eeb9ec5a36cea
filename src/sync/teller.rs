//! When a page tells of its person: soon enough to be seen, seldom enough for everybody to hear.

use super::people::AWAY_AFTER;
use super::presence::Presence;

/// More people than this make a page tell half as often.
pub const CROWD: usize = 10;
/// Between two messages of a page pass so many milliseconds at least.
pub const TELLING_GAP: u64 = 50;
/// The same in a crowd.
pub const TELLING_GAP_IN_CROWD: u64 = 100;
/// The part of the canvas that is seen is told no sooner than so many milliseconds after the last.
pub const VIEW_GAP: u64 = 250;
/// A page that has nothing new tells again after so many milliseconds, since for how long no hand was
/// on it is new: a little before the program of the room would repeat what it was told last.
pub const TELLS_AGAIN_AFTER: u64 = 14_000;

/// What a page has told, and what it may tell when. Times are in milliseconds by one clock.
#[derive(Clone, Debug, Default)]
pub struct Teller {
    told: Option<Told>,
}

#[derive(Clone, Debug)]
struct Told {
    presence: Presence,
    at: u64,
    /// When another view was told last.
    view_at: u64,
}

/// What there is to do.
#[derive(Clone, Debug, PartialEq)]
pub struct Telling {
    /// What is to be told now.
    pub now: Option<Presence>,
    /// When to ask again, even if nothing changes.
    pub next: u64,
}

impl Teller {
    /// One that has told nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Until when nothing is told, whatever changes among so many people.
    #[must_use]
    pub fn quiet_until(&self, people: usize) -> u64 {
        self.told.as_ref().map_or(0, |told| told.at + gap(people))
    }

    /// What is to be told of this among so many people. Ask after every change, and when it says.
    pub fn ask(&mut self, own: &Presence, people: usize, now: u64) -> Telling {
        let own = own.clone().within_bounds();
        let Some(told) = &mut self.told else {
            return self.tell(own, now, now);
        };
        let quiet = told.at + gap(people);
        let view_may = quiet.max(told.view_at + VIEW_GAP);
        let due = due(told, &own, (quiet, view_may), now);
        if due > now {
            return Telling {
                now: None,
                next: due,
            };
        }
        let mut own = own;
        let mut view_at = told.view_at;
        if own.view != told.presence.view {
            if view_may <= now {
                view_at = now;
            } else {
                own.view = told.presence.view;
            }
        }
        self.tell(own, view_at, now)
    }

    fn tell(&mut self, presence: Presence, view_at: u64, now: u64) -> Telling {
        self.told = Some(Told {
            presence: presence.clone(),
            at: now,
            view_at,
        });
        Telling {
            now: Some(presence),
            next: now + TELLING_GAP_IN_CROWD,
        }
    }
}

/// When this is to be told, at the soonest as a whole and with another view.
fn due(told: &Told, own: &Presence, (quiet, view_may): (u64, u64), now: u64) -> u64 {
    let but_for_view = Presence {
        view: told.presence.view,
        idle: told.presence.idle,
        // How long is left of a timer is always another.
        agenda: match own.agenda.says(&told.presence.agenda) {
            true => told.presence.agenda,
            false => own.agenda,
        },
        ..own.clone()
    };
    let is_away = |presence: &Presence| presence.idle >= AWAY_AFTER;
    if but_for_view != told.presence || is_away(own) != is_away(&told.presence) {
        return quiet;
    }
    let again = told.at + TELLS_AGAIN_AFTER;
    let leaves = now + AWAY_AFTER.saturating_sub(own.idle);
    let again = match is_away(own) {
        true => again,
        false => again.min(leaves),
    };
    match own.view == told.presence.view {
        true => again,
        false => again.min(view_may),
    }
}

const fn gap(people: usize) -> u64 {
    match people > CROWD {
        true => TELLING_GAP_IN_CROWD,
        false => TELLING_GAP,
    }
}
