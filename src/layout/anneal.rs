//! The search for a cheaper arrangement: one variable at a time, by a falling threshold.

use crate::model::{Point, Vector};

use super::energy::{State, Weights};
use super::figure::Figure;
use super::random::Random;
use super::stress::{lower_stress, middle_of};

/// How a figure is arranged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Start {
    /// From nothing, as often as it pays.
    Anywhere,
    /// From where its variables are, staying near.
    Here,
}

/// About how much work one figure may be, in looks at a pair.
const WORK: f64 = 8.0e8;
/// About how much work further starts may be.
const MORE_WORK: f64 = 1.2e8;
/// The fewest times that every variable is tried, how many are enough, and the most.
const SWEEPS: (f64, f64, f64) = (8.0, 40.0, 300.0);
/// From this many sweeps on, the search starts as hot as it may: fewer could not cool it down.
const HOT_SWEEPS: f64 = 200.0;
/// The most starts from nothing, of small figures and of others: one of few variables is found at
/// once, and should be there at once.
const STARTS: (f64, f64) = (4.0, 12.0);
/// The most variables of a small figure.
const SMALL: usize = 10;
/// The share of the sweeps in which the arrangement may become worse.
const WARM: f64 = 0.7;
/// How many places are tried for a variable in turn, until one will do.
const TRIES: usize = 3;
/// How much worse a move may make it at first.
const HOT: f64 = 10.0;

/// What one start came to.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) start: Start,
    pub(super) cost: f64,
    pub(super) positions: Vec<Point>,
}

/// A figure that is being arranged: simulated annealing with a threshold in place of a
/// temperature (Davidson & Harel 1996, "Drawing graphs nicely using simulated annealing"; Dueck &
/// Scheuer 1990, "Threshold accepting").
#[derive(Clone, Debug)]
pub(super) struct Search {
    figure: Figure,
    start: Start,
    homes: Vec<Point>,
    state: State,
    /// What each start came to, and what it costs.
    found: Vec<Found>,
    random: Random,
    starts: Vec<Start>,
    sweeps: usize,
    /// Where the search is: how many starts, sweeps and variables are done.
    at: (usize, usize, usize),
}

impl Search {
    pub(super) fn new(figure: Figure, positions: Vec<Point>, start: Start, seed: u64) -> Self {
        let work = work_of_sweep(&figure);
        let (fewest, enough, most) = SWEEPS;
        // Up to four times the work buys a large figure enough sweeps.
        let sweeps = (WORK / work).max(enough.min(4.0 * WORK / work));
        let sweeps = sweeps.clamp(fewest, most);
        let most = if figure.len() > SMALL {
            STARTS.1
        } else {
            STARTS.0
        };
        let more = (MORE_WORK / (work * sweeps)).clamp(1.0, most) as usize;
        let mut starts = vec![start; if start == Start::Here { 1 } else { more }];
        // Of a figure with few loops, what somebody drew may be the best there is.
        if start == Start::Anywhere && !figure.badged.is_empty() {
            starts.push(Start::Here);
        }
        let weights = match start {
            Start::Anywhere => Weights::AFRESH,
            Start::Here => Weights::TIDY,
        };
        let state = State::new(&figure, positions.clone(), positions.clone(), weights);
        Self {
            figure,
            start,
            homes: positions,
            state,
            found: Vec::new(),
            random: Random::new(seed),
            starts,
            sweeps: sweeps as usize,
            at: (0, 0, 0),
        }
    }

    /// The figure that is arranged.
    pub(super) const fn figure(&self) -> &Figure {
        &self.figure
    }

    /// How much of it is done, 0 to 1.
    pub(super) fn fraction(&self) -> f64 {
        let (starts, sweeps, variables) = self.at;
        let sweeps = sweeps as f64 + variables as f64 / self.figure.len().max(1) as f64;
        ((starts as f64 + sweeps / self.sweeps as f64) / self.starts.len() as f64).min(1.0)
    }

    /// Searches on until the budget, in looks at a pair, is spent; true when all is done.
    pub(super) fn advance(&mut self, budget: &mut u64) -> bool {
        while *budget > 0 && self.at.0 < self.starts.len() {
            let (_, sweep, variable) = self.at;
            if (sweep, variable) == (0, 0) {
                self.begin();
                let stress = self.figure.len() * self.figure.len() * 30;
                *budget = budget.saturating_sub(stress as u64);
            }
            if sweep == self.sweeps || self.figure.len() < 2 {
                self.finish_start();
                self.at = (self.at.0 + 1, 0, 0);
                continue;
            }
            if !self.figure.held[variable] {
                let spent = 4.0 * work_of(&self.figure, variable);
                *budget = budget.saturating_sub(spent as u64 + 1);
                self.try_variable(variable);
            }
            self.at.2 += 1;
            if self.at.2 >= self.figure.len() {
                self.state.measure_rounds(&self.figure);
                self.at.1 += 1;
                self.at.2 = 0;
            }
        }
        self.at.0 >= self.starts.len()
    }

    /// The cheapest arrangement found.
    pub(super) fn positions(&self) -> &[Point] {
        match self.cheapest() {
            Some(found) => &found.positions,
            None => &self.state.positions,
        }
    }

    /// What is worth a closer look: what every start of a figure with few loops came to, else the cheapest.
    pub(super) fn candidates(&self) -> Vec<&Found> {
        if !self.figure.badged.is_empty() {
            self.found.iter().collect()
        } else {
            self.cheapest().into_iter().collect()
        }
    }

    fn cheapest(&self) -> Option<&Found> {
        let found = self.found.iter();
        found.reduce(|best, found| if found.cost < best.cost { found } else { best })
    }

    /// Where the start at hand begins.
    fn kind(&self) -> Start {
        self.starts.get(self.at.0).copied().unwrap_or(self.start)
    }

    fn begin(&mut self) {
        let mut positions = self.homes.clone();
        let weights = match self.kind() {
            Start::Here => Weights::TIDY,
            Start::Anywhere => {
                lower_stress(&self.figure, &mut positions, &mut self.random);
                if !self.figure.is_held() {
                    lay_down(&mut positions);
                }
                Weights::AFRESH
            }
        };
        self.state = State::new(&self.figure, positions, self.homes.clone(), weights);
    }

    fn finish_start(&mut self) {
        let positions = self.state.positions.clone();
        let (homes, start) = (self.homes.clone(), self.kind());
        // All are measured alike.
        let weights = match self.start {
            Start::Anywhere => Weights::AFRESH,
            Start::Here => Weights::TIDY,
        };
        let mut state = State::new(&self.figure, positions.clone(), homes, weights);
        let cost = state.total(&self.figure);
        self.found.push(Found {
            start,
            cost,
            positions,
        });
    }

    /// How far the search is in its present start, 0 to 1.
    fn age(&self) -> f64 {
        self.at.1 as f64 / self.sweeps as f64
    }

    /// How much worse a move may make the arrangement now.
    fn threshold(&self) -> f64 {
        match self.kind() {
            Start::Here => 0.0,
            Start::Anywhere => {
                let left = (1.0 - self.age() / WARM).max(0.0);
                let hot = HOT * (self.sweeps as f64 / HOT_SWEEPS).min(1.0);
                hot * left * left * left * left
            }
        }
    }

    /// How far a move goes now, in world units.
    fn reach(&self) -> f64 {
        let left = 1.0 - self.age();
        let widest = match self.kind() {
            Start::Here => 0.7,
            Start::Anywhere => 0.5 * (self.figure.len() as f64).sqrt().clamp(2.0, 6.0),
        };
        self.figure.length * (widest * left * left * left + 0.004)
    }

    fn try_variable(&mut self, variable: usize) {
        let here = self.state.positions[variable];
        let threshold = self.threshold() * self.random.unit();
        let warm = self.age() < WARM && self.kind() == Start::Anywhere;
        if warm && self.random.unit() < 0.08 {
            self.try_exchange(variable, threshold);
            return;
        }
        let before = self.state.cost(&self.figure, variable, here);
        for _ in 0..TRIES {
            let there = if warm && self.random.unit() < 0.12 {
                self.between_neighbours(variable)
            } else {
                let reach = self.reach() * self.random.unit();
                here + Vector::new(self.random.signed(), self.random.signed()) * reach
            };
            let most = before + threshold - 1.0e-9;
            let figure = &self.figure;
            if self.state.cost_up_to(figure, variable, there, most) < most {
                self.state.put(&self.figure, variable, there);
                return;
            }
        }
    }

    /// Lets two variables change places.
    fn try_exchange(&mut self, one: usize, threshold: f64) {
        let other = self.random.below(self.figure.len());
        if other == one || self.figure.held[other] {
            return;
        }
        let figure = &self.figure;
        let (here, there) = (self.state.positions[one], self.state.positions[other]);
        let mut change = self.state.cost(figure, one, there) - self.state.cost(figure, one, here);
        self.state.put(figure, one, there);
        change += self.state.cost(figure, other, here) - self.state.cost(figure, other, there);
        if change < threshold - 1.0e-9 {
            self.state.put(figure, other, here);
        } else {
            self.state.put(figure, one, here);
        }
    }

    /// A place near the middle of what a variable is joined with.
    fn between_neighbours(&mut self, variable: usize) -> Point {
        let around = self.figure.around[variable].iter();
        let near: Vec<Point> = around
            .map(|(other, _)| self.state.positions[*other as usize])
            .collect();
        let aside = Vector::new(self.random.signed(), self.random.signed());
        middle_of(&near) + aside * (0.8 * self.figure.length)
    }
}

/// How many looks at a pair it takes to know what a variable costs.
fn work_of(figure: &Figure, variable: usize) -> f64 {
    let all = (figure.len() + figure.pairs.len()) as f64;
    (figure.around[variable].len() as f64 + 1.0) * all
}

fn work_of_sweep(figure: &Figure) -> f64 {
    let each = (0..figure.len()).map(|variable| 4.0 * work_of(figure, variable) + 50.0);
    each.sum::<f64>() + 1.0
}

/// Turns an arrangement so that its longer side lies flat: screens and words are wide.
fn lay_down(positions: &mut [Point]) {
    let middle = middle_of(positions);
    let (mut even, mut mixed) = (0.0, 0.0);
    for at in positions.iter() {
        let offset = *at - middle;
        even += offset.x * offset.x - offset.y * offset.y;
        mixed += 2.0 * offset.x * offset.y;
    }
    // The principal axis of the moments.
    let angle = -0.5 * Vector::new(even, mixed).angle();
    for at in positions.iter_mut() {
        *at = middle + turned(*at - middle, angle);
    }
}

pub(super) fn turned(offset: Vector, angle: f64) -> Vector {
    let axis = Vector::from_angle(angle);
    Vector::new(
        offset.x * axis.x - offset.y * axis.y,
        offset.x * axis.y + offset.y * axis.x,
    )
}
