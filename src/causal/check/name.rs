//! Names of variables, cut into words.

use std::cmp::Ordering;

use crate::model::isolated;

/// The words of a name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Name {
    /// As written, one for each gap of white space.
    pub written: Vec<String>,
    /// The same in small letters, without the punctuation around them. What is punctuation alone
    /// stays as it is.
    pub words: Vec<String>,
    /// The words with single spaces between and no hyphens: what the eye takes for the same name
    /// has the same key.
    pub key: String,
}

impl Name {
    /// The words of a text.
    pub fn new(text: &str) -> Self {
        let written: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
        let words: Vec<String> = written.iter().map(|word| plain(word)).collect();
        let mut key = words.join(" ");
        if key.contains(['-', '_']) {
            key = key.replace(['-', '_'], " ");
        }
        Self {
            written,
            words,
            key,
        }
    }

    /// The words with single spaces between.
    pub fn plain(&self) -> String {
        self.words.join(" ")
    }

    /// The word at an index, empty if there is none.
    pub fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", String::as_str)
    }

    /// The last word, empty if there is none.
    pub fn last(&self) -> &str {
        self.words.last().map_or("", String::as_str)
    }

    /// Whether one of its words is in a list.
    pub fn has_any(&self, list: Words) -> bool {
        self.words.iter().any(|word| list.has(word))
    }

    /// The words as written from one index to before another, with a capital first if the name
    /// has one.
    pub fn part(&self, from: usize, to: usize) -> String {
        let words = self.written.get(from..to).unwrap_or_default();
        let mut part = words.join(" ");
        let capital = self.written.first().and_then(|word| word.chars().next());
        if let (true, Some(first)) = (
            capital.is_some_and(char::is_uppercase),
            part.get_mut(..1), // Nothing where the first letter is not one byte.
        ) {
            first.make_ascii_uppercase();
        }
        part
    }

    /// The words from one index on, as [`Name::part`].
    pub fn rest(&self, from: usize) -> String {
        self.part(from, self.written.len())
    }
}

/// A word in small letters without the punctuation around it.
fn plain(word: &str) -> String {
    let bare = word.trim_matches(|letter: char| !letter.is_alphanumeric() && letter != '%');
    let bare = if bare.is_empty() { word } else { bare };
    bare.to_ascii_lowercase()
}

/// A list of words in the order of their letters, with a space between each two. As one text it is
/// far smaller in the program than as a list of texts.
#[derive(Clone, Copy)]
pub(super) struct Words(pub &'static str);

impl Words {
    /// Whether a word is in the list.
    pub fn has(self, word: &str) -> bool {
        let (text, word) = (self.0.as_bytes(), word.as_bytes());
        let is_gap = |byte: &u8| *byte == b' ';
        let (mut low, mut high) = (0, text.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            let gap = text[low..middle].iter().rposition(is_gap);
            let start = gap.map_or(low, |gap| low + gap + 1);
            let gap = text[middle..high].iter().position(is_gap);
            let end = gap.map_or(high, |gap| middle + gap);
            match word.cmp(&text[start..end]) {
                Ordering::Less => high = start.saturating_sub(1),
                Ordering::Equal => return true,
                Ordering::Greater => low = end + 1,
            }
        }
        false
    }

    /// Whether the words are in order, without which they are not found.
    #[cfg(test)]
    pub fn is_sorted(self) -> bool {
        self.0.split(' ').is_sorted() && self.0.split(' ').all(|word| self.has(word))
    }
}

/// Looks like a plural.
pub(super) fn is_plural(word: &str) -> bool {
    word.len() > 3 && word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us")
}

/// A name in quotes for a sentence, not longer than a line; "an unnamed variable" if it is empty.
pub(super) fn quoted(name: &str) -> String {
    const LONGEST: usize = 60;
    let mut words = name.split_whitespace();
    let mut label_text = String::from(words.next().unwrap_or_default());
    for word in words {
        label_text.push(' ');
        label_text.push_str(word);
    }
    if label_text.is_empty() {
        return "an unnamed variable".to_owned();
    }
    if let Some((cut, _)) = label_text.char_indices().nth(LONGEST - 1) {
        label_text.truncate(cut);
        label_text.push_str("...");
    }
    format!("\"{}\"", isolated(&label_text))
}

/// "1 link", "3 links": a count with the word for it.
pub(super) fn counted(count: usize, word: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {word}{plural}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lose_case_and_punctuation() {
        let name = Name::new("  Lead-time,\n(Work)  & %C&A ");
        assert_eq!(name.words, ["lead-time", "work", "&", "%c&a"]);
        assert_eq!(name.plain(), "lead-time work & %c&a");
        assert_eq!((name.word(9), name.last()), ("", "%c&a"));
    }

    #[test]
    fn words_are_found_in_a_list() {
        let list = Words("a ab abc b no-one z");
        assert!(list.is_sorted());
        for word in ["", " ", "a ", "aa", "abcd", "c", "no", "zz", "one", "ä"] {
            assert!(!list.has(word), "{word}");
        }
        assert!(!Words("").has("a") && Words("a").has("a"));
    }

    #[test]
    fn a_part_keeps_the_capital() {
        assert_eq!(Name::new("Lack of motivation").rest(2), "Motivation");
        assert_eq!(Name::new("lack of motivation").rest(2), "motivation");
        assert_eq!(Name::new("More über").rest(1), "über");
        assert_eq!(Name::new("More").rest(5), "");
    }

    #[test]
    fn a_name_is_quoted_in_one_short_line() {
        assert_eq!(quoted(" Batch\n size "), "\"Batch size\"");
        assert_eq!(quoted("  "), "an unnamed variable");
        assert!(quoted(&"ä".repeat(500)).chars().count() < 70);
    }
}
