//! What writers write of: a document, and what follows from it, worked out when it is asked for.

use std::cell::OnceCell;
use std::fmt;

use crate::causal::archetype::{ArchetypeReport, ArchetypeSearch, Near, ReportLimits};
use crate::causal::check::{Finding, GoalStated, Subject, check};
use crate::causal::{
    CountState, DiagramGraph, ExactCount, ExactCounts, LoopAnalysis, LoopReport, Progress,
};
use crate::model::{Document, Id};
use crate::scene::{EstimatedText, MeasureText, PictureLook, Scene, Sheet, sheet};
use crate::stream::{SimulatedFigures, StreamReport};

/// How many loops are listed.
const LISTED: usize = 200;
/// How many link visits the search for loops, their count and the search for archetypes may each
/// cost; where that is not enough, what is written says so.
const MOST_VISITS: u64 = 2_000_000;

/// A document with what follows from it. Nothing is worked out before a writer asks for it, and
/// then once; everything has a budget.
pub struct Drawing<'d> {
    document: &'d Document,
    look: PictureLook,
    draw: &'d dyn Fn(&Drawing<'_>) -> Scene,
    font: &'d dyn MeasureText,
    loops: OnceCell<LoopReport>,
    counts: OnceCell<(ExactCounts, CountState)>,
    findings: OnceCell<Vec<Finding>>,
    archetypes: OnceCell<ArchetypeReport>,
    streams: OnceCell<StreamReport>,
    simulated: SimulatedFigures,
    scene: OnceCell<Scene>,
    sheet: OnceCell<Sheet>,
}

impl fmt::Debug for Drawing<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Drawing")
    }
}

impl<'d> Drawing<'d> {
    /// A drawing of a document; `draw` makes its picture when one is wanted, since only who has a
    /// font can.
    #[must_use]
    pub const fn new(
        document: &'d Document,
        look: PictureLook,
        draw: &'d dyn Fn(&Drawing<'_>) -> Scene,
    ) -> Self {
        Self {
            document,
            look,
            draw,
            font: &EstimatedText,
            loops: OnceCell::new(),
            counts: OnceCell::new(),
            findings: OnceCell::new(),
            archetypes: OnceCell::new(),
            streams: OnceCell::new(),
            simulated: SimulatedFigures::none(),
            scene: OnceCell::new(),
            sheet: OnceCell::new(),
        }
    }

    /// The same with words around its picture measured so.
    #[must_use]
    pub const fn measured_by(mut self, font: &'d dyn MeasureText) -> Self {
        self.font = font;
        self
    }

    /// The same as a part of a larger document, of which these are the loops within the part: there
    /// they have their codes.
    #[must_use]
    pub fn with_loops(self, loops: LoopReport) -> Self {
        Self {
            loops: OnceCell::from(loops),
            ..self
        }
    }

    /// The same with what runs of the map say.
    #[must_use]
    pub fn simulated_as(self, simulated: SimulatedFigures) -> Self {
        Self { simulated, ..self }
    }

    /// What runs of the map say, as far as it was told.
    #[must_use]
    pub const fn simulated(&self) -> &SimulatedFigures {
        &self.simulated
    }

    /// The document.
    #[must_use]
    pub const fn document(&self) -> &'d Document {
        self.document
    }

    /// How its picture looks.
    #[must_use]
    pub const fn look(&self) -> PictureLook {
        self.look
    }

    /// How words around its picture are measured.
    #[must_use]
    pub const fn font(&self) -> &'d dyn MeasureText {
        self.font
    }

    /// The page of its picture, with what stands around the diagram.
    #[must_use]
    pub fn sheet(&self) -> &Sheet {
        self.sheet
            .get_or_init(|| sheet(self.document, self.scene(), self.look, self.font))
    }

    /// Its shortest loops, named.
    #[must_use]
    pub fn loops(&self) -> &LoopReport {
        self.loops.get_or_init(|| {
            let mut analysis = LoopAnalysis::new(self.document, LISTED);
            analysis.advance(MOST_VISITS);
            analysis.report(self.document)
        })
    }

    /// How many loops there are, and whether that is all.
    #[must_use]
    pub fn counts(&self) -> &(ExactCounts, CountState) {
        self.counts.get_or_init(|| {
            let mut count = ExactCount::new(&DiagramGraph::of(self.document).graph);
            count.advance(MOST_VISITS);
            match count.counts() {
                Some(counts) => (counts, CountState::Exact),
                None => (count.at_least(), CountState::AtLeast),
            }
        })
    }

    /// What the checks find, of what nobody has answered with "it is meant so".
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        self.findings.get_or_init(|| {
            let document = self.document;
            let aims = document.variables().iter();
            let aims: Vec<Id> = aims
                .filter(|(_, variable)| variable.aim.is_some())
                .map(|(id, _)| *id)
                .collect();
            let is_stated = !document.properties().purpose.trim().is_empty() || !aims.is_empty();
            let goal = match is_stated {
                true => GoalStated::Yes,
                false => GoalStated::No,
            };
            let mut findings = check(&Subject::new(document, self.loops(), goal).with_goals(aims));
            findings.retain(|finding| {
                let mut about = finding.about.clone();
                about.sort_unstable();
                about.dedup();
                let answered = document.review_of(&finding.check.topic(), &about);
                answered.is_none()
            });
            findings
        })
    }

    /// The archetypes that it is consistent with.
    #[must_use]
    pub fn archetypes(&self) -> &ArchetypeReport {
        self.archetypes.get_or_init(|| {
            let mut search = ArchetypeSearch::new(self.document, Near::Strong);
            let mut spent = 0;
            while search.advance(MOST_VISITS / 8) == Progress::Unfinished && spent < MOST_VISITS {
                spent += MOST_VISITS / 8;
            }
            search.report(ReportLimits::default())
        })
    }

    /// What its value streams come to.
    #[must_use]
    pub fn streams(&self) -> &StreamReport {
        self.streams.get_or_init(|| StreamReport::of(self.document))
    }

    /// Its picture.
    #[must_use]
    pub fn scene(&self) -> &Scene {
        self.scene.get_or_init(|| (self.draw)(self))
    }
}
