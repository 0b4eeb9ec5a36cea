//! The report in the making: one version after the other.

use std::rc::Rc;

use super::blocks::written;
use super::figures::{StructureCount, StructureFigures};
use crate::causal::Progress;
use crate::model::{Document, IdSource};
use crate::scene::MeasureText;
use crate::worker::reports::{Made, ReportWork};

/// A version, or now.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    /// When the document was so, in milliseconds since the epoch.
    pub at: u64,
    /// That in words.
    pub words: String,
    /// What a person has called the version; empty where nobody did.
    pub name: String,
}

/// The figures of versions in the making, the oldest first.
pub struct StructureWork {
    waiting: std::vec::IntoIter<(Moment, Document)>,
    count: Option<(Moment, StructureCount)>,
    done: Vec<(Moment, StructureFigures)>,
    font: Rc<dyn MeasureText>,
}

impl std::fmt::Debug for StructureWork {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "StructureWork({} versions done)", self.done.len())
    }
}

impl StructureWork {
    /// The report of these versions, the oldest first and now last.
    pub(in crate::worker) fn new(
        versions: Vec<(Moment, Document)>,
        font: Rc<dyn MeasureText>,
    ) -> Self {
        Self {
            waiting: versions.into_iter(),
            count: None,
            done: Vec::new(),
            font,
        }
    }
}

impl ReportWork for StructureWork {
    fn advance(&mut self, budget: u64, document: &Document, _ids: &mut IdSource) -> Option<Made> {
        // One version at a time: the arithmetic of its stream is a portion by itself.
        if let Some((_, count)) = &mut self.count
            && count.advance(budget) == Progress::Unfinished
        {
            return None;
        }
        let next = self.waiting.next();
        let before = self.count.take();
        let begun = next.map(|(moment, version)| {
            let before = before.as_ref().map(|(_, count)| count);
            (moment, StructureCount::new(&version, before))
        });
        if let Some((moment, count)) = before {
            self.done.push((moment, count.figures().clone()));
        }
        self.count = begun;
        match self.count {
            Some(_) => None,
            None => Some(written(&self.done, document, &*self.font).into()),
        }
    }
}
