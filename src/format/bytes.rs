//! The text in a file of any kind: a picture that carries a document, or a text in some encoding.

use super::png::{self, PictureError};

/// The text in a file, whatever the file is called.
///
/// # Errors
/// It is a picture without a document, or a damaged one.
pub fn text_of_file(bytes: &[u8]) -> Result<String, PictureError> {
    if png::is_png(bytes) {
        return png::text_of(bytes);
    }
    Ok(String::from_utf8_lossy(bytes).into_owned())
}
