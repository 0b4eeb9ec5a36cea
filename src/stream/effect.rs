//! Which way a result goes when a measure rises, and which measures it depends on.

use crate::model::MeasureKind;

use super::figure::FigureKind;
use super::network::ArcKind;

/// What becomes of a result as a measure rises, all else equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    /// Nothing.
    None,
    /// It rises or stays.
    Up,
    /// It falls or stays.
    Down,
    /// Mostly it rises, but it need not.
    MostlyUp,
    /// Mostly it falls, but it need not.
    MostlyDown,
    /// It depends.
    Unclear,
}

/// The effect of a measure on a result. `flow` is the kind of flow that the measure is of, if it
/// is of one.
pub(super) const fn effect(
    figure: FigureKind,
    measure: MeasureKind,
    flow: Option<ArcKind>,
) -> Effect {
    use Effect::{Down, MostlyDown, MostlyUp, None, Unclear, Up};
    use FigureKind as F;
    use MeasureKind as M;
    let rework = matches!(flow, Some(ArcKind::Rework));
    // The ladder leaves rework out.
    let off_ladder = rework && matches!(measure, M::WaitingTime);
    match figure {
        F::Demand => match measure {
            M::Demand => Up,
            _ => None,
        },
        F::TaktTime => match measure {
            M::Demand => Down,
            _ => None,
        },
        F::ValueAddedTime => match measure {
            M::ValueAdded => Up,
            M::WaitingTime if off_ladder => None,
            M::ProcessTime | M::WaitingTime | M::WorkInProgress => MostlyUp,
            M::Demand => MostlyDown,
            M::Share | M::ItemsInOne => Unclear,
            _ => None,
        },
        F::ValueAddedOfProcess | F::ValueAddedOfLead | F::ValueAddedOfMarked => match measure {
            M::ValueAdded => Up,
            M::WaitingTime if off_ladder => None,
            M::ProcessTime | M::Demand => MostlyUp,
            M::WaitingTime | M::WorkInProgress => MostlyDown,
            M::Share | M::ItemsInOne => Unclear,
            _ => None,
        },
        F::RolledCompleteAndAccurate => match measure {
            M::CompleteAndAccurate => Up,
            M::Share => Unclear,
            _ => None,
        },
        F::LeadTime => match measure {
            M::ItemsInOne => Unclear,
            M::WaitingTime if off_ladder => None,
            M::ProcessTime | M::WaitingTime | M::WorkInProgress => Up,
            M::Demand => Down,
            M::Share => Unclear,
            _ => None,
        },
        F::ExpectedLeadTime | F::ArrivingLeadTime => match measure {
            M::ItemsInOne => Unclear,
            M::ProcessTime | M::WaitingTime | M::WorkInProgress => Up,
            M::Demand => Down,
            M::Share if rework => Up,
            M::Share => Unclear,
            _ => None,
        },
        F::WorkInProgress => match measure {
            M::ItemsInOne => Unclear,
            M::ProcessTime | M::WaitingTime | M::WorkInProgress | M::Demand => Up,
            M::Share if rework => Up,
            M::Share => Unclear,
            _ => None,
        },
        F::InventoryTime => match measure {
            M::ItemsInOne => Unclear,
            M::ProcessTime | M::WaitingTime | M::WorkInProgress => Up,
            M::Demand => Down,
            M::Share if rework => Up,
            M::Share => Unclear,
            _ => None,
        },
        // Which way is the longest may change, and with it the process time on it.
        F::ProcessTime => match measure {
            M::ItemsInOne => Unclear,
            M::WaitingTime if off_ladder => None,
            M::ProcessTime | M::WaitingTime | M::WorkInProgress => MostlyUp,
            M::Demand => MostlyDown,
            M::Share => Unclear,
            _ => None,
        },
        F::ActivityRatio | F::FlowEfficiency => match measure {
            M::ItemsInOne => Unclear,
            M::WaitingTime if off_ladder => None,
            M::ProcessTime | M::Demand => MostlyUp,
            M::WaitingTime | M::WorkInProgress => MostlyDown,
            M::Share => Unclear,
            _ => None,
        },
        F::StationWaiting => match measure {
            M::ItemsInOne => Unclear,
            M::WaitingTime | M::WorkInProgress => Up,
            M::Demand | M::ProcessTime => Down,
            M::Share => Unclear,
            _ => None,
        },
        F::StationVisits => match measure {
            M::ItemsInOne => Up,
            M::Share if rework => Up,
            M::Share => Unclear,
            _ => None,
        },
        F::EffectiveTime if matches!(measure, M::Pieces) => Down,
        F::EffectiveTime | F::RawProcessTime => match measure {
            M::ProcessTime | M::Changeover | M::Pieces => Up,
            M::Batch | M::Uptime => Down,
            M::Share if rework => Up,
            M::Share => Unclear,
            _ => None,
        },
        F::Capacity | F::StationCapacity | F::Throughput | F::Utilisation => {
            let up = match measure {
                M::Servers | M::Batch | M::Uptime | M::ResourceShare | M::Pieces => Up,
                M::ProcessTime | M::Changeover | M::ItemsInOne => Down,
                M::Share if rework => Down,
                M::Share => Unclear,
                M::Demand if matches!(figure, F::Throughput) => Up,
                M::Demand if matches!(figure, F::Utilisation) => Down,
                _ => None,
            };
            match (figure, up) {
                (F::Utilisation, Up) => Down,
                (F::Utilisation, Down) => Up,
                _ => up,
            }
        }
        F::CriticalWip => match measure {
            M::Servers | M::ResourceShare => Up,
            M::ProcessTime | M::Changeover => MostlyUp,
            M::Batch | M::Uptime => MostlyDown,
            M::Pieces | M::ItemsInOne | M::Share => Unclear,
            _ => None,
        },
        // Whatever makes a step steadier makes the next one wait less.
        F::PredictedLeadTime | F::PredictedWaiting => match measure {
            M::WaitingTime if flow.is_some() => Up,
            M::ProcessTime
            | M::Changeover
            | M::RepairTime
            | M::Variation
            | M::ChangeoverVariation
            | M::RepairVariation
            | M::Demand => MostlyUp,
            M::Servers | M::Batch | M::Uptime | M::ResourceShare | M::Pieces => MostlyDown,
            M::ItemsInOne => Unclear,
            M::Share if rework => MostlyUp,
            M::Share => Unclear,
            M::WaitingTime
            | M::CompleteAndAccurate
            | M::WorkInProgress
            | M::Limit
            | M::ValueAdded
            | M::Price
            | M::Materials
            | M::ArrivalVariation
            | M::ArrivalBatch
            | M::Expedited
            | M::TransferBatch
            | M::Priority => None,
        },
    }
}
