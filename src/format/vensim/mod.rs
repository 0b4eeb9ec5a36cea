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

mod causes;
mod comments;
mod derive;
mod draw;
mod ends;
mod equations;
pub(super) mod expression;
mod lost;
mod names;
mod sketch;
mod source;
mod write;

pub(super) use names::key;
pub use write::write;

use super::carried::Carried;
use super::error::ReadError;
use super::foreign::{Scaling, open};
use super::limits::Limits;
use super::reader::{Opened, Reader};
use super::writer::Writer;
use crate::model::{ForeignFormat, IdSource};

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
    purpose: "For Vensim; a model that came from there keeps its equations.",
    ending: "mdl",
    media_type: "text/plain",
    carries: &[
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
/// It is too large, or has neither variables nor equations.
pub fn read(text: &str, ids: &mut IdSource) -> Result<Opened, ReadError> {
    let limit = Limits::STANDARD.bytes;
    if text.len() > limit {
        let bytes = text.len();
        return Err(ReadError::TooLarge { bytes, limit });
    }
    let source = source::Source::of(text);
    let drawing = draw::drawing(&source, Scaling::Fitted)?;
    open(ForeignFormat::Vensim, text, &drawing.drawing, ids)
}
