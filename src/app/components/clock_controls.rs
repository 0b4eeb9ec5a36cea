//! What bars with a clock share, that of a play and that of a run of the map: the clock itself, the
//! button that stops it, the choice of its speed, and where the focus goes.

use gloo::timers::callback::Timeout;
use leptos::prelude::*;

use crate::app::browser::focus_if_lost;
use crate::app::components::field::Choice;
use crate::app::components::icon::Icon;
use crate::app::dispatch::act;
use crate::app::services::play;
use crate::app::state::{App, use_app};
use crate::editor::{Action, Pace};

/// Lets the clock tick as long as there is something to do at a tick.
pub fn tick_while(app: App, wanted: Signal<bool>) {
    let wanted = Memo::new(move |_| wanted.get());
    Effect::new(move |_| {
        if wanted.get() {
            play::begin(app);
        }
    });
}

/// Gives the focus to the bar that comes, and to the canvas when it goes, if what had it is gone.
pub fn keep_focus(is_shown: Memo<bool>, pause_button: &'static str) {
    Effect::new(move |before: Option<bool>| {
        let now = is_shown.get();
        match (before, now) {
            (Some(false), true) => focus_soon_if_lost(pause_button),
            (Some(true), false) => focus_soon_if_lost("#canvas"),
            _ => {}
        }
        now
    });
}

fn focus_soon_if_lost(selector: &'static str) {
    Timeout::new(0, move || focus_if_lost(selector)).forget();
}

/// The button that stops the clock and lets it go on.
#[component]
pub fn PauseButton(
    /// Its id on the page.
    id: &'static str,
    /// Whether the clock runs.
    pace: Signal<Pace>,
    /// What it is called while the clock stands.
    go_on: &'static str,
) -> impl IntoView {
    let app = use_app();
    let words = move || match pace.get() {
        Pace::Playing => "Pause",
        Pace::Paused => go_on,
    };
    view! {
        <button
            class="icon-button play-pause"
            id=id
            aria-label=words
            data-tip=move || format!("{} ({})", words(), Action::PausePlay.shortcut())
            on:click=move |_| act(app, Action::PausePlay)
        >
            {move || {
                let picture = match pace.get() {
                    Pace::Playing => icondata_lu::LuPause,
                    Pace::Paused => icondata_lu::LuPlay,
                };
                view! { <Icon picture/> }
            }}
        </button>
    }
}

/// The choice of a speed by its word.
#[component]
pub fn SpeedChoice(
    /// The words of all speeds.
    words: Vec<&'static str>,
    /// The word of the one that holds.
    #[prop(into)]
    now: Signal<String>,
    /// Hears the word that a person chooses.
    #[prop(into)]
    keep: Callback<String>,
) -> impl IntoView {
    let options = words
        .into_iter()
        .map(|word| (word.to_owned(), word.to_owned()));
    let options: Vec<(String, String)> = options.collect();
    view! {
        <Choice
            options
            chosen=now
            keep
            attr:class="field play-speed"
            attr:aria-label="Speed"
        />
    }
}
