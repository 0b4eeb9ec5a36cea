//! Extreme conditions: each constant at nothing and at ten times, each stock emptied, one by one.
//!
//! Forrester & Senge 1980: a model should stay sensible when its numbers do not.

use std::rc::Rc;
use std::sync::Arc;

use thiserror::Error;

use super::constants::Constants;
use crate::causal::Progress;
use crate::equation::{Expr, Fault, Name, Node, Problem, Span};
use crate::simulate::compile::{Settings, compile};
use crate::simulate::results::{NonFinite, Results};
use crate::simulate::run::Run;
use crate::simulate::source::{Body, Equation, Kind, Method, Source, Variable};
use crate::simulate::wasm::Engine;

/// The settings of a run that are variables in Vensim.
const SETTINGS: [&str; 4] = ["INITIAL TIME", "FINAL TIME", "TIME STEP", "SAVEPER"];
/// A stock is below 0 if it is by more than this part of its largest size, beside rounding.
const ROUNDING: f64 = 1e-9;

/// What is changed in a model for a trial.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Nothing: the model as it is.
    Nothing,
    /// A constant is 0.
    Zero(Name),
    /// A constant is ten times as large.
    TenTimes(Name),
    /// A stock holds nothing at the start.
    Emptied(Name),
}

/// Something that should not be.
#[derive(Clone, Debug, PartialEq)]
pub enum Finding {
    /// A value that is no finite number.
    NonFinite(NonFinite),
    /// A stock is below 0 that was not so at the start, nor in the run of the model as it is.
    Negative {
        /// The column of the stock.
        stock: String,
        /// The first saved time at which it is.
        time: f64,
        /// What it holds then.
        value: f64,
    },
    /// A stock grows though nothing flows in. It is looked for in runs by Euler that save each step,
    /// of stocks that name their flows.
    GrowthWithoutInflow {
        /// The stock.
        stock: String,
        /// The first time from which on it grows.
        time: f64,
    },
}

/// A run with one change, and what was found in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Trial {
    /// What was changed.
    pub change: Change,
    /// What was found, or why it could not run.
    pub findings: Result<Vec<Finding>, Fault>,
}

/// Why there are no trials.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum TrialError {
    /// The model itself cannot run.
    #[error("{}", .0.first().map_or_else(String::new, ToString::to_string))]
    Model(Vec<Fault>),
}

/// The changes that a model can be tried with, beginning with none: of its constants, which are
/// variables with a plain number other than 0, and of its stocks that do not begin at 0.
#[must_use]
pub fn extremes_of(source: &Source) -> Vec<Change> {
    let mut changes = vec![Change::Nothing];
    let root = source.models.first();
    for variable in root.map_or(&[][..], |root| root.variables.as_slice()) {
        let name = || variable.key.clone();
        if SETTINGS
            .iter()
            .any(|setting| Name::new(setting) == variable.key)
        {
            continue;
        }
        let starts: Vec<&Expr> = variable
            .equations
            .iter()
            .filter_map(start_of(variable))
            .collect();
        if !starts.is_empty() {
            if starts.iter().any(|start| start.literal() != Some(0.0)) {
                changes.push(Change::Emptied(name()));
            }
        } else if let [equation] = variable.equations.as_slice()
            && let Body::Value(value) = &equation.body
            && value.literal().is_some_and(|number| number != 0.0)
        {
            changes.extend([Change::Zero(name()), Change::TenTimes(name())]);
        }
    }
    changes
}

/// The value at the start, of an equation of a stock.
fn start_of(variable: &Variable) -> impl Fn(&Equation) -> Option<&Expr> + '_ {
    |equation| {
        let Body::Value(value) = &equation.body else {
            return None;
        };
        if matches!(variable.kind, Kind::Stock { .. }) {
            return Some(value);
        }
        match &value.node {
            Node::Call(name, _, arguments) if name.as_str() == "integ" => arguments.get(1),
            _ => None,
        }
    }
}

/// The model with a change.
fn changed(source: &Source, change: &Change) -> Source {
    let mut source = source.clone();
    let (Change::Zero(name) | Change::TenTimes(name) | Change::Emptied(name)) = change else {
        return source;
    };
    let root = source.models.first_mut();
    let variables = root.map_or(&mut [][..], |root| root.variables.as_mut_slice());
    let Some(variable) = variables.iter_mut().find(|one| one.key == *name) else {
        return source;
    };
    let is_stock = matches!(variable.kind, Kind::Stock { .. });
    for equation in &mut variable.equations {
        let Body::Value(value) = &mut equation.body else {
            continue;
        };
        let number = match change {
            Change::TenTimes(_) => value.literal().unwrap_or(f64::NAN) * 10.0,
            _ => 0.0,
        };
        let number = Expr::number(number, value.span);
        match &mut value.node {
            Node::Call(_, _, arguments) if matches!(change, Change::Emptied(_)) && !is_stock => {
                if let Some(start) = arguments.get_mut(1) {
                    *start = number;
                }
            }
            _ => *value = number,
        }
    }
    source
}

/// Trials of a model, one after the other, a budget at a time.
#[derive(Debug)]
pub struct Extremes {
    source: Arc<Source>,
    settings: Settings,
    changes: Vec<Change>,
    /// The model with the constants that are changed free; none where they decide its times.
    constants: Option<Constants>,
    engine: Option<Rc<dyn Engine>>,
    /// The columns of stocks, and of those that name their flows the columns of inflows.
    stocks: Vec<(usize, Option<Vec<usize>>)>,
    /// Stocks that are below 0 in the run of the model as it is.
    negative: Vec<usize>,
    can_see_growth: bool,
    /// The columns of the model as it is.
    names: Arc<[String]>,
    run: Option<Run>,
    trials: Vec<Trial>,
}

impl Extremes {
    /// Trials at their start. The model as it is comes first, whether it is among the changes or
    /// not.
    ///
    /// # Errors
    /// The model cannot run as it is.
    pub fn new(
        source: Arc<Source>,
        settings: &Settings,
        mut changes: Vec<Change>,
    ) -> Result<Self, TrialError> {
        changes.retain(|change| *change != Change::Nothing);
        changes.insert(0, Change::Nothing);
        let model = compile(&source, settings).map_err(TrialError::Model)?;
        let names: Vec<Name> = model
            .columns()
            .iter()
            .map(|one| Name::new(&one.name))
            .collect();
        let column = |name: &Name| names.iter().position(|known| known == name);
        // What is changed in the place of an equation that cannot be computed shows nothing.
        let is_known = |name: &Name| {
            let of_array = format!("{name}[");
            let is_its = |known: &Name| known.as_str().starts_with(&of_array);
            names.iter().any(|known| known == name || is_its(known))
        };
        changes.retain(|change| match change {
            Change::Nothing => true,
            Change::Zero(name) | Change::TenTimes(name) | Change::Emptied(name) => is_known(name),
        });
        let root = source.models.first();
        let variables = root.map_or(&[][..], |root| root.variables.as_slice());
        let mut stocks = Vec::new();
        for variable in variables {
            if !variable
                .equations
                .iter()
                .any(|one| start_of(variable)(one).is_some())
            {
                continue;
            }
            let inflows = match &variable.kind {
                Kind::Stock { inflows, .. } => inflows.iter().map(column).collect(),
                _ => None,
            };
            let of_array = format!("{}[", variable.key);
            for (at, name) in names.iter().enumerate() {
                if *name == variable.key {
                    stocks.push((at, inflows.clone()));
                } else if name.as_str().starts_with(&of_array) {
                    stocks.push((at, None));
                }
            }
        }
        let is_euler = model.method() == Method::Euler;
        Ok(Self {
            names: Arc::clone(&model.names),
            can_see_growth: is_euler && model.grid().save_every == 1,
            constants: Constants::of(&source, settings, &changes),
            engine: None,
            source,
            settings: settings.clone(),
            changes,
            stocks,
            negative: Vec::new(),
            run: None,
            trials: Vec::new(),
        })
    }

    /// The same trials, whose runs are on an engine where that is quicker and the engine can. It
    /// gives the same bits.
    #[must_use]
    pub fn on(mut self, engine: Rc<dyn Engine>) -> Self {
        if let Some(constants) = &mut self.constants {
            constants.set_engine(Rc::clone(&engine));
        }
        self.engine = Some(engine);
        self
    }

    /// Runs on for about so many instructions, and at least one compiling or step. A budget of zero
    /// does nothing.
    pub fn advance(&mut self, budget: u64) -> Progress {
        let mut left = budget;
        while left > 0 && self.trials.len() < self.changes.len() {
            let change = self.changes[self.trials.len()].clone();
            let mut run = match self.run.take().map_or_else(|| self.begun(&change), Ok) {
                Ok(run) => run,
                Err(fault) => {
                    self.trials.push(Trial {
                        change,
                        findings: Err(fault),
                    });
                    left = left.saturating_sub(1);
                    continue;
                }
            };
            if run.spend(&mut left) == Progress::Unfinished {
                self.run = Some(run);
                break;
            }
            let findings = self.findings(&run.into_results(), &change);
            self.trials.push(Trial {
                change,
                findings: Ok(findings),
            });
        }
        if self.trials.len() < self.changes.len() {
            Progress::Unfinished
        } else {
            Progress::Finished
        }
    }

    fn begun(&self, change: &Change) -> Result<Run, Fault> {
        let known = self.constants.as_ref();
        if let Some(run) = known.and_then(|constants| constants.run(change)) {
            return run;
        }
        let model = compile(&changed(&self.source, change), &self.settings);
        let model = model.map_err(|mut faults| {
            let none = || Fault::at(Problem::NoEquation, Span::default());
            faults.drain(..).next().unwrap_or_else(none)
        })?;
        if model.names != self.names {
            // An element that was unknown is known now, or the other way round.
            let fault = model.refused.first().cloned();
            let message = "other variables can be computed with it".to_owned();
            return Err(fault.unwrap_or_else(|| Fault::whole(Problem::Unsupported(message))));
        }
        let run = Run::new(Arc::new(model))?;
        Ok(match &self.engine {
            Some(engine) => run.on(&**engine),
            None => run,
        })
    }

    fn findings(&mut self, results: &Results, change: &Change) -> Vec<Finding> {
        let mut findings = Vec::new();
        findings.extend(results.non_finite().cloned().map(Finding::NonFinite));
        for at in 0..self.stocks.len() {
            let (column, inflows) = self.stocks[at].clone();
            let values: Vec<f64> = results.column(column).collect();
            let size = values
                .iter()
                .fold(0.0_f64, |size, value| size.max(value.abs()));
            let is_below = |value: &f64| *value < -ROUNDING * size;
            let stock = &results.names()[column];
            if !values.first().is_some_and(is_below)
                && !self.negative.contains(&column)
                && let Some(row) = values.iter().position(is_below)
            {
                findings.push(Finding::Negative {
                    stock: stock.clone(),
                    time: results.times()[row],
                    value: values[row],
                });
                if *change == Change::Nothing {
                    self.negative.push(column);
                }
            }
            let Some(inflows) = inflows.filter(|_| self.can_see_growth) else {
                continue;
            };
            let grows = |row: &usize| {
                let is_fed = inflows.iter().any(|flow| results.row(*row)[*flow] > 0.0);
                !is_fed && values[row + 1] - values[*row] > ROUNDING * size
            };
            if let Some(row) = (0..values.len().saturating_sub(1)).find(grows) {
                findings.push(Finding::GrowthWithoutInflow {
                    stock: stock.clone(),
                    time: results.times()[row],
                });
            }
        }
        findings
    }

    /// The trials that are done, the model as it is first.
    #[must_use]
    pub fn trials(&self) -> &[Trial] {
        &self.trials
    }

    /// How many trials there are in all.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.changes.len()
    }
}
