//! Graphviz graphs in the DOT language (graphviz.org/doc/info/lang.html).

//!
//! Written is a directed graph, a statement a line. Read is the whole language: labels are names,
//! `+`, `-`, `?` and `//` beside an arrow are polarity and delay and other words there its remark,
//! tooltips are remarks, notes that no edge touches are notes. A box is a stock where the shape of
//! nodes is `plaintext`, since there a box means something. How things look is left out.

mod lex;
mod parse;
mod read;
mod texts;
mod write;

use super::document_part::DocumentPart;
use super::error::ReadError;
use super::limits::Limits;
use super::reader::{ImportResult, Reader};
use super::writer::Writer;
use crate::model::IdSource;

pub use write::dot;

/// The line of the table of readers.
pub(super) const READER: Reader = Reader {
    name: "a Graphviz graph",
    recognises,
    read,
};

/// Whether it begins as a graph does, comments aside.
fn recognises(text: &str) -> bool {
    use lex::Kind;
    let mut lexer = lex::Lexer::new(text);
    let mut word = || match lexer.next_token() {
        Ok(Some(token)) => Some(token.kind),
        _ => None,
    };
    let is = |kind: &Option<Kind<'_>>, expected: &str| matches!(kind, Some(Kind::Word(found)) if found.eq_ignore_ascii_case(expected));
    let mut next = word();
    if is(&next, "strict") {
        next = word();
    }
    if !is(&next, "graph") && !is(&next, "digraph") {
        return false;
    }
    // The name of the graph may be left out.
    match word() {
        Some(Kind::Sign(b'{')) => true,
        Some(Kind::Word(_) | Kind::Quoted(_) | Kind::Html(_)) => word() == Some(Kind::Sign(b'{')),
        _ => false,
    }
}

/// Reads a graph.
///
/// # Errors
/// It is not DOT; the error says where.
pub fn read(text: &str, ids: &mut IdSource) -> Result<ImportResult, ReadError> {
    read_within(text, &Limits::STANDARD, ids)
}

/// Reads a graph within other limits than those of files.
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
    key: "dot",
    name: "Graphviz DOT",
    purpose: "For Graphviz and whatever reads its language.",
    ending: "dot",
    media_type: "text/vnd.graphviz",
    carries: &[
        DocumentPart::Title,
        DocumentPart::Names,
        DocumentPart::Stocks,
        DocumentPart::Polarity,
        DocumentPart::Delay,
        DocumentPart::Remarks,
        DocumentPart::LinkRemarks,
        DocumentPart::Notes,
        DocumentPart::Streams,
    ],
    write: |drawing| dot(drawing.document()),
};
