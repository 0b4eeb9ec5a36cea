//! The text of another program that a document was read from, kept so that nothing of it is lost.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::flaw::Flaw;
use super::id::Id;

/// A program's format that is kept beside a document and can be written again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ForeignFormat {
    /// XMILE, as Stella and others write it.
    Xmile,
    /// Vensim's model text.
    Vensim,
}

/// The text of another program that a document was read from.
///
/// It is kept as it was. Reading it again gives the same records with the same ids, since these
/// follow from the seed; so a writer sees what has changed since, changes that in the text, and
/// leaves everything else to the letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceText {
    /// Whose text it is.
    pub format: ForeignFormat,
    /// What the ids of the records were made from.
    pub seed: Id,
    /// The text; opaque to everything but the reader and the writer of the format.
    pub text: String,
}

/// The source text of a document, if it has one. It is shared, because documents are copied often
/// and it never changes.
pub type SharedSource = Option<Arc<SourceText>>;

impl SourceText {
    /// The longest text that is kept, in bytes.
    pub const LONGEST: usize = 8 * 1024 * 1024;

    /// What is wrong with it.
    #[must_use]
    pub fn flaw(&self) -> Option<Flaw> {
        Flaw::of_text(&self.text, Self::LONGEST)
    }
}
