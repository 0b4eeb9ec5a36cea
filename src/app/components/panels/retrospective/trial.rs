//! The experiments of a retrospective: a row for each, as in their own panel.

use leptos::prelude::*;

use super::lines::lines;
use crate::app::components::icon::Icon;
use crate::app::components::panels::experiment::ExperimentRow;
use crate::app::services::retrospectives;
use crate::app::state::use_app;
use crate::model::Id;

/// What the ids of the handles begin with.
const HANDLES: &str = "retro-trial";

/// The experiments, and the button for a further one.
#[component]
pub fn Trials(
    /// The sheet.
    id: Id,
) -> impl IntoView {
    let app = use_app();
    let order = lines(".retro-trial-head", HANDLES, move |document| {
        let all = document.experiments_of(id).into_iter();
        all.map(|(id, _)| id).collect()
    });
    let rows = order.rows;
    view! {
        <ol class="retro-lines" aria-label="Experiments">
            <For each=move || rows.get() key=|id| *id let:experiment>
                <ExperimentRow sheet=Some(id) id=experiment order last="#retro-trial-new"/>
            </For>
        </ol>
        <button
            class="button retro-wide"
            id="retro-trial-new"
            on:click=move |_| retrospectives::add_trial(app, id)
        >
            <Icon picture=icondata_lu::LuFlaskConical/>
            {move || match rows.with(Vec::is_empty) {
                true => "Write down an experiment",
                false => "Another experiment",
            }}
        </button>
    }
}
