//! Reports of the worker: what an analysis found, block by block.

mod chart;
mod dots;
mod figures;
mod form;
mod keyed;
mod list;
mod row;
mod table;

use gloo::timers::callback::Timeout;
use leptos::prelude::*;

use crate::app::browser::focus_if_lost;
use crate::app::services::reports;
use crate::app::state::use_app;
use crate::worker::{Block, BlockKey, Disclosure, ReportKind, keyed as with_keys};

pub use chart::{ChartExport, PictureView};
pub use table::TableView;

use chart::Chart;
use form::{FieldView, FormButton};
use keyed::{Keyed, following, mapped};
use list::ListView;
use row::{DisclosureView, RowView, Standing, point};

/// Where blocks stand, which gives headings and words their look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// In a report that fills a panel or a dialog.
    Report,
    /// In a part of a panel, or in a form.
    Part,
}

/// A report that fills a panel or a dialog, once the worker has written it.
#[component]
pub fn Report(
    /// Which.
    kind: ReportKind,
) -> impl IntoView {
    let app = use_app();
    let standing = Standing::new();
    let blocks = Memo::new(move |_| reports::report(app, kind).unwrap_or_default());
    Effect::new(move |_| {
        blocks.track();
        // Where the row with the focus has gone, the one in its place takes it.
        if let Some(place) = standing.focused.get_untracked() {
            Timeout::new(0, move || {
                focus_if_lost(&format!("#finding-{place}"));
                focus_if_lost(".sheet .finding-main");
                focus_if_lost("[role=tab][aria-selected=true]");
            })
            .forget();
        }
    });
    view! {
        <div class="sheet" on:pointerleave=move |_| point(app, &[])>
            <Waiting kind/>
            <Blocks blocks setting=Setting::Report standing/>
        </div>
    }
}

/// A report as a part of a panel or a dialog: it is asked for while it is on the page.
#[component]
pub fn ReportPart(
    /// Which.
    kind: ReportKind,
) -> impl IntoView {
    let app = use_app();
    reports::open_part(app, kind);
    // Another stream has another report.
    let stream = Memo::new(move |_| {
        app.selection.track();
        reports::stream_selected(app)
    });
    Effect::new(move |_| {
        stream.track();
        reports::request_part(app, kind);
    });
    on_cleanup(move || reports::close_part(app, kind));
    let blocks = Memo::new(move |_| reports::report(app, kind).unwrap_or_default());
    view! {
        <Waiting kind/>
        <Blocks blocks setting=Setting::Part/>
    }
}

/// Says that the worker is at it.
#[component]
fn Waiting(kind: ReportKind) -> impl IntoView {
    let app = use_app();
    let is_there = Memo::new(move |_| reports::report(app, kind).is_some());
    view! {
        <p class=move || if is_there.get() { "visually-hidden" } else { "muted" } role="status">
            {move || if is_there.get() { "" } else { "Working…" }}
        </p>
    }
}

/// Blocks in reading order. Each keeps its place on the page for as long as it is about the same, so
/// that what a person has opened, typed or focused stays while the report is written anew.
#[component]
pub fn Blocks(
    /// The blocks.
    #[prop(into)]
    blocks: Signal<Vec<Block>>,
    /// Where they stand.
    setting: Setting,
    /// What stays while they are written anew.
    #[prop(optional)]
    standing: Standing,
) -> impl IntoView {
    let keyed = Memo::new(move |_| Keyed::of(with_keys(blocks.get())));
    view! {
        <ForEnumerate
            each=move || keyed.with(Keyed::keys)
            key=Clone::clone
            children=move |place, key: BlockKey| {
                let place = Signal::derive(move || place.get().to_string());
                following(keyed, key.clone())
                    .map(|block| view! { <BlockView block key setting place standing/> })
            }
        />
    }
}

/// One block. Its key says of which kind it is, for as long as it stands.
#[component]
fn BlockView(
    block: Memo<Block>,
    key: BlockKey,
    setting: Setting,
    place: Signal<String>,
    standing: Standing,
) -> impl IntoView {
    match block.get_untracked() {
        Block::Heading(words) => match setting {
            Setting::Report => view! { <h3 class="sheet-heading">{words}</h3> }.into_any(),
            Setting::Part => view! { <h3>{words}</h3> }.into_any(),
        },
        Block::Words(words) => match setting {
            Setting::Report => view! { <p class="muted small">{words}</p> }.into_any(),
            Setting::Part => view! { <p class="muted">{words}</p> }.into_any(),
        },
        Block::Row(_) => {
            let row = mapped(block, |block| match block {
                Block::Row(row) => Some(row.clone()),
                _ => None,
            });
            view! { <RowView row key place standing/> }.into_any()
        }
        Block::Disclosure(_) => {
            let disclosure: Memo<Disclosure> = mapped(block, |block| match block {
                Block::Disclosure(disclosure) => Some(disclosure.clone()),
                _ => None,
            });
            view! { <DisclosureView disclosure key place standing/> }.into_any()
        }
        Block::List(list) => view! { <ListView list block/> }.into_any(),
        Block::Table(_) => {
            let table = mapped(block, |block| match block {
                Block::Table(table) => Some(table.clone()),
                _ => None,
            });
            view! { <TableView table/> }.into_any()
        }
        Block::Chart(_) => {
            let picture = mapped(block, |block| match block {
                Block::Chart(picture) => Some(picture.clone()),
                _ => None,
            });
            view! { <Chart picture/> }.into_any()
        }
        Block::Field(_) => {
            let field = mapped(block, |block| match block {
                Block::Field(field) => Some(field.clone()),
                _ => None,
            });
            view! { <FieldView field/> }.into_any()
        }
        Block::Button(button) => view! { <FormButton button/> }.into_any(),
    }
}
