//! Gestures that are held back in a room: they are in the document here and kept as any other, and
//! nobody is told until their person shows them.
//!
//! Each tab keeps for itself from which number on its gestures are held back, under a key of its
//! own, so that no tab writes over what another says. It is there before the first such gesture is
//! in the journal, so another tab that reads that gesture can know.

use super::codec::Store;
use super::key::Key;
use super::key_value::{KeyValue, StorageError};
use super::open_document::OpenDocument;
use super::timeline::{Entry, upto};
use crate::model::Id;

/// What becomes of the next gestures once those that were held back are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextGestures {
    /// They are told as they are made.
    Told,
    /// They are held back again.
    HeldBack,
}

impl OpenDocument {
    /// From now on the gestures of this tab are held back, until
    /// [`show_held`](Self::show_held). In no room it does nothing.
    pub fn hold_back(&mut self, store: Store<'_>) {
        if self.is_in_room() {
            let from = self.made + 1;
            self.held.entry(self.tab).or_insert(from);
            self.keep_own_hold(store);
        }
    }

    /// Whether a gesture that is made now is held back.
    #[must_use]
    pub fn holds_back(&self) -> bool {
        self.held.contains_key(&self.tab)
    }

    /// How many gestures are held back, of this tab and of the others of this browser.
    #[must_use]
    pub fn held_back(&self) -> usize {
        let untold = self.untold.iter();
        untold.filter(|key| self.is_held(key)).count()
    }

    /// The gestures of which the room may know: all but those that are held back, in order.
    pub fn shown_gestures(&self) -> impl Iterator<Item = &Entry> {
        self.gestures().filter(|entry| {
            let key = (entry.order.tab, entry.order.number);
            !self.untold.contains(&key) || !self.is_held(&key)
        })
    }

    /// What is held back in this browser is to be told: [`untold`](Self::untold) has it next.
    pub fn show_held(&mut self, store: Store<'_>, next: NextGestures) {
        match next {
            NextGestures::Told => self.let_go_of_held(store),
            NextGestures::HeldBack => {
                let last = self.timeline.coverage();
                for (tab, from) in &mut self.held {
                    *from = upto(&last, *tab) + 1;
                    // Where it cannot be kept, what another tab makes after a reload is told.
                    let _ = keep(store.storage, self.id, *tab, *from);
                }
            }
        }
    }

    /// Nothing is held back any more, whichever tab said so.
    pub(super) fn let_go_of_held(&mut self, store: Store<'_>) {
        self.held.clear();
        // What stays there holds gestures back after a reload, until they are shown once more.
        let _ = forget(store.storage, self.id);
    }

    /// Reads what is held back of a document that was just opened.
    pub(super) fn find_held(&mut self, store: Store<'_>) {
        if !self.is_in_room() {
            return;
        }
        // A storage that cannot be read has no gestures either.
        for key in store.storage.keys().unwrap_or_default() {
            if let Some(Key::Held { document, tab }) = Key::parse(&key)
                && document == self.id
                && let Some(from) = kept(store.storage, document, tab)
            {
                self.held.insert(tab, from);
            }
        }
        let keys = self.timeline.entries();
        let keys = keys.map(|entry| (entry.order.tab, entry.order.number));
        self.untold = keys.filter(|key| self.is_held(key)).collect();
    }

    /// Looks whether gestures that other tabs have kept are held back.
    pub(super) fn learn_held(&mut self, store: Store<'_>) {
        let mut known = None;
        for (tab, _) in &self.untold {
            let is_known = known.replace(*tab) == Some(*tab);
            if is_known || *tab == self.tab || self.held.contains_key(tab) {
                continue;
            }
            if let Some(from) = kept(store.storage, self.id, *tab) {
                self.held.insert(*tab, from);
            }
        }
    }

    /// Keeps that the gestures of this tab are held back, where it is so and not kept.
    pub(super) fn keep_own_hold(&self, store: Store<'_>) {
        if let Some(from) = self.held.get(&self.tab)
            && kept(store.storage, self.id, self.tab).is_none()
        {
            // Where it cannot be kept, it holds in this tab until the page goes.
            let _ = keep(store.storage, self.id, self.tab, *from);
        }
    }

    pub(super) fn is_held(&self, (tab, number): &(Id, u64)) -> bool {
        self.held.get(tab).is_some_and(|from| number >= from)
    }
}

/// Forgets what is held back of a document.
///
/// # Errors
/// The storage cannot be read or written.
pub fn forget(storage: &dyn KeyValue, id: Id) -> Result<(), StorageError> {
    for key in storage.keys()? {
        if let Some(Key::Held { document, .. }) = Key::parse(&key)
            && document == id
        {
            storage.remove(&key)?;
        }
    }
    Ok(())
}

fn kept(storage: &dyn KeyValue, document: Id, tab: Id) -> Option<u64> {
    let text = storage
        .get(&Key::Held { document, tab }.to_string())
        .ok()??;
    text.parse().ok()
}

fn keep(storage: &dyn KeyValue, document: Id, tab: Id, from: u64) -> Result<(), StorageError> {
    let key = Key::Held { document, tab }.to_string();
    storage.set(&key, &from.to_string())
}
