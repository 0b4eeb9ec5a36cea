//! Runs of the value-stream map: asked of the worker, shown on the canvas.

use leptos::prelude::*;

use crate::app::browser::boxes_of;
use crate::app::services::{notify, reports, worker};
use crate::app::state::{App, Freshness, MapChoice, MapRunState, Page, Side, Tone};
use crate::editor::{Action, Event, WatchInput};
use crate::scene::Reel;
use crate::worker::{Block, FilmWanted, MapQuestion, MapRunView, MapRunWanted, Request};

/// How much longer runs become where they were too short.
const LONGER: u32 = 4;

/// Runs the map on the canvas, from its start, with the numbers that the canvas shows.
pub fn watch(app: App) {
    let about = reports::stream_selected(app);
    let showing = app.showing.get_untracked();
    worker::request(app, Request::Film(FilmWanted { about, showing }));
}

/// Shows the run that begins.
pub fn show(app: App, reel: Reel, name: String) {
    app.send(Event::Watch(WatchInput::Begin(reel, name)));
}

/// The map cannot run: the panel says what is missing; a page without panels says that much.
pub fn refuse(app: App, blocks: Vec<Block>) {
    const WORDS: &str = "The map cannot run yet: not all that it needs is known.";
    end_watch(app);
    if app.page == Page::Embed {
        notify::show(app, WORDS.to_owned(), Tone::Info, None);
        return;
    }
    app.map_run.set(MapRunState::Refused(blocks));
    app.side.set(Some(Side::Run));
    notify::announce(app, WORDS.to_owned());
}

/// Ends the run that is watched, if there is one.
fn end_watch(app: App) {
    if app.with(|core| core.editor.watching().is_some()) {
        app.send(Event::Act(Action::EndPlay));
    }
}

/// The worker has nothing of what was asked: neither many runs nor the one that is shown go on.
pub fn lost(app: App) {
    ended(app);
    end_watch(app);
}

/// Takes what came of the runs.
pub fn take(app: App, view: MapRunView) {
    app.map_run.set(MapRunState::Done(view, Freshness::Current));
    notify::announce(app, "The runs are done".to_owned());
}

/// Asks for the next part of the run that is shown.
pub fn show_on(app: App) {
    worker::request(app, Request::FilmOn);
    app.send(Event::Watch(WatchInput::Asked));
}

/// Begins the runs for a question, so many times as long as usual.
fn ask_for(app: App, question: MapQuestion, length: u32) {
    let about = reports::stream_selected(app);
    let width = boxes_of("#side")
        .first()
        .map_or(300.0, |side| side.width() - 34.0);
    app.map_run.set(MapRunState::Running(0));
    let wanted = MapRunWanted {
        about,
        question,
        width: width.max(240.0),
        length,
    };
    worker::request(app, Request::RunMap(wanted));
}

/// Begins the runs for what is asked.
pub fn ask(app: App) {
    let question = app.map_choice.with_untracked(MapChoice::question);
    ask_for(app, question, 1);
}

/// Begins those that were made once more, for longer.
pub fn ask_longer(app: App) {
    let made = app.map_run.with_untracked(|state| match state {
        MapRunState::Done(view, _) => Some((view.question.clone(), view.length)),
        _ => None,
    });
    if let Some((question, length)) = made {
        ask_for(app, question, length.saturating_mul(LONGER));
    }
}

/// Gives them up.
pub fn stop(app: App) {
    app.map_run.set(MapRunState::Nothing);
    worker::request(app, Request::StopMapRun);
}

/// They ended since the map was changed.
pub fn ended(app: App) {
    if matches!(app.map_run.get_untracked(), MapRunState::Running(_)) {
        app.map_run.set(MapRunState::Ended);
    }
}

/// Another document is open: nothing of the one before is wanted.
pub fn document_opened(app: App) {
    app.map_run.set(MapRunState::Nothing);
    app.map_choice.set(MapChoice::default());
}
