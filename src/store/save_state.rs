//! The state of saving that people see as a mark beside the title.

use super::codec::Unreadable;
use super::key_value::StorageError;

/// Whether everything that was done is kept.
///
/// Writing takes no time that a person could see, so there is no "saving": a gesture is saved
/// when its patch stands in the journal, long before the next snapshot is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveState {
    /// All of it.
    Saved {
        /// Since when, in milliseconds since the epoch.
        at: u64,
    },
    /// Not all of it: the rest is in memory only, and is tried again with the next gesture.
    NotSaved {
        /// What stands in the way.
        why: SaveError,
    },
}

/// What stands in the way of saving: a sentence, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SaveError {
    /// The browser keeps nothing.
    #[error("This browser keeps nothing for this page. Save the diagram as a file.")]
    Blocked,
    /// No room is left.
    #[error(
        "The browser's storage is full. Save the diagram as a file, then remove deleted diagrams \
         for good."
    )]
    Full,
    /// Another failure, in the browser's words.
    #[error("The browser could not save ({0}). Save the diagram as a file.")]
    Storage(String),
    /// What was written would not read back.
    #[error("The diagram could not be written so that it reads back ({0}). Please report this.")]
    Unwritable(String),
    /// It is no longer in the storage: another tab has removed it for good, or a person has
    /// cleared the data of the site.
    #[error(
        "This diagram is no longer in the browser's storage: another tab has removed it, or the \
         data of this site was cleared. It is kept again with your next change."
    )]
    Removed,
    /// A newer version of the program has written to the document: this one still journals every
    /// gesture, where the newer one finds it, but no longer sees the whole.
    #[error("A newer version of Loopstream has changed this diagram. Reload the page.")]
    Newer,
}

impl From<StorageError> for SaveError {
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::Blocked => Self::Blocked,
            StorageError::Full => Self::Full,
            StorageError::Other(why) => Self::Storage(why),
        }
    }
}

impl From<Unreadable> for SaveError {
    fn from(error: Unreadable) -> Self {
        Self::Unwritable(error.to_string())
    }
}
