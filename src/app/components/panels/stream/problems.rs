//! What keeps the stream from being understood or from flowing, and the questions that a person can
//! answer: an answer is kept with the document.

use std::collections::BTreeSet;

use leptos::prelude::*;

use crate::app::dispatch::dispatch;
use crate::app::state::{App, Page, use_app};
use crate::editor::{Command, Event};
use crate::model::{Decision, FlowKind, Id};
use crate::worker::{ProblemFix, ProblemRow};

/// The problems; behind them the questions that are answered.
#[component]
pub fn Problems() -> impl IntoView {
    let app = use_app();
    let found = Memo::new(move |_| app.stream.with(|view| view.problems.clone()));
    view! {
        <ul class="problems" aria-label="Problems">
            <For each=move || found.get() key=Clone::clone let:row>
                <li>{problem(app, row)}</li>
            </For>
        </ul>
    }
}

fn problem(app: App, row: ProblemRow) -> impl IntoView {
    let ProblemRow {
        words,
        is_hint,
        about,
        fix,
        is_answered,
    } = row;
    let records: BTreeSet<Id> = about.iter().copied().collect();
    let fix = fix.filter(|_| app.page != Page::View);
    let answer = fix.map(|fix| {
        let label = match (&fix, is_answered) {
            (ProblemFix::Join(..), _) => "Join",
            (ProblemFix::Agree(_), true) => "Ask again",
            (ProblemFix::Agree(_), false) => "It is as the figures take it",
        };
        let command = move || match &fix {
            ProblemFix::Agree(topic) => {
                Command::Answer(topic.clone(), about.clone(), Decision::Agreed)
            }
            ProblemFix::Join(from, to) => Command::AddFlow {
                from: *from,
                to: *to,
                kind: FlowKind::Push,
            },
        };
        view! {
            <button class="button" on:click=move |_| dispatch(app, Event::Do(command()))>
                {label}
            </button>
        }
    });
    let words = match is_answered {
        true => format!("{words} Answered: it is so."),
        false => words,
    };
    view! {
        <button
            class="problem"
            class:muted=is_answered
            class:problem-hint=is_hint
            on:click=move |_| dispatch(app, Event::Select(records.clone()))
        >
            {words}
        </button>
        {answer}
    }
}
