//! The loops of a run with their scores.

use std::sync::Arc;

use super::links::LinkScores;

/// Whether all loops were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Every loop that ever has a score was found.
    Complete,
    /// The search was cut off: there are more, and shares are too large.
    CutOff,
}

/// A loop with its scores.
#[derive(Clone, Debug, PartialEq)]
pub struct ScoredLoop {
    /// Its variables, as columns of the run, in the direction of its links, from the one that comes
    /// first in the model on.
    pub variables: Vec<u32>,
    /// Its links, by their index among those of the link scores; the first leads from the first
    /// variable to the second.
    pub links: Vec<u32>,
    /// Whether one of its links goes through a delay of whole steps or a kept value: then the sign of
    /// its score is right and the time is not.
    pub is_mixed: bool,
    /// The variables that reach each other and that it is one of the loops of: loops are weighed
    /// within one partition. From 0 on.
    pub partition: u32,
    /// The product of the scores of its links at each saved time; 0 at the first. NaN where it is not
    /// known.
    pub scores: Vec<f64>,
}

/// Which loops drive a run, and when.
#[derive(Clone, Debug)]
pub struct LoopScores {
    pub(super) links: Arc<LinkScores>,
    pub(super) loops: Vec<ScoredLoop>,
    pub(super) found: usize,
    pub(super) extent: Extent,
    /// For each partition and row the sum of the magnitudes of all its loops.
    pub(super) totals: Vec<f64>,
}

impl LoopScores {
    /// The loops that ever have a thousandth of their partition, and those that are ever the largest
    /// of it; at most about a thousand. Those with the largest shares over the run come first.
    #[must_use]
    pub fn loops(&self) -> &[ScoredLoop] {
        &self.loops
    }

    /// How many loops there are that ever have a score, those that are not kept too.
    #[must_use]
    pub const fn found(&self) -> usize {
        self.found
    }

    /// Whether all of them were found.
    #[must_use]
    pub const fn extent(&self) -> Extent {
        self.extent
    }

    /// The links, the names of the variables, and the times.
    #[must_use]
    pub const fn links(&self) -> &Arc<LinkScores> {
        &self.links
    }

    /// How many partitions have loops.
    #[must_use]
    pub fn partitions(&self) -> usize {
        self.totals.len() / self.rows().max(1)
    }

    /// A loop's part in what all loops of its partition do, at each saved time: its score divided by
    /// the sum of their magnitudes, from -1 to 1. 0 where the sum is 0, because nothing changes; NaN
    /// where it is not known: where a score or the sum is no finite number. Empty where there is no
    /// such loop.
    #[must_use]
    pub fn relative(&self, loop_index: usize) -> Vec<f64> {
        let Some(one) = self.loops.get(loop_index) else {
            return Vec::new();
        };
        let totals = self.totals_of(one.partition);
        let scores = one.scores.iter().zip(totals);
        scores.map(|(score, total)| share(*score, *total)).collect()
    }

    /// The loop as its variables' names, the first again at the end.
    #[must_use]
    pub fn described(&self, loop_index: usize) -> String {
        let Some(one) = self.loops.get(loop_index) else {
            return String::new();
        };
        let names = one.variables.iter().chain(one.variables.first());
        let names: Vec<&str> = names
            .map(|variable| self.links.names[*variable as usize].as_str())
            .collect();
        names.join(" → ")
    }

    pub(super) fn rows(&self) -> usize {
        self.links.times.len()
    }

    pub(super) fn totals_of(&self, partition: u32) -> &[f64] {
        let rows = self.rows();
        let first = partition as usize * rows;
        self.totals.get(first..first + rows).unwrap_or_default()
    }
}

/// A score in a sum of magnitudes: NaN where the sum is not known, or is larger than any number.
pub(super) fn share(score: f64, total: f64) -> f64 {
    if total == 0.0 {
        0.0
    } else if total.is_finite() {
        score / total
    } else {
        f64::NAN
    }
}
