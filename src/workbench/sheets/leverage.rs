//! The leverage sheet: the goal, then variables and links by what the structure shows.

use super::goal::goal;
use crate::causal::{LoopAnalysis, Progress};
use crate::model::Document;
use crate::workbench::sheet::Block;

/// The sheet in the making.
#[derive(Debug)]
pub(in crate::workbench) struct LeverageSheet {
    analysis: LoopAnalysis,
}

impl LeverageSheet {
    pub(in crate::workbench) fn new(document: &Document) -> Self {
        Self {
            analysis: LoopAnalysis::new(document, 1_000),
        }
    }

    pub(in crate::workbench) fn advance(
        &mut self,
        budget: u64,
        document: &Document,
    ) -> Option<Vec<Block>> {
        if self.analysis.advance(budget) == Progress::Unfinished {
            return None;
        }
        Some(goal(document, &self.analysis.report(document)))
    }
}
