//! The bar of a run of the map that is watched: its clock, and how it stands in words.

use gloo::timers::callback::Timeout;
use leptos::prelude::*;

use crate::app::browser::focus_if_lost;
use crate::app::components::field::Choice;
use crate::app::components::icon::{Icon, IconButton};
use crate::app::dispatch::{act, dispatch};
use crate::app::services::{map_run, play};
use crate::app::state::{App, Page, Side, use_app};
use crate::editor::{Action, Event, Pace, WatchInput, WatchSpeed};

/// What the bar shows.
#[derive(Clone, PartialEq)]
struct Shown {
    /// Whose numbers it has.
    name: String,
    /// How it stands, in words.
    now: String,
    pace: Pace,
    speed: WatchSpeed,
    is_over: bool,
    ticks: bool,
    wants_more: bool,
}

fn shown_of(app: App) -> Option<Shown> {
    app.play.track();
    app.document.track();
    app.with(|core| {
        let watching = core.editor.watching()?;
        Some(Shown {
            name: watching.name().to_owned(),
            now: core.editor.watched_words(),
            pace: watching.pace(),
            speed: watching.speed(),
            is_over: watching.is_over(),
            ticks: watching.wants_ticks(),
            wants_more: watching.wants_more(),
        })
    })
}

/// The bar, while a run is watched.
#[component]
pub fn WatchBar() -> impl IntoView {
    let app = use_app();
    let shown = Memo::new(move |_| shown_of(app));
    let is_shown = Memo::new(move |_| shown.with(Option::is_some));
    let ticks = Memo::new(move |_| shown.with(|shown| shown.as_ref().is_some_and(|one| one.ticks)));
    Effect::new(move |_| {
        if ticks.get() {
            play::begin(app);
        }
    });
    // The next part comes before this one is shown, also step by step.
    let wants_more = move || shown.with(|shown| shown.as_ref().is_some_and(|one| one.wants_more));
    let wants_more = Memo::new(move |_| wants_more());
    Effect::new(move |_| {
        if wants_more.get() {
            map_run::show_on(app);
        }
    });
    Effect::new(move |before: Option<bool>| {
        let now = is_shown.get();
        match (before, now) {
            (Some(false), true) => focus_soon_if_lost("#watch-pause"),
            (Some(true), false) => focus_soon_if_lost("#canvas"),
            _ => {}
        }
        now
    });
    let text = move |read: fn(&Shown) -> &str| {
        shown.with(|one| one.as_ref().map(|one| read(one).to_owned()))
    };
    view! {
        <Show when=move || is_shown.get()>
            <section class="play-bar" role="group" aria-label="Run of the map">
                <p class="play-now">
                    <b>{move || text(|one| &one.name)}</b>
                    ": "
                    {move || text(|one| &one.now)}
                </p>
                <Controls shown/>
            </section>
        </Show>
    }
}

fn focus_soon_if_lost(selector: &'static str) {
    Timeout::new(0, move || focus_if_lost(selector)).forget();
}

/// The buttons of the bar.
#[component]
fn Controls(shown: Memo<Option<Shown>>) -> impl IntoView {
    let app = use_app();
    let of = move |read: fn(&Shown) -> bool| shown.with(|one| one.as_ref().is_some_and(read));
    let runs = Memo::new(move |_| of(|one| one.pace == Pace::Playing));
    let is_over = Memo::new(move |_| of(|one| one.is_over));
    let speed = Signal::derive(move || {
        let speed = shown.with(|one| one.as_ref().map(|one| one.speed));
        speed.unwrap_or_default().word().to_owned()
    });
    let choose = move |chosen: String| {
        let mut all = WatchSpeed::ALL.into_iter();
        if let Some(speed) = all.find(|speed| speed.word() == chosen) {
            dispatch(app, Event::Watch(WatchInput::Speed(speed)));
        }
    };
    let has_panel = app.page != Page::Embed;
    view! {
        <div class="play-controls">
            <IconButton
                picture=icondata_lu::LuSkipBack
                name="Run from the start"
                title="Run from the start (,)"
                on:click=move |_| act(app, Action::RewindPlay)
            />
            <button
                class="icon-button play-pause"
                id="watch-pause"
                aria-label=move || if runs.get() { "Pause" } else { "Go on" }
                data-tip=move || if runs.get() { "Pause (Alt+K)" } else { "Go on (Alt+K)" }
                on:click=move |_| act(app, Action::PausePlay)
            >
                {move || {
                    let picture = match runs.get() {
                        true => icondata_lu::LuPause,
                        false => icondata_lu::LuPlay,
                    };
                    view! { <Icon picture/> }
                }}
            </button>
            <IconButton
                picture=icondata_lu::LuStepForward
                name="Next move"
                title="Next move (.)"
                attr:aria-disabled=move || is_over.get().to_string()
                on:click=move |_| act(app, Action::StepPlay)
            />
            <Choice
                options=WatchSpeed::ALL
                    .map(|speed| (speed.word().to_owned(), speed.word().to_owned()))
                    .to_vec()
                chosen=speed
                keep=choose
                attr:class="field play-speed"
                attr:aria-label="Speed"
            />
            {has_panel
                .then(|| {
                    view! {
                        <button
                            class="button button-plain"
                            data-tip="Run it many times: lead times, waits, forecasts"
                            on:click=move |_| app.side.set(Some(Side::Run))
                        >
                            <Icon picture=icondata_lu::LuChartSpline/>
                            "Figures"
                        </button>
                    }
                })}
            <IconButton
                picture=icondata_lu::LuX
                name="End the run"
                title="End the run (Esc)"
                on:click=move |_| act(app, Action::EndPlay)
            />
        </div>
    }
}
