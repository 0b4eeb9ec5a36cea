//! The flat form of a model: instructions that read slots and write one each.

use std::collections::HashMap;
use std::ops::Range;

use super::arithmetic::{Dyadic, Many, Monadic};
use super::lower::{Builder, Clock, Id, Op};
use super::schedule::{Pace, Phase, is_alias, operands};
use crate::equation::Reading;

/// What an instruction does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Code {
    Unary(Monadic),
    Binary(Dyadic),
    /// The second operand where the first is not 0, else the third.
    Choose,
    /// Table `b` at the first operand; `c` is which memory of the last segment it has.
    Look(Reading),
    /// `b` operands, listed from `a` on.
    Many(Many),
}

/// An instruction: an operation, the slot it writes, and slots it reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Instruction {
    pub code: Code,
    pub to: u32,
    pub a: u32,
    pub b: u32,
    pub c: u32,
}

/// Instructions in order: first what is computed once, then what hangs on the time alone, then the
/// rest.
#[derive(Clone, Debug, Default)]
pub(crate) struct Program {
    pub instructions: Vec<Instruction>,
    /// How many of them are computed once, and how many of the next hang on the time alone.
    pub constant: usize,
    pub timed: usize,
    /// The operands of instructions with several.
    pub lists: Vec<u32>,
    /// Slots that hold numbers from the beginning.
    pub numbers: Vec<(u32, f64)>,
    /// How many slots there are.
    pub slots: u32,
    /// How many tables are read.
    pub looks: u32,
    /// The slots of operations.
    slot_of: HashMap<Id, u32>,
}

/// Where the slots of stocks begin: after the clock.
pub(crate) const FIRST_STATE: u32 = Clock::COUNT;

impl Program {
    /// The program of operations in an order.
    pub(crate) fn new(builder: &Builder<'_>, order: &[Id], paces: &[Pace], phase: Phase) -> Self {
        let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        let states = count(builder.states.len());
        let helds = count(builder.helds.len());
        let pipes = count(builder.pipes.len());
        let mut program = Self {
            slots: FIRST_STATE + states + helds + pipes + count(builder.inputs.len()),
            ..Self::default()
        };
        let mut parts: [Vec<Instruction>; 3] = Default::default();
        let mut scratch = Vec::new();
        for &id in order {
            let op = builder.graph.op(id);
            scratch.clear();
            operands(builder, id, phase, &mut scratch);
            if is_alias(op, phase) {
                // The operand of an alias is there, and came before.
                let slot = scratch
                    .first()
                    .and_then(|operand| program.slot_of.get(operand))
                    .copied();
                program.slot_of.insert(id, slot.unwrap_or(0));
                continue;
            }
            let fixed = match op {
                Op::Clock(clock) => Some(*clock as u32),
                Op::State(index) => Some(FIRST_STATE + index),
                Op::Held(index) => Some(FIRST_STATE + states + index),
                Op::Pipe(index) => Some(FIRST_STATE + states + helds + index),
                Op::Input(index) => Some(FIRST_STATE + states + helds + pipes + index),
                _ => None,
            };
            if let Some(slot) = fixed {
                program.slot_of.insert(id, slot);
                continue;
            }
            let to = program.slots;
            program.slots += 1;
            program.slot_of.insert(id, to);
            if let Op::Number(bits) = op {
                program.numbers.push((to, f64::from_bits(*bits)));
                continue;
            }
            let instruction = program.instruction(op, to, &scratch);
            parts[paces[id as usize] as usize].push(instruction);
        }
        program.constant = parts[0].len();
        program.timed = parts[1].len();
        program.instructions = parts.concat();
        program
    }

    /// The program of one operation out of others that are given: its own slot, and those that are
    /// given with their slots. It is not ordered by pace.
    pub(crate) fn of_one(
        builder: &Builder<'_>,
        root: Id,
        is_given: impl Fn(Id) -> bool,
    ) -> (Self, u32, Vec<(Id, u32)>) {
        let mut program = Self::default();
        let mut given = Vec::new();
        let mut scratch = Vec::new();
        // Whether the operands of an operation are there already.
        let mut stack = vec![(root, false)];
        while let Some((id, has_operands)) = stack.pop() {
            if program.slot_of.contains_key(&id) {
                continue;
            }
            let op = builder.graph.op(id);
            let is_alias = is_alias(op, Phase::Later);
            if is_given(id) || matches!(op, Op::Number(_)) {
                let to = program.slots;
                program.slots += 1;
                program.slot_of.insert(id, to);
                match op {
                    Op::Number(bits) => program.numbers.push((to, f64::from_bits(*bits))),
                    _ => given.push((id, to)),
                }
                continue;
            }
            scratch.clear();
            operands(builder, id, Phase::Later, &mut scratch);
            if !has_operands {
                stack.push((id, true));
                stack.extend(scratch.iter().rev().map(|&operand| (operand, false)));
            } else if is_alias {
                let slot = scratch.first().map_or(0, |operand| program.slot(*operand));
                program.slot_of.insert(id, slot);
            } else {
                let to = program.slots;
                program.slots += 1;
                let instruction = program.instruction(op, to, &scratch);
                program.instructions.push(instruction);
                program.slot_of.insert(id, to);
            }
        }
        let root = program.slot(root);
        program.slot_of = HashMap::new();
        (program, root, given)
    }

    fn instruction(&mut self, op: &Op, to: u32, operands: &[Id]) -> Instruction {
        let slot = |at: usize| {
            operands
                .get(at)
                .and_then(|id| self.slot_of.get(id))
                .copied()
                .unwrap_or(0)
        };
        let (code, a, b, c) = match op {
            Op::Unary(code, _) => (Code::Unary(*code), slot(0), 0, 0),
            Op::Binary(code, ..) => (Code::Binary(*code), slot(0), slot(1), 0),
            Op::Look(table, reading, _) => {
                let a = slot(0);
                self.looks += 1;
                (Code::Look(*reading), a, *table, self.looks - 1)
            }
            Op::Many(code, items) => {
                let a = u32::try_from(self.lists.len()).unwrap_or(u32::MAX);
                let slots: Vec<u32> = (0..items.len()).map(slot).collect();
                let b = u32::try_from(slots.len()).unwrap_or(u32::MAX);
                self.lists.extend(slots);
                (Code::Many(*code), a, b, 0)
            }
            _ => (Code::Choose, slot(0), slot(1), slot(2)),
        };
        Instruction { code, to, a, b, c }
    }

    /// The slot of an operation that was in the order.
    pub(crate) fn slot(&self, id: Id) -> u32 {
        self.slot_of.get(&id).copied().unwrap_or(0)
    }

    /// What is computed once.
    pub(crate) const fn constants(&self) -> Range<usize> {
        0..self.constant
    }

    /// What hangs on the time alone.
    pub(crate) const fn of_time(&self) -> Range<usize> {
        self.constant..self.constant + self.timed
    }

    /// The rest.
    pub(crate) fn rest(&self) -> Range<usize> {
        self.constant + self.timed..self.instructions.len()
    }
}
