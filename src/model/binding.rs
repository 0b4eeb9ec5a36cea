//! Tying a variable to a measure or a result of the stream, and a link to a part of it.

use super::id::Id;
use super::measure::MeasureKind;

/// A result of the whole stream that a variable can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
}

/// A result of one step that a variable can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StepResult {
    /// Items that it could do.
    Capacity,
    /// The load over the capacity.
    Utilisation,
    /// How long work waits before it.
    Waiting,
}

/// What a variable is bound to. The station or flow need not exist: then the binding is broken, and
/// stays to be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Binding {
    /// A measure of a station or flow, as somebody stated it.
    Measure(Id, MeasureKind),
    /// A result of a step.
    Step(Id, StepResult),
    /// A result of the whole stream.
    Stream(StreamResult),
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Segment {
    /// The first station.
    pub from: Id,
    /// The last station.
    pub to: Id,
}
