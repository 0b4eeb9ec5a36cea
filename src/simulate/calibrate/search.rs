//! A calibration: searches from several starts, then what the best of them says, a budget at a time.

use std::rc::Rc;
use std::sync::Arc;

use super::data::{CalibrationError, Observed, Sought, Targets, check};
use super::descent::{Descent, Side, Stop, nudged};
use super::fit::{Attempt, Fit, Slopes};
use crate::causal::Progress;
use crate::equation::{Fault, Problem, Settled};
use crate::simulate::compile::Settings;
use crate::simulate::repeat::Repeat;
use crate::simulate::run::Run;
use crate::simulate::sensitivity::latin;
use crate::simulate::source::Source;
use crate::simulate::wasm::Engine;

/// The most searches.
const MOST_STARTS: usize = 1_000;

/// From how many places the search begins. The first is where the sought numbers say, the others
/// are a Latin hypercube between their bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Starts {
    /// How many.
    pub count: usize,
    /// The same seed gives the same places.
    pub seed: u64,
}

/// The search for numbers with which a model comes nearest to what was observed: the least sum of
/// squares, by Levenberg and Marquardt. It borrows nothing, so it can be held from one call to the
/// next, or dropped at any time.
#[derive(Debug)]
pub struct Calibration {
    model: Repeat,
    sought: Vec<Sought>,
    targets: Targets,
    starts: Vec<Vec<f64>>,
    attempts: Vec<Attempt>,
    descent: Option<Descent>,
    /// The runs that are made around the best numbers at the end, and what they gave.
    around: Option<Around>,
    run: Option<Run>,
    runs: usize,
    trouble: Option<Fault>,
    is_cut_off: bool,
}

/// Runs around the best numbers: first with these, then with each moved to either side.
#[derive(Debug)]
struct Around {
    numbers: Vec<(Option<usize>, Vec<f64>)>,
    /// What the model has at all points in each run that is done; none where it has no finite
    /// numbers.
    computed: Vec<Option<Vec<f64>>>,
}

impl Around {
    fn new(best: &[f64], sought: &[Sought]) -> Self {
        let mut numbers = vec![(None, best.to_vec())];
        for (at, one) in sought.iter().enumerate() {
            for side in [Side::Up, Side::Down] {
                if let Some(moved) = nudged(best[at], [one.low, one.high], side) {
                    let mut there = best.to_vec();
                    there[at] = moved;
                    numbers.push((Some(at), there));
                }
            }
        }
        Self {
            numbers,
            computed: Vec::new(),
        }
    }

    /// For each number the slope of what is left at each point, over as wide a way as there is.
    fn slopes(&self, targets: &Targets, count: usize) -> Slopes {
        let all = || self.numbers.iter().zip(&self.computed);
        let slopes = (0..count).map(|at| {
            let mut there = all().filter(|((moved, _), computed)| {
                computed.is_some() && moved.is_none_or(|moved| moved == at)
            });
            // With both sides the middle is left out.
            let base = there.next()?;
            let first = there.next()?;
            let second = there.next().unwrap_or(base);
            let width = first.0.1[at] - second.0.1[at];
            let [a, b] = [first, second].map(|one| {
                let computed = one.1.as_deref().unwrap_or_default();
                targets.residuals(computed)
            });
            Some(a.iter().zip(&b).map(|(a, b)| (a - b) / width).collect())
        });
        slopes.collect()
    }
}

impl Calibration {
    /// A calibration at its start: it compiles the model.
    ///
    /// # Errors
    /// The model cannot run, or what is sought, the data or the starts make no sense.
    pub fn new(
        source: Arc<Source>,
        settings: &Settings,
        sought: Vec<Sought>,
        observed: &[Observed],
        starts: Starts,
    ) -> Result<Self, CalibrationError> {
        check(&sought)?;
        if starts.count == 0 || starts.count > MOST_STARTS {
            return Err(CalibrationError::StartCount(starts.count));
        }
        let names = sought.iter().map(|one| one.name.clone()).collect();
        let model = Repeat::new(source, settings, names).map_err(refused)?;
        let compiled = model.compiled();
        let targets = Targets::new(observed, compiled, compiled.grid())?;
        Ok(Self {
            starts: places(&sought, starts),
            model,
            sought,
            targets,
            attempts: Vec::new(),
            descent: None,
            around: None,
            run: None,
            runs: 0,
            trouble: None,
            is_cut_off: false,
        })
    }

    /// The same search, whose runs are on an engine where that is quicker and the engine can. It
    /// gives the same bits.
    #[must_use]
    pub fn on(mut self, engine: Rc<dyn Engine>) -> Self {
        self.model.set_engine(engine);
        self
    }

    /// Searches on for about so many instructions. A budget of zero does nothing.
    pub fn advance(&mut self, budget: u64) -> Progress {
        let mut left = budget;
        while left > 0 {
            if self.is_done() {
                return Progress::Finished;
            }
            if self.around.is_some() {
                self.look_around(&mut left);
            } else {
                self.search(&mut left);
            }
        }
        if self.is_done() {
            Progress::Finished
        } else {
            Progress::Unfinished
        }
    }

    /// Ends the searches. The best numbers so far are still to be looked at.
    pub fn cut_off(&mut self) {
        if self.around.is_some() || self.is_searched() {
            return;
        }
        self.is_cut_off = true;
        self.run = None;
        if let Some(mut descent) = self.descent.take() {
            descent.stop = Some(Stop::CutOff);
            self.end(descent);
        }
        self.finish_searching();
    }

    fn is_searched(&self) -> bool {
        self.is_cut_off || self.attempts.len() >= self.starts.len()
    }

    fn is_done(&self) -> bool {
        match &self.around {
            Some(around) => around.computed.len() >= around.numbers.len(),
            // No search came to finite numbers.
            None => self.is_searched(),
        }
    }

    fn search(&mut self, left: &mut u64) {
        let start = self.attempts.len();
        let mut descent = match self.descent.take() {
            Some(descent) => descent,
            None => {
                let bounds = self.sought.iter().map(|one| [one.low, one.high]);
                Descent::new(self.starts[start].clone(), bounds.collect())
            }
        };
        match descent.asked() {
            Some(numbers) => {
                if let Some(computed) = self.compute(&numbers, left) {
                    descent.take(computed.map(|computed| self.targets.residuals(&computed)));
                }
                self.descent = Some(descent);
            }
            None => self.end(descent),
        }
    }

    fn end(&mut self, descent: Descent) {
        let start = self.starts.get(self.attempts.len());
        self.attempts.push(Attempt {
            start: start.cloned().unwrap_or_default(),
            sum: descent.sum.is_finite().then_some(descent.sum),
            numbers: descent.numbers,
            stop: descent.stop.unwrap_or(Stop::CutOff),
        });
        if self.is_searched() {
            self.finish_searching();
        }
    }

    fn finish_searching(&mut self) {
        if let Some(best) = self.best() {
            self.around = Some(Around::new(&best.numbers, &self.sought));
        }
    }

    /// The attempt with the least sum; of equals the first.
    fn best(&self) -> Option<&Attempt> {
        let known = self.attempts.iter().filter(|one| one.sum.is_some());
        known.min_by(|a, b| {
            let sum = |one: &Attempt| one.sum.unwrap_or(f64::INFINITY);
            sum(a).total_cmp(&sum(b))
        })
    }

    fn look_around(&mut self, left: &mut u64) {
        let Some(mut around) = self.around.take() else {
            return;
        };
        let next = around.numbers.get(around.computed.len());
        if let Some((_, numbers)) = next
            && let Some(computed) = self.compute(numbers, left)
        {
            let is_finite = |all: &Vec<f64>| all.iter().all(|one| one.is_finite());
            around.computed.push(computed.filter(is_finite));
        }
        self.around = Some(around);
    }

    /// Runs on with some numbers. Gives what the model has at all points when the run is done, and
    /// within that nothing where the run could not be made.
    fn compute(&mut self, numbers: &[f64], left: &mut u64) -> Option<Option<Vec<f64>>> {
        let mut run = match self.run.take() {
            Some(run) => run,
            None => {
                self.runs += 1;
                *left = left.saturating_sub(self.model.cost());
                match self.model.run(numbers) {
                    Ok(run) => run,
                    Err(fault) => {
                        self.trouble = Some(fault);
                        return Some(None);
                    }
                }
            }
        };
        if run.spend(left) == Progress::Unfinished {
            self.run = Some(run);
            return None;
        }
        let work = self.targets.count() as u64 * self.sought.len() as u64;
        *left = left.saturating_sub(work);
        Some(Some(self.targets.computed(run.results())))
    }

    /// How many runs were begun.
    #[must_use]
    pub const fn runs(&self) -> usize {
        self.runs
    }

    /// The searches that have ended.
    #[must_use]
    pub fn attempts(&self) -> &[Attempt] {
        &self.attempts
    }

    /// Why the last run could not be made that could not; none where all could.
    #[must_use]
    pub const fn trouble(&self) -> Option<&Fault> {
        self.trouble.as_ref()
    }

    /// The least sum of squares so far, over all searches.
    #[must_use]
    pub fn least(&self) -> Option<f64> {
        let ended = self.best().and_then(|best| best.sum);
        let now = self.descent.as_ref().map(|descent| descent.sum);
        let now = now.filter(|sum| sum.is_finite());
        match (ended, now) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        }
    }

    /// What was found. None before all is done, and where no search came to finite numbers.
    #[must_use]
    pub fn into_fit(self) -> Option<Fit> {
        if !self.is_done() {
            return None;
        }
        let best = self.best()?.clone();
        let around = self.around?;
        let slopes = around.slopes(&self.targets, self.sought.len());
        let computed = around.computed.into_iter().next()??;
        Some(Fit::new(
            &self.sought,
            &self.targets,
            &best,
            &computed,
            &slopes,
            self.attempts,
        ))
    }
}

/// What cannot be compiled: the times by themselves, all else as it is.
fn refused(faults: Vec<Fault>) -> CalibrationError {
    let times = faults.iter().find_map(|fault| match &fault.problem {
        Problem::Steers {
            by,
            what: Settled::Times(_),
        } => Some(by.clone()),
        _ => None,
    });
    times.map_or(CalibrationError::Model(faults), CalibrationError::Times)
}

/// Where the searches begin.
fn places(sought: &[Sought], starts: Starts) -> Vec<Vec<f64>> {
    let middle = |one: &Sought| one.low + (one.high - one.low) / 2.0;
    let first = sought
        .iter()
        .map(|one| one.start.unwrap_or_else(|| middle(one)));
    let mut places = vec![first.collect()];
    let shares = latin(sought.len(), starts.count - 1, starts.seed);
    for row in shares.chunks_exact(sought.len()) {
        let numbers = row.iter().zip(sought);
        let numbers = numbers.map(|(share, one)| one.low + share * (one.high - one.low));
        places.push(numbers.collect());
    }
    places
}
