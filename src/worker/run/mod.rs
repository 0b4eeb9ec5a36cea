//! Runs of the model of the document: what the page asks for, and what it is told.

mod chart;
mod drive;
mod job;
mod loops;
mod model;
mod table;
mod view;

pub(super) use job::{Begun, RunFor, RunJob};
pub(super) use model::OpenModel;
pub use view::{
    ChartWanted, DrivingLoop, DrivingPeriod, Frames, LoopsView, ReadLine, RunFacts, RunPicture,
    RunProblem, RunSet, RunState, RunVariable, RunView, RunWanted, ScalesWanted, Slider,
};
