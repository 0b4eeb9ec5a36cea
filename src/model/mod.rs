//! The document: elements, ids, the patch. Uses nothing else of the house.

mod check;
mod document;
mod element;
mod geometry;
mod id;
mod patch;
mod polarity;
mod rebase;
mod records;
mod rules;

pub use document::{Document, MAXIMUM_NAME, MAXIMUM_TEXT, Properties};
pub use element::{
    Delay, Element, ElementKind, Hold, Link, LoopKey, LoopLabel, Note, Placement, Variable,
    VariableKind,
};
pub use geometry::{MAXIMUM_COORDINATE, Point, Rect, Vector};
pub use id::{Id, IdError, IdSource};
pub use patch::{Change, Edit, Patch, PatchError};
pub use polarity::Polarity;
pub use rebase::rebase;
pub use records::Records;
pub use rules::{Refusal, may_link};
