//! The panel of the value stream: what is selected, what follows, what limits, what is missing.

mod bound;
mod figures;
mod fold;
mod inspector;
mod measure_field;
mod paths;
mod pick;
mod problems;
mod products;
mod settings;
mod what_if;

use leptos::prelude::*;

use crate::app::components::report::ReportPart;
use crate::app::dispatch::act;
use crate::app::state::{App, Page, use_app};
use crate::editor::Action;
use crate::model::{Document, Id};
use crate::stream::{StreamReport, StreamResults};
use crate::worker::ReportKind;

use figures::Figures;
use fold::{Fold, Shown};
pub use inspector::FLOW_KINDS;
use inspector::Inspector;
use paths::Paths;
use problems::Problems;
pub use products::product_field;
use settings::Settings;
use what_if::WhatIf;

/// The panel.
#[component]
pub fn StreamPanel() -> impl IntoView {
    let app = use_app();
    let any = follow(app, |document, _| !document.stations().is_empty());
    view! {
        <h2 class="panel-title">"Value stream"</h2>
        <Inspector/>
        <Show when=move || !any.get()>
            <p class="muted">
                "No steps yet. Press P, click on the canvas, type a name and Enter: the next step \
                 follows."
            </p>
        </Show>
        <Show when=move || any.get()>
            <Sections/>
        </Show>
    }
}

/// The parts of the panel, once there is a map.
#[component]
fn Sections() -> impl IntoView {
    let app = use_app();
    view! {
        <Problems/>
        <Fold title="Figures" id="figures" first=Shown::Open>
            <Figures/>
        </Fold>
        <Part title="The constraint" id="limit" first=Shown::Open kind=ReportKind::Limit/>
        {(app.page != Page::View).then(|| view! { <Workshop/> })}
    }
}

/// The parts that a viewer does not need.
#[component]
fn Workshop() -> impl IntoView {
    let app = use_app();
    let first = Shown::Closed;
    let has_products = follow_stream(app, |_, results| !results.stream.products().is_empty());
    view! {
        <Show when=move || has_products.get()>
            <Part title="Products" id="products" first=Shown::Open kind=ReportKind::Products/>
        </Show>
        <Fold title="Try an improvement" id="what-if" first>
            <WhatIf/>
        </Fold>
        <Part title="Next constraints" id="sequence" first kind=ReportKind::Sequence/>
        <Part title="What is missing" id="missing" first kind=ReportKind::Missing/>
        <Fold title="Paths" id="paths" first>
            <Paths/>
        </Fold>
        <Part title="Waiting by chance" id="queues" first kind=ReportKind::Queues/>
        <Part title="Work in progress" id="physics" first kind=ReportKind::WorkInProgress/>
        <Part title="DORA metrics" id="dora" first kind=ReportKind::Dora/>
        <p class="fold">
            <button class="button" on:click=move |_| act(app, Action::Compare)>
                "Compare with another map"
            </button>
        </p>
        <Fold title="Calendar and terms" id="settings" first>
            <Settings/>
        </Fold>
    }
}

/// A part that the worker writes.
#[component]
fn Part(title: &'static str, id: &'static str, first: Shown, kind: ReportKind) -> impl IntoView {
    view! {
        <Fold title id first>
            <ReportPart kind/>
        </Fold>
    }
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
