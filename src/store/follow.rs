//! Following the other tabs of this browser: what they wrote becomes part of the document here.

use super::codec::{Store, Unreadable};
use super::journal::{self, Scan};
use super::key::Key;
use super::key_value::StorageError;
use super::open_document::{Base, Found, OpenDocument, some};
use super::quarantine;
use super::room_base::Place;
use super::snapshot::{Snapshot, Snapshots};
use super::timeline::{Entry, Timeline, upto};
use crate::model::{Edit, Id, Patch, rebase};

impl OpenDocument {
    /// Takes up a change of the storage by another tab: the key of the browser's `storage` event.
    ///
    /// The event is only a hint, and the storage is the truth; so late, doubled and disordered
    /// events do no harm, nor do keys of other documents.
    #[must_use]
    pub fn sync_from_storage(&mut self, store: Store<'_>, key: &str) -> Option<Patch> {
        let effect = match Key::parse(key)? {
            Key::Snapshot { document, .. } if document == self.id => self.catch_up(store),
            Key::Journal {
                document,
                tab,
                number,
            } if document == self.id && tab != self.tab && !self.timeline.holds(tab, number) => {
                match journal::read(store, self.id, tab, number) {
                    Ok(Some(Ok(entry))) => self.insert_found(vec![entry]),
                    // Damaged, or compacted since.
                    _ => self.catch_up(store),
                }
            }
            _ => None,
        };
        self.learn_held(store);
        effect
    }

    /// Takes up everything that other tabs have written: when the page wakes or comes back, and
    /// when a `storage` event has no key.
    #[must_use]
    pub fn catch_up(&mut self, store: Store<'_>) -> Option<Patch> {
        // What cannot be read now is caught up with the next time.
        self.look(store).ok().and_then(|(effect, _)| effect)
    }

    /// Brings the timeline up to the storage; says what that changes, and what else was found.
    pub(super) fn look(
        &mut self,
        store: Store<'_>,
    ) -> Result<(Option<Patch>, Found), StorageError> {
        let mut snapshots = Snapshots::look(store.storage, self.id)?;
        let newer_base = snapshots.read_newest(store, self.id, |newest| self.wants(newest));
        let newest = snapshots.sound.first();
        let was_in_room = self.is_in_room();
        let new_place = newest.map(|newest| newest.about.place.clone());
        let new_place = new_place.filter(|_| newer_base.is_some());
        let is_of_room = was_in_room || matches!(new_place, Some(Place::Room(_)));
        let is_other = newest.is_some_and(|newest| self.is_other_lineage(newest));
        let begun_anew = is_other && (is_of_room || newer_base.is_some());
        let scan = Scan::of(store, self.id, |tab, number| match &newer_base {
            Some(fresh) if begun_anew && !is_of_room => fresh.holds(tab, number),
            Some(fresh) => fresh.holds(tab, number) || self.timeline.has_entry(tab, number),
            None => self.timeline.holds(tab, number),
        })?;
        if snapshots.has_newer() || scan.has_newer() {
            self.newer_wrote = true;
        }
        let not_quarantined = self.quarantine_damaged(store, &snapshots, &scan);
        let effect = match (newer_base, new_place) {
            (Some(fresh), Some(place)) if is_of_room => {
                self.is_base_untold = true;
                self.change_base(fresh, place, scan.new)
            }
            (Some(fresh), place) => {
                if place == Some(Place::Left) {
                    self.place = Place::Left;
                }
                match begun_anew {
                    true => self.join(fresh, scan.new),
                    false => self.move_onto(fresh, &scan.present, scan.new),
                }
            }
            (None, _) => self.insert_found(scan.new),
        };
        self.note_base(&snapshots, begun_anew);
        if begun_anew && self.write_again(store, &scan.present).is_err() {
            // A whole snapshot is tried with the next gesture.
            self.is_stored = false;
        }
        let found = Found {
            snapshots,
            present: scan.present,
            not_quarantined,
        };
        self.note_what_to_shorten(&found);
        self.learn_held(store);
        Ok((effect, found))
    }

    /// Whether the newest snapshot of the storage is one to stand on in place of the own.
    fn wants(&self, newest: &Snapshot) -> bool {
        match (&self.place, &newest.about.place) {
            // The room says what it stands on. Another tab may have heard that first, or have left;
            // one that knows nothing of the room has no say.
            (Place::Room(head), Place::Room(other)) => {
                let settled = (&newest.about.covered, self.timeline.covered());
                other.is_ahead_of(settled.0, head, settled.1)
            }
            (Place::Room(_), Place::Left) | (Place::Alone, Place::Room(_)) => true,
            (Place::Room(_), Place::Alone) | (Place::Left, Place::Room(_)) => false,
            (Place::Alone | Place::Left, Place::Alone | Place::Left) => {
                self.is_other_lineage(newest)
                    || newest.about.revision >= self.base.revision
                        && newest.checksum != self.base.checksum
            }
        }
    }

    fn is_other_lineage(&self, newest: &Snapshot) -> bool {
        newest.about.lineage != self.base.lineage && self.base.revision > 0
    }

    /// Notes whether the storage holds what the timeline stands on.
    fn note_base(&mut self, snapshots: &Snapshots, begun_anew: bool) {
        self.is_stored = false;
        let Some(newest) = snapshots.sound.first() else {
            return;
        };
        match &self.place {
            Place::Room(head) => {
                let is_it = |one: &Snapshot| {
                    one.head() == Some(head) && one.about.covered == *self.timeline.covered()
                };
                self.is_stored = snapshots.sound.iter().any(is_it);
                self.base = Base::of(newest);
            }
            Place::Alone | Place::Left => {
                if newest.head().is_none()
                    && (begun_anew || newest.about.revision >= self.base.revision)
                {
                    self.base = Base::of(newest);
                    self.is_stored = true;
                }
            }
        }
    }

    /// Takes in patches that stood in the journal. The program of a room is to hear of them: their
    /// maker may be gone before it could send them.
    pub(super) fn insert_found(&mut self, new: Vec<Entry>) -> Option<Patch> {
        self.note_untold(&new);
        self.timeline.insert(new)
    }

    fn note_untold(&mut self, new: &[Entry]) {
        if self.is_in_room() {
            let keys = new
                .iter()
                .map(|entry| (entry.order.tab, entry.order.number));
            let unknown = keys.filter(|(tab, number)| !self.timeline.holds(*tab, *number));
            self.untold.extend(unknown.collect::<Vec<_>>());
        }
    }

    /// Stands on another snapshot of a room, or on one by which it was left, with every patch that
    /// is known and not held by it.
    pub(super) fn change_base(
        &mut self,
        mut fresh: Timeline,
        place: Place,
        new: Vec<Entry>,
    ) -> Option<Patch> {
        self.place = place;
        self.note_untold(&new);
        let _ = fresh.insert(self.timeline.entries().cloned().chain(new));
        let effect = Patch::between(self.timeline.document(), fresh.document());
        self.timeline = fresh;
        self.forget_what_is_held();
        some(effect)
    }

    /// Forgets what was to be written or told of patches that the base has now.
    fn forget_what_is_held(&mut self) {
        let timeline = &self.timeline;
        let is_entry = |(tab, number): &(Id, u64)| timeline.has_entry(*tab, *number);
        self.unkept.retain(is_entry);
        self.untold.retain(is_entry);
        if !self.is_in_room() {
            self.untold.clear();
            self.held.clear();
        }
        self.made = self.made.max(upto(&self.timeline.coverage(), self.tab));
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
        let known = self.timeline.entries().filter(|entry| {
            let key = (entry.order.tab, entry.order.number);
            self.unkept.contains(&key) || present.contains(&key)
        });
        let entries: Vec<Entry> = known.cloned().chain(new).collect();
        let _ = fresh.insert(entries);
        let effect = Patch::between(self.timeline.document(), fresh.document());
        self.timeline = fresh;
        self.forget_what_is_held();
        some(effect)
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
            let entry = self.next_entry(patch, self.saved_at);
            let _ = self.timeline.insert([entry]);
        }
        self.forget_what_is_held();
        some(Patch::between(&before, self.timeline.document()))
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
