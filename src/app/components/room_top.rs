//! What holds in a room for the moment, at the top of the canvas, and how an editor begins it.

use leptos::prelude::*;

use crate::app::browser::focus;
use crate::app::components::people_on_canvas::FollowChip;
use crate::app::components::room_timer::RoomTimer;
use crate::app::components::vote_bar::VoteBar;
use crate::app::services::{access, meeting};
use crate::app::state::{App, Asked, use_app};
use crate::model::isolated;
use crate::sync::{Edits, Rights, Writing, quiet_words};

/// All of it, one below the other.
#[component]
pub fn RoomTop() -> impl IntoView {
    view! {
        <div class="room-top">
            <FollowChip/>
            <RoomTimer/>
            <QuietBar/>
            <AskedBar/>
            <VoteBar/>
        </div>
    }
}

/// Whether the person before this page came by a link to edit.
fn may_edit(app: App) -> Memo<bool> {
    Memo::new(move |_| {
        app.room.with(|room| {
            let room = room.as_ref();
            room.is_some_and(|room| room.rights == Rights::Edit)
        })
    })
}

/// That people write quietly, with the way out.
#[component]
fn QuietBar() -> impl IntoView {
    let app = use_app();
    let may_edit = may_edit(app);
    let words = Memo::new(move |_| {
        app.people.with(|view| {
            let list = view.as_ref().map(|view| view.list.as_slice());
            quiet_words(list.unwrap_or_default())
        })
    });
    let has_own = Memo::new(move |_| {
        app.people.with(|view| {
            let own = view.as_ref().and_then(|view| view.list.first());
            own.is_some_and(|own| own.drafts > 0)
        })
    });
    let show_own = move |_| {
        meeting::show_own(app);
        focus("#canvas");
    };
    let show_all = move |_| {
        meeting::set_writing(app, Writing::Shared);
        focus("#canvas");
    };
    view! {
        <Show when=move || app.writing.get() == Writing::Quiet>
            <div class="room-bar" role="group" aria-label="Quiet writing">
                <span class="room-bar-words">{words}</span>
                <Show when=move || may_edit.get()>
                    <Show when=move || has_own.get()>
                        <button class="button button-small" on:click=show_own>
                            "Show mine"
                        </button>
                    </Show>
                    <button class="button button-small" on:click=show_all>
                        "Show everything"
                    </button>
                </Show>
            </div>
        </Show>
    }
}

/// That somebody asks the others not to edit, with the ways out. Who chose to edit all the same sees
/// it no more.
#[component]
fn AskedBar() -> impl IntoView {
    let app = use_app();
    let may_edit = may_edit(app);
    let shown = Memo::new(move |_| {
        let asked = app.asked.get();
        asked.filter(|one| one.asked != Asked::EditsAnyway)
    });
    let edit_anyway = move |_| {
        access::edit_all_the_same(app);
        focus("#canvas");
    };
    let let_all = move |_| {
        meeting::set_edits(app, Edits::Welcome);
        focus("#canvas");
    };
    move || {
        let shown = shown.get()?;
        let (words, heeds) = match shown.asked {
            Asked::Asks => ("You ask the others not to edit for now.".to_owned(), false),
            Asked::Heeds | Asked::EditsAnyway => {
                let name = isolated(&shown.name);
                (format!("{name} asks not to edit for now."), true)
            }
        };
        Some(view! {
            <div class="room-bar" role="group" aria-label="Asked not to edit">
                <span class="room-bar-words">{words}</span>
                <Show when=move || may_edit.get()>
                    <Show when=move || heeds>
                        <button class="button button-small" on:click=edit_anyway>
                            "Edit all the same"
                        </button>
                    </Show>
                    <button class="button button-small" on:click=let_all>
                        "Let all edit"
                    </button>
                </Show>
            </div>
        })
    }
}

/// In the list of people: how everybody draws, for who may change the diagram.
#[component]
pub fn HowAllDraw(
    /// Whether the list that it stands in is open: what was begun is under it.
    open: RwSignal<bool>,
) -> impl IntoView {
    let app = use_app();
    let may_edit = may_edit(app);
    let is_quiet = Memo::new(move |_| app.writing.get() == Writing::Quiet);
    let is_asked = Memo::new(move |_| app.asked.with(Option::is_some));
    let close = move || {
        open.set(false);
        focus("#people-button");
    };
    let write = move |_| {
        let writing = match is_quiet.get_untracked() {
            true => Writing::Shared,
            false => Writing::Quiet,
        };
        close();
        meeting::set_writing(app, writing);
    };
    let ask = move |_| {
        let edits = match is_asked.get_untracked() {
            true => Edits::Welcome,
            false => Edits::Unwanted,
        };
        close();
        meeting::set_edits(app, edits);
    };
    view! {
        <Show when=move || may_edit.get()>
            <div class="people-ways" role="group" aria-label="How all draw">
                <button class="button" on:click=write>
                    {move || if is_quiet.get() { "Show everything" } else { "Begin quiet writing" }}
                </button>
                <button class="button" on:click=ask>
                    {move || if is_asked.get() { "Let all edit" } else { "Ask the others not to edit" }}
                </button>
            </div>
        </Show>
    }
}
