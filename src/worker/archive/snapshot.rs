//! A copy of texts of the storage, and what became of them.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::store::{InMemory, KeyValue, StorageError, text_checksum};
use crate::worker::storage_request::TextChange;

/// Texts that can be changed, and remember what they were.
#[derive(Debug)]
pub struct Snapshot {
    before: BTreeMap<String, String>,
    now: InMemory,
    /// The keys that were changed, each once, in order.
    changed: RefCell<Vec<String>>,
}

impl Snapshot {
    pub fn new(texts: Vec<(String, String)>) -> Self {
        let before: BTreeMap<String, String> = texts.into_iter().collect();
        Self {
            now: InMemory::new(before.clone()),
            before,
            changed: RefCell::default(),
        }
    }

    /// What is to change in the storage, in the order in which it was changed here.
    pub fn changes(&self) -> Vec<TextChange> {
        let mut now = self.now.texts();
        let changed = self.changed.borrow();
        let changes = changed.iter().filter_map(|key| {
            let (before, after) = (self.before.get(key), now.remove(key));
            (before != after.as_ref()).then(|| TextChange {
                key: key.clone(),
                before: before.map(|text| text_checksum(text)),
                after,
            })
        });
        changes.collect()
    }

    fn note(&self, key: &str) {
        let mut changed = self.changed.borrow_mut();
        if !changed.iter().any(|other| other == key) {
            changed.push(key.to_owned());
        }
    }
}

impl KeyValue for Snapshot {
    fn get(&self, key: &str) -> Result<Option<String>, StorageError> {
        self.now.get(key)
    }

    fn set(&self, key: &str, value: &str) -> Result<(), StorageError> {
        self.note(key);
        self.now.set(key, value)
    }

    fn remove(&self, key: &str) -> Result<(), StorageError> {
        self.note(key);
        self.now.remove(key)
    }

    fn keys(&self) -> Result<Vec<String>, StorageError> {
        self.now.keys()
    }
}
