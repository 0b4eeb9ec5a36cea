//! The lines of a list of the sheet: facts, what varied, experiments.

use leptos::prelude::*;

use crate::app::components::panels::ordered::Order;
use crate::app::services::retrospectives;
use crate::app::state::use_app;
use crate::model::{Document, Id};

/// The lines that the document has now, in the order that people choose. `heads` selects what of each
/// line is as high whether it is open or not; the ids of the handles begin with `handles`.
pub fn lines(
    heads: &'static str,
    handles: &'static str,
    of: impl Fn(&Document) -> Vec<Id> + Send + Sync + 'static,
) -> Order {
    let app = use_app();
    let rows = Memo::new(move |_| {
        app.document.track();
        app.with(|core| of(core.editor.document()))
    });
    Order {
        rows,
        heads,
        handles,
        move_by: retrospectives::line_by,
        move_to: retrospectives::line_to,
        drag: RwSignal::new(None),
    }
}
