//! What stands beside an arrow of a drawn graph: a sign, a mark of a delay, words.

use super::words;
use crate::model::{Delay, Polarity};

/// A label of an arrow, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArrowLabel {
    /// The sign, unknown where there is none.
    pub polarity: Polarity,
    /// Delayed where there is a mark of it.
    pub delay: Delay,
    /// The words that are neither.
    pub words: String,
}

/// The marks of a delay.
const DELAYS: &[&str] = &[
    "//", "||", "delay", "delayed", "\u{23F1}", "\u{23F3}", "\u{231B}",
];

/// The pairs that people put around a sign.
const AROUND: &[(char, char)] = &[
    ('(', ')'),
    ('[', ']'),
    ('{', '}'),
    ('\'', '\''),
    ('"', '"'),
    ('`', '`'),
    ('*', '*'),
    ('\u{2018}', '\u{2019}'),
    ('\u{201C}', '\u{201D}'),
    ('\u{FF08}', '\u{FF09}'),
];

/// Takes a label apart. A sign counts where it is the first or the last word, and a letter or a
/// word for one, or for a delay, only where no other words stand beside it, so that nothing is read
/// out of a sentence.
pub fn arrow_label(label: &str) -> ArrowLabel {
    let mut parts: Vec<&str> = label.split_whitespace().collect();
    let mut read = ArrowLabel::default();
    let before = parts.len();
    parts.retain(|part| !(is_delay(part) && is_mark(part)));
    let has_mark = parts.len() < before;
    read.polarity = take_sign(&mut parts);
    let has_word = matches!(parts[..], [only] if is_delay(only));
    if has_word {
        parts.clear();
    }
    if has_mark || has_word {
        read.delay = Delay::Delayed;
    }
    // As it is written, if nothing was taken out of it.
    read.words = match parts.len() == before {
        true => label.trim().to_owned(),
        false => parts.join(" "),
    };
    read
}

/// Takes the word that says the sign; unknown where there is none.
fn take_sign(parts: &mut Vec<&str>) -> Polarity {
    let words_of_sign = parts.iter().filter(|part| !is_delay(part)).count();
    let sign = |part: Option<&&str>| {
        let part = bare(part?);
        let polarity = words::polarity(part)?;
        (is_mark(part) || words_of_sign == 1).then_some(polarity)
    };
    if let Some(polarity) = sign(parts.first()) {
        parts.remove(0);
        return polarity;
    }
    if let Some(polarity) = sign(parts.last()) {
        parts.pop();
        return polarity;
    }
    Polarity::Unknown
}

/// Whether a part is no word: it has neither letters nor digits.
fn is_mark(part: &str) -> bool {
    !bare(part).chars().any(char::is_alphanumeric)
}

fn is_delay(part: &str) -> bool {
    let part = bare(part).trim_end_matches(['\u{FE0E}', '\u{FE0F}']);
    DELAYS.iter().any(|mark| part.eq_ignore_ascii_case(mark))
}

/// A sign without the brackets, quotes and signs of Markdown that some put around it, and without
/// the backslash that keeps Markdown from reading it.
fn bare(part: &str) -> &str {
    let mut part = part;
    loop {
        let pair = AROUND.iter().find_map(|(open, close)| {
            let inner = part.strip_prefix(*open)?.strip_suffix(*close)?;
            Some(inner).filter(|inner| !inner.is_empty())
        });
        let escaped = || {
            part.strip_prefix('\\')
                .filter(|sign| words::polarity(sign).is_some())
        };
        match pair.or_else(escaped) {
            Some(inner) if !inner.is_empty() => part = inner,
            _ => return part,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_marks_and_words_are_told_apart() {
        use Delay::{Delayed, None};
        use Polarity::{Negative, Positive, Unknown};
        for (label, polarity, delay, words) in [
            ("+", Positive, None, ""),
            (" - // ", Negative, Delayed, ""),
            ("? //", Unknown, Delayed, ""),
            ("(+)", Positive, None, ""),
            ("\u{2212}", Negative, None, ""),
            ("S", Positive, None, ""),
            ("o", Negative, None, ""),
            ("positive", Positive, None, ""),
            ("", Unknown, None, ""),
            ("//", Unknown, Delayed, ""),
            ("+ more births", Positive, None, "more births"),
            ("fewer deaths (-)", Negative, None, "fewer deaths"),
            ("s curve", Unknown, None, "s curve"),
            ("a positive thing", Unknown, None, "a positive thing"),
            ("pulls\n at", Unknown, None, "pulls\n at"),
            ("1 + 1", Unknown, None, "1 + 1"),
            ("why?", Unknown, None, "why?"),
            ("\u{2795}", Positive, None, ""),
            ("(\u{2796}\u{FE0F})", Negative, None, ""),
            ("'+'", Positive, None, ""),
            ("\\-", Negative, None, ""),
            ("**+**", Positive, None, ""),
            ("+ (delay)", Positive, Delayed, ""),
            ("delayed", Unknown, Delayed, ""),
            ("s //", Positive, Delayed, ""),
            ("opposite", Negative, None, ""),
            ("the opposite", Unknown, None, "the opposite"),
            ("a delay of weeks", Unknown, None, "a delay of weeks"),
            ("+ delay of weeks", Positive, None, "delay of weeks"),
            ("minus 3", Unknown, None, "minus 3"),
        ] {
            let words = words.to_owned();
            let expected = ArrowLabel {
                polarity,
                delay,
                words,
            };
            assert_eq!(arrow_label(label), expected, "{label}");
        }
    }
}
