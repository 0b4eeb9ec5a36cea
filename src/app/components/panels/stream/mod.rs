//! The panel of the value stream: what matters most, what is selected, the measures of all steps, and
//! folded below what else follows.

mod bound;
mod grid;
mod headline;
mod improvements;
mod inspector;
mod measure_field;
mod paths;
mod pick;
mod problems;
mod products;
mod settings;
mod try_out;
mod whose_numbers;

use leptos::prelude::*;

use crate::app::components::panels::fold::{Fold, Shown};
use crate::app::components::report::ReportPart;
use crate::app::dispatch::act;
use crate::app::state::{App, Page, use_app};
use crate::editor::Action;
use crate::model::{Document, Id};
use crate::worker::{ReportKind, StreamPart};

pub use bound::bindings;
use grid::Grid;
use headline::Headline;
use improvements::Improvements;
pub use inspector::FLOW_KINDS;
use inspector::Inspector;
use paths::Paths;
pub use pick::Pick;
use problems::Problems;
pub use products::product_field;
pub use settings::SettingField;
use settings::Settings;
use whose_numbers::WhoseNumbers;

/// The panel.
#[component]
pub fn StreamPanel() -> impl IntoView {
    let app = use_app();
    let any = follow(app, |document| !document.stations().is_empty());
    view! {
        <h2 class="panel-title">"Value stream"</h2>
        <WhoseNumbers/>
        <Show when=move || any.get()>
            <Headline/>
            <Problems/>
        </Show>
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

/// The parts of the panel, once there is a map: the measures, and the rest folded.
#[component]
fn Sections() -> impl IntoView {
    let app = use_app();
    let first = Shown::Closed;
    let is_known = follow_stream(app, |part| part.is_known);
    let is_workshop = app.page != Page::View;
    view! {
        {is_workshop.then(|| view! { <Grid/> })}
        <Show when=move || is_known.get()>
            <Part title="More figures" id="figures" first kind=ReportKind::Figures/>
            <Part title="The constraint" id="limit" first kind=ReportKind::Limit/>
            {match is_workshop {
                true => view! { <Analyses/> }.into_any(),
                false => view! { <SavedOnes/> }.into_any(),
            }}
        </Show>
        {is_workshop.then(|| view! { <Always/> })}
    }
}

/// The saved improvements for who only looks; nothing where there are none.
#[component]
fn SavedOnes() -> impl IntoView {
    let app = use_app();
    let any = follow(app, |document| !document.improvements().is_empty());
    view! {
        <Show when=move || any.get()>
            <Fold title="Improvements" id="what-if" first=Shown::Closed>
                <Improvements/>
            </Fold>
        </Show>
    }
}

/// What follows from the measures, once one is known.
#[component]
fn Analyses() -> impl IntoView {
    let app = use_app();
    let first = Shown::Closed;
    let has_products = follow_stream(app, |part| part.has_products);
    view! {
        <Show when=move || has_products.get()>
            <Part title="Products" id="products" first=Shown::Open kind=ReportKind::Products/>
        </Show>
        <Fold title="Improvements" id="what-if" first>
            <Improvements/>
        </Fold>
        <Part title="Next constraints" id="sequence" first kind=ReportKind::Sequence/>
        <Part title="What is missing" id="missing" first kind=ReportKind::Missing/>
        <Part title="Waiting by chance" id="queues" first kind=ReportKind::Queues/>
        <Part title="Work in progress" id="physics" first kind=ReportKind::WorkInProgress/>
        <Part title="DORA metrics" id="dora" first kind=ReportKind::Dora/>
    }
}

/// What needs no measures.
#[component]
fn Always() -> impl IntoView {
    let app = use_app();
    let first = Shown::Closed;
    view! {
        <Fold title="Paths" id="paths" first>
            <Paths/>
        </Fold>
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

/// Something that follows from the document.
fn follow<T: Clone + PartialEq + Send + Sync + 'static>(
    app: App,
    read: impl Fn(&Document) -> T + Send + Sync + 'static,
) -> Memo<T> {
    Memo::new(move |_| {
        app.document.track();
        app.with(|core| read(core.editor.document()))
    })
}

/// Something of the stream of what is selected, else of the main one; `T::default()` where there is
/// none.
fn follow_stream<T: Clone + PartialEq + Default + Send + Sync + 'static>(
    app: App,
    read: impl Fn(&StreamPart) -> T + Send + Sync + 'static,
) -> Memo<T> {
    Memo::new(move |_| {
        app.selection.track();
        app.stream.with(|view| {
            let selected = app.with(|core| core.editor.selection().clone());
            view.about(selected).map_or_else(T::default, &read)
        })
    })
}

/// What a station or flow is called in a list.
fn name_of(document: &Document, id: Id) -> String {
    crate::editor::describe(document, id)
}
