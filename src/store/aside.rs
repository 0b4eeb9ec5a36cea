//! What could not be read: kept for its owner, never changed, never deleted by the program.

use super::generation::UnreadableText;
use super::key::{Key, PREFIX};
use super::key_value::{KeyValue, StorageError};
use super::sealed::checksum;

/// A text that was set aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aside {
    /// Its key, to discard it by.
    pub key: String,
    /// The key under which it stood.
    pub stood_under: String,
    /// The text, whole, for download.
    pub text: String,
}

/// Everything that was set aside.
///
/// # Errors
/// The storage cannot be read.
pub fn list(storage: &dyn KeyValue) -> Result<Vec<Aside>, StorageError> {
    let mut found = Vec::new();
    for key in storage.keys()? {
        if let Some(Key::Aside { from, .. }) = Key::parse(&key)
            && let Some(text) = storage.get(&key)?
        {
            let stood_under = format!("{PREFIX}{from}");
            found.push(Aside {
                key,
                stood_under,
                text,
            });
        }
    }
    found.sort_by(|one, other| one.key.cmp(&other.key));
    Ok(found)
}

/// Whether a text of this key was set aside.
#[must_use]
pub fn is_key(key: &str) -> bool {
    matches!(Key::parse(key), Some(Key::Aside { .. }))
}

/// Removes a text that was set aside: only when a person says so.
///
/// # Errors
/// The storage cannot be written.
pub fn discard(storage: &dyn KeyValue, aside: &Aside) -> Result<(), StorageError> {
    storage.remove(&aside.key)
}

/// Copies a text aside; the same text once only, however often it is met. Returns the copy's key.
pub fn copy(storage: &dyn KeyValue, text: &UnreadableText) -> Result<String, StorageError> {
    let from = text.key.strip_prefix(PREFIX).unwrap_or(&text.key);
    let key = Key::Aside {
        from: from.to_owned(),
        checksum: checksum(&text.text),
    }
    .to_string();
    if storage.get(&key)?.as_ref() != Some(&text.text) {
        storage.set(&key, &text.text)?;
    }
    Ok(key)
}

/// Moves a text aside, unless another one has come in its place.
pub fn shift(storage: &dyn KeyValue, text: &UnreadableText) -> Result<String, StorageError> {
    let key = copy(storage, text)?;
    if storage.get(&text.key)?.as_ref() == Some(&text.text) {
        storage.remove(&text.key)?;
    }
    Ok(key)
}
