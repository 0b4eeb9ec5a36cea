//! The figures of one version: what it is made of, how many loops it has, what its stream does.

use crate::causal::{CountState, DiagramGraph, ExactCount, ExactCounts, ExactLimits, Progress};
use crate::model::{Calendar, Delay, Document, Id, Polarity, VariableKind};
use crate::stream::{FigureKind, StreamReport};

/// What a version is made of, and what follows from it.
#[derive(Clone, Debug, PartialEq)]
pub struct StructureFigures {
    /// Variables of every kind, stocks among them.
    pub variables: usize,
    /// Links.
    pub links: usize,
    /// Links that are delayed.
    pub delayed: usize,
    /// Stocks.
    pub stocks: usize,
    /// Loops.
    pub loops: LoopFigures,
    /// The main stream; none where there is no stream.
    pub stream: Option<StreamNow>,
}

/// How many loops there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LoopFigures {
    /// By polarity.
    pub counts: ExactCounts,
    /// Whether there are no more; else there are at least so many.
    pub is_exact: bool,
}

/// What the main stream does.
#[derive(Clone, Debug, PartialEq)]
pub struct StreamNow {
    /// Its lead time in seconds of its calendar; none where nobody knows.
    pub lead_time: Option<f64>,
    /// Its throughput in items per second of working time; none where nobody knows.
    pub throughput: Option<f64>,
    /// What limits it; empty where nobody knows.
    pub constraint: Vec<Id>,
    /// Its name, or their names.
    pub constraint_name: String,
    /// Whether no unknown measure could make another step the constraint.
    pub is_certain: bool,
    /// Its calendar.
    pub calendar: Calendar,
}

/// A link as far as loops go: its id, from, to, sign, delay.
type LoopLink = (Id, Id, Id, Polarity, Delay);

/// The figures of a version while its loops are counted.
#[derive(Debug)]
pub struct StructureCount {
    figures: StructureFigures,
    links: Vec<LoopLink>,
    count: Option<ExactCount>,
    /// Steps that the count has left.
    left: u64,
}

/// How many steps the count of one version may take, each as long as one visit of a link by a
/// search. All versions that are kept together take a few seconds at most.
const STEPS: u64 = 1_000_000;

/// What the count of one version may hold.
const LIMITS: ExactLimits = ExactLimits {
    states: 1 << 16,
    words: 1 << 21,
    visits: 1 << 20,
};

impl StructureCount {
    /// The figures of a document, with its loops not counted yet. Where its links are those of the
    /// one before, so are its loops.
    #[must_use]
    pub fn new(document: &Document, before: Option<&Self>) -> Self {
        let links: Vec<LoopLink> = document
            .links()
            .iter()
            .map(|(id, link)| (*id, link.from, link.to, link.polarity, link.delay))
            .collect();
        let known = before.filter(|before| before.count.is_none() && before.links == links);
        let variables = document.variables();
        let stocks = variables
            .values()
            .filter(|one| one.kind == VariableKind::Stock);
        let figures = StructureFigures {
            variables: variables.len(),
            links: links.len(),
            delayed: links.iter().filter(|link| link.4 == Delay::Delayed).count(),
            stocks: stocks.count(),
            loops: known.map_or_else(LoopFigures::default, |known| known.figures.loops.clone()),
            stream: stream_now(document),
        };
        let count = known.is_none().then(|| {
            let diagram = DiagramGraph::of(document);
            ExactCount::with_limits(&diagram.graph, LIMITS)
        });
        Self {
            figures,
            links,
            count,
            left: STEPS,
        }
    }

    /// Counts on for about so many steps.
    pub fn advance(&mut self, budget: u64) -> Progress {
        let Some(count) = &mut self.count else {
            return Progress::Finished;
        };
        let steps = budget.min(self.left);
        self.left -= steps;
        let progress = count.advance(steps);
        if progress == Progress::Unfinished && self.left > 0 {
            return Progress::Unfinished;
        }
        self.figures.loops = LoopFigures {
            counts: count.at_least(),
            is_exact: count.state() == CountState::Exact,
        };
        self.count = None;
        Progress::Finished
    }

    /// The figures; those of the loops are there once the count is finished.
    #[must_use]
    pub const fn figures(&self) -> &StructureFigures {
        &self.figures
    }
}

fn stream_now(document: &Document) -> Option<StreamNow> {
    let report = StreamReport::of(document);
    let main = report.streams.first()?;
    let likely = |kind: FigureKind| main.figure(kind)?.outcome.likely();
    let limit = main.limit.as_ref();
    let constraint: Vec<Id> = limit
        .into_iter()
        .flat_map(|limit| limit.stations())
        .collect();
    let names = constraint.iter().map(|id| {
        let station = document.stations().get(id);
        crate::model::in_sentence(station.map_or("", |station| &station.name))
    });
    Some(StreamNow {
        lead_time: likely(FigureKind::LeadTime),
        throughput: likely(FigureKind::Throughput),
        constraint_name: names.collect::<Vec<_>>().join(" and "),
        constraint,
        is_certain: limit.is_some_and(|limit| limit.is_certain()),
        calendar: document.calendar(),
    })
}
