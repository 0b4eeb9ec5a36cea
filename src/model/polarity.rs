//! The sign of a cause.

/// How the effect of a link answers its cause; never guessed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Polarity {
    /// `+`: cause up, effect above what it would have been.
    Positive,
    /// `-`: cause up, effect below what it would have been.
    Negative,
    /// Not known yet; written `?`.
    #[default]
    Unknown,
}

impl Polarity {
    /// The character people write beside an arrow head.
    #[must_use]
    pub const fn symbol(self) -> char {
        match self {
            Self::Positive => '+',
            Self::Negative => '\u{2212}',
            Self::Unknown => '?',
        }
    }
}
