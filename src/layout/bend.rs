//! How links would like to bend: outward along the circles of their loops.

use crate::model::Point;

use super::cycles::Ring;
use super::stress::middle_of;

/// How a link without a loop bends.
const GENTLE: f64 = 0.1;
/// The most that an arc follows its circle; of a triangle it takes 0.29.
const ROUNDEST: f64 = 0.34;
/// The most that an arc bends to keep clear.
const FARTHEST: f64 = 0.7;
/// How far apart arcs between the same two things are in the middle, in world units: a badge of a
/// loop of two has room there with its name.
const FAN: f64 = 96.0;

/// One link or flow with the bend that it would like, from the position of its start to that of its
/// end, and how far it may stray from it to either side.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct BentEdge {
    pub(super) from: u32,
    pub(super) to: u32,
    pub(super) bend: f64,
    /// The least and the greatest bend.
    pub(super) range: (f64, f64),
    pub(super) way: Way,
}

/// How a link or flow leads from its start to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// As an arc.
    Arc,
    /// As half of a pipe: straight, or round a corner.
    Pipe,
}

/// The bends that links would like: outward along the circles of the loops they are on, the
/// shorter loop before the longer, and gently where there is none. Links between the same two
/// things fan out, so that those of a loop of two enclose something.
pub(super) fn wanted(positions: &[Point], links: &[(u32, u32)], rings: &[Ring]) -> Vec<BentEdge> {
    let mut sums = vec![(0.0, 0.0); links.len()];
    let arcs: std::collections::BTreeMap<(u32, u32), usize> =
        links.iter().copied().zip(0..).collect();
    for ring in rings.iter().filter(|ring| ring.len() > 2) {
        let corners: Vec<Point> = ring
            .iter()
            .map(|index| positions[*index as usize])
            .collect();
        let (center, area) = middle_and_area(&corners);
        let radius = corners.iter().map(|at| at.distance(center)).sum::<f64>();
        let radius = radius / corners.len() as f64;
        let weight = 1.0 / (ring.len() * ring.len()) as f64;
        for (index, from) in ring.iter().enumerate() {
            let next = (index + 1) % ring.len();
            let Some(&link) = arcs.get(&(*from, ring[next])) else {
                continue;
            };
            let chord = corners[index].distance(corners[next]);
            // On a circle of this radius the chord spans twice the arc sine of its half.
            let sweep = 2.0 * (chord / (2.0 * radius).max(1.0e-9)).min(1.0).asin();
            let bend = ((sweep / 4.0).tan() / 2.0).min(ROUNDEST);
            // Clockwise on the screen, the outside is to the left of the way.
            sums[link].0 += weight * if area >= 0.0 { bend } else { -bend };
            sums[link].1 += weight;
        }
    }
    let mut edges: Vec<BentEdge> = links
        .iter()
        .zip(sums)
        .map(|(&(from, to), (sum, weight))| BentEdge {
            from,
            to,
            bend: if weight > 0.0 {
                sum / weight
            } else {
                gentle(positions, from, to)
            },
            range: (-FARTHEST, FARTHEST),
            way: Way::Arc,
        })
        .collect();
    fan_out(&mut edges, positions);
    edges
}

/// Makes pipes of the first edges between these, a rate and its stock each. What fans out with a pipe
/// keeps its distance from the straight way, which is the pipe's.
pub(super) fn lay_pipes(edges: &mut [BentEdge], halves: impl Iterator<Item = (u32, u32)>) {
    for (rate, stock) in halves {
        let is_half = |edge: &BentEdge| (edge.from, edge.to) == (rate, stock);
        let Some(pipe) = edges.iter().position(is_half) else {
            continue;
        };
        let shift = edges[pipe].bend;
        for edge in edges.iter_mut() {
            if (edge.from, edge.to) == (rate, stock) {
                edge.bend -= shift;
            } else if (edge.from, edge.to) == (stock, rate) {
                edge.bend += shift;
            }
        }
        (edges[pipe].bend, edges[pipe].way) = (0.0, Way::Pipe);
    }
}

/// Away from the middle of the whole.
fn gentle(positions: &[Point], from: u32, to: u32) -> f64 {
    let (start, end) = (positions[from as usize], positions[to as usize]);
    let middle = middle_of(positions);
    if (end - start).cross(middle - start) < 0.0 {
        -GENTLE
    } else {
        GENTLE
    }
}

/// The middle of the corners, and twice the area inside: positive if they go clockwise.
fn middle_and_area(corners: &[Point]) -> (Point, f64) {
    let center = middle_of(corners);
    let mut area = 0.0;
    for (index, corner) in corners.iter().enumerate() {
        let next = corners[(index + 1) % corners.len()];
        area += (*corner - center).cross(next - center);
    }
    (center, area)
}

/// Spreads the arcs between each two things, keeping the order in which they would like to lie.
pub(super) fn fan_out(edges: &mut [BentEdge], positions: &[Point]) {
    let mut groups: std::collections::BTreeMap<(u32, u32), Vec<usize>> = Default::default();
    for (number, edge) in edges.iter().enumerate() {
        if edge.from != edge.to {
            let key = (edge.from.min(edge.to), edge.from.max(edge.to));
            groups.entry(key).or_default().push(number);
        }
    }
    for ((one, other), mut members) in groups {
        if members.len() < 2 {
            continue;
        }
        // As seen from the first of the two.
        let seen = |edge: &BentEdge| {
            if edge.from == one {
                edge.bend
            } else {
                -edge.bend
            }
        };
        let opposite = members
            .iter()
            .any(|number| edges[*number].from != edges[members[0]].from);
        members.sort_by(|a, b| {
            let (a, b) = (&edges[*a], &edges[*b]);
            let turned = |edge: &BentEdge| if edge.from == one { -1 } else { 1 };
            let order = seen(a).total_cmp(&seen(b));
            // Opposite links that have no wish each keep to their left.
            if opposite {
                order.then(turned(b).cmp(&turned(a)))
            } else {
                order
            }
        });
        let chord = positions[one as usize]
            .distance(positions[other as usize])
            .max(1.0);
        let least = (FAN / chord).clamp(0.18, 0.5);
        let wishes: Vec<f64> = members.iter().map(|number| seen(&edges[*number])).collect();
        let mut bends = wishes.clone();
        for index in 1..bends.len() {
            bends[index] = bends[index].max(bends[index - 1] + least);
        }
        // Moved back by half of what was pushed, so that all move alike.
        let pushed = bends
            .iter()
            .zip(&wishes)
            .map(|(bend, wish)| bend - wish)
            .sum::<f64>();
        let back = pushed / bends.len() as f64;
        for (number, bend) in members.iter().zip(bends) {
            let bend = (bend - back).clamp(-1.5, 1.5);
            let edge = &mut edges[*number];
            edge.bend = if edge.from == one { bend } else { -bend };
        }
    }
}
