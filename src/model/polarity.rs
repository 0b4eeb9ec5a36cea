//! The sign of a cause.

use serde::{Deserialize, Serialize};

use super::record::merge_as_a_whole;

/// How the effect of a link answers its cause; never guessed.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Polarity {
    /// `+`: cause up, effect above what it would have been.
    #[serde(rename = "+")]
    Positive,
    /// `-`: cause up, effect below what it would have been.
    #[serde(rename = "-")]
    Negative,
    /// Not known yet; written `?`.
    #[serde(rename = "?")]
    #[default]
    Unknown,
}

merge_as_a_whole!(Polarity);

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
