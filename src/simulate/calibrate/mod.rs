//! Finding the numbers of a model with which its results come nearest to what was observed.

mod data;
mod descent;
mod fit;
mod search;
mod student;

pub use data::{CalibrationError, Observed, Sought, Weight};
pub use descent::Stop;
pub use fit::{Attempt, Compared, Confusion, Fit, Fitted, FittedSeries, Standing};
pub use search::{Calibration, Starts};
