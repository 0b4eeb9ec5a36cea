//! What takes long or is rarely needed: counting and listing loops, checks, archetypes, layout, foreign
//! formats, what a value stream would do, comparing maps, versions and backups. It runs in a web worker, so that the page stays at full frame rate, and is fetched when it
//! is first needed.
//!
//! [`WorkerState`] is the worker's state: a [`Request`] in, [`Response`]s out, and a step of work at a time in
//! between. [`encode`] writes them into one buffer, [`decode`] reads them. The page links the messages
//! alone.

mod archive;
mod arranging;
mod comparing;
mod comparison;
mod equation;
mod experiments;
mod form;
mod improvements;
mod key;
mod laying_over;
mod lead_times;
mod list;
mod listing;
mod map_run;
mod measured_form;
mod measuring;
mod naming;
mod native;
mod report;
mod reports;
mod request;
mod response;
mod run;
mod state;
mod step_pictures;
mod storage_request;
mod story_figures;
mod stream_page;
mod stream_view;
mod structure;
mod wire;
mod writing;

pub use crate::stream::before_after::{Measured, SampleSide};
pub use crate::stream::{
    BoundValue, ImprovementCell, Lever, LinkDelay, SimulatedWords, improvement_name,
};

pub use archive::{TellTime, UniversalTime};
pub use comparison::{Comparison, Differing};
pub use equation::{EquationOffer, EquationView, UnitClash};
pub use form::{Button, Field, Press};
pub use improvements::{ImprovementRow, ImprovementTable, Showing};
pub use key::{BlockKey, keyed, keyed_rows};
pub use laying_over::{LaidMaps, MOST_MAPS};
pub use list::{
    FigureInput, FigureRow, List, MetricRow, MissingRow, PathRow, Picture, Sentence, Table,
    WriterRow,
};
pub use map_run::{FilmWanted, Longer, MapQuestion, MapRunView, MapRunWanted};
pub use native::NativeFormat;
pub use report::{Block, Disclosure, PageCommand, Row, RowAction, RowCommand, RowKind};
pub use request::{
    Drive, LoopFilter, LoopKind, LoopWindow, OtherText, ReadFor, ReportKind, Request, StepsFor,
    TableText, WriteFor,
};
pub use response::{
    Certainty, CountWords, Listing, ListingState, LoopRow, Response, ResponseBody, Written,
};
pub use run::{
    ChartWanted, DrivingLoop, DrivingPart, DrivingPeriod, FitChoice, FitColumn, FitView, FitWanted,
    Frames, LoopsView, MOST_RUNS, ReadLine, RunBecause, RunFacts, RunPicture, RunProblem, RunSet,
    RunState, RunUnknown, RunVariable, RunView, RunWanted, ScalesWanted, Slider, SpreadList,
    SpreadOver, SpreadPlan, SpreadRange, SpreadShape, SpreadView, SpreadWanted,
};
pub use state::{Work, WorkerState};
pub use storage_request::{Promise, StorageCall, StorageRequest, TextChange};
pub use story_figures::ToldFigure;
pub use stream_page::StreamPage;
pub use stream_view::{ProblemFix, ProblemRow, StreamPart, StreamView, marks_of};
pub use structure::{LoopFigures, StreamNow, StructureCount, StructureFigures};
pub use wire::{WireError, decode, encode};
