//! A run beside the same with half the step: what hangs on the step, and how much.

use std::sync::Arc;

use crate::causal::Progress;
use crate::equation::{Dialect, Expr, Fault, Name, Span};
use crate::simulate::compile::{Compiled, Settings, compile};
use crate::simulate::results::Results;
use crate::simulate::run::Run;
use crate::simulate::source::Source;
use crate::simulate::wasm::Engine;

/// A run and the same with half the step, a budget at a time.
#[derive(Debug)]
pub struct HalfStep {
    runs: [Run; 2],
    steps: [f64; 2],
    has_random_numbers: bool,
}

/// How far a column moves when the step is halved.
#[derive(Clone, Debug, PartialEq)]
pub struct Moved {
    /// The column.
    pub name: String,
    /// The largest distance between the two runs, in the units of the column.
    pub distance: f64,
    /// The saved time at which it is.
    pub time: f64,
    /// The range of the column over the run with the whole step, in its units.
    pub range: f64,
    /// The distance as a part of the range; none where the column has no range.
    pub share: Option<f64>,
}

/// What halving the step does.
#[derive(Clone, Debug, PartialEq)]
pub struct StepReport {
    /// The whole step and the half one, in units of time.
    pub steps: [f64; 2],
    /// All columns that move, what moves most first; those without a range come before them.
    pub moved: Vec<Moved>,
    /// How many columns are the same in both runs, to the last bit.
    pub same: usize,
    /// Columns with a value that is no finite number in one of the runs: nothing is said of them.
    pub unknown: Vec<String>,
    /// Whether the model draws random numbers. It draws them once in a step, so the two runs have
    /// others, and what hangs on them moves whatever the step is.
    pub has_random_numbers: bool,
}

impl HalfStep {
    /// Both runs at their start.
    ///
    /// # Errors
    /// The model cannot run, or not with half its step.
    pub fn new(source: &Source, settings: &Settings) -> Result<Self, Vec<Fault>> {
        let whole = compile(source, settings)?;
        let (source, settings) = halved(source, settings, &whole);
        let half = compile(&source, &settings)?;
        if whole.names != half.names {
            // The order of a delay can be made with one of the steps alone.
            let refused = [&whole.refused, &half.refused];
            return Err(refused.into_iter().flatten().cloned().collect());
        }
        let steps = [whole.grid().step, half.grid().step];
        let has_random_numbers = !whole.draws.is_empty();
        let run = |model: Compiled| Run::new(Arc::new(model)).map_err(|fault| vec![fault]);
        Ok(Self {
            runs: [run(whole)?, run(half)?],
            steps,
            has_random_numbers,
        })
    }

    /// The same runs, on an engine where that is quicker and the engine can. It gives the same bits.
    #[must_use]
    pub fn on(mut self, engine: &dyn Engine) -> Self {
        self.runs = self.runs.map(|run| run.on(engine));
        self
    }

    /// Runs on for about so many instructions. A budget of zero does nothing.
    pub fn advance(&mut self, budget: u64) -> Progress {
        let mut left = budget;
        for run in &mut self.runs {
            if run.spend(&mut left) == Progress::Unfinished {
                return Progress::Unfinished;
            }
        }
        Progress::Finished
    }

    /// What halving the step does; none before both runs are done.
    #[must_use]
    pub fn into_report(self) -> Option<StepReport> {
        if self.runs.iter().any(|run| run.next_step().is_some()) {
            return None;
        }
        let [whole, half] = self.runs.map(Run::into_results);
        let mut report = StepReport {
            steps: self.steps,
            moved: Vec::new(),
            same: 0,
            unknown: Vec::new(),
            has_random_numbers: self.has_random_numbers,
        };
        for column in 0..whole.names().len() {
            compare(&whole, &half, column, &mut report);
        }
        let share = |moved: &Moved| moved.share.unwrap_or(f64::INFINITY);
        report.moved.sort_by(|a, b| share(b).total_cmp(&share(a)));
        Some(report)
    }
}

fn compare(whole: &Results, half: &Results, column: usize, report: &mut StepReport) {
    let name = whole.names()[column].clone();
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    let (mut distance, mut time) = (0.0, 0.0);
    let pairs = whole.column(column).zip(half.column(column));
    for (&at, (a, b)) in whole.times().iter().zip(pairs) {
        if !a.is_finite() || !b.is_finite() {
            report.unknown.push(name);
            return;
        }
        low = low.min(a);
        high = high.max(a);
        if (a - b).abs() > distance {
            (distance, time) = ((a - b).abs(), at);
        }
    }
    if distance == 0.0 {
        report.same += 1;
        return;
    }
    let range = high - low;
    report.moved.push(Moved {
        name,
        distance,
        time,
        range,
        share: (range > 0.0).then(|| distance / range),
    });
}

/// The same model with half the step, saved at the same times.
fn halved(source: &Source, settings: &Settings, whole: &Compiled) -> (Source, Settings) {
    let grid = whole.grid();
    let (mut source, mut settings) = (source.clone(), settings.clone());
    let number = |value: f64| Expr::number(value, Span::default());
    let save = grid.step * grid.save_every as f64;
    let half = grid.step / 2.0;
    source.times.step = number(grid.per_unit.map_or(half, |count| count * 2.0));
    source.times.save = Some(number(save));
    if source.dialect == Dialect::Vensim {
        // Equations may use these too.
        for (name, value) in [("TIME STEP", half), ("SAVEPER", save)] {
            let name = Name::new(name);
            let root = source.models.first();
            let is_there =
                root.is_some_and(|root| root.variables.iter().any(|one| one.key == name));
            settings.free.retain(|free| *free != name);
            settings.values.retain(|(set, _)| *set != name);
            if is_there {
                settings.values.push((name, value));
            }
        }
    }
    (source, settings)
}
