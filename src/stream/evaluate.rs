//! All numbers of a stream from one number for each quantity.

use std::rc::Rc;

use crate::model::{MeasureKind, StationKind};

use super::capacity::{Limit, ResourceLoad, limit, resource_loads};
use super::customers::{demands, traffic_by_demand};
use super::derive::Stream;
use super::figure::FigureKind;
use super::ladder::{FlowPath, longest_path};
use super::network::{Network, Node};
use super::predict::predicted_waits;
use super::products::Mix;
use super::rates::Rates;
use super::stated::Knowledge;
use super::times::Times;
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
    pub(super) rates: Rates,
    pub(super) stated: Stated,
    pub(super) loads: Vec<ResourceLoad>,
    /// By station: the index of its resource.
    pub(super) resource_of: Vec<Option<usize>>,
    /// By resource: items per second.
    pub(super) capacities: Vec<Option<f64>>,
    pub(super) limit: Option<Limit>,
    pub(super) path: Option<FlowPath>,
    /// By station: the wait that chance alone makes, in seconds of working time.
    pub(super) predicted: Vec<Option<f64>>,
    figures: [Option<f64>; FigureKind::ALL.len()],
}

/// What is stated of the stream as a whole.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Stated {
    /// What comes out, in items per second of working time.
    pub(super) throughput: Option<f64>,
    /// Items in it.
    pub(super) work: Option<f64>,
}

/// How much of a stream is evaluated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Depth {
    /// Every result.
    All,
    /// Times along the longest path, capacity and throughput, quickly.
    Main,
}

impl Evaluation {
    /// Evaluates a stream; `traffic` is that of another evaluation with the same shares.
    pub(super) fn of(
        stream: &Stream,
        values: &[Option<f64>],
        traffic: Option<&Result<Rc<Traffic>, TrafficError>>,
        depth: Depth,
    ) -> Self {
        let mut network = network(stream, values);
        let traffic = match (traffic, &stream.order) {
            (Some(known), _) => known.clone(),
            (None, Ok(order)) => traffic_by_demand(stream, values, &mut network, order),
            (None, Err(ring)) => Err(TrafficError::Ring(ring.clone())),
        };
        let known = traffic.as_ref().ok().map(AsRef::as_ref);
        if let Some(mix) = Mix::of(stream, values, &network, known) {
            mix.apply(stream, values, &mut network);
        }
        Self::with(stream, values, network, traffic, depth)
    }

    /// Evaluates a stream with the stations of a network that may differ from what is stated.
    pub(super) fn with(
        stream: &Stream,
        values: &[Option<f64>],
        network: Network,
        traffic: Result<Rc<Traffic>, TrafficError>,
        depth: Depth,
    ) -> Self {
        let size = stream.stations.len();
        let visits = match &traffic {
            Ok(traffic) => traffic.visits.clone(),
            Err(_) => vec![1.0; size],
        };
        let demand = demand(stream, values);
        let (mut loads, resource_of) = match &traffic {
            Ok(_) => resource_loads(&network, &visits),
            Err(_) => (Vec::new(), vec![None; size]),
        };
        for load in &mut loads {
            let resource = network.nodes[load.members[0]].resource;
            if let Some(others) = resource.and_then(|resource| stream.others[resource].as_ref()) {
                let stated = |index: &usize| {
                    let kind = MeasureKind::ResourceShare;
                    stream.knowledge(*index, kind) != Knowledge::Unstated
                };
                let stated = load.members.iter().any(stated);
                others.limit(load, demand, values, stated);
            }
        }
        let capacities: Vec<Option<f64>> = loads.iter().map(ResourceLoad::capacity).collect();
        let stated = Stated {
            throughput: stream.throughput().and_then(|slot| values[slot]),
            work: stream.work_in_progress().and_then(|slot| values[slot]),
        };
        let rates = Rates::of(stream, &network, demand, stated.throughput, |index| {
            capacities[resource_of[index]?]
        });
        let known = traffic.as_ref().ok().map(AsRef::as_ref);
        let mix = Mix::of(stream, values, &network, known);
        let times = Times::of(stream, values, &rates, &visits, mix.as_ref());
        let path = stream.order.as_ref().ok().and_then(|order| {
            let (starts, ends) = (&network.entries, &network.exits);
            longest_path(&network, order, starts, ends, &times)
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
            rates,
            stated,
            loads,
            resource_of,
            capacities,
            path,
        };
        evaluation.set_main_results();
        if depth == Depth::All {
            evaluation.predicted = predicted_waits(stream, &evaluation);
            evaluation.set_further_results(stream, values);
        }
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

    /// The expected time that is spent for each item that arrives, visits counted and that of items
    /// that leave before too: sum of v t; of several entries the longest. `at` is by station, `on`
    /// by flow.
    pub(super) fn whole_time(&self, at: &[f64], on: &[f64]) -> Option<f64> {
        let traffic = self.traffic.as_ref().ok()?;
        let times = traffic.expected_times(&self.network, at, on);
        let entries = traffic.starts.iter().map(|entry| times[*entry]);
        let arriving = Some(traffic.arriving).filter(|part| *part > 0.0)?;
        Some(entries.reduce(f64::max)? / arriving)
    }

    /// By station: how long an item is worked on, outages and changeovers counted, in seconds of
    /// working time; none if one that counts is unknown.
    pub(super) fn effective_times(&self) -> Option<Vec<f64>> {
        let nodes = self.network.nodes.iter().zip(&self.visits);
        nodes
            .map(|(node, visits)| match node.cycle_time() {
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

    fn set(&mut self, kind: FigureKind, value: Option<f64>) {
        self.figures[kind as usize] = value;
    }

    fn set_main_results(&mut self) {
        let (lead, process) = self.along_the_path();
        let demand = self.demand;
        let capacity = self.limit.as_ref().map(|limit| limit.capacity);
        let all_process = self
            .path
            .as_ref()
            .is_some_and(|path| self.knows_process(path));
        // Of a part of the process time nothing can be said of a ratio.
        let ratio = || Some(process? / lead.filter(|lead| *lead > 0.0 && all_process)?);
        let stated = self.stated.throughput;
        let throughput = || Some(demand?.min(capacity?));
        let takt = demand.filter(|demand| *demand > 0.0);
        self.set(FigureKind::LeadTime, lead);
        self.set(FigureKind::ProcessTime, process);
        self.set(FigureKind::ActivityRatio, ratio());
        self.set(FigureKind::FlowEfficiency, ratio());
        self.set(FigureKind::Demand, demand);
        self.set(FigureKind::TaktTime, takt.map(|demand| 1.0 / demand));
        self.set(FigureKind::Capacity, capacity);
        self.set(FigureKind::Throughput, stated.or_else(throughput));
    }

    fn set_further_results(&mut self, stream: &Stream, values: &[Option<f64>]) {
        let elapsed = stream.calendar.elapsed_per_working_second();
        let capacity = self.figure(FigureKind::Capacity);
        let rolled = self.rolled(stream, values);
        let raw = self.raw_process_time();
        let wip = self.work_in_progress(stream, values);
        let (expected, of_arriving) = self.expected_lead_times();
        let predicted = self.predicted_lead_time(stream);
        let critical = || Some(capacity? * raw?);
        // Little's law gives the third: how long the items last, or what comes out.
        let lasts = || Some(wip? / self.rates.whole.filter(|rate| *rate > 0.0)? * elapsed);
        let comes_out = || Some(self.stated.work? / expected.filter(|time| *time > 0.0)? * elapsed);
        let lasts = lasts();
        if self.figure(FigureKind::Throughput).is_none() && self.demand.is_none() {
            self.set(FigureKind::Throughput, comes_out());
        }
        self.set_value_added(stream, values);
        self.set(FigureKind::RolledCompleteAndAccurate, rolled);
        self.set(FigureKind::RawProcessTime, raw);
        self.set(FigureKind::CriticalWip, critical());
        self.set(FigureKind::WorkInProgress, wip);
        self.set(FigureKind::InventoryTime, lasts);
        self.set(FigureKind::ExpectedLeadTime, expected);
        self.set(FigureKind::ArrivingLeadTime, of_arriving);
        self.set(FigureKind::PredictedLeadTime, predicted);
    }

    /// Lead time and process time along the longest path, as far as they are known; none if nothing
    /// of them is.
    fn along_the_path(&self) -> (Option<f64>, Option<f64>) {
        let Some(path) = &self.path else {
            return (None, None);
        };
        let times = &self.times;
        let stations = || path.stations.iter().copied();
        let process = stations()
            .filter_map(|index| times.process[index])
            .sum::<f64>();
        let waiting = stations()
            .filter_map(|index| times.waiting[index])
            .sum::<f64>();
        let transfer = path
            .arcs
            .iter()
            .filter_map(|index| times.transfer[*index])
            .sum::<f64>();
        let mut steps = stations()
            .filter(|index| self.network.nodes[*index].works())
            .peekable();
        let no_steps = steps.peek().is_none();
        let some_process = no_steps || steps.any(|index| times.process[index].is_some());
        let lead = times.tell(stations()) || transfer > 0.0;
        (
            lead.then_some(process + waiting + transfer),
            some_process.then_some(process),
        )
    }

    /// The process time that adds value along the longest path, as far as it is known, and its
    /// shares; nothing where nobody says of a step what its time is worth.
    fn set_value_added(&mut self, stream: &Stream, values: &[Option<f64>]) {
        let Some(path) = &self.path else { return };
        let (mut adds, mut marked, mut all_marked, mut any) = (0.0, 0.0, true, false);
        for index in path.stations.iter().copied() {
            let part = value_adding_part(stream, values, index);
            all_marked &= part.is_some() || !self.network.nodes[index].works();
            if let Some((part, time)) = part.zip(self.times.process[index]) {
                (adds, marked, any) = (adds + time * part, marked + time, true);
            }
        }
        if !any {
            return;
        }
        let (lead, process) = self.along_the_path();
        let share = |of: Option<f64>| Some(adds / of.filter(|of| *of > 0.0)?);
        let process = process.filter(|_| self.knows_process(path));
        // With both a mark and a wait missing, it could be more or less.
        let tells = all_marked || self.knows(path);
        let lead = lead.filter(|_| process.is_some() && tells);
        self.set(FigureKind::ValueAddedTime, Some(adds));
        self.set(FigureKind::ValueAddedOfProcess, share(process));
        self.set(FigureKind::ValueAddedOfLead, share(lead));
        self.set(FigureKind::ValueAddedOfMarked, share(Some(marked)));
    }

    /// Whether every process time along a path is known.
    pub(super) fn knows_process(&self, path: &FlowPath) -> bool {
        path.stations
            .iter()
            .all(|index| self.times.process[*index].is_some())
    }

    /// Whether every time along a path is known.
    pub(super) fn knows(&self, path: &FlowPath) -> bool {
        path.stations
            .iter()
            .all(|index| self.times.known_at(*index))
            && path.arcs.iter().all(|index| self.times.known_on(*index))
    }

    /// The part of the items that arrive which pass every step complete and accurate: in a row and
    /// over parallel branches the steps multiply, of a split it is the mean.
    fn rolled(&self, stream: &Stream, values: &[Option<f64>]) -> Option<f64> {
        let traffic = self.traffic.as_ref().ok()?;
        let order = stream.order.as_ref().ok()?;
        let own = |index: usize| match stream.kinds[index] {
            StationKind::Step if order.arrives[index] && self.visits[index] > 0.0 => {
                values[stream.of_station(index, MeasureKind::CompleteAndAccurate)?]
            }
            _ => Some(1.0),
        };
        let factors: Option<Vec<f64>> = (0..stream.stations.len()).map(own).collect();
        let steps = stream.steps() > 0;
        steps
            .then(|| traffic.part_through(&self.network, &factors?))
            .flatten()
    }

    /// Items in the stream: what is stated, and by Little's law where a time is instead.
    fn work_in_progress(&self, stream: &Stream, values: &[Option<f64>]) -> Option<f64> {
        if self.stated.work.is_some() {
            return self.stated.work;
        }
        let elapsed = stream.calendar.elapsed_per_working_second();
        let rate = |index: usize| Some(self.rates.out[index]? / elapsed);
        let mut known: Option<f64> = None;
        // Counted in the items that customers get.
        let in_one = |index: usize| {
            let traffic = self.traffic.as_ref();
            traffic.map_or(1.0, |traffic| traffic.items_in_one[index])
        };
        let passes = self.traffic.as_ref().ok().map(|traffic| &traffic.passes);
        for index in 0..stream.stations.len() {
            let stated = stream.of_station(index, MeasureKind::WorkInProgress);
            let in_one = in_one(index);
            let by_law = || {
                let time = self.times.waiting[index]? + self.times.process[index]?;
                Some(rate(index)? * self.visits[index] * time)
            };
            let kind = stream.kinds[index];
            if matches!(kind, StationKind::Supplier | StationKind::Customer) {
                continue;
            }
            if let Some(items) = stated.and_then(|slot| values[slot]).or_else(by_law) {
                known = Some(known.unwrap_or(0.0) + items / in_one);
            }
        }
        for (index, time) in self.times.transfer.iter().enumerate() {
            let passes = passes.map_or(1.0, |passes| passes[index]);
            let rate = rate(self.network.arcs[index].from);
            if let (Some(time), Some(rate)) = (time.filter(|time| *time > 0.0), rate) {
                let in_one = in_one(self.network.arcs[index].from);
                known = Some(known.unwrap_or(0.0) + rate * passes * time / in_one);
            }
        }
        known
    }

    /// The expected lead time, and that of the items that arrive.
    fn expected_lead_times(&self) -> (Option<f64>, Option<f64>) {
        let Ok(traffic) = &self.traffic else {
            return (None, None);
        };
        // What is known of it is a lower bound, and says so.
        let visited = (0..self.visits.len()).filter(|index| self.visits[*index] > 0.0);
        if !self.times.tell(visited) {
            return (None, None);
        }
        let (at, on) = self.times.known();
        let whole = self.whole_time(&at, &on);
        if traffic.arriving >= 1.0 {
            return (whole, whole);
        }
        let times = traffic.arriving_times(&self.network, &at, &on);
        let entries = traffic.starts.iter().map(|entry| times[*entry]);
        (whole, entries.reduce(f64::max).filter(|_| whole.is_some()))
    }

    /// Whether every time that an item spends anywhere is known.
    pub(super) fn knows_all(&self) -> bool {
        let Ok(traffic) = &self.traffic else {
            return false;
        };
        let at = (0..self.visits.len())
            .all(|index| self.visits[index] <= 0.0 || self.times.known_at(index));
        let passes = traffic.passes.iter().enumerate();
        at && passes
            .into_iter()
            .all(|(index, passes)| *passes <= 0.0 || self.times.known_on(index))
    }

    fn predicted_lead_time(&self, stream: &Stream) -> Option<f64> {
        let elapsed = stream.calendar.elapsed_per_working_second();
        let mut at = vec![0.0; self.visits.len()];
        for (index, node) in self.network.nodes.iter().enumerate() {
            if !node.works() || self.visits[index] <= 0.0 {
                continue;
            }
            let lost = node.cycle_time()? - node.process_time?;
            at[index] = self.times.process[index]? + (lost + self.predicted[index]?) * elapsed;
        }
        let passes = &self.traffic.as_ref().ok()?.passes;
        let mut on = vec![0.0; passes.len()];
        for (index, passes) in passes.iter().enumerate() {
            if *passes > 0.0 {
                on[index] = self.times.transfer[index]?;
            }
        }
        self.whole_time(&at, &on)
    }
}

/// The part of the process time of a station that adds value: as it is measured, else as the step is
/// marked; none if nobody says so.
pub(super) fn value_adding_part(
    stream: &Stream,
    values: &[Option<f64>],
    index: usize,
) -> Option<f64> {
    match stream.of_station(index, MeasureKind::ValueAdded) {
        Some(slot) => values[slot],
        None => stream.values[index].part(),
    }
}

/// The stations and flows of a stream with these numbers.
pub(super) fn network(stream: &Stream, values: &[Option<f64>]) -> Network {
    let mut network = stream.shape.clone();
    for (index, node) in network.nodes.iter_mut().enumerate() {
        if stream.kinds[index] == StationKind::Step {
            *node = step(stream, values, index, node.resource);
        }
    }
    for (index, arc) in network.arcs.iter_mut().enumerate() {
        let slot = stream.of_flow(index, MeasureKind::Share);
        arc.share = slot.and_then(|slot| values[slot]);
        let in_one = stream.of_flow(index, MeasureKind::ItemsInOne);
        arc.items_in_one = in_one.and_then(|slot| values[slot]).unwrap_or(1.0);
    }
    if let Ok(order) = &stream.order {
        for arcs in order.onwards.iter().filter(|arcs| arcs.len() > 1) {
            split_evenly(stream, &mut network, arcs);
        }
    }
    network
}

/// Gives equal shares to flows of a split of which no share is known: it is a split since somebody
/// said that there is a share, even if nobody knows which.
fn split_evenly(stream: &Stream, network: &mut Network, arcs: &[usize]) {
    let stated = |index: &usize| stream.of_flow(*index, MeasureKind::Share).is_some();
    let silent = |index: &usize| network.arcs[*index].share.is_none();
    if arcs.iter().any(stated) && arcs.iter().all(silent) {
        for index in arcs {
            network.arcs[*index].share = Some(1.0 / arcs.len() as f64);
        }
    }
}

fn step(stream: &Stream, values: &[Option<f64>], index: usize, resource: Option<usize>) -> Node {
    let slot = |kind: MeasureKind| stream.of_station(index, kind);
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
    let squared = |kind: MeasureKind| value(kind).map(|cv| cv * cv);
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
        pieces: value(MeasureKind::Pieces).unwrap_or(1.0),
        repair_variation: squared(MeasureKind::RepairVariation).unwrap_or(1.0),
        changeover_variation: squared(MeasureKind::ChangeoverVariation).unwrap_or(0.0),
        variation: conventional(MeasureKind::Variation, 1.0).map(|cv| cv * cv),
        share: value(MeasureKind::ResourceShare).unwrap_or(1.0),
        resource,
    }
}

/// What all customers ask for; none if one does not say, or there is none.
fn demand(stream: &Stream, values: &[Option<f64>]) -> Option<f64> {
    let demands = demands(stream, values)?;
    let sum = demands.iter().map(|(_, demand)| demand).sum();
    (!demands.is_empty()).then_some(sum)
}
