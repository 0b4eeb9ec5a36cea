//! LOOPY (ncase.me/loopy): its share link, or the text that its link and its export hold.
//!
//! The text is `[nodes, edges, labels, next id]`, as `Model.js` and `Edge.js` of `ncase/loopy`
//! (public domain) write and read it:
//!
//! - a node is `[id, x, y, initial value, name, hue]`;
//! - an edge is `[from, to, arc, strength, rotation]`, the rotation only in some versions; the arc
//!   is the height of the arc over its chord in pixels, to the left of the way if positive; of an
//!   edge from a node to itself, the ring stands in the direction `rotation`, in degrees clockwise
//!   from straight up, or opposite to it if the arc is negative;
//! - a label is `[x, y, text]`, around its middle.
//!
//! Names and texts are percent-encoded twice, quotes once, and the last `]` is `%5D`.
//!
//! A link is found among other words too: in the frame that LOOPY gives for a page, in Markdown, in
//! a sentence (`within.rs`).

mod arcs;
mod build;
mod text;
mod within;
mod write;

/// The colour that new nodes have in LOOPY, which says nothing.
const HUE: f64 = 0.0;
/// The initial value that they have.
const INITIAL: f64 = 0.5;

use super::document_part::DocumentPart;
use super::error::{Fault, ReadError};
use super::graph_builder::LossWords;
use super::limits::Limits;
use super::reader::{ImportResult, Reader, Warning};
use super::writer::Writer;
use crate::model::IdSource;

pub use write::{link, write};

use within::Within;

/// The line of the table of readers.
pub(super) const READER: Reader = Reader {
    name: "a LOOPY link or its text",
    recognises: text::recognises,
    read,
};

/// What LOOPY has room for.
const CARRIES: &[DocumentPart] = &[
    DocumentPart::Names,
    DocumentPart::Polarity,
    DocumentPart::Positions,
    DocumentPart::Bends,
    DocumentPart::Notes,
];

/// The line of the table of writers: the text that LOOPY saves and opens.
pub(super) const WRITER: Writer = Writer {
    key: "loopy",
    name: "LOOPY file",
    purpose: "To open in LOOPY and play with.",
    ending: "loopy",
    media_type: "text/plain",
    carries: CARRIES,
    write: |drawing| write(drawing.document()),
};

/// The line of the table of writers: the same as an address.
pub(super) const LINK_WRITER: Writer = Writer {
    key: "loopy-link",
    name: "LOOPY link",
    purpose: "An address that opens the diagram in LOOPY.",
    ending: "txt",
    media_type: "text/plain",
    carries: CARRIES,
    write: |drawing| link(drawing.document()),
};

/// Reads a LOOPY link from any host, or its text.
///
/// # Errors
/// It is not LOOPY's, or not whole; the error lists everything that is wrong with it.
pub fn read(text: &str, ids: &mut IdSource) -> Result<ImportResult, ReadError> {
    read_within(text, &Limits::STANDARD, ids)
}

/// Reads a LOOPY link or text within other limits than those of files.
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
    let direct = match text::recognises(text) {
        true => build::build(&text::decoded(text), limits, ids),
        false => Err(ReadError::OtherFormat(Fault {
            message: "there is no LOOPY link or text in it".to_owned(),
            position: None,
        })),
    };
    match direct {
        // A link at the beginning of a sentence is no link as a whole.
        Err(ReadError::Syntax(_) | ReadError::OtherFormat(_)) => match within::within(text) {
            Some(found) => read_found(text, &found, limits, ids),
            None => direct,
        },
        read => read,
    }
}

/// Reads a link that was found among the words of a text.
fn read_found(
    text: &str,
    found: &Within<'_>,
    limits: &Limits,
    ids: &mut IdSource,
) -> Result<ImportResult, ReadError> {
    const FURTHER: LossWords = LossWords(
        "further LOOPY diagram of the text was left out",
        "further LOOPY diagrams of the text were left out",
    );
    let mut opened = build::build(&text::json_of_data(&found.data), limits, ids)?;
    opened.warnings.extend(FURTHER.loss(found.further));
    let text = text.trim();
    let is_frame = text.starts_with("<iframe") && text.ends_with('>');
    if !is_frame {
        let around = "the words around the diagram were left out";
        opened.warnings.push(Warning::note(around));
    }
    Ok(opened)
}

/// Whether a LOOPY link stands among the words of a text.
pub fn is_within(text: &str) -> bool {
    within::within(text).is_some()
}
