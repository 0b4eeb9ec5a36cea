//! The equation of one part of a model, from others: evaluated again with one of them as it is now
//! and all others as they were a step before.

use std::collections::HashMap;

use crate::equation::Table;
use crate::simulate::arithmetic::{Dyadic, Monadic};
use crate::simulate::lower::{Builder, Id, Op};
use crate::simulate::machine::value;
use crate::simulate::program::Program;
use crate::simulate::schedule::{Phase, is_alias, operands};

/// What the value of a part is.
#[derive(Debug)]
enum Form {
    /// A stock: the variable is the stock itself, whatever it does.
    Same,
    /// Each input so many times, and what is no input. So a change passes through without rounding.
    Sum(Vec<f64>),
    /// Anything else.
    General,
}

/// One of the parts that an equation works on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Input {
    /// Which part.
    pub part: u32,
    local: u32,
}

/// An equation.
#[derive(Debug)]
pub(super) struct Code {
    form: Form,
    program: Program,
    root: u32,
    inputs: Vec<Input>,
    /// What is no part: the clock, random numbers, what never changes. A slot of its own, and the
    /// slot of the run; then its place in a row.
    held: Vec<(u32, u32)>,
}

/// Room for evaluations.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    slots: Vec<f64>,
    last: Vec<usize>,
    items: Vec<f64>,
}

impl Code {
    /// The equation of an operation. `part_of` says which operations are parts, `slot` where others
    /// stand in a run, and `is_held` which others are taken as they are.
    pub(super) fn new(
        builder: &Builder<'_>,
        root: Id,
        part_of: &dyn Fn(&Op) -> Option<u32>,
        is_held: &dyn Fn(&Op) -> bool,
        slot: &dyn Fn(Id) -> u32,
    ) -> Self {
        let is_given = |id: Id| {
            let op = builder.graph.op(id);
            part_of(op).is_some() || is_held(op)
        };
        let (program, own, given) = Program::of_one(builder, root, is_given);
        let mut inputs: Vec<Input> = Vec::new();
        let mut held = Vec::new();
        for (id, local) in given {
            match part_of(builder.graph.op(id)) {
                Some(part) => inputs.push(Input { part, local }),
                None => held.push((local, slot(id))),
            }
        }
        let places: HashMap<u32, usize> = (0..)
            .zip(&inputs)
            .map(|(at, input)| (input.part, at))
            .collect();
        let form = if is_stock(builder, root, part_of) {
            Form::Same
        } else {
            let place = |op: &Op| part_of(op).and_then(|part| places.get(&part)).copied();
            let most = 4 * program.instructions.len() + 16;
            match sum(builder, root, inputs.len(), &place, is_held, most) {
                Some(times) => Form::Sum(times),
                None => Form::General,
            }
        };
        Self {
            form,
            program,
            root: own,
            inputs,
            held,
        }
    }

    /// The slots of the run that it takes as they are.
    pub(super) fn held_slots(&self) -> impl Iterator<Item = u32> {
        self.held.iter().map(|(_, slot)| *slot)
    }

    /// Reads what it takes as it is from these places of a row from now on.
    pub(super) fn read_held_at(&mut self, place: &dyn Fn(u32) -> u32) {
        for (_, slot) in &mut self.held {
            *slot = place(*slot);
        }
    }

    /// What it works on.
    pub(super) fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    /// Whether it is a stock, and nothing is done with it.
    pub(super) const fn is_same(&self) -> bool {
        matches!(self.form, Form::Same)
    }

    /// How many instructions an evaluation has, and one for itself.
    pub(super) const fn cost(&self) -> u64 {
        match self.form {
            Form::General => {
                (self.program.instructions.len() + self.program.lists.len()) as u64 + 1
            }
            _ => 1,
        }
    }

    /// The change that comes from one input alone: its value with that input as it is now, less
    /// `own`, its value of the step before. `place_of` says where a part stands in a row.
    pub(super) fn partial(
        &self,
        input: usize,
        own: f64,
        rows: [&[f64]; 2],
        place_of: &dyn Fn(u32) -> usize,
        tables: &[Table],
        scratch: &mut Scratch,
    ) -> f64 {
        let [before, now] = rows;
        let switched = place_of(self.inputs[input].part);
        match &self.form {
            Form::Same => return now[switched] - before[switched],
            Form::Sum(times) => return times[input] * (now[switched] - before[switched]),
            Form::General => {}
        }
        scratch.slots.resize(self.program.slots as usize, 0.0);
        if scratch.last.len() < self.program.looks as usize {
            scratch.last.resize(self.program.looks as usize, 0);
        }
        for &(slot, number) in &self.program.numbers {
            scratch.slots[slot as usize] = number;
        }
        for &(local, slot) in &self.held {
            scratch.slots[local as usize] = before[slot as usize];
        }
        for (at, one) in self.inputs.iter().enumerate() {
            let row = if at == input { now } else { before };
            scratch.slots[one.local as usize] = row[place_of(one.part)];
        }
        for instruction in &self.program.instructions {
            let found = value(
                instruction,
                &scratch.slots,
                &self.program.lists,
                tables,
                &mut scratch.last,
                &mut scratch.items,
            );
            scratch.slots[instruction.to as usize] = found;
        }
        scratch.slots[self.root as usize] - own
    }
}

/// Whether a value is a stock and nothing else, perhaps by way of a macro.
fn is_stock(builder: &Builder<'_>, root: Id, part_of: &dyn Fn(&Op) -> Option<u32>) -> bool {
    let mut scratch = vec![root];
    while let Some(id) = scratch.pop() {
        let op = builder.graph.op(id);
        if part_of(op).is_some() || !is_alias(op, Phase::Later) {
            return matches!(op, Op::State(_));
        }
        operands(builder, id, Phase::Later, &mut scratch);
    }
    false
}

/// How many times each input is in a sum; none where it is more than a sum, or a large one.
fn sum(
    builder: &Builder<'_>,
    root: Id,
    inputs: usize,
    place: &dyn Fn(&Op) -> Option<usize>,
    is_held: &dyn Fn(&Op) -> bool,
    most: usize,
) -> Option<Vec<f64>> {
    let mut times = vec![0.0; inputs];
    let mut stack = vec![(root, 1.0)];
    let mut visits = 0;
    let mut scratch = Vec::new();
    while let Some((id, sign)) = stack.pop() {
        visits += 1;
        if visits > most {
            return None;
        }
        let op = builder.graph.op(id);
        if let Some(place) = place(op) {
            times[place] += sign;
            continue;
        }
        match op {
            Op::Number(_) => {}
            op if is_held(op) => {}
            op if is_alias(op, Phase::Later) => {
                scratch.clear();
                operands(builder, id, Phase::Later, &mut scratch);
                stack.extend(scratch.iter().map(|&operand| (operand, sign)));
            }
            Op::Unary(Monadic::Minus, a) => stack.push((*a, -sign)),
            Op::Binary(Dyadic::Add, a, b) => stack.extend([(*a, sign), (*b, sign)]),
            Op::Binary(Dyadic::Subtract, a, b) => stack.extend([(*a, sign), (*b, -sign)]),
            _ => return None,
        }
    }
    Some(times)
}
