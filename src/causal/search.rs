//! The search for all loops of a graph, a budget at a time.

use super::circuit_walk::{CircuitWalk, Stop};
use super::counts::{Completeness, LoopCounts};
use super::found::{FoundLoop, LoopPolarity, index_of_smallest_variable, loop_delay};
use super::graph::{Graph, GraphLink};
use super::kernel::Kernel;
use super::path_bundle::PathBundles;
use super::shortest_loops::ShortestLoops;
use super::unfold::{Step, Unfold};

/// What a search may keep, and how far it looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct SearchLimits {
    /// How many loops to keep: the shortest of those found. With zero, loops are only counted,
    /// which is much faster than keeping them.
    pub stored: usize,
    /// The most links of a loop; longer loops are neither counted nor kept. `None` for no bound.
    ///
    /// A search without a bound, cut off early, keeps the shortest of what it happened to meet.
    /// Where there are too many loops to meet them all, searching with a bound of 1, 2, 3 ...
    /// links finds the shortest for certain.
    pub longest: Option<usize>,
}

/// Whether something that works by a budget, such as a search or a run, is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// All is done.
    Finished,
    /// The budget is spent, and there is more to do.
    Unfinished,
}

/// Finds, signs and counts the elementary loops of a graph. It borrows nothing, so it can be
/// held from one frame to the next.
///
/// Strongly connected components come first (Tarjan 1972), then in each the elementary circuits
/// (Johnson 1975), on a graph that is contracted as far as it goes. A ring of what is left carries
/// how many loops of each sign it stands for, as products along the path, so that a loop's sign
/// costs no second look. Only loops that are kept are written out.
#[derive(Clone, Debug)]
pub struct LoopSearch {
    links: Box<[GraphLink]>,
    circuits: CircuitWalk,
    /// The loops that are being written out.
    unfold: Unfold,
    shortest: ShortestLoops,
}

impl LoopSearch {
    /// A search at its start. It copies what it needs of the graph.
    #[must_use]
    pub fn new(graph: &Graph, limits: SearchLimits) -> Self {
        // No loop is longer than there are variables, so such a bound is none.
        let longest = limits
            .longest
            .and_then(|longest| u32::try_from(longest).ok());
        let longest = longest.filter(|&longest| longest < graph.variables());
        Self {
            links: graph.links().into(),
            circuits: CircuitWalk::of_graph(graph, longest),
            unfold: Unfold::default(),
            shortest: ShortestLoops::new(limits.stored),
        }
    }

    /// A search that counts the loops of a kernel.
    pub(super) fn of_kernel(kernel: Kernel, bundles: PathBundles) -> Self {
        Self {
            links: Box::default(),
            circuits: CircuitWalk::of_kernel(kernel, bundles),
            unfold: Unfold::default(),
            shortest: ShortestLoops::new(0),
        }
    }

    /// A search for the loops through one variable only. Nothing is contracted, and where the
    /// variable is not there, nothing is found.
    #[must_use]
    pub(super) fn through(graph: &Graph, root: u32, limits: SearchLimits) -> Self {
        let mut search = Self::new(graph, limits);
        search.circuits.keep_to(graph, root);
        search
    }

    /// Searches on for about `budget` visits of a link, and a little longer where a part of the
    /// graph has to be made ready: at most one pass over its links. A budget of zero does nothing.
    pub fn advance(&mut self, mut budget: u64) -> Progress {
        while budget > 0 && !self.is_finished() {
            if self.unfold.is_active() {
                self.write_out(&mut budget);
                continue;
            }
            match self
                .circuits
                .advance(&mut budget, self.shortest.wanted_below(), None)
            {
                Stop::Spent | Stop::Finished => {}
                Stop::Closed(bundle) => self.unfold.begin(&self.circuits.bundles, [bundle]),
                Stop::Ring => {
                    let ring = self.circuits.ring_reversed();
                    self.unfold.begin(&self.circuits.bundles, ring);
                }
            }
        }
        if self.is_finished() {
            Progress::Finished
        } else {
            Progress::Unfinished
        }
    }

    /// How many loops were found so far.
    #[must_use]
    pub fn counts(&self) -> LoopCounts {
        self.circuits.counter.tally().counts()
    }

    /// How far [`LoopSearch::counts`] can be trusted.
    #[must_use]
    pub fn completeness(&self) -> Completeness {
        if self.counts().total() == u64::MAX {
            Completeness::Saturated
        } else if self.is_finished() {
            Completeness::Exact
        } else {
            Completeness::SoFar
        }
    }

    /// The loops kept so far, shortest first; of equal length, in the order in which they were
    /// found, which is always the same for the same graph, whatever the budgets.
    pub fn loops(&self) -> impl Iterator<Item = FoundLoop<'_>> {
        self.shortest.loops()
    }

    /// How many loops are kept so far.
    #[must_use]
    pub const fn kept(&self) -> usize {
        self.shortest.kept()
    }

    fn is_finished(&self) -> bool {
        self.circuits.is_finished() && !self.unfold.is_active()
    }

    /// Writes out loops until there are no more of the ring, or the budget is spent.
    fn write_out(&mut self, budget: &mut u64) {
        while *budget > 0 {
            *budget -= 1;
            match self
                .unfold
                .step(&self.circuits.bundles, self.shortest.wanted_below())
            {
                Step::Part => {}
                Step::Loop => self.keep(),
                Step::Finished => return,
            }
        }
    }

    /// Signs the loop that was written out, and keeps it.
    fn keep(&mut self) {
        let route = self.unfold.route();
        let on_route = || route.iter().map(|&link| &self.links[link as usize]);
        let polarity = LoopPolarity::of(on_route().map(|link| link.polarity));
        let delay = loop_delay(on_route().map(|link| link.delay));
        let start = index_of_smallest_variable(route, &self.links);
        self.shortest.put(
            FoundLoop {
                links: route,
                polarity,
                delay,
            },
            start,
        );
    }
}
