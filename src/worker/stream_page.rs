//! What is printed of a value stream beside its picture: what matters most in sentences, the figures
//! with how far they are to be trusted, and the measures that they come from, in the order of flow.

use serde::{Deserialize, Serialize};

use super::list::Table;
use super::stream_view::headline;
use crate::editor::describe;
use crate::model::{Document, Id, MeasureKind, Measures, isolated, measure_text};
use crate::stream::{Outcome, StreamReport, StreamResults, basis_words, improvement_table};

/// What is printed of a stream.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StreamPage {
    /// What matters most: constraint, demand, lead time; a sentence each.
    pub headline: Vec<String>,
    /// The figures that are known, each with how far it is to be trusted.
    pub figures: Table,
    /// What is to be known of the figures: how times are counted, how many are not known.
    pub remark: String,
    /// What is stated of its stations and flows.
    pub measures: Table,
    /// Its named improvements beside today; without rows where there are none.
    pub improvements: Table,
}

/// What is printed of the streams of a document, the main one first.
pub(super) fn stream_pages(document: &Document, report: &StreamReport) -> Vec<StreamPage> {
    let order = document.flow_order();
    let streams = report.streams.iter();
    streams
        .map(|results| page(document, &order, results))
        .collect()
}

fn page(document: &Document, order: &[Id], results: &StreamResults) -> StreamPage {
    let calendar = &document.calendar();
    let known = |outcome: &Outcome| matches!(outcome, Outcome::Known(_) | Outcome::Range(_));
    let figures = results.figures.iter();
    let rows = figures
        .filter(|figure| known(&figure.outcome))
        .map(|figure| {
            vec![
                figure.kind.words().name.to_owned(),
                figure.text(calendar),
                figure.status_word().to_owned(),
            ]
        });
    let rows: Vec<Vec<String>> = rows.collect();
    let remark = match results.figures.len() - rows.len() {
        0 => format!("Times are {}.", basis_words(calendar)),
        1 => format!(
            "Times are {}. One more figure is not known.",
            basis_words(calendar)
        ),
        unknown => format!(
            "Times are {}. {unknown} more figures are not known.",
            basis_words(calendar)
        ),
    };
    StreamPage {
        headline: headline(document, results),
        figures: Table::new(&["Figure", "Value", "Status"], rows),
        remark,
        measures: measures(document, order, results),
        improvements: improvements(document, &results.stream.stations),
    }
}

/// The named improvements beside today.
fn improvements(document: &Document, about: &[Id]) -> Table {
    let (heads, rows) = improvement_table(document, about);
    Table::new(&heads, rows)
}

/// What is stated: a row for each station in the order of flow, and after it the flows from it.
fn measures(document: &Document, order: &[Id], results: &StreamResults) -> Table {
    let stream = &results.stream;
    let stations = order.iter().filter(|id| stream.stations.contains(id));
    let mut stated: Vec<(String, &Measures)> = Vec::new();
    for id in stations {
        let Some(station) = document.stations().get(id) else {
            continue;
        };
        stated.push((describe(document, *id), &station.measures));
        for product in &station.products {
            let name = format!("{}: {}", describe(document, *id), isolated(&product.name));
            stated.push((name, &product.measures));
        }
        let from = document.flows().iter();
        let from = from.filter(|(flow, record)| record.from == *id && stream.flows.contains(flow));
        stated.extend(from.map(|(flow, record)| (describe(document, *flow), &record.measures)));
    }
    stated.retain(|(_, measures)| measures.iter().next().is_some());
    let is_stated = |kind: &MeasureKind| {
        let mut all = stated.iter();
        all.any(|(_, measures)| measures.get(*kind).is_some())
    };
    let kinds: Vec<MeasureKind> = MeasureKind::ALL.into_iter().filter(is_stated).collect();
    let mut heads = vec!["Step or flow"];
    heads.extend(kinds.iter().map(|kind| kind.name()));
    let rows = stated.iter().map(|(name, measures)| {
        let cells = kinds.iter().map(|kind| {
            let measure = measures.get(*kind);
            measure.map_or_else(String::new, measure_text)
        });
        std::iter::once(name.clone()).chain(cells).collect()
    });
    Table::new(&heads, rows.collect())
}
