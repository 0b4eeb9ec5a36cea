//! The timer of the room over the canvas, and what a facilitator can ask of everybody.

use gloo::timers::callback::Timeout;
use leptos::prelude::*;

use crate::app::browser::focus;
use crate::app::components::icon::IconButton;
use crate::app::services::{meeting, notify};
use crate::app::state::use_app;
use crate::sync::Timer;

/// The minutes that are offered.
const MINUTES: [u64; 5] = [1, 3, 5, 10, 15];

/// The timer, while there is one.
#[component]
pub fn RoomTimer() -> impl IntoView {
    let app = use_app();
    // What is left changes by itself, second by second, while it runs.
    let beat = RwSignal::new(0_u32);
    let next: StoredValue<Option<Timeout>, LocalStorage> = StoredValue::new_local(None);
    Effect::new(move |_| {
        beat.track();
        let view = app.timer.get();
        let left = view.map_or(0, meeting::left);
        let is_running = view.is_some_and(|view| matches!(view.timer, Timer::Running { .. }));
        next.set_value((is_running && left > 0).then(|| {
            // To where the next second begins.
            let wait = u32::try_from((left - 1) % 1_000 + 1).unwrap_or(1_000);
            Timeout::new(wait, move || {
                beat.update(|beat| *beat = beat.wrapping_add(1))
            })
        }));
    });
    let left = Memo::new(move |_| {
        beat.track();
        app.timer.get().map_or(0, meeting::left).div_ceil(1_000)
    });
    let is_over = Memo::new(move |before: Option<&bool>| {
        let is_over = app.timer.with(Option::is_some) && left.get() == 0;
        if is_over && before == Some(&false) {
            notify::announce(app, "The time is over");
        }
        is_over
    });
    let is_running = Memo::new(move |_| {
        let view = app.timer.get();
        view.is_some_and(|view| matches!(view.timer, Timer::Running { .. }))
    });
    let pause = move |_| {
        if let Some(view) = app.timer.get_untracked() {
            let left = meeting::left(view);
            meeting::set_timer(
                app,
                match view.timer {
                    Timer::Running { .. } => Timer::Paused { left },
                    _ => Timer::Running { left },
                },
            );
        }
    };
    view! {
        <Show when=move || app.timer.with(Option::is_some)>
            <div class="room-timer" class:room-timer-over=move || is_over.get() role="group" aria-label="Timer">
                <span class="room-timer-left" role="timer">
                    {move || match is_over.get() {
                        true => "Time is over".to_owned(),
                        false => meeting::minutes(left.get() * 1_000),
                    }}
                </span>
                <Show when=move || !is_over.get()>
                    <button class="button button-small" on:click=pause>
                        {move || if is_running.get() { "Pause" } else { "Go on" }}
                    </button>
                </Show>
                <button class="button button-small" on:click=move |_| meeting::add_minute(app)>
                    "+1 min"
                </button>
                <IconButton
                    picture=icondata_lu::LuX
                    name="End the timer"
                    title="End the timer for everybody"
                    on:click=move |_| meeting::set_timer(app, Timer::Off)
                />
            </div>
        </Show>
    }
}

/// What a person can ask of everybody: a timer, and to come along.
#[component]
pub fn ForEverybody(
    /// Whether the list that it stands in is open: what was asked for is under it.
    open: RwSignal<bool>,
) -> impl IntoView {
    let app = use_app();
    let close = move || {
        open.set(false);
        focus("#people-button");
    };
    let begin = move |minutes: u64| {
        close();
        meeting::set_timer(
            app,
            Timer::Running {
                left: minutes * meeting::MINUTE,
            },
        );
    };
    view! {
        <div class="people-ways" role="group" aria-label="For everybody">
            <span class="people-word">"Timer, minutes"</span>
            {MINUTES
                .map(|minutes| {
                    view! {
                        <button
                            class="button button-small"
                            aria-label=format!("Timer of {minutes} min")
                            on:click=move |_| begin(minutes)
                        >
                            {minutes}
                        </button>
                    }
                })
                .collect_view()}
            <button class="button" on:click=move |_| {
                close();
                meeting::call(app);
            }>
                "Ask all to follow me"
            </button>
        </div>
    }
}
