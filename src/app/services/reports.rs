//! What the panels show of the worker: asked for anew when the diagram has been quiet.

use gloo::timers::callback::Timeout;
use leptos::prelude::*;

use crate::app::services::{clipboard, equation, run, storage, streams, worker};
use crate::app::state::{App, Side, Tab, TraceQuestion};
use crate::causal::Progress;
use crate::model::{Id, Patch};
use crate::worker::{Block, ReportKind, Request, StreamPart};

/// How long the diagram must be quiet before what is shown of it is asked for anew, in
/// milliseconds.
const QUIET: u32 = 160;

/// Takes note that the document has changed, by this patch if it is known: what is known of the
/// document of before is forgotten, and asked for anew.
pub fn document_changed(app: App, patch: Option<&Patch>) {
    worker::document_changed(app, patch);
    streams::document_changed(app, patch);
    run::refresh(app);
    equation::refresh(app);
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
    let shown = app.side.get_untracked() == Some(Side::Loops);
    let report = shown.then(|| shown_report(app)).flatten();
    if let Some((kind, about)) = report.clone() {
        worker::request(app, Request::Report(kind, about));
    }
    let asked = report.map(|(kind, _)| kind);
    let parts = app.parts.get_untracked();
    for kind in parts.iter().filter(|kind| asked != Some(**kind)) {
        request_part(app, *kind);
    }
    let is_checks = asked == Some(ReportKind::Checks) || parts.contains(&ReportKind::Checks);
    if any_links && app.marks.get_untracked() && !is_checks {
        worker::request(app, Request::Report(ReportKind::Checks, Vec::new()));
    } else if !any_links {
        app.change(|core| core.editor.set_findings(Vec::new()));
    }
}

/// The report of this kind, if it is there; who reads it here follows it.
pub fn report(app: App, kind: ReportKind) -> Option<Vec<Block>> {
    let reports = app.reports.get().into_iter();
    let mut found = reports.filter(|(shown, _)| *shown == kind);
    found.next().map(|(_, blocks)| blocks)
}

/// Opens a report beside that of the panel of the loops: it is asked for again whenever the diagram
/// changes.
pub fn open_part(app: App, kind: ReportKind) {
    app.parts.update(|parts| parts.push(kind));
}

/// Asks for such a report; one of a stream is about that of what is selected.
pub fn request_part(app: App, kind: ReportKind) {
    if !storage::request_report(app, kind) {
        worker::request(app, Request::Report(kind, stream_selected(app)));
    }
}

/// A station of the stream of what is selected; none where that is the main one. Who asks here
/// follows what is known of the streams.
pub fn stream_selected(app: App) -> Vec<Id> {
    app.stream.with(|view| {
        app.with(|core| {
            let selected = core.editor.selection().iter().copied();
            let first = |part: &StreamPart| part.stations.first().copied();
            let station = view.about(selected).and_then(first);
            let main = view.streams.first().and_then(first);
            station.filter(|_| station != main).into_iter().collect()
        })
    })
}

/// Closes it. What the panel of the loops shows as well stays.
pub fn close_part(app: App, kind: ReportKind) {
    app.parts
        .update(|parts| parts.retain(|other| *other != kind));
    if report_kind(app) != Some(kind) {
        app.reports
            .update(|reports| reports.retain(|(other, _)| *other != kind));
    }
}

/// The report that the panel shows, and what it is about.
pub fn shown_report(app: App) -> Option<(ReportKind, Vec<Id>)> {
    let kind = report_kind(app)?;
    let about = match kind {
        ReportKind::Trace => app.trace.get_untracked(),
        ReportKind::Follow => app.trace.get_untracked().into_iter().take(1).collect(),
        ReportKind::Interventions => app.traced_link.get_untracked().into_iter().collect(),
        _ => Vec::new(),
    };
    Some((kind, about))
}

/// The report that the chosen tab of the panel shows.
fn report_kind(app: App) -> Option<ReportKind> {
    match app.tab.get_untracked() {
        Tab::Loops => app.sets.get_untracked().then_some(ReportKind::LoopSets),
        Tab::Archetypes => Some(ReportKind::Archetypes),
        Tab::Checks => Some(ReportKind::Checks),
        Tab::Leverage => Some(ReportKind::Leverage),
        Tab::Trace => Some(traced(app.question.get_untracked())),
    }
}

/// The report that answers a question of the trace.
pub const fn traced(question: TraceQuestion) -> ReportKind {
    match question {
        TraceQuestion::Paths => ReportKind::Trace,
        TraceQuestion::Follow => ReportKind::Follow,
        TraceQuestion::Pairs => ReportKind::Pairs,
        TraceQuestion::Link => ReportKind::Interventions,
    }
}
