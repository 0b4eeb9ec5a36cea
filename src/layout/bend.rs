//! How links and flows bend: along the circles of their loops, clear of what they do not join.

use std::f64::consts::{PI, TAU};

use crate::lean;
use crate::model::{Link, Point, Rect, Vector};

use super::chord::meet;
use super::cycles::Ring;

/// How a link without a loop bends.
const GENTLE: f64 = 0.1;
/// The most that an arc follows its circle; of a triangle it takes 0.29.
const ROUNDEST: f64 = 0.34;
/// The most that an arc gives way.
const FARTHEST: f64 = 0.7;
/// How far apart arcs between the same two things are in the middle, in world units: a badge of a
/// loop of two has room there.
const FAN: f64 = 64.0;
/// The straight pieces that stand for an arc.
const PIECES: usize = 10;

/// One link or flow with the bend that it would like, from the place of its start to that of its
/// end, and how far it may stray from it to either side.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Way {
    pub(super) from: u32,
    pub(super) to: u32,
    pub(super) bend: f64,
    /// The least and the greatest bend.
    pub(super) range: (f64, f64),
}

/// The bends that links would like: outward along the circles of the loops they are on, the
/// shorter loop before the longer, and gently where there is none. Links between the same two
/// things fan out, so that those of a loop of two enclose something.
pub(super) fn wanted(places: &[Point], links: &[(u32, u32)], rings: &[Ring]) -> Vec<Way> {
    let mut sums = vec![(0.0, 0.0); links.len()];
    let arcs: std::collections::BTreeMap<(u32, u32), usize> =
        links.iter().copied().zip(0..).collect();
    for ring in rings.iter().filter(|ring| ring.len() > 2) {
        let corners: Vec<Point> = ring.iter().map(|place| places[*place as usize]).collect();
        let (center, area) = middle_and_area(&corners);
        let radius = corners.iter().map(|at| at.distance(center)).sum::<f64>();
        let radius = radius / corners.len() as f64;
        let weight = 1.0 / (ring.len() * ring.len()) as f64;
        for (place, from) in ring.iter().enumerate() {
            let next = (place + 1) % ring.len();
            let Some(&link) = arcs.get(&(*from, ring[next])) else {
                continue;
            };
            let chord = corners[place].distance(corners[next]);
            // On a circle of this radius the chord spans twice the arc sine of its half.
            let sweep = 2.0 * (chord / (2.0 * radius).max(1.0e-9)).min(1.0).asin();
            let bend = ((sweep / 4.0).tan() / 2.0).min(ROUNDEST);
            // Clockwise on the screen, the outside is to the left of the way.
            sums[link].0 += weight * if area >= 0.0 { bend } else { -bend };
            sums[link].1 += weight;
        }
    }
    let mut ways: Vec<Way> = links
        .iter()
        .zip(sums)
        .map(|(&(from, to), (sum, weight))| Way {
            from,
            to,
            bend: if weight > 0.0 {
                sum / weight
            } else {
                gentle(places, from, to)
            },
            range: (-FARTHEST, FARTHEST),
        })
        .collect();
    fan_out(&mut ways, places);
    ways
}

/// Away from the middle of the whole.
fn gentle(places: &[Point], from: u32, to: u32) -> f64 {
    let (start, end) = (places[from as usize], places[to as usize]);
    let middle = super::stress::middle_of(places);
    if (end - start).cross(middle - start) < 0.0 {
        -GENTLE
    } else {
        GENTLE
    }
}

/// The middle of the corners, and twice the area inside: positive if they go clockwise.
fn middle_and_area(corners: &[Point]) -> (Point, f64) {
    let center = super::stress::middle_of(corners);
    let mut area = 0.0;
    for (place, corner) in corners.iter().enumerate() {
        let next = corners[(place + 1) % corners.len()];
        area += (*corner - center).cross(next - center);
    }
    (center, area)
}

/// Spreads the arcs between each two things, keeping the order in which they would like to lie.
pub(super) fn fan_out(ways: &mut [Way], places: &[Point]) {
    let mut groups: std::collections::BTreeMap<(u32, u32), Vec<usize>> = Default::default();
    for (number, way) in ways.iter().enumerate() {
        if way.from != way.to {
            let key = (way.from.min(way.to), way.from.max(way.to));
            groups.entry(key).or_default().push(number);
        }
    }
    for ((one, other), mut members) in groups {
        if members.len() < 2 {
            continue;
        }
        // As seen from the first of the two.
        let seen = |way: &Way| if way.from == one { way.bend } else { -way.bend };
        let opposite = members
            .iter()
            .any(|number| ways[*number].from != ways[members[0]].from);
        lean::sort_by(&mut members, |a, b| {
            let (a, b) = (&ways[*a], &ways[*b]);
            let turned = |way: &Way| if way.from == one { -1 } else { 1 };
            let order = seen(a).total_cmp(&seen(b));
            // Opposite links that have no wish each keep to their left.
            if opposite {
                order.then(turned(b).cmp(&turned(a)))
            } else {
                order
            }
        });
        let chord = places[one as usize]
            .distance(places[other as usize])
            .max(1.0);
        let least = lean::clamp(FAN / chord, 0.18, 0.5);
        let wishes: Vec<f64> = members.iter().map(|number| seen(&ways[*number])).collect();
        let mut bends = wishes.clone();
        for place in 1..bends.len() {
            bends[place] = bends[place].max(bends[place - 1] + least);
        }
        // Moved back by half of what was pushed, so that all give way alike.
        let pushed = bends
            .iter()
            .zip(&wishes)
            .map(|(bend, wish)| bend - wish)
            .sum::<f64>();
        let back = pushed / bends.len() as f64;
        for (number, bend) in members.iter().zip(bends) {
            let bend = lean::clamp(bend - back, -1.5, 1.5);
            let way = &mut ways[*number];
            way.bend = if way.from == one { bend } else { -bend };
        }
    }
}

/// An arc as a chain of points, with the box around them.
#[derive(Clone, Debug)]
struct Chain {
    points: [Point; PIECES + 1],
    bounds: Rect,
}

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
    Chain { points, bounds }
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
/// self-links to where there is room.
pub(super) fn settle(ways: &mut [Way], boxes: &[Rect]) {
    const ROUNDS: usize = 3;
    let middle = |place: u32| boxes[place as usize].center();
    let mut chains: Vec<Chain> = ways
        .iter()
        .map(|way| chain(middle(way.from), middle(way.to), way.bend))
        .collect();
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
                let tried = chain(middle(way.from), middle(way.to), bend);
                let cost = 3.0 * (bend - wishes[number]).abs()
                    + trouble(&tried, &way, number, boxes, &chains, ways);
                if cost < best.0 - 1.0e-9 {
                    best = (cost, bend);
                }
            }
            if (best.1 - way.bend).abs() > 1.0e-9 {
                changed = true;
                ways[number].bend = best.1;
                chains[number] = chain(middle(way.from), middle(way.to), best.1);
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
    }
    cost
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
    /// The cosine of the angle, about 26 degrees, from which on heads and signs have room.
    const WIDE: f64 = 0.9;
    let direction = |points: &[Point; PIECES + 1]| (points[3] - points[0]).unit();
    let cosine = direction(one).dot(direction(other));
    let close = (cosine - WIDE).max(0.0) / (1.0 - WIDE);
    let pieces = |points: &[Point; PIECES + 1], at: usize| (points[at], points[at + 1]);
    let cross =
        (1..PIECES - 1).any(|a| (1..PIECES - 1).any(|b| meet(pieces(one, a), pieces(other, b))));
    close + if cross { 1.0 } else { 0.0 }
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
        let at = rect.center() + way * (super::chord::inside(half, way) + RING * 0.45);
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
                    .fold(PI * 1.0e3, f64::min);
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
