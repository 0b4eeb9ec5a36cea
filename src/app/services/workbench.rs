//! The web worker with the workbench: started when it is first needed, told of every change.

use gloo::timers::callback::Timeout;
use js_sys::{Array, Uint8Array};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{ErrorEvent, File, MessageEvent, Worker};

use crate::app::browser::{meta, random_bits, window};
use crate::app::components::toast::Tone;
use crate::app::services::files::{download_png, download_text};
use crate::app::state::{App, ArrangingFor, Dialog, Side, Tab};
use crate::causal::{Completeness, LoopCounts, Progress};
use crate::editor::{Command, Event};
use crate::format::Positions;
use crate::layout::Arrange;
use crate::model::{Document, Patch, isolated};
use crate::workbench::{
    Answer, Block, Certainty, CountWords, Drive, News, ReadFor, Request, SheetKind, TableText,
    decode, encode,
};

/// How long the diagram must be quiet before what is shown of it is asked for anew, in
/// milliseconds.
const QUIET: u32 = 160;

/// The worker, and what it knows.
#[derive(Default)]
pub struct Port {
    state: PortState,
    /// The number of the document on the page: it grows with every change.
    revision: u64,
    /// The number of the document in the worker.
    sent: Option<u64>,
    /// What waits until the worker listens, with the file that goes with it.
    queue: Vec<(Request, Option<File>)>,
    /// Rings when the diagram has been quiet.
    quiet: Option<Timeout>,
}

/// How the worker stands.
#[derive(Default)]
enum PortState {
    /// It was not needed yet.
    #[default]
    None,
    /// It is on its way.
    Starting(Worker),
    /// It listens.
    Ready(Worker),
    /// It cannot be had; a person was told.
    Failed,
}

impl App {
    /// Asks the workbench for something about the document as it is.
    pub fn ask(self, request: Request) {
        self.ask_with(request, None);
    }

    /// Asks for something about a file.
    pub fn ask_with(self, request: Request, file: Option<File>) {
        // What is pasted may belong to what is there.
        let is_pasted =
            matches!(&request, Request::Read { purpose, .. } if *purpose == ReadFor::Pasting);
        let is_read = matches!(request, Request::Read { .. } | Request::ReadFile { .. });
        let about_document = is_pasted || !(is_read || matches!(request, Request::Drive(_)));
        let whole = self.change(|core| {
            let port = &mut core.port;
            if matches!(port.state, PortState::Failed) {
                return None;
            }
            let stale = about_document && port.sent != Some(port.revision);
            if stale {
                port.sent = Some(port.revision);
            }
            Some(stale.then_some(port.revision))
        });
        let Some(whole) = whole else {
            self.do_without(&request, file);
            return;
        };
        self.start_workbench();
        if let Some(revision) = whole {
            let document = Request::Document {
                revision,
                seed: random_bits(),
                document: self.with(|core| core.editor.committed_document()),
            };
            self.post(document, None);
        }
        self.post(request, file);
    }

    /// Where the workbench cannot be had, the page opens files of our own, and says so of all else.
    fn do_without(self, request: &Request, file: Option<File>) {
        match (request, file) {
            (
                Request::ReadFile {
                    purpose: ReadFor::Opening,
                    ..
                },
                Some(file),
            ) => self.open_alone(file),
            _ => self.tell_unavailable(),
        }
    }

    /// Notes that the document has changed, by this patch if it is known.
    pub fn document_moved(self, patch: Option<&Patch>) {
        let request = self.change(|core| {
            let port = &mut core.port;
            let in_step = port.sent == Some(port.revision);
            port.revision += 1;
            let patch = patch.filter(|_| in_step)?;
            port.sent = Some(port.revision);
            Some(Request::Patch {
                revision: port.revision,
                patch: patch.clone(),
            })
        });
        if let Some(request) = request {
            self.post(request, None);
        }
        self.break_promise();
        // What is being arranged is no longer there.
        if self.arranging.get_untracked().is_some() {
            self.arranging.set(None);
        }
        if self.counts.get_untracked().is_some() {
            self.counts.set(None);
        }
        if self.listing.get_untracked().is_some() {
            self.listing.set(None);
        }
        if self.window.get_untracked().is_some() {
            self.window.set(None);
        }
        self.look_again_soon();
    }

    /// Asks anew for what is shown, once the diagram has been quiet.
    pub fn look_again_soon(self) {
        let timer = Timeout::new(QUIET, move || self.look_again());
        self.change(|core| core.port.quiet = Some(timer));
    }

    /// Asks for what is shown.
    fn look_again(self) {
        if self.with(|core| core.editor.search_progress() == Progress::Unfinished)
            && self.listing.get_untracked().is_none()
        {
            self.ask(Request::Search);
        }
        let any_links = self.with(|core| !core.editor.document().links().is_empty());
        let shown = self.side.get_untracked() == Side::Loops;
        let sheet = shown.then(|| self.shown_sheet()).flatten();
        if let Some((kind, about)) = sheet {
            self.ask(Request::Sheet(kind, about));
        }
        for kind in self.parts.get_untracked() {
            self.ask_part(kind);
        }
        let is_checks = matches!(sheet_kind(self), Some(SheetKind::Checks)) && shown;
        if any_links && self.marks.get_untracked() && !is_checks {
            self.ask(Request::Sheet(SheetKind::Checks, Vec::new()));
        } else if !any_links {
            self.change(|core| core.editor.set_findings(Vec::new()));
        }
    }

    /// The sheet of this kind, if it is there; who reads it here follows it.
    pub fn sheet(self, kind: SheetKind) -> Option<Vec<Block>> {
        let sheets = self.sheets.get().into_iter();
        let mut found = sheets.filter(|(shown, _)| *shown == kind);
        found.next().map(|(_, blocks)| blocks)
    }

    /// Opens a sheet of the stream: it is asked for again whenever the map changes.
    pub fn open_part(self, kind: SheetKind) {
        self.parts.update(|parts| parts.push(kind));
    }

    /// Asks for a sheet of the stream of what is selected.
    pub fn ask_part(self, kind: SheetKind) {
        if !self.ask_about_storage(kind) {
            self.ask(Request::Sheet(kind, self.stream_selected()));
        }
    }

    /// A station of the stream of what is selected; none where that is the main one.
    pub fn stream_selected(self) -> Vec<crate::model::Id> {
        self.with(|core| {
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
    pub fn close_part(self, kind: SheetKind) {
        self.parts
            .update(|parts| parts.retain(|other| *other != kind));
        self.sheets
            .update(|sheets| sheets.retain(|(other, _)| *other != kind));
    }

    /// The sheet that the panel shows, and what it is about.
    fn shown_sheet(self) -> Option<(SheetKind, Vec<crate::model::Id>)> {
        let kind = sheet_kind(self)?;
        let about = match kind {
            SheetKind::Trace => self.trace.get_untracked(),
            _ => Vec::new(),
        };
        Some((kind, about))
    }

    fn start_workbench(self) {
        if self.with(|core| !matches!(core.port.state, PortState::None)) {
            return;
        }
        let Some(worker) = script().and_then(|script| Worker::new(&script).ok()) else {
            self.workbench_failed();
            return;
        };
        // A worker lives as long as the page, and so do what listens to it.
        let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let bytes = event.data().dyn_into::<Uint8Array>();
            let answer = bytes.ok().and_then(|bytes| decode(&bytes.to_vec()).ok());
            if let Some(answer) = answer {
                self.heard(answer);
            }
        });
        worker.set_onmessage(Some(hear.into_js_value().unchecked_ref()));
        let failed = Closure::<dyn FnMut(ErrorEvent)>::new(move |_| self.workbench_failed());
        worker.set_onerror(Some(failed.into_js_value().unchecked_ref()));
        self.change(|core| core.port.state = PortState::Starting(worker));
    }

    fn workbench_failed(self) {
        let queue = self.change(|core| {
            core.port.state = PortState::Failed;
            std::mem::take(&mut core.port.queue)
        });
        self.break_promise();
        self.arranging.set(None);
        let (files, others): (Vec<_>, Vec<_>) =
            queue.into_iter().partition(|(_, file)| file.is_some());
        if files.is_empty() || !others.is_empty() {
            self.tell_unavailable();
        }
        for (request, file) in files {
            self.do_without(&request, file);
        }
    }

    /// Says that the workbench cannot be had; in the frame of another page nothing is asked of it.
    pub fn tell_unavailable(self) {
        if self.page != crate::app::services::address::Page::Embed {
            self.show(UNAVAILABLE, Tone::Trouble, None);
        }
    }

    /// Sends a request with its file, or keeps it until the worker listens.
    fn post(self, request: Request, file: Option<File>) {
        self.change(|core| match &core.port.state {
            PortState::Ready(worker) => send(worker, &request, file.as_ref()),
            PortState::Starting(_) | PortState::None => core.port.queue.push((request, file)),
            PortState::Failed => {}
        });
    }

    /// Takes an answer.
    fn heard(self, answer: Answer) {
        let is_now = self.with(|core| core.port.revision == answer.revision);
        match answer.news {
            News::Ready => self.change(|core| {
                let port = &mut core.port;
                if let PortState::Starting(worker) = std::mem::take(&mut port.state) {
                    for (request, file) in port.queue.drain(..) {
                        send(&worker, &request, file.as_ref());
                    }
                    port.state = PortState::Ready(worker);
                }
            }),
            News::Stale => {
                self.break_promise();
                self.change(|core| core.port.sent = None);
                self.look_again_soon();
            }
            News::Opened {
                opening,
                name,
                document,
                report,
                positions,
                purpose,
            } => {
                self.close_names();
                let opened = OpenedText {
                    opening,
                    name: &name,
                    document,
                    positions,
                    purpose,
                };
                if self.take_opened(opened, &report.losses) && !report.is_empty() {
                    self.tell_opened(report);
                }
            }
            News::NotOpened {
                note: Some(text), ..
            } => {
                self.close_names();
                self.paste_note(&text);
            }
            News::NotOpened { name, why, .. } => {
                let mut lines = why.split('\n');
                let why = lines.next().unwrap_or_default();
                let words = match name.as_str() {
                    "" => format!("Nothing was pasted: {why}."),
                    name => format!("{} was not opened: {why}.", isolated(name)),
                };
                let details = lines.map(str::to_owned).collect();
                self.tell_details(words, details, Tone::Trouble, None);
            }
            News::Changes {
                changes,
                done,
                failed,
            } => self.change_storage(changes, &done, &failed),
            News::Told(words) => self.show(words, Tone::News, None),
            News::Download { name, text } => download_text(&name, &text, "text/plain"),
            News::Wanted(errand) => self.errand(errand),
            News::Refused(why) => {
                self.break_promise();
                self.arranging.set(None);
                self.show(why, Tone::Trouble, None);
            }
            News::File { name, content } => {
                download_png(&name, &content);
                self.show(format!("Exported {}.", isolated(&name)), Tone::News, None);
            }
            News::IsTable(name, text) => self.look_at(name, text),
            News::Form(blocks, memory) => {
                if !memory.is_empty() {
                    crate::app::services::local::keep_mapping(&memory);
                }
                // Without blocks, the person goes back to where a table is asked for.
                self.form
                    .set(Some(blocks).filter(|blocks| !blocks.is_empty()));
            }
            News::Asked(blocks) => {
                self.form.set(Some(blocks));
                self.dialog.set(Some(Dialog::Names));
            }
            // What is about a diagram of before is out of date.
            _ if !is_now => {}
            News::Counts(counts) => self.counts.set(Some(counts)),
            News::Listing(listing) => self.listing.set(Some(listing)),
            News::Shortest(loops) => {
                let counts = self.counts.get_untracked();
                let listing = self.listing.get_untracked();
                let before = self.with(|core| core.editor.versions());
                let (counts, completeness) = known(counts.as_ref());
                self.change(|core| {
                    let measure = core.measure.clone();
                    core.editor
                        .take_loops(counts, completeness, &loops, &*measure);
                });
                self.tell(before);
                // Telling of the loops forgets nothing of how the listing goes.
                self.listing.set(listing);
            }
            News::Loops {
                window,
                total,
                rows,
            } => self.window.set(Some((window, total, rows))),
            News::Sheet {
                kind,
                about,
                blocks,
            } => {
                let parts = self.parts.get_untracked();
                let is_part = parts.contains(&kind);
                if is_part || self.shown_sheet() == Some((kind, about)) {
                    self.sheets.update(|sheets| {
                        // Those of the stream stand together, of the others one.
                        sheets.retain(|(other, _)| *other != kind && parts.contains(other));
                        sheets.push((kind, blocks));
                    });
                }
            }
            News::Marks(marks) => {
                let shown = self.marks.get_untracked();
                self.change(|core| {
                    core.editor
                        .set_findings(if shown { marks } else { Vec::new() });
                });
                self.request_frame();
            }
            // What was given up meanwhile is not taken up again.
            News::Arranging(_) | News::Arranged(_) if self.arranging.get_untracked().is_none() => {}
            News::Arranging(share) => self.arranging.set(Some((share * 100.0) as u64)),
            News::Arranged(patch) => {
                self.arranging.set(None);
                self.slide(patch);
            }
            News::Tried(sentence, table) => self.tried.set(Some((sentence, table))),
            News::Compared(comparison) => self.comparison.set(Some(Ok(comparison))),
            News::NotCompared(why) => self.comparison.set(Some(Err(why))),
            News::TakenOver(patch) => {
                if self.dialog.get_untracked() == Some(Dialog::Measured) {
                    self.dialog.set(None);
                }
                self.dispatch(Event::Do(Command::Apply(patch)));
            }
            News::Link(packed) => self.link.set(Some(packed)),
            News::Written(written) => self.take_written(written),
        }
    }

    /// Has the workbench keep the document that it has opened and that is shown as it is.
    fn keep_opened(self, opening: u64) {
        let seed = random_bits();
        let request = self.change(|core| {
            let port = &mut core.port;
            let revision = port.revision;
            let unknown = port.sent != Some(revision);
            port.sent = Some(revision);
            unknown.then_some(Request::Keep {
                opening,
                revision,
                seed,
            })
        });
        if let Some(request) = request {
            self.post(request, None);
        }
    }

    /// Closes the question about names, once it is answered.
    fn close_names(self) {
        if self.dialog.get_untracked() == Some(Dialog::Names) {
            self.dialog.set(None);
        }
    }

    /// Shows a table of measured data, to be mapped.
    pub fn look_at(self, name: String, text: String) {
        self.dialog.set(Some(Dialog::Measured));
        self.ask(Request::Look(TableText {
            name,
            text,
            memory: crate::app::services::local::mapping(),
        }));
    }

    /// Pauses the listing of loops, lets it go on, or stops it.
    pub fn drive_search(self, drive: Drive) {
        self.ask(Request::Drive(drive));
    }

    /// Opens or pastes a document that the workbench has read; whether it is there.
    fn take_opened(self, opened: OpenedText<'_>, losses: &[String]) -> bool {
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
                if !self.show_opened(document, name, losses) {
                    return false;
                }
                if self.with(|core| *core.editor.document() == as_opened) {
                    self.keep_opened(opening);
                }
                ArrangingFor::Opening
            }
            // What is pasted is selected, and so it alone is arranged.
            ReadFor::Pasting => {
                self.paste_part(document);
                ArrangingFor::Pasting
            }
        };
        if positions == Positions::Missing {
            self.arrange(Arrange::Afresh, arranging_for);
        }
        true
    }
}

/// A text that the workbench has read.
struct OpenedText<'t> {
    opening: u64,
    name: &'t str,
    document: Document,
    positions: Positions,
    purpose: ReadFor,
}

const UNAVAILABLE: &str = "The part of Loopstream that analyses could not be loaded. All else goes \
                           on; reload the page to try again.";

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

/// Where the script of the worker is: the page says it.
fn script() -> Option<String> {
    let base = window().document()?.base_uri().ok().flatten()?;
    let url = web_sys::Url::new_with_base(&meta("workbench")?, &base).ok()?;
    Some(url.href())
}

/// Sends a message: its bytes, and the file that goes with it.
fn send(worker: &Worker, request: &Request, file: Option<&File>) {
    let Ok(bytes) = encode(request) else {
        return;
    };
    let bytes = Uint8Array::from(bytes.as_slice());
    let handed_over = Array::of1(&bytes.buffer());
    let message = Array::of1(&bytes);
    if let Some(file) = file {
        message.push(file);
    }
    // Fails only for what cannot be handed over; this buffer is new.
    let _ = worker.post_message_with_transfer(&message, &handed_over);
}
