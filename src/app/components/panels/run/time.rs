//! The time of a run that is looked at, and playing it.

use gloo::timers::callback::Interval;
use leptos::prelude::*;

use crate::app::components::icon::{Icon, IconButton};
use crate::app::services::run_moment;
use crate::app::state::use_app;
use crate::model;

/// How long a run plays, in steps, and how long a step is, in milliseconds.
const STEPS: f64 = 160.0;
const STEP: u32 = 50;

/// The time that is looked at: dragged, by keys, and played.
#[component]
pub fn TimeSlider() -> impl IntoView {
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
            run_moment::look_at(app, Some(next));
        });
        clock.set_value(Some(tick));
    });
    let play = move |_| {
        let is_over = app
            .run_choice
            .with_untracked(|choice| choice.moment.is_none_or(|at| at >= 1.0));
        if !plays.get_untracked() && is_over {
            run_moment::look_at(app, Some(0.0));
        }
        app.run_choice.update(|choice| choice.plays = !choice.plays);
    };
    let moment = move || app.run_choice.with(|choice| choice.moment);
    let time_words = move || {
        let view = app.run.with(|view| view.facts.clone());
        match moment() {
            Some(share) => {
                let time = view.start + share * (view.stop - view.start);
                model::time_words(time, &view.time_unit)
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
                        run_moment::look_at(app, Some(place / 1_000.0));
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
                        run_moment::look_at(app, None);
                    }
                />
            </Show>
        </div>
    }
}
