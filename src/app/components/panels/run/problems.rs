//! What keeps a model or a part of it from running, and what is to be known of a run.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::follow_run;
use crate::app::services::equation;
use crate::app::state::{App, use_app};
use crate::editor::Event;
use crate::worker::{RunBecause, RunProblem, RunUnknown};

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

/// What of the model cannot be computed, and what hangs on it, while the rest runs.
#[component]
pub fn Unknown() -> impl IntoView {
    let app = use_app();
    let problems = follow_run(app, |view| view.problems.clone());
    let unknown = follow_run(app, |view| view.unknown.clone());
    let of = move |because: RunBecause| {
        let all = unknown.get().into_iter();
        all.filter(move |one| one.because == because)
            .collect::<Vec<_>>()
    };
    let hanging = Memo::new(move |_| of(RunBecause::Hangs));
    let words = move || {
        let (refused, hanging) = (of(RunBecause::Refused).len(), hanging.with(Vec::len));
        let refused = match refused {
            0 => "A part of the model cannot be computed".to_owned(),
            1 => "1 variable cannot be computed".to_owned(),
            count => format!("{count} variables cannot be computed"),
        };
        match hanging {
            0 => format!("{refused}. The rest runs."),
            1 => format!("{refused}, and 1 that hangs on it. The rest runs."),
            count => format!("{refused}, and {count} that hang on it. The rest runs."),
        }
    };
    view! {
        <Show when=move || problems.with(|problems| !problems.is_empty())>
            <p class="trouble" role="status">{words}</p>
            <Rows problems/>
            <Show when=move || hanging.with(|hanging| !hanging.is_empty())>
                <p class="muted">"What hangs on it is unknown:"</p>
                <ul class="run-hanging">
                    {move || hanging.get().into_iter().map(|one| named(app, one)).collect_view()}
                </ul>
            </Show>
        </Show>
    }
}

/// The name of an unknown variable, which leads there.
fn named(app: App, one: RunUnknown) -> impl IntoView {
    match one.about {
        Some(id) => view! {
            <li>
                <button
                    class="outline-words"
                    dir="auto"
                    on:click=move |_| app.send(Event::Select(BTreeSet::from([id])))
                >
                    {one.name}
                </button>
            </li>
        }
        .into_any(),
        None => view! { <li dir="auto">{one.name}</li> }.into_any(),
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

/// What variables of the model take from the value stream.
#[component]
pub fn FromStream() -> impl IntoView {
    let app = use_app();
    let taken = follow_run(app, |view| view.from_stream.clone());
    view! {
        <Show when=move || taken.with(|taken| !taken.is_empty())>
            <p class="muted">"From the stream:"</p>
            <Rows problems=taken/>
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
