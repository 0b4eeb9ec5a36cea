//! The sheet of the loop sets.

use crate::model::Document;
use crate::workbench::sheet::Block;

/// The sheet in the making.
#[derive(Debug)]
pub(in crate::workbench) struct SetSheet {}

impl SetSheet {
    pub(in crate::workbench) fn new(_document: &Document) -> Self {
        Self {}
    }

    pub(in crate::workbench) fn advance(
        &mut self,
        _budget: u64,
        _document: &Document,
    ) -> Option<Vec<Block>> {
        Some(Vec::new())
    }
}
