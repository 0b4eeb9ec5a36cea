//! How documents and patches become text; the file format plugs in here.

use super::key_value::KeyValue;
use crate::model::{Document, Patch};

/// Writes and reads documents and patches.
///
/// What it writes it must read back as an equal value.
pub trait DocumentCodec {
    /// The text of a document.
    fn write_document(&self, document: &Document) -> String;

    /// The document of a text.
    ///
    /// # Errors
    /// The text is not a document that this version can read whole.
    fn read_document(&self, text: &str) -> Result<Document, Unreadable>;

    /// The text of a patch.
    fn write_patch(&self, patch: &Patch) -> String;

    /// The patch of a text.
    ///
    /// # Errors
    /// The text is not a patch that this version can read whole.
    fn read_patch(&self, text: &str) -> Result<Patch, Unreadable>;
}

/// Why a text cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// It is not what was once written; says where and what.
    #[error("{0}")]
    Damaged(String),
    /// A newer version of Loopstream wrote it; says which.
    #[error("{0}")]
    Newer(String),
}

/// Where texts are kept and how they are written: what every function of the room needs.
#[derive(Clone, Copy)]
pub struct Store<'a> {
    /// The browser's storage.
    pub storage: &'a dyn KeyValue,
    /// The file format.
    pub codec: &'a dyn DocumentCodec,
}
