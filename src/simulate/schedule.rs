//! The order in which operations are computed, and what depends on what.

use super::lower::{Builder, Clock, Id, Op};
use crate::equation::{Fault, Problem};

/// When an operation is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    /// Once, for the values at the start.
    Start,
    /// In every step.
    Later,
}

/// How often an operation has to be computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Pace {
    /// Once: it never changes.
    Constant,
    /// Where the time has changed.
    Time,
    /// Wherever anything has changed.
    Always,
}

/// What an operation works on in a phase.
pub(crate) fn operands(builder: &Builder<'_>, id: Id, phase: Phase, into: &mut Vec<Id>) {
    match builder.graph.op(id) {
        Op::Number(_) | Op::Unknown | Op::Clock(_) | Op::Input(_) => {}
        Op::Variable(variable) => into.extend(builder.vars[*variable as usize].root),
        Op::Phase(start, later) => into.push(match phase {
            Phase::Start => *start,
            Phase::Later => *later,
        }),
        Op::State(index) if phase == Phase::Start => {
            into.push(builder.states[*index as usize].initial);
        }
        Op::Held(index) if phase == Phase::Start => {
            into.push(builder.helds[*index as usize].initial);
        }
        Op::Pipe(index) if phase == Phase::Start => {
            into.push(builder.pipes[*index as usize].initial);
        }
        Op::State(_) | Op::Held(_) | Op::Pipe(_) => {}
        Op::Unary(_, a) | Op::Look(_, _, a) => into.push(*a),
        Op::Binary(_, a, b) => into.extend([*a, *b]),
        Op::Choose(a, b, c) => into.extend([*a, *b, *c]),
        Op::Many(_, items) => into.extend(items.iter().copied()),
    }
}

/// Whether an operation is the same value as its one operand.
pub(crate) fn is_alias(op: &Op, phase: Phase) -> bool {
    match op {
        Op::Variable(_) | Op::Phase(..) => true,
        Op::State(_) | Op::Held(_) | Op::Pipe(_) => phase == Phase::Start,
        _ => false,
    }
}

/// Where a variable without a root was met: its index.
#[derive(Debug)]
pub(crate) enum Stop {
    /// A hidden variable is not there yet.
    Pending,
    /// Variables need each other: which, and how to say it.
    Circle(Vec<u32>, Box<Fault>),
}

/// All that some operations need, themselves too, each after what it works on: a walk in depth
/// (Tarjan 1976), without recursion.
pub(crate) fn schedule(builder: &Builder<'_>, roots: &[Id], phase: Phase) -> Result<Vec<Id>, Stop> {
    const NEW: u8 = 0;
    const OPEN: u8 = 1;
    const DONE: u8 = 2;
    let mut marks = vec![NEW; builder.graph.len()];
    let mut order = Vec::new();
    let mut stack: Vec<(Id, usize)> = Vec::new();
    let mut operands_of: Vec<Id> = Vec::new();
    let mut next = Vec::new();
    for &root in roots {
        if marks[root as usize] != NEW {
            continue;
        }
        stack.push((root, operands_of.len()));
        marks[root as usize] = OPEN;
        push_operands(builder, root, phase, &mut operands_of, &mut next)?;
        while let Some(&(id, base)) = stack.last() {
            if operands_of.len() == base {
                marks[id as usize] = DONE;
                order.push(id);
                stack.pop();
                continue;
            }
            let Some(operand) = operands_of.pop() else {
                break;
            };
            match marks[operand as usize] {
                NEW => {
                    marks[operand as usize] = OPEN;
                    stack.push((operand, operands_of.len()));
                    push_operands(builder, operand, phase, &mut operands_of, &mut next)?;
                }
                OPEN => {
                    let (members, fault) = circle(builder, &stack, operand);
                    return Err(Stop::Circle(members, Box::new(fault)));
                }
                _ => {}
            }
        }
    }
    Ok(order)
}

/// The operands of an operation, the first on top.
fn push_operands(
    builder: &Builder<'_>,
    id: Id,
    phase: Phase,
    stack: &mut Vec<Id>,
    scratch: &mut Vec<Id>,
) -> Result<(), Stop> {
    if let Op::Variable(variable) = builder.graph.op(id)
        && builder.vars[*variable as usize].root.is_none()
    {
        return Err(Stop::Pending);
    }
    scratch.clear();
    operands(builder, id, phase, scratch);
    stack.extend(scratch.iter().rev());
    Ok(())
}

/// The variables between an operation and itself.
fn circle(builder: &Builder<'_>, stack: &[(Id, usize)], again: Id) -> (Vec<u32>, Fault) {
    let start = stack.iter().position(|(id, _)| *id == again).unwrap_or(0);
    let members = stack[start..]
        .iter()
        .filter_map(|(id, _)| match builder.graph.op(*id) {
            Op::Variable(variable) => Some(*variable),
            _ => None,
        });
    let mut members: Vec<u32> = members.collect();
    // Whatever the walk met first, a circle is told from its first variable on.
    let first = members
        .iter()
        .enumerate()
        .min_by_key(|(_, variable)| **variable);
    let first = first.map_or(0, |(at, _)| at);
    members.rotate_left(first);
    let variables = members
        .iter()
        .map(|variable| &builder.vars[*variable as usize]);
    let mut names: Vec<String> = variables
        .clone()
        .map(|variable| variable.name.clone())
        .collect();
    names.extend(names.first().cloned());
    let first = variables.clone().next();
    let fault = Fault::whole(Problem::Circle(names));
    let fault = match first {
        Some(variable) => fault.of(&variable.name).by_default_at(variable.span),
        None => fault,
    };
    (members, fault)
}

/// The pace of each operation of an order of the later phase; of all others, [`Pace::Constant`].
pub(crate) fn paces(builder: &Builder<'_>, order: &[Id]) -> Vec<Pace> {
    let mut paces = vec![Pace::Constant; builder.graph.len()];
    let mut scratch = Vec::new();
    for &id in order {
        let own = match builder.graph.op(id) {
            Op::Clock(Clock::Time | Clock::StepTime | Clock::StepNumber) => Pace::Time,
            Op::State(_) | Op::Pipe(_) => Pace::Always,
            Op::Held(index) => match builder.helds[*index as usize].next {
                Some(_) => Pace::Always,
                None => Pace::Constant,
            },
            Op::Many(super::arithmetic::Many::Draw(..), _) => Pace::Always,
            _ => Pace::Constant,
        };
        scratch.clear();
        operands(builder, id, Phase::Later, &mut scratch);
        let of_operands = scratch.iter().map(|operand| paces[*operand as usize]);
        paces[id as usize] = of_operands.fold(own, Pace::max);
    }
    paces
}
