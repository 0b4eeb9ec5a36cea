//! All rings of a graph: its parts made ready and walked, one root after the other.

use super::graph::Graph;
use super::kernel::Kernel;
use super::list::{RingSize, RingTree};
use super::path_bundle::{BundleId, PathBundle, PathBundles};
use super::tally::{Counter, Tally};
use super::walk::{Halt, Walk};

/// Why the walk came to a halt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// The budget is spent.
    Spent,
    /// At a bundle that leads back to where it starts. Its loops are counted.
    Closed(BundleId),
    /// At a ring of bundles: see [`CircuitWalk::ring_reversed`]. Its loops are counted.
    Ring,
    /// There is no more.
    Finished,
}

/// Goes round all rings of a graph, a budget at a time, and counts their loops.
///
/// Strongly connected components come first (Tarjan 1972). In each, variables that have a single
/// link in or out are contracted, and parallel links merged: what is left, the kernel, has as
/// many loops, with fewer steps to walk. Then, in turn, one variable is taken for a root, the
/// rings through it are walked (Johnson 1975), it is removed, and the rest is split and
/// contracted again.
///
/// With a bound on the length nothing but parallel links is merged, so that lengths stay plain,
/// and the walk is a depth-first search pruned by the distance back to the root.
#[derive(Clone, Debug)]
pub(super) struct CircuitWalk {
    pub(super) bundles: PathBundles,
    pub(super) counter: Counter,
    longest: Option<u32>,
    /// Loops closed by contraction and not counted yet.
    closed: Vec<BundleId>,
    /// Still to be split, contracted and walked.
    kernels: Vec<Kernel>,
    /// The kernel that is being walked.
    walked: Option<(Kernel, Walk)>,
}

impl CircuitWalk {
    /// A walk of all loops of a graph; with `longest`, of those of at most that many links.
    pub(super) fn of_graph(graph: &Graph, longest: Option<u32>) -> Self {
        let mut bundles = PathBundles::of_links(graph.links());
        let mut closed = Vec::new();
        let whole = Kernel::of(graph, &mut bundles, &mut closed);
        let mut kernels = vec![whole];
        if longest == Some(0) {
            closed.clear();
            kernels.clear();
        }
        Self {
            bundles,
            counter: Counter::default(),
            longest,
            closed,
            kernels,
            walked: None,
        }
    }

    /// A walk of the loops of a kernel.
    pub(super) fn of_kernel(kernel: Kernel, bundles: PathBundles) -> Self {
        Self {
            bundles,
            counter: Counter::default(),
            longest: None,
            closed: Vec::new(),
            kernels: vec![kernel],
            walked: None,
        }
    }

    /// Before it begins: only loops through this variable count. Nothing is contracted, and where
    /// the variable is not there, nothing is found.
    pub(super) fn keep_to(&mut self, graph: &Graph, root: u32) {
        let on_root = |bundle: &BundleId| {
            let link = graph.links().get(*bundle as usize);
            link.is_some_and(|link| link.from == root)
        };
        // What is closed before it begins is links from a variable to itself.
        self.closed.retain(on_root);
        let whole = self.kernels.pop();
        if let Some(kernel) = whole.filter(|_| root < graph.variables()) {
            let walk = Walk::from_root(&kernel, &self.bundles, self.longest, root);
            // Once the root is removed, nothing is left to walk.
            self.walked = Some((Kernel::default(), walk));
        }
    }

    /// Goes on, and takes each arc it looks at off the budget. It halts only where there is a loop
    /// of fewer links than `below`. Where there is a tree, it gets the rings it wants.
    pub(super) fn advance(
        &mut self,
        budget: &mut u64,
        below: u32,
        mut tree: Option<&mut RingTree>,
    ) -> Stop {
        loop {
            if *budget == 0 && !self.is_finished() {
                return Stop::Spent;
            }
            if let Some(bundle) = self.closed.pop() {
                *budget -= 1;
                let PathBundle { tally, length, .. } = *self.bundles.get(bundle);
                self.counter.add_tally(tally);
                if let Some(tree) = tree.as_deref_mut().filter(|tree| tree.wants(length)) {
                    let loops = tally.counts().total();
                    tree.add_closed(bundle, RingSize { loops, length });
                }
                if length < below {
                    return Stop::Closed(bundle);
                }
            } else if let Some((_, walk)) = &mut self.walked {
                match walk.advance(budget, &mut self.counter, below, tree.as_deref_mut()) {
                    Halt::Spent => {}
                    Halt::AtRing => {
                        if self.is_ring_wanted(below, tree.as_deref_mut()) {
                            return Stop::Ring;
                        }
                    }
                    Halt::Finished => self.remove_root(),
                }
            } else if let Some(kernel) = self.kernels.pop() {
                *budget = budget.saturating_sub(kernel.arcs.len() as u64 + 1);
                self.prepare(&kernel);
            } else {
                return Stop::Finished;
            }
        }
    }

    /// Whether there is no more.
    pub(super) fn is_finished(&self) -> bool {
        self.kernels.is_empty() && self.walked.is_none() && self.closed.is_empty()
    }

    /// After [`Stop::Ring`]: the bundles of the ring in reverse order of travel.
    pub(super) fn ring_reversed(&self) -> impl Iterator<Item = BundleId> {
        let walk = self.walked.as_ref().map(|(_, walk)| walk);
        walk.into_iter().flat_map(Walk::ring_reversed)
    }

    /// Makes the parts of a kernel ready, and starts to walk one of them.
    fn prepare(&mut self, kernel: &Kernel) {
        let mut parts = kernel.split();
        if self.longest.is_none() {
            for part in &mut parts {
                *part = part.contract(&mut self.bundles, &mut self.closed);
            }
            parts.retain(|part| !part.arcs.is_empty());
        }
        // The other parts wait; that they are split once more is cheap.
        if let Some(part) = parts.pop() {
            let walk = Walk::new(&part, &self.bundles, self.longest);
            self.walked = Some((part, walk));
        }
        self.kernels.append(&mut parts);
    }

    fn remove_root(&mut self) {
        if let Some((kernel, walk)) = self.walked.take() {
            self.kernels.push(kernel.without(walk.root()));
        }
    }

    /// Counts the loops of a ring that the walk could not count, and says whether one is wanted.
    fn is_ring_wanted(&mut self, below: u32, tree: Option<&mut RingTree>) -> bool {
        let Some((_, walk)) = &self.walked else {
            return false;
        };
        if walk.is_ring_too_large() {
            let tallies = walk.ring_reversed();
            let tallies = tallies.map(|bundle| self.bundles.get(bundle).tally);
            let tally = tallies.fold(Tally::ONE, Tally::then);
            self.counter.add_tally(tally);
            if let Some(tree) = tree.filter(|tree| tree.wants(walk.ring_length())) {
                tree.add_loops(tally.counts().total());
            }
            return walk.ring_length() < below;
        }
        true
    }
}
