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

/// Takes a label apart. A sign counts where it is the first or the last word, and a letter or a
/// word for one only where it stands alone, so that no polarity is read out of a sentence.
pub fn arrow_label(label: &str) -> ArrowLabel {
    let mut parts: Vec<&str> = label.split_whitespace().collect();
    let mut read = ArrowLabel::default();
    let before = parts.len();
    parts.retain(|part| !matches!(*part, "//" | "||"));
    if parts.len() < before {
        read.delay = Delay::Delayed;
    }
    if let [only] = parts[..]
        && let Some(polarity) = words::polarity(bare(only))
    {
        read.polarity = polarity;
        return read;
    }
    let sign = |part: Option<&&str>| {
        let part = bare(part?);
        let is_sign = part.chars().count() == 1 && !part.chars().all(char::is_alphabetic);
        words::polarity(part).filter(|_| is_sign)
    };
    if let Some(polarity) = sign(parts.first()) {
        read.polarity = polarity;
        parts.remove(0);
    } else if let Some(polarity) = sign(parts.last()) {
        read.polarity = polarity;
        parts.pop();
    }
    // As it is written, if nothing was taken out of it.
    read.words = match parts.len() == before {
        true => label.trim().to_owned(),
        false => parts.join(" "),
    };
    read
}

/// A sign without the brackets that some put around it.
fn bare(part: &str) -> &str {
    let inner = part.strip_prefix(['(', '[']);
    let inner = inner.and_then(|inner| inner.strip_suffix([')', ']']));
    inner.filter(|inner| !inner.is_empty()).unwrap_or(part)
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
