//! Refines arcs, so that they keep clear of things and of each other.

use std::f64::consts::TAU;

use crate::model::{Link, Point, Rect, Vector};

use super::bend::{BentEdge, Way};
use super::centroids::off;
use super::chord::{inside, meet};

/// The straight pieces that stand for an arc.
const PIECES: usize = 10;

/// How near signs may come to each other, and to arcs, in world units.
const SIGNS: (f64, f64) = (22.0, 9.0);

/// An arc as a chain of points, with the box around them and its sign.
#[derive(Clone, Debug)]
pub(super) struct Chain {
    pub(super) points: [Point; PIECES + 1],
    pub(super) bounds: Rect,
    /// None of a pipe.
    sign: Option<Point>,
}

/// Boxes around the pieces of an arc from middle to middle.
pub(super) fn arc_bounds(from: Point, to: Point, bend: f64) -> Vec<Rect> {
    let points = chain(from, to, bend).points;
    let pieces = points.windows(2);
    pieces
        .map(|piece| Rect::from_points(piece[0], piece[1]))
        .collect()
}

/// The chain of an edge between boxes.
fn arc(boxes: &[Rect], edge: &BentEdge, bend: f64) -> Chain {
    let (from, to) = (&boxes[edge.from as usize], &boxes[edge.to as usize]);
    if edge.way == Way::Pipe {
        return pipe(from.center(), to);
    }
    let mut arc = chain(from.center(), to.center(), bend);
    let sign = sign_of(&arc.points, from, to, bend);
    arc.sign = Some(sign);
    arc.bounds = arc.bounds.union(&Rect::centered(sign, 16.0, 16.0));
    arc
}

/// The chain of a pipe from a valve into a stock: through the corner that the drawing takes where
/// nothing is in the way.
fn pipe(valve: Point, stock: &Rect) -> Chain {
    const CORNER: usize = PIECES / 2;
    let middle = stock.center();
    let is_upright = (stock.left..=stock.right).contains(&valve.x)
        && !(stock.top..=stock.bottom).contains(&valve.y);
    let (corner, end) = if (stock.top..=stock.bottom).contains(&valve.y) {
        let end = Point::new(middle.x, valve.y);
        (valve.midpoint(end), end)
    } else if is_upright {
        let end = Point::new(valve.x, middle.y);
        (valve.midpoint(end), end)
    } else {
        (Point::new(middle.x, valve.y), middle)
    };
    let mut points = [valve; PIECES + 1];
    for (index, point) in points.iter_mut().enumerate() {
        let share = |from: usize| (index - from) as f64 / CORNER as f64;
        *point = if index <= CORNER {
            valve + (corner - valve) * share(0)
        } else {
            corner + (end - corner) * share(CORNER)
        };
    }
    Chain {
        points,
        bounds: Rect::from_points(valve, corner).union(&Rect::from_points(corner, end)),
        sign: None,
    }
}

/// About where the scene draws the sign of an arc: on its outer side, behind its head.
fn sign_of(points: &[Point; PIECES + 1], from: &Rect, to: &Rect, bend: f64) -> Point {
    const ASIDE: f64 = 12.0;
    const BEHIND: f64 = 17.0;
    const SIDE: f64 = 13.0;
    let aside = if bend < 0.0 { -ASIDE } else { ASIDE };
    let last = (0..PIECES).rev().find(|at| !to.contains(points[*at]));
    let Some(last) = last else {
        return points[PIECES];
    };
    let (mut outer, mut inner) = (points[last], points[last + 1]);
    for _ in 0..8 {
        let middle = outer.midpoint(inner);
        *(if to.contains(middle) {
            &mut inner
        } else {
            &mut outer
        }) = middle;
    }
    let sign_at = |behind: f64| {
        let (mut left, mut here) = (behind, outer);
        for at in (0..=last).rev() {
            let offset = points[at] - here;
            let length = offset.length();
            if length >= left || at == 0 {
                let along = offset / length.max(1.0e-9);
                return here + along * left.min(length) - along.left() * aside;
            }
            (left, here) = (left - length, points[at]);
        }
        here
    };
    let clear = |at: &Point| {
        let taken = Rect::centered(*at, SIDE, SIDE);
        !taken.intersects(from) && !taken.intersects(to)
    };
    let positions = (0..8).map(|step| sign_at(BEHIND + 3.0 * f64::from(step)));
    positions
        .into_iter()
        .find(clear)
        .unwrap_or_else(|| sign_at(BEHIND))
}

/// The chain of an arc from middle to middle, without a sign.
fn chain(from: Point, to: Point, bend: f64) -> Chain {
    let offset = to - from;
    let length = offset.length().max(1.0e-9);
    let (along, left) = (offset / length, (offset / length).left());
    let sweep = 4.0 * (2.0 * bend).atan();
    let mut points = [from; PIECES + 1];
    for (index, point) in points.iter_mut().enumerate() {
        let t = index as f64 / PIECES as f64;
        *point = if bend.abs() < 1.0e-3 {
            from + offset * t
        } else {
            let height = bend * length;
            let radius = (length * length / 4.0 + height * height) / (2.0 * height);
            let turn = Vector::from_angle(sweep * (t - 0.5));
            from + offset * 0.5
                + left * (height - radius + radius * turn.x)
                + along * (radius * turn.y)
        };
    }
    let bounds = points[1..]
        .iter()
        .fold(Rect::from_points(from, to), |all, at| {
            all.union(&Rect::from_points(*at, *at))
        });
    Chain {
        points,
        bounds,
        sign: None,
    }
}

/// Whether two chains cross, apart from a common end.
fn chains_cross(one: &Chain, other: &Chain) -> bool {
    if !one.bounds.intersects(&other.bounds) {
        return false;
    }
    let pieces = |chain: &Chain, index: usize| (chain.points[index], chain.points[index + 1]);
    (0..PIECES).any(|a| {
        let piece = pieces(one, a);
        let near = Rect::from_points(piece.0, piece.1);
        near.intersects(&other.bounds) && (0..PIECES).any(|b| meet(piece, pieces(other, b)))
    })
}

/// Lets each edge give way to things and other edges where that is cheap, and turns the rings of
/// self-links to where there is room. Gives the arcs, and what is left of trouble.
pub(super) fn refine_arcs(edges: &mut [BentEdge], boxes: &[Rect]) -> (Vec<Chain>, f64) {
    const ROUNDS: usize = 3;
    let mut chains: Vec<Chain> = edges
        .iter()
        .map(|edge| arc(boxes, edge, edge.bend))
        .collect();
    let wishes: Vec<f64> = edges.iter().map(|edge| edge.bend).collect();
    let pairs = |edge: &BentEdge| (edge.from.min(edge.to), edge.from.max(edge.to));
    let all: Vec<(u32, u32)> = edges.iter().map(pairs).collect();
    for _ in 0..ROUNDS {
        let mut changed = false;
        for number in 0..edges.len() {
            let edge = edges[number];
            if edge.from == edge.to || edge.way == Way::Pipe {
                continue;
            }
            let alone = all.iter().filter(|pair| **pair == all[number]).count() == 1;
            // Links that fan out may lean a little only, or they would lie on each other.
            let strides = if alone { 7 } else { 2 };
            let mut best = (f64::INFINITY, edge.bend);
            for stride in 0..=2 * strides {
                let step = f64::from((stride + 1) / 2) * if stride % 2 == 0 { 1.0 } else { -1.0 };
                let bend = wishes[number] + 0.08 * step;
                if bend < edge.range.0 || bend > edge.range.1 {
                    continue;
                }
                let tried = arc(boxes, &edge, bend);
                let cost = 3.0 * (bend - wishes[number]).abs()
                    + trouble(&tried, &edge, number, boxes, &chains, edges);
                if cost < best.0 - 1.0e-9 {
                    best = (cost, bend);
                }
            }
            if (best.1 - edge.bend).abs() > 1.0e-9 {
                changed = true;
                edges[number].bend = best.1;
                chains[number] = arc(boxes, &edge, best.1);
            }
        }
        if !changed {
            break;
        }
    }
    for number in 0..edges.len() {
        if edges[number].from == edges[number].to && edges[number].range.0 < edges[number].range.1 {
            edges[number].bend = free_direction(number, edges, boxes, &chains);
        }
    }
    for edge in edges.iter_mut() {
        // Two decimals are as exact as anybody sees, and keep files short.
        edge.bend = (edge.bend * 100.0).round() / 100.0;
        edge.bend = edge.bend.clamp(-Link::MAXIMUM_BEND, Link::MAXIMUM_BEND);
    }
    let left = |(number, edge): (usize, &BentEdge)| {
        trouble(&chains[number], edge, number, boxes, &chains, edges)
    };
    let arcs = edges
        .iter()
        .enumerate()
        .filter(|(_, edge)| edge.from != edge.to);
    let left = arcs.map(left).sum();
    (chains, left)
}

/// What stands in the way of an arc: boxes it passes through, other arcs it crosses.
fn trouble(
    tried: &Chain,
    edge: &BentEdge,
    number: usize,
    boxes: &[Rect],
    chains: &[Chain],
    edges: &[BentEdge],
) -> f64 {
    const BOX: f64 = 2.0;
    const ARC: f64 = 0.7;
    const SIGN: f64 = 1.5;
    let mut cost = 0.0;
    for (index, rect) in (0_u32..).zip(boxes) {
        let near = rect.grown(6.0);
        if index == edge.from || index == edge.to || !near.intersects(&tried.bounds) {
            continue;
        }
        let inside = tried.points.iter().filter(|at| near.contains(**at)).count();
        let center = rect.center();
        let reach = near.width().min(near.height()) / 2.0;
        let close = tried.points.windows(2).any(|piece| {
            let (offset, at) = (piece[1] - piece[0], center - piece[0]);
            let square = offset.dot(offset).max(1.0e-9);
            let t = (at.dot(offset) / square).clamp(0.0, 1.0);
            (piece[0] + offset * t).distance(center) < reach
        });
        if inside > 0 || close {
            cost += BOX + 0.2 * inside as f64;
        }
        if tried.sign.is_some_and(|sign| near.contains(sign)) {
            cost += SIGN;
        }
    }
    for (other, chain) in chains.iter().enumerate() {
        let ends = &edges[other];
        if other == number || ends.from == ends.to || !chain.bounds.intersects(&tried.bounds) {
            continue;
        }
        let mut alone = true;
        for end in [ends.from, ends.to] {
            if end == edge.from || end == edge.to {
                alone = false;
                cost += closeness(&from_end(tried, edge, end), &from_end(chain, ends, end));
            }
        }
        if alone && chains_cross(tried, chain) {
            cost += ARC;
        }
        if let (Some(one), Some(other)) = (tried.sign, chain.sign) {
            let near = 1.0 - one.distance(other) / SIGNS.0;
            if near > 0.0 {
                cost += SIGN * (0.3 + near);
            }
        }
        cost += tried.sign.map_or(0.0, |sign| struck(sign, chain));
        cost += chain.sign.map_or(0.0, |sign| struck(sign, tried));
    }
    cost
}

/// How near an arc comes to the sign of another, 0 to 1.
fn struck(sign: Point, chain: &Chain) -> f64 {
    if !chain.bounds.grown(SIGNS.1).contains(sign) {
        return 0.0;
    }
    let pieces = chain.points.windows(2);
    let nearest = pieces.map(|piece| off(sign, piece[0], piece[1]));
    (1.0 - nearest.fold(f64::INFINITY, f64::min) / SIGNS.1).max(0.0)
}

/// The points of an arc, from one of its ends on.
fn from_end(chain: &Chain, edge: &BentEdge, end: u32) -> [Point; PIECES + 1] {
    let mut points = chain.points;
    if edge.from != end {
        points.reverse();
    }
    points
}

/// How much two arcs from the same thing lie on each other where they come out of its box, and
/// whether they cross later on.
fn closeness(one: &[Point; PIECES + 1], other: &[Point; PIECES + 1]) -> f64 {
    /// The cosine of the angle, about 30 degrees, from which on heads and signs have room.
    const WIDE: f64 = 0.87;
    let direction = |points: &[Point; PIECES + 1]| (points[2] - points[0]).unit();
    let cosine = direction(one).dot(direction(other));
    let close = (cosine - WIDE).max(0.0) / (1.0 - WIDE);
    let pieces = |points: &[Point; PIECES + 1], at: usize| (points[at], points[at + 1]);
    let cross =
        (1..PIECES - 1).any(|a| (1..PIECES - 1).any(|b| meet(pieces(one, a), pieces(other, b))));
    1.5 * close + if cross { 1.0 } else { 0.0 }
}

/// The direction from a thing, in turns from straight up, in which a ring has the most room.
fn free_direction(number: usize, edges: &[BentEdge], boxes: &[Rect], chains: &[Chain]) -> f64 {
    const DIRECTIONS: u32 = 16;
    const RING: f64 = 46.0;
    let here = edges[number].from;
    let rect = boxes[here as usize];
    let half = Vector::new(rect.width() / 2.0, rect.height() / 2.0);
    let mut best = (f64::INFINITY, 0.0);
    for step in 0..DIRECTIONS {
        let turns = f64::from(step) / f64::from(DIRECTIONS);
        let direction = Vector::from_angle((turns - 0.25) * TAU);
        let at = rect.center() + direction * (inside(half, direction) + RING * 0.45);
        let ring_box = Rect::centered(at, RING, RING);
        let mut cost = turns.min(1.0 - turns);
        for (other, rect) in (0_u32..).zip(boxes) {
            if other != here && rect.intersects(&ring_box) {
                cost += 8.0;
            }
        }
        for (other, chain) in chains.iter().enumerate() {
            let ends = &edges[other];
            let same = other < number && ends.from == here && ends.to == here;
            if same && (ends.bend - turns).abs() < 0.12 {
                cost += 20.0;
            }
            if ends.from != ends.to && chain.bounds.intersects(&ring_box) {
                let near = chain
                    .points
                    .iter()
                    .map(|point| point.distance(at))
                    .fold(f64::INFINITY, f64::min);
                cost += (2.0 - near / RING).max(0.0) * 2.0;
            }
        }
        if cost < best.0 - 1.0e-9 {
            best = (cost, turns);
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::bend::wanted;
    use crate::layout::cycles::Ring;

    fn polygon(n: u32) -> Vec<Point> {
        let corner = |k: u32| Vector::from_angle(TAU * f64::from(k) / f64::from(n)) * 200.0;
        (0..n).map(|k| Point::default() + corner(k)).collect()
    }

    fn boxes(positions: &[Point]) -> Vec<Rect> {
        positions
            .iter()
            .map(|at| Rect::centered(*at, 60.0, 24.0))
            .collect()
    }

    #[test]
    fn the_links_of_a_ring_follow_its_circle() {
        for n in 3..9_u32 {
            let positions = polygon(n);
            let links: Vec<(u32, u32)> = (0..n).map(|k| (k, (k + 1) % n)).collect();
            let ring: Ring = (0..n).collect();
            let mut edges = wanted(&positions, &links, &[ring]);
            refine_arcs(&mut edges, &boxes(&positions));
            for edge in edges {
                let chain = chain(
                    positions[edge.from as usize],
                    positions[edge.to as usize],
                    edge.bend,
                );
                for point in chain.points {
                    let off = point.distance(Point::default()) - 200.0;
                    assert!(off.abs() < 4.0, "{n}: {off}");
                }
            }
        }
    }

    #[test]
    fn opposite_links_enclose_room_for_a_badge() {
        let positions = [Point::new(0.0, 0.0), Point::new(240.0, 0.0)];
        let mut edges = wanted(&positions, &[(0, 1), (1, 0)], &[vec![0, 1]]);
        refine_arcs(&mut edges, &boxes(&positions));
        assert!(
            edges.iter().all(|edge| edge.bend * edges[0].bend > 0.0),
            "{edges:?}"
        );
        let height: f64 = edges.iter().map(|edge| edge.bend.abs() * 240.0).sum();
        assert!(height > 60.0);
    }

    #[test]
    fn an_arc_gives_way_to_what_stands_on_it() {
        let positions = [
            Point::new(0.0, 0.0),
            Point::new(600.0, 0.0),
            Point::new(300.0, 0.0),
        ];
        let mut edges = [BentEdge {
            from: 0,
            to: 1,
            bend: 0.0,
            range: (-0.7, 0.7),
            way: Way::Arc,
        }];
        let boxes = boxes(&positions);
        refine_arcs(&mut edges, &boxes);
        let arc = chain(positions[0], positions[1], edges[0].bend);
        assert!(
            arc.points.iter().all(|at| !boxes[2].contains(*at)),
            "{edges:?}"
        );
    }

    #[test]
    fn an_arc_gives_way_to_a_pipe_and_a_pipe_to_nothing() {
        // A pipe goes up in the middle; an arc that is not to cross it passes below its valve.
        let positions = [
            Point::new(0.0, 0.0),
            Point::new(600.0, 0.0),
            Point::new(300.0, 60.0),
            Point::new(300.0, -300.0),
        ];
        let edge = |from, to, way| BentEdge {
            from,
            to,
            bend: 0.0,
            range: (-0.7, 0.7),
            way,
        };
        let mut edges = [edge(0, 1, Way::Arc), edge(2, 3, Way::Pipe)];
        let boxes = boxes(&positions);
        let (chains, trouble) = refine_arcs(&mut edges, &boxes);
        assert!(!chains_cross(&chains[0], &chains[1]), "{edges:?}");
        assert!(edges[0].bend < -0.1 && trouble < 0.1);
        assert_eq!(edges[1].bend, 0.0);
        assert!(chains[1].points.iter().all(|at| at.x == 300.0));
    }

    #[test]
    fn a_self_link_stands_where_there_is_room() {
        let positions = [
            Point::new(0.0, 0.0),
            Point::new(0.0, -60.0),
            Point::new(200.0, 0.0),
        ];
        let edge = |from, to, bend| BentEdge {
            from,
            to,
            bend,
            range: (-0.7, 0.7),
            way: Way::Arc,
        };
        let mut edges = [edge(0, 0, 0.0), edge(0, 1, 0.0), edge(0, 2, 0.0)];
        refine_arcs(&mut edges, &boxes(&positions));
        assert!((0.3..=0.9).contains(&edges[0].bend), "{edges:?}");
    }
}
