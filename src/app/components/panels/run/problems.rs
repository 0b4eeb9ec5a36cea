//! What keeps a model from running, and what is to be known of a run.

use leptos::prelude::*;

use super::follow_run;
use crate::app::services::equation;
use crate::app::state::use_app;
use crate::worker::RunProblem;

/// What keeps the model from running.
#[component]
pub fn Problems() -> impl IntoView {
    let app = use_app();
    let problems = follow_run(app, |view| view.problems.clone());
    view! {
        <p class="trouble" role="status">
            {move || match problems.with(Vec::len) {
                1 => "The model cannot run yet:".to_owned(),
                count => format!("The model cannot run yet, for {count} reasons:"),
            }}
        </p>
        <Rows problems/>
    }
}

/// What is to be known of the run.
#[component]
pub fn Notes() -> impl IntoView {
    let app = use_app();
    let notes = follow_run(app, |view| view.notes.clone());
    view! {
        <Show when=move || notes.with(|notes| !notes.is_empty())>
            <Rows problems=notes/>
        </Show>
    }
}

/// Each as a row; one about a variable selects it.
#[component]
fn Rows(problems: Memo<Vec<RunProblem>>) -> impl IntoView {
    let app = use_app();
    let row = move |problem: RunProblem| {
        let words = problem.words;
        match problem.about {
            Some(id) => view! {
                <li>
                    <button
                        class="outline-words"
                        on:click=move |_| equation::show_place(app, id, problem.span)
                    >
                        {words}
                    </button>
                </li>
            }
            .into_any(),
            None => view! { <li>{words}</li> }.into_any(),
        }
    };
    view! {
        <ul class="run-problems">
            {move || problems.get().into_iter().map(row).collect_view()}
        </ul>
    }
}
