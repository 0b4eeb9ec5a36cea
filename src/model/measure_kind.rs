//! What a measure can be about, and what holds of it.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::calendar::Dimension;
use super::measure::MAXIMUM_AMOUNT;
use super::stream_settings::Pack;

/// What a measure is about. Which record has which: see [`MeasureKind::of_station`] and its
/// neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum MeasureKind {
    /// Touch time of one item at a step.
    ProcessTime,
    /// How long an item waits: before a step, in a queue, on its way along a flow.
    WaitingTime,
    /// The share of items that the next step can use as they come.
    CompleteAndAccurate,
    /// People or machines that work side by side at a step.
    Servers,
    /// Items between two changeovers.
    Batch,
    /// The time of one changeover.
    Changeover,
    /// The share of time in which a step can work.
    Uptime,
    /// The mean time of one outage.
    RepairTime,
    /// The coefficient of variation of process times: standard deviation over mean.
    Variation,
    /// The share of a step's time that this stream gets; the rest goes to other work.
    ResourceShare,
    /// Items at a step or in a queue.
    WorkInProgress,
    /// The most items that a queue, a supermarket or a FIFO lane may hold.
    Limit,
    /// What a customer asks for.
    Demand,
    /// The share of items that take a flow; of a rework flow its probability.
    Share,
    /// Items that one cycle of a step makes at once, such as an oven.
    Pieces,
    /// The share of the process time that the customer would pay for.
    ValueAdded,
    /// The coefficient of variation of changeover times.
    ChangeoverVariation,
    /// The coefficient of variation of repair times.
    RepairVariation,
    /// Items before a flow that make one item after it, such as the pieces in a box.
    ItemsInOne,
    /// What a customer pays for one item of a product, in any one currency.
    Price,
    /// What is paid to others for one item of a product: material and what is bought in.
    Materials,
    /// The coefficient of variation of the times between arrivals, for a run item by item.
    ArrivalVariation,
    /// Items that come at once, for a run item by item.
    ArrivalBatch,
    /// The share of items that are expedited, for a run item by item.
    Expedited,
    /// Items that go on together from a step, for a run item by item.
    TransferBatch,
    /// The place of a step among those that share people or machines: 1 comes first. For a run item
    /// by item.
    Priority,
}

/// The measures of a step, in the order in which people read them.
const OF_STEP: [MeasureKind; 17] = [
    MeasureKind::ProcessTime,
    MeasureKind::ValueAdded,
    MeasureKind::WaitingTime,
    MeasureKind::CompleteAndAccurate,
    MeasureKind::Servers,
    MeasureKind::Pieces,
    MeasureKind::WorkInProgress,
    MeasureKind::Batch,
    MeasureKind::Changeover,
    MeasureKind::ChangeoverVariation,
    MeasureKind::Uptime,
    MeasureKind::RepairTime,
    MeasureKind::RepairVariation,
    MeasureKind::ResourceShare,
    MeasureKind::Variation,
    MeasureKind::TransferBatch,
    MeasureKind::Priority,
];
/// The measures of a supplier.
const OF_SUPPLIER: [MeasureKind; 3] = [
    MeasureKind::ArrivalVariation,
    MeasureKind::ArrivalBatch,
    MeasureKind::Expedited,
];
/// The measures of a queue or supermarket.
const OF_STORE: [MeasureKind; 3] = [
    MeasureKind::WorkInProgress,
    MeasureKind::WaitingTime,
    MeasureKind::Limit,
];

impl fmt::Display for MeasureKind {
    /// What it is called in a file.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(formatter)
    }
}

impl MeasureKind {
    /// Every kind, in the order of the enum.
    pub const ALL: [Self; 26] = [
        Self::ProcessTime,
        Self::WaitingTime,
        Self::CompleteAndAccurate,
        Self::Servers,
        Self::Batch,
        Self::Changeover,
        Self::Uptime,
        Self::RepairTime,
        Self::Variation,
        Self::ResourceShare,
        Self::WorkInProgress,
        Self::Limit,
        Self::Demand,
        Self::Share,
        Self::Pieces,
        Self::ValueAdded,
        Self::ChangeoverVariation,
        Self::RepairVariation,
        Self::ItemsInOne,
        Self::Price,
        Self::Materials,
        Self::ArrivalVariation,
        Self::ArrivalBatch,
        Self::Expedited,
        Self::TransferBatch,
        Self::Priority,
    ];

    /// The measures that a station of a kind may have.
    #[must_use]
    pub const fn of_station(kind: super::station::StationKind) -> &'static [Self] {
        use super::station::StationKind;
        match kind {
            StationKind::Step => &OF_STEP,
            StationKind::Queue | StationKind::Supermarket => &OF_STORE,
            StationKind::Customer => &[Self::Demand],
            StationKind::Supplier => &OF_SUPPLIER,
            StationKind::Control => &[],
        }
    }

    /// The measures that a product may have at a station of a kind.
    #[must_use]
    pub const fn of_product(kind: super::station::StationKind) -> &'static [Self] {
        use super::station::StationKind;
        match kind {
            StationKind::Customer => &[Self::Demand, Self::Price, Self::Materials],
            StationKind::Step => &[Self::ProcessTime],
            StationKind::Queue
            | StationKind::Supermarket
            | StationKind::Supplier
            | StationKind::Control => &[],
        }
    }

    /// The measures that a flow of a kind may have.
    #[must_use]
    pub const fn of_flow(kind: super::flow::FlowKind) -> &'static [Self] {
        use super::flow::FlowKind;
        match kind {
            FlowKind::Push | FlowKind::Pull => &[Self::Share, Self::WaitingTime, Self::ItemsInOne],
            FlowKind::Rework => &[Self::Share, Self::WaitingTime],
            FlowKind::Fifo => &[
                Self::Share,
                Self::WaitingTime,
                Self::Limit,
                Self::ItemsInOne,
            ],
            FlowKind::ManualInformation | FlowKind::ElectronicInformation => &[],
        }
    }

    /// Whether the times of single items that were measured can be said of it.
    #[must_use]
    pub const fn can_have_times(self) -> bool {
        matches!(
            self,
            Self::ProcessTime | Self::WaitingTime | Self::Changeover
        )
    }

    /// What it is called in the middle of a sentence.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ProcessTime => "process time",
            Self::WaitingTime => "waiting time",
            Self::CompleteAndAccurate => "%C&A",
            Self::Servers => "people or machines",
            Self::Batch => "batch",
            Self::Changeover => "changeover",
            Self::Uptime => "uptime",
            Self::RepairTime => "repair time",
            Self::Variation => "variability",
            Self::ResourceShare => "share of time",
            Self::WorkInProgress => "work in progress",
            Self::Limit => "limit",
            Self::Demand => "demand",
            Self::Share => "share",
            Self::Pieces => "items per cycle",
            Self::ValueAdded => "value-adding share",
            Self::ChangeoverVariation => "variability of changeovers",
            Self::RepairVariation => "variability of repairs",
            Self::ItemsInOne => "items in one",
            Self::Price => "price",
            Self::Materials => "materials",
            Self::ArrivalVariation => "variability of arrivals",
            Self::ArrivalBatch => "items that come at once",
            Self::Expedited => "share of expedited items",
            Self::TransferBatch => "transfer batch",
            Self::Priority => "priority",
        }
    }

    /// What it is called by itself, in the words of the pack.
    #[must_use]
    pub const fn title(self, pack: Pack) -> &'static str {
        match (self, pack) {
            (Self::ProcessTime, Pack::Software) => "Process time",
            (Self::ProcessTime, Pack::Manufacturing) => "Cycle time",
            (Self::WaitingTime, _) => "Wait before step",
            (Self::CompleteAndAccurate, Pack::Software) => "%C&A",
            (Self::CompleteAndAccurate, Pack::Manufacturing) => "First-pass yield",
            (Self::Servers, Pack::Software) => "People",
            (Self::Servers, Pack::Manufacturing) => "Machines",
            (Self::Batch, _) => "Batch",
            (Self::Changeover, Pack::Software) => "Changeover per batch",
            (Self::Changeover, Pack::Manufacturing) => "Changeover",
            (Self::Uptime, _) => "Uptime",
            (Self::RepairTime, _) => "Repair time",
            (Self::Variation, _) => "Variability (CV)",
            (Self::ResourceShare, Pack::Software) => "Share of team's time",
            (Self::ResourceShare, Pack::Manufacturing) => "Share of machine's time",
            (Self::WorkInProgress, Pack::Software) => "Work in progress",
            (Self::WorkInProgress, Pack::Manufacturing) => "Inventory",
            (Self::Limit, _) => "Limit",
            (Self::Demand, _) => "Demand",
            (Self::Share, _) => "Share of the work",
            (Self::Pieces, _) => "Items per cycle",
            (Self::ValueAdded, _) => "Value-adding share",
            (Self::ChangeoverVariation, _) => "Variability of changeovers",
            (Self::RepairVariation, _) => "Variability of repairs",
            (Self::ItemsInOne, _) => "Items in one",
            (Self::Price, _) => "Price",
            (Self::Materials, _) => "Materials",
            (Self::ArrivalVariation, _) => "Variability of arrivals",
            (Self::ArrivalBatch, _) => "Come at once",
            (Self::Expedited, _) => "Expedited",
            (Self::TransferBatch, _) => "Transfer batch",
            (Self::Priority, _) => "Priority",
        }
    }

    /// What it is called on a flow: what goes back is a share of its own.
    #[must_use]
    pub const fn title_on_flow(self, flow: super::flow::FlowKind, pack: Pack) -> &'static str {
        match (self, flow) {
            (Self::Share, super::flow::FlowKind::Rework) => "Share sent back",
            _ => self.title(pack),
        }
    }

    /// What holds while nobody has said anything; empty where nothing does.
    #[must_use]
    pub const fn convention(self) -> &'static str {
        match self {
            Self::Servers
            | Self::Batch
            | Self::Variation
            | Self::Pieces
            | Self::RepairVariation
            | Self::ItemsInOne
            | Self::ArrivalBatch
            | Self::TransferBatch => "1",
            Self::ChangeoverVariation => "0",
            Self::Uptime | Self::ResourceShare => "100 %",
            Self::Changeover => "none",
            _ => "",
        }
    }

    /// What an empty field of it shows.
    #[must_use]
    pub const fn placeholder(self) -> &'static str {
        match self {
            Self::ProcessTime => "such as 2 h",
            Self::WaitingTime => "such as 3 d",
            Self::CompleteAndAccurate => "such as 80 %",
            Self::RepairTime => "such as 30 min",
            Self::WorkInProgress => "such as 12",
            Self::Demand => "such as 5 per week",
            Self::Share => "such as 20 %",
            Self::Limit => "none",
            Self::ValueAdded => "such as 60 %",
            Self::Price => "such as 90",
            Self::Materials => "such as 45",
            Self::Servers
            | Self::Batch
            | Self::Variation
            | Self::Pieces
            | Self::RepairVariation
            | Self::ItemsInOne
            | Self::ArrivalBatch
            | Self::TransferBatch => "assumed: 1",
            Self::ArrivalVariation => "such as 1",
            Self::Expedited => "such as 5 %",
            Self::Priority => "such as 1",
            Self::ChangeoverVariation => "assumed: 0",
            Self::Uptime => "assumed: 100 %",
            Self::ResourceShare => "assumed: 100 %",
            Self::Changeover => "assumed: none",
        }
    }

    /// What kind of quantity it is.
    #[must_use]
    pub const fn dimension(self) -> Dimension {
        match self {
            Self::ProcessTime | Self::WaitingTime | Self::Changeover | Self::RepairTime => {
                Dimension::Time
            }
            Self::CompleteAndAccurate
            | Self::Uptime
            | Self::ResourceShare
            | Self::Share
            | Self::ValueAdded
            | Self::Expedited => Dimension::Share,
            Self::Servers
            | Self::Batch
            | Self::WorkInProgress
            | Self::Limit
            | Self::Pieces
            | Self::ItemsInOne
            | Self::ArrivalBatch
            | Self::TransferBatch
            | Self::Priority => Dimension::Count,
            Self::Variation
            | Self::ChangeoverVariation
            | Self::RepairVariation
            | Self::ArrivalVariation
            | Self::Price
            | Self::Materials => Dimension::Ratio,
            Self::Demand => Dimension::Rate,
        }
    }

    /// The least and the greatest amount, in a unit of its dimension.
    ///
    /// What divides something, such as servers and uptime, is over zero.
    #[must_use]
    pub const fn range(self) -> (f64, f64) {
        match self {
            Self::CompleteAndAccurate | Self::Share | Self::ValueAdded | Self::Expedited => {
                (0.0, 100.0)
            }
            Self::Uptime | Self::ResourceShare => (0.01, 100.0),
            Self::Servers | Self::Batch | Self::Limit | Self::Pieces | Self::ItemsInOne => {
                (1.0e-3, MAXIMUM_AMOUNT)
            }
            Self::ArrivalBatch | Self::TransferBatch | Self::Priority => (1.0, 1.0e6),
            Self::Variation
            | Self::ChangeoverVariation
            | Self::RepairVariation
            | Self::ArrivalVariation => (0.0, 100.0),
            _ => (0.0, MAXIMUM_AMOUNT),
        }
    }
}
