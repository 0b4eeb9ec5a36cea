//! Random numbers of both languages.

use super::build::{Builder, Context};
use super::call::wrong;
use super::graph::{Clock, Id};
use crate::equation::Dialect::{Vensim, Xmile};
use crate::equation::{Expr, Fault, Span};
use crate::simulate::arithmetic::{Draw, Dyadic, Many};

impl Builder<'_> {
    /// Random numbers: one draw in each step, at each place and for each element.
    pub(super) fn random(
        &mut self,
        name: &str,
        arguments: &[Expr],
        span: Span,
        context: &Context,
    ) -> Result<Option<Id>, Fault> {
        let (draw, least, seeds) = match (self.source.dialect, name) {
            (Xmile, "random" | "uniform") => (Draw::Uniform, 2, 1),
            (Xmile, "normal") => (Draw::Normal, 2, 1),
            (Xmile, "lognormal") => (Draw::LogNormal, 2, 1),
            (Xmile, "exprnd") => (Draw::Exponential, 1, 1),
            (Xmile, "poisson") => (Draw::Poisson, 1, 1),
            (Vensim, "random_uniform") => (Draw::Uniform, 3, 0),
            (Vensim, "random_normal") => (Draw::Normal, 5, 0),
            (Vensim, "random_exponential") => (Draw::Exponential, 5, 0),
            (Vensim, "random_poisson") => (Draw::Poisson, 6, 0),
            (Vensim, "random_0_1") => (Draw::Uniform, 0, 0),
            _ => return Ok(None),
        };
        if !(least..=least + seeds).contains(&arguments.len()) {
            return Err(wrong(name, &format!("takes {least} values"), span));
        }
        let mut ids = Vec::new();
        for argument in arguments {
            ids.push(self.lower(argument, context)?);
        }
        let seed = match self.source.dialect {
            Vensim => ids.pop(),
            Xmile => (ids.len() > least).then(|| ids.pop()).flatten(),
        };
        let seed = seed
            .and_then(|seed| self.graph.value(seed))
            .filter(|seed| *seed != 0.0);
        let zero = self.graph.number(0.0);
        let one = self.graph.number(1.0);
        let low = self.graph.number(f64::NEG_INFINITY);
        let high = self.graph.number(f64::INFINITY);
        let items = match (self.source.dialect, draw, ids.as_slice()) {
            (_, Draw::Uniform, []) => vec![zero, one],
            (Xmile, Draw::Normal, &[mean, deviation]) => vec![low, high, mean, deviation],
            (Xmile, Draw::Exponential, &[mean]) => vec![low, high, zero, mean],
            (Xmile, Draw::Poisson, &[mean]) => {
                // A rate for a unit of time.
                let step = self.graph.clock(Clock::Step);
                let mean = self.graph.binary(Dyadic::Multiply, mean, step);
                vec![low, high, mean, zero, one]
            }
            _ => ids,
        };
        let index = u32::try_from(self.draws.len()).unwrap_or(u32::MAX);
        self.draws.push(seed.map(f64::to_bits));
        Ok(Some(self.graph.many(Many::Draw(draw, index), items)))
    }
}
