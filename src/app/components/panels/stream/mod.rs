//! The panel of the value stream: what is selected, what follows, what limits, what is missing.

mod bound;
mod figures;
mod fold;
mod inspector;
mod measure_field;
mod settings;
mod what_if;

use leptos::prelude::*;

use crate::app::components::panels::exhibit;
use crate::app::dispatch::act;
use crate::app::plain::{show, tag, together};
use crate::app::state::{App, Page, use_app};
use crate::model::{Document, Id};
use crate::stream::{StreamReport, StreamResults};
use crate::worker::ReportKind;

use fold::{Shown, fold};
pub use inspector::{FLOW_KINDS, choice};

/// The panel.
pub fn stream_panel() -> AnyView {
    let app = use_app();
    let any = follow(app, |document, _| !document.stations().is_empty());
    let none = Memo::new(move |_| !any.get());
    together(vec![
        tag("h2").class("panel-title").text("Value stream").view(),
        inspector::inspector(app),
        show(
            move || none.get(),
            || {
                tag("p")
                    .class("muted")
                    .text(
                        "No steps yet. Press P, click on the canvas, type a name and Enter: the \
                         next step follows.",
                    )
                    .view()
            },
        ),
        show(move || any.get(), move || sections(app)),
    ])
}

fn sections(app: App) -> AnyView {
    if app.page == Page::View {
        return together(vec![
            figures::problems(app),
            fold("Figures", "figures", Shown::Open, move || {
                figures::figures(app)
            }),
            fold("The limit", "limit", Shown::Open, move || {
                exhibit::part(app, ReportKind::Limit)
            }),
        ]);
    }
    together(vec![
        figures::problems(app),
        fold("Figures", "figures", Shown::Open, move || {
            figures::figures(app)
        }),
        fold("The limit", "limit", Shown::Open, move || {
            exhibit::part(app, ReportKind::Limit)
        }),
        fold("Try an improvement", "what-if", Shown::Closed, move || {
            what_if::what_if(app)
        }),
        fold(
            "The sequence of limits",
            "sequence",
            Shown::Closed,
            move || exhibit::part(app, ReportKind::Sequence),
        ),
        fold("What is missing", "missing", Shown::Closed, move || {
            exhibit::part(app, ReportKind::Missing)
        }),
        fold("Paths", "paths", Shown::Closed, move || {
            exhibit::part(app, ReportKind::Paths)
        }),
        fold("Waiting by chance", "queues", Shown::Closed, move || {
            exhibit::part(app, ReportKind::Queues)
        }),
        fold("Work in progress", "physics", Shown::Closed, move || {
            exhibit::part(app, ReportKind::WorkInProgress)
        }),
        fold("DORA metrics", "dora", Shown::Closed, move || {
            exhibit::part(app, ReportKind::Dora)
        }),
        tag("p")
            .class("fold")
            .child(
                tag("button")
                    .class("button")
                    .press(move || act(app, crate::editor::Action::Compare))
                    .text("Compare with another map"),
            )
            .view(),
        fold("Calendar and words", "settings", Shown::Closed, move || {
            settings::settings(app)
        }),
    ])
}

/// Something that follows from the document and its streams.
fn follow<T: Clone + PartialEq + Send + Sync + 'static>(
    app: App,
    read: impl Fn(&Document, &StreamReport) -> T + Send + Sync + 'static,
) -> Memo<T> {
    Memo::new(move |_| {
        app.stream.track();
        app.document.track();
        app.with(|core| read(core.editor.document(), core.editor.stream()))
    })
}

/// Something that follows from the stream of what is selected, else from the main one;
/// `T::default()` where there is none.
fn follow_stream<T: Clone + PartialEq + Default + Send + Sync + 'static>(
    app: App,
    read: impl Fn(&Document, &StreamResults) -> T + Send + Sync + 'static,
) -> Memo<T> {
    Memo::new(move |_| {
        app.stream.track();
        app.document.track();
        app.selection.track();
        app.with(|core| {
            let document = core.editor.document();
            let selected = core.editor.selection().iter().copied();
            let results = core.editor.stream().about(selected);
            results.map_or_else(T::default, |results| read(document, results))
        })
    })
}

/// What a station or flow is called in a list.
fn name_of(document: &Document, id: Id) -> String {
    crate::editor::describe(document, id)
}
