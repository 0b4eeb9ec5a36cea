//! A first arrangement: distances on the canvas follow distances in the diagram.

use std::collections::BinaryHeap;

use crate::model::{Point, Vector};

use super::figure::Figure;
use super::random::Random;

/// Up to this many variables every pair has a distance; beyond, each variable has those to some.
const ALL_PAIRS: usize = 700;
/// How many variables stand for all in a large figure.
const PIVOTS: usize = 60;
/// How often every distance is looked at.
const ROUNDS: i32 = 30;
/// The last of the steps, as a share of the whole way.
const LAST_STEP: f64 = 0.05;

/// One distance that a picture should have.
struct Term {
    one: u32,
    other: u32,
    distance: f64,
    weight: f64,
}

/// Where the variables of a figure stand after stress is lowered from random places.
///
/// Distances are the shortest paths along links, where a loop has the chords of its circle for
/// short cuts: so a loop by itself becomes one. Stress (Kamada & Kawai 1989; Gansner, Koren & North
/// 2004) is lowered a pair at a time with falling steps (Zheng, Pawar & Goodman 2018, "Graph
/// drawing by stochastic gradient descent"). What is held stays.
pub(super) fn lower_stress(figure: &Figure, positions: &mut [Point], random: &mut Random) {
    let mut terms = terms_of(figure, random);
    if terms.is_empty() {
        return;
    }
    let spread = figure.length * (figure.len() as f64).sqrt();
    let middle = middle_of(positions);
    for (position, held) in positions.iter_mut().zip(&figure.held) {
        if !held {
            *position = middle + Vector::new(random.signed(), random.signed()) * spread;
        }
    }
    let heaviest = terms.iter().map(|term| term.weight).fold(0.0, f64::max);
    let lightest = terms
        .iter()
        .map(|term| term.weight)
        .fold(heaviest, f64::min);
    let (first, last) = (1.0 / lightest, LAST_STEP / heaviest);
    let decay = (last / first).powf(1.0 / f64::from(ROUNDS - 1));
    let mut step = first;
    for _ in 0..ROUNDS {
        for index in (1..terms.len()).rev() {
            terms.swap(index, random.below(index + 1));
        }
        for term in &terms {
            move_pair(figure, positions, term, (step * term.weight).min(1.0));
        }
        step *= decay;
    }
}

pub(super) fn middle_of(positions: &[Point]) -> Point {
    let sum = positions
        .iter()
        .fold(Vector::ZERO, |sum, at| sum + (*at - Point::default()));
    Point::default() + sum / positions.len().max(1) as f64
}

fn move_pair(figure: &Figure, positions: &mut [Point], term: &Term, share: f64) {
    let (one, other) = (term.one as usize, term.other as usize);
    let offset = positions[other] - positions[one];
    let length = offset.length();
    let offset = if length > 1.0e-9 {
        offset / length
    } else {
        Vector::new(1.0, 0.0)
    };
    let moved = offset * (share * (length - term.distance));
    // Where one of the two is held, the other goes the whole offset.
    match (figure.held[one], figure.held[other]) {
        (false, false) => {
            positions[one] = positions[one] + moved / 2.0;
            positions[other] = positions[other] - moved / 2.0;
        }
        (false, true) => positions[one] = positions[one] + moved,
        (true, false) => positions[other] = positions[other] - moved,
        (true, true) => {}
    }
}

fn terms_of(figure: &Figure, random: &mut Random) -> Vec<Term> {
    let count = figure.len();
    let near = near_of(figure);
    let mut terms = Vec::new();
    let mut push = |one: u32, other: u32, distance: f64| {
        if one != other && distance.is_finite() {
            terms.push(Term {
                one,
                other,
                distance: distance * figure.length,
                weight: 1.0 / (distance * distance),
            });
        }
    };
    if count <= ALL_PAIRS {
        for one in 0..count as u32 {
            let distances = distances(one, &near, count);
            for other in one + 1..count as u32 {
                push(one, other, distances[other as usize]);
            }
        }
    } else {
        for (one, around) in (0_u32..).zip(&near) {
            for (other, distance) in around {
                push(one, *other, *distance);
            }
        }
        for _ in 0..PIVOTS {
            let pivot = random.below(count) as u32;
            let distances = distances(pivot, &near, count);
            for (other, distance) in (0_u32..).zip(&distances) {
                push(pivot, other, *distance);
            }
        }
    }
    terms
}

/// By variable, what is near it, in lengths of a link: along links, and across rings.
fn near_of(figure: &Figure) -> Vec<Vec<(u32, f64)>> {
    let mut near: Vec<Vec<(u32, f64)>> = figure
        .around
        .iter()
        .map(|around| around.iter().map(|(other, _)| (*other, 1.0)).collect())
        .collect();
    for ring in &figure.rings {
        let turn = std::f64::consts::PI / ring.len() as f64;
        let side = turn.sin();
        for (index, one) in ring.iter().enumerate() {
            for (steps, other) in (1..).zip(&ring[index + 1..]) {
                let chord = (turn * f64::from(steps)).sin() / side;
                near[*one as usize].push((*other, chord));
                near[*other as usize].push((*one, chord));
            }
        }
    }
    near
}

/// The shortest distances from one variable to all (Dijkstra 1959), in lengths of a link.
fn distances(from: u32, near: &[Vec<(u32, f64)>], count: usize) -> Vec<f64> {
    let mut distances = vec![f64::INFINITY; count];
    distances[from as usize] = 0.0;
    // The bits of numbers that are not negative have their order; the greatest comes out first.
    let mut open: BinaryHeap<(u64, u32)> = BinaryHeap::from([(u64::MAX, from)]);
    while let Some((bits, here)) = open.pop() {
        let distance = f64::from_bits(u64::MAX - bits);
        if distance > distances[here as usize] {
            continue;
        }
        for (next, step) in &near[here as usize] {
            let longer = distance + step;
            if longer < distances[*next as usize] {
                distances[*next as usize] = longer;
                open.push((u64::MAX - longer.to_bits(), *next));
            }
        }
    }
    distances
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ring_becomes_a_circle_and_what_is_held_stays() {
        let count = 9_u32;
        let links: Vec<(u32, u32)> = (0..count).map(|from| (from, (from + 1) % count)).collect();
        let mut held = vec![false; 9];
        held[4] = true;
        let figure = Figure::new(vec![Vector::new(40.0, 14.0); 9], held, &links);
        let mut positions = vec![Point::new(50.0, 70.0); 9];
        lower_stress(&figure, &mut positions, &mut Random::new(3));
        assert_eq!(positions[4], Point::new(50.0, 70.0));
        let middle = middle_of(&positions);
        let radius = figure.length / (2.0 * (std::f64::consts::PI / 9.0).sin());
        for at in &positions {
            assert!(
                (at.distance(middle) / radius - 1.0).abs() < 0.05,
                "{positions:?}"
            );
        }
    }

    #[test]
    fn a_large_figure_is_spread_by_its_pivots() {
        let count = ALL_PAIRS as u32 + 100;
        let links: Vec<(u32, u32)> = (1..count).map(|to| (to - 1, to)).collect();
        let halves = vec![Vector::new(40.0, 14.0); count as usize];
        let figure = Figure::new(halves, vec![false; count as usize], &links);
        let mut positions = vec![Point::default(); count as usize];
        lower_stress(&figure, &mut positions, &mut Random::new(3));
        // A chain comes out much longer than it is wide.
        let ends = positions[0].distance(positions[count as usize - 1]);
        assert!(ends > 0.5 * f64::from(count) * figure.length, "{ends}");
    }
}
