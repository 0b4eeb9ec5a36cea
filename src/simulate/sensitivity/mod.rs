//! How much the results of a model hang on its numbers: many runs with numbers from ranges, what
//! they spread to, and which numbers matter most.

mod ensemble;
mod range;
mod rank;
mod sample;

pub use ensemble::{Band, Ensemble, EnsembleError, Failure, Measured, PERCENTILES};
pub use range::{Parameter, Range};
pub use rank::{Ranked, Ranking};
pub use sample::{MOST_RUNS, Plan, Sample, SampleError, sample};

pub(super) use sample::latin;
