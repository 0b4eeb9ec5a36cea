//! Requests: what is done with the storage away from the page, which lends its texts for it.
//!
//! The worker cannot reach the storage. So the page sends copies of the texts with the request, and
//! gets back which are to change; it changes those that still are what they were.

use serde::{Deserialize, Serialize};

use crate::model::Id;

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StorageRequest {
    /// Take a version of a document.
    Record(Id),
    /// Take a version, and tell of all there are.
    History(Id),
    /// Compare a version with the document as it is; versions are told by their times.
    CompareWith(Id, u64),
    /// The patch that leads back to a version.
    Restore(Id, u64),
    /// Never thin a version.
    Keep(Id, u64),
    /// Let a version be thinned again.
    LetGo(Id, u64),
    /// Tell what is used, by what, and what can go; and what the browser has promised.
    Storage(Promise),
    /// Join all versions that are not kept, of all documents.
    ThinAll,
    /// Remove for good what is deleted.
    EmptyBin,
    /// Hand over what was set aside.
    DownloadAside,
    /// Discard what was set aside.
    DiscardAside,
    /// Hand over everything in one file.
    BackUp,
    /// Restore the backup that was opened last.
    RestoreBackup,
    /// Tell how the structure of a document changed from version to version.
    Structure(Id),
}

impl StorageRequest {
    /// The document that it is about; none where it is about all that is kept.
    #[must_use]
    pub const fn document(&self) -> Option<Id> {
        match self {
            Self::Record(id)
            | Self::History(id)
            | Self::CompareWith(id, _)
            | Self::Restore(id, _)
            | Self::Keep(id, _)
            | Self::LetGo(id, _)
            | Self::Structure(id) => Some(*id),
            Self::Storage(_)
            | Self::ThinAll
            | Self::EmptyBin
            | Self::DownloadAside
            | Self::DiscardAside
            | Self::BackUp
            | Self::RestoreBackup => None,
        }
    }
}

/// What the browser says of keeping what is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Promise {
    /// It keeps it until a person clears it.
    Given,
    /// It may clear it when room runs out.
    NotGiven,
    /// It does not say.
    Unknown,
}

/// A request with what the page lends for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StorageCall {
    /// What is to be done.
    pub request: StorageRequest,
    /// The time, in milliseconds since the epoch.
    pub now: u64,
    /// Entropy.
    pub seed: u64,
    /// How much of the storage is used beside these texts, in letters.
    pub elsewhere: u64,
    /// Keys and texts of the storage.
    pub texts: Vec<(String, String)>,
}

/// A text of the storage that is to change, if it still is what it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextChange {
    /// Its key.
    pub key: String,
    /// The checksum of what it was; `None` where there was none.
    pub before: Option<String>,
    /// What it becomes; `None` where it goes.
    pub after: Option<String>,
}
