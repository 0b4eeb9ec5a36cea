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
    for place in 0..stream.stations.len() {
        let kind = stream.kinds[place];
        for measure in MeasureKind::of_station(kind).iter().copied() {
            let demand = measure == MeasureKind::Demand && by_demand;
            // What is asked for of each product says of what the work is mixed.
            let mixes = measure == MeasureKind::Demand
                && !stream.products.is_empty()
                && matters(MeasureKind::ProcessTime, None);
            if !(mixes || matters(measure, None) && (scope.has(place) || demand)) {
                continue;
            }
            let knowledge = stream.knowledge(place, measure);
            let of_products = stream.product_inputs(place, measure);
            let each = of_products.unwrap_or_else(|| {
                let role = role(stream, evaluation, place, measure);
                let own = role.map(|role| input(stream.stations[place], measure, knowledge, role));
                own.into_iter().collect()
            });
            let off_way = scope.is_way() && !scope.on_way(place);
            let counts =
                |input: &Input| !off_way || demand || mixes || input.role == InputRole::Missing;
            found.extend(each.into_iter().filter(counts));
        }
    }
    for (place, arc) in stream.shape.arcs.iter().enumerate() {
        for measure in [
            MeasureKind::Share,
            MeasureKind::WaitingTime,
            MeasureKind::ItemsInOne,
        ] {
            let scoped = match (measure, station) {
                (MeasureKind::Share | MeasureKind::ItemsInOne, None) => !scope.is_way(),
                (MeasureKind::Share | MeasureKind::ItemsInOne, Some(_)) => true,
                (_, None) => !scope.is_way() || scope.on_arc(place),
                (_, Some(_)) => false,
            };
            if !matters(measure, Some(arc.kind)) || !scoped {
                continue;
            }
            let knowledge = stream.flow_knowledge(place, measure);
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
            found.push(input(stream.flows[place], measure, knowledge, role));
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
    /// The longest way is what counts, by station and by arc.
    way: Option<(Vec<bool>, Vec<bool>)>,
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
                | FigureKind::ActivityRatio
                | FigureKind::FlowEfficiency
        );
        let way = along.then(|| {
            let mut stations = vec![false; stream.stations.len()];
            let mut arcs = vec![false; stream.flows.len()];
            if let Some(way) = &evaluation.way {
                way.stations
                    .iter()
                    .for_each(|place| stations[*place] = true);
                way.arcs.iter().for_each(|place| arcs[*place] = true);
            }
            (stations, arcs)
        });
        Self {
            evaluation,
            figure,
            station,
            way,
        }
    }

    const fn is_way(&self) -> bool {
        self.way.is_some()
    }

    fn on_way(&self, place: usize) -> bool {
        let way = self.way.as_ref();
        way.is_some_and(|(stations, _)| stations[place])
    }

    fn on_arc(&self, place: usize) -> bool {
        self.way.as_ref().is_some_and(|(_, arcs)| arcs[place])
    }

    fn has(&self, place: usize) -> bool {
        match self.station {
            None => self.evaluation.visits[place] > 0.0,
            Some(station) if station == place => true,
            // The capacity of a step is that of all who share its resource.
            Some(station) => {
                let resource = self.evaluation.resource_of[station];
                let shared = matches!(
                    self.figure,
                    FigureKind::StationCapacity
                        | FigureKind::Utilisation
                        | FigureKind::PredictedWaiting
                );
                shared && resource.is_some() && resource == self.evaluation.resource_of[place]
            }
        }
    }

    /// Whether the customers' demand is part of the result: for times only where Little's law
    /// turns items into time.
    fn needs_demand(&self, stream: &Stream, evaluation: &Evaluation) -> bool {
        let by_law = |place: usize| {
            evaluation.visits[place] > 0.0
                && role(stream, evaluation, place, MeasureKind::WorkInProgress).is_some()
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
    place: usize,
    measure: MeasureKind,
) -> Option<InputRole> {
    use InputRole::{Assumed, Missing, Used};
    let knowledge = stream.knowledge(place, measure);
    let stated = knowledge != Knowledge::Unstated;
    let value = |measure: MeasureKind| {
        let slot = stream.of_station(place, measure)?;
        stream.quantities[slot].likely
    };
    match measure {
        MeasureKind::WaitingTime if untold_into(stream, evaluation, place) => Some(Missing),
        MeasureKind::WaitingTime => match (value(measure), evaluation.times.waiting[place]) {
            (Some(_), _) => Some(Used),
            (None, None) => Some(Missing),
            (None, Some(_)) => None,
        },
        MeasureKind::WorkInProgress => {
            let told_otherwise = value(MeasureKind::WaitingTime).is_some();
            let from_here = evaluation.times.waiting[place] != Some(0.0)
                || stream.kinds[place] != StationKind::Step;
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
            _ if changes_over(stream, place) => Some(Missing),
            _ => None,
        },
        MeasureKind::RepairTime => match value(measure) {
            Some(_) => Some(Used),
            None if value(MeasureKind::Uptime).is_some_and(|uptime| uptime < 1.0) => Some(Missing),
            None => None,
        },
        MeasureKind::Limit => None,
        MeasureKind::Pieces
        | MeasureKind::ChangeoverVariation
        | MeasureKind::RepairVariation
        | MeasureKind::ItemsInOne => match (stated, value(measure)) {
            (false, _) => None,
            (true, Some(_)) => Some(Used),
            (true, None) => Some(Missing),
        },
        MeasureKind::ValueAdded => Some(if value(measure).is_some() {
            Used
        } else {
            Missing
        }),
        MeasureKind::ResourceShare if !stated && stream.has_others(place) => stream
            .lacks_share(place, evaluation.demand)
            .then_some(Missing),
        _ => Some(match (knowledge, value(measure)) {
            (Knowledge::Unstated, _) => Assumed,
            (_, Some(_)) => Used,
            (_, None) => Missing,
        }),
    }
}

/// Whether nobody knows how long some of what comes to a step waits there.
fn untold_into(stream: &Stream, evaluation: &Evaluation, place: usize) -> bool {
    let arcs = stream.shape.arcs.iter().zip(&evaluation.times.untold);
    arcs.into_iter()
        .any(|(arc, untold)| *untold && arc.to == place)
}

/// Whether changeovers may take time at a step: they are stated, and not none.
pub(super) fn changes_over(stream: &Stream, place: usize) -> bool {
    let slot = stream.of_station(place, MeasureKind::Changeover);
    slot.is_some_and(|slot| stream.quantities[slot].likely != Some(0.0))
}
