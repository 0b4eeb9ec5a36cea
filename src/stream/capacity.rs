//! What each station can do at most, and which of them limits the whole.

use super::network::{Network, Node};

/// Effective process time te of one item at one server, in seconds: te = t0 / A + ts / Ns.
///
/// Outages interrupt the work itself, so they stretch the process time first; changeovers come
/// between batches and are added then, at full length (Hopp & Spearman, Factory Physics, ch. 8).
#[must_use]
pub fn effective_time(process: f64, availability: f64, changeover: f64, batch: f64) -> f64 {
    process / availability + changeover / batch
}

impl Node {
    /// Its effective process time for each item, in seconds: what a server needs for one, of those
    /// that it makes at once; none if the process time is unknown.
    #[must_use]
    pub fn effective_time(&self) -> Option<f64> {
        Some(self.cycle_time()? / self.pieces)
    }

    /// How long an item is worked on in the mean, outages and changeovers counted, in seconds: the
    /// whole cycle, however many it makes; none if the process time is unknown.
    #[must_use]
    pub fn cycle_time(&self) -> Option<f64> {
        let process = self.process_time?;
        let cycles = self.batch / self.pieces;
        Some(effective_time(
            process,
            self.availability,
            self.changeover,
            cycles,
        ))
    }
}

/// What one resource can do: a station alone, or all stations that share their servers.
#[derive(Clone, Debug, PartialEq)]
pub struct ResourceLoad {
    /// The stations.
    pub members: Vec<usize>,
    /// People or machines, c: the largest number of any member; none if one is unknown.
    pub servers: Option<f64>,
    /// The part of their time that this stream gets: the smallest of any member.
    pub share: f64,
    /// Time that an item needs of them over all its visits, sum of v te, in seconds; none if a
    /// member's is unknown.
    pub load: Option<f64>,
    /// The part of the load that is known, in seconds: what the load is at least.
    pub known_load: f64,
}

impl ResourceLoad {
    /// Items that arrive per second at most, c share / (sum of v te); infinite if an item needs
    /// no time; none if unknown.
    #[must_use]
    pub fn capacity(&self) -> Option<f64> {
        Some(self.servers? * self.share / self.load?)
    }

    /// The part of its time that is needed for this many items per second, 0 to over 1.
    #[must_use]
    pub fn utilisation(&self, rate: f64) -> Option<f64> {
        Some(rate * self.load? / (self.servers? * self.share))
    }

    /// The load of a single server's worth of an item, in seconds: one over the capacity.
    #[must_use]
    pub fn seconds_per_item(&self) -> Option<f64> {
        Some(self.load? / (self.servers? * self.share))
    }
}

/// The resources of a network, and by station the index of its own; none for places that do no
/// work or that nothing comes to.
#[must_use]
pub fn resource_loads(
    network: &Network,
    visits: &[f64],
) -> (Vec<ResourceLoad>, Vec<Option<usize>>) {
    let mut loads: Vec<ResourceLoad> = Vec::new();
    let mut of_node = vec![None; network.nodes.len()];
    let mut shared: Vec<Option<usize>> = Vec::new();
    for (index, node) in network.nodes.iter().enumerate() {
        let visits = visits.get(index).copied().unwrap_or(0.0);
        if !node.works() || visits <= 0.0 {
            continue;
        }
        let known = node.resource.and_then(|resource| {
            if shared.len() <= resource {
                shared.resize(resource + 1, None);
            }
            shared[resource]
        });
        let time = node.effective_time().map(|time| visits * time);
        let group = match known {
            Some(group) => group,
            None => {
                if let Some(resource) = node.resource {
                    shared[resource] = Some(loads.len());
                }
                loads.push(ResourceLoad {
                    members: Vec::new(),
                    servers: Some(0.0),
                    share: 1.0,
                    load: Some(0.0),
                    known_load: 0.0,
                });
                loads.len() - 1
            }
        };
        of_node[index] = Some(group);
        let load = &mut loads[group];
        load.members.push(index);
        load.share = load.share.min(node.share);
        load.servers = match (load.servers, node.servers) {
            (Some(most), Some(servers)) => Some(most.max(servers)),
            _ => None,
        };
        load.known_load += time.unwrap_or(0.0);
        load.load = match (load.load, time) {
            (Some(sum), Some(time)) => Some(sum + time),
            _ => None,
        };
    }
    (loads, of_node)
}

/// Which resource limits the whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Limit {
    /// The resources with the least capacity, by their indices in the list: several if equal.
    pub constraints: Vec<usize>,
    /// Capacity of the stream rb, items per second.
    pub capacity: f64,
    /// The next larger capacity, with the resources that have it.
    pub runner_up: Option<(f64, Vec<usize>)>,
}

impl Limit {
    /// How much more the runner-up can do, as a part of the constraint's capacity: 0.1 is a tenth.
    #[must_use]
    pub fn margin(&self) -> Option<f64> {
        let (next, _) = self.runner_up.as_ref()?;
        Some(next / self.capacity - 1.0)
    }
}

/// Capacities that differ by less than this part count as equal.
pub const EQUAL: f64 = 1e-9;

/// The constraint among the resources whose capacity is known: rb = min over c / (v te); none if
/// no capacity is known, or none is finite.
#[must_use]
pub fn limit(capacities: &[Option<f64>]) -> Option<Limit> {
    let finite = |capacity: f64| capacity.is_finite();
    let least = |above: f64| {
        let known = capacities.iter().flatten().copied();
        let above = known.filter(|capacity| finite(*capacity) && *capacity > above);
        above.reduce(f64::min)
    };
    let equal_to = |least: f64| -> Vec<usize> {
        let known = capacities.iter().enumerate();
        let equal = known.filter(|(_, capacity)| {
            capacity.is_some_and(|capacity| (capacity - least).abs() <= least * EQUAL)
        });
        equal.map(|(index, _)| index).collect()
    };
    let capacity = least(f64::NEG_INFINITY)?;
    let runner_up = least(capacity * (1.0 + EQUAL));
    Some(Limit {
        constraints: equal_to(capacity),
        capacity,
        runner_up: runner_up.map(|next| (next, equal_to(next))),
    })
}

/// Raw process time T0 of an item: its visits times effective times, summed, in seconds; none if
/// one is unknown. Places without servers take no part.
#[must_use]
pub fn raw_process_time(network: &Network, visits: &[f64]) -> Option<f64> {
    let mut sum = 0.0;
    for (node, visits) in network.nodes.iter().zip(visits) {
        if node.works() && *visits > 0.0 {
            sum += visits * node.cycle_time()?;
        }
    }
    Some(sum)
}

/// Critical WIP W0 = rb T0, in items: with less, every step limits; with more, work waits.
#[must_use]
pub fn critical_wip(capacity: f64, raw_process_time: f64) -> f64 {
    capacity * raw_process_time
}
