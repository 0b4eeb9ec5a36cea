//! Kumu's blueprints (docs.kumu.io/guides/import/blueprints): the JSON that Kumu imports.
//!
//! The text is an object:
//!
//! - `elements` is a list of `{id, label, type, description, tags}` and fields of one's own;
//! - `connections` is a list of `{from, to, type, direction, description}` and fields of one's own;
//!   `from` and `to` are ids or labels, `direction` is `directed`, `undirected` or `mutual`.
//!
//! What Kumu itself writes has the fields of people in `attributes`, calls the id `_id` and the type
//! `element type` or `connection type`, and says `delayed` and `reversed` of connections.
//!
//! `maps` say where elements stand; that with the most of them counts. `loops` are
//! `{label, description, connections}`, connections being ids; their labels are names of loops.
//!
//! A polarity is a type of `+` or `-`, a sign for each end as in Kumu's own guide (`++` and `--` are
//! the same direction, `+-` and `-+` opposite ones), `same` or `opposite`, or the field `polarity`
//! of ours; a delay is `delayed` or `delay`. A connection both ways is two links. One without a direction is a link in the order in
//! which it is written, and its remark says so; so does one that is marked as reversed, of which
//! nothing public says what that turns.

mod flat;
mod losses;
mod positions;
mod read;
mod ring;
mod sign;
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
    name: "a Kumu blueprint",
    recognises: |text| has_list(text, "elements") && has_list(text, "connections"),
    read,
};

/// The line of the table of writers.
pub(super) const WRITER: Writer = Writer {
    key: "kumu",
    name: "Kumu blueprint",
    purpose: "To import into a project of Kumu.",
    ending: "kumu.json",
    media_type: "application/json",
    carries: &[
        DocumentPart::Names,
        DocumentPart::Stocks,
        DocumentPart::Polarity,
        DocumentPart::Delay,
        DocumentPart::Remarks,
        DocumentPart::LinkRemarks,
    ],
    write: |drawing| write(drawing.document()),
};

/// Reads a blueprint.
///
/// # Errors
/// It is no blueprint; the error lists everything that is wrong with it.
pub fn read(text: &str, ids: &mut IdSource) -> Result<ImportResult, ReadError> {
    read_within(text, &Limits::STANDARD, ids)
}

/// Reads a blueprint within other limits than those of files.
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
