//! How long an item waits, is worked on and is on its way, by what a map states.

use crate::model::{MeasureKind, StationKind};

use super::derive::Stream;
use super::network::ArcKind;
use super::products::Mix;
use super::rates::Rates;
use super::stated::Knowledge;

/// The times of a stream by place, in seconds of the basis; none where unknown.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Times {
    /// By station: how long an item waits at each visit.
    pub(super) waiting: Vec<Option<f64>>,
    /// By station: how long it is worked on.
    pub(super) process: Vec<Option<f64>>,
    /// By flow: how long it is on its way.
    pub(super) transfer: Vec<Option<f64>>,
    /// By flow: nobody knows how long what comes along it waits before the next step, while the
    /// wait of what comes along another flow is told before.
    pub(super) unstated: Vec<bool>,
    /// By station: whether something of its times is known; none for places that take no time.
    known: Vec<Option<bool>>,
}

impl Times {
    /// The times of a stream with these numbers, of which so much passes.
    pub(super) fn of(
        stream: &Stream,
        values: &[Option<f64>],
        rates: &Rates,
        visits: &[f64],
        mix: Option<&Mix>,
    ) -> Self {
        let size = stream.stations.len();
        let mut times = Self {
            waiting: vec![Some(0.0); size],
            process: vec![Some(0.0); size],
            transfer: vec![Some(0.0); stream.flows.len()],
            unstated: vec![false; stream.flows.len()],
            known: vec![None; size],
        };
        for (index, time) in times.transfer.iter_mut().enumerate() {
            if let Some(slot) = stream.of_flow(index, MeasureKind::WaitingTime) {
                *time = values[slot];
            }
        }
        let told = Told::of(stream);
        for index in 0..size {
            let value = |kind: MeasureKind| {
                let slot = stream.of_station(index, kind)?;
                values[slot]
            };
            let by_little = || by_little(stream, values, rates, visits, index);
            match stream.kinds[index] {
                StationKind::Step => {
                    let process = match mix {
                        Some(mix) => mix.process_time(stream, values, index),
                        None => value(MeasureKind::ProcessTime),
                    };
                    times.process[index] = process;
                    let unstated =
                        stream.knowledge(index, MeasureKind::WaitingTime) == Knowledge::Unstated;
                    let told_here = told.at(index).filter(|_| unstated);
                    times.waiting[index] = value(MeasureKind::WaitingTime).or_else(|| {
                        if told_here == Some(Extent::All) {
                            return Some(0.0);
                        }
                        // What is at a step waits or is worked on.
                        let counted = || Some((by_little()? - process?).max(0.0));
                        counted().or_else(|| {
                            told_here?;
                            // What comes along the other flows is untold.
                            for arc in told.unstated_into(index) {
                                times.unstated[arc] = true;
                            }
                            Some(0.0)
                        })
                    });
                }
                StationKind::Queue | StationKind::Supermarket => {
                    times.waiting[index] = value(MeasureKind::WaitingTime).or_else(by_little);
                }
                StationKind::Supplier | StationKind::Customer | StationKind::Control => continue,
            }
            // That a wait is told elsewhere tells no time.
            let waits = times.waiting[index].is_some_and(|wait| wait > 0.0)
                || value(MeasureKind::WaitingTime).is_some();
            let works = stream.kinds[index] == StationKind::Step;
            times.known[index] = Some(waits || works && times.process[index].is_some());
        }
        times
    }

    /// Whether anything is known of the time at these stations, or there is nothing to know.
    pub(super) fn tell(&self, stations: impl Iterator<Item = usize>) -> bool {
        let (mut any, mut none) = (false, true);
        for known in stations.filter_map(|index| self.known[index]) {
            none = false;
            any |= known;
        }
        any || none
    }

    /// The time that is known at each station and on each flow.
    pub(super) fn known(&self) -> (Vec<f64>, Vec<f64>) {
        let both = self.waiting.iter().zip(&self.process);
        let at = both.map(|(waiting, process)| waiting.unwrap_or(0.0) + process.unwrap_or(0.0));
        let on = self.transfer.iter().map(|time| time.unwrap_or(0.0));
        (at.collect(), on.collect())
    }

    /// Whether both times of a station are known.
    pub(super) fn known_at(&self, station: usize) -> bool {
        self.waiting[station].is_some() && self.process[station].is_some()
    }

    /// Whether it is known how long what takes a flow is on its way, and waits then.
    pub(super) fn known_on(&self, flow: usize) -> bool {
        self.transfer[flow].is_some() && !self.unstated[flow]
    }
}

/// Little's law: the time at a place is what is there over what leaves it, in seconds of the basis.
/// Where work piles up, that is how long the last item waits that is there now.
fn by_little(
    stream: &Stream,
    values: &[Option<f64>],
    rates: &Rates,
    visits: &[f64],
    index: usize,
) -> Option<f64> {
    let slot = stream.of_station(index, MeasureKind::WorkInProgress)?;
    let visits = if visits[index] > 0.0 {
        visits[index]
    } else {
        1.0
    };
    let rate = rates.out[index].filter(|rate| *rate > 0.0)? * visits;
    Some(values[slot]? / rate * stream.calendar.elapsed_per_working_second())
}

/// How much of what comes to a step has its wait told before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Extent {
    /// What comes along some flows.
    Some,
    /// What comes along every flow.
    All,
}

/// Which flows tell how long what they bring has waited: those out of queues and supermarkets, and
/// those of which a time is stated.
struct Told {
    /// By flow; none for flows that bring no new work.
    flows: Vec<Option<bool>>,
    /// By station: the flows of new work that come to it.
    into: Vec<Vec<usize>>,
}

impl Told {
    fn of(stream: &Stream) -> Self {
        let mut told = Self {
            flows: vec![None; stream.flows.len()],
            into: vec![Vec::new(); stream.stations.len()],
        };
        for (index, arc) in stream.shape.arcs.iter().enumerate() {
            if arc.kind == ArcKind::Forward {
                let store = matches!(
                    stream.kinds[arc.from],
                    StationKind::Queue | StationKind::Supermarket
                );
                let tells = store || stream.of_flow(index, MeasureKind::WaitingTime).is_some();
                told.flows[index] = Some(tells);
                told.into[arc.to].push(index);
            }
        }
        told
    }

    fn at(&self, station: usize) -> Option<Extent> {
        let flows = &self.into[station];
        let told = flows
            .iter()
            .filter(|flow| self.flows[**flow] == Some(true))
            .count();
        match told {
            0 => None,
            all if all == flows.len() => Some(Extent::All),
            _ => Some(Extent::Some),
        }
    }

    fn unstated_into(&self, station: usize) -> impl Iterator<Item = usize> + '_ {
        let flows = self.into[station].iter().copied();
        flows.filter(|flow| self.flows[*flow] == Some(false))
    }
}
