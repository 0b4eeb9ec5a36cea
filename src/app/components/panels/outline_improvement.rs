//! A saved improvement in the outline: its name, showing it on the canvas, taking it out.

use leptos::prelude::*;

use crate::app::components::field::InputField;
use crate::app::components::icon::IconButton;
use crate::app::dispatch::dispatch;
use crate::app::services::improvements;
use crate::app::state::use_app;
use crate::editor::{Command, Event, describe};
use crate::model::{Id, in_sentence};
use crate::worker::Showing;

/// The line of an improvement. Its words show it on the canvas, and today again.
#[component]
pub fn OutlineImprovement(
    /// The improvement.
    id: Id,
) -> impl IntoView {
    let app = use_app();
    let words = Memo::new(move |_| {
        app.document.track();
        app.with(|core| describe(core.editor.document(), id))
    });
    let name = Memo::new(move |_| {
        app.document.track();
        app.with(|core| {
            let improvement = core.editor.document().improvements().get(&id);
            improvement.map(|one| one.name.clone()).unwrap_or_default()
        })
    });
    let is_shown = Memo::new(move |_| {
        app.showing
            .with(|showing| matches!(showing, Showing::Saved(shown) if *shown == id))
    });
    let turn = move |_| {
        let showing = match is_shown.get_untracked() {
            true => Showing::Today,
            false => Showing::Saved(id),
        };
        improvements::show(app, showing, &in_sentence(&name.get_untracked()));
    };
    view! {
        <li class="outline-row" class:outline-selected=move || is_shown.get()>
            <button
                class="outline-words"
                aria-pressed=move || is_shown.get().to_string()
                data-tip="Show on the canvas"
                on:click=turn
            >
                {move || words.get()}
            </button>
            <Show when=move || is_shown.get()>
                <InputField
                    value=name
                    keep=move |typed| dispatch(app, Event::Do(Command::SetText(id, typed)))
                    attr:class="field"
                    attr:aria-label="Name"
                    attr:autocomplete="off"
                />
                <IconButton
                    picture=icondata_lu::LuTrash2
                    name=move || format!("Delete {}", words.get())
                    title="Delete"
                    on:click=move |_| improvements::remove(app, id)
                />
            </Show>
        </li>
    }
}
