//! How many loops there are, exactly, without listing one of them.

mod blocks;
mod count;
mod counts;
mod frontier;
mod layer;
mod number;
mod plan;
mod programme;
mod reduce;
mod rings;
mod state;
mod subset_paths;
mod subsets;
mod sums;
mod through;

pub use count::{CountState, ExactCount, ExactLimits};
pub use counts::ExactCounts;
pub use number::ExactNumber;
pub use through::LoopsThrough;
