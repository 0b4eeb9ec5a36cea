//! What the storage has: the versions of the diagram, and what is used by what.

use leptos::prelude::*;

use super::compare::comparison;
use crate::app::components::panels::sheet;
use crate::app::plain::{effect, together};
use crate::app::services::panels::focus_soon;
use crate::app::services::{reports, saving};
use crate::app::state::{App, use_app};
use crate::worker::ReportKind;

/// The versions of the diagram.
pub fn history() -> AnyView {
    let app = use_app();
    effect(move || {
        // What is compared with a diagram of before says nothing of the one that is there.
        app.document.track();
        app.comparison.set(None);
    });
    effect(move || {
        if app.comparison.get().is_some() {
            // What was asked for far below shows at the top.
            focus_soon("#compared");
        }
    });
    together(vec![comparison(app), kept(app, ReportKind::History)])
}

/// What is used, by what, and what can go.
pub fn storage() -> AnyView {
    kept(use_app(), ReportKind::Storage)
}

/// A sheet, written anew as long as it is open.
fn kept(app: App, kind: ReportKind) -> AnyView {
    saving::flush(app);
    reports::open_part(app, kind);
    reports::request_part(app, kind);
    on_cleanup(move || reports::close_part(app, kind));
    sheet(app, kind)
}
