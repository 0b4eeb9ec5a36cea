//! The count of all loops, a budget at a time.

use super::counts::ExactCounts;
use super::frontier::{Keep, Outcome};
use super::programme::{Plans, Programme};
use super::reduce::{Reduction, extend_weights, reduce};
use super::sums::Width;
use crate::causal::counts::Completeness;
use crate::causal::graph::Graph;
use crate::causal::kernel::{Arc, Kernel};
use crate::causal::search::{LoopSearch, Progress};

/// How far a count can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CountState {
    /// The count goes on: there are at least as many loops as it has found.
    SoFar,
    /// There are exactly this many loops.
    Exact,
    /// The count gave up: there are at least this many loops, and finding out how many more would
    /// take more memory or time than it may have.
    AtLeast,
}

/// Counts the loops of a graph by sign and delay without listing them, so that 2^200 loops are as
/// quickly counted as two hundred. It borrows nothing, so it can be held from one frame to the
/// next.
///
/// The graph is split and contracted as far as it goes; what is left is counted by a frontier
/// dynamic programme over its variables, or where it is small and dense by one over sets of
/// variables. The cost grows not with the number of loops but with how many states a cut through the
/// graph has, or with the number of sets. Counting is #P-hard (Valiant 1979, "The complexity of
/// enumeration and reliability problems"), so there are graphs that are too much for it: there, a
/// plain search takes over for a while, and then the count says that there are at least as many
/// loops as were found.
#[derive(Clone, Debug)]
pub struct ExactCount {
    graph: Graph,
    limits: ExactLimits,
    reduction: Reduction,
    width: Width,
    weights: Vec<Vec<u64>>,
    /// The sums of what is counted by the programme, closed bundles included.
    total: Vec<u64>,
    /// What is counted by searching.
    searched: ExactCounts,
    cores: Vec<Core>,
    /// The core in turn.
    turn: usize,
    work: Option<Work>,
    is_cut_off: bool,
    state: CountState,
}

/// A core and how it is to be counted.
#[derive(Clone, Debug)]
struct Core {
    kernel: Kernel,
    method: Method,
}

/// How a core is counted.
#[derive(Clone, Debug)]
enum Method {
    /// By a short search, and if that does not finish by a programme.
    Brief(Plans),
    /// By a programme.
    Programme(Plans),
    /// By a long search, where no programme would do; one has found these loops.
    Search(ExactCounts),
    /// It is counted, in so far as it can be, by searching.
    Searched,
}

/// What is being done to the core in turn.
#[derive(Clone, Debug)]
enum Work {
    Programme(Programme),
    Search(Box<LoopSearch>, u64),
}

/// What a count may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ExactLimits {
    /// The most states of a frontier held at once, of about 70 bytes each; fewer, in the same
    /// memory, where the numbers are large.
    pub states: usize,
    /// The most numbers of eight bytes that the programme over subsets holds at once.
    pub words: usize,
    /// How many visits of a link a search may make in a part of the graph that neither programme
    /// can count within these limits.
    pub visits: u64,
}

impl Default for ExactLimits {
    /// A million states; words for a core of 22 variables, though not for the loops through each link
    /// where these are more than 2^62; about a second of searching.
    fn default() -> Self {
        Self {
            states: 1 << 20,
            words: 1 << 25,
            visits: 1 << 27,
        }
    }
}

/// How many visits a brief search may make.
const BRIEF_EFFORT: u64 = 1 << 18;

impl ExactCount {
    /// A count at its start, with the usual limits. It copies what it needs of the graph.
    #[must_use]
    pub fn new(graph: &Graph) -> Self {
        Self::with_limits(graph, ExactLimits::default())
    }

    /// A count that may cost as much as `limits` say.
    #[must_use]
    pub fn with_limits(graph: &Graph, limits: ExactLimits) -> Self {
        let mut reduction = reduce(graph);
        let core = |kernel: Kernel| Core {
            method: match Plans::of(&kernel) {
                plans if plans.is_empty() => Method::Search(ExactCounts::default()),
                plans if plans.are_costly() => Method::Brief(plans),
                plans => Method::Programme(plans),
            },
            kernel,
        };
        let cores = std::mem::take(&mut reduction.cores);
        let mut count = Self {
            graph: graph.clone(),
            limits,
            reduction,
            width: Width::NARROW,
            weights: Vec::new(),
            total: Vec::new(),
            searched: ExactCounts::default(),
            cores: cores.into_iter().map(core).collect(),
            turn: 0,
            work: None,
            is_cut_off: false,
            state: CountState::SoFar,
        };
        count.start(Width::NARROW);
        count
    }

    /// Counts on for about `budget` steps, each as long as one visit of a link by a search. A
    /// budget of zero does nothing.
    pub fn advance(&mut self, mut budget: u64) -> Progress {
        while budget > 0 && self.state == CountState::SoFar {
            match &mut self.work {
                None => self.take_turn(),
                Some(Work::Programme(programme)) => match programme.advance(&mut budget) {
                    Outcome::Unfinished => {}
                    Outcome::Finished => {
                        self.width.add(&mut self.total, programme.total());
                        self.work = None;
                        self.turn += 1;
                    }
                    Outcome::TooMany => {
                        let known = counts_if_sure(&self.graph, self.width, programme.total());
                        self.work = None;
                        self.give_up_frontier(known);
                    }
                },
                Some(Work::Search(search, effort)) => {
                    let visits = budget.min(*effort);
                    let progress = search.advance(visits);
                    *effort -= visits;
                    budget -= visits;
                    if progress == Progress::Finished || *effort == 0 {
                        self.take_search();
                    }
                }
            }
        }
        match self.state {
            CountState::SoFar => Progress::Unfinished,
            CountState::Exact | CountState::AtLeast => Progress::Finished,
        }
    }

    /// How far the numbers can be trusted.
    #[must_use]
    pub const fn state(&self) -> CountState {
        self.state
    }

    /// The exact numbers, once they are known.
    #[must_use]
    pub fn counts(&self) -> Option<ExactCounts> {
        (self.state == CountState::Exact).then(|| self.at_least())
    }

    /// What was counted so far: of each kind there are at least as many loops.
    #[must_use]
    pub fn at_least(&self) -> ExactCounts {
        let mut counts = counts_if_sure(&self.graph, self.width, &self.total);
        counts = counts.plus(&self.searched);
        if let Some(Work::Search(search, _)) = &self.work {
            counts = counts.plus(&search.counts().into());
        }
        counts
    }

    /// Begins to count, or begins anew, with numbers of this width.
    fn start(&mut self, width: Width) {
        self.width = width;
        self.weights.clear();
        let (bundles, links) = (&self.reduction.bundles, self.graph.links());
        extend_weights(bundles, links, width, &mut self.weights);
        self.total = self.reduction.closed(&self.weights, width);
        self.turn = 0;
    }

    fn take_turn(&mut self) {
        let Some(core) = self.cores.get(self.turn) else {
            self.finish();
            return;
        };
        let search = || LoopSearch::of_kernel(core.kernel.clone(), self.reduction.bundles.clone());
        self.work = match &core.method {
            Method::Brief(_) => Some(Work::Search(Box::new(search()), BRIEF_EFFORT)),
            Method::Search(_) => Some(Work::Search(Box::new(search()), self.limits.visits)),
            Method::Programme(plans) => {
                let weights = arc_weights(&core.kernel, &self.weights);
                let programme = plans.start(weights, self.width, Keep::Last, self.limits);
                match programme {
                    Some(programme) => Some(Work::Programme(programme)),
                    None => {
                        self.cores[self.turn].method = Method::Search(ExactCounts::default());
                        None
                    }
                }
            }
            Method::Searched => {
                self.turn += 1;
                None
            }
        };
    }

    /// The frontier has too many states: another programme goes on, or the core is searched. `known` is
    /// what was found.
    fn give_up_frontier(&mut self, known: ExactCounts) {
        if let Method::Programme(plans) = &mut self.cores[self.turn].method {
            plans.give_up_frontier();
            if plans.is_empty() {
                self.cores[self.turn].method = Method::Search(known);
            }
        }
    }

    /// Takes over what a search has found, or leaves the core to the programme.
    fn take_search(&mut self) {
        let Some(Work::Search(search, _)) = self.work.take() else {
            return;
        };
        let is_exact = search.completeness() == Completeness::Exact;
        let mut found = ExactCounts::from(search.counts());
        let core = &mut self.cores[self.turn];
        core.method = match std::mem::replace(&mut core.method, Method::Searched) {
            Method::Brief(plans) if !is_exact => Method::Programme(plans),
            method => {
                if let Method::Search(known) = method
                    && known.total() > found.total()
                {
                    found = known;
                }
                self.is_cut_off |= !is_exact;
                self.searched = self.searched.plus(&found);
                Method::Searched
            }
        };
    }

    /// All cores are counted: either that is the result, or it needs wider numbers.
    fn finish(&mut self) {
        let needed = width_for(&self.graph, self.width, &self.total);
        if needed.fits(self.width) {
            self.state = if self.is_cut_off {
                CountState::AtLeast
            } else {
                CountState::Exact
            };
        } else {
            self.start(needed);
        }
    }
}

/// The weights of the arcs of a core.
pub(super) fn arc_weights(kernel: &Kernel, weights: &[Vec<u64>]) -> Vec<Vec<u64>> {
    let weight = |arc: &Arc| weights[arc.bundle as usize].clone();
    kernel.arcs.iter().map(weight).collect()
}

/// The width that a sum of all loops needs.
///
/// Beyond floating point there is still a bound: a loop chooses, for each variable, one of the
/// links that leave it or none.
pub(super) fn width_for(graph: &Graph, width: Width, total: &[u64]) -> Width {
    let needed = width.needed(total);
    needed.unwrap_or_else(|| Width::of_bits(most_bits(graph)))
}

/// As many bits as the number of loops can have.
fn most_bits(graph: &Graph) -> usize {
    let mut choices = vec![1_u32; graph.variables() as usize];
    for link in graph.links() {
        choices[link.from as usize] += 1;
    }
    let bits = |choices: &u32| (choices.next_power_of_two()).trailing_zeros() as usize;
    choices.iter().map(bits).sum::<usize>() + 1
}

/// The counts of a record, or none if they may be too large for its width.
fn counts_if_sure(graph: &Graph, width: Width, record: &[u64]) -> ExactCounts {
    if width_for(graph, width, record).fits(width) {
        width.counts(record)
    } else {
        ExactCounts::default()
    }
}
