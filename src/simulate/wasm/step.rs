//! The function that does whole steps, and those it calls.

use wasm_encoder::{BlockType, Function, ValType};

use super::layout::{ADDRESS, Layout, NUMBER, PIPE};
use super::pieces::{Code, Pieces, number, word};
use crate::equation::Dialect;
use crate::simulate::compile::Compiled;
use crate::simulate::lower::Clock;
use crate::simulate::source::Method;

/// Parameters of `run`, as in [`super::engine::Steps`].
const STEP: u32 = 0;
const TO: u32 = 1;
const SAVE_EVERY: u32 = 2;
const END: u32 = 3;
/// Locals: where the next row goes, and the time.
const ROW: u32 = 4;
const TIME: u32 = 5;

/// The local of a piece.
const HERE: u32 = 0;

/// The types of the parameters of `run`; it gives nothing.
pub(super) const PARAMETERS: [ValType; 4] = [ValType::I32; 4];

/// Functions that are called one after the other: the first of them, and how many.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Calls {
    pub first: u32,
    pub count: u32,
}

/// What `run` calls.
#[derive(Clone, Debug, Default)]
pub(super) struct Parts {
    /// Computes everything at a time.
    pub evaluate: Calls,
    /// Notes what is kept of the start of a step.
    pub keep: Calls,
    /// Keeps the slopes of a stage and sets the stocks to where they are wanted next.
    pub stages: Vec<Calls>,
    /// Puts in what was noted.
    pub put_in: Calls,
}

/// Notes what is kept for the end of the step: kept values, delays of whole steps, and stocks.
pub(super) fn keep(model: &Compiled, layout: &Layout, pieces: &mut Pieces) {
    for (index, held) in model.helds.iter().enumerate() {
        if let Some(next) = held.next {
            pieces
                .room()
                .store(Layout::number(layout.kept, index), |code| {
                    code.load(layout.slot(next));
                });
        }
    }
    for (index, pipe) in (0..).zip(&model.pipes) {
        let record = layout.pipes + PIPE * index;
        let mut code = pieces.room();
        // The newest value takes the place of the oldest, and the next one is the oldest then.
        code.address(record).0.i32_load(word(0)).local_tee(HERE);
        code.load(layout.slot(pipe.input)).0.f64_store(number(0));
        code.address(record);
        code.address(record).0.i32_load(word(ADDRESS));
        code.0.local_get(HERE);
        code.address(NUMBER).0.i32_add().local_tee(HERE);
        code.0.local_get(HERE);
        code.address(record).0.i32_load(word(2 * ADDRESS));
        code.0.i32_eq().select().i32_store(word(0));
    }
    if model.method != Method::Euler {
        for index in 0..model.states.len() {
            let begin = Layout::number(layout.begin, index);
            pieces.room().store(begin, |code| {
                code.load(layout.stock(index));
            });
        }
    }
}

/// Puts in what was noted; stocks that are never negative do not go below 0.
pub(super) fn put_in(model: &Compiled, layout: &Layout, pieces: &mut Pieces) {
    for (index, state) in model.states.iter().enumerate() {
        if state.is_non_negative {
            let stock = layout.stock(index);
            pieces.room().store(stock, |code| {
                code.constant(0.0).load(stock).load(stock);
                code.constant(0.0).0.f64_lt().select();
            });
        }
    }
    let mut slot = crate::simulate::compile::state_slot(model.states.len());
    for (index, held) in model.helds.iter().enumerate() {
        if held.next.is_some() {
            pieces.room().store(layout.slots[slot], |code| {
                code.load(Layout::number(layout.kept, index));
            });
        }
        slot += 1;
    }
    for (index, _) in (0..).zip(&model.pipes) {
        let record = layout.pipes + PIPE * index;
        pieces.room().store(layout.slots[slot], |code| {
            code.address(record).0.i32_load(word(0)).f64_load(number(0));
        });
        slot += 1;
    }
}

/// The parts of a step at which a method computes everything anew, after its start.
pub(super) fn stages(model: &Compiled) -> &'static [Stage] {
    match (model.method, model.dialect) {
        (Method::Euler, _) => &[],
        (Method::Rk2, Dialect::Vensim) => &[Stage::Half],
        (Method::Rk2, Dialect::Xmile) => &[Stage::Whole],
        (Method::Rk4, _) => &[Stage::Half, Stage::Half, Stage::Whole],
    }
}

/// How far into a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    Half,
    Whole,
}

impl Stage {
    /// So much of the step.
    fn of_step(self, layout: &Layout, code: &mut Code<'_>) {
        code.load(layout.slot(Clock::Step as u32));
        if self == Self::Half {
            code.constant(2.0).0.f64_div();
        }
    }
}

/// Keeps the slopes that were computed at a stage, from 0, and sets all stocks to where they are
/// wanted next.
pub(super) fn set_stocks(model: &Compiled, layout: &Layout, stage: usize, pieces: &mut Pieces) {
    let count = model.states.len();
    let slope = |stage: usize, index: usize| Layout::number(layout.slopes, stage * count + index);
    for (index, state) in model.states.iter().enumerate() {
        pieces.room().store(slope(stage, index), |code| {
            code.load(layout.slot(state.slope));
        });
    }
    let stages = stages(model);
    let step = layout.slot(Clock::Step as u32);
    for index in 0..count {
        let stock = layout.stock(index);
        let begin = match model.method {
            Method::Euler => stock,
            _ => Layout::number(layout.begin, index),
        };
        pieces.room().store(stock, |code| {
            code.load(begin);
            match (stages.get(stage), model.method, model.dialect) {
                (Some(next), ..) => {
                    next.of_step(layout, code);
                    code.load(slope(stage, index)).0.f64_mul();
                }
                (None, Method::Rk2, Dialect::Xmile) => {
                    code.load(step);
                    code.load(slope(0, index)).load(slope(1, index));
                    code.0.f64_add();
                    code.constant(2.0).0.f64_div().f64_mul();
                }
                (None, Method::Rk4, _) => {
                    code.load(step).constant(6.0).0.f64_div();
                    code.load(slope(0, index));
                    code.constant(2.0)
                        .load(slope(1, index))
                        .0
                        .f64_mul()
                        .f64_add();
                    code.constant(2.0)
                        .load(slope(2, index))
                        .0
                        .f64_mul()
                        .f64_add();
                    code.load(slope(3, index)).0.f64_add().f64_mul();
                }
                (None, ..) => {
                    code.load(step).load(slope(stage, index)).0.f64_mul();
                }
            }
            code.0.f64_add();
        });
    }
}

/// Does steps, one after the other.
pub(super) fn run(model: &Compiled, layout: &Layout, parts: &Parts) -> Function {
    let mut function = Function::new([(1, ValType::I32), (1, ValType::F64)]);
    let mut code = Code(function.instructions());
    let clock = |clock: Clock| layout.slot(clock as u32);
    code.address(layout.rows).0.local_set(ROW);
    code.0.loop_(BlockType::Empty);
    // The time, as `Grid::time` has it.
    code.load(clock(Clock::Stop)).load(clock(Clock::Start));
    code.0.local_get(STEP).f64_convert_i32_u();
    if model.grid.per_unit.is_some() {
        code.load(layout.per_unit).0.f64_div().f64_add();
    } else {
        code.load(clock(Clock::Step)).0.f64_mul().f64_add();
    }
    code.0
        .local_get(STEP)
        .local_get(END)
        .i32_eq()
        .select()
        .local_set(TIME);
    for slot in [Clock::Time, Clock::StepTime] {
        code.store(clock(slot), |code| {
            code.0.local_get(TIME);
        });
    }
    code.store(clock(Clock::StepNumber), |code| {
        code.0.local_get(STEP).f64_convert_i32_u();
    });
    code.calls(parts.evaluate);
    code.save(layout);
    // After the last row nothing is carried on.
    code.0.local_get(STEP).local_get(END).i32_eq();
    code.0.if_(BlockType::Empty).return_().end();
    code.calls(parts.keep);
    for (stage, set) in parts.stages.iter().enumerate() {
        code.calls(*set);
        if let Some(next) = stages(model).get(stage) {
            code.store(clock(Clock::Time), |code| {
                code.0.local_get(TIME);
                next.of_step(layout, code);
                code.0.f64_add();
            });
            code.calls(parts.evaluate);
        }
    }
    code.calls(parts.put_in);
    code.0
        .local_get(STEP)
        .i32_const(1)
        .i32_add()
        .local_tee(STEP);
    code.0.local_get(TO).i32_lt_u().br_if(0).end().end();
    function
}

impl Code<'_> {
    fn calls(&mut self, calls: Calls) {
        for function in calls.first..calls.first + calls.count {
            self.0.call(function);
        }
    }

    /// Adds the row to those that are saved, if it is due.
    fn save(&mut self, layout: &Layout) {
        self.0
            .local_get(STEP)
            .local_get(SAVE_EVERY)
            .i32_rem_u()
            .i32_eqz();
        self.0.local_get(STEP).local_get(END).i32_eq().i32_or();
        self.0.if_(BlockType::Empty);
        for (from, to) in &layout.copies {
            self.store(*to, |code| {
                code.load(*from);
            });
        }
        self.0.local_get(ROW);
        self.address(0).address(layout.row).0.memory_copy(0, 0);
        self.0.local_get(ROW);
        self.address(layout.row).0.i32_add().local_set(ROW);
        self.0.end();
    }
}
