//! The report of the figures of a stream, each with its formula, its inputs and its source.

use super::name_of;
use crate::model::{Document, isolated, measure_text};
use crate::stream::{Figure, Input, InputRole, StreamResults, basis_words};
use crate::worker::list::{FigureInput, FigureRow, List};
use crate::worker::report::Block;

/// The report.
pub(super) fn figures(document: &Document, results: &StreamResults) -> Vec<Block> {
    let calendar = &document.properties().stream.calendar();
    let mut blocks = vec![Block::Words(format!(
        "Times are {}.",
        basis_words(calendar)
    ))];
    blocks.extend(results.mix_sentence(document).map(Block::Words));
    let rows = results.figures.iter();
    let rows = rows.map(|figure| row(document, results, figure));
    blocks.push(Block::List(List::Figures(rows.collect())));
    blocks
}

fn row(document: &Document, results: &StreamResults, figure: &Figure) -> FigureRow {
    let calendar = &document.properties().stream.calendar();
    let words = figure.kind.words();
    let inputs = results.inputs(figure.kind, None).into_iter();
    let inputs = inputs.map(|input| FigureInput {
        words: input_words(document, results, &input),
        record: input.record,
    });
    FigureRow {
        name: words.name.to_owned(),
        value: figure.text(calendar),
        status: figure.status_word().to_owned(),
        formula: words.formula.to_owned(),
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
