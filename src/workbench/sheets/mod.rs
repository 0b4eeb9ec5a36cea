//! The sheets: what each needs to be worked out, and how it is written.

mod archetypes;
mod checks;
mod formats;
mod goal;
mod judged;
mod leverage;
mod sets;
mod signs;
mod stream;
mod trace;

use super::answer::News;
use super::request::SheetKind;
use crate::model::{Document, Id, IdSource};

use archetypes::ArchetypeSheet;
use checks::CheckSheet;
use leverage::LeverageSheet;
use sets::SetSheet;
use trace::TraceSheet;

pub(super) use formats::format_sheet;
pub(super) use stream::{stream_sheet, tried};

/// A sheet that is being worked out.
#[derive(Debug)]
pub(super) struct SheetJob {
    kind: SheetKind,
    about: Vec<Id>,
    work: SheetWork,
}

#[derive(Debug)]
enum SheetWork {
    Checks(Box<CheckSheet>),
    Archetypes(Box<ArchetypeSheet>),
    Leverage(Box<LeverageSheet>),
    Trace(Box<TraceSheet>),
    LoopSets(Box<SetSheet>),
}

impl SheetJob {
    /// The sheet of this kind in the making; none for one that is written at once.
    pub(super) fn new(kind: SheetKind, about: Vec<Id>, document: &Document) -> Option<Self> {
        let work = match kind {
            SheetKind::Checks => SheetWork::Checks(Box::new(CheckSheet::new(document))),
            SheetKind::Archetypes => SheetWork::Archetypes(Box::new(ArchetypeSheet::new(document))),
            SheetKind::Leverage => SheetWork::Leverage(Box::new(LeverageSheet::new(document))),
            SheetKind::Trace => SheetWork::Trace(Box::new(TraceSheet::new(document, &about))),
            SheetKind::LoopSets => SheetWork::LoopSets(Box::new(SetSheet::new(document))),
            SheetKind::Limit
            | SheetKind::Sequence
            | SheetKind::Missing
            | SheetKind::Paths
            | SheetKind::Queues
            | SheetKind::WorkInProgress
            | SheetKind::Dora
            | SheetKind::Writers
            | SheetKind::Readers
            | SheetKind::History
            | SheetKind::Storage => return None,
        };
        Some(Self { kind, about, work })
    }

    pub(super) const fn kind(&self) -> SheetKind {
        self.kind
    }

    /// Works on; what there is to tell, once the sheet is written.
    pub(super) fn advance(
        &mut self,
        budget: u64,
        document: &Document,
        ids: &mut IdSource,
    ) -> Option<Vec<News>> {
        let mut news = Vec::new();
        let blocks = match &mut self.work {
            SheetWork::Checks(sheet) => {
                let checked = sheet.advance(budget, document, ids)?;
                news.push(News::Marks(checked.marks));
                checked.blocks
            }
            SheetWork::Archetypes(sheet) => sheet.advance(budget, document, ids)?,
            SheetWork::Leverage(sheet) => sheet.advance(budget, document)?,
            SheetWork::Trace(sheet) => sheet.advance(budget, document)?,
            SheetWork::LoopSets(sheet) => sheet.advance(budget, document)?,
        };
        news.push(News::Sheet {
            kind: self.kind,
            about: self.about.clone(),
            blocks,
        });
        Some(news)
    }
}
