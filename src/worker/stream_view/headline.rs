//! What matters most of a stream, in a few sentences: what limits it, against what is asked for, and
//! how long work takes.

use crate::editor::describe;
use crate::model::{Calendar, Document, Id, Unit, best_rate_unit, number_text, share_text};
use crate::stream::{
    Bound, Figure, FigureKind, InputRole, LimitReport, Status, StreamResults, amount_text,
    provenance_words,
};

/// The sentences.
pub fn headline(document: &Document, results: &StreamResults) -> Vec<String> {
    let mut told = Vec::new();
    told.extend(constraint(document, results));
    told.extend(lead_time(document, results));
    told.extend(results.mix_sentence(document));
    let kinds = [FigureKind::Capacity, FigureKind::LeadTime];
    let known = kinds
        .into_iter()
        .filter(|kind| results.likely(*kind).is_some());
    let mut inputs: Vec<_> = known.flat_map(|kind| results.inputs(kind, None)).collect();
    inputs.retain(|input| input.role == InputRole::Used);
    inputs.sort_by_key(|input| (input.record, input.product, input.measure));
    inputs.dedup();
    told.extend(provenance_words(&inputs).map(|words| format!("Numbers: {words}.")));
    told
}

/// How many steps have a capacity that is known, and how many there are.
pub(super) fn known_capacities(results: &StreamResults) -> (usize, usize) {
    let steps = results.stations.iter();
    let capacities: Vec<_> = steps
        .filter_map(|station| station.figure(FigureKind::StationCapacity))
        .collect();
    let known = capacities.iter();
    let known = known.filter(|figure| figure.outcome.likely().is_some());
    (known.count(), capacities.len())
}

/// What limits the stream, against what is asked for, and what follows.
fn constraint(document: &Document, results: &StreamResults) -> Option<String> {
    let calendar = &document.calendar();
    let Some(limit) = &results.limit else {
        let (_, steps) = known_capacities(results);
        return (steps > 0).then(|| "No step has a process time yet.".to_owned());
    };
    let names = names_of(document, limit.stations());
    let capacity = per(limit.capacity, calendar);
    let first = match known_capacities(results) {
        (1, steps) if steps > 1 => {
            return Some(format!("So far only {names} has a capacity: {capacity}."));
        }
        _ if !limit.is_certain() => {
            format!("{names} is the constraint so far: at most {capacity}")
        }
        _ if limit.stations().count() > 1 => format!("{names} are the constraint: {capacity}"),
        _ => format!("{names} is the constraint: {capacity}"),
    };
    Some(format!("{first}{}", asked(document, limit)))
}

/// How that stands against what is asked for.
fn asked(document: &Document, limit: &LimitReport) -> String {
    let calendar = &document.calendar();
    let Some(demand) = limit.demand else {
        return "; nobody has said how much is asked for.".to_owned();
    };
    let asked = in_unit(demand, calendar);
    match limit.queue_growth() {
        Some(growth) if growth > 0.0 => {
            let growth = per(growth, calendar);
            format!(", {asked} asked; the queue grows by {growth}.")
        }
        _ => {
            let share = share_text(demand / limit.capacity);
            format!(", {asked} asked; it is busy for {share} of its time.")
        }
    }
}

/// How long work takes, and how much of that is work.
fn lead_time(document: &Document, results: &StreamResults) -> Option<String> {
    let calendar = &document.calendar();
    let known = |kind: FigureKind| {
        let figure = results.figure(kind)?;
        let likely = figure.outcome.likely().filter(|amount| *amount > 0.0)?;
        let text = amount_text(likely, kind.words().dimension, calendar);
        Some(format!("{}{text}", side(figure)))
    };
    let work = known(FigureKind::ProcessTime);
    let Some(lead) = known(FigureKind::LeadTime) else {
        let work = work?;
        let lacking = results.missing_inputs(FigureKind::LeadTime, None).len();
        return Some(match lacking {
            0 => format!("Work {work}; lead time unknown."),
            1 => format!("Work {work}; lead time unknown, 1 number is missing."),
            _ => format!("Work {work}; lead time unknown, {lacking} numbers are missing."),
        });
    };
    let share = results.likely(FigureKind::ActivityRatio).map(share_text);
    Some(match (work, share) {
        (Some(work), Some(share)) => format!("Lead time {lead}, work {work} ({share})."),
        (Some(work), None) => format!("Lead time {lead}, work {work}."),
        (None, _) => format!("Lead time {lead}; how much of it is work is unknown."),
    })
}

/// The lead time as it is spoken; empty where it is not known.
pub(super) fn lead_time_words(document: &Document, results: &StreamResults) -> String {
    let figure = results.figure(FigureKind::LeadTime);
    let known = figure.and_then(|figure| Some((figure, figure.outcome.likely()?)));
    known.map_or_else(String::new, |(figure, likely)| {
        let dimension = FigureKind::LeadTime.words().dimension;
        let text = amount_text(likely, dimension, &document.calendar());
        format!("{}{text}", side(figure))
    })
}

/// On which side of the true number a figure is, before the number.
const fn side(figure: &Figure) -> &'static str {
    match figure.status {
        Status::Bound(Bound::Upper) => "at most ",
        Status::Bound(Bound::Lower) => "at least ",
        _ => "",
    }
}

/// A rate as it is spoken: `5 a week`.
fn per(rate: f64, calendar: &Calendar) -> String {
    let span = rate_span(best_rate_unit(rate, calendar));
    format!("{} {span}", in_unit(rate, calendar))
}

/// The span of a unit of rates, as it is spoken.
pub const fn rate_span(unit: Unit) -> &'static str {
    match unit {
        Unit::PerHour => "an hour",
        Unit::PerWeek => "a week",
        Unit::PerMonth => "a month",
        _ => "a day",
    }
}

fn in_unit(rate: f64, calendar: &Calendar) -> String {
    let unit = best_rate_unit(rate, calendar);
    number_text(rate * calendar.working_seconds_of(unit))
}

fn names_of(document: &Document, ids: impl Iterator<Item = Id>) -> String {
    let names: Vec<String> = ids.map(|id| describe(document, id)).collect();
    names.join(" and ")
}
