//! The loops that a diagram is arranged around: the shortest that are independent of each other.

use std::collections::BTreeSet;

/// A loop, as the indices of its variables in the order of travel.
pub(super) type Ring = Vec<u32>;

/// How many words of candidates' links may be kept at once; beyond, a diagram is so large that
/// the shortest loop through each link must do.
const ROOM: usize = 4_000_000;

/// The shortest independent loops of a directed graph, shortest first: each has a link that no sum
/// of those before it has (sums modulo two), so they cover the graph with the least of rings.
///
/// Candidates after Horton (1987): for every variable and every link, the shortest path from the
/// variable to the link, the link, and the shortest path back. They are taken greedily, checked by
/// elimination, `most` at the most. Links from a variable to itself are no part of it; of parallel
/// links one counts.
pub(super) fn shortest_independent_loops(
    variables: usize,
    links: &[(u32, u32)],
    most: usize,
) -> Vec<Ring> {
    let arcs = arcs_of(links);
    let next = neighbours(variables, &arcs);
    let words = arcs.len().div_ceil(64).max(1);
    let every = variables * arcs.len() <= ROOM / 4;
    let mut candidates: Vec<(Ring, Vec<u64>)> = Vec::new();
    let mut taken = std::collections::BTreeSet::new();
    for root in 0..variables {
        // Ways from the root, by the link each variable is first reached by.
        let out = last_arcs(variables, root, &next, &arcs);
        let mut back: Option<Vec<u32>> = None;
        for (arc, &(from, to)) in arcs.iter().enumerate() {
            let closes = to as usize == root;
            if !closes && !every || out[from as usize] == NONE && from as usize != root {
                continue;
            }
            let mut ring = path_from_root(from, root, &out, &arcs);
            if !closes {
                let back = back.get_or_insert_with(|| first_arcs(variables, root, &arcs));
                let Some(rest) = path_to_root(to, root, back, &arcs) else {
                    continue;
                };
                ring.extend(rest);
                if has_twice(&ring) {
                    continue;
                }
            }
            let bits = bits_of(&ring, arc, &arcs, words, &next);
            if taken.insert(bits.clone()) {
                candidates.push((ring, bits));
            }
        }
    }
    candidates.sort_by_key(|one| one.0.len());
    independent(candidates, most)
}

const NONE: u32 = u32::MAX;

fn arcs_of(links: &[(u32, u32)]) -> Vec<(u32, u32)> {
    let arcs = links.iter().copied().filter(|(from, to)| from != to);
    arcs.collect::<BTreeSet<_>>().into_iter().collect()
}

/// The arcs out of each variable, by index.
fn neighbours(variables: usize, arcs: &[(u32, u32)]) -> Vec<Vec<u32>> {
    let mut next = vec![Vec::new(); variables];
    for (index, (from, _)) in arcs.iter().enumerate() {
        next[*from as usize].push(index as u32);
    }
    next
}

/// By variable, the last arc of a shortest path from the root.
fn last_arcs(variables: usize, root: usize, next: &[Vec<u32>], arcs: &[(u32, u32)]) -> Vec<u32> {
    let mut last = vec![NONE; variables];
    let mut queue = vec![root];
    let mut at = 0;
    while let Some(&here) = queue.get(at) {
        at += 1;
        for &arc in &next[here] {
            let to = arcs[arc as usize].1 as usize;
            if to != root && last[to] == NONE {
                last[to] = arc;
                queue.push(to);
            }
        }
    }
    last
}

/// By variable, the first arc of a shortest path to the root.
fn first_arcs(variables: usize, root: usize, arcs: &[(u32, u32)]) -> Vec<u32> {
    let turned: Vec<(u32, u32)> = arcs.iter().map(|&(from, to)| (to, from)).collect();
    last_arcs(variables, root, &neighbours(variables, &turned), &turned)
}

/// The variables from the root to `end`, both among them.
fn path_from_root(end: u32, root: usize, last: &[u32], arcs: &[(u32, u32)]) -> Ring {
    let mut path = vec![end];
    let mut here = end as usize;
    while here != root && last[here] != NONE {
        here = arcs[last[here] as usize].0 as usize;
        path.push(here as u32);
    }
    path.reverse();
    path
}

/// The variables from `start` to the root, without the root; `None` where no path leads there.
fn path_to_root(start: u32, root: usize, first: &[u32], arcs: &[(u32, u32)]) -> Option<Ring> {
    let mut path = Ring::new();
    let mut here = start as usize;
    while here != root {
        path.push(here as u32);
        let arc = *first.get(here).filter(|arc| **arc != NONE)?;
        here = arcs[arc as usize].1 as usize;
    }
    Some(path)
}

fn has_twice(ring: &[u32]) -> bool {
    ring.iter().collect::<BTreeSet<_>>().len() < ring.len()
}

/// The arcs of a ring as bits; `arc` is one of them, the others are found by their ends.
fn bits_of(
    ring: &[u32],
    arc: usize,
    arcs: &[(u32, u32)],
    words: usize,
    next: &[Vec<u32>],
) -> Vec<u64> {
    let mut bits = vec![0_u64; words];
    bits[arc / 64] |= 1 << (arc % 64);
    for (index, from) in ring.iter().enumerate() {
        let to = ring[(index + 1) % ring.len()];
        let on = next[*from as usize]
            .iter()
            .find(|arc| arcs[**arc as usize].1 == to);
        if let Some(&on) = on {
            bits[on as usize / 64] |= 1 << (on % 64);
        }
    }
    bits
}

/// Takes the first `most` candidates that are no sum of those before them.
fn independent(candidates: Vec<(Ring, Vec<u64>)>, most: usize) -> Vec<Ring> {
    let mut basis: Vec<(usize, Vec<u64>)> = Vec::new();
    let mut rings = Vec::new();
    for (ring, mut bits) in candidates {
        if rings.len() >= most {
            break;
        }
        for (pivot, row) in &basis {
            if bits[pivot / 64] >> (pivot % 64) & 1 == 1 {
                for (word, other) in bits.iter_mut().zip(row) {
                    *word ^= other;
                }
            }
        }
        let first = bits.iter().position(|word| *word != 0);
        if let Some(word) = first {
            let pivot = word * 64 + bits[word].trailing_zeros() as usize;
            basis.push((pivot, bits));
            rings.push(ring);
        }
    }
    rings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lengths(variables: usize, links: &[(u32, u32)]) -> Vec<usize> {
        let loops = shortest_independent_loops(variables, links, usize::MAX);
        loops.iter().map(Vec::len).collect()
    }

    #[test]
    fn rings_that_share_a_link_are_two() {
        let links = [(0, 1), (1, 2), (2, 0), (2, 3), (3, 4), (4, 1)];
        assert_eq!(lengths(5, &links), [3, 4]);
    }

    #[test]
    fn what_is_on_no_loop_is_left_out() {
        assert!(lengths(4, &[(0, 1), (1, 2), (0, 2), (2, 3), (3, 3)]).is_empty());
    }

    #[test]
    fn there_are_as_many_as_links_beyond_a_tree() {
        // All of four variables onto all: 12 links, 12 - 4 + 1 = 9 independent loops.
        let links: Vec<(u32, u32)> = (0..4)
            .flat_map(|from| (0..4).map(move |to| (from, to)))
            .collect();
        let lengths = lengths(4, &links);
        assert_eq!(lengths.len(), 9);
        assert_eq!(lengths.iter().filter(|length| **length == 2).count(), 6);
    }

    #[test]
    fn variables_of_a_ring_come_in_the_order_of_travel() {
        let loops = shortest_independent_loops(4, &[(0, 2), (2, 1), (1, 3), (3, 0)], 9);
        assert_eq!(loops, [vec![0, 2, 1, 3]]);
    }
}
