//! All numbers of a stream from one number for each quantity.

use std::rc::Rc;

use crate::model::{MeasureKind, StationKind};

use super::capacity::{Limit, ResourceLoad, limit, resource_loads};
use super::derive::Stream;
use super::figure::FigureKind;
use super::ladder::{Times, Way, longest_way};
use super::network::{ArcKind, Network, Node};
use super::predict::predicted_waits;
use super::stated::Knowledge;
use super::traffic::{Traffic, TrafficError};

/// The numbers of a stream, for one number for each of its quantities.
#[derive(Clone, Debug)]
pub(super) struct Evaluation {
    pub(super) network: Network,
    pub(super) traffic: Result<Rc<Traffic>, TrafficError>,
    /// By station: visits of an item; 1 where the traffic cannot be told.
    pub(super) visits: Vec<f64>,
    pub(super) times: Times,
    /// Items per second of working time that the customers ask for.
    pub(super) demand: Option<f64>,
    pub(super) loads: Vec<ResourceLoad>,
    /// By station: the place of its resource.
    pub(super) resource_of: Vec<Option<usize>>,
    /// By resource: items per second.
    pub(super) capacities: Vec<Option<f64>>,
    pub(super) limit: Option<Limit>,
    pub(super) way: Option<Way>,
    /// By station: the wait that chance alone makes, in seconds of working time.
    pub(super) predicted: Vec<Option<f64>>,
    figures: [Option<f64>; FigureKind::ALL.len()],
}

impl Evaluation {
    /// Evaluates a stream; `traffic` is that of another evaluation with the same shares.
    pub(super) fn of(
        stream: &Stream,
        values: &[Option<f64>],
        traffic: Option<&Result<Rc<Traffic>, TrafficError>>,
    ) -> Self {
        let network = network(stream, values);
        let traffic = match (traffic, &stream.order) {
            (Some(known), _) => known.clone(),
            (None, Ok(order)) => Traffic::along(&network, order).map(Rc::new),
            (None, Err(ring)) => Err(TrafficError::Ring(ring.clone())),
        };
        Self::with(stream, values, network, traffic)
    }

    /// Evaluates a stream with the stations of a network that may differ from what is stated.
    pub(super) fn with(
        stream: &Stream,
        values: &[Option<f64>],
        network: Network,
        traffic: Result<Rc<Traffic>, TrafficError>,
    ) -> Self {
        let size = stream.stations.len();
        let visits = match &traffic {
            Ok(traffic) => traffic.visits.clone(),
            Err(_) => vec![1.0; size],
        };
        let demand = demand(stream, values);
        let times = times(stream, values, demand, &visits);
        let (loads, resource_of) = match &traffic {
            Ok(_) => resource_loads(&network, &visits),
            Err(_) => (Vec::new(), vec![None; size]),
        };
        let capacities: Vec<Option<f64>> = loads.iter().map(ResourceLoad::capacity).collect();
        let way = stream.order.as_ref().ok().and_then(|order| {
            let (starts, ends) = (&network.entries, &network.exits);
            longest_way(&network, order, starts, ends, &times)
        });
        let mut evaluation = Self {
            limit: limit(&capacities),
            predicted: vec![None; size],
            figures: [None; FigureKind::ALL.len()],
            network,
            traffic,
            visits,
            times,
            demand,
            loads,
            resource_of,
            capacities,
            way,
        };
        evaluation.predicted = predicted_waits(stream, &evaluation);
        evaluation.figures = evaluation.results(stream, values);
        evaluation
    }

    /// A result of the whole stream.
    pub(super) const fn figure(&self, kind: FigureKind) -> Option<f64> {
        self.figures[kind as usize]
    }

    /// A result of one station.
    pub(super) fn station_figure(
        &self,
        stream: &Stream,
        kind: FigureKind,
        station: usize,
    ) -> Option<f64> {
        if kind == FigureKind::StationWaiting {
            return self.times.waiting[station];
        }
        let resource = self.resource_of[station];
        match kind {
            FigureKind::StationVisits => {
                let known = self.traffic.is_ok();
                known.then(|| self.visits[station])
            }
            FigureKind::EffectiveTime => self.network.nodes[station].effective_time(),
            FigureKind::StationCapacity => self.capacities[resource?],
            FigureKind::Utilisation => self.loads[resource?].utilisation(self.demand?),
            FigureKind::PredictedWaiting => self.predicted[station]
                .map(|wait| wait * stream.calendar.elapsed_per_working_second()),
            _ => None,
        }
    }

    /// The expected time of an item, visits counted, from entering to arriving; of several entries
    /// the longest. `at` is by station, `on` by flow.
    pub(super) fn whole_time(&self, at: &[f64], on: &[f64]) -> Option<f64> {
        let traffic = self.traffic.as_ref().ok()?;
        let times = traffic.expected_times(&self.network, at, on);
        let arriving = traffic.arriving > 0.0;
        let entries = self.network.entries.iter().map(|entry| times[*entry]);
        entries.reduce(f64::max).filter(|_| arriving)
    }

    /// By station: effective process time in seconds of working time; none if one that counts is
    /// unknown.
    pub(super) fn effective_times(&self) -> Option<Vec<f64>> {
        let nodes = self.network.nodes.iter().zip(&self.visits);
        nodes
            .map(|(node, visits)| match node.effective_time() {
                Some(time) => Some(time),
                None if *visits <= 0.0 => Some(0.0),
                None => None,
            })
            .collect()
    }

    /// Raw process time T0 along the longest branches, in seconds of working time.
    pub(super) fn raw_process_time(&self) -> Option<f64> {
        let none = vec![0.0; self.network.arcs.len()];
        self.whole_time(&self.effective_times()?, &none)
    }

    fn results(
        &self,
        stream: &Stream,
        values: &[Option<f64>],
    ) -> [Option<f64>; FigureKind::ALL.len()] {
        let mut figures = [None; FigureKind::ALL.len()];
        let mut set = |kind: FigureKind, value: Option<f64>| figures[kind as usize] = value;
        let (lead, process) = self.along_the_way();
        let ratio = || Some(process? / lead.filter(|lead| *lead > 0.0)?);
        set(FigureKind::LeadTime, lead);
        set(FigureKind::ProcessTime, process);
        set(FigureKind::ActivityRatio, ratio());
        set(FigureKind::FlowEfficiency, ratio());
        set(
            FigureKind::RolledCompleteAndAccurate,
            self.rolled(stream, values),
        );
        set(FigureKind::Demand, self.demand);
        let takt = self.demand.filter(|demand| *demand > 0.0);
        set(FigureKind::TaktTime, takt.map(|demand| 1.0 / demand));
        let capacity = self.limit.as_ref().map(|limit| limit.capacity);
        set(FigureKind::Capacity, capacity);
        let throughput = || Some(self.demand?.min(capacity?));
        set(FigureKind::Throughput, throughput());
        let raw = self.raw_process_time();
        set(FigureKind::RawProcessTime, raw);
        let critical = || Some(capacity? * raw?);
        set(FigureKind::CriticalWip, critical());
        let wip = self.work_in_progress(stream, values);
        set(FigureKind::WorkInProgress, wip);
        let elapsed = stream.calendar.elapsed_per_working_second();
        let days = || Some(wip? / self.demand.filter(|demand| *demand > 0.0)? * elapsed);
        set(FigureKind::InventoryTime, days());
        set(FigureKind::ExpectedLeadTime, self.expected_lead_time());
        set(
            FigureKind::PredictedLeadTime,
            self.predicted_lead_time(stream),
        );
        figures
    }

    /// Lead time and process time along the longest way.
    fn along_the_way(&self) -> (Option<f64>, Option<f64>) {
        let Some(way) = &self.way else {
            return (None, None);
        };
        let times = &self.times;
        let process: Option<f64> = way.stations.iter().map(|place| times.process[*place]).sum();
        let waiting: Option<f64> = way.stations.iter().map(|place| times.waiting[*place]).sum();
        let transfer: Option<f64> = way.arcs.iter().map(|place| times.transfer[*place]).sum();
        let lead = || Some(process? + waiting? + transfer?);
        (lead(), process)
    }

    /// The part of the items that pass every step complete and accurate, on all ways.
    ///
    /// In a row and over parallel branches the steps multiply, of a split it is the mean.
    fn rolled(&self, stream: &Stream, values: &[Option<f64>]) -> Option<f64> {
        let traffic = self.traffic.as_ref().ok()?;
        let order = stream.order.as_ref().ok()?;
        let kind = MeasureKind::CompleteAndAccurate;
        let mut rest = vec![1.0; stream.stations.len()];
        let product = |rest: &[f64], heads: &[usize]| {
            let meeting = order.common(heads.iter().copied());
            let after = rest.get(meeting).copied().unwrap_or(1.0);
            if after == 0.0 {
                return 0.0;
            }
            let branches = heads.iter().map(|head| rest[*head] / after);
            after * branches.product::<f64>()
        };
        let mut forks = vec![false; stream.stations.len()];
        for fork in &traffic.forks {
            forks[*fork] = true;
        }
        for here in order.sequence.iter().rev().copied() {
            if !order.arrives[here] || self.visits[here] <= 0.0 {
                continue;
            }
            let own = match stream.kinds[here] {
                StationKind::Step => values[stream.of_station(here, kind)?]?,
                _ => 1.0,
            };
            let heads = order.onwards[here].iter();
            let heads = order.of_most_use(heads.map(|place| self.network.arcs[*place].to));
            let after = if heads.is_empty() {
                1.0
            } else if forks[here] {
                product(&rest, &heads)
            } else {
                let (mut sum, mut whole) = (0.0, 0.0);
                for place in &order.onwards[here] {
                    let (to, part) = (self.network.arcs[*place].to, traffic.parts()[*place]);
                    if order.arrives[to] {
                        sum += part * rest[to];
                        whole += part;
                    }
                }
                if whole > 0.0 { sum / whole } else { 1.0 }
            };
            rest[here] = own * after;
        }
        let entries = order.of_most_use(self.network.entries.iter().copied());
        let steps = stream.steps() > 0 && traffic.arriving > 0.0;
        steps.then(|| product(&rest, &entries))
    }

    /// Items in the stream: what is stated, and by Little's law where a time is instead.
    fn work_in_progress(&self, stream: &Stream, values: &[Option<f64>]) -> Option<f64> {
        let rate = self.demand.map(|demand| {
            let elapsed = stream.calendar.elapsed_per_working_second();
            demand / elapsed
        });
        let mut known: Option<f64> = None;
        let passes = self.traffic.as_ref().ok().map(|traffic| &traffic.passes);
        for place in 0..stream.stations.len() {
            let stated = stream.of_station(place, MeasureKind::WorkInProgress);
            let by_law = || {
                let time = self.times.waiting[place]? + self.times.process[place]?;
                Some(rate? * self.visits[place] * time)
            };
            let place = stream.kinds[place];
            if matches!(place, StationKind::Supplier | StationKind::Customer) {
                continue;
            }
            if let Some(items) = stated.and_then(|slot| values[slot]).or_else(by_law) {
                known = Some(known.unwrap_or(0.0) + items);
            }
        }
        for (place, time) in self.times.transfer.iter().enumerate() {
            let passes = passes.map_or(1.0, |passes| passes[place]);
            if let (Some(time), Some(rate)) = (time.filter(|time| *time > 0.0), rate) {
                known = Some(known.unwrap_or(0.0) + rate * passes * time);
            }
        }
        known
    }

    fn expected_lead_time(&self) -> Option<f64> {
        let passes = &self.traffic.as_ref().ok()?.passes;
        let known_at = |place: usize| self.visits[place] <= 0.0 || self.times.known_at(place);
        let known_on = |place: usize| passes[place] <= 0.0 || self.times.transfer[place].is_some();
        let all_known = (0..self.visits.len()).all(known_at) && (0..passes.len()).all(known_on);
        let (at, on) = self.times.known();
        self.whole_time(&at, &on).filter(|_| all_known)
    }

    fn predicted_lead_time(&self, stream: &Stream) -> Option<f64> {
        let elapsed = stream.calendar.elapsed_per_working_second();
        let mut at = vec![0.0; self.visits.len()];
        for (place, node) in self.network.nodes.iter().enumerate() {
            if !node.works() || self.visits[place] <= 0.0 {
                continue;
            }
            let lost = node.effective_time()? - node.process_time?;
            at[place] = self.times.process[place]? + (lost + self.predicted[place]?) * elapsed;
        }
        let passes = &self.traffic.as_ref().ok()?.passes;
        let mut on = vec![0.0; passes.len()];
        for (place, passes) in passes.iter().enumerate() {
            if *passes > 0.0 {
                on[place] = self.times.transfer[place]?;
            }
        }
        self.whole_time(&at, &on)
    }
}

/// The stations and flows of a stream with these numbers.
pub(super) fn network(stream: &Stream, values: &[Option<f64>]) -> Network {
    let mut network = stream.shape.clone();
    for (place, node) in network.nodes.iter_mut().enumerate() {
        if stream.kinds[place] == StationKind::Step {
            *node = step(stream, values, place, node.resource);
        }
    }
    for (place, arc) in network.arcs.iter_mut().enumerate() {
        let slot = stream.of_flow(place, MeasureKind::Share);
        arc.share = slot.and_then(|slot| values[slot]);
    }
    network
}

fn step(stream: &Stream, values: &[Option<f64>], place: usize, resource: Option<usize>) -> Node {
    let slot = |kind: MeasureKind| stream.of_station(place, kind);
    let value = |kind: MeasureKind| slot(kind).and_then(|slot| values[slot]);
    // Times of work, in seconds of working time.
    let work = |kind: MeasureKind| {
        let slot = slot(kind)?;
        Some(values[slot]? * stream.quantities[slot].working)
    };
    let conventional = |kind: MeasureKind, convention: f64| match slot(kind) {
        None => Some(convention),
        Some(slot) => values[slot],
    };
    // What nobody knows can only lower the capacity: left out, it makes an upper bound.
    let batch = value(MeasureKind::Batch);
    let changeover = batch.and(work(MeasureKind::Changeover));
    Node {
        process_time: work(MeasureKind::ProcessTime),
        servers: conventional(MeasureKind::Servers, 1.0),
        availability: value(MeasureKind::Uptime).unwrap_or(1.0),
        repair_time: work(MeasureKind::RepairTime).unwrap_or(0.0),
        changeover: changeover.unwrap_or(0.0),
        batch: batch.unwrap_or(1.0).max(1.0),
        variation: conventional(MeasureKind::Variation, 1.0).map(|cv| cv * cv),
        share: value(MeasureKind::ResourceShare).unwrap_or(1.0),
        resource,
    }
}

/// What all customers ask for; none if one does not say.
fn demand(stream: &Stream, values: &[Option<f64>]) -> Option<f64> {
    let mut sum = None;
    for (place, kind) in stream.kinds.iter().enumerate() {
        if *kind == StationKind::Customer {
            let slot = stream.of_station(place, MeasureKind::Demand)?;
            sum = Some(sum.unwrap_or(0.0) + values[slot]?);
        }
    }
    sum
}

/// The times of a stream with these numbers.
fn times(stream: &Stream, values: &[Option<f64>], demand: Option<f64>, visits: &[f64]) -> Times {
    let size = stream.stations.len();
    let mut times = Times {
        waiting: vec![Some(0.0); size],
        process: vec![Some(0.0); size],
        transfer: vec![Some(0.0); stream.flows.len()],
    };
    for (place, time) in times.transfer.iter_mut().enumerate() {
        if let Some(slot) = stream.of_flow(place, MeasureKind::WaitingTime) {
            *time = values[slot];
        }
    }
    let told = told_before(stream);
    let elapsed = stream.calendar.elapsed_per_working_second();
    for place in 0..size {
        let value = |kind: MeasureKind| {
            let slot = stream.of_station(place, kind)?;
            values[slot]
        };
        // Little's law: the time at a place is what is there over what passes.
        let by_little = || {
            let visits = if visits[place] > 0.0 {
                visits[place]
            } else {
                1.0
            };
            let rate = demand.filter(|demand| *demand > 0.0)? * visits;
            Some(value(MeasureKind::WorkInProgress)? / rate * elapsed)
        };
        match stream.kinds[place] {
            StationKind::Step => {
                let process = value(MeasureKind::ProcessTime);
                times.process[place] = process;
                let unstated =
                    stream.knowledge(place, MeasureKind::WaitingTime) == Knowledge::Unstated;
                times.waiting[place] = value(MeasureKind::WaitingTime).or_else(|| {
                    if unstated && told[place] {
                        return Some(0.0);
                    }
                    // What is at a step waits or is worked on.
                    Some((by_little()? - process?).max(0.0))
                });
            }
            StationKind::Queue | StationKind::Supermarket => {
                times.waiting[place] = value(MeasureKind::WaitingTime).or_else(by_little);
            }
            StationKind::Supplier | StationKind::Customer | StationKind::Control => {}
        }
    }
    times
}

/// By station: whether all work comes out of queues and supermarkets, or along flows that tell how
/// long they take, so that the wait before it is told there.
fn told_before(stream: &Stream) -> Vec<bool> {
    let mut told = vec![None; stream.stations.len()];
    for (place, arc) in stream.shape.arcs.iter().enumerate() {
        if arc.kind == ArcKind::Forward {
            let store = matches!(
                stream.kinds[arc.from],
                StationKind::Queue | StationKind::Supermarket
            );
            let tells = store || stream.of_flow(place, MeasureKind::WaitingTime).is_some();
            told[arc.to] = Some(told[arc.to].unwrap_or(true) && tells);
        }
    }
    told.into_iter().map(|told| told.unwrap_or(false)).collect()
}
