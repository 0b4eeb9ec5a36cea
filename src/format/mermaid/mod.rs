//! Mermaid flowcharts (mermaid.js.org/syntax/flowchart.html).

//!
//! Read is a plain subset: nodes of every shape, arrows of every kind, chains and `&`, classes. `+`,
//! `-`, `?` and `//` beside an arrow are polarity and delay, other words there its remark; the
//! class `stock` makes a stock. Groups, looks, and every line that is not understood are left out,
//! and counted. Of Markdown the first flowchart among its blocks is read.

mod arrow;
mod block;
mod cursor;
mod header;
mod read;
mod texts;
mod vertex;
mod write;

use super::document_part::DocumentPart;
use super::error::ReadError;
use super::limits::Limits;
use super::reader::{ImportResult, Reader};
use super::writer::Writer;
use crate::model::IdSource;

pub use write::mermaid;

/// The line of the table of readers.
pub(super) const READER: Reader = Reader {
    name: "a Mermaid flowchart",
    recognises: |text| {
        header::take_header(&mut cursor::Cursor::new(text)).is_some()
            || block::block_of(text).is_some()
    },
    read,
};

/// Reads a flowchart.
///
/// # Errors
/// It does not begin as one, or asks for too much; what is not understood within it is told.
pub fn read(text: &str, ids: &mut IdSource) -> Result<ImportResult, ReadError> {
    read_within(text, &Limits::STANDARD, ids)
}

/// Reads a flowchart within other limits than those of files.
///
/// # Errors
/// As [`read`].
pub fn read_within(
    text: &str,
    limits: &Limits,
    ids: &mut IdSource,
) -> Result<ImportResult, ReadError> {
    read::read_within(text, limits, ids)
}

/// The line of the table of writers.
pub(super) const WRITER: Writer = Writer {
    key: "mermaid",
    name: "Mermaid",
    purpose: "For GitHub, wikis and notes that draw Mermaid.",
    ending: "mmd",
    media_type: "text/vnd.mermaid",
    carries: &[
        DocumentPart::Title,
        DocumentPart::Names,
        DocumentPart::Stocks,
        DocumentPart::Polarity,
        DocumentPart::Delay,
        DocumentPart::Streams,
    ],
    write: |drawing| mermaid(drawing.document()),
};
