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

/// A result of runs of the whole stream that a variable can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum SimulatedResult {
    /// How long an item takes, on the mean.
    LeadTime,
    /// What half of the items take at most.
    LeadTime50,
    /// What 85 of 100 items take at most.
    LeadTime85,
    /// What 95 of 100 items take at most.
    LeadTime95,
    /// Items that come out.
    Throughput,
    /// Items inside.
    WorkInProgress,
}

/// A result of runs about one step that a variable can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum SimulatedStepResult {
    /// How long an item waits before it each time.
    Waiting,
    /// How many items wait before it.
    ItemsWaiting,
    /// The part of their time that those who work there are at work or setting up.
    Utilisation,
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

impl SimulatedResult {
    /// Every one, in the order of the enum.
    pub const ALL: [Self; 6] = [
        Self::LeadTime,
        Self::LeadTime50,
        Self::LeadTime85,
        Self::LeadTime95,
        Self::Throughput,
        Self::WorkInProgress,
    ];

    /// What people call it; no other result is called so.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::LeadTime => "Simulated lead time, mean",
            Self::LeadTime50 => "Simulated lead time, P50",
            Self::LeadTime85 => "Simulated lead time, P85",
            Self::LeadTime95 => "Simulated lead time, P95",
            Self::Throughput => "Simulated throughput",
            Self::WorkInProgress => "Simulated work in progress",
        }
    }
}

impl SimulatedStepResult {
    /// Every one, in the order of the enum.
    pub const ALL: [Self; 3] = [Self::Waiting, Self::ItemsWaiting, Self::Utilisation];

    /// What people call it; no other result is called so.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Waiting => "Simulated waiting",
            Self::ItemsWaiting => "Simulated items waiting",
            Self::Utilisation => "Simulated utilisation",
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
    /// A result of runs about a step.
    SimulatedStep(Id, SimulatedStepResult),
    /// A result of runs of the whole stream.
    Simulated(SimulatedResult),
}

/// A binding as a file has it.
#[derive(Serialize, Deserialize)]
#[serde(
    untagged,
    deny_unknown_fields,
    expecting = "\"of\" with a \"measure\", or a \"result\" or \"simulated\" result of a step, or a \"result\" or \"simulated\" result of the stream"
)]
enum Written {
    Measure {
        of: Id,
        measure: MeasureKind,
    },
    Step {
        of: Id,
        result: StepResult,
    },
    Stream {
        result: StreamResult,
    },
    SimulatedStep {
        of: Id,
        simulated: SimulatedStepResult,
    },
    Simulated {
        simulated: SimulatedResult,
    },
}

impl From<Written> for Binding {
    fn from(written: Written) -> Self {
        match written {
            Written::Measure { of, measure } => Self::Measure(of, measure),
            Written::Step { of, result } => Self::Step(of, result),
            Written::Stream { result } => Self::Stream(result),
            Written::SimulatedStep { of, simulated } => Self::SimulatedStep(of, simulated),
            Written::Simulated { simulated } => Self::Simulated(simulated),
        }
    }
}

impl From<Binding> for Written {
    fn from(binding: Binding) -> Self {
        match binding {
            Binding::Measure(of, measure) => Self::Measure { of, measure },
            Binding::Step(of, result) => Self::Step { of, result },
            Binding::Stream(result) => Self::Stream { result },
            Binding::SimulatedStep(of, simulated) => Self::SimulatedStep { of, simulated },
            Binding::Simulated(simulated) => Self::Simulated { simulated },
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
            Self::SimulatedStep(id, result) => Self::SimulatedStep(other(id), result),
            Self::Stream(_) | Self::Simulated(_) => self,
        }
    }

    /// The station or flow it is about, if it is about one.
    #[must_use]
    pub const fn record(&self) -> Option<Id> {
        match self {
            Self::Measure(id, _) | Self::Step(id, _) | Self::SimulatedStep(id, _) => Some(*id),
            Self::Stream(_) | Self::Simulated(_) => None,
        }
    }

    /// Whether it is about runs of the map.
    #[must_use]
    pub const fn is_simulated(&self) -> bool {
        match self {
            Self::Measure(..) | Self::Step(..) | Self::Stream(_) => false,
            Self::SimulatedStep(..) | Self::Simulated(_) => true,
        }
    }

    /// What is shown, as people call it, without what it is of.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Measure(_, kind) => kind.name(),
            Self::Step(_, result) => result.name(),
            Self::Stream(result) => result.name(),
            Self::SimulatedStep(_, result) => result.name(),
            Self::Simulated(result) => result.name(),
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
