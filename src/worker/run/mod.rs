//! Runs of the model of the document: what the page asks for, and what it is told.

mod chart;
mod drive;
mod fit;
mod job;
mod jobs;
mod loops;
mod measurements;
mod model;
mod spread;
mod table;
mod view;

pub use fit::{FitView, FitWanted};
pub(super) use job::RunFor;
pub(super) use jobs::RunJobs;
pub(super) use measurements::fit_columns;
pub use measurements::{FitChoice, FitColumn};
pub(super) use model::{ModelNames, NoModel, OpenModel};
pub use spread::{
    MOST_RUNS, SpreadList, SpreadOver, SpreadPlan, SpreadRange, SpreadShape, SpreadView,
    SpreadWanted,
};
pub use view::{
    ChartWanted, DrivingLoop, DrivingPart, DrivingPeriod, Frames, LoopsView, ReadLine, RunBecause,
    RunFacts, RunPicture, RunProblem, RunSet, RunState, RunUnknown, RunVariable, RunView,
    RunWanted, ScalesWanted, Slider,
};
