//! Compaction: a new snapshot takes in the journal.

use std::collections::BTreeSet;

use super::codec::{Store, Unreadable};
use super::envelope::{checksum_of, read_envelope};
use super::history::{Eviction, evict};
use super::journal;
use super::key::{Key, Slot};
use super::key_value::StorageError;
use super::open_document::{Base, Found, OpenDocument};
use super::quarantine;
use super::room_base::Place;
use super::save_state::SaveError;
use super::snapshot::{About, Snapshot, UnreadableText, written};
use super::timeline::{Covered, upto};
use crate::model::{Document, Id, Patch};

/// How old a snapshot must be, in milliseconds, for the journal to do without what it holds.
///
/// A browser may show a tab the writes of another one a little late. Two tabs that compact at the
/// same moment then do not know of each other, and one writes over what the other has just
/// written. Twice the delay later every tab has seen a snapshot, and builds on it.
const SETTLED_AFTER: u64 = 10_000;

/// Which snapshots the journal may do without.
#[derive(Clone, Copy)]
pub(super) enum Trust {
    /// Those that every tab has seen by now.
    Settled,
    /// All, because room is needed.
    All,
}

impl OpenDocument {
    /// Writes a new snapshot, if there is anything new, and shortens the journal: when idle and
    /// when the page is hidden.
    ///
    /// If it fails, the journal still holds everything. Returns what has come from other tabs.
    #[must_use]
    pub fn compact(&mut self, store: Store<'_>, now: u64) -> Option<Patch> {
        self.compact_trusting(store, now, Trust::Settled)
    }

    /// Compacts because the journal takes no more.
    pub(super) fn compact_under_pressure(&mut self, store: Store<'_>, now: u64) -> Option<Patch> {
        self.compact_trusting(store, now, Trust::All)
    }

    fn compact_trusting(&mut self, store: Store<'_>, now: u64, trust: Trust) -> Option<Patch> {
        let (effect, outcome) = match self.look(store) {
            Ok((effect, found)) => {
                let outcome = match self.place {
                    Place::Room(_) => self.keep_room(store, now, &found, trust),
                    Place::Alone | Place::Left => self.write_snapshot(store, now, &found, trust),
                };
                (effect, outcome)
            }
            Err(error) => (None, Err(error.into())),
        };
        self.note_outcome(outcome, now);
        effect
    }

    fn write_snapshot(
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
        let nothing_new = self.timeline.entries().next().is_none();
        if nothing_new && self.is_stored && found.snapshots.sound.len() == 2 {
            return Ok(());
        }
        if let Some(error) = &found.not_quarantined {
            return Err(error.clone().into());
        }
        let about = self.about(now, found);
        let mut put = put_snapshot(store, self.id, found, self.document(), &about);
        let newest = found.snapshots.sound.first();
        if let (Err(SaveError::Full), Some(newest), Trust::All) = (&put, newest, trust) {
            // What only the newest holds makes room as well: in a moment two hold it, or the patch
            // that waits takes its place in the journal.
            let covered = [&newest.about.covered; 2];
            self.shorten_journal(store, &found.present, covered);
            put = put_snapshot(store, self.id, found, self.document(), &about);
        }
        self.base = put?;
        self.is_stored = true;
        self.unkept.clear();
        if let (Some(newest), Trust::All) = (newest, trust) {
            let covered = [&newest.about.covered, &about.covered];
            self.shorten_journal(store, &found.present, covered);
        }
        self.timeline.make_base(about.covered);
        Ok(())
    }

    /// What is to be said of the next snapshot.
    pub(super) fn about(&self, now: u64, found: &Found) -> About {
        let sound = &found.snapshots.sound;
        let revisions = sound.iter().map(|one| one.about.revision);
        let revision = revisions.max().unwrap_or_default();
        let mut covered = self.timeline.coverage();
        // Tabs without a patch in the journal need not be remembered, or the list would grow
        // with every load of the page. Those of a room are: others may write them again.
        let present: BTreeSet<Id> = found.present.iter().map(|(tab, _)| *tab).collect();
        let is_of_room = sound.iter().any(|one| one.head().is_some());
        covered.retain(|tab, _| is_of_room || *tab == self.tab || present.contains(tab));
        About {
            revision: self.base.revision.max(revision).saturating_add(1),
            saved_at: now,
            lamport: self.timeline.lamport(),
            lineage: match sound.first() {
                Some(newest) => newest.about.lineage.clone(),
                None => format!("{}/{now}", self.tab),
            },
            covered,
            place: self.place.clone(),
        }
    }

    /// Shortens the journal where both snapshots are such as every tab has seen.
    pub(super) fn shorten_if_settled(
        &mut self,
        store: Store<'_>,
        now: u64,
        found: &Found,
        trust: Trust,
    ) {
        if let [newest, older] = found.snapshots.sound.as_slice() {
            let settled = |g: &Snapshot| g.about.saved_at.saturating_add(SETTLED_AFTER) <= now;
            if matches!(trust, Trust::All) || settled(newest) && settled(older) {
                let covered = [&newest.about.covered, &older.about.covered];
                self.shorten_journal(store, &found.present, covered);
                self.to_shorten = 0;
            }
        }
    }

    /// Takes out of the journal what both snapshots hold. A failure leaves more than need be.
    fn shorten_journal(&mut self, store: Store<'_>, present: &[(Id, u64)], covered: [&Covered; 2]) {
        for (tab, number) in present {
            let in_both = covered.iter().all(|covered| *number <= upto(covered, *tab));
            if !in_both || self.timeline.has_entry(*tab, *number) {
                continue;
            }
            let key = journal::key(self.id, *tab, *number);
            let Ok(Some(text)) = store.storage.get(&key) else {
                continue;
            };
            match read_envelope::<journal::Header>(&text) {
                Ok(_) => {
                    let _ = store.storage.remove(&key);
                }
                // It was damaged after it was read.
                Err(why @ Unreadable::Damaged(_)) => {
                    let text = UnreadableText { key, text, why };
                    if let Ok(key) = quarantine::move_in(store.storage, &text) {
                        self.note_quarantined(key);
                    }
                }
                Err(Unreadable::Newer(_)) => {}
            }
        }
    }
}

/// Writes a snapshot, never in place of the newest that is sound.
pub(super) fn put_snapshot(
    store: Store<'_>,
    document: Id,
    found: &Found,
    contents: &Document,
    about: &About,
) -> Result<Base, SaveError> {
    let text = written(store, contents, about)?;
    let newest = found.snapshots.sound.first();
    let slot = newest.map_or(Slot::A, |newest| newest.slot.other());
    let key = Key::Snapshot { document, slot };
    let mut kept = store.storage.set(&key.to_string(), &text);
    // The versions of before matter less than the document as it is.
    while kept == Err(StorageError::Full) && evict(store.storage, None) == Eviction::Some {
        kept = store.storage.set(&key.to_string(), &text);
    }
    kept?;
    if newest.is_none() {
        // Two from the start, so that no single damage can take the document. If there is no room
        // for the second, the first is still a whole document.
        let slot = slot.other();
        let key = Key::Snapshot { document, slot };
        let _ = store.storage.set(&key.to_string(), &text);
    }
    Ok(Base {
        lineage: about.lineage.clone(),
        revision: about.revision,
        checksum: checksum_of(&text).to_owned(),
    })
}

impl Base {
    pub(super) fn of(snapshot: &Snapshot) -> Self {
        Self {
            lineage: snapshot.about.lineage.clone(),
            revision: snapshot.about.revision,
            checksum: snapshot.checksum.clone(),
        }
    }
}
