//! The state of the worker: the document, and the jobs that are under way.

mod opening;

use std::fmt;
use std::rc::Rc;

use super::archive::{Desk, TellTime, UniversalTime, kept_versions, run};
use super::arranging::Arranging;
use super::comparing::Other;
use super::equation::EquationTable;
use super::experiments;
use super::form::Press;
use super::improvements::{ImprovementTable, Showing};
use super::laying_over::laid_maps;
use super::listing::LoopListing;
use super::map_run::{BoundNews, BoundRuns, Clock, MapRuns};
use super::measuring::Measuring;
use super::naming::Naming;
use super::reports::{self, Asked, ReportInput, ReportJob, tried};
use super::request::{OtherText, ReadFor, ReportKind, Request};
use super::response::{Response, ResponseBody};
use super::run::{RunFor, RunJobs, RunWanted, fit_columns};
use super::step_pictures::step_pictures;
use super::storage_request::{StorageCall, StorageRequest};
use super::story_figures::story_figures;
use super::stream_view::StreamView;
use super::structure::StructureWork;
use super::writing::{Known, Wanted, nothing_to_write, written};
use crate::causal::Progress;
use crate::editor::{matters_to_streams, part_of};
use crate::format::{self, DecodeWith, archive, json};
use crate::import_data::{TimeZone, Utc};
use crate::model::{Document, Id, IdSource, Patch, isolated};
use crate::scene::{EstimatedText, MeasureText};
use crate::simulate::wasm::Engine;
use crate::simulate::{StreamFigures, stream_figures};
use crate::story::{StreamsTold, from_streams};
use crate::stream::StreamReport;
use crate::stream::before_after::measured;

/// What is said where a story of a stream is wanted and there is none.
const NO_STREAM: &str = "There is no stream to tell yet: lay two steps and a flow between them.";

/// Whether there is work left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// There is nothing to do until something is asked.
    None,
    /// [`WorkerState::advance`] goes on with it.
    Waits,
}

/// The worker. It holds a copy of the document of the page, and at most one job of each kind
/// and one for each kind of report: a new request of a kind takes the place of the one before, and
/// a change of the document ends all of them.
#[derive(Debug)]
pub struct WorkerState {
    document: Document,
    /// The number of the document; none before the first.
    revision: Option<u64>,
    ids: IdSource,
    listing: Option<LoopListing>,
    /// The reports that are wanted, the next one first.
    reports: Vec<ReportJob>,
    arranging: Option<Arranging>,
    /// The model of the document, and what is under way with it.
    runs: RunJobs,
    /// What is under way with runs of the map.
    map_runs: MapRuns,
    /// The runs of the map for what is bound to them.
    bound_runs: BoundRuns,
    /// Whose turn it is of what nobody waits for.
    turn: Turn,
    /// What variables of the model take from the value streams, once it was asked for.
    figures: Option<Rc<StreamFigures>>,
    /// Whose numbers the page shows on the map.
    showing: Showing,
    /// What is known of the equations, once it was asked for.
    equations: Option<EquationTable>,
    /// What follows from the value streams, once it was asked for.
    report: Option<StreamReport>,
    /// The document that was opened last, until the page keeps it; and how many were opened.
    opened: (Option<Document>, u64),
    /// The document that this one is compared with.
    other: Option<Other>,
    /// The table of measured data that was looked at last.
    measuring: Option<Measuring>,
    /// The names of which was asked last what they are.
    naming: Option<Naming>,
    /// The present, in seconds since 1970 UTC, as it was told last.
    now: f64,
    /// Where the person is.
    zone: Place,
    /// The backup that was opened last.
    backup: Option<String>,
    /// Decodes what there are no tables for here.
    decode: DecodeWith,
    font: Ruler,
    time: Calendar,
}

/// What goes on when nobody waits for anything else, in turn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Turn {
    /// The list of loops.
    #[default]
    Loops,
    /// The runs of the map for what is bound to them.
    Bound,
}

/// What tells times.
struct Calendar(Box<dyn TellTime>);

impl fmt::Debug for Calendar {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Calendar")
    }
}

/// The zone of time of the person.
struct Place(Box<dyn TimeZone>);

impl fmt::Debug for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Place")
    }
}

/// What measures words.
struct Ruler(Rc<dyn MeasureText>);

impl fmt::Debug for Ruler {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Ruler")
    }
}

impl Default for WorkerState {
    fn default() -> Self {
        Self::new(
            Box::new(EstimatedText),
            Box::new(UniversalTime),
            Box::new(Utc),
        )
    }
}

impl WorkerState {
    /// A worker without a document, that measures the words of its pictures and tells times so, for
    /// a person in this zone.
    #[must_use]
    pub fn new(
        font: Box<dyn MeasureText>,
        time: Box<dyn TellTime>,
        zone: Box<dyn TimeZone>,
    ) -> Self {
        Self {
            document: Document::default(),
            revision: None,
            ids: IdSource::new(0),
            listing: None,
            reports: Vec::new(),
            arranging: None,
            runs: RunJobs::default(),
            map_runs: MapRuns::default(),
            bound_runs: BoundRuns::default(),
            turn: Turn::default(),
            figures: None,
            showing: Showing::Today,
            equations: None,
            report: None,
            opened: (None, 0),
            other: None,
            measuring: None,
            naming: None,
            now: 0.0,
            zone: Place(zone),
            backup: None,
            decode: |_, _| None,
            font: Ruler(Rc::from(font)),
            time: Calendar(time),
        }
    }

    /// The same worker, which decodes with this what it has no tables for.
    #[must_use]
    pub fn decoding_with(mut self, decode: DecodeWith) -> Self {
        self.decode = decode;
        self
    }

    /// The same worker, which runs models with this where it is quicker.
    #[must_use]
    pub fn running_with(mut self, engine: Box<dyn Engine>) -> Self {
        self.runs.set_engine(Rc::from(engine));
        self
    }

    /// Hears what time it is, in seconds since 1970 UTC.
    pub const fn hear_time(&mut self, now: f64) {
        self.now = now;
    }

    /// Takes a request, and answers what can be answered at once.
    pub fn take(&mut self, request: Request) -> Vec<Response> {
        let bodies = match request {
            Request::Document {
                revision,
                seed,
                document,
            } => {
                self.ids = IdSource::new(seed);
                self.replace_document(document, revision)
            }
            Request::Keep {
                opening,
                revision,
                seed,
            } => self.keep(opening, revision, seed),
            Request::Patch { revision, patch } => self.change(revision, &patch),
            Request::Read {
                text,
                name,
                purpose,
            } => vec![self.opened(text, name, purpose)],
            Request::ReadFile {
                content,
                name,
                purpose,
            } => vec![self.opened_file(&content, name, purpose)],
            Request::Drive(drive) => match &mut self.listing {
                Some(listing) => listing.drive(drive),
                None => Vec::new(),
            },
            Request::Storage(call) => self.storage(call),
            _ if self.revision.is_none() => vec![ResponseBody::Stale],
            Request::Search => {
                let listing = LoopListing::new(&self.document);
                let bodies = listing.bodies();
                self.listing = Some(listing);
                bodies
            }
            Request::Loops(window) => {
                let listing = self
                    .listing
                    .get_or_insert_with(|| LoopListing::new(&self.document));
                listing.ask(window, &self.document);
                Vec::new()
            }
            Request::Report(kind, about) => self.begin_sheet(kind, about),
            Request::Arrange { mode, only, sizes } => {
                self.arranging = Some(Arranging::new(&self.document, mode, only, sizes));
                Vec::new()
            }
            Request::StopArranging => {
                self.arranging = None;
                Vec::new()
            }
            Request::Link => vec![ResponseBody::Link(format::link::pack(&self.document))],
            Request::Carry {
                picture,
                name,
                only,
            } => vec![self.carried(&picture, name, &only)],
            Request::Write { purpose, .. } if self.document.is_empty() => {
                vec![ResponseBody::Notice(nothing_to_write(purpose).to_owned())]
            }
            Request::Write {
                key,
                purpose,
                look,
                only,
                showing,
            } => {
                let wanted = Wanted {
                    key: &key,
                    purpose,
                    look,
                    only: &only,
                    showing: &showing,
                };
                let figures = self.figures();
                let simulated = self.bound_runs.figures(&self.document, &*self.font.0);
                let known = Known {
                    simulated: &simulated,
                    figures: &figures,
                };
                let written = written(&self.document, wanted, &*self.font.0, known);
                written.map(ResponseBody::Written).into_iter().collect()
            }
            Request::Streams(showing) => {
                self.showing = showing;
                vec![ResponseBody::Streams(self.stream_view())]
            }
            Request::Improvements { about, tried } => {
                let table = ImprovementTable::of(&self.document, &about, &tried);
                vec![ResponseBody::Improvements(table)]
            }
            Request::Run(wanted) => self.run_view(wanted, RunFor::Showing),
            Request::RunTable(wanted) => self.run_view(wanted, RunFor::Table),
            Request::Spread(wanted) => {
                let figures = self.figures();
                self.runs.spread((&self.document, &figures), wanted)
            }
            Request::StopSpread => {
                self.runs.stop_spread();
                Vec::new()
            }
            Request::Fit(wanted) => {
                let figures = self.figures();
                self.runs.fit((&self.document, &figures), wanted)
            }
            Request::Equation(id) => {
                let figures = self.figures();
                let (document, ids) = (&self.document, &mut self.ids);
                let table = self
                    .equations
                    .get_or_insert_with(|| EquationTable::of(document, &figures));
                vec![ResponseBody::Equation(table.view(document, id, ids))]
            }
            Request::FitColumns(tables) => {
                let figures = self.figures();
                let model = self.runs.opened(&self.document, &figures).ok();
                let columns = fit_columns(&self.document, model.as_deref(), &tables);
                vec![ResponseBody::FitColumns(columns)]
            }
            Request::StoryFigures(story) => {
                let simulated = self.bound_runs.figures(&self.document, &*self.font.0);
                let (document, report) = self.streams();
                let figures = story_figures(document, report, &simulated, story);
                vec![ResponseBody::StoryFigures(figures)]
            }
            Request::Measured(id) => {
                let found = self.document.experiments().get(&id);
                vec![ResponseBody::Measured(id, found.and_then(measured))]
            }
            Request::ReadSample {
                experiment,
                side,
                text,
            } => experiments::read_sample(&self.document, experiment, side, &text),
            Request::ExperimentOfImprovement { about, improvement } => {
                let (document, ids) = (&self.document, &mut self.ids);
                experiments::of_improvement(document, &about, improvement, ids)
            }
            Request::StoryOfStreams => {
                let (document, report) = self.streams();
                let draft = from_streams(document, report, StreamsTold::All);
                vec![match draft {
                    Some(draft) => {
                        let (story, patch) = draft.added(&self.document, &mut self.ids);
                        ResponseBody::StoryBegun(story, patch)
                    }
                    None => ResponseBody::Notice(NO_STREAM.to_owned()),
                }]
            }
            Request::StepPictures {
                steps,
                look,
                frame,
                purpose,
            } => {
                let simulated = self.bound_runs.figures(&self.document, &*self.font.0);
                let (document, font) = (&self.document, &*self.font.0);
                let pictures = step_pictures(document, &steps, (look, frame), font, &simulated);
                vec![ResponseBody::StepPictures(purpose, pictures)]
            }
            Request::Archive { name, files } => vec![match archive(&files) {
                Ok(content) => ResponseBody::Archive { name, content },
                Err(why) => ResponseBody::Notice(why.to_string()),
            }],
            Request::RunMap(wanted) => {
                let font = &*self.font.0;
                self.map_runs.ask(&self.document, wanted, font)
            }
            Request::StopMapRun => {
                self.map_runs.stop();
                Vec::new()
            }
            Request::Film(wanted) => {
                let font = &*self.font.0;
                self.map_runs.show(&self.document, &wanted, font)
            }
            Request::FilmOn => self.map_runs.show_on(),
            Request::StopFit => {
                self.runs.stop_fit();
                Vec::new()
            }
            Request::TryOut(station, improvement) => {
                let (document, report) = self.streams();
                let tried = tried(document, report, station, improvement);
                let bodies = tried.map(|(sentence, table)| ResponseBody::Tried(sentence, table));
                bodies.into_iter().collect()
            }
            Request::Compare(other) => self.compare(other),
            Request::LayOver(maps) => vec![ResponseBody::Laid(laid_maps(&maps, &mut self.ids))],
            Request::TakeOver(parts) => match &self.other {
                Some(other) => {
                    vec![ResponseBody::TakenOver(
                        other.taken_over(&self.document, &parts),
                    )]
                }
                None => Vec::new(),
            },
            Request::Look(table) => {
                // A text that is no table leaves the one before as it is.
                match Measuring::new(table, self.now) {
                    Ok(measuring) => {
                        let measuring = self.measuring.insert(measuring);
                        vec![measuring.form(&self.document, &*self.zone.0)]
                    }
                    Err(why) => vec![ResponseBody::Refused(why)],
                }
            }
            Request::Fill(key, value) => {
                let (document, zone) = (&self.document, &*self.zone.0);
                let measuring = self.measuring.as_mut();
                let form = measuring.map(|table| table.fill(key, value, document, zone));
                form.into_iter().collect()
            }
            Request::Press(press) => self.press(press),
            Request::QrCode(link) => {
                let code = format::qr_svg(&link).map(ResponseBody::QrCode);
                code.into_iter().collect()
            }
        };
        self.answers(bodies)
    }

    /// Works on for about `budget` steps of the job that matters most now.
    pub fn advance(&mut self, budget: u64) -> Vec<Response> {
        let bodies = if let Some(arranging) = &mut self.arranging {
            let (progress, bodies) = arranging.advance(budget, &self.document);
            if progress == Progress::Finished {
                self.arranging = None;
            }
            bodies
        } else if self.runs.has_view() {
            let font = &*self.font.0;
            self.runs.advance_view(budget, &self.document, font)
        } else if self.runs.has_long() && self.reports.is_empty() {
            let font = &*self.font.0;
            self.runs.advance_long(budget, &self.document, font)
        } else if self.map_runs.is_busy() && self.reports.is_empty() {
            let clock = Clock {
                now: self.now,
                zone: &*self.zone.0,
                words: &*self.time.0,
            };
            let font = &*self.font.0;
            self.map_runs.advance(budget, &self.document, font, &clock)
        } else if let Some(report) = self.reports.first_mut() {
            match report.advance(budget, &self.document, &mut self.ids) {
                Some(bodies) => {
                    self.reports.remove(0);
                    bodies
                }
                None => Vec::new(),
            }
        } else {
            self.advance_quietly(budget)
        };
        self.answers(bodies)
    }

    /// Works on at what nobody waits for: the list of loops and the runs of the map for what is bound
    /// to them, in turn.
    fn advance_quietly(&mut self, budget: u64) -> Vec<ResponseBody> {
        let lists = self.listing.as_ref().map(LoopListing::work) == Some(Work::Waits);
        let is_bound = self.has_bound() && (self.turn == Turn::Bound || !lists);
        self.turn = match is_bound {
            true => Turn::Loops,
            false => Turn::Bound,
        };
        if is_bound {
            let font = &*self.font.0;
            return match self.bound_runs.advance(budget, &self.document, font) {
                BoundNews::None => Vec::new(),
                BoundNews::Changed => self.tell_bound(),
            };
        }
        match &mut self.listing {
            Some(listing) => listing.advance(budget, &self.document),
            None => Vec::new(),
        }
    }

    /// Whether there is something to run for what is bound. Where the document is lost it comes again,
    /// and what was run stays until then.
    fn has_bound(&self) -> bool {
        self.revision.is_some() && self.bound_runs.is_busy()
    }

    /// Tells what has come of the runs for what is bound; the model begins anew with it.
    fn tell_bound(&mut self) -> Vec<ResponseBody> {
        let mut bodies = vec![ResponseBody::StreamsAnew(self.stream_view())];
        let before = self.figures.take();
        if before.is_none_or(|before| *before == *self.figures()) {
            return bodies;
        }
        self.equations = None;
        bodies.extend(self.begin_runs_anew());
        let reports = self.reports.iter();
        let reports = reports.filter(|report| report.kind == ReportKind::Model);
        let again: Vec<Vec<Id>> = reports.map(|report| report.about.clone()).collect();
        for about in again {
            bodies.extend(self.begin_sheet(ReportKind::Model, about));
        }
        bodies
    }

    /// Whether there is work left.
    #[must_use]
    pub fn work(&self) -> Work {
        let lists = self.listing.as_ref().map(LoopListing::work);
        let reports = !self.reports.is_empty();
        let runs = self.runs.has_view() || self.runs.has_long() || self.map_runs.is_busy();
        let runs = runs || self.has_bound();
        if self.arranging.is_some() || runs || reports || lists == Some(Work::Waits) {
            Work::Waits
        } else {
            Work::None
        }
    }

    fn answers(&mut self, mut bodies: Vec<ResponseBody>) -> Vec<Response> {
        for one in &mut bodies {
            self.remember_opened(one);
        }
        let revision = self.revision.unwrap_or(0);
        let answers = bodies.into_iter();
        answers.map(|body| Response { revision, body }).collect()
    }

    /// Numbers and names a document that was opened, and keeps a copy for [`Request::Keep`].
    fn remember_opened(&mut self, body: &mut ResponseBody) {
        if let ResponseBody::Opened {
            opening,
            name,
            document,
            purpose: ReadFor::Opening | ReadFor::Measuring,
            ..
        } = body
        {
            format::entitle(document, name);
            let (kept, count) = &mut self.opened;
            *kept = Some(document.clone());
            *count += 1;
            *opening = *count;
        }
    }

    fn keep(&mut self, opening: u64, revision: u64, seed: u64) -> Vec<ResponseBody> {
        let kept = self.opened.0.take_if(|_| self.opened.1 == opening);
        match kept {
            Some(document) => {
                self.ids = IdSource::new(seed);
                self.replace_document(document, revision)
            }
            // Another was opened meanwhile.
            None => self.lose_document(),
        }
    }

    /// The page and the worker have come apart: it sends the document whole.
    fn lose_document(&mut self) -> Vec<ResponseBody> {
        // The page asks again, once it has sent the document.
        self.runs.take_view();
        let mut bodies = self.replace_document(Document::default(), 0);
        self.revision = None;
        bodies.push(ResponseBody::Stale);
        bodies
    }

    /// The document, and what follows from its value streams.
    fn streams(&mut self) -> (&Document, &StreamReport) {
        let document = &self.document;
        let report = self
            .report
            .get_or_insert_with(|| StreamReport::of(document));
        (document, report)
    }

    /// What the page shows of the value streams.
    fn stream_view(&mut self) -> StreamView {
        let simulated = self.bound_runs.tell(&self.document, &*self.font.0);
        let showing = self.showing.clone();
        let (document, report) = self.streams();
        StreamView::of(document, report, &simulated).showing(document, &showing)
    }

    /// What variables of the model take from the value streams.
    fn figures(&mut self) -> Rc<StreamFigures> {
        if let Some(figures) = &self.figures {
            return Rc::clone(figures);
        }
        let mut bound = self.document.variables().values();
        let figures = match bound.any(|variable| variable.binding.is_some()) {
            true => {
                let simulated = self.bound_runs.figures(&self.document, &*self.font.0);
                let (document, report) = self.streams();
                stream_figures(document, report, &simulated)
            }
            false => StreamFigures::new(),
        };
        Rc::clone(self.figures.insert(Rc::new(figures)))
    }

    /// Begins a view of runs.
    fn run_view(&mut self, wanted: RunWanted, purpose: RunFor) -> Vec<ResponseBody> {
        let figures = self.figures();
        self.runs.view((&self.document, &figures), wanted, purpose)
    }

    /// Ends what is under way with the model. Whoever waits for a view of runs gets one of the model
    /// as it is now.
    fn begin_runs_anew(&mut self) -> Vec<ResponseBody> {
        let waits = self.runs.take_view();
        let mut bodies = self.runs.end();
        if let Some((wanted, purpose)) = waits {
            bodies.extend(self.run_view(wanted, purpose));
        }
        bodies
    }

    /// Takes another document; gives what is to be said of what was under way.
    fn set_document(&mut self, document: Document, revision: u64) -> Vec<ResponseBody> {
        self.document = document;
        self.revision = Some(revision);
        self.listing = None;
        self.reports.clear();
        self.arranging = None;
        self.equations = None;
        self.report = None;
        self.figures = None;
        self.bound_runs.document_changed();
        self.begin_runs_anew()
    }

    /// Takes another document, whatever it was before.
    fn replace_document(&mut self, document: Document, revision: u64) -> Vec<ResponseBody> {
        let mut ended = self.set_document(document, revision);
        ended.extend(self.map_runs.end());
        ended
    }

    fn change(&mut self, revision: u64, patch: &Patch) -> Vec<ResponseBody> {
        let in_step = self.revision.is_some_and(|now| now + 1 == revision);
        let mut document = std::mem::take(&mut self.document);
        if in_step && document.apply(patch).is_ok() {
            let mut ended = self.set_document(document, revision);
            if matters_to_streams(patch) {
                ended.extend(self.map_runs.end());
            }
            return ended;
        }
        self.lose_document()
    }

    fn begin_sheet(&mut self, kind: ReportKind, about: Vec<Id>) -> Vec<ResponseBody> {
        let figures = match kind {
            ReportKind::Model => self.figures(),
            _ => Rc::default(),
        };
        let input = ReportInput {
            document: &self.document,
            report: &mut self.report,
            figures,
            font: &*self.font.0,
            engine: self.runs.engine(),
        };
        match reports::ask(kind, &about, input) {
            Some(Asked::Made(blocks)) => vec![ResponseBody::Report {
                kind,
                about,
                blocks,
            }],
            Some(Asked::Begun(work)) => {
                self.reports.retain(|report| report.kind != kind);
                self.reports.push(ReportJob { kind, about, work });
                Vec::new()
            }
            None => Vec::new(),
        }
    }

    fn press(&mut self, press: Press) -> Vec<ResponseBody> {
        let calendar = self.document.calendar();
        let naming = self.naming.as_ref();
        let answered = naming.and_then(|naming| naming.answered(press, calendar, &mut self.ids));
        if let Some(bodies) = answered {
            self.naming = None;
            return vec![bodies];
        }
        let (document, zone) = (&self.document, &*self.zone.0);
        match &self.measuring {
            Some(table) => table.press(press, document, zone, &mut self.ids),
            None => Vec::new(),
        }
    }

    fn compare(&mut self, other: Option<OtherText>) -> Vec<ResponseBody> {
        if let Some(OtherText { name, text }) = other {
            match Other::of(&self.document, name, &text) {
                Ok(other) => self.other = Some(other),
                Err(why) => return vec![ResponseBody::NotCompared(why)],
            }
        }
        let compared = |other: &Other| other.compared(&self.document, &*self.font.0);
        let comparison = self.other.as_ref().map(compared);
        comparison.map(ResponseBody::Compared).into_iter().collect()
    }

    fn storage(&mut self, call: StorageCall) -> Vec<ResponseBody> {
        let mut desk = Desk {
            document: &self.document,
            other: &mut self.other,
            backup: &mut self.backup,
            time: &*self.time.0,
            measure: &*self.font.0,
        };
        if let StorageRequest::Structure(id) = call.request {
            let versions = kept_versions(call, id, &desk);
            let kind = ReportKind::Structure;
            let work = StructureWork::new(versions, Rc::clone(&self.font.0));
            self.reports.retain(|report| report.kind != kind);
            self.reports.push(ReportJob {
                kind,
                about: Vec::new(),
                work: Box::new(work),
            });
            return Vec::new();
        }
        run(call, &mut desk)
    }

    /// The picture with the document in it, as a file.
    fn carried(&self, picture: &[u8], name: String, only: &[Id]) -> ResponseBody {
        let text = match only {
            [] => json::write(&self.document),
            only => json::write(&part_of(&self.document, only)),
        };
        match format::png::with_text(picture, &text) {
            Ok(content) => ResponseBody::File { name, content },
            Err(error) => {
                ResponseBody::Refused(format!("{} was not exported: {error}.", isolated(&name)))
            }
        }
    }
}
