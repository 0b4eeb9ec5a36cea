//! A result with its status, its formula and source, and what it was computed from.

use crate::model::{Estimate, Id, MeasureKind, StepResult, StreamResult};

use super::stated::Knowledge;

/// What a result is about. Times are in seconds of the calendar's basis, rates in items per second
/// of working time, shares in parts of 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FigureKind {
    /// Lead time along the critical path, waiting and work, in seconds of the basis.
    LeadTime,
    /// Process time along the critical path, in seconds of the basis.
    ProcessTime,
    /// The part of the process time that adds value, along the critical path, in seconds of the
    /// basis; only where somebody states such a part.
    ValueAddedTime,
    /// The part of the process time along the critical path that adds value, 0 to 1; only where
    /// somebody says of a step what its time is worth.
    ValueAddedOfProcess,
    /// The part of the lead time that adds value, 0 to 1; likewise.
    ValueAddedOfLead,
    /// The part of the process time that adds value, of the steps along the critical path of which
    /// somebody says so, 0 to 1; only where nobody does of others.
    ValueAddedOfMarked,
    /// Process time over lead time, 0 to 1.
    ActivityRatio,
    /// Active time over active and waiting time, 0 to 1; also process cycle efficiency.
    FlowEfficiency,
    /// Part of the items that pass all steps complete and accurate, 0 to 1.
    RolledCompleteAndAccurate,
    /// Items per second of working time that customers ask for.
    Demand,
    /// Working time for each item that customers ask for, in seconds.
    TaktTime,
    /// What the constraint lets through, in items per second of working time.
    Capacity,
    /// What comes out, in items per second of working time.
    Throughput,
    /// Raw process time T0: an item's time with nobody in its way, in seconds of working time.
    RawProcessTime,
    /// Critical WIP W0, in items.
    CriticalWip,
    /// Items in the stream.
    WorkInProgress,
    /// Items in the stream over demand: how long they last, in seconds of the basis.
    InventoryTime,
    /// Expected lead time with rework, splits and branches, in seconds of the basis.
    ExpectedLeadTime,
    /// Expected lead time of the items that arrive, in seconds of the basis; only where some leave
    /// before.
    ArrivingLeadTime,
    /// Lead time that utilisation and variation make, in seconds of the basis.
    PredictedLeadTime,
    /// Of a station: visits of an item that arrives.
    StationVisits,
    /// Of a step: effective process time of a visit, in seconds of working time.
    EffectiveTime,
    /// Of a step: items of the stream that it can do per second of working time, with all steps
    /// that share its resource.
    StationCapacity,
    /// Of a step: the part of its resource's time that the demand needs, 0 to over 1.
    Utilisation,
    /// Of a station: how long an item waits there by what the map says, in seconds of the basis.
    StationWaiting,
    /// Of a step: how long an item would wait by chance alone, in seconds of the basis.
    PredictedWaiting,
}

impl FigureKind {
    /// Every kind, in the order of the enum.
    pub const ALL: [Self; 26] = [
        Self::LeadTime,
        Self::ProcessTime,
        Self::ValueAddedTime,
        Self::ValueAddedOfProcess,
        Self::ValueAddedOfLead,
        Self::ValueAddedOfMarked,
        Self::ActivityRatio,
        Self::FlowEfficiency,
        Self::RolledCompleteAndAccurate,
        Self::Demand,
        Self::TaktTime,
        Self::Capacity,
        Self::Throughput,
        Self::RawProcessTime,
        Self::CriticalWip,
        Self::WorkInProgress,
        Self::InventoryTime,
        Self::ExpectedLeadTime,
        Self::ArrivingLeadTime,
        Self::PredictedLeadTime,
        Self::StationVisits,
        Self::EffectiveTime,
        Self::StationCapacity,
        Self::Utilisation,
        Self::StationWaiting,
        Self::PredictedWaiting,
    ];
    /// How many kinds are of the whole stream; they come first.
    pub const OF_STREAM: usize = 20;

    /// Its name, formula and source.
    #[must_use]
    pub const fn words(self) -> &'static FigureWords {
        &WORDS[self as usize]
    }
}

/// A figure in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FigureWords {
    /// Its name, as it stands in a list.
    pub name: &'static str,
    /// Its formula.
    pub formula: &'static str,
    /// Where the formula comes from.
    pub source: &'static str,
    /// What its time or rate counts in.
    pub dimension: FigureDimension,
}

/// What kind of number a figure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FigureDimension {
    /// Seconds of the calendar's basis: the clock or working time.
    Time,
    /// Seconds of working time.
    WorkingTime,
    /// Items per second of working time.
    Rate,
    /// Items.
    Items,
    /// Part of 1.
    Share,
    /// A plain number.
    Number,
}

const fn words(
    name: &'static str,
    formula: &'static str,
    source: &'static str,
    dimension: FigureDimension,
) -> FigureWords {
    FigureWords {
        name,
        formula,
        source,
        dimension,
    }
}

const MARTIN: &str = "Martin & Osterling, Value Stream Mapping (2014)";
const ROTHER: &str = "Rother & Shook, Learning to See (1999)";
const HOPP_7: &str = "Hopp & Spearman, Factory Physics (2011), ch. 7";
const HOPP_8: &str = "Hopp & Spearman, Factory Physics (2011), ch. 8";
const LITTLE: &str = "Little, A Proof for the Queuing Formula L = \u{3bb}W (1961)";
const JACKSON: &str = "Jackson, Networks of Waiting Lines (1957)";
const ALLEN: &str = "Allen, Probability, Statistics and Queueing Theory (1990); Whitt, The Queueing Network Analyzer (1983)";

/// By kind, in the order of the enum.
const WORDS: [FigureWords; 26] = [
    words(
        StreamResult::LeadTime.name(),
        "sum of waiting and process times along the longest path; rework and dead ends do not count",
        MARTIN,
        FigureDimension::Time,
    ),
    words(
        StreamResult::ProcessTime.name(),
        "sum of process times along the longest path",
        MARTIN,
        FigureDimension::Time,
    ),
    words(
        "Value-added time",
        "sum of process time \u{d7} its value-adding share along the longest path; a step marked value-adding has all of it, one marked necessary or waste has none",
        ROTHER,
        FigureDimension::Time,
    ),
    words(
        "Value-adding share of process time",
        "value-added time / process time",
        MARTIN,
        FigureDimension::Share,
    ),
    words(
        "Value-adding share of lead time",
        "value-added time / lead time, both in the calendar of the map",
        MARTIN,
        FigureDimension::Share,
    ),
    words(
        "Value-adding share of what is marked",
        "value-added time / process time of the steps of which somebody says what their time is worth",
        MARTIN,
        FigureDimension::Share,
    ),
    words(
        StreamResult::ActivityRatio.name(),
        "process time / lead time, both in the calendar of the map",
        MARTIN,
        FigureDimension::Share,
    ),
    words(
        StreamResult::FlowEfficiency.name(),
        "active time / (active time + waiting time), both in the calendar of the map",
        "Modig & \u{c5}hlstr\u{f6}m, This is Lean (2012)",
        FigureDimension::Share,
    ),
    words(
        StreamResult::RolledCompleteAndAccurate.name(),
        "product of the steps' %C&A; of alternatives the mean",
        MARTIN,
        FigureDimension::Share,
    ),
    words(
        "Demand",
        "sum of what the customers ask for",
        ROTHER,
        FigureDimension::Rate,
    ),
    words(
        StreamResult::TaktTime.name(),
        "available time / demand",
        ROTHER,
        FigureDimension::WorkingTime,
    ),
    words(
        StreamResult::Capacity.name(),
        "rb = min over resources of c \u{d7} share / sum of (v \u{d7} te)",
        HOPP_7,
        FigureDimension::Rate,
    ),
    words(
        StreamResult::Throughput.name(),
        "min(demand, capacity)",
        HOPP_7,
        FigureDimension::Rate,
    ),
    words(
        "Raw process time",
        "T0 = sum of v \u{d7} te; of parallel branches the longest",
        HOPP_7,
        FigureDimension::WorkingTime,
    ),
    words(
        "Critical WIP",
        "W0 = rb \u{d7} T0",
        HOPP_7,
        FigureDimension::Items,
    ),
    words(
        StreamResult::WorkInProgress.name(),
        "sum of what is counted at each place; where only a time is stated, WIP = demand \u{d7} visits \u{d7} time",
        LITTLE,
        FigureDimension::Items,
    ),
    words(
        "Inventory in time",
        "work in progress / demand",
        LITTLE,
        FigureDimension::Time,
    ),
    words(
        "Expected lead time",
        "sum of v \u{d7} (waiting + process time), v = (I \u{2212} P)\u{207b}\u{b9} a; of parallel branches the longest; the time of items that leave before counts for those that arrive",
        JACKSON,
        FigureDimension::Time,
    ),
    words(
        "Lead time of what arrives",
        "as the expected lead time, of the items that do not leave before",
        JACKSON,
        FigureDimension::Time,
    ),
    words(
        "Predicted lead time",
        "sum of v \u{d7} (Wq + te), Wq = (ca\u{b2} + ce\u{b2})/2 \u{d7} wait of M/M/c",
        ALLEN,
        FigureDimension::Time,
    ),
    words(
        "Visits",
        "v = (I \u{2212} P)\u{207b}\u{b9} a; of one loop 1 / (1 \u{2212} p)",
        JACKSON,
        FigureDimension::Number,
    ),
    words(
        "Effective process time",
        "te = t0 / A + ts / Ns",
        HOPP_8,
        FigureDimension::WorkingTime,
    ),
    words(
        StepResult::Capacity.name(),
        "c \u{d7} share / sum of (v \u{d7} te) over all steps of the resource",
        HOPP_7,
        FigureDimension::Rate,
    ),
    words(
        StepResult::Utilisation.name(),
        "\u{3c1} = demand / capacity",
        HOPP_8,
        FigureDimension::Share,
    ),
    words(
        StepResult::Waiting.name(),
        "as stated, or WIP / (demand \u{d7} visits)",
        LITTLE,
        FigureDimension::Time,
    ),
    words(
        "Predicted waiting",
        "Wq = (ca\u{b2} + ce\u{b2})/2 \u{d7} wait of M/M/c",
        ALLEN,
        FigureDimension::Time,
    ),
];

/// What came out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Outcome {
    /// One number.
    Known(f64),
    /// A number with its bounds, since something it depends on is an estimate. The upper bound may
    /// be infinite.
    Range(Estimate),
    /// A number that it depends on is unknown, or there is no such number.
    Unknown,
}

impl Outcome {
    /// The one number to show, if there is any.
    #[must_use]
    pub const fn likely(&self) -> Option<f64> {
        match self {
            Self::Known(number) => Some(*number),
            Self::Range(estimate) => Some(estimate.likely),
            Self::Unknown => None,
        }
    }
}

/// How a result is to be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It follows from what is stated.
    Exact,
    /// The formula is an approximation.
    Approximation,
    /// The true number is at most, or at least, this one.
    Bound(Bound),
    /// It follows from what is stated if the map is meant as it was read; a problem says what is
    /// assumed ([`super::Problem::PartMayNotCome`] and its neighbours).
    Assumed,
    /// More is asked for than can be done, so there is no steady state: this is what an item finds
    /// that comes now, and it grows.
    Growing,
    /// It comes from a simulation.
    Simulated,
}

/// Which side of the true number a bound is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// The true number is at most this.
    Upper,
    /// The true number is at least this.
    Lower,
}

/// Whether the bounds of a range are the extremes of the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extremes {
    /// The result rises or falls steadily with each estimate, so that the corners are its extremes.
    Exact,
    /// It may not: the bounds are the extremes of what was tried.
    Explored,
}

/// What part a measure has in a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputRole {
    /// The result was computed from it.
    Used,
    /// It is not known, so the result is unknown or only a bound.
    Missing,
    /// Nobody said anything, and the convention was taken.
    Assumed,
}

/// A measure that a result depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Input {
    /// The station or flow.
    pub record: Id,
    /// The number of the product that it is of there, if it is of one; see
    /// [`super::Stream::product_name`].
    pub product: Option<usize>,
    /// Which of its measures.
    pub measure: MeasureKind,
    /// How sure it is.
    pub knowledge: Knowledge,
    /// What part it has.
    pub role: InputRole,
}

/// A result. What it depends on is told by [`super::StreamResults::inputs`], which takes longer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figure {
    /// What it is about.
    pub kind: FigureKind,
    /// The number, if there is one.
    pub outcome: Outcome,
    /// How it is to be taken.
    pub status: Status,
    /// What the bounds are, if it is a range.
    pub extremes: Extremes,
}
