//! How many loops there are, and how far that number can be trusted.

/// How many loops of each polarity there are, and how many of them are delayed.
///
/// No count overflows: it stops at `u64::MAX`, and the search then answers
/// [`Completeness::Saturated`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct LoopCounts {
    /// Loops with an even number of negative links and none unknown.
    pub reinforcing: u64,
    /// Loops with an odd number of negative links and none unknown.
    pub balancing: u64,
    /// Loops with a link of unknown polarity.
    pub undetermined: u64,
    /// Loops of any polarity with a delayed link.
    pub delayed: u64,
}

impl LoopCounts {
    /// All loops; `u64::MAX` when they are that many or more.
    #[must_use]
    pub const fn total(self) -> u64 {
        self.reinforcing
            .saturating_add(self.balancing)
            .saturating_add(self.undetermined)
    }
}

/// How far the counts of a search can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Completeness {
    /// The search is finished: there are exactly this many loops (within the bound on their
    /// length, where one is set).
    Exact,
    /// The search goes on: there are at least this many loops.
    SoFar,
    /// There are more loops than 64 bits can count: there are at least this many.
    Saturated,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_total_leaves_delays_out_and_does_not_overflow() {
        let few = LoopCounts {
            reinforcing: 1,
            balancing: 2,
            undetermined: 3,
            delayed: 6,
        };
        assert_eq!(few.total(), 6);
        let many = LoopCounts {
            reinforcing: u64::MAX,
            ..few
        };
        assert_eq!(many.total(), u64::MAX);
    }
}
