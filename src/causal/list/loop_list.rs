//! The loops of a store in order, read from any position.

use super::filter::{LoopFilter, LoopOrder};
use super::length_histogram::{Bin, LengthHistograms, ONE, Product};
use super::rank::write_loop;
use super::ring_tree::{Ring, RingTree};
use super::store::LoopStore;
use crate::causal::found::{LoopPolarity, index_of_smallest_variable, loop_delay};
use crate::causal::path_bundle::BundleId;
use crate::causal::search::Progress;
use crate::causal::unfold::{Step, Unfold};
use crate::model::Delay;

/// A loop that was read from a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedLoop {
    /// The indices of its links in the order of travel, starting at its variable of smallest
    /// index. Never empty.
    pub links: Vec<u32>,
    /// The polarity of the whole loop.
    pub polarity: LoopPolarity,
    /// Whether any of its links is delayed.
    pub delay: Delay,
}

/// Those loops of a ring that are of one length and wanted. Without a filter, rings that stand for
/// one loop need none while the list is made.
#[derive(Clone, Copy, Debug)]
struct Run {
    ring: u32,
    length: u32,
    count: u64,
}

/// The loops of a store that a filter wants, by length. None is written out before it is read.
///
/// For each ring of the store a list knows how many wanted loops it has of each length: the product
/// of what its bundles have. A loop is found by its position: first the ring, then the way through
/// each bundle. Building a list costs about as much as finding the rings; reading a loop costs
/// about its length, wherever it is.
///
/// A list belongs to the store it was made for, as it was then: what the store finds later needs a
/// new list, and after the store has started again, for want of memory, the list has no loops.
#[derive(Clone, Debug)]
pub struct LoopList {
    filter: LoopFilter,
    order: LoopOrder,
    histograms: LengthHistograms,
    product: Product,
    /// The state of the store that it was made for.
    restarts: u32,
    rings: usize,
    /// How many nodes of the tree are dealt with, of which each may be a ring.
    cursor: usize,
    /// The nodes from the root to the last ring, and where the lines of each begin.
    path: Vec<(u32, usize)>,
    bins: Vec<Bin>,
    /// The nodes of the present ring that are not on the path yet, last first.
    fresh: Vec<(u32, BundleId)>,
    /// The bins after one bundle more.
    onward: Vec<Bin>,
    runs: Vec<Run>,
    /// How many runs there are of each length.
    lengths: Vec<usize>,
    sorted: Option<Sorted>,
}

/// The runs in order of length.
#[derive(Clone, Debug)]
struct Sorted {
    rings: Vec<u32>,
    /// How many loops there are up to the end of each run; empty if each run is one loop.
    ends: Vec<u64>,
    /// The first run of each length, by length.
    starts: Vec<usize>,
}

impl LoopList {
    /// A list at its start of what the store holds now.
    #[must_use]
    pub fn new(store: &LoopStore, filter: LoopFilter, order: LoopOrder) -> Self {
        let rings = store.tree().len();
        Self {
            histograms: LengthHistograms::new(filter.clone()),
            filter,
            order,
            product: Product::default(),
            restarts: store.restarts(),
            rings,
            cursor: 0,
            path: Vec::new(),
            bins: Vec::new(),
            fresh: Vec::new(),
            onward: Vec::new(),
            runs: Vec::new(),
            lengths: Vec::new(),
            sorted: None,
        }
    }

    /// Works on for about `budget` visits of a ring, and once longer for sorting, which is quick.
    pub fn advance(&mut self, store: &LoopStore, mut budget: u64) -> Progress {
        if self.sorted.is_some() {
            return Progress::Finished;
        }
        if self.restarts != store.restarts() {
            self.rings = 0;
        }
        while self.cursor < self.rings {
            if budget == 0 {
                return Progress::Unfinished;
            }
            let visits = self.take_ring(store);
            budget = budget.saturating_sub(visits);
            self.cursor += 1;
        }
        self.sort(store);
        Progress::Finished
    }

    /// How many loops the list has; zero before it is finished. `u64::MAX` for that many or more.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.sorted.as_ref().map_or(0, |sorted| {
            let last = sorted.ends.last().copied();
            last.unwrap_or(sorted.rings.len() as u64)
        })
    }

    /// Whether the list has no loops, or is not finished.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The loop at this position of the list, from zero, in a list for this store; `None` beyond
    /// its end.
    #[must_use]
    pub fn get(&self, store: &LoopStore, position: u64) -> Option<ListedLoop> {
        let sorted = self.sorted.as_ref()?;
        if self.restarts != store.restarts() {
            return None;
        }
        let position = match self.order {
            LoopOrder::ShortestFirst => position,
            LoopOrder::LongestFirst => self.len().checked_sub(position.checked_add(1)?)?,
        };
        if position >= self.len() {
            return None;
        }
        let (run, rank) = if sorted.ends.is_empty() {
            (position as usize, 0)
        } else {
            let run = sorted.ends.partition_point(|&end| end <= position);
            let before = run.checked_sub(1).map_or(0, |before| sorted.ends[before]);
            (run, position - before)
        };
        let ring = store.tree().ring(*sorted.rings.get(run)? as usize)?;
        let length = sorted.starts.partition_point(|&start| start <= run) - 1;
        let mut links = if ring.single != 0 {
            only_loop(store, ring)
        } else {
            let key = self.filter.wanted().of_length(length as u32);
            let mut ring: Vec<BundleId> = store.tree().reversed(ring).collect();
            ring.reverse();
            write_loop(&ring, key, rank, store.bundles(), &self.histograms)
        };
        let start = index_of_smallest_variable(&links, store.links());
        links.rotate_left(start);
        let on_route = || links.iter().map(|&link| &store.links()[link as usize]);
        Some(ListedLoop {
            polarity: LoopPolarity::of(on_route().map(|link| link.polarity)),
            delay: loop_delay(on_route().map(|link| link.delay)),
            links,
        })
    }

    /// The loops from this position on, at most `count` of them: what a window of the list shows.
    #[must_use]
    pub fn window(&self, store: &LoopStore, start: u64, count: usize) -> Vec<ListedLoop> {
        let positions = (0..count as u64).map(|step| start.saturating_add(step));
        positions
            .map_while(|position| self.get(store, position))
            .collect()
    }

    /// Finds the runs of the ring in turn; returns how much work that was.
    fn take_ring(&mut self, store: &LoopStore) -> u64 {
        let tree = store.tree();
        let Some(ring) = tree.ring(self.cursor) else {
            return 1;
        };
        if ring.single != 0 && self.filter.is_any() {
            self.count_run(ring.single);
            return 1;
        }
        let mut visits = 1;
        // Back to where the path of this ring leaves that of the ring before. A parent has a
        // lower number than its children.
        let mut node = ring.node;
        while node != RingTree::ROOT {
            while let Some(&(_, start)) = self.path.last().filter(|(last, _)| *last > node) {
                self.bins.truncate(start);
                self.path.pop();
            }
            if self.path.last().is_some_and(|&(last, _)| last == node) {
                break;
            }
            let (parent, bundle) = tree.node(node);
            self.fresh.push((node, bundle));
            node = parent;
        }
        if node == RingTree::ROOT {
            self.path.clear();
            self.bins.clear();
        }
        while let Some((node, bundle)) = self.fresh.pop() {
            visits += self.go_on(store, bundle);
            self.path.push((node, self.bins.len()));
            self.bins.extend_from_slice(&self.onward);
        }
        // Without a bundle back the path is the ring already.
        if let Some(back) = ring.back {
            visits += self.go_on(store, back);
        }
        let wanted = self.filter.wanted();
        for position in 0..self.onward.len() {
            let Bin { key, count } = self.onward[position];
            if key.kind() == wanted {
                let length = key.length();
                self.count_run(length);
                self.runs.push(Run {
                    ring: self.cursor as u32,
                    length,
                    count,
                });
            }
        }
        visits
    }

    #[inline]
    fn count_run(&mut self, length: u32) {
        if self.lengths.len() <= length as usize {
            self.lengths.resize(length as usize + 1, 0);
        }
        self.lengths[length as usize] += 1;
    }

    /// Puts the bins of the path with one more bundle into `onward`.
    fn go_on(&mut self, store: &LoopStore, bundle: BundleId) -> u64 {
        let made = self.histograms.make(bundle, store.bundles(), store.links());
        let before = match self.path.last() {
            Some(&(_, start)) => &self.bins[start..],
            None => &[ONE],
        };
        let (own, step) = (self.histograms.get(bundle), self.histograms.step());
        self.onward.clear();
        self.product.append(&mut self.onward, before, own, step);
        made + self.onward.len() as u64
    }

    /// Counting sort by length.
    fn sort(&mut self, store: &LoopStore) {
        let mut next = 0;
        let starts: Vec<usize> = self
            .lengths
            .iter()
            .map(|&count| {
                next += count;
                next - count
            })
            .collect();
        let mut cursors = starts.clone();
        let mut rings = vec![0; next];
        let mut ends = vec![1; if self.runs.is_empty() { 0 } else { next }];
        let mut put = |run: &Run| {
            let cursor = &mut cursors[run.length as usize];
            rings[*cursor] = run.ring;
            if let Some(end) = ends.get_mut(*cursor) {
                *end = run.count;
            }
            *cursor += 1;
        };
        if self.filter.is_any() {
            for number in 0..self.rings {
                if let Some(ring) = store.tree().ring(number).filter(|ring| ring.single != 0) {
                    put(&Run {
                        ring: ring.node,
                        length: ring.single,
                        count: 1,
                    });
                }
            }
        }
        self.runs.iter().for_each(put);
        let mut so_far: u64 = 0;
        for end in &mut ends {
            so_far = so_far.saturating_add(*end);
            *end = so_far;
        }
        self.sorted = Some(Sorted {
            rings,
            ends,
            starts,
        });
        // What building took is not needed any more.
        self.runs = Vec::new();
        self.bins = Vec::new();
        self.path = Vec::new();
    }
}

/// The links of a ring that stands for one loop.
fn only_loop(store: &LoopStore, ring: Ring) -> Vec<u32> {
    let mut unfold = Unfold::default();
    unfold.begin(store.bundles(), store.tree().reversed(ring));
    while unfold.step(store.bundles(), u32::MAX) == Step::Part {}
    unfold.route().to_vec()
}
