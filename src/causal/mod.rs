//! Loops: finding them, signing them, naming them.
//!
//! A [`Graph`] is a diagram with everything taken off but what makes loops; a [`LoopSearch`] finds
//! its loops, a budget of link visits at a time.

mod analysis;
mod component;
mod counts;
mod exact;
mod expansion;
mod found;
mod graph;
mod kernel;
mod list;
mod loop_set;
mod piece;
mod search;
mod shelf;
mod tally;
mod tour;
mod walk;

pub use analysis::{LoopAnalysis, LoopReport, NamedLoop, StoryStep, Trend};
pub use component::{Components, strongly_connected_components};
pub use counts::{Completeness, LoopCounts};
pub use exact::{CountState, ExactCount, ExactCounts, ExactLimits, ExactNumber, LoopsThrough};
pub use found::{FoundLoop, LoopPolarity};
pub use graph::{Graph, GraphError, GraphLink};
pub use list::{ListedLoop, LoopFilter, LoopList, LoopOrder, LoopStore, StoreExtent, Through};
pub use loop_set::{LoopSet, LoopSetKind};
pub use search::{LoopSearch, Progress, SearchLimits};
