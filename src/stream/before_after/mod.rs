//! What was measured before an experiment and after it, side by side.
//!
//! Lead times are skewed, so numbers are compared by their ranks: the test of Mann and Whitney, and
//! the shift of Hodges and Lehmann with its interval. Shares are compared by Fisher's exact test, and
//! their difference has Newcombe's interval. None of it says what made a difference.

mod rank_test;
mod share_test;
mod shift;
mod typed;
mod words;

pub use rank_test::{Method, RankTest, mann_whitney};
pub use share_test::{ShareTest, fisher, newcombe};
pub use shift::{Shift, hodges_lehmann};
pub use typed::{Typed, TypedError, read_typed};
pub use words::{Measured, measured};

use serde::{Deserialize, Serialize};

use crate::model::{Sample, Share};

/// Which side of an experiment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SampleSide {
    /// Before it.
    Before,
    /// After it began.
    After,
}

impl SampleSide {
    /// What people read.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Before => "Before",
            Self::After => "After",
        }
    }

    /// A short name without blanks.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::After => "after",
        }
    }
}

/// With fewer things on one side there is no test and no interval: chance alone parts three beside
/// three altogether in 10 of 100 cases, four beside four in 3 of 100.
pub const FEWEST: usize = 4;

/// Of how many chances in one a difference is taken for more than chance.
pub const LEVEL: f64 = 0.05;

/// What a standard normal number is below with 97.5 %, which leaves 95 % on both sides of 0.
const NORMAL_975: f64 = 1.959_963_984_540_054;

/// What is said of some numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Summary {
    /// How many there are.
    pub count: usize,
    /// The middle one, or the middle between the two in the middle.
    pub median: f64,
    /// Their mean.
    pub mean: f64,
}

impl Summary {
    /// Of some numbers; none of no number.
    #[must_use]
    pub fn of(numbers: &[f64]) -> Option<Self> {
        let mut sorted = numbers.to_vec();
        sorted.sort_by(f64::total_cmp);
        let count = sorted.len();
        let at = |place: usize| sorted.get(place).copied();
        let (low, high) = (at(count.checked_sub(1)? / 2)?, at(count / 2)?);
        Some(Self {
            count,
            median: f64::midpoint(low, high),
            // In their order, so that it is the same in whatever order they were typed.
            mean: sorted.iter().sum::<f64>() / count as f64,
        })
    }
}

/// What was measured on both sides.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Compared {
    /// Numbers.
    Numbers {
        /// Those before.
        before: Summary,
        /// Those after.
        after: Summary,
        /// The test and the shift; none with fewer than [`FEWEST`] on a side.
        test: Option<(RankTest, Shift)>,
    },
    /// Shares.
    Shares {
        /// That before.
        before: Share,
        /// That after.
        after: Share,
        /// The test and the difference; none with fewer than [`FEWEST`] on a side.
        test: Option<ShareTest>,
    },
    /// Numbers on one side and a share on the other: nothing can be said.
    Unlike,
}

/// Compares what was measured before with what was measured after.
#[must_use]
pub fn compare(before: &Sample, after: &Sample) -> Compared {
    let is_enough = before.count().min(after.count()) >= FEWEST;
    match (before, after) {
        (Sample::Numbers(one), Sample::Numbers(other)) => {
            let (Some(before), Some(after)) = (Summary::of(one), Summary::of(other)) else {
                return Compared::Unlike;
            };
            Compared::Numbers {
                before,
                after,
                test: is_enough.then(|| (mann_whitney(one, other), hodges_lehmann(one, other))),
            }
        }
        (Sample::Share(before), Sample::Share(after)) => Compared::Shares {
            before: *before,
            after: *after,
            test: is_enough.then(|| ShareTest::of(*before, *after)),
        },
        _ => Compared::Unlike,
    }
}
