//! What is settled when a model is compiled: the times of a run, and how many stocks delays have.

use super::compile::{Grid, Settings};
use super::lower::{Builder, Clock, Id, Op};
use super::machine::Machine;
use super::program::{FIRST_STATE, Program};
use super::random::Series;
use super::schedule::{Pace, Phase, Stop, paces, schedule};
use super::source::Source;
use crate::equation::{Dialect, Expr, Fault, Name, Problem, Settled};

/// The most steps of a run.
const MOST_STEPS: f64 = 20_000_000.0;

pub(super) fn circle(stop: Stop) -> Fault {
    match stop {
        Stop::Circle(_, fault) => *fault,
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
    // Nothing that counts hangs on them (`steering`).
    let fixed = builder.states.len() + builder.helds.len() + builder.pipes.len();
    for (index, input) in builder.inputs.iter().enumerate() {
        machine.slots[FIRST_STATE as usize + fixed + index] = input.own.unwrap_or(f64::NAN);
    }
    let places = (1_u64..).zip(&builder.draws);
    let mut series: Vec<Series> = places.map(|(place, _)| Series::new(0, place)).collect();
    machine.run(&program, program.constants(), &builder.tables, &mut series);
    Ok(roots
        .iter()
        .map(|root| machine.at(program.slot(*root)))
        .collect())
}

/// Says so if free variables decide something.
fn steering(
    builder: &Builder<'_>,
    roots: &[Id],
    free: &[Name],
    what: Settled,
) -> Result<(), Option<Fault>> {
    let order = schedule(builder, roots, Phase::Start).map_err(|stop| match stop {
        Stop::Circle(_, fault) => Some(*fault),
        Stop::Pending => None,
    })?;
    let mut by: Vec<Name> = Vec::new();
    for id in order {
        if let Op::Input(index) = builder.graph.op(id) {
            let which = builder.inputs[*index as usize].free as usize;
            by.extend(free.get(which).filter(|name| !by.contains(name)).cloned());
        }
    }
    if by.is_empty() {
        return Ok(());
    }
    Err(Some(Fault::whole(Problem::Steers { by, what })))
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

pub(super) fn grid(
    builder: &mut Builder<'_>,
    source: &Source,
    settings: &Settings,
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
        if let Err(Some(fault)) = steering(
            builder,
            &[root],
            &settings.free,
            Settled::Times(what.to_owned()),
        ) {
            return Err(fault.of(what).by_default_at(span));
        }
        let order = schedule(builder, &[root], Phase::Later).map_err(circle)?;
        if order
            .iter()
            .any(|id| matches!(builder.graph.op(*id), Op::Unknown))
        {
            let message = format!("{what} hangs on what cannot be computed");
            return Err(Fault::at(Problem::Times(message), span).of(what));
        }
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
pub(super) fn chains(builder: &mut Builder<'_>, grid: &Grid, free: &[Name]) -> Result<(), Fault> {
    while !builder.has_no_chains() {
        let mut is_stuck = true;
        for (index, (count, time)) in builder.open_chains().into_iter().rev() {
            let values = match schedule(builder, &[count, time], Phase::Start) {
                Ok(order) => {
                    let mut ops = order.iter().map(|id| builder.graph.op(*id));
                    match ops.any(|op| matches!(op, Op::Unknown)) {
                        true => None,
                        false => Some(at_start(builder, &[count, time], Some(grid))),
                    }
                }
                Err(stop) => Some(Err(stop)),
            };
            match values {
                None => {
                    builder.refuse_chain(index, None);
                    is_stuck = false;
                }
                Some(Ok(values)) => {
                    let what = Settled::DelayOrder;
                    if let Err(Some(fault)) =
                        steering(builder, &builder.deciding(index), free, what)
                    {
                        return Err(builder.about_chain(index, fault));
                    }
                    builder.close_chain(index, values[0], values[1], grid.step);
                    is_stuck = false;
                }
                Some(Err(Stop::Pending)) => {}
                Some(Err(Stop::Circle(members, fault))) => {
                    builder.refuse_all(&members, *fault)?;
                    is_stuck = false;
                }
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
