//! Which way a text is read: by its first strong letter, as the Unicode Bidirectional Algorithm
//! has it (UAX #9, rules P2 and P3); and names that keep their order within a sentence.

use std::borrow::Cow;

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

/// The blocks of scripts that are read from right to left, with the room kept free for more.
const RIGHT_TO_LEFT: [(char, char); 5] = [
    ('\u{590}', '\u{8ff}'),
    ('\u{fb1d}', '\u{fdff}'),
    ('\u{fe70}', '\u{feff}'),
    ('\u{10800}', '\u{10fff}'),
    ('\u{1e800}', '\u{1efff}'),
];

/// What is not strong in these blocks: points and vowel signs, digits, some punctuation.
const WEAK: [(char, char); 54] = [
    ('\u{591}', '\u{5bd}'),
    ('\u{5bf}', '\u{5bf}'),
    ('\u{5c1}', '\u{5c2}'),
    ('\u{5c4}', '\u{5c5}'),
    ('\u{5c7}', '\u{5c7}'),
    ('\u{600}', '\u{607}'),
    ('\u{609}', '\u{60a}'),
    ('\u{60c}', '\u{60c}'),
    ('\u{60e}', '\u{61a}'),
    ('\u{64b}', '\u{66c}'),
    ('\u{670}', '\u{670}'),
    ('\u{6d6}', '\u{6e4}'),
    ('\u{6e7}', '\u{6ed}'),
    ('\u{6f0}', '\u{6f9}'),
    ('\u{711}', '\u{711}'),
    ('\u{730}', '\u{74a}'),
    ('\u{7a6}', '\u{7b0}'),
    ('\u{7eb}', '\u{7f3}'),
    ('\u{7f6}', '\u{7f9}'),
    ('\u{7fd}', '\u{7fd}'),
    ('\u{816}', '\u{819}'),
    ('\u{81b}', '\u{823}'),
    ('\u{825}', '\u{827}'),
    ('\u{829}', '\u{82d}'),
    ('\u{859}', '\u{85b}'),
    ('\u{890}', '\u{891}'),
    ('\u{897}', '\u{89f}'),
    ('\u{8ca}', '\u{8ff}'),
    ('\u{fb1e}', '\u{fb1e}'),
    ('\u{fb29}', '\u{fb29}'),
    ('\u{fd3e}', '\u{fd4f}'),
    ('\u{fdcf}', '\u{fdcf}'),
    ('\u{fdfd}', '\u{fdff}'),
    ('\u{feff}', '\u{feff}'),
    ('\u{1091f}', '\u{1091f}'),
    ('\u{10a01}', '\u{10a03}'),
    ('\u{10a05}', '\u{10a06}'),
    ('\u{10a0c}', '\u{10a0f}'),
    ('\u{10a38}', '\u{10a3a}'),
    ('\u{10a3f}', '\u{10a3f}'),
    ('\u{10ae5}', '\u{10ae6}'),
    ('\u{10b39}', '\u{10b3f}'),
    ('\u{10d24}', '\u{10d27}'),
    ('\u{10d30}', '\u{10d39}'),
    ('\u{10d40}', '\u{10d49}'),
    ('\u{10d69}', '\u{10d6e}'),
    ('\u{10e60}', '\u{10e7e}'),
    ('\u{10eab}', '\u{10eac}'),
    ('\u{10efc}', '\u{10eff}'),
    ('\u{10f46}', '\u{10f50}'),
    ('\u{10f82}', '\u{10f85}'),
    ('\u{1e8d0}', '\u{1e8d6}'),
    ('\u{1e944}', '\u{1e94a}'),
    ('\u{1eef0}', '\u{1eef1}'),
];

/// The direction of a character by itself: of letters and of what goes with them. Digits,
/// punctuation and blanks have none, nor have signs that are no letters.
fn strength(character: char) -> Option<Direction> {
    let within = |&(first, last): &(char, char)| (first..=last).contains(&character);
    match character {
        'A'..='Z' | 'a'..='z' | '\u{200e}' => Some(Direction::LeftToRight),
        '\0'..='\x7f' => None,
        '\u{200f}' => Some(Direction::RightToLeft),
        _ if RIGHT_TO_LEFT.iter().any(within) => {
            (!WEAK.iter().any(within)).then_some(Direction::RightToLeft)
        }
        _ => character.is_alphabetic().then_some(Direction::LeftToRight),
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
