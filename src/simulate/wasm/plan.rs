//! Which values of a program have a place in memory, and which are computed where they are used.

use super::host::{ONES, TWOS, number_of, takes_list};
use crate::simulate::arithmetic::{Dyadic, Many, Monadic};
use crate::simulate::compile::Compiled;
use crate::simulate::program::{self, Instruction, Program};

/// The most operations of a value that is computed where it is used, and how deep they may lie.
const MOST: u32 = 300;
const DEEPEST: u32 = 40;

/// What is known of the value of a slot.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Plan {
    /// The instruction that computes it, if it is computed in each step.
    pub from: Option<usize>,
    /// How many operands it is.
    uses: u32,
    /// Whether others than instructions need it.
    is_seen: bool,
    /// Whether it is computed where it is used.
    pub is_inline: bool,
    /// Of a value that is computed where it is used: operations, their depth, and their work.
    size: u32,
    depth: u32,
    pub work: u32,
}

/// What is known of each slot.
pub(super) fn plans(model: &Compiled) -> Vec<Plan> {
    let program = &model.step;
    let mut plans = vec![Plan::default(); program.slots as usize];
    let columns = model.columns.iter().map(|column| column.slot);
    let slopes = model.states.iter().map(|state| state.slope);
    let nexts = model.helds.iter().filter_map(|held| held.next);
    let inputs = model.pipes.iter().map(|pipe| pipe.input);
    for slot in columns.chain(slopes).chain(nexts).chain(inputs) {
        plans[slot as usize].is_seen = true;
    }
    for (at, one) in program.instructions.iter().enumerate() {
        // A list is found by its addresses, and this table asks twice.
        let needs_place = match one.code {
            program::Code::Many(Many::Pick) => true,
            program::Code::Look(_) => model.tables[one.b as usize].points().len() == 1,
            _ => false,
        };
        for slot in operands(one, &program.lists) {
            let plan = &mut plans[slot as usize];
            // What is computed once is not computed here.
            plan.uses += u32::from(at >= program.constant);
            plan.is_seen |= needs_place;
        }
    }
    for at in program.constant..program.instructions.len() {
        decide(program, at, &mut plans);
    }
    plans
}

/// Decides about the value of an instruction; its operands come before it.
fn decide(program: &Program, at: usize, plans: &mut [Plan]) {
    let one = &program.instructions[at];
    let (mut size, mut depth, mut work) = (1, 1, work(one.code));
    for slot in operands(one, &program.lists) {
        let operand = plans[slot as usize];
        if operand.is_inline {
            size += operand.size;
            work += operand.work;
            depth = depth.max(1 + operand.depth);
        }
    }
    // A draw is drawn in every step, whoever uses it; lists share one room for operands.
    let is_draw = matches!(one.code, program::Code::Many(Many::Draw(..)));
    let is_free = !is_draw && !takes_list(one.code);
    let plan = &mut plans[one.to as usize];
    *plan = Plan {
        from: Some(at),
        is_inline: is_free && plan.uses == 1 && !plan.is_seen && size <= MOST && depth <= DEEPEST,
        size,
        depth,
        work,
        ..*plan
    };
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
pub(super) const fn is_condition(code: program::Code) -> bool {
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
