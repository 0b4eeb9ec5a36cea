//! A connected part of a causal diagram, by number: what is to be arranged.

use crate::model::Vector;

use super::centroids::MOST;
use super::cycles::{Ring, shortest_independent_loops};

/// Paper between two boxes that nothing joins, in world units.
pub(super) const MARGIN: f64 = 26.0;
/// The visible part of a link that its head, its sign and its delay mark need, in world units.
pub(super) const VISIBLE: f64 = 64.0;
/// The most loops that a figure is arranged around.
const MAXIMUM_RINGS: usize = 500;
/// The most variables and independent loops of a figure whose badges are reckoned with: of more,
/// a badge steps aside for what it finds.
const BADGED: (usize, usize) = (40, MOST);
/// The longest loop that is drawn to a circle; of longer ones nobody sees the round.
const LONGEST_RING: usize = 120;

/// Two variables that links join, in either direction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Pair {
    pub(super) one: u32,
    pub(super) other: u32,
    /// How many links.
    pub(super) count: f64,
}

/// A connected part of a causal diagram.
#[derive(Clone, Debug, Default)]
pub(super) struct Figure {
    /// Half the width and half the height of each box, in world units.
    pub(super) halves: Vec<Vector>,
    /// Which variables stay where they are.
    pub(super) held: Vec<bool>,
    /// What is joined, each pair once.
    pub(super) pairs: Vec<Pair>,
    /// By variable, what it is joined with, and by how many links.
    pub(super) around: Vec<Vec<(u32, f64)>>,
    /// By variable, the numbers of its pairs.
    pub(super) pairs_at: Vec<Vec<u32>>,
    /// The loops of three variables and more that are to be round, shortest first.
    pub(super) rings: Vec<Ring>,
    /// By variable, the rings through it and its index in each.
    pub(super) on_rings: Vec<Vec<(u32, u32)>>,
    /// The loops that are to have a badge of their own in their middle, shortest first.
    pub(super) badged: Vec<Ring>,
    /// By variable, the loops with a badge through it.
    pub(super) on_badged: Vec<Vec<u32>>,
    /// By loop with a badge, the others that share a link with it.
    pub(super) partners: Vec<Vec<usize>>,
    /// How long a link should be from middle to middle, in world units.
    pub(super) length: f64,
}

impl Figure {
    /// The figure of boxes joined by links; links from a box to itself do not matter to it.
    pub(super) fn new(halves: Vec<Vector>, held: Vec<bool>, links: &[(u32, u32)]) -> Self {
        let count = halves.len();
        let mut pairs: Vec<Pair> = Vec::new();
        let mut ends: Vec<(u32, u32)> = links
            .iter()
            .filter(|(from, to)| from != to)
            .map(|&(from, to)| (from.min(to), from.max(to)))
            .collect();
        ends.sort();
        for (one, other) in ends {
            match pairs.last_mut() {
                Some(last) if (last.one, last.other) == (one, other) => last.count += 1.0,
                _ => pairs.push(Pair {
                    one,
                    other,
                    count: 1.0,
                }),
            }
        }
        let mut around = vec![Vec::new(); count];
        let mut pairs_at = vec![Vec::new(); count];
        for (number, pair) in (0_u32..).zip(&pairs) {
            pairs_at[pair.one as usize].push(number);
            pairs_at[pair.other as usize].push(number);
            around[pair.one as usize].push((pair.other, pair.count));
            around[pair.other as usize].push((pair.one, pair.count));
        }
        let mut rings = shortest_independent_loops(count, links, MAXIMUM_RINGS);
        let few = count <= BADGED.0 && rings.len() <= BADGED.1;
        let badged = if few { rings.clone() } else { Vec::new() };
        let mut on_badged = vec![Vec::new(); count];
        for (number, ring) in (0_u32..).zip(&badged) {
            for variable in ring {
                on_badged[*variable as usize].push(number);
            }
        }
        rings.retain(|ring| (3..=LONGEST_RING).contains(&ring.len()));
        let mut on_rings = vec![Vec::new(); count];
        for (number, ring) in (0_u32..).zip(&rings) {
            for (index, variable) in (0_u32..).zip(ring) {
                on_rings[*variable as usize].push((number, index));
            }
        }
        let length = link_length(&halves, pairs.len());
        Self {
            halves,
            held,
            pairs,
            around,
            pairs_at,
            rings,
            on_rings,
            partners: partners_of(&badged),
            badged,
            on_badged,
            length,
        }
    }

    /// How many variables it has.
    pub(super) fn len(&self) -> usize {
        self.halves.len()
    }

    /// Something of it stays where it is, so that it cannot be moved as a whole.
    pub(super) fn is_held(&self) -> bool {
        self.held.contains(&true)
    }
}

/// By loop, the others that have a link in common with it.
fn partners_of(rings: &[Ring]) -> Vec<Vec<usize>> {
    let links = |ring: &Ring| -> Vec<(u32, u32)> {
        let nexts = ring.iter().cycle().skip(1);
        ring.iter().copied().zip(nexts.copied()).collect()
    };
    let all: Vec<Vec<(u32, u32)>> = rings.iter().map(links).collect();
    let partners = |number: usize| {
        let shares = |other: &usize| all[*other].iter().any(|link| all[number].contains(link));
        let others = (0..all.len()).filter(|other| *other != number);
        others.filter(shares).collect()
    };
    (0..rings.len()).map(partners).collect()
}

/// How long links should be, in world units: longer for wide words, for small figures, whose loops
/// have badges in their middle, and for dense ones, where much has to pass between two things.
fn link_length(halves: &[Vector], pairs: usize) -> f64 {
    let count = halves.len().max(1) as f64;
    let size = halves.iter().map(|half| half.x + half.y).sum::<f64>() / count;
    let badges = 90.0 * (14.0 / count).clamp(0.3, 1.0);
    let dense = ((pairs as f64 / count).sqrt() / 1.3).clamp(1.0, 1.7);
    ((size * 1.4 + 50.0 + badges) * dense).clamp(120.0, 600.0)
}
