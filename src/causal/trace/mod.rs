//! Tracing influence: what a variable depends on, what it acts on, and along which paths.
//!
//! Trees of causes and of uses are those of Vensim; a [`PathSearch`] counts and signs the paths
//! between two variables.

mod merged;
mod net;
mod path;
mod search;
mod shortest;
mod signed;
mod tree;

pub use net::NetEffect;
pub use path::Path;
pub use search::{PathCounts, PathReport, PathSearch};
pub use shortest::{ShortestPaths, shortest_paths};
pub(super) use tree::product;
pub use tree::{Continuation, Direction, TraceLimits, TraceRow, TraceTree, trace_tree};
