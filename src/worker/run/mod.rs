//! Runs of the model of the document: what the page asks for, and what it is told.

mod chart;
mod drive;
mod fit;
mod job;
mod loops;
mod model;
mod spread;
mod table;
mod view;

pub(super) use fit::FitJob;
pub use fit::{FitView, FitWanted};
pub(super) use job::{Begun, RunFor, RunJob};
pub(super) use model::{ModelNames, NoModel, OpenModel};
pub(super) use spread::SpreadJob;
pub use spread::{SpreadRange, SpreadShape, SpreadView, SpreadWanted};
pub use view::{
    ChartWanted, DrivingLoop, DrivingPeriod, Frames, LoopsView, ReadLine, RunBecause, RunFacts,
    RunPicture, RunProblem, RunSet, RunState, RunUnknown, RunVariable, RunView, RunWanted,
    ScalesWanted, Slider,
};
