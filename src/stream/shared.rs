//! People and machines that several streams of one document share.

use std::collections::BTreeMap;

use crate::model::{Id, MeasureKind};

use super::capacity::ResourceLoad;
use super::derive::Stream;
use super::effect::{Effect, effect};
use super::evaluate::{Depth, Evaluation};
use super::figure::FigureKind;
use super::figures::rework_unknown;
use super::problem::Problem;
use super::stated::{Knowledge, Quantity};

/// What other streams take of a resource that a stream has steps of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Others {
    /// People or machines, as the others state it: the largest number; 0 if none does.
    servers: f64,
    /// The parts of their time that are stated for others, summed.
    taken: f64,
    /// Where one over the time that the rest of the others need is among the quantities of the
    /// stream: servers' seconds per second. It grows as they leave more. None if unknown.
    slot: Option<usize>,
    /// Whether others of which no part is stated need the resource at all.
    needed: bool,
}

impl Others {
    /// Whether what they need is not known, so that what is left is not either.
    pub(super) const fn is_unknown(&self) -> bool {
        self.needed && self.slot.is_none()
    }

    /// Whether others of which no part is stated need the resource.
    pub(super) const fn is_needed(&self) -> bool {
        self.needed
    }

    /// Sets what is left for a stream of which so much is asked for: the part that its need is of
    /// all needs, where nobody states a part.
    pub(super) fn limit(
        &self,
        load: &mut ResourceLoad,
        demand: Option<f64>,
        values: &[Option<f64>],
        share_is_stated: bool,
    ) {
        load.servers = load.servers.map(|servers| servers.max(self.servers));
        if share_is_stated {
            return;
        }
        load.share = (1.0 - self.taken).max(0.0);
        let own = demand.and_then(|demand| Some(demand * load.load?));
        let others = self.slot.and_then(|slot| values[slot]);
        if let (Some(own), Some(spare)) = (own.filter(|own| *own > 0.0), others) {
            load.share *= own / (own + 1.0 / spare);
        }
    }
}

/// Which stream has which of its resources under which name.
struct Holder {
    stream: usize,
    resource: usize,
}

/// Tells each stream what the others take of its resources; returns what is wrong with it.
pub(super) fn share_resources(streams: &mut [Stream]) -> Vec<Problem> {
    let mut holders: BTreeMap<String, Vec<Holder>> = BTreeMap::new();
    for (stream, of) in streams.iter().enumerate() {
        for (resource, name) in of.resources.iter().enumerate() {
            let holder = Holder { stream, resource };
            holders.entry(name.clone()).or_default().push(holder);
        }
    }
    holders.retain(|_, holders| holders.len() > 1);
    let mut problems = Vec::new();
    if holders.is_empty() {
        return problems;
    }
    let needs: Vec<Needs> = streams.iter().map(Needs::of).collect();
    for holders in holders.values() {
        let uses: Vec<Use> = holders
            .iter()
            .map(|holder| {
                needs[holder.stream].of_resource(&streams[holder.stream], holder.resource)
            })
            .collect();
        let sum: f64 = uses.iter().filter_map(|of| of.part).sum();
        if sum > 1.0 + 1e-9 {
            let steps = uses.iter().flat_map(|of| of.stating.iter().copied());
            let steps = steps.collect();
            problems.push(Problem::ResourceAboveAll { steps, sum });
        }
        for (number, holder) in holders.iter().enumerate() {
            let others = uses
                .iter()
                .enumerate()
                .filter(|(other, _)| *other != number);
            let others: Vec<&Use> = others.map(|(_, of)| of).collect();
            let silent: Vec<&&Use> = others.iter().filter(|of| of.part.is_none()).collect();
            let need: Option<Vec<[f64; 3]>> = silent.iter().map(|of| of.need).collect();
            let sum = need.map(|needs| {
                needs.iter().fold([0.0; 3], |sum, need| {
                    [sum[0] + need[0], sum[1] + need[1], sum[2] + need[2]]
                })
            });
            let stream = &mut streams[holder.stream];
            let known = sum.filter(|[_, likely, _]| *likely > 0.0);
            let slot = known.map(|[low, likely, high]| {
                stream.quantities.push(Quantity {
                    record: None,
                    product: None,
                    measure: MeasureKind::ResourceShare,
                    knowledge: if low < high {
                        Knowledge::Estimated
                    } else {
                        Knowledge::Measured
                    },
                    likely: Some(1.0 / likely),
                    low: 1.0 / high,
                    high: 1.0 / low,
                    working: 1.0,
                });
                stream.quantities.len() - 1
            });
            let needed = sum.is_none_or(|[_, likely, _]| likely > 0.0);
            stream.others[holder.resource] = Some(Others {
                servers: others.iter().map(|of| of.servers).fold(0.0, f64::max),
                taken: others.iter().filter_map(|of| of.part).sum(),
                slot,
                needed: needed && !silent.is_empty(),
            });
        }
    }
    problems
}

/// What one stream has of a resource.
struct Use {
    servers: f64,
    /// The part of its time that is stated for this stream.
    part: Option<f64>,
    /// The steps that state it.
    stating: Vec<Id>,
    /// The time that it needs, servers' seconds per second, low, likely and high; none if unknown.
    need: Option<[f64; 3]>,
}

/// A stream evaluated where its needs are least, likely and most.
struct Needs([Evaluation; 3]);

impl Needs {
    fn of(stream: &Stream) -> Self {
        let corner = |side: Option<Effect>| {
            let mut values = stream.likely();
            for (value, quantity) in values.iter_mut().zip(&stream.quantities) {
                let flow = quantity
                    .record
                    .and_then(|id| stream.flows.binary_search(&id).ok());
                let flow = flow.map(|flow| stream.shape.arcs[flow].kind);
                let moves = effect(FigureKind::Utilisation, quantity.measure, flow);
                if let (Some(side), Knowledge::Estimated) = (side, quantity.knowledge)
                    && matches!(moves, Effect::Up | Effect::Down)
                {
                    let high = moves == side;
                    *value = Some(if high { quantity.high } else { quantity.low });
                }
            }
            Evaluation::of(stream, &values, None, Depth::Main)
        };
        Self([
            corner(Some(Effect::Down)),
            corner(None),
            corner(Some(Effect::Up)),
        ])
    }

    fn of_resource(&self, stream: &Stream, resource: usize) -> Use {
        let members = (0..stream.stations.len())
            .filter(|index| stream.shape.nodes[*index].resource == Some(resource));
        let members: Vec<usize> = members.collect();
        let value = |index: usize, kind: MeasureKind| {
            let slot = stream.of_station(index, kind)?;
            stream.quantities[slot].likely
        };
        let stating = members.iter().copied().filter(|index| {
            stream.knowledge(*index, MeasureKind::ResourceShare) != Knowledge::Unstated
        });
        let stating: Vec<usize> = stating.collect();
        let parts = stating
            .iter()
            .filter_map(|index| value(*index, MeasureKind::ResourceShare));
        let part = parts.reduce(f64::min);
        let servers = members
            .iter()
            .filter_map(|index| value(*index, MeasureKind::Servers));
        // What nobody knows of the part leaves what it needs unknown too.
        let is_known = stating.is_empty() && !rework_unknown(stream);
        let need = self.0.each_ref().map(|evaluation| {
            let loads = evaluation.loads.iter();
            let mut own = loads.filter(|load| members.contains(&load.members[0]));
            let load = own.next().map_or(Some(0.0), |load| load.load);
            Some(evaluation.demand? * load?).filter(|_| is_known)
        });
        Use {
            servers: servers.fold(0.0, f64::max),
            part,
            stating: stating
                .iter()
                .map(|index| stream.stations[*index])
                .collect(),
            need: match need {
                [Some(low), Some(likely), Some(high)] => Some([low, likely, high]),
                _ => None,
            },
        }
    }
}
