//! The text in a file of any kind: a picture that carries a document, or a text in some encoding.

use super::decode::{DecodeError, decode};
use super::png::{self, PictureError};

/// The text in a file, whatever the file is called.
///
/// # Errors
/// It is a picture without a document, or a damaged one, or no text.
pub fn text_of_file(bytes: &[u8]) -> Result<String, FileError> {
    if png::is_png(bytes) {
        return Ok(png::text_of(bytes)?);
    }
    Ok(decode(bytes)?)
}

/// Why a file has no text to be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// It is a picture without a document.
    #[error(transparent)]
    Picture(#[from] PictureError),
    /// It is no text.
    #[error(transparent)]
    Text(#[from] DecodeError),
}
