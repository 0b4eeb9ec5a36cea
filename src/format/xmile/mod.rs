//! XMILE (OASIS, XML Interchange Language for System Dynamics 1.0), in and out, with the extensions
//! that Stella writes.
//!
//! A text has a header, how to simulate, and a model: `variables` with stocks, flows and auxiliaries,
//! each with an equation, and `views` with where they stand, connectors with the angle at which they
//! leave, a polarity and perhaps a mark of delay, aliases and text boxes.
//!
//! The text is kept with the document. What is written is that text with the changes since; a
//! document that has no such text is written into an empty model.

mod derive;
mod draw;
mod edit;
mod elements;
mod expression;
mod lost;
mod names;
mod source;
mod write;

pub use write::write;

use super::carried::Carried;
use super::error::ReadError;
use super::foreign::{Scaling, open};
use super::limits::Limits;
use super::reader::{Opened, Reader};
use super::writer::Writer;
use super::xml;
use crate::model::{ForeignFormat, IdSource};

/// The line of the table of readers.
pub(super) const READER: Reader = Reader {
    name: "an XMILE model",
    recognises: source::recognises,
    read,
};

/// The line of the table of writers.
pub(super) const WRITER: Writer = Writer {
    key: "xmile",
    name: "XMILE model",
    purpose: "For Stella and other programs of system dynamics; a model that came from there keeps its equations.",
    ending: "xmile",
    media_type: "application/xml",
    carries: &[
        Carried::Title,
        Carried::Names,
        Carried::Stocks,
        Carried::Polarity,
        Carried::Delay,
        Carried::Remarks,
        Carried::Places,
        Carried::Bends,
        Carried::Notes,
    ],
    write: |drawing| write(drawing.document()),
};

/// Reads a model.
///
/// # Errors
/// It is too large, no well-formed XML, or no XMILE.
pub fn read(text: &str, ids: &mut IdSource) -> Result<Opened, ReadError> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let document = xml::parse(text, &Limits::STANDARD)?;
    let source = source::Source::of(text, &document)?;
    let drawn = draw::drawing(&source, Scaling::Fitted);
    open(ForeignFormat::Xmile, text, &drawn.drawing, ids)
}
