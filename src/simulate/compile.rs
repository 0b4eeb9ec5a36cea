//! From a model to a program that can be run.

use std::sync::Arc;

use super::lower::{self, Builder, Input};
use super::program::{FIRST_STATE, Program};
use super::random::Series;
use super::schedule::{Pace, Phase, paces};
use super::settled::{chains, grid};
use super::source::{Method, Source};
use super::unknown::{Orders, Unknown, hide};
use crate::equation::{Dialect, Fault, Name, Problem, Table};

/// What a person sets for a run, beside the model.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    /// Variables with numbers in the place of their equations.
    pub values: Vec<(Name, f64)>,
    /// Variables whose numbers are given to each run ([`Run::with`](super::Run::with)). Their
    /// equations are left out, as those of [`Settings::values`], which may say their numbers for
    /// runs that are given none.
    pub free: Vec<Name>,
    /// The method, where it is not to be the model's.
    pub method: Option<Method>,
    /// The seed of all random numbers.
    pub seed: u64,
}

/// A variable, or an element of one, whose values a run gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name as it was written, with modules and subscripts: `Module.name[A,B]`.
    pub name: String,
    pub(crate) slot: u32,
}

/// The times of a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Grid {
    /// The first time.
    pub start: f64,
    /// The last time.
    pub stop: f64,
    /// The step, in units of time.
    pub step: f64,
    /// How many steps a unit of time has, where the text says that.
    pub per_unit: Option<f64>,
    /// How many steps there are.
    pub steps: u64,
    /// How many steps from one saved row to the next. The first and the last are always saved.
    pub save_every: u64,
}

impl Grid {
    /// The time at which a step begins: never a running sum, and the last is exactly the end.
    #[must_use]
    pub fn time(&self, step: u64) -> f64 {
        let count = step as f64;
        if step == self.steps {
            self.stop
        } else if let Some(per_unit) = self.per_unit {
            self.start + count / per_unit
        } else {
            self.start + count * self.step
        }
    }

    /// How many rows are saved.
    pub(crate) const fn rows(&self) -> u64 {
        self.steps.div_ceil(self.save_every) + 1
    }

    /// The steps at whose start a row is saved.
    pub(crate) fn saved(&self) -> impl Iterator<Item = u64> + use<> {
        let (steps, every) = (self.steps, self.save_every);
        (0..self.rows()).map(move |row| row.saturating_mul(every).min(steps))
    }

    /// Whether the row at the start of a step is saved.
    pub(crate) const fn is_saved(&self, step: u64) -> bool {
        step == self.steps || step.is_multiple_of(self.save_every)
    }
}

pub(crate) struct StateSlots {
    pub initial: u32,
    pub slope: u32,
    pub is_non_negative: bool,
}

pub(crate) struct HeldSlots {
    pub initial: u32,
    pub next: Option<u32>,
}

pub(crate) struct PipeSlots {
    pub initial: u32,
    pub time: u32,
    pub input: u32,
}

/// A model that can be run, again and again.
pub struct Compiled {
    pub(crate) start: Program,
    pub(crate) step: Program,
    pub(crate) tables: Vec<Table>,
    pub(crate) states: Vec<StateSlots>,
    pub(crate) helds: Vec<HeldSlots>,
    pub(crate) pipes: Vec<PipeSlots>,
    pub(crate) draws: Vec<Option<u64>>,
    pub(crate) free: Vec<Name>,
    pub(crate) inputs: Vec<Input>,
    pub(crate) columns: Vec<Column>,
    /// What has no column because it cannot be computed, and why that is.
    pub(crate) unknown: Vec<Unknown>,
    pub(crate) refused: Vec<Fault>,
    /// Their names, which all results share.
    pub(crate) names: Arc<[String]>,
    /// The columns in the order in which they are computed.
    pub(crate) computed: Vec<u32>,
    pub(crate) grid: Grid,
    pub(crate) method: Method,
    pub(crate) dialect: Dialect,
    pub(crate) seed: u64,
    pub(crate) remarks: Vec<String>,
    /// The same as a module of WebAssembly.
    pub(crate) module: super::wasm::Cache,
}

impl std::fmt::Debug for Compiled {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut shown = f.debug_struct("Compiled");
        shown.field("instructions", &self.step.instructions.len());
        shown
            .field("columns", &self.columns.len())
            .finish_non_exhaustive()
    }
}

impl Compiled {
    /// What a run gives: a variable or element for each column.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The variables and elements that no values are known of, in the order of the text.
    #[must_use]
    pub fn unknown(&self) -> &[Unknown] {
        &self.unknown
    }

    /// Why variables cannot be computed.
    #[must_use]
    pub fn refused(&self) -> &[Fault] {
        &self.refused
    }

    /// The times of a run.
    #[must_use]
    pub const fn grid(&self) -> Grid {
        self.grid
    }

    /// The method of a run.
    #[must_use]
    pub const fn method(&self) -> Method {
        self.method
    }

    /// The variables whose numbers are given to each run, in the order in which they are given.
    #[must_use]
    pub fn free(&self) -> &[Name] {
        &self.free
    }

    /// Where the slots of inputs begin: after stocks, kept values and delays.
    pub(crate) const fn first_input(&self) -> usize {
        FIRST_STATE as usize + self.states.len() + self.helds.len() + self.pipes.len()
    }

    /// What was read otherwise than a person might think, in sentences.
    #[must_use]
    pub fn remarks(&self) -> &[String] {
        &self.remarks
    }

    /// How many instructions a step has, without what is computed once.
    #[must_use]
    pub fn instructions(&self) -> usize {
        self.step.instructions.len() - self.step.constant
    }

    pub(crate) fn series(&self) -> Vec<Series> {
        let places = (1_u64..).zip(&self.draws);
        let series = places.map(|(place, seed)| match seed {
            // The same numbers in every run.
            Some(own) => Series::new(*own, 0),
            None => Series::new(self.seed, place),
        });
        series.collect()
    }
}

/// Compiles a model. What of it cannot be computed is left out, with all that hangs on it
/// ([`Compiled::refused`], [`Compiled::unknown`]).
///
/// # Errors
/// What keeps it from running as a whole; or, where nothing of it can be computed, why.
pub fn compile(source: &Source, settings: &Settings) -> Result<Compiled, Vec<Fault>> {
    built(source, settings).map(|(compiled, _)| compiled)
}

/// A model compiled, and the graph that it was compiled from.
pub(crate) fn built<'s>(
    source: &'s Source,
    settings: &Settings,
) -> Result<(Compiled, Builder<'s>), Vec<Fault>> {
    let known = source.models.first().map(|model| &model.variables);
    let set = settings.values.iter().map(|(name, _)| name);
    for name in set.chain(&settings.free) {
        let is_known = known.is_some_and(|variables| variables.iter().any(|one| one.key == *name));
        if !is_known {
            return Err(vec![Fault::whole(Problem::UnknownName(name.to_string()))]);
        }
    }
    for (index, name) in settings.free.iter().enumerate() {
        if settings.free[..index].contains(name) {
            let fault = Fault::whole(Problem::DefinedTwice);
            return Err(vec![fault.of(name.as_str())]);
        }
    }
    let mut builder = lower::build(source, &settings.values, &settings.free)?;
    let mut remarks = source.remarks.clone();
    let grid = grid(&mut builder, source, settings, &mut remarks).map_err(|fault| {
        let is_steered = matches!(fault.problem, Problem::Steers { .. });
        // What cannot be computed may be why there are no times.
        let others = builder.faults.iter().filter(|_| !is_steered);
        std::iter::once(fault)
            .chain(others.cloned())
            .collect::<Vec<_>>()
    })?;
    chains(&mut builder, &grid, &settings.free).map_err(|fault| vec![fault])?;
    lower::check_transits(&mut builder, settings.method.unwrap_or(source.method));
    lower::check_curves(&mut builder);
    if !builder.fatal.is_empty() {
        return Err(builder.fatal);
    }
    let (orders, unknown) = hide(&mut builder).map_err(|fault| vec![fault])?;
    let compiled = finish(&builder, source, settings, grid, remarks, (orders, unknown));
    if compiled.unknown.is_empty() || compiled.columns.iter().any(|one| !is_setting(&one.name)) {
        Ok((compiled, builder))
    } else {
        Err(builder.faults)
    }
}

/// Whether a variable is a setting of the run in Vensim, which no model is about.
fn is_setting(name: &str) -> bool {
    ["initial_time", "final_time", "time_step", "saveper"].contains(&Name::new(name).as_str())
}

fn finish(
    builder: &Builder<'_>,
    source: &Source,
    settings: &Settings,
    grid: Grid,
    remarks: Vec<String>,
    (orders, unknown): (Orders, Vec<Unknown>),
) -> Compiled {
    let shown = || builder.vars.iter().filter(|var| var.is_shown);
    let paces = paces(builder, &orders.later);
    let step = Program::new(builder, &orders.later, &paces, Phase::Later);
    let start = Program::new(
        builder,
        &orders.start,
        &vec![Pace::Constant; builder.graph.len()],
        Phase::Start,
    );
    let columns: Vec<Column> = shown()
        .filter_map(|var| {
            Some(Column {
                name: var.name.clone(),
                slot: step.slot(var.root?),
            })
        })
        .collect();
    let mut computed: Vec<u32> = (0..).take(columns.len()).collect();
    let mut rank = vec![0; step.slots as usize];
    for (index, instruction) in (1_u32..).zip(&step.instructions) {
        rank[instruction.to as usize] = index;
    }
    computed.sort_by_key(|column| rank[columns[*column as usize].slot as usize]);
    let states = builder.states.iter().map(|state| StateSlots {
        initial: start.slot(state.initial),
        slope: step.slot(state.slope),
        is_non_negative: state.is_non_negative,
    });
    let helds = builder.helds.iter().map(|held| HeldSlots {
        initial: start.slot(held.initial),
        next: held.next.map(|next| step.slot(next)),
    });
    let pipes = builder.pipes.iter().map(|pipe| PipeSlots {
        initial: start.slot(pipe.initial),
        time: start.slot(pipe.time),
        input: step.slot(pipe.input),
    });
    Compiled {
        unknown,
        refused: builder.faults.clone(),
        states: states.collect(),
        helds: helds.collect(),
        pipes: pipes.collect(),
        tables: builder.tables.clone(),
        draws: builder.draws.clone(),
        free: settings.free.clone(),
        inputs: builder.inputs.clone(),
        names: columns.iter().map(|column| column.name.clone()).collect(),
        columns,
        computed,
        grid,
        method: settings.method.unwrap_or(source.method),
        dialect: source.dialect,
        seed: settings.seed,
        remarks,
        module: super::wasm::Cache::default(),
        start,
        step,
    }
}

/// The slot of a stock.
pub(crate) fn state_slot(index: usize) -> usize {
    FIRST_STATE as usize + index
}
