//! Finding a variable by its name, as texts of other programs refer to it.

use std::collections::BTreeMap;

/// What a name in a text stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named<T> {
    /// The one thing of exactly this name.
    Exactly(T),
    /// The only thing whose name differs just in case, blanks and underscores.
    Nearly(T),
    /// There are several such things, and none of exactly this name; it is not guessed which.
    Several,
    /// Nothing has such a name.
    Nothing,
}

/// Things by their names.
#[derive(Debug)]
pub struct Names<T> {
    // By the plain form of the name: each spelling with what it stands for.
    spellings: BTreeMap<String, BTreeMap<String, T>>,
}

impl<T: Copy> Names<T> {
    /// No names yet.
    pub const fn new() -> Self {
        Self {
            spellings: BTreeMap::new(),
        }
    }

    /// What a name stands for.
    pub fn find(&self, name: &str) -> Named<T> {
        let Some(spellings) = self.spellings.get(&plain(name)) else {
            return Named::Nothing;
        };
        let mut all = spellings.values();
        match (spellings.get(name), all.next(), all.next()) {
            (Some(thing), ..) => Named::Exactly(*thing),
            (None, Some(thing), None) => Named::Nearly(*thing),
            _ => Named::Several,
        }
    }

    /// Gives a thing one more name; of two things with the same name the first has it.
    pub fn add(&mut self, name: &str, thing: T) {
        let spellings = self.spellings.entry(plain(name)).or_default();
        spellings.entry(name.to_owned()).or_insert(thing);
    }
}

/// The form in which names are compared that people write carelessly: small letters, and one blank
/// where there are blanks, line breaks or underscores.
pub fn plain(name: &str) -> String {
    let mut form = String::with_capacity(name.len());
    let words = name.split(|character: char| character.is_whitespace() || character == '_');
    for word in words.filter(|word| !word.is_empty()) {
        if !form.is_empty() {
            form.push(' ');
        }
        form.extend(word.chars().flat_map(char::to_lowercase));
    }
    form
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exact_names_come_first_and_several_are_not_guessed() {
        let mut names = Names::new();
        names.add("Work in_progress", 1);
        assert_eq!(names.find("Work in_progress"), Named::Exactly(1));
        assert_eq!(names.find(" work_IN\nprogress "), Named::Nearly(1));
        assert_eq!(names.find("workin progress"), Named::Nothing);
        names.add("work in progress", 2);
        names.add("work in progress", 3);
        assert_eq!(names.find("work in progress"), Named::Exactly(2));
        assert_eq!(names.find("WORK in progress"), Named::Several);
        assert_eq!(names.find("Work in_progress"), Named::Exactly(1));
    }

    #[test]
    fn letters_of_any_script_are_made_small() {
        assert_eq!(plain("  \u{dc}BER_last\t"), "\u{fc}ber last");
        assert_eq!(plain("_ _"), "");
    }
}
