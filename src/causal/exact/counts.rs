//! Exact numbers of loops by polarity and delay.

use super::number::ExactNumber;
use crate::causal::counts::LoopCounts;

/// How many loops of each polarity there are, and how many of them are delayed, however many.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ExactCounts {
    /// Loops with an even number of negative links and none unknown.
    pub reinforcing: ExactNumber,
    /// Loops with an odd number of negative links and none unknown.
    pub balancing: ExactNumber,
    /// Loops with a link of unknown polarity.
    pub undetermined: ExactNumber,
    /// Loops of any polarity with a delayed link.
    pub delayed: ExactNumber,
}

impl ExactCounts {
    /// All loops.
    #[must_use]
    pub fn total(&self) -> ExactNumber {
        self.reinforcing
            .plus(&self.balancing)
            .plus(&self.undetermined)
    }

    /// The loops of both, which must have none in common.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        Self {
            reinforcing: self.reinforcing.plus(&other.reinforcing),
            balancing: self.balancing.plus(&other.balancing),
            undetermined: self.undetermined.plus(&other.undetermined),
            delayed: self.delayed.plus(&other.delayed),
        }
    }

    /// The counts in 64 bits, each at most `u64::MAX`.
    #[must_use]
    pub fn saturated(&self) -> LoopCounts {
        let saturated = |number: &ExactNumber| number.to_u64().unwrap_or(u64::MAX);
        LoopCounts {
            reinforcing: saturated(&self.reinforcing),
            balancing: saturated(&self.balancing),
            undetermined: saturated(&self.undetermined),
            delayed: saturated(&self.delayed),
        }
    }
}

impl From<LoopCounts> for ExactCounts {
    fn from(counts: LoopCounts) -> Self {
        Self {
            reinforcing: counts.reinforcing.into(),
            balancing: counts.balancing.into(),
            undetermined: counts.undetermined.into(),
            delayed: counts.delayed.into(),
        }
    }
}

impl PartialEq<LoopCounts> for ExactCounts {
    fn eq(&self, other: &LoopCounts) -> bool {
        self.reinforcing == other.reinforcing
            && self.balancing == other.balancing
            && self.undetermined == other.undetermined
            && self.delayed == other.delayed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_compare_with_64_bits_and_saturate() {
        let few = LoopCounts {
            reinforcing: 1,
            balancing: u64::MAX,
            undetermined: 3,
            delayed: 4,
        };
        let exact = ExactCounts::from(few);
        assert!(exact == few && exact.saturated() == few);
        let twice = exact.plus(&exact);
        assert!(twice != few && twice.saturated().balancing == u64::MAX);
        assert_eq!(exact.total().to_string(), "18446744073709551619");
    }
}
