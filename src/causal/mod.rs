//! Loops: finding them, signing them, naming them.
//!
//! A [`Graph`] is a diagram with everything taken off but what makes loops; a [`LoopSearch`] finds
//! its loops, a budget of link visits at a time. [`check`] looks a diagram through for what often
//! goes wrong in drawing one.

mod analysis;
pub mod check;
mod component;
mod counts;
mod expansion;
mod found;
mod graph;
mod kernel;
mod piece;
mod search;
mod shelf;
mod tally;
mod walk;

pub use analysis::{LoopAnalysis, LoopReport, NamedLoop, StoryStep, Trend};
pub use component::{Components, strongly_connected_components};
pub use counts::{Completeness, LoopCounts};
pub use found::{FoundLoop, LoopPolarity};
pub use graph::{Graph, GraphError, GraphLink};
pub use search::{LoopSearch, Progress, SearchLimits};
