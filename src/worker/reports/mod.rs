//! The reports: a table of what each needs to be worked out. A new one is a file and a line in it.

mod archetypes;
mod arrows;
mod checks;
mod follow;
mod formats;
mod goal;
mod interventions;
mod judged;
mod leverage;
mod model;
mod pairs;
mod sets;
mod signs;
mod stream;
mod trace;

use std::fmt;
use std::rc::Rc;

use super::report::Block;
use super::request::ReportKind;
use super::response::ResponseBody;
use crate::model::{Document, Id, IdSource};
use crate::scene::MeasureText;
use crate::simulate::StreamFigures;
use crate::simulate::wasm::Engine;
use crate::stream::StreamReport;

use archetypes::ArchetypeWork;
use checks::CheckWork;
use follow::FollowWork;
use interventions::InterventionWork;
use leverage::LeverageWork;
use model::ModelWork;
use pairs::PairWork;
use sets::SetWork;
use stream::StreamInput;
use trace::TraceWork;

pub(super) use stream::tried;

/// What runs models where it is quicker; none on the host.
pub(super) type SharedEngine<'e> = Option<&'e Rc<dyn Engine>>;

/// How a report is made.
enum Make {
    /// Step by step, of the document and what it is about.
    Steps(fn(&Document, &[Id]) -> Box<dyn ReportWork>),
    /// Step by step, by runs of the model with what it takes from the value streams, on an engine if
    /// there is one.
    Runs(fn(Rc<StreamFigures>, SharedEngine<'_>) -> Box<dyn ReportWork>),
    /// At once, of a value stream.
    Stream(fn(&StreamInput<'_>) -> Vec<Block>),
    /// At once; it is always the same.
    Fixed(fn() -> Vec<Block>),
}

/// Every report of the worker. The others, of what is stored, are made by storage requests.
const REPORTS: &[(ReportKind, Make)] = &[
    (
        ReportKind::Checks,
        Make::Steps(|document, _| Box::new(CheckWork::new(document))),
    ),
    (
        ReportKind::Archetypes,
        Make::Steps(|document, _| Box::new(ArchetypeWork::new(document))),
    ),
    (
        ReportKind::Leverage,
        Make::Steps(|document, _| Box::new(LeverageWork::new(document))),
    ),
    (
        ReportKind::Trace,
        Make::Steps(|document, about| Box::new(TraceWork::new(document, about))),
    ),
    (
        ReportKind::Follow,
        Make::Steps(|document, about| Box::new(FollowWork::new(document, about))),
    ),
    (
        ReportKind::Pairs,
        Make::Steps(|document, _| Box::new(PairWork::new(document))),
    ),
    (
        ReportKind::Interventions,
        Make::Steps(|document, about| Box::new(InterventionWork::new(document, about))),
    ),
    (
        ReportKind::LoopSets,
        Make::Steps(|document, _| Box::new(SetWork::new(document))),
    ),
    (
        ReportKind::Model,
        Make::Runs(|figures, engine| Box::new(ModelWork::on(figures, engine))),
    ),
    (ReportKind::Figures, Make::Stream(stream::figures)),
    (ReportKind::Limit, Make::Stream(stream::limit)),
    (ReportKind::Sequence, Make::Stream(stream::sequence)),
    (ReportKind::Missing, Make::Stream(stream::missing)),
    (ReportKind::Paths, Make::Stream(stream::paths)),
    (ReportKind::Products, Make::Stream(stream::products)),
    (ReportKind::Queues, Make::Stream(stream::queues)),
    (
        ReportKind::WorkInProgress,
        Make::Stream(stream::work_in_progress),
    ),
    (ReportKind::Dora, Make::Stream(stream::dora)),
    (ReportKind::Writers, Make::Fixed(formats::writers)),
    (ReportKind::Readers, Make::Fixed(formats::readers)),
];

/// A report in the making.
pub(super) trait ReportWork: fmt::Debug {
    /// Works on; the report, once it is made.
    fn advance(&mut self, budget: u64, document: &Document, ids: &mut IdSource) -> Option<Made>;
}

/// A report that is made.
pub(super) struct Made {
    blocks: Vec<Block>,
    /// What is told before it.
    bodies: Vec<ResponseBody>,
}

impl From<Vec<Block>> for Made {
    fn from(blocks: Vec<Block>) -> Self {
        Self {
            blocks,
            bodies: Vec::new(),
        }
    }
}

/// What reports are made of.
pub(super) struct ReportInput<'a> {
    /// The document.
    pub document: &'a Document,
    /// What follows from its value streams, once it was asked for.
    pub report: &'a mut Option<StreamReport>,
    /// What variables of the model take from them.
    pub figures: Rc<StreamFigures>,
    /// How words are measured.
    pub font: &'a dyn MeasureText,
    /// What runs models where it is quicker.
    pub engine: SharedEngine<'a>,
}

/// A report that was asked for.
pub(super) enum Asked {
    /// It is there.
    Made(Vec<Block>),
    /// It is worked out step by step.
    Begun(Box<dyn ReportWork>),
}

/// Makes or begins a report; none where storage requests make it.
pub(super) fn ask(kind: ReportKind, about: &[Id], input: ReportInput<'_>) -> Option<Asked> {
    let document = input.document;
    let (_, make) = REPORTS.iter().find(|(other, _)| *other == kind)?;
    Some(match make {
        Make::Steps(begin) => Asked::Begun(begin(document, about)),
        Make::Runs(begin) => Asked::Begun(begin(input.figures, input.engine)),
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

/// A report that is being worked out.
#[derive(Debug)]
pub(super) struct ReportJob {
    /// Of which kind.
    pub kind: ReportKind,
    /// What it is about.
    pub about: Vec<Id>,
    /// How far it is.
    pub work: Box<dyn ReportWork>,
}

impl ReportJob {
    /// Works on; what there is to tell, once the report is written.
    pub(super) fn advance(
        &mut self,
        budget: u64,
        document: &Document,
        ids: &mut IdSource,
    ) -> Option<Vec<ResponseBody>> {
        let Made { blocks, mut bodies } = self.work.advance(budget, document, ids)?;
        bodies.push(ResponseBody::Report {
            kind: self.kind,
            about: self.about.clone(),
            blocks,
        });
        Some(bodies)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_one_line() {
        let kinds = REPORTS.iter().map(|(kind, _)| *kind);
        let stored = [
            ReportKind::History,
            ReportKind::Storage,
            ReportKind::Structure,
        ];
        let mut all: Vec<ReportKind> = kinds.chain(stored).collect();
        all.sort_unstable();
        assert_eq!(all, ReportKind::ALL);
    }
}
