//! What variables are called in a text where a name is all that tells them apart.

use std::collections::{BTreeMap, BTreeSet};

use crate::format::graph_builder::LossWords;
use crate::format::reader::Warning;

/// Names that are given out, each once.
#[derive(Debug)]
pub struct Labels {
    key: fn(&str) -> String,
    taken: BTreeSet<String>,
    // Where the numbers of names that are alike go on.
    next: BTreeMap<String, usize>,
    unnamed: usize,
    numbered: usize,
}

impl Labels {
    /// No names yet; a format says which names are alike.
    pub const fn new(key: fn(&str) -> String) -> Self {
        Self {
            key,
            taken: BTreeSet::new(),
            next: BTreeMap::new(),
            unnamed: 0,
            numbered: 0,
        }
    }

    /// Keeps a name for what has it already.
    pub fn reserve(&mut self, key: String) {
        self.taken.insert(key);
    }

    /// A name like this one that nothing else has.
    pub fn give(&mut self, name: &str) -> String {
        const UNNAMED: &str = "unnamed";
        let is_control = |c: char| if c.is_control() { ' ' } else { c };
        let name: String = name.chars().map(is_control).collect();
        let key = (self.key)(&name);
        let is_named = !key.is_empty();
        let wanted = if is_named { name.trim() } else { UNNAMED };
        let key = if is_named { key } else { UNNAMED.to_owned() };
        let number = self.next.entry(key).or_insert(1);
        let label = loop {
            let label = if *number == 1 {
                wanted.to_owned()
            } else {
                format!("{wanted} {number}")
            };
            *number += 1;
            if self.taken.insert((self.key)(&label)) {
                break label;
            }
        };
        self.unnamed += usize::from(!is_named);
        self.numbered += usize::from(is_named && label != wanted);
        label
    }

    /// How many are not called by their names.
    pub fn warnings(&self) -> impl Iterator<Item = Warning> {
        const UNNAMED: LossWords = LossWords(
            "variable has no name and is called \"unnamed\"",
            "variables have no names and are called \"unnamed\"",
        );
        const NUMBERED: LossWords = LossWords(
            "name was given a number, for there are others like it",
            "names were given numbers, for there are others like them",
        );
        let unnamed = UNNAMED.warning(self.unnamed);
        unnamed.into_iter().chain(NUMBERED.warning(self.numbered))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_taken_get_numbers() {
        let mut labels = Labels::new(|name| name.trim().to_lowercase());
        labels.reserve("time".to_owned());
        let all: Vec<String> = ["Risk", "risk", "", "Time", " ", "risk 2"]
            .iter()
            .map(|name| labels.give(name))
            .collect();
        assert_eq!(
            all,
            [
                "Risk",
                "risk 2",
                "unnamed",
                "Time 2",
                "unnamed 2",
                "risk 2 2"
            ]
        );
        assert_eq!(labels.warnings().count(), 2);
    }
}
