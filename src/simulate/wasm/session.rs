//! A run by a module.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use super::engine::{Engine, Instance, Steps, Trap};
use super::host::Draws;
use super::image;
use super::layout::NUMBER;
use super::module::{Module, PAGE};
use crate::simulate::compile::Compiled;
use crate::simulate::results::Results;

/// The most values that delays of whole steps may hold in a module.
const MOST_DELAYED: usize = 4_000_000;

/// What is known of a compiled model as a module.
#[derive(Default)]
pub(crate) struct Cache {
    /// The module, once it was wanted; none where it would be too large.
    module: OnceLock<Option<Arc<Module>>>,
    /// How many instructions the interpreter has done where an engine was there.
    interpreted: AtomicU64,
}

impl fmt::Debug for Cache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Cache")
    }
}

impl Cache {
    fn module(&self, model: &Compiled) -> Option<&Arc<Module>> {
        let made = self.module.get_or_init(|| Module::new(model).map(Arc::new));
        made.as_ref()
    }

    /// The module for a run of so many instructions, if that is worth it. What the interpreter has run
    /// already counts too, so the last of many short runs have one.
    fn worthwhile(&self, model: &Compiled, engine: &dyn Engine, work: u64) -> Option<&Arc<Module>> {
        let all = self
            .interpreted
            .load(Ordering::Relaxed)
            .saturating_add(work);
        if self.module.get().is_none() && !engine.is_worth(all, model.instructions() as u64) {
            self.interpreted.store(all, Ordering::Relaxed);
            return None;
        }
        self.module(model)
    }
}

/// An instance of a module that is in the middle of a run.
#[derive(Debug)]
pub(crate) struct Session {
    module: Arc<Module>,
    /// None once the run is done.
    instance: Option<Box<dyn Instance>>,
    draws: Draws,
}

impl Session {
    /// A run that begins with these slots, and with delays of whole steps that hold a value so many
    /// times; none where the interpreter is quicker or the engine cannot do it. `work` is how many
    /// instructions the run has.
    pub(crate) fn new(
        model: &Compiled,
        engine: &dyn Engine,
        slots: &[f64],
        pipes: &[(f64, usize)],
        work: u64,
    ) -> Option<Self> {
        let delayed: usize = pipes.iter().map(|(_, length)| length).sum();
        if delayed > MOST_DELAYED {
            return None;
        }
        let module = model.module.worthwhile(model, engine, work)?;
        let layout = &module.layout;
        let (records, values) = image::pipes(layout, pipes)?;
        let end = layout.end.checked_add(u32::try_from(values.len()).ok()?)?;
        let mut instance = engine.instance(module, end.div_ceil(PAGE).max(1))?;
        let (place, fixed) = &module.fixed;
        let written = instance
            .write(0, &image::slots(model, layout, slots))
            .and_then(|()| instance.write(*place, fixed))
            .and_then(|()| instance.write(layout.pipes, &records))
            .and_then(|()| instance.write(layout.end, &values));
        written.ok()?;
        Some(Self {
            module: Arc::clone(module),
            instance: Some(instance),
            draws: Draws::new(model),
        })
    }

    /// The bytes of the module.
    pub(crate) fn bytes(&self) -> &[u8] {
        self.module.bytes()
    }

    /// Does steps from one up to another, of which it does not do the last, and gives the one that
    /// comes next: there may be more rows than there is room for.
    pub(crate) fn advance(
        &mut self,
        model: &Compiled,
        from: u64,
        to: u64,
        results: &mut Results,
    ) -> Result<u64, Trap> {
        let grid = model.grid;
        let layout = &self.module.layout;
        let room = u64::from(layout.row_count).saturating_mul(grid.save_every);
        let to = to.min(from.saturating_add(room));
        let small = |number: u64| u32::try_from(number).map_err(|_| Trap);
        let steps = Steps {
            from: small(from)?,
            to: small(to)?,
            save_every: small(grid.save_every)?,
            end: small(grid.steps)?,
        };
        let instance = self.instance.as_mut().ok_or(Trap)?;
        instance.run(steps, &mut self.draws)?;
        let saved = saved_before(to, grid.save_every) - saved_before(from, grid.save_every);
        let is_last_extra = to > grid.steps && !grid.steps.is_multiple_of(grid.save_every);
        let first = from.next_multiple_of(grid.save_every);
        let times = (0..saved).map(|row| grid.time(first + row * grid.save_every));
        let times = times.chain(is_last_extra.then(|| grid.time(grid.steps)));
        let width = (layout.row / NUMBER) as usize;
        results.push_rows(times, width, |numbers| instance.read(layout.rows, numbers))?;
        if to > grid.steps {
            // Whoever is next may have it.
            self.instance = None;
        }
        Ok(to)
    }
}

/// How many of the steps before one are saved because of their number.
const fn saved_before(step: u64, every: u64) -> u64 {
    step.div_ceil(every)
}
