//! The chart of runs, with the values at a time, and the time that plays.

use gloo::timers::callback::Interval;
use leptos::prelude::*;
use leptos::{ev, html};
use wasm_bindgen::JsCast;

use super::follow_run;
use crate::app::browser::files::download_text;
use crate::app::components::icon::{Icon, IconButton};
use crate::app::components::report::PictureView;
use crate::app::services::run;
use crate::app::state::{App, use_app};
use crate::model::number_text;
use crate::scene::Theme;
use crate::worker::{RunPicture, RunView};

/// How long a run plays, in steps, and how long a step is, in milliseconds.
const STEPS: f64 = 160.0;
const STEP: u32 = 50;

/// The chart of the chosen variables.
#[component]
pub fn ChartView() -> impl IntoView {
    let app = use_app();
    let chart = follow_run(app, |view| view.chart.clone());
    let facts = follow_run(app, facts_words);
    view! {
        <div class="run-head">
            <Show when=move || chart.with(Option::is_some)>
                <PlotView chart=Signal::derive(move || chart.get()) is_of_time=Signal::derive(move || {
                app.run_choice.with(|choice| choice.against.is_none())
            })/>
            </Show>
            <TimeSlider/>
        </div>
        <Readout/>
        <p class="muted run-facts">{move || facts.get()}</p>
        <div class="button-row">
            <button class="button" on:click=move |_| export(app)>
                "Export chart"
            </button>
            <button class="button" on:click=move |_| run::save_table(app)>
                "Export values"
            </button>
        </div>
    }
}

fn export(app: App) {
    let picture = app
        .run
        .with_untracked(|view| view.chart.as_ref().map(|chart| chart.picture.clone()));
    if let Some(picture) = picture {
        let theme = app.with(|core| core.theme);
        let svg = match theme {
            Theme::Dark => &picture.dark,
            Theme::Light | Theme::Print | Theme::Forced => &picture.light,
        };
        download_text("Behaviour-over-time.svg", svg, "image/svg+xml");
    }
}

/// A value in words; none where it is not known.
pub fn value_words(value: Option<f64>) -> String {
    match value {
        Some(value) if value.is_finite() => number_text(value),
        Some(_) => "not a number".to_owned(),
        None => "unknown".to_owned(),
    }
}

/// How the run was made, in words.
fn facts_words(view: &RunView) -> String {
    let facts = &view.facts;
    let unit = match facts.time_unit.as_str() {
        "" => String::new(),
        unit => format!(" {unit}"),
    };
    format!(
        "Simulated from {} to {}{unit}, in {} steps of {}, by {}.",
        number_text(facts.start),
        number_text(facts.stop),
        number_text(facts.steps as f64),
        number_text(facts.step),
        facts.method.name()
    )
}

/// A chart over which the pointer chooses a time.
#[component]
pub fn PlotView(
    /// The chart.
    chart: Signal<Option<RunPicture>>,
    /// Whether its lower axis is time.
    is_of_time: Signal<bool>,
) -> impl IntoView {
    let app = use_app();
    let frame = NodeRef::<html::Div>::new();
    let picture = Memo::new(move |_| {
        chart.with(|chart| {
            chart
                .as_ref()
                .map(|chart| chart.picture.clone())
                .unwrap_or_default()
        })
    });
    let look = move |event: &ev::PointerEvent| {
        let Some(element) = frame.get_untracked().filter(|_| is_of_time.get_untracked()) else {
            return;
        };
        let element: &web_sys::Element = element.unchecked_ref();
        let rect = element.get_bounding_client_rect();
        let share = chart.with_untracked(|chart| {
            let chart = chart.as_ref()?;
            let scale = chart.size.0 / rect.width().max(1.0);
            let x = (f64::from(event.client_x()) - rect.left()) * scale;
            let (left, _, right, _) = chart.frame;
            Some((x - left) / (right - left).max(1.0))
        });
        if let Some(share) = share {
            run::look_at(app, Some(share));
        }
    };
    let pressed = StoredValue::new(false);
    let line = move || {
        let moment = app.run_choice.with(|choice| choice.moment)?;
        chart.with(|chart| {
            let chart = chart.as_ref().filter(|_| is_of_time.get())?;
            let (left, top, right, bottom) = chart.frame;
            let x = left + moment * (right - left);
            Some([
                100.0 * x / chart.size.0,
                100.0 * top / chart.size.1,
                100.0 * (bottom - top) / chart.size.1,
            ])
        })
    };
    let percent = move |place: usize| move || line().map(|line| format!("{}%", line[place]));
    view! {
        <div
            class="run-chart"
            node_ref=frame
            on:pointermove=move |event| {
                if event.pointer_type() == "mouse" || pressed.get_value() {
                    look(&event);
                }
            }
            on:pointerdown=move |event| {
                pressed.set_value(true);
                look(&event);
            }
            on:pointerup=move |_| pressed.set_value(false)
            on:pointerleave=move |_| pressed.set_value(false)
        >
            <PictureView picture class="chart"/>
            <Show when=move || line().is_some()>
                <span
                    class="run-now"
                    style:left=percent(0)
                    style:top=percent(1)
                    style:height=percent(2)
                ></span>
            </Show>
        </div>
    }
}

/// The time that is looked at: dragged, by keys, and played.
#[component]
fn TimeSlider() -> impl IntoView {
    let app = use_app();
    let clock: StoredValue<Option<Interval>, LocalStorage> = StoredValue::new_local(None);
    let plays = Memo::new(move |_| app.run_choice.with(|choice| choice.plays));
    Effect::new(move |_| {
        if !plays.get() {
            clock.set_value(None);
            return;
        }
        let tick = Interval::new(STEP, move || {
            let moment = app
                .run_choice
                .with_untracked(|choice| choice.moment)
                .unwrap_or(0.0);
            let next = moment + 1.0 / STEPS;
            if next >= 1.0 {
                app.run_choice.update(|choice| choice.plays = false);
            }
            run::look_at(app, Some(next));
        });
        clock.set_value(Some(tick));
    });
    let play = move |_| {
        let is_over = app
            .run_choice
            .with_untracked(|choice| choice.moment.is_none_or(|at| at >= 1.0));
        if !plays.get_untracked() && is_over {
            run::look_at(app, Some(0.0));
        }
        app.run_choice.update(|choice| choice.plays = !choice.plays);
    };
    let moment = move || app.run_choice.with(|choice| choice.moment);
    let time_words = move || {
        let view = app.run.with(|view| view.facts.clone());
        match moment() {
            Some(share) => {
                let time = view.start + share * (view.stop - view.start);
                format!("{} {}", number_text(time), view.time_unit)
                    .trim()
                    .to_owned()
            }
            None => "No time chosen".to_owned(),
        }
    };
    view! {
        <div class="run-time">
            <button
                class="icon-button"
                aria-label=move || if plays.get() { "Pause" } else { "Play" }
                data-tip=move || if plays.get() { "Pause" } else { "Play the run on the canvas" }
                on:click=play
            >
                {move || {
                    let picture = match plays.get() {
                        true => icondata_lu::LuPause,
                        false => icondata_lu::LuPlay,
                    };
                    view! { <Icon picture/> }
                }}
            </button>
            <input
                type="range"
                min="0"
                max="1000"
                step="1"
                aria-label="Time"
                aria-valuetext=time_words
                prop:value=move || (moment().unwrap_or(0.0) * 1_000.0).round().to_string()
                on:input=move |event| {
                    if let Ok(place) = event_target_value(&event).parse::<f64>() {
                        run::look_at(app, Some(place / 1_000.0));
                    }
                }
            />
            <Show when=move || moment().is_some()>
                <IconButton
                    picture=icondata_lu::LuX
                    name="Show no time on the canvas"
                    title="Show no time on the canvas"
                    on:click=move |_| {
                        app.run_choice.update(|choice| choice.plays = false);
                        run::look_at(app, None);
                    }
                />
            </Show>
        </div>
    }
}

/// The values of the lines at the time that is looked at.
#[component]
fn Readout() -> impl IntoView {
    let app = use_app();
    let moment = Memo::new(move |_| app.run_choice.with(|choice| choice.moment));
    let rows = move || {
        let moment = moment.get()?;
        app.run.with(|view| {
            let last = view.times.len().checked_sub(1)?;
            let time = view.facts.start + moment * (view.facts.stop - view.facts.start);
            // The saved time that is nearest.
            let after = view.times.partition_point(|one| *one < time).min(last);
            let before = after.saturating_sub(1);
            let is_nearer = (time - view.times[before]).abs() < (view.times[after] - time).abs();
            let row = if is_nearer { before } else { after };
            let head = format!("{} {}", number_text(view.times[row]), view.facts.time_unit);
            let lines = view.lines.iter().map(|line| {
                let value = value_words(line.values.get(row).copied());
                (line.name.clone(), value)
            });
            Some((head.trim().to_owned(), lines.collect::<Vec<_>>()))
        })
    };
    view! {
        <Show when=move || moment.get().is_some()>
            {move || {
                rows()
                    .map(|(time, lines)| {
                        let lines = lines
                            .into_iter()
                            .map(|(name, value)| {
                                view! {
                                    <div>
                                        <dt dir="auto">{name}</dt>
                                        <dd>{value}</dd>
                                    </div>
                                }
                            });
                        view! {
                            <dl class="run-readout" aria-label="Values">
                                <div>
                                    <dt>"Time"</dt>
                                    <dd>{time}</dd>
                                </div>
                                {lines.collect_view()}
                            </dl>
                        }
                    })
            }}
        </Show>
    }
}
