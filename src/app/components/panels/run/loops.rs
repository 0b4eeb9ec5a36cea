//! Which loop drives: shares over time, in sentences, and each loop with its share.

use leptos::prelude::*;

use super::chart::PlotView;
use super::follow_run;
use crate::app::services::run;
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
    let chart = follow_run(app, |view| {
        view.loops.as_ref().and_then(|loops| loops.chart.clone())
    });
    let story = follow_run(app, |view| {
        view.loops
            .as_ref()
            .map(|loops| loops.story.clone())
            .unwrap_or_default()
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
            <ul class="run-story">
                <For each=move || story.get() key=Clone::clone let:words>
                    <li>{words}</li>
                </For>
            </ul>
            <Show when=move || chart.with(Option::is_some)>
                <PlotView
                    chart=Signal::derive(move || chart.get())
                    is_of_time=Signal::derive(|| true)
                />
            </Show>
            <Show
                when=move || rows.with(|rows| !rows.is_empty())
                fallback=|| view! { <p class="muted">"No loop is active in this run."</p> }
            >
                <ul class="run-loops" aria-label="Loops by their share">
                    {move || rows.get().into_iter().enumerate().map(row).collect_view()}
                </ul>
            </Show>
            <For each=move || notes.get() key=Clone::clone let:words>
                <p class="muted">{words}</p>
            </For>
        </Show>
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
            Some(format!("{:.0} % now", 100.0 * shares.get(row)?))
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
                <span class="run-letters">{one.letters.clone()}</span>
                " "
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
