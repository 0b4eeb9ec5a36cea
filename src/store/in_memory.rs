//! Keys and texts in memory.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::key_value::{KeyValue, StorageError};

/// A storage that lives as long as the value: for copies of what the browser holds, for measuring
/// and for trying. It never fails.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InMemory(RefCell<BTreeMap<String, String>>);

impl InMemory {
    /// A storage that holds these.
    #[must_use]
    pub fn new(texts: BTreeMap<String, String>) -> Self {
        Self(RefCell::new(texts))
    }

    /// What it holds now.
    #[must_use]
    pub fn texts(&self) -> BTreeMap<String, String> {
        self.0.borrow().clone()
    }
}

impl KeyValue for InMemory {
    fn get(&self, key: &str) -> Result<Option<String>, StorageError> {
        Ok(self.0.borrow().get(key).cloned())
    }

    fn set(&self, key: &str, value: &str) -> Result<(), StorageError> {
        self.0.borrow_mut().insert(key.to_owned(), value.to_owned());
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<(), StorageError> {
        self.0.borrow_mut().remove(key);
        Ok(())
    }

    fn keys(&self) -> Result<Vec<String>, StorageError> {
        Ok(self.0.borrow().keys().cloned().collect())
    }
}
