//! The rings of a core walked one by one, where no programme serves.

use super::reduce::{Reduction, extend_weights};
use super::sums::Width;
use crate::causal::graph::Graph;
use crate::causal::kernel::Kernel;
use crate::causal::search::Progress;
use crate::causal::tally::Counter;
use crate::causal::walk::{Halt, Walk};

/// What is known of the pieces of a graph.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    /// Their weights.
    pub(super) weights: Vec<Vec<u64>>,
    /// How the sum of all loops changes with each.
    pub(super) gradient: Vec<Vec<u64>>,
    /// The sum of all loops.
    pub(super) total: Vec<u64>,
}

impl Known {
    /// Brings in pieces that were added since, and counts the loops that are closed.
    pub(super) fn take_in(&mut self, graph: &Graph, reduction: &mut Reduction, width: Width) {
        extend_weights(&reduction.pieces, graph.links(), width, &mut self.weights);
        let zero = vec![0; width.stride()];
        self.total.resize(width.stride(), 0);
        self.gradient.resize(self.weights.len(), zero);
        let one = width.one();
        for &piece in &reduction.closed {
            width.add(&mut self.gradient[piece as usize], &one);
            width.add(&mut self.total, &self.weights[piece as usize]);
        }
    }

    /// Counts a ring of pieces: for each, the product of all others.
    fn add_ring(&mut self, ring: &[u32], width: Width) {
        let mut after = vec![width.one()];
        for &piece in ring.iter().rev() {
            let mut product = vec![0; width.stride()];
            width.add_product(
                &mut product,
                &self.weights[piece as usize],
                &after[after.len() - 1],
            );
            after.push(product);
        }
        let mut before = width.one();
        width.add(&mut self.total, &after[ring.len()]);
        for (place, &piece) in ring.iter().enumerate() {
            let rest = &after[ring.len() - 1 - place];
            width.add_product(&mut self.gradient[piece as usize], &before, rest);
            let mut product = vec![0; width.stride()];
            width.add_product(&mut product, &before, &self.weights[piece as usize]);
            before = product;
        }
    }
}

/// A walk over all rings of a core, root by root, as the loop search does it.
#[derive(Clone, Debug)]
pub(super) struct Rings {
    kernels: Vec<Kernel>,
    walked: Option<(Kernel, Walk)>,
    /// The walk's own count, which nobody reads.
    counter: Counter,
}

impl Rings {
    /// A walk at its start.
    pub(super) fn new(core: Kernel) -> Self {
        Self {
            kernels: vec![core],
            walked: None,
            counter: Counter::default(),
        }
    }

    /// Walks on, and adds what it finds to `known`.
    pub(super) fn advance(
        &mut self,
        budget: &mut u64,
        graph: &Graph,
        reduction: &mut Reduction,
        width: Width,
        known: &mut Known,
    ) -> Progress {
        while *budget > 0 {
            if let Some((kernel, walk)) = &mut self.walked {
                match walk.advance(budget, &mut self.counter, u32::MAX) {
                    Halt::Spent => {}
                    Halt::AtRing => {
                        let ring: Vec<u32> = walk.ring_reversed().collect();
                        *budget = budget.saturating_sub(4 * ring.len() as u64);
                        known.add_ring(&ring, width);
                    }
                    Halt::Finished => {
                        self.kernels.push(kernel.without(walk.root()));
                        self.walked = None;
                    }
                }
            } else if let Some(kernel) = self.kernels.pop() {
                *budget = budget.saturating_sub(kernel.arcs.len() as u64 + 1);
                reduction.closed.clear();
                let mut parts: Vec<Kernel> = kernel
                    .split()
                    .iter()
                    .map(|part| part.contract(&mut reduction.pieces, &mut reduction.closed))
                    .filter(|part| !part.arcs.is_empty())
                    .collect();
                known.take_in(graph, reduction, width);
                if let Some(part) = parts.pop() {
                    let walk = Walk::new(&part, &reduction.pieces, None);
                    self.walked = Some((part, walk));
                }
                self.kernels.append(&mut parts);
            } else {
                return Progress::Finished;
            }
        }
        Progress::Unfinished
    }
}
