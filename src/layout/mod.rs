//! Arranging a diagram: loops as rings, value streams from left to right; and how good it became.
//!
//! An [`Arrangement`] is made of a document and the sizes of its boxes, works in portions, and
//! gives a patch. It draws no random number and reads no clock: the same diagram comes out alike.

mod anneal;
mod arrangement;
mod bend;
mod centroids;
mod chord;
mod classic;
mod compose;
mod cycles;
mod energy;
mod figure;
mod frames;
mod grid;
mod line;
mod pack;
mod part;
mod pipes;
mod quality;
mod random;
mod refine_arcs;
mod remove_overlaps;
mod stress;

pub use arrangement::{Arrange, Arrangement, Scope};
pub use quality::{Quality, graph_of, independent_loops, roundness};
