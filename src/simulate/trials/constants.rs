//! The constants of a model, changed one by one without compiling anew.

use std::rc::Rc;
use std::sync::Arc;

use super::extreme::Change;
use crate::equation::{Fault, Name};
use crate::simulate::compile::Settings;
use crate::simulate::repeat::Repeat;
use crate::simulate::run::Run;
use crate::simulate::source::{Body, Source};
use crate::simulate::wasm::Engine;

/// A model whose constants are given to each run, so that it is compiled once.
#[derive(Debug)]
pub(super) struct Constants {
    model: Repeat,
    names: Vec<Name>,
    /// Their numbers in the model as it is.
    own: Vec<f64>,
}

impl Constants {
    /// None where one of them decides the times of a run, or has no number of its own.
    pub(super) fn of(
        source: &Arc<Source>,
        settings: &Settings,
        changes: &[Change],
    ) -> Option<Self> {
        let root = source.models.first()?;
        let own = |name: &Name| {
            let mut set = settings.values.iter();
            if let Some((_, number)) = set.find(|(other, _)| other == name) {
                return Some(*number);
            }
            let variable = root.variables.iter().find(|one| one.key == *name)?;
            match variable.equations.as_slice() {
                [equation] => match &equation.body {
                    Body::Value(value) => value.literal(),
                    _ => None,
                },
                _ => None,
            }
        };
        let mut names: Vec<Name> = Vec::new();
        for change in changes {
            if let Change::Zero(name) | Change::TenTimes(name) = change
                && !names.contains(name)
            {
                names.push(name.clone());
            }
        }
        let numbers = names.iter().map(own).collect::<Option<Vec<f64>>>()?;
        Some(Self {
            model: Repeat::new(Arc::clone(source), settings, names.clone()).ok()?,
            names,
            own: numbers,
        })
    }

    /// Runs on an engine from now on, where that is quicker and the engine can.
    pub(super) fn set_engine(&mut self, engine: Rc<dyn Engine>) {
        self.model.set_engine(engine);
    }

    /// A run with a change; none where it changes no constant.
    pub(super) fn run(&self, change: &Change) -> Option<Result<Run, Fault>> {
        let mut numbers = self.own.clone();
        let place = |name: &Name| self.names.iter().position(|one| one == name);
        match change {
            Change::Nothing => {}
            Change::Zero(name) => numbers[place(name)?] = 0.0,
            Change::TenTimes(name) => numbers[place(name)?] *= 10.0,
            Change::Emptied(_) => return None,
        }
        Some(self.model.run(&numbers))
    }
}
