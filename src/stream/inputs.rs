//! What a result depends on: what was stated, what is missing, what was assumed.

use crate::model::{Id, MeasureKind, StationKind};

use super::derive::Stream;
use super::effect::{Effect, effect};
use super::evaluate::Evaluation;
use super::figure::{FigureKind, Input, InputRole};
use super::network::ArcKind;
use super::stated::Knowledge;

/// What a result of a stream, or of a station of it, depends on.
pub(super) fn inputs(
    stream: &Stream,
    evaluation: &Evaluation,
    figure: FigureKind,
    station: Option<usize>,
) -> Vec<Input> {
    let mut found = Vec::new();
    let matters =
        |measure: MeasureKind, flow: Option<ArcKind>| effect(figure, measure, flow) != Effect::None;
    let scope = Scope::of(stream, evaluation, figure, station);
    let by_demand = scope.needs_demand(stream, evaluation);
    for index in 0..stream.stations.len() {
        let kind = stream.kinds[index];
        for measure in MeasureKind::of_station(kind).iter().copied() {
            let demand = measure == MeasureKind::Demand && by_demand;
            // What is asked for of each product says of what the work is mixed.
            let mixes = measure == MeasureKind::Demand
                && !stream.products.is_empty()
                && matters(MeasureKind::ProcessTime, None);
            if !(mixes || matters(measure, None) && (scope.has(index) || demand)) {
                continue;
            }
            let knowledge = stream.knowledge(index, measure);
            let of_products = stream.product_inputs(index, measure);
            let each = of_products.unwrap_or_else(|| {
                let role = role(stream, evaluation, index, measure);
                let own = role.map(|role| input(stream.stations[index], measure, knowledge, role));
                own.into_iter().collect()
            });
            let off_path = scope.is_path() && !scope.on_path(index);
            let counts =
                |input: &Input| !off_path || demand || mixes || input.role == InputRole::Missing;
            found.extend(each.into_iter().filter(counts));
        }
    }
    for (index, arc) in stream.shape.arcs.iter().enumerate() {
        for measure in [
            MeasureKind::Share,
            MeasureKind::WaitingTime,
            MeasureKind::ItemsInOne,
        ] {
            let scoped = match (measure, station) {
                (MeasureKind::Share | MeasureKind::ItemsInOne, None) => !scope.is_path(),
                (MeasureKind::Share | MeasureKind::ItemsInOne, Some(_)) => true,
                (_, None) => !scope.is_path() || scope.on_arc(index),
                (_, Some(_)) => false,
            };
            if !matters(measure, Some(arc.kind)) || !scoped {
                continue;
            }
            let knowledge = stream.flow_knowledge(index, measure);
            let role = match (knowledge, measure, arc.kind) {
                (Knowledge::Unknown, _, _) => InputRole::Missing,
                (Knowledge::Unstated, MeasureKind::Share, ArcKind::Rework) => InputRole::Missing,
                (Knowledge::Unstated, MeasureKind::Share, ArcKind::Forward)
                    if outflows(stream, arc.from) > 1 =>
                {
                    InputRole::Assumed
                }
                (Knowledge::Unstated, _, _) => continue,
                _ => InputRole::Used,
            };
            found.push(input(stream.flows[index], measure, knowledge, role));
        }
    }
    found
}

const fn input(record: Id, measure: MeasureKind, knowledge: Knowledge, role: InputRole) -> Input {
    Input {
        record,
        product: None,
        measure,
        knowledge,
        role,
    }
}

fn outflows(stream: &Stream, station: usize) -> usize {
    let order = stream.order.as_ref();
    order.map_or(1, |order| order.onwards[station].len())
}

/// Which stations a result is about.
struct Scope<'a> {
    evaluation: &'a Evaluation,
    figure: FigureKind,
    station: Option<usize>,
    /// The longest path is what counts, by station and by arc.
    path: Option<(Vec<bool>, Vec<bool>)>,
}

impl<'a> Scope<'a> {
    fn of(
        stream: &Stream,
        evaluation: &'a Evaluation,
        figure: FigureKind,
        station: Option<usize>,
    ) -> Self {
        let along = matches!(
            figure,
            FigureKind::LeadTime
                | FigureKind::ProcessTime
                | FigureKind::ValueAddedTime
                | FigureKind::ValueAddedOfProcess
                | FigureKind::ValueAddedOfLead
                | FigureKind::ValueAddedOfMarked
                | FigureKind::ActivityRatio
                | FigureKind::FlowEfficiency
        );
        let path = along.then(|| {
            let mut stations = vec![false; stream.stations.len()];
            let mut arcs = vec![false; stream.flows.len()];
            if let Some(path) = &evaluation.path {
                path.stations
                    .iter()
                    .for_each(|index| stations[*index] = true);
                path.arcs.iter().for_each(|index| arcs[*index] = true);
            }
            (stations, arcs)
        });
        Self {
            evaluation,
            figure,
            station,
            path,
        }
    }

    const fn is_path(&self) -> bool {
        self.path.is_some()
    }

    fn on_path(&self, index: usize) -> bool {
        let path = self.path.as_ref();
        path.is_some_and(|(stations, _)| stations[index])
    }

    fn on_arc(&self, index: usize) -> bool {
        self.path.as_ref().is_some_and(|(_, arcs)| arcs[index])
    }

    fn has(&self, index: usize) -> bool {
        match self.station {
            None => self.evaluation.visits[index] > 0.0,
            Some(station) if station == index => true,
            // The capacity of a step is that of all who share its resource.
            Some(station) => {
                let resource = self.evaluation.resource_of[station];
                let shared = matches!(
                    self.figure,
                    FigureKind::StationCapacity
                        | FigureKind::Utilisation
                        | FigureKind::PredictedWaiting
                );
                shared && resource.is_some() && resource == self.evaluation.resource_of[index]
            }
        }
    }

    /// Whether the customers' demand is part of the result: for times only where Little's law
    /// turns items into time.
    fn needs_demand(&self, stream: &Stream, evaluation: &Evaluation) -> bool {
        let by_law = |index: usize| {
            evaluation.visits[index] > 0.0
                && role(stream, evaluation, index, MeasureKind::WorkInProgress).is_some()
        };
        match (self.figure, self.station) {
            (FigureKind::StationWaiting, Some(station)) => by_law(station),
            (
                FigureKind::LeadTime
                | FigureKind::ProcessTime
                | FigureKind::ActivityRatio
                | FigureKind::FlowEfficiency
                | FigureKind::ExpectedLeadTime,
                _,
            ) => (0..stream.stations.len()).any(by_law),
            _ => true,
        }
    }
}

/// What part a measure of a station has where it matters; none if it has none.
pub(super) fn role(
    stream: &Stream,
    evaluation: &Evaluation,
    index: usize,
    measure: MeasureKind,
) -> Option<InputRole> {
    use InputRole::{Assumed, Missing, Used};
    let knowledge = stream.knowledge(index, measure);
    let stated = knowledge != Knowledge::Unstated;
    let value = |measure: MeasureKind| {
        let slot = stream.of_station(index, measure)?;
        stream.quantities[slot].likely
    };
    match measure {
        MeasureKind::WaitingTime if unstated_into(stream, evaluation, index) => Some(Missing),
        MeasureKind::WaitingTime => match (value(measure), evaluation.times.waiting[index]) {
            (Some(_), _) => Some(Used),
            (None, None) => Some(Missing),
            (None, Some(_)) => None,
        },
        MeasureKind::WorkInProgress => {
            let told_otherwise = value(MeasureKind::WaitingTime).is_some();
            let from_here = evaluation.times.waiting[index] != Some(0.0)
                || stream.kinds[index] != StationKind::Step;
            (value(measure).is_some() && from_here && !told_otherwise).then_some(Used)
        }
        MeasureKind::ProcessTime | MeasureKind::CompleteAndAccurate | MeasureKind::Demand => {
            Some(if value(measure).is_some() {
                Used
            } else {
                Missing
            })
        }
        MeasureKind::Batch => match (stated, value(measure)) {
            (_, Some(_)) => Some(Used),
            _ if changes_over(stream, index) => Some(Missing),
            _ => None,
        },
        MeasureKind::RepairTime => match value(measure) {
            Some(_) => Some(Used),
            None if value(MeasureKind::Uptime).is_some_and(|uptime| uptime < 1.0) => Some(Missing),
            None => None,
        },
        MeasureKind::Limit
        | MeasureKind::ArrivalVariation
        | MeasureKind::ArrivalBatch
        | MeasureKind::Expedited
        | MeasureKind::TransferBatch
        | MeasureKind::Priority => None,
        MeasureKind::Pieces
        | MeasureKind::ChangeoverVariation
        | MeasureKind::RepairVariation
        | MeasureKind::ItemsInOne => match (stated, value(measure)) {
            (false, _) => None,
            (true, Some(_)) => Some(Used),
            (true, None) => Some(Missing),
        },
        // A mark says as much.
        MeasureKind::ValueAdded if !stated && stream.values[index].part().is_some() => None,
        MeasureKind::ValueAdded => Some(if value(measure).is_some() {
            Used
        } else {
            Missing
        }),
        MeasureKind::ResourceShare if !stated && stream.has_others(index) => stream
            .lacks_share(index, evaluation.demand)
            .then_some(Missing),
        _ => Some(match (knowledge, value(measure)) {
            (Knowledge::Unstated, _) => Assumed,
            (_, Some(_)) => Used,
            (_, None) => Missing,
        }),
    }
}

/// Whether nobody knows how long some of what comes to a step waits there.
fn unstated_into(stream: &Stream, evaluation: &Evaluation, index: usize) -> bool {
    let arcs = stream.shape.arcs.iter().zip(&evaluation.times.unstated);
    arcs.into_iter()
        .any(|(arc, unstated)| *unstated && arc.to == index)
}

/// Whether changeovers may take time at a step: they are stated, and not none.
pub(super) fn changes_over(stream: &Stream, index: usize) -> bool {
    let slot = stream.of_station(index, MeasureKind::Changeover);
    slot.is_some_and(|slot| stream.quantities[slot].likely != Some(0.0))
}
