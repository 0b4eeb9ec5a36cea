//! What variables of a model take from the value stream: a variable that is bound to it and has no
//! equation of its own is a constant, and its value is the figure.

use std::collections::{BTreeMap, BTreeSet};

use crate::equation::{Expr, Name, Span};
use crate::format::{model_text, stated_equations};
use crate::model::{
    Binding, Document, Edit, Element, Id, Variable, exact_text, in_sentence, number_text,
    term_in_sentence,
};
use crate::stream::{
    BoundNumber, FigureDimension, NoNumber, SimulatedFigures, StreamReport, bound_number,
};

use super::document::model_of;
use super::source::{Body, Source};
use super::units::{Counted, TimeUnit, UnitBook};

/// What a variable takes from the value stream.
#[derive(Clone, Debug, PartialEq)]
pub enum Taken {
    /// A number.
    Known(TakenFigure),
    /// None, and why, as a sentence without its subject and full stop.
    Missing(String),
}

/// A number that a variable takes from the value stream.
#[derive(Clone, Debug, PartialEq)]
pub struct TakenFigure {
    /// The number, in the unit that the variable states, else in the model's unit of time.
    pub value: f64,
    /// The unit where the variable states none and the model's unit of time says it; else empty.
    pub units: String,
    /// What it is, such as "12.3 working days of 8 h, from the stream: simulated lead time, P85, of 20
    /// runs".
    pub words: String,
}

/// What variables take from the value stream, by their records.
pub type StreamFigures = BTreeMap<Id, Taken>;

/// What the variables of a document take from its value streams: all that are bound and have no
/// equation or table of their own. The report must be that of the document.
#[must_use]
pub fn stream_figures(
    document: &Document,
    report: &StreamReport,
    simulated: &SimulatedFigures,
) -> StreamFigures {
    let bound = bound(document);
    if bound.is_empty() {
        return StreamFigures::new();
    }
    let text = model_text(document);
    let mut book = text.as_deref().map(UnitBook::of).unwrap_or_default();
    let unit = document.properties().run.time_unit.trim();
    if !unit.is_empty() {
        // A unit of time that cannot be read is as good as none.
        let _ = book.set_time(unit);
    }
    let taken = |(id, variable, binding): (Id, &Variable, Binding)| {
        let number = bound_number(document, report, simulated, &binding);
        let taken = match number {
            Ok(number) => known(document, &book, variable, &binding, &number),
            Err(why) => Taken::Missing(missing(document, &binding, &why)),
        };
        (id, taken)
    };
    bound.into_iter().map(taken).collect()
}

/// The variables that are bound and have no equation or table of their own.
fn bound(document: &Document) -> Vec<(Id, &Variable, Binding)> {
    let variables = document.variables().iter();
    variables
        .filter(|(_, one)| one.equation.trim().is_empty() && one.table.is_none())
        .filter_map(|(id, one)| Some((*id, one, one.binding?)))
        .collect()
}

/// What a binding shows, with what it is of.
fn name_of(document: &Document, binding: &Binding) -> String {
    let name = term_in_sentence(binding.name());
    let Some(id) = binding.record() else {
        return format!("{name} of the stream");
    };
    match document.stations().get(&id) {
        Some(station) => format!("{name} of {}", in_sentence(&station.name)),
        None => name,
    }
}

/// Why there is no number, as a sentence without its subject and full stop.
fn missing(document: &Document, binding: &Binding, why: &NoNumber) -> String {
    let name = name_of(document, binding);
    let not_known = |why: &str| {
        let why = why.trim_end_matches('.');
        format!("shows the {name}, which is not known: {why}")
    };
    match why {
        NoNumber::Broken => "shows something of the stream that is gone".to_owned(),
        NoNumber::Unknown(inputs) => {
            let first = inputs.first().map(|(id, kind)| {
                let measure = term_in_sentence(kind.name());
                let station = document.stations().get(id);
                station.map_or_else(
                    || format!("nobody knows the {measure} of a flow"),
                    |station| {
                        format!(
                            "nobody knows the {measure} of {}",
                            in_sentence(&station.name)
                        )
                    },
                )
            });
            not_known(&first.unwrap_or_else(|| "nobody knows it yet".to_owned()))
        }
        NoNumber::Grows => not_known("it grows, as more is asked for than can be done"),
        NoNumber::Running => not_known("the map is being run for it"),
        NoNumber::NoMean(why) => not_known(&why.sentence()),
    }
}

/// A number in the unit of its variable.
fn known(
    document: &Document,
    book: &UnitBook,
    variable: &Variable,
    binding: &Binding,
    found: &BoundNumber,
) -> Taken {
    let calendar = &document.calendar();
    let stated = book.read(&variable.units).ok().flatten();
    let stated = stated.as_ref().and_then(Counted::of);
    let time = book.time().and_then(Counted::of);
    let model = match time {
        Some(Counted::Time(unit)) => unit,
        _ => TimeUnit::DAY,
    };
    let elapsed = calendar.elapsed_per_working_second();
    let in_time = |seconds: f64, unit: TimeUnit| {
        let value = seconds / unit.seconds(calendar);
        (value, unit.spoken(calendar))
    };
    let (value, unit) = match (found.dimension, stated) {
        (FigureDimension::Time | FigureDimension::WorkingTime, stated) => {
            let seconds = match found.dimension {
                FigureDimension::WorkingTime => found.number * elapsed,
                _ => found.number,
            };
            match stated {
                Some(Counted::Time(unit)) => in_time(seconds, unit),
                _ => in_time(seconds, model),
            }
        }
        (FigureDimension::Rate, stated) => {
            let unit = match stated {
                Some(Counted::PerTime(unit)) => unit,
                _ => model,
            };
            let value = found.number * unit.seconds(calendar) / elapsed;
            (value, format!("items per {}", unit.spoken_one(calendar)))
        }
        (FigureDimension::Share, Some(Counted::Percent)) => (found.number * 100.0, "%".to_owned()),
        (FigureDimension::Share, _) => (found.number, "as a part of 1".to_owned()),
        (FigureDimension::Items, _) => (found.number, "items".to_owned()),
        (FigureDimension::Number, _) => (found.number, String::new()),
    };
    let name = name_of(document, binding);
    if !value.is_finite() {
        return Taken::Missing(format!("shows the {name}, which is no finite number"));
    }
    let number = number_text(value);
    let number = match unit.as_str() {
        "" => number,
        unit => format!("{number} {unit}"),
    };
    let is_time = matches!(
        found.dimension,
        FigureDimension::Time | FigureDimension::WorkingTime
    );
    Taken::Known(TakenFigure {
        value,
        units: match is_time && variable.units.trim().is_empty() {
            true => model.names().to_owned(),
            false => String::new(),
        },
        words: format!("{number}, from the stream: {name}, {}", found.how),
    })
}

/// Puts the figures into the places of a model where nothing else is said. Gives the variables that
/// have a number by that.
pub fn take_figures(
    source: &mut Source,
    id_of: impl Fn(&Name) -> Option<Id>,
    figures: &StreamFigures,
) -> BTreeSet<Id> {
    let mut took = BTreeSet::new();
    if figures.is_empty() {
        return took;
    }
    let variables = source.models.first_mut().map(|root| &mut root.variables);
    for variable in variables.into_iter().flatten() {
        let [equation] = variable.equations.as_mut_slice() else {
            continue;
        };
        if !matches!(equation.body, Body::Missing) || !variable.dimensions.is_empty() {
            continue;
        }
        let Some(id) = id_of(&variable.key) else {
            continue;
        };
        match figures.get(&id) {
            Some(Taken::Known(figure)) => {
                took.insert(id);
                equation.body = Body::Value(Expr::number(figure.value, Span::default()));
                if variable.units.trim().is_empty() {
                    variable.units.clone_from(&figure.units);
                }
            }
            Some(Taken::Missing(why)) => equation.body = Body::Refused(why.clone()),
            None => {}
        }
    }
    took
}

/// The document with the numbers of these variables typed in as their equations, and in their notes
/// where they are from: what a model of another program is made of.
#[must_use]
pub fn with_figures(document: &Document, figures: &StreamFigures) -> Document {
    if figures.is_empty() {
        return document.clone();
    }
    let told = stated_equations(document);
    let is_drawn = document.source_text().is_none();
    let model = is_drawn.then(|| model_of(document, &StreamFigures::new()));
    let needed: Option<BTreeSet<Id>> = model.map(|model| model.names.into_values().collect());
    let mut edit = Edit::new(document);
    for (id, taken) in figures {
        let Taken::Known(figure) = taken else {
            continue;
        };
        let is_told = told.get(id).is_some_and(|told| {
            let mut equations = told.equations.iter();
            told.table.is_some() || equations.any(|one| !one.equation.is_empty())
        });
        // What no equation needs is no part of the model.
        let is_needed = needed.as_ref().is_none_or(|needed| needed.contains(id));
        if is_told || !is_needed {
            continue;
        }
        edit.change(*id, |element| {
            if let Element::Variable(variable) = element {
                variable.equation = exact_text(figure.value);
                variable.binding = None;
                if variable.units.trim().is_empty() {
                    variable.units.clone_from(&figure.units);
                }
                let note = variable.remark.trim_end();
                let gap = if note.is_empty() { "" } else { "\n" };
                variable.remark = format!("{note}{gap}{}.", figure.words);
            }
        });
    }
    let mut with = document.clone();
    match with.apply(&edit.finish()) {
        Ok(_) => with,
        // A note that would be too long leaves the document as it is.
        Err(_) => document.clone(),
    }
}
