//! Causes and uses of a variable, and the ways from one variable to another.

use leptos::prelude::*;

use super::sheet;
use crate::app::components::panels::choice;
use crate::app::plain::{effect, tag, together, view_of};
use crate::app::services::reports;
use crate::app::state::App;
use crate::model::Id;
use crate::worker::ReportKind;

/// The tab.
pub fn trace(app: App) -> AnyView {
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
    effect(move || {
        app.selection.track();
        let only = app.with(|core| {
            let editor = &core.editor;
            let only = editor.selection().iter().next().copied();
            let only = only.filter(|_| editor.selection().len() == 1)?;
            editor
                .document()
                .variables()
                .contains_key(&only)
                .then_some(only)
        });
        if let Some(only) = only
            && app.trace.get_untracked().first() != Some(&only)
        {
            app.trace.set(vec![only]);
            reports::refresh_soon(app);
        }
    });
    let pick = move |place: usize, label: &'static str, none: &'static str| {
        view_of(move || {
            let trace = app.trace.get();
            let now = trace.get(place).map(Id::to_string).unwrap_or_default();
            let names = names.get().into_iter();
            let names = names.map(|(name, id)| (id.to_string(), name));
            let all = [(String::new(), none.to_owned())].into_iter().chain(names);
            choice(label, all, &now, move |chosen| {
                let mut trace = app.trace.get_untracked();
                trace.truncate(place);
                trace.extend(chosen.parse::<Id>().ok());
                app.trace.set(trace);
                app.reports.set(Vec::new());
                reports::refresh_soon(app);
            })
            .view()
        })
    };
    let ends = tag("div")
        .class("trace-ends")
        .child(
            tag("label")
                .with("id", "trace-from")
                .child(tag("span").class("muted small").text("Variable"))
                .child(pick(0, "Variable", "choose one…")),
        )
        .child(
            tag("label")
                .with("id", "trace-to")
                .child(tag("span").class("muted small").text("Ways to"))
                .child(pick(1, "Ways to", "(causes and uses)")),
        );
    together(vec![ends.view(), sheet::sheet(app, ReportKind::Trace)])
}

/// A name as a person wrote it.
fn named(name: &str) -> String {
    match name.trim() {
        "" => "unnamed".to_owned(),
        name => name.to_owned(),
    }
}
