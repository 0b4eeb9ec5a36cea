//! The instructions of a program as instructions of WebAssembly.
//!
//! A value that one instruction alone uses, and nobody sees, is computed where it is used and has no
//! place in memory. All others are stored.

use wasm_encoder::{BlockType, ValType};

use super::host::{FIVES, LISTS, ONES, TWOS, number_of};
use super::layout::{ADDRESS, Layout, NUMBER, POINT};
use super::look::READINGS;
use super::module::{Import, LOOKS};
use super::pieces::{Code, Pieces, number, word};
use crate::simulate::arithmetic::{Dyadic, Many, Monadic, SLACK};
use crate::simulate::compile::Compiled;
use crate::simulate::lower::Clock;
use crate::simulate::program::{self, Instruction};

/// The most operations of a value that is computed where it is used, and how deep they may lie.
const MOST: u32 = 300;
const DEEPEST: u32 = 40;
/// From what work on a choice computes only the side that it takes, in simple operations. Below,
/// computing both is quicker than a wrong guess of the processor.
const WORTH_A_BRANCH: u32 = 15;

/// What is known of the value of a slot.
#[derive(Clone, Copy, Debug, Default)]
struct Plan {
    /// The instruction that computes it, if it is computed in each step.
    from: Option<usize>,
    /// How many operands it is.
    uses: u32,
    /// Whether others than instructions need it.
    is_seen: bool,
    /// Whether it is computed where it is used.
    is_inline: bool,
    /// Of a value that is computed where it is used: operations, their depth, and their work.
    size: u32,
    depth: u32,
    work: u32,
}

/// Writes the values of a model.
pub(super) struct Values<'m> {
    model: &'m Compiled,
    layout: &'m Layout,
    plans: Vec<Plan>,
}

impl<'m> Values<'m> {
    pub(super) fn new(model: &'m Compiled, layout: &'m Layout) -> Self {
        let mut values = Self {
            model,
            layout,
            plans: vec![Plan::default(); model.step.slots as usize],
        };
        let seen = |slot: u32, plans: &mut Vec<Plan>| plans[slot as usize].is_seen = true;
        let plans = &mut values.plans;
        for column in &model.columns {
            seen(column.slot, plans);
        }
        for state in &model.states {
            seen(state.slope, plans);
        }
        for slot in model.helds.iter().filter_map(|held| held.next) {
            seen(slot, plans);
        }
        for pipe in &model.pipes {
            seen(pipe.input, plans);
        }
        let program = &model.step;
        for (at, one) in program.instructions.iter().enumerate() {
            // A list is found by its addresses, and this table asks twice.
            let needs_place = match one.code {
                program::Code::Many(Many::Pick) => true,
                program::Code::Look(_) => model.tables[one.b as usize].points().len() == 1,
                _ => false,
            };
            for slot in operands(one, &program.lists) {
                let plan = &mut values.plans[slot as usize];
                // What is computed once is not computed here.
                plan.uses += u32::from(at >= program.constant);
                plan.is_seen |= needs_place;
            }
        }
        for at in program.constant..program.instructions.len() {
            values.plan(at);
        }
        values
    }

    /// Decides about the value of an instruction; its operands come before it.
    fn plan(&mut self, at: usize) {
        let program = &self.model.step;
        let one = &program.instructions[at];
        let (mut size, mut depth, mut work) = (1, 1, work(one.code));
        for slot in operands(one, &program.lists) {
            let operand = self.plans[slot as usize];
            if operand.is_inline {
                size += operand.size;
                work += operand.work;
                depth = depth.max(1 + operand.depth);
            }
        }
        // A draw is drawn in every step, whoever uses it; lists share one room for operands.
        let is_free = !matches!(
            one.code,
            program::Code::Many(Many::Draw(..) | Many::SortOrder | Many::Rank)
        );
        let plan = &mut self.plans[one.to as usize];
        *plan = Plan {
            from: Some(at),
            is_inline: is_free
                && plan.uses == 1
                && !plan.is_seen
                && size <= MOST
                && depth <= DEEPEST,
            size,
            depth,
            work,
            ..*plan
        };
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
            if let program::Code::Many(Many::SortOrder | Many::Rank) = one.code {
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
        if let Some(one) = self.inside(slot).filter(is_condition) {
            self.condition(code, one);
        } else {
            self.value(code, slot);
            code.constant(0.0).0.f64_ne();
        }
    }

    /// A comparison or what joins them, as a whole number, 1 or 0.
    fn condition(&self, code: &mut Code<'_>, one: &Instruction) {
        let program::Code::Binary(dyadic) = one.code else {
            self.truth(code, one.a);
            code.0.i32_eqz();
            return;
        };
        if matches!(dyadic, Dyadic::And | Dyadic::Or) {
            self.truth(code, one.a);
            self.truth(code, one.b);
        } else {
            self.value(code, one.a);
            self.value(code, one.b);
        }
        match dyadic {
            Dyadic::And => code.0.i32_and(),
            Dyadic::Or => code.0.i32_or(),
            Dyadic::Less => code.0.f64_lt(),
            Dyadic::LessOrEqual => code.0.f64_le(),
            Dyadic::Greater => code.0.f64_gt(),
            Dyadic::GreaterOrEqual => code.0.f64_ge(),
            Dyadic::Equal => code.0.f64_eq(),
            // The others are no conditions.
            _ => code.0.f64_ne(),
        };
    }

    /// What an instruction gives that is no draw.
    fn compute(&self, code: &mut Code<'_>, one: &Instruction) {
        if is_condition(one.code) {
            self.condition(code, one);
            code.0.f64_convert_i32_u();
            return;
        }
        match one.code {
            program::Code::Unary(monadic) => self.unary(code, monadic, one.a),
            program::Code::Binary(dyadic) => self.binary(code, dyadic, one),
            program::Code::Choose => self.choose(code, one),
            program::Code::Look(_) => self.look(code, one),
            program::Code::Many(Many::Pick) => self.pick(code, one),
            program::Code::Many(many) => {
                let items = self.items(one);
                if let Some(number) = number_of(&LISTS, &many) {
                    code.address(number).address(self.layout.scratch);
                    code.address(one.b).call(Import::List);
                } else if let Some(number) = number_of(&FIVES, &many) {
                    code.address(number);
                    self.five(code, items);
                    code.call(Import::Five);
                } else {
                    code.constant(f64::NAN);
                }
            }
        }
    }

    fn unary(&self, code: &mut Code<'_>, monadic: Monadic, a: u32) {
        let imported = number_of(&ONES, &monadic);
        if let Some(number) = imported {
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
            _ => &mut code.call(Import::One).0,
        };
    }

    fn binary(&self, code: &mut Code<'_>, dyadic: Dyadic, one: &Instruction) {
        let imported = number_of(&TWOS, &dyadic);
        if let Some(number) = imported {
            code.address(number);
        }
        self.value(code, one.a);
        self.value(code, one.b);
        match dyadic {
            Dyadic::Add => code.0.f64_add(),
            Dyadic::Subtract => code.0.f64_sub(),
            Dyadic::Multiply => code.0.f64_mul(),
            Dyadic::Divide => code.0.f64_div(),
            Dyadic::Min => code.0.f64_min(),
            Dyadic::Max => code.0.f64_max(),
            _ => &mut code.call(Import::Two).0,
        };
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

/// The slots that an instruction reads.
fn operands<'p>(one: &Instruction, lists: &'p [u32]) -> impl Iterator<Item = u32> + use<'p> {
    let Instruction { code, a, b, c, .. } = *one;
    let (slots, count): ([u32; 3], usize) = match code {
        program::Code::Unary(_) | program::Code::Look(_) => ([a, 0, 0], 1),
        program::Code::Binary(_) => ([a, b, 0], 2),
        program::Code::Choose => ([a, b, c], 3),
        program::Code::Many(_) => ([0; 3], 0),
    };
    let list = match code {
        program::Code::Many(_) => &lists[a as usize..(a + b) as usize],
        _ => &[],
    };
    let slots = slots.into_iter().take(count);
    slots.chain(list.iter().copied())
}

/// Whether an instruction gives 1 or 0 for yes or no.
const fn is_condition(code: program::Code) -> bool {
    matches!(
        code,
        program::Code::Unary(Monadic::Not)
            | program::Code::Binary(
                Dyadic::Less
                    | Dyadic::LessOrEqual
                    | Dyadic::Greater
                    | Dyadic::GreaterOrEqual
                    | Dyadic::Equal
                    | Dyadic::NotEqual
                    | Dyadic::And
                    | Dyadic::Or
            )
    )
}

/// About how much work an instruction is, in simple operations.
fn work(code: program::Code) -> u32 {
    match code {
        program::Code::Unary(monadic) if number_of(&ONES, &monadic).is_some() => 20,
        program::Code::Binary(dyadic) if number_of(&TWOS, &dyadic).is_some() => 30,
        program::Code::Unary(Monadic::Sqrt) | program::Code::Binary(Dyadic::Divide) => 4,
        program::Code::Unary(_) | program::Code::Binary(_) | program::Code::Choose => 1,
        program::Code::Look(_) => 10,
        program::Code::Many(_) => 20,
    }
}
