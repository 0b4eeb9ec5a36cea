//! What the storage has: the versions of the diagram, and what is used by what.

use leptos::prelude::*;

use super::compare::Compared;
use crate::app::browser::focus_soon;
use crate::app::components::icon::Icon;
use crate::app::components::report::Report;
use crate::app::services::{clipboard, reports, saving};
use crate::app::state::{Dialog, use_app};
use crate::worker::{Block, ReportKind};

/// The versions of the diagram.
#[component]
pub fn History() -> impl IntoView {
    let app = use_app();
    Effect::new(move |_| {
        // What is compared with a diagram of before says nothing of the one that is there.
        app.document.track();
        app.comparison.set(None);
    });
    Effect::new(move |_| {
        if app.comparison.with(Option::is_some) {
            // What was asked for far below shows at the top.
            focus_soon("#compared");
        }
    });
    view! {
        <Compared/>
        <p class="structure-way">
            <button
                class="button"
                on:click=move |_| app.dialog.set(Some(Dialog::Structure))
            >
                <Icon picture=icondata_lu::LuChartSpline/>
                "How the structure changed"
            </button>
        </p>
        <Kept kind=ReportKind::History/>
    }
}

/// How the structure changed from version to version: charts, and a table that can be copied.
#[component]
pub fn Structure() -> impl IntoView {
    let app = use_app();
    let table = Memo::new(move |_| {
        let blocks = reports::report(app, ReportKind::Structure)?;
        blocks.into_iter().find_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        })
    });
    let copy = move |_| {
        if let Some(table) = table.get_untracked() {
            clipboard::write_text(app, &table.csv(), "The numbers are copied as CSV.");
        }
    };
    view! {
        <p class="structure-way">
            <button class="button" on:click=move |_| app.dialog.set(Some(Dialog::History))>
                <Icon picture=icondata_lu::LuArrowLeft/>
                "Versions"
            </button>
            <Show when=move || table.with(Option::is_some)>
                <button class="button" on:click=copy>
                    <Icon picture=icondata_lu::LuCopy/>
                    "Copy as CSV"
                </button>
            </Show>
        </p>
        <div class="structure">
            <Kept kind=ReportKind::Structure/>
        </div>
    }
}

/// What is used, by what, and what can go.
#[component]
pub fn Storage() -> impl IntoView {
    view! { <Kept kind=ReportKind::Storage/> }
}

/// A report, written anew as long as it is open.
#[component]
fn Kept(kind: ReportKind) -> impl IntoView {
    let app = use_app();
    saving::flush(app);
    reports::open_part(app, kind);
    reports::request_part(app, kind);
    on_cleanup(move || reports::close_part(app, kind));
    view! { <Report kind/> }
}
