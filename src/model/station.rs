//! A place on a value-stream map that work passes through: a step, a queue, a customer.

use serde::{Deserialize, Serialize};

use super::look::Colour;
use super::measure::Measures;
use super::measure_kind::MeasureKind;
use super::product::Products;
use super::record::{merge_as_a_whole, record};
use super::tags::Tags;

/// What a station is.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "camelCase")]
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum StepRole {
    /// Nothing special.
    #[default]
    Plain,
    /// At its end a change is committed: here the change lead time begins.
    Commit,
    /// It deploys to production: at its end the change lead time ends.
    Deployment,
}

/// What the time of a step is worth to the customer, as Martin & Osterling tell it apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum StepValue {
    /// Nobody has said.
    #[default]
    Unmarked,
    /// The customer would pay for it (VA).
    ValueAdding,
    /// No customer would pay for it, but it is needed: by law, for safety, to run the business (NNVA).
    Necessary,
    /// Nobody needs it (NVA).
    Waste,
}

impl StepValue {
    /// Every value, in the order of the enum.
    pub const ALL: [Self; 4] = [
        Self::Unmarked,
        Self::ValueAdding,
        Self::Necessary,
        Self::Waste,
    ];

    /// The part of a step's process time that adds value, if somebody has said: 1 or 0.
    #[must_use]
    pub const fn part(self) -> Option<f64> {
        match self {
            Self::Unmarked => None,
            Self::ValueAdding => Some(1.0),
            Self::Necessary | Self::Waste => Some(0.0),
        }
    }

    /// What people read.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unmarked => "not marked",
            Self::ValueAdding => "value-adding",
            Self::Necessary => "necessary, not value-adding",
            Self::Waste => "waste",
        }
    }
}

merge_as_a_whole!(StationKind, StepRole, StepValue);

impl Station {
    /// Makes it a station of another kind; measures and products that such a one cannot have go.
    pub fn set_kind(&mut self, kind: StationKind) {
        self.kind = kind;
        self.measures.retain(MeasureKind::of_station(kind));
        self.products.retain(MeasureKind::of_product(kind));
    }
}

record! {
    /// A place on a value-stream map that work or information passes through.
    #[derive(Default)]
    pub struct Station {
        /// Its name; may be empty while nobody has named it.
        pub name: String,
        /// What it is.
        #[serde(default, skip_serializing_if = "is_default")]
        pub kind: StationKind,
        [placement],
        /// Who works here: steps with the same text, if it is not empty, share their people or
        /// machines. Steps only.
        #[serde(default, skip_serializing_if = "is_default")]
        pub resource: String,
        /// What it means for the delivery of software. Steps only.
        #[serde(default, skip_serializing_if = "is_default")]
        pub role: StepRole,
        /// What its time is worth to the customer. Steps only.
        #[serde(default, skip_serializing_if = "is_default")]
        pub value: StepValue,
        /// What is known of it.
        #[serde(default, skip_serializing_if = "is_default")]
        pub measures: Measures,
        /// The products, or kinds of work: of a customer those that it asks for, of a step those
        /// whose times differ from its own.
        #[serde(default, skip_serializing_if = "is_default")]
        pub products: Products,
        /// Free text about it.
        #[serde(default, skip_serializing_if = "is_default")]
        #[merge(words)]
        pub remark: String,
        /// Its colour, if it has one.
        #[serde(default, skip_serializing_if = "is_default")]
        pub colour: Option<Colour>,
        /// Words by which people gather it with others.
        #[serde(default, skip_serializing_if = "is_default")]
        pub tags: Tags,
    }
}
