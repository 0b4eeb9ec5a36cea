//! Loops: finding them, signing them, naming them.
//!
//! A [`Graph`] is a diagram with everything taken off but what makes loops; a [`LoopSearch`] finds
//! its loops, a budget of link visits at a time.

mod analysis;
mod component;
mod counts;
mod expansion;
mod found;
mod graph;
mod kernel;
mod leverage;
mod piece;
mod reach;
mod search;
mod shelf;
mod tally;
mod trace;
mod walk;

pub use analysis::{LoopAnalysis, LoopReport, NamedLoop, StoryStep, Trend};
pub use component::{Components, strongly_connected_components};
pub use counts::{Completeness, LoopCounts};
pub use found::{FoundLoop, LoopPolarity};
pub use graph::{Graph, GraphError, GraphLink};
pub use leverage::{
    Constraint, LeverageInput, LeverageReport, LeverageRow, Points, leverage, loops_through,
};
pub use search::{LoopSearch, Progress, SearchLimits};
pub use trace::{
    Continuation, Direction, NetEffect, Path, PathCounts, PathReport, PathSearch, ShortestPaths,
    TraceLimits, TraceRow, TraceTree, Whole, shortest_paths, trace_tree,
};
