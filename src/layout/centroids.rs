//! The centroids of loops, where their badges stand: far from each other, clear of links and boxes.

use crate::model::{Point, Vector};

use super::chord::{gap, length};
use super::figure::Figure;

/// How far apart two middles should be, in world units: a badge has its name below it.
const APART: f64 = 100.0;
/// How much less a unit sideways counts: names are wide.
const SIDEWAYS: f64 = 0.75;
/// How near the middles of loops within each other are for the outer badge to make room.
const NESTED: f64 = 110.0;
/// How far a link should pass from a middle, in world units.
const CLEAR: f64 = 28.0;
/// Half of what a badge with a name takes up, in world units, and how far it reaches down.
const HALF: Vector = Vector { x: 45.0, y: 28.0 };
const DOWN: Vector = Vector { x: 0.0, y: 8.0 };

/// The middle of each loop with a badge, and twice the area inside, with its sign.
#[derive(Clone, Debug, Default)]
pub(super) struct Centroids {
    inside: Vec<(Point, f64)>,
    /// Those with one variable elsewhere; a buffer.
    tried: Vec<(Point, f64)>,
}

impl Centroids {
    pub(super) fn new(figure: &Figure, positions: &[Point]) -> Self {
        let inside = figure.badged.iter();
        let inside: Vec<(Point, f64)> = inside
            .map(|ring| centroid(ring.iter().map(|at| positions[*at as usize])))
            .collect();
        Self {
            tried: inside.clone(),
            inside,
        }
    }

    /// Follows a variable that was put elsewhere.
    pub(super) fn put(&mut self, figure: &Figure, positions: &[Point], variable: usize, at: Point) {
        for ring in &figure.on_badged[variable] {
            let ring = *ring as usize;
            self.inside[ring] = centroid(with(figure, positions, ring, variable, at));
        }
    }

    /// What middles cost that lie near each other, or near links and boxes, with a variable at a
    /// place.
    pub(super) fn cost(
        &mut self,
        figure: &Figure,
        positions: &[Point],
        variable: usize,
        at: Point,
    ) -> f64 {
        self.tried.clone_from(&self.inside);
        for ring in &figure.on_badged[variable] {
            let ring = *ring as usize;
            self.tried[ring] = centroid(with(figure, positions, ring, variable, at));
        }
        let position = |thing: usize| {
            if thing == variable {
                at
            } else {
                positions[thing]
            }
        };
        let mut cost = 0.0;
        let mut centroids = [Point::default(); MOST];
        for (number, middle) in centroids.iter_mut().enumerate().take(self.tried.len()) {
            *middle = beside(number, &self.tried, &figure.partners);
        }
        let centroids = &centroids[..self.tried.len().min(MOST)];
        for (number, middle) in centroids.iter().enumerate() {
            let others = centroids[number + 1..].iter();
            cost += others.map(|other| nearness(*middle, *other)).sum::<f64>();
            let ring = &figure.badged[number];
            for pair in &figure.pairs {
                // The links of a loop of two fan out around its middle.
                let own = ring.len() == 2 && ring.contains(&pair.one) && ring.contains(&pair.other);
                if !own {
                    let chord = (position(pair.one as usize), position(pair.other as usize));
                    cost += closeness(*middle, chord);
                }
            }
            for (thing, half) in figure.halves.iter().enumerate() {
                let between = gap(position(thing) - (*middle + DOWN), HALF, *half);
                cost += (-between / 20.0).clamp(0.0, 1.0);
            }
        }
        cost
    }
}

/// The most loops with a badge that are reckoned with.
pub(super) const MOST: usize = 12;

/// Where the badge of a loop belongs: in its middle, or, where a smaller loop lies within it and
/// has its middle nearly there too, in the middle of what that leaves, as in the scene.
pub(super) fn beside(number: usize, inside: &[(Point, f64)], partners: &[Vec<usize>]) -> Point {
    let (middle, area) = inside[number];
    let mut inner = (middle, 0.0_f64);
    for other in &partners[number] {
        let (there, part) = inside[*other];
        let share = part / area;
        let offset = there - middle;
        if share > 0.15 && share < 0.85 && offset.dot(offset) < NESTED * NESTED && share > inner.1 {
            inner = (there, share);
        }
    }
    middle + (middle - inner.0) * (inner.1 / (1.0 - inner.1))
}

/// How near two middles are, 0 to 1.
pub(super) fn nearness(one: Point, other: Point) -> f64 {
    let offset = other - one;
    let distance = length(Vector::new(offset.x * SIDEWAYS, offset.y));
    let close = (1.0 - distance / APART).max(0.0);
    close * (0.5 + 0.5 * close)
}

/// How near a chord passes to a middle, 0 to 1.
pub(super) fn closeness(middle: Point, (from, to): (Point, Point)) -> f64 {
    (1.0 - off(middle, from, to) / CLEAR).max(0.0)
}

/// How far a point is from a segment.
pub(super) fn off(at: Point, from: Point, to: Point) -> f64 {
    let (offset, aside) = (to - from, at - from);
    let t = (aside.dot(offset) / offset.dot(offset).max(1.0e-9)).clamp(0.0, 1.0);
    length(aside - offset * t)
}

/// The corners of a loop with a variable elsewhere.
fn with(
    figure: &Figure,
    positions: &[Point],
    ring: usize,
    variable: usize,
    at: Point,
) -> impl Iterator<Item = Point> + Clone {
    let corner = move |index: &u32| {
        if *index as usize == variable {
            at
        } else {
            positions[*index as usize]
        }
    };
    figure.badged[ring].iter().map(corner)
}

/// The middle of the area inside (the shoelace formula), or of the corners where there is next to
/// none, as badges have it; and twice that area, negative where the corners go against the clock.
pub(super) fn centroid(corners: impl Iterator<Item = Point> + Clone) -> (Point, f64) {
    let (mut sum, mut count) = (Vector::ZERO, 0.0_f64);
    for corner in corners.clone() {
        sum = sum + (corner - Point::default());
        count += 1.0;
    }
    let mean = Point::default() + sum / count.max(1.0);
    let (mut doubled, mut moment, mut spread) = (0.0, Vector::ZERO, 0.0_f64);
    let nexts = corners.clone().cycle().skip(1);
    for (corner, next) in corners.zip(nexts) {
        let (a, b) = (corner - mean, next - mean);
        let cross = a.cross(b);
        doubled += cross;
        moment = moment + (a + b) * cross;
        spread = spread.max(a.dot(a));
    }
    let offset = moment / (3.0 * doubled);
    // A way that crosses itself can have its middle anywhere.
    if doubled.abs() <= 0.2 * spread || offset.dot(offset) > spread {
        (mean, doubled)
    } else {
        (mean + offset, doubled)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two squares with a side in common, or one within the other.
    fn figure() -> Figure {
        let links = [(0, 1), (1, 2), (2, 3), (3, 0), (2, 4), (4, 5), (5, 1)];
        Figure::new(vec![Vector::new(20.0, 10.0); 6], vec![false; 6], &links)
    }

    fn positions(far: f64) -> Vec<Point> {
        [
            (0.0, 0.0),
            (200.0, 0.0),
            (200.0, 200.0),
            (0.0, 200.0),
            (far, 200.0),
            (far, 0.0),
        ]
        .map(|(x, y)| Point::new(x, y))
        .to_vec()
    }

    #[test]
    fn badges_without_room_cost() {
        let figure = figure();
        assert_eq!(figure.badged.len(), 2);
        let cost = |far: f64| {
            let positions = positions(far);
            let mut centroids = Centroids::new(&figure, &positions);
            centroids.cost(&figure, &positions, 5, positions[5])
        };
        assert!(cost(400.0) < 0.01 && cost(240.0) > 0.5);
    }

    #[test]
    fn a_badge_makes_room_for_that_of_a_loop_within() {
        let inside = [(Point::new(150.0, 0.0), 3.0), (Point::new(100.0, 0.0), 2.0)];
        let partners = [vec![1], vec![0]];
        assert_eq!(beside(0, &inside, &partners).x, 250.0);
        assert_eq!(beside(1, &inside, &partners).x, 100.0);
    }

    #[test]
    fn middles_follow_their_variables() {
        let figure = figure();
        let mut positions = positions(400.0);
        let mut centroids = Centroids::new(&figure, &positions);
        let at = Point::new(90.0, -130.0);
        centroids.put(&figure, &positions, 1, at);
        positions[1] = at;
        let anew = Centroids::new(&figure, &positions);
        assert_eq!(centroids.inside, anew.inside);
    }
}
