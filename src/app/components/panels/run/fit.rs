//! Calibration: a table of measurements, the constants that are sought, what was found.

use leptos::prelude::*;

use super::follow_run;
use super::range_row::RangeRow;
use crate::app::browser::files::pick_text;
use crate::app::components::field::TextArea;
use crate::app::components::report::{PictureView, TableView};
use crate::app::services::{run, worker};
use crate::app::state::{FitState, Page, use_app};
use crate::worker::{Request, SpreadRange};

/// The choices, the button, and what came out.
#[component]
pub fn Fitting() -> impl IntoView {
    let app = use_app();
    let table = RwSignal::new(String::new());
    let ranges: RwSignal<Vec<SpreadRange>> = RwSignal::new(Vec::new());
    let sliders = follow_run(app, |view| view.sliders.clone());
    let keys = Memo::new(move |_| {
        sliders.with(|sliders| sliders.iter().map(|one| one.id).collect::<Vec<_>>())
    });
    let is_ready = move || {
        let is_table = table.with(|table| !table.trim().is_empty());
        is_table && ranges.with(|ranges| !ranges.is_empty())
    };
    let how_far = move || match app.fit.get() {
        FitState::Running(words) => Some(words),
        _ => None,
    };
    view! {
        <p class="muted">
            "Paste a table: times in the first column, each other column with the name of a variable in \
             its head."
        </p>
        <TextArea
            value=table
            keep=move |typed: String| table.set(typed)
            attr:class="field run-table"
            attr:rows="5"
            attr:aria-label="Table of measurements"
            attr:placeholder="week\tUsers"
            attr:spellcheck="false"
        />
        <div class="button-row">
            <button
                class="button"
                on:click=move |_| pick_text(Box::new(move |_, text| table.set(text)))
            >
                "Open a table"
            </button>
        </div>
        <p class="muted">"Choose the constants to find, and between which numbers they lie."</p>
        <div class="run-spread">
            <For each=move || keys.get() key=|id| *id let:id>
                <RangeRow id sliders ranges first=|slider| (slider.least, slider.most)/>
            </For>
        </div>
        <div class="button-row">
            <button
                class="button button-primary"
                disabled=move || !is_ready()
                on:click=move |_| run::fit(app, table.get_untracked(), ranges.get_untracked())
            >
                "Find the numbers"
            </button>
            <Show when=move || how_far().is_some()>
                <span class="muted" role="status">
                    {how_far}
                </span>
                <button
                    class="button"
                    on:click=move |_| {
                        worker::request(app, Request::StopFit);
                        app.fit.set(FitState::Nothing);
                    }
                >
                    "Stop"
                </button>
            </Show>
        </div>
        <Outcome/>
    }
}

/// What was found, and what can be done with it.
#[component]
fn Outcome() -> impl IntoView {
    let app = use_app();
    let view = Memo::new(move |_| match app.fit.get() {
        FitState::Done(view) => Some(view),
        _ => None,
    });
    let why = move || match app.fit.get() {
        FitState::Refused(why) => Some(why),
        _ => None,
    };
    let picture = Memo::new(move |_| view.get().map(|view| view.picture).unwrap_or_default());
    let numbers = Memo::new(move |_| view.get().map(|view| view.numbers).unwrap_or_default());
    let series = Memo::new(move |_| view.get().map(|view| view.series).unwrap_or_default());
    let notes = move || view.get().map(|view| view.notes).unwrap_or_default();
    let try_them = move |_| {
        if let Some(view) = view.get_untracked() {
            run::choose(app, |choice| {
                choice.tried = view.values.iter().copied().collect()
            });
        }
    };
    view! {
        {move || why().map(|words| view! { <p class="trouble" role="alert">{words}</p> })}
        <Show when=move || view.with(Option::is_some)>
            <PictureView picture class="chart"/>
            <TableView table=numbers/>
            <TableView table=series/>
            {move || notes().into_iter().map(|words| view! { <p class="muted">{words}</p> }).collect_view()}
            {(app.page == Page::Editor)
                .then(|| {
                    view! {
                        <div class="button-row">
                            <button class="button" on:click=try_them>
                                "Try these numbers"
                            </button>
                        </div>
                    }
                })}
        </Show>
    }
}
