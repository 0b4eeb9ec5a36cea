//! What equations say about causes: which variables they mention, and what flows into stocks.

use std::collections::{BTreeMap, BTreeSet};

use super::equations::{Block, BlockKind};
use super::expression::{Token, TokenKind, arguments, first_argument, terms, tokens};
use super::names::key;
use crate::format::foreign::{Sides, number, proved_of};
use crate::model::Polarity;

/// What the equations of a model say.
#[derive(Debug, Default)]
pub struct Causes {
    by_effect: BTreeMap<String, Of>,
}

/// What the equations of one variable say.
#[derive(Debug, Default)]
struct Of {
    /// It accumulates: INTEG.
    is_level: bool,
    /// There is an equation that can be worked out, not just a list of causes.
    is_worked_out: bool,
    /// The terms of the rate at which it changes.
    flows: BTreeMap<String, Polarity>,
    /// The signs that its equation proves.
    proved: BTreeMap<String, Polarity>,
    /// How many equations it has.
    equations: usize,
    /// What is mentioned, in order.
    causes: Vec<String>,
    known: BTreeSet<String>,
}

impl Causes {
    /// Whether a variable accumulates.
    pub fn is_level(&self, effect: &str) -> bool {
        self.by_effect.get(effect).is_some_and(|of| of.is_level)
    }

    /// Whether a variable has an equation that is more than a list of causes.
    pub fn is_worked_out(&self, effect: &str) -> bool {
        self.by_effect
            .get(effect)
            .is_some_and(|of| of.is_worked_out)
    }

    /// The sign of a flow into or out of a stock, if the stock's equation has it as a term.
    pub fn flow(&self, flow: &str, stock: &str) -> Option<Polarity> {
        self.by_effect.get(stock)?.flows.get(flow).copied()
    }

    /// The sign of a cause that the only equation of an effect proves.
    pub fn proof(&self, cause: &str, effect: &str) -> Option<Polarity> {
        let of = self.by_effect.get(effect).filter(|of| of.equations == 1)?;
        of.proved.get(cause).copied()
    }

    /// What an equation mentions, each once. What a stock begins with causes nothing later, and is
    /// not among it.
    pub fn of(&self, effect: &str) -> Vec<String> {
        self.by_effect
            .get(effect)
            .map(|of| of.causes.clone())
            .unwrap_or_default()
    }
}

/// Reads the equations.
pub fn causes(text: &str, blocks: &[Block]) -> Causes {
    let mut causes = Causes::default();
    // What a name stands for: a constant with its sign, or any variable.
    let mut sides: BTreeMap<String, Sides> = BTreeMap::new();
    let equations = || {
        blocks
            .iter()
            .filter(|block| block.kind == BlockKind::Equation)
    };
    for block in equations() {
        let constant = number(&text[block.expression.clone()]).map(Sides::of);
        let of_block = constant.unwrap_or(Sides::ANY);
        let known = sides
            .entry(key(&text[block.name.clone()]))
            .or_insert(of_block);
        // Subscripts may have constants of either sign.
        if *known != of_block {
            *known = Sides::ANY;
        }
    }
    sides.insert("time".to_owned(), Sides::ANY);
    for block in equations() {
        let tokens = tokens(text, block.expression.clone());
        let effect = causes
            .by_effect
            .entry(key(&text[block.name.clone()]))
            .or_default();
        add(effect, text, &tokens, &|name| sides.get(name).copied());
    }
    causes
}

fn add(of: &mut Of, text: &str, tokens: &[Token], sides: &dyn Fn(&str) -> Option<Sides>) {
    let mut mentioned = tokens;
    of.equations += usize::from(!tokens.is_empty());
    if let Some(inside) = arguments(text, tokens, "integ") {
        of.is_level = true;
        of.is_worked_out = true;
        mentioned = first_argument(inside);
        for (name, polarity) in terms(text, mentioned) {
            // Equations of several subscripts may not agree; then nothing is known.
            let flow = of.flows.entry(name).or_insert(polarity);
            if *flow != polarity {
                *flow = Polarity::Unknown;
            }
        }
    } else if let Some(inside) = arguments(text, tokens, "a function of") {
        mentioned = inside;
    } else if !tokens.is_empty() {
        of.is_worked_out = true;
    }
    if of.is_worked_out {
        of.proved = proved_of(text, mentioned, sides);
    }
    // A function is no cause; that a call may be of a table does not matter, since tables are
    // constants.
    let named = mentioned
        .iter()
        .filter(|token| token.kind == TokenKind::Name);
    for token in named {
        let name = key(&text[token.range.clone()]);
        if of.known.insert(name.clone()) {
            of.causes.push(name);
        }
    }
}
