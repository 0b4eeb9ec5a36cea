//! The equations as one graph of operations, each of which is there once.

use std::collections::HashMap;

use crate::equation::Reading;
use crate::simulate::arithmetic::{Dyadic, Many, Monadic};

/// The index of an operation.
pub(crate) type Id = u32;

/// A value that the run itself sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Clock {
    /// The time; within a step of Runge and Kutta also times between.
    Time,
    /// The time at the start of the step.
    StepTime,
    /// The number of the step, from 0.
    StepNumber,
    /// The first time.
    Start,
    /// The last time.
    Stop,
    /// The step.
    Step,
}

impl Clock {
    /// How many there are. Their slots are the first.
    pub(crate) const COUNT: u32 = 6;
}

/// An operation and what it works on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Op {
    /// A number, by its bits.
    Number(u64),
    /// A value that cannot be computed: of a variable that was refused.
    Unknown,
    /// What the run sets.
    Clock(Clock),
    /// An element of a variable, which has a root of its own.
    Variable(u32),
    /// What a stock holds.
    State(u32),
    /// What is kept from one step to the next.
    Held(u32),
    /// What comes out of a delay of whole steps.
    Pipe(u32),
    /// A number that is given to each run: the index of an input. Nothing is computed with it
    /// beforehand.
    Input(u32),
    /// An operation on one value.
    Unary(Monadic, Id),
    /// An operation on two.
    Binary(Dyadic, Id, Id),
    /// The second where the first is not 0, else the third.
    Choose(Id, Id, Id),
    /// The first while the start is computed, the second later.
    Phase(Id, Id),
    /// A table at a value.
    Look(u32, Reading, Id),
    /// An operation on several values.
    Many(Many, Box<[Id]>),
}

/// The operations of a model.
#[derive(Debug, Default)]
pub(crate) struct Graph {
    ops: Vec<Op>,
    known: HashMap<Op, Id>,
}

impl Graph {
    pub(crate) fn add(&mut self, op: Op) -> Id {
        let folded = self
            .folded(&op)
            .map_or(op, |value| Op::Number(value.to_bits()));
        if let Some(&id) = self.known.get(&folded) {
            return id;
        }
        // Their number is bounded long before that (`Builder::check_size`).
        let id = u32::try_from(self.ops.len()).unwrap_or(u32::MAX);
        self.ops.push(folded.clone());
        self.known.insert(folded, id);
        id
    }

    pub(crate) fn len(&self) -> usize {
        self.ops.len()
    }

    pub(crate) fn op(&self, id: Id) -> &Op {
        &self.ops[id as usize]
    }

    /// The number, where an operation is one.
    pub(crate) fn value(&self, id: Id) -> Option<f64> {
        match self.op(id) {
            Op::Number(bits) => Some(f64::from_bits(*bits)),
            _ => None,
        }
    }

    /// What an operation on numbers gives.
    fn folded(&self, op: &Op) -> Option<f64> {
        match op {
            Op::Unary(code, a) if !code.needs_clock() => Some(code.of(self.value(*a)?)),
            Op::Binary(code, a, b) => Some(code.of(self.value(*a)?, self.value(*b)?)),
            _ => None,
        }
    }

    pub(crate) fn number(&mut self, value: f64) -> Id {
        self.add(Op::Number(value.to_bits()))
    }

    /// A value that cannot be computed.
    pub(crate) fn unknown(&mut self) -> Id {
        self.add(Op::Unknown)
    }

    /// Whether any value cannot be computed.
    pub(crate) fn has_unknown(&self) -> bool {
        self.known.contains_key(&Op::Unknown)
    }

    pub(crate) fn clock(&mut self, clock: Clock) -> Id {
        self.add(Op::Clock(clock))
    }

    pub(crate) fn unary(&mut self, code: Monadic, a: Id) -> Id {
        self.add(Op::Unary(code, a))
    }

    pub(crate) fn binary(&mut self, code: Dyadic, a: Id, b: Id) -> Id {
        self.add(Op::Binary(code, a, b))
    }

    pub(crate) fn choose(&mut self, condition: Id, then: Id, other: Id) -> Id {
        match self.value(condition) {
            Some(value) if value != 0.0 => then,
            Some(_) => other,
            None => self.add(Op::Choose(condition, then, other)),
        }
    }

    pub(crate) fn many(&mut self, code: Many, items: Vec<Id>) -> Id {
        self.add(Op::Many(code, items.into()))
    }
}
