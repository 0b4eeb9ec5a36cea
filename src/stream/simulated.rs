//! Figures of runs of the map, for whoever shows them. The runs are made elsewhere.

use std::collections::BTreeMap;

use crate::model::{
    Binding, Calendar, SimulatedResult, SimulatedStepResult, number_text, term_in_sentence,
};

use super::figure::{Figure, FigureDimension, FigureKind, Status};
use super::report::StreamReport;
use super::words::amount_text_like;

/// What runs of the map say, as far as it is known; nothing of what is not in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SimulatedFigures(BTreeMap<Binding, SimulatedFigure>);

/// What runs of the map say of one thing.
#[derive(Clone, Debug, PartialEq)]
pub enum SimulatedFigure {
    /// The map is being run.
    Running,
    /// A mean over replications.
    Known(SimulatedMean),
    /// There is none.
    None(NoMean),
}

/// A mean over replications, with its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SimulatedMean {
    /// The mean: seconds of the calendar's basis, items per second of working time, items, or a part
    /// of 1.
    pub mean: f64,
    /// Half the width of its 95 % interval, likewise; infinite where that is not known.
    pub half_width: f64,
    /// What it is.
    pub dimension: FigureDimension,
    /// What it rests on.
    pub basis: RunBasis,
}

/// What figures of runs rest on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RunBasis {
    /// How often the map was run.
    pub replications: u32,
    /// How long each run was, in working days.
    pub days: f64,
    /// What was left out of each at its start, as a part of it, 0 to 1.
    pub left_out: f64,
    /// What random numbers followed from.
    pub seed: u32,
    /// Whether the interval of the mean lead time is wider than a quarter of it to either side.
    pub is_vague: bool,
}

/// Why runs give no mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoMean {
    /// Nothing was run.
    NotRun,
    /// The map cannot run; what is missing first, as a sentence.
    CannotRun(String),
    /// More comes than leaves.
    Grows,
    /// More than half of each run would have to be left out.
    TooShort,
    /// In some run nothing moves any more, with work left.
    Stuck,
    /// In some run nothing came through.
    NothingCame,
}

impl SimulatedFigures {
    /// Those where nothing was run.
    #[must_use]
    pub const fn none() -> Self {
        Self(BTreeMap::new())
    }

    /// The same with what is known of one thing.
    pub fn set(&mut self, binding: Binding, figure: SimulatedFigure) {
        self.0.insert(binding, figure);
    }

    /// What is known of one thing.
    #[must_use]
    pub fn of(&self, binding: &Binding) -> SimulatedFigure {
        let known = self.0.get(binding).cloned();
        known.unwrap_or(SimulatedFigure::None(NoMean::NotRun))
    }
}

impl SimulatedMean {
    /// It as people read it.
    #[must_use]
    pub fn text(&self, calendar: &Calendar) -> String {
        self.like(self.mean, calendar)
    }

    /// Its interval as people read it; none where it has no width or is not known.
    #[must_use]
    pub fn interval_text(&self, calendar: &Calendar) -> Option<String> {
        if self.half_width == 0.0 || !self.half_width.is_finite() {
            return None;
        }
        let [low, high] = [self.mean - self.half_width, self.mean + self.half_width]
            .map(|end| self.like(end, calendar));
        Some(format!("{low} to {high}"))
    }

    /// A number of its dimension in the unit in which it reads best itself.
    fn like(&self, number: f64, calendar: &Calendar) -> String {
        amount_text_like(number, self.mean, self.dimension, calendar)
    }

    /// How it differs from what the formula says, in a sentence.
    #[must_use]
    pub fn beside(&self, formula: &Figure, calendar: &Calendar) -> Option<String> {
        let number = formula.outcome.likely()?;
        if matches!(formula.status, Status::Growing) {
            return None;
        }
        let name = formula.kind.words().name;
        let said = format!(
            "By formula, {}: {}",
            term_in_sentence(name),
            formula.text_like(self.mean, calendar)
        );
        let difference = self.mean - number;
        Some(match difference {
            _ if difference.abs() <= self.half_width => {
                format!("{said}, which is in the interval.")
            }
            more if more > 0.0 => {
                format!("{said}; the runs say {} more.", self.like(more, calendar))
            }
            less => format!("{said}; the runs say {} less.", self.like(-less, calendar)),
        })
    }
}

impl RunBasis {
    /// It as a sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        format!(
            "{} runs of {} working days each, of which the first {} % are left out as warm-up, with \
             the seed {}.",
            self.replications,
            number_text(self.days),
            number_text(self.left_out * 100.0),
            self.seed
        )
    }
}

impl NoMean {
    /// It in few words, as it stands on the canvas.
    #[must_use]
    pub const fn tag(&self) -> &'static str {
        match self {
            Self::NotRun => "not simulated",
            Self::CannotRun(_) => "map cannot run",
            Self::Grows => "grows without end",
            Self::TooShort => "runs too short",
            Self::Stuck => "nothing moves",
            Self::NothingCame => "nothing comes through",
        }
    }

    /// It as a sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self {
            Self::NotRun => "The map was not run for this.".to_owned(),
            Self::CannotRun(gap) => format!("The map cannot run yet. {gap}"),
            Self::Grows => {
                "More comes than leaves: it grows without end, so there is no mean.".to_owned()
            }
            Self::TooShort => {
                "The runs are too short: more than half of each would have to be left out. Set more \
                 days under Run."
                    .to_owned()
            }
            Self::Stuck => {
                "In some run nothing moves any more, though work is left.".to_owned()
            }
            Self::NothingCame => "In some run nothing came through.".to_owned(),
        }
    }
}

/// What the formulas say of what runs say, if they say something.
#[must_use]
pub fn formula_beside<'r>(report: &'r StreamReport, binding: &Binding) -> Option<&'r Figure> {
    let known =
        |figure: Option<&'r Figure>| figure.filter(|figure| figure.outcome.likely().is_some());
    match *binding {
        Binding::Simulated(result) => {
            let kind = match result {
                SimulatedResult::LeadTime => FigureKind::ExpectedLeadTime,
                SimulatedResult::Throughput => FigureKind::Throughput,
                SimulatedResult::WorkInProgress => FigureKind::WorkInProgress,
                SimulatedResult::LeadTime50
                | SimulatedResult::LeadTime85
                | SimulatedResult::LeadTime95 => return None,
            };
            known(report.main()?.figure(kind))
        }
        Binding::SimulatedStep(id, result) => {
            let figure = |kind| known(report.station_figure(id, kind));
            match result {
                // A run finds the waits that chance makes.
                SimulatedStepResult::Waiting => figure(FigureKind::PredictedWaiting)
                    .or_else(|| figure(FigureKind::StationWaiting)),
                SimulatedStepResult::Utilisation => figure(FigureKind::Utilisation),
                SimulatedStepResult::ItemsWaiting => None,
            }
        }
        Binding::Measure(..) | Binding::Step(..) | Binding::Stream(_) => None,
    }
}
