//! Causes and uses of a variable, and the ways from one variable to another.

use leptos::prelude::*;

use crate::app::components::field::Choice;
use crate::app::components::report::Report;
use crate::app::services::reports;
use crate::app::state::{App, use_app};
use crate::model::Id;
use crate::worker::ReportKind;

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
        if let Some(only) = selected(app)
            && app.trace.get_untracked().first() != Some(&only)
        {
            app.trace.set(vec![only]);
            reports::refresh_soon(app);
        }
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
    view! {
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
            <label id="trace-to">
                <span class="muted small">"Paths to"</span>
                <Choice
                    options=options("(all causes and effects)")
                    chosen=chosen(1)
                    keep=move |chosen: String| keep(app, 1, &chosen)
                    attr:aria-label="Paths to"
                />
            </label>
        </div>
        <Report kind=ReportKind::Trace/>
    }
}

/// The one variable that is selected.
fn selected(app: App) -> Option<Id> {
    app.with(|core| {
        let editor = &core.editor;
        let only = editor.selection().iter().next().copied();
        let only = only.filter(|_| editor.selection().len() == 1)?;
        editor
            .document()
            .variables()
            .contains_key(&only)
            .then_some(only)
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
