//! What is found on the way through a map: gaps, and what is taken for granted.

use std::collections::BTreeSet;

use super::{Assumption, Gap, NotReady};
use crate::model::{Id, MeasureKind};

/// Gaps and assumptions so far. What is said of several records in the same words is said once.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    /// What is missing or wrong.
    gaps: Vec<Gap>,
    /// By weight: what is taken for granted.
    assumptions: Vec<(Weight, Assumption)>,
}

/// How much an assumption moves the run: those that move it most come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    /// It decides how much comes, or how long things last.
    Most,
    /// It moves waiting.
    Much,
    /// It says how the map is read.
    Some,
}

impl Found {
    /// A measure is missing.
    pub(super) fn missing(&mut self, record: Id, measure: MeasureKind, words: &str) {
        self.gap(&[record], Some(measure), words);
    }

    /// A measure of the stream as a whole is missing.
    pub(super) fn missing_of_whole(&mut self, measure: MeasureKind, words: &str) {
        self.gap(&[], Some(measure), words);
    }

    /// Something is wrong.
    pub(super) fn fault(&mut self, about: &[Id], words: &str) {
        self.gap(about, None, words);
    }

    fn gap(&mut self, about: &[Id], measure: Option<MeasureKind>, words: &str) {
        let mut gaps = self.gaps.iter_mut();
        let known = gaps.find(|gap| gap.words == words && gap.measure == measure);
        match known {
            Some(gap) => add(&mut gap.about, about),
            None => self.gaps.push(Gap {
                about: about.to_vec(),
                measure,
                words: words.to_owned(),
            }),
        }
    }

    /// Something is taken for granted.
    pub(super) fn assume(&mut self, weight: Weight, about: &[Id], words: &str) {
        let mut known = self.assumptions.iter_mut();
        match known.find(|(_, assumption)| assumption.words == words) {
            Some((_, assumption)) => add(&mut assumption.about, about),
            None => self.assumptions.push((
                weight,
                Assumption {
                    about: about.to_vec(),
                    words: words.to_owned(),
                },
            )),
        }
    }

    /// Why it is not ready.
    pub(super) fn into_refusal(self) -> NotReady {
        let mut gaps = self.gaps;
        for gap in &mut gaps {
            once(&mut gap.about);
        }
        NotReady { gaps }
    }

    /// Whether something is missing or wrong.
    pub(super) const fn has_gaps(&self) -> bool {
        !self.gaps.is_empty()
    }

    /// What is taken for granted, the most important first.
    pub(super) fn into_assumptions(self) -> Vec<Assumption> {
        let mut sorted = self.assumptions;
        sorted.sort_by_key(|(weight, _)| *weight);
        for (_, assumption) in &mut sorted {
            once(&mut assumption.about);
        }
        sorted
            .into_iter()
            .map(|(_, assumption)| assumption)
            .collect()
    }
}

/// Adds records but the one that was said last; what was said before goes in the end.
fn add(records: &mut Vec<Id>, more: &[Id]) {
    for record in more {
        if records.last() != Some(record) {
            records.push(*record);
        }
    }
}

/// Each record once, where it is said first.
fn once(records: &mut Vec<Id>) {
    let mut seen = BTreeSet::new();
    records.retain(|record| seen.insert(*record));
}
