//! What the page asks of the worker.

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

use super::form::Press;
use super::improvements::Showing;
use super::map_run::{FilmWanted, MapRunWanted};
use super::run::{FitWanted, RunWanted, SpreadWanted};
use super::storage_request::StorageCall;
use super::wire::{as_file, as_patch, as_records};
use crate::causal::LoopOrder;
use crate::compare::Part;
use crate::format::StepFrame;
use crate::layout::Arrange;
use crate::model::{Document, Id, Patch, StoryStep, Vector};
use crate::scene::PictureLook;
use crate::stream::Lever;
use crate::stream::before_after::SampleSide;

/// Something the page asks for. It is answered for the document that was sent before it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Request {
    /// Take this document; the seed is for ids of records that answers may make.
    Document {
        /// Its number: the answers say it, so that the page can tell what is out of date.
        revision: u64,
        /// Entropy.
        seed: u64,
        /// The document.
        #[serde(with = "as_file")]
        document: Document,
    },
    /// Take the document that was opened last as the one of the page.
    Keep {
        /// Its number among those that were opened.
        opening: u64,
        /// The number of the document.
        revision: u64,
        /// Entropy, as above.
        seed: u64,
    },
    /// Change the document by this patch.
    Patch {
        /// The number of the document that comes out.
        revision: u64,
        /// The patch.
        #[serde(with = "as_patch")]
        patch: Patch,
    },
    /// Count the loops, list the shortest, and tell how it goes.
    Search,
    /// What to do with the search under way.
    Drive(Drive),
    /// A part of the list of loops.
    Loops(LoopWindow),
    /// A report, and whatever it is about.
    Report(ReportKind, Vec<Id>),
    /// Arrange the diagram.
    Arrange {
        /// How.
        mode: Arrange,
        /// What is to move; empty for everything.
        only: Vec<Id>,
        /// The size of everything that stands by itself, in world units.
        sizes: Vec<(Id, Vector)>,
    },
    /// Give up arranging.
    StopArranging,
    /// Open a text of any format.
    Read {
        /// The text.
        text: String,
        /// What it is called.
        name: String,
        /// What becomes of it.
        purpose: ReadFor,
    },
    /// Open a file of any kind, such as a picture.
    ReadFile {
        /// Its bytes; none from the page, which sends the file itself beside the message.
        #[serde(with = "serde_bytes")]
        content: Vec<u8>,
        /// What it is called.
        name: String,
        /// What becomes of it.
        purpose: ReadFor,
    },
    /// Pack the document for a link.
    Link,
    /// Put the document into a picture of it.
    Carry {
        /// The bytes of the PNG.
        #[serde(with = "serde_bytes")]
        picture: Vec<u8>,
        /// What the file is to be called.
        name: String,
        /// The records that are in the picture; empty for the whole document.
        only: Vec<Id>,
    },
    /// Write the document in another format.
    Write {
        /// The key of its writer.
        key: String,
        /// What becomes of the text.
        purpose: WriteFor,
        /// How a picture looks.
        look: PictureLook,
        /// The records that are to be written; empty for the whole document.
        only: Vec<Id>,
        /// What a picture shows: today, or an improvement.
        showing: Showing,
    },
    /// What an improvement of a step of the main stream would do.
    TryOut(Id, Lever),
    /// Compare the document with another one, or once more with the one of before.
    Compare(Option<OtherText>),
    /// The patch that takes over these parts of the other one.
    TakeOver(Vec<Part>),
    /// PictureLook at a table of measured data.
    Look(TableText),
    /// What a person has chosen in the form, by the key of the field.
    Fill(String, String),
    /// A button of the form is pressed.
    Press(Press),
    /// A request to the storage.
    Storage(StorageCall),
    /// What the page shows of the value streams; on the canvas as an improvement makes them.
    Streams(Showing),
    /// The improvements of the stream of these records, and the one that is being tried, beside
    /// today.
    Improvements {
        /// Stations or flows of the stream; empty for the main one.
        about: Vec<Id>,
        /// What is being tried; today for nothing.
        tried: Showing,
    },
    /// Draw the QR code of a link.
    QrCode(String),
    /// Run the model, and show what this asks for.
    Run(RunWanted),
    /// Run the model, and write all rows as a table.
    RunTable(RunWanted),
    /// Run the model many times with numbers from ranges.
    Spread(SpreadWanted),
    /// Give up the many runs.
    StopSpread,
    /// Find the numbers with which the model comes nearest to measurements.
    Fit(FitWanted),
    /// Give up looking for them.
    StopFit,
    /// What is known of the equation of a variable.
    Equation(Id),
    /// The columns of tables of measurements, and what each would be matched to.
    FitColumns(Vec<String>),
    /// The figures of the steps of this story.
    StoryFigures(Id),
    /// A story of the value streams.
    StoryOfStreams,
    /// Draw steps of a story.
    StepPictures {
        /// The steps; they need not be in the document.
        #[serde(with = "as_records")]
        steps: Vec<StoryStep>,
        /// How the pictures look.
        look: PictureLook,
        /// Their shape, and what is in them.
        frame: StepFrame,
        /// What becomes of them.
        purpose: StepsFor,
    },
    /// Put files into one archive.
    Archive {
        /// What the archive is to be called.
        name: String,
        /// The name of each file, and its bytes.
        files: Vec<(String, ByteBuf)>,
    },
    /// What can be said of the numbers before and after an experiment.
    Measured(Id),
    /// Read the numbers of one side of an experiment, and keep them.
    ReadSample {
        /// The experiment.
        experiment: Id,
        /// The side.
        side: SampleSide,
        /// What was typed.
        text: String,
    },
    /// An experiment about an improvement, for the stream of these records.
    ExperimentOfImprovement {
        /// Stations or flows of the stream; empty for the main one.
        about: Vec<Id>,
        /// The improvement.
        improvement: Id,
    },
    /// Run the value-stream map, and tell what comes of it.
    RunMap(MapRunWanted),
    /// Give up these runs.
    StopMapRun,
    /// Begin a run of the map that is shown, and give its first part.
    Film(FilmWanted),
    /// The next part of it.
    FilmOn,
    /// Lay these maps over each other.
    LayOver(Vec<OtherText>),
}

/// What becomes of pictures of steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StepsFor {
    /// The speaker sees what comes after the step of this number, from 1.
    Next(u64),
    /// They are saved, as PNG.
    Png,
    /// They are saved, as SVG.
    Svg,
    /// They are printed.
    Print,
}

/// A table of measured data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TableText {
    /// What it is called.
    pub name: String,
    /// The table.
    pub text: String,
    /// What was chosen for tables before, as the last form said.
    pub memory: String,
}

/// A document to compare with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherText {
    /// What it is called.
    pub name: String,
    /// The document as a file.
    pub text: String,
}

/// What to do with the search under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Drive {
    /// Halt until it is to go on.
    Pause,
    /// Go on.
    Resume,
    /// Halt for good; what was found stays.
    Stop,
}

/// What becomes of a text that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReadFor {
    /// A document of its own.
    Opening,
    /// A part of the open document, or a note where it is no diagram.
    Pasting,
    /// A table of measured data, whatever else it may be.
    Measuring,
}

/// What becomes of a text that is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum WriteFor {
    /// It goes to the clipboard.
    Copying,
    /// It is downloaded as a file.
    Saving,
    /// It is printed.
    Printing,
    /// It is shown before a person saves or copies it.
    Previewing,
}

/// A report of findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ReportKind {
    /// What the checks find.
    Checks,
    /// Archetypes that the diagram is consistent with.
    Archetypes,
    /// Where to intervene, and what serves the goal.
    Leverage,
    /// Causes and uses of a variable, or the ways from one to another.
    Trace,
    /// The shortest independent loop set and a minimum cycle basis.
    LoopSets,
    /// The figures of the value stream.
    Figures,
    /// What limits it.
    Limit,
    /// One limit of it after another.
    Sequence,
    /// What nobody has measured of it.
    Missing,
    /// The paths through it.
    Paths,
    /// What its constraint does for each product, and which mix earns most.
    Products,
    /// How long work waits in it by chance.
    Queues,
    /// How it does with more or less work in it.
    WorkInProgress,
    /// Its metrics of software delivery.
    Dora,
    /// What the document can be written as.
    Writers,
    /// What can be opened.
    Readers,
    /// The versions of the document; the page sends a request for it.
    History,
    /// What is kept in the browser; likewise.
    Storage,
    /// Whether the model can be trusted: units, the step, extreme conditions.
    Model,
    /// What follows when a variable rises, round by round, and once all has come to rest.
    Follow,
    /// How each variable stands once another was pushed up for good.
    Pairs,
    /// What could be done about a link, and what it would change.
    Interventions,
    /// How the structure changed from version to version; the page sends a request for it.
    Structure,
}

impl ReportKind {
    /// Every kind.
    pub const ALL: [Self; 23] = [
        Self::Checks,
        Self::Archetypes,
        Self::Leverage,
        Self::Trace,
        Self::LoopSets,
        Self::Figures,
        Self::Limit,
        Self::Sequence,
        Self::Missing,
        Self::Paths,
        Self::Products,
        Self::Queues,
        Self::WorkInProgress,
        Self::Dora,
        Self::Writers,
        Self::Readers,
        Self::History,
        Self::Storage,
        Self::Model,
        Self::Follow,
        Self::Pairs,
        Self::Interventions,
        Self::Structure,
    ];
}

/// Which loops of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum LoopKind {
    /// All of them.
    #[default]
    All,
    /// Reinforcing ones.
    Reinforcing,
    /// Balancing ones.
    Balancing,
    /// Those with a link of unknown polarity.
    Undetermined,
    /// Those with a delayed link.
    Delayed,
}

/// Which loops a person wants to see.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoopFilter {
    /// Of which kind.
    pub kind: LoopKind,
    /// Through this variable or link.
    pub through: Option<Id>,
    /// In whose variables' names these words stand, in large or small letters; empty for any.
    pub words: String,
    /// Of at most so many links; `None` for any length.
    pub longest: Option<u64>,
    /// In which order.
    pub order: LoopOrder,
}

/// A part of the list of loops.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoopWindow {
    /// Which loops the list has.
    pub filter: LoopFilter,
    /// The first of the part, counted from zero.
    pub first: u64,
    /// How many.
    pub count: u64,
}
