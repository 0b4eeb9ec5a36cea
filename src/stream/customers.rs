//! Several customers: how what they ask for decides which way the work goes.

use std::rc::Rc;

use crate::model::{MeasureKind, StationKind};

use super::derive::Stream;
use super::network::Network;
use super::order::Order;
use super::traffic::{Traffic, TrafficError};

/// A station from which ways without shares lead to different customers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Parting {
    /// The station.
    pub(super) station: usize,
    /// Its arcs onwards, each with the customers it leads to.
    branches: Vec<(usize, Vec<usize>)>,
}

/// The stations from which work parts to different customers, and no way says its share.
pub(super) fn partings(stream: &Stream, order: &Order) -> Vec<Parting> {
    let mut partings = all_partings(stream, order);
    let silent =
        |(index, _): &(usize, Vec<usize>)| stream.of_flow(*index, MeasureKind::Share).is_none();
    partings.retain(|parting| parting.branches.iter().all(silent));
    partings
}

/// The ways onwards where work parts to different customers, each with whether it leads to this
/// one; only from where one of them does.
pub(super) fn ways_to(stream: &Stream, customer: usize) -> Vec<(usize, bool)> {
    let Ok(order) = &stream.order else {
        return Vec::new();
    };
    let leads = |(_, customers): &(usize, Vec<usize>)| customers.contains(&customer);
    all_partings(stream, order)
        .into_iter()
        .filter(|parting| parting.branches.iter().any(leads))
        .flat_map(|parting| parting.branches)
        .map(|way| (way.0, leads(&way)))
        .collect()
}

/// The stations from which work parts to different customers: no two ways lead to the same one.
fn all_partings(stream: &Stream, order: &Order) -> Vec<Parting> {
    let customers = stream
        .kinds
        .iter()
        .filter(|kind| **kind == StationKind::Customer);
    if customers.count() < 2 {
        return Vec::new();
    }
    let mut leads: Vec<Vec<usize>> = vec![Vec::new(); stream.stations.len()];
    for here in order.sequence.iter().rev().copied() {
        if stream.kinds[here] == StationKind::Customer {
            leads[here].push(here);
        }
        for index in &order.onwards[here] {
            let more = leads[stream.shape.arcs[*index].to].clone();
            leads[here].extend(more);
        }
        leads[here].sort_unstable();
        leads[here].dedup();
    }
    let part = |(station, arcs): (usize, &Vec<usize>)| {
        if arcs.len() < 2 {
            return None;
        }
        let branches = arcs.iter().map(|index| {
            let to = stream.shape.arcs[*index].to;
            (*index, leads[to].clone())
        });
        let branches: Vec<(usize, Vec<usize>)> = branches.collect();
        let sum: usize = branches.iter().map(|(_, customers)| customers.len()).sum();
        let all_lead = branches.iter().all(|(_, customers)| !customers.is_empty());
        (all_lead && sum == leads[station].len()).then_some(Parting { station, branches })
    };
    order.onwards.iter().enumerate().filter_map(part).collect()
}

/// What each customer asks for, by station; none if a customer does not say.
pub(super) fn demands(stream: &Stream, values: &[Option<f64>]) -> Option<Vec<(usize, f64)>> {
    let customers =
        (0..stream.stations.len()).filter(|index| stream.kinds[*index] == StationKind::Customer);
    customers
        .map(|index| Some((index, stream.demand_at(index, values)?)))
        .collect()
}

/// The part of all demand that each station gets to pass on.
fn wanted(stream: &Stream, values: &[Option<f64>]) -> Option<Vec<f64>> {
    let demands = demands(stream, values)?;
    let sum: f64 = demands.iter().map(|(_, demand)| demand).sum();
    let mut parts = vec![0.0; stream.stations.len()];
    for (index, demand) in demands {
        parts[index] = demand / sum;
    }
    (sum > 0.0).then_some(parts)
}

/// The most rounds in which shares are adjusted.
const ROUNDS: usize = 60;

/// The traffic of a network in which work parts by what customers ask for; sets the shares there.
///
/// Where some of the work drops out on the way, more has to go that way; the shares are scaled
/// until each customer gets its part (iterative proportional fitting, Deming & Stephan 1940).
pub(super) fn traffic_by_demand(
    stream: &Stream,
    values: &[Option<f64>],
    network: &mut Network,
    order: &Rc<Order>,
) -> Result<Rc<Traffic>, TrafficError> {
    let Some(wanted) = wanted(stream, values).filter(|_| !stream.partings.is_empty()) else {
        return Traffic::along(network, order).map(Rc::new);
    };
    let mut weights = vec![1.0; network.arcs.len()];
    let mut traffic = None;
    for _ in 0..ROUNDS {
        for parting in &stream.partings {
            let want =
                |customers: &[usize]| customers.iter().map(|index| wanted[*index]).sum::<f64>();
            let part = |(index, customers): &(usize, Vec<usize>)| weights[*index] * want(customers);
            let sum: f64 = parting.branches.iter().map(part).sum();
            for branch in &parting.branches {
                network.arcs[branch.0].share = Some(if sum > 0.0 {
                    part(branch) / sum
                } else {
                    1.0 / parting.branches.len() as f64
                });
            }
        }
        let found = Traffic::along(network, order)?;
        let whole: f64 = (0..wanted.len())
            .filter(|index| stream.kinds[*index] == StationKind::Customer)
            .map(|index| found.visits[index])
            .sum();
        let mut is_off = false;
        for (index, customers) in stream.partings.iter().flat_map(|parting| &parting.branches) {
            let gets: f64 = customers
                .iter()
                .map(|customer| found.visits[*customer] / whole)
                .sum();
            let wants: f64 = customers.iter().map(|customer| wanted[*customer]).sum();
            if gets > 0.0 && wants > 0.0 {
                is_off |= (gets / wants - 1.0).abs() > 1e-12;
                weights[*index] *= wants / gets;
            }
        }
        traffic = Some(found);
        if !is_off {
            break;
        }
    }
    match traffic {
        Some(traffic) => Ok(Rc::new(traffic)),
        None => Traffic::along(network, order).map(Rc::new),
    }
}
