//! Names of variables, dimensions and functions: what counts as the same name.

use std::fmt;
use std::sync::Arc;

/// A name as equations compare it: in lower case, with every run of blanks, line breaks (written
/// `\n` too) and underscores as one underscore, and none at either end.
///
/// XMILE 1.0, section 3.1.1. Vensim compares in the same way.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(Arc<str>);

impl Name {
    /// The name that a text says.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut key = String::with_capacity(text.len());
        let mut is_apart = false;
        let mut characters = text.chars().peekable();
        while let Some(character) = characters.next() {
            let is_break = character == '\\' && characters.peek() == Some(&'n');
            if is_break {
                characters.next();
            }
            if is_break || matches!(character, ' ' | '\t' | '\r' | '\n' | '\u{a0}' | '_') {
                is_apart = true;
                continue;
            }
            if is_apart && !key.is_empty() {
                key.push('_');
            }
            is_apart = false;
            key.extend(character.to_lowercase());
        }
        Self(key.into())
    }

    /// The name as it is compared.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&str> for Name {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

#[cfg(test)]
mod tests {
    use super::Name;

    #[test]
    fn blanks_case_and_line_breaks_make_no_difference() {
        let name = Name::new("Birth Rate");
        for same in [
            "birth_rate",
            " BIRTH  rate ",
            "Birth\\nRate",
            "birth\n\t_Rate_",
            "birth\u{a0}rate",
        ] {
            assert_eq!(Name::new(same), name, "{same:?}");
        }
        for other in ["birthrate", "birth\u{2002}rate", "birth-rate"] {
            assert_ne!(Name::new(other), name, "{other:?}");
        }
        assert_eq!(Name::new("ÄRA"), Name::new("ära"));
        assert_eq!(Name::new(" _ ").as_str(), "");
    }
}
