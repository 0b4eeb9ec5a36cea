//! A document that is in a room with others: it stands on what the room says, and keeps what others
//! make as it keeps what other tabs make.
//!
//! The document is the same function of base and gestures as in the room. So the base moves only
//! when the room says so, and compaction never makes one: it writes the base that counts again, and
//! what is missing from the journal.

use std::collections::BTreeSet;

use super::codec::Store;
use super::compact::{Trust, put_snapshot};
use super::history::{Eviction, evict};
use super::journal::Scan;
use super::key_value::StorageError;
use super::open_document::{Found, OpenDocument, in_turn};
use super::room_base::{Place, RoomBase, RoomHead};
use super::save_state::SaveError;
use super::snapshot::About;
use super::timeline::{Covered, Entry, covers, upto};
use crate::model::{Id, Patch};

impl OpenDocument {
    /// Keeps a document that comes from a room, and opens it. It works without storage too: look at
    /// the state.
    ///
    /// `id` is one that nothing had before; `tab` is the one under which the page makes its gestures
    /// in the room.
    #[must_use]
    pub fn create_in_room(store: Store<'_>, id: Id, tab: Id, base: RoomBase, now: u64) -> Self {
        let (head, timeline) = base.taken_apart();
        let mut open = Self {
            place: Place::Room(Box::new(head)),
            ..Self::new(id, tab, timeline, now)
        };
        // Nobody else can have written to it, so nothing comes back.
        let _ = open.save(store, now);
        open
    }

    /// Whether it is in a room.
    #[must_use]
    pub const fn is_in_room(&self) -> bool {
        matches!(self.place, Place::Room(_))
    }

    /// What it stands on, as the room has said it; `None` where it is in no room.
    ///
    /// With [`gestures`](Self::gestures) it is all that is here of the room.
    #[must_use]
    pub fn room_base(&self) -> Option<RoomBase> {
        let head = self.place.head()?;
        Some(RoomBase::of(head, &self.timeline))
    }

    /// The gestures on what it stands on, whoever made them, in order.
    pub fn gestures(&self) -> impl Iterator<Item = &Entry> {
        self.timeline.entries()
    }

    /// Whether a gesture is part of the document, or settled.
    #[must_use]
    pub fn holds(&self, tab: Id, number: u64) -> bool {
        self.timeline.holds(tab, number)
    }

    /// The gestures that did not come from the room since this was last asked, in order: those of
    /// this tab, and those that other tabs of this browser have kept. The program of the room is to
    /// be told; it may know some. What is held back is not among them.
    ///
    /// After opening there are none: [`shown_gestures`](Self::shown_gestures) has them all.
    #[must_use]
    pub fn untold(&mut self) -> Vec<Entry> {
        let untold = std::mem::take(&mut self.untold);
        let (held, untold): (BTreeSet<_>, BTreeSet<_>) =
            untold.into_iter().partition(|key| self.is_held(key));
        self.untold = held;
        if untold.is_empty() {
            return Vec::new();
        }
        let gestures = self.timeline.entries().filter(|entry| {
            let key = (entry.order.tab, entry.order.number);
            untold.contains(&key)
        });
        gestures.cloned().collect()
    }

    /// What it stands on, where another tab of this browser has heard of it first and this was not
    /// asked since. The program of the room is to be told: that tab may be gone before it could send
    /// it. Tell it this before [`untold`](Self::untold).
    #[must_use]
    pub fn untold_base(&mut self) -> Option<RoomBase> {
        let is_untold = std::mem::take(&mut self.is_base_untold);
        self.room_base().filter(|_| is_untold)
    }

    /// Takes in gestures that come from the room, each at its place, and keeps them; those already
    /// here change nothing. In no room it does nothing.
    ///
    /// Returns what that does to the document, as every method does.
    #[must_use]
    pub fn take_gestures(
        &mut self,
        store: Store<'_>,
        gestures: Vec<Entry>,
        now: u64,
    ) -> Option<Patch> {
        if !self.is_in_room() {
            return None;
        }
        for gesture in &gestures {
            let (tab, number) = (gesture.order.tab, gesture.order.number);
            self.untold.remove(&(tab, number));
            if !self.timeline.holds(tab, number) {
                self.unkept.insert((tab, number));
            }
            if tab == self.tab {
                self.made = self.made.max(number);
            }
        }
        let effect = self.timeline.insert(gestures);
        in_turn(effect, self.save(store, now))
    }

    /// Stands on a snapshot because the room does, with every gesture that is known here and not
    /// settled by it, and keeps it. In no room it does nothing.
    ///
    /// Another tab of this browser may have heard of a later one already; then that stays, since the
    /// room will come to it. What this tab is to be told next are the gestures on the snapshot that
    /// are in the room: some may have been settled before.
    #[must_use]
    pub fn stand_on(&mut self, store: Store<'_>, base: RoomBase, now: u64) -> Option<Patch> {
        if !self.is_in_room() {
            return None;
        }
        let (head, fresh) = base.taken_apart();
        if self.stands_on(&head, fresh.covered()) {
            self.is_base_untold = false;
            return self.save(store, now);
        }
        let looked = self.look(store);
        let (effect, found) = match looked {
            Ok((effect, found)) => (effect, Ok(found)),
            Err(error) => (None, Err(error)),
        };
        let settled = self.timeline.covered();
        let is_behind = match &self.place {
            Place::Room(own) => own.is_ahead_of(settled, &head, fresh.covered()),
            // Another tab has left.
            Place::Alone | Place::Left => true,
        };
        if is_behind || self.stands_on(&head, fresh.covered()) {
            return in_turn(effect, self.save(store, now));
        }
        // What the base before has settled and this one has not is no longer in memory.
        let again = if covers(fresh.covered(), settled) {
            Vec::new()
        } else {
            let held =
                |tab, number| fresh.holds(tab, number) || self.timeline.has_entry(tab, number);
            Scan::of(store, self.id, held).map_or_else(|_| Vec::new(), |scan| scan.new)
        };
        self.is_stored = false;
        self.is_base_untold = false;
        let moved = self.change_base(fresh, Place::Room(Box::new(head)), again);
        self.learn_held(store);
        let outcome = match found {
            Ok(found) => self.write_all(store, now, &found),
            Err(error) => Err(error.into()),
        };
        self.note_outcome(outcome, now);
        let effect = in_turn(effect, moved);
        in_turn(effect, self.save(store, now))
    }

    /// Leaves the room: from now on it is a document as any other, with all that it has. Other tabs
    /// of this browser leave with it.
    #[must_use]
    pub fn leave_room(&mut self, store: Store<'_>, now: u64) -> Option<Patch> {
        let effect = self.catch_up(store);
        if self.is_in_room() {
            self.place = Place::Left;
            self.untold.clear();
            self.let_go_of_held(store);
            self.is_stored = false;
        }
        in_turn(effect, self.save(store, now))
    }

    fn stands_on(&self, head: &RoomHead, settled: &Covered) -> bool {
        self.place.head() == Some(head) && self.timeline.covered() == settled
    }

    /// What compaction does in a room: the journal is shortened, and what is missing in the storage
    /// is written again.
    pub(super) fn keep_room(
        &mut self,
        store: Store<'_>,
        now: u64,
        found: &Found,
        trust: Trust,
    ) -> Result<(), SaveError> {
        if self.newer_wrote {
            return Err(SaveError::Newer);
        }
        self.shorten_if_settled(store, now, found, trust);
        let is_whole = found.snapshots.sound.len() == 2 && found.snapshots.unreadable.is_empty();
        if !self.is_stored || !is_whole {
            self.write_base(store, now, found)?;
        }
        let mut kept = self.write_again(store, &found.present);
        // The versions of before matter less than the document as it is.
        while kept == Err(StorageError::Full)
            && matches!(trust, Trust::All)
            && evict(store.storage, None) == Eviction::Some
        {
            kept = self.write_again(store, &found.present);
        }
        Ok(kept?)
    }

    /// Writes what the document stands on, and every gesture that is not in the journal.
    fn write_all(&mut self, store: Store<'_>, now: u64, found: &Found) -> Result<(), SaveError> {
        self.write_base(store, now, found)?;
        Ok(self.write_again(store, &found.present)?)
    }

    /// Writes what the document stands on.
    fn write_base(&mut self, store: Store<'_>, now: u64, found: &Found) -> Result<(), SaveError> {
        if self.newer_wrote {
            return Err(SaveError::Newer);
        }
        if let Some(error) = &found.not_quarantined {
            return Err(error.clone().into());
        }
        let Some(head) = self.place.head() else {
            return Ok(());
        };
        let about = About {
            covered: self.timeline.covered().clone(),
            lamport: head.order.lamport,
            ..self.about(now, found)
        };
        self.base = put_snapshot(store, self.id, found, self.timeline.base(), &about)?;
        self.is_stored = true;
        Ok(())
    }

    /// Notes how many patches the journal could do without.
    pub(super) fn note_what_to_shorten(&mut self, found: &Found) {
        self.to_shorten = match (&self.place, found.snapshots.sound.as_slice()) {
            (Place::Room(_), [newest, older]) => {
                let covered = [&newest.about.covered, &older.about.covered];
                let is_in_both = |(tab, number): &&(Id, u64)| {
                    covered.iter().all(|covered| *number <= upto(covered, *tab))
                        && !self.timeline.has_entry(*tab, *number)
                };
                found.present.iter().filter(is_in_both).count()
            }
            _ => 0,
        };
    }
}
