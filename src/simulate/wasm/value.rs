//! The instructions of a program as instructions of WebAssembly.
//!
//! A value that one instruction alone uses, and nobody sees, is computed where it is used and has no
//! place in memory. All others are stored.

use wasm_encoder::{BlockType, ValType};

use super::host::{FIVES, LISTS, ONES, TWOS, number_of, takes_list};
use super::layout::{ADDRESS, Layout, NUMBER, POINT};
use super::look::READINGS;
use super::module::{Import, LOOKS};
use super::pieces::{Code, Pieces, number, word};
use super::plan::{Plan, is_condition, plans};
use crate::simulate::arithmetic::{Dyadic, Many, Monadic, SLACK};
use crate::simulate::compile::Compiled;
use crate::simulate::lower::Clock;
use crate::simulate::program::{self, Instruction};

/// From what work on a choice computes only the side that it takes, in simple operations. Below,
/// computing both is quicker than a wrong guess of the processor.
const WORTH_A_BRANCH: u32 = 15;

/// How an instruction gives its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gives {
    Number,
    /// A whole number, 1 or 0.
    Truth,
}

/// Writes the values of a model.
pub(super) struct Values<'m> {
    model: &'m Compiled,
    layout: &'m Layout,
    plans: Vec<Plan>,
}

impl<'m> Values<'m> {
    pub(super) fn new(model: &'m Compiled, layout: &'m Layout) -> Self {
        Self {
            model,
            layout,
            plans: plans(model),
        }
    }

    /// Computes and stores all values that are stored.
    pub(super) fn all(&self, pieces: &mut Pieces) {
        let program = &self.model.step;
        let mut draws = 0;
        for one in &program.instructions[program.constant..] {
            let plan = self.plans[one.to as usize];
            if plan.is_inline {
                continue;
            }
            let mut code = pieces.room();
            if takes_list(one.code) {
                self.set_out(&mut code, one);
            }
            code.store(self.layout.slot(one.to), |code| {
                if let program::Code::Many(Many::Draw(..)) = one.code {
                    self.draw(code, one, draws);
                    draws += 1;
                } else {
                    self.compute(code, one);
                }
            });
        }
    }

    fn items(&self, one: &Instruction) -> &[u32] {
        &self.model.step.lists[one.a as usize..(one.a + one.b) as usize]
    }

    /// The value of a slot.
    fn value(&self, code: &mut Code<'_>, slot: u32) {
        match self.inside(slot) {
            Some(one) => self.compute(code, one),
            None => {
                code.load(self.layout.slot(slot));
            }
        }
    }

    /// The instruction of a value that is computed where it is used.
    fn inside(&self, slot: u32) -> Option<&Instruction> {
        let plan = self.plans[slot as usize];
        let at = plan.from.filter(|_| plan.is_inline)?;
        self.model.step.instructions.get(at)
    }

    /// Whether the value of a slot is not 0, as a whole number.
    fn truth(&self, code: &mut Code<'_>, slot: u32) {
        let is_condition = |one: &&Instruction| is_condition(one.code);
        let condition = self.inside(slot).filter(is_condition);
        let gives = match condition.map(|one| (one.code, one)) {
            Some((program::Code::Binary(dyadic), one)) => self.binary(code, dyadic, one),
            Some((program::Code::Unary(monadic), one)) => self.unary(code, monadic, one.a),
            _ => {
                self.value(code, slot);
                Gives::Number
            }
        };
        if gives == Gives::Number {
            code.constant(0.0).0.f64_ne();
        }
    }

    /// What an instruction gives that is no draw. An operation that is new has to be written here, or
    /// to be among those that are imported.
    fn compute(&self, code: &mut Code<'_>, one: &Instruction) {
        let number = |code: &mut Code<'_>, gives: Gives| {
            if gives == Gives::Truth {
                code.0.f64_convert_i32_u();
            }
        };
        match one.code {
            program::Code::Unary(monadic) => {
                let gives = self.unary(code, monadic, one.a);
                number(code, gives);
            }
            program::Code::Binary(dyadic) => {
                let gives = self.binary(code, dyadic, one);
                number(code, gives);
            }
            program::Code::Choose => self.choose(code, one),
            program::Code::Look(_) => self.look(code, one),
            program::Code::Many(Many::Pick) => self.pick(code, one),
            program::Code::Many(many @ (Many::PulseTrain | Many::PulseEvery)) => {
                code.address(number_of(&FIVES, &many).unwrap_or(u32::MAX));
                self.five(code, self.items(one));
                code.call(Import::Five);
            }
            program::Code::Many(
                many @ (Many::SortOrder | Many::Rank | Many::Price | Many::Share),
            ) => {
                code.address(number_of(&LISTS, &many).unwrap_or(u32::MAX));
                code.address(self.layout.scratch).address(one.b);
                code.call(Import::List);
            }
            program::Code::Many(Many::Draw(..)) => {
                code.constant(f64::NAN);
            }
        }
    }

    fn unary(&self, code: &mut Code<'_>, monadic: Monadic, a: u32) -> Gives {
        if monadic == Monadic::Not {
            self.truth(code, a);
            code.0.i32_eqz();
            return Gives::Truth;
        }
        if let Some(number) = number_of(&ONES, &monadic) {
            code.address(number);
        }
        self.value(code, a);
        match monadic {
            Monadic::Minus => code.0.f64_neg(),
            Monadic::Abs => code.0.f64_abs(),
            Monadic::Sqrt => code.0.f64_sqrt(),
            Monadic::Floor => code.0.f64_floor(),
            Monadic::Truncate => code.0.f64_trunc(),
            Monadic::StepOf => code.constant(SLACK).0.f64_sub().f64_ceil(),
            Monadic::Exp
            | Monadic::Ln
            | Monadic::Log10
            | Monadic::Sin
            | Monadic::Cos
            | Monadic::Tan
            | Monadic::Arcsin
            | Monadic::Arccos
            | Monadic::Arctan
            | Monadic::Sinh
            | Monadic::Cosh
            | Monadic::Tanh
            | Monadic::Round
            | Monadic::GammaLn
            | Monadic::Not => &mut code.call(Import::One).0,
        };
        Gives::Number
    }

    fn binary(&self, code: &mut Code<'_>, dyadic: Dyadic, one: &Instruction) -> Gives {
        if let Dyadic::And | Dyadic::Or = dyadic {
            self.truth(code, one.a);
            self.truth(code, one.b);
        } else {
            if let Some(number) = number_of(&TWOS, &dyadic) {
                code.address(number);
            }
            self.value(code, one.a);
            self.value(code, one.b);
        }
        let code = &mut code.0;
        match dyadic {
            Dyadic::Add => code.f64_add(),
            Dyadic::Subtract => code.f64_sub(),
            Dyadic::Multiply => code.f64_mul(),
            Dyadic::Divide => code.f64_div(),
            Dyadic::Min => code.f64_min(),
            Dyadic::Max => code.f64_max(),
            Dyadic::Power | Dyadic::FlooredModulo | Dyadic::TruncatedModulo => {
                code.call(Import::Two as u32)
            }
            Dyadic::Less => code.f64_lt(),
            Dyadic::LessOrEqual => code.f64_le(),
            Dyadic::Greater => code.f64_gt(),
            Dyadic::GreaterOrEqual => code.f64_ge(),
            Dyadic::Equal => code.f64_eq(),
            Dyadic::NotEqual => code.f64_ne(),
            Dyadic::And => code.i32_and(),
            Dyadic::Or => code.i32_or(),
        };
        if is_condition(program::Code::Binary(dyadic)) {
            Gives::Truth
        } else {
            Gives::Number
        }
    }

    fn choose(&self, code: &mut Code<'_>, one: &Instruction) {
        let work = |slot: u32| match self.inside(slot) {
            Some(_) => self.plans[slot as usize].work,
            None => 0,
        };
        if work(one.b).max(work(one.c)) >= WORTH_A_BRANCH {
            self.truth(code, one.a);
            code.0.if_(BlockType::Result(ValType::F64));
            self.value(code, one.b);
            code.0.else_();
            self.value(code, one.c);
            code.0.end();
        } else {
            self.value(code, one.b);
            self.value(code, one.c);
            self.truth(code, one.a);
            code.0.select();
        }
    }

    fn look(&self, code: &mut Code<'_>, one: &Instruction) {
        let table = one.b as usize;
        let count = self.model.tables[table].points().len();
        let first = self.layout.tables[table];
        match u32::try_from(count).unwrap_or(u32::MAX) {
            0 => {
                code.constant(f64::NAN);
            }
            // What is no number stays so; all else is the one value.
            1 => {
                code.load(first + NUMBER).constant(f64::NAN);
                let x = self.layout.slot(one.a);
                code.load(x).load(x).0.f64_eq().select();
            }
            count => {
                let program::Code::Look(reading) = one.code else {
                    return;
                };
                let way = READINGS.iter().position(|known| *known == reading);
                // All readings are there.
                let way = LOOKS + u32::try_from(way.unwrap_or(0)).unwrap_or(0);
                self.value(code, one.a);
                code.address(self.layout.looks + ADDRESS * one.c);
                code.address(first).address(first + POINT * (count - 1));
                code.0.call(way);
            }
        }
    }

    /// The value whose index is the first operand, from 1, by its address.
    fn pick(&self, code: &mut Code<'_>, one: &Instruction) {
        let Some((index, values)) = self.items(one).split_first() else {
            code.constant(f64::NAN);
            return;
        };
        let index = self.layout.slot(*index);
        let most = u32::try_from(values.len()).map_or(f64::INFINITY, f64::from);
        code.load(index).0.f64_floor();
        code.constant(1.0).0.f64_ge();
        code.load(index).0.f64_floor();
        code.constant(most).0.f64_le().i32_and();
        code.0.if_(BlockType::Result(ValType::F64));
        code.load(index).0.f64_floor().i32_trunc_f64_u();
        code.address(ADDRESS).0.i32_mul();
        // The first entry of the list is the index, and the first value has the index 1.
        let addresses = self.layout.lists + ADDRESS * one.a;
        code.0.i32_load(word(addresses)).f64_load(number(0));
        code.0.else_();
        code.constant(0.0).0.end();
    }

    /// The operands, and as many zeros as make five.
    fn five(&self, code: &mut Code<'_>, items: &[u32]) {
        for at in 0..5 {
            match items.get(at) {
                Some(slot) => self.value(code, *slot),
                None => {
                    code.constant(0.0);
                }
            }
        }
    }

    /// Puts the operands of a function that is handed a list into their room.
    fn set_out(&self, code: &mut Code<'_>, one: &Instruction) {
        for (at, slot) in self.items(one).iter().enumerate() {
            code.store(Layout::number(self.layout.scratch, at), |code| {
                self.value(code, *slot);
            });
        }
    }

    fn draw(&self, code: &mut Code<'_>, one: &Instruction, place: u32) {
        code.address(place);
        code.load(self.layout.slot(Clock::StepNumber as u32));
        self.five(code, self.items(one));
        code.call(Import::Draw);
    }
}
