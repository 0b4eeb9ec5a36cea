//! The sheets: a table of what each needs to be worked out. A new one is a file and a line in it.

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

use std::fmt;

use super::answer::News;
use super::request::SheetKind;
use super::sheet::Block;
use crate::model::{Document, Id, IdSource};
use crate::scene::MeasureText;
use crate::stream::StreamReport;

use archetypes::ArchetypeSheet;
use checks::CheckSheet;
use leverage::LeverageSheet;
use sets::SetSheet;
use stream::StreamInput;
use trace::TraceSheet;

pub(super) use stream::tried;

/// How a sheet is made.
enum Make {
    /// Step by step, of the document and what it is about.
    Steps(fn(&Document, &[Id]) -> Box<dyn SheetWork>),
    /// At once, of a value stream.
    Stream(fn(&StreamInput<'_>) -> Vec<Block>),
    /// At once; it is always the same.
    Fixed(fn() -> Vec<Block>),
}

/// Every sheet of the workbench. The others, of what is stored, are made by errands.
const SHEETS: &[(SheetKind, Make)] = &[
    (
        SheetKind::Checks,
        Make::Steps(|document, _| Box::new(CheckSheet::new(document))),
    ),
    (
        SheetKind::Archetypes,
        Make::Steps(|document, _| Box::new(ArchetypeSheet::new(document))),
    ),
    (
        SheetKind::Leverage,
        Make::Steps(|document, _| Box::new(LeverageSheet::new(document))),
    ),
    (
        SheetKind::Trace,
        Make::Steps(|document, about| Box::new(TraceSheet::new(document, about))),
    ),
    (
        SheetKind::LoopSets,
        Make::Steps(|document, _| Box::new(SetSheet::new(document))),
    ),
    (SheetKind::Limit, Make::Stream(stream::limit)),
    (SheetKind::Sequence, Make::Stream(stream::sequence)),
    (SheetKind::Missing, Make::Stream(stream::missing)),
    (SheetKind::Paths, Make::Stream(stream::paths)),
    (SheetKind::Queues, Make::Stream(stream::queues)),
    (
        SheetKind::WorkInProgress,
        Make::Stream(stream::work_in_progress),
    ),
    (SheetKind::Dora, Make::Stream(stream::dora)),
    (SheetKind::Writers, Make::Fixed(formats::writers)),
    (SheetKind::Readers, Make::Fixed(formats::readers)),
];

/// A sheet in the making.
pub(super) trait SheetWork: fmt::Debug {
    /// Works on; the sheet, once it is made.
    fn advance(&mut self, budget: u64, document: &Document, ids: &mut IdSource) -> Option<Made>;
}

/// A sheet that is made.
pub(super) struct Made {
    blocks: Vec<Block>,
    /// What is told before it.
    news: Vec<News>,
}

impl From<Vec<Block>> for Made {
    fn from(blocks: Vec<Block>) -> Self {
        Self {
            blocks,
            news: Vec::new(),
        }
    }
}

/// What sheets are made of.
pub(super) struct SheetInput<'a> {
    /// The document.
    pub document: &'a Document,
    /// What follows from its value streams, once it was asked for.
    pub report: &'a mut Option<StreamReport>,
    /// How words are measured.
    pub font: &'a dyn MeasureText,
}

/// A sheet that was asked for.
pub(super) enum Asked {
    /// It is there.
    Made(Vec<Block>),
    /// It is worked out step by step.
    Begun(Box<dyn SheetWork>),
}

/// Makes or begins a sheet; none where errands make it.
pub(super) fn ask(kind: SheetKind, about: &[Id], input: SheetInput<'_>) -> Option<Asked> {
    let document = input.document;
    let (_, make) = SHEETS.iter().find(|(other, _)| *other == kind)?;
    Some(match make {
        Make::Steps(begin) => Asked::Begun(begin(document, about)),
        Make::Stream(make) => {
            let report = input
                .report
                .get_or_insert_with(|| StreamReport::of(document));
            Asked::Made(make(&StreamInput {
                document,
                results: report.about(about.iter().copied()),
                font: input.font,
            }))
        }
        Make::Fixed(make) => Asked::Made(make()),
    })
}

/// A sheet that is being worked out.
#[derive(Debug)]
pub(super) struct SheetJob {
    /// Of which kind.
    pub kind: SheetKind,
    /// What it is about.
    pub about: Vec<Id>,
    /// How far it is.
    pub work: Box<dyn SheetWork>,
}

impl SheetJob {
    /// Works on; what there is to tell, once the sheet is written.
    pub(super) fn advance(
        &mut self,
        budget: u64,
        document: &Document,
        ids: &mut IdSource,
    ) -> Option<Vec<News>> {
        let Made { blocks, mut news } = self.work.advance(budget, document, ids)?;
        news.push(News::Sheet {
            kind: self.kind,
            about: self.about.clone(),
            blocks,
        });
        Some(news)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_one_line() {
        let kinds = SHEETS.iter().map(|(kind, _)| *kind);
        let stored = [SheetKind::History, SheetKind::Storage];
        let mut all: Vec<SheetKind> = kinds.chain(stored).collect();
        all.sort_unstable();
        assert_eq!(all, SheetKind::ALL);
    }
}
