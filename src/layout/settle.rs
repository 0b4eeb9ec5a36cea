//! Arcs that give way to things and to each other.

use std::f64::consts::TAU;

use crate::model::{Link, Point, Rect, Vector};

use super::bend::Way;
use super::chord::{inside, meet};
use super::middles::off;

/// The straight pieces that stand for an arc.
const PIECES: usize = 10;

/// How near signs may come to each other, and to arcs, in world units.
const SIGNS: (f64, f64) = (22.0, 9.0);

/// An arc as a chain of points, with the box around them and its sign.
#[derive(Clone, Debug)]
pub(super) struct Chain {
    pub(super) points: [Point; PIECES + 1],
    pub(super) bounds: Rect,
    pub(super) sign: Point,
}

/// Boxes around the pieces of an arc from middle to middle.
pub(super) fn arc_bounds(from: Point, to: Point, bend: f64) -> Vec<Rect> {
    let points = chain(from, to, bend).points;
    let pieces = points.windows(2);
    pieces
        .map(|piece| Rect::from_points(piece[0], piece[1]))
        .collect()
}

/// The chain of a way between boxes.
fn arc(boxes: &[Rect], way: &Way, bend: f64) -> Chain {
    let (from, to) = (&boxes[way.from as usize], &boxes[way.to as usize]);
    let mut arc = chain(from.center(), to.center(), bend);
    arc.sign = sign_of(&arc.points, from, to, bend);
    arc.bounds = arc.bounds.union(&Rect::centered(arc.sign, 16.0, 16.0));
    arc
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
    let place = |behind: f64| {
        let (mut left, mut here) = (behind, outer);
        for at in (0..=last).rev() {
            let way = points[at] - here;
            let length = way.length();
            if length >= left || at == 0 {
                let along = way / length.max(1.0e-9);
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
    let places = (0..8).map(|step| place(BEHIND + 3.0 * f64::from(step)));
    places
        .into_iter()
        .find(clear)
        .unwrap_or_else(|| place(BEHIND))
}

/// The chain of an arc from middle to middle, without a sign.
fn chain(from: Point, to: Point, bend: f64) -> Chain {
    let way = to - from;
    let length = way.length().max(1.0e-9);
    let (along, left) = (way / length, (way / length).left());
    let sweep = 4.0 * (2.0 * bend).atan();
    let mut points = [from; PIECES + 1];
    for (place, point) in points.iter_mut().enumerate() {
        let t = place as f64 / PIECES as f64;
        *point = if bend.abs() < 1.0e-3 {
            from + way * t
        } else {
            let height = bend * length;
            let radius = (length * length / 4.0 + height * height) / (2.0 * height);
            let turn = Vector::from_angle(sweep * (t - 0.5));
            from + way * 0.5
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
        sign: to,
    }
}

/// Whether two chains cross, apart from a common end.
fn chains_cross(one: &Chain, other: &Chain) -> bool {
    if !one.bounds.intersects(&other.bounds) {
        return false;
    }
    let pieces = |chain: &Chain, place: usize| (chain.points[place], chain.points[place + 1]);
    (0..PIECES).any(|a| {
        let piece = pieces(one, a);
        let near = Rect::from_points(piece.0, piece.1);
        near.intersects(&other.bounds) && (0..PIECES).any(|b| meet(piece, pieces(other, b)))
    })
}

/// Lets each way give way to things and other ways where that is cheap, and turns the rings of
/// self-links to where there is room. Gives the arcs, and what is left of trouble.
pub(super) fn settle(ways: &mut [Way], boxes: &[Rect]) -> (Vec<Chain>, f64) {
    const ROUNDS: usize = 3;
    let mut chains: Vec<Chain> = ways.iter().map(|way| arc(boxes, way, way.bend)).collect();
    let wishes: Vec<f64> = ways.iter().map(|way| way.bend).collect();
    let pairs = |way: &Way| (way.from.min(way.to), way.from.max(way.to));
    let all: Vec<(u32, u32)> = ways.iter().map(pairs).collect();
    for _ in 0..ROUNDS {
        let mut changed = false;
        for number in 0..ways.len() {
            let way = ways[number];
            if way.from == way.to {
                continue;
            }
            let alone = all.iter().filter(|pair| **pair == all[number]).count() == 1;
            // Links that fan out may lean a little only, or they would lie on each other.
            let strides = if alone { 7 } else { 2 };
            let mut best = (f64::INFINITY, way.bend);
            for stride in 0..=2 * strides {
                let step = f64::from((stride + 1) / 2) * if stride % 2 == 0 { 1.0 } else { -1.0 };
                let bend = wishes[number] + 0.08 * step;
                if bend < way.range.0 || bend > way.range.1 {
                    continue;
                }
                let tried = arc(boxes, &way, bend);
                let cost = 3.0 * (bend - wishes[number]).abs()
                    + trouble(&tried, &way, number, boxes, &chains, ways);
                if cost < best.0 - 1.0e-9 {
                    best = (cost, bend);
                }
            }
            if (best.1 - way.bend).abs() > 1.0e-9 {
                changed = true;
                ways[number].bend = best.1;
                chains[number] = arc(boxes, &way, best.1);
            }
        }
        if !changed {
            break;
        }
    }
    for number in 0..ways.len() {
        if ways[number].from == ways[number].to && ways[number].range.0 < ways[number].range.1 {
            ways[number].bend = free_direction(number, ways, boxes, &chains);
        }
    }
    for way in ways.iter_mut() {
        // Two decimals are as exact as anybody sees, and keep files short.
        way.bend = (way.bend * 100.0).round() / 100.0;
        way.bend = way.bend.clamp(-Link::MAXIMUM_BEND, Link::MAXIMUM_BEND);
    }
    let left =
        |(number, way): (usize, &Way)| trouble(&chains[number], way, number, boxes, &chains, ways);
    let arcs = ways
        .iter()
        .enumerate()
        .filter(|(_, way)| way.from != way.to);
    let left = arcs.map(left).sum();
    (chains, left)
}

/// What stands in the way of an arc: boxes it passes through, other arcs it crosses.
fn trouble(
    tried: &Chain,
    way: &Way,
    number: usize,
    boxes: &[Rect],
    chains: &[Chain],
    ways: &[Way],
) -> f64 {
    const BOX: f64 = 2.0;
    const ARC: f64 = 0.7;
    const SIGN: f64 = 1.5;
    let mut cost = 0.0;
    for (place, rect) in (0_u32..).zip(boxes) {
        let near = rect.grown(6.0);
        if place == way.from || place == way.to || !near.intersects(&tried.bounds) {
            continue;
        }
        let inside = tried.points.iter().filter(|at| near.contains(**at)).count();
        let center = rect.center();
        let reach = near.width().min(near.height()) / 2.0;
        let close = tried.points.windows(2).any(|piece| {
            let (way, at) = (piece[1] - piece[0], center - piece[0]);
            let square = way.dot(way).max(1.0e-9);
            let t = (at.dot(way) / square).clamp(0.0, 1.0);
            (piece[0] + way * t).distance(center) < reach
        });
        if inside > 0 || close {
            cost += BOX + 0.2 * inside as f64;
        }
        if near.contains(tried.sign) {
            cost += SIGN;
        }
    }
    for (other, chain) in chains.iter().enumerate() {
        let ends = &ways[other];
        if other == number || ends.from == ends.to || !chain.bounds.intersects(&tried.bounds) {
            continue;
        }
        let mut alone = true;
        for end in [ends.from, ends.to] {
            if end == way.from || end == way.to {
                alone = false;
                cost += closeness(&from_end(tried, way, end), &from_end(chain, ends, end));
            }
        }
        if alone && chains_cross(tried, chain) {
            cost += ARC;
        }
        let near = 1.0 - tried.sign.distance(chain.sign) / SIGNS.0;
        if near > 0.0 {
            cost += SIGN * (0.3 + near);
        }
        cost += struck(tried.sign, chain) + struck(chain.sign, tried);
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
fn from_end(chain: &Chain, way: &Way, end: u32) -> [Point; PIECES + 1] {
    let mut points = chain.points;
    if way.from != end {
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
fn free_direction(number: usize, ways: &[Way], boxes: &[Rect], chains: &[Chain]) -> f64 {
    const DIRECTIONS: u32 = 16;
    const RING: f64 = 46.0;
    let here = ways[number].from;
    let rect = boxes[here as usize];
    let half = Vector::new(rect.width() / 2.0, rect.height() / 2.0);
    let mut best = (f64::INFINITY, 0.0);
    for step in 0..DIRECTIONS {
        let turns = f64::from(step) / f64::from(DIRECTIONS);
        let way = Vector::from_angle((turns - 0.25) * TAU);
        let at = rect.center() + way * (inside(half, way) + RING * 0.45);
        let place = Rect::centered(at, RING, RING);
        let mut cost = turns.min(1.0 - turns);
        for (other, rect) in (0_u32..).zip(boxes) {
            if other != here && rect.intersects(&place) {
                cost += 8.0;
            }
        }
        for (other, chain) in chains.iter().enumerate() {
            let ends = &ways[other];
            let same = other < number && ends.from == here && ends.to == here;
            if same && (ends.bend - turns).abs() < 0.12 {
                cost += 20.0;
            }
            if ends.from != ends.to && chain.bounds.intersects(&place) {
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

    fn boxes(places: &[Point]) -> Vec<Rect> {
        places
            .iter()
            .map(|at| Rect::centered(*at, 60.0, 24.0))
            .collect()
    }

    #[test]
    fn the_links_of_a_ring_follow_its_circle() {
        for n in 3..9_u32 {
            let places = polygon(n);
            let links: Vec<(u32, u32)> = (0..n).map(|k| (k, (k + 1) % n)).collect();
            let ring: Ring = (0..n).collect();
            let mut ways = wanted(&places, &links, &[ring]);
            settle(&mut ways, &boxes(&places));
            for way in ways {
                let chain = chain(places[way.from as usize], places[way.to as usize], way.bend);
                for point in chain.points {
                    let off = point.distance(Point::default()) - 200.0;
                    assert!(off.abs() < 4.0, "{n}: {off}");
                }
            }
        }
    }

    #[test]
    fn opposite_links_enclose_room_for_a_badge() {
        let places = [Point::new(0.0, 0.0), Point::new(240.0, 0.0)];
        let mut ways = wanted(&places, &[(0, 1), (1, 0)], &[vec![0, 1]]);
        settle(&mut ways, &boxes(&places));
        assert!(
            ways.iter().all(|way| way.bend * ways[0].bend > 0.0),
            "{ways:?}"
        );
        let height: f64 = ways.iter().map(|way| way.bend.abs() * 240.0).sum();
        assert!(height > 60.0);
    }

    #[test]
    fn an_arc_gives_way_to_what_stands_on_it() {
        let places = [
            Point::new(0.0, 0.0),
            Point::new(600.0, 0.0),
            Point::new(300.0, 0.0),
        ];
        let mut ways = [Way {
            from: 0,
            to: 1,
            bend: 0.0,
            range: (-0.7, 0.7),
        }];
        let boxes = boxes(&places);
        settle(&mut ways, &boxes);
        let arc = chain(places[0], places[1], ways[0].bend);
        assert!(
            arc.points.iter().all(|at| !boxes[2].contains(*at)),
            "{ways:?}"
        );
    }

    #[test]
    fn a_self_link_stands_where_there_is_room() {
        let places = [
            Point::new(0.0, 0.0),
            Point::new(0.0, -60.0),
            Point::new(200.0, 0.0),
        ];
        let way = |from, to, bend| Way {
            from,
            to,
            bend,
            range: (-0.7, 0.7),
        };
        let mut ways = [way(0, 0, 0.0), way(0, 1, 0.0), way(0, 2, 0.0)];
        settle(&mut ways, &boxes(&places));
        assert!((0.3..=0.9).contains(&ways[0].bend), "{ways:?}");
    }
}
