//! The improvement of a stream that a person is trying.

use crate::model::{Id, MeasureChange};

/// What is tried, before it is kept.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trying {
    /// The saved improvement that is being edited, if it is one.
    pub of: Option<Id>,
    /// The name that was typed.
    pub name: String,
    /// What changes, in the order in which a person said so.
    pub changes: Vec<MeasureChange>,
}
