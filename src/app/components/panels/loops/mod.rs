//! The panel of the loops, in tabs: the loops, archetypes, checks, goal and leverage, traces.

mod far;
mod far_row;
mod filter;
mod leverage;
mod list;
mod summary;
mod trace;

use leptos::ev;
use leptos::prelude::*;

use self::far::FarList;
use self::filter::Filter;
use self::leverage::Leverage;
use self::list::List;
use self::summary::Summary;
use self::trace::Trace;
use crate::app::browser::{focus, key_name};
use crate::app::components::report::Report;
use crate::app::services::{panels, reports};
use crate::app::state::{App, Page, Tab, use_app};
use crate::app::text::grouped_digits;
use crate::causal::{Completeness, LoopReport};
use crate::worker::{Certainty, ReportKind};

/// The tabs with their words.
const TABS: [(Tab, &str); 5] = [
    (Tab::Loops, "Loops"),
    (Tab::Archetypes, "Archetypes"),
    (Tab::Checks, "Checks"),
    (Tab::Leverage, "Leverage"),
    (Tab::Trace, "Trace"),
];

/// The panel. Who only looks sees the loops alone.
#[component]
pub fn LoopsPanel() -> impl IntoView {
    let app = use_app();
    reports::refresh_soon(app);
    let content = match app.page {
        Page::View => view! { <Loops/> }.into_any(),
        Page::Editor | Page::Embed | Page::Notes => view! { <Tabs/> }.into_any(),
    };
    view! {
        <h2 class="panel-title">"Loops"</h2>
        {content}
    }
}

/// The tabs, and what the chosen one shows.
#[component]
fn Tabs() -> impl IntoView {
    let app = use_app();
    let shown = Memo::new(move |_| app.tab.get());
    let tab = |(tab, words): (Tab, &'static str)| {
        view! {
            <button
                class="tab"
                role="tab"
                id=id_of(words)
                aria-selected=move || (shown.get() == tab).to_string()
                aria-controls="loops-tab"
                tabindex=move || if shown.get() == tab { "0" } else { "-1" }
                on:click=move |_| panels::show_tab(app, tab)
            >
                {words}
            </button>
        }
    };
    let name = Memo::new(move |_| {
        let found = TABS.iter().find(|(tab, _)| *tab == shown.get());
        found.map_or("", |(_, words)| *words)
    });
    view! {
        <div
            class="tabs"
            role="tablist"
            aria-label="Views of the loops"
            on:keydown=move |event| step_tabs(app, &event)
        >
            {TABS.map(tab).collect_view()}
        </div>
        <div role="tabpanel" id="loops-tab" aria-label=move || name.get()>
            {move || match shown.get() {
                Tab::Loops => view! { <Loops/> }.into_any(),
                Tab::Archetypes => view! { <Archetypes/> }.into_any(),
                Tab::Checks => view! { <Checks/> }.into_any(),
                Tab::Leverage => view! { <Leverage/> }.into_any(),
                Tab::Trace => view! { <Trace/> }.into_any(),
            }}
        </div>
    }
}

/// The id of the tab with these words.
fn id_of(words: &str) -> String {
    format!("tab-{}", words.to_ascii_lowercase())
}

/// Arrows, Home and End go from tab to tab.
fn step_tabs(app: App, event: &ev::KeyboardEvent) {
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
    focus(&format!("#{}", id_of(words)));
}

/// What stands under the filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Listed {
    /// The loop sets.
    Sets,
    /// Every loop, on the page.
    All,
    /// The loops that are in sight; the rest is in the worker.
    InSight,
}

/// The loops themselves.
#[component]
fn Loops() -> impl IntoView {
    let app = use_app();
    let lists_all = follow(app, LoopReport::lists_all);
    let listed = Memo::new(move |_| match (app.sets.get(), lists_all.get()) {
        (true, _) => Listed::Sets,
        (false, true) => Listed::All,
        (false, false) => Listed::InSight,
    });
    // When the list is to begin afresh, so do its fields, whatever is typed in them.
    view! {
        <Summary/>
        <For each=move || [app.fresh_list.get()] key=|number| *number let:_number>
            <Filter/>
            {move || match listed.get() {
                Listed::Sets => view! { <Report kind=ReportKind::LoopSets/> }.into_any(),
                Listed::All => view! { <List/> }.into_any(),
                Listed::InSight => view! { <FarList/> }.into_any(),
            }}
        </For>
    }
}

/// Archetypes that the diagram is consistent with.
#[component]
fn Archetypes() -> impl IntoView {
    view! {
        <p class="muted small">
            "Structures that the diagram is consistent with, never a verdict. Say which ones fit; \
             your answers are saved in the diagram."
        </p>
        <Report kind=ReportKind::Archetypes/>
    }
}

/// What the checks find.
#[component]
fn Checks() -> impl IntoView {
    let app = use_app();
    view! {
        <label class="check small">
            <input
                dir="auto"
                type="checkbox"
                id="marks-shown"
                prop:checked=move || app.marks.get()
                on:change=move |event| panels::show_marks(app, event_target_checked(&event))
            />
            <span>"Mark findings on the canvas"</span>
        </label>
        <Report kind=ReportKind::Checks/>
    }
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

/// How many loops there are, for the button of the panel; empty where there are none.
pub fn count(app: App) -> String {
    app.loops.track();
    if let Some(counts) = app.counts.get() {
        return short_count(&counts.total, counts.certainty == Certainty::Exact);
    }
    let (total, completeness) = app.with(|core| {
        let report = core.editor.report();
        (report.counts.total(), report.completeness)
    });
    match total {
        0 => String::new(),
        total => short_count(&total.to_string(), completeness == Completeness::Exact),
    }
}

/// A number of loops where there is little room; the panel has it whole. What does not fit is told
/// as a bound from below: 9M+ is at least nine million, 10^20+ at least so many.
fn short_count(digits: &str, is_exact: bool) -> String {
    match digits.len() {
        ..=6 => {
            let plus = if is_exact { "" } else { "+" };
            format!("{}{plus}", grouped_digits(digits))
        }
        length @ 7..=9 => format!("{}M+", &digits[..length - 6]),
        length => format!("10^{}+", length - 1),
    }
}
