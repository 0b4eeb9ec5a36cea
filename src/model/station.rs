//! A place on a value-stream map that work passes through: a step, a queue, a customer.

use super::element::Placement;
use super::measure::Measures;

/// What a station is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StationKind {
    /// A process step: work is done here.
    #[default]
    Step,
    /// Work that waits; drawn as an inventory triangle.
    Queue,
    /// A store from which the next step takes what it needs.
    Supermarket,
    /// Where work comes from.
    Supplier,
    /// Who asks for the work and gets it.
    Customer,
    /// Who plans and sends information, such as production control; no work passes through.
    Control,
}

/// What a step means for the delivery of software, for the DORA metrics.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StepRole {
    /// Nothing special.
    #[default]
    Plain,
    /// At its end a change is committed: here the change lead time begins.
    Commit,
    /// It deploys to production: at its end the change lead time ends.
    Deployment,
}

/// A place on a value-stream map that work or information passes through.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Station {
    /// What it is.
    pub kind: StationKind,
    /// Its name; may be empty while nobody has named it.
    pub name: String,
    /// Free text about it.
    pub remark: String,
    /// Who works here: steps with the same text, if it is not empty, share their people or
    /// machines. Steps only.
    pub resource: String,
    /// What it means for the delivery of software. Steps only.
    pub role: StepRole,
    /// What is known of it.
    pub measures: Measures,
    /// Where it stands.
    pub placement: Placement,
}
