//! What the worker answers, brought to where it belongs.

use leptos::prelude::*;
use web_sys::File;

use super::{dispatch, publish};
use crate::app::browser::files::{download_png, download_text};
use crate::app::browser::storage::{LocalStorage, keep_mapping};
use crate::app::services::{
    arrange, clipboard, equation, experiments, export, files, frame, map_run, notify, reports, run,
    step_pictures, storage, stories, streams, worker,
};
use crate::app::state::{
    App, ArrangingFor, Dialog, FitState, MapRunState, Page, SpreadState, Tone,
};
use crate::causal::{Completeness, LoopCounts};
use crate::editor::{Command, Event, WatchInput};
use crate::format::Positions;
use crate::layout::Arrange;
use crate::model::{Document, isolated};
use crate::store::{KeyValue, text_checksum};
use crate::worker::{Certainty, CountWords, ReadFor, Request, Response, ResponseBody, TextChange};

const UNAVAILABLE: &str = "The part of Loopstream that analyses could not be loaded. Everything \
                           else works; reload the page to try again.";

/// Takes requests back that the worker cannot get. The page opens files of our own itself, and says
/// of all else that it cannot be had; in the frame of another page nothing is asked of the worker.
pub fn take_back(app: App, requests: Vec<(Request, Option<File>)>) {
    clipboard::break_promise(app);
    app.arranging.set(None);
    map_run::lost(app);
    let (files, others): (Vec<_>, Vec<_>) = requests.into_iter().partition(|(request, file)| {
        let opening = ReadFor::Opening;
        file.is_some()
            && matches!(request, Request::ReadFile { purpose, .. } if *purpose == opening)
    });
    if files.is_empty() || !others.is_empty() {
        show_unavailable(app);
    }
    for file in files.into_iter().filter_map(|(_, file)| file) {
        files::open_alone(app, file, show_unavailable);
    }
}

fn show_unavailable(app: App) {
    if app.page != Page::Embed {
        notify::show(app, UNAVAILABLE, Tone::Trouble, None);
    }
}

/// Takes an answer.
pub fn handle(app: App, response: Response) {
    let is_now = app.with(|core| core.port.revision == response.revision);
    match response.body {
        ResponseBody::Ready => worker::ready(app),
        ResponseBody::Stale => {
            clipboard::break_promise(app);
            app.change(|core| core.port.sent = None);
            streams::ask_again(app);
            run::ask_again(app);
            equation::ask_again(app);
            reports::refresh_soon(app);
            map_run::lost(app);
        }
        ResponseBody::Opened {
            opening,
            name,
            document,
            report,
            positions,
            purpose,
        } => {
            close_names(app);
            let opened = OpenedText {
                opening,
                name: &name,
                document,
                positions,
                purpose,
            };
            if take_opened(app, opened, &report.losses) && !report.is_empty() {
                notify::show_opening(app, report);
            }
        }
        ResponseBody::NotOpened {
            note: Some(text), ..
        } => {
            // Who was asked already has chosen the note.
            match close_names(app) {
                true => clipboard::paste_note(app, &text),
                false => clipboard::paste_lines(app, &text),
            }
        }
        ResponseBody::NotOpened { name, why, .. } => {
            let mut lines = why.split('\n');
            let why = lines.next().unwrap_or_default();
            let words = match name.as_str() {
                "" => format!("Nothing was pasted: {why}."),
                name => format!("{} was not opened: {why}.", isolated(name)),
            };
            let details = lines.map(str::to_owned).collect();
            notify::show_details(app, words, details, Tone::Trouble, None);
        }
        ResponseBody::Changes {
            changes,
            done,
            failed,
        } => change_storage(app, changes, &done, &failed),
        ResponseBody::Notice(words) => notify::show(app, words, Tone::Info, None),
        ResponseBody::Download { name, text } => download_text(&name, &text, "text/plain"),
        ResponseBody::StorageNeeded(request) => storage::request(app, request),
        ResponseBody::Refused(why) => {
            clipboard::break_promise(app);
            app.arranging.set(None);
            notify::show(app, why, Tone::Trouble, None);
        }
        ResponseBody::File { name, content } => {
            download_png(&name, &content);
            notify::show(
                app,
                format!("Exported {}.", isolated(&name)),
                Tone::Info,
                None,
            );
        }
        ResponseBody::IsTable(name, text) => files::read_table(app, name, text),
        ResponseBody::Form(blocks, memory) => {
            if !memory.is_empty() {
                keep_mapping(&memory);
            }
            // Without blocks, the person goes back to where a table is asked for.
            let is_read = !blocks.is_empty();
            app.form.set(Some(blocks).filter(|_| is_read));
            if is_read {
                experiments::ask_for_lead_times(app);
            }
        }
        ResponseBody::Asked(blocks) => {
            app.form.set(Some(blocks));
            app.dialog.set(Some(Dialog::Names));
        }
        ResponseBody::Streams(view) => streams::take(app, response.revision, view),
        ResponseBody::StreamsAnew(view) => {
            streams::take_anew(app, response.revision, view);
            // The model may take figures from it.
            run::refresh(app);
            equation::refresh(app);
        }
        ResponseBody::Run(view) => run::take(app, response.revision, view),
        ResponseBody::Equation(view) => equation::take(app, response.revision, view),
        ResponseBody::Film(reel) => dispatch(app, Event::Watch(WatchInput::More(reel))),
        ResponseBody::MapRunEnded => map_run::ended(app),
        ResponseBody::MapRun(_) | ResponseBody::MapRunning(_) if !is_now => {
            // What changed meanwhile may have been where something stands: then it goes on.
            if let ResponseBody::MapRun(_) = response.body {
                map_run::ended(app);
            }
        }
        // What was typed is not lost with the answer.
        ResponseBody::SampleRead(id, side, _) if !is_now => {
            experiments::read_sample_again(app, id, side);
        }
        // What is about a diagram of before is out of date.
        _ if !is_now => {}
        ResponseBody::Counts(counts) => app.counts.set(Some(counts)),
        ResponseBody::Listing(listing) => app.listing.set(Some(listing)),
        ResponseBody::Shortest(loops) => {
            let counts = app.counts.get_untracked();
            let listing = app.listing.get_untracked();
            let before = app.with(|core| core.editor.versions());
            let (counts, completeness) = known(counts.as_ref());
            app.change(|core| {
                let measure = core.measure.clone();
                core.editor
                    .take_loops(counts, completeness, &loops, &*measure);
            });
            publish(app, before);
            // Telling of the loops forgets nothing of how the listing goes.
            app.listing.set(listing);
        }
        ResponseBody::Loops {
            window,
            total,
            rows,
        } => app.window.set(Some((window, total, rows))),
        ResponseBody::Report {
            kind,
            about,
            blocks,
        } => {
            let parts = app.parts.get_untracked();
            let is_part = parts.contains(&kind);
            let shown = reports::shown_report(app);
            let shown_kind = shown.as_ref().map(|(shown, _)| *shown);
            if is_part || shown == Some((kind, about)) {
                app.reports.update(|reports| {
                    // Beside the parts stands the one that the panel of the loops shows.
                    let stays = |other| parts.contains(&other) || shown_kind == Some(other);
                    reports.retain(|(other, _)| *other != kind && stays(*other));
                    reports.push((kind, blocks));
                });
            }
        }
        ResponseBody::Marks(marks) => {
            let shown = app.marks.get_untracked();
            app.change(|core| {
                core.editor
                    .set_findings(if shown { marks } else { Vec::new() });
            });
            frame::request(app);
        }
        // What was given up meanwhile is not taken up again.
        ResponseBody::Arranging(_) | ResponseBody::Arranged(_)
            if app.arranging.get_untracked().is_none() => {}
        ResponseBody::Arranging(share) => app.arranging.set(Some((share * 100.0) as u64)),
        ResponseBody::Arranged(patch) => {
            app.arranging.set(None);
            arrange::animate(app, patch);
        }
        // The same for many runs and for a search.
        ResponseBody::Spreading(_) | ResponseBody::Spread(_) | ResponseBody::NoSpread(_)
            if app.spread.get_untracked() == SpreadState::Nothing => {}
        ResponseBody::Fitting(_) | ResponseBody::Fitted(_) | ResponseBody::NoFit(_)
            if app.fit.get_untracked() == FitState::Nothing => {}
        ResponseBody::FilmBegins(name, reel) => map_run::show(app, reel, name),
        ResponseBody::NoFilm(blocks) => map_run::refuse(app, blocks),
        ResponseBody::MapRunning(_) | ResponseBody::MapRun(_)
            if app.map_run.get_untracked() == MapRunState::Nothing => {}
        ResponseBody::MapRunning(share) => app.map_run.set(MapRunState::Running(share)),
        ResponseBody::MapRun(view) => map_run::take(app, view),
        ResponseBody::Spreading(share) => app.spread.set(SpreadState::Running(share)),
        ResponseBody::Spread(view) => app.spread.set(SpreadState::Done(view)),
        ResponseBody::Fitting(words) => app.fit.set(FitState::Running(words)),
        ResponseBody::Fitted(view) => app.fit.set(FitState::Done(view)),
        ResponseBody::NoFit(why) => app.fit.set(FitState::Refused(why)),
        ResponseBody::FitColumns(columns) => {
            app.measured.update(|measured| measured.columns = columns);
        }
        ResponseBody::NoSpread(why) => app.spread.set(SpreadState::Refused(why)),
        ResponseBody::Tried(sentence, table) => app.tried.set(Some((sentence, table))),
        ResponseBody::Improvements(table) => app.improvements.set(table),
        ResponseBody::StoryFigures(figures) => app.story_figures.set(figures),
        ResponseBody::Compared(comparison) => app.comparison.set(Some(Ok(comparison))),
        ResponseBody::Laid(laid) => app.laid.set(Some(laid)),
        ResponseBody::NotCompared(why) => app.comparison.set(Some(Err(why))),
        ResponseBody::TakenOver(patch) => {
            if app.dialog.get_untracked() == Some(Dialog::Measured) {
                app.dialog.set(None);
            }
            dispatch(app, Event::Do(Command::Apply(patch)));
        }
        ResponseBody::StepPictures(purpose, pictures) => {
            step_pictures::take(app, purpose, pictures);
        }
        ResponseBody::Archive { name, content } => {
            step_pictures::take_archive(app, &name, &content);
        }
        ResponseBody::Measured(id, said) => {
            app.before_after.update(|all| {
                all.insert(id, said);
            });
        }
        ResponseBody::SampleRead(id, side, why) => experiments::sample_read(app, id, side, why),
        ResponseBody::ExperimentBegun(id, patch) => experiments::take_begun(app, id, patch),
        ResponseBody::StoryBegun(story, patch) => stories::take_begun(app, story, patch),
        ResponseBody::Link(packed) => app.link.set(Some(packed)),
        ResponseBody::QrCode(svg) => app.qr_code.set(Some(svg)),
        ResponseBody::Written(written) => export::take_written(app, written),
    }
}

/// Closes the question about names, once it is answered.
fn close_names(app: App) -> bool {
    let was_open = app.dialog.get_untracked() == Some(Dialog::Names);
    if was_open {
        app.dialog.set(None);
    }
    was_open
}

/// Opens or pastes a document that the worker has read; whether it is there.
fn take_opened(app: App, opened: OpenedText<'_>, losses: &[String]) -> bool {
    let OpenedText {
        opening,
        name,
        document,
        positions,
        purpose,
    } = opened;
    let arranging_for = match purpose {
        ReadFor::Opening | ReadFor::Measuring => {
            let as_opened = document.clone();
            if !files::show_opened(app, document, name, losses) {
                return false;
            }
            if app.with(|core| *core.editor.document() == as_opened) {
                worker::keep_opened(app, opening);
            }
            ArrangingFor::Opening
        }
        // What is pasted is selected, and so it alone is arranged.
        ReadFor::Pasting => {
            clipboard::paste_part(app, document);
            ArrangingFor::Pasting
        }
    };
    if positions == Positions::Missing {
        arrange::start(app, Arrange::Afresh, arranging_for);
    }
    true
}

/// A text that the worker has read.
struct OpenedText<'t> {
    opening: u64,
    name: &'t str,
    document: Document,
    positions: Positions,
    purpose: ReadFor,
}

/// The numbers as the report of loops has them: those beyond 64 bits stop at the greatest.
fn known(counts: Option<&CountWords>) -> (LoopCounts, Completeness) {
    let number = |digits: &str| digits.parse().unwrap_or(u64::MAX);
    let Some(counts) = counts else {
        return (LoopCounts::default(), Completeness::SoFar);
    };
    let numbers = LoopCounts {
        reinforcing: number(&counts.reinforcing),
        balancing: number(&counts.balancing),
        undetermined: number(&counts.undetermined),
        delayed: number(&counts.delayed),
    };
    let completeness = match counts.certainty {
        Certainty::AtLeast => Completeness::SoFar,
        Certainty::Exact if numbers.total() == u64::MAX => Completeness::Saturated,
        Certainty::Exact => Completeness::Exact,
    };
    (numbers, completeness)
}

/// Makes changes that the worker has worked out, where the texts still are what it saw.
fn change_storage(app: App, changes: Vec<TextChange>, done: &str, failed: &str) {
    let made = changes.into_iter().all(|change| {
        let now = LocalStorage.get(&change.key).ok().flatten();
        now.map(|text| text_checksum(&text)) == change.before
            && match change.after {
                Some(text) => LocalStorage.set(&change.key, &text),
                None => LocalStorage.remove(&change.key),
            }
            .is_ok()
    });
    let (words, tone) = match made {
        true => (done, Tone::Info),
        false => (failed, Tone::Trouble),
    };
    if !words.is_empty() {
        notify::show(app, words, tone, None);
        app.document.update(|version| *version += 1);
        reports::refresh_soon(app);
    }
}
