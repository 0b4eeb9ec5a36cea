//! Tying a variable to a measure or a result of the stream, and a link to a part of it.

use serde::{Deserialize, Serialize};

use super::id::Id;
use super::measure_kind::MeasureKind;

/// A result of the whole stream that a variable can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum StreamResult {
    /// Along the critical path.
    LeadTime,
    /// Touch time along the critical path.
    ProcessTime,
    /// Touch time over lead time.
    FlowEfficiency,
    /// The product of the steps' %C&A.
    RolledCompleteAndAccurate,
    /// Items that come out.
    Throughput,
    /// Items inside.
    WorkInProgress,
    /// Working time for each item that the customer asks for.
    TaktTime,
    /// What the constraint lets through.
    Capacity,
    /// Process time over lead time.
    ActivityRatio,
}

/// A result of one step that a variable can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum StepResult {
    /// Items that it could do.
    Capacity,
    /// The load over the capacity.
    Utilisation,
    /// How long work waits before it.
    Waiting,
}

impl StreamResult {
    /// Every one, in the order of the enum.
    pub const ALL: [Self; 9] = [
        Self::LeadTime,
        Self::ProcessTime,
        Self::FlowEfficiency,
        Self::RolledCompleteAndAccurate,
        Self::Throughput,
        Self::WorkInProgress,
        Self::TaktTime,
        Self::Capacity,
        Self::ActivityRatio,
    ];

    /// What people call it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::LeadTime => "Lead time",
            Self::ProcessTime => "Process time",
            Self::FlowEfficiency => "Flow efficiency",
            Self::RolledCompleteAndAccurate => "Rolled %C&A",
            Self::Throughput => "Throughput",
            Self::WorkInProgress => "Work in progress",
            Self::TaktTime => "Takt time",
            Self::Capacity => "Capacity",
            Self::ActivityRatio => "Activity ratio",
        }
    }
}

impl StepResult {
    /// Every one, in the order of the enum.
    pub const ALL: [Self; 3] = [Self::Capacity, Self::Utilisation, Self::Waiting];

    /// What people call it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Capacity => "Capacity",
            Self::Utilisation => "Utilisation",
            Self::Waiting => "Waiting",
        }
    }
}

/// What a variable is bound to. The station or flow need not exist: then the binding is broken, and
/// stays to be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "Written", into = "Written")]
pub enum Binding {
    /// A measure of a station or flow, as somebody stated it.
    Measure(Id, MeasureKind),
    /// A result of a step.
    Step(Id, StepResult),
    /// A result of the whole stream.
    Stream(StreamResult),
}

/// A binding as a file has it.
#[derive(Serialize, Deserialize)]
#[serde(
    untagged,
    deny_unknown_fields,
    expecting = "\"of\" with a \"measure\" or a \"result\" of a step, or a \"result\" of the stream"
)]
enum Written {
    Measure { of: Id, measure: MeasureKind },
    Step { of: Id, result: StepResult },
    Stream { result: StreamResult },
}

impl From<Written> for Binding {
    fn from(written: Written) -> Self {
        match written {
            Written::Measure { of, measure } => Self::Measure(of, measure),
            Written::Step { of, result } => Self::Step(of, result),
            Written::Stream { result } => Self::Stream(result),
        }
    }
}

impl From<Binding> for Written {
    fn from(binding: Binding) -> Self {
        match binding {
            Binding::Measure(of, measure) => Self::Measure { of, measure },
            Binding::Step(of, result) => Self::Step { of, result },
            Binding::Stream(result) => Self::Stream { result },
        }
    }
}

impl Binding {
    /// The same, about another station or flow.
    #[must_use]
    pub fn about(self, other: impl FnOnce(Id) -> Id) -> Self {
        match self {
            Self::Measure(id, kind) => Self::Measure(other(id), kind),
            Self::Step(id, result) => Self::Step(other(id), result),
            Self::Stream(_) => self,
        }
    }

    /// The station or flow it is about, if it is about one.
    #[must_use]
    pub const fn record(&self) -> Option<Id> {
        match self {
            Self::Measure(id, _) | Self::Step(id, _) => Some(*id),
            Self::Stream(_) => None,
        }
    }
}

/// A part of the map that a link takes its delay from: from the start of one station to the end of
/// another, along the longest way. Either may be gone: then it is broken, and stays to be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Segment {
    /// The first station.
    pub from: Id,
    /// The last station.
    pub to: Id,
}
