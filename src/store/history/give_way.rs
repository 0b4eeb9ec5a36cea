//! Histories give way where the storage is full: first their older half, then all of them.

use super::super::key::Key;
use super::super::key_value::KeyValue;
use super::blocks::{blocks, joined};
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
    let mut longest: Option<(String, String, usize)> = None;
    for key in storage.keys().unwrap_or_default() {
        if let Some(Key::History(document)) = Key::parse(&key)
            && Some(document) != spared
            && let Ok(Some(text)) = storage.get(&key)
            && longest.as_ref().is_none_or(|one| one.1.len() < text.len())
            && let Ok(found) = blocks(&text)
        {
            let versions = found.len();
            longest = Some((key, text, versions));
        }
    }
    let Some((key, text, versions)) = longest else {
        return GiveWay::Nothing;
    };
    let newer = blocks(&text).ok().and_then(|found| {
        let half = found.get(..versions / 2).filter(|half| !half.is_empty())?;
        joined(half)
    });
    // A shorter text has room in the place of a longer one; where even that fails, it goes.
    let shortened = newer.is_some_and(|newer| storage.set(&key, &newer).is_ok());
    if shortened || storage.remove(&key).is_ok() {
        GiveWay::Some
    } else {
        GiveWay::Nothing
    }
}
