//! The report of what limits the stream: sentences, and how full each step is.

use super::{charts, dimension_of, in_flow_order, name_of, names_of};
use crate::model::{Document, Id, MeasureKind, rate_text, share_text};
use crate::scene::MeasureText;
use crate::stream::{Candidate, FigureKind, Side, StreamResults, amount_text};
use crate::worker::list::{List, Sentence, Table};
use crate::worker::report::Block;

/// What limits, as sentences with the steps they are about; how full the steps are.
pub(super) fn limit(
    document: &Document,
    results: &StreamResults,
    measure: &dyn MeasureText,
) -> Vec<Block> {
    let items = told(document, results)
        .into_iter()
        .map(|(text, about)| Sentence { text, about });
    let mut blocks = vec![Block::List(List::Sentences(items.collect()))];
    blocks.extend(charts::utilisation(document, results, measure));
    let heads = ["Step", "Utilisation", "Capacity"];
    blocks.push(Block::Table(Table::new(
        &heads,
        utilisation(document, results),
    )));
    blocks
}

/// Why no capacity is known: what lacks, and at which steps.
pub(super) fn no_capacity(document: &Document, results: &StreamResults) -> (String, Vec<Id>) {
    let missing = results.missing_inputs(FigureKind::Capacity, None);
    let of = |measure: MeasureKind| {
        let of_measure = missing.iter().filter(|input| input.measure == measure);
        let mut ids: Vec<Id> = of_measure.map(|input| input.record).collect();
        // In the order in which work goes over them.
        let way = &results.ladder.stations;
        ids.sort_by_key(|id| {
            way.iter()
                .position(|other| other == id)
                .unwrap_or(way.len())
        });
        ids
    };
    let parts = [
        (MeasureKind::ProcessTime, "the process time of"),
        (MeasureKind::Servers, "how many people or machines work at"),
    ];
    let mut words = Vec::new();
    let mut about = Vec::new();
    for (measure, what) in parts {
        let ids = of(measure);
        if !ids.is_empty() {
            words.push(format!("{what} {}", names_of(document, &ids)));
            about.extend(ids);
        }
    }
    let words = match words.is_empty() {
        true => "No capacity is known yet: steps need a process time.".to_owned(),
        false => format!("No capacity is known yet. Missing: {}.", words.join("; ")),
    };
    (words, about)
}

fn told(document: &Document, results: &StreamResults) -> Vec<(String, Vec<Id>)> {
    let calendar = &document.calendar();
    let Some(limit) = &results.limit else {
        return vec![no_capacity(document, results)];
    };
    let mut told = Vec::new();
    let first: Vec<Id> = limit.stations().collect();
    let at_most = if limit.is_certain() { "" } else { "at most " };
    told.push((
        format!(
            "{} {} the constraint: {at_most}{}.",
            names_of(document, &first),
            if first.len() > 1 { "are" } else { "is" },
            rate_text(limit.capacity, calendar)
        ),
        first,
    ));
    if let Some(demand) = limit.demand {
        let growth = limit.queue_growth().unwrap_or(0.0);
        let words = if growth > 0.0 {
            format!(
                "Customers ask for {}: the queue grows by {}.",
                rate_text(demand, calendar),
                rate_text(growth, calendar)
            )
        } else {
            format!(
                "Customers ask for {}: {} of what it can do.",
                rate_text(demand, calendar),
                share_text(demand / limit.capacity)
            )
        };
        told.push((words, Vec::new()));
    }
    if !results.stream.products().is_empty() {
        let words = "This is for the mix of products that is asked for.".to_owned();
        told.push((words, Vec::new()));
    }
    if let Some(margin) = limit.margin {
        let next: Vec<Id> = limit
            .runners_up
            .iter()
            .flat_map(|next| next.stations.clone())
            .collect();
        let words = format!(
            "Next {} {}, {} above.",
            if next.len() > 1 { "are" } else { "is" },
            names_of(document, &next),
            share_text(margin)
        );
        told.push((words, next));
    }
    for candidate in &limit.candidates {
        told.push((candidate_words(document, candidate), vec![candidate.record]));
    }
    told
}

fn candidate_words(document: &Document, candidate: &Candidate) -> String {
    let calendar = &document.calendar();
    let name = name_of(document, candidate.record);
    let measure = candidate.measure.name();
    let Some(threshold) = &candidate.threshold else {
        return format!("{name} could be the constraint: its {measure} is not known.");
    };
    let side = match threshold.side {
        Side::Above => "above",
        Side::Below => "below",
    };
    let value = amount_text(threshold.value, dimension_of(candidate.measure), calendar);
    format!("{name} is the constraint only if its {measure} is {side} {value}: nobody has said it.")
}

/// The steps with what they are asked for and can do, in the order of flow.
fn utilisation(document: &Document, results: &StreamResults) -> Vec<Vec<String>> {
    let calendar = &document.calendar();
    // All in the unit in which the constraint reads best, so that rows can be compared.
    let like = results.limit.as_ref().map(|limit| limit.capacity);
    let rows = in_flow_order(document, results).into_iter();
    let rows = rows.filter_map(|station| {
        let capacity = station.figure(FigureKind::StationCapacity)?;
        let share = station.figure(FigureKind::Utilisation);
        let likely = share.and_then(|figure| figure.outcome.likely());
        Some(vec![
            name_of(document, station.station),
            likely.map_or("unknown".to_owned(), share_text),
            match like {
                Some(like) => capacity.text_like(like, calendar),
                None => capacity.text(calendar),
            },
        ])
    });
    rows.collect()
}
