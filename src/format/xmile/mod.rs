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
mod corners;
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
pub(super) use write::told;
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
    purpose: "For Stella and other programs of system dynamics; equations, units and tables go along.",
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
        DocumentPart::Equations,
    ],
    write: |drawing| write(drawing.document()),
};

/// What the equations of a text prove if no quantity is ever negative; none where it cannot be read.
pub(super) fn assumed(text: &str, seed: Id) -> Option<Assumed> {
    let mended = xml::mended(text).map(|(mended, _)| mended);
    let document = xml::parse(mended.as_deref().unwrap_or(text), &Limits::STANDARD).ok()?;
    let source = source::Source::of(text, &document).ok()?;
    let drawn = draw::drawing(
        &source,
        Scaling::Least,
        Reading::of(seed).max(Reading::Whole),
    );
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
    let mut drawn = draw::drawing(&source, Scaling::Fitted, Reading::NOW);
    if let Some(prefixes) = prefixes {
        let prefixes = Vec::from_iter(prefixes).join(", ");
        drawn.drawing.warnings.push(Warning::note(format!(
            "the file uses prefixes that it does not declare ({prefixes}), and was read all the same; \
             other programs may refuse it"
        )));
    }
    open(ForeignFormat::Xmile, text, &drawn.drawing, ids)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::{Edit, Patch, Polarity, SourceText, VariableKind, pipe_of};

    /// A flow whose connector says otherwise than its stock, and one from a stock to itself.
    const TEXT: &str = "<xmile><model><variables>\
        <stock name=\"tub\"><eqn>9</eqn><inflow>tap</inflow><outflow>round</outflow><inflow>round</inflow></stock>\
        <stock name=\"pool\"><eqn>9</eqn></stock>\
        <flow name=\"tap\"><eqn>1</eqn></flow><flow name=\"round\"><eqn>2</eqn></flow></variables>\
        <views><view><stock x=\"200\" y=\"90\" name=\"tub\"/><stock x=\"200\" y=\"300\" name=\"pool\"/>\
        <flow x=\"90\" y=\"90\" name=\"tap\"/><flow x=\"300\" y=\"90\" name=\"round\"/>\
        <connector polarity=\"-\"><from>tap</from><to>tub</to></connector>\
        <connector polarity=\"-\"><from>tap</from><to>pool</to></connector></view></views></model></xmile>";

    fn opened(reading: Reading) -> crate::model::Document {
        let seed = reading.marked(Id::from_bits(7));
        let parsed = xml::parse(TEXT, &Limits::STANDARD).unwrap();
        let source = source::Source::of(TEXT, &parsed).unwrap();
        let drawn = draw::drawing(&source, Scaling::Fitted, reading);
        let mut document = drawn.drawing.base(seed).unwrap().document;
        let source_text = SourceText {
            format: ForeignFormat::Xmile,
            seed,
            text: TEXT.to_owned(),
        };
        let patch = Patch {
            source_text: Some((None, Some(Arc::new(source_text)))),
            ..Patch::default()
        };
        document.apply(&patch).unwrap();
        document
    }

    #[test]
    fn documents_that_were_opened_before_are_written_as_they_were() {
        for reading in [Reading::Pictured, Reading::Whole, Reading::Flowing] {
            let mut document = opened(reading);
            assert_eq!(write(&document).text, TEXT, "{reading:?}");
            let mut edit = Edit::new(&document);
            let mut variables = document.variables().iter();
            let (id, _) = variables.find(|(_, one)| one.name == "pool").unwrap();
            edit.change(*id, |element| {
                element.placement_mut().unwrap().position.y += 50.0;
            });
            let patch = edit.finish();
            document.apply(&patch).unwrap();
            let written = write(&document).text;
            let moved = TEXT.replace("y=\"300\"", "y=\"325\"");
            assert_eq!(written, moved, "{reading:?}");
        }
    }

    #[test]
    fn what_flows_is_a_rate_with_a_pipe_now() {
        let flows = |reading| {
            let document = opened(reading);
            let of = |name: &str| {
                let mut variables = document.variables().iter();
                let (id, variable) = variables.find(|(_, one)| one.name == name).unwrap();
                let pipe = pipe_of(&document, *id);
                let ends = (pipe.from.is_some(), pipe.to.is_some());
                (variable.kind, ends)
            };
            let links = document.links().values();
            let signs = links.filter(|link| link.polarity != Polarity::Unknown);
            ([of("tap"), of("round")], signs.count())
        };
        let plain = (VariableKind::Plain, (false, false));
        assert_eq!(flows(Reading::Whole), ([plain, plain], 3));
        let tap = (VariableKind::Rate, (false, true));
        let round = (VariableKind::Rate, (true, true));
        assert_eq!(flows(Reading::Flowing), ([tap, round], 3));
    }
}
