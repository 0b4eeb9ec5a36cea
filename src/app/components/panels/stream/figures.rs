//! The results of the stream, each with its formula, its inputs and its source; problems.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::{follow, follow_stream, name_of};
use crate::app::dispatch::dispatch;
use crate::app::plain::{Line, lines, show, tag, text_of, together};
use crate::app::state::App;
use crate::editor::Event;
use crate::model::{Document, StationKind, isolated, measure_text};
use crate::stream::{Figure, FigureKind, Input, InputRole, basis_words};

/// A line of the list of results.
#[derive(Clone, Debug, PartialEq)]
struct Row {
    name: &'static str,
    value: String,
    status: &'static str,
    formula: &'static str,
    source: &'static str,
    kind: FigureKind,
}

fn row(document: &Document, figure: &Figure) -> Row {
    let words = figure.kind.words();
    let calendar = &document.properties().stream.calendar();
    Row {
        name: words.name,
        value: figure.text(calendar),
        status: figure.status_word(),
        formula: words.formula,
        source: words.source,
        kind: figure.kind,
    }
}

/// An input of a result: `Build: process time 2 h`, `Build: uptime 100 % (assumed)`.
pub fn input_words(document: &Document, input: &Input) -> String {
    let (stations, flows) = (document.stations(), document.flows());
    let measures = stations.get(&input.record).map(|station| &station.measures);
    let measures = measures.or_else(|| flows.get(&input.record).map(|flow| &flow.measures));
    let stated = measures.and_then(|measures| measures.get(input.measure));
    let value = match (input.role, stated) {
        (InputRole::Missing, Some(_)) => "unknown".to_owned(),
        (InputRole::Missing, None) => "not stated".to_owned(),
        (InputRole::Assumed, _) => format!("{} (assumed)", input.measure.convention()),
        (InputRole::Used, Some(measure)) => measure_text(measure),
        (InputRole::Used, None) => String::new(),
    };
    format!(
        "{}: {} {value}",
        name_of(document, input.record),
        input.measure.name()
    )
}

/// The results.
pub fn figures(app: App) -> AnyView {
    let rows = follow_stream(app, |document, results| {
        results
            .figures
            .iter()
            .map(|figure| row(document, figure))
            .collect::<Vec<_>>()
    });
    // Of which stream they are, where there are several.
    let whose = follow_stream(app, |document, results| {
        let ends = results.stream.stations.iter().zip(&results.stream.kinds);
        let customers = ends.filter(|(_, kind)| **kind == StationKind::Customer);
        customers
            .filter_map(|(id, _)| document.stations().get(id))
            .map(|station| isolated(&station.name))
            .collect::<Vec<_>>()
            .join(", ")
    });
    let several = follow(app, |_, report| report.streams.len() > 1);
    let basis = follow(app, |document, _| {
        basis_words(&document.properties().stream.calendar())
    });
    together(vec![
        show(
            move || several.get(),
            move || {
                let words = move || match whose.get() {
                    whose if whose.is_empty() => "Of one of several streams.".to_owned(),
                    whose => format!("Of the stream to {whose}."),
                };
                tag("p")
                    .class("muted")
                    .text(text_of(move || {
                        format!("{} Select a step of another to see its figures.", words())
                    }))
                    .view()
            },
        ),
        tag("p")
            .class("muted")
            .text(text_of(move || format!("Times are {}.", basis.get())))
            .view(),
        tag("ul")
            .class("figures")
            .child(lines(move || {
                rows.get()
                    .into_iter()
                    .map(|row| Line {
                        key: format!("{} {} {}", row.name, row.value, row.status),
                        view: Box::new(move || figure_row(app, row.clone())),
                    })
                    .collect()
            }))
            .view(),
    ])
}

fn figure_row(app: App, row: Row) -> AnyView {
    let open = RwSignal::new(false);
    let value = tag("span").class("figure-value").text(row.value);
    let head = tag("button")
        .class("figure")
        .with("aria-expanded", text_of(move || open.get().to_string()))
        .press(move || open.update(|open| *open = !*open))
        .child(tag("span").class("figure-name").text(row.name))
        .child(value)
        .child(
            tag("span")
                .class(format!("figure-status status-{}", status_class(row.status)))
                .text(row.status),
        );
    let (formula, source, kind) = (row.formula, row.source, row.kind);
    let detail = show(
        move || open.get(),
        move || {
            let inputs = app.with(|core| {
                let document = core.editor.document();
                let selected = core.editor.selection().iter().copied();
                let results = core.editor.stream().about(selected);
                let inputs = results.map(|results| results.inputs(kind, None));
                let inputs = inputs.unwrap_or_default().into_iter();
                let told = inputs.map(|input| (input.record, input_words(document, &input)));
                told.collect::<Vec<_>>()
            });
            let each = inputs.into_iter().map(|(id, words)| {
                tag("li").child(
                    tag("button")
                        .class("input-link")
                        .press(move || dispatch(app, Event::Select(BTreeSet::from([id]))))
                        .text(words),
                )
            });
            tag("div")
                .class("figure-detail")
                .child(tag("p").text(formula))
                .child(tag("ul").class("inputs").label("Inputs").children(each))
                .child(tag("p").class("muted").text(source))
                .view()
        },
    );
    tag("li").child(head).child(detail).view()
}

/// The class that gives a status its colour.
fn status_class(status: &str) -> &'static str {
    match status {
        "unknown" => "unknown",
        "exact" => "exact",
        _ => "other",
    }
}

/// What keeps the stream from being understood, or from flowing.
pub fn problems(app: App) -> AnyView {
    let found = follow(app, |document, report| {
        let each = report.problems.iter();
        each.map(|problem| (problem.sentence(document), problem.records()))
            .collect::<Vec<_>>()
    });
    tag("ul")
        .class("problems")
        .label("Problems")
        .child(lines(move || {
            found
                .get()
                .into_iter()
                .map(|(words, records)| Line {
                    key: words.clone(),
                    view: Box::new(move || {
                        let (words, records) = (words.clone(), records.clone());
                        let select = move || {
                            dispatch(app, Event::Select(records.iter().copied().collect()));
                        };
                        tag("li")
                            .child(tag("button").class("problem").press(select).text(words))
                            .view()
                    }),
                })
                .collect()
        }))
        .view()
}
