//! How the structure changed: the figures of each kept version of a document and of now, with the
//! experiments that went on meanwhile.

mod blocks;
mod charts;
mod figures;
mod work;

pub use figures::{LoopFigures, StreamNow, StructureCount, StructureFigures};
pub(super) use work::{Moment, StructureWork};
