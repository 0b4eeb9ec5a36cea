//! Every loop of a graph, or as many of the shortest as memory allows, stored as rings of bundles.

use super::ring_tree::RingTree;
use crate::causal::circuit_walk::{CircuitWalk, Stop};
use crate::causal::graph::{Graph, GraphLink};
use crate::causal::path_bundle::PathBundles;
use crate::causal::search::Progress;
use crate::causal::unfold::{Step, Unfold};

/// Which loops a store holds for certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StoreExtent {
    /// Nothing is certain yet: the search has found some loops, in no order.
    Some,
    /// All loops of at most this many links, and perhaps some of one link more.
    UpTo(u32),
    /// All loops.
    All,
}

/// How many visits it makes before it looks again how much memory is filled.
const SLICE: u64 = 1 << 14;

/// How the loops are searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// All at once, on a contracted graph.
    Whole,
    /// Those of this many links.
    Level(u32),
}

/// Holds the loops of a graph without writing them out: as rings of bundles, each of which stands
/// for as many loops as its bundles have ways. A [`super::LoopList`] puts them in order and reads
/// them.
///
/// First it searches for all loops at once. Where they do not fit into the memory it may use, it
/// starts again and searches for those of one link, of two, and so on, until they fill the memory.
/// It borrows nothing, so it can be held from one frame to the next. How many loops there are in
/// all says an [`super::super::ExactCount`].
#[derive(Clone, Debug)]
pub struct LoopStore {
    graph: Graph,
    room: usize,
    longest: u32,
    stage: Stage,
    circuits: CircuitWalk,
    tree: RingTree,
    /// How often it has started again.
    restarts: u32,
    extent: StoreExtent,
    progress: Progress,
}

impl LoopStore {
    /// A store at its start, for as many loops as fit into about `bytes` bytes: of all, or of the
    /// shortest.
    #[must_use]
    pub fn new(graph: &Graph, bytes: usize) -> Self {
        Self::at(Stage::Whole, graph, graph.variables(), bytes)
    }

    /// A store at its start, for the loops of at most `longest` links, or as many of the shortest
    /// of them as fit into about `bytes` bytes. It finds them in order of length, and serves where
    /// there are too many loops to find them all.
    #[must_use]
    pub fn by_length(graph: &Graph, longest: usize, bytes: usize) -> Self {
        // No loop is longer than there are variables.
        let longest = longest.min(graph.variables() as usize) as u32;
        let mut store = Self::at(Stage::Level(1), graph, longest, bytes);
        store.extent = StoreExtent::UpTo(0);
        store.tree.want(1);
        if longest == 0 {
            store.finish_levels();
        }
        store
    }

    fn at(stage: Stage, graph: &Graph, longest: u32, room: usize) -> Self {
        let bound = match stage {
            Stage::Whole => None,
            Stage::Level(length) => Some(length),
        };
        Self {
            graph: graph.clone(),
            room,
            longest,
            stage,
            circuits: CircuitWalk::of_graph(graph, bound),
            tree: RingTree::default(),
            restarts: 0,
            extent: StoreExtent::Some,
            progress: Progress::Unfinished,
        }
    }

    /// Searches on for about `budget` visits of a link. A budget of zero does nothing.
    pub fn advance(&mut self, mut budget: u64) -> Progress {
        while budget > 0 && self.progress == Progress::Unfinished {
            // Between slices it sees to the room.
            let mut slice = budget.min(SLICE);
            budget -= slice;
            let stop = self.circuits.advance(&mut slice, 0, Some(&mut self.tree));
            budget += slice;
            if self.bytes() > self.room {
                self.give_up();
            } else if stop == Stop::Finished {
                self.finish_stage();
            }
        }
        self.progress
    }

    /// Which loops it holds for certain.
    #[must_use]
    pub const fn extent(&self) -> StoreExtent {
        self.extent
    }

    /// How many loops it holds; `u64::MAX` for that many or more.
    #[must_use]
    pub const fn kept(&self) -> u64 {
        self.tree.loops()
    }

    /// The memory that its loops fill, in bytes.
    #[must_use]
    pub const fn bytes(&self) -> usize {
        self.tree.bytes() + self.circuits.bundles.bytes()
    }

    /// Shows each loop once to `visit`, as the indices of its links in order of travel, from any
    /// of them, in the order in which they were found. Not resumable: a [`super::LoopList`] is.
    pub fn for_each(&self, mut visit: impl FnMut(&[u32])) {
        let mut unfold = Unfold::default();
        for number in 0..self.tree.len() {
            let Some(ring) = self.tree.ring(number) else {
                continue;
            };
            unfold.begin(self.bundles(), self.tree.reversed(ring));
            loop {
                match unfold.step(self.bundles(), u32::MAX) {
                    Step::Part => {}
                    Step::Loop => visit(unfold.route()),
                    Step::Finished => break,
                }
            }
        }
    }

    /// Changes when the rings that were there are no longer.
    pub(super) const fn restarts(&self) -> u32 {
        self.restarts
    }

    pub(super) const fn tree(&self) -> &RingTree {
        &self.tree
    }

    pub(super) const fn bundles(&self) -> &PathBundles {
        &self.circuits.bundles
    }

    pub(super) const fn links(&self) -> &[GraphLink] {
        self.graph.links()
    }

    /// There is no more room.
    fn give_up(&mut self) {
        match self.stage {
            Stage::Whole => {
                let again = Self::by_length(&self.graph, self.longest as usize, self.room);
                *self = Self {
                    restarts: self.restarts + 1,
                    ..again
                };
            }
            Stage::Level(_) => self.progress = Progress::Finished,
        }
    }

    fn finish_stage(&mut self) {
        match self.stage {
            Stage::Whole => {
                self.extent = StoreExtent::All;
                self.progress = Progress::Finished;
            }
            Stage::Level(level) => {
                self.extent = StoreExtent::UpTo(level);
                if level >= self.longest {
                    self.finish_levels();
                } else {
                    self.stage = Stage::Level(level + 1);
                    self.tree.want(level + 1);
                    // Its bundles are those of the level before, under the same numbers.
                    self.circuits = CircuitWalk::of_graph(&self.graph, Some(level + 1));
                }
            }
        }
    }

    fn finish_levels(&mut self) {
        if self.longest >= self.graph.variables() {
            self.extent = StoreExtent::All;
        }
        self.progress = Progress::Finished;
    }
}
