//! Where somebody sees leverage, and what the system is to do.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A place to intervene in a system, by Meadows' list of twelve: 1 is the strongest, transcending
/// paradigms, 12 the weakest, parameters (Meadows 1999, "Leverage Points: Places to Intervene in a
/// System").
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct LeverageLevel(u8);

/// A number that is no level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("{0} is no leverage level; they go from 1 to 12")]
pub struct LeverageLevelError(pub u8);

impl TryFrom<u8> for LeverageLevel {
    type Error = LeverageLevelError;

    fn try_from(number: u8) -> Result<Self, LeverageLevelError> {
        Self::new(number)
    }
}

impl From<LeverageLevel> for u8 {
    fn from(level: LeverageLevel) -> Self {
        level.0
    }
}

impl LeverageLevel {
    /// All of them, the weakest first.
    pub fn all() -> impl Iterator<Item = Self> {
        (1..=12).rev().map(Self)
    }

    /// The level of this number, 1 to 12.
    ///
    /// # Errors
    /// There is none of this number.
    pub const fn new(number: u8) -> Result<Self, LeverageLevelError> {
        if matches!(number, 1..=12) {
            Ok(Self(number))
        } else {
            Err(LeverageLevelError(number))
        }
    }

    /// Its number, 1 to 12.
    #[must_use]
    pub const fn number(self) -> u8 {
        self.0
    }

    /// Its short name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self.0 {
            1 => "transcending paradigms",
            2 => "paradigm",
            3 => "goals",
            4 => "self-organisation",
            5 => "rules",
            6 => "information flows",
            7 => "gain of reinforcing loops",
            8 => "strength of balancing loops",
            9 => "delays",
            10 => "stock-and-flow structure",
            11 => "buffer sizes",
            _ => "parameters",
        }
    }
}

/// Which way a variable is to go, if the system does what it is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Aim {
    /// It is to rise.
    Rise,
    /// It is to fall.
    Fall,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_twelve_levels_the_weakest_first() {
        let numbers: Vec<u8> = LeverageLevel::all().map(LeverageLevel::number).collect();
        assert_eq!(numbers, [12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
        assert_eq!(LeverageLevel::new(13), Err(LeverageLevelError(13)));
        assert_eq!(LeverageLevel::new(9).map(LeverageLevel::name), Ok("delays"));
    }
}
