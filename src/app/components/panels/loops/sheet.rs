//! A function for what is not a component yet.
use leptos::prelude::*;

use crate::app::components::report::Report;
use crate::app::state::App;
use crate::worker::ReportKind;

pub fn sheet(_: App, kind: ReportKind) -> AnyView {
    view! { <Report kind/> }.into_any()
}
