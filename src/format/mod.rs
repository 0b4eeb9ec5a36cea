//! Files and texts to documents and back: the native format and every import and export.
//!
//! To open one more format, write one file with a [`Reader`] and add it to [`READERS`]; to write one
//! more, a [`Writer`] and [`WRITERS`].

mod archive;
mod arrow_label;
mod bytes;
mod chart_svg;
pub mod csv;
mod decode;
mod document_part;
pub mod dot;
mod drawing;
mod drawn_links;
mod entities;
mod equation_causes;
mod error;
mod export;
mod fan_out;
mod file_name;
mod foreign;
mod format_guess;
mod graph_builder;
mod import_summary;
pub mod json;
pub mod kumu;
mod lenient_json;
mod limits;
pub mod link;
mod loop_name;
pub mod loopy;
pub mod mermaid;
mod names;
mod never_negative;
mod nodes;
mod patch_json;
pub mod png;
mod qr_code;
mod reader;
mod report;
pub mod sage;
pub mod sd_json;
mod stated;
mod step_picture;
mod story_page;
mod svg;
mod svg_document;
mod syntax;
pub mod table;
pub mod vensim;
mod words;
mod writer;
pub mod xmile;
pub(crate) mod xml;

pub use archive::{ArchiveError, archive};
pub use bytes::{DecodeWith, FileError, FileText, text_of_file};
pub use chart_svg::chart_svg;
pub use decode::{DecodeError, Encoding, decode};
pub use document_part::{DocumentPart, carries_words};
pub use drawing::Drawing;
pub use equation_causes::{EquationCause, equation_causes};
pub use error::{Fault, Faults, Position, ReadError};
pub use export::Export;
pub use file_name::{entitle, file_name};
pub use import_summary::OpeningReport;
pub use limits::Limits;
pub use never_negative::{OfferedSigns, REMARK as NEVER_NEGATIVE, signs_if_never_negative};
pub use patch_json::{read_patch, read_patch_within, write_patch};
pub use qr_code::{LONGEST_QR, qr_svg};
pub use reader::{ImportResult, Positions, Reader, Warning};
pub use report::escaped;
pub use stated::{ElementEquation, StatedEquation, equation_of, model_names, stated_equations};
pub use step_picture::{SLIDE, StepFrame, step_picture};
pub use svg::{Picture, svg};
pub use writer::Writer;

use crate::model::{Document, ForeignFormat, IdSource};

/// What can be opened, in the order in which a text is offered to them.
pub const READERS: &[Reader] = &[
    link::READER,
    svg_document::READER,
    json::READER,
    vensim::READER,
    xmile::READER,
    loopy::READER,
    sd_json::READER,
    kumu::READER,
    sage::READER,
    dot::READER,
    mermaid::READER,
    csv::READER,
];

/// What can be written, in the order in which people are offered it.
pub const WRITERS: &[Writer] = &[
    json::WRITER,
    svg::WRITER,
    report::WRITER,
    story_page::WRITER,
    vensim::WRITER,
    xmile::WRITER,
    mermaid::WRITER,
    dot::WRITER,
    csv::WRITER,
    loopy::WRITER,
    loopy::LINK_WRITER,
    kumu::WRITER,
    sd_json::WRITER,
];

/// The writer of that key.
#[must_use]
pub fn writer(key: &str) -> Option<&'static Writer> {
    WRITERS.iter().find(|writer| writer.key == key)
}

/// The text of the model that a document was opened with, with what has changed since: what would
/// be exported to that program. None of a document without such a text.
#[must_use]
pub fn model_text(document: &Document) -> Option<String> {
    let kept = document.source_text().as_ref()?;
    let export = match kept.format {
        ForeignFormat::Vensim => vensim::write(document),
        ForeignFormat::Xmile => xmile::write(document),
    };
    Some(export.text)
}

/// Why a text cannot be opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// It is of no format that can be opened.
    #[error("this seems to be {guess}, which cannot be opened")]
    Unknown {
        /// What it seems to be, with its article.
        guess: &'static str,
    },
    /// It is of a known format, but cannot be read.
    #[error("this seems to be {name}, but it cannot be read: {error}")]
    Unreadable {
        /// The format, with its article.
        name: &'static str,
        /// Why it cannot be read.
        error: ReadError,
    },
    /// It can be read, but nothing of what it has could be taken over.
    #[error("this seems to be {name}, but nothing of it can be drawn: {}", losses.join(" "))]
    Nothing {
        /// The format, with its article.
        name: &'static str,
        /// What was lost, in sentences but for the last full stop; one at least.
        losses: Vec<String>,
    },
}

/// The reader for a text, found by its content.
#[must_use]
pub fn sniff(text: &str) -> Option<&'static Reader> {
    let mut readers = READERS.iter();
    let found = readers.find(|reader| (reader.recognises)(text));
    // A file may have a link of ours or of LOOPY in a remark; in what is no file it is what was meant.
    let ours = || link::packed_within(text).map(|_| &link::READER);
    let loopy = || loopy::is_within(text).then_some(&loopy::READER);
    found.or_else(ours).or_else(loopy)
}

/// Opens a text of any format that can be opened.
///
/// # Errors
/// It is of no known format, cannot be read, or nothing of what it has can be drawn.
pub fn open_text(text: &str, ids: &mut IdSource) -> Result<ImportResult, OpenError> {
    let Some(reader) = sniff(text) else {
        return Err(OpenError::Unknown {
            guess: format_guess::guess_format(text),
        });
    };
    let name = reader.name;
    let opened = (reader.read)(text, ids);
    let opened = opened.map_err(|error| OpenError::Unreadable { name, error })?;
    if !opened.document.is_empty() {
        return Ok(opened);
    }
    // An empty diagram in place of what the text has would be taken for all of it.
    let mut losses = OpeningReport::of(name, &opened).losses;
    match losses.last_mut() {
        None => Ok(opened),
        Some(last) => {
            last.truncate(last.trim_end_matches('.').len());
            Err(OpenError::Nothing { name, losses })
        }
    }
}

/// What there is to say of a text that was opened.
#[must_use]
pub fn report_of(text: &str, opened: &ImportResult) -> OpeningReport {
    let name = sniff(text).map_or("a text", |reader| reader.name);
    OpeningReport::of(name, opened)
}

/// What can be opened, each with its article: the readers' texts, and the picture of bytes.
#[must_use]
pub fn openable() -> Vec<&'static str> {
    let names = READERS.iter().map(|reader| reader.name);
    names.chain([png::NAME]).collect()
}
