//! Experiments: what a team tries so as to learn, and what came of it. The panel lists them by how far
//! they are; the sheet of a retrospective has its own with the same rows and fields.

mod changes;
mod fields;
mod numbers;
mod row;

use leptos::prelude::*;

pub use row::ExperimentRow;

use super::ordered::Order;
use crate::app::components::icon::Icon;
use crate::app::dispatch::act;
use crate::app::services::experiments;
use crate::app::state::use_app;
use crate::editor::{Action, ExperimentMarks, experiments_in};
use crate::model::ExperimentState;

/// The groups in their order: what runs first.
const GROUPS: [(ExperimentState, &str, &str); 3] = [
    (ExperimentState::Running, "Running", "experiment-running"),
    (ExperimentState::Planned, "Planned", "experiment-planned"),
    (ExperimentState::Ended, "Ended", "experiment-ended"),
];

/// What gets the focus once the last experiment of a group is removed.
const NEW: &str = "#experiment-new";

/// The panel.
#[component]
pub fn ExperimentsPanel() -> impl IntoView {
    let app = use_app();
    let is_any = Memo::new(move |_| {
        app.document.track();
        app.with(|core| !core.editor.document().experiments().is_empty())
    });
    let marks = Memo::new(move |_| {
        app.selection.track();
        app.with(|core| core.editor.experiment_marks() == ExperimentMarks::Shown)
    });
    let groups = GROUPS.map(|(state, title, handles)| view! { <Group state title handles/> });
    view! {
        <h2 class="panel-title">"Experiments"</h2>
        <Show when=move || !is_any.get()>
            <p class="muted">
                "Write down what you will try, what you expect and why, before you try it. \
                 Whatever comes of it, you will have learned something about the system."
            </p>
        </Show>
        {groups.collect_view()}
        <button
            class="button retro-wide"
            id="experiment-new"
            on:click=move |_| experiments::begin(app)
        >
            <Icon picture=icondata_lu::LuFlaskConical/>
            {move || match is_any.get() {
                false => "Write down an experiment",
                true => "Another experiment",
            }}
        </button>
        <Show when=move || is_any.get()>
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=move || marks.get()
                    on:change=move |_| act(app, Action::ToggleExperimentMarks)
                />
                "Marks on the canvas"
            </label>
        </Show>
    }
}

/// The experiments of one state, if there are any.
#[component]
fn Group(state: ExperimentState, title: &'static str, handles: &'static str) -> impl IntoView {
    let app = use_app();
    let rows = Memo::new(move |_| {
        app.document.track();
        app.with(|core| experiments_in(core.editor.document(), state))
    });
    let heads = match state {
        ExperimentState::Running => ".experiments-running .retro-trial-head",
        ExperimentState::Planned => ".experiments-planned .retro-trial-head",
        ExperimentState::Ended => ".experiments-ended .retro-trial-head",
    };
    let order = Order {
        rows,
        heads,
        handles,
        move_by: experiments::row_by,
        move_to: experiments::row_to,
        drag: RwSignal::new(None),
    };
    view! {
        <Show when=move || rows.with(|rows| !rows.is_empty())>
            <section
                class=format!("experiment-group experiments-{}", state.words())
                aria-label=title
            >
                <h3 class="retro-heading">
                    {title} " " <span class="muted">{move || rows.with(Vec::len)}</span>
                </h3>
                <ol class="retro-lines">
                    <For each=move || rows.get() key=|id| *id let:id>
                        <ExperimentRow sheet=None id order last=NEW/>
                    </For>
                </ol>
            </section>
        </Show>
    }
}
