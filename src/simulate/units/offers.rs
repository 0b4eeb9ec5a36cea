//! The units of all variables: what contradicts, what is unknown, and what could be said.

use super::book::UnitBook;
use super::check::{Value, Walk};
use super::report::{Meeting, Side, UnitReport, VariableUnits, Verdict};
use super::scope::{Found, Known, Trust};
use super::unit::Unit;
use crate::equation::Name;
use crate::simulate::source::{Body, Equation, Kind, Source, Variable};

/// How often offers may lead to further ones.
const MOST_ROUNDS: usize = 30;

/// Checks the units of a model: of each variable, whether its equation agrees with what is said of
/// it. Arrays and macros are looked at as they are written, not element by element or call by call.
/// What nothing is said of is unknown, and makes no error elsewhere.
#[must_use]
pub fn check_units(source: &Source, book: &UnitBook) -> UnitReport {
    let mut known = Known::new(source, book);
    let mut variables = Vec::new();
    for part in 0..known.parts.len() {
        for at in 0..known.parts[part].variables.len() {
            variables.push(checked(&known, part, at));
        }
    }
    find_offers(&mut known);
    let offers = known
        .parts
        .iter_mut()
        .flat_map(|part| part.offers.drain(..));
    for (variable, offer) in variables.iter_mut().zip(offers) {
        variable.offered = offer;
    }
    UnitReport {
        variables,
        time: known.is_time_said.then_some(known.time),
    }
}

fn checked(known: &Known<'_>, part: usize, at: usize) -> VariableUnits {
    let of = &known.parts[part];
    let variable = &of.variables[at];
    let mut walk = Walk::new(known, part, Trust::Stated);
    let stated = of.units[at].as_ref().ok().and_then(Option::as_ref);
    if stated.is_none() {
        walk.add_unknown(&variable.name);
    }
    let mut is_looked_at = false;
    for equation in &variable.equations {
        let Some(value) = equation_value(&mut walk, equation) else {
            continue;
        };
        is_looked_at = true;
        if let Some(stated) = stated {
            let expr = match &equation.body {
                Body::Value(expr) => Some(expr),
                _ => None,
            };
            walk.against_stated(value, expr, equation.span, stated);
        }
    }
    if let (
        Some(stated),
        Kind::Stock {
            inflows, outflows, ..
        },
    ) = (stated, &variable.kind)
    {
        for flow in inflows.iter().chain(outflows) {
            against_flow(&mut walk, known, part, flow, (variable, stated));
        }
    }
    let verdict = match &of.units[at] {
        Err(error) => Verdict::Unreadable(error.clone()),
        _ if !walk.clashes.is_empty() => Verdict::Contradicts(walk.clashes),
        _ if !is_looked_at => Verdict::NoEquation,
        _ if !walk.unknown.is_empty() => Verdict::Unknown(walk.unknown),
        _ => Verdict::Agrees,
    };
    VariableUnits {
        name: variable.name.clone(),
        part: of.name.clone(),
        span: variable.span,
        stated: stated.cloned(),
        verdict,
        notes: walk.notes,
        offered: None,
    }
}

/// The unit of what an equation says; none where it says nothing.
fn equation_value(walk: &mut Walk<'_, '_>, equation: &Equation) -> Option<Value> {
    Some(match &equation.body {
        Body::Value(expr) => walk.value(expr),
        Body::List(_) => Value::Literal(1.0),
        // A table is counted in what its variable says, and so is what a macro gives beside its value.
        Body::Table(_) | Body::Result(..) => Value::Free,
        Body::Through(_, input) => {
            walk.value(input);
            Value::Free
        }
        Body::Missing | Body::Refused(_) | Body::Unreadable(_) => return None,
    })
}

/// A flow times time is counted in what its stock is.
fn against_flow(
    walk: &mut Walk<'_, '_>,
    known: &Known<'_>,
    part: usize,
    flow: &Name,
    (stock, stated): (&Variable, &Unit),
) {
    let (Value::Unit(own), Value::Unit(time)) = (walk.named(flow), walk.time()) else {
        return;
    };
    let Some(filled) = own.times(&time) else {
        return;
    };
    if filled != *stated {
        let written = known.variable(part, flow);
        let name = written.map_or(flow.as_str(), |(part, at)| {
            known.parts[part].variables[at].name.as_str()
        });
        let left = Meeting::outside(Side::Flow(name.to_owned()), filled);
        let right = Meeting::outside(Side::Stock, stated.clone());
        walk.clash(stock.span, left, right);
    }
}

/// Finds units for variables of which nothing is said, and from these further ones.
fn find_offers(known: &mut Known<'_>) {
    for _ in 0..MOST_ROUNDS {
        let mut found = Vec::new();
        for part in 0..known.parts.len() {
            for (at, variable) in known.parts[part].variables.iter().enumerate() {
                let of = &known.parts[part];
                let is_open = of.units[at] == Ok(None) && of.offers[at].is_none();
                if is_open && let Some(unit) = offer(known, part, variable) {
                    found.push((part, at, unit));
                }
                found.extend(offers_for_flows(known, part, variable));
            }
        }
        if found.is_empty() {
            return;
        }
        for (part, at, unit) in found {
            known.parts[part].offers[at].get_or_insert(unit);
        }
    }
}

/// The unit that all equations of a variable have, and of a stock its flows times time.
fn offer(known: &Known<'_>, part: usize, variable: &Variable) -> Option<Unit> {
    let mut walk = Walk::new(known, part, Trust::Offered);
    let mut units = Vec::new();
    for equation in &variable.equations {
        if let Some(Value::Unit(unit)) = equation_value(&mut walk, equation) {
            units.push(unit);
        }
    }
    if let Kind::Stock {
        inflows, outflows, ..
    } = &variable.kind
    {
        for flow in inflows.iter().chain(outflows) {
            if let (Value::Unit(own), Value::Unit(time)) = (walk.named(flow), walk.time()) {
                units.extend(own.times(&time));
            }
        }
    }
    let first = units.first()?;
    let is_one = walk.clashes.is_empty() && units.iter().all(|unit| unit == first);
    is_one.then(|| first.clone())
}

/// What a stock with a unit asks of flows that have none.
fn offers_for_flows(
    known: &Known<'_>,
    part: usize,
    variable: &Variable,
) -> Vec<(usize, usize, Unit)> {
    let Kind::Stock {
        inflows, outflows, ..
    } = &variable.kind
    else {
        return Vec::new();
    };
    let Found::Unit(unit) = known.found(part, &variable.key, Trust::Offered) else {
        return Vec::new();
    };
    let Some(rate) = unit.over(&known.time) else {
        return Vec::new();
    };
    let flows = inflows.iter().chain(outflows).filter_map(|flow| {
        let (part, at) = known.variable(part, flow)?;
        let of = &known.parts[part];
        let is_open = of.units[at] == Ok(None) && of.offers[at].is_none();
        is_open.then(|| (part, at, rate.clone()))
    });
    flows.collect()
}
