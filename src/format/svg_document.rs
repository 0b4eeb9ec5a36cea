//! The document inside of an SVG picture that Loopstream exported. Of the picture nothing is read.

use super::error::{Fault, Position, ReadError};
use super::json;
use super::limits::Limits;
use super::reader::{ImportResult, Reader};
use super::svg::{DOCUMENT_ELEMENT, DOCUMENT_NAMESPACE};
use crate::model::IdSource;

/// The line of the table of readers.
pub(super) const READER: Reader = Reader {
    name: "an SVG picture of Loopstream",
    recognises,
    read,
};

/// Whether the text is an SVG picture with a document, even if it is damaged elsewhere.
fn recognises(text: &str) -> bool {
    text.trim_start_matches('\u{FEFF}')
        .trim_start()
        .starts_with('<')
        && text.contains("<svg")
        && text.contains(DOCUMENT_NAMESPACE)
}

fn read(text: &str, ids: &mut IdSource) -> Result<ImportResult, ReadError> {
    let limits = Limits::STANDARD;
    if text.len() > limits.bytes {
        return Err(ReadError::TooLarge {
            bytes: text.len(),
            limit: limits.bytes,
        });
    }
    // Documents with a DTD are refused, and with it entities that grow.
    let options = roxmltree::ParsingOptions {
        allow_dtd: false,
        nodes_limit: u32::try_from(limits.values).unwrap_or(u32::MAX),
        ..roxmltree::ParsingOptions::default()
    };
    let tree = roxmltree::Document::parse_with_options(text, options).map_err(|error| {
        let at = error.pos();
        ReadError::Syntax(Fault {
            message: "the picture is damaged: its XML cannot be read".to_owned(),
            position: Some(Position {
                line: at.row as usize,
                column: at.col as usize,
            }),
        })
    })?;
    let embedded = tree
        .descendants()
        .find(|node| node.has_tag_name((DOCUMENT_NAMESPACE, DOCUMENT_ELEMENT)));
    let Some(embedded) = embedded else {
        return Err(ReadError::OtherFormat(Fault {
            message: "there is no diagram in this picture".to_owned(),
            position: None,
        }));
    };
    (json::READER.read)(embedded.text().unwrap_or_default(), ids)
}
