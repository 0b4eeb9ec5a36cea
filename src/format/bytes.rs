//! The text in a file of any kind: a picture that carries a document, or a text in some encoding.

use super::decode::{DecodeError, Encoding, decode, encoding_of};
use super::png::{self, PictureError};

/// The text of a file, and how it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileText {
    /// The text.
    pub text: String,
    /// In which encoding its bytes are; that of a picture's text is UTF-8.
    pub encoding: Encoding,
}

/// What decodes bytes in an encoding that needs a large table, as browsers do by its label; none
/// where it cannot.
pub type DecodeWith = fn(label: &str, bytes: &[u8]) -> Option<String>;

/// The text in a file, whatever the file is called.
///
/// # Errors
/// It is a picture without a document, or a damaged one, or no text.
pub fn text_of_file(bytes: &[u8], decode_with: DecodeWith) -> Result<FileText, FileError> {
    if png::is_png(bytes) {
        return Ok(FileText {
            text: png::text_of(bytes)?,
            encoding: Encoding::Utf8,
        });
    }
    let encoding = encoding_of(bytes);
    if encoding == Encoding::ShiftJis
        && let Some(text) = decode_with("shift_jis", bytes)
    {
        return Ok(FileText { text, encoding });
    }
    let text = decode(bytes)?;
    // Without the table its letters are others than they were, and the note says so.
    let encoding = match encoding {
        Encoding::ShiftJis => Encoding::Windows1252,
        other => other,
    };
    Ok(FileText { text, encoding })
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Stands for a browser that knows the encoding.
    fn knows(label: &str, bytes: &[u8]) -> Option<String> {
        (label == "shift_jis").then(|| format!("{} bytes", bytes.len()))
    }

    #[test]
    fn an_encoding_with_a_large_table_is_the_browsers() {
        // Two words in katakana and kanji.
        let bytes = b"a = \x83e\x83X\x83g + \x90l\x8c\xfb";
        let read = text_of_file(bytes, knows).unwrap();
        assert_eq!(read.encoding, Encoding::ShiftJis);
        assert_eq!(read.text, "17 bytes");
        let read = text_of_file(bytes, |_, _| None).unwrap();
        assert_eq!(read.encoding, Encoding::Windows1252);
        assert!(read.encoding.note().unwrap().contains("save it as UTF-8"));
        let read = text_of_file("\u{fc}".as_bytes(), knows).unwrap();
        assert_eq!((read.text.as_str(), read.encoding.note()), ("\u{fc}", None));
    }
}
