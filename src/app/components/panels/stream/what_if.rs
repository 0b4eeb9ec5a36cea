//! Trying an improvement of a step: throughput, queue and lead time answer at once.

use leptos::prelude::*;

use super::inspector::choice;
use super::{follow_stream, name_of};
use crate::app::components::panels::exhibit::table;
use crate::app::plain::{effect, tag, text_of, together, view_of, written};
use crate::app::services::worker;
use crate::app::state::App;
use crate::model::{Id, StationKind};
use crate::stream::Improvement;
use crate::worker::Request;

/// What is improved, and by how much: the slider.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Lever {
    /// How much of its time a step needs afterwards, in hundredths.
    Time(u32),
    /// How many more people or machines it has.
    Servers(u32),
}

impl Lever {
    const fn improvement(self) -> Improvement {
        match self {
            Self::Time(percent) => Improvement::Time(percent as f64 / 100.0),
            Self::Servers(more) => Improvement::Servers(more as f64),
        }
    }

    const fn number(self) -> u32 {
        match self {
            Self::Time(number) | Self::Servers(number) => number,
        }
    }

    /// Least, greatest and step of the slider.
    const fn scale(self) -> [u32; 3] {
        match self {
            Self::Time(_) => [10, 200, 5],
            Self::Servers(_) => [0, 10, 1],
        }
    }

    const fn to(self, number: u32) -> Self {
        match self {
            Self::Time(_) => Self::Time(number),
            Self::Servers(_) => Self::Servers(number),
        }
    }

    fn words(self) -> String {
        match self {
            Self::Time(percent) => format!("{percent} % of its time"),
            Self::Servers(1) => "1 more".to_owned(),
            Self::Servers(more) => format!("{more} more"),
        }
    }
}

/// The proof.
pub fn what_if(app: App) -> AnyView {
    let steps = follow_stream(app, |document, results| {
        let stations = results.stream.stations.iter().zip(&results.stream.kinds);
        let steps = stations.filter(|(_, kind)| **kind == StationKind::Step);
        steps
            .map(|(id, _)| (*id, name_of(document, *id)))
            .collect::<Vec<_>>()
    });
    let limit = follow_stream(app, |_, results| {
        results
            .limit
            .as_ref()
            .and_then(|limit| limit.stations().next())
    });
    let chosen: RwSignal<Option<Id>> = RwSignal::new(limit.get_untracked());
    let lever = RwSignal::new(Lever::Time(80));
    // The worker answers between two frames.
    app.tried.set(None);
    effect(move || {
        app.document.track();
        app.stream.track();
        let improvement = lever.get().improvement();
        if let Some(station) = chosen.get() {
            worker::request(app, Request::TryOut(station, improvement));
        }
    });
    let step = view_of(move || {
        let words = steps.get();
        let now = chosen.get().map(|id| id.to_string()).unwrap_or_default();
        let options = words.into_iter().map(|(id, name)| (id.to_string(), name));
        choice("Step to improve", options, &now, move |typed| {
            chosen.set(typed.parse().ok())
        })
        .view()
    });
    let how = choice(
        "How",
        [("time", "Faster"), ("servers", "More people or machines")]
            .map(|(value, words)| (value.to_owned(), words.to_owned())),
        "time",
        move |typed| {
            lever.set(if typed == "servers" {
                Lever::Servers(1)
            } else {
                Lever::Time(80)
            });
        },
    );
    // Another lever has another scale: then the slider is made anew.
    let is_time = Memo::new(move |_| matches!(lever.get(), Lever::Time(_)));
    let slider = view_of(move || {
        let _ = is_time.get();
        let [least, most, step] = lever.get_untracked().scale();
        tag("input")
            .class("slider")
            .with("id", "what-if-slider")
            .with("type", "range")
            .with("min", least.to_string())
            .with("max", most.to_string())
            .with("step", step.to_string())
            .label("How much")
            .value(text_of(move || lever.get().number().to_string()))
            .on("input", move |event| {
                if let Ok(typed) = written(&event).parse() {
                    lever.update(|lever| *lever = lever.to(typed));
                }
            })
            .view()
    });
    together(vec![
        step,
        how.view(),
        tag("div")
            .class("slider-row")
            .child(slider)
            .child(
                tag("output")
                    .class("figure-value")
                    .text(text_of(move || lever.get().words())),
            )
            .view(),
        view_of(move || match app.tried.get() {
            None => tag("p").class("muted").text("Choose a step.").view(),
            Some((sentence, rows)) => together(vec![
                tag("p")
                    .class("what-if-sentence")
                    .with("role", "status")
                    .text(sentence)
                    .view(),
                table(&rows),
            ]),
        }),
    ])
}
