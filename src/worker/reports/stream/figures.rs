//! The report of the figures of a stream, each with its formula, its inputs and its source.

use super::name_of;
use crate::model::{Document, Id, isolated, measure_text};
use crate::stream::{
    Figure, Input, InputRole, Outcome, Status, StreamResults, basis_words, provenance_words,
};
use crate::worker::list::{FigureInput, FigureRow, List};
use crate::worker::report::Block;

/// The report.
pub(super) fn figures(document: &Document, results: &StreamResults) -> Vec<Block> {
    let calendar = &document.calendar();
    let mut blocks = vec![Block::Words(format!(
        "Times are {}.",
        basis_words(calendar)
    ))];
    let rows = results.figures.iter();
    let order = document.flow_order();
    let rows = rows.map(|figure| row(document, &order, results, figure));
    blocks.push(Block::List(List::Figures(rows.collect())));
    blocks
}

fn row(document: &Document, order: &[Id], results: &StreamResults, figure: &Figure) -> FigureRow {
    let calendar = &document.calendar();
    let words = figure.kind.words();
    let mut found = results.inputs(figure.kind, None);
    // In the order of flow; what is of flows comes after the stations.
    found.sort_by_key(|input| {
        let place = order.iter().position(|id| *id == input.record);
        place.unwrap_or(order.len())
    });
    // How far it is to be trusted: by its formula, else by its numbers.
    let status = match (&figure.outcome, figure.status) {
        (Outcome::Known(_) | Outcome::Range(_), Status::Exact) => provenance_words(&found),
        _ => None,
    };
    let inputs = found.into_iter();
    let inputs = inputs.map(|input| FigureInput {
        words: input_words(document, results, &input),
        record: input.record,
    });
    FigureRow {
        name: words.name.to_owned(),
        value: figure.text(calendar),
        status: status.unwrap_or_else(|| figure.status_word().to_owned()),
        formula: match figure.status {
            Status::Exact => format!("{} (exact)", words.formula),
            _ => words.formula.to_owned(),
        },
        source: words.source.to_owned(),
        inputs: inputs.collect(),
    }
}

/// An input of a result: `Build: process time 2 h`, `Build: uptime 100 % (assumed)`.
fn input_words(document: &Document, results: &StreamResults, input: &Input) -> String {
    let (stations, flows) = (document.stations(), document.flows());
    let station = stations.get(&input.record);
    let product = input
        .product
        .map(|product| results.stream.product_name(product));
    let measures = station.and_then(|station| match product {
        Some(product) => station
            .products
            .get(product)
            .map(|product| &product.measures),
        None => Some(&station.measures),
    });
    let measures = measures.or_else(|| flows.get(&input.record).map(|flow| &flow.measures));
    let stated = measures.and_then(|measures| measures.get(input.measure));
    let value = match (input.role, stated) {
        (InputRole::Missing, Some(_)) => "unknown".to_owned(),
        (InputRole::Missing, None) => "not stated".to_owned(),
        (InputRole::Assumed, _) => format!("{} (assumed)", input.measure.convention()),
        (InputRole::Used, Some(measure)) => measure_text(measure),
        (InputRole::Used, None) => String::new(),
    };
    let of = product.map_or_else(String::new, |product| format!(" of {}", isolated(product)));
    format!(
        "{}: {}{of} {value}",
        name_of(document, input.record),
        input.measure.name()
    )
}
