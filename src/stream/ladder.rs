//! The lead-time ladder: the longest path of an item, station by station, with its waits.

use crate::model::Id;

use super::derive::Stream;
use super::network::Network;
use super::order::Order;
use super::times::Times;

/// One rung of the ladder: a station or a flow, and the time an item spends there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rung {
    /// The station or flow.
    pub record: Id,
    /// How long the item waits, in seconds of the basis; none if nobody knows.
    pub waiting: Option<f64>,
    /// How long it is worked on, in seconds of the basis; none if nobody knows.
    pub process: Option<f64>,
}

impl Rung {
    /// Whether both times are known.
    #[must_use]
    pub const fn is_known(&self) -> bool {
        self.waiting.is_some() && self.process.is_some()
    }
}

/// The longest path through a stream, by what is known of its times; rework and branches that lead
/// to no end are left out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ladder {
    /// The stations and flows on the path that take time, in the order of travel: steps, queues and
    /// supermarkets, and flows of which a transfer time is stated or along which the wait
    /// before the next step is not told.
    pub rungs: Vec<Rung>,
    /// Every station on the path, also suppliers and customers.
    pub stations: Vec<Id>,
    /// Every flow on the path.
    pub flows: Vec<Id>,
}

impl Ladder {
    /// The waiting that is known, in seconds of the basis.
    #[must_use]
    pub fn known_waiting(&self) -> f64 {
        self.rungs.iter().filter_map(|rung| rung.waiting).sum()
    }

    /// The process time that is known, in seconds of the basis.
    #[must_use]
    pub fn known_process(&self) -> f64 {
        self.rungs.iter().filter_map(|rung| rung.process).sum()
    }

    /// Lead time, waiting and work, in seconds of the basis; none if a part is unknown, or there
    /// is no path.
    #[must_use]
    pub fn lead_time(&self) -> Option<f64> {
        let mut sum = 0.0;
        for rung in &self.rungs {
            sum += rung.waiting? + rung.process?;
        }
        (!self.stations.is_empty()).then_some(sum)
    }

    /// Process time, in seconds of the basis; none if a part is unknown, or there is no path.
    #[must_use]
    pub fn process_time(&self) -> Option<f64> {
        let times = self.rungs.iter().map(|rung| rung.process);
        let sum: Option<f64> = times.sum();
        sum.filter(|_| !self.stations.is_empty())
    }

    /// The rungs of which a time is unknown.
    pub fn unknown(&self) -> impl Iterator<Item = Id> + '_ {
        let unknown = self.rungs.iter().filter(|rung| !rung.is_known());
        unknown.map(|rung| rung.record)
    }
}

/// A path along flows onwards, by indices.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct FlowPath {
    pub(super) stations: Vec<usize>,
    pub(super) arcs: Vec<usize>,
}

/// The longest path from one of some stations to one of some ends, both counted, if there is one.
pub(super) fn longest_path(
    network: &Network,
    order: &Order,
    starts: &[usize],
    ends: &[usize],
    times: &Times,
) -> Option<FlowPath> {
    let (at, on) = times.known();
    let size = network.nodes.len();
    // By station: the time to an end, and the arc to take.
    let mut rest: Vec<Option<(f64, Option<usize>)>> = vec![None; size];
    for end in ends {
        rest[*end] = Some((at[*end], None));
    }
    for here in order.sequence.iter().rev().copied() {
        for index in order.onwards[here].iter().copied() {
            if let Some((after, _)) = rest[network.arcs[index].to] {
                let time = at[here] + on[index] + after;
                if rest[here].is_none_or(|(other, _)| time > other) {
                    rest[here] = Some((time, Some(index)));
                }
            }
        }
    }
    let mut best: Option<(f64, usize)> = None;
    for start in starts.iter().copied() {
        if let Some((time, _)) = rest[start]
            && best.is_none_or(|(other, _)| time > other)
        {
            best = Some((time, start));
        }
    }
    let (_, mut here) = best?;
    let mut path = FlowPath {
        stations: vec![here],
        arcs: Vec::new(),
    };
    while let Some((_, Some(index))) = rest[here] {
        path.arcs.push(index);
        here = network.arcs[index].to;
        path.stations.push(here);
    }
    Some(path)
}

/// A path as a ladder.
pub(super) fn ladder(stream: &Stream, times: &Times, path: &FlowPath) -> Ladder {
    use crate::model::{MeasureKind, StationKind};
    let mut ladder = Ladder::default();
    for (number, index) in path.stations.iter().copied().enumerate() {
        let kind = stream.kinds[index];
        ladder.stations.push(stream.stations[index]);
        if !matches!(kind, StationKind::Supplier | StationKind::Customer) {
            ladder.rungs.push(Rung {
                record: stream.stations[index],
                waiting: times.waiting[index],
                process: times.process[index],
            });
        }
        if let Some(arc) = path.arcs.get(number).copied() {
            ladder.flows.push(stream.flows[arc]);
            let unstated = times.unstated[arc];
            if unstated || stream.of_flow(arc, MeasureKind::WaitingTime).is_some() {
                ladder.rungs.push(Rung {
                    record: stream.flows[arc],
                    waiting: times.transfer[arc].filter(|_| !unstated),
                    process: Some(0.0),
                });
            }
        }
    }
    ladder
}
