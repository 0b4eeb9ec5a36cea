//! Two documents compared, element by element, and merged by choice. Uses `model` alone.

mod align;
mod differ;
mod merge;

pub use align::aligned;
pub use differ::{Difference, DifferenceKind, differences};
pub use merge::{Part, merge};
