//! A run of a compiled model, a budget at a time.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::causal::Progress;

use super::compile::{Compiled, state_slot};

use super::lower::{Clock, Input};
use super::machine::Machine;
use super::random::Series;
use super::results::{NonFinite, Results};
use super::settled::set_clock;
use super::source::Method;
use super::wasm::{Engine, Session};
use crate::equation::{Dialect, Fault, Problem};

/// The most values that all delays of whole steps hold together.
const MOST_DELAYED: usize = 50_000_000;
/// The most numbers of a result.
const MOST_NUMBERS: u64 = 200_000_000;

/// A run. It borrows nothing, so it can be held from one call to the next, or dropped at any time.
#[derive(Debug)]
pub struct Run {
    model: Arc<Compiled>,
    machine: Machine,
    series: Vec<Series>,
    pipes: Vec<VecDeque<f64>>,
    /// The step that comes next; one above the last where the run is done.
    next: u64,
    results: Results,
    /// Room for stocks at the start of a step, and for slopes.
    begin: Vec<f64>,
    slopes: [Vec<f64>; 4],
    kept: Vec<f64>,
    /// What does the steps in the place of the interpreter; all else here then stays as at the start.
    module: Option<Session>,
    rows: Rows,
}

/// What becomes of the rows of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rows {
    /// All are kept until the run is done.
    Kept,
    /// Somebody takes them now and then.
    Taken,
}

impl Run {
    /// A run at its start, with the values of all stocks. Free variables have the numbers that the
    /// text or the settings say.
    ///
    /// # Errors
    /// A delay is longer than can be held, the results are too many, or a free variable has no
    /// number.
    pub fn new(model: Arc<Compiled>) -> Result<Self, Fault> {
        Self::with_own(model, Rows::Kept)
    }

    /// As [`Run::new`], of a run whose rows are taken now and then ([`Run::take_rows`]): they may be
    /// more in all than can be held.
    pub(super) fn taken(model: Arc<Compiled>) -> Result<Self, Fault> {
        Self::with_own(model, Rows::Taken)
    }

    fn with_own(model: Arc<Compiled>, rows: Rows) -> Result<Self, Fault> {
        if let Some(input) = model.inputs.iter().find(|input| input.own.is_none()) {
            let fault = Fault::whole(Problem::NoInput);
            let name = model.free.get(input.free as usize);
            return Err(name.map_or(fault.clone(), |name| fault.of(name.as_str())));
        }
        let own = |input: &Input| input.own.unwrap_or(f64::NAN);
        let inputs: Vec<f64> = model.inputs.iter().map(own).collect();
        Self::begun(model, &inputs, rows)
    }

    /// A run at its start with a number for each free variable, in the order of
    /// [`Compiled::free`]. All elements of an array get its number. The run is the same, to the
    /// last bit, as one of the model compiled with these numbers as
    /// [`Settings::values`](super::Settings::values).
    ///
    /// # Errors
    /// As [`Run::new`], or there are not as many numbers as free variables.
    pub fn with(model: Arc<Compiled>, numbers: &[f64]) -> Result<Self, Fault> {
        if numbers.len() != model.free.len() {
            return Err(Fault::whole(Problem::InputCount {
                wanted: model.free.len(),
                given: numbers.len(),
            }));
        }
        let inputs = model
            .inputs
            .iter()
            .map(|input| numbers[input.free as usize]);
        let inputs: Vec<f64> = inputs.collect();
        Self::begun(model, &inputs, Rows::Kept)
    }

    fn begun(model: Arc<Compiled>, inputs: &[f64], rows: Rows) -> Result<Self, Fault> {
        let grid = model.grid;
        let count = grid.steps / grid.save_every + 2;
        let numbers = count.saturating_mul(model.columns.len() as u64 + 1);
        if rows == Rows::Kept && numbers > MOST_NUMBERS {
            let message = "the run would give more numbers than can be held".to_owned();
            return Err(Fault::whole(Problem::TooLarge(message)));
        }
        let mut series = model.series();
        let mut machine = Machine::new(&model.start, model.draws.len());
        set_clock(&mut machine, &grid);
        let first_input = model.first_input();
        machine.slots[first_input..][..inputs.len()].copy_from_slice(inputs);
        machine.run(
            &model.start,
            model.start.constants(),
            &model.tables,
            &mut series,
        );
        let started = machine;
        let mut machine = Machine::new(&model.step, model.draws.len());
        set_clock(&mut machine, &grid);
        machine.slots[first_input..][..inputs.len()].copy_from_slice(inputs);
        for (index, state) in model.states.iter().enumerate() {
            machine.slots[state_slot(index)] = started.at(state.initial);
        }
        let mut at = state_slot(model.states.len());
        for held in &model.helds {
            machine.slots[at] = started.at(held.initial);
            at += 1;
        }
        let mut pipes = Vec::new();
        let mut delayed = 0_usize;
        for pipe in &model.pipes {
            let initial = started.at(pipe.initial);
            // To the nearest whole number of steps, half of one up, and one at least.
            let length = (started.at(pipe.time) / grid.step + 0.5).floor().max(1.0);
            let length = length as usize;
            delayed = delayed.saturating_add(length);
            if delayed > MOST_DELAYED {
                let message = "a delay is longer than can be held".to_owned();
                return Err(Fault::whole(Problem::TooLarge(message)));
            }
            pipes.push(VecDeque::from(vec![initial; length]));
            machine.slots[at] = initial;
            at += 1;
        }
        let mut run = Self {
            results: Results::new(Arc::clone(&model.names)),
            begin: vec![0.0; model.states.len()],
            slopes: std::array::from_fn(|_| vec![0.0; model.states.len()]),
            kept: Vec::new(),
            module: None,
            rows,
            model,
            machine,
            series,
            pipes,
            next: 0,
        };
        // The start drew for the first step: the same numbers again.
        run.series = run.model.series();
        let constants = run.model.step.constants();
        run.machine.run(
            &run.model.step,
            constants,
            &run.model.tables,
            &mut run.series,
        );
        Ok(run)
    }

    /// A run at its start, which a module of WebAssembly does where that is quicker and the engine
    /// can. It gives the same bits.
    ///
    /// # Errors
    /// As for [`Run::new`].
    pub fn with_engine(model: Arc<Compiled>, engine: &dyn Engine) -> Result<Self, Fault> {
        Ok(Self::new(model)?.on(engine))
    }

    /// The same run at its start, on an engine where that is quicker and the engine can.
    #[must_use]
    pub fn on(mut self, engine: &dyn Engine) -> Self {
        let initial =
            |pipe: &VecDeque<f64>| (pipe.front().copied().unwrap_or(f64::NAN), pipe.len());
        let pipes: Vec<(f64, usize)> = self.pipes.iter().map(initial).collect();
        let work = self.cost().saturating_mul(self.model.grid.steps + 1);
        self.module = Session::new(&self.model, engine, &self.machine.slots, &pipes, work);
        self
    }

    /// Whether a module does the steps.
    #[must_use]
    pub const fn has_module(&self) -> bool {
        self.module.is_some()
    }

    /// The bytes of the module that does the steps.
    #[must_use]
    pub fn module_bytes(&self) -> Option<&[u8]> {
        self.module.as_ref().map(Session::bytes)
    }

    /// How many instructions a step is.
    fn cost(&self) -> u64 {
        let stages = match self.model.method {
            Method::Euler => 1,
            Method::Rk2 => 2,
            Method::Rk4 => 4,
        };
        (self.model.instructions() as u64 * stages).max(1)
    }

    /// Has the module do steps up to one, which it does not do. Where it cannot go on, the
    /// interpreter begins anew.
    fn advance_module(&mut self, to: u64) {
        let Some(module) = &mut self.module else {
            return;
        };
        if self.next == 0 && self.rows == Rows::Kept {
            let rows = self.model.grid.steps / self.model.grid.save_every + 2;
            self.results.reserve(usize::try_from(rows).unwrap_or(0));
        }
        let row = self.results.times().len();
        if let Ok(next) = module.advance(&self.model, self.next, to, &mut self.results) {
            self.next = next;
            for row in row..self.results.times().len() {
                self.look_for_non_finite(row);
            }
        } else {
            self.results.clear();
            self.next = 0;
            self.module = None;
        }
    }

    /// Runs on for about so many instructions, and at least to the end of the step it is in. A
    /// budget of zero does nothing.
    pub fn advance(&mut self, budget: u64) -> Progress {
        let mut left = budget;
        self.spend(&mut left)
    }

    /// As [`Run::advance`], and says what is left of the budget.
    pub(super) fn spend(&mut self, left: &mut u64) -> Progress {
        let cost = self.cost();
        let end = self.model.grid.steps.saturating_add(1);
        let to = self.next.saturating_add(left.div_ceil(cost)).min(end);
        while self.module.is_some() && self.next < to {
            let before = self.next;
            self.advance_module(to);
            let done = self.next.saturating_sub(before);
            *left = left.saturating_sub(done.saturating_mul(cost));
        }
        while *left > 0 && self.next <= self.model.grid.steps {
            self.step();
            *left = left.saturating_sub(cost);
        }
        if self.next > self.model.grid.steps {
            Progress::Finished
        } else {
            Progress::Unfinished
        }
    }

    /// The step that comes next; none where the last time was reached.
    pub(super) fn next_step(&self) -> Option<u64> {
        (self.next <= self.model.grid.steps).then_some(self.next)
    }

    /// Takes the rows that were saved since they were taken last, of a run that saves every step; with
    /// the step of the first. Where a module could not go on, those from step 0 on come again.
    pub(super) fn take_rows(&mut self) -> (u64, Results) {
        let rows = self.results.take();
        let first = self.next.saturating_sub(rows.times().len() as u64);
        (first, rows)
    }

    /// What was saved so far.
    #[must_use]
    pub const fn results(&self) -> &Results {
        &self.results
    }

    /// What was saved, and nothing else of the run.
    #[must_use]
    pub fn into_results(self) -> Results {
        self.results
    }

    /// The share of the steps that are done, from 0 to 1.
    #[must_use]
    pub fn share_done(&self) -> f64 {
        self.next as f64 / (self.model.grid.steps + 1) as f64
    }

    /// Computes everything at a time, with the stocks that are in their slots.
    fn evaluate(&mut self, time: f64) {
        let program = &self.model.step;
        self.machine.slots[Clock::Time as usize] = time;
        let tables = &self.model.tables;
        self.machine
            .run(program, program.of_time(), tables, &mut self.series);
        self.machine
            .run(program, program.rest(), tables, &mut self.series);
    }

    /// Computes and saves the row of the step that is next, then carries the stocks over it.
    fn step(&mut self) {
        self.settle();
        self.carry_on();
    }

    /// Computes the row of the step that is next, and saves it if it is due.
    fn settle(&mut self) {
        let grid = self.model.grid;
        let time = grid.time(self.next);
        self.machine.step = self.next;
        let number = self.next as f64;
        self.machine.slots[Clock::StepNumber as usize] = number;
        self.machine.slots[Clock::StepTime as usize] = time;
        self.evaluate(time);
        if grid.is_saved(self.next) {
            self.save(time);
        }
    }

    /// Carries what is kept from step to step over the one that was computed.
    fn carry_on(&mut self) {
        let model = Arc::clone(&self.model);
        let grid = model.grid;
        let time = grid.time(self.next);
        self.next += 1;
        if self.next > grid.steps {
            return;
        }
        // What is kept changes at whole steps, by what it was at their start.
        self.kept.clear();
        for held in &model.helds {
            let value = held.next.map_or(0.0, |next| self.machine.at(next));
            self.kept.push(value);
        }
        for (pipe, slots) in self.pipes.iter_mut().zip(&model.pipes) {
            pipe.pop_front();
            pipe.push_back(self.machine.at(slots.input));
        }
        self.carry(time, grid.step);
        let mut at = state_slot(model.states.len());
        for (held, value) in model.helds.iter().zip(&self.kept) {
            if held.next.is_some() {
                self.machine.slots[at] = *value;
            }
            at += 1;
        }
        for pipe in &self.pipes {
            // A delay has at least one step.
            self.machine.slots[at] = pipe.front().copied().unwrap_or(f64::NAN);
            at += 1;
        }
    }

    fn keep_slopes(&mut self, stage: usize) {
        for (slope, state) in self.slopes[stage].iter_mut().zip(&self.model.states) {
            *slope = self.machine.at(state.slope);
        }
    }

    /// Sets the stocks to what they were at the start of the step, and so much on.
    fn set_stocks(&mut self, on: impl Fn(&[Vec<f64>; 4], usize) -> f64) {
        for index in 0..self.begin.len() {
            self.machine.slots[state_slot(index)] = self.begin[index] + on(&self.slopes, index);
        }
    }

    /// Carries the stocks over a step. Everything was computed at its start.
    fn carry(&mut self, time: f64, step: f64) {
        let first = state_slot(0);
        let count = self.begin.len();
        self.begin
            .copy_from_slice(&self.machine.slots[first..first + count]);
        self.keep_slopes(0);
        match (self.model.method, self.model.dialect) {
            (Method::Euler, _) => self.set_stocks(|slopes, at| step * slopes[0][at]),
            (Method::Rk2, Dialect::Vensim) => {
                self.set_stocks(|slopes, at| step / 2.0 * slopes[0][at]);
                self.evaluate(time + step / 2.0);
                self.keep_slopes(1);
                self.set_stocks(|slopes, at| step * slopes[1][at]);
            }
            (Method::Rk2, Dialect::Xmile) => {
                self.set_stocks(|slopes, at| step * slopes[0][at]);
                self.evaluate(time + step);
                self.keep_slopes(1);
                self.set_stocks(|slopes, at| step * ((slopes[0][at] + slopes[1][at]) / 2.0));
            }
            (Method::Rk4, _) => {
                for (stage, part) in [(1, step / 2.0), (2, step / 2.0), (3, step)] {
                    self.set_stocks(|slopes, at| part * slopes[stage - 1][at]);
                    self.evaluate(time + part);
                    self.keep_slopes(stage);
                }
                self.set_stocks(|[a, b, c, d], at| {
                    step / 6.0 * (a[at] + 2.0 * b[at] + 2.0 * c[at] + d[at])
                });
            }
        }
        for (index, state) in self.model.states.iter().enumerate() {
            let slot = &mut self.machine.slots[state_slot(index)];
            if state.is_non_negative && *slot < 0.0 {
                *slot = 0.0;
            }
        }
    }

    fn save(&mut self, time: f64) {
        let model = &self.model;
        let values = model
            .columns
            .iter()
            .map(|column| self.machine.at(column.slot));
        self.results.push(time, values);
        self.look_for_non_finite(self.results.times().len() - 1);
    }

    /// Notes the first value of a row that is no finite number, if there was none before.
    fn look_for_non_finite(&mut self, row: usize) {
        let values = self.results.row(row);
        if self.results.non_finite().is_some() || are_finite(values) {
            return;
        }
        let mut computed = self.model.computed.iter().map(|column| *column as usize);
        if let Some(first) = computed.find(|column| !values[*column].is_finite()) {
            self.results.set_non_finite(NonFinite {
                variable: self.model.columns[first].name.clone(),
                time: self.results.times()[row],
            });
        }
    }
}

/// Whether all are finite numbers. No branch for each of them: rows have thousands, and mostly are.
fn are_finite(values: &[f64]) -> bool {
    const EXPONENT: u64 = 0x7ff0_0000_0000_0000;
    // Only an exponent of ones, one more, reaches the sign.
    let carried = |value: &f64| (value.to_bits() & EXPONENT) + (1 << 52);
    values.iter().map(carried).fold(0, |seen, one| seen | one) >> 63 == 0
}

#[cfg(test)]
mod tests {
    use super::are_finite;

    #[test]
    fn what_is_not_finite_is_found() {
        let finite = [
            0.0,
            -0.0,
            f64::MAX,
            f64::MIN,
            f64::MIN_POSITIVE,
            1e-320,
            -3.5,
        ];
        assert!(are_finite(&finite) && are_finite(&[]));
        for wrong in [f64::NAN, -f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            let mut values = finite;
            values[3] = wrong;
            assert!(!are_finite(&values));
        }
    }
}
