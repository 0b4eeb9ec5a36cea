//! What is left of a strongly connected component once the easy variables are contracted.

use std::collections::{BTreeMap, BTreeSet};

use super::component::components;
use super::graph::Graph;
use super::path_bundle::{BundleId, PathBundles};

/// All paths that lead straight from one variable of a kernel to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Arc {
    pub(super) from: u32,
    pub(super) to: u32,
    pub(super) bundle: BundleId,
}

/// A simple digraph of arcs: at most one from a variable to another, none to itself. Its
/// variables are numbered from zero and are not those of the graph; the bundles know the links.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Kernel {
    pub(super) variables: u32,
    /// Sorted by `from`, then by `to`.
    pub(super) arcs: Vec<Arc>,
}

impl Kernel {
    /// The whole of `graph`, parallel links merged. The loops of one link, which no arc can
    /// hold, go to `closed`.
    pub(super) fn of(graph: &Graph, bundles: &mut PathBundles, closed: &mut Vec<BundleId>) -> Self {
        let mut arcs = Vec::with_capacity(graph.links().len());
        for (bundle, link) in (0..).zip(graph.links()) {
            if link.from == link.to {
                closed.push(bundle);
            } else {
                arcs.push(Arc {
                    from: link.from,
                    to: link.to,
                    bundle,
                });
            }
        }
        arcs.sort_by_key(|arc| (arc.from, arc.to));
        arcs.dedup_by(|next, kept| {
            let parallel = (next.from, next.to) == (kept.from, kept.to);
            if parallel {
                kept.bundle = bundles.choice(kept.bundle, next.bundle);
            }
            parallel
        });
        Self {
            variables: graph.variables(),
            arcs,
        }
    }

    /// The strongly connected parts that hold a loop, each a kernel.
    pub(super) fn split(&self) -> Vec<Self> {
        let ends = || self.arcs.iter().map(|arc| (arc.from, arc.to));
        let found = components(self.variables, ends);
        let component = found.of_variable();
        let mut parts = vec![Self::default(); found.count() as usize];
        let mut number = Vec::with_capacity(component.len());
        for &of in component {
            let part = &mut parts[of as usize];
            number.push(part.variables);
            part.variables += 1;
        }
        for arc in &self.arcs {
            let (from, to) = (arc.from as usize, arc.to as usize);
            if component[from] == component[to] {
                let arc = Arc {
                    from: number[from],
                    to: number[to],
                    bundle: arc.bundle,
                };
                parts[component[from] as usize].arcs.push(arc);
            }
        }
        parts.retain(|part| !part.arcs.is_empty());
        parts
    }

    /// Takes out, one after the other, every variable with a single arc in or a single arc out:
    /// the paths through it become bundles between its neighbours, and each loop stays one loop.
    ///
    /// With one arc in, from `u`, two loops' worth of paths through the variable would both pass
    /// `u`, so no elementary loop can use two of the new bundles; the same holds for one arc out.
    /// A path that comes back to where it started is a loop, and goes to `closed`.
    pub(super) fn contract(&self, bundles: &mut PathBundles, closed: &mut Vec<BundleId>) -> Self {
        let size = self.variables as usize;
        let mut onward = vec![BTreeMap::new(); size];
        let mut inward = vec![BTreeSet::new(); size];
        for arc in &self.arcs {
            onward[arc.from as usize].insert(arc.to, arc.bundle);
            inward[arc.to as usize].insert(arc.from);
        }
        let mut remains = vec![true; size];
        let mut candidates: BTreeSet<u32> = (0..self.variables).collect();
        while let Some(variable) = candidates.pop_first() {
            let here = variable as usize;
            if !remains[here] || (inward[here].len() > 1 && onward[here].len() > 1) {
                continue;
            }
            remains[here] = false;
            let after = std::mem::take(&mut onward[here]);
            for &next in after.keys() {
                inward[next as usize].remove(&variable);
            }
            for before in std::mem::take(&mut inward[here]) {
                let Some(first) = onward[before as usize].remove(&variable) else {
                    continue;
                };
                for (&next, &second) in &after {
                    let through = bundles.series(first, second);
                    if next == before {
                        closed.push(through);
                        continue;
                    }
                    onward[before as usize]
                        .entry(next)
                        .and_modify(|bundle| *bundle = bundles.choice(*bundle, through))
                        .or_insert(through);
                    inward[next as usize].insert(before);
                }
                candidates.insert(before);
            }
            candidates.extend(after.keys());
        }
        let mut number = 0;
        let numbers: Vec<u32> = remains
            .iter()
            .map(|&remains| {
                number += u32::from(remains);
                number.saturating_sub(1)
            })
            .collect();
        let mut arcs = Vec::new();
        for (from, onward) in onward.iter().enumerate() {
            arcs.extend(onward.iter().map(|(&to, &bundle)| Arc {
                from: numbers[from],
                to: numbers[to as usize],
                bundle,
            }));
        }
        Self {
            variables: number,
            arcs,
        }
    }

    /// The kernel without one of its variables; the other variables keep their numbers.
    pub(super) fn without(&self, variable: u32) -> Self {
        let stays = |arc: &&Arc| arc.from != variable && arc.to != variable;
        Self {
            variables: self.variables,
            arcs: self.arcs.iter().filter(stays).copied().collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::causal::graph::GraphLink;
    use crate::model::Delay;
    use crate::model::Polarity;

    fn kernel(variables: usize, ends: &[(u32, u32)]) -> (Kernel, PathBundles, Vec<BundleId>) {
        let link = |&(from, to)| GraphLink {
            from,
            to,
            polarity: Polarity::Positive,
            delay: Delay::None,
        };
        let graph = Graph::new(variables, ends.iter().map(link).collect()).unwrap();
        let mut bundles = PathBundles::of_links(graph.links());
        let mut closed = Vec::new();
        let kernel = Kernel::of(&graph, &mut bundles, &mut closed);
        (kernel, bundles, closed)
    }

    #[test]
    fn a_ring_contracts_to_one_closed_bundle() {
        let (kernel, mut bundles, mut closed) = kernel(4, &[(0, 1), (1, 2), (2, 3), (3, 0)]);
        let rest = kernel.contract(&mut bundles, &mut closed);
        assert!(rest.arcs.is_empty() && closed.len() == 1);
        assert_eq!(bundles.get(closed[0]).length, 4);
    }

    #[test]
    fn parallel_links_merge_and_self_links_are_closed() {
        let (kernel, bundles, closed) = kernel(2, &[(0, 1), (1, 1), (0, 1), (1, 0)]);
        assert_eq!(closed, [1]);
        let counts = |arc: &Arc| bundles.get(arc.bundle).tally.counts().total();
        assert_eq!(kernel.arcs.iter().map(counts).collect::<Vec<_>>(), [2, 1]);
    }

    #[test]
    fn a_complete_graph_of_four_does_not_contract_until_a_variable_leaves() {
        let ends: Vec<_> = (0..4)
            .flat_map(|from| (0..4).map(move |to| (from, to)))
            .filter(|(from, to)| from != to)
            .collect();
        let (kernel, mut bundles, mut closed) = kernel(4, &ends);
        assert_eq!(kernel.contract(&mut bundles, &mut closed), kernel);
        let rest = kernel.without(0).split();
        assert_eq!(
            (rest.len(), rest[0].variables, rest[0].arcs.len()),
            (1, 3, 6)
        );
        assert!(closed.is_empty());
    }

    #[test]
    fn arcs_between_components_are_left_out() {
        let (kernel, ..) = kernel(5, &[(0, 1), (1, 0), (1, 2), (2, 3), (3, 2), (3, 4)]);
        let parts: Vec<_> = kernel.split().iter().map(|part| part.arcs.len()).collect();
        assert_eq!(parts, [2, 2]);
    }
}
