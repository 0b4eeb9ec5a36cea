//! Scenarios: named sets of numbers, compared in the chart.

use leptos::prelude::*;

use super::follow_run;
use crate::app::components::icon::IconButton;
use crate::app::components::naming_form::NamingForm;
use crate::app::services::run;
use crate::app::state::{Page, use_app};
use crate::model::Id;

/// The saved scenarios, and keeping what is tried as one.
#[component]
pub fn Scenarios() -> impl IntoView {
    let app = use_app();
    let saved = Memo::new(move |_| {
        app.document.track();
        app.with(|core| {
            let scenarios = core.editor.document().scenarios_in_order();
            scenarios.iter().map(|(id, _)| *id).collect::<Vec<_>>()
        })
    });
    let is_tried = Memo::new(move |_| app.run_choice.with(|choice| !choice.tried.is_empty()));
    let has_sliders = follow_run(app, |view| !view.sliders.is_empty());
    let hint = move || match (saved.with(Vec::is_empty), is_tried.get(), has_sliders.get()) {
        (true, false, true) => Some("Move a slider, then keep what you try under a name."),
        (true, _, false) => Some("A scenario changes constants, and the model has none."),
        _ => None,
    };
    view! {
        {move || hint().map(|words| view! { <p class="muted">{words}</p> })}
        <ul class="run-scenarios" aria-label="Scenarios">
            <For each=move || saved.get() key=|id| *id let:id>
                <ScenarioRow id/>
            </For>
        </ul>
        {(app.page == Page::Editor)
            .then(|| {
                view! {
                    <Show when=move || is_tried.get()>
                        <Keeping/>
                    </Show>
                }
            })}
    }
}

#[component]
fn ScenarioRow(id: Id) -> impl IntoView {
    let app = use_app();
    let name = Memo::new(move |_| {
        app.document.track();
        run::name_of(app, id)
    });
    let words = Memo::new(move |_| {
        app.document.track();
        run::numbers_of(app, id)
    });
    let is_compared =
        Memo::new(move |_| app.run_choice.with(|choice| choice.compared.contains(&id)));
    let toggle = move |_| {
        run::choose(app, |choice| {
            match choice.compared.iter().position(|one| *one == id) {
                Some(place) => {
                    choice.compared.remove(place);
                }
                None => choice.compared.push(id),
            }
        });
    };
    view! {
        <li>
            <label>
                <input
                    type="checkbox"
                    prop:checked=move || is_compared.get()
                    on:change=toggle
                />
                <span dir="auto">{move || name.get()}</span>
            </label>
            <span class="muted" dir="auto">
                {move || words.get()}
            </span>
            {(app.page == Page::Editor)
                .then(|| {
                    view! {
                        <IconButton
                            picture=icondata_lu::LuPencil
                            name=move || format!("Edit {}", name.get())
                            title="Edit with the sliders"
                            on:click=move |_| run::edit(app, id)
                        />
                        <IconButton
                            picture=icondata_lu::LuTrash2
                            name=move || format!("Delete {}", name.get())
                            title="Delete"
                            on:click=move |_| run::remove(app, id)
                        />
                    }
                })}
        </li>
    }
}

/// The name under which what is tried is kept.
#[component]
fn Keeping() -> impl IntoView {
    let app = use_app();
    let name = Memo::new(move |_| app.run_choice.with(|choice| choice.name.clone()));
    let is_edited = Memo::new(move |_| app.run_choice.with(|choice| choice.of.is_some()));
    view! {
        <NamingForm
            label="Name of the scenario"
            placeholder="Name, such as Twice the hiring"
            name
            rename=move |typed: String| app.run_choice.update(|it| it.name = typed)
            is_edited
            keep=move |()| run::keep(app)
            cancel=move |()| run::leave_edited(app)
        />
    }
}
