//! A document inside a PNG picture, as compressed international text (chunk `iTXt`).
//!
//! The layout is that of the PNG specification (W3C, third edition, 2025): a signature, then
//! chunks of length, kind, content and CRC. What stands in chunks of other kinds is left alone.

use miniz_oxide::deflate::compress_to_vec_zlib;
use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;

use super::limits::Limits;

/// What is opened, with its article, to stand in a list.
pub(super) const NAME: &str = "a PNG picture of Loopstream";

const SIGNATURE: &[u8; 8] = b"\x89PNG\r\n\x1a\n";
/// The kind of the chunk that a picture begins with.
const HEADER: &[u8; 4] = b"IHDR";
/// The kind of chunk that text of all scripts stands in.
const TEXT: &[u8; 4] = b"iTXt";
/// What the text is called in the chunk.
const KEYWORD: &[u8] = b"Loopstream document";
/// Length, kind and CRC of a chunk, in bytes.
const AROUND: usize = 12;

/// Why a picture does not give a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// It has none.
    #[error(
        "there is no diagram in this picture: only pictures that were exported from Loopstream \
         carry one, and many programs take it out when they store or send a picture"
    )]
    NoDocument,
    /// It is cut off or was changed.
    #[error("the picture is damaged: a part of it is missing or was changed")]
    Damaged,
    /// The document would be larger than can be read.
    #[error("the diagram in this picture is larger than can be read")]
    TooLarge,
}

/// Whether bytes are a PNG picture.
#[must_use]
pub fn is_png(bytes: &[u8]) -> bool {
    bytes.starts_with(SIGNATURE)
}

/// The picture with a text in it, in place of one that it had.
///
/// # Errors
/// It is no picture, or is damaged.
pub fn with_text(picture: &[u8], text: &str) -> Result<Vec<u8>, PictureError> {
    /// The slowest and smallest of zlib's levels.
    const LEVEL: u8 = 9;
    let mut content = KEYWORD.to_vec();
    // End of the keyword; compressed; by zlib; no language; no translated keyword.
    content.extend([0, 1, 0, 0, 0]);
    content.extend(compress_to_vec_zlib(text.as_bytes(), LEVEL));
    let mut out = SIGNATURE.to_vec();
    let mut chunks = chunks(picture)?;
    // The first is the header, and nothing may come before it.
    let header = chunks.next().ok_or(PictureError::Damaged)??;
    if header.kind != HEADER {
        return Err(PictureError::Damaged);
    }
    header.write(&mut out);
    let embedded = Chunk {
        kind: TEXT,
        content: &content,
    };
    embedded.write(&mut out);
    for chunk in chunks {
        let chunk = chunk?;
        if chunk.embedded().is_none() {
            chunk.write(&mut out);
        }
    }
    Ok(out)
}

/// Whether there is a text in a picture, whatever it says.
#[must_use]
pub fn has_text(picture: &[u8]) -> bool {
    let mut chunks = chunks(picture).into_iter().flatten().map_while(Result::ok);
    chunks.any(|chunk| chunk.embedded().is_some())
}

/// The text in a picture.
///
/// # Errors
/// It has none, is damaged, or its text is too large.
pub fn text_of(picture: &[u8]) -> Result<String, PictureError> {
    for chunk in chunks(picture)? {
        if let Some(packed) = chunk?.embedded() {
            return unpacked(packed);
        }
    }
    Err(PictureError::NoDocument)
}

fn unpacked(packed: &[u8]) -> Result<String, PictureError> {
    let bytes =
        decompress_to_vec_zlib_with_limit(packed, Limits::STANDARD.bytes).map_err(|error| {
            use miniz_oxide::inflate::TINFLStatus;
            match error.status {
                TINFLStatus::HasMoreOutput => PictureError::TooLarge,
                _ => PictureError::Damaged,
            }
        })?;
    String::from_utf8(bytes).map_err(|_| PictureError::Damaged)
}

/// One part of a picture.
struct Chunk<'a> {
    kind: &'a [u8],
    content: &'a [u8],
}

impl<'a> Chunk<'a> {
    /// The packed text, if it is ours.
    fn embedded(&self) -> Option<&'a [u8]> {
        let rest = self.content.strip_prefix(KEYWORD)?;
        let rest = rest.strip_prefix(&[0, 1, 0])?;
        // A language and a translation, each to its end.
        let mut parts = rest.splitn(3, |byte| *byte == 0);
        let _ = (parts.next()?, parts.next()?);
        (self.kind == TEXT).then(|| parts.next())?
    }

    fn write(&self, out: &mut Vec<u8>) {
        // Chunks that were read have a length of 32 bits, and texts are far shorter.
        let length = u32::try_from(self.content.len()).unwrap_or(u32::MAX);
        out.extend(length.to_be_bytes());
        out.extend(self.kind);
        out.extend(self.content);
        out.extend(self.checksum().to_be_bytes());
    }

    fn checksum(&self) -> u32 {
        let mut hasher = crc32fast::Hasher::new();
        hasher.update(self.kind);
        hasher.update(self.content);
        hasher.finalize()
    }
}

/// The chunks of a picture, up to its end.
fn chunks(
    picture: &[u8],
) -> Result<impl Iterator<Item = Result<Chunk<'_>, PictureError>>, PictureError> {
    let mut rest = picture
        .strip_prefix(SIGNATURE)
        .ok_or(PictureError::NoDocument)?;
    let mut failed = false;
    Ok(std::iter::from_fn(move || {
        if rest.is_empty() || failed {
            return None;
        }
        let Some((chunk, after)) = first_chunk(rest) else {
            failed = true;
            return Some(Err(PictureError::Damaged));
        };
        // What follows the end is no part of the picture.
        rest = if chunk.kind == b"IEND" { &[] } else { after };
        Some(Ok(chunk))
    }))
}

/// The first chunk, and what follows; none if it is cut off or was changed.
fn first_chunk(bytes: &[u8]) -> Option<(Chunk<'_>, &[u8])> {
    let length = u32::from_be_bytes(bytes.get(..4)?.try_into().ok()?);
    let end = usize::try_from(length).ok()?.checked_add(AROUND)?;
    let (chunk, after) = bytes.split_at_checked(end)?;
    let (content, sum) = chunk[4..].split_at(end - 8);
    let (kind, content) = content.split_at(4);
    let chunk = Chunk { kind, content };
    (chunk.checksum().to_be_bytes() == *sum).then_some((chunk, after))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A picture of one white pixel, made with the `zlib` and `struct` modules of Python.
    const PIXEL: &[u8] = b"\x89PNG\r\n\x1a\n\
        \0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0\x3a\x7e\x9b\x55\
        \0\0\0\nIDATx\xdac\xf8\x0f\0\x01\x01\x01\0\x1c\xb0\x8c\x99\
        \0\0\0\0IEND\xae\x42\x60\x82";

    #[test]
    fn a_picture_without_a_document_says_so() {
        assert_eq!(text_of(PIXEL), Err(PictureError::NoDocument));
        assert_eq!(text_of(b"GIF89a"), Err(PictureError::NoDocument));
    }

    #[test]
    fn a_picture_that_begins_otherwise_is_damaged() {
        let headless = [&PIXEL[..8], &PIXEL[33..]].concat();
        assert_eq!(with_text(&headless, "one"), Err(PictureError::Damaged));
    }

    #[test]
    fn a_second_text_takes_the_place_of_the_first() {
        let once = with_text(PIXEL, "one").unwrap();
        let twice = with_text(&once, "another").unwrap();
        assert_eq!(text_of(&twice).unwrap(), "another");
        assert_eq!(twice, with_text(PIXEL, "another").unwrap());
    }

    #[test]
    fn a_bomb_does_not_go_off() {
        let large = " ".repeat(Limits::STANDARD.bytes + 1);
        let picture = with_text(PIXEL, &large).unwrap();
        assert!(picture.len() < 100_000);
        assert_eq!(text_of(&picture), Err(PictureError::TooLarge));
    }

    #[test]
    fn every_cut_and_every_flipped_bit_is_told() {
        let whole = with_text(PIXEL, "a diagram").unwrap();
        for end in SIGNATURE.len()..whole.len() {
            // All that comes before the end of the text must be there.
            if let Ok(text) = text_of(&whole[..end]) {
                assert_eq!(text, "a diagram");
            }
        }
        for index in SIGNATURE.len()..whole.len() {
            let mut flipped = whole.clone();
            flipped[index] ^= 0x10;
            if let Ok(text) = text_of(&flipped) {
                assert_eq!(text, "a diagram");
            }
        }
    }

    proptest! {
        #[test]
        fn a_text_comes_back(text in any::<String>()) {
            let picture = with_text(PIXEL, &text).unwrap();
            prop_assert!(is_png(&picture));
            prop_assert_eq!(text_of(&picture), Ok(text));
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let mut picture = SIGNATURE.to_vec();
            picture.extend(bytes);
            let _ = text_of(&picture);
        }
    }
}
