//! A directed hand-off between two stations of a value-stream map.

use serde::{Deserialize, Serialize};

use super::id::Id;
use super::measure::Measures;
use super::record::{is_default, merge_as_a_whole, record};

/// How work or information passes on.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "camelCase")]
pub enum FlowKind {
    /// Work is passed on when it is done, whether or not the next step can take it.
    #[default]
    Push,
    /// The next step takes work when it is ready for it.
    Pull,
    /// Work passes in order through a lane that holds only so much.
    Fifo,
    /// Work goes back to be done again.
    Rework,
    /// Information that people carry: talk, paper, a meeting.
    ManualInformation,
    /// Information that machines carry.
    ElectronicInformation,
}

impl FlowKind {
    /// Work passes along it, not information.
    #[must_use]
    pub const fn carries_work(self) -> bool {
        !matches!(self, Self::ManualInformation | Self::ElectronicInformation)
    }

    /// Work passes along it towards the customer.
    #[must_use]
    pub const fn is_forward(self) -> bool {
        self.carries_work() && !matches!(self, Self::Rework)
    }
}

merge_as_a_whole!(FlowKind);

record! {
    /// A directed hand-off between two stations; only rework may lead back to where it comes from.
    pub struct Flow {
        /// Where it leads from.
        pub from: Id,
        /// Where it leads to.
        pub to: Id,
        /// How it passes on.
        pub kind: FlowKind,
        /// How the arc bends, as [`Link::bend`](super::Link).
        #[serde(default, skip_serializing_if = "is_default")]
        pub bend: f64,
        /// What is known of it.
        #[serde(default, skip_serializing_if = "is_default")]
        pub measures: Measures,
        /// Free text about it.
        #[serde(default, skip_serializing_if = "is_default")]
        #[merge(words)]
        pub remark: String,
    }
}

impl Flow {
    /// A straight flow of which nothing is known.
    #[must_use]
    pub const fn new(from: Id, to: Id, kind: FlowKind) -> Self {
        Self {
            from,
            to,
            kind,
            measures: Measures::new(),
            bend: 0.0,
            remark: String::new(),
        }
    }
}
