//! One search for the least sum of squares: Levenberg's and Marquardt's way, within bounds.
//!
//! Levenberg 1944, Marquardt 1963; the damping grows and shrinks as Nielsen (1999) has it. A number
//! at a bound that the slope pushes against stays there in that step (Kanzow, Yamashita & Fukushima
//! 2004 project the step in the same way). The slopes are differences of runs.

use crate::simulate::linear::Cholesky;

/// The most steps of a search.
const MOST_STEPS: u32 = 200;
/// A step is nothing if no number moves by more than this part of its size.
const LEAST_MOVE: f64 = 1e-9;
/// A slope is nothing if the cosine between what is left and each direction is below it.
const LEAST_COSINE: f64 = 1e-10;
/// The part of its size by which a number is moved for a slope.
const NUDGE: f64 = 1e-6;
/// The size of a number near 0, as a part of the width of its bounds.
const LEAST_SIZE: f64 = 1e-4;
/// Beyond this damping no step gets anywhere.
const MOST_DAMPING: f64 = 1e20;

/// Why a search ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// It came to a place from which no small step leads further down.
    Converged,
    /// It took as many steps as a search may.
    StepLimit,
    /// The model gave no finite numbers where the search began, or all around where it came to.
    NoNumbers,
    /// It was ended from outside.
    CutOff,
}

/// What has to be computed next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ask {
    /// The start.
    Begin,
    /// A slope, with a number moved up or down.
    Slope(usize, Side),
    /// A step.
    Try,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Up,
    Down,
}

/// A number moved a little to one side for a slope; none if a bound is in the way.
pub(super) fn nudged(value: f64, [low, high]: [f64; 2], side: Side) -> Option<f64> {
    let size = value.abs().max(LEAST_SIZE * (high - low));
    let moved = match side {
        Side::Up => value + NUDGE * size,
        Side::Down => value - NUDGE * size,
    };
    ((low..=high).contains(&moved) && moved != value).then_some(moved)
}

/// Where a search is. The caller computes what it asks for.
#[derive(Clone, Debug)]
pub(super) struct Descent {
    bounds: Vec<[f64; 2]>,
    /// The best numbers so far, with what is left at each point and the sum of its squares.
    pub numbers: Vec<f64>,
    residuals: Vec<f64>,
    pub sum: f64,
    /// Slope after slope, each with a value for every point.
    slopes: Vec<Vec<f64>>,
    ask: Ask,
    /// The step that is tried, and by how much it should lessen the sum.
    trial: Vec<f64>,
    promised: f64,
    damping: f64,
    growth: f64,
    steps: u32,
    pub stop: Option<Stop>,
}

impl Descent {
    pub(super) fn new(start: Vec<f64>, bounds: Vec<[f64; 2]>) -> Self {
        Self {
            trial: start.clone(),
            numbers: start,
            residuals: Vec::new(),
            sum: f64::INFINITY,
            slopes: Vec::new(),
            ask: Ask::Begin,
            promised: 0.0,
            damping: 1e-3,
            growth: 2.0,
            steps: 0,
            stop: None,
            bounds,
        }
    }

    /// The numbers to compute with next; none where the search has ended.
    pub(super) fn asked(&self) -> Option<Vec<f64>> {
        if self.stop.is_some() {
            return None;
        }
        Some(match self.ask {
            Ask::Begin | Ask::Try => self.trial.clone(),
            Ask::Slope(at, side) => {
                let mut numbers = self.numbers.clone();
                if let Some(moved) = nudged(numbers[at], self.bounds[at], side) {
                    numbers[at] = moved;
                }
                numbers
            }
        })
    }

    /// Takes what was asked for: what is left at each point, or nothing where the model gave no
    /// finite numbers.
    pub(super) fn take(&mut self, residuals: Option<Vec<f64>>) {
        let residuals = residuals.filter(|all| all.iter().all(|one| one.is_finite()));
        match (self.ask, residuals) {
            (Ask::Begin, None) => self.stop = Some(Stop::NoNumbers),
            (Ask::Begin, Some(residuals)) => {
                self.sum = square(&residuals);
                self.residuals = residuals;
                self.ask_for_slope(0);
            }
            (Ask::Slope(at, Side::Up), None)
                if nudged(self.numbers[at], self.bounds[at], Side::Down).is_some() =>
            {
                self.ask = Ask::Slope(at, Side::Down);
            }
            (Ask::Slope(..), None) => self.stop = Some(Stop::NoNumbers),
            (Ask::Slope(at, side), Some(residuals)) => {
                let own = self.numbers[at];
                let moved = nudged(own, self.bounds[at], side).unwrap_or(own);
                let width = moved - own;
                let pairs = residuals.iter().zip(&self.residuals);
                self.slopes
                    .push(pairs.map(|(there, here)| (there - here) / width).collect());
                if at + 1 < self.numbers.len() {
                    self.ask_for_slope(at + 1);
                } else {
                    self.step();
                }
            }
            (Ask::Try, Some(residuals)) if square(&residuals) < self.sum => self.accept(residuals),
            (Ask::Try, _) => {
                self.damp();
                self.step();
            }
        }
    }

    /// Bounds are further apart than a nudge, so one of the sides is free.
    fn ask_for_slope(&mut self, at: usize) {
        let is_free = nudged(self.numbers[at], self.bounds[at], Side::Up).is_some();
        self.ask = Ask::Slope(at, if is_free { Side::Up } else { Side::Down });
    }

    fn accept(&mut self, residuals: Vec<f64>) {
        let sum = square(&residuals);
        let gained = self.sum - sum;
        let ratio = gained / self.promised;
        // A step that bounds have bent may promise nothing.
        let ratio = if ratio.is_finite() { ratio } else { 0.5 };
        let moved = self.is_moved();
        self.numbers.clone_from(&self.trial);
        self.residuals = residuals;
        self.sum = sum;
        self.steps += 1;
        let shrunk = 1.0 - (2.0 * ratio - 1.0).powi(3);
        self.damping *= shrunk.clamp(1.0 / 3.0, 2.0);
        self.growth = 2.0;
        if !moved || sum == 0.0 {
            self.stop = Some(Stop::Converged);
        } else if self.steps >= MOST_STEPS {
            self.stop = Some(Stop::StepLimit);
        } else {
            self.slopes.clear();
            self.ask_for_slope(0);
        }
    }

    fn damp(&mut self) {
        self.damping *= self.growth;
        self.growth *= 2.0;
    }

    /// Whether the step that is tried moves a number by more than nothing.
    fn is_moved(&self) -> bool {
        let moves = self.trial.iter().zip(&self.numbers).zip(&self.bounds);
        let mut moves = moves;
        moves.any(|((to, from), [low, high])| {
            (to - from).abs() > LEAST_MOVE * from.abs().max(LEAST_SIZE * (high - low))
        })
    }

    /// Makes the next step, from slopes and damping, or ends the search.
    fn step(&mut self) {
        let down: Vec<f64> = self
            .slopes
            .iter()
            .map(|slope| -product(slope, &self.residuals))
            .collect();
        let free: Vec<usize> = (0..self.numbers.len())
            .filter(|&at| {
                let [low, high] = self.bounds[at];
                let is_held = (self.numbers[at] <= low && down[at] < 0.0)
                    || (self.numbers[at] >= high && down[at] > 0.0);
                !is_held && square(&self.slopes[at]) > 0.0
            })
            .collect();
        let is_flat = |at: usize| {
            let size = (square(&self.slopes[at]) * self.sum).sqrt();
            down[at].abs() <= LEAST_COSINE * size
        };
        if free.iter().all(|&at| is_flat(at)) {
            self.stop = Some(Stop::Converged);
            return;
        }
        loop {
            if self.damping > MOST_DAMPING {
                self.stop = Some(Stop::Converged);
                return;
            }
            if let Some(steps) = self.solved(&free, &down) {
                self.trial.clone_from(&self.numbers);
                for (&at, step) in free.iter().zip(steps) {
                    let [low, high] = self.bounds[at];
                    self.trial[at] = (self.numbers[at] + step).clamp(low, high);
                }
                self.promised = self.promise(&down);
                break;
            }
            self.damp();
        }
        if self.is_moved() {
            self.ask = Ask::Try;
        } else {
            self.stop = Some(Stop::Converged);
        }
    }

    /// The damped step of the numbers that are free, each measured by the length of its slope.
    fn solved(&self, free: &[usize], down: &[f64]) -> Option<Vec<f64>> {
        let lengths: Vec<f64> = free
            .iter()
            .map(|&at| square(&self.slopes[at]).sqrt())
            .collect();
        let size = free.len();
        let mut matrix = vec![0.0; size * size];
        for (row, &a) in free.iter().enumerate() {
            for (column, &b) in free.iter().enumerate().take(row + 1) {
                let cosine =
                    product(&self.slopes[a], &self.slopes[b]) / (lengths[row] * lengths[column]);
                let cell = if row == column {
                    1.0 + self.damping
                } else {
                    cosine
                };
                matrix[row * size + column] = cell;
                matrix[column * size + row] = cell;
            }
        }
        let right: Vec<f64> = free
            .iter()
            .zip(&lengths)
            .map(|(&at, length)| down[at] / length)
            .collect();
        let steps = Cholesky::of(&matrix, size)?.solved(&right);
        let steps = steps
            .iter()
            .zip(&lengths)
            .map(|(step, length)| step / length);
        Some(steps.collect())
    }

    /// By how much the step that is tried would lessen the sum, were the model linear.
    fn promise(&self, down: &[f64]) -> f64 {
        let moves: Vec<f64> = self
            .trial
            .iter()
            .zip(&self.numbers)
            .map(|(to, from)| to - from)
            .collect();
        let mut change = vec![0.0; self.residuals.len()];
        for (slope, step) in self.slopes.iter().zip(&moves) {
            for (sum, value) in change.iter_mut().zip(slope) {
                *sum += value * step;
            }
        }
        2.0 * product(&moves, down) - square(&change)
    }
}

pub(super) fn product(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

pub(super) fn square(a: &[f64]) -> f64 {
    product(a, a)
}

#[cfg(test)]
mod tests {
    use super::{Descent, Stop, square};
    use proptest::prelude::*;

    fn ended(
        start: &[f64],
        bounds: &[[f64; 2]],
        residuals: impl Fn(&[f64]) -> Vec<f64>,
    ) -> Descent {
        let mut descent = Descent::new(start.to_vec(), bounds.to_vec());
        while let Some(numbers) = descent.asked() {
            for (number, [low, high]) in numbers.iter().zip(bounds) {
                assert!((low..=high).contains(&number), "{numbers:?}");
            }
            descent.take(Some(residuals(&numbers)));
        }
        descent
    }

    #[test]
    fn a_bent_valley_is_followed_to_its_end() {
        // Rosenbrock 1960.
        let found = ended(&[-1.2, 1.0], &[[-5.0, 5.0]; 2], |x| {
            vec![10.0 * (x[1] - x[0] * x[0]), 1.0 - x[0]]
        });
        assert_eq!(found.stop, Some(Stop::Converged));
        assert!(
            found.numbers.iter().all(|x| (x - 1.0).abs() < 1e-6),
            "{found:?}"
        );
    }

    #[test]
    fn a_bound_in_the_way_holds() {
        let found = ended(&[0.0, 0.0], &[[-1.0, 0.5], [-9.0, 9.0]], |x| {
            vec![x[0] - 2.0, x[1] - x[0] - 1.0]
        });
        assert_eq!(found.numbers[0], 0.5);
        assert!((found.numbers[1] - 1.5).abs() < 1e-6, "{found:?}");
    }

    #[test]
    fn where_there_are_no_numbers_the_search_says_so() {
        let mut descent = Descent::new(vec![1.0], vec![[0.0, 2.0]]);
        descent.take(None);
        assert_eq!(descent.stop, Some(Stop::NoNumbers));
        let mut descent = Descent::new(vec![1.0], vec![[0.0, 2.0]]);
        descent.take(Some(vec![f64::NAN]));
        assert_eq!(descent.stop, Some(Stop::NoNumbers));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]

        /// Within bounds, against a walk along each number in turn.
        #[test]
        fn a_linear_model_comes_to_its_least(
            cells in proptest::collection::vec(-3.0..3.0_f64, 18),
            right in proptest::collection::vec(-3.0..3.0_f64, 6),
            edge in 0.1..3.0_f64,
        ) {
            // Six points, three numbers; a part of the identity keeps them apart.
            let cell = |row: usize, at: usize| {
                cells[row * 3 + at] + if row == at { 4.0 } else { 0.0 }
            };
            let residuals = |x: &[f64]| -> Vec<f64> {
                (0..6).map(|row| (0..3).map(|at| cell(row, at) * x[at]).sum::<f64>() - right[row]).collect()
            };
            let bounds = [[-edge, edge]; 3];
            let found = ended(&[0.0; 3], &bounds, residuals);
            let mut x = [0.0; 3];
            for _ in 0..3_000 {
                for at in 0..3 {
                    let left = residuals(&x);
                    let column: Vec<f64> = (0..6).map(|row| cell(row, at)).collect();
                    let down: f64 = column.iter().zip(&left).map(|(a, b)| -a * b).sum();
                    x[at] = (x[at] + down / square(&column)).clamp(-edge, edge);
                }
            }
            let least = square(&residuals(&x));
            prop_assert!(found.sum <= least + 1e-7 * (1.0 + least), "{} {}", found.sum, least);
            prop_assert_eq!(found.stop, Some(Stop::Converged));
        }
    }
}
