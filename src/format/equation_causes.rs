//! What the equations of a document that was drawn here say about causes, and the signs that they
//! prove.

use std::collections::BTreeMap;

use super::foreign::formula::{Formula, Mentioned, Table, mentioned, of_xmile, parse};
use super::foreign::{Assumption, Definition, Sides, Stated, System, number, sign};
use super::xmile::key;
use crate::model::{Delay, Document, Id, Polarity, Records, TableFunction, Variable, VariableKind};

/// Longer equations prove little, and every step costs as much as there are names.
const LONGEST: usize = 200;

/// A variable that an equation names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EquationCause {
    /// The variable.
    pub cause: Id,
    /// The sign that the equations of the document prove; unknown where it depends.
    pub sign: Polarity,
    /// Whether all that it causes takes time.
    pub delay: Delay,
    /// Whether it causes anything after the start of a run.
    pub is_lasting: bool,
}

/// By variable: what its equation names, each once, in its order. Of a stock the equation is its value
/// at the start, so that nothing in it is lasting. Variables without an equation, and documents
/// that keep the text of another program, have none.
#[must_use]
pub fn equation_causes(document: &Document) -> Records<Vec<EquationCause>> {
    let mut equations = document.variables().values().map(|one| &one.equation);
    let has_some = equations.any(|equation| !equation.trim().is_empty());
    if document.source_text().is_some() || !has_some {
        return Records::new();
    }
    let ids = ids_by_key(document);
    let mut definitions = Vec::new();
    let mut named: Records<Vec<(Id, Mentioned)>> = Records::new();
    for (id, variable) in document.variables() {
        let lexemes = of_xmile(&variable.equation);
        let length = lexemes.as_ref().map_or(usize::MAX, Vec::len);
        let formula = lexemes.and_then(|lexemes| parse(&lexemes));
        if let Some(formula) = &formula
            && !variable.equation.trim().is_empty()
        {
            let (order, how) = mentioned(formula);
            let mentions = order.iter().filter_map(|name| {
                let own = (name == "self").then_some(*id);
                let other = ids.get(name).copied().flatten();
                Some((other.or(own)?, how.get(name).copied()?))
            });
            named.insert(*id, mentions.collect());
        }
        definitions.push(Definition {
            key: key(&variable.name),
            stated: stated(variable, formula.filter(|_| length <= LONGEST)),
            declared: declared(variable),
        });
    }
    let others = [
        "time",
        "dt",
        "starttime",
        "stoptime",
        "pi",
        "inf",
        "nan",
        "self",
    ];
    let system = System::new(definitions, &others.map(str::to_owned));
    let slopes = system.slopes(Assumption::AsStated);
    let key_of = |id: Id| document.variables().get(&id).map(|one| key(&one.name));
    let causes = named.into_iter().map(|(id, mentions)| {
        let is_stock =
            document.variables().get(&id).map(|one| one.kind) == Some(VariableKind::Stock);
        let causes = mentions.into_iter().map(|(cause, how)| {
            let names = key_of(cause).zip(key_of(id));
            let proved = names.and_then(|(cause, effect)| sign(&slopes, &cause, &effect));
            EquationCause {
                cause,
                sign: proved.filter(|_| !is_stock).unwrap_or(Polarity::Unknown),
                delay: Delay::from(how.is_delayed()),
                is_lasting: how.is_cause() && !is_stock,
            }
        });
        (id, causes.collect())
    });
    causes.collect()
}

/// The variable of each name; none where two have it.
fn ids_by_key(document: &Document) -> BTreeMap<String, Option<Id>> {
    let mut ids = BTreeMap::new();
    for (id, variable) in document.variables() {
        let known = ids.entry(key(&variable.name)).or_insert(Some(*id));
        if *known != Some(*id) {
            *known = None;
        }
    }
    ids
}

fn stated(variable: &Variable, formula: Option<Formula>) -> Stated {
    let text = variable.equation.trim();
    if variable.kind == VariableKind::Stock {
        return Stated::Unread(Vec::new());
    }
    let table = variable.table.as_ref().map(table_of);
    match (table, number(text), formula) {
        (Some(table), ..) if text.is_empty() => Stated::Table(table),
        (None, Some(number), _) => Stated::Constant(number),
        (Some(table), _, Some(formula)) => {
            Stated::Formula(Formula::Lookup(table, Box::new(formula)))
        }
        (None, None, Some(formula)) if !text.is_empty() => Stated::Formula(formula),
        _ => Stated::Unread(Vec::new()),
    }
}

fn table_of(table: &TableFunction) -> Table {
    let values = table.points.iter().map(|(_, y)| *y).collect();
    Table { values }
}

/// The sides of zero on which a variable says that it stays: only stocks and flows are held there in
/// a run, and a range is what is expected.
fn declared(variable: &Variable) -> Sides {
    let least = variable.range.map(|range| range.least);
    let range = least.map_or(Sides::ANY, Sides::at_least);
    if variable.non_negative && variable.kind != VariableKind::Plain {
        range.and(Sides::NOT_NEGATIVE)
    } else {
        range
    }
}
