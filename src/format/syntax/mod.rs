//! JSON as such: text to a tree with places, strict reading of a tree, and writing.
//!
//! Written here rather than taken from a library because a message for people needs the place of
//! every value, no key may be lost by being given twice, and numbers must come back exactly.

mod emit;
mod fields;
mod parse;
mod path;
mod tree;

pub use emit::{RecordWriter, number_text, record_lines, text_in_quotes};
pub use fields::{Collector, Fields};
pub use parse::parse;
pub use path::{Path, shortened};
pub use tree::{Entry, Node, Value};
