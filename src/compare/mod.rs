//! Two documents compared, element by element, and merged by choice. Uses `model` alone.

mod align;
mod differ;
mod laid_over;
mod merge;

pub use align::aligned;
pub use differ::{Difference, DifferenceKind, differences};
pub use laid_over::{Divided, LaidOver, Views, lay_over};
pub use merge::{Part, merge};
