//! Trying an improvement of a step: throughput, queue and lead time answer at once.

use leptos::prelude::AnyView;

use super::inspector::choice;
use super::limits::table;
use super::{follow_main, name_of, names_of};
use crate::app::plain::{Known, Value, tag, text_of, together, view_of, written};
use crate::app::state::App;
use crate::model::{Calendar, Document, Id, StationKind, number_text, rate_text};
use crate::stream::{
    FigureDimension, Improvement, Regime, State, WhatIf, WhatIfError, amount_text,
    what_if as try_out,
};

/// The slider: how much of its time a step needs afterwards, in hundredths.
const SHORTEST: u32 = 10;
const LONGEST: u32 = 200;

/// The proof.
pub fn what_if(app: App) -> AnyView {
    let steps = follow_main(app, |document, results| {
        let stations = results.stream.stations.iter().zip(&results.stream.kinds);
        let steps = stations.filter(|(_, kind)| **kind == StationKind::Step);
        steps
            .map(|(id, _)| (*id, name_of(document, *id)))
            .collect::<Vec<_>>()
    });
    let limit = follow_main(app, |_, results| {
        results
            .limit
            .as_ref()
            .and_then(|limit| limit.stations().next())
    });
    let chosen: Value<Option<Id>> = Value::new(limit.get_untracked());
    let percent = Value::new(80_u32);
    let outcome = {
        Known::new(move || {
            app.document.track();
            app.stream.track();
            let improvement = Improvement::Time(f64::from(percent.get()) / 100.0);
            let station = chosen.get();
            app.with(|core| {
                let document = core.editor.document();
                let results = core.editor.stream().main()?;
                let tried = try_out(results, station?, improvement);
                Some(outcome(document, tried))
            })
        })
    };
    let step = view_of(move || {
        let words = steps.get();
        let now = chosen.get().map(|id| id.to_string()).unwrap_or_default();
        let options = words.into_iter().map(|(id, name)| (id.to_string(), name));
        choice("Step to improve", options, &now, move |typed| {
            chosen.set(typed.parse().ok())
        })
        .view()
    });
    let slider = tag("input")
        .class("slider")
        .with("id", "what-if-slider")
        .with("type", "range")
        .with("min", SHORTEST.to_string())
        .with("max", LONGEST.to_string())
        .with("step", "5")
        .label("Its process time, in percent of what it is")
        .value(text_of(move || percent.get().to_string()))
        .on("input", move |event| {
            if let Ok(typed) = written(&event).parse() {
                percent.set(typed);
            }
        });
    together(vec![
        step,
        tag("div")
            .class("slider-row")
            .child(slider)
            .child(
                tag("output")
                    .class("figure-value")
                    .text(text_of(move || format!("{} % of its time", percent.get()))),
            )
            .view(),
        view_of(move || match outcome.get() {
            None => tag("p").class("muted").text("Choose a step.").view(),
            Some((rows, sentence)) => together(vec![
                tag("p")
                    .class("what-if-sentence")
                    .with("role", "status")
                    .text(sentence)
                    .view(),
                table(&["", "Now", "Then"], rows),
            ]),
        }),
    ])
}

/// The table before and after, and the sentence.
fn outcome(document: &Document, tried: Result<WhatIf, WhatIfError>) -> (Vec<Vec<String>>, String) {
    let calendar = &document.properties().stream.calendar;
    match tried {
        Err(error) => (Vec::new(), error.to_string()),
        Ok(tried) => {
            let [before, after] =
                [&tried.before, &tried.after].map(|state| column(document, state, calendar));
            let names = [
                "Throughput",
                "Capacity",
                "The limit",
                "Queue before the limit",
                "Lead time",
                "After the limit",
            ];
            let rows = names.iter().zip(before).zip(after);
            let rows = rows.map(|((name, before), after)| vec![(*name).to_owned(), before, after]);
            let regime = match tried.regime {
                Regime::ConstantWip(wip) => format!(
                    "Exact for a line without variation that always holds {} items.",
                    number_text(wip)
                ),
                Regime::Open(demand) => format!(
                    "Throughput is exact on average; queue and times are an approximation for {} at random.",
                    rate_text(demand, calendar)
                ),
                Regime::Saturated => "Exact means while there is always work.".to_owned(),
            };
            (
                rows.collect(),
                format!("{} {regime}", tried.sentence(document)),
            )
        }
    }
}

fn column(document: &Document, state: &State, calendar: &Calendar) -> [String; 6] {
    let time = |seconds: Option<f64>| match seconds {
        Some(seconds) => amount_text(seconds, FigureDimension::WorkingTime, calendar),
        None if state.growth > 0.0 => "grows".to_owned(),
        None => "unknown".to_owned(),
    };
    let queue = match state.queue {
        Some(queue) => format!("{} items", number_text(queue)),
        None if state.growth > 0.0 => format!("grows by {}", rate_text(state.growth, calendar)),
        None => "unknown".to_owned(),
    };
    [
        rate_text(state.throughput, calendar),
        rate_text(state.capacity, calendar),
        names_of(document, &state.constraint),
        queue,
        time(state.lead_time),
        time(state.after_constraint),
    ]
}
