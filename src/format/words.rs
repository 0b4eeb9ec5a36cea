//! The words and signs that texts have for polarity and delay.

use crate::model::{Delay, Polarity};

/// The words for a polarity, in small letters. The letters s and o (same, opposite) are those of
/// Kim; the minus signs are those of programs that set one for a hyphen, the heavy and the wide
/// signs those of keyboards of phones and of East Asia.
const POLARITIES: &[(&str, Polarity)] = &[
    ("+", Polarity::Positive),
    ("\u{2795}", Polarity::Positive),
    ("\u{FF0B}", Polarity::Positive),
    ("\u{FE62}", Polarity::Positive),
    ("s", Polarity::Positive),
    ("same", Polarity::Positive),
    ("same direction", Polarity::Positive),
    ("positive", Polarity::Positive),
    ("pos", Polarity::Positive),
    ("plus", Polarity::Positive),
    ("-", Polarity::Negative),
    ("\u{2212}", Polarity::Negative),
    ("\u{2013}", Polarity::Negative),
    ("\u{2010}", Polarity::Negative),
    ("\u{2011}", Polarity::Negative),
    ("\u{2796}", Polarity::Negative),
    ("\u{FF0D}", Polarity::Negative),
    ("\u{FE63}", Polarity::Negative),
    ("o", Polarity::Negative),
    ("opposite", Polarity::Negative),
    ("opposite direction", Polarity::Negative),
    ("negative", Polarity::Negative),
    ("neg", Polarity::Negative),
    ("minus", Polarity::Negative),
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
    // A sign may say behind it whether it is to be drawn as a letter or as a picture.
    let text = text.trim().trim_end_matches(['\u{FE0E}', '\u{FE0F}']);
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
        for text in [
            "+",
            " S ",
            "s",
            "Positive",
            "\u{2795}",
            "\u{2795}\u{FE0F}",
            "Same",
            "plus",
        ] {
            assert_eq!(polarity(text), Some(Polarity::Positive), "{text}");
        }
        for text in [
            "-",
            "\u{2212}",
            "O",
            "o",
            "NEGATIVE",
            "\u{2796}",
            "\u{2796}\u{FE0F}",
            "Opposite",
        ] {
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
