//! How long work would wait by chance alone, from utilisation and variation.

use crate::model::{Id, StationKind};

use super::derive::Stream;
use super::evaluate::Evaluation;
use super::network::{ArcKind, Node};
use super::queueing::{
    ErlangC, allen_cunneen_wait, changeover_variation, departure_variation, outage_variation,
};

impl Node {
    /// Squared variation ce² of its effective process time: outages with exponential repairs
    /// first, then changeovers; none if unknown.
    #[must_use]
    pub fn effective_variation(&self) -> Option<f64> {
        let (variation, process) = (self.variation?, self.process_time?);
        if process <= 0.0 {
            return Some(0.0);
        }
        let outages = outage_variation(
            variation,
            self.availability,
            self.repair_time,
            self.repair_variation,
            process,
        );
        let stretched = process / self.availability;
        Some(changeover_variation(
            outages,
            stretched,
            self.changeover,
            self.changeover_variation,
            (self.batch / self.pieces).max(1.0),
        ))
    }
}

/// How long work waits before a step by chance alone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct QueueAtStep {
    /// The step.
    pub station: Id,
    /// The part of its time that is needed, 0 to over 1.
    pub utilisation: f64,
    /// How likely an item waits, 0 to 1: Erlang's C.
    pub chance: f64,
    /// How long it waits in the mean, in seconds of the basis; infinite where work comes as fast as
    /// it can be done.
    pub wait: f64,
    /// How long it is worked on in the mean, in seconds of the basis.
    pub service: f64,
}

impl QueueAtStep {
    /// The part of the items that wait no longer than this, in seconds of the basis: 1 - C exp(-C t
    /// / Wq), which is exact for M/M/c, where Wq = C / (c mu - lambda). Else it has the right chance
    /// and the right mean.
    #[must_use]
    pub fn part_within(&self, time: f64) -> f64 {
        if self.wait.is_infinite() {
            return 0.0;
        }
        if self.wait <= 0.0 {
            return 1.0;
        }
        1.0 - self.chance * (-self.chance * time / self.wait).exp()
    }

    /// The time within which this part of the items has waited, in seconds of the basis: the inverse
    /// of [`QueueAtStep::part_within`].
    #[must_use]
    pub fn wait_within(&self, part: f64) -> f64 {
        if self.wait.is_infinite() {
            return f64::INFINITY;
        }
        if self.chance <= 1.0 - part {
            return 0.0;
        }
        self.wait / self.chance * (self.chance / (1.0 - part)).ln()
    }
}

/// The queues before the steps of a stream whose waits can be predicted.
pub(super) fn queues(stream: &Stream, evaluation: &Evaluation) -> Vec<QueueAtStep> {
    let Some(demand) = evaluation.demand else {
        return Vec::new();
    };
    let elapsed = stream.calendar.elapsed_per_working_second();
    let of = |index: usize| {
        let wait = evaluation.predicted[index]?;
        let load = evaluation.loads.get(evaluation.resource_of[index]?)?;
        let mixture = mixture(evaluation, &load.members, load.servers?, load.share, demand)?;
        Some(QueueAtStep {
            station: stream.stations[index],
            utilisation: mixture.utilisation,
            chance: mixture.queue.waiting_probability(),
            wait: wait * elapsed,
            service: evaluation.network.nodes[index].effective_time()? * elapsed,
        })
    };
    (0..stream.stations.len()).filter_map(of).collect()
}

/// A resource as a queue: one kind of item, the mixture of all that visit it.
struct Mixture {
    queue: ErlangC,
    utilisation: f64,
    variation: f64,
}

/// By station: mean wait in seconds of working time, by Allen and Cunneen's formula for its
/// resource, if the customers' demand comes at random; infinite where it is more than it can do;
/// none where something is unknown.
///
/// The variation of arrivals follows that of departures along the flows onwards (Whitt 1983, Queueing
/// Network Analyzer, simplified: rework arrives at random). With exponential times everywhere this is
/// Jackson's network, and exact.
pub(super) fn predicted_waits(stream: &Stream, evaluation: &Evaluation) -> Vec<Option<f64>> {
    let mut waits = vec![None; stream.stations.len()];
    let (Ok(traffic), Ok(order), Some(demand)) =
        (&evaluation.traffic, &stream.order, evaluation.demand)
    else {
        return waits;
    };
    if demand <= 0.0 {
        return waits;
    }
    let mixtures: Vec<Option<Mixture>> = evaluation
        .loads
        .iter()
        .map(|load| mixture(evaluation, &load.members, load.servers?, load.share, demand))
        .collect();
    let network = &evaluation.network;
    // By station: what arrives, weighted with its variation; what comes from outside is at random.
    let mut weighted = vec![0.0; stream.stations.len()];
    let mut counted = vec![0.0; stream.stations.len()];
    // What takes a flow, counted in the items of the station that it leads to.
    let passes: Vec<f64> = network
        .arcs
        .iter()
        .zip(&traffic.passes)
        .map(|(arc, passes)| passes * traffic.items_in_one[arc.to] / traffic.items_in_one[arc.from])
        .collect();
    for (arc, passes) in network.arcs.iter().zip(&passes) {
        if arc.kind == ArcKind::Rework {
            weighted[arc.to] += passes;
            counted[arc.to] += passes;
        }
    }
    for here in order.sequence.iter().copied() {
        let visits = evaluation.visits[here];
        if visits <= 0.0 {
            continue;
        }
        weighted[here] += (visits - counted[here]).max(0.0);
        let arrival_variation = weighted[here] / visits.max(counted[here]);
        let mut departing = arrival_variation;
        if stream.kinds[here] == StationKind::Step {
            let resource = evaluation.resource_of[here];
            if let Some(mixture) = resource.and_then(|resource| mixtures[resource].as_ref()) {
                let wait = allen_cunneen_wait(&mixture.queue, arrival_variation, mixture.variation);
                let servers = mixture.queue.servers;
                departing = departure_variation(
                    mixture.utilisation,
                    servers,
                    arrival_variation,
                    mixture.variation,
                );
                waits[here] = Some(wait);
            } else {
                departing = 1.0;
            }
        }
        for index in &order.onwards[here] {
            let part = (traffic.passes[*index] / visits).min(1.0);
            let passes = passes[*index];
            let to = network.arcs[*index].to;
            weighted[to] += passes * (part * departing + 1.0 - part);
            counted[to] += passes;
        }
    }
    waits
}

/// A resource as the queue of all its work; none if a time or variation is unknown.
fn mixture(
    evaluation: &Evaluation,
    members: &[usize],
    servers: f64,
    share: f64,
    demand: f64,
) -> Option<Mixture> {
    let (mut visits, mut time, mut square) = (0.0, 0.0, 0.0);
    for member in members.iter().copied() {
        let node = &evaluation.network.nodes[member];
        let (weight, effective) = (evaluation.visits[member], node.effective_time()?);
        visits += weight;
        time += weight * effective;
        square += weight * effective * effective * (1.0 + node.effective_variation()?);
    }
    let utilisation = demand * time / (servers * share);
    if time <= 0.0 {
        let queue = ErlangC {
            arrivals: 0.0,
            service: 1.0,
            servers: 1,
        };
        return Some(Mixture {
            queue,
            utilisation: 0.0,
            variation: 1.0,
        });
    }
    let mean = time / visits;
    // Whole servers, each as much slower or faster as makes the utilisation right.
    let whole = servers.round().clamp(1.0, 100_000.0);
    let queue = ErlangC {
        arrivals: demand * visits,
        service: servers * share / (whole * mean),
        servers: whole as u32,
    };
    Some(Mixture {
        queue,
        utilisation,
        variation: (square / visits / (mean * mean) - 1.0).max(0.0),
    })
}
