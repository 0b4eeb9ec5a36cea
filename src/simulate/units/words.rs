//! What counts as the same name of a unit: case, blanks, singular and plural.

/// The key by which a base name is compared: in lower case, each word without its plural ending.
pub(super) fn key(name: &str) -> String {
    let words = name.split(|c: char| c.is_whitespace() || c == '_');
    let stems = words.filter(|word| !word.is_empty()).map(stem);
    stems.collect::<Vec<_>>().join(" ")
}

/// A word without a plural ending. Singular and plural come to the same, which need be no word:
/// `box` and `boxes`, `cache` and `caches`, `country` and `countries`.
fn stem(word: &str) -> String {
    let mut word = word.to_lowercase();
    if word.chars().count() <= 2 {
        return word;
    }
    let is_plural =
        word.ends_with('s') && !["ss", "us", "is"].iter().any(|end| word.ends_with(end));
    if is_plural {
        word.pop();
    }
    if word.ends_with('e') && word.chars().count() > 2 {
        word.pop();
    }
    if word.ends_with('y') {
        word.pop();
        word.push('i');
    }
    word
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn singular_and_plural_are_the_same() {
        for (one, many) in [
            ("widget", "Widgets"),
            ("month", "months"),
            ("box", "boxes"),
            ("cache", "caches"),
            ("house", "houses"),
            ("bus", "buses"),
            ("glass", "glasses"),
            ("country", "countries"),
            ("day", "Days"),
            ("tree", "trees"),
            ("million dollar", "million_dollars"),
            ("Degree Fahrenheit", "degrees  fahrenheit"),
        ] {
            assert_eq!(key(one), key(many), "{one}");
        }
        for (one, other) in [("s", "m"), ("ms", "m"), ("gas", "glass"), ("hare", "fox")] {
            assert_ne!(key(one), key(other), "{one}");
        }
    }
}
