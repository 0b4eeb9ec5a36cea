//! Runs of the value-stream map: asked of the worker, shown on the canvas.

use leptos::prelude::*;

use crate::app::browser::boxes_of;
use crate::app::services::{notify, reports, worker};
use crate::app::state::{App, MapChoice, MapRunState, Side};
use crate::editor::{Event, WatchInput};
use crate::scene::Reel;
use crate::worker::{Block, FilmWanted, MapRunWanted, Request};

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

/// The map cannot run: the panel says what is missing.
pub fn refuse(app: App, blocks: Vec<Block>) {
    app.map_run.set(MapRunState::Refused(blocks));
    app.side.set(Some(Side::Run));
    notify::announce(app, "The map cannot run yet".to_owned());
}

/// Asks for the next part of the run that is shown.
pub fn show_on(app: App) {
    worker::request(app, Request::FilmOn);
    app.send(Event::Watch(WatchInput::Asked));
}

/// Begins the runs for what is asked, so many times as long as usual.
fn ask_for(app: App, length: u32) {
    let about = reports::stream_selected(app);
    let question = app.map_choice.with_untracked(MapChoice::question);
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
    ask_for(app, 1);
}

/// Begins them once more, for longer.
pub fn ask_longer(app: App) {
    ask_for(app, LONGER);
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
