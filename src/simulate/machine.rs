//! The interpreter of a program.

use std::ops::Range;

use super::arithmetic::{Draw, Many};
use super::program::{Code, Instruction, Program};
use super::random::Series;
use crate::equation::Table;

/// The values of a run, and what its instructions remember.
#[derive(Clone, Debug)]
pub(crate) struct Machine {
    pub slots: Vec<f64>,
    /// For each place where a table is read, the segment that was read last.
    last: Vec<usize>,
    /// For each series the step it was last drawn in, and the number.
    drawn: Vec<(u64, f64)>,
    items: Vec<f64>,
    /// The number of the step, from 0.
    pub step: u64,
}

/// Before the first step.
const NEVER: u64 = u64::MAX;

impl Machine {
    pub(crate) fn new(program: &Program, draws: usize) -> Self {
        let mut slots = vec![0.0; program.slots as usize];
        for &(slot, number) in &program.numbers {
            slots[slot as usize] = number;
        }
        Self {
            slots,
            last: vec![0; program.looks as usize],
            drawn: vec![(NEVER, 0.0); draws],
            items: Vec::new(),
            step: 0,
        }
    }

    /// The value in a slot.
    pub(crate) fn at(&self, slot: u32) -> f64 {
        self.slots[slot as usize]
    }

    /// Computes some instructions. A series of random numbers is drawn once in a step.
    pub(crate) fn run(
        &mut self,
        program: &Program,
        range: Range<usize>,
        tables: &[Table],
        series: &mut [Series],
    ) {
        for instruction in &program.instructions[range] {
            let value = match instruction.code {
                Code::Many(Many::Draw(draw, index)) => {
                    gather(instruction, &self.slots, &program.lists, &mut self.items);
                    self.draw(draw, index as usize, series)
                }
                _ => value(
                    instruction,
                    &self.slots,
                    &program.lists,
                    tables,
                    &mut self.last,
                    &mut self.items,
                ),
            };
            self.slots[instruction.to as usize] = value;
        }
    }

    fn draw(&mut self, draw: Draw, index: usize, series: &mut [Series]) -> f64 {
        let (step, number) = self.drawn[index];
        if step == self.step {
            return number;
        }
        let number = series[index].draw(draw, &self.items);
        self.drawn[index] = (self.step, number);
        number
    }
}

/// The operands of an instruction that lists them.
fn gather(instruction: &Instruction, slots: &[f64], lists: &[u32], items: &mut Vec<f64>) {
    let Instruction { a, b, .. } = *instruction;
    let list = &lists[a as usize..(a + b) as usize];
    items.clear();
    items.extend(list.iter().map(|slot| slots[*slot as usize]));
}

/// What an instruction gives that draws no random number. `last` has the segment that each place
/// where a table is read has read last, and `items` is room for operands.
pub(crate) fn value(
    instruction: &Instruction,
    slots: &[f64],
    lists: &[u32],
    tables: &[Table],
    last: &mut [usize],
    items: &mut Vec<f64>,
) -> f64 {
    let Instruction { code, a, b, c, .. } = *instruction;
    let at = |slot: u32| slots[slot as usize];
    match code {
        Code::Binary(code) => code.of(at(a), at(b)),
        Code::Unary(code) => code.of(at(a)),
        Code::Choose => {
            if at(a) != 0.0 {
                at(b)
            } else {
                at(c)
            }
        }
        Code::Look(reading) => tables[b as usize].at(at(a), reading, &mut last[c as usize]),
        Code::Many(code) => {
            gather(instruction, slots, lists, items);
            code.of(items)
        }
    }
}
