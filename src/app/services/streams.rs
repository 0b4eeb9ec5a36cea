//! What is known of the value streams: asked of the worker whenever a change can make a difference,
//! one request at a time, the newest last. The diagram is drawn without waiting for the answer.

use gloo::timers::callback::Timeout;
use leptos::prelude::*;

use crate::app::services::{frame, worker};
use crate::app::state::{App, Asking, MapRunState, PortState, Trying};
use crate::editor::matters_to_streams;
use crate::model::{Document, Patch};
use crate::worker::{ImprovementTable, Request, Showing, StreamView};

/// Another document is open: what was known is of the one before.
pub fn document_opened(app: App) {
    app.change(|core| core.port.opened = core.port.revision);
    app.stream.set(StreamView::default());
    app.showing.set(Showing::Today);
    app.trying.set(Trying::default());
    app.improvements.set(ImprovementTable::default());
    refresh(app);
}

/// Takes note that the document has changed, by this patch if it is known.
pub fn document_changed(app: App, patch: Option<&Patch>) {
    if patch.is_none_or(matters_to_streams) {
        refresh(app);
        app.map_run.update(MapRunState::outdate);
    }
}

/// Asks anew, once what is being done is done: the worker may yet be told that it has the document
/// already.
pub fn refresh(app: App) {
    let timer = Timeout::new(0, move || ask(app));
    app.change(|core| core.port.streams.soon(timer));
}

fn ask(app: App) {
    let is_asked = app.change(|core| {
        let is_asked =
            has_streams(core.editor.document()) && !matches!(core.port.state, PortState::Failed);
        core.port.streams = match is_asked {
            true => Asking::Sent,
            false => Asking::Nothing,
        };
        is_asked
    });
    match is_asked {
        true => worker::request(app, Request::Streams(app.showing.get_untracked())),
        false => show(app, StreamView::default()),
    }
}

/// Takes what the worker says of the document of this number.
pub fn take(app: App, revision: u64, view: StreamView) {
    let (is_of_this, is_newest) = app.change(|core| {
        let is_of_this = revision >= core.port.opened;
        (is_of_this, core.port.streams.answered())
    });
    if is_of_this {
        // The one that was to be shown is gone.
        if view.showing.is_none() && is_newest && app.showing.get_untracked() != Showing::Today {
            app.showing.set(Showing::Today);
        }
        show(app, view);
    }
    if !is_newest {
        refresh(app);
    }
}

/// Takes what the worker says of the document of this number without having been asked, since runs of
/// the map have said more. What was changed meanwhile is asked for by itself.
pub fn take_anew(app: App, revision: u64, view: StreamView) {
    if app.with(|core| revision >= core.port.opened) {
        show(app, view);
    }
}

/// Asks once more what the worker has lost.
pub fn ask_again(app: App) {
    if app.change(|core| core.port.streams.lost()) {
        refresh(app);
    }
}

/// Shows it on the canvas and in the panels.
fn show(app: App, view: StreamView) {
    if app.stream.with_untracked(|shown| *shown == view) {
        return;
    }
    let before = app.change(|core| {
        let before = core.editor.versions();
        let measure = core.measure.clone();
        core.editor.take_marks(view.marks.clone(), &*measure);
        before
    });
    app.stream.set(view);
    app.publish(before);
    frame::request(app);
}

/// Whether there is anything to work out of the streams of a document.
fn has_streams(document: &Document) -> bool {
    let mut variables = document.variables().values();
    let mut links = document.links().values();
    !document.stations().is_empty()
        || variables.any(|variable| variable.binding.is_some())
        || links.any(|link| link.delay_source.is_some())
}
