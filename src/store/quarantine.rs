//! The quarantine: texts that could not be read. They are kept for their owner, and the program
//! never changes or deletes them.

use super::envelope::checksum;
use super::key::{Key, PREFIX};
use super::key_value::{KeyValue, StorageError};
use super::snapshot::UnreadableText;

/// A text in quarantine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quarantined {
    /// Its key, to discard it by.
    pub key: String,
    /// The key under which it was.
    pub stood_under: String,
    /// The text, whole, for download.
    pub text: String,
}

/// Everything in quarantine.
///
/// # Errors
/// The storage cannot be read.
pub fn list(storage: &dyn KeyValue) -> Result<Vec<Quarantined>, StorageError> {
    let mut found = Vec::new();
    for key in storage.keys()? {
        if let Some(Key::Quarantine { from, .. }) = Key::parse(&key)
            && let Some(text) = storage.get(&key)?
        {
            let stood_under = format!("{PREFIX}{from}");
            found.push(Quarantined {
                key,
                stood_under,
                text,
            });
        }
    }
    found.sort_by(|one, other| one.key.cmp(&other.key));
    Ok(found)
}

/// Whether this is the key of a text in quarantine.
#[must_use]
pub fn is_key(key: &str) -> bool {
    matches!(Key::parse(key), Some(Key::Quarantine { .. }))
}

/// Removes a text from quarantine for good. Call it only when a person asks for it.
///
/// # Errors
/// The storage cannot be written.
pub fn discard(storage: &dyn KeyValue, text: &Quarantined) -> Result<(), StorageError> {
    storage.remove(&text.key)
}

/// Copies a text into quarantine, once however often it is met. Returns the key of the copy.
pub fn copy(storage: &dyn KeyValue, text: &UnreadableText) -> Result<String, StorageError> {
    let from = text.key.strip_prefix(PREFIX).unwrap_or(&text.key);
    let key = Key::Quarantine {
        from: from.to_owned(),
        checksum: checksum(&text.text),
    }
    .to_string();
    if storage.get(&key)?.as_ref() != Some(&text.text) {
        storage.set(&key, &text.text)?;
    }
    Ok(key)
}

/// Moves a text into quarantine, unless another text has replaced it.
pub fn move_in(storage: &dyn KeyValue, text: &UnreadableText) -> Result<String, StorageError> {
    let key = copy(storage, text)?;
    if storage.get(&text.key)?.as_ref() == Some(&text.text) {
        storage.remove(&text.key)?;
    }
    Ok(key)
}
