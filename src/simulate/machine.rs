//! The interpreter of a program.

use std::ops::Range;

use super::arithmetic::{Draw, Many};
use super::program::{Code, Instruction, Program};
use super::random::Series;
use super::table::Table;

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
            let value = self.value(instruction, program, tables, series);
            self.slots[instruction.to as usize] = value;
        }
    }

    fn value(
        &mut self,
        instruction: &Instruction,
        program: &Program,
        tables: &[Table],
        series: &mut [Series],
    ) -> f64 {
        let Instruction { code, a, b, c, .. } = *instruction;
        match code {
            Code::Binary(code) => code.of(self.at(a), self.at(b)),
            Code::Unary(code) => code.of(self.at(a)),
            Code::Choose => {
                if self.at(a) != 0.0 {
                    self.at(b)
                } else {
                    self.at(c)
                }
            }
            Code::Look(reading) => {
                let x = self.at(a);
                tables[b as usize].at(x, reading, &mut self.last[c as usize])
            }
            Code::Many(code) => {
                let list = &program.lists[a as usize..(a + b) as usize];
                self.items.clear();
                self.items
                    .extend(list.iter().map(|slot| self.slots[*slot as usize]));
                match code {
                    Many::Draw(draw, index) => self.draw(draw, index as usize, series),
                    code => code.of(&self.items),
                }
            }
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
