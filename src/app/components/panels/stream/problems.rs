//! What keeps the stream from being understood or from flowing, and the questions that a person can
//! answer: an answer is kept with the document.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::follow;
use crate::app::dispatch::dispatch;
use crate::app::state::{App, Page, use_app};
use crate::editor::{Command, Event};
use crate::model::{Decision, Document, Id};
use crate::stream::Problem;

/// A problem in words.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Told {
    words: String,
    records: BTreeSet<Id>,
    /// What an answer to it is kept under, if it is a question.
    topic: Option<&'static str>,
    is_answered: bool,
}

fn told(document: &Document, problem: &Problem, is_answered: bool) -> Told {
    Told {
        words: problem.sentence(document),
        records: problem.records().into_iter().collect(),
        topic: problem.topic(),
        is_answered,
    }
}

/// The problems; behind them the questions that are answered.
#[component]
pub fn Problems() -> impl IntoView {
    let app = use_app();
    let found = follow(app, |document, report| {
        let open = report.problems.iter();
        let open = open.map(|problem| told(document, problem, false));
        let answered = report.answered.iter();
        let answered = answered.map(|problem| told(document, problem, true));
        open.chain(answered).collect::<Vec<_>>()
    });
    view! {
        <ul class="problems" aria-label="Problems">
            <For each=move || found.get() key=Clone::clone let:told>
                <li>{problem(app, told)}</li>
            </For>
        </ul>
    }
}

fn problem(app: App, told: Told) -> impl IntoView {
    let Told {
        words,
        records,
        topic,
        is_answered,
    } = told;
    let about: Vec<Id> = records.iter().copied().collect();
    let answer = topic.filter(|_| app.page != Page::View).map(|topic| {
        let label = match is_answered {
            true => "Ask again",
            false => "Yes, as assumed",
        };
        let command = move || Command::Answer(topic, about.clone(), Decision::Agreed);
        view! {
            <button class="button" on:click=move |_| dispatch(app, Event::Do(command()))>
                {label}
            </button>
        }
    });
    let words = match is_answered {
        true => format!("{words} Answered: yes, as assumed."),
        false => words,
    };
    view! {
        <button
            class="problem"
            class:muted=is_answered
            on:click=move |_| dispatch(app, Event::Select(records.clone()))
        >
            {words}
        </button>
        {answer}
    }
}
