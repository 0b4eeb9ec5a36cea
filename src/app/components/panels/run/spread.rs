//! Sensitivity: which constants are not certain, many runs, what they spread to.

use leptos::prelude::*;

use super::follow_run;
use super::range_row::RangeRow;
use crate::app::components::field::Choice;
use crate::app::components::report::{PictureView, TableView};
use crate::app::services::{run, worker};
use crate::app::state::{SpreadState, use_app};
use crate::model::Id;
use crate::worker::{Request, Slider, SpreadRange, SpreadShape};

/// How many runs there may be.
const RUNS: [u32; 4] = [100, 500, 2_000, 10_000];
const SHAPES: [(SpreadShape, &str, &str); 3] = [
    (SpreadShape::Uniform, "uniform", "All alike"),
    (
        SpreadShape::Triangular,
        "triangular",
        "The model's is likeliest",
    ),
    (SpreadShape::Normal, "normal", "Bell around the model's"),
];

/// The range that a constant has at first: a quarter more and less.
fn first_range(slider: &Slider) -> (f64, f64) {
    let (a, b) = (0.75 * slider.value, 1.25 * slider.value);
    match slider.value == 0.0 {
        true => (slider.least, slider.most),
        false => (a.min(b), a.max(b)),
    }
}

/// The choices, the button, and what came out.
#[component]
pub fn Spread() -> impl IntoView {
    let app = use_app();
    let ranges: RwSignal<Vec<SpreadRange>> = RwSignal::new(Vec::new());
    let shape = RwSignal::new(SpreadShape::Uniform);
    let runs = RwSignal::new(RUNS[1]);
    let output: RwSignal<Option<Id>> = RwSignal::new(None);
    let sliders = follow_run(app, |view| view.sliders.clone());
    let keys = Memo::new(move |_| {
        sliders.with(|sliders| sliders.iter().map(|one| one.id).collect::<Vec<_>>())
    });
    let outputs = follow_run(app, |view| {
        let changing = view.variables.iter().filter(|one| one.changes);
        changing
            .map(|one| (one.id.to_string(), one.name.clone()))
            .collect::<Vec<_>>()
    });
    let first = follow_run(app, |view| view.shown.first().copied());
    let chosen = move || output.get().or_else(|| first.get());
    let is_ready = move || ranges.with(|ranges| !ranges.is_empty()) && chosen().is_some();
    let begin = move |_| {
        if let Some(output) = chosen() {
            run::spread(
                app,
                ranges.get_untracked(),
                shape.get_untracked(),
                runs.get_untracked(),
                output,
            );
        }
    };
    let share = move || match app.spread.get() {
        SpreadState::Running(share) => Some(share),
        _ => None,
    };
    let shapes = SHAPES.map(|(_, key, words)| (key.to_owned(), words.to_owned()));
    let counts = RUNS.map(|count| (count.to_string(), format!("{count} runs")));
    view! {
        <p class="muted">"Choose the constants that are not certain, and how far they may be off."</p>
        <div class="run-spread">
            <For each=move || keys.get() key=|id| *id let:id>
                <RangeRow id sliders ranges first=first_range/>
            </For>
        </div>
        <label class="run-pair">
            <span>"Numbers"</span>
            <Choice
                options=shapes.to_vec()
                chosen=Signal::derive(move || {
                    let shape = shape.get();
                    let mut all = SHAPES.iter();
                    let found = all.find(|(one, ..)| *one == shape);
                    found.map_or_else(String::new, |(_, key, _)| (*key).to_owned())
                })
                keep=move |key: String| {
                    if let Some((one, ..)) = SHAPES.iter().find(|(_, other, _)| *other == key) {
                        shape.set(*one);
                    }
                }
            />
        </label>
        <label class="run-pair">
            <span>"How many"</span>
            <Choice
                options=counts.to_vec()
                chosen=Signal::derive(move || runs.get().to_string())
                keep=move |count: String| runs.set(count.parse().unwrap_or(RUNS[1]))
            />
        </label>
        <label class="run-pair">
            <span>"Look at"</span>
            <Choice
                options=Signal::derive(move || outputs.get())
                chosen=Signal::derive(move || chosen().map(|id| id.to_string()).unwrap_or_default())
                keep=move |id: String| output.set(id.parse().ok())
            />
        </label>
        <div class="button-row">
            <button class="button button-primary" disabled=move || !is_ready() on:click=begin>
                {move || format!("Run {} times", runs.get())}
            </button>
            <Show when=move || share().is_some()>
                <span class="muted" role="status">
                    {move || share().map(|share| format!("{share} %"))}
                </span>
                <button
                    class="button"
                    on:click=move |_| {
                        worker::request(app, Request::StopSpread);
                        app.spread.set(SpreadState::Nothing);
                    }
                >
                    "Stop"
                </button>
            </Show>
        </div>
        <Outcome/>
    }
}

/// What came out of the runs.
#[component]
fn Outcome() -> impl IntoView {
    let app = use_app();
    let view = Memo::new(move |_| match app.spread.get() {
        SpreadState::Done(view) => Some(view),
        _ => None,
    });
    let why = move || match app.spread.get() {
        SpreadState::Refused(why) => Some(why),
        _ => None,
    };
    let picture = Memo::new(move |_| view.get().map(|view| view.picture).unwrap_or_default());
    let ranking = Memo::new(move |_| view.get().map(|view| view.ranking).unwrap_or_default());
    let notes = move || view.get().map(|view| view.notes).unwrap_or_default();
    view! {
        {move || why().map(|words| view! { <p class="trouble" role="alert">{words}</p> })}
        <Show when=move || view.with(Option::is_some)>
            <PictureView picture class="chart"/>
            <h4>"What the last value hangs on"</h4>
            <TableView table=ranking/>
            {move || notes().into_iter().map(|words| view! { <p class="muted">{words}</p> }).collect_view()}
        </Show>
    }
}
