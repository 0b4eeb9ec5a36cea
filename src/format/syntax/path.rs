//! The way from the root of a tree to a value, spelled out only where a message needs it.

use std::fmt;

/// A place in a tree, such as `links[3].to`.
#[derive(Clone, Copy, Debug)]
pub enum Path<'a> {
    /// The whole text.
    Root,
    /// A field of an object.
    Field(&'a Path<'a>, &'a str),
    /// An item of a list, counted from zero.
    Item(&'a Path<'a>, usize),
}

impl<'a> Path<'a> {
    /// A field of what is here.
    #[must_use]
    pub const fn field(&'a self, name: &'a str) -> Self {
        Self::Field(self, name)
    }

    /// An item of what is here.
    #[must_use]
    pub const fn item(&'a self, index: usize) -> Self {
        Self::Item(self, index)
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root => formatter.write_str("the text"),
            Self::Field(Self::Root, name) => formatter.write_str(&shortened(name)),
            Self::Field(parent, name) => write!(formatter, "{parent}.{}", shortened(name)),
            Self::Item(Self::Root, index) => write!(formatter, "[{index}]"),
            Self::Item(parent, index) => write!(formatter, "{parent}[{index}]"),
        }
    }
}

/// A text from a file as it may stand in a message: short, and without line breaks.
pub fn shortened(text: &str) -> String {
    const LONGEST: usize = 40;
    let mut short: String = text
        .chars()
        .take(LONGEST)
        .map(|character| {
            if character.is_control() {
                '\u{FFFD}'
            } else {
                character
            }
        })
        .collect();
    if text.chars().nth(LONGEST).is_some() {
        short.push('\u{2026}');
    }
    short
}
