//! The native file format as the store wants it.

use crate::format::{self, ReadError};
use crate::model::{Document, Patch};
use crate::store::{DocumentCodec, Unreadable};

/// The native file format, for documents and patches that are kept.
#[derive(Clone, Copy, Debug)]
pub struct NativeFormat;

impl DocumentCodec for NativeFormat {
    fn write_document(&self, document: &Document) -> String {
        format::json::write(document)
    }

    fn read_document(&self, text: &str) -> Result<Document, Unreadable> {
        format::json::read(text)
            .map(|opened| opened.document)
            .map_err(|e| unreadable(&e))
    }

    fn write_patch(&self, patch: &Patch) -> String {
        format::write_patch(patch)
    }

    fn read_patch(&self, text: &str) -> Result<Patch, Unreadable> {
        format::read_patch(text).map_err(|e| unreadable(&e))
    }
}

fn unreadable(error: &ReadError) -> Unreadable {
    match error {
        ReadError::Newer { .. } => Unreadable::Newer(error.to_string()),
        _ => Unreadable::Damaged(error.to_string()),
    }
}
