//! What the storage has: the versions of the diagram, and what is used by what.

use leptos::prelude::*;

use super::compare::Compared;
use crate::app::components::report::Report;
use crate::app::services::panels::focus_soon;
use crate::app::services::{reports, saving};
use crate::app::state::use_app;
use crate::worker::ReportKind;

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
        <Kept kind=ReportKind::History/>
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
