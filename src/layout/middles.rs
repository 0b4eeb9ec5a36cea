//! The middles of loops, where their badges stand: far from each other, clear of links and boxes.

use crate::model::{Point, Vector};

use super::chord::{gap, length};
use super::figure::Figure;
use super::stress::middle_of;

/// How far apart two middles should be, in world units: a badge has its name below it.
const APART: f64 = 90.0;
/// How much less a unit sideways counts: names are wide.
const SIDEWAYS: f64 = 0.75;
/// How far a link should pass from a middle, in world units.
const CLEAR: f64 = 28.0;
/// Half of what a badge with a name takes up, in world units, and how far it reaches down.
const HALF: Vector = Vector { x: 45.0, y: 28.0 };
const DOWN: Vector = Vector { x: 0.0, y: 8.0 };

/// The middle of each loop with a badge.
#[derive(Clone, Debug, Default)]
pub(super) struct Middles {
    points: Vec<Point>,
    /// Those with one variable elsewhere; a buffer.
    tried: Vec<Point>,
}

impl Middles {
    pub(super) fn new(figure: &Figure, places: &[Point]) -> Self {
        let middle = |ring: &Vec<u32>| {
            let corners: Vec<Point> = ring.iter().map(|at| places[*at as usize]).collect();
            centroid(&corners)
        };
        let points: Vec<Point> = figure.badged.iter().map(middle).collect();
        Self {
            tried: points.clone(),
            points,
        }
    }

    /// Follows a variable that was put elsewhere.
    pub(super) fn put(&mut self, figure: &Figure, places: &[Point], variable: usize, at: Point) {
        for ring in &figure.on_badged[variable] {
            self.points[*ring as usize] = with(figure, places, *ring as usize, variable, at);
        }
    }

    /// What middles cost that lie near each other, or near links and boxes, with a variable at a
    /// place; only what depends on that variable.
    pub(super) fn cost(
        &mut self,
        figure: &Figure,
        places: &[Point],
        variable: usize,
        at: Point,
    ) -> f64 {
        let moved = &figure.on_badged[variable];
        self.tried.clone_from(&self.points);
        for ring in moved {
            self.tried[*ring as usize] = with(figure, places, *ring as usize, variable, at);
        }
        let place = |thing: usize| {
            if thing == variable { at } else { places[thing] }
        };
        let mut cost = 0.0;
        for (number, middle) in (0_u32..).zip(&self.tried) {
            let moves = moved.contains(&number);
            for (other, there) in (number + 1..).zip(&self.tried[number as usize + 1..]) {
                if moves || moved.contains(&other) {
                    cost += nearness(*middle, *there);
                }
            }
            let ring = &figure.badged[number as usize];
            let two = ring.len() == 2;
            let strikes = |one: usize, other: usize| {
                // The links of a loop of two fan out around its middle.
                let own = two && ring.contains(&(one as u32)) && ring.contains(&(other as u32));
                if own {
                    0.0
                } else {
                    closeness(*middle, (place(one), place(other)))
                }
            };
            let covers = |thing: usize| {
                let between = gap(place(thing) - (*middle + DOWN), HALF, figure.halves[thing]);
                (-between / 20.0).clamp(0.0, 1.0)
            };
            if moves {
                let pairs = figure.pairs.iter();
                cost += pairs
                    .map(|pair| strikes(pair.one as usize, pair.other as usize))
                    .sum::<f64>();
                cost += (0..figure.len()).map(covers).sum::<f64>();
            } else {
                let around = figure.around[variable].iter();
                cost += around
                    .map(|(other, _)| strikes(variable, *other as usize))
                    .sum::<f64>();
                cost += covers(variable);
            }
        }
        cost
    }
}

/// How near two middles are, 0 to 1.
pub(super) fn nearness(one: Point, other: Point) -> f64 {
    let way = other - one;
    let distance = length(Vector::new(way.x * SIDEWAYS, way.y));
    let close = (1.0 - distance / APART).max(0.0);
    close * (0.5 + 0.5 * close)
}

/// How near a chord passes to a middle, 0 to 1.
pub(super) fn closeness(middle: Point, (from, to): (Point, Point)) -> f64 {
    (1.0 - off(middle, from, to) / CLEAR).max(0.0)
}

/// How far a point is from a segment.
pub(super) fn off(at: Point, from: Point, to: Point) -> f64 {
    let (way, aside) = (to - from, at - from);
    let t = (aside.dot(way) / way.dot(way).max(1.0e-9)).clamp(0.0, 1.0);
    length(aside - way * t)
}

fn with(figure: &Figure, places: &[Point], ring: usize, variable: usize, at: Point) -> Point {
    let corner = |place: &u32| {
        if *place as usize == variable {
            at
        } else {
            places[*place as usize]
        }
    };
    let corners: Vec<Point> = figure.badged[ring].iter().map(corner).collect();
    centroid(&corners)
}

/// The middle of the area inside (the shoelace formula), or of the corners where there is next to
/// none, as badges have it.
pub(super) fn centroid(corners: &[Point]) -> Point {
    let mean = middle_of(corners);
    let (mut doubled, mut moment, mut spread) = (0.0, Vector::ZERO, 0.0_f64);
    for (place, corner) in corners.iter().enumerate() {
        let next = corners[(place + 1) % corners.len()];
        let (a, b) = (*corner - mean, next - mean);
        let cross = a.cross(b);
        doubled += cross;
        moment = moment + (a + b) * cross;
        spread = spread.max(a.dot(a));
    }
    if doubled.abs() <= 0.2 * spread {
        mean
    } else {
        let way = moment / (3.0 * doubled);
        // A way that crosses itself can have its middle anywhere.
        if way.dot(way) > spread {
            mean
        } else {
            mean + way
        }
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

    fn places(far: f64) -> Vec<Point> {
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
    fn loops_side_by_side_are_cheaper_than_nested_ones() {
        let figure = figure();
        assert_eq!(figure.badged.len(), 2);
        let cost = |far: f64| {
            let places = places(far);
            let mut middles = Middles::new(&figure, &places);
            middles.cost(&figure, &places, 5, places[5])
        };
        assert!(cost(400.0) < 0.01 && cost(120.0) > 0.3);
    }

    #[test]
    fn middles_follow_their_variables() {
        let figure = figure();
        let mut places = places(400.0);
        let mut middles = Middles::new(&figure, &places);
        let at = Point::new(90.0, -130.0);
        middles.put(&figure, &places, 1, at);
        places[1] = at;
        let anew = Middles::new(&figure, &places);
        assert_eq!(middles.points, anew.points);
    }
}
