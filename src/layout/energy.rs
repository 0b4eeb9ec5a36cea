//! What an arrangement of a figure costs: crossings, tightness, uneven links, loops that are not
//! round. The lower, the better.

use std::f64::consts::{PI, SQRT_2};

use crate::model::{Point, Rect, Vector};

use super::centroids::Centroids;
use super::chord::{gap, inside, length, meet, passing};
use super::figure::{Figure, MARGIN, Pair, VISIBLE};
use super::grid::Grid;

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
    chords: Vec<Chord>,
    /// The chords and the variables by where they are: most of the search is to look what is near.
    chords_near: Grid,
    variables_near: Grid,
    /// What was near last; a buffer.
    near: Vec<u32>,
    reach: f64,
}

/// The straight line between the middles of a pair.
#[derive(Clone, Copy, Debug)]
struct Chord {
    one: Point,
    other: Point,
    bounds: Rect,
}

impl Chord {
    fn new(one: Point, other: Point) -> Self {
        let bounds = Rect::from_points(one, other);
        Self { one, other, bounds }
    }
}

impl State {
    pub(super) fn new(
        figure: &Figure,
        positions: Vec<Point>,
        homes: Vec<Point>,
        weights: Weights,
    ) -> Self {
        let longest = |half: &Vector| half.length();
        let chords = chords(figure, &positions);
        let dots = positions.iter().map(|at| Rect::from_points(*at, *at));
        let mut state = Self {
            chords_near: Grid::new(chords.iter().map(|chord| chord.bounds), cell_of(figure)),
            variables_near: Grid::new(dots, cell_of(figure)),
            near: Vec::new(),
            chords,
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
        let here = self.positions[variable];
        self.positions[variable] = at;
        let dot = |at: Point| Rect::from_points(at, at);
        self.variables_near
            .put(variable as u32, &dot(here), &dot(at));
        for number in &figure.pairs_at[variable] {
            let pair = figure.pairs[*number as usize];
            let end = |end: u32| self.positions[end as usize];
            let (before, after) = (
                self.chords[*number as usize],
                Chord::new(end(pair.one), end(pair.other)),
            );
            self.chords_near.put(*number, &before.bounds, &after.bounds);
            self.chords[*number as usize] = after;
        }
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
        self.cost_up_to(figure, variable, at, f64::INFINITY)
    }

    /// The same, or something over `most` as soon as it is known to cost more: no term is negative,
    /// and those that take the least come first.
    pub(super) fn cost_up_to(
        &mut self,
        figure: &Figure,
        variable: usize,
        at: Point,
        most: f64,
    ) -> f64 {
        let mut cost = self.cost_of_neighbours(figure, variable, at)
            + self.cost_of_rounds(figure, variable, at)
            + self.weights.away * (at.distance(self.homes[variable]) / figure.length);
        if cost > most {
            return cost;
        }
        cost += self.cost_of_angles(figure, variable, at);
        if cost > most {
            return cost;
        }
        cost += self.cost_of_boxes(figure, variable, at);
        for (other, count) in &figure.around[variable] {
            if cost > most {
                return cost;
            }
            cost += self.cost_of_chord(figure, (variable, *other as usize), *count, at);
        }
        if cost > most {
            return cost;
        }
        cost += self.cost_of_passing(figure, variable, at);
        if cost > most {
            return cost;
        }
        cost += self.cost_of_crowd(figure, variable, at);
        if cost > most {
            return cost;
        }
        cost + self.cost_of_badges(figure, variable, at)
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

    /// Boxes that come too near.
    fn cost_of_boxes(&mut self, figure: &Figure, variable: usize, at: Point) -> f64 {
        let half = figure.halves[variable];
        // The halves of both, of which the longest counts, and the margin between them.
        let reach = half.x.max(half.y) + self.reach + MARGIN;
        let around = Rect::from_points(at, at).grown(reach);
        let mut cost = 0.0;
        self.variables_near.near(&around, &mut self.near);
        for other in &self.near {
            let other = *other as usize;
            let gap = gap(self.positions[other] - at, half, figure.halves[other]);
            if gap < MARGIN && other != variable {
                let close = 1.0 - gap / MARGIN;
                cost += self.weights.overlap * close * (0.5 + 0.5 * close.min(4.0));
            }
        }
        cost
    }

    /// All others, near or far, which spread the figure out.
    fn cost_of_crowd(&self, figure: &Figure, variable: usize, at: Point) -> f64 {
        let unit = figure.length * figure.length;
        let push = |position: &Point| {
            let offset = *position - at;
            unit / (offset.x * offset.x + offset.y * offset.y + 0.01 * unit)
        };
        let (before, after) = self.positions.split_at(variable);
        let others = before.iter().chain(&after[1..]);
        self.weights.apart * others.map(push).sum::<f64>()
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

    /// Crossings of one chord at a variable that stands at a place, and boxes that it comes too near
    /// to.
    fn cost_of_chord(
        &mut self,
        figure: &Figure,
        (variable, other): (usize, usize),
        count: f64,
        at: Point,
    ) -> f64 {
        let end = self.positions[other];
        let bounds = Rect::from_points(at, end);
        let mut cost = 0.0;
        // A box within reach of the chord is within reach along and across it.
        let around = bounds.grown(SQRT_2 * self.reach);
        self.variables_near.near(&around, &mut self.near);
        for thing in &self.near {
            let thing = *thing as usize;
            let middle = self.positions[thing];
            if thing != variable && thing != other && around.contains(middle) {
                cost += self.closeness(passing(at, end, middle, figure.halves[thing]));
            }
        }
        let joins =
            |pair: &Pair, end: usize| pair.one as usize == end || pair.other as usize == end;
        self.chords_near.near(&bounds, &mut self.near);
        for number in &self.near {
            let (chord, pair) = (
                &self.chords[*number as usize],
                &figure.pairs[*number as usize],
            );
            if chord.bounds.intersects(&bounds)
                && !joins(pair, variable)
                && !joins(pair, other)
                && meet((at, end), (chord.one, chord.other))
            {
                cost += self.weights.crossing * pair.count * count;
            }
        }
        cost
    }

    /// Chords of others that come too near to the box of a variable that stands at a place.
    fn cost_of_passing(&mut self, figure: &Figure, variable: usize, at: Point) -> f64 {
        let half = figure.halves[variable];
        let moved = variable as u32;
        let around = Rect::from_points(at, at).grown(self.reach);
        let mut cost = 0.0;
        self.chords_near.near(&around, &mut self.near);
        for number in &self.near {
            let (chord, pair) = (
                &self.chords[*number as usize],
                &figure.pairs[*number as usize],
            );
            if pair.one != moved && pair.other != moved && chord.bounds.intersects(&around) {
                cost += self.closeness(passing(chord.one, chord.other, at, half));
            }
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

/// The size of the cells in which what is near is looked up. In a small figure everything is near,
/// and one cell for all takes the least time.
fn cell_of(figure: &Figure) -> f64 {
    const SMALL: usize = 60;
    match figure.pairs.len() < SMALL {
        true => f64::MAX,
        false => figure.length,
    }
}

fn chords(figure: &Figure, positions: &[Point]) -> Vec<Chord> {
    let end = |end: u32| positions[end as usize];
    let pairs = figure.pairs.iter();
    pairs
        .map(|pair| Chord::new(end(pair.one), end(pair.other)))
        .collect()
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
