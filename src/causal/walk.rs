//! The loops of a kernel through one of its variables, walked one by one.

use super::kernel::Kernel;
use super::list::{RingSize, RingTree};
use super::path_bundle::{BundleId, PathBundles};
use super::tally::{Counter, Weight};

/// Why a walk came to a halt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Halt {
    /// The budget is spent.
    Spent,
    /// At a ring of bundles that the walk cannot deal with alone: it holds a wanted loop, or it
    /// stands for too many loops for a plain product, which are then not counted yet.
    AtRing,
    /// There are no more rings.
    Finished,
}

/// A step of the path.
#[derive(Clone, Copy, Debug)]
struct Position {
    variable: u32,
    /// The next arc to try, and the end of the arcs of the variable.
    cursor: u32,
    end: u32,
    /// Whether the path went on to a ring from here.
    has_ring: bool,
    /// The weight of the bundles from the root to here.
    weight: Weight,
}

/// The paths that close a ring: straight from a variable back to the root.
#[derive(Clone, Copy, Debug)]
struct Closing {
    bundle: BundleId,
    weight: Weight,
}

/// Johnson's search from one root (Johnson 1975, "Finding all the elementary circuits of a
/// directed graph"), with a path of its own in place of recursion so that it can be halted.
///
/// A variable from which the path found no path back to the root is blocked until a variable it
/// waits for is left again. Under a bound on the length that would be wrong, as a dead end may
/// only have been too long: then a variable is blocked only while it is on the path, and the
/// distance back to the root cuts off what cannot close in time.
#[derive(Clone, Debug)]
pub(super) struct Walk {
    root: u32,
    /// The arcs of `v`, those to the root left out, are `starts[v]..starts[v + 1]`.
    starts: Vec<u32>,
    heads: Vec<u32>,
    tails: Vec<u32>,
    arc_pieces: Vec<BundleId>,
    weights: Vec<Weight>,
    closings: Vec<Option<Closing>>,
    blocked: Vec<bool>,
    /// The arcs whose tails wait for a variable, and whether an arc is among them.
    waiting: Vec<Vec<u32>>,
    is_waiting: Vec<bool>,
    to_unblock: Vec<u32>,
    bound: Option<Bound>,
    path: Vec<Position>,
    /// The nodes, in the tree of rings, of the first positions of the path: as far as the path of
    /// the last ring that was written went the same way. The root has none of its own.
    nodes: Vec<u32>,
}

/// What a bounded walk knows of lengths.
#[derive(Clone, Debug)]
struct Bound {
    longest: u32,
    /// The least number of arcs back to the root, by variable.
    home: Vec<u32>,
}

impl Bound {
    /// Whether a path of this weight to `variable` can still get back to the root in time.
    fn allows(&self, variable: u32, weight: &Weight) -> bool {
        weight.length + self.home[variable as usize] <= self.longest
    }
}

impl Walk {
    /// A walk from the root that a kernel is best searched from; with `longest`, of rings of at
    /// most that many links, where every arc must be one link long.
    pub(super) fn new(kernel: &Kernel, bundles: &PathBundles, longest: Option<u32>) -> Self {
        Self::from_root(kernel, bundles, longest, best_root(kernel))
    }

    /// The same from a given root.
    pub(super) fn from_root(
        kernel: &Kernel,
        bundles: &PathBundles,
        longest: Option<u32>,
        root: u32,
    ) -> Self {
        let size = kernel.variables as usize;
        let weight_of = |id| {
            let bundle = bundles.get(id);
            Weight::new(bundle.tally, bundle.length)
        };
        let mut walk = Self {
            root,
            starts: vec![0; size + 1],
            heads: Vec::new(),
            tails: Vec::new(),
            arc_pieces: Vec::new(),
            weights: Vec::new(),
            closings: vec![None; size],
            blocked: vec![false; size],
            waiting: vec![Vec::new(); size],
            is_waiting: Vec::new(),
            to_unblock: Vec::new(),
            bound: longest.map(|longest| Bound {
                longest,
                home: distances_to(kernel, root),
            }),
            path: Vec::new(),
            nodes: vec![RingTree::ROOT],
        };
        // The arcs of a kernel are sorted by tail.
        for arc in &kernel.arcs {
            let weight = weight_of(arc.bundle);
            if arc.to == root {
                let bundle = arc.bundle;
                walk.closings[arc.from as usize] = Some(Closing { bundle, weight });
            } else {
                walk.starts[arc.from as usize + 1] += 1;
                walk.heads.push(arc.to);
                walk.tails.push(arc.from);
                walk.arc_pieces.push(arc.bundle);
                walk.weights.push(weight);
            }
        }
        for variable in 0..size {
            walk.starts[variable + 1] += walk.starts[variable];
        }
        walk.is_waiting = vec![false; walk.heads.len()];
        walk.enter(root, Weight::ONE);
        walk
    }

    /// The variable that all rings of this walk pass.
    pub(super) const fn root(&self) -> u32 {
        self.root
    }

    /// After [`Halt::AtRing`]: the bundles of the ring in reverse order of travel.
    pub(super) fn ring_reversed(&self) -> impl Iterator<Item = BundleId> {
        let last = self
            .path
            .last()
            .and_then(|position| self.closings[position.variable as usize]);
        let before = self.path.iter().rev().skip(1);
        // The cursor of a position already stands after the arc that the path took.
        let taken = before.map(|position| self.arc_pieces[position.cursor as usize - 1]);
        last.map(|closing| closing.bundle).into_iter().chain(taken)
    }

    /// After [`Halt::AtRing`]: whether the loops of the ring are still to be counted.
    pub(super) fn is_ring_too_large(&self) -> bool {
        self.path.last().is_some_and(|position| {
            let closing = self.closings[position.variable as usize];
            closing.is_some_and(|closing| position.weight.then(&closing.weight).is_too_large())
        })
    }

    /// After [`Halt::AtRing`]: the links of the shortest loop of the ring.
    pub(super) fn ring_length(&self) -> u32 {
        self.path.last().map_or(0, |position| {
            let closing = self.closings[position.variable as usize];
            position.weight.length + closing.map_or(0, |closing| closing.weight.length)
        })
    }

    /// Adds the ring the path has come to to a tree, which shares the paths of those before. The
    /// last position has no node yet: it was just entered.
    fn write_ring(&mut self, tree: &mut RingTree, back: BundleId, ring: &Weight) {
        let mut node = self.nodes.last().copied().unwrap_or(RingTree::ROOT);
        let last = self.path.len() - 1;
        for position in self.nodes.len()..last {
            node = tree.add_node(node, self.bundle_to(position));
            self.nodes.push(node);
        }
        // The loops that plain products cannot count are counted by who looks at the ring.
        let (loops, length) = (ring.paths().unwrap_or(0), ring.length);
        let size = RingSize { loops, length };
        let node = tree.add_ring(node, self.bundle_to(last), back, size);
        self.nodes.push(node);
    }

    /// The bundle that the path took to this position, which is not the root.
    fn bundle_to(&self, position: usize) -> BundleId {
        // The cursor of a position already stands after the arc that the path took.
        self.arc_pieces[self.path[position - 1].cursor as usize - 1]
    }

    /// Walks on: counts the loops of each ring into `counter`, adds the ring to a tree that wants
    /// it, halts at one that holds a loop of fewer links than `below`, and takes each arc it looks
    /// at off the budget.
    pub(super) fn advance(
        &mut self,
        budget: &mut u64,
        counter: &mut Counter,
        below: u32,
        mut tree: Option<&mut RingTree>,
    ) -> Halt {
        while let Some(top) = self.path.last_mut() {
            if *budget == 0 {
                return Halt::Spent;
            }
            let first = top.cursor;
            let mut onward = None;
            let arcs = first as usize..top.end as usize;
            for (arc, &next) in (first..).zip(&self.heads[arcs]) {
                if self.blocked[next as usize] {
                    continue;
                }
                let weight = top.weight.then(&self.weights[arc as usize]);
                if self
                    .bound
                    .as_ref()
                    .is_none_or(|bound| bound.allows(next, &weight))
                {
                    top.cursor = arc + 1;
                    onward = Some((next, weight));
                    break;
                }
            }
            if onward.is_none() {
                top.cursor = top.end;
            }
            *budget = budget.saturating_sub(u64::from(top.cursor - first) + 1);
            let Some((next, weight)) = onward else {
                *budget = budget.saturating_sub(self.leave());
                continue;
            };
            self.enter(next, weight);
            if let Some(closing) = &self.closings[next as usize] {
                let ring = weight.then(&closing.weight);
                if let Some(tree) = tree.as_deref_mut().filter(|tree| tree.wants(ring.length)) {
                    let bundle = closing.bundle;
                    self.write_ring(tree, bundle, &ring);
                }
                if !ring.is_too_large() {
                    counter.add_weight(&ring);
                    if ring.length >= below {
                        continue;
                    }
                }
                return Halt::AtRing;
            }
        }
        Halt::Finished
    }

    fn enter(&mut self, variable: u32, weight: Weight) {
        let here = variable as usize;
        self.blocked[here] = true;
        self.path.push(Position {
            variable,
            cursor: self.starts[here],
            end: self.starts[here + 1],
            has_ring: self.closings[here].is_some() || self.bound.is_some(),
            weight,
        });
    }

    /// Goes back one step; returns how many arcs were looked at.
    fn leave(&mut self) -> u64 {
        let Some(position) = self.path.pop() else {
            return 0;
        };
        self.nodes.truncate(self.path.len());
        let here = position.variable as usize;
        if position.has_ring {
            if let Some(before) = self.path.last_mut() {
                before.has_ring = true;
            }
            self.blocked[here] = false;
            if self.waiting[here].is_empty() {
                0
            } else {
                self.unblock_waiting(here)
            }
        } else {
            for arc in self.starts[here]..position.end {
                let is_waiting = &mut self.is_waiting[arc as usize];
                if !*is_waiting {
                    *is_waiting = true;
                    self.waiting[self.heads[arc as usize] as usize].push(arc);
                }
            }
            u64::from(position.end - self.starts[here])
        }
    }

    /// Unblocks all that waits for `variable`, and what waits for that in turn; returns how many
    /// arcs were looked at.
    fn unblock_waiting(&mut self, variable: usize) -> u64 {
        let mut seen = 0;
        self.to_unblock.push(variable as u32);
        while let Some(variable) = self.to_unblock.pop() {
            while let Some(arc) = self.waiting[variable as usize].pop() {
                seen += 1;
                self.is_waiting[arc as usize] = false;
                let tail = self.tails[arc as usize];
                if std::mem::take(&mut self.blocked[tail as usize]) {
                    self.to_unblock.push(tail);
                }
            }
        }
        seen
    }
}

/// The variable with the most pairs of an arc in and an arc out: once its rings are walked it
/// leaves the kernel, and takes the most with it.
fn best_root(kernel: &Kernel) -> u32 {
    let mut degrees = vec![(0_u64, 0_u64); kernel.variables as usize];
    for arc in &kernel.arcs {
        degrees[arc.from as usize].1 += 1;
        degrees[arc.to as usize].0 += 1;
    }
    let pairs = |variable: &u32| {
        let (inward, onward) = degrees[*variable as usize];
        (inward * onward, std::cmp::Reverse(*variable))
    };
    (0..kernel.variables).max_by_key(pairs).unwrap_or(0)
}

/// The least number of arcs from each variable to `root`; without a path, more than any length.
fn distances_to(kernel: &Kernel, root: u32) -> Vec<u32> {
    let size = kernel.variables as usize;
    let mut before = vec![Vec::new(); size];
    for arc in &kernel.arcs {
        before[arc.to as usize].push(arc.from);
    }
    let mut distances = vec![u32::MAX / 2; size];
    distances[root as usize] = 0;
    let mut reached = vec![root];
    let mut next = 0;
    while let Some(&variable) = reached.get(next) {
        next += 1;
        for &from in &before[variable as usize] {
            if distances[from as usize] == u32::MAX / 2 {
                distances[from as usize] = distances[variable as usize] + 1;
                reached.push(from);
            }
        }
    }
    distances
}
