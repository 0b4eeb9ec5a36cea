//! Evicting histories where the storage is full: first their older half, then the rest.

use super::super::key::Key;
use super::super::key_value::KeyValue;
use super::blocks::{Shorter, shorter};
use crate::model::Id;

/// What was evicted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Eviction {
    /// A part of the longest history.
    Some,
    /// There is nothing left to evict.
    Nothing,
}

/// Shortens the longest history by its older half, or removes it where one version is all it has.
///
/// Those that cannot be read are left alone: a newer version of the program may have written
/// them. `spared` is the document whose history stays, if any.
#[must_use]
pub fn evict(storage: &dyn KeyValue, spared: Option<Id>) -> Eviction {
    let mut longest: Option<(String, Shorter)> = None;
    let mut length = 0;
    for key in storage.keys().unwrap_or_default() {
        if let Some(Key::History(document)) = Key::parse(&key)
            && Some(document) != spared
            && let Ok(Some(text)) = storage.get(&key)
            && text.len() > length
        {
            let shorter = shorter(&text);
            if !matches!(shorter, Shorter::Same) {
                length = text.len();
                longest = Some((key, shorter));
            }
        }
    }
    let Some((key, shorter)) = longest else {
        return Eviction::Nothing;
    };
    // A shorter text has room in place of a longer one; where even that fails, it goes.
    let shortened = match shorter {
        Shorter::Half(half) => storage.set(&key, &half).is_ok(),
        Shorter::Same | Shorter::Nothing => false,
    };
    if shortened || storage.remove(&key).is_ok() {
        Eviction::Some
    } else {
        Eviction::Nothing
    }
}
