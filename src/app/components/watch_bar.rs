//! The bar of a run of the map that is watched: its clock, and how it stands in words.

use leptos::prelude::*;

use crate::app::components::clock_controls::{PauseButton, SpeedChoice, keep_focus, tick_while};
use crate::app::components::icon::{Icon, IconButton};
use crate::app::dispatch::{act, dispatch};
use crate::app::services::map_run;
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
    let ticks = move || shown.with(|shown| shown.as_ref().is_some_and(|one| one.ticks));
    tick_while(app, Signal::derive(ticks));
    // The next part comes before this one is shown, also step by step.
    let wants_more = move || shown.with(|shown| shown.as_ref().is_some_and(|one| one.wants_more));
    let wants_more = Memo::new(move |_| wants_more());
    Effect::new(move |_| {
        if wants_more.get() {
            map_run::show_on(app);
        }
    });
    keep_focus(is_shown, "#watch-pause");
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

/// The buttons of the bar.
#[component]
fn Controls(shown: Memo<Option<Shown>>) -> impl IntoView {
    let app = use_app();
    let of = move |read: fn(&Shown) -> bool| shown.with(|one| one.as_ref().is_some_and(read));
    let pace = move || shown.with(|one| one.as_ref().map_or(Pace::Paused, |one| one.pace));
    let pace = Signal::derive(pace);
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
    let leads_to_panel =
        Memo::new(move |_| app.page != Page::Embed && app.side.get() != Some(Side::Run));
    view! {
        <div class="play-controls">
            <IconButton
                picture=icondata_lu::LuSkipBack
                name="Run from the start"
                title="Run from the start (,)"
                on:click=move |_| act(app, Action::RewindPlay)
            />
            <PauseButton id="watch-pause" pace go_on="Go on"/>
            <IconButton
                picture=icondata_lu::LuStepForward
                name="Next move"
                title="Next move (.)"
                attr:aria-disabled=move || is_over.get().to_string()
                on:click=move |_| act(app, Action::StepPlay)
            />
            <SpeedChoice
                words=WatchSpeed::ALL.map(WatchSpeed::word).to_vec()
                now=speed
                keep=choose
            />
            <Show when=move || leads_to_panel.get()>
                <button
                    class="button button-plain play-figures"
                    aria-label="Figures"
                    data-tip="Run it many times: lead times, waits, forecasts"
                    on:click=move |_| app.side.set(Some(Side::Run))
                >
                    <Icon picture=icondata_lu::LuChartSpline/>
                    <span>"Figures"</span>
                </button>
            </Show>
            <IconButton
                picture=icondata_lu::LuX
                name="End the run"
                title="End the run (Esc)"
                on:click=move |_| act(app, Action::EndPlay)
            />
        </div>
    }
}
