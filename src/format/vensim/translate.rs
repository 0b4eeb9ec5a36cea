//! Equations in the language of XMILE, as Vensim says them.

use std::collections::BTreeMap;

use super::names::written;
use crate::equation::{BinaryOp, Dialect, Expr, Name, Named, Node, Span, UnaryOp, parse, print_as};
use crate::format::foreign::{Naming, Rewording};
use crate::model::{Id, Records, TableKind};

/// Functions with the same name and meaning in both languages, that take one value.
const ALIKE: [&str; 13] = [
    "abs", "arccos", "arcsin", "arctan", "cos", "cosh", "exp", "ln", "sin", "sinh", "sqrt", "tan",
    "tanh",
];
/// Functions that draw random numbers: written twice they would draw twice.
const RANDOM: [&str; 6] = [
    "exprnd",
    "lognormal",
    "normal",
    "poisson",
    "random",
    "uniform",
];
/// The settings of a run, as variables of Vensim.
const SETTINGS: [&str; 3] = ["final_time", "initial_time", "time_step"];
/// What stands for no limit of a random number.
const NO_LIMIT: f64 = 1e30;

/// A table that equations read, by the name of its own that it has in Vensim.
#[derive(Clone, Debug)]
pub struct Lookup {
    /// Its name, not yet in quotes.
    pub name: String,
    /// What it gives between its points and beyond them.
    pub kind: TableKind,
}

/// What equations are translated by.
#[derive(Debug)]
pub struct Language<'l> {
    /// Which variable a name is of.
    pub rewording: &'l Rewording,
    /// What the variables are called.
    pub naming: &'l Naming,
    /// The tables that others read.
    pub lookups: &'l Records<Lookup>,
    /// How variables and tables are written.
    pub spelled: &'l BTreeMap<Name, String>,
}

/// How variables and tables of their own are written in equations.
pub fn spelled(naming: &Naming, lookups: &Records<Lookup>) -> BTreeMap<Name, String> {
    let lookups = lookups.values().map(|lookup| &lookup.name);
    let names = naming.names.values().chain(lookups);
    names.map(|name| (Name::new(name), written(name))).collect()
}

/// Why an equation is not written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Untranslated {
    /// It cannot be read in its own language.
    Unread,
    /// Something in it that Vensim has no word for.
    NoWord(String),
}

impl Language<'_> {
    /// An equation of a variable in Vensim's language.
    ///
    /// # Errors
    /// It cannot be read, or has something that Vensim cannot say.
    pub fn equation(&self, own: Id, text: &str) -> Result<String, Untranslated> {
        let read = parse(text, 0, Dialect::Xmile).map_err(|_| Untranslated::Unread)?;
        let expr = self.expr(own, &read)?;
        Ok(self.print(&expr))
    }

    fn print(&self, expr: &Expr) -> String {
        let capitals = |name: &Name| name.as_str().replace('_', " ").to_uppercase();
        print_as(expr, Dialect::Vensim, &|name, named| {
            let known = self.spelled.get(name).cloned();
            match (known, named) {
                (Some(known), _) => known,
                (None, Named::Function) => capitals(name),
                (None, Named::Variable) if SETTINGS.contains(&name.as_str()) => capitals(name),
                (None, Named::Variable) if name.as_str() == "time" => "Time".to_owned(),
                (None, Named::Variable) => written(&name.as_str().replace('_', " ")),
            }
        })
    }

    fn expr(&self, own: Id, expr: &Expr) -> Result<Expr, Untranslated> {
        let inside = |expr: &Expr| self.expr(own, expr);
        Ok(match &expr.node {
            Node::Number(number) if number.is_finite() => expr.clone(),
            Node::Number(number) => return Err(no_word(&number.to_string())),
            Node::Name(name, subscripts) if subscripts.is_empty() => self.name(own, name)?,
            Node::Call(name, subscripts, arguments) if subscripts.is_empty() => {
                self.call(own, name, arguments)?
            }
            Node::Name(name, _) | Node::Call(name, ..) => {
                return Err(no_word(&format!("{name}[]")));
            }
            Node::Unary(UnaryOp::Transpose, _) => return Err(no_word("'")),
            Node::Unary(op, value) => {
                let value = Box::new(inside(value)?);
                Expr::new(Node::Unary(*op, value), Span::default())
            }
            Node::Binary(BinaryOp::Modulo, sides) => {
                self.modulo(&[inside(&sides[0])?, inside(&sides[1])?])?
            }
            Node::Binary(op, sides) => Expr::binary(*op, inside(&sides[0])?, inside(&sides[1])?),
            Node::If(parts) => if_else(inside(&parts[0])?, inside(&parts[1])?, inside(&parts[2])?),
            Node::Inline(..) => return Err(no_word("WITH LOOKUP")),
        })
    }

    fn name(&self, own: Id, name: &Name) -> Result<Expr, Untranslated> {
        if let Some(id) = self.rewording.id(name) {
            return Ok(self.variable(id));
        }
        Ok(match name.as_str() {
            "time" => named("Time"),
            "dt" => named("TIME STEP"),
            "starttime" => named("INITIAL TIME"),
            "stoptime" => named("FINAL TIME"),
            "pi" => number(std::f64::consts::PI),
            "self" => self.variable(own),
            "inf" | "nan" => return Err(no_word(&name.as_str().to_uppercase())),
            _ => Expr::name(name.clone(), Span::default()),
        })
    }

    fn variable(&self, id: Id) -> Expr {
        named(self.naming.names.get(&id).map_or("", String::as_str))
    }

    fn call(&self, own: Id, name: &Name, arguments: &[Expr]) -> Result<Expr, Untranslated> {
        let word = name.as_str();
        if let "lookup" | "lookupinv" = word {
            let [table, x] = arguments else {
                return Err(no_word(&word.to_uppercase()));
            };
            let id = match &table.node {
                Node::Name(table, subscripts) if subscripts.is_empty() => self.rewording.id(table),
                _ => None,
            };
            let lookup = id.and_then(|id| self.lookups.get(&id));
            let lookup = lookup.ok_or_else(|| no_word(&word.to_uppercase()))?;
            let x = self.expr(own, x)?;
            if word == "lookupinv" {
                return Ok(call("LOOKUP INVERT", vec![named(&lookup.name), x]));
            }
            return Ok(look(lookup, x));
        }
        let is_random = RANDOM.contains(&word);
        let read = arguments.iter().map(|argument| self.expr(own, argument));
        let mut values = read.collect::<Result<Vec<_>, _>>()?;
        if let [x] = values.as_slice()
            && let Some(lookup) = self.rewording.id(name).and_then(|id| self.lookups.get(&id))
        {
            return Ok(look(lookup, x.clone()));
        }
        if is_random {
            return random(word, values);
        }
        if word == "mod"
            && let [a, b] = values.as_slice()
        {
            return self.modulo(&[a.clone(), b.clone()]);
        }
        // What is written twice must be the same both times.
        let is_repeated = matches!(word, "int" | "round" | "safediv");
        if is_repeated && arguments.iter().any(draws) {
            return Err(no_word(&word.to_uppercase()));
        }
        let first = || values.first().cloned().unwrap_or_else(|| number(0.0));
        Ok(match (word, values.as_slice()) {
            (word, [_]) if ALIKE.contains(&word) => call(word, values),
            ("min" | "max", [_, _, ..]) => {
                let rest = values.split_off(1);
                let folded = rest.into_iter();
                folded.fold(values.swap_remove(0), |best, next| {
                    call(word, vec![best, next])
                })
            }
            ("step", [_, _]) | ("ramp", [_, _, _]) | ("trend", [_, _, _]) => call(word, values),
            ("ramp", [_, _]) => with(word, values, [named("FINAL TIME")]),
            ("trend", [_, _]) => with(word, values, [number(0.0)]),
            ("pulse", [amount, at]) => {
                let on = call("PULSE", vec![at.clone(), named("TIME STEP")]);
                pulse(on, amount.clone())
            }
            ("pulse", [amount, at, every]) => {
                let width = named("TIME STEP");
                let last = named("FINAL TIME");
                let on = vec![at.clone(), width, every.clone(), last];
                pulse(call("PULSE TRAIN", on), amount.clone())
            }
            ("delay", [_, _]) => with("DELAY FIXED", values.clone(), [first()]),
            ("delay", [_, _, _]) => call("DELAY FIXED", values),
            ("delay1" | "delay3", [_, _]) => call(word, values),
            ("delay1" | "delay3", [_, _, _]) => call(&format!("{word}I"), values),
            ("smth1", [_, _]) => call("SMOOTH", values),
            ("smth1", [_, _, _]) => call("SMOOTHI", values),
            ("smth3", [_, _]) => call("SMOOTH3", values),
            ("smth3", [_, _, _]) => call("SMOOTH3I", values),
            ("delayn" | "smthn", [x, time, order, rest @ ..]) if rest.len() < 2 => {
                let start = rest.first().unwrap_or(x).clone();
                let (x, time) = (x.clone(), time.clone());
                let (word, order) = match (word, order.literal()) {
                    ("delayn", Some(1.0)) => ("DELAY1I", None),
                    ("delayn", Some(3.0)) => ("DELAY3I", None),
                    ("delayn", _) => ("DELAY N", Some(order.clone())),
                    (_, Some(1.0)) => ("SMOOTHI", None),
                    (_, Some(3.0)) => ("SMOOTH3I", None),
                    _ => ("SMOOTH N", Some(order.clone())),
                };
                with(word, vec![x, time, start], order)
            }
            ("forcst", [_, _, _]) => call("FORECAST", values),
            ("forcst", [_, _, _, start]) if start.literal() == Some(0.0) => {
                values.truncate(3);
                call("FORECAST", values)
            }
            ("init", [_]) => call("INITIAL", values),
            ("previous", [x, start]) => {
                let values = vec![x.clone(), named("TIME STEP"), start.clone()];
                call("DELAY FIXED", values)
            }
            ("int", [x]) => {
                let whole = call("INTEGER", vec![x.clone()]);
                let is_above = Expr::binary(BinaryOp::Greater, whole.clone(), x.clone());
                let less = if_else(is_above, number(1.0), number(0.0));
                Expr::binary(BinaryOp::Subtract, whole, less)
            }
            ("round", [x]) => {
                let half = |op| {
                    let moved = Expr::binary(op, x.clone(), number(0.5));
                    call("INTEGER", vec![moved])
                };
                let is_below = Expr::binary(BinaryOp::Less, x.clone(), number(0.0));
                let (up, down) = (half(BinaryOp::Add), half(BinaryOp::Subtract));
                if_else(is_below, down, up)
            }
            ("log10", [_]) => with("LOG", values, [number(10.0)]),
            ("gammaln", [_]) => call("GAMMA LN", values),
            ("safediv", [a, b, rest @ ..]) if rest.len() < 2 => {
                let is_none = Expr::binary(BinaryOp::Equal, b.clone(), number(0.0));
                let other = rest.first().cloned().unwrap_or_else(|| number(0.0));
                let ratio = Expr::binary(BinaryOp::Divide, a.clone(), b.clone());
                if_else(is_none, other, ratio)
            }
            ("mean", [_, _, ..]) => {
                let count = values.len() as f64;
                let rest = values.split_off(1).into_iter();
                let sum = rest.fold(values.swap_remove(0), |sum, next| {
                    Expr::binary(BinaryOp::Add, sum, next)
                });
                Expr::binary(BinaryOp::Divide, sum, number(count))
            }
            _ => return Err(no_word(&word.to_uppercase())),
        })
    }

    /// What is left of a division, with the sign of the divisor: Vensim's has that of the dividend.
    fn modulo(&self, sides: &[Expr; 2]) -> Result<Expr, Untranslated> {
        if sides.iter().any(draws) {
            return Err(no_word("MOD"));
        }
        let [a, b] = sides;
        let left = call("MODULO", vec![a.clone(), b.clone()]);
        let product = Expr::binary(BinaryOp::Multiply, left.clone(), b.clone());
        let is_other = Expr::binary(BinaryOp::Less, product, number(0.0));
        let moved = Expr::binary(BinaryOp::Add, left.clone(), b.clone());
        Ok(if_else(is_other, moved, left))
    }
}

fn no_word(word: &str) -> Untranslated {
    Untranslated::NoWord(word.to_owned())
}

fn named(name: &str) -> Expr {
    Expr::name(Name::new(name), Span::default())
}

const fn number(value: f64) -> Expr {
    Expr::number(value, Span { start: 0, end: 0 })
}

fn call(function: &str, values: Vec<Expr>) -> Expr {
    let name = Name::new(function);
    Expr::new(Node::Call(name, Vec::new(), values), Span::default())
}

/// A call with further values.
fn with(function: &str, mut values: Vec<Expr>, more: impl IntoIterator<Item = Expr>) -> Expr {
    values.extend(more);
    call(function, values)
}

fn if_else(condition: Expr, then: Expr, other: Expr) -> Expr {
    let parts = Box::new([condition, then, other]);
    Expr::new(Node::If(parts), Span::default())
}

/// An amount that goes in one step.
fn pulse(on: Expr, amount: Expr) -> Expr {
    let rate = Expr::binary(BinaryOp::Divide, amount, named("TIME STEP"));
    if_else(on, rate, number(0.0))
}

/// A table where it is read.
pub fn look(lookup: &Lookup, x: Expr) -> Expr {
    let table = named(&lookup.name);
    match lookup.kind {
        TableKind::Continuous => call(&lookup.name, vec![x]),
        TableKind::Extrapolated => call("LOOKUP EXTRAPOLATE", vec![table, x]),
        TableKind::Steps => call("LOOKUP BACKWARD", vec![table, x]),
    }
}

/// A random number; the seed is the last value, and may be left out in XMILE.
fn random(word: &str, mut values: Vec<Expr>) -> Result<Expr, Untranslated> {
    let least = match word {
        "exprnd" | "poisson" => 1,
        _ => 2,
    };
    let seed = if values.len() > least {
        values.split_off(least).swap_remove(0)
    } else {
        number(0.0)
    };
    Ok(match (word, values.as_slice()) {
        ("random" | "uniform", [low, high]) => {
            call("RANDOM UNIFORM", vec![low.clone(), high.clone(), seed])
        }
        ("normal", [mean, deviation]) => {
            let limits = [-NO_LIMIT, NO_LIMIT].map(number);
            let values = limits.into_iter().chain([mean.clone(), deviation.clone()]);
            call("RANDOM NORMAL", values.chain([seed]).collect())
        }
        ("exprnd", [mean]) => {
            let values = [number(0.0), number(NO_LIMIT), number(0.0), mean.clone()];
            with("RANDOM EXPONENTIAL", values.into(), [seed])
        }
        ("poisson", [mean]) => {
            // A rate for a unit of time.
            let mean = Expr::binary(BinaryOp::Multiply, mean.clone(), named("TIME STEP"));
            let values = [
                number(0.0),
                number(NO_LIMIT),
                mean,
                number(0.0),
                number(1.0),
            ];
            with("RANDOM POISSON", values.into(), [seed])
        }
        _ => return Err(no_word(&word.to_uppercase())),
    })
}

/// Whether an expression draws random numbers.
fn draws(expr: &Expr) -> bool {
    match &expr.node {
        Node::Call(name, _, arguments) => {
            let word = name.as_str();
            RANDOM.contains(&word) || word.starts_with("random_") || arguments.iter().any(draws)
        }
        Node::Unary(_, inside) | Node::Inline(inside, _) => draws(inside),
        Node::Binary(_, sides) => sides.iter().any(draws),
        Node::If(parts) => parts.iter().any(draws),
        Node::Number(_) | Node::Name(..) => false,
    }
}
