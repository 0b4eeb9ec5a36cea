//! The native format: versioned JSON, one record a line. `docs/format.md` describes it.

mod header;
mod lists;
mod read;
mod write;

pub use header::{FORMAT, PATCH_FORMAT, VERSION};
pub use read::{read, read_within};
pub use write::write;

pub(super) use header::version_of;
pub(super) use lists::position_of_flaw;

use super::document_part::DocumentPart;
use super::export::Export;
use super::reader::Reader;
use super::writer::Writer;

/// The line of the table of readers.
pub const READER: Reader = Reader {
    name: "a Loopstream file",
    recognises,
    read: |text, _ids| read(text),
};

/// The line of the table of writers.
pub(super) const WRITER: Writer = Writer {
    key: "loopstream",
    name: "Loopstream file",
    purpose: "To open here again, with everything.",
    ending: "loopstream.json",
    media_type: "application/json",
    carries: &DocumentPart::ALL,
    write: |drawing| Export {
        text: write(drawing.document()),
        warnings: Vec::new(),
    },
};

/// Whether the text says that it is of this format, even if it is damaged elsewhere.
fn recognises(text: &str) -> bool {
    let mut rest = text;
    while let Some(at) = rest.find("\"format\"") {
        rest = rest[at + "\"format\"".len()..].trim_start();
        let value = rest.strip_prefix(':').map(str::trim_start);
        if value.is_some_and(|value| value.starts_with("\"loopstream\"")) {
            return true;
        }
    }
    false
}
