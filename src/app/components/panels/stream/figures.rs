//! The results of the stream, each with its formula, its inputs and its source.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::{follow, follow_stream, name_of};
use crate::app::dispatch::dispatch;
use crate::app::state::use_app;
use crate::editor::Event;
use crate::model::{Document, Id, MeasureKind, StationKind, isolated, measure_text};
use crate::stream::{FigureKind, Input, InputRole, StreamResults, basis_words};

/// What of a result changes with the numbers.
#[derive(Clone, Debug, PartialEq)]
struct Row {
    kind: FigureKind,
    value: String,
    status: &'static str,
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

/// The results.
#[component]
pub fn Figures() -> impl IntoView {
    let app = use_app();
    let rows = follow_stream(app, |document, results| {
        let calendar = document.properties().stream.calendar();
        let each = results.figures.iter().map(|figure| Row {
            kind: figure.kind,
            value: figure.text(&calendar),
            status: figure.status_word(),
        });
        each.collect::<Vec<_>>()
    });
    let kinds = move || rows.with(|rows| rows.iter().map(|row| row.kind).collect::<Vec<_>>());
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
    let stream = move || match whose.get() {
        whose if whose.is_empty() => "Of one of several streams.".to_owned(),
        whose => format!("Of the stream to {whose}."),
    };
    let several = follow(app, |_, report| report.streams.len() > 1);
    let basis = follow(app, |document, _| {
        basis_words(&document.properties().stream.calendar())
    });
    let mix = follow_stream(app, |document, results| {
        results.mix_sentence(document).unwrap_or_default()
    });
    view! {
        <Show when=move || several.get()>
            <p class="muted">
                {move || format!("{} Select a step of another to see its figures.", stream())}
            </p>
        </Show>
        <p class="muted">{move || format!("Times are {}.", basis.get())}</p>
        <Show when=move || mix.with(|mix| !mix.is_empty())>
            <p class="muted">{move || mix.get()}</p>
        </Show>
        // Keyed by kind: an explanation stays open when the number changes.
        <ul class="figures">
            <For each=kinds key=|kind| *kind let:kind>
                <FigureRow kind rows/>
            </For>
        </ul>
    }
}

#[component]
fn FigureRow(kind: FigureKind, rows: Memo<Vec<Row>>) -> impl IntoView {
    let open = RwSignal::new(false);
    let now = Memo::new(move |_| {
        rows.with(|rows| {
            let row = rows.iter().find(|row| row.kind == kind);
            row.map(|row| (row.value.clone(), row.status))
                .unwrap_or_default()
        })
    });
    let status = move || now.with(|now| now.1);
    view! {
        <li>
            <button
                class="figure"
                aria-expanded=move || open.get().to_string()
                on:click=move |_| open.update(|open| *open = !*open)
            >
                <span class="figure-name">{kind.words().name}</span>
                <span class="figure-value">{move || now.get().0}</span>
                <span class=move || format!("figure-status status-{}", status_class(status()))>
                    {status}
                </span>
            </button>
            <Show when=move || open.get()>
                <FigureDetail kind/>
            </Show>
        </li>
    }
}

/// How a result comes about.
#[component]
fn FigureDetail(kind: FigureKind) -> impl IntoView {
    let app = use_app();
    let inputs = follow_stream(app, move |document, results| {
        let inputs = results.inputs(kind, None).into_iter();
        let each = inputs.map(|input| {
            let words = input_words(document, results, &input);
            ((input.record, input.product, input.measure), words)
        });
        each.collect::<Vec<_>>()
    });
    let measures =
        move || inputs.with(|inputs| inputs.iter().map(|input| input.0).collect::<Vec<_>>());
    let words = kind.words();
    view! {
        <div class="figure-detail">
            <p>{words.formula}</p>
            <ul class="inputs" aria-label="Inputs">
                <For each=measures key=|input| *input let:input>
                    <InputRow input inputs/>
                </For>
            </ul>
            <p class="muted">{words.source}</p>
        </div>
    }
}

/// Which measure an input is: of what record, and of which product there.
type InputKey = (Id, Option<usize>, MeasureKind);

#[component]
fn InputRow(input: InputKey, inputs: Memo<Vec<(InputKey, String)>>) -> impl IntoView {
    let app = use_app();
    let words = Memo::new(move |_| {
        inputs.with(|inputs| {
            let found = inputs.iter().find(|(other, _)| *other == input);
            found.map(|(_, words)| words.clone()).unwrap_or_default()
        })
    });
    let select = move |_| dispatch(app, Event::Select(BTreeSet::from([input.0])));
    view! {
        <li>
            <button class="input-link" on:click=select>
                {move || words.get()}
            </button>
        </li>
    }
}

/// The class that gives a status its colour.
fn status_class(status: &str) -> &'static str {
    match status {
        "unknown" => "unknown",
        "exact" => "exact",
        _ => "other",
    }
}
