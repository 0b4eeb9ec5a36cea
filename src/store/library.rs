//! The library: all documents of this browser: listing, copying, deleting and bringing back.
//!
//! A deleted document stays whole until a person removes it for good. The program never does so
//! itself, however full the storage is.

use std::collections::BTreeSet;

use super::codec::Store;
use super::held;
use super::journal::Scan;
use super::key::{Key, Slot};
use super::key_value::{KeyValue, StorageError};
use super::open_document::OpenDocument;
use super::read::{OpenError, read, reading};
use super::rooms;
use super::snapshot::Snapshots;
use crate::model::{Counts, Edit, Id, Properties, Records};

/// A document in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its id in the storage.
    pub id: Id,
    /// What is known of it.
    pub contents: Contents,
    /// When it was deleted, in milliseconds since the epoch, if it is.
    pub deleted_at: Option<u64>,
    /// Whether it is a template of its owner: opened from the templates, it opens as a copy.
    pub is_template: bool,
    /// Whether it is in a room with others.
    pub is_in_room: bool,
}

/// What is known of a document in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Contents {
    /// It can be opened.
    Sound {
        /// Its title; may be empty.
        title: String,
        /// When it was last changed, in milliseconds since the epoch.
        changed_at: u64,
        /// How much it holds.
        counts: Counts,
    },
    /// It cannot be opened; opening it says why, and gives its texts.
    Unreadable,
}

/// Every document, those changed last first; those that cannot be read at the end.
///
/// Read from the documents themselves: an index beside them could only be wrong.
///
/// # Errors
/// The storage cannot be read.
pub fn list(store: Store<'_>) -> Result<Vec<Listed>, StorageError> {
    let mut ids = BTreeSet::new();
    let mut deleted = Records::new();
    let mut templates = BTreeSet::new();
    for key in store.storage.keys()? {
        match Key::parse(&key) {
            Some(Key::Snapshot { document, .. } | Key::Journal { document, .. }) => {
                ids.insert(document);
            }
            Some(Key::Deleted(document)) => {
                deleted.insert(document, store.storage.get(&key)?);
            }
            Some(Key::Template(document)) => {
                templates.insert(document);
            }
            _ => {}
        }
    }
    let mut listed = Vec::new();
    for id in ids {
        let deleted_at = deleted.remove(&id).flatten();
        listed.push(Listed {
            id,
            contents: contents(store, id)?,
            deleted_at: deleted_at.and_then(|text| text.parse().ok()),
            is_template: templates.contains(&id),
            is_in_room: rooms::of(store.storage, id).is_some(),
        });
    }
    listed.sort_by_key(|document| match &document.contents {
        Contents::Sound { changed_at, .. } => std::cmp::Reverse(*changed_at),
        Contents::Unreadable => std::cmp::Reverse(0),
    });
    Ok(listed)
}

fn contents(store: Store<'_>, id: Id) -> Result<Contents, StorageError> {
    let snapshots = Snapshots::look(store.storage, id)?;
    if let ([newest, ..], []) = (&*snapshots.sound, &*snapshots.unreadable) {
        let covered = &newest.about.covered;
        let scan = Scan::of(store, id, |tab, number| {
            covered.get(&tab).is_some_and(|last| number <= *last)
        })?;
        if let Some(counts) = newest.counts
            && scan.new.is_empty()
            && scan.unreadable.is_empty()
        {
            return Ok(Contents::Sound {
                title: newest.title.clone(),
                changed_at: newest.about.saved_at,
                counts,
            });
        }
    }
    let reading = match reading(store, id) {
        Ok(reading) => reading,
        Err(OpenError::Storage(error)) => return Err(error),
        Err(_) => return Ok(Contents::Unreadable),
    };
    let document = reading.timeline.document();
    let saved = reading.snapshots.sound.iter().map(|g| g.about.saved_at);
    let changed = reading.timeline.entries().map(|entry| entry.at);
    Ok(Contents::Sound {
        title: document.properties().title.clone(),
        changed_at: saved.chain(changed).max().unwrap_or_default(),
        counts: Counts::of(document),
    })
}

/// Opens a copy of a document under a new id and title.
///
/// # Errors
/// The document cannot be read. Whether the copy is kept its state says.
pub fn duplicate(
    store: Store<'_>,
    from: Id,
    to: Id,
    title: String,
    tab: Id,
    now: u64,
) -> Result<OpenDocument, OpenError> {
    let mut document = read(store, from)?;
    let mut edit = Edit::new(&document);
    edit.set_properties(Properties {
        title,
        ..document.properties().clone()
    });
    let renamed = edit.finish();
    // A title over its limit is refused, and the copy keeps the old one.
    let _ = document.apply(&renamed);
    Ok(OpenDocument::create(store, to, document, tab, now))
}

/// Marks a document as a template of its owner.
///
/// # Errors
/// The storage cannot be written.
pub fn make_template(storage: &dyn KeyValue, id: Id, now: u64) -> Result<(), StorageError> {
    storage.set(&Key::Template(id).to_string(), &now.to_string())
}

/// Marks a document as deleted; nothing of it goes.
///
/// # Errors
/// The storage cannot be written.
pub fn delete(storage: &dyn KeyValue, id: Id, now: u64) -> Result<(), StorageError> {
    storage.set(&Key::Deleted(id).to_string(), &now.to_string())
}

/// Whether this is the key of the mark that the document is deleted.
#[must_use]
pub fn is_deletion_mark(key: &str, id: Id) -> bool {
    Key::parse(key) == Some(Key::Deleted(id))
}

/// Whether a document is marked as deleted.
///
/// # Errors
/// The storage cannot be read.
pub fn is_deleted(storage: &dyn KeyValue, id: Id) -> Result<bool, StorageError> {
    storage.has(&Key::Deleted(id).to_string())
}

/// Takes the mark away.
///
/// # Errors
/// The storage cannot be written.
pub fn restore(storage: &dyn KeyValue, id: Id) -> Result<(), StorageError> {
    storage.remove(&Key::Deleted(id).to_string())
}

/// Why a document was not removed for good.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PurgeError {
    /// It must be deleted first.
    #[error("only a deleted diagram can be removed for good")]
    NotDeleted,
    /// The storage failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Removes a deleted document for good: only when a person says so.
///
/// # Errors
/// It is not deleted, or the storage cannot be written.
pub fn purge(storage: &dyn KeyValue, id: Id) -> Result<(), PurgeError> {
    let mark = Key::Deleted(id).to_string();
    if storage.get(&mark)?.is_none() {
        return Err(PurgeError::NotDeleted);
    }
    // The mark goes last, so that a removal that was cut short can be repeated.
    rooms::forget(storage, id)?;
    held::forget(storage, id)?;
    storage.remove(&Key::History(id).to_string())?;
    for key in storage.keys()? {
        if let Some(Key::Journal { document, .. }) = Key::parse(&key)
            && document == id
        {
            storage.remove(&key)?;
        }
    }
    for slot in Slot::BOTH {
        let document = id;
        storage.remove(&Key::Snapshot { document, slot }.to_string())?;
    }
    storage.remove(&Key::View(id).to_string())?;
    storage.remove(&Key::Template(id).to_string())?;
    storage.remove(&mark)?;
    Ok(())
}
