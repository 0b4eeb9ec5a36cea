//! What is to be known of a document for comparing it with another: loops, archetypes, predictions.

use crate::causal::analysis::{LoopAnalysis, LoopReport};
use crate::causal::archetype::{ArchetypeReport, ArchetypeSearch, Near, ReportLimits};
use crate::causal::play::{Play, Push};
use crate::causal::press::{PressAnalysis, Response};
use crate::causal::search::Progress;
use crate::model::{Document, Id, Records};

/// How many loops are kept.
const LOOPS: usize = 1_000;
/// How many visits of a link the search for loops may cost, and that for archetypes.
const MOST_VISITS: u64 = 10_000_000;
/// With more variables, predictions are those of a push at the cause of the link alone.
const MOST_PUSHED: usize = 40;

/// The searches in one document.
#[derive(Clone, Debug)]
pub(super) struct Look {
    loops: LoopAnalysis,
    archetypes: ArchetypeSearch,
    press: PressAnalysis,
    visits: u64,
    stage: Stage,
}

/// What is searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Loops,
    Archetypes,
    Press,
    Done,
}

/// What was found in one document.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub loops: LoopReport,
    pub archetypes: ArchetypeReport,
    /// The answers for each push that was asked for.
    pub responses: Vec<(Id, Vec<(Id, Response)>)>,
    /// The round in which a push at the cause of the link first comes to each variable.
    pub rounds: Records<u32>,
}

impl Look {
    pub(super) fn new(document: &Document) -> Self {
        Self {
            loops: LoopAnalysis::new(document, LOOPS),
            archetypes: ArchetypeSearch::new(document, Near::None),
            press: PressAnalysis::new(document),
            visits: 0,
            stage: Stage::Loops,
        }
    }

    /// Looks on, through at most one search.
    pub(super) fn advance(&mut self, budget: u64) -> Progress {
        let progress = match self.stage {
            Stage::Loops => self.loops.advance(budget),
            Stage::Archetypes => self.archetypes.advance(budget),
            Stage::Press if self.press.advance() => Progress::Unfinished,
            Stage::Press => Progress::Finished,
            Stage::Done => return Progress::Finished,
        };
        self.visits += budget;
        let is_bounded = self.stage != Stage::Press;
        if progress == Progress::Finished || is_bounded && self.visits >= MOST_VISITS {
            self.visits = 0;
            self.stage = match self.stage {
                Stage::Loops => Stage::Archetypes,
                Stage::Archetypes => Stage::Press,
                Stage::Press | Stage::Done => Stage::Done,
            };
        }
        match self.stage {
            Stage::Done => Progress::Finished,
            _ => Progress::Unfinished,
        }
    }

    /// What was found in the document, which must be that of the searches. `cause` is where a push is
    /// followed.
    pub(super) fn found(&self, document: &Document, cause: Id) -> Found {
        let variables = document.variables();
        let pushed: Vec<Id> = match variables.len() {
            ..=MOST_PUSHED => variables.keys().copied().collect(),
            _ => vec![cause],
        };
        let responses = pushed.into_iter().filter_map(|pushed| {
            let responses = self.press.responses(pushed)?;
            Some((pushed, responses))
        });
        let play = Play::new(document, cause, Push::Up);
        let reached = play.map(|play| play.reached(document)).unwrap_or_default();
        let limits = ReportLimits {
            matches: usize::MAX,
            ..ReportLimits::default()
        };
        Found {
            loops: self.loops.report(document),
            archetypes: self.archetypes.report(limits),
            responses: responses.collect(),
            rounds: reached
                .into_iter()
                .map(|one| (one.variable, one.round))
                .collect(),
        }
    }
}
