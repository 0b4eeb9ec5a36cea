//! What the room asks of the browser's storage.

/// Keys and texts that outlive the page, such as `window.localStorage`.
///
/// A write is whole or not at all, as the browser promises.
pub trait KeyValue {
    /// The text under `key`, if there is one.
    ///
    /// # Errors
    /// The storage cannot be read.
    fn get(&self, key: &str) -> Result<Option<String>, StorageError>;

    /// Whether there is a text under `key`.
    ///
    /// # Errors
    /// The storage cannot be read.
    fn has(&self, key: &str) -> Result<bool, StorageError> {
        self.get(key).map(|text| text.is_some())
    }

    /// Puts `value` under `key`, in place of what was there.
    ///
    /// # Errors
    /// The storage cannot be written; what was there is still there.
    fn set(&self, key: &str, value: &str) -> Result<(), StorageError>;

    /// Removes `key`, if it is there.
    ///
    /// # Errors
    /// The storage cannot be written.
    fn remove(&self, key: &str) -> Result<(), StorageError>;

    /// Every key, in any order.
    ///
    /// # Errors
    /// The storage cannot be read.
    fn keys(&self) -> Result<Vec<String>, StorageError>;
}

/// Why the storage did not do what it was asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StorageError {
    /// The browser lets this page keep nothing.
    #[error("this browser does not let the page keep anything: storage for this site is blocked")]
    Blocked,
    /// No room is left.
    #[error("the browser's storage for this site is full")]
    Full,
    /// Anything else, in the browser's words.
    #[error("the browser's storage failed: {0}")]
    Other(String),
}
