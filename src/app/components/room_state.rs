//! How things stand in the room of the open document, in the bar at the top.

use gloo::timers::callback::Interval;
use leptos::prelude::*;

use crate::app::browser::now;
use crate::app::components::icon::IconButton;
use crate::app::dispatch::act;
use crate::app::services::{offline, room};
use crate::app::state::{App, InRoom, SaveMark, use_app};
use crate::editor::Action;
use crate::sync::{Rights, Writing};
use crate::together::{Remedy, StateKind};

/// The time, for what counts down.
pub struct Now;

impl Now {
    /// The time, each second, in milliseconds since the epoch, as long as the component lives.
    #[must_use]
    pub fn ticking() -> RwSignal<u64> {
        let time = RwSignal::new(now());
        let timer = Interval::new(1_000, move || {
            // It rings once more where what shows it is just gone.
            let _ = time.try_set(now());
        });
        // It is stopped with what shows it.
        let _ = StoredValue::new_local(timer);
        time
    }
}

/// The button of working together.
#[component]
pub fn RoomButton() -> impl IntoView {
    let app = use_app();
    let is_inside = Memo::new(move |_| app.room.with(Option::is_some));
    view! {
        <span class="room-button" class:room-button-inside=move || is_inside.get()>
            <IconButton
                picture=icondata_lu::LuUsers
                name="Work together"
                title="Work together"
                attr:aria-haspopup="dialog"
                on:click=move |_| act(app, Action::WorkTogether)
            />
        </span>
    }
}

/// What is shown of the room; nothing outside of one.
fn shown<T>(app: App, read: impl FnOnce(&InRoom) -> T) -> Option<T> {
    app.room.with(|room| room.as_ref().map(read))
}

/// What can be done about how things stand.
fn remedy(app: App) -> Option<Remedy> {
    shown(app, |room| match room.failure {
        Some(_) => None,
        None => room.state.kind().remedy(),
    })
    .flatten()
}

/// How things stand, in words, with what can be done about it.
#[component]
pub fn RoomWords() -> impl IntoView {
    let app = use_app();
    let remedy = Memo::new(move |_| remedy(app));
    // Only what counts down needs the time.
    let counts = Memo::new(move |_| remedy.get() == Some(Remedy::TryNow));
    let words = move |now: u64| {
        let saved = app.save.get() == SaveMark::Saved;
        let others = app.others.get();
        let is_quiet = app.writing.get() == Writing::Quiet;
        shown(app, |room| {
            if let Some(failure) = &room.failure {
                return failure.clone();
            }
            let words = room.state.words(others, now);
            let is_well = room.state.kind() == StateKind::Shared;
            match room.rights {
                Rights::View(_) if is_well => format!("View only. {words}"),
                Rights::Edit if is_well && saved && is_quiet => "Kept here, held back.".to_owned(),
                Rights::Edit if is_well && saved && others > 0 => format!("Kept here. {words}"),
                _ => words,
            }
        })
        .unwrap_or_default()
    };
    let told = move || match counts.get() {
        true => {
            let now = Now::ticking();
            view! { <span>{move || words(now.get())}</span> }.into_any()
        }
        false => view! { <span>{move || words(0)}</span> }.into_any(),
    };
    view! {
        {told}
        {move || {
            let remedy = remedy.get()?;
            let words = match remedy {
                Remedy::TryNow => "Try now",
                Remedy::Reload => "Reload",
            };
            let go = move |_| match remedy {
                Remedy::TryNow => room::retry(app),
                Remedy::Reload => offline::take_new_version(app),
            };
            Some(
                view! {
                    <button class="button" on:click=go>
                        {words}
                    </button>
                },
            )
        }}
    }
}

/// How things stand, beside the mark of saving. Where a person can do something about it, it stands
/// over the canvas, and says so whole. What it comes to is read out by itself, and not each number.
#[component]
pub fn RoomStatus() -> impl IntoView {
    let app = use_app();
    let is_inside = Memo::new(move |_| app.room.with(Option::is_some));
    let is_trouble = Memo::new(move |_| {
        let failed = shown(app, |room| room.failure.is_some()) == Some(true);
        failed || remedy(app).is_some()
    });
    view! {
        <Show when=move || is_inside.get()>
            <div
                class="room-state"
                class:room-state-trouble=move || is_trouble.get()
                role="status"
                aria-live="off"
            >
                <RoomWords/>
            </div>
        </Show>
    }
}
