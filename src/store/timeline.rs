//! The document as a function of what is kept: a base, and the patches since in one order.
//!
//! Every tab sorts the patches alike, so tabs that know the same ones have the same document,
//! whichever way the patches came. The order is that of Lamport (1978): a tab numbers a patch
//! one above every number it has seen, so a patch stands after all that its maker knew of.

use crate::model::{Document, Id, Patch, Records, rebase};

/// Up to which number the patches of each tab are part of a document.
pub type Covered = Records<u64>;

/// Where a patch stands among all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Order {
    /// One above every time that its maker had seen.
    pub lamport: u64,
    /// Who made it.
    pub tab: Id,
    /// Counts the patches of the tab, from 1.
    pub number: u64,
}

/// One patch of a journal.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Where it stands among all.
    pub order: Order,
    /// When it was made, in milliseconds since the epoch.
    pub at: u64,
    /// What it does to the document of its maker.
    pub patch: Patch,
}

/// A base, the patches since, and the document they lead to.
#[derive(Clone, Debug)]
pub struct Timeline {
    base: Document,
    covered: Covered,
    /// In order.
    entries: Vec<Entry>,
    /// The tabs and numbers of the entries, sorted.
    known: Vec<(Id, u64)>,
    lamport: u64,
    document: Document,
}

impl Timeline {
    /// Starts at a document that holds the patches `covered`, of times up to `lamport`.
    pub fn new(base: Document, covered: Covered, lamport: u64) -> Self {
        Self {
            document: base.clone(),
            base,
            covered,
            entries: Vec::new(),
            known: Vec::new(),
            lamport,
        }
    }

    /// The document with every patch.
    pub const fn document(&self) -> &Document {
        &self.document
    }

    /// The latest time seen.
    pub const fn lamport(&self) -> u64 {
        self.lamport
    }

    /// The patches since the base, in order.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        self.entries.iter()
    }

    /// Whether the patch is part of the document.
    pub fn holds(&self, tab: Id, number: u64) -> bool {
        self.covered.get(&tab).is_some_and(|last| number <= *last) || self.has_entry(tab, number)
    }

    /// Whether the patch is one of those since the base.
    pub fn has_entry(&self, tab: Id, number: u64) -> bool {
        self.known.binary_search(&(tab, number)).is_ok()
    }

    /// Up to which number the patches of each tab are part of the document.
    pub fn coverage(&self) -> Covered {
        let mut covered = self.covered.clone();
        for Entry { order, .. } in &self.entries {
            let last = covered.entry(order.tab).or_default();
            *last = order.number.max(*last);
        }
        covered
    }

    /// Takes patches in, each at its place; those already there change nothing.
    ///
    /// Returns what that does to the document, if anything.
    pub fn insert(&mut self, entries: impl IntoIterator<Item = Entry>) -> Option<Patch> {
        let mut new: Vec<Entry> = Vec::new();
        for entry in entries {
            let Order { tab, number, .. } = entry.order;
            if self.covered.get(&tab).is_some_and(|last| number <= *last) {
                continue;
            }
            if let Err(place) = self.known.binary_search(&(tab, number)) {
                self.known.insert(place, (tab, number));
                self.lamport = self.lamport.max(entry.order.lamport);
                new.push(entry);
            }
        }
        new.sort_by_key(|entry| entry.order);
        let first = new.first()?.order;
        let at_the_end = self.entries.last().is_none_or(|last| last.order < first);
        if let (true, [entry]) = (at_the_end, new.as_slice()) {
            let effect = step(&mut self.document, &entry.patch);
            self.entries.append(&mut new);
            return effect.filter(|patch| !patch.is_empty());
        }
        self.entries.append(&mut new);
        self.entries.sort_by_key(|entry| entry.order);
        let mut document = self.base.clone();
        for entry in &self.entries {
            step(&mut document, &entry.patch);
        }
        let effect = Patch::between(&self.document, &document);
        self.document = document;
        (!effect.is_empty()).then_some(effect)
    }

    /// Makes the document the base: every patch is covered from now on.
    pub fn make_base(&mut self, covered: Covered) {
        self.base = self.document.clone();
        self.covered = covered;
        self.entries.clear();
        self.known.clear();
    }
}

/// Applies a patch as it is where that fits, or else brought onto the document.
fn step(document: &mut Document, patch: &Patch) -> Option<Patch> {
    if document.apply(patch).is_ok() {
        return Some(patch.clone());
    }
    let brought = rebase(patch, document);
    document.apply(&brought).ok().map(|()| brought)
}
