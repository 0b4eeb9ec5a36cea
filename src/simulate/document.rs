//! The model that a document is: its variables with their equations, and its pipes.

use std::collections::{BTreeMap, BTreeSet};

use crate::equation::{Dialect, Expr, Name, Reading, Span, Table, names_in, parse};
use crate::model::{
    Document, FlowSide, Id, RunMethod, RunSettings, TableFunction, TableKind, Variable,
    VariableKind, flows_of,
};

use super::from_stream::{StreamFigures, take_figures};
use super::source::Variable as SourceVariable;
use super::source::{Body, Equation, Kind, Method, Model, Source, StockForm, Times};

/// The model of a document that was drawn here.
#[derive(Clone, Debug)]
pub struct ModelOf {
    /// The model. It has the variables with an equation and what these need; a place in it is one in
    /// the equation of its variable.
    pub source: Source,
    /// What its variables are called, as equations compare names.
    pub names: BTreeMap<Name, Id>,
    /// Those that have their number from the value stream.
    pub took: BTreeSet<Id>,
}

/// The model of a document, by the equations in it. What was never given an equation, and is needed
/// by nothing, is no part of it. What has no equation and takes a figure from the value stream is a
/// constant. A variable whose equation cannot be read says so in its body; of those without a name,
/// one does for all.
#[must_use]
pub fn model_of(document: &Document, figures: &StreamFigures) -> ModelOf {
    let named = named(document);
    let parts = parts(document, &named);
    let mut names = BTreeMap::new();
    let mut variables = Vec::new();
    for id in parts {
        let Some(variable) = document.variables().get(&id) else {
            continue;
        };
        let key = Name::new(&variable.name);
        let is_nameless = key.as_str().is_empty();
        let is_first = !names.contains_key(&key);
        if is_first || !is_nameless {
            variables.push(variable_of(document, id, variable));
        }
        names.entry(key).or_insert(id);
    }
    let number = |value: f64| Expr::number(value, Span::default());
    let mut source = Source {
        dialect: Dialect::Xmile,
        times: Times {
            start: number(RunSettings::USUAL_START),
            stop: number(RunSettings::USUAL_STOP),
            step: number(RunSettings::USUAL_STEP),
            is_reciprocal: false,
            save: None,
        },
        method: Method::Euler,
        dimensions: Vec::new(),
        models: vec![Model {
            variables,
            ..Model::default()
        }],
        macros: Vec::new(),
        remarks: Vec::new(),
    };
    set_run(&mut source, &document.properties().run);
    let took = take_figures(&mut source, |name| names.get(name).copied(), figures);
    ModelOf {
        source,
        names,
        took,
    }
}

/// Sets what a person set for runs in the place of what the model says.
pub fn set_run(source: &mut Source, run: &RunSettings) {
    let number = |value: f64| Expr::number(value, Span::default());
    let times = &mut source.times;
    if let Some(start) = run.start {
        times.start = number(start);
    }
    if let Some(stop) = run.stop {
        times.stop = number(stop);
    }
    if let Some(step) = run.step {
        (times.step, times.is_reciprocal) = (number(step), false);
    }
    if let Some(every) = run.save_every {
        times.save = Some(number(every));
    }
    if let Some(method) = run.method {
        source.method = match method {
            RunMethod::Euler => Method::Euler,
            RunMethod::Rk2 => Method::Rk2,
            RunMethod::Rk4 => Method::Rk4,
        };
    }
}

/// The variables of each name.
fn named(document: &Document) -> BTreeMap<Name, Vec<Id>> {
    let mut named: BTreeMap<Name, Vec<Id>> = BTreeMap::new();
    for (id, variable) in document.variables() {
        let name = Name::new(&variable.name);
        named.entry(name).or_default().push(*id);
    }
    named
}

/// The variables that are part of the model: those with an equation or a table, and whatever they
/// name, or flows into or out of stocks among them.
fn parts(document: &Document, named: &BTreeMap<Name, Vec<Id>>) -> BTreeSet<Id> {
    let variables = document.variables().iter();
    let stated = variables.filter(|(_, variable)| is_stated(variable));
    let mut open: Vec<Id> = stated.map(|(id, _)| *id).collect();
    let mut parts: BTreeSet<Id> = open.iter().copied().collect();
    while let Some(id) = open.pop() {
        let Some(variable) = document.variables().get(&id) else {
            continue;
        };
        // What cannot be read is told when it is parsed.
        let names = names_in(&variable.equation, Dialect::Xmile).unwrap_or_default();
        let used = names.iter().filter_map(|(name, _)| named.get(name));
        let used = used.flatten().copied();
        let flows = match variable.kind {
            VariableKind::Stock => flows_of(document, id),
            VariableKind::Rate => {
                let links = document.edges_of(id);
                let ends = links.filter_map(|link| document.links().get(&link));
                let ends = ends.filter(|link| link.from == id);
                let stocks = ends
                    .filter_map(|link| Some((crate::model::flow_side(document, link)?, link.to)));
                stocks.collect()
            }
            VariableKind::Plain => Vec::new(),
        };
        let flows = flows.into_iter().map(|(_, other)| other);
        let next: Vec<Id> = used.chain(flows).collect();
        open.extend(next.into_iter().filter(|id| parts.insert(*id)));
    }
    parts
}

fn is_stated(variable: &Variable) -> bool {
    !variable.equation.trim().is_empty() || variable.table.is_some()
}

fn variable_of(document: &Document, id: Id, variable: &Variable) -> SourceVariable {
    let key_of = |id: Id| {
        let name = document.variables().get(&id).map(|other| &other.name);
        Name::new(name.map_or("", String::as_str))
    };
    let kind = match variable.kind {
        VariableKind::Plain => Kind::Auxiliary,
        VariableKind::Rate => Kind::Flow {
            is_non_negative: variable.non_negative,
            multiplier: None,
        },
        VariableKind::Stock => {
            let flows = flows_of(document, id);
            let of = |side: FlowSide| {
                let flows = flows.iter().filter(|(its, _)| *its == side);
                flows.map(|(_, rate)| key_of(*rate)).collect()
            };
            Kind::Stock {
                inflows: of(FlowSide::In),
                outflows: of(FlowSide::Out),
                is_non_negative: variable.non_negative,
                form: StockForm::Plain,
            }
        }
    };
    SourceVariable {
        name: variable.name.clone(),
        key: Name::new(&variable.name),
        kind,
        dimensions: Vec::new(),
        equations: vec![Equation {
            left: Vec::new(),
            except: Vec::new(),
            body: body_of(variable),
            initial: None,
            span: whole(variable),
        }],
        units: variable.units.clone(),
        span: whole(variable),
    }
}

/// The place of the whole equation.
const fn whole(variable: &Variable) -> Span {
    Span {
        start: 0,
        end: variable.equation.len(),
    }
}

fn body_of(variable: &Variable) -> Body {
    if Name::new(&variable.name).as_str().is_empty() {
        return Body::Refused("a variable with an equation needs a name".to_owned());
    }
    let table = variable.table.as_ref().map(table_of);
    if variable.equation.trim().is_empty() {
        return table.map_or(Body::Missing, Body::Table);
    }
    match (parse(&variable.equation, 0, Dialect::Xmile), table) {
        (Err(fault), _) => Body::Unreadable(Box::new(fault)),
        (Ok(expr), Some(table)) => Body::Through(table, expr),
        (Ok(expr), None) => Body::Value(expr),
    }
}

/// A table as a run reads it.
fn table_of(table: &TableFunction) -> Table {
    let reading = match table.kind {
        TableKind::Continuous => Reading::Between,
        TableKind::Extrapolated => Reading::Beyond,
        TableKind::Steps => Reading::Lower,
    };
    Table::new(table.points.to_vec(), reading)
}
