//! The rings of a core walked one by one, where no programme serves.

use super::reduce::extend_weights;
use super::sums::Width;
use crate::causal::circuit_walk::{CircuitWalk, Stop};
use crate::causal::graph::GraphLink;
use crate::causal::kernel::Kernel;
use crate::causal::path_bundle::{BundleId, PathBundles};
use crate::causal::search::Progress;

/// What is known of the bundles of a graph.
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

    /// Takes in bundles that were added since.
    pub(super) fn extend(&mut self, bundles: &PathBundles, links: &[GraphLink]) {
        extend_weights(bundles, links, self.width, &mut self.weights);
        let zero = vec![0; self.width.stride()];
        self.gradient.resize(self.weights.len(), zero);
    }

    /// Counts a bundle that leads back to where it starts.
    pub(super) fn add_closed(&mut self, bundle: BundleId) {
        let (width, bundle) = (self.width, bundle as usize);
        width.add(&mut self.gradient[bundle], &width.one());
        width.add(&mut self.total, &self.weights[bundle]);
    }

    /// Counts a ring of bundles: for each, the product of all others.
    fn add_ring(&mut self, ring: &[BundleId]) {
        let width = self.width;
        let mut after = vec![width.one()];
        for &bundle in ring.iter().rev() {
            let mut product = vec![0; width.stride()];
            width.add_product(
                &mut product,
                &self.weights[bundle as usize],
                &after[after.len() - 1],
            );
            after.push(product);
        }
        let mut before = width.one();
        width.add(&mut self.total, &after[ring.len()]);
        for (index, &bundle) in ring.iter().enumerate() {
            let rest = &after[ring.len() - 1 - index];
            width.add_product(&mut self.gradient[bundle as usize], &before, rest);
            let mut product = vec![0; width.stride()];
            width.add_product(&mut product, &before, &self.weights[bundle as usize]);
            before = product;
        }
    }
}

/// A walk over all rings of a core.
#[derive(Clone, Debug)]
pub(super) struct Rings {
    circuits: CircuitWalk,
}

impl Rings {
    /// A walk at its start.
    pub(super) fn new(core: Kernel, bundles: PathBundles) -> Self {
        Self {
            circuits: CircuitWalk::of_kernel(core, bundles),
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
            match self.circuits.advance(budget, u32::MAX, None) {
                Stop::Spent => return Progress::Unfinished,
                Stop::Finished => return Progress::Finished,
                Stop::Closed(bundle) => {
                    known.extend(&self.circuits.bundles, links);
                    known.add_closed(bundle);
                }
                Stop::Ring => {
                    known.extend(&self.circuits.bundles, links);
                    let ring: Vec<BundleId> = self.circuits.ring_reversed().collect();
                    *budget = budget.saturating_sub(4 * ring.len() as u64);
                    known.add_ring(&ring);
                }
            }
        }
    }

    /// All bundles, those that the walk has added last.
    pub(super) fn into_bundles(self) -> PathBundles {
        self.circuits.bundles
    }
}
