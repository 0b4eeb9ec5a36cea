//! The list of the steps of a story.

use leptos::prelude::*;

use super::row::Row;
use crate::app::components::icon::Icon;
use crate::app::components::panels::ordered::Order;
use crate::app::services::stories;
use crate::app::state::use_app;
use crate::editor::StepPlace;
use crate::model::Id;

/// The steps in their order, and the button that adds what is seen.
#[component]
pub fn Steps(
    /// The story.
    story: Memo<Option<Id>>,
) -> impl IntoView {
    let app = use_app();
    let steps = Memo::new(move |_| {
        app.document.track();
        let Some(story) = story.get() else {
            return Vec::new();
        };
        app.with(|core| {
            let steps = core.editor.document().steps_of(story).into_iter();
            steps.map(|(id, _)| id).collect::<Vec<_>>()
        })
    });
    let order = Order {
        rows: steps,
        heads: ".story-step-head",
        handles: "story-handle",
        move_by: stories::step_by,
        move_to: stories::step_to,
        drag: RwSignal::new(None),
    };
    let add = move |_| {
        if let Some(story) = story.get_untracked() {
            stories::add_seen(app, story, StepPlace::Last);
        }
    };
    view! {
        <ol class="story-steps" aria-label="Steps">
            <For each=move || steps.get() key=|id| *id let:id>
                <Row id order/>
            </For>
        </ol>
        <Show when=move || steps.with(Vec::is_empty)>
            <p class="muted">"It has no steps yet."</p>
        </Show>
        <button class="button story-add" id="story-add" on:click=add>
            <Icon picture=icondata_lu::LuEye/>
            "Add what I see"
        </button>
    }
}
