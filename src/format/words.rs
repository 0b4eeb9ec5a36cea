//! The words and signs that texts have for polarity and delay.

use crate::model::{Delay, Polarity};

/// The words for a polarity, in small letters. The letters s and o (same, opposite) are those of
/// Kim; the minus signs are those of programs that set one for a hyphen.
const POLARITIES: &[(&str, Polarity)] = &[
    ("+", Polarity::Positive),
    ("s", Polarity::Positive),
    ("positive", Polarity::Positive),
    ("-", Polarity::Negative),
    ("\u{2212}", Polarity::Negative),
    ("\u{2013}", Polarity::Negative),
    ("o", Polarity::Negative),
    ("negative", Polarity::Negative),
    ("", Polarity::Unknown),
    ("?", Polarity::Unknown),
    ("unknown", Polarity::Unknown),
];

/// The words for a delay, in small letters.
const DELAYS: &[(&str, Delay)] = &[
    ("", Delay::None),
    ("no", Delay::None),
    ("false", Delay::None),
    ("0", Delay::None),
    ("none", Delay::None),
    ("yes", Delay::Delayed),
    ("true", Delay::Delayed),
    ("1", Delay::Delayed),
    ("||", Delay::Delayed),
    ("delayed", Delay::Delayed),
];

/// What people are told of [`polarity`].
pub const POLARITY_WORDS: &str = "+, -, s, o or ?";

/// What people are told of [`delay`].
pub const DELAY_WORDS: &str = "yes or no";

/// The polarity that a text says, in any case; none if it is not one of the words.
pub fn polarity(text: &str) -> Option<Polarity> {
    word(POLARITIES, text)
}

/// The delay that a text says, in any case; none if it is not one of the words.
pub fn delay(text: &str) -> Option<Delay> {
    word(DELAYS, text)
}

fn word<T: Copy>(words: &[(&str, T)], text: &str) -> Option<T> {
    let text = text.trim();
    let found = words
        .iter()
        .find(|(word, _)| text.eq_ignore_ascii_case(word));
    found.map(|(_, meaning)| *meaning)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_and_letters_are_read_in_any_case() {
        for text in ["+", " S ", "s", "Positive"] {
            assert_eq!(polarity(text), Some(Polarity::Positive), "{text}");
        }
        for text in ["-", "\u{2212}", "O", "o", "NEGATIVE"] {
            assert_eq!(polarity(text), Some(Polarity::Negative), "{text}");
        }
        for text in ["", " ", "?"] {
            assert_eq!(polarity(text), Some(Polarity::Unknown), "{text}");
        }
        for text in ["++", "0", "maybe"] {
            assert_eq!(polarity(text), None, "{text}");
        }
    }

    #[test]
    fn delays_are_said_in_several_ways() {
        for text in ["yes", "TRUE", "1", "||", "delayed"] {
            assert_eq!(delay(text), Some(Delay::Delayed), "{text}");
        }
        for text in ["", "No", "false", "0"] {
            assert_eq!(delay(text), Some(Delay::None), "{text}");
        }
        assert_eq!(delay("3 weeks"), None);
    }
}
