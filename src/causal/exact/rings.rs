//! The rings of a core walked one by one, where no programme serves.

use super::reduce::extend_weights;
use super::sums::Width;
use crate::causal::graph::GraphLink;
use crate::causal::kernel::Kernel;
use crate::causal::piece::{PieceId, Pieces};
use crate::causal::search::Progress;
use crate::causal::tour::{Stop, Tour};

/// What is known of the pieces of a graph.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) width: Width,
    /// Their weights.
    pub(super) weights: Vec<Vec<u64>>,
    /// How the sum of all loops changes with each.
    pub(super) gradient: Vec<Vec<u64>>,
    /// The sum of all loops.
    pub(super) total: Vec<u64>,
}

impl Known {
    /// Nothing, in numbers of this width.
    pub(super) fn new(width: Width) -> Self {
        Self {
            width,
            weights: Vec::new(),
            gradient: Vec::new(),
            total: vec![0; width.stride()],
        }
    }

    /// Takes in pieces that were added since.
    pub(super) fn extend(&mut self, pieces: &Pieces, links: &[GraphLink]) {
        extend_weights(pieces, links, self.width, &mut self.weights);
        let zero = vec![0; self.width.stride()];
        self.gradient.resize(self.weights.len(), zero);
    }

    /// Counts a piece that leads back to where it starts.
    pub(super) fn add_closed(&mut self, piece: PieceId) {
        let (width, piece) = (self.width, piece as usize);
        width.add(&mut self.gradient[piece], &width.one());
        width.add(&mut self.total, &self.weights[piece]);
    }

    /// Counts a ring of pieces: for each, the product of all others.
    fn add_ring(&mut self, ring: &[PieceId]) {
        let width = self.width;
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

/// A walk over all rings of a core.
#[derive(Clone, Debug)]
pub(super) struct Rings {
    tour: Tour,
}

impl Rings {
    /// A walk at its start.
    pub(super) fn new(core: Kernel, pieces: Pieces) -> Self {
        Self {
            tour: Tour::of_kernel(core, pieces),
        }
    }

    /// Walks on, and adds what it finds to `known`.
    pub(super) fn advance(
        &mut self,
        budget: &mut u64,
        links: &[GraphLink],
        known: &mut Known,
    ) -> Progress {
        loop {
            match self.tour.advance(budget, u32::MAX, None) {
                Stop::Spent => return Progress::Unfinished,
                Stop::Finished => return Progress::Finished,
                Stop::Closed(piece) => {
                    known.extend(&self.tour.pieces, links);
                    known.add_closed(piece);
                }
                Stop::Ring => {
                    known.extend(&self.tour.pieces, links);
                    let ring: Vec<PieceId> = self.tour.ring_reversed().collect();
                    *budget = budget.saturating_sub(4 * ring.len() as u64);
                    known.add_ring(&ring);
                }
            }
        }
    }

    /// All pieces, those that the walk has added last.
    pub(super) fn into_pieces(self) -> Pieces {
        self.tour.pieces
    }
}
