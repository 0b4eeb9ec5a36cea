//! What is seen of people on the canvas: their pointers, and when these change.

use super::people::{Activity, People};
use super::pointer_path::PointerMotion;
use super::presence::Presence;
use crate::model::{Id, Point};

/// After so long a rest of the pointer the name beside it fades, in milliseconds.
pub const FADES_AFTER: u64 = 3_000;

/// The pointer of another person on the canvas.
#[derive(Clone, Debug, PartialEq)]
pub struct PersonPointer<'p> {
    /// The page.
    pub page: Id,
    /// What it told.
    pub presence: &'p Presence,
    /// Where the pointer is shown, in world units.
    pub place: Point,
    /// How much of the name is shown.
    pub name: NameTag,
    /// Whether there was a hand on that page a short while ago.
    pub activity: Activity,
}

/// How a name beside a pointer is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameTag {
    /// In full.
    Clear,
    /// Faded: the pointer rests.
    Faded,
}

impl People {
    /// What the pages of other people told last.
    pub fn others(&self) -> impl Iterator<Item = (Id, &Presence)> {
        let own = self.own.presence.person;
        self.pages().filter(move |(_, told)| told.person != own)
    }

    /// What the page of a person told that was used last.
    #[must_use]
    pub fn page_of(&self, person: Id) -> Option<(Id, &Presence)> {
        let pages = self.pages.iter();
        let pages = pages.filter(|(_, known)| known.presence.person == person);
        let used = pages.max_by_key(|(_, known)| known.active);
        used.map(|(page, known)| (*page, &known.presence))
    }

    /// Whether the pointer of anybody else glides.
    #[must_use]
    pub fn glides(&self, now: u64) -> bool {
        let own = self.own.presence.person;
        let mut others = self.pages.values();
        others.any(|known| known.presence.person != own && known.glides(now))
    }

    /// When a name fades or somebody is away next, if nothing is heard.
    #[must_use]
    pub fn next_change(&self, now: u64) -> Option<u64> {
        let pages = self.pages.values().chain([&self.own]);
        pages.filter_map(|known| known.next_change(now)).min()
    }

    /// The pointers of other people.
    pub fn pointers(
        &self,
        now: u64,
        motion: PointerMotion,
    ) -> impl Iterator<Item = PersonPointer<'_>> {
        let others = self.pages.iter();
        let own = self.own.presence.person;
        let others = others.filter(move |(_, known)| known.presence.person != own);
        others.filter_map(move |(page, known)| {
            Some(PersonPointer {
                page: *page,
                presence: &known.presence,
                place: known.path.as_ref()?.at(now, motion),
                name: if known.is_moving(now, FADES_AFTER) {
                    NameTag::Clear
                } else {
                    NameTag::Faded
                },
                activity: known.activity(now),
            })
        })
    }
}
