//! Causes and uses of a variable, paths from one to another, what follows when one rises, and what
//! would change with another link.

use leptos::prelude::*;

use crate::app::components::field::Choice;
use crate::app::components::report::Report;
use crate::app::services::reports;
use crate::app::state::{App, TraceQuestion, use_app};
use crate::model::Id;

/// The tab.
#[component]
pub fn Trace() -> impl IntoView {
    let app = use_app();
    let names = Memo::new(move |_| {
        app.document.track();
        app.with(|core| {
            let variables = core.editor.document().variables().iter();
            let mut names: Vec<(String, Id)> = variables
                .map(|(id, variable)| (named(&variable.name), *id))
                .collect();
            names.sort();
            names
        })
    });
    // What is selected on the canvas is what is traced.
    Effect::new(move |_| {
        app.selection.track();
        let before = (app.trace.get_untracked(), app.traced_link.get_untracked());
        match selected(app) {
            Some(Selected::Variable(only)) if before.0.first() != Some(&only) => {
                app.trace.set(vec![only]);
            }
            Some(Selected::Link(only)) if before.1 != Some(only) => {
                app.traced_link.set(Some(only));
            }
            _ => return,
        }
        reports::refresh_soon(app);
    });
    let options = move |none: &'static str| {
        Signal::derive(move || {
            let names = names.get().into_iter();
            let names = names.map(|(name, id)| (id.to_string(), name));
            let none = [(String::new(), none.to_owned())];
            none.into_iter().chain(names).collect()
        })
    };
    let chosen = move |place: usize| {
        Signal::derive(move || {
            let id = app.trace.with(|trace| trace.get(place).copied());
            id.map(|id| id.to_string()).unwrap_or_default()
        })
    };
    let question = Memo::new(move |_| app.question.get());
    let asks = move |wanted: &'static [TraceQuestion]| move || wanted.contains(&question.get());
    view! {
        <label class="trace-question">
            <span class="muted small">"Ask"</span>
            <Choice
                options=TraceQuestion::ALL
                    .map(|one| (one.words().to_owned(), one.words().to_owned()))
                    .to_vec()
                chosen=Signal::derive(move || question.get().words().to_owned())
                keep=move |words: String| ask(app, &words)
                attr:id="trace-question"
                attr:aria-label="Ask"
            />
        </label>
        <Show when=asks(&[TraceQuestion::Paths, TraceQuestion::Follow])>
            <div class="trace-ends">
                <label id="trace-from">
                    <span class="muted small">"Variable"</span>
                    <Choice
                        options=options("choose one…")
                        chosen=chosen(0)
                        keep=move |chosen: String| keep(app, 0, &chosen)
                        attr:aria-label="Variable"
                    />
                </label>
                <Show when=asks(&[TraceQuestion::Paths])>
                    <label id="trace-to">
                        <span class="muted small">"Paths to"</span>
                        <Choice
                            options=options("(all causes and effects)")
                            chosen=chosen(1)
                            keep=move |chosen: String| keep(app, 1, &chosen)
                            attr:aria-label="Paths to"
                        />
                    </label>
                </Show>
            </div>
        </Show>
        {move || {
            let kind = reports::traced(question.get());
            view! { <Report kind/> }
        }}
    }
}

/// What is asked from now on.
fn ask(app: App, words: &str) {
    let mut all = TraceQuestion::ALL.into_iter();
    if let Some(question) = all.find(|one| one.words() == words) {
        app.question.set(question);
        app.reports.set(Vec::new());
        reports::refresh_soon(app);
    }
}

/// What can be traced.
enum Selected {
    Variable(Id),
    Link(Id),
}

/// The one variable or link that is selected.
fn selected(app: App) -> Option<Selected> {
    app.with(|core| {
        let editor = &core.editor;
        let only = editor.selection().iter().next().copied();
        let only = only.filter(|_| editor.selection().len() == 1)?;
        let document = editor.document();
        if document.variables().contains_key(&only) {
            Some(Selected::Variable(only))
        } else {
            let is_link = document.links().contains_key(&only);
            is_link.then_some(Selected::Link(only))
        }
    })
}

/// Traces the variable that was chosen at a place of the trace; what came after it goes.
fn keep(app: App, place: usize, chosen: &str) {
    let mut trace = app.trace.get_untracked();
    trace.truncate(place);
    trace.extend(chosen.parse::<Id>().ok());
    app.trace.set(trace);
    app.reports.set(Vec::new());
    reports::refresh_soon(app);
}

/// A name as a person wrote it.
fn named(name: &str) -> String {
    match name.trim() {
        "" => "unnamed".to_owned(),
        name => name.to_owned(),
    }
}
