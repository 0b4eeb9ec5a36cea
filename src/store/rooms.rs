//! What a browser remembers of rooms beside their documents: the link of each, who its person is,
//! the relay that was used last, and own dots of a vote. Backups have none of it, since a link lets people in.
//!
//! What cannot be read is as if it were not there.

use std::fmt;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::key::Key;
use super::key_value::{KeyValue, StorageError};
use crate::model::{Colour, Id};

/// How a document came into its room, and how it comes there again.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomRecord {
    /// The link of the room with its `#`: who has it comes in, so it is shown to nobody unasked.
    pub link: String,
    /// When the room was opened or joined here, in milliseconds since the epoch.
    pub since: u64,
    /// Whether one may only look.
    pub is_view_only: bool,
    /// What was last said in the room and outlasts a reload, as its pages tell it each other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agenda: Option<Value>,
}

impl fmt::Debug for RoomRecord {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("RoomRecord");
        shown.field("since", &self.since);
        shown.field("is_view_only", &self.is_view_only);
        shown.finish_non_exhaustive()
    }
}

/// Who the person before this browser is in rooms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonRecord {
    /// Random, the same in all pages of the browser.
    pub id: Id,
    /// The name; may be empty.
    pub name: String,
    /// The colour, if one was chosen.
    #[serde(default)]
    pub colour: Option<Colour>,
}

/// The relay that was used last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelayRecord {
    /// The protocol that it speaks, by its name.
    pub kind: String,
    /// Its address.
    pub address: String,
}

/// The dots that the person gave in the vote in a room, until their ballot is sent without a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoteRecord {
    /// The vote.
    pub vote: Id,
    /// The id of the ballot: all pages of this browser send it under this one, so it counts once.
    pub ballot: Id,
    /// What each dot is for, in the order in which they were given.
    pub dots: Vec<String>,
}

/// The room of a document, if it is in one.
#[must_use]
pub fn of(storage: &dyn KeyValue, document: Id) -> Option<RoomRecord> {
    remembered(storage, &Key::Room(document))
}

/// All documents with a room.
///
/// # Errors
/// The storage cannot be read.
pub fn list(storage: &dyn KeyValue) -> Result<Vec<(Id, RoomRecord)>, StorageError> {
    let mut rooms = Vec::new();
    for key in storage.keys()? {
        if let Some(Key::Room(document)) = Key::parse(&key)
            && let Some(room) = of(storage, document)
        {
            rooms.push((document, room));
        }
    }
    rooms.sort_by_key(|(document, _)| *document);
    Ok(rooms)
}

/// Keeps the room of a document.
///
/// # Errors
/// The storage cannot be written.
pub fn keep(storage: &dyn KeyValue, document: Id, room: &RoomRecord) -> Result<(), StorageError> {
    remember(storage, &Key::Room(document), room)
}

/// Forgets the room of a document, and the link and the dots with it.
///
/// # Errors
/// The storage cannot be written.
pub fn forget(storage: &dyn KeyValue, document: Id) -> Result<(), StorageError> {
    forget_vote(storage, document)?;
    storage.remove(&Key::Room(document).to_string())
}

/// The dots that the person gave in the room of a document, if any were kept.
#[must_use]
pub fn vote(storage: &dyn KeyValue, document: Id) -> Option<VoteRecord> {
    remembered(storage, &Key::Vote(document))
}

/// Keeps the dots that the person gave in the room of a document.
///
/// # Errors
/// The storage cannot be written.
pub fn keep_vote(
    storage: &dyn KeyValue,
    document: Id,
    dots: &VoteRecord,
) -> Result<(), StorageError> {
    remember(storage, &Key::Vote(document), dots)
}

/// Forgets the dots that the person gave in the room of a document.
///
/// # Errors
/// The storage cannot be written.
pub fn forget_vote(storage: &dyn KeyValue, document: Id) -> Result<(), StorageError> {
    storage.remove(&Key::Vote(document).to_string())
}

/// Whether a key of the storage is that of the dots in the room of a document.
#[must_use]
pub fn is_vote(key: &str, document: Id) -> bool {
    Key::parse(key) == Some(Key::Vote(document))
}

/// Who the person is, if that was kept.
#[must_use]
pub fn person(storage: &dyn KeyValue) -> Option<PersonRecord> {
    remembered(storage, &Key::Person)
}

/// Keeps who the person is.
///
/// # Errors
/// The storage cannot be written.
pub fn keep_person(storage: &dyn KeyValue, person: &PersonRecord) -> Result<(), StorageError> {
    remember(storage, &Key::Person, person)
}

/// The relay that was used last, if one was.
#[must_use]
pub fn relay(storage: &dyn KeyValue) -> Option<RelayRecord> {
    remembered(storage, &Key::Relay)
}

/// Keeps which relay was used.
///
/// # Errors
/// The storage cannot be written.
pub fn keep_relay(storage: &dyn KeyValue, relay: &RelayRecord) -> Result<(), StorageError> {
    remember(storage, &Key::Relay, relay)
}

fn remembered<T: DeserializeOwned>(storage: &dyn KeyValue, key: &Key) -> Option<T> {
    let text = storage.get(&key.to_string()).ok()??;
    serde_json::from_str(&text).ok()
}

fn remember(storage: &dyn KeyValue, key: &Key, value: &impl Serialize) -> Result<(), StorageError> {
    let text = serde_json::to_string(value);
    let text = text.map_err(|error| StorageError::Other(error.to_string()))?;
    storage.set(&key.to_string(), &text)
}
