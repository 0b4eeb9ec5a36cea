//! Everything in one file, and back: documents, deleted ones too, their histories, and what could
//! not be read.
//!
//! The file is JSON with an entry a line, each under a checksum of its own: where a part of it is
//! damaged, the entries on the other lines are still found.

mod restore;
mod write;

pub use restore::{Report, restore};
pub use write::{Contents, contents, write};

use serde::{Deserialize, Serialize};

use super::envelope::checksum;

/// What `format` is in a backup.
const FORMAT: &str = "loopstream-backup";
/// The version that is written, and the newest that is read.
const VERSION: u64 = 1;

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    /// A document, as its file.
    Document,
    /// The history of a document, as it stands in the storage.
    History,
    /// A text that was put in quarantine, or that is a part of a document that cannot be read.
    Text,
}

/// One line of a backup.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Entry {
    kind: Kind,
    /// The key in the storage, or for a document its id.
    key: String,
    /// What it is called, for who reads the file; nothing depends on it.
    #[serde(default)]
    title: String,
    /// When it was last changed, in milliseconds since the epoch.
    #[serde(default)]
    changed: u64,
    /// When it was deleted, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    deleted: Option<u64>,
    checksum: String,
    text: String,
}

impl Entry {
    /// The entry with its checksum.
    fn with_checksum(mut self) -> Self {
        self.checksum = self.sum();
        self
    }

    /// The checksum over all that matters.
    fn sum(&self) -> String {
        let (kind, deleted) = (self.kind as u8, self.deleted.unwrap_or_default());
        checksum(&format!(
            "{kind}\n{}\n{}\n{deleted}\n{}",
            self.key, self.changed, self.text
        ))
    }
}

/// Whether the text says that it is a backup, even if it is damaged elsewhere.
#[must_use]
pub fn recognises(text: &str) -> bool {
    text.contains("\"loopstream-backup\"")
}
