//! What the document of a room stands on: the snapshot that counts, and the patches played on it.

use std::collections::BTreeSet;

use super::entry::{Body, Entry, FARTHEST_AHEAD};
use super::log::Log;
use super::snapshot::{Snapshot, covers, extend, upto};
use super::standing::{News, Refusal};
use crate::model::{Document, Id, Patch};
use crate::store::{Covered, Entry as Gesture, Order, Timeline};

/// The snapshot that counts, and what was played on it.
#[derive(Clone, Debug)]
pub struct Ground {
    /// Where the snapshot stands among all entries.
    pub order: Order,
    /// By which rules patches are played on it.
    pub rules: u32,
    /// What the snapshot covers.
    covered: Covered,
    /// Up to which number the entries of each tab are in the document, or do nothing.
    pub played: Covered,
    timeline: Timeline,
}

/// The snapshot that counts, where so much is gone.
///
/// The newest rules come first, so that nobody goes back to older ones. Then come those that cover
/// all that is gone, then the latest. Who makes a snapshot has played all that those cover which are
/// known there, so it comes after them in each respect; that is why they can be forgotten.
pub fn chosen<'a>(
    snapshots: impl Iterator<Item = (&'a Entry, &'a Snapshot)>,
    gone: &Covered,
) -> Option<(&'a Entry, &'a Snapshot)> {
    snapshots.max_by_key(|(entry, snapshot)| {
        let is_whole = covers(&snapshot.covered, gone);
        (entry.rules, is_whole, entry.order)
    })
}

impl Ground {
    /// Stands on a snapshot. What is gone and not covered is not played by anybody, since not
    /// everybody has it.
    pub fn new(entry: &Entry, snapshot: &Snapshot, gone: &Covered) -> Self {
        let mut played = snapshot.covered.clone();
        extend(&mut played, gone);
        let document = snapshot.document.clone();
        Self {
            order: entry.order,
            rules: entry.rules,
            covered: snapshot.covered.clone(),
            timeline: Timeline::new(document, played.clone(), entry.order.lamport),
            played,
        }
    }

    /// The document with every patch.
    pub const fn document(&self) -> &Document {
        self.timeline.document()
    }

    /// The latest time of what was played.
    pub const fn lamport(&self) -> u64 {
        self.timeline.lamport()
    }

    /// The latest time that a patch on this snapshot may have.
    pub const fn latest(&self) -> u64 {
        self.order.lamport.saturating_add(FARTHEST_AHEAD)
    }

    /// How many patches were played.
    pub fn patches(&self) -> usize {
        self.timeline.entries().count()
    }

    /// Plays what can be played of some tabs: their entries without a gap, each in its place.
    pub fn play(&mut self, log: &Log, tabs: &BTreeSet<Id>) -> (Option<Patch>, Vec<News>) {
        let mut gestures = Vec::new();
        let mut news = Vec::new();
        for tab in tabs {
            let mut last = upto(&self.played, *tab);
            while let Some(entry) = log.get(*tab, last + 1) {
                match &entry.body {
                    // The snapshot that brings its rules is still on its way.
                    Body::Patch(_) if entry.rules > self.rules => break,
                    Body::Patch(patch) if entry.order.lamport <= self.latest() => {
                        gestures.push(Gesture {
                            order: entry.order,
                            at: entry.at,
                            patch: (**patch).clone(),
                        });
                    }
                    Body::Patch(_) => news.push(News::refused(entry.order, Refusal::TooFarAhead)),
                    Body::Snapshot(_) | Body::Newer(_) | Body::Damaged(_) => {}
                }
                last += 1;
                self.played.insert(*tab, last);
            }
        }
        (self.timeline.insert(gestures), news)
    }

    /// Whether another snapshot holds what neither this one nor any entry holds.
    pub fn lacks(&self, entry: &Entry, snapshot: &Snapshot, gone: &Covered) -> bool {
        let knows = |tab: Id, number: u64| number <= upto(&self.covered, tab);
        if knows(entry.order.tab, entry.order.number) {
            return false;
        }
        let mut lost = gone.iter().filter(|(tab, number)| !knows(**tab, **number));
        snapshot.is_beginning() || lost.any(|(tab, _)| !knows(*tab, upto(&snapshot.covered, *tab)))
    }
}
