//! Blocks of a kernel: parts that share no more than a variable, so that a loop lies within one.

use crate::causal::kernel::{Arc, Kernel};

/// Not numbered yet.
const NONE: u32 = u32::MAX;

/// The blocks (biconnected components of the graph without directions), each a kernel; those of a
/// single arc hold no loop and are left out. Hopcroft & Tarjan (1973, "Efficient algorithms for
/// graph manipulation"), without recursion.
pub(super) fn blocks(kernel: &Kernel) -> Vec<Kernel> {
    let size = kernel.variables as usize;
    let mut touching = vec![Vec::new(); size];
    for (arc, ends) in (0..).zip(&kernel.arcs) {
        touching[ends.from as usize].push((arc, ends.to));
        touching[ends.to as usize].push((arc, ends.from));
    }
    let mut found = Vec::new();
    let mut reached = vec![NONE; size];
    let mut lowest = vec![NONE; size];
    let mut clock = 0;
    let mut is_seen = vec![false; kernel.arcs.len()];
    // The arcs of the blocks still open; each index of the path knows where its own began.
    let mut open: Vec<u32> = Vec::new();
    let mut path: Vec<(usize, usize, usize)> = Vec::new();
    for root in 0..kernel.variables {
        if reached[root as usize] != NONE {
            continue;
        }
        path.push((root as usize, 0, 0));
        while let Some((here, cursor, began)) = path.last_mut() {
            let (here, began) = (*here, *began);
            if reached[here] == NONE {
                reached[here] = clock;
                lowest[here] = clock;
                clock += 1;
            }
            if let Some(&(arc, next)) = touching[here].get(*cursor) {
                *cursor += 1;
                if std::mem::replace(&mut is_seen[arc as usize], true) {
                    continue;
                }
                let next = next as usize;
                if reached[next] == NONE {
                    path.push((next, 0, open.len()));
                } else {
                    lowest[here] = lowest[here].min(reached[next]);
                }
                open.push(arc);
                continue;
            }
            path.pop();
            if let Some(&(parent, ..)) = path.last() {
                lowest[parent] = lowest[parent].min(lowest[here]);
                // Nothing below reaches over the parent: what was opened since is a block.
                if lowest[here] >= reached[parent] {
                    found.push(block(kernel, &open[began..]));
                    open.truncate(began);
                }
            }
        }
    }
    found.retain(|block| block.arcs.len() > 1);
    found
}

/// A kernel of some of the arcs, its variables numbered anew.
fn block(kernel: &Kernel, arcs: &[u32]) -> Kernel {
    let mut arcs: Vec<Arc> = arcs.iter().map(|&arc| kernel.arcs[arc as usize]).collect();
    let mut members: Vec<u32> = arcs.iter().flat_map(|arc| [arc.from, arc.to]).collect();
    members.sort_unstable();
    members.dedup();
    // Every end is a member.
    let number = |variable: u32| members.partition_point(|&member| member < variable) as u32;
    for arc in &mut arcs {
        (arc.from, arc.to) = (number(arc.from), number(arc.to));
    }
    arcs.sort_unstable_by_key(|arc| (arc.from, arc.to));
    Kernel {
        variables: members.len() as u32,
        arcs,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes(variables: u32, ends: &[(u32, u32)]) -> Vec<(u32, usize)> {
        let arc = |(bundle, &(from, to))| Arc { from, to, bundle };
        let mut arcs: Vec<Arc> = (0..).zip(ends).map(arc).collect();
        arcs.sort_unstable_by_key(|arc| (arc.from, arc.to));
        let found = blocks(&Kernel { variables, arcs });
        let mut sizes: Vec<_> = found
            .iter()
            .map(|block| (block.variables, block.arcs.len()))
            .collect();
        sizes.sort_unstable();
        sizes
    }

    #[test]
    fn rings_that_share_a_variable_are_apart() {
        let ends = [(0, 1), (1, 2), (2, 0), (2, 3), (3, 4), (4, 2)];
        assert_eq!(sizes(5, &ends), [(3, 3), (3, 3)]);
    }

    #[test]
    fn two_arcs_there_and_back_are_a_block_and_one_arc_is_none() {
        assert_eq!(sizes(3, &[(0, 1), (1, 0), (1, 2)]), [(2, 2)]);
    }

    #[test]
    fn rings_that_share_two_variables_stay_together() {
        let ends = [(0, 1), (1, 2), (2, 0), (1, 3), (3, 2)];
        assert_eq!(sizes(4, &ends), [(4, 5)]);
    }
}
