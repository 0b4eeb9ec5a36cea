//! JSON text: as a tree that knows where everything stands, from there into typed values with
//! faults that name their places, and back into text with one record a line.

mod collector;
mod lines;
mod node;
mod parse;
mod path;
mod typed;

pub use collector::Collector;
pub use lines::{in_lines, in_one_line};
pub use node::{Entry, Node, Value};
pub use parse::parse;
pub use path::{Path, shortened};
pub use typed::typed;
