//! Trying an improvement of a step: throughput, queue and lead time answer at once.

use leptos::ev;
use leptos::prelude::*;

use super::{follow_stream, name_of};
use crate::app::components::field::Choice;
use crate::app::components::report::TableView;
use crate::app::services::worker;
use crate::app::state::use_app;
use crate::model::{Id, StationKind};
use crate::worker::{Improvement, Request};

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

/// Tries an improvement.
#[component]
pub fn WhatIf() -> impl IntoView {
    let app = use_app();
    let stations = follow_stream(app, |part| part.stations.clone());
    let steps = Signal::derive(move || {
        app.document.track();
        app.with(|core| {
            let document = core.editor.document();
            let is_step = |id: &Id| {
                let station = document.stations().get(id);
                station.is_some_and(|station| station.kind == StationKind::Step)
            };
            let steps = stations.get().into_iter().filter(is_step);
            steps
                .map(|id| (id.to_string(), name_of(document, id)))
                .collect::<Vec<_>>()
        })
    });
    let limit = follow_stream(app, |part| part.constraint);
    let chosen: RwSignal<Option<Id>> = RwSignal::new(limit.get_untracked());
    let lever = RwSignal::new(Lever::Time(80));
    // The worker answers between two frames.
    app.tried.set(None);
    Effect::new(move |_| {
        app.document.track();
        app.stream.track();
        let improvement = lever.get().improvement();
        if let Some(station) = chosen.get() {
            worker::request(app, Request::TryOut(station, improvement));
        }
    });
    let step = move || chosen.get().map(|id| id.to_string()).unwrap_or_default();
    let levers = [("time", "Faster"), ("servers", "More people or machines")];
    let levers = levers.map(|(value, words)| (value.to_owned(), words.to_owned()));
    let how = move || match lever.get() {
        Lever::Time(_) => "time".to_owned(),
        Lever::Servers(_) => "servers".to_owned(),
    };
    let keep_how = move |typed: String| {
        lever.set(match typed.as_str() {
            "servers" => Lever::Servers(1),
            _ => Lever::Time(80),
        });
    };
    let scale = Memo::new(move |_| lever.get().scale());
    let figures = Memo::new(move |_| {
        let figures = app
            .tried
            .with(|tried| tried.as_ref().map(|(_, figures)| figures.clone()));
        figures.unwrap_or_default()
    });
    view! {
        <Choice
            options=steps
            chosen=Signal::derive(step)
            keep=move |typed: String| chosen.set(typed.parse().ok())
            attr:aria-label="Step to improve"
        />
        <Choice
            options=levers.to_vec()
            chosen=Signal::derive(how)
            keep=keep_how
            attr:aria-label="How"
        />
        <div class="slider-row">
            // Another lever has another scale: then the slider is made anew.
            <For each=move || [scale.get()] key=|scale| *scale let:scale>
                <Slider scale lever/>
            </For>
            <output class="figure-value">{move || lever.get().words()}</output>
        </div>
        <Show
            when=move || app.tried.with(Option::is_some)
            fallback=|| view! { <p class="muted">"Choose a step."</p> }
        >
            <p class="what-if-sentence" role="status">
                {move || app.tried.get().map(|(sentence, _)| sentence)}
            </p>
            <TableView table=figures/>
        </Show>
    }
}

/// The slider of a lever whose scale stays.
#[component]
fn Slider(scale: [u32; 3], lever: RwSignal<Lever>) -> impl IntoView {
    let [least, most, step] = scale;
    let slide = move |event: ev::Event| {
        if let Ok(typed) = event_target_value(&event).parse() {
            lever.update(|lever| *lever = lever.to(typed));
        }
    };
    view! {
        <input
            dir="auto"
            class="slider"
            id="what-if-slider"
            type="range"
            min=least.to_string()
            max=most.to_string()
            step=step.to_string()
            aria-label="How much"
            prop:value=move || lever.get().number().to_string()
            on:input=slide
        />
    }
}
