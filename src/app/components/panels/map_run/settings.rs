//! How the map runs: laws of chance, length, seed.

use leptos::prelude::*;

use crate::app::components::field::{Choice, InputField, TextArea};
use crate::app::dispatch::dispatch;
use crate::app::state::{App, use_app};
use crate::app::text::grouped;
use crate::editor::{Command, Event};
use crate::model::{
    ArrivalLaw, EstimateLaw, OutageLaw, SpreadLaw, StreamRun, StreamSettings, exact_text,
};

fn change(app: App, change: impl FnOnce(&mut StreamRun)) {
    let stream = app.with(|core| core.editor.document().properties().stream.clone());
    let mut run = stream.run.clone();
    change(&mut run);
    if run != stream.run {
        dispatch(
            app,
            Event::Do(Command::SetStream(StreamSettings { run, ..stream })),
        );
    }
}

/// The fields.
#[component]
pub fn Settings() -> impl IntoView {
    let app = use_app();
    let run = Memo::new(move |_| {
        app.document.track();
        app.with(|core| core.editor.document().properties().stream.run.clone())
    });
    let keep_runs = move |typed: Option<f64>| {
        let (least, most) = StreamRun::REPLICATIONS.into_inner();
        let number = |typed: f64| (typed.round() as u32).clamp(least, most);
        let runs = typed.map_or(StreamRun::USUAL_REPLICATIONS, number);
        change(app, |run| run.replications = runs);
    };
    let keep_days = move |typed: Option<f64>| {
        let (least, most) = StreamRun::DAYS.into_inner();
        let days = typed.map(|days| days.clamp(least, most));
        change(app, |run| run.days = days);
    };
    let keep_seed = move |typed: Option<f64>| {
        let seed = typed.map_or(StreamRun::USUAL_SEED, |seed| seed.round() as u32);
        change(app, |run| run.seed = seed);
    };
    view! {
        <div class="run-settings">
            <Law
                label="Low, likely, high"
                options=&[
                    (EstimateLaw::Triangular, "Bounds: triangular"),
                    (EstimateLaw::Pert, "Bounds: PERT"),
                    (EstimateLaw::LogNormal, "10 % and 90 %: log-normal"),
                ]
                chosen=Signal::derive(move || run.with(|run| run.estimates))
                keep=move |law| change(app, |run| run.estimates = law)
            />
            <Law
                label="Mean and variability"
                options=&[(SpreadLaw::Gamma, "Gamma"), (SpreadLaw::LogNormal, "Log-normal")]
                chosen=Signal::derive(move || run.with(|run| run.spread))
                keep=move |law| change(app, |run| run.spread = law)
            />
            <Law
                label="Items come"
                options=&[
                    (ArrivalLaw::Chance, "By chance: exponential"),
                    (ArrivalLaw::Even, "Evenly"),
                ]
                chosen=Signal::derive(move || run.with(|run| run.arrivals))
                keep=move |law| change(app, |run| run.arrivals = law)
            />
            <Law
                label="Outages come"
                options=&[(OutageLaw::Use, "With use"), (OutageLaw::Clock, "With the calendar")]
                chosen=Signal::derive(move || run.with(|run| run.outages))
                keep=move |law| change(app, |run| run.outages = law)
            />
            <Number
                label="Runs"
                usual="20"
                value=Signal::derive(move || run.with(|run| f64::from(run.replications)))
                is_usual=Signal::derive(move || {
                    run.with(|run| run.replications == StreamRun::USUAL_REPLICATIONS)
                })
                keep=keep_runs
            />
            <Number
                label="Working days each"
                usual="as many as it takes"
                value=Signal::derive(move || run.with(|run| run.days.unwrap_or_default()))
                is_usual=Signal::derive(move || run.with(|run| run.days.is_none()))
                keep=keep_days
            />
            <Number
                label="Seed"
                usual="1"
                value=Signal::derive(move || run.with(|run| f64::from(run.seed)))
                is_usual=Signal::derive(move || run.with(|run| run.seed == StreamRun::USUAL_SEED))
                keep=keep_seed
            />
            <Schedule
                times=Signal::derive(move || run.with(|run| run.schedule.clone()))
                keep=move |schedule| change(app, |run| run.schedule = schedule)
            />
        </div>
    }
}

/// When items come, if a person has a list of it; empty for as they are asked for.
#[component]
fn Schedule(
    /// Working hours from the start, not falling.
    times: Signal<Vec<f64>>,
    /// Hears the times.
    #[prop(into)]
    keep: Callback<Vec<f64>>,
) -> impl IntoView {
    let wrong = RwSignal::new(None::<String>);
    let typed = move |typed: String| match times_of(&typed) {
        Ok(times) => {
            wrong.set(None);
            keep.run(times);
        }
        Err(why) => wrong.set(Some(why)),
    };
    let shown = move || {
        let times = times.get();
        let words: Vec<String> = times.into_iter().map(exact_text).collect();
        words.join(" ")
    };
    view! {
        <label class="run-pair">
            <span>"Items come at working hours"</span>
            <TextArea
                value=Signal::derive(shown)
                keep=typed
                attr:class="field"
                attr:rows="2"
                attr:placeholder="as they are asked for; or 0 1.5 4"
                attr:aria-invalid=move || wrong.with(Option::is_some).to_string()
            />
        </label>
        <Show when=move || wrong.with(Option::is_some)>
            <p class="trouble" role="alert">
                {move || wrong.get()}
            </p>
        </Show>
    }
}

/// The times in a text, with spaces, lines or semicolons between them, in order.
fn times_of(text: &str) -> Result<Vec<f64>, String> {
    let parts = text.split(|letter: char| letter.is_whitespace() || letter == ';');
    let mut times = Vec::new();
    for part in parts.filter(|part| !part.is_empty()) {
        let time = part.replace(',', ".").parse::<f64>().ok();
        let time = time.filter(|time| StreamRun::HOURS.contains(time));
        times.push(time.ok_or_else(|| format!("{part} is no time in working hours, 0 or more."))?);
    }
    if times.len() > StreamRun::MOST_TIMES {
        return Err(format!(
            "These are {} times; at most {} can be kept.",
            grouped(times.len() as u64),
            grouped(StreamRun::MOST_TIMES as u64)
        ));
    }
    times.sort_unstable_by(f64::total_cmp);
    Ok(times)
}

/// A choice of one of a few laws.
#[component]
fn Law<T: Copy + PartialEq + Send + Sync + 'static>(
    /// What it is about.
    label: &'static str,
    /// The laws, with their words.
    options: &'static [(T, &'static str)],
    /// The one that is chosen.
    chosen: Signal<T>,
    /// Hears the one that a person chooses.
    #[prop(into)]
    keep: Callback<T>,
) -> impl IntoView {
    let words = options
        .iter()
        .map(|(_, words)| ((*words).to_owned(), (*words).to_owned()));
    let words: Vec<(String, String)> = words.collect();
    let now = move || {
        let chosen = chosen.get();
        let found = options.iter().find(|(law, _)| *law == chosen);
        found.map_or("", |(_, words)| *words).to_owned()
    };
    view! {
        <label class="run-pair">
            <span>{label}</span>
            <Choice
                options=words
                chosen=Signal::derive(now)
                keep=move |chosen: String| {
                    if let Some((law, _)) = options.iter().find(|(_, words)| *words == chosen) {
                        keep.run(*law);
                    }
                }
            />
        </label>
    }
}

/// A number; empty for the usual one.
#[component]
fn Number(
    /// What it is.
    label: &'static str,
    /// What it is where nobody says anything.
    usual: &'static str,
    /// The number.
    value: Signal<f64>,
    /// Whether it is the usual one.
    is_usual: Signal<bool>,
    /// Hears the number; none for the usual one.
    #[prop(into)]
    keep: Callback<Option<f64>>,
) -> impl IntoView {
    let wrong = RwSignal::new(false);
    let typed = move |typed: String| match typed.trim() {
        "" => {
            wrong.set(false);
            keep.run(None);
        }
        typed => {
            let number = typed.replace(',', ".").parse::<f64>();
            let number = number
                .ok()
                .filter(|number| number.is_finite() && *number >= 0.0);
            wrong.set(number.is_none());
            if number.is_some() {
                keep.run(number);
            }
        }
    };
    let shown = move || match is_usual.get() {
        true => String::new(),
        false => exact_text(value.get()),
    };
    view! {
        <label class="run-pair">
            <span>{label}</span>
            <InputField
                value=Signal::derive(shown)
                keep=typed
                attr:class="field"
                attr:inputmode="decimal"
                attr:placeholder=usual
                attr:autocomplete="off"
                attr:aria-invalid=move || wrong.get().to_string()
            />
        </label>
        <Show when=move || wrong.get()>
            <p class="trouble" role="alert">
                "A number is needed, 0 or more."
            </p>
        </Show>
    }
}
