//! Reading a document: the newest snapshot, and every patch that it does not hold.

use super::codec::Store;
use super::journal::Scan;
use super::key::Key;
use super::key_value::{KeyValue, StorageError};
use super::snapshot::{Snapshots, UnreadableText};
use super::timeline::Timeline;
use crate::model::{Document, Id};

/// Why a document cannot be opened. Whatever the reason, nothing of it was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// There is none with this id.
    #[error("there is no such diagram in this browser")]
    NotFound,
    /// The storage cannot be read.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// A newer version of the program has written it.
    #[error("a newer version of Loopstream has changed this diagram: reload the page")]
    Newer {
        /// Everything that is kept of it, for download.
        texts: Vec<Text>,
    },
    /// None of its snapshots can be read.
    #[error("this diagram is damaged; what is left of it can be downloaded")]
    Damaged {
        /// Everything that is kept of it, for download.
        texts: Vec<Text>,
    },
}

/// A text of the storage, as it stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// Its key.
    pub key: String,
    /// The text, whole.
    pub text: String,
}

/// What is kept of a document.
pub struct Reading {
    /// The document, with every patch.
    pub timeline: Timeline,
    /// Its snapshots: at least one is sound.
    pub snapshots: Snapshots,
    /// Patches that cannot be read.
    pub unreadable: Vec<UnreadableText>,
}

/// Reads a document without changing anything in the storage.
///
/// # Errors
/// It is not there, or cannot be read.
pub fn read(store: Store<'_>, document: Id) -> Result<Document, OpenError> {
    reading(store, document).map(|reading| reading.timeline.document().clone())
}

/// Reads everything that is kept of a document.
pub fn reading(store: Store<'_>, document: Id) -> Result<Reading, OpenError> {
    let mut snapshots = Snapshots::look(store.storage, document)?;
    let newest = snapshots.read_newest(store, document, |_| true);
    let held = |tab, number| newest.as_ref().is_some_and(|n| n.holds(tab, number));
    let scan = Scan::of(store, document, held)?;
    if snapshots.has_newer() || scan.has_newer() {
        let texts = texts(store.storage, document)?;
        return Err(OpenError::Newer { texts });
    }
    let Some(mut timeline) = newest else {
        let texts = texts(store.storage, document)?;
        return Err(if texts.is_empty() {
            OpenError::NotFound
        } else {
            OpenError::Damaged { texts }
        });
    };
    timeline.insert(scan.new);
    Ok(Reading {
        timeline,
        snapshots,
        unreadable: scan.unreadable,
    })
}

/// Every text of a document: its snapshots and its journal.
fn texts(storage: &dyn KeyValue, of: Id) -> Result<Vec<Text>, StorageError> {
    let mut texts = Vec::new();
    for key in storage.keys()? {
        if let Some(Key::Snapshot { document, .. } | Key::Journal { document, .. }) =
            Key::parse(&key)
            && document == of
            && let Some(text) = storage.get(&key)?
        {
            texts.push(Text { key, text });
        }
    }
    texts.sort_by(|one, other| one.key.cmp(&other.key));
    Ok(texts)
}
