//! The results of a stream with their ranges, their status and what they depend on.

use crate::model::{Estimate, Id, MeasureKind, StationKind};

use super::derive::Stream;
use super::effect::{Effect, effect};
use super::evaluate::value_adding_part;
use super::figure::{Bound, Extremes, Figure, FigureKind, InputRole, Outcome, Status};
use super::inputs::{changes_over, role};
use super::network::ArcKind;
use super::ranges::Ranges;
use super::stated::Knowledge;

/// The results of one station.
#[derive(Clone, Debug, PartialEq)]
pub struct StationFigures {
    /// The station.
    pub station: Id,
    /// Its results; of places where no work is done only visits and waiting.
    pub figures: Vec<Figure>,
}

impl StationFigures {
    /// One of its results.
    #[must_use]
    pub fn figure(&self, kind: FigureKind) -> Option<&Figure> {
        self.figures.iter().find(|figure| figure.kind == kind)
    }
}

/// All results of the whole stream.
pub(super) fn stream_figures(stream: &Stream, ranges: &Ranges, gaps: &Gaps) -> Vec<Figure> {
    let kinds = FigureKind::ALL.into_iter().take(FigureKind::OF_STREAM);
    let measured = |quantity: &super::Quantity| quantity.measure == MeasureKind::ValueAdded;
    let adds_value = stream.quantities.iter().any(measured)
        || stream.values.iter().any(|value| value.part().is_some());
    let traffic = ranges.likely.traffic.as_ref();
    let some_leave = traffic.is_ok_and(|traffic| traffic.arriving < 1.0 - 1e-9);
    kinds
        .filter(|kind| match kind {
            FigureKind::ArrivingLeadTime => some_leave,
            FigureKind::ValueAddedTime
            | FigureKind::ValueAddedOfProcess
            | FigureKind::ValueAddedOfLead => adds_value,
            FigureKind::ValueAddedOfMarked => adds_value && gaps.unmarked_on_the_path,
            _ => true,
        })
        .map(|kind| figure(stream, ranges, gaps, kind, None))
        .collect()
}

/// The results of every station.
pub(super) fn station_figures(
    stream: &Stream,
    ranges: &Ranges,
    gaps: &Gaps,
) -> Vec<StationFigures> {
    let of = |(index, id): (usize, &Id)| {
        let works = ranges.likely.network.nodes[index].works();
        let kinds = FigureKind::ALL.into_iter().skip(FigureKind::OF_STREAM);
        let kinds = kinds.filter(|kind| {
            let anywhere = [FigureKind::StationVisits, FigureKind::StationWaiting];
            works || anywhere.contains(kind)
        });
        StationFigures {
            station: *id,
            figures: kinds
                .map(|kind| figure(stream, ranges, gaps, kind, Some(index)))
                .collect(),
        }
    };
    stream.stations.iter().enumerate().map(of).collect()
}

fn figure(
    stream: &Stream,
    ranges: &Ranges,
    gaps: &Gaps,
    kind: FigureKind,
    station: Option<usize>,
) -> Figure {
    if station.is_none() && is_of_work(kind) && nothing_works(stream, ranges) {
        // A map without a step says nothing of the work; that is not the same as no work.
        return Figure {
            kind,
            outcome: Outcome::Unknown,
            status: Status::Exact,
            extremes: Extremes::Exact,
        };
    }
    let likely = match station {
        Some(station) => ranges.likely.station_figure(stream, kind, station),
        None => ranges.likely.figure(kind),
    };
    let bounds = ranges.bounds(stream, kind, station);
    let (outcome, extremes) = match (likely.filter(|number| number.is_finite()), bounds) {
        (Some(likely), Some((low, high, extremes))) => {
            let estimate = Estimate { low, likely, high };
            (Outcome::Range(estimate), extremes)
        }
        (Some(likely), None) => (Outcome::Known(likely), Extremes::Exact),
        (None, _) => (Outcome::Unknown, Extremes::Exact),
    };
    Figure {
        kind,
        outcome,
        status: gaps.status(ranges, kind, station),
        extremes,
    }
}

/// Whether a result is about the work that is done.
const fn is_of_work(kind: FigureKind) -> bool {
    matches!(
        kind,
        FigureKind::ProcessTime
            | FigureKind::ActivityRatio
            | FigureKind::FlowEfficiency
            | FigureKind::RawProcessTime
            | FigureKind::CriticalWip
    )
}

/// Whether there is a longest path, and no step on it.
pub(super) fn nothing_works(stream: &Stream, ranges: &Ranges) -> bool {
    let is_step = |index: &usize| stream.kinds[*index] == StationKind::Step;
    let path = ranges.likely.path.as_ref();
    path.is_some_and(|path| !path.stations.iter().any(is_step))
}

/// What is not known, as far as results become bounds by it.
pub(super) struct Gaps {
    /// A rework probability is unknown: nothing is taken to come back, so visits are a lower bound.
    rework: bool,
    /// How work splits is not known at some place, and equal shares are taken; or parallel
    /// branches can be read in more than one way.
    assumed: bool,
    /// Something is left to chance in one of several parallel branches.
    varies_beside: bool,
    /// By station: its effective process time leaves out changeovers or outages.
    time: Vec<bool>,
    /// By station: its capacity is an upper bound, since its time or its share is not known.
    capacity: Vec<bool>,
    /// A time is unknown that is not on the longest path.
    beside_the_way: bool,
    /// A time on the longest path is unknown.
    on_the_path: bool,
    /// A process time on the longest path is unknown.
    process_on_the_path: bool,
    /// Of a step on the longest path nobody says how much of its process time adds value.
    value_on_the_path: bool,
    /// The same, whether or not its process time is known.
    unmarked_on_the_path: bool,
    /// A time that items spend anywhere is unknown.
    anywhere: bool,
    /// More is asked for than can be done: there is no steady state.
    growing: bool,
    /// By station: its wait is told by the items there, and they grow more.
    waits_growing: Vec<bool>,
    /// At some place neither items nor time are known.
    items: bool,
}

impl Gaps {
    pub(super) fn of(stream: &Stream, ranges: &Ranges) -> Self {
        let evaluation = &ranges.likely;
        let unknown = |index: usize, kind| stream.knowledge(index, kind) == Knowledge::Unknown;
        let size = stream.stations.len();
        let time: Vec<bool> = (0..size)
            .map(|index| {
                let batch = role(stream, evaluation, index, MeasureKind::Batch);
                unknown(index, MeasureKind::Uptime)
                    || unknown(index, MeasureKind::Changeover)
                    || changes_over(stream, index) && batch == Some(InputRole::Missing)
            })
            .collect();
        let capacity = (0..size).map(|index| {
            time[index]
                || unknown(index, MeasureKind::ResourceShare)
                || stream.lacks_share(index, evaluation.demand)
        });
        let mut stations_on_way = vec![false; size];
        let mut arcs_on_path = vec![false; stream.flows.len()];
        if let Some(path) = &evaluation.path {
            path.stations
                .iter()
                .for_each(|index| stations_on_way[*index] = true);
            path.arcs
                .iter()
                .for_each(|index| arcs_on_path[*index] = true);
        }
        let arrives = |index: usize| {
            let order = stream.order.as_ref();
            order.is_ok_and(|order| order.arrives[index])
        };
        let unknown_time =
            |index: &usize| evaluation.visits[*index] > 0.0 && !evaluation.times.known_at(*index);
        let mut arcs = stream.shape.arcs.iter().enumerate();
        let times = &evaluation.times;
        let beside_flow = arcs.any(|(index, arc)| {
            arc.kind == ArcKind::Forward && !times.known_on(index) && !arcs_on_path[index]
        });
        let by_items = |index: usize| {
            let items = role(stream, evaluation, index, MeasureKind::WorkInProgress);
            items == Some(InputRole::Used)
        };
        let likely = stream.likely();
        let is_unmarked = |index: &usize| value_adding_part(stream, &likely, *index).is_none();
        let grows = &evaluation.rates.grows;
        let path = evaluation.path.as_ref();
        let beside = (0..size).filter(|index| arrives(*index) && !stations_on_way[*index]);
        let items = (0..size).filter(unknown_time).any(|index| {
            let slot = stream.of_station(index, MeasureKind::WorkInProgress);
            slot.is_none_or(|slot| stream.quantities[slot].likely.is_none())
        });
        Self {
            rework: rework_unknown(stream),
            assumed: split_unknown(stream)
                || evaluation.demand.is_none() && !stream.partings.is_empty()
                || evaluation
                    .traffic
                    .as_ref()
                    .is_ok_and(|traffic| stream.asks_of(traffic)),
            varies_beside: evaluation
                .traffic
                .as_ref()
                .is_ok_and(|traffic| traffic.varies_beside()),
            capacity: capacity.collect(),
            beside_the_way: beside_flow || beside.into_iter().any(|index| unknown_time(&index)),
            on_the_path: path.is_some_and(|path| !evaluation.knows(path)),
            process_on_the_path: path.is_some_and(|path| !evaluation.knows_process(path)),
            value_on_the_path: path.is_some_and(|path| {
                let unknown = |index: &usize| {
                    let works = evaluation.network.nodes[*index].works();
                    works && (is_unmarked(index) || evaluation.times.process[*index].is_none())
                };
                path.stations.iter().any(unknown)
            }),
            unmarked_on_the_path: path.is_some_and(|path| {
                let works = |index: &usize| evaluation.network.nodes[*index].works();
                let mut stations = path.stations.iter();
                stations.any(|index| works(index) && is_unmarked(index))
            }),
            anywhere: !evaluation.knows_all(),
            growing: !evaluation.rates.is_steady(),
            waits_growing: (0..size)
                .map(|index| grows[index] && by_items(index))
                .collect(),
            items: evaluation.stated.work.is_none() && (items || evaluation.rates.whole.is_none()),
            time,
        }
    }

    fn status(&self, ranges: &Ranges, kind: FigureKind, station: Option<usize>) -> Status {
        let moved = |path: ArcKind| effect(kind, MeasureKind::Share, Some(path)) != Effect::None;
        if self.assumed && (moved(ArcKind::Forward) || moved(ArcKind::Rework)) {
            return Status::Assumed;
        }
        let evaluation = &ranges.likely;
        let bound = |is: bool, bound: Bound| {
            if is {
                Status::Bound(bound)
            } else {
                Status::Exact
            }
        };
        // What grows is more than this, as what is at least this is.
        let grown = |lower: bool| match (lower, self.growing) {
            (false, true) => Status::Growing,
            _ => bound(lower, Bound::Lower),
        };
        let visited = |index: &usize| evaluation.resource_of[*index].is_some();
        let any = |flags: &[bool]| (0..flags.len()).filter(visited).any(|index| flags[index]);
        let unknown_capacity = || evaluation.capacities.iter().any(Option::is_none);
        let capacity = || self.rework || any(&self.capacity) || unknown_capacity();
        let shared = |station: usize| {
            let resource = evaluation.resource_of[station];
            let load = resource.and_then(|resource| evaluation.loads.get(resource));
            let flagged = |load: &super::capacity::ResourceLoad| {
                load.members.iter().any(|member| self.capacity[*member])
            };
            self.rework || load.is_some_and(flagged)
        };
        let forks = || {
            let traffic = evaluation.traffic.as_ref();
            let several = evaluation.network.entries.len() > 1;
            several || traffic.is_ok_and(|traffic| !traffic.forks.is_empty())
        };
        match (kind, station) {
            (FigureKind::PredictedLeadTime | FigureKind::PredictedWaiting, _) => {
                Status::Approximation
            }
            (FigureKind::LeadTime, _) => grown(self.beside_the_way || self.on_the_path),
            (FigureKind::ProcessTime | FigureKind::ValueAddedTime, _) if self.beside_the_way => {
                Status::Approximation
            }
            (FigureKind::ValueAddedTime, _) => bound(self.value_on_the_path, Bound::Lower),
            (FigureKind::ValueAddedOfProcess | FigureKind::ValueAddedOfMarked, _)
                if self.beside_the_way =>
            {
                Status::Approximation
            }
            (FigureKind::ValueAddedOfProcess, _) => bound(self.unmarked_on_the_path, Bound::Lower),
            (FigureKind::ValueAddedOfLead, _) => match (self.growing, self.beside_the_way) {
                (true, _) => Status::Growing,
                (false, true) => Status::Approximation,
                (false, false) if self.unmarked_on_the_path => Status::Bound(Bound::Lower),
                (false, false) => bound(self.on_the_path, Bound::Upper),
            },
            (FigureKind::ProcessTime, _) => bound(self.process_on_the_path, Bound::Lower),
            (FigureKind::ActivityRatio | FigureKind::FlowEfficiency, _) => {
                match (self.growing, self.beside_the_way) {
                    (true, _) => Status::Growing,
                    (false, true) => Status::Approximation,
                    // The process time is known, and of the lead time a part at least.
                    (false, false) => bound(self.on_the_path, Bound::Upper),
                }
            }
            (FigureKind::StationWaiting, Some(station)) if self.waits_growing[station] => {
                Status::Growing
            }
            (FigureKind::Throughput, None) if evaluation.stated.throughput.is_some() => {
                Status::Exact
            }
            (FigureKind::Capacity | FigureKind::Throughput, _) => bound(capacity(), Bound::Upper),
            (FigureKind::RawProcessTime, _) => bound(
                self.rework || self.varies_beside || any(&self.time),
                Bound::Lower,
            ),
            (FigureKind::CriticalWip, _) if capacity() => Status::Approximation,
            (FigureKind::CriticalWip, _) => bound(self.varies_beside, Bound::Lower),
            (FigureKind::WorkInProgress, _) if evaluation.stated.work.is_some() => Status::Exact,
            (FigureKind::WorkInProgress | FigureKind::InventoryTime, _) => grown(self.items),
            (FigureKind::ExpectedLeadTime | FigureKind::ArrivingLeadTime, _) => {
                grown(self.rework || self.anywhere || forks())
            }
            (FigureKind::StationVisits, _) => bound(self.rework, Bound::Lower),
            (FigureKind::EffectiveTime, Some(station)) => bound(self.time[station], Bound::Lower),
            (FigureKind::StationCapacity, Some(station)) => bound(shared(station), Bound::Upper),
            (FigureKind::Utilisation, Some(station)) => bound(shared(station), Bound::Lower),
            _ => Status::Exact,
        }
    }
}

/// Whether the probability of a rework flow is not known.
pub(super) fn rework_unknown(stream: &Stream) -> bool {
    let mut arcs = stream.shape.arcs.iter().enumerate();
    arcs.any(|(index, arc)| {
        arc.kind == ArcKind::Rework
            && stream.flow_knowledge(index, MeasureKind::Share) <= Knowledge::Unknown
    })
}

/// Whether of several flows onwards the shares of two or more are not known, though it is a split.
fn split_unknown(stream: &Stream) -> bool {
    let Ok(order) = &stream.order else {
        return false;
    };
    order
        .onwards
        .iter()
        .any(|arcs| is_unknown_split(stream, arcs))
}

/// Whether these flows, which leave one station, are a split whose shares are not known.
pub(super) fn is_unknown_split(stream: &Stream, arcs: &[usize]) -> bool {
    let (mut stated, mut known) = (0, 0);
    for arc in arcs {
        if let Some(slot) = stream.of_flow(*arc, MeasureKind::Share) {
            stated += 1;
            known += usize::from(stream.quantities[slot].likely.is_some());
        }
    }
    stated > 0 && known + 1 < arcs.len()
}
