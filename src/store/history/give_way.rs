//! Histories give way where the storage is full: first their older half, then all of them.

use super::super::key::Key;
use super::super::key_value::KeyValue;
use super::blocks::{Shorter, shorter};
use crate::model::Id;

/// What has given way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GiveWay {
    /// A part of the longest history.
    Some,
    /// There is nothing left that could.
    Nothing,
}

/// Shortens the longest history by its older half, or removes it where one version is all it has.
///
/// Those that cannot be read are left alone: a newer version of the program may have written
/// them. `spared` is the document whose history stays, if any.
#[must_use]
pub fn give_way(storage: &dyn KeyValue, spared: Option<Id>) -> GiveWay {
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
        return GiveWay::Nothing;
    };
    // A shorter text has room in the place of a longer one; where even that fails, it goes.
    let shortened = match shorter {
        Shorter::Half(half) => storage.set(&key, &half).is_ok(),
        Shorter::Same | Shorter::Nothing => false,
    };
    if shortened || storage.remove(&key).is_ok() {
        GiveWay::Some
    } else {
        GiveWay::Nothing
    }
}
