//! The document: elements, ids, the patch. Uses nothing else of the house.

mod polarity;

pub use polarity::Polarity;
