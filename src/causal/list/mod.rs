//! All loops of a graph at hand: stored as rings of bundles, and listed in order, some at a time.

mod filter;
mod length_histogram;
mod loop_list;
mod rank;
mod ring_tree;
mod store;

pub use filter::{LoopFilter, LoopOrder, Through};
pub use loop_list::{ListedLoop, LoopList};
pub(super) use ring_tree::{RingSize, RingTree};
pub use store::{LoopStore, StoreExtent};
