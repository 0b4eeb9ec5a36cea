//! The bytes of a file as text: the encodings that other programs have written in.

/// Why bytes are no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// It begins as UTF-16 does, but has an odd number of bytes.
    #[error("this seems to be text in UTF-16, but its last character is cut off")]
    CutOff,
    /// It begins as UTF-16 does, but has halves of characters.
    #[error("this seems to be text in UTF-16, but it has halves of characters")]
    Halves,
}

/// Windows-1252 where it differs from Latin-1, from 0x80 on (encoding.spec.whatwg.org,
/// "index-windows-1252"); what it leaves open stays a control character.
const WINDOWS_1252: [char; 32] = [
    '\u{20AC}', '\u{81}', '\u{201A}', '\u{192}', '\u{201E}', '\u{2026}', '\u{2020}', '\u{2021}',
    '\u{2C6}', '\u{2030}', '\u{160}', '\u{2039}', '\u{152}', '\u{8D}', '\u{17D}', '\u{8F}',
    '\u{90}', '\u{2018}', '\u{2019}', '\u{201C}', '\u{201D}', '\u{2022}', '\u{2013}', '\u{2014}',
    '\u{2DC}', '\u{2122}', '\u{161}', '\u{203A}', '\u{153}', '\u{9D}', '\u{17E}', '\u{178}',
];

/// The encodings that texts are read in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// What everything is written in.
    Utf8,
    /// With a byte order mark, or with evident zero bytes.
    Utf16,
    /// Japanese.
    ShiftJis,
    /// What everything is read in that is nothing else.
    Windows1252,
}

impl Encoding {
    /// What is to be told of a text that was written so, as a sentence.
    #[must_use]
    pub const fn note(self) -> Option<&'static str> {
        match self {
            Self::Utf8 => None,
            Self::Utf16 => Some("The text was in UTF-16; what is exported is in UTF-8."),
            Self::ShiftJis => Some("The text was in Shift-JIS; what is exported is in UTF-8."),
            Self::Windows1252 => Some(
                "The text is not in UTF-8 and was read as Windows-1252: if names are wrong, save it \
                 as UTF-8 in its own program and open it again. What is exported is in UTF-8.",
            ),
        }
    }
}

/// The encoding of a text.
#[must_use]
pub fn encoding_of(bytes: &[u8]) -> Encoding {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Encoding::Utf16;
    }
    if std::str::from_utf8(bytes).is_ok() || rejoined(bytes).is_some() {
        // Zero bytes are characters of UTF-8, too.
        return match evident_order(bytes) {
            Some(_) => Encoding::Utf16,
            None => Encoding::Utf8,
        };
    }
    match evident_order(bytes) {
        Some(_) => Encoding::Utf16,
        None if is_shift_jis(bytes) => Encoding::ShiftJis,
        None => Encoding::Windows1252,
    }
}

/// Whether bytes are Shift-JIS (encoding.spec.whatwg.org, "shift_jis") and can hardly be
/// Windows-1252: everything is valid, and some characters begin with a byte that is nothing in
/// Windows-1252, or a sign that hardly stands before a letter.
fn is_shift_jis(bytes: &[u8]) -> bool {
    let mut evident = false;
    let mut rest = bytes.iter();
    while let Some(byte) = rest.next() {
        match byte {
            0..=0x7F | 0xA1..=0xDF => {}
            0x81..=0x9F | 0xE0..=0xFC => {
                if !matches!(rest.next(), Some(0x40..=0x7E | 0x80..=0xFC)) {
                    return false;
                }
                evident |= matches!(
                    byte,
                    0x81..=0x83 | 0x86..=0x89 | 0x8D | 0x8F | 0x90 | 0x98 | 0x9D
                );
            }
            0x80 | 0xA0 | 0xFD..=0xFF => return false,
        }
    }
    evident
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    Little,
    Big,
}

/// The text of a file: UTF-8, UTF-16 with a byte order mark or with evident zero bytes, and whatever
/// is neither as Windows-1252, in which every byte stands for something. A byte order mark is left
/// out.
///
/// # Errors
/// It is UTF-16 that is damaged.
pub fn decode(bytes: &[u8]) -> Result<String, DecodeError> {
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => return Ok(of_utf_8(rest)),
        [0xFF, 0xFE, rest @ ..] => return of_utf_16(rest, Order::Little),
        [0xFE, 0xFF, rest @ ..] => return of_utf_16(rest, Order::Big),
        _ => {}
    }
    match evident_order(bytes) {
        Some(order) => of_utf_16(bytes, order),
        None => Ok(of_utf_8(bytes)),
    }
}

/// UTF-8, or else Windows-1252.
fn of_utf_8(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => {
            rejoined(bytes).unwrap_or_else(|| bytes.iter().copied().map(of_windows_1252).collect())
        }
    }
}

/// A Vensim text that says it is UTF-8, with the breaks of long lines (`\`, the end of the line, and
/// blanks) that stand between the bytes of a letter put behind that letter: Vensim breaks after so
/// many bytes. None where it is no such text, or no UTF-8 for another reason.
fn rejoined(bytes: &[u8]) -> Option<String> {
    const SAYS: &[u8] = b"{UTF-8}";
    let mut rest = bytes;
    rest.starts_with(SAYS).then_some(())?;
    let mut whole = Vec::with_capacity(bytes.len());
    loop {
        let error = match std::str::from_utf8(rest) {
            Ok(_) => break,
            Err(error) => error,
        };
        let (valid, after) = rest.split_at(error.valid_up_to());
        whole.extend_from_slice(valid);
        let length = match after.first()? {
            0xC2..=0xDF => 2,
            0xE0..=0xEF => 3,
            0xF0..=0xF4 => 4,
            _ => return None,
        };
        let begun = after.iter().position(|byte| *byte == b'\\')?;
        (begun < length).then_some(())?;
        let (letter, broken) = after.split_at(begun);
        let is_of_break = |byte: &u8| matches!(byte, b'\r' | b'\n' | b'\t' | b' ');
        let blanks = broken.iter().skip(1).take_while(|byte| is_of_break(byte));
        let (line_break, goes_on) = broken.split_at(1 + blanks.count());
        let is_break = matches!(line_break.get(1), Some(b'\r' | b'\n'));
        let missing = goes_on.get(..length - begun).filter(|_| is_break)?;
        let letter = [letter, missing].concat();
        std::str::from_utf8(&letter).ok()?;
        whole.extend_from_slice(&letter);
        whole.extend_from_slice(line_break);
        rest = &goes_on[length - begun..];
    }
    whole.extend_from_slice(rest);
    String::from_utf8(whole).ok()
}

fn of_windows_1252(byte: u8) -> char {
    let index = usize::from(byte).wrapping_sub(0x80);
    WINDOWS_1252.get(index).copied().unwrap_or(char::from(byte))
}

fn of_utf_16(bytes: &[u8], order: Order) -> Result<String, DecodeError> {
    let pairs = bytes.chunks_exact(2);
    if !pairs.remainder().is_empty() {
        return Err(DecodeError::CutOff);
    }
    let units = pairs.map(|pair| match (order, pair) {
        (Order::Little, [low, high]) => u16::from_le_bytes([*low, *high]),
        (Order::Big, [high, low]) => u16::from_be_bytes([*high, *low]),
        // A chunk has two bytes.
        _ => 0,
    });
    char::decode_utf16(units)
        .collect::<Result<String, _>>()
        .map_err(|_| DecodeError::Halves)
}

/// UTF-16 without its mark: of the first pairs, most have a zero in the same half, and hardly any in
/// the other.
fn evident_order(bytes: &[u8]) -> Option<Order> {
    const LOOKED_AT: usize = 64;
    let pairs = bytes.chunks_exact(2).take(LOOKED_AT);
    let count = pairs.len();
    let zeros = |half: usize| {
        let pairs = bytes.chunks_exact(2).take(LOOKED_AT);
        pairs.filter(|pair| pair.get(half) == Some(&0)).count()
    };
    let (first, second) = (zeros(0), zeros(1));
    let is_evident = |most: usize, few: usize| count > 1 && most * 2 > count && few * 8 <= most;
    if is_evident(second, first) {
        Some(Order::Little)
    } else if is_evident(first, second) {
        Some(Order::Big)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf_16(text: &str, bytes_of: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes_of).collect()
    }

    #[test]
    fn every_encoding_gives_the_same_text() {
        let text = "{\"Gr\u{f6}\u{df}e\": \"\u{4f60}\u{1F600}, as it is\"}";
        let mut marked = vec![0xEF, 0xBB, 0xBF];
        marked.extend(text.bytes());
        let mut little = vec![0xFF, 0xFE];
        little.extend(utf_16(text, u16::to_le_bytes));
        let mut big = vec![0xFE, 0xFF];
        big.extend(utf_16(text, u16::to_be_bytes));
        let unmarked = [
            utf_16(text, u16::to_le_bytes),
            utf_16(text, u16::to_be_bytes),
        ];
        for bytes in [text.as_bytes().to_vec(), marked, little, big]
            .iter()
            .chain(&unmarked)
        {
            assert_eq!(decode(bytes).as_deref(), Ok(text), "{bytes:?}");
        }
    }

    #[test]
    fn old_files_are_windows_1252() {
        let bytes = b"K\xf6rper \x96 5 \x80, \x93quoted\x94 \x81";
        let text = "K\u{f6}rper \u{2013} 5 \u{20ac}, \u{201c}quoted\u{201d} \u{81}";
        assert_eq!(decode(bytes).as_deref(), Ok(text));
    }

    #[test]
    fn encodings_are_told_apart() {
        for (bytes, encoding) in [
            (b"plain".as_slice(), Encoding::Utf8),
            ("K\u{f6}rper".as_bytes(), Encoding::Utf8),
            (b"\xff\xfea\0", Encoding::Utf16),
            (b"a\0b\0", Encoding::Utf16),
            (b"\x83e\x83X\x83g", Encoding::ShiftJis),
            (b"\x90l\x8c\xfb = \x8fo\x90\xb6", Encoding::ShiftJis),
            (b"\x94\xe6\x98J", Encoding::ShiftJis),
            // Letters and an apostrophe that Shift-JIS could have, too, and some that it cannot.
            (b"d\xe9sir, Farmer\x92s, \xdcber", Encoding::Windows1252),
            (b"K\xf6rper \x96 5 \x80", Encoding::Windows1252),
            (b"\x83e\x83X \xff", Encoding::Windows1252),
            (b"\x83", Encoding::Windows1252),
        ] {
            assert_eq!(encoding_of(bytes), encoding, "{bytes:?}");
        }
    }

    #[test]
    fn lines_that_break_within_a_letter_are_whole_again() {
        // Every letter of two, three and four bytes, broken at every byte.
        let text = "{UTF-8}\r\n\u{fc}\u{5e73} = \u{1F600}\u{1F600}";
        for (start, letter) in text.char_indices().filter(|(_, c)| !c.is_ascii()) {
            for inside in 1..letter.len_utf8() {
                for line_break in ["\\\r\n\t\t", "\\\n\t\t"] {
                    let (before, after) = text.as_bytes().split_at(start + inside);
                    let bytes = [before, line_break.as_bytes(), after].concat();
                    let end = start + letter.len_utf8();
                    let whole = format!("{}{line_break}{}", &text[..end], &text[end..]);
                    assert_eq!(decode(&bytes), Ok(whole));
                    assert_eq!(encoding_of(&bytes), Encoding::Utf8);
                }
            }
        }
        // What does not say that it is UTF-8, or is damaged otherwise, is read as before.
        for bytes in [
            b"a \xe5\x8f\\\n\t\t\xa3".as_slice(),
            b"{UTF-8} \xe5\x8f x\xa3",
            b"{UTF-8} \xe5\\\n\t\tx",
            b"{UTF-8} \xe5\x8f\\",
            b"{UTF-8} \xff\\\n\x8f",
        ] {
            assert_eq!(encoding_of(bytes), Encoding::Windows1252, "{bytes:?}");
            assert!(decode(bytes).is_ok());
        }
    }

    #[test]
    fn damaged_utf_16_says_so() {
        assert_eq!(decode(b"\xff\xfea"), Err(DecodeError::CutOff));
        assert_eq!(decode(b"\xff\xfe\x00\xd8"), Err(DecodeError::Halves));
        assert_eq!(decode(b"").as_deref(), Ok(""));
        assert_eq!(decode(b"a\0").as_deref(), Ok("a\0"));
    }
}
