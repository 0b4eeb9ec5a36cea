//! From a model to a program that can be run.

use std::sync::Arc;

use super::lower::{self, Builder, Clock, Id};
use super::machine::Machine;
use super::program::{FIRST_STATE, Program};
use super::random::Series;
use super::schedule::{Pace, Phase, Stop, paces, schedule};
use super::source::{Method, Source};
use crate::equation::Dialect;
use crate::equation::Expr;
use crate::equation::Name;
use crate::equation::Table;
use crate::equation::{Fault, Problem};

/// The most steps of a run.
const MOST_STEPS: f64 = 20_000_000.0;

/// What a person sets for a run, beside the model.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    /// Variables with numbers in the place of their equations.
    pub values: Vec<(Name, f64)>,
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
    pub(crate) columns: Vec<Column>,
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

/// Compiles a model.
///
/// # Errors
/// Everything in it that cannot run, each with the name of its variable.
pub fn compile(source: &Source, settings: &Settings) -> Result<Compiled, Vec<Fault>> {
    built(source, settings).map(|(compiled, _)| compiled)
}

/// A model compiled, and the graph that it was compiled from.
pub(crate) fn built<'s>(
    source: &'s Source,
    settings: &Settings,
) -> Result<(Compiled, Builder<'s>), Vec<Fault>> {
    let known = source.models.first().map(|model| &model.variables);
    for (name, _) in &settings.values {
        let is_known = known.is_some_and(|variables| variables.iter().any(|one| one.key == *name));
        if !is_known {
            return Err(vec![Fault::whole(Problem::UnknownName(name.to_string()))]);
        }
    }
    let mut builder = lower::build(source, &settings.values)?;
    let mut remarks = source.remarks.clone();
    let grid = grid(&mut builder, source, &mut remarks).map_err(|fault| vec![fault])?;
    chains(&mut builder, &grid).map_err(|fault| vec![fault])?;
    let compiled = finish(&builder, source, settings, grid, remarks);
    compiled
        .map(|compiled| (compiled, builder))
        .map_err(|fault| vec![fault])
}

fn circle(stop: Stop) -> Fault {
    match stop {
        Stop::Circle(fault) => fault,
        Stop::Pending => Fault::whole(Problem::NotConstant("the order of a delay".to_owned())),
    }
}

/// The values of operations at the start.
fn at_start(builder: &Builder<'_>, roots: &[Id], grid: Option<&Grid>) -> Result<Vec<f64>, Stop> {
    let order = schedule(builder, roots, Phase::Start)?;
    let program = Program::new(
        builder,
        &order,
        &vec![Pace::Constant; builder.graph.len()],
        Phase::Start,
    );
    let mut machine = Machine::new(&program, builder.draws.len());
    if let Some(grid) = grid {
        set_clock(&mut machine, grid);
    }
    let places = (1_u64..).zip(&builder.draws);
    let mut series: Vec<Series> = places.map(|(place, _)| Series::new(0, place)).collect();
    machine.run(&program, program.constants(), &builder.tables, &mut series);
    Ok(roots
        .iter()
        .map(|root| machine.at(program.slot(*root)))
        .collect())
}

/// Sets the clock to the start of a run.
pub(crate) fn set_clock(machine: &mut Machine, grid: &Grid) {
    machine.slots[Clock::Start as usize] = grid.start;
    machine.slots[Clock::Stop as usize] = grid.stop;
    machine.slots[Clock::Step as usize] = grid.step;
    machine.slots[Clock::Time as usize] = grid.start;
    machine.slots[Clock::StepTime as usize] = grid.start;
    machine.slots[Clock::StepNumber as usize] = 0.0;
}

fn grid(
    builder: &mut Builder<'_>,
    source: &Source,
    remarks: &mut Vec<String>,
) -> Result<Grid, Fault> {
    let times = &source.times;
    let root = source.models.first();
    let variables = root.map_or(&[][..], |model| model.variables.as_slice());
    let mut value = |expr: &Expr, what: &str| -> Result<f64, Fault> {
        // Of Vensim these are variables: their place says more than that of the setting.
        let variable = variables
            .iter()
            .find(|variable| variable.key == Name::new(what));
        let span = variable.map_or(expr.span, |variable| variable.span);
        let root = builder.lower_whole(expr).map_err(|fault| fault.of(what))?;
        let order = schedule(builder, &[root], Phase::Later).map_err(circle)?;
        let pace = paces(builder, &order)[root as usize];
        if pace != Pace::Constant {
            let fault = Fault::at(Problem::NotConstant(what.to_owned()), span);
            return Err(fault.of(what));
        }
        let values = at_start(builder, &[root], None).map_err(circle)?;
        let value = values.first().copied().unwrap_or(f64::NAN);
        if value.is_finite() {
            Ok(value)
        } else {
            let message = format!("{what} is no number");
            Err(Fault::at(Problem::Times(message), span).of(what))
        }
    };
    let [start_name, stop_name, step_name, save_name] = match source.dialect {
        Dialect::Vensim => ["INITIAL TIME", "FINAL TIME", "TIME STEP", "SAVEPER"],
        Dialect::Xmile => ["start", "stop", "dt", "the interval of saving"],
    };
    let start = value(&times.start, start_name)?;
    let stop = value(&times.stop, stop_name)?;
    let written = value(&times.step, step_name)?;
    let save = times
        .save
        .as_ref()
        .map(|expr| value(expr, save_name))
        .transpose()?;
    let fault = |message: String| Fault::at(Problem::Times(message), times.step.span);
    if written <= 0.0 {
        return Err(fault("the step of a run is above 0".to_owned()));
    }
    if stop < start {
        return Err(fault("a run ends before it begins".to_owned()));
    }
    let (step, count) = if times.is_reciprocal {
        (1.0 / written, (stop - start) * written)
    } else {
        (written, (stop - start) / written)
    };
    let whole = count.round();
    if whole > MOST_STEPS {
        return Err(Fault::at(
            Problem::TooLarge(format!("a run has more than {MOST_STEPS} steps")),
            times.step.span,
        ));
    }
    if (count - whole).abs() > 1e-6 * count.max(1.0) {
        remarks.push(
            "The time from start to stop is no whole number of steps: the last one is longer or \
             shorter than the others say."
                .to_owned(),
        );
    }
    let every = save.map_or(1.0, |save| save / step);
    if (every - every.round()).abs() > 1e-6 * every.max(1.0) {
        remarks.push(
            "The interval of saving is no whole number of steps, and was rounded.".to_owned(),
        );
    }
    let (steps, save_every) = (whole as u64, every.round().clamp(1.0, MOST_STEPS) as u64);
    Ok(Grid {
        start,
        stop,
        step,
        per_unit: times.is_reciprocal.then_some(written),
        steps,
        save_every,
    })
}

/// Makes the stocks of delays and smooths whose number the start says.
fn chains(builder: &mut Builder<'_>, grid: &Grid) -> Result<(), Fault> {
    while !builder.has_no_chains() {
        let mut is_stuck = true;
        for (index, (count, time)) in builder.open_chains().into_iter().rev() {
            match at_start(builder, &[count, time], Some(grid)) {
                Ok(values) => {
                    builder.close_chain(index, values[0], values[1], grid.step)?;
                    is_stuck = false;
                }
                Err(Stop::Pending) => {}
                Err(Stop::Circle(fault)) => return Err(fault),
            }
        }
        if is_stuck {
            return Err(Fault::whole(Problem::NotConstant(
                "the order of a delay".to_owned(),
            )));
        }
    }
    Ok(())
}

fn finish(
    builder: &Builder<'_>,
    source: &Source,
    settings: &Settings,
    grid: Grid,
    remarks: Vec<String>,
) -> Result<Compiled, Fault> {
    let shown = || builder.vars.iter().filter(|var| var.is_shown);
    let mut roots: Vec<Id> = shown().filter_map(|var| var.root).collect();
    roots.extend(builder.states.iter().map(|state| state.slope));
    roots.extend(builder.helds.iter().filter_map(|held| held.next));
    roots.extend(builder.pipes.iter().map(|pipe| pipe.input));
    let order = schedule(builder, &roots, Phase::Later).map_err(circle)?;
    let paces = paces(builder, &order);
    let step = Program::new(builder, &order, &paces, Phase::Later);
    let mut roots: Vec<Id> = builder.states.iter().map(|state| state.initial).collect();
    roots.extend(builder.helds.iter().map(|held| held.initial));
    roots.extend(
        builder
            .pipes
            .iter()
            .flat_map(|pipe| [pipe.initial, pipe.time]),
    );
    let order = schedule(builder, &roots, Phase::Start).map_err(circle)?;
    let start = Program::new(
        builder,
        &order,
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
    Ok(Compiled {
        states: states.collect(),
        helds: helds.collect(),
        pipes: pipes.collect(),
        tables: builder.tables.clone(),
        draws: builder.draws.clone(),
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
    })
}

/// The slot of a stock.
pub(crate) fn state_slot(index: usize) -> usize {
    FIRST_STATE as usize + index
}
