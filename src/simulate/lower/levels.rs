//! Functions with a memory: stocks, delays, smooths, averages, and values kept from step to step.

use super::build::{Builder, Chain, ChainKind, Context, Pipe};
use super::call::wrong;
use super::graph::{Clock, Graph, Id, Op};
use crate::equation::Dialect::{Vensim, Xmile};
use crate::equation::{Expr, Fault, Problem, Span};
use crate::simulate::arithmetic::{Dyadic, Monadic};

/// The most stocks of one delay or smooth.
pub(super) const MOST_STAGES: u32 = 10_000;

impl Builder<'_> {
    /// A function with a memory by its name; none where it is none.
    pub(super) fn level(
        &mut self,
        name: &str,
        arguments: &[Expr],
        span: Span,
        context: &Context,
    ) -> Result<Option<Id>, Fault> {
        if let Some(id) = self.stages(name, arguments, span, context)? {
            return Ok(Some(id));
        }
        Ok(Some(match (self.source.dialect, name) {
            (Vensim, "integ") => {
                let [slope, initial] = self.values(name, arguments, span, context)?;
                self.state(initial, slope, false)
            }
            (Vensim, "delay_fixed") => {
                let [input, time, initial] = self.values(name, arguments, span, context)?;
                self.pipe(Pipe {
                    input,
                    time,
                    initial,
                })
            }
            (Xmile, "delay") => {
                let (input, time, initial) = self.with_initial(name, arguments, span, context)?;
                self.pipe(Pipe {
                    input,
                    time,
                    initial,
                })
            }
            (Vensim, "initial") | (Xmile, "init") => {
                let [value] = self.values(name, arguments, span, context)?;
                self.held(value, None)
            }
            (Vensim, "active_initial") => {
                let [later, start] = self.values(name, arguments, span, context)?;
                self.graph.add(Op::Phase(start, later))
            }
            (Vensim, "sample_if_true") => {
                let [condition, value, initial] = self.values(name, arguments, span, context)?;
                let held = self.held(initial, None);
                let now = self.graph.choose(condition, value, held);
                if let Some(held) = self.helds.last_mut() {
                    held.next = Some(now);
                }
                now
            }
            (Xmile, "previous") => {
                let [value, initial] = self.values(name, arguments, span, context)?;
                self.held(initial, Some(value))
            }
            (_, "trend") => {
                let (input, time, trend) = self.with_trend(name, arguments, span, context)?;
                self.trend(input, time, trend)
            }
            (Vensim, "forecast") => {
                let [input, time, horizon] = self.values(name, arguments, span, context)?;
                let zero = self.graph.number(0.0);
                self.forecast(input, time, horizon, zero)
            }
            (Xmile, "forcst") => {
                let (input, time, horizon, trend) = if arguments.len() == 4 {
                    let [input, time, horizon, trend] =
                        self.values(name, arguments, span, context)?;
                    (input, time, horizon, trend)
                } else {
                    let [input, time, horizon] = self.values(name, arguments, span, context)?;
                    (input, time, horizon, self.graph.number(0.0))
                };
                self.forecast(input, time, horizon, trend)
            }
            (Vensim, "npv") => {
                let [stream, rate, initial, factor] =
                    self.values(name, arguments, span, context)?;
                self.net_present_value(stream, rate, initial, factor)
            }
            _ => return Ok(None),
        }))
    }

    /// Input, time and value at the start, which is the input's where it is left out.
    fn with_initial(
        &mut self,
        name: &str,
        arguments: &[Expr],
        span: Span,
        context: &Context,
    ) -> Result<(Id, Id, Id), Fault> {
        if arguments.len() == 3 {
            let [input, time, initial] = self.values(name, arguments, span, context)?;
            return Ok((input, time, initial));
        }
        let [input, time] = self.values(name, arguments, span, context)?;
        Ok((input, time, input))
    }

    fn with_trend(
        &mut self,
        name: &str,
        arguments: &[Expr],
        span: Span,
        context: &Context,
    ) -> Result<(Id, Id, Id), Fault> {
        if arguments.len() == 2 && self.source.dialect == Xmile {
            let [input, time] = self.values(name, arguments, span, context)?;
            return Ok((input, time, self.graph.number(0.0)));
        }
        let [input, time, trend] = self.values(name, arguments, span, context)?;
        Ok((input, time, trend))
    }

    /// Delays and smooths of stocks in a row.
    fn stages(
        &mut self,
        name: &str,
        arguments: &[Expr],
        span: Span,
        context: &Context,
    ) -> Result<Option<Id>, Fault> {
        let (kind, count) = match (self.source.dialect, name) {
            (Vensim, "smooth" | "smoothi") | (Xmile, "smth1") => (ChainKind::Smooth, 1),
            (Vensim, "smooth3" | "smooth3i") | (Xmile, "smth3") => (ChainKind::Smooth, 3),
            (_, "delay1") | (Vensim, "delay1i") => (ChainKind::Delay, 1),
            (_, "delay3") | (Vensim, "delay3i") => (ChainKind::Delay, 3),
            (Vensim, "smooth_n") | (Xmile, "smthn") => (ChainKind::Smooth, 0),
            (Xmile, "delayn") => (ChainKind::Delay, 0),
            (Vensim, "delay_n") => (ChainKind::VensimDelay, 0),
            _ => return Ok(None),
        };
        if count > 0 {
            let (input, time, initial) = match (self.source.dialect, name.ends_with('i')) {
                (Vensim, true) => {
                    let [input, time, initial] = self.values(name, arguments, span, context)?;
                    (input, time, initial)
                }
                (Vensim, false) => {
                    let [input, time] = self.values(name, arguments, span, context)?;
                    (input, time, input)
                }
                _ => self.with_initial(name, arguments, span, context)?,
            };
            return Ok(Some(self.chain(kind, input, time, initial, count)));
        }
        let (input, time, initial, count) = match self.source.dialect {
            Vensim => {
                let [input, time, initial, count] = self.values(name, arguments, span, context)?;
                (input, time, initial, count)
            }
            Xmile if arguments.len() == 3 => {
                let [input, time, count] = self.values(name, arguments, span, context)?;
                (input, time, input, count)
            }
            Xmile if arguments.len() == 4 => {
                let [input, time, count, initial] = self.values(name, arguments, span, context)?;
                (input, time, initial, count)
            }
            Xmile => {
                return Err(wrong(
                    name,
                    "takes an input, a time, an order, and perhaps a value at the start",
                    span,
                ));
            }
        };
        let hidden = self.new_var(format!("{name} of a variable"), false, span);
        self.chains.push(Chain {
            hidden,
            kind,
            input,
            time,
            initial,
            count,
            span,
            owner: context.variable,
        });
        Ok(Some(self.variable(hidden)))
    }

    pub(super) fn chain(
        &mut self,
        kind: ChainKind,
        input: Id,
        time: Id,
        initial: Id,
        count: u32,
    ) -> Id {
        let number = self.graph.number(f64::from(count));
        let mut value = input;
        let mut stage_time = time;
        for stage in 0..count {
            if kind == ChainKind::VensimDelay && stage > 0 {
                // A stage leaves by the time of one step before the stage in front of it.
                stage_time = self.held(stage_time, Some(stage_time));
            }
            let before = value;
            let each = self.graph.binary(Dyadic::Divide, stage_time, number);
            if kind == ChainKind::Smooth {
                value = self.state_with(initial, |graph, own| {
                    let gap = graph.binary(Dyadic::Subtract, before, own);
                    graph.binary(Dyadic::Divide, gap, each)
                });
            } else {
                let content = self.graph.binary(Dyadic::Multiply, initial, each);
                let state = self.state_with(content, |graph, own| {
                    let out = graph.binary(Dyadic::Divide, own, each);
                    graph.binary(Dyadic::Subtract, before, out)
                });
                value = self.graph.binary(Dyadic::Divide, state, each);
            }
        }
        value
    }

    /// The average that a trend is measured against.
    fn average(&mut self, input: Id, time: Id, trend: Id) -> Id {
        let one = self.graph.number(1.0);
        let growth = self.graph.binary(Dyadic::Multiply, time, trend);
        let growth = self.graph.binary(Dyadic::Add, one, growth);
        let initial = self.graph.binary(Dyadic::Divide, input, growth);
        self.state_with(initial, |graph, own| {
            let gap = graph.binary(Dyadic::Subtract, input, own);
            graph.binary(Dyadic::Divide, gap, time)
        })
    }

    fn trend(&mut self, input: Id, time: Id, trend: Id) -> Id {
        let average = self.average(input, time, trend);
        let gap = self.graph.binary(Dyadic::Subtract, input, average);
        let size = self.graph.unary(Monadic::Abs, average);
        let scale = self.graph.binary(Dyadic::Multiply, time, size);
        let ratio = self.graph.binary(Dyadic::Divide, gap, scale);
        let zero = self.graph.number(0.0);
        self.graph.choose(average, ratio, zero)
    }

    fn forecast(&mut self, input: Id, time: Id, horizon: Id, trend: Id) -> Id {
        let average = self.average(input, time, trend);
        let gap = self.graph.binary(Dyadic::Subtract, input, average);
        let scale = self.graph.binary(Dyadic::Multiply, time, average);
        let ratio = self.graph.binary(Dyadic::Divide, gap, scale);
        let zero = self.graph.number(0.0);
        let ratio = self.graph.choose(average, ratio, zero);
        let ahead = self.graph.binary(Dyadic::Multiply, horizon, ratio);
        let one = self.graph.number(1.0);
        let factor = self.graph.binary(Dyadic::Add, one, ahead);
        self.graph.binary(Dyadic::Multiply, input, factor)
    }

    /// Vensim's reference manual gives the two stocks that NPV stands for.
    fn net_present_value(&mut self, stream: Id, rate: Id, initial: Id, factor: Id) -> Id {
        let one = self.graph.number(1.0);
        let step = self.graph.clock(Clock::Step);
        let discount = self.state_with(one, |graph: &mut Graph, own| {
            let loss = graph.binary(Dyadic::Multiply, own, rate);
            let loss = graph.unary(Monadic::Minus, loss);
            let share = graph.binary(Dyadic::Multiply, rate, step);
            let share = graph.binary(Dyadic::Add, one, share);
            graph.binary(Dyadic::Divide, loss, share)
        });
        let value = self.graph.binary(Dyadic::Multiply, stream, discount);
        let sum = self.state(initial, value, false);
        let now = self.graph.binary(Dyadic::Multiply, value, step);
        let sum = self.graph.binary(Dyadic::Add, sum, now);
        self.graph.binary(Dyadic::Multiply, sum, factor)
    }
}

impl Builder<'_> {
    /// Whether every delay and smooth has its stocks.
    pub(crate) fn has_no_chains(&self) -> bool {
        self.chains.is_empty()
    }

    /// Delays and smooths without stocks yet: their index, and the operations that are their number
    /// of stocks and their time.
    pub(crate) fn open_chains(&self) -> Vec<(usize, (Id, Id))> {
        let chains = self.chains.iter().enumerate();
        chains
            .map(|(index, chain)| (index, (chain.count, chain.time)))
            .collect()
    }

    /// One of them cannot be made: what hangs on it is unknown.
    pub(crate) fn refuse_chain(&mut self, index: usize, fault: Option<Fault>) {
        let chain = self.chains.swap_remove(index);
        self.vars[chain.hidden as usize].root = Some(self.graph.unknown());
        if let Some(fault) = fault {
            self.refuse(chain.owner, fault);
        }
    }

    /// A fault about one of them, with its variable and its place.
    pub(crate) fn about_chain(&self, index: usize, fault: Fault) -> Fault {
        match self.chains.get(index) {
            Some(chain) => fault
                .of(&self.vars[chain.owner as usize].name)
                .by_default_at(chain.span),
            None => fault,
        }
    }

    /// What the number of stocks of one of them hangs on: of Vensim's DELAY N the time too.
    pub(crate) fn deciding(&self, index: usize) -> Vec<Id> {
        match self.chains.get(index) {
            Some(chain) if chain.kind == ChainKind::VensimDelay => vec![chain.count, chain.time],
            Some(chain) => vec![chain.count],
            None => Vec::new(),
        }
    }

    /// Gives one of them its stocks, now that the number and the time at the start are known.
    pub(crate) fn close_chain(&mut self, index: usize, count: f64, time: f64, step: f64) {
        let Some(chain) = self.chains.get(index) else {
            return;
        };
        let mut count = count.round();
        if chain.kind == ChainKind::VensimDelay && count * step > time {
            count = (time / step + 1e-6).floor().max(1.0);
        }
        if !(1.0..=f64::from(MOST_STAGES)).contains(&count) {
            let name = self.vars[chain.owner as usize].name.clone();
            let message =
                format!("a delay or smooth has from 1 to {MOST_STAGES} stocks, and not {count}");
            let fault = Fault::at(Problem::Times(message), chain.span).of(&name);
            return self.refuse_chain(index, Some(fault));
        }
        let count = count as u32;
        let chain = self.chains.swap_remove(index);
        let root = self.chain(chain.kind, chain.input, chain.time, chain.initial, count);
        self.vars[chain.hidden as usize].root = Some(root);
    }
}
