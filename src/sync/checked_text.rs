//! Bytes as a short text that people pass on: what was lost on the way is told.
//!
//! The text is base64url without padding (RFC 4648, section 5) of: how many bytes there are (two
//! bytes, the greater first), the bytes, and the lower three bytes of their CRC-32.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;

/// How many bytes stand before the others.
const HEAD: usize = 2;
/// How many bytes stand after them.
const SUM: usize = 3;
/// The letters of the head, and a part of the next byte.
const LETTERS_OF_HEAD: usize = 4;

/// Why a text is not what was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TextFault {
    /// It is shorter than it says.
    Short,
    /// Letters of it are others, or there are more.
    Changed,
}

/// The text of at most 65,535 bytes.
pub(super) fn write(bytes: &[u8]) -> String {
    let length = u16::try_from(bytes.len()).unwrap_or(u16::MAX);
    let mut whole = length.to_be_bytes().to_vec();
    whole.extend(bytes);
    whole.extend(sum(bytes));
    BASE64_URL_SAFE_NO_PAD.encode(whole)
}

/// The bytes of a text. Spaces and line breaks in it do not count: programs of mail make them.
pub(super) fn read(text: &str) -> Result<Vec<u8>, TextFault> {
    let letters: Vec<u8> = text
        .bytes()
        .filter(|letter| !letter.is_ascii_whitespace())
        .collect();
    let head = letters.get(..LETTERS_OF_HEAD).ok_or(TextFault::Short)?;
    let length = match decoded(head)?.as_slice() {
        [high, low, ..] => usize::from(u16::from_be_bytes([*high, *low])),
        _ => return Err(TextFault::Short),
    };
    // Four letters for three bytes.
    if letters.len() < ((HEAD + length + SUM) * 4).div_ceil(3) {
        return Err(TextFault::Short);
    }
    let whole = decoded(&letters)?;
    let rest = whole.get(HEAD..).ok_or(TextFault::Short)?;
    let (bytes, told) = rest.split_at_checked(length).ok_or(TextFault::Short)?;
    (told == sum(bytes))
        .then(|| bytes.to_vec())
        .ok_or(TextFault::Changed)
}

fn decoded(letters: &[u8]) -> Result<Vec<u8>, TextFault> {
    BASE64_URL_SAFE_NO_PAD
        .decode(letters)
        .map_err(|_| TextFault::Changed)
}

fn sum(bytes: &[u8]) -> [u8; SUM] {
    let [_, sum @ ..] = crc32fast::hash(bytes).to_be_bytes();
    sum
}
