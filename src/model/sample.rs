//! What was measured of one side of an experiment: before it, or after it.

use serde::{Deserialize, Serialize};

use super::flaw::Flaw;
use super::measure::MAXIMUM_AMOUNT;
use super::quantity::exact_text;

/// What was measured: numbers of single things, or how many of them were something.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Sample {
    /// One number of each thing that was measured, in the unit of the experiment: 1 to 2,000 of
    /// them, each at most 10¹² either way.
    Numbers(Box<[f64]>),
    /// How many of the things were something, such as late.
    Share(Share),
}

/// How many of some things were something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Share {
    /// How many were; at most as many as there are.
    pub with: u32,
    /// How many there are: 1 to 1,000,000.
    pub of: u32,
}

impl Share {
    /// How many things there may be.
    pub const MOST: u32 = 1_000_000;

    /// The part that they are, from 0 to 1.
    #[must_use]
    pub fn part(self) -> f64 {
        f64::from(self.with) / f64::from(self.of)
    }
}

impl Sample {
    /// How many numbers there may be.
    pub const MOST: usize = 2_000;

    /// How many things were looked at.
    #[must_use]
    pub fn count(&self) -> usize {
        match self {
            Self::Numbers(numbers) => numbers.len(),
            Self::Share(share) => usize::try_from(share.of).unwrap_or(usize::MAX),
        }
    }

    /// It as it can be typed again: a number a line, or `12 of 80`.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Numbers(numbers) => {
                let lines: Vec<String> = numbers.iter().map(|one| exact_text(*one)).collect();
                lines.join("\n")
            }
            Self::Share(share) => format!("{} of {}", share.with, share.of),
        }
    }

    /// What is wrong with it, and where within it.
    pub(super) fn flaws(&self) -> Vec<(String, Flaw)> {
        let mut flaws = Vec::new();
        let mut note = |field: String, value: f64, range: std::ops::RangeInclusive<f64>| {
            flaws.extend(Flaw::of_number(value, &range).map(|flaw| (field, flaw)));
        };
        match self {
            Self::Numbers(numbers) => {
                // No list is so long that its length is no exact number.
                let (count, most) = (numbers.len() as f64, Self::MOST as f64);
                note("numbers".to_owned(), count, 1.0..=most);
                for (place, number) in numbers.iter().enumerate() {
                    let range = -MAXIMUM_AMOUNT..=MAXIMUM_AMOUNT;
                    note(format!("numbers.{place}"), *number, range);
                }
            }
            Self::Share(Share { with, of }) => {
                let most = f64::from(Share::MOST);
                note("share.of".to_owned(), f64::from(*of), 1.0..=most);
                let range = 0.0..=f64::from(*of);
                note("share.with".to_owned(), f64::from(*with), range);
            }
        }
        flaws
    }
}
