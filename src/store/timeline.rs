//! The document as a function of what is kept: a base, and the patches since in one order.
//!
//! Every tab sorts the patches alike, so tabs that know the same ones have the same document,
//! whichever way the patches came. The order is that of Lamport (1978): a tab numbers a patch
//! one above every number it has seen, so a patch stands after all that its maker knew of.

use serde::{Deserialize, Serialize};

use crate::model::{
    Change, Document, Element, Id, Patch, Properties, Records, SharedSource, rebase,
};

/// Up to which number the patches of each tab are part of a document.
pub type Covered = Records<u64>;

/// Up to which number the patches of a tab are covered; 0 for none.
#[must_use]
pub fn upto(covered: &Covered, tab: Id) -> u64 {
    covered.get(&tab).copied().unwrap_or_default()
}

/// Whether all of the other is covered.
#[must_use]
pub fn covers(covered: &Covered, other: &Covered) -> bool {
    other
        .iter()
        .all(|(tab, number)| *number <= upto(covered, *tab))
}

/// Where a patch stands among all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
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
    played: Vec<Played>,
    /// The tabs and numbers of the patches, sorted.
    known: Vec<(Id, u64)>,
    lamport: u64,
    document: Document,
}

/// A patch at its place in the order.
#[derive(Clone, Debug)]
struct Played {
    entry: Entry,
    effect: Effect,
}

/// What a patch did to the document at its place.
#[derive(Clone, Debug)]
enum Effect {
    /// What it says.
    AsMade,
    /// This; nothing, where nothing of it was left.
    Brought(Box<Patch>),
}

impl Played {
    /// Plays a patch on a document: as it is where that fits, or else brought onto the document.
    fn on(document: &mut Document, entry: Entry) -> Self {
        let effect = if document.apply(&entry.patch).is_ok() {
            Effect::AsMade
        } else {
            let brought = rebase(&entry.patch, document);
            match document.apply(&brought) {
                Ok(()) => Effect::Brought(Box::new(brought)),
                Err(_) => Effect::Brought(Box::default()),
            }
        };
        Self { entry, effect }
    }

    fn effect(&self) -> &Patch {
        match &self.effect {
            Effect::AsMade => &self.entry.patch,
            Effect::Brought(patch) => patch,
        }
    }
}

impl Timeline {
    /// Starts at a document that holds the patches `covered`, of times up to `lamport`.
    #[must_use]
    pub fn new(base: Document, covered: Covered, lamport: u64) -> Self {
        Self {
            document: base.clone(),
            base,
            covered,
            played: Vec::new(),
            known: Vec::new(),
            lamport,
        }
    }

    /// The document with every patch.
    #[must_use]
    pub const fn document(&self) -> &Document {
        &self.document
    }

    /// The document that the patches are played on.
    #[must_use]
    pub const fn base(&self) -> &Document {
        &self.base
    }

    /// Up to which number the patches of each tab are not played: the base has them.
    #[must_use]
    pub const fn covered(&self) -> &Covered {
        &self.covered
    }

    /// The latest time seen.
    #[must_use]
    pub const fn lamport(&self) -> u64 {
        self.lamport
    }

    /// The patches since the base, in order.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        self.played.iter().map(|played| &played.entry)
    }

    /// Whether the patch is part of the document.
    #[must_use]
    pub fn holds(&self, tab: Id, number: u64) -> bool {
        number <= upto(&self.covered, tab) || self.has_entry(tab, number)
    }

    /// Whether the patch is one of those since the base.
    #[must_use]
    pub fn has_entry(&self, tab: Id, number: u64) -> bool {
        self.known.binary_search(&(tab, number)).is_ok()
    }

    /// Up to which number the patches of each tab are part of the document.
    #[must_use]
    pub fn coverage(&self) -> Covered {
        let mut covered = self.covered.clone();
        for Entry { order, .. } in self.entries() {
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
            if number <= upto(&self.covered, tab) {
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
        // Back to where the first of them belongs, and forward from there.
        let place = self.played.partition_point(|one| one.entry.order < first);
        let later = self.played.split_off(place);
        let mut before = Before::default();
        for played in later.iter().rev() {
            before.note(&played.effect().inverted());
            if self.document.apply(&played.effect().inverted()).is_err() {
                return self.play_again(later, new);
            }
        }
        new.extend(later.into_iter().map(|played| played.entry));
        new.sort_by_key(|entry| entry.order);
        for entry in new {
            let played = Played::on(&mut self.document, entry);
            before.note(played.effect());
            self.played.push(played);
        }
        let effect = before.patch_to(&self.document);
        (!effect.is_empty()).then_some(effect)
    }

    /// Plays everything again from the base.
    fn play_again(&mut self, later: Vec<Played>, new: Vec<Entry>) -> Option<Patch> {
        let before = std::mem::replace(&mut self.document, self.base.clone());
        let played = std::mem::take(&mut self.played).into_iter().chain(later);
        let mut entries: Vec<Entry> = played.map(|one| one.entry).chain(new).collect();
        entries.sort_by_key(|entry| entry.order);
        for entry in entries {
            self.played.push(Played::on(&mut self.document, entry));
        }
        let effect = Patch::between(&before, &self.document);
        (!effect.is_empty()).then_some(effect)
    }

    /// Makes the document the base: every patch is covered from now on.
    pub fn make_base(&mut self, covered: Covered) {
        self.base = self.document.clone();
        self.covered = covered;
        self.played.clear();
        self.known.clear();
    }
}

/// What patches change, as it was before the first of them.
#[derive(Default)]
struct Before {
    properties: Option<Properties>,
    source_text: Option<SharedSource>,
    records: Records<Option<Element>>,
}

impl Before {
    /// Notes what a patch changes, unless an earlier one changed it already.
    fn note(&mut self, patch: &Patch) {
        if let (None, Some((before, _))) = (&self.properties, &patch.properties) {
            self.properties = Some(before.clone());
        }
        if let (None, Some((before, _))) = (&self.source_text, &patch.source_text) {
            self.source_text = Some(before.clone());
        }
        for (id, change) in &patch.changes {
            let before = self.records.entry(*id);
            before.or_insert_with(|| change.before.clone());
        }
    }

    /// The patch from what was noted to what stands in the document.
    fn patch_to(self, document: &Document) -> Patch {
        let properties = self.properties;
        let properties = properties.filter(|before| before != document.properties());
        let source_text = self.source_text;
        let source_text = source_text.filter(|before| before != document.source_text());
        let changes = self.records.into_iter().filter_map(|(id, before)| {
            let after = document.element(id);
            (before != after).then_some((id, Change { before, after }))
        });
        Patch {
            properties: properties.map(|before| (before, document.properties().clone())),
            source_text: source_text.map(|before| (before, document.source_text().clone())),
            changes: changes.collect(),
        }
    }
}
