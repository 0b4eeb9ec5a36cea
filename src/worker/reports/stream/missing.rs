//! The report of what nobody has measured, what matters most first, each a click from its field.

use super::{charts, dimension_of, name_of, names_of};
use crate::model::{Calendar, Document, in_sentence, isolated};
use crate::scene::MeasureText;
use crate::stream::{
    FigureDimension, Knowledge, MissingMeasure, Side, StreamResults, Swing, amount_text,
    amount_text_like, missing as missing_of,
};
use crate::worker::list::{List, MissingRow};
use crate::worker::report::Block;

/// The report.
pub(super) fn missing(
    document: &Document,
    results: Option<&StreamResults>,
    measure: &dyn MeasureText,
) -> Vec<Block> {
    let found = results.map(missing_of).unwrap_or_default();
    let words = if found.is_empty() {
        "Everything that the results need is measured."
    } else {
        "What matters most comes first. An estimate is tried at its bounds, a guess at half and double."
    };
    let mut blocks = vec![Block::Words(words.to_owned())];
    blocks.extend(charts::tornados(document, &found, measure));
    let rows = found.iter().map(|missing| row(document, missing));
    blocks.push(Block::List(List::Missing(rows.collect())));
    blocks
}

const fn knowledge_word(knowledge: Knowledge) -> &'static str {
    match knowledge {
        Knowledge::Unstated => "not stated",
        Knowledge::Unknown => "unknown",
        Knowledge::Guessed => "guess",
        Knowledge::Estimated => "estimate",
        Knowledge::Stated => "stated",
        Knowledge::Measured => "measured",
    }
}

fn swing_words(
    name: &str,
    swing: &Swing,
    dimension: FigureDimension,
    calendar: &Calendar,
) -> Option<String> {
    let (low, high) = (swing.low?, swing.high?);
    if swing.size() <= 0.0 {
        return None;
    }
    let like = swing.likely.unwrap_or(high);
    let text = |amount: f64| amount_text_like(amount, like, dimension, calendar);
    let (low, high) = (text(low), text(high));
    (low != high).then(|| format!("{name} {low} to {high}"))
}

fn row(document: &Document, missing: &MissingMeasure) -> MissingRow {
    let calendar = &document.calendar();
    let mut effects = Vec::new();
    if !missing.blocks.is_empty() {
        let names: Vec<String> = missing
            .blocks
            .iter()
            .map(|kind| in_sentence(kind.words().name))
            .collect();
        effects.push(format!("without it: no sure {}", names.join(", ")));
    }
    effects.extend(swing_words(
        "lead time",
        &missing.lead_time,
        FigureDimension::Time,
        calendar,
    ));
    effects.extend(swing_words(
        "throughput",
        &missing.throughput,
        FigureDimension::Rate,
        calendar,
    ));
    if let Some((low, high)) = &missing.constraint {
        effects.push(format!(
            "the constraint is {} if low, {} if high",
            names_of(document, low),
            names_of(document, high)
        ));
    }
    if let Some(threshold) = &missing.threshold {
        let side = match threshold.side {
            Side::Above => "above",
            Side::Below => "below",
        };
        let value = amount_text(threshold.value, dimension_of(missing.measure), calendar);
        effects.push(format!("the constraint if {side} {value}"));
    }
    let product = missing.product.as_ref();
    let of = product.map_or_else(String::new, |name| format!(" of {}", isolated(name)));
    MissingRow {
        name: format!(
            "{}: {}{of}",
            name_of(document, missing.record),
            missing.measure.name()
        ),
        knowledge: knowledge_word(missing.knowledge).to_owned(),
        effects,
        record: missing.record,
        product: missing.product.clone(),
        measure: missing.measure,
    }
}
