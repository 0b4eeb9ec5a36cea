//! What a variable shows that is bound to the stream, and how long the delay of a link is.

use serde::{Deserialize, Serialize};

use crate::model::{
    Amount, Binding, Dimension, Document, Id, Link, Measure, MeasureKind, Segment, StepResult,
    StreamResult, counted, measure_text,
};

use super::figure::{Bound, Figure, FigureDimension, FigureKind, Status};
use super::report::{StreamReport, StreamResults};
use super::simulated::{NoMean, SimulatedFigure, SimulatedFigures, SimulatedMean, formula_beside};
use super::stated::Quantity;

/// What a bound variable shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BoundValue {
    /// A value, as people read it.
    Known(String),
    /// Nobody knows it.
    Unknown,
    /// What it is bound to is gone, or cannot have such a measure.
    Broken,
    /// What runs of the map say.
    Simulated(SimulatedWords),
    /// The map is being run for it.
    Running,
    /// Runs of the map say nothing: in few words, and as a sentence.
    NotSimulated(String, String),
}

/// What runs of the map say, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SimulatedWords {
    /// The value, as people read it.
    pub value: String,
    /// How many runs it is of, such as "20 runs".
    pub runs: String,
    /// What else there is to know of it, in sentences: its interval, the runs, what the formula says.
    pub facts: Vec<String>,
}

/// The number behind a binding.
#[derive(Clone, Debug, PartialEq)]
pub struct BoundNumber {
    /// The number: a time in seconds of the calendar's basis or of working time, a rate in items per
    /// second of working time, items, or a part of 1, as the dimension says.
    pub number: f64,
    /// What it is.
    pub dimension: FigureDimension,
    /// How it is known, in few words: "as stated", "by formula", "of 20 runs".
    pub how: String,
}

/// Why there is no number behind a binding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoNumber {
    /// What it is bound to is gone, or cannot have such a measure.
    Broken,
    /// Nobody knows it; where it is worked out, these measures are missing.
    Unknown(Vec<(Id, MeasureKind)>),
    /// More is asked for than can be done, so that it grows.
    Grows,
    /// The map is being run for it.
    Running,
    /// Runs say nothing.
    NoMean(NoMean),
}

/// What a binding is about, as far as it is there.
enum Found<'d> {
    /// A measure that somebody stated, or none.
    Stated(MeasureKind, Option<&'d Measure>),
    /// A figure that is worked out, or none.
    WorkedOut(Option<&'d Figure>),
    /// What runs say.
    Simulated(SimulatedFigure),
}

/// Looks up what a binding is about; none where that is gone.
fn found<'d>(
    document: &'d Document,
    report: &'d StreamReport,
    simulated: &SimulatedFigures,
    binding: &Binding,
) -> Option<Found<'d>> {
    let is_there = |id: &Id| document.stations().contains_key(id);
    match binding {
        Binding::Measure(id, kind) => Some(Found::Stated(*kind, stated(document, *id, *kind)?)),
        Binding::Step(id, result) => {
            is_there(id).then(|| Found::WorkedOut(report.station_figure(*id, step_figure(*result))))
        }
        Binding::Stream(result) => Some(Found::WorkedOut(
            report.main()?.figure(stream_figure(*result)),
        )),
        Binding::SimulatedStep(id, _) => {
            is_there(id).then(|| Found::Simulated(simulated.of(binding)))
        }
        Binding::Simulated(_) => {
            report.main()?;
            Some(Found::Simulated(simulated.of(binding)))
        }
    }
}

/// What is stated of a station or flow; none where that is gone or cannot have such a measure.
fn stated(document: &Document, id: Id, kind: MeasureKind) -> Option<Option<&Measure>> {
    let station = document.stations().get(&id);
    let station = station.map(|station| (&station.measures, MeasureKind::of_station(station.kind)));
    let flow = document.flows().get(&id);
    let flow = flow.map(|flow| (&flow.measures, MeasureKind::of_flow(flow.kind)));
    let (measures, kinds) = station.or(flow)?;
    kinds.contains(&kind).then(|| measures.get(kind))
}

/// The value of what a variable is bound to.
#[must_use]
pub fn bound_value(
    document: &Document,
    report: &StreamReport,
    simulated: &SimulatedFigures,
    binding: &Binding,
) -> BoundValue {
    let calendar = &document.calendar();
    match found(document, report, simulated, binding) {
        None => BoundValue::Broken,
        Some(Found::Stated(_, measure)) => {
            let known = measure.filter(|measure| measure.amount.likely().is_some());
            known.map_or(BoundValue::Unknown, |measure| {
                BoundValue::Known(measure_text(measure))
            })
        }
        Some(Found::WorkedOut(figure)) => {
            let known = figure.filter(|figure| figure.outcome.likely().is_some());
            known.map_or(BoundValue::Unknown, |figure| {
                BoundValue::Known(figure.text(calendar))
            })
        }
        Some(Found::Simulated(SimulatedFigure::Running)) => BoundValue::Running,
        Some(Found::Simulated(SimulatedFigure::None(why))) => {
            BoundValue::NotSimulated(why.tag().to_owned(), why.sentence())
        }
        Some(Found::Simulated(SimulatedFigure::Known(mean))) => {
            BoundValue::Simulated(words_of(document, report, binding, &mean))
        }
    }
}

/// What runs say, in words, beside what the formula says.
fn words_of(
    document: &Document,
    report: &StreamReport,
    binding: &Binding,
    mean: &SimulatedMean,
) -> SimulatedWords {
    let calendar = &document.calendar();
    let interval = mean.interval_text(calendar);
    let interval = interval.map(|interval| format!("95 % interval: {interval}."));
    let vague = mean.basis.is_vague.then(|| {
        "The interval of the lead time is wide: let the runs be longer, or more.".to_owned()
    });
    let formula = formula_beside(report, binding);
    let formula = formula.and_then(|formula| mean.beside(formula, calendar));
    let runs = std::iter::once(mean.basis.sentence());
    let facts = interval.into_iter().chain(runs).chain(vague).chain(formula);
    SimulatedWords {
        value: mean.text(calendar),
        runs: runs_text(mean),
        facts: facts.collect(),
    }
}

fn runs_text(mean: &SimulatedMean) -> String {
    counted(u64::from(mean.basis.replications), "run", "runs")
}

/// The number of what a variable is bound to.
///
/// # Errors
/// Why there is none.
pub fn bound_number(
    document: &Document,
    report: &StreamReport,
    simulated: &SimulatedFigures,
    binding: &Binding,
) -> Result<BoundNumber, NoNumber> {
    match found(document, report, simulated, binding).ok_or(NoNumber::Broken)? {
        Found::Stated(kind, measure) => {
            let measure = measure.ok_or_else(|| NoNumber::Unknown(Vec::new()))?;
            let quantity = Quantity::of(binding.record(), kind, measure, &document.calendar());
            Ok(BoundNumber {
                number: quantity
                    .likely
                    .ok_or_else(|| NoNumber::Unknown(Vec::new()))?,
                dimension: match kind.dimension() {
                    Dimension::Time => FigureDimension::Time,
                    Dimension::Rate => FigureDimension::Rate,
                    Dimension::Share => FigureDimension::Share,
                    Dimension::Count => FigureDimension::Items,
                    Dimension::Ratio => FigureDimension::Number,
                },
                how: match measure.amount {
                    Amount::Guessed(_) => "as guessed",
                    Amount::Estimated(_) => "as estimated",
                    Amount::Measured(_) | Amount::Unknown => "as stated",
                }
                .to_owned(),
            })
        }
        Found::WorkedOut(figure) => {
            let unknown = || NoNumber::Unknown(missing(report, binding));
            let figure = figure.ok_or_else(unknown)?;
            let number = figure.outcome.likely().ok_or_else(unknown)?;
            let how = match figure.status {
                Status::Growing => return Err(NoNumber::Grows),
                Status::Bound(Bound::Upper) => "by formula, at most",
                Status::Bound(Bound::Lower) => "by formula, at least",
                Status::Exact | Status::Approximation | Status::Assumed | Status::Simulated => {
                    "by formula"
                }
            };
            Ok(BoundNumber {
                number,
                dimension: figure.kind.words().dimension,
                how: how.to_owned(),
            })
        }
        Found::Simulated(SimulatedFigure::Running) => Err(NoNumber::Running),
        Found::Simulated(SimulatedFigure::None(why)) => Err(NoNumber::NoMean(why)),
        Found::Simulated(SimulatedFigure::Known(mean)) => Ok(BoundNumber {
            number: mean.mean,
            dimension: mean.dimension,
            how: match mean.basis.is_vague {
                true => format!("of {}, with a wide interval", runs_text(&mean)),
                false => format!("of {}", runs_text(&mean)),
            },
        }),
    }
}

/// Which measures are missing for a figure.
fn missing(report: &StreamReport, binding: &Binding) -> Vec<(Id, MeasureKind)> {
    let inputs = |results: &StreamResults, kind: FigureKind, station: Option<Id>| {
        let inputs = results.missing_inputs(kind, station).into_iter();
        inputs.map(|input| (input.record, input.measure)).collect()
    };
    match binding {
        Binding::Stream(result) => report.main().map_or_else(Vec::new, |results| {
            inputs(results, stream_figure(*result), None)
        }),
        Binding::Step(id, result) => report.of_station(*id).map_or_else(Vec::new, |results| {
            inputs(results, step_figure(*result), Some(*id))
        }),
        Binding::Measure(..) | Binding::SimulatedStep(..) | Binding::Simulated(_) => Vec::new(),
    }
}

/// The figure behind a result of a step.
#[must_use]
pub const fn step_figure(result: StepResult) -> FigureKind {
    match result {
        StepResult::Capacity => FigureKind::StationCapacity,
        StepResult::Utilisation => FigureKind::Utilisation,
        StepResult::Waiting => FigureKind::StationWaiting,
    }
}

/// The figure behind a result of the whole stream.
#[must_use]
pub const fn stream_figure(result: StreamResult) -> FigureKind {
    match result {
        StreamResult::LeadTime => FigureKind::LeadTime,
        StreamResult::ProcessTime => FigureKind::ProcessTime,
        StreamResult::FlowEfficiency => FigureKind::FlowEfficiency,
        StreamResult::RolledCompleteAndAccurate => FigureKind::RolledCompleteAndAccurate,
        StreamResult::Throughput => FigureKind::Throughput,
        StreamResult::WorkInProgress => FigureKind::WorkInProgress,
        StreamResult::TaktTime => FigureKind::TaktTime,
        StreamResult::Capacity => FigureKind::Capacity,
        StreamResult::ActivityRatio => FigureKind::ActivityRatio,
    }
}

/// Whether a variable is bound to the constraint: to one of the steps that limit now.
#[must_use]
pub fn is_active_limit(report: &StreamReport, binding: &Binding) -> bool {
    let Some(station) = binding.record() else {
        return false;
    };
    let mut limits = report
        .streams
        .iter()
        .filter_map(|results| results.limit.as_ref());
    limits.any(|limit| limit.stations().any(|id| id == station))
}

/// The delay of a link that comes from a part of the map.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum LinkDelay {
    /// Seconds of the calendar's basis.
    Known(f64),
    /// Something on the way is not known.
    Unknown,
    /// A station is gone, or no path leads from one to the other.
    Broken,
}

/// How long the delay of a part of the map is.
#[must_use]
pub fn segment_delay(document: &Document, report: &StreamReport, segment: &Segment) -> LinkDelay {
    let there = |id: &Id| document.stations().contains_key(id);
    if !there(&segment.from) || !there(&segment.to) {
        return LinkDelay::Broken;
    }
    match report.segment(segment.from, segment.to) {
        None => LinkDelay::Broken,
        Some(ladder) => ladder
            .lead_time()
            .map_or(LinkDelay::Unknown, LinkDelay::Known),
    }
}

/// The delay of a link, if it comes from the map.
#[must_use]
pub fn delay_of(document: &Document, report: &StreamReport, link: &Link) -> Option<LinkDelay> {
    let segment = link.delay_source.as_ref()?;
    Some(segment_delay(document, report, segment))
}
