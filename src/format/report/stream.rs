//! The value streams in the report: results with how sure they are, what limits, what was measured.

use super::markdown::{heading, item, paragraphs, table};
use crate::format::drawing::Drawing;
use crate::model::{
    Amount, Document, Id, Measure, MeasureKind, Measures, StationKind, StepValue, isolated,
    measure_text, number_text, rate_text, share_text,
};
use crate::stream::{IMPROVEMENT_NOTE, ProductMix, StreamResults, basis_words, improvement_table};

/// Every stream, the main one first.
pub fn streams(out: &mut String, drawing: &Drawing<'_>) {
    let document = drawing.document();
    if document.stations().is_empty() {
        return;
    }
    let report = drawing.streams();
    for (index, results) in report.streams.iter().enumerate() {
        let words = match report.streams.len() {
            1 => "Value stream".to_owned(),
            _ => format!("Value stream {}", index + 1),
        };
        heading(out, &words);
        one_stream(out, document, results);
        improvements(out, document, results);
    }
    if !report.problems.is_empty() {
        heading(out, "What is wrong with the map");
        out.push('\n');
        for problem in &report.problems {
            item(out, "", &problem.sentence(document));
        }
    }
    measures(out, document);
}

fn one_stream(out: &mut String, document: &Document, results: &StreamResults) {
    let calendar = &document.calendar();
    paragraphs(
        out,
        &format!("Times are counted {}.", basis_words(calendar)),
    );
    let rows: Vec<Vec<String>> = results
        .figures
        .iter()
        .map(|figure| {
            vec![
                figure.kind.words().name.to_owned(),
                figure.text(calendar),
                figure.status_word().to_owned(),
            ]
        })
        .collect();
    table(out, &["Result", "Value", "Confidence"], &rows);
    let Some(limit) = &results.limit else {
        paragraphs(
            out,
            "No capacity is known, so the constraint can't be calculated.",
        );
        return;
    };
    let first: Vec<String> = limit.stations().map(|id| name_of(document, id)).collect();
    let verb = if first.len() > 1 {
        "are the constraint"
    } else {
        "is the constraint"
    };
    let at_most = if limit.is_certain() { "" } else { "at most " };
    paragraphs(
        out,
        &format!(
            "{} {verb}: {at_most}{}.",
            first.join(" and "),
            rate_text(limit.capacity, calendar)
        ),
    );
    if let Some(mix) = results.product_mix() {
        products(out, document, results, &mix);
    }
    if !limit.is_certain() {
        paragraphs(
            out,
            "A step with an unknown measure could still be the constraint.",
        );
    }
}

/// What named improvements would do, beside today.
fn improvements(out: &mut String, document: &Document, results: &StreamResults) {
    let (heads, rows) = improvement_table(document, &results.stream.stations);
    if rows.is_empty() {
        return;
    }
    heading(out, "Improvements");
    table(out, &heads, &rows);
    paragraphs(out, IMPROVEMENT_NOTE);
}

/// Of what the work is mixed, and what each product needs of the constraint.
fn products(out: &mut String, document: &Document, results: &StreamResults, mix: &ProductMix) {
    paragraphs(out, &results.mix_sentence(document).unwrap_or_default());
    let unknown = || "unknown".to_owned();
    let rows: Vec<Vec<String>> = mix
        .lines
        .iter()
        .map(|line| {
            let rate = |rate: Option<f64>| {
                rate.map_or_else(unknown, |rate| results.product_rate(document, rate))
            };
            vec![
                results.product_label(document, line.product),
                rate(line.demand),
                line.utilisation.map_or_else(unknown, share_text),
                line.margin.map_or_else(unknown, number_text),
                line.per_second
                    .map_or_else(unknown, |money| number_text(60.0 * money)),
                rate(line.best),
            ]
        })
        .collect();
    table(
        out,
        &[
            "Product",
            "Asked for",
            "Of what the constraint can do",
            "Brings",
            "A minute of the constraint",
            "Earns most",
        ],
        &rows,
    );
}

/// What is stated of stations and flows, and how it is known.
fn measures(out: &mut String, document: &Document) {
    let stations = document.stations().iter();
    let stations = stations.map(|(id, station)| (*id, &station.measures));
    let flows = document.flows().iter();
    let flows = flows.map(|(id, flow)| (*id, &flow.measures));
    let mut rows = Vec::new();
    for (id, measures) in stations.chain(flows) {
        rows.extend(rows_of(document, id, "", measures));
    }
    for (id, station) in document.stations() {
        if station.kind == StationKind::Step && station.value != StepValue::Unmarked {
            let value = station.value.name();
            let row = ["value to the customer", value, "marked", ""].map(str::to_owned);
            rows.push(std::iter::once(name_of(document, *id)).chain(row).collect());
        }
        for product in &station.products {
            let of = format!(" of {}", isolated(&product.name));
            rows.extend(rows_of(document, *id, &of, &product.measures));
        }
    }
    if rows.is_empty() {
        return;
    }
    heading(out, "Measures");
    table(
        out,
        &["Of", "Measure", "Value", "How it is known", "Source"],
        &rows,
    );
}

fn rows_of(document: &Document, id: Id, of: &str, measures: &Measures) -> Vec<Vec<String>> {
    let row = |(kind, measure): (MeasureKind, &Measure)| {
        let date = measure
            .date
            .map(|date| date.to_string())
            .unwrap_or_default();
        let source = [measure.source.as_str(), &date]
            .into_iter()
            .filter(|text| !text.is_empty())
            .collect::<Vec<_>>()
            .join(", ");
        vec![
            name_of(document, id),
            format!("{}{of}", kind.name()),
            measure_text(measure),
            knowledge_word(&measure.amount).to_owned(),
            source,
        ]
    };
    measures.iter().map(row).collect()
}

const fn knowledge_word(amount: &Amount) -> &'static str {
    match amount {
        Amount::Unknown => "unknown",
        Amount::Guessed(_) => "guessed",
        Amount::Estimated(_) => "estimated",
        Amount::Measured(_) => "measured",
    }
}

/// What a station or a flow is called.
pub fn name_of(document: &Document, id: Id) -> String {
    let station = |id: Id| {
        let name = document
            .stations()
            .get(&id)
            .map(|station| station.name.trim());
        match name {
            None | Some("") => "unnamed".to_owned(),
            Some(name) => isolated(name).into_owned(),
        }
    };
    match document.flows().get(&id) {
        Some(flow) => format!("{} \u{2192} {}", station(flow.from), station(flow.to)),
        None => station(id),
    }
}
