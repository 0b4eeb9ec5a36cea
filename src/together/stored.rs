//! What the store keeps of a room, as messages say it.

use super::request::{Base, Gesture};
use crate::model::Id;
use crate::store::{Covered, DocumentCodec, Entry, Order, RoomBase, Unreadable};

impl Base {
    /// What a document stands on, as a message.
    #[must_use]
    pub fn of(base: &RoomBase, codec: &dyn DocumentCodec) -> Self {
        Self {
            lamport: base.order.lamport,
            tab: base.order.tab.bits(),
            number: base.order.number,
            at: base.at,
            rules: base.rules,
            covered: pairs(&base.covered),
            let_go: pairs(&base.let_go),
            settled: pairs(&base.settled),
            document: codec.write_document(&base.document),
        }
    }

    /// What a document stands on, from a message.
    ///
    /// # Errors
    /// The document cannot be read.
    pub fn read(&self, codec: &dyn DocumentCodec) -> Result<RoomBase, Unreadable> {
        Ok(RoomBase {
            order: Order {
                lamport: self.lamport,
                tab: Id::from_bits(self.tab),
                number: self.number,
            },
            at: self.at,
            rules: self.rules,
            covered: covered(&self.covered),
            let_go: covered(&self.let_go),
            settled: covered(&self.settled),
            document: codec.read_document(&self.document)?,
        })
    }
}

impl Gesture {
    /// A patch of the journal, as a message.
    #[must_use]
    pub fn of(entry: &Entry, codec: &dyn DocumentCodec) -> Self {
        Self {
            lamport: entry.order.lamport,
            tab: entry.order.tab.bits(),
            number: entry.order.number,
            at: entry.at,
            patch: codec.write_patch(&entry.patch),
        }
    }

    /// A patch for the journal, from a message.
    ///
    /// # Errors
    /// The patch cannot be read.
    pub fn read(&self, codec: &dyn DocumentCodec) -> Result<Entry, Unreadable> {
        Ok(Entry {
            order: Order {
                lamport: self.lamport,
                tab: Id::from_bits(self.tab),
                number: self.number,
            },
            at: self.at,
            patch: codec.read_patch(&self.patch)?,
        })
    }
}

/// Tabs and numbers, as messages say them.
pub(super) fn pairs(covered: &Covered) -> Vec<(u64, u64)> {
    let pairs = covered.iter();
    pairs.map(|(tab, number)| (tab.bits(), *number)).collect()
}

fn covered(pairs: &[(u64, u64)]) -> Covered {
    let pairs = pairs.iter();
    pairs
        .map(|(tab, number)| (Id::from_bits(*tab), *number))
        .collect()
}
