//! What is looked for in texts: capital or small, in any script, with accents as they were typed.

use std::ops::Range;

/// Words to look for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern(Vec<char>);

impl Pattern {
    /// What was typed; `None` where that is nothing but space.
    #[must_use]
    pub fn new(typed: &str) -> Option<Self> {
        let letters: Vec<char> = typed.chars().flat_map(folded).collect();
        (!typed.trim().is_empty()).then_some(Self(letters))
    }

    /// Whether a text has it.
    #[must_use]
    pub fn is_in(&self, text: &str) -> bool {
        !self.places(text, 1).is_empty()
    }

    /// Where a text has it, from left to right, none over another.
    #[must_use]
    pub fn ranges(&self, text: &str) -> Vec<Range<usize>> {
        self.places(text, usize::MAX)
    }

    /// The text with other words in its place; `None` where the text does not have it.
    #[must_use]
    pub fn replaced(&self, text: &str, with: &str) -> Option<String> {
        let ranges = self.ranges(text);
        if ranges.is_empty() {
            return None;
        }
        let mut replaced = String::new();
        let mut from = 0;
        for range in ranges {
            replaced.push_str(&text[from..range.start]);
            replaced.push_str(with);
            from = range.end;
        }
        replaced.push_str(&text[from..]);
        Some(replaced)
    }

    fn places(&self, text: &str, most: usize) -> Vec<Range<usize>> {
        // One letter may be folded to several: a match begins with the first of them and ends with
        // the last, so that no letter is cut in two.
        let mut letters: Vec<(char, usize)> = Vec::with_capacity(text.len());
        for (start, letter) in text.char_indices() {
            letters.extend(folded(letter).map(|folded| (folded, start)));
        }
        let wanted = &self.0;
        let start_of = |at: usize| letters.get(at).map_or(text.len(), |(_, start)| *start);
        let begins = |at: usize| at == 0 || start_of(at) != start_of(at - 1);
        let mut found = Vec::new();
        let mut at = 0;
        while found.len() < most && at + wanted.len() <= letters.len() {
            let end = at + wanted.len();
            let is_here = begins(at) && begins(end) && {
                let here = letters[at..end].iter().map(|(letter, _)| letter);
                here.eq(wanted)
            };
            if is_here {
                found.push(start_of(at)..start_of(end));
                at = end;
            } else {
                at += 1;
            }
        }
        found
    }
}

/// A letter as it is compared: small, both forms of a Greek sigma alike, and any space a space.
fn folded(letter: char) -> impl Iterator<Item = char> {
    let letter = if letter.is_whitespace() { ' ' } else { letter };
    letter.to_lowercase().map(|small| match small {
        'ς' => 'σ',
        small => small,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capital_and_small_are_alike_and_accents_count() {
        for (typed, text, found) in [
            ("debt", "Technical DEBT", &[(10, 14)][..]),
            ("überlast", "ÜBERLAST", &[(0, 9)][..]),
            ("uberlast", "Überlast", &[][..]),
            ("ПЛАТА", "плата за плату", &[(0, 10)][..]),
            ("ΟΔΟΣ", "οδος, οδόσ", &[(0, 8)][..]),
            ("老化", "老化的老化", &[(0, 6), (9, 15)][..]),
            ("دين", "دين تقني", &[(0, 6)][..]),
            ("a b", "a\nb A\u{a0}B", &[(0, 3), (4, 8)][..]),
            ("aa", "aaaaa", &[(0, 2), (2, 4)][..]),
            ("ß", "Straße, STRAẞE", &[(4, 6), (13, 16)][..]),
            // The capital I with a dot is folded to two: neither alone is the letter.
            ("i", "İ i", &[(3, 4)][..]),
            ("i\u{307}", "İ", &[(0, 2)][..]),
            ("", "", &[][..]),
            ("long", "lon", &[][..]),
        ] {
            let ranges = Pattern::new(typed).map(|pattern| pattern.ranges(text));
            let ranges = ranges.unwrap_or_default().into_iter();
            let ranges: Vec<(usize, usize)> = ranges.map(|at| (at.start, at.end)).collect();
            assert_eq!(ranges, found, "{typed} in {text}");
        }
        assert_eq!(Pattern::new(" \t"), None);
    }

    #[test]
    fn every_place_is_replaced_and_nothing_else() {
        for (typed, text, with, replaced) in [
            ("debt", "Debt and debt", "load", Some("load and load")),
            ("a", "aaa", "aa", Some("aaaaaa")),
            ("risk ", "Risk of", "", Some("of")),
            ("risk", "trust", "x", None),
        ] {
            let pattern = Pattern::new(typed).unwrap();
            assert_eq!(pattern.replaced(text, with).as_deref(), replaced);
            assert_eq!(pattern.is_in(text), replaced.is_some());
        }
    }
}
