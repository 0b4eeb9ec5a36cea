//! Short words by which people gather things: for a filter, a search, a list.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::record::Merge;

/// The tags of a record, each once, in the order of their letters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Tags(BTreeSet<String>);

impl Tags {
    /// No tags.
    pub const NONE: Self = Self(BTreeSet::new());

    /// The tags that a person has typed with commas between them.
    #[must_use]
    pub fn typed(text: &str) -> Self {
        let words = text.split([',', ';', '\n']);
        words.map(str::to_owned).collect()
    }

    /// They as a person would type them.
    #[must_use]
    pub fn written(&self) -> String {
        let tags: Vec<&str> = self.iter().collect();
        tags.join(", ")
    }

    /// The tags in their order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Whether it is among them.
    #[must_use]
    pub fn contains(&self, tag: &str) -> bool {
        self.0.contains(tag)
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds one, or takes it away.
    #[must_use]
    pub fn with(&self, tag: &str, tagging: Tagging) -> Self {
        let own = self.0.iter().filter(|one| *one != tag).cloned();
        let added = (tagging == Tagging::On).then(|| tag.to_owned());
        own.chain(added).collect()
    }
}

/// Whether a record is to have a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tagging {
    /// It is.
    On,
    /// It is not.
    Off,
}

impl FromIterator<String> for Tags {
    /// Without space around them, without empty ones, and each once.
    fn from_iter<T: IntoIterator<Item = String>>(tags: T) -> Self {
        let words = |tag: String| tag.split_whitespace().collect::<Vec<_>>().join(" ");
        let tags = tags.into_iter().map(words);
        Self(tags.filter(|tag| !tag.is_empty()).collect())
    }
}

impl Merge for Tags {
    /// What one person has added is there, and what one has taken away is not.
    fn merged(before: &Self, after: &Self, current: &Self) -> Self {
        let gone = |tag: &String| before.0.contains(tag) && !after.0.contains(tag);
        let kept = current.0.iter().filter(|tag| !gone(tag));
        let added = after.0.difference(&before.0);
        Self(kept.chain(added).cloned().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_a_set_and_reads_back() {
        for (typed, written) in [
            ("people, urgent", "people, urgent"),
            (" urgent ,people,, urgent", "people, urgent"),
            ("a  b; c", "a b, c"),
            ("", ""),
            (" , ", ""),
            (
                "\u{5b89}\u{5168}, \u{e4}rger",
                "\u{e4}rger, \u{5b89}\u{5168}",
            ),
        ] {
            let tags = Tags::typed(typed);
            assert_eq!(tags.written(), written);
            assert_eq!(Tags::typed(&tags.written()), tags);
        }
    }

    #[test]
    fn two_people_add_and_take_away() {
        let tags = Tags::typed;
        let merged = Tags::merged(&tags("a, b"), &tags("b, c"), &tags("a, b, d"));
        assert_eq!(merged, tags("b, c, d"));
        assert_eq!(tags("a").with("b", Tagging::On), tags("a, b"));
        assert_eq!(tags("a, b").with("b", Tagging::Off), tags("a"));
    }
}
