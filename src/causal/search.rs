//! The search for all loops of a graph, a budget at a time.

use super::counts::{Completeness, LoopCounts};
use super::expansion::{Expansion, Step};
use super::found::{FoundLoop, LoopPolarity, loop_delay, place_of_smallest_variable};
use super::graph::{Graph, GraphLink};
use super::kernel::Kernel;
use super::piece::{PieceId, Pieces};
use super::shelf::Shelf;
use super::tally::{Counter, Tally};
use super::walk::{Halt, Walk};

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

/// Whether a search is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Every loop was found.
    Finished,
    /// The budget is spent, and there is more to search.
    Unfinished,
}

/// Finds, signs and counts the elementary loops of a graph. It borrows nothing, so it can be
/// held from one frame to the next.
///
/// Strongly connected components come first (Tarjan 1972). In each, variables that have a single
/// link in or out are contracted, and parallel links merged: what is left, the kernel, has as
/// many loops, with fewer steps to walk. Then, in turn, one variable is taken for a root, the
/// rings through it are walked (Johnson 1975), it is removed, and the rest is split and
/// contracted again. A ring carries how many loops of each sign it stands for, as products along
/// the path, so that a loop's sign costs no second look. Only loops that are kept are written out.
///
/// With a bound on the length nothing but parallel links is merged, so that lengths stay plain,
/// and the search is a depth-first search pruned by the distance back to the root.
#[derive(Clone, Debug)]
pub struct LoopSearch {
    links: Box<[GraphLink]>,
    longest: Option<u32>,
    pieces: Pieces,
    /// Loops closed by contraction and not counted yet.
    closed: Vec<PieceId>,
    /// Still to be split, contracted and walked.
    kernels: Vec<Kernel>,
    /// The kernel that is being walked.
    walked: Option<(Kernel, Walk)>,
    /// The loops that are being written out.
    expansion: Expansion,
    counter: Counter,
    shelf: Shelf,
}

impl LoopSearch {
    /// A search at its start. It copies what it needs of the graph.
    #[must_use]
    pub fn new(graph: &Graph, limits: SearchLimits) -> Self {
        let links: Box<[GraphLink]> = graph.links().into();
        let mut pieces = Pieces::of_links(&links);
        let mut closed = Vec::new();
        let whole = Kernel::of(graph, &mut pieces, &mut closed);
        // No loop is longer than there are variables, so such a bound is none.
        let longest = limits
            .longest
            .and_then(|longest| u32::try_from(longest).ok());
        let longest = longest.filter(|&longest| longest < graph.variables());
        let mut kernels = vec![whole];
        if longest == Some(0) {
            closed.clear();
            kernels.clear();
        }
        Self {
            links,
            longest,
            pieces,
            closed,
            kernels,
            walked: None,
            expansion: Expansion::default(),
            counter: Counter::default(),
            shelf: Shelf::new(limits.stored),
        }
    }

    /// A search that counts the loops of a kernel.
    pub(super) fn of_kernel(kernel: Kernel, pieces: Pieces) -> Self {
        Self {
            links: Box::default(),
            longest: None,
            pieces,
            closed: Vec::new(),
            kernels: vec![kernel],
            walked: None,
            expansion: Expansion::default(),
            counter: Counter::default(),
            shelf: Shelf::new(0),
        }
    }

    /// A search for the loops through one variable only. Nothing is contracted, and where the
    /// variable is not there, nothing is found.
    #[must_use]
    pub(super) fn through(graph: &Graph, root: u32, limits: SearchLimits) -> Self {
        let mut search = Self::new(graph, limits);
        let links = &search.links;
        let on_root = |piece: &PieceId| {
            let link = links.get(*piece as usize);
            link.is_some_and(|link| link.from == root)
        };
        // What is closed before the search begins is links from a variable to itself.
        search.closed.retain(on_root);
        let whole = search.kernels.pop();
        if let Some(kernel) = whole.filter(|_| root < graph.variables()) {
            let walk = Walk::from_root(&kernel, &search.pieces, search.longest, root);
            // Once the root is removed, nothing is left to search.
            search.walked = Some((Kernel::default(), walk));
        }
        search
    }

    /// Searches on for about `budget` visits of a link, and a little longer where a part of the
    /// graph has to be made ready: at most one pass over its links. A budget of zero does nothing.
    pub fn advance(&mut self, mut budget: u64) -> Progress {
        while budget > 0 && !self.is_finished() {
            if self.expansion.is_active() {
                self.write_out(&mut budget);
            } else if let Some(piece) = self.closed.pop() {
                budget -= 1;
                self.close(piece);
            } else if let Some((_, walk)) = &mut self.walked {
                let below = self.shelf.wanted_below();
                match walk.advance(&mut budget, &mut self.counter, below) {
                    Halt::Spent => {}
                    Halt::AtRing => self.take_ring(),
                    Halt::Finished => self.remove_root(),
                }
            } else if let Some(kernel) = self.kernels.pop() {
                budget = budget.saturating_sub(kernel.arcs.len() as u64 + 1);
                self.prepare(&kernel);
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
        self.counter.tally().counts()
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
        self.shelf.loops()
    }

    /// How many loops are kept so far.
    #[must_use]
    pub const fn kept(&self) -> usize {
        self.shelf.kept()
    }

    fn is_finished(&self) -> bool {
        self.kernels.is_empty()
            && self.walked.is_none()
            && self.closed.is_empty()
            && !self.expansion.is_active()
    }

    /// Makes the parts of a kernel ready, and starts to walk one of them.
    fn prepare(&mut self, kernel: &Kernel) {
        let mut parts = kernel.split();
        if self.longest.is_none() {
            for part in &mut parts {
                *part = part.contract(&mut self.pieces, &mut self.closed);
            }
            parts.retain(|part| !part.arcs.is_empty());
        }
        // The other parts wait; that they are split once more is cheap.
        if let Some(part) = parts.pop() {
            let walk = Walk::new(&part, &self.pieces, self.longest);
            self.walked = Some((part, walk));
        }
        self.kernels.append(&mut parts);
    }

    fn remove_root(&mut self) {
        if let Some((kernel, walk)) = self.walked.take() {
            self.kernels.push(kernel.without(walk.root()));
        }
    }

    /// Counts a closed piece, and writes out its loops if they are wanted.
    fn close(&mut self, piece: PieceId) {
        self.counter.add_tally(self.pieces.get(piece).tally);
        if self.pieces.get(piece).length < self.shelf.wanted_below() {
            self.expansion.begin(&self.pieces, [piece]);
        }
    }

    /// Deals with a ring at which the walk halted.
    fn take_ring(&mut self) {
        let Some((_, walk)) = &self.walked else {
            return;
        };
        if walk.is_ring_too_large() {
            let tallies = walk
                .ring_reversed()
                .map(|piece| self.pieces.get(piece).tally);
            self.counter
                .add_tally(tallies.fold(Tally::ONE, Tally::then));
        }
        self.expansion.begin(&self.pieces, walk.ring_reversed());
    }

    /// Writes out loops until there are no more of the ring, or the budget is spent.
    fn write_out(&mut self, budget: &mut u64) {
        while *budget > 0 {
            *budget -= 1;
            match self.expansion.step(&self.pieces, self.shelf.wanted_below()) {
                Step::Part => {}
                Step::Loop => self.keep(),
                Step::Finished => return,
            }
        }
    }

    /// Signs the loop that was written out, and keeps it.
    fn keep(&mut self) {
        let route = self.expansion.route();
        let on_route = || route.iter().map(|&link| &self.links[link as usize]);
        let polarity = LoopPolarity::of(on_route().map(|link| link.polarity));
        let delay = loop_delay(on_route().map(|link| link.delay));
        let start = place_of_smallest_variable(route, &self.links);
        self.shelf.put(
            FoundLoop {
                links: route,
                polarity,
                delay,
            },
            start,
        );
    }
}
