//! What the worker answers.

use serde::{Deserialize, Serialize};

use super::comparison::Comparison;
use super::equation::EquationView;
use super::improvements::ImprovementTable;
use super::laying_over::LaidMaps;
use super::list::Table;
use super::map_run::MapRunView;
use super::report::Block;
use super::request::{LoopWindow, ReadFor, ReportKind, StepsFor, WriteFor};
use super::run::{FitColumn, FitView, RunView, SpreadView};
use super::storage_request::{StorageRequest, TextChange};
use super::story_figures::ToldFigure;
use super::stream_page::StreamPage;
use super::stream_view::StreamView;
use super::wire::{as_file, as_patch};
use crate::causal::LoopPolarity;
use crate::causal::check::Mark;
use crate::format::{OpeningReport, Positions};
use crate::model::{Delay, Document, Id, Patch};
use crate::scene::Reel;
use crate::stream::before_after::{Measured, SampleSide};

/// An answer, with the number of the document that it is about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Response {
    /// The number of the document.
    pub revision: u64,
    /// What it says.
    pub body: ResponseBody,
}

/// What an answer says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ResponseBody {
    /// The worker listens; nothing is to be sent before.
    Ready,
    /// The document here is not the page's: it must be sent whole.
    Stale,
    /// How many loops there are.
    Counts(CountWords),
    /// How the listing of loops goes.
    Listing(Listing),
    /// The shortest loops, each as its links in the order of travel.
    Shortest(Vec<Vec<Id>>),
    /// A part of the list of loops.
    Loops {
        /// Which part.
        window: LoopWindow,
        /// How many loops the list has.
        total: u64,
        /// The part; less than asked for at the end of the list.
        rows: Vec<LoopRow>,
    },
    /// A report.
    Report {
        /// Which.
        kind: ReportKind,
        /// What it was asked about.
        about: Vec<Id>,
        /// What stands on it.
        blocks: Vec<Block>,
    },
    /// The records with findings of checks that nobody has answered.
    Marks(Vec<(Id, Mark)>),
    /// How much of the arranging is done, 0 to 1.
    Arranging(f64),
    /// The patch that arranges the diagram.
    Arranged(#[serde(with = "as_patch")] Patch),
    /// A text was opened.
    Opened {
        /// Its number among those that were opened; zero for what is to be pasted.
        opening: u64,
        /// What it was called.
        name: String,
        /// The document.
        #[serde(with = "as_file")]
        document: Document,
        /// What was lost, what was read and what else is to be known.
        report: OpeningReport,
        /// Whether the text said where things stand.
        positions: Positions,
        /// What becomes of it.
        purpose: ReadFor,
    },
    /// A text was not opened.
    NotOpened {
        /// What it was called.
        name: String,
        /// Why not; further lines are for who wants to know more.
        why: String,
        /// The text, where it is to be pasted all the same.
        note: Option<String>,
    },
    /// The document, packed for a link.
    Link(String),
    /// A picture to be downloaded, as PNG.
    File {
        /// What it is to be called.
        name: String,
        /// Its bytes.
        #[serde(with = "serde_bytes")]
        content: Vec<u8>,
    },
    /// The document in another format.
    Written(Written),
    /// What an improvement does: the sentence, and the figures before and after.
    Tried(String, Table),
    /// The document compared with another.
    Compared(Comparison),
    /// The other one cannot be read, and why.
    NotCompared(String),
    /// The patch that takes over what was chosen of it.
    TakenOver(#[serde(with = "as_patch")] Patch),
    /// What is to change in the storage.
    Changes {
        /// The texts, in this order.
        changes: Vec<TextChange>,
        /// What to say then; may be empty.
        done: String,
        /// What to say where it cannot be done; may be empty.
        failed: String,
    },
    /// Something to say.
    Notice(String),
    /// A file.
    Download {
        /// What it is called.
        name: String,
        /// What is in it.
        text: String,
    },
    /// The page is to send this request with the texts that it needs.
    StorageNeeded(StorageRequest),
    /// What was asked for cannot be done, and why.
    Refused(String),
    /// A text was to be opened that is a table of measured data: its name and itself.
    IsTable(String, String),
    /// The form of a table of measured data, and what is to be kept of the choices.
    Form(Vec<Block>, String),
    /// A question about a text that was pasted or opened, with its answers.
    Asked(Vec<Block>),
    /// What the page shows of the value streams.
    Streams(StreamView),
    /// The QR code of a link, as SVG.
    QrCode(String),
    /// The improvements of a stream beside today.
    Improvements(ImprovementTable),
    /// What runs of the model give.
    Run(RunView),
    /// How many hundredths of the many runs are done.
    Spreading(u64),
    /// What many runs spread to.
    Spread(SpreadView),
    /// Why there are no many runs.
    NoSpread(String),
    /// How far it is with the search for numbers, in words.
    Fitting(String),
    /// The numbers that were found.
    Fitted(FitView),
    /// Why none were found.
    NoFit(String),
    /// What is known of the equation of a variable.
    Equation(EquationView),
    /// The columns of the tables of measurements.
    FitColumns(Vec<FitColumn>),
    /// The figures of each step of a story that has some.
    StoryFigures(Vec<(Id, Vec<ToldFigure>)>),
    /// A story that has begun by itself: its id, and the patch that adds it.
    StoryBegun(Id, #[serde(with = "as_patch")] Patch),
    /// Pictures of steps as SVG, in their order, and what becomes of them.
    StepPictures(StepsFor, Vec<String>),
    /// An archive of files.
    Archive {
        /// What it is called.
        name: String,
        /// Its bytes.
        #[serde(with = "serde_bytes")]
        content: Vec<u8>,
    },
    /// What can be said of the numbers before and after an experiment; none where there are none.
    Measured(Id, Option<Measured>),
    /// The numbers of one side of an experiment were read; why they were not, else empty.
    SampleRead(Id, SampleSide, String),
    /// An experiment has begun: its id, and the patch that adds it.
    ExperimentBegun(Id, #[serde(with = "as_patch")] Patch),
    /// How many hundredths of the runs of the map are done.
    MapRunning(u64),
    /// What comes of them.
    MapRun(MapRunView),
    /// They ended since the diagram was changed.
    MapRunEnded,
    /// A run of the map that is shown begins: whose numbers it has, and its first part.
    FilmBegins(String, Reel),
    /// The next part of it.
    Film(Reel),
    /// What keeps the map from running.
    NoFilm(Vec<Block>),
    /// What the page shows of the value streams, anew, as runs of the map have said more.
    StreamsAnew(StreamView),
    /// Maps laid over each other, or why one of them cannot be read.
    Laid(Result<LaidMaps, String>),
}

/// The document in another format.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// The key of the writer.
    pub key: String,
    /// What people call the format.
    pub name: String,
    /// How a file of it ends, without the dot.
    pub ending: String,
    /// Its media type.
    pub media_type: String,
    /// The text.
    pub text: String,
    /// What could not be carried over, in sentences.
    pub warnings: Vec<String>,
    /// What becomes of the text.
    pub purpose: WriteFor,
    /// What is printed of the value streams beside it; empty for every other purpose.
    pub streams: Vec<StreamPage>,
}

/// How far numbers can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Certainty {
    /// To the last loop.
    Exact,
    /// There are at least so many.
    AtLeast,
}

/// How many loops there are, as decimal digits: they may be more than any machine number holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountWords {
    /// All of them.
    pub total: String,
    /// Reinforcing ones.
    pub reinforcing: String,
    /// Balancing ones.
    pub balancing: String,
    /// Those with a link of unknown polarity.
    pub undetermined: String,
    /// Those with a delayed link.
    pub delayed: String,
    /// Whether that is all.
    pub certainty: Certainty,
}

/// How the listing of loops goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    /// How many are in the list.
    pub listed: u64,
    /// All loops of up to so many links are in the list.
    pub complete_to: u64,
    /// Whether it goes on.
    pub state: ListingState,
}

/// Whether the listing of loops goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ListingState {
    /// It does.
    Running,
    /// It waits.
    Paused,
    /// A person has stopped it.
    Stopped,
    /// The list has as many as there is room for.
    Full,
    /// Every loop is in the list.
    Done,
}

/// A loop of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoopRow {
    /// Its sign.
    pub polarity: LoopPolarity,
    /// Whether one of its links is delayed.
    pub delay: Delay,
    /// Its links in the order of travel.
    pub links: Vec<Id>,
}

impl Response {
    /// What the worker says first.
    #[must_use]
    pub const fn ready() -> Self {
        Self {
            revision: 0,
            body: ResponseBody::Ready,
        }
    }
}
