//! Loops: finding them, signing them, naming them.
//!
//! A [`Graph`] is a diagram without everything that makes no loops. A [`LoopSearch`] finds its
//! loops, a budget of link visits at a time. [`check`] looks for common mistakes in a diagram.

mod analysis;
pub mod archetype;
pub mod check;
mod circuit_walk;
mod component;
mod counts;
mod diagram;
mod exact;
mod found;
pub mod goal;
mod graph;
pub mod intervention;
mod kernel;
pub mod leverage;
mod list;
mod loop_set;
mod path_bundle;
pub mod play;
pub mod press;
mod reach;
mod search;
mod shortest_loops;
mod signed_path;
mod tally;
pub mod trace;
mod unfold;
mod walk;

pub use analysis::{LoopAnalysis, LoopReport, LoopStop, NamedLoop, Trend};
pub use component::{Components, strongly_connected_components};
pub use counts::{Completeness, LoopCounts};
pub use diagram::DiagramGraph;
pub use exact::{CountState, ExactCount, ExactCounts, ExactLimits, ExactNumber, LoopsThrough};
pub use found::{FoundLoop, LoopPolarity};
pub use graph::{Graph, GraphError, GraphLink};
pub use list::{ListedLoop, LoopFilter, LoopList, LoopOrder, LoopStore, StoreExtent, Through};
pub use loop_set::{LoopSet, LoopSetKind};
pub use search::{LoopSearch, Progress, SearchLimits};
pub use signed_path::{SignedPath, SignedPaths};
