//! The chart of runs, with the values at a time, and the time that plays.

use leptos::prelude::*;
use leptos::{ev, html};
use wasm_bindgen::JsCast;

use super::follow_run;
use super::time::TimeSlider;
use crate::app::components::field::Choice;
use crate::app::components::report::{ChartExport, PictureView};
use crate::app::components::size::follow_size;
use crate::app::services::{pictures, run, run_moment};
use crate::app::state::use_app;
use crate::editor::PictureScale;
use crate::model::{Vector, number_text, time_words};
use crate::worker::{RunPicture, RunView};

/// The chart of the chosen variables.
#[component]
pub fn ChartView() -> impl IntoView {
    let app = use_app();
    let chart = follow_run(app, |view| view.chart.clone());
    let facts = follow_run(app, facts_words);
    let picture = move || {
        chart.with(|chart| {
            chart
                .as_ref()
                .map(|chart| chart.picture.clone())
                .unwrap_or_default()
        })
    };
    let picture = Signal::derive(picture);
    let head = NodeRef::<html::Div>::new();
    keep_clear(head);
    view! {
        <div class="run-head" node_ref=head>
            <Show when=move || chart.with(Option::is_some)>
                <PlotView chart=Signal::derive(move || chart.get()) is_of_time=Signal::derive(move || {
                app.run_choice.with(|choice| choice.against.is_none())
            })/>
            </Show>
            <TimeSlider/>
        </div>
        <Readout/>
        <p class="muted run-facts">{move || facts.get()}</p>
        <div class="run-exports">
            <button class="button" on:click=move |_| run::save_table(app)>
                "Export values"
            </button>
            <ChartExport picture/>
            <PngSize/>
        </div>
    }
}

/// Tells the panel how high the chart is that stays in sight, so that what it scrolls to, such as a
/// field that gets the focus, comes to stand below it.
fn keep_clear(head: NodeRef<html::Div>) {
    const HEIGHT: &str = "--run-head";
    let size = RwSignal::new(Vector::new(0.0, 0.0));
    let style = move || {
        let panel = head.try_get_untracked()??.closest(".side").ok()??;
        Some(panel.dyn_into::<web_sys::HtmlElement>().ok()?.style())
    };
    Effect::new(move |_| {
        if let Some(head) = head.get() {
            follow_size(&head, size);
        }
    });
    Effect::new(move |_| {
        let height = size.get().y;
        if let Some(style) = style() {
            // Fails for no length that is a number.
            let _ = style.set_property(HEIGHT, &format!("{height}px"));
        }
    });
    on_cleanup(move || {
        if let Some(style) = style() {
            let _ = style.remove_property(HEIGHT);
        }
    });
}

/// How many pixels a PNG has, as it is chosen for every picture.
#[component]
fn PngSize() -> impl IntoView {
    let app = use_app();
    let options = PictureScale::ALL.map(|scale| {
        let key = scale.factor().to_string();
        (key.clone(), format!("PNG {key}×"))
    });
    view! {
        <span class="run-png">
            <Choice
                options=options.to_vec()
                chosen=Signal::derive(move || {
                    app.picture.with(|choices| choices.scale.factor().to_string())
                })
                keep=move |key: String| {
                    let mut all = PictureScale::ALL.into_iter();
                    if let Some(scale) = all.find(|scale| scale.factor().to_string() == key) {
                        pictures::choose(app, |choices| choices.scale = scale);
                    }
                }
                attr:aria-label="Size of PNG"
            />
        </span>
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
    format!(
        "Simulated from {} to {}, in {} steps of {}, by {}.",
        number_text(facts.start),
        time_words(facts.stop, &facts.time_unit),
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
            run_moment::look_at(app, Some(share));
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
            let head = time_words(view.times[row], &view.facts.time_unit);
            let lines = view.lines.iter().map(|line| {
                let value = value_words(line.values.get(row).copied());
                (line.name.clone(), value)
            });
            Some((head, lines.collect::<Vec<_>>()))
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
