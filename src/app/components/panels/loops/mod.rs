//! The panel of the loops, in tabs: the loops, archetypes, checks, goal and leverage, traces.

mod far;
mod far_row;
mod filter;
mod leverage;
mod list;
mod sheet;
mod summary;
mod trace;

use leptos::prelude::*;

pub use sheet::sheet;

use crate::app::browser::key_name;
use crate::app::plain::{tag, text_of, together, view_of};
use crate::app::services::{panels, reports};
use crate::app::state::{App, Page, Tab, use_app};
use crate::causal::LoopReport;
use crate::workbench::SheetKind;

/// The tabs with their words.
const TABS: [(Tab, &str); 5] = [
    (Tab::Loops, "Loops"),
    (Tab::Archetypes, "Archetypes"),
    (Tab::Checks, "Checks"),
    (Tab::Leverage, "Leverage"),
    (Tab::Trace, "Trace"),
];

/// The panel.
pub fn loops_panel() -> AnyView {
    let app = use_app();
    reports::refresh_soon(app);
    let heading = tag("h2").class("panel-title").text("Loops");
    if app.page == Page::View {
        return together(vec![heading.view(), loops(app)]);
    }
    let tabs = TABS.into_iter().map(|(tab, words)| {
        tag("button")
            .class("tab")
            .with("role", "tab")
            .with("id", format!("tab-{}", words.to_ascii_lowercase()))
            .with(
                "aria-selected",
                text_of(move || (app.tab.get() == tab).to_string()),
            )
            .with("aria-controls", "loops-tab")
            .with(
                "tabindex",
                text_of(move || if app.tab.get() == tab { "0" } else { "-1" }),
            )
            .press(move || panels::show_tab(app, tab))
            .text(words)
    });
    let content = view_of(move || {
        let content: fn(App) -> AnyView = match app.tab.get() {
            Tab::Loops => loops,
            Tab::Archetypes => archetypes,
            Tab::Checks => checks,
            Tab::Leverage => |_| view! { <leverage::Leverage/> }.into_any(),
            Tab::Trace => |_| view! { <trace::Trace/> }.into_any(),
        };
        leptos::prelude::untrack(move || content(app))
    });
    together(vec![
        heading.view(),
        tag("div")
            .class("tabs")
            .with("role", "tablist")
            .label("What to see of the loops")
            .on("keydown", move |event| step_tabs(app, &event))
            .children(tabs)
            .view(),
        tag("div")
            .with("role", "tabpanel")
            .with("id", "loops-tab")
            .label(text_of(move || {
                let shown = app.tab.get();
                let found = TABS.iter().find(|(tab, _)| *tab == shown);
                found.map_or("", |(_, words)| *words)
            }))
            .child(content)
            .view(),
    ])
}

/// Arrows, Home and End go from tab to tab.
fn step_tabs(app: App, event: &web_sys::Event) {
    let now = app.tab.get_untracked();
    let place = TABS.iter().position(|(tab, _)| *tab == now).unwrap_or(0);
    let last = TABS.len() - 1;
    let key = key_name(event);
    let next = match key.as_str() {
        "ArrowRight" if place == last => 0,
        "ArrowRight" => place + 1,
        "ArrowLeft" if place == 0 => last,
        "ArrowLeft" => place - 1,
        "Home" => 0,
        "End" => last,
        _ => return,
    };
    event.prevent_default();
    event.stop_propagation();
    let (tab, words) = TABS[next];
    panels::show_tab(app, tab);
    crate::app::browser::focus(&format!("#tab-{}", words.to_ascii_lowercase()));
}

/// The loops themselves.
fn loops(app: App) -> AnyView {
    let content = view_of(move || {
        app.loops.track();
        let all = app.with(|core| core.editor.report().lists_all());
        let content: fn(App) -> AnyView = match (app.sets.get(), all) {
            (true, _) => |app| sheet(app, SheetKind::LoopSets),
            (false, true) => |_| view! { <list::List/> }.into_any(),
            (false, false) => |_| view! { <far::FarList/> }.into_any(),
        };
        leptos::prelude::untrack(move || content(app))
    });
    together(vec![
        view! { <summary::Summary/> }.into_any(),
        view! { <filter::Filter/> }.into_any(),
        content,
    ])
}

/// Archetypes that the diagram is consistent with.
fn archetypes(app: App) -> AnyView {
    together(vec![
        tag("p")
            .class("muted small")
            .text(
                "Structures that the diagram is consistent with, never a verdict. Say which of \
                 them are so; the answers are kept in the diagram.",
            )
            .view(),
        sheet(app, SheetKind::Archetypes),
    ])
}

/// What the checks find.
fn checks(app: App) -> AnyView {
    let toggle = tag("input")
        .with("type", "checkbox")
        .with("id", "marks-shown")
        .on("change", move |_| {
            panels::show_marks(app, !app.marks.get_untracked())
        });
    let toggle = if app.marks.get_untracked() {
        toggle.with("checked", "")
    } else {
        toggle
    };
    together(vec![
        tag("label")
            .class("check small")
            .child(toggle)
            .child(tag("span").text("Mark findings on the canvas"))
            .view(),
        sheet(app, SheetKind::Checks),
    ])
}

/// Something that follows from the report of the loops.
fn follow<T: Clone + PartialEq + Send + Sync + 'static>(
    app: App,
    read: fn(&LoopReport) -> T,
) -> Memo<T> {
    Memo::new(move |_| {
        app.loops.track();
        app.document.track();
        app.with(|core| read(core.editor.report()))
    })
}
