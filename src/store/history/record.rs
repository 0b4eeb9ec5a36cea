//! Taking versions: from what the storage holds, within what the storage has room for.

use super::super::codec::{Store, Unreadable};
use super::super::key::Key;
use super::super::key_value::StorageError;
use super::super::quarantine;
use super::super::read::{OpenError, reading};
use super::super::snapshot::UnreadableText;
use super::super::usage::{QUOTA, used};
use super::{Eviction, History, Taken, evict};
use crate::model::Id;

/// The longest history of one document, in bytes.
pub const PER_DOCUMENT: usize = 600_000;
/// The longest that all histories may be together, in bytes.
pub const TOTAL: usize = 1_500_000;
/// What must stay free for the documents themselves, in letters of the storage.
const RESERVE: usize = 1_000_000;

/// Why there is no history to be had.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HistoryError {
    /// A newer version of the program wrote it; it is left alone.
    #[error("{0}")]
    Newer(String),
    /// The document cannot be read.
    #[error(transparent)]
    Document(#[from] OpenError),
    /// The storage failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// What came of taking a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recorded {
    /// The history has the document as it is now.
    Yes,
    /// There is no room for it.
    NoRoom,
}

/// The history of a document, if it has one. One that is damaged goes into quarantine, and is none.
///
/// # Errors
/// The storage failed, or a newer version of the program wrote the history.
pub fn open(store: Store<'_>, document: Id) -> Result<Option<History>, HistoryError> {
    let key = Key::History(document).to_string();
    let Some(text) = store.storage.get(&key)? else {
        return Ok(None);
    };
    match History::read(store, &text) {
        Ok(history) => Ok(Some(history)),
        Err(Unreadable::Newer(why)) => Err(HistoryError::Newer(why)),
        Err(why) => {
            quarantine::move_in(store.storage, &UnreadableText { key, text, why })?;
            Ok(None)
        }
    }
}

/// Takes the document as it is in the storage into its history, and thins that.
///
/// `elsewhere` is how much of the storage is used beside the texts that `store` can see, in
/// letters.
///
/// # Errors
/// The document or its history cannot be read, or the storage failed.
pub fn record(
    store: Store<'_>,
    document: Id,
    now: u64,
    elsewhere: usize,
) -> Result<Recorded, HistoryError> {
    let reading = reading(store, document)?;
    let sound = reading.snapshots.sound.iter();
    let saved = sound.map(|snapshot| snapshot.about.saved_at);
    let made = reading.timeline.entries().map(|entry| entry.at);
    // When it became as it is, which may be long ago. The clock of another may be ahead.
    let at = saved.chain(made).max().unwrap_or(now).min(now);
    let present = reading.timeline.document();
    let history = match open(store, document)? {
        Some(mut history) => match history.take(present, at) {
            Taken::Nothing => return Ok(Recorded::Yes),
            Taken::Version => history,
        },
        None => History::new(present.clone(), at),
    };
    rewrite(store, document, history, now, elsewhere)
}

/// Writes a history in place of the one before, thinned, as far as there is room.
///
/// # Errors
/// The storage failed.
pub fn rewrite(
    store: Store<'_>,
    document: Id,
    mut history: History,
    now: u64,
    elsewhere: usize,
) -> Result<Recorded, HistoryError> {
    history.thin(now);
    let own = Key::History(document).to_string();
    loop {
        let (mut all, mut others) = (elsewhere, 0);
        for key in store.storage.keys()?.into_iter().filter(|key| *key != own) {
            let Some(text) = store.storage.get(&key)? else {
                continue;
            };
            all += used(&key, &text);
            if matches!(Key::parse(&key), Some(Key::History(_))) {
                others += text.len();
            }
        }
        let room = QUOTA.saturating_sub(RESERVE + all + own.len());
        let longest = room.min(TOTAL.saturating_sub(others)).min(PER_DOCUMENT);
        // What is open now matters more than versions of what is not.
        let Some(wish) = history.clone().written(store, PER_DOCUMENT) else {
            return Ok(Recorded::NoRoom);
        };
        let fits = wish.len() <= longest;
        if !fits && others > 0 && evict(store.storage, Some(document)) == Eviction::Some {
            continue;
        }
        return match history.written(store, longest) {
            Some(text) => {
                store.storage.set(&own, &text)?;
                Ok(Recorded::Yes)
            }
            None => Ok(Recorded::NoRoom),
        };
    }
}
