//! A strongly connected component with its shortest paths.

use crate::causal::component::strongly_connected_components;
use crate::causal::graph::Graph;

/// A link between variables of a component.
#[derive(Clone, Copy, Debug)]
pub(super) struct PartLink {
    pub(super) from: u32,
    pub(super) to: u32,
    /// Its index in the graph.
    pub(super) index: u32,
}

/// A strongly connected component that holds a loop, its variables and links numbered from zero.
#[derive(Clone, Debug, Default)]
pub(super) struct Part {
    pub(super) variables: u32,
    pub(super) links: Vec<PartLink>,
    /// The links from each variable, and to each.
    pub(super) onward: Vec<Vec<u32>>,
    pub(super) inward: Vec<Vec<u32>>,
}

/// The components of a graph that hold a loop.
pub(super) fn parts(graph: &Graph) -> Vec<Part> {
    let components = strongly_connected_components(graph);
    let of_variable = components.of_variable();
    let mut parts = vec![Part::default(); components.count() as usize];
    let mut number = Vec::with_capacity(of_variable.len());
    for &component in of_variable {
        let part = &mut parts[component as usize];
        number.push(part.variables);
        part.variables += 1;
        part.onward.push(Vec::new());
        part.inward.push(Vec::new());
    }
    for (index, link) in (0..).zip(graph.links()) {
        let component = of_variable[link.from as usize];
        if component == of_variable[link.to as usize] {
            let (from, to) = (number[link.from as usize], number[link.to as usize]);
            let part = &mut parts[component as usize];
            let position = part.links.len() as u32;
            part.links.push(PartLink { from, to, index });
            part.onward[from as usize].push(position);
            part.inward[to as usize].push(position);
        }
    }
    parts.retain(|part| !part.links.is_empty());
    parts
}

impl Part {
    /// How many independent loops it has: links less variables, plus one.
    pub(super) fn dimension(&self) -> usize {
        self.links.len() + 1 - self.variables as usize
    }
}

/// Which way the paths of a tree lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    /// From the root.
    Onward,
    /// To the root.
    Inward,
}

/// No link: the root has none.
const NONE: u32 = u32::MAX;

/// One shortest path between a root and each variable.
///
/// Of several that are as short, it is the one whose links have the least sum of tokens, numbers
/// as good as drawn at random. As the sums differ, the path between two variables is the same in
/// every tree, from either end, as if lengths differed by a little.
#[derive(Clone, Debug)]
pub(super) struct Tree {
    /// For each variable, the link of its path that touches it.
    links: Vec<u32>,
    direction: Direction,
}

impl Tree {
    /// The shortest paths from or to `root`, breadth first.
    pub(super) fn new(part: &Part, root: u32, direction: Direction) -> Self {
        let size = part.variables as usize;
        let mut links = vec![NONE; size];
        let mut distances = vec![u32::MAX; size];
        let mut sums = vec![u64::MAX; size];
        let mut reached = Vec::with_capacity(size);
        distances[root as usize] = 0;
        sums[root as usize] = 0;
        reached.push(root);
        let mut turn = 0;
        while let Some(&here) = reached.get(turn) {
            turn += 1;
            let here = here as usize;
            let touching = match direction {
                Direction::Onward => &part.onward[here],
                Direction::Inward => &part.inward[here],
            };
            for &position in touching {
                let link = &part.links[position as usize];
                let next = match direction {
                    Direction::Onward => link.to,
                    Direction::Inward => link.from,
                };
                if distances[next as usize] == u32::MAX {
                    distances[next as usize] = distances[here] + 1;
                    reached.push(next);
                }
                // All variables one step nearer come before this one, so its sum is final when it
                // is its turn.
                let sum = sums[here].saturating_add(token(position) >> 24);
                if distances[next as usize] == distances[here] + 1 && sum < sums[next as usize] {
                    sums[next as usize] = sum;
                    links[next as usize] = position;
                }
            }
        }
        Self { links, direction }
    }

    /// The links of the path of a variable, from the variable to the root.
    pub(super) fn path<'tree>(
        &'tree self,
        part: &'tree Part,
        variable: u32,
    ) -> impl Iterator<Item = u32> + 'tree {
        let mut here = variable;
        std::iter::from_fn(move || {
            let position = self.links[here as usize];
            let link = part.links.get(position as usize)?;
            here = match self.direction {
                Direction::Onward => link.from,
                Direction::Inward => link.to,
            };
            Some(position)
        })
    }
}

/// A number for each link, as good as drawn at random (the mixing of splitmix64: Steele, Lea &
/// Flood 2014, "Fast splittable pseudorandom number generators").
pub(super) fn token(link: u32) -> u64 {
    let mut mixed = (u64::from(link) + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::causal::graph::GraphLink;
    use crate::model::{Delay, Polarity};

    /// A torus of four by four, each variable linked to its neighbours to the right and below:
    /// there are many shortest paths.
    fn torus() -> Part {
        let link = |from, to| GraphLink {
            from,
            to,
            polarity: Polarity::Positive,
            delay: Delay::None,
        };
        let links = (0..16).flat_map(|here| {
            let (row, column) = (here / 4, here % 4);
            let right = row * 4 + (column + 1) % 4;
            [link(here, right), link(here, (here + 4) % 16)]
        });
        let graph = Graph::new(16, links.collect()).unwrap();
        parts(&graph).pop().unwrap()
    }

    #[test]
    fn the_path_between_two_variables_is_the_same_from_either_end() {
        let part = torus();
        for from in 0..16 {
            let out = Tree::new(&part, from, Direction::Onward);
            for to in 0..16 {
                let back = Tree::new(&part, to, Direction::Inward);
                let mut path: Vec<u32> = out.path(&part, to).collect();
                path.reverse();
                assert_eq!(path, back.path(&part, from).collect::<Vec<_>>());
                let steps = (4 + to % 4 - from % 4) % 4 + (4 + to / 4 - from / 4) % 4;
                assert_eq!(path.len(), steps as usize);
            }
        }
    }

    #[test]
    fn variables_on_no_loop_are_in_no_part() {
        let link = |from, to| GraphLink {
            from,
            to,
            polarity: Polarity::Positive,
            delay: Delay::None,
        };
        let links = vec![link(0, 1), link(1, 2), link(2, 1), link(3, 3)];
        let parts = parts(&Graph::new(4, links).unwrap());
        let dimensions: Vec<usize> = parts.iter().map(Part::dimension).collect();
        assert_eq!(dimensions, [1, 1]);
    }
}
