//! Things by their keys, in an order, so that each view follows its own.

use std::collections::HashMap;

use leptos::prelude::*;

use crate::worker::BlockKey;

/// Things by their keys, in reading order.
#[derive(Clone, Debug, PartialEq)]
pub struct Keyed<T> {
    keys: Vec<BlockKey>,
    things: HashMap<BlockKey, T>,
}

impl<T> Keyed<T> {
    /// These things with these keys, of which no two are equal.
    pub fn of(things: Vec<(BlockKey, T)>) -> Self {
        Self {
            keys: things.iter().map(|(key, _)| key.clone()).collect(),
            things: things.into_iter().collect(),
        }
    }

    /// The keys in reading order.
    pub fn keys(&self) -> Vec<BlockKey> {
        self.keys.clone()
    }
}

/// The thing of a key as it is now; once it is gone, as it was last. None where it is not there.
pub fn following<T>(all: Memo<Keyed<T>>, key: BlockKey) -> Option<Memo<T>>
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let first = all.with_untracked(|all| all.things.get(&key).cloned())?;
    Some(Memo::new(move |before: Option<&T>| {
        let now = all.with(|all| all.things.get(&key).cloned());
        now.unwrap_or_else(|| before.unwrap_or(&first).clone())
    }))
}

/// A part of a value as it is now; where it has no such part any more, as it was last.
pub fn mapped<T, U>(whole: Memo<T>, part: fn(&T) -> Option<U>) -> Memo<U>
where
    T: Send + Sync + 'static,
    U: Clone + Default + PartialEq + Send + Sync + 'static,
{
    Memo::new(move |before: Option<&U>| {
        let now = whole.with(part);
        now.or_else(|| before.cloned()).unwrap_or_default()
    })
}
