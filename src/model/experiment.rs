//! An experiment: what a team expects of a change, and what came of it.

use serde::{Deserialize, Serialize};

use super::date::Date;
use super::document::Document;
use super::id::Id;
use super::leverage::{Aim, LeverageLevel};
use super::record::{is_default, merge_as_a_whole, record};
use super::retrospective::Levers;
use super::sample::Sample;
use super::story::StoryFigure;

record! {
    /// A change that a team tries, so as to learn from it. It outlives the retrospective in which it
    /// was written down: all that it mentions may be gone from the document.
    #[derive(Default)]
    pub struct Experiment {
        /// What we do: the words after "If we"; may be empty.
        pub action: String,
        /// Its place in the list: lower ones come first, equal ones in the order of their ids.
        #[serde(default, skip_serializing_if = "is_default")]
        pub place: i32,
        /// The retrospective in which it was written down.
        #[serde(default, skip_serializing_if = "is_default")]
        pub retrospective: Option<Id>,
        /// What we expect of it: the words after "then".
        #[serde(default, skip_serializing_if = "is_default")]
        pub outcome: String,
        /// Why we expect it: the words after "because".
        #[serde(default, skip_serializing_if = "is_default")]
        pub because: String,
        /// What of the diagram it changes, each once.
        #[serde(default, skip_serializing_if = "is_default")]
        pub changes: Levers,
        /// The kind of leverage that it uses.
        #[serde(default, skip_serializing_if = "is_default")]
        pub level: Option<LeverageLevel>,
        /// What it should move.
        #[serde(default, skip_serializing_if = "is_default")]
        pub target: Option<Target>,
        /// Which way.
        #[serde(default, skip_serializing_if = "is_default")]
        pub way: Option<Aim>,
        /// By how much, or how far, in a person's words, such as "by half in a month".
        #[serde(default, skip_serializing_if = "is_default")]
        pub amount: String,
        /// Who looks after it.
        #[serde(default, skip_serializing_if = "is_default")]
        pub owner: String,
        /// The day on which it begins.
        #[serde(default, skip_serializing_if = "is_default")]
        pub begins: Option<Date>,
        /// The day on which we look at what came of it.
        #[serde(default, skip_serializing_if = "is_default")]
        pub ends: Option<Date>,
        /// How far it is.
        #[serde(default, skip_serializing_if = "is_default")]
        pub state: ExperimentState,
        /// What was measured or seen, in a person's words.
        #[serde(default, skip_serializing_if = "is_default")]
        pub measured: String,
        /// In which unit the numbers below are, in a person's words, such as "days"; empty where
        /// they have none.
        #[serde(default, skip_serializing_if = "is_default")]
        pub unit: String,
        /// What was measured before it.
        #[serde(default, skip_serializing_if = "is_default")]
        pub before: Option<Sample>,
        /// What was measured after it.
        #[serde(default, skip_serializing_if = "is_default")]
        pub after: Option<Sample>,
        /// How it went, beside what was expected; none where nobody has said so.
        #[serde(default, skip_serializing_if = "is_default")]
        pub verdict: Option<Verdict>,
        /// What was learned.
        #[serde(default, skip_serializing_if = "is_default")]
        pub learned: String,
    }
}

/// What an experiment should move. It may be gone from the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Target {
    /// A variable.
    Variable(Id),
    /// A figure of the value stream.
    Figure(StoryFigure),
}

impl Target {
    /// The same about records that have other ids.
    #[must_use]
    pub fn renamed(self, mut now: impl FnMut(Id) -> Id) -> Self {
        match self {
            Self::Variable(id) => Self::Variable(now(id)),
            Self::Figure(figure) => Self::Figure(figure.about(now)),
        }
    }
}

/// How far an experiment is.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "camelCase")]
pub enum ExperimentState {
    /// It has not begun.
    #[default]
    Planned,
    /// It is under way.
    Running,
    /// It is over.
    Ended,
}

impl ExperimentState {
    /// All of them, in the order of time.
    pub const ALL: [Self; 3] = [Self::Planned, Self::Running, Self::Ended];

    /// What people read.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Running => "running",
            Self::Ended => "ended",
        }
    }
}

/// How an experiment went, beside what was expected. Each of them teaches something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Verdict {
    /// It went as we expected.
    AsExpected,
    /// A part of it did.
    InPart,
    /// It went otherwise.
    Otherwise,
    /// What was seen does not tell.
    Unclear,
}

impl Verdict {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 4] = [
        Self::AsExpected,
        Self::InPart,
        Self::Otherwise,
        Self::Unclear,
    ];

    /// What people read.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::AsExpected => "as we expected",
            Self::InPart => "in part as we expected",
            Self::Otherwise => "otherwise than we expected",
            Self::Unclear => "we cannot tell yet",
        }
    }
}

merge_as_a_whole!(ExperimentState);

impl Experiment {
    /// The same where every record that it mentions has another id.
    #[must_use]
    pub fn renamed(mut self, mut now: impl FnMut(Id) -> Id) -> Self {
        self.retrospective = self.retrospective.map(&mut now);
        self.changes = self.changes.renamed(&mut now);
        self.target = self.target.map(|target| target.renamed(&mut now));
        self
    }
}

impl Document {
    /// The experiments, in the order in which people see them.
    #[must_use]
    pub fn experiments_in_order(&self) -> Vec<(Id, &Experiment)> {
        let experiments = self.experiments().iter();
        let mut all: Vec<_> = experiments.map(|(id, one)| (*id, one)).collect();
        all.sort_by_key(|(id, one)| (one.place, *id));
        all
    }

    /// The experiments that were written down in a retrospective, in the same order.
    #[must_use]
    pub fn experiments_of(&self, retrospective: Id) -> Vec<(Id, &Experiment)> {
        let mut all = self.experiments_in_order();
        all.retain(|(_, one)| one.retrospective == Some(retrospective));
        all
    }
}
