//! What the type of a connection says of its sign.

use crate::format::arrow_label::arrow_label;
use crate::format::words;
use crate::model::{Delay, Polarity};

/// A type, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind {
    /// Its sign.
    pub polarity: Polarity,
    /// Delayed where it says so.
    pub delay: Delay,
    /// Whether it says more than that.
    pub has_more_words: bool,
}

/// Reads a type. Kumu's own guide has two signs, one for each end: where they are the same, cause
/// and effect go the same way, else opposite ways.
pub fn kind_of(text: &str) -> Kind {
    if let Some(polarity) = of_both_ends(text) {
        return Kind {
            polarity,
            delay: Delay::None,
            has_more_words: false,
        };
    }
    let label = arrow_label(text);
    let alone = words::polarity(text);
    Kind {
        polarity: alone.unwrap_or(label.polarity),
        delay: label.delay,
        has_more_words: alone.is_none() && !label.words.is_empty(),
    }
}

/// The sign of two signs; none where there are not exactly two and nothing else. One for both, such
/// as `+/-`, says that it is not known which.
fn of_both_ends(text: &str) -> Option<Polarity> {
    let mut signs = text
        .chars()
        .filter(|sign| !sign.is_whitespace() && !"\u{FE0E}\u{FE0F}\u{2192}".contains(*sign))
        .map(|sign| {
            let mut letter = [0; 4];
            let is_sign = !sign.is_alphanumeric() && sign != '?';
            words::polarity(sign.encode_utf8(&mut letter)).filter(|_| is_sign)
        });
    let (cause, effect) = (signs.next()??, signs.next()??);
    match signs.next() {
        Some(_) => None,
        None if cause == effect => Some(Polarity::Positive),
        None => Some(Polarity::Negative),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_say_signs_at_one_end_or_at_both() {
        use Polarity::{Negative, Positive, Unknown};
        for (text, polarity) in [
            ("++", Positive),
            ("--", Positive),
            ("+-", Negative),
            ("-+", Negative),
            ("+ -", Negative),
            ("\u{2212}\u{2212}", Positive),
            ("\u{2795}\u{2796}", Negative),
            ("+ \u{2192} -", Negative),
            ("+", Positive),
            ("-", Negative),
            ("\u{2013}", Negative),
            ("Same", Positive),
            ("opposite", Negative),
            ("Same direction", Positive),
            ("S", Positive),
            ("o", Negative),
            ("?", Unknown),
        ] {
            let kind = kind_of(text);
            assert_eq!(
                (kind.polarity, kind.has_more_words),
                (polarity, false),
                "{text}"
            );
        }
        for text in ["likes", "+/-", "+++", "->", "+?"] {
            assert_eq!(kind_of(text).polarity, Unknown, "{text}");
            assert!(kind_of(text).has_more_words, "{text}");
        }
        let delayed = kind_of("+ (delayed)");
        assert_eq!(
            (delayed.polarity, delayed.delay),
            (Positive, Delay::Delayed)
        );
        let strong = kind_of("- strong");
        assert_eq!((strong.polarity, strong.has_more_words), (Negative, true));
    }
}
