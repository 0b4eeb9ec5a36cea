//! CSV edge lists: one link a row, with the columns `from,to,polarity,delay,remark`.
//!
//! Rows and quotes are those of RFC 4180. Read are, besides: the separators comma, semicolon and
//! tab, line ends of any kind, a byte order mark, columns in any order and in any case, of which
//! only `from` and `to` must be there, and blanks around what is not in quotes. A row without a
//! `to` is a variable by itself, and its remark is that of the variable. Tables of wikis and of
//! terminals are read as well.
//!
//! Rows that say the same link are one link, whose remark says how many there are and who said so
//! (`gather.rs`); both signs are two links. What other columns say goes into the remarks, and where
//! numbers of a column `weight` have signs, these are polarities where there are no others. A row
//! that cannot be read is told, and the others are read (`warnings.rs`).
//!
//! Links that a diagram has side by side between the same variables are numbered in a column
//! `parallel` when they are written, so that they are not taken for one.
//!
//! A name or remark that a spreadsheet could take for a formula is guarded by an apostrophe, which
//! reading takes off again (`guard.rs`).

mod columns;
mod gather;
mod guard;
mod read;
mod warnings;
mod write;

use super::document_part::DocumentPart;
use super::error::ReadError;
use super::limits::Limits;
use super::reader::{ImportResult, Reader};
use super::table::as_separated;
use super::writer::Writer;
use crate::model::IdSource;

pub use write::{add_text, write};

/// The line of the table of readers.
pub(super) const READER: Reader = Reader {
    name: "a CSV list of links",
    recognises: columns::recognises,
    read,
};

/// The line of the table of writers.
pub(super) const WRITER: Writer = Writer {
    key: "csv",
    name: "CSV list of links",
    purpose: "For spreadsheets and graph programs: a row for each link.",
    ending: "csv",
    media_type: "text/csv",
    carries: &[
        DocumentPart::Names,
        DocumentPart::Polarity,
        DocumentPart::Delay,
        DocumentPart::Remarks,
        DocumentPart::LinkRemarks,
    ],
    write: |drawing| write(drawing.document()),
};

/// Whether the text starts with the header of an edge list.
#[must_use]
pub fn recognises(text: &str) -> bool {
    columns::recognises(text)
}

/// Reads an edge list.
///
/// # Errors
/// It has no columns `from` and `to`, or no row that can be read; the error lists every row that
/// cannot, with its line.
pub fn read(text: &str, ids: &mut IdSource) -> Result<ImportResult, ReadError> {
    read_within(text, &Limits::STANDARD, ids)
}

/// Reads an edge list within other limits than those of files.
///
/// # Errors
/// As [`read`].
pub fn read_within(
    text: &str,
    limits: &Limits,
    ids: &mut IdSource,
) -> Result<ImportResult, ReadError> {
    if text.len() > limits.bytes {
        return Err(ReadError::TooLarge {
            bytes: text.len(),
            limit: limits.bytes,
        });
    }
    // A list of a wiki, or one that blanks align, is read as if a separator stood between its cells.
    read::read_within(&as_separated(text), limits, ids)
}
