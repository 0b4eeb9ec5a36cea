//! What of a model cannot be computed: variables that were refused, and what hangs on them.

use super::lower::{Builder, Clock, Id, Op};
use super::schedule::{Phase, Stop, operands, schedule};
use super::settled::circle;
use crate::equation::Fault;

/// Why a run gives no values for a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Because {
    /// It cannot be computed itself: a fault says why.
    Refused,
    /// It hangs on one that cannot be computed.
    Hangs,
}

/// A variable, or an element of one, that a run gives no values for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// Its name, as that of a column.
    pub name: String,
    /// Why.
    pub because: Because,
    /// How many columns come before it, in the order of the text.
    pub before: usize,
}

/// In which order a model is computed, without what is unknown.
pub(super) struct Orders {
    pub later: Vec<Id>,
    pub start: Vec<Id>,
}

/// Which operations are unknown: at the start, and in a run.
struct Marks {
    start: Vec<bool>,
    later: Vec<bool>,
}

impl Marks {
    /// Follows what is unknown to all that needs it.
    fn of(builder: &Builder<'_>) -> Self {
        let start = reached(builder, Phase::Start, &[]);
        // A stock is unknown where its change is, and a kept value where what is kept is.
        let known = |id: Id| !start[id as usize];
        let count = builder.graph.len();
        let ids = 0..u32::try_from(count).unwrap_or(u32::MAX);
        let begins = ids.filter(|&id| match builder.graph.op(id) {
            Op::State(index) => !known(builder.states[*index as usize].initial),
            Op::Held(index) => !known(builder.helds[*index as usize].initial),
            Op::Pipe(index) => {
                let pipe = builder.pipes[*index as usize];
                !known(pipe.initial) || !known(pipe.time)
            }
            _ => false,
        });
        let begins: Vec<Id> = begins.collect();
        let later = reached(builder, Phase::Later, &begins);
        Self { start, later }
    }
}

/// All operations that need an unknown one, or one of some others, in a phase.
fn reached(builder: &Builder<'_>, phase: Phase, first: &[Id]) -> Vec<bool> {
    let count = builder.graph.len();
    let ids = 0..u32::try_from(count).unwrap_or(u32::MAX);
    let mut needed_by: Vec<Vec<Id>> = vec![Vec::new(); count];
    let mut open = first.to_vec();
    let mut scratch = Vec::new();
    for id in ids {
        scratch.clear();
        operands(builder, id, phase, &mut scratch);
        match (builder.graph.op(id), phase) {
            (Op::Unknown, _) => open.push(id),
            (Op::State(index), Phase::Later) => {
                scratch.push(builder.states[*index as usize].slope);
            }
            (Op::Held(index), Phase::Later) => {
                scratch.extend(builder.helds[*index as usize].next);
            }
            (Op::Pipe(index), Phase::Later) => {
                scratch.push(builder.pipes[*index as usize].input);
            }
            _ => {}
        }
        for &operand in &scratch {
            needed_by[operand as usize].push(id);
        }
    }
    let mut marks = vec![false; count];
    while let Some(id) = open.pop() {
        if !std::mem::replace(&mut marks[id as usize], true) {
            open.extend(&needed_by[id as usize]);
        }
    }
    marks
}

/// Finds what is unknown, hides it, and gives the orders of the rest. Variables that need each other
/// at the same time are refused.
///
/// # Errors
/// Something of no variable needs itself.
pub(super) fn hide(builder: &mut Builder<'_>) -> Result<(Orders, Vec<Unknown>), Fault> {
    loop {
        let marks = builder.graph.has_unknown().then(|| Marks::of(builder));
        let orders = orders(builder, marks.as_ref());
        match orders {
            Err(Stop::Circle(members, fault)) => builder.refuse_all(&members, *fault)?,
            Err(Stop::Pending) => return Err(circle(Stop::Pending)),
            Ok(orders) => {
                let Some(marks) = marks else {
                    return Ok((orders, Vec::new()));
                };
                let unknown = hidden(builder, &marks);
                return Ok((emptied(builder, &marks, orders), unknown));
            }
        }
    }
}

fn orders(builder: &Builder<'_>, marks: Option<&Marks>) -> Result<Orders, Stop> {
    let is_known = |id: &Id| marks.is_none_or(|marks| !marks.later[*id as usize]);
    let is_known_first = |id: &Id| marks.is_none_or(|marks| !marks.start[*id as usize]);
    let shown = builder.vars.iter().filter(|var| var.is_shown);
    let mut roots: Vec<Id> = shown.filter_map(|var| var.root).collect();
    roots.extend(builder.states.iter().map(|state| state.slope));
    roots.extend(builder.helds.iter().filter_map(|held| held.next));
    roots.extend(builder.pipes.iter().map(|pipe| pipe.input));
    roots.retain(is_known);
    let later = schedule(builder, &roots, Phase::Later)?;
    let mut roots: Vec<Id> = builder.states.iter().map(|state| state.initial).collect();
    roots.extend(builder.helds.iter().map(|held| held.initial));
    let of_pipes = builder.pipes.iter();
    roots.extend(of_pipes.flat_map(|pipe| [pipe.initial, pipe.time]));
    roots.retain(is_known_first);
    let start = schedule(builder, &roots, Phase::Start)?;
    Ok(Orders { later, start })
}

/// Hides what is unknown: its variables are no columns.
fn hidden(builder: &mut Builder<'_>, marks: &Marks) -> Vec<Unknown> {
    let mut unknown = Vec::new();
    let mut before = 0;
    for at in 0..builder.vars.len() {
        let var = &builder.vars[at];
        let Some(root) = var.root.filter(|_| var.is_shown) else {
            continue;
        };
        if !marks.later[root as usize] {
            before += 1;
            continue;
        }
        unknown.push(Unknown {
            name: var.name.clone(),
            because: match builder.graph.op(root) {
                Op::Unknown => Because::Refused,
                _ => Because::Hangs,
            },
            before,
        });
        builder.vars[at].is_shown = false;
    }
    unknown
}

/// Stocks, kept values and delays that are unknown hold what is no number. No known value needs one.
fn emptied(builder: &mut Builder<'_>, marks: &Marks, mut orders: Orders) -> Orders {
    let none = builder.graph.number(f64::NAN);
    let step = builder.graph.clock(Clock::Step);
    let is_in = |marks: &[bool], id: Id| marks.get(id as usize).is_some_and(|mark| *mark);
    let set = |marks: &[bool], id: &mut Id, to: Id| {
        if is_in(marks, *id) {
            *id = to;
        }
    };
    for state in &mut builder.states {
        set(&marks.start, &mut state.initial, none);
        set(&marks.later, &mut state.slope, none);
    }
    for held in &mut builder.helds {
        set(&marks.start, &mut held.initial, none);
        if let Some(next) = &mut held.next {
            set(&marks.later, next, none);
        }
    }
    for pipe in &mut builder.pipes {
        set(&marks.start, &mut pipe.initial, none);
        set(&marks.start, &mut pipe.time, step);
        set(&marks.later, &mut pipe.input, none);
    }
    for order in [&mut orders.later, &mut orders.start] {
        for id in [none, step] {
            if !order.contains(&id) {
                order.push(id);
            }
        }
    }
    orders
}
