//! Trials of a model: with half the step, and under extreme conditions.

mod constants;
mod extreme;
mod half;

pub use extreme::{Change, Extremes, Finding, Trial, TrialError, extremes_of};
pub use half::{HalfStep, Moved, StepReport};
