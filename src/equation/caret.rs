//! What is typed at a place of an equation that may not be finished: a word, within which call.
//!
//! The lexer refuses what is not finished, such as a quote that does not end; here it is read as far
//! as it goes.

use super::lex::{Dialect, is_of_name};
use super::names::Name;

/// How many words apart a name may be typed with blanks.
const MOST_WORDS: usize = 8;

/// What is typed just before a place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// Where the word may begin, in bytes: the last word first, then that with the words before it,
    /// since a name has blanks. Empty where no name can be typed.
    pub starts: Vec<usize>,
    /// Where it ends, in bytes; behind a quote that closes it, if one is there.
    pub end: usize,
    /// The call it stands in, if it is in one.
    pub call: Option<CallAt>,
}

/// A call in which something is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallAt {
    /// What is called.
    pub name: Name,
    /// Which of its arguments, from 0.
    pub argument: usize,
}

/// What is typed just before a byte of a text.
#[must_use]
pub fn typed_at(text: &str, caret: usize, dialect: Dialect) -> Typed {
    let mut caret = caret.min(text.len());
    while !text.is_char_boundary(caret) {
        caret -= 1;
    }
    let mut reader = Reader {
        dialect,
        ..Reader::default()
    };
    for (at, character) in text[..caret].char_indices() {
        reader.take(text, at, character);
    }
    let after = text[caret..].chars().next();
    let call = reader.calls.iter().rev().find_map(|(name, argument)| {
        let name = name.clone()?;
        let argument = *argument;
        Some(CallAt { name, argument })
    });
    let mut typed = Typed {
        starts: Vec::new(),
        end: caret,
        call,
    };
    match reader.within {
        Within::Comment => {}
        Within::Quote(start) => {
            typed.starts.push(start);
            if after == Some('"') {
                typed.end += 1;
            }
        }
        // In the middle of a word nothing is offered.
        Within::Text if after.is_some_and(is_of_name) => {}
        Within::Text => {
            typed.starts = reader.words.iter().rev().copied().collect();
            if !reader.is_at_word {
                typed.starts.clear();
            }
            typed.starts.truncate(MOST_WORDS);
        }
    }
    typed
}

/// The byte of a text at so many units of UTF-16, in which a browser counts; the end of the text
/// beyond it, and the start of a character within it.
#[must_use]
pub fn byte_at(text: &str, units: usize) -> usize {
    let mut passed = 0;
    for (at, character) in text.char_indices() {
        passed += character.len_utf16();
        if passed > units {
            return at;
        }
    }
    text.len()
}

/// How many units of UTF-16 come before a byte of a text.
#[must_use]
pub fn units_before(text: &str, byte: usize) -> usize {
    let before = text.char_indices().take_while(|(at, _)| *at < byte);
    before.map(|(_, character)| character.len_utf16()).sum()
}

#[derive(Clone, Copy, Default)]
enum Within {
    #[default]
    Text,
    Comment,
    /// Where the quote begins.
    Quote(usize),
}

struct Reader {
    dialect: Dialect,
    within: Within,
    is_escaped: bool,
    /// Where the words of a row with nothing but blanks between begin.
    words: Vec<usize>,
    /// Whether the last character belongs to the last of them.
    is_at_word: bool,
    /// The name that was read last, and nothing but blanks after it.
    last: Option<(usize, usize)>,
    /// The brackets that are open: what is called, if they are of a call, and which argument.
    calls: Vec<(Option<Name>, usize)>,
}

impl Default for Reader {
    fn default() -> Self {
        Self {
            dialect: Dialect::Xmile,
            within: Within::Text,
            is_escaped: false,
            words: Vec::new(),
            is_at_word: false,
            last: None,
            calls: Vec::new(),
        }
    }
}

impl Reader {
    fn take(&mut self, text: &str, at: usize, character: char) {
        match self.within {
            Within::Comment => {
                if character == '}' {
                    self.within = Within::Text;
                }
                return;
            }
            Within::Quote(start) => {
                if self.is_escaped || character == '\\' {
                    self.is_escaped = !self.is_escaped;
                } else if character == '"' {
                    self.within = Within::Text;
                    self.last = Some((start, at + 1));
                }
                return;
            }
            Within::Text => {}
        }
        let is_part = is_of_name(character) || character == '.' && self.is_at_word;
        if is_part {
            let goes_on = self.dialect == Dialect::Vensim && !self.words.is_empty();
            if !self.is_at_word {
                self.words.push(at);
                // A name of Vensim has blanks in it.
                if !goes_on || self.last.is_none() {
                    self.last = Some((at, at));
                }
            }
            self.is_at_word = true;
            if let Some((_, end)) = &mut self.last {
                *end = at + character.len_utf8();
            }
            return;
        }
        self.is_at_word = false;
        if character.is_whitespace() {
            return;
        }
        let name = self.last.take();
        self.words.clear();
        match character {
            '{' => self.within = Within::Comment,
            '"' => self.within = Within::Quote(at),
            '(' | '[' => {
                let name = name.filter(|_| character == '(');
                let name = name.and_then(|(start, end)| text.get(start..end));
                let name = name.map(|name| Name::new(name.trim_matches('"')));
                let is_word = |name: &Name| {
                    let words = ["and", "or", "not", "if", "then", "else"];
                    self.dialect == Dialect::Xmile && words.contains(&name.as_str())
                };
                self.calls.push((name.filter(|name| !is_word(name)), 0));
            }
            ')' | ']' => {
                self.calls.pop();
            }
            ',' => {
                if let Some((_, argument)) = self.calls.last_mut() {
                    *argument += 1;
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words at the mark `|`, the last one first, and the call.
    fn at(marked: &str) -> (Vec<String>, Option<(String, usize)>) {
        at_in(marked, Dialect::Xmile)
    }

    fn at_in(marked: &str, dialect: Dialect) -> (Vec<String>, Option<(String, usize)>) {
        let caret = marked.find('|').unwrap();
        let text = marked.replace('|', "");
        let typed = typed_at(&text, caret, dialect);
        let words = typed.starts.iter();
        let words = words.map(|start| text[*start..typed.end].to_owned());
        let call = typed
            .call
            .map(|call| (call.name.to_string(), call.argument));
        (words.collect(), call)
    }

    fn words(all: &[&str]) -> Vec<String> {
        all.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn a_word_may_have_words_before_it() {
        assert_eq!(at("2 * birth ra|").0, words(&["ra", "birth ra"]));
        assert_eq!(at("Pop|").0, words(&["Pop"]));
        assert_eq!(at("Po|p").0, words(&[]));
        assert_eq!(at("Pop |").0, words(&[]));
        assert_eq!(at("{ Po|").0, words(&[]));
        assert_eq!(at("2 * \"cost (|\" + 1").0, words(&["\"cost (\""]));
        assert_eq!(at("\"cost (|").0, words(&["\"cost ("]));
        assert_eq!(at("Überlauf + وقت|").0, words(&["وقت"]));
    }

    #[test]
    fn places_are_counted_as_a_browser_does() {
        let text = "aä😀b";
        for (units, byte) in [(0, 0), (1, 1), (2, 3), (4, 7), (5, 8), (9, 8)] {
            assert_eq!(byte_at(text, units), byte);
            assert_eq!(units_before(text, byte), units.min(5));
        }
        assert_eq!(byte_at(text, 3), 3);
    }

    #[test]
    fn a_call_is_told_with_its_argument() {
        let call = |name: &str, argument| Some((name.to_owned(), argument));
        assert_eq!(at("SMTH1(x, MAX(a, b), |").1, call("smth1", 2));
        assert_eq!(at("SMTH1(x, max (a|").1, call("max", 0));
        assert_eq!(at("SMTH1((x + |").1, call("smth1", 0));
        assert_eq!(at("SMTH1(x) + |").1, None);
        assert_eq!(at("IF (|").1, None);
        assert_eq!(at("f(x[1, |").1, call("f", 0));
        assert_eq!(at("\"my table\"(|").1, call("my_table", 0));
        let vensim = at_in("2 + DELAY FIXED(a, b c|", Dialect::Vensim);
        assert_eq!(vensim.1, call("delay_fixed", 1));
    }
}
