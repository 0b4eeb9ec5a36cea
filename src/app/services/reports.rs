//! What the panels show of the worker: asked for anew when the diagram has been quiet.

use gloo::timers::callback::Timeout;
use leptos::prelude::*;

use crate::app::services::{clipboard, storage, worker};
use crate::app::state::{App, Side, Tab};
use crate::causal::Progress;
use crate::model::{Id, Patch};
use crate::workbench::{Block, Request, SheetKind};

/// How long the diagram must be quiet before what is shown of it is asked for anew, in
/// milliseconds.
const QUIET: u32 = 160;

/// Takes note that the document has changed, by this patch if it is known: what is known of the
/// document of before is forgotten, and asked for anew.
pub fn document_changed(app: App, patch: Option<&Patch>) {
    worker::document_changed(app, patch);
    clipboard::break_promise(app);
    // What is being arranged is no longer there.
    if app.arranging.get_untracked().is_some() {
        app.arranging.set(None);
    }
    if app.counts.get_untracked().is_some() {
        app.counts.set(None);
    }
    if app.listing.get_untracked().is_some() {
        app.listing.set(None);
    }
    if app.window.get_untracked().is_some() {
        app.window.set(None);
    }
    refresh_soon(app);
}

/// Asks anew for what is shown, once the diagram has been quiet.
pub fn refresh_soon(app: App) {
    let timer = Timeout::new(QUIET, move || refresh(app));
    app.change(|core| core.port.quiet = Some(timer));
}

/// Asks for what is shown.
fn refresh(app: App) {
    if app.with(|core| core.editor.search_progress() == Progress::Unfinished)
        && app.listing.get_untracked().is_none()
    {
        worker::request(app, Request::Search);
    }
    let any_links = app.with(|core| !core.editor.document().links().is_empty());
    let shown = app.side.get_untracked() == Side::Loops;
    let sheet = shown.then(|| shown_sheet(app)).flatten();
    if let Some((kind, about)) = sheet {
        worker::request(app, Request::Sheet(kind, about));
    }
    for kind in app.parts.get_untracked() {
        request_part(app, kind);
    }
    let is_checks = matches!(sheet_kind(app), Some(SheetKind::Checks)) && shown;
    if any_links && app.marks.get_untracked() && !is_checks {
        worker::request(app, Request::Sheet(SheetKind::Checks, Vec::new()));
    } else if !any_links {
        app.change(|core| core.editor.set_findings(Vec::new()));
    }
}

/// The sheet of this kind, if it is there; who reads it here follows it.
pub fn sheet(app: App, kind: SheetKind) -> Option<Vec<Block>> {
    let sheets = app.sheets.get().into_iter();
    let mut found = sheets.filter(|(shown, _)| *shown == kind);
    found.next().map(|(_, blocks)| blocks)
}

/// Opens a sheet of the stream: it is asked for again whenever the map changes.
pub fn open_part(app: App, kind: SheetKind) {
    app.parts.update(|parts| parts.push(kind));
}

/// Asks for a sheet of the stream of what is selected.
pub fn request_part(app: App, kind: SheetKind) {
    if !storage::request_report(app, kind) {
        worker::request(app, Request::Sheet(kind, stream_selected(app)));
    }
}

/// A station of the stream of what is selected; none where that is the main one.
pub fn stream_selected(app: App) -> Vec<Id> {
    app.with(|core| {
        let report = core.editor.stream();
        let selected = core.editor.selection().iter().copied();
        let stream = report.about(selected).map(|results| &results.stream);
        let main = report.main().map(|results| &results.stream);
        let station = stream.and_then(|stream| stream.stations.first());
        let is_main = main.and_then(|stream| stream.stations.first()) == station;
        station.filter(|_| !is_main).copied().into_iter().collect()
    })
}

/// Closes it.
pub fn close_part(app: App, kind: SheetKind) {
    app.parts
        .update(|parts| parts.retain(|other| *other != kind));
    app.sheets
        .update(|sheets| sheets.retain(|(other, _)| *other != kind));
}

/// The sheet that the panel shows, and what it is about.
pub fn shown_sheet(app: App) -> Option<(SheetKind, Vec<Id>)> {
    let kind = sheet_kind(app)?;
    let about = match kind {
        SheetKind::Trace => app.trace.get_untracked(),
        _ => Vec::new(),
    };
    Some((kind, about))
}

/// The sheet that the chosen tab of the panel shows.
fn sheet_kind(app: App) -> Option<SheetKind> {
    match app.tab.get_untracked() {
        Tab::Loops => app.sets.get_untracked().then_some(SheetKind::LoopSets),
        Tab::Archetypes => Some(SheetKind::Archetypes),
        Tab::Checks => Some(SheetKind::Checks),
        Tab::Leverage => Some(SheetKind::Leverage),
        Tab::Trace => Some(SheetKind::Trace),
    }
}
