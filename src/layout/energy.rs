//! What an arrangement of a figure costs: crossings, tightness, uneven links, loops that are not
//! round. The lower, the better.

use std::f64::consts::PI;

use crate::model::{Point, Vector};

use super::centroids::Centroids;
use super::chord::{gap, inside, length, meet, passing};
use super::figure::{Figure, MARGIN, VISIBLE};

/// How far a link should pass from a variable that it does not join, in world units.
const CLEARANCE: f64 = 12.0;

/// The cosine of the angle, about 35 degrees, under which two links at a variable are too near.
const WIDE: f64 = 0.82;
/// At variables with more links than this, angles are small whatever is done.
const MANY: usize = 8;

/// What each thing weighs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Weights {
    /// A pair of links that cross.
    pub(super) crossing: f64,
    /// Boxes that overlap altogether.
    pub(super) overlap: f64,
    /// A link that passes through a box.
    pub(super) hidden: f64,
    /// A link that is twice as long as it should be.
    pub(super) length: f64,
    /// A loop that encloses nothing.
    pub(super) round: f64,
    /// Two links at a variable that lie on each other.
    pub(super) angle: f64,
    /// Two badges of loops on each other, or one on a link.
    pub(super) badge: f64,
    /// Two variables a link's length apart.
    pub(super) apart: f64,
    /// A variable a link's length from where it was.
    pub(super) away: f64,
}

impl Weights {
    /// For an arrangement that starts from nothing.
    pub(super) const AFRESH: Self = Self {
        crossing: 1.0,
        overlap: 6.0,
        hidden: 2.0,
        length: 0.4,
        round: 9.0,
        angle: 0.6,
        badge: 6.0,
        apart: 0.03,
        away: 0.0,
    };
    /// For one that stays near what was there.
    pub(super) const TIDY: Self = Self {
        crossing: 1.5,
        round: 2.0,
        length: 0.6,
        away: 1.2,
        ..Self::AFRESH
    };
}

impl Weights {
    /// A small figure that could be drawn without crossings (Euler's bound, 3 n - 6 pairs) should
    /// be, at the price of uneven links.
    fn for_figure(self, figure: &Figure) -> Self {
        let few = figure.len() <= 60 && figure.pairs.len() + 6 <= 3 * figure.len();
        let crossing = if few {
            PLANAR * self.crossing
        } else {
            self.crossing
        };
        Self { crossing, ..self }
    }
}

/// How much more a crossing weighs where there need be none.
const PLANAR: f64 = 4.0;

/// An arrangement of a figure, and what it costs.
#[derive(Clone, Debug)]
pub(super) struct State {
    pub(super) positions: Vec<Point>,
    /// Where the variables were.
    homes: Vec<Point>,
    /// By ring, twice the area inside, and the perimeter.
    rounds: Vec<(f64, f64)>,
    centroids: Centroids,
    weights: Weights,
    /// By variable, on which side of the chord at hand it lies; a buffer.
    sides: Vec<f64>,
    reach: f64,
}

impl State {
    pub(super) fn new(
        figure: &Figure,
        positions: Vec<Point>,
        homes: Vec<Point>,
        weights: Weights,
    ) -> Self {
        let longest = |half: &Vector| half.length();
        let mut state = Self {
            sides: vec![0.0; positions.len()],
            weights: weights.for_figure(figure),
            rounds: Vec::new(),
            centroids: Centroids::new(figure, &positions),
            positions,
            homes,
            reach: figure.halves.iter().map(longest).fold(0.0, f64::max) + CLEARANCE,
        };
        state.measure_rounds(figure);
        state
    }

    /// Measures all rings anew: small errors add up while variables move.
    pub(super) fn measure_rounds(&mut self, figure: &Figure) {
        let positions = &self.positions;
        let round = |ring: &Vec<u32>| {
            let mut sum = (0.0, 0.0);
            for (index, variable) in ring.iter().enumerate() {
                let here = positions[*variable as usize];
                let next = positions[ring[(index + 1) % ring.len()] as usize];
                sum.0 += doubled_area(here, next);
                sum.1 += length(next - here);
            }
            sum
        };
        self.rounds = figure.rings.iter().map(round).collect();
    }

    /// Puts a variable elsewhere.
    pub(super) fn put(&mut self, figure: &Figure, variable: usize, at: Point) {
        for (ring, index) in &figure.on_rings[variable] {
            let (area, perimeter) = self.with(figure, *ring as usize, *index as usize, at);
            self.rounds[*ring as usize] = (area, perimeter);
        }
        self.centroids.put(figure, &self.positions, variable, at);
        self.positions[variable] = at;
    }

    /// The area and the perimeter of a ring with one of its variables elsewhere.
    fn with(&self, figure: &Figure, ring: usize, index: usize, at: Point) -> (f64, f64) {
        let (variables, (area, perimeter)) = (&figure.rings[ring], self.rounds[ring]);
        let last = variables.len() - 1;
        let previous = variables[if index == 0 { last } else { index - 1 }];
        let next = variables[if index == last { 0 } else { index + 1 }];
        let here = self.positions[variables[index] as usize];
        let (previous, next) = (
            self.positions[previous as usize],
            self.positions[next as usize],
        );
        let area = area - doubled_area(previous, here) - doubled_area(here, next)
            + doubled_area(previous, at)
            + doubled_area(at, next);
        let perimeter = perimeter - length(here - previous) - length(next - here)
            + length(at - previous)
            + length(next - at);
        (area, perimeter)
    }

    /// What a variable would cost at a place, while all else stays.
    pub(super) fn cost(&mut self, figure: &Figure, variable: usize, at: Point) -> f64 {
        self.cost_of_neighbours(figure, variable, at)
            + self.cost_of_boxes(figure, variable, at)
            + self.cost_of_rounds(figure, variable, at)
            + self.cost_of_chords(figure, variable, at)
            + self.cost_of_angles(figure, variable, at)
            + self.cost_of_badges(figure, variable, at)
            + self.weights.away * (at.distance(self.homes[variable]) / figure.length)
    }

    /// Links that are too long, too short or out of sight.
    fn cost_of_neighbours(&self, figure: &Figure, variable: usize, at: Point) -> f64 {
        let mut cost = 0.0;
        for (other, _) in &figure.around[variable] {
            let other = *other as usize;
            let offset = self.positions[other] - at;
            let length = length(offset);
            let off = length / figure.length - 1.0;
            cost += self.weights.length * off * off;
            let seen = length
                - inside(figure.halves[variable], offset)
                - inside(figure.halves[other], offset);
            if seen < VISIBLE {
                let short = (1.0 - seen / VISIBLE).min(2.0);
                cost += self.weights.hidden * short * short;
            }
        }
        cost
    }

    /// Boxes that come too near, and all others, which spread the figure out.
    fn cost_of_boxes(&self, figure: &Figure, variable: usize, at: Point) -> f64 {
        let half = figure.halves[variable];
        let unit = figure.length * figure.length;
        let mut cost = 0.0;
        for (other, position) in self.positions.iter().enumerate() {
            if other == variable {
                continue;
            }
            let offset = *position - at;
            let square = offset.x * offset.x + offset.y * offset.y;
            cost += self.weights.apart * unit / (square + 0.01 * unit);
            let gap = gap(offset, half, figure.halves[other]);
            if gap < MARGIN {
                let close = 1.0 - gap / MARGIN;
                cost += self.weights.overlap * close * (0.5 + 0.5 * close.min(4.0));
            }
        }
        cost
    }

    /// Links that leave a variable nearly the same way.
    fn cost_of_angles(&self, figure: &Figure, variable: usize, at: Point) -> f64 {
        let mut cost = 0.0;
        let sharp = |one: Vector, other: Vector| {
            let cosine = one.dot(other) / (length(one) * length(other) + 1.0e-9);
            let sharp = (cosine - WIDE).max(0.0) / (1.0 - WIDE);
            self.weights.angle * sharp * sharp
        };
        let around = &figure.around[variable];
        for (index, (one, _)) in around.iter().enumerate() {
            let end = self.positions[*one as usize];
            if around.len() <= MANY {
                for (other, _) in &around[index + 1..] {
                    cost += sharp(end - at, self.positions[*other as usize] - at);
                }
            }
            let beyond = &figure.around[*one as usize];
            if beyond.len() <= MANY {
                for (other, _) in beyond {
                    if *other as usize != variable {
                        cost += sharp(at - end, self.positions[*other as usize] - end);
                    }
                }
            }
        }
        cost
    }

    /// Badges of loops that would stand on each other, on links or on names.
    fn cost_of_badges(&mut self, figure: &Figure, variable: usize, at: Point) -> f64 {
        if figure.badged.is_empty() || self.weights.badge == 0.0 {
            return 0.0;
        }
        self.weights.badge * self.centroids.cost(figure, &self.positions, variable, at)
    }

    fn cost_of_rounds(&self, figure: &Figure, variable: usize, at: Point) -> f64 {
        let mut cost = 0.0;
        for (ring, index) in &figure.on_rings[variable] {
            let (area, perimeter) = self.with(figure, *ring as usize, *index as usize, at);
            cost += self.weights.round
                * (1.0 - 2.0 * PI * area.abs() / (perimeter * perimeter + 1.0e-9));
        }
        cost
    }

    /// Crossings of the chords at a variable, and boxes that a chord comes too near to.
    fn cost_of_chords(&mut self, figure: &Figure, variable: usize, at: Point) -> f64 {
        let moved = variable as u32;
        let mut cost = 0.0;
        for (other, count) in &figure.around[variable] {
            let end = self.positions[*other as usize];
            let offset = end - at;
            let length = length(offset);
            let near = self.reach * length;
            let low = Point::new(at.x.min(end.x), at.y.min(end.y));
            let high = Point::new(at.x.max(end.x), at.y.max(end.y));
            for (position, side) in self.positions.iter().zip(self.sides.iter_mut()) {
                *side = offset.x * (position.y - at.y) - offset.y * (position.x - at.x);
            }
            for (thing, side) in self.sides.iter().enumerate() {
                if side.abs() < near && thing != variable && thing != *other as usize {
                    let (middle, half) = (self.positions[thing], figure.halves[thing]);
                    cost += self.closeness(passing(at, end, middle, half));
                }
            }
            for pair in &figure.pairs {
                let product = self.sides[pair.one as usize] * self.sides[pair.other as usize];
                if product > 0.0 {
                    continue;
                }
                let (a, b) = (
                    self.positions[pair.one as usize],
                    self.positions[pair.other as usize],
                );
                // Most lie wholly to one side of the box around the chord.
                if a.x < low.x && b.x < low.x
                    || a.x > high.x && b.x > high.x
                    || a.y < low.y && b.y < low.y
                    || a.y > high.y && b.y > high.y
                {
                    continue;
                }
                let apart = |end: u32| pair.one != end && pair.other != end;
                if apart(moved) && apart(*other) && meet((at, end), (a, b)) {
                    cost += self.weights.crossing * pair.count * count;
                }
            }
        }
        let half = figure.halves[variable];
        for pair in &figure.pairs {
            if pair.one == moved || pair.other == moved {
                continue;
            }
            let (a, b) = (
                self.positions[pair.one as usize],
                self.positions[pair.other as usize],
            );
            let (low, high) = (at.x - self.reach, at.x + self.reach);
            if a.x < low && b.x < low || a.x > high && b.x > high {
                continue;
            }
            let (low, high) = (at.y - self.reach, at.y + self.reach);
            if a.y < low && b.y < low || a.y > high && b.y > high {
                continue;
            }
            cost += self.closeness(passing(a, b, at, half));
        }
        cost
    }

    fn closeness(&self, aside: Option<f64>) -> f64 {
        match aside {
            Some(aside) if aside < CLEARANCE => {
                let close = (1.0 - aside / CLEARANCE).min(3.0);
                self.weights.hidden * close / 3.0
            }
            _ => 0.0,
        }
    }

    /// What the whole arrangement costs: every term once or twice, always alike.
    pub(super) fn total(&mut self, figure: &Figure) -> f64 {
        (0..figure.len())
            .map(|variable| self.cost(figure, variable, self.positions[variable]))
            .sum()
    }
}

fn doubled_area(from: Point, to: Point) -> f64 {
    from.x * to.y - from.y * to.x
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::random::Random;

    /// A ring of six with two chords, somewhere.
    fn state() -> (Figure, State) {
        let mut links: Vec<(u32, u32)> = (0..6).map(|from| (from, (from + 1) % 6)).collect();
        links.extend([(0, 3), (4, 1)]);
        let figure = Figure::new(vec![Vector::new(40.0, 14.0); 6], vec![false; 6], &links);
        let mut random = Random::new(5);
        let positions: Vec<Point> = (0..6)
            .map(|_| Point::new(random.signed(), random.signed()))
            .map(|at| Point::new(at.x * 400.0, at.y * 400.0))
            .collect();
        let state = State::new(&figure, positions.clone(), positions, Weights::AFRESH);
        (figure, state)
    }

    #[test]
    fn rings_are_measured_alike_step_by_step_and_anew() {
        let (figure, mut state) = state();
        let mut random = Random::new(9);
        for _ in 0..200 {
            let variable = random.below(6);
            let at = Point::new(random.signed() * 300.0, random.signed() * 300.0);
            state.put(&figure, variable, at);
        }
        let stepped = state.rounds.clone();
        state.measure_rounds(&figure);
        for (one, other) in stepped.iter().zip(&state.rounds) {
            assert!((one.0 - other.0).abs() < 1.0e-6 && (one.1 - other.1).abs() < 1.0e-6);
        }
    }

    #[test]
    fn a_crossing_costs_what_it_weighs() {
        let links = [(0, 1), (2, 3)];
        let figure = Figure::new(vec![Vector::new(1.0, 1.0); 4], vec![false; 4], &links);
        let cost = |y: f64| {
            let positions = vec![
                Point::new(-300.0, 0.0),
                Point::new(300.0, 0.0),
                Point::new(0.0, 400.0),
                Point::new(0.0, y),
            ];
            let nothing = Weights {
                crossing: 2.0,
                overlap: 0.0,
                hidden: 0.0,
                length: 0.0,
                round: 0.0,
                angle: 0.0,
                badge: 0.0,
                apart: 0.0,
                away: 0.0,
            };
            let mut state = State::new(&figure, positions.clone(), positions, nothing);
            state.cost(&figure, 3, Point::new(0.0, y))
        };
        assert_eq!((cost(50.0), cost(-50.0)), (0.0, 2.0 * PLANAR));
    }
}
