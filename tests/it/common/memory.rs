//! A storage in memory that fails on demand.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use loopstream::store::{KeyValue, StorageError};

#[derive(Debug, Default)]
pub struct Memory {
    pub texts: RefCell<BTreeMap<String, String>>,
    /// The keys that were written or removed, in order.
    pub changed: RefCell<Vec<String>>,
    /// How many operations were begun.
    pub operations: Cell<usize>,
    pub blocked: Cell<bool>,
    /// No operation with this number or a later one happens: the page is dead.
    pub dies_at: Cell<Option<usize>>,
    /// The operation with this number fails, and those after it work.
    pub fails_at: Cell<Option<usize>>,
    /// How many bytes fit, keys and texts.
    pub quota: Cell<Option<usize>>,
}

impl Memory {
    pub fn used(&self) -> usize {
        let texts = self.texts.borrow();
        texts.iter().map(|(key, text)| key.len() + text.len()).sum()
    }

    /// How many patches stand in the journals.
    pub fn journal_length(&self) -> usize {
        let texts = self.texts.borrow();
        texts.keys().filter(|key| key.contains("/journal/")).count()
    }

    /// What a later load of the page finds: the same texts without the faults.
    pub fn survivor(&self) -> Self {
        Self {
            texts: self.texts.clone(),
            ..Self::default()
        }
    }

    fn begin(&self) -> Result<(), StorageError> {
        let number = self.operations.get();
        self.operations.set(number + 1);
        if self.blocked.get() {
            return Err(StorageError::Blocked);
        }
        let dead = self.dies_at.get().is_some_and(|at| number >= at);
        if dead || self.fails_at.get() == Some(number) {
            return Err(StorageError::Other("injected".to_owned()));
        }
        Ok(())
    }
}

impl KeyValue for Memory {
    fn get(&self, key: &str) -> Result<Option<String>, StorageError> {
        self.begin()?;
        Ok(self.texts.borrow().get(key).cloned())
    }

    fn set(&self, key: &str, value: &str) -> Result<(), StorageError> {
        self.begin()?;
        let old = self
            .texts
            .borrow()
            .get(key)
            .map_or(0, |old| old.len() + key.len());
        if self
            .quota
            .get()
            .is_some_and(|quota| self.used() - old + key.len() + value.len() > quota)
        {
            return Err(StorageError::Full);
        }
        self.texts
            .borrow_mut()
            .insert(key.to_owned(), value.to_owned());
        self.changed.borrow_mut().push(key.to_owned());
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<(), StorageError> {
        self.begin()?;
        if self.texts.borrow_mut().remove(key).is_some() {
            self.changed.borrow_mut().push(key.to_owned());
        }
        Ok(())
    }

    fn keys(&self) -> Result<Vec<String>, StorageError> {
        self.begin()?;
        Ok(self.texts.borrow().keys().cloned().collect())
    }
}
