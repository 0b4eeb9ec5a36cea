//! Which way a text is read: by its first strong letter, as the Unicode Bidirectional Algorithm
//! has it (UAX #9, rules P2 and P3); and names that keep their order within a sentence.

use std::borrow::Cow;

use unicode_bidi::{BidiClass, bidi_class};

/// Which way a text is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Direction {
    /// From left to right: Latin, Greek, Cyrillic, Chinese, and whatever has no letters.
    #[default]
    LeftToRight,
    /// From right to left: Hebrew, Arabic, Persian, Urdu, Thaana and others.
    RightToLeft,
}

impl Direction {
    /// The direction of a text of one paragraph.
    #[must_use]
    pub fn of(text: &str) -> Self {
        first_strong(text).unwrap_or_default()
    }

    /// As HTML, SVG and canvases write it.
    #[must_use]
    pub const fn css(self) -> &'static str {
        match self {
            Self::LeftToRight => "ltr",
            Self::RightToLeft => "rtl",
        }
    }

    /// The sign that nobody sees and that has this direction.
    const fn mark(self) -> char {
        match self {
            Self::LeftToRight => '\u{200e}',
            Self::RightToLeft => '\u{200f}',
        }
    }
}

/// A line of a text that is broken into several, so that it is read as the whole text is, even
/// where its own first letter says otherwise.
#[must_use]
pub fn line_read_as(line: String, whole: Direction) -> String {
    if Direction::of(&line) == whole {
        return line;
    }
    let mut marked = String::from(whole.mark());
    marked.push_str(&line);
    marked
}

/// A name in the middle of a sentence: where it has letters that are read from right to left, they
/// stand between signs (first strong isolate, pop directional isolate) that keep the rest of the
/// sentence in its order. Names that need no such signs stay as they are.
#[must_use]
pub fn isolated(name: &str) -> Cow<'_, str> {
    let disturbs =
        |character| strength(character) == Some(Direction::RightToLeft) || is_control(character);
    if !name.contains(disturbs) {
        return Cow::Borrowed(name);
    }
    let mut text = String::with_capacity(name.len() + 6);
    text.push(FIRST_STRONG_ISOLATE);
    // What the name opens and does not close would close the isolate, or outlast it.
    text.extend(name.chars().filter(|character| !is_control(*character)));
    text.push(POP_DIRECTIONAL_ISOLATE);
    Cow::Owned(text)
}

const FIRST_STRONG_ISOLATE: char = '\u{2068}';
const POP_DIRECTIONAL_ISOLATE: char = '\u{2069}';

/// Whether a character embeds, overrides or isolates what follows.
const fn is_control(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The direction of the first strong letter that is not within an isolate (rule P2).
fn first_strong(text: &str) -> Option<Direction> {
    let mut depth = 0_usize;
    for character in text.chars() {
        match character {
            '\u{2066}'..=FIRST_STRONG_ISOLATE => depth += 1,
            POP_DIRECTIONAL_ISOLATE => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            _ => {
                let strength = strength(character);
                if strength.is_some() {
                    return strength;
                }
            }
        }
    }
    None
}

/// The direction of a character by itself: of letters and of what goes with them. Digits,
/// punctuation, blanks and marks above letters have none.
fn strength(character: char) -> Option<Direction> {
    match bidi_class(character) {
        BidiClass::L => Some(Direction::LeftToRight),
        BidiClass::R | BidiClass::AL => Some(Direction::RightToLeft),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Direction::{LeftToRight, RightToLeft};

    #[test]
    fn the_first_strong_letter_says_it() {
        for (text, direction) in [
            ("", LeftToRight),
            ("100 % (12)", LeftToRight),
            ("batch size", LeftToRight),
            ("حجم الدفعة", RightToLeft),
            ("גודל אצווה", RightToLeft),
            ("3 משמרות", RightToLeft),
            ("١٢ ساعة", RightToLeft),
            ("WIP في الطابور", LeftToRight),
            ("زمن الانتظار (WIP)", RightToLeft),
            ("  «تأخير»", RightToLeft),
            ("需要", LeftToRight),
            ("Überlast", LeftToRight),
            // Within isolates nothing counts, and what is not closed goes on to the end.
            ("\u{2067}שלום\u{2069} increases risk", LeftToRight),
            ("\u{2068}risk\u{2069} שלום", RightToLeft),
            ("\u{2066}risk", LeftToRight),
            ("\u{2069}שלום", RightToLeft),
            ("\u{200f}12", RightToLeft),
        ] {
            assert_eq!(Direction::of(text), direction, "{text}");
        }
    }

    #[test]
    fn names_of_the_other_direction_are_set_apart() {
        for (name, text) in [
            ("batch size", "batch size"),
            ("需要 12 %", "需要 12 %"),
            ("12 %", "12 %"),
            ("تأخير", "\u{2068}تأخير\u{2069}"),
            ("risk של פגם", "\u{2068}risk של פגם\u{2069}"),
            // What would turn the whole sentence round is left out of it.
            ("\u{202e}abc", "\u{2068}abc\u{2069}"),
            ("a\u{2069}b", "\u{2068}ab\u{2069}"),
        ] {
            assert_eq!(isolated(name), text);
        }
    }

    #[test]
    fn a_line_is_read_as_the_whole_text() {
        let line = |text: &str, whole| line_read_as(text.to_owned(), whole);
        assert_eq!(line("(WIP).", RightToLeft), "\u{200f}(WIP).");
        assert_eq!(line("تأخير", RightToLeft), "تأخير");
        assert_eq!(line("12.", RightToLeft), "\u{200f}12.");
        assert_eq!(line("של", LeftToRight), "\u{200e}של");
        assert_eq!(line("", LeftToRight), "");
    }
}
