//! Functions for what is not a component yet.
use leptos::prelude::*;

use crate::app::components::report::{Blocks, PictureView, ReportPart, Setting, TableView};
use crate::app::state::App;
use crate::worker::{Block, Picture, ReportKind, Table};

pub fn part(_: App, kind: ReportKind) -> AnyView {
    view! { <ReportPart kind/> }.into_any()
}
pub fn exhibit(_: App, block: &Block) -> AnyView {
    let blocks = vec![block.clone()];
    view! { <Blocks blocks setting=Setting::Part/> }.into_any()
}
pub fn table(table: &Table) -> AnyView {
    view! { <TableView table=table.clone()/> }.into_any()
}
pub fn image(_: App, picture: &Picture) -> AnyView {
    view! { <PictureView picture=picture.clone()/> }.into_any()
}
