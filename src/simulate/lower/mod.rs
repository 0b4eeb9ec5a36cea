//! From the syntax trees of a model to one graph of operations: names resolved, elements written
//! out one by one, macros, modules, delays and smooths as hidden variables.

mod allocate;
mod beside;
mod build;
mod call;
mod conveyor;
mod declare;
mod expr;
mod functions;
mod graph;
mod inverse;
mod left;
mod levels;
mod random;
mod reduce;
mod space;
mod subscript;
mod vectors;

pub(super) use allocate::check_curves;
pub(super) use build::{Builder, Input, build};
pub(super) use conveyor::check_transits;
pub(super) use graph::{Clock, Id, Op};
