//! A scenario in the outline: its numbers, its name, comparing it in the chart, taking it out.

use std::collections::BTreeSet;

use leptos::prelude::*;

use crate::app::components::field::InputField;
use crate::app::components::icon::IconButton;
use crate::app::dispatch::dispatch;
use crate::app::services::run;
use crate::app::state::use_app;
use crate::editor::{Command, Event, describe};
use crate::model::Id;

/// The line of a scenario. Its words open it, and select the variables that have other numbers in it.
#[component]
pub fn OutlineScenario(
    /// The scenario.
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
            let scenario = core.editor.document().scenarios().get(&id);
            scenario.map(|one| one.name.clone()).unwrap_or_default()
        })
    });
    let numbers = Memo::new(move |_| {
        app.document.track();
        run::numbers_of(app, id)
    });
    let is_open = RwSignal::new(false);
    let turn = move |_| {
        is_open.update(|open| *open = !*open);
        if is_open.get_untracked() {
            let about = app.with(|core| {
                let scenario = core.editor.document().scenarios().get(&id);
                let values = scenario.into_iter().flat_map(|one| one.values.iter());
                values.map(|value| value.about).collect::<BTreeSet<_>>()
            });
            dispatch(app, Event::Select(about));
        }
    };
    view! {
        <li class="outline-row" class:outline-selected=move || is_open.get()>
            <button
                class="outline-words"
                aria-expanded=move || is_open.get().to_string()
                on:click=turn
            >
                {move || words.get()}
                <span class="outline-role" dir="auto">
                    {move || {
                        Some(numbers.get()).filter(|words| !words.is_empty()).map(|words| format!(", {words}"))
                    }}
                </span>
            </button>
            <Show when=move || is_open.get()>
                <InputField
                    value=name
                    keep=move |typed| dispatch(app, Event::Do(Command::SetText(id, typed)))
                    attr:class="field"
                    attr:aria-label="Name"
                    attr:autocomplete="off"
                />
                <IconButton
                    picture=icondata_lu::LuChartSpline
                    name=move || format!("Compare {} in the chart", words.get())
                    title="Compare in the chart"
                    on:click=move |_| run::compare(app, id)
                />
                <IconButton
                    picture=icondata_lu::LuTrash2
                    name=move || format!("Delete {}", words.get())
                    title="Delete"
                    on:click=move |_| run::remove(app, id)
                />
            </Show>
        </li>
    }
}
