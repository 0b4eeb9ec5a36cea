//! Which programme counts a core, and running it.

use super::count::ExactLimits;
use super::frontier::{Frontier, Keep, Outcome};
use super::plan::{Plan, plan};
use super::subsets::{SubsetPlan, Subsets};
use super::sums::Width;
use crate::causal::kernel::Kernel;
use crate::causal::search::Progress;

/// The programmes that may serve for a core.
#[derive(Clone, Debug)]
pub(super) struct Plans {
    frontier: Option<Plan>,
    subsets: Option<SubsetPlan>,
}

/// A core with a frontier as wide as this may be too much for a programme.
const WIDE: usize = 11;

/// How many products of the programme over subsets take as long as one state of a frontier that the
/// plan expects, with all ways from it. An estimate: a complete graph of 12 took 2.4 microseconds for
/// a state and 20 nanoseconds for a product, all its numbers included.
const STATE: f64 = 100.0;

impl Plans {
    /// What may serve for a core.
    pub(super) fn of(core: &Kernel) -> Self {
        Self {
            frontier: plan(core),
            subsets: SubsetPlan::of(core),
        }
    }

    /// Whether there is none, for numbers of any width.
    pub(super) const fn is_empty(&self) -> bool {
        self.frontier.is_none() && self.subsets.is_none()
    }

    /// Whether a search may well be faster, if there are few loops.
    pub(super) fn are_costly(&self) -> bool {
        let is_wide = |plan: &Plan| plan.width >= WIDE;
        self.frontier.as_ref().is_none_or(is_wide)
    }

    /// The frontier turned out to have too many states.
    pub(super) fn give_up_frontier(&mut self) {
        self.frontier = None;
    }

    /// The programme that takes less time; `None` if none serves within these limits.
    pub(super) fn start(
        &self,
        weights: Vec<Vec<u64>>,
        width: Width,
        keep: Keep,
        limits: ExactLimits,
    ) -> Option<Programme> {
        let fits = |plan: &&SubsetPlan| {
            let words = plan.words(width, keep);
            words.is_some_and(|words| words <= limits.words)
        };
        let subsets = self.subsets.as_ref().filter(fits);
        let frontier = self
            .frontier
            .as_ref()
            .filter(|plan| subsets.is_none_or(|other| STATE * plan.states < other.products));
        match (frontier, subsets) {
            (Some(plan), _) => {
                let frontier = Frontier::new(plan.clone(), weights, width, keep, limits.states);
                Some(Programme::Frontier(Box::new(frontier)))
            }
            (None, Some(plan)) => {
                let subsets = Subsets::new(plan, weights, width, keep);
                Some(Programme::Subsets(Box::new(subsets)))
            }
            (None, None) => None,
        }
    }
}

/// A programme under way.
#[derive(Clone, Debug)]
pub(super) enum Programme {
    /// Over cuts through the core.
    Frontier(Box<Frontier>),
    /// Over sets of its variables.
    Subsets(Box<Subsets>),
}

impl Programme {
    /// Goes on for about `budget` steps.
    pub(super) fn advance(&mut self, budget: &mut u64) -> Outcome {
        match self {
            Self::Frontier(frontier) => frontier.advance(budget),
            Self::Subsets(subsets) => match subsets.advance(budget) {
                Progress::Unfinished => Outcome::Unfinished,
                Progress::Finished => Outcome::Finished,
            },
        }
    }

    /// The sums of all loops, once finished; of those found so far, where a frontier has too many states.
    pub(super) fn total(&self) -> &[u64] {
        match self {
            Self::Frontier(frontier) => frontier.total(),
            Self::Subsets(subsets) => subsets.total(),
        }
    }

    /// How the sum of all loops changes with the weight of each arc, for a finished programme that
    /// kept its layers: the number of ways to complete the arc to a loop.
    pub(super) fn gradient(self) -> Vec<Vec<u64>> {
        match self {
            Self::Frontier(mut frontier) => frontier.gradient(),
            Self::Subsets(subsets) => subsets.into_gradient(),
        }
    }
}
