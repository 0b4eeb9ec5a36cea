//! The improvement of a stream that a person is trying.

use crate::model::{Id, MeasureChange, MeasureChanges};

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

impl Trying {
    /// What changes; none while nothing does.
    #[must_use]
    pub fn changes(&self) -> Option<MeasureChanges> {
        let changes = MeasureChanges::new(self.changes.iter().copied());
        (!changes.is_empty()).then_some(changes)
    }
}
