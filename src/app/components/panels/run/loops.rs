//! Which loop drives: shares over time, in sentences, and each loop with its share.

use leptos::prelude::*;

use super::chart::PlotView;
use super::follow_run;
use crate::app::components::field::Choice;
use crate::app::components::report::ChartExport;
use crate::app::services::{run, run_moment};
use crate::app::state::use_app;
use crate::editor::Event;
use crate::model::LoopKey;
use crate::worker::DrivingLoop;

/// The loops of the run with their shares. They are scored while this is open.
#[component]
pub fn Driving() -> impl IntoView {
    let app = use_app();
    run::choose(app, |choice| choice.loops = true);
    on_cleanup(move || app.run_choice.update(|choice| choice.loops = false));
    let is_known = follow_run(app, |view| view.loops.is_some());
    let why = follow_run(app, |view| view.no_loops.clone());
    let parts = follow_run(app, |view| {
        let parts = view.loops.iter().flat_map(|loops| &loops.parts);
        parts
            .map(|part| (part.partition, part.name.clone()))
            .collect::<Vec<_>>()
    });
    let part = Memo::new(move |_| {
        let part = app.run_choice.with(|choice| choice.part)?;
        parts
            .with(|parts| parts.iter().any(|one| one.0 == part))
            .then_some(part)
    });
    let has_many = Memo::new(move |_| parts.with(|parts| parts.len() > 1));
    let shown = move || {
        let part = part.get();
        let all = parts.get().into_iter().map(|one| one.0);
        all.filter(|one| part.is_none_or(|part| part == *one))
            .collect::<Vec<_>>()
    };
    let options = Signal::derive(move || {
        let all = [(String::new(), "All parts".to_owned())];
        let parts = parts.get().into_iter();
        let parts = parts.map(|(part, name)| (part.to_string(), name));
        all.into_iter().chain(parts).collect::<Vec<_>>()
    });
    let notes = follow_run(app, |view| {
        view.loops
            .as_ref()
            .map(|loops| loops.notes.clone())
            .unwrap_or_default()
    });
    let rows = follow_run(app, |view| {
        view.loops
            .as_ref()
            .map(|loops| loops.loops.clone())
            .unwrap_or_default()
    });
    let row = move |(place, one): (usize, DrivingLoop)| view! { <LoopRow place one/> };
    view! {
        <Show when=move || !is_known.get()>
            <p class="muted" role="status">
                {move || match why.get().as_str() {
                    "" => "Scoring the loops …".to_owned(),
                    why => why.to_owned(),
                }}
            </p>
        </Show>
        <Show when=move || is_known.get()>
            <Show when=move || has_many.get()>
                <label class="run-pair">
                    <span>"Part of the model"</span>
                    <Choice
                        options
                        chosen=Signal::derive(move || {
                            part.get().map(|part| part.to_string()).unwrap_or_default()
                        })
                        keep=move |part: String| run_moment::look_at_part(app, part.parse().ok())
                    />
                </label>
            </Show>
            <For each=shown key=|part| *part let:part>
                <PartView part has_many/>
            </For>
            <Show
                when=move || rows.with(|rows| !rows.is_empty())
                fallback=|| view! { <p class="muted">"No loop has a share in this run."</p> }
            >
                <ul class="run-loops" aria-label="Loops by their share">
                    {move || {
                        let part = part.get();
                        let all = rows.get().into_iter().enumerate();
                        all.filter(|(_, one)| part.is_none_or(|part| part == one.partition))
                            .map(row)
                            .collect_view()
                    }}
                </ul>
            </Show>
            <For each=move || notes.get() key=Clone::clone let:words>
                <p class="muted">{words}</p>
            </For>
        </Show>
    }
}

/// A part of the model: when which of its loops drive, and their shares over time.
#[component]
fn PartView(part: u32, has_many: Memo<bool>) -> impl IntoView {
    let app = use_app();
    let own = follow_run(app, move |view| {
        let mut parts = view.loops.iter().flat_map(|loops| &loops.parts);
        parts.find(|one| one.partition == part).cloned()
    });
    let name = move || own.with(|own| own.as_ref().map(|own| own.name.clone()));
    let story = move || {
        own.with(|own| {
            own.as_ref()
                .map(|own| own.story.clone())
                .unwrap_or_default()
        })
    };
    let chart = Memo::new(move |_| own.with(|own| own.as_ref().map(|own| own.chart.clone())));
    let picture = Signal::derive(move || {
        chart.with(|chart| {
            chart
                .as_ref()
                .map(|chart| chart.picture.clone())
                .unwrap_or_default()
        })
    });
    view! {
        <Show when=move || has_many.get()>
            <h4 dir="auto">{name}</h4>
        </Show>
        <ul class="run-story">
            <For each=story key=Clone::clone let:words>
                <li>{words}</li>
            </For>
        </ul>
        <PlotView
            chart=Signal::derive(move || chart.get())
            is_of_time=Signal::derive(|| true)
        />
        <ChartExport picture/>
    }
}

#[component]
fn LoopRow(place: usize, one: DrivingLoop) -> impl IntoView {
    let app = use_app();
    let links = one.links.clone();
    let now = move || {
        let moment = app.run_choice.with(|choice| choice.moment)?;
        app.run.with(|view| {
            let loops = view.loops.as_ref()?;
            let shares = &loops.loops.get(place)?.shares;
            let row = (moment * shares.len().saturating_sub(1) as f64).round() as usize;
            let share = *shares.get(row)?;
            Some(match share.is_finite() {
                true => format!("{:.0} % now", 100.0 * share),
                false => "not known now".to_owned(),
            })
        })
    };
    let mean = one.share.map_or_else(
        || "share not known".to_owned(),
        |share| format!("{:.0} % on average", 100.0 * share),
    );
    let can_show = !links.is_empty();
    view! {
        <li class="run-loop">
            <button
                class="outline-words"
                disabled=!can_show
                data-tip="Show on the canvas"
                on:click=move |_| {
                    let key = LoopKey::new(links.iter().copied());
                    app.send(Event::ChooseLoop(Some(key)));
                }
            >
                {(!one.name.starts_with(one.letters.as_str()))
                    .then(|| view! { <span class="run-letters">{one.letters.clone()}</span> " " })}
                <span dir="auto">{one.name.clone()}</span>
            </button>
            <span class="muted">
                {mean} {move || now().map(|words| format!(", {words}"))}
            </span>
            {(!one.ring.is_empty())
                .then(|| view! { <span class="muted" dir="auto">{one.ring.clone()}</span> })}
            {(!one.remark.is_empty()).then(|| view! { <span class="muted">{one.remark.clone()}</span> })}
        </li>
    }
}
