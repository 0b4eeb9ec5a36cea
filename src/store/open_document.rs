//! The document that a tab has open: every gesture is kept, other tabs are followed.
//!
//! What a tab shows is a function of the storage: the newest snapshot, and in one order all
//! patches that it does not hold. Each tab keeps that up to date in memory, so tabs agree.

use std::collections::{BTreeMap, BTreeSet};

use super::codec::Store;
use super::journal;
use super::key::{Key, Slot};
use super::key_value::StorageError;
use super::read::{OpenError, reading};
use super::room_base::{Place, RoomHead};
use super::save_state::{SaveError, SaveState};
use super::snapshot::Snapshots;
use super::timeline::{Covered, Entry, Order, Timeline, upto};
use crate::model::{Document, Id, Patch, lightened};

/// How many patches of its own a tab remembers.
const RECENT: usize = 200;

/// A document, open in this tab.
///
/// The page keeps its own copy in step: it gives every gesture to [`record`](Self::record), and
/// applies every patch that a method returns before it makes the next gesture.
#[derive(Clone, Debug)]
pub struct OpenDocument {
    pub(super) id: Id,
    pub(super) tab: Id,
    pub(super) timeline: Timeline,
    /// The snapshot that the timeline stands on.
    pub(super) base: Base,
    /// Whether the document is in a room; then the timeline stands on what the room says.
    pub(super) place: Place,
    /// The storage holds what the timeline stands on.
    pub(super) is_stored: bool,
    /// How many patches this tab has made.
    pub(super) made: u64,
    /// The patches that are not kept yet, by tab and number.
    pub(super) unkept: BTreeSet<(Id, u64)>,
    /// In a room: the patches that its program has not been told.
    pub(super) untold: BTreeSet<(Id, u64)>,
    /// In a room: whether its program has not been told of the base, which another tab has kept.
    pub(super) is_base_untold: bool,
    /// In a room: from which number on the patches of each tab are held back, as far as is known.
    pub(super) held: BTreeMap<Id, u64>,
    /// In a room: how many patches the journal can do without.
    pub(super) to_shorten: usize,
    /// A newer version of the program has written to the document too.
    pub(super) newer_wrote: bool,
    /// What this tab has made last, whether a snapshot holds it or not: for a storage that was
    /// cleared before others could see it.
    pub(super) recent: Vec<Entry>,
    pub(super) quarantined: Vec<String>,
    pub(super) saved_at: u64,
    /// What the last attempt to write ran into.
    pub(super) obstacle: Option<SaveError>,
}

/// Tells a snapshot from every other of the document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Base {
    pub(super) lineage: String,
    pub(super) revision: u64,
    pub(super) checksum: String,
}

/// What a look at the storage found, beside what is new for the timeline.
pub(super) struct Found {
    pub(super) snapshots: Snapshots,
    /// The patches in the journal.
    pub(super) present: Vec<(Id, u64)>,
    /// Why a damaged snapshot could not be put in quarantine, so that it must not be written over.
    pub(super) not_quarantined: Option<StorageError>,
}

impl OpenDocument {
    /// Opens a document.
    ///
    /// `tab` names this tab: fresh for every load of the page, since a tab that is duplicated
    /// takes its session storage along. `now` is in milliseconds since the epoch, here as
    /// everywhere. Damaged texts go into quarantine, and what they held is written anew.
    ///
    /// # Errors
    /// It is not there, or cannot be read; then nothing was changed.
    pub fn open(store: Store<'_>, id: Id, tab: Id, now: u64) -> Result<Self, OpenError> {
        let reading = reading(store, id)?;
        let newest = reading.snapshots.sound.first();
        let mut open = Self {
            base: newest.map(Base::of).unwrap_or_default(),
            place: newest.map_or(Place::Alone, |newest| newest.about.place.clone()),
            is_stored: true,
            ..Self::new(id, tab, reading.timeline, now)
        };
        open.find_held(store);
        let whole = reading.snapshots.sound.len() == 2 && reading.snapshots.unreadable.is_empty();
        if !whole || !reading.unreadable.is_empty() {
            // Nothing can come of it but what was just read: the timeline is whole already.
            let _ = open.compact(store, now);
        }
        Ok(open)
    }

    /// Keeps a new document and opens it. It works without storage too: look at the state.
    ///
    /// `id` is one that nothing had before.
    #[must_use]
    pub fn create(store: Store<'_>, id: Id, document: Document, tab: Id, now: u64) -> Self {
        let timeline = Timeline::new(document, Covered::new(), 0);
        let mut open = Self::new(id, tab, timeline, now);
        // Nobody else can have written to it, so nothing comes back.
        let _ = open.save(store, now);
        open
    }

    pub(super) fn new(id: Id, tab: Id, timeline: Timeline, now: u64) -> Self {
        Self {
            id,
            tab,
            made: upto(&timeline.coverage(), tab),
            timeline,
            base: Base::default(),
            place: Place::Alone,
            is_stored: false,
            unkept: BTreeSet::new(),
            untold: BTreeSet::new(),
            is_base_untold: false,
            held: BTreeMap::new(),
            to_shorten: 0,
            newer_wrote: false,
            recent: Vec::new(),
            quarantined: Vec::new(),
            saved_at: now,
            obstacle: None,
        }
    }

    /// The id of the document in the storage.
    #[must_use]
    pub const fn id(&self) -> Id {
        self.id
    }

    /// The document as it is now.
    #[must_use]
    pub const fn document(&self) -> &Document {
        self.timeline.document()
    }

    /// Whether everything that was done is kept.
    #[must_use]
    pub fn state(&self) -> SaveState {
        let unkept = !self.is_stored || !self.unkept.is_empty();
        match &self.obstacle {
            _ if self.newer_wrote => SaveState::NotSaved {
                why: SaveError::Newer,
            },
            Some(why) if unkept => SaveState::NotSaved { why: why.clone() },
            None if unkept => SaveState::NotSaved {
                why: SaveError::Removed,
            },
            _ => SaveState::Saved { at: self.saved_at },
        }
    }

    /// The keys of the damaged texts that were put in quarantine since it was opened.
    #[must_use]
    pub fn quarantined(&self) -> &[String] {
        &self.quarantined
    }

    /// How many patches a new snapshot would take in, or the journal of a room do without: a reason
    /// to compact when idle.
    #[must_use]
    pub fn patches_since_snapshot(&self) -> usize {
        match self.place {
            Place::Room(_) => self.to_shorten,
            Place::Alone | Place::Left => self.timeline.entries().count(),
        }
    }

    /// Keeps a gesture. At most this one is lost if the page dies now.
    ///
    /// Returns what has come from other tabs meanwhile, to be applied after it. In a room tell its
    /// program what [`untold`](Self::untold) then says.
    #[must_use]
    pub fn record(&mut self, store: Store<'_>, patch: &Patch, now: u64) -> Option<Patch> {
        if patch.is_empty() {
            return self.save(store, now);
        }
        self.keep_own_hold(store);
        let entry = self.next_entry(lightened(patch.clone()), now);
        self.recent.push(entry.clone());
        if self.recent.len() > RECENT {
            self.recent.remove(0);
        }
        let last = self.timeline.entries().next_back();
        let effect = if last.is_none_or(|last| last.order < entry.order) {
            // The page has applied it already.
            let _ = self.timeline.insert([entry]);
            None
        } else {
            let mut page = self.document().clone();
            let _ = page.apply(patch);
            let _ = self.timeline.insert([entry]);
            some(Patch::between(&page, self.document()))
        };
        in_turn(effect, self.save(store, now))
    }

    /// Makes an entry of a patch: the next of this tab, after all that it has seen. In a room it
    /// comes no later than others play it.
    pub(super) fn next_entry(&mut self, patch: Patch, at: u64) -> Entry {
        self.made += 1;
        let latest = self.place.head().map_or(u64::MAX, RoomHead::latest);
        let order = Order {
            lamport: self.timeline.lamport().saturating_add(1).min(latest),
            tab: self.tab,
            number: self.made,
        };
        let key = (order.tab, order.number);
        self.unkept.insert(key);
        if self.is_in_room() {
            self.untold.insert(key);
        }
        Entry { order, at, patch }
    }

    /// Tries again to keep what is not kept yet; does nothing if all is.
    ///
    /// Returns what has come from other tabs, as every method does.
    #[must_use]
    pub fn save(&mut self, store: Store<'_>, now: u64) -> Option<Patch> {
        if self.is_gone(store) {
            self.is_stored = false;
        }
        if !self.is_stored {
            // A journal without a snapshot under it would say little. But where another tab has
            // written over ours it says all, and until both have seen it only the journal is safe.
            let _ = self.write_journal(store);
            let before = self.document().clone();
            let effect = self.compact(store, now);
            if self.obstacle != Some(SaveError::Full) {
                return effect;
            }
            let _ = self.compact_under_pressure(store, now);
            return some(Patch::between(&before, self.document()));
        }
        if self.unkept.is_empty() {
            return None;
        }
        let written = self.write_journal(store);
        if written == Err(StorageError::Full) {
            let effect = self.compact_under_pressure(store, now);
            if self.obstacle == Some(SaveError::Full) && self.write_journal(store).is_ok() {
                // For a patch there was room, if not for a snapshot.
                self.note_outcome(Ok(()), now);
            }
            return effect;
        }
        self.note_outcome(written.map_err(SaveError::from), now);
        None
    }

    /// Whether no snapshot is left, as when a person clears the data of the site: then a patch
    /// in the journal would say little.
    fn is_gone(&self, store: Store<'_>) -> bool {
        let document = self.id;
        let keys = Slot::BOTH.map(|slot| Key::Snapshot { document, slot }.to_string());
        keys.iter().all(|key| store.storage.has(key) == Ok(false))
    }

    /// Notes how an attempt to write has ended.
    pub(super) fn note_outcome(&mut self, outcome: Result<(), SaveError>, now: u64) {
        match outcome {
            Ok(()) => {
                self.obstacle = None;
                self.saved_at = now;
            }
            Err(why) => self.obstacle = Some(why),
        }
    }

    /// Writes to the journal what is not kept yet, in order.
    pub(super) fn write_journal(&mut self, store: Store<'_>) -> Result<(), StorageError> {
        if self.unkept.is_empty() {
            return Ok(());
        }
        for entry in self.timeline.entries() {
            let Order { tab, number, .. } = entry.order;
            if !self.unkept.contains(&(tab, number)) {
                continue;
            }
            // What others have made another tab of this browser may have written.
            let key = journal::key(self.id, tab, number);
            if tab == self.tab || !store.storage.has(&key)? {
                journal::write(store, self.id, entry)?;
            }
            self.unkept.remove(&(tab, number));
        }
        Ok(())
    }

    /// Writes every patch to the journal that is no longer there, whoever made it: its maker may be
    /// gone.
    pub(super) fn write_again(
        &mut self,
        store: Store<'_>,
        present: &[(Id, u64)],
    ) -> Result<(), StorageError> {
        let present: BTreeSet<&(Id, u64)> = present.iter().collect();
        let keys = self.timeline.entries().map(|entry| {
            let Order { tab, number, .. } = entry.order;
            (tab, number)
        });
        self.unkept = keys.filter(|key| !present.contains(key)).collect();
        self.write_journal(store)
    }
}

/// What two changes of the document do in turn, if anything.
pub(super) fn in_turn(first: Option<Patch>, next: Option<Patch>) -> Option<Patch> {
    match (first, next) {
        (Some(first), Some(next)) => some(first.then(next)),
        (first, next) => first.or(next),
    }
}

/// A patch that does something.
pub(super) fn some(patch: Patch) -> Option<Patch> {
    (!patch.is_empty()).then_some(patch)
}
