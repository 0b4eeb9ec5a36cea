//! What nobody has measured, what matters most first, each a click from its field.

use std::collections::BTreeSet;

use leptos::prelude::AnyView;

use super::{follow_main, name_of, names_of};
use crate::app::plain::{Line, lines, tag, text_of, together};
use crate::app::state::App;
use crate::editor::Event;
use crate::model::{Calendar, Dimension, Document, Id, MeasureKind};
use crate::stream::{
    FigureDimension, Knowledge, MissingMeasure, Side, Swing, amount_text, amount_text_like,
    missing as missing_of,
};

/// How an amount of a measure is read.
#[must_use]
pub const fn dimension_of(kind: MeasureKind) -> FigureDimension {
    match kind.dimension() {
        Dimension::Time => FigureDimension::Time,
        Dimension::Rate => FigureDimension::Rate,
        Dimension::Share => FigureDimension::Share,
        Dimension::Count | Dimension::Ratio => FigureDimension::Number,
    }
}

/// A line of the list.
#[derive(Clone, Debug, PartialEq)]
struct Row {
    record: Id,
    measure: MeasureKind,
    words: String,
    knowledge: &'static str,
    effects: Vec<String>,
}

const fn knowledge_word(knowledge: Knowledge) -> &'static str {
    match knowledge {
        Knowledge::Unstated => "not stated",
        Knowledge::Unknown => "unknown",
        Knowledge::Guessed => "guess",
        Knowledge::Estimated => "estimate",
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
    Some(format!("{name} {} to {}", text(low), text(high)))
}

fn row(document: &Document, missing: &MissingMeasure) -> Row {
    let calendar = &document.properties().stream.calendar;
    let mut effects = Vec::new();
    if !missing.blocks.is_empty() {
        let names: Vec<String> = missing
            .blocks
            .iter()
            .map(|kind| crate::model::spoken(kind.words().name))
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
            "the limit is {} if low, {} if high",
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
        effects.push(format!("limits the stream if {side} {value}"));
    }
    Row {
        record: missing.record,
        measure: missing.measure,
        words: format!(
            "{}: {}",
            name_of(document, missing.record),
            missing.measure.name()
        ),
        knowledge: knowledge_word(missing.knowledge),
        effects,
    }
}

/// The list.
pub fn missing(app: App) -> AnyView {
    let rows = follow_main(app, |document, results| {
        missing_of(results)
            .iter()
            .map(|missing| row(document, missing))
            .collect::<Vec<_>>()
    });
    let none = move || {
        if rows.with(Vec::is_empty) {
            "Everything that the results need is measured."
        } else {
            "What matters most comes first. An estimate is tried at its bounds, a guess at half and double."
        }
    };
    let list = lines(move || {
        rows.get()
            .into_iter()
            .map(|row| Line {
                key: format!(
                    "{} {} {} {}",
                    row.record,
                    row.words,
                    row.knowledge,
                    row.effects.join(" ")
                ),
                view: Box::new(move || missing_row(app, row.clone())),
            })
            .collect()
    });
    together(vec![
        tag("p").class("muted").text(text_of(none)).view(),
        super::charts::tornado_charts(app),
        tag("ol").class("missing").child(list).view(),
    ])
}

fn missing_row(app: App, row: Row) -> AnyView {
    let Row {
        record,
        measure,
        words,
        knowledge,
        effects,
    } = row;
    let open = move || {
        app.dispatch(Event::Select(BTreeSet::from([record])));
        app.focus_measure(measure);
    };
    let button = tag("button")
        .class("missing-row")
        .press(open)
        .child(tag("strong").text(words))
        .child(tag("span").class("figure-status").text(knowledge))
        .children(
            effects
                .into_iter()
                .map(|effect| tag("span").class("missing-effect muted").text(effect)),
        );
    tag("li").child(button).view()
}
