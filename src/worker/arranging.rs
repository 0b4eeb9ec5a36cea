//! Arranging as a job: progress on the way, a patch at the end.

use super::response::ResponseBody;
use crate::causal::Progress;
use crate::layout::{Arrange, Arrangement, Scope};
use crate::model::{Document, Id, Vector};

/// How many looks at a pair of things of the layout a step of the worker stands for.
const LOOKS: u64 = 8;

/// An arrangement under way.
#[derive(Debug)]
pub(super) struct Arranging {
    arrangement: Arrangement,
    /// How much was told to be done, in percent.
    told: u64,
}

impl Arranging {
    pub(super) fn new(
        document: &Document,
        mode: Arrange,
        only: Vec<Id>,
        sizes: Vec<(Id, Vector)>,
    ) -> Self {
        let scope = if only.is_empty() {
            Scope::Everything
        } else {
            Scope::Only(only.into_iter().collect())
        };
        let sizes = sizes.into_iter().collect();
        Self {
            arrangement: Arrangement::new(document, &sizes, mode, scope),
            told: 0,
        }
    }

    pub(super) fn advance(
        &mut self,
        budget: u64,
        document: &Document,
    ) -> (Progress, Vec<ResponseBody>) {
        let progress = self.arrangement.advance(budget.saturating_mul(LOOKS));
        if progress == Progress::Finished {
            let patch = self.arrangement.patch(document);
            return (progress, vec![ResponseBody::Arranged(patch)]);
        }
        let share = self.arrangement.fraction();
        let percent = (share * 100.0) as u64;
        if percent == self.told {
            return (progress, Vec::new());
        }
        self.told = percent;
        (progress, vec![ResponseBody::Arranging(share)])
    }
}
