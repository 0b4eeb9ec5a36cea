//! Short loops of a component: those that a set of independent loops may be chosen from.

use std::collections::BTreeSet;

use super::part::{Direction, Part, Tree, token};

/// Loops of a component, each once.
#[derive(Clone, Debug, Default)]
pub(super) struct Candidates {
    /// The links of each in order of travel, by their numbers in the component.
    pub(super) loops: Vec<Vec<u32>>,
    /// The length of each, and the sum of the tokens of its links.
    known: BTreeSet<(usize, u64)>,
    /// The variables of the path in hand.
    marked: Vec<bool>,
}

impl Candidates {
    /// Adds the geodetic loops through `root`: a shortest path to another variable and a shortest
    /// path back; and each link with a shortest path back, so that each of parallel links has one.
    pub(super) fn add_geodetic(&mut self, part: &Part, root: u32) {
        let out = Tree::new(part, root, Direction::Onward);
        let back = Tree::new(part, root, Direction::Inward);
        // The pair with a smaller variable is dealt with from there.
        for other in root + 1..part.variables {
            self.mark(part, &out, root, other);
            if self.is_apart(part, &back, other, root) {
                let path: Vec<u32> = out.path(part, other).collect();
                self.add(path.into_iter().rev().chain(back.path(part, other)));
            }
            self.unmark(part, &out, root, other);
        }
        for &index in &part.onward[root as usize] {
            let back = back.path(part, part.links[index as usize].to);
            self.add(std::iter::once(index).chain(back));
        }
    }

    /// Adds the loops whose smallest variable is `root`, made of a shortest path from there, one
    /// link, and a shortest path back (after Horton 1987, "A polynomial-time algorithm to find the
    /// shortest cycle basis of a graph").
    pub(super) fn add_short(&mut self, part: &Part, root: u32) {
        let out = Tree::new(part, root, Direction::Onward);
        let back = Tree::new(part, root, Direction::Inward);
        for middle in root..part.variables {
            let is_above = out
                .path(part, middle)
                .all(|index| part.links[index as usize].from >= root);
            if !is_above {
                continue;
            }
            self.mark(part, &out, root, middle);
            for &index in &part.onward[middle as usize] {
                let next = part.links[index as usize].to;
                if next < root || (next != root && self.marked[next as usize]) {
                    continue;
                }
                let is_above = back
                    .path(part, next)
                    .all(|index| part.links[index as usize].to >= root);
                if is_above && self.is_apart(part, &back, next, root) {
                    let path: Vec<u32> = out.path(part, middle).collect();
                    let rest = back.path(part, next);
                    self.add(path.into_iter().rev().chain([index]).chain(rest));
                }
            }
            self.unmark(part, &out, root, middle);
        }
    }

    /// The loops in order of length; of equal length, in the order in which they were added.
    pub(super) fn take(&mut self) -> Vec<Vec<u32>> {
        let mut loops = std::mem::take(&mut self.loops);
        loops.sort_by_key(Vec::len);
        loops
    }

    fn add(&mut self, links: impl Iterator<Item = u32>) {
        let links: Vec<u32> = links.collect();
        let sum = links.iter().map(|&index| token(index));
        let key = (links.len(), sum.fold(0, u64::wrapping_add));
        if self.known.insert(key) {
            self.loops.push(links);
        }
    }

    /// Marks the variables of the path from the root to `variable`, both included.
    fn mark(&mut self, part: &Part, out: &Tree, root: u32, variable: u32) {
        self.marked.resize(part.variables as usize, false);
        self.marked[root as usize] = true;
        for index in out.path(part, variable) {
            self.marked[part.links[index as usize].to as usize] = true;
        }
    }

    fn unmark(&mut self, part: &Part, out: &Tree, root: u32, variable: u32) {
        self.marked[root as usize] = false;
        for index in out.path(part, variable) {
            self.marked[part.links[index as usize].to as usize] = false;
        }
    }

    /// Whether the path from `variable` back to the root meets no marked variable between the two.
    fn is_apart(&self, part: &Part, back: &Tree, variable: u32, root: u32) -> bool {
        back.path(part, variable).all(|index| {
            let to = part.links[index as usize].to;
            to == root || !self.marked[to as usize]
        })
    }
}
