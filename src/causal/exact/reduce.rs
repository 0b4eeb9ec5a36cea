//! A graph reduced to the cores that have to be counted, and the bundles they are made of.

use super::blocks::blocks;
use super::sums::Width;
use crate::causal::graph::{Graph, GraphLink};
use crate::causal::kernel::Kernel;
use crate::causal::path_bundle::{BundleId, Form, PathBundles};

/// What a graph comes down to: its loops are those of the cores and the closed bundles.
#[derive(Clone, Debug)]
pub(super) struct Reduction {
    pub(super) bundles: PathBundles,
    /// Bundles that lead back to where they start.
    pub(super) closed: Vec<BundleId>,
    /// Strongly connected, without a variable that could be contracted or that parts them.
    pub(super) cores: Vec<Kernel>,
}

/// Splits and contracts until nothing gives way: strongly connected components, then variables
/// with a single arc in or out, then blocks.
pub(super) fn reduce(graph: &Graph) -> Reduction {
    let mut bundles = PathBundles::of_links(graph.links());
    let mut closed = Vec::new();
    let mut cores = Vec::new();
    let mut waiting = Kernel::of(graph, &mut bundles, &mut closed).split();
    while let Some(kernel) = waiting.pop() {
        let kernel = kernel.contract(&mut bundles, &mut closed);
        let mut blocks = blocks(&kernel);
        if blocks.len() == 1 && blocks[0].arcs.len() == kernel.arcs.len() {
            cores.append(&mut blocks);
        } else {
            waiting.append(&mut blocks);
        }
    }
    Reduction {
        bundles,
        closed,
        cores,
    }
}

impl Reduction {
    /// The sums of the closed bundles.
    pub(super) fn closed(&self, weights: &[Vec<u64>], width: Width) -> Vec<u64> {
        let mut sum = vec![0; width.stride()];
        for &bundle in &self.closed {
            width.add(&mut sum, &weights[bundle as usize]);
        }
        sum
    }

    /// Hands the derivatives of the bundles down to what they are made of.
    ///
    /// Expects in `gradient`, by bundle, how the sum of all loops changes with the weight of an arc
    /// that the bundle is; afterwards it says so of every bundle, and so of every link.
    pub(super) fn hand_down(&self, weights: &[Vec<u64>], gradient: &mut [Vec<u64>], width: Width) {
        for id in (0..self.bundles.len() as BundleId).rev() {
            let own = std::mem::take(&mut gradient[id as usize]);
            match self.bundles.get(id).form {
                Form::Link(_) => gradient[id as usize] = own,
                Form::Series(first, second) => {
                    for (to, by) in [(first, second), (second, first)] {
                        let to = &mut gradient[to as usize];
                        width.add_product(to, &own, &weights[by as usize]);
                    }
                }
                Form::Choice(one, other) => {
                    width.add(&mut gradient[one as usize], &own);
                    width.add(&mut gradient[other as usize], &own);
                }
            }
        }
    }
}

/// Adds to the weights of the first bundles those of the others.
pub(super) fn extend_weights(
    bundles: &PathBundles,
    links: &[GraphLink],
    width: Width,
    weights: &mut Vec<Vec<u64>>,
) {
    for id in weights.len()..bundles.len() {
        let of = |id: BundleId| &weights[id as usize];
        // A bundle is made of bundles with lower numbers.
        let weight = match bundles.get(id as BundleId).form {
            Form::Link(link) => width.of_link(&links[link as usize]),
            Form::Series(first, second) => {
                let mut product = vec![0; width.stride()];
                width.add_product(&mut product, of(first), of(second));
                product
            }
            Form::Choice(one, other) => {
                let mut sum = of(one).clone();
                width.add(&mut sum, of(other));
                sum
            }
        };
        weights.push(weight);
    }
}
