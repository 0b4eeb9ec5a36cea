//! Files and texts to documents and back: the native format and every import and export.
//!
//! To open one more format, write one file with a [`Reader`] and add it to [`READERS`].

mod chart_svg;
pub mod csv;
mod dot;
mod error;
mod export;
pub mod json;
mod limits;
pub mod loopy;
mod mermaid;
mod names;
mod nodes;
mod patch_json;
mod reader;
pub mod sd_json;
mod seeming;
mod spread;
mod svg;
mod syntax;
pub mod table;
mod unplaced;
mod words;

pub use chart_svg::chart_svg;
pub use dot::dot;
pub use error::{Fault, Faults, Position, ReadError};
pub use export::Export;
pub use limits::Limits;
pub use mermaid::mermaid;
pub use patch_json::{read_patch, read_patch_within, write_patch};
pub use reader::{Opened, Positions, Reader, Warning};
pub use svg::{Picture, svg};

use crate::model::IdSource;

/// What can be opened, in the order in which a text is offered to them.
pub const READERS: &[Reader] = &[json::READER, loopy::READER, sd_json::READER, csv::READER];

/// Why a text cannot be opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// It is of no format that can be opened.
    #[error("this seems to be {seems}; what can be opened is {}", openable())]
    Unknown {
        /// What it seems to be, with its article.
        seems: &'static str,
    },
    /// It is of a known format, but cannot be read.
    #[error("this seems to be {name}, but it cannot be read: {error}")]
    Unreadable {
        /// The format, with its article.
        name: &'static str,
        /// Why it cannot be read.
        error: ReadError,
    },
}

/// The reader for a text, found by its content.
#[must_use]
pub fn sniff(text: &str) -> Option<&'static Reader> {
    READERS.iter().find(|reader| (reader.recognises)(text))
}

/// Opens a text of any format that can be opened.
///
/// # Errors
/// It is of no known format, or cannot be read.
pub fn open_text(text: &str, ids: &mut IdSource) -> Result<Opened, OpenError> {
    let Some(reader) = sniff(text) else {
        return Err(OpenError::Unknown {
            seems: seeming::seems(text),
        });
    };
    (reader.read)(text, ids).map_err(|error| OpenError::Unreadable {
        name: reader.name,
        error,
    })
}

/// What can be opened, as part of a sentence.
fn openable() -> String {
    let names: Vec<&str> = READERS.iter().map(|reader| reader.name).collect();
    match names.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} or {last}", others.join(", ")),
        _ => names.concat(),
    }
}
