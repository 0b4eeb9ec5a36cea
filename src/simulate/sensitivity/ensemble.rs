//! A series of runs, a budget at a time, and what its results spread to.

use std::rc::Rc;
use std::sync::Arc;

use thiserror::Error;

use super::range::Parameter;
use super::rank::{Ranking, ranking};
use super::sample::{Plan, Sample, SampleError, sample};
use crate::causal::Progress;
use crate::equation::{Fault, Name, Problem, Settled};
use crate::simulate::compile::Settings;
use crate::simulate::repeat::Repeat;
use crate::simulate::results::Results;
use crate::simulate::run::Run;
use crate::simulate::source::Source;
use crate::simulate::wasm::Engine;

/// The most values that are kept: 160 MB.
const MOST_VALUES: usize = 20_000_000;
/// The percentiles of a band, as shares of the runs.
pub const PERCENTILES: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];

/// Why there is no series of runs.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum EnsembleError {
    /// The parameters or their ranges make no sense.
    #[error(transparent)]
    Sample(#[from] SampleError),
    /// The model cannot run.
    #[error("{}", .0.first().map_or_else(String::new, ToString::to_string))]
    Model(Vec<Fault>),
    /// Parameters that change the times of a run: its values could not be put side by side.
    #[error(
        "{} changes the times of a run, so its runs cannot be put side by side",
        .0.iter().map(|name| format!("“{name}”")).collect::<Vec<_>>().join(" and ")
    )]
    Times(Vec<Name>),
    /// An output that the model does not have.
    #[error("there is no “{0}” among the results")]
    UnknownOutput(String),
    /// No output was chosen.
    #[error("no output was chosen")]
    NoOutputs,
    /// More values than are kept.
    #[error(
        "{outputs} outputs at {times} saved times in {runs} runs are more than {MOST_VALUES} \
         values: choose fewer outputs, fewer runs, or a longer interval of saving"
    )]
    TooLarge {
        /// How many outputs.
        outputs: usize,
        /// How many saved times.
        times: u64,
        /// How many runs.
        runs: usize,
    },
}

impl EnsembleError {
    /// What cannot be compiled: the times by themselves, all else as it is.
    pub(in crate::simulate) fn of(faults: Vec<Fault>) -> Self {
        let times = faults.iter().find_map(|fault| match &fault.problem {
            Problem::Steers {
                by,
                what: Settled::Times(_),
            } => Some(by.clone()),
            _ => None,
        });
        times.map_or(Self::Model(faults), Self::Times)
    }
}

/// A run that could not be made, such as one with a delay longer than can be held. Its values are
/// not known.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    /// Which run, from 0.
    pub run: usize,
    /// Why.
    pub fault: Fault,
}

/// What the values of an output at one time spread to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// The time.
    pub time: f64,
    /// How many runs have a finite value at that time. Others are not counted.
    pub count: usize,
    /// The [`PERCENTILES`] of these values, in their units; none where there are no values.
    pub percentiles: Option<[f64; 5]>,
}

/// What one number is made of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measured {
    /// The value at the last time.
    Last,
    /// The mean of the values at all saved times.
    Mean,
}

/// A series of runs with numbers from the ranges of parameters. It borrows nothing, so it can be
/// held from one call to the next, or dropped at any time. What is done can be looked at meanwhile.
#[derive(Debug)]
pub struct Ensemble {
    model: Repeat,
    parameters: Vec<Name>,
    sample: Sample,
    /// Names and columns of the outputs.
    outputs: Vec<(String, usize)>,
    times: Vec<f64>,
    /// For each output, run after run, its values at all times.
    values: Vec<Vec<f64>>,
    failures: Vec<Failure>,
    run: Option<Run>,
    done: usize,
}

impl Ensemble {
    /// A series at its start: it draws the numbers and compiles the model. Outputs are columns of
    /// a run, by their names, such as `population` or `stock[A]`.
    ///
    /// # Errors
    /// The ranges make no sense, the model cannot run, an output is not there, or the values would
    /// be more than can be kept.
    pub fn new(
        source: Arc<Source>,
        settings: &Settings,
        parameters: &[Parameter],
        plan: Plan,
        outputs: &[String],
    ) -> Result<Self, EnsembleError> {
        let sample = sample(parameters, plan)?;
        let names: Vec<Name> = parameters.iter().map(|one| one.name.clone()).collect();
        let model = Repeat::new(source, settings, names.clone()).map_err(EnsembleError::of)?;
        if outputs.is_empty() {
            return Err(EnsembleError::NoOutputs);
        }
        let columns = model.compiled().columns();
        let outputs = outputs.iter().map(|output| {
            let wanted = Name::new(output);
            let mut known = columns.iter();
            let at = known.position(|column| Name::new(&column.name) == wanted);
            let at = at.ok_or_else(|| EnsembleError::UnknownOutput(output.clone()))?;
            Ok((columns[at].name.clone(), at))
        });
        let outputs = outputs.collect::<Result<Vec<_>, EnsembleError>>()?;
        let grid = model.compiled().grid();
        let times = grid.rows();
        let values = usize::try_from(times)
            .unwrap_or(usize::MAX)
            .saturating_mul(outputs.len())
            .saturating_mul(sample.len());
        if values > MOST_VALUES {
            return Err(EnsembleError::TooLarge {
                outputs: outputs.len(),
                times,
                runs: sample.len(),
            });
        }
        Ok(Self {
            values: vec![Vec::with_capacity(values / outputs.len()); outputs.len()],
            times: grid.saved().map(|step| grid.time(step)).collect(),
            model,
            parameters: names,
            sample,
            outputs,
            failures: Vec::new(),
            run: None,
            done: 0,
        })
    }

    /// The same series, whose runs are on an engine where that is quicker and the engine can. It
    /// gives the same bits.
    #[must_use]
    pub fn on(mut self, engine: Rc<dyn Engine>) -> Self {
        self.model.set_engine(engine);
        self
    }

    /// Runs on for about so many instructions. A budget of zero does nothing.
    pub fn advance(&mut self, budget: u64) -> Progress {
        let mut left = budget;
        while left > 0 && self.done < self.sample.len() {
            let mut run = match self.run.take() {
                Some(run) => run,
                None => match self.begun(&mut left) {
                    Ok(run) => run,
                    Err(fault) => {
                        self.fail(fault);
                        continue;
                    }
                },
            };
            match run.spend(&mut left) {
                Progress::Finished => self.keep(&run.into_results()),
                Progress::Unfinished => self.run = Some(run),
            }
        }
        if self.done < self.sample.len() {
            Progress::Unfinished
        } else {
            Progress::Finished
        }
    }

    fn begun(&self, left: &mut u64) -> Result<Run, Fault> {
        *left = left.saturating_sub(self.model.cost());
        self.model.run(self.sample.row(self.done))
    }

    fn fail(&mut self, fault: Fault) {
        let unknown = std::iter::repeat_n(f64::NAN, self.times.len());
        for values in &mut self.values {
            values.extend(unknown.clone());
        }
        self.failures.push(Failure {
            run: self.done,
            fault,
        });
        self.done += 1;
    }

    fn keep(&mut self, results: &Results) {
        for (values, (_, column)) in self.values.iter_mut().zip(&self.outputs) {
            values.extend(results.column(*column));
        }
        self.done += 1;
    }

    /// The parameters.
    #[must_use]
    pub fn parameters(&self) -> &[Name] {
        &self.parameters
    }

    /// The numbers of the parameters in each run.
    #[must_use]
    pub const fn sample(&self) -> &Sample {
        &self.sample
    }

    /// The names of the outputs, as the model writes them.
    pub fn outputs(&self) -> impl Iterator<Item = &str> {
        self.outputs.iter().map(|(name, _)| name.as_str())
    }

    /// The saved times.
    #[must_use]
    pub fn times(&self) -> &[f64] {
        &self.times
    }

    /// How many runs are done, those that failed too.
    #[must_use]
    pub const fn done(&self) -> usize {
        self.done
    }

    /// The runs that could not be made.
    #[must_use]
    pub fn failures(&self) -> &[Failure] {
        &self.failures
    }

    /// The values of an output in a run that is done, at all saved times: not a number where they
    /// are not known.
    #[must_use]
    pub fn values(&self, output: usize, run: usize) -> &[f64] {
        let all = self.values.get(output).map_or(&[][..], Vec::as_slice);
        let width = self.times.len();
        all.get(run * width..(run + 1) * width).unwrap_or_default()
    }

    /// What an output spreads to at a saved time, by its index, over the runs that are done. It
    /// sorts their values.
    #[must_use]
    pub fn band(&self, output: usize, row: usize) -> Option<Band> {
        let time = *self.times.get(row)?;
        let rows = self.values.get(output)?.chunks_exact(self.times.len());
        let mut values: Vec<f64> = rows
            .map(|values| values[row])
            .filter(|value| value.is_finite())
            .collect();
        values.sort_unstable_by(f64::total_cmp);
        let percentiles =
            (!values.is_empty()).then(|| PERCENTILES.map(|share| percentile(&values, share)));
        Some(Band {
            time,
            count: values.len(),
            percentiles,
        })
    }

    /// The bands of an output at all saved times.
    #[must_use]
    pub fn bands(&self, output: usize) -> Vec<Band> {
        let rows = 0..self.times.len();
        rows.filter_map(|row| self.band(output, row)).collect()
    }

    /// Which parameters an output hangs on most, over the runs that are done.
    #[must_use]
    pub fn ranking(&self, output: usize, measured: Measured) -> Ranking {
        let mut result = Vec::new();
        let mut columns = vec![Vec::new(); self.parameters.len()];
        for run in 0..self.done {
            let values = self.values(output, run);
            let one = match measured {
                Measured::Last => values.last().copied().unwrap_or(f64::NAN),
                Measured::Mean => values.iter().sum::<f64>() / values.len() as f64,
            };
            if one.is_finite() {
                result.push(one);
                for (column, number) in columns.iter_mut().zip(self.sample.row(run)) {
                    column.push(*number);
                }
            }
        }
        ranking(&self.parameters, &columns, &result)
    }
}

/// A percentile of sorted values: straight between the two at either side of (n - 1) · share, the
/// seventh way of Hyndman & Fan (1996).
fn percentile(sorted: &[f64], share: f64) -> f64 {
    let place = (sorted.len() - 1) as f64 * share;
    let low = place.floor() as usize;
    let high = (low + 1).min(sorted.len() - 1);
    let part = place - place.floor();
    if part == 0.0 {
        return sorted[low];
    }
    sorted[low] * (1.0 - part) + sorted[high] * part
}

#[cfg(test)]
mod tests {
    use super::percentile;

    #[test]
    fn percentiles_lie_between_the_values() {
        let sorted = [1.0, 2.0, 4.0, 8.0, 16.0];
        assert_eq!(percentile(&sorted, 0.5), 4.0);
        assert_eq!(percentile(&sorted, 0.25), 2.0);
        assert!((percentile(&sorted, 0.05) - 1.2).abs() < 1e-12);
        assert!((percentile(&sorted, 0.95) - 14.4).abs() < 1e-12);
        assert_eq!(percentile(&[3.0], 0.95), 3.0);
    }
}
