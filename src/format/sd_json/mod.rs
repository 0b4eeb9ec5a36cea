//! SD-JSON: the causal models that the engines of the BEAMS initiative write (`isee-systems/sd-ai`).
//!
//! The text is an object:
//!
//! - `variables` is a list of `{name, type, equation, units, documentation}`; the type is `stock`,
//!   `flow` or `variable`;
//! - `relationships` is a list of `{from, to, polarity, reasoning, polarityReasoning}`; the polarity
//!   is `+`, `-` or left out;
//! - `feedbackLoops` is a list of `{identifier, name, links, polarity, loopset}`; its links have
//!   polarities too, and may be the only ones that do.
//!
//! The object may stand in a field `model` of another one, or deeper in what an engine answered, and
//! the loops beside it in a field `feedback`. A variable that is the ghost of one of another module
//! (`crossLevelGhostOf`) is that one.

mod loops;
mod losses;
mod read;
mod write;

use super::document_part::DocumentPart;
use super::error::ReadError;
use super::lenient_json::has_list;
use super::limits::Limits;
use super::reader::{ImportResult, Reader};
use super::writer::Writer;
use crate::model::IdSource;

pub use write::write;

/// The line of the table of readers.
pub(super) const READER: Reader = Reader {
    name: "an SD-JSON model",
    recognises,
    read,
};

/// The line of the table of writers.
pub(super) const WRITER: Writer = Writer {
    key: "sd-json",
    name: "SD-JSON model",
    purpose: "For the engines and programs of the BEAMS initiative.",
    ending: "json",
    media_type: "application/json",
    carries: &[
        DocumentPart::Title,
        DocumentPart::Names,
        DocumentPart::Stocks,
        DocumentPart::Polarity,
        DocumentPart::Remarks,
        DocumentPart::LinkRemarks,
        DocumentPart::LoopNames,
    ],
    write: |drawing| write(drawing.document()),
};

/// Reads a model.
///
/// # Errors
/// It is not SD-JSON; the error lists everything that is wrong with it.
pub fn read(text: &str, ids: &mut IdSource) -> Result<ImportResult, ReadError> {
    read_within(text, &Limits::STANDARD, ids)
}

/// Reads a model within other limits than those of files.
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

/// Whether the text is an object with a list of relationships, even if it is damaged elsewhere.
fn recognises(text: &str) -> bool {
    has_list(text, "relationships")
}
