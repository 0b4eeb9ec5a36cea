//! What is known of one page.

use super::people::{AWAY_AFTER, Activity};
use super::people_seen::FADES_AFTER;
use super::pointer_path::PointerPath;
use super::presence::{Hand, Presence};

/// What is known of a page.
#[derive(Clone, Debug)]
pub(super) struct Page {
    /// What it told last.
    pub(super) presence: Presence,
    /// The way of its pointer; none while that is not over the canvas.
    pub(super) path: Option<PointerPath>,
    /// When its pointer moved last: perhaps before the clock of this page began.
    moved: i64,
    /// When a hand was on it last.
    pub(super) active: i64,
    /// Since when the hand is up.
    pub(super) hand: Option<u64>,
}

impl Page {
    /// The page after it told this.
    pub(super) fn next(before: Option<&Self>, presence: Presence, now: u64) -> Self {
        let before = before.filter(|before| before.presence.person == presence.person);
        let used = now.cast_signed().saturating_sub_unsigned(presence.idle);
        let is_rest = before.is_some_and(|before| before.presence.pointer == presence.pointer);
        let path = match (
            presence.pointer,
            before.and_then(|before| before.path.clone()),
        ) {
            (None, _) => None,
            (Some(place), None) => Some(PointerPath::new(place, now)),
            (Some(_), Some(path)) if is_rest => Some(path),
            (Some(place), Some(mut path)) => {
                path.move_to(place, now);
                Some(path)
            }
        };
        Self {
            path,
            moved: match before {
                Some(before) if is_rest => before.moved,
                Some(_) => now.cast_signed(),
                None => used,
            },
            active: before.map_or(used, |before| before.active.max(used)),
            hand: match presence.hand {
                Hand::Up => before.and_then(|before| before.hand).or(Some(now)),
                Hand::Down => None,
            },
            presence,
        }
    }

    /// Its pointer moved less than so many milliseconds ago.
    pub(super) fn is_moving(&self, now: u64, within: u64) -> bool {
        now.cast_signed() < self.moved.saturating_add_unsigned(within)
    }

    /// Whether there was a hand on it a short while ago.
    pub(super) fn activity(&self, now: u64) -> Activity {
        if now.cast_signed() < self.active.saturating_add_unsigned(AWAY_AFTER) {
            Activity::Here
        } else {
            Activity::Away
        }
    }

    /// Its pointer is on the way to where it was heard of last.
    pub(super) fn glides(&self, now: u64) -> bool {
        self.path.as_ref().is_some_and(|path| now < path.arrives())
    }

    /// When its name fades or its person is away next.
    pub(super) fn next_change(&self, now: u64) -> Option<u64> {
        let fades = self.moved.saturating_add_unsigned(FADES_AFTER);
        let leaves = self.active.saturating_add_unsigned(AWAY_AFTER);
        let times = [fades, leaves].map(|at| u64::try_from(at).unwrap_or(0));
        times.into_iter().filter(|at| *at > now).min()
    }
}
