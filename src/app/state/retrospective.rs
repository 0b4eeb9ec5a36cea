//! What a person looks at of a retrospective, and what is typed and not added yet.

use crate::model::Id;
use crate::story::SheetStep;

/// The clock of a step, which was started by hand and never stops anything.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StepClock {
    /// The step.
    pub step: SheetStep,
    /// When it was started, in milliseconds since the page was opened.
    pub since: f64,
}

/// What a person looks at of a retrospective. Nothing of it is kept in the document.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SheetChoice {
    /// The sheet that was chosen; without one it is the first.
    pub sheet: Option<Id>,
    /// The step that is open.
    pub step: Option<SheetStep>,
    /// The variable whose causes are asked for.
    pub asked: Option<Id>,
    /// The clock, while it goes.
    pub clock: Option<StepClock>,
}

impl Default for SheetChoice {
    fn default() -> Self {
        Self {
            sheet: None,
            step: Some(SheetStep::Happened),
            asked: None,
            clock: None,
        }
    }
}

/// What was typed for a new line and is not added yet. It stays while another panel is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SheetDraft {
    /// When a new fact was.
    pub when: String,
    /// What was seen.
    pub what: String,
    /// What else varied.
    pub varied: String,
}
