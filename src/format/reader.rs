//! What opens a text: the shape of a line in the table of readers, and what comes out.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::error::ReadError;
use crate::model::{Document, IdSource};

/// A document that was read, with what its reader has to say.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportResult {
    /// The document, valid.
    pub document: Document,
    /// What could not be carried over, or only in part.
    pub warnings: Vec<Warning>,
    /// Whether the text says where things stand.
    pub positions: Positions,
}

/// Whether a text says where its things stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Positions {
    /// It does, and they stand there.
    Given,
    /// It does not: its variables stand on a circle until they are laid out.
    Missing,
}

/// Something that is to be told of a text that was read or written, in words for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// One sentence without its full stop.
    pub message: String,
    /// How many things of the text the document does not have, or has incomplete; 0 where all of it
    /// is there. What is lost is told first.
    pub lost: usize,
}

impl Warning {
    /// Something to know, where nothing is lost.
    #[must_use]
    pub fn note(message: impl Into<String>) -> Self {
        Self::loss(0, message)
    }

    /// So many things are lost.
    #[must_use]
    pub fn loss(lost: usize, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { message, lost }
    }

    /// It as a whole sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        let mut characters = self.message.chars();
        let first = characters.next().into_iter().flat_map(char::to_uppercase);
        first.chain(characters).chain(['.']).collect()
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

/// One format that can be opened.
#[derive(Clone, Copy, Debug)]
pub struct Reader {
    /// What it opens, with its article, to stand in a message.
    pub name: &'static str,
    /// Whether the text is meant for it; looks at the content alone, and may be wrong about the
    /// details.
    pub recognises: fn(&str) -> bool,
    /// Reads the text; records without an id of their own get one from the source.
    pub read: fn(&str, &mut IdSource) -> Result<ImportResult, ReadError>,
}
