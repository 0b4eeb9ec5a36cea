//! The patches since the snapshots: one small text each, written at once after every gesture.

use serde::{Deserialize, Serialize};

use super::codec::{Store, Unreadable};
use super::envelope::{Readers, read_envelope, write_envelope};
use super::key::Key;
use super::key_value::StorageError;
use super::snapshot::UnreadableText;
use super::timeline::{Entry, Order};
use crate::model::Id;

/// What is said of a patch beside its text and its key.
#[derive(Serialize, Deserialize)]
pub struct Header {
    /// Its Lamport time.
    pub lamport: u64,
    /// When it was made, in milliseconds since the epoch.
    pub at: u64,
}

/// What the journal of a document has that a timeline has not.
#[derive(Debug, Default)]
pub struct Scan {
    /// Every patch in the storage, known or not: its tab and its number.
    pub present: Vec<(Id, u64)>,
    /// The patches that are new.
    pub new: Vec<Entry>,
    /// New ones that cannot be read.
    pub unreadable: Vec<UnreadableText>,
}

impl Scan {
    /// Looks through the journal of a document; reads what is not `known`.
    pub fn of(
        store: Store<'_>,
        document: Id,
        known: impl Fn(Id, u64) -> bool,
    ) -> Result<Self, StorageError> {
        let mut scan = Self::default();
        for key in store.storage.keys()? {
            let Some(Key::Journal {
                document: of,
                tab,
                number,
            }) = Key::parse(&key)
            else {
                continue;
            };
            if of != document {
                continue;
            }
            scan.present.push((tab, number));
            if known(tab, number) {
                continue;
            }
            match read(store, document, tab, number)? {
                Some(Ok(entry)) => scan.new.push(entry),
                Some(Err(unreadable)) => scan.unreadable.push(unreadable),
                // Another tab has compacted it since.
                None => {}
            }
        }
        Ok(scan)
    }

    /// Whether a newer version of the program has written one of them.
    pub fn has_newer(&self) -> bool {
        self.unreadable
            .iter()
            .any(|text| matches!(text.why, Unreadable::Newer(_)))
    }
}

/// Reads one patch, if it is there.
pub fn read(
    store: Store<'_>,
    document: Id,
    tab: Id,
    number: u64,
) -> Result<Option<Result<Entry, UnreadableText>>, StorageError> {
    let key = key(document, tab, number);
    let Some(envelope) = store.storage.get(&key)? else {
        return Ok(None);
    };
    let entry = read_envelope::<Header>(&envelope).and_then(|opened| {
        Ok(Entry {
            order: Order {
                lamport: opened.header.lamport,
                tab,
                number,
            },
            at: opened.header.at,
            patch: store.codec.read_patch(opened.text)?,
        })
    });
    Ok(Some(entry.map_err(|why| UnreadableText {
        key,
        text: envelope,
        why,
    })))
}

/// Writes one patch.
pub fn write(store: Store<'_>, document: Id, entry: &Entry) -> Result<(), StorageError> {
    let Order {
        lamport,
        tab,
        number,
    } = entry.order;
    let header = Header {
        lamport,
        at: entry.at,
    };
    let envelope = write_envelope(
        Readers::All,
        &header,
        &store.codec.write_patch(&entry.patch),
    )
    .map_err(|error| StorageError::Other(error.to_string()))?;
    store.storage.set(&key(document, tab, number), &envelope)
}

/// The key of one patch.
pub fn key(document: Id, tab: Id, number: u64) -> String {
    Key::Journal {
        document,
        tab,
        number,
    }
    .to_string()
}
