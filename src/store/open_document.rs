//! The document that a tab has open: every gesture is kept, other tabs are followed.
//!
//! What a tab shows is a function of the storage: the newest snapshot, and in one order all
//! patches that it does not hold. Each tab keeps that up to date in memory, so tabs agree.

use super::codec::{Store, Unreadable};
use super::journal::{self, Scan};
use super::key::{Key, Slot};
use super::key_value::StorageError;
use super::quarantine;
use super::read::{OpenError, reading};
use super::save_state::{SaveError, SaveState};
use super::snapshot::{Snapshot, Snapshots};
use super::timeline::{Covered, Entry, Order, Timeline};
use crate::model::{Document, Edit, Id, Patch, rebase};

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
    /// The storage holds what the timeline stands on.
    pub(super) is_stored: bool,
    /// How many patches this tab has made, and how many of them are kept.
    pub(super) made: u64,
    pub(super) kept: u64,
    /// A newer version of the program has written to the document too.
    pub(super) newer_wrote: bool,
    /// What this tab has made last, whether a snapshot holds it or not: for a storage that was
    /// cleared before others could see it.
    recent: Vec<Entry>,
    quarantined: Vec<String>,
    saved_at: u64,
    /// What the last attempt to write ran into.
    obstacle: Option<SaveError>,
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
        let made = reading
            .timeline
            .coverage()
            .get(&tab)
            .copied()
            .unwrap_or_default();
        let newest = reading.snapshots.sound.first();
        let mut open = Self {
            base: newest.map(Base::of).unwrap_or_default(),
            is_stored: true,
            made,
            kept: made,
            ..Self::new(id, tab, reading.timeline, now)
        };
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

    fn new(id: Id, tab: Id, timeline: Timeline, now: u64) -> Self {
        Self {
            id,
            tab,
            timeline,
            base: Base::default(),
            is_stored: false,
            made: 0,
            kept: 0,
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
        let unkept = !self.is_stored || self.kept < self.made;
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

    /// How many patches a new snapshot would take in: a reason to compact when idle.
    #[must_use]
    pub fn patches_since_snapshot(&self) -> usize {
        self.timeline.entries().count()
    }

    /// Keeps a gesture. At most this one is lost if the page dies now.
    ///
    /// Returns what has come from other tabs meanwhile, to be applied after it.
    #[must_use]
    pub fn record(&mut self, store: Store<'_>, patch: &Patch, now: u64) -> Option<Patch> {
        if patch.is_empty() {
            return self.save(store, now);
        }
        self.made += 1;
        let order = Order {
            lamport: self.timeline.lamport().saturating_add(1),
            tab: self.tab,
            number: self.made,
        };
        let patch = patch.clone();
        let entry = Entry {
            order,
            at: now,
            patch,
        };
        self.recent.push(entry.clone());
        if self.recent.len() > RECENT {
            self.recent.remove(0);
        }
        // The page has applied it already.
        let _ = self.timeline.insert([entry]);
        self.save(store, now)
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
            let effect = Patch::between(&before, self.document());
            return (!effect.is_empty()).then_some(effect);
        }
        if self.kept == self.made {
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

    /// Takes up a change of the storage by another tab: the key of the browser's `storage` event.
    ///
    /// The event is only a hint, and the storage is the truth; so late, doubled and disordered
    /// events do no harm, nor do keys of other documents.
    #[must_use]
    pub fn sync_from_storage(&mut self, store: Store<'_>, key: &str) -> Option<Patch> {
        match Key::parse(key)? {
            Key::Snapshot { document, .. } if document == self.id => self.catch_up(store),
            Key::Journal {
                document,
                tab,
                number,
            } if document == self.id && tab != self.tab && !self.timeline.holds(tab, number) => {
                match journal::read(store, self.id, tab, number) {
                    Ok(Some(Ok(entry))) => self.timeline.insert([entry]),
                    // Damaged, or compacted since.
                    _ => self.catch_up(store),
                }
            }
            _ => None,
        }
    }

    /// Takes up everything that other tabs have written: when the page wakes or comes back, and
    /// when a `storage` event has no key.
    #[must_use]
    pub fn catch_up(&mut self, store: Store<'_>) -> Option<Patch> {
        // What cannot be read now is caught up with the next time.
        self.look(store).ok().and_then(|(effect, _)| effect)
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

    /// Writes what this tab has made to the journal, in order.
    fn write_journal(&mut self, store: Store<'_>) -> Result<(), StorageError> {
        for entry in self.timeline.entries() {
            if entry.order.tab == self.tab && entry.order.number > self.kept {
                journal::write(store, self.id, entry)?;
                self.kept = entry.order.number;
            }
        }
        Ok(())
    }

    /// Writes every patch to the journal that is no longer there, whoever made it: its maker may be
    /// gone.
    fn write_again(&mut self, store: Store<'_>, present: &[(Id, u64)]) -> Result<(), StorageError> {
        for entry in self.timeline.entries() {
            if !present.contains(&(entry.order.tab, entry.order.number)) {
                journal::write(store, self.id, entry)?;
            }
        }
        self.kept = self.made;
        Ok(())
    }

    /// Brings the timeline up to the storage; says what that changes, and what else was found.
    pub(super) fn look(
        &mut self,
        store: Store<'_>,
    ) -> Result<(Option<Patch>, Found), StorageError> {
        let mut snapshots = Snapshots::look(store.storage, self.id)?;
        let base = &self.base;
        let other_lineage =
            |newest: &Snapshot| newest.about.lineage != base.lineage && base.revision > 0;
        let newer_base = snapshots.read_newest(store, self.id, |newest| {
            other_lineage(newest)
                || newest.about.revision >= base.revision && newest.checksum != base.checksum
        });
        let begun_anew = newer_base.is_some() && snapshots.sound.first().is_some_and(other_lineage);
        let scan = Scan::of(store, self.id, |tab, number| match &newer_base {
            Some(fresh) if begun_anew => fresh.holds(tab, number),
            Some(fresh) => fresh.holds(tab, number) || self.timeline.has_entry(tab, number),
            None => self.timeline.holds(tab, number),
        })?;
        if snapshots.has_newer() || scan.has_newer() {
            self.newer_wrote = true;
        }
        let not_quarantined = self.quarantine_damaged(store, &snapshots, &scan);
        let effect = match newer_base {
            Some(fresh) if begun_anew => self.join(fresh, scan.new),
            Some(fresh) => self.move_onto(fresh, &scan.present, scan.new),
            None => self.timeline.insert(scan.new),
        };
        self.is_stored = false;
        if let Some(newest) = snapshots.sound.first()
            && (begun_anew || newest.about.revision >= self.base.revision)
        {
            self.base = Base::of(newest);
            self.is_stored = true;
        }
        if begun_anew && self.write_again(store, &scan.present).is_err() {
            // A whole snapshot is tried with the next gesture.
            self.is_stored = false;
        }
        let found = Found {
            snapshots,
            present: scan.present,
            not_quarantined,
        };
        Ok((effect, found))
    }

    /// Stands on a snapshot that another tab has written, with the patches it does not hold.
    fn move_onto(
        &mut self,
        mut fresh: Timeline,
        present: &[(Id, u64)],
        new: Vec<Entry>,
    ) -> Option<Patch> {
        // Of the patches in memory those stay that are still in the journal, or not yet in it; the
        // others are gone because the snapshots hold them, long enough for nobody to say so.
        let own = |order: Order| order.tab == self.tab && order.number > self.kept;
        let known = self.timeline.entries().filter(|entry| {
            let order = entry.order;
            own(order) || present.contains(&(order.tab, order.number))
        });
        let entries: Vec<Entry> = known.cloned().chain(new).collect();
        let _ = fresh.insert(entries);
        let effect = Patch::between(self.timeline.document(), fresh.document());
        self.timeline = fresh;
        (!effect.is_empty()).then_some(effect)
    }

    /// Stands on a snapshot that another tab has written where nothing was left of the document,
    /// and adds to it all that only this tab has: nobody removed that, it was cleared.
    fn join(&mut self, mut fresh: Timeline, new: Vec<Entry>) -> Option<Patch> {
        let before = self.timeline.document().clone();
        let held = |entry: &&Entry| fresh.holds(entry.order.tab, entry.order.number);
        // Whoever begins anew has seen no patch of a later time than its own.
        let unseen = self.recent.iter();
        let unseen = unseen.filter(|entry| entry.order.lamport > fresh.lamport());
        let known = self.timeline.entries().chain(unseen);
        let known = known.filter(|entry| !held(entry)).cloned();
        let entries: Vec<Entry> = known.chain(new).collect();
        let _ = fresh.insert(entries);
        self.timeline = fresh;
        let now = self.timeline.document();
        let mut edit = Edit::new(now);
        for id in before.ids().filter(|id| now.kind_of(*id).is_none()) {
            edit.set(id, before.element(id));
        }
        let patch = rebase(&edit.finish(), now);
        if !patch.is_empty() {
            self.made += 1;
            let order = Order {
                lamport: self.timeline.lamport().saturating_add(1),
                tab: self.tab,
                number: self.made,
            };
            let at = self.saved_at;
            let _ = self.timeline.insert([Entry { order, at, patch }]);
        }
        let effect = Patch::between(&before, self.timeline.document());
        (!effect.is_empty()).then_some(effect)
    }

    /// Puts damaged texts in quarantine; what a newer version wrote stays where it is.
    fn quarantine_damaged(
        &mut self,
        store: Store<'_>,
        snapshots: &Snapshots,
        scan: &Scan,
    ) -> Option<StorageError> {
        let mut failure = None;
        for text in &snapshots.unreadable {
            if matches!(text.why, Unreadable::Damaged(_)) {
                // It stays until the next snapshot takes its place.
                match quarantine::copy(store.storage, text) {
                    Ok(key) => self.note_quarantined(key),
                    Err(error) => failure = Some(error),
                }
            }
        }
        for text in &scan.unreadable {
            if matches!(text.why, Unreadable::Damaged(_))
                // Where this fails the text stays in the journal, and is met again.
                && let Ok(key) = quarantine::move_in(store.storage, text)
            {
                self.note_quarantined(key);
            }
        }
        failure
    }

    pub(super) fn note_quarantined(&mut self, key: String) {
        if !self.quarantined.contains(&key) {
            self.quarantined.push(key);
        }
    }
}
