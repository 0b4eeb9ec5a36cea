//! A file of any kind: a picture that carries a document, or a text.

use super::png::{self, PictureError};
use super::reader::Opened;
use super::{OpenError, open_text};
use crate::model::IdSource;

/// Opens a file, whatever it is called, by its content.
///
/// # Errors
/// It is of no known format, or cannot be read.
pub fn open_bytes(bytes: &[u8], ids: &mut IdSource) -> Result<Opened, OpenFileError> {
    if png::is_png(bytes) {
        return Ok(open_text(&png::text_of(bytes)?, ids)?);
    }
    Ok(open_text(&String::from_utf8_lossy(bytes), ids)?)
}

/// Why a file cannot be opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenFileError {
    /// It is a picture without a document.
    #[error(transparent)]
    Picture(#[from] PictureError),
    /// What it holds cannot be opened.
    #[error(transparent)]
    Text(#[from] OpenError),
}
