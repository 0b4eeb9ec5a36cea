//! How much of the storage is used, and by what.

use super::key::{Key, PREFIX};
use super::key_value::{KeyValue, StorageError};
use crate::model::Records;

/// How much the storage of a site usually holds, in letters: five million, of two bytes each.
pub const QUOTA: usize = 5 * 1024 * 1024;

/// How much of the storage a text takes with its key, in letters as browsers count them.
#[must_use]
pub fn used(key: &str, text: &str) -> usize {
    let letters = |text: &str| text.encode_utf16().count();
    letters(key) + letters(text)
}

/// What one document takes, in letters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OfDocument {
    /// Its snapshots.
    pub snapshots: usize,
    /// Its journal.
    pub journal: usize,
    /// Its history.
    pub history: usize,
}

impl OfDocument {
    /// All of it.
    #[must_use]
    pub const fn total(&self) -> usize {
        self.snapshots + self.journal + self.history
    }
}

/// What takes how much of the storage, in letters.
#[derive(Clone, Debug, Default)]
pub struct Usage {
    /// The documents, those that are deleted too.
    pub documents: Records<OfDocument>,
    /// The quarantine.
    pub quarantine: usize,
    /// Whatever else is kept.
    pub other: usize,
}

impl Usage {
    /// Looks at everything that is kept.
    ///
    /// # Errors
    /// The storage cannot be read.
    pub fn of(storage: &dyn KeyValue) -> Result<Self, StorageError> {
        let mut usage = Self::default();
        for key in storage.keys()? {
            let Some(text) = storage.get(&key)? else {
                continue;
            };
            let size = used(&key, &text);
            match Key::parse(&key) {
                Some(Key::Snapshot { document, .. }) => {
                    usage.documents.entry(document).or_default().snapshots += size;
                }
                Some(Key::Journal { document, .. }) => {
                    usage.documents.entry(document).or_default().journal += size;
                }
                Some(Key::History(document)) => {
                    usage.documents.entry(document).or_default().history += size;
                }
                Some(Key::Quarantine { .. }) => usage.quarantine += size,
                _ => usage.other += size,
            }
        }
        Ok(usage)
    }

    /// All of it.
    #[must_use]
    pub fn total(&self) -> usize {
        let documents: usize = self.documents.values().map(OfDocument::total).sum();
        documents + self.quarantine + self.other
    }
}

/// Whether a key is one of the program's, of this version or another.
#[must_use]
pub fn is_ours(key: &str) -> bool {
    key.starts_with(PREFIX)
}
