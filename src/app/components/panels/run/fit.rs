//! Calibration: tables of measurements, the constants that are sought, what was found.

use leptos::prelude::*;

use super::fit_columns::{Columns, Tables};
use super::follow_run;
use super::range_row::RangeRow;
use crate::app::components::panels::progress::ProgressRow;
use crate::app::components::report::{ChartExport, PictureView, TableView};
use crate::app::services::run;
use crate::app::state::{FitState, Page, use_app};
use crate::worker::SpreadRange;

/// The choices, the button, and what came out.
#[component]
pub fn Fitting() -> impl IntoView {
    let app = use_app();
    let ranges: RwSignal<Vec<SpreadRange>> = RwSignal::new(Vec::new());
    let sliders = follow_run(app, |view| view.sliders.clone());
    let keys = Memo::new(move |_| {
        sliders.with(|sliders| sliders.iter().map(|one| one.id).collect::<Vec<_>>())
    });
    let is_ready = move || {
        let has_table = app
            .measured
            .with(|measured| measured.tables.iter().any(|table| !table.trim().is_empty()));
        has_table && ranges.with(|ranges| !ranges.is_empty())
    };
    let how_far = move || match app.fit.get() {
        FitState::Running(words) => Some(words),
        _ => None,
    };
    view! {
        <Tables/>
        <Columns/>
        <p class="muted">"Choose the constants to find, and between which numbers they lie."</p>
        <div class="run-spread">
            <For each=move || keys.get() key=|id| *id let:id>
                <RangeRow id sliders ranges first=|slider| (slider.least, slider.most)/>
            </For>
        </div>
        <ProgressRow
            words="Find the numbers"
            is_ready=Signal::derive(is_ready)
            how_far=Signal::derive(how_far)
            begin=move |()| {
                run::fit(app, app.measured.get_untracked(), ranges.get_untracked());
            }
            stop=move |()| run::stop_fit(app)
        />
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
    let pictures = move || view.get().map(|view| view.pictures).unwrap_or_default();
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
            {move || {
                let pictures = pictures().into_iter();
                pictures
                    .map(|picture| {
                        let picture = Signal::stored(picture);
                        view! {
                            <PictureView picture class="chart"/>
                            <ChartExport picture/>
                        }
                    })
                    .collect_view()
            }}
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
