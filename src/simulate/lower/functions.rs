//! The functions of both languages that need no memory.

use super::build::{Builder, Context};
use super::call::wrong;
use super::graph::{Clock, Id};
use super::reduce::Reduction;
use crate::equation::Dialect::{Vensim, Xmile};
use crate::equation::{Dialect, Expr, Fault, Span};
use crate::simulate::arithmetic::{Dyadic, Many, Monadic};

/// What Vensim takes for zero in ZIDZ, XIDZ and QUANTUM.
const VENSIM_ZERO: f64 = 1e-6;

fn monadic(dialect: Dialect, name: &str) -> Option<Monadic> {
    Some(match (dialect, name) {
        (_, "abs") => Monadic::Abs,
        (_, "exp") => Monadic::Exp,
        (_, "ln") => Monadic::Ln,
        (_, "sqrt") => Monadic::Sqrt,
        (_, "sin") => Monadic::Sin,
        (_, "cos") => Monadic::Cos,
        (_, "tan") => Monadic::Tan,
        (_, "arcsin") => Monadic::Arcsin,
        (_, "arccos") => Monadic::Arccos,
        (_, "arctan") => Monadic::Arctan,
        (_, "sinh") => Monadic::Sinh,
        (_, "cosh") => Monadic::Cosh,
        (_, "tanh") => Monadic::Tanh,
        (Xmile, "log10") => Monadic::Log10,
        (Xmile, "int") => Monadic::Floor,
        (Xmile, "round") => Monadic::Round,
        (Xmile, "gammaln") | (Vensim, "gamma_ln") => Monadic::GammaLn,
        (Vensim, "integer") => Monadic::Truncate,
        _ => return None,
    })
}

impl Builder<'_> {
    /// The arguments, lowered, if there are as many as the function takes.
    pub(super) fn values<const N: usize>(
        &mut self,
        name: &str,
        arguments: &[Expr],
        span: Span,
        context: &Context,
    ) -> Result<[Id; N], Fault> {
        if arguments.len() != N {
            let values = if N == 1 { "value" } else { "values" };
            return Err(wrong(
                name,
                &format!("takes {N} {values}, and here are {}", arguments.len()),
                span,
            ));
        }
        let mut ids = [0; N];
        for (id, argument) in ids.iter_mut().zip(arguments) {
            *id = self.lower(argument, context)?;
        }
        Ok(ids)
    }

    /// A function by its name; none where it is none.
    pub(super) fn function(
        &mut self,
        name: &str,
        arguments: &[Expr],
        span: Span,
        context: &Context,
    ) -> Result<Option<Id>, Fault> {
        let dialect = self.source.dialect;
        if let Some(code) = monadic(dialect, name) {
            let [x] = self.values(name, arguments, span, context)?;
            return Ok(Some(self.graph.unary(code, x)));
        }
        let binary = match (dialect, name) {
            (_, "min") => Some(Dyadic::Min),
            (_, "max") => Some(Dyadic::Max),
            (Vensim, "power") => Some(Dyadic::Power),
            (Xmile, "mod") => Some(Dyadic::FlooredModulo),
            _ => None,
        };
        if let Some(code) = binary {
            if dialect == Xmile && matches!(code, Dyadic::Min | Dyadic::Max) && arguments.len() > 2
            {
                return self.of_several(code, arguments, context).map(Some);
            }
            let [a, b] = self.values(name, arguments, span, context)?;
            return Ok(Some(self.graph.binary(code, a, b)));
        }
        if let Some(id) = self.division(name, arguments, span, context)? {
            return Ok(Some(id));
        }
        if let Some(id) = self.event(name, arguments, span, context)? {
            return Ok(Some(id));
        }
        if let Some(id) = self.vector(name, arguments, span, context)? {
            return Ok(Some(id));
        }
        if let Some(id) = self.random(name, arguments, span, context)? {
            return Ok(Some(id));
        }
        self.level(name, arguments, span, context)
    }

    fn of_several(
        &mut self,
        code: Dyadic,
        arguments: &[Expr],
        context: &Context,
    ) -> Result<Id, Fault> {
        let mut best = self.lower(&arguments[0], context)?;
        for argument in &arguments[1..] {
            let next = self.lower(argument, context)?;
            best = self.graph.binary(code, best, next);
        }
        Ok(best)
    }

    fn division(
        &mut self,
        name: &str,
        arguments: &[Expr],
        span: Span,
        context: &Context,
    ) -> Result<Option<Id>, Fault> {
        Ok(Some(match (self.source.dialect, name) {
            (Vensim, "modulo") => {
                let [a, b] = self.values(name, arguments, span, context)?;
                self.graph.binary(Dyadic::TruncatedModulo, a, b)
            }
            (Vensim, "quantum") => {
                let [a, b] = self.values(name, arguments, span, context)?;
                let ratio = self.graph.binary(Dyadic::Divide, a, b);
                let whole = self.graph.unary(Monadic::Truncate, ratio);
                let product = self.graph.binary(Dyadic::Multiply, b, whole);
                let least = self.graph.number(VENSIM_ZERO);
                let is_none = self.graph.binary(Dyadic::Less, b, least);
                self.graph.choose(is_none, a, product)
            }
            (Vensim, "zidz") => {
                let [a, b] = self.values(name, arguments, span, context)?;
                let zero = self.graph.number(0.0);
                self.divided(a, b, zero)
            }
            (Vensim, "xidz") => {
                let [a, b, c] = self.values(name, arguments, span, context)?;
                self.divided(a, b, c)
            }
            (Xmile, "safediv") => {
                let (a, b, c) = if arguments.len() == 3 {
                    let [a, b, c] = self.values(name, arguments, span, context)?;
                    (a, b, c)
                } else {
                    let [a, b] = self.values(name, arguments, span, context)?;
                    (a, b, self.graph.number(0.0))
                };
                let ratio = self.graph.binary(Dyadic::Divide, a, b);
                let is_none = self.graph.unary(Monadic::Not, b);
                self.graph.choose(is_none, c, ratio)
            }
            (Vensim, "log") => {
                let [x, base] = self.values(name, arguments, span, context)?;
                let x = self.graph.unary(Monadic::Ln, x);
                let base = self.graph.unary(Monadic::Ln, base);
                self.graph.binary(Dyadic::Divide, x, base)
            }
            (Vensim, "game") => {
                let [x] = self.values(name, arguments, span, context)?;
                x
            }
            (Xmile, "sinwave" | "coswave") => {
                let [amplitude, period] = self.values(name, arguments, span, context)?;
                let time = self.graph.clock(Clock::Time);
                let turn = self.graph.number(std::f64::consts::TAU);
                let angle = self.graph.binary(Dyadic::Multiply, turn, time);
                let angle = self.graph.binary(Dyadic::Divide, angle, period);
                let code = match name {
                    "sinwave" => Monadic::Sin,
                    _ => Monadic::Cos,
                };
                let wave = self.graph.unary(code, angle);
                self.graph.binary(Dyadic::Multiply, amplitude, wave)
            }
            (Xmile, "mean") => {
                let mut items = Vec::new();
                for argument in arguments {
                    items.push(self.lower(argument, context)?);
                }
                if items.is_empty() {
                    return Err(wrong(name, "takes values", span));
                }
                self.reduced(Reduction::Mean, &items)
            }
            _ => return Ok(None),
        }))
    }

    /// `a / b`, or another value where b is next to zero.
    fn divided(&mut self, a: Id, b: Id, otherwise: Id) -> Id {
        let ratio = self.graph.binary(Dyadic::Divide, a, b);
        let size = self.graph.unary(Monadic::Abs, b);
        let least = self.graph.number(VENSIM_ZERO);
        let is_none = self.graph.binary(Dyadic::Less, size, least);
        self.graph.choose(is_none, otherwise, ratio)
    }

    /// A time, in steps from the start.
    fn in_steps(&mut self, time: Id) -> Id {
        let start = self.graph.clock(Clock::Start);
        let since = self.graph.binary(Dyadic::Subtract, time, start);
        self.in_step_lengths(since)
    }

    fn in_step_lengths(&mut self, span: Id) -> Id {
        let step = self.graph.clock(Clock::Step);
        self.graph.binary(Dyadic::Divide, span, step)
    }

    /// Steps, ramps and pulses. They begin with a step of the run, however the time was rounded,
    /// and stay as they are within it.
    fn event(
        &mut self,
        name: &str,
        arguments: &[Expr],
        span: Span,
        context: &Context,
    ) -> Result<Option<Id>, Fault> {
        let zero = self.graph.number(0.0);
        let now = self.graph.clock(Clock::StepNumber);
        Ok(Some(match (self.source.dialect, name) {
            (_, "step") => {
                let [height, time] = self.values(name, arguments, span, context)?;
                let time = self.in_steps(time);
                let first = self.graph.unary(Monadic::StepOf, time);
                let has_begun = self.graph.binary(Dyadic::GreaterOrEqual, now, first);
                self.graph.choose(has_begun, height, zero)
            }
            (dialect, "ramp") => {
                let mut until = self.graph.clock(Clock::StepTime);
                let (slope, start) = if arguments.len() == 3 {
                    let [slope, start, end] = self.values(name, arguments, span, context)?;
                    until = self.graph.binary(Dyadic::Min, until, end);
                    (slope, start)
                } else if dialect == Xmile {
                    let [slope, start] = self.values(name, arguments, span, context)?;
                    (slope, start)
                } else {
                    return Err(wrong(name, "takes a slope, a start and an end", span));
                };
                let run = self.graph.binary(Dyadic::Subtract, until, start);
                let run = self.graph.binary(Dyadic::Max, zero, run);
                self.graph.binary(Dyadic::Multiply, slope, run)
            }
            (Vensim, "pulse") => {
                let [start, width] = self.values(name, arguments, span, context)?;
                let start = self.in_steps(start);
                let width = self.in_step_lengths(width);
                let end = self.graph.number(f64::INFINITY);
                self.graph
                    .many(Many::PulseTrain, vec![now, start, width, zero, end])
            }
            (Vensim, "pulse_train") => {
                let [start, width, every, end] = self.values(name, arguments, span, context)?;
                let start = self.in_steps(start);
                let width = self.in_step_lengths(width);
                let every = self.in_step_lengths(every);
                let end = self.in_steps(end);
                self.graph
                    .many(Many::PulseTrain, vec![now, start, width, every, end])
            }
            (Xmile, "pulse") => {
                let (amount, first, every) = match arguments.len() {
                    3 => {
                        let [amount, first, every] = self.values(name, arguments, span, context)?;
                        (amount, first, every)
                    }
                    _ => {
                        let [amount, first] = self.values(name, arguments, span, context)?;
                        (amount, first, zero)
                    }
                };
                let first = self.in_steps(first);
                let every = self.in_step_lengths(every);
                let is_on = self.graph.many(Many::PulseEvery, vec![now, first, every]);
                let step = self.graph.clock(Clock::Step);
                let rate = self.graph.binary(Dyadic::Divide, amount, step);
                self.graph.choose(is_on, rate, zero)
            }
            _ => return Ok(None),
        }))
    }
}
