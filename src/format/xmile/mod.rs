//! XMILE (OASIS, XML Interchange Language for System Dynamics 1.0), in and out, with the extensions
//! that Stella writes.
//!
//! A text has a header, how to simulate, and a model: `variables` with stocks, flows and auxiliaries,
//! each with an equation, and `views` with where they stand, connectors with the angle at which they
//! leave, a polarity and perhaps a mark of delay, aliases and text boxes.
//!
//! The text is kept with the document. What is written is that text with the changes since; a
//! document that has no such text is written into an empty model.

mod causes;
mod derive;
mod draw;
mod edit;
mod elements;
mod expression;
mod losses;
mod names;
mod source;
mod write;

pub(super) use expression::mentions;
pub(super) use names::key;
pub use write::write;

use super::document_part::DocumentPart;
use super::error::ReadError;
use super::foreign::{Assumption, Reading, Scaling, open};
use super::limits::Limits;
use super::never_negative::Assumed;
use super::reader::{ImportResult, Reader, Warning};
use super::writer::Writer;
use super::xml;
use crate::model::{ForeignFormat, Id, IdSource};

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
        DocumentPart::Title,
        DocumentPart::Names,
        DocumentPart::Stocks,
        DocumentPart::Polarity,
        DocumentPart::Delay,
        DocumentPart::Remarks,
        DocumentPart::Positions,
        DocumentPart::Bends,
        DocumentPart::Notes,
    ],
    write: |drawing| write(drawing.document()),
};

/// What the equations of a text prove if no quantity is ever negative; none where it cannot be read.
pub(super) fn assumed(text: &str, seed: Id) -> Option<Assumed> {
    let mended = xml::mended(text).map(|(mended, _)| mended);
    let document = xml::parse(mended.as_deref().unwrap_or(text), &Limits::STANDARD).ok()?;
    let source = source::Source::of(text, &document).ok()?;
    let drawn = draw::drawing(&source, Scaling::Least, Reading::Whole);
    let base = drawn.drawing.base(seed).ok()?;
    let keys = drawn
        .drawing
        .variables
        .iter()
        .map(|drawn| drawn.key.clone());
    let links = base.links.iter().zip(&drawn.links);
    let unsigned = links.filter(|(_, origin)| origin.says_polarity());
    Some(Assumed {
        keys: base.variables.into_iter().zip(keys).collect(),
        slopes: drawn.causes.slopes(Assumption::NeverNegative),
        unsigned: unsigned.map(|(id, _)| *id).collect(),
    })
}

/// Reads a model.
///
/// # Errors
/// It is too large, no well-formed XML, or no XMILE.
pub fn read(text: &str, ids: &mut IdSource) -> Result<ImportResult, ReadError> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let limit = Limits::STANDARD.bytes;
    if text.len() > limit {
        let bytes = text.len();
        return Err(ReadError::TooLarge { bytes, limit });
    }
    let (mended, prefixes) = xml::mended(text).unzip();
    let document = xml::parse(mended.as_deref().unwrap_or(text), &Limits::STANDARD)?;
    let source = source::Source::of(text, &document)?;
    let mut drawn = draw::drawing(&source, Scaling::Fitted, Reading::Whole);
    if let Some(prefixes) = prefixes {
        let prefixes = Vec::from_iter(prefixes).join(", ");
        drawn.drawing.warnings.push(Warning::note(format!(
            "the file uses prefixes that it does not declare ({prefixes}), and was read all the same; \
             other programs may refuse it"
        )));
    }
    open(ForeignFormat::Xmile, text, &drawn.drawing, ids)
}
