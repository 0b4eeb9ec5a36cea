//! Vensim's model text (`.mdl`), in and out.
//!
//! A text has, as Vensim's reference manual says (vensim.com/documentation, ".mdl Model Files"):
//!
//! - perhaps a mark of its encoding, `{UTF-8}`;
//! - equations, each `name = expression ~ units ~ comment |`; groups and macros among them;
//! - for each view a line that begins with `\\\---///`, a version (`V300`, `V364`, old `V160`),
//!   `*name of the view`, a line `$` of fonts, and objects, one a line: `10` a variable, `11` a valve,
//!   `12` a comment, `1` an arrow with the character code of its polarity and the point it passes;
//! - after `///---\\\` settings, one a line.
//!
//! The text is kept with the document. What is written is that text with the changes since; a
//! document that has no such text is written into an empty model.

mod arrows;
mod binary;
mod causes;
mod comments;
mod corners;
mod derive;
mod draw;
mod ends;
mod equations;
pub(super) mod expression;
mod losses;
mod names;
mod sketch;
mod source;
mod translate;
mod write;

pub use binary::binary_warning;
pub(super) use names::key;
pub(super) use write::told;
pub use write::write;

use std::collections::BTreeSet;

use super::document_part::DocumentPart;
use super::error::ReadError;
use super::foreign::{Assumption, Reading, Scaling, open};
use super::limits::Limits;
use super::never_negative::Assumed;
use super::reader::{ImportResult, Reader};
use super::writer::Writer;
use crate::model::{ForeignFormat, Id, IdSource};

/// The line of the table of readers.
pub(super) const READER: Reader = Reader {
    name: "a Vensim model",
    recognises: source::recognises,
    read,
};

/// The line of the table of writers.
pub(super) const WRITER: Writer = Writer {
    key: "vensim",
    name: "Vensim model",
    purpose: "For Vensim; equations, units and tables go along.",
    ending: "mdl",
    media_type: "text/plain",
    carries: &[
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
    let source = source::Source::of(text);
    let drawn = draw::drawing(
        &source,
        Scaling::Least,
        Reading::of(seed).max(Reading::Whole),
    )
    .ok()?;
    let base = drawn.drawing.base(seed).ok()?;
    let keys = drawn
        .drawing
        .variables
        .iter()
        .map(|drawn| drawn.key.clone());
    Some(Assumed {
        keys: base.variables.into_iter().zip(keys).collect(),
        slopes: drawn.causes.slopes(Assumption::NeverNegative),
        unsigned: BTreeSet::new(),
    })
}

/// Reads a model.
///
/// # Errors
/// It is too large, or has neither variables nor equations.
pub fn read(text: &str, ids: &mut IdSource) -> Result<ImportResult, ReadError> {
    let limit = Limits::STANDARD.bytes;
    if text.len() > limit {
        let bytes = text.len();
        return Err(ReadError::TooLarge { bytes, limit });
    }
    let source = source::Source::of(text);
    let drawing = draw::drawing(&source, Scaling::Fitted, Reading::NOW)?;
    open(ForeignFormat::Vensim, text, &drawing.drawing, ids)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::{Edit, Patch, SourceText, VariableKind};

    /// What is read otherwise now: texts that arrows join, an arrow to a valve without a name, one
    /// for what something begins with, and a cause that is not drawn.
    const TEXT: &str = "{UTF-8}
a= INTEG ( -b*a, c) ~~|
b= SMOOTH(a, 3) ~~|
c= 3 ~~|
\\\\\\---/// Sketch
V300
*View 1
$fonts
10,1,a,100,100,40,20,3,3,0,0,0,0,0,0
10,2,b,300,100,40,11,8,3,0,0,0,0,0,0
10,3,c,100,200,40,11,8,3,0,0,0,0,0,0
11,4,0,200,100,6,8,2,3,0,0,1,0,0,0
12,5,0,300,300,40,11,8,7,0,0,-1,0,0,0
weather
12,6,0,400,300,40,11,8,7,0,0,-1,0,0,0
mood
1,7,4,1,100,0,0,22,0,192,0,-1--1--1,,1|(150,100)|
1,8,2,4,0,0,43,0,0,192,0,-1--1--1,,1|(0,0)|
1,9,3,1,0,0,0,0,0,64,1,-1--1--1,,1|(0,0)|
1,10,5,6,0,0,43,0,0,64,0,-1--1--1,,1|(0,0)|
///---\\\\\\
";

    #[test]
    fn documents_that_were_opened_before_are_written_as_they_were() {
        let seed = Id::from_bits(7);
        assert_eq!(Reading::of(seed), Reading::Pictured);
        for (reading, variables, links) in [
            (Reading::Pictured, 3, 1),
            (Reading::Whole, 5, 4),
            (Reading::Flowing, 5, 4),
        ] {
            let seed = reading.marked(seed);
            assert_eq!(Reading::of(seed), reading);
            as_it_was(reading, seed, (variables, links));
        }
        let now = read(TEXT, &mut IdSource::new(3)).unwrap().document;
        assert_eq!((now.variables().len(), now.links().len()), (5, 4));
        let seed = now.source_text().as_ref().unwrap().seed;
        assert_eq!(Reading::of(seed), Reading::NOW);
        assert_eq!(write(&now).text, TEXT);
    }

    #[test]
    fn what_flows_was_a_plain_variable_before() {
        let text = TEXT.replace("INTEG ( -b*a, c)", "INTEG ( -b, c)");
        let source = source::Source::of(&text);
        let kinds = |reading| {
            let drawn = draw::drawing(&source, Scaling::Fitted, reading).unwrap();
            let variables = drawn.drawing.variables.iter();
            let rates = variables.filter(|drawn| drawn.kind == VariableKind::Rate);
            rates.map(|drawn| drawn.key.clone()).collect::<Vec<_>>()
        };
        assert!(kinds(Reading::Whole).is_empty());
        assert_eq!(kinds(Reading::Flowing), ["b"]);
    }

    fn as_it_was(reading: Reading, seed: Id, counts: (usize, usize)) {
        let source = source::Source::of(TEXT);
        let drawn = draw::drawing(&source, Scaling::Fitted, reading).unwrap();
        let mut document = drawn.drawing.base(seed).unwrap().document;
        assert_eq!((document.variables().len(), document.links().len()), counts);
        let source_text = SourceText {
            format: ForeignFormat::Vensim,
            seed,
            text: TEXT.to_owned(),
        };
        document
            .apply(&Patch {
                source_text: Some((None, Some(Arc::new(source_text)))),
                ..Patch::default()
            })
            .unwrap();
        assert_eq!(write(&document).text, TEXT);
        // A change leaves the rest as it was, too.
        let mut edit = Edit::new(&document);
        let mut variables = document.variables().iter();
        let (constant, _) = variables.find(|(_, one)| one.name == "c").unwrap();
        let first = document.notes().keys().next().unwrap_or(constant);
        edit.change(*first, |element| {
            element.placement_mut().unwrap().position.x += 60.0;
        });
        let patch = edit.finish();
        document.apply(&patch).unwrap();
        let written = write(&document).text;
        let changed = written.lines().zip(TEXT.lines());
        assert_eq!(
            changed.filter(|(one, other)| one != other).count(),
            1,
            "{written}"
        );
    }
}
