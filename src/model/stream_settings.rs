//! What is said of the value stream of a document as a whole.

use super::calendar::Calendar;
use super::measure::{Measure, MeasureKind};

/// Which words and templates people see; it changes no number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pack {
    /// Software delivery: work items, people, backlog.
    #[default]
    Software,
    /// Manufacturing: pieces, machines, inventory.
    Manufacturing,
}

/// What is said of the value stream as a whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StreamSettings {
    /// When it works, and how its spans of time are counted.
    pub calendar: Calendar,
    /// How many items are in it at any time, if that is held constant.
    pub work_limit: Option<Measure>,
    /// How many items are in it, counted over all its places: the mean.
    pub work_in_progress: Option<Measure>,
    /// What comes out, as it was counted: also more than the steps can do in regular time.
    pub throughput: Option<Measure>,
    /// Which words people see.
    pub pack: Pack,
}

impl StreamSettings {
    /// Whether every number is in its range.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        let fits = |measure: &Option<Measure>, kind| {
            measure.as_ref().is_none_or(|measure| measure.fits(kind))
        };
        self.calendar.is_valid()
            && fits(&self.work_limit, MeasureKind::Limit)
            && fits(&self.work_in_progress, MeasureKind::WorkInProgress)
            && fits(&self.throughput, MeasureKind::Demand)
    }
}
