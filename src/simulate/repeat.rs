//! One model, run many times with other numbers of some variables.

use std::rc::Rc;
use std::sync::Arc;

use super::compile::{Compiled, Settings, compile};
use super::run::Run;
use super::source::Source;
use super::wasm::Engine;
use crate::equation::{Fault, Name, Problem, Settled};

/// What compiling costs, in instructions of a run for each that was compiled. An estimate.
const COMPILING: u64 = 200;

/// A model to be run with numbers for some variables. It is compiled once, unless one of them
/// settles what is decided before a run.
#[derive(Debug)]
pub(super) struct Repeat {
    source: Arc<Source>,
    settings: Settings,
    compiled: Arc<Compiled>,
    /// The variables, in the order of their numbers, and which of them settle something.
    names: Vec<Name>,
    is_settling: Vec<bool>,
    /// What does the steps where that is quicker.
    engine: Option<Rc<dyn Engine>>,
}

impl Repeat {
    /// Compiles a model whose times stay the same whatever the numbers are.
    pub(super) fn new(
        source: Arc<Source>,
        settings: &Settings,
        names: Vec<Name>,
    ) -> Result<Self, Vec<Fault>> {
        let mut settings = settings.clone();
        settings.free.clone_from(&names);
        let mut is_settling = vec![false; names.len()];
        // Each round frees one variable fewer, at least.
        loop {
            let faults = match compile(&source, &settings) {
                Ok(compiled) => {
                    return Ok(Self {
                        source,
                        settings,
                        compiled: Arc::new(compiled),
                        names,
                        is_settling,
                        engine: None,
                    });
                }
                Err(faults) => faults,
            };
            for fault in &faults {
                match &fault.problem {
                    Problem::Steers { by, what } if !matches!(what, Settled::Times(_)) => {
                        settings.free.retain(|name| !by.contains(name));
                        for (name, is_settling) in names.iter().zip(&mut is_settling) {
                            *is_settling |= by.contains(name);
                        }
                    }
                    _ => return Err(faults),
                }
            }
        }
    }

    /// Runs on an engine from now on, where that is quicker and the engine can.
    pub(super) fn set_engine(&mut self, engine: Rc<dyn Engine>) {
        self.engine = Some(engine);
    }

    /// The model, with the numbers of the text for variables that settle something.
    pub(super) const fn compiled(&self) -> &Arc<Compiled> {
        &self.compiled
    }

    /// What it costs to begin a run, in instructions. An estimate.
    pub(super) fn cost(&self) -> u64 {
        let model = &self.compiled;
        let start = model.start.instructions.len() as u64 + model.columns().len() as u64 + 1;
        if self.is_compiled_anew() {
            start.saturating_add(model.instructions() as u64) * COMPILING
        } else {
            start
        }
    }

    /// Whether each run has to be compiled.
    fn is_compiled_anew(&self) -> bool {
        self.is_settling.contains(&true)
    }

    /// A run with a number for each variable, at its start.
    pub(super) fn run(&self, numbers: &[f64]) -> Result<Run, Fault> {
        let run = self.interpreted(numbers)?;
        Ok(match &self.engine {
            Some(engine) => run.on(&**engine),
            None => run,
        })
    }

    fn interpreted(&self, numbers: &[f64]) -> Result<Run, Fault> {
        let of_free = self.is_settling.iter().zip(numbers);
        let of_free: Vec<f64> = of_free
            .filter_map(|(is_settling, number)| (!is_settling).then_some(*number))
            .collect();
        if !self.is_compiled_anew() {
            return Run::with(Arc::clone(&self.compiled), &of_free);
        }
        let mut settings = self.settings.clone();
        for ((name, number), is_settling) in self.names.iter().zip(numbers).zip(&self.is_settling) {
            if *is_settling {
                settings.values.push((name.clone(), *number));
            }
        }
        let compiled = compile(&self.source, &settings).map_err(|mut faults| {
            let none = || Fault::whole(Problem::NoEquation);
            faults.drain(..).next().unwrap_or_else(none)
        })?;
        if compiled.names != self.compiled.names {
            // With these numbers more or less of the model can be computed.
            let none = || Fault::whole(Problem::NoEquation);
            return Err(compiled.refused.first().cloned().unwrap_or_else(none));
        }
        Run::with(Arc::new(compiled), &of_free)
    }
}
