//! What is wrong with a text that was to be opened, in words for people.

use std::fmt;

/// Where in a text, both counted from one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The character in the line.
    pub column: usize,
}

impl Position {
    /// The position of the character at a byte offset.
    #[must_use]
    pub fn of(text: &str, offset: usize) -> Self {
        let mut end = offset.min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let before = &text[..end];
        let start_of_line = before.rfind('\n').map_or(0, |at| at + 1);
        Self {
            line: before.matches('\n').count() + 1,
            column: before[start_of_line..].chars().count() + 1,
        }
    }
}

/// One thing that is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong; names the place in the document, such as `links[3].to`.
    pub message: String,
    /// Where it stands in the text, where that is known.
    pub position: Option<Position>,
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)?;
        match self.position {
            Some(Position { line, column }) => {
                write!(formatter, " (line {line}, column {column})")
            }
            None => Ok(()),
        }
    }
}

/// Everything that is wrong: one thing at least.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Faults {
    /// The first in the order of the text.
    pub first: Fault,
    /// The others that are listed, at most [`Faults::LISTED`] with the first.
    pub others: Vec<Fault>,
    /// How many more there are that are not listed.
    pub unlisted: usize,
}

impl Faults {
    /// How many are listed at most; a damaged file may have a fault in every line.
    pub const LISTED: usize = 100;

    /// How many there are in all.
    #[must_use]
    pub fn count(&self) -> usize {
        1 + self.others.len() + self.unlisted
    }

    /// Those that are listed.
    pub fn iter(&self) -> impl Iterator<Item = &Fault> {
        std::iter::once(&self.first).chain(&self.others)
    }
}

impl From<Fault> for Faults {
    fn from(first: Fault) -> Self {
        Self {
            first,
            others: Vec::new(),
            unlisted: 0,
        }
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.first)?;
        match self.count() - 1 {
            0 => Ok(()),
            1 => formatter.write_str("; and one more fault"),
            others => write!(formatter, "; and {others} more faults"),
        }
    }
}

/// Why a text of a known format cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Longer than may be read.
    #[error("the text has {bytes} bytes; at most {limit} can be read")]
    TooLarge {
        /// How long it is.
        bytes: usize,
        /// How long it may be.
        limit: usize,
    },
    /// Not JSON, or JSON that asks for too much.
    #[error("{0}")]
    Syntax(Fault),
    /// JSON, but not of this format.
    #[error("{0}")]
    OtherFormat(Fault),
    /// Written by a newer version; to be kept as it is, not to be changed.
    #[error(
        "this was saved by a newer version of Loopstream: it has format version {version}, and up \
         to version {supported} can be read here"
    )]
    Newer {
        /// The version of the text; a number that does not fit counts as the greatest.
        version: u32,
        /// The newest version that can be read.
        supported: u32,
    },
    /// The right format, but not a valid document.
    #[error("{0}")]
    Invalid(Faults),
}
