//! How often an item comes to each station: splits, parallel branches and rework.

use std::rc::Rc;

use super::chances::Chances;
use super::elimination::Elimination;
use super::marking::{Process, Rules};
use super::network::{ArcKind, Network};
use super::order::Order;
use super::parallel::Doubts;

/// How items move through a network.
///
/// - Rework takes its probability p first; the arcs onwards share the remaining 1 - p.
/// - Ways onwards of which one has a share are a split: an item takes one of them. The one without
///   a share takes the rest (several of them in equal parts); if all have shares and they sum to
///   less than 1, the rest leaves the stream.
/// - Several arcs onwards without any share are parallel branches: an item takes all of them, in
///   parts that are one again where they meet. So are several entries. A station works on an item
///   once all its parts that can come there have come.
#[derive(Clone, Debug)]
pub struct Traffic {
    /// By station: visits v per item that arrives at an exit; 1 without rework and splits.
    pub visits: Vec<f64>,
    /// By arc: how often an item that arrives takes it.
    pub passes: Vec<f64>,
    /// By station: how many of its items make one that arrives, by what flows hold; 1 where they
    /// hold one each. Visits and passes count them.
    pub items_in_one: Vec<f64>,
    /// A station whose arcs onwards disagree on that; the first of them is taken.
    pub units_clash: Option<usize>,
    /// The part of the items that enter which arrive, 0 to 1; the rest drops out on the way. An
    /// item has arrived when its first part has.
    pub arriving: f64,
    /// Stations that divide an item into parallel branches.
    pub forks: Vec<usize>,
    /// The entries from which work arrives, or all if none does.
    pub starts: Vec<usize>,
    doubts: Doubts,
    chances: Chances,
    order: Rc<Order>,
    /// The chain of an item that is never divided; none if it may be.
    elimination: Option<Elimination>,
}

/// Why there is no traffic to speak of.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum TrafficError {
    /// The arcs onwards lead round in a ring.
    #[error("flows onwards lead in a circle; one of them is rework")]
    Ring(Vec<usize>),
    /// The shares of what leaves a station sum to more than 1.
    #[error("more than all of the work leaves here")]
    ShareAboveAll {
        /// The station.
        node: usize,
        /// Whether its arcs onwards or its arcs back sum to too much.
        kind: ArcKind,
        /// What they sum to, over 1.
        sum: f64,
    },
    /// What comes to these stations never leaves them.
    #[error("rework never ends here")]
    NeverEnds(Vec<usize>),
    /// Parallel branches choose among so many ways that their combinations cannot be counted.
    #[error("parallel branches have too many combinations of paths")]
    TooManyPaths,
}

impl Traffic {
    /// The traffic of a network.
    ///
    /// One item without parallel branches is a Markov chain over stations, v = (I - P)⁻¹ a
    /// (Jackson 1957). With parallel branches it is one over the sets of stations at which its
    /// parts are, the markings of a Petri net (Molloy 1982); visits are exact for every network
    /// that can be read in one way only, and [`Traffic::is_clear`] says whether it can.
    ///
    /// What enters where nothing arrives from, beside entries from which work does arrive, is a
    /// stream of its own that brings as many items.
    ///
    /// # Errors
    /// Work would go round for ever, or more than all of it would leave a station, or parallel
    /// branches have too many combinations.
    pub fn of(network: &Network) -> Result<Self, TrafficError> {
        let order = Order::of(network).map_err(TrafficError::Ring)?;
        Self::along(network, &Rc::new(order))
    }

    /// The traffic of a network whose order is known.
    pub(super) fn along(network: &Network, order: &Rc<Order>) -> Result<Self, TrafficError> {
        let size = network.nodes.len();
        let chances = Chances::of(network, order)?;
        if let Some(stuck) = chances.never_ending(network) {
            return Err(TrafficError::NeverEnds(stuck));
        }
        let starts: Vec<usize> = order.of_most_use(network.entries.iter().copied());
        let forks: Vec<usize> = (0..size).filter(|index| chances.divides[*index]).collect();
        let undivided = forks.is_empty();
        let elimination =
            undivided.then(|| chain(network, order, &chances.parts, &chances.leaving));
        let mut traffic = Self {
            visits: vec![0.0; size],
            passes: vec![0.0; network.arcs.len()],
            items_in_one: vec![1.0; size],
            units_clash: None,
            arriving: 0.0,
            doubts: Doubts::default(),
            forks,
            starts,
            chances,
            order: Rc::clone(order),
            elimination,
        };
        match traffic.elimination.take() {
            Some(chain) if traffic.starts.len() < 2 => {
                traffic.follow_one(network, &chain);
                traffic.elimination = Some(chain);
            }
            chain => {
                traffic.elimination = chain;
                traffic.follow_parts(network)?;
            }
        }
        traffic.arriving = traffic.arriving.min(1.0);
        if traffic.arriving > 0.0 {
            let arriving = traffic.arriving;
            for value in traffic.visits.iter_mut().chain(&mut traffic.passes) {
                *value /= arriving;
            }
        }
        if network.arcs.iter().any(|arc| arc.items_in_one != 1.0) {
            traffic.count_in_own_items(network);
        }
        Ok(traffic)
    }

    /// Counts visits and passes in the items of each station, and not in those that arrive.
    fn count_in_own_items(&mut self, network: &Network) {
        let sequence = &self.order.sequence;
        let mut found: Vec<Option<f64>> = vec![None; network.nodes.len()];
        for here in sequence.iter().rev().copied() {
            for index in &self.order.onwards[here] {
                let arc = &network.arcs[*index];
                if self.order.arrives[here] && !self.order.arrives[arc.to] {
                    continue;
                }
                let items = found[arc.to].unwrap_or(1.0) * arc.items_in_one;
                match found[here] {
                    None => found[here] = Some(items),
                    Some(other) if (other / items - 1.0).abs() > 1e-9 => {
                        self.units_clash = Some(here);
                    }
                    Some(_) => {}
                }
            }
        }
        // What leads nowhere counts by where it comes from.
        for here in sequence.iter().copied() {
            let before = found[here].unwrap_or(1.0);
            for index in &self.order.onwards[here] {
                let arc = &network.arcs[*index];
                if !self.order.arrives[arc.to] && self.order.arrives[here] {
                    found[arc.to] = Some(before / arc.items_in_one);
                }
            }
        }
        self.items_in_one = found
            .into_iter()
            .map(|items| items.unwrap_or(1.0))
            .collect();
        for (visits, items) in self.visits.iter_mut().zip(&self.items_in_one) {
            *visits *= items;
        }
        for (passes, arc) in self.passes.iter_mut().zip(&network.arcs) {
            *passes *= self.items_in_one[arc.from];
        }
    }

    /// Counts of items that are never divided.
    fn follow_one(&mut self, network: &Network, chain: &Elimination) {
        let mut entering = vec![0.0; network.nodes.len()];
        let mut beside = entering.clone();
        for entry in &network.entries {
            let here = if self.starts.contains(entry) {
                &mut entering
            } else {
                &mut beside
            };
            here[*entry] += 1.0;
        }
        self.visits = chain.flows(entering);
        self.arriving = network
            .exits
            .iter()
            .map(|exit| self.visits[*exit] * self.chances.leaving[*exit])
            .sum();
        if self.starts.len() < network.entries.len() {
            let beside = chain.flows(beside);
            for (sum, more) in self.visits.iter_mut().zip(beside) {
                *sum += more;
            }
        }
        for (index, arc) in network.arcs.iter().enumerate() {
            self.passes[index] = self.visits[arc.from] * self.chances.parts[index];
        }
    }

    /// Counts of items that are divided.
    fn follow_parts(&mut self, network: &Network) -> Result<(), TrafficError> {
        self.doubts = Doubts::of(network, &self.order, &self.chances, &self.starts);
        let rules = Rules {
            network,
            order: &self.order,
            chances: &self.chances,
            returns: &self.doubts.returns,
            counts: &vec![true; network.nodes.len()],
        };
        let main = Process::of(&rules, &self.starts)?.counts(&rules);
        (self.visits, self.passes, self.arriving) = (main.visits, main.passes, main.arriving);
        for entry in &network.entries {
            if !self.starts.contains(entry) {
                let beside = Process::of(&rules, &[*entry])?.counts(&rules);
                add(&mut self.visits, &beside.visits);
                add(&mut self.passes, &beside.passes);
            }
        }
        Ok(())
    }

    /// How many items come to a station, however often each of them does, for each item that
    /// arrives; in the items of the station. Of a divided item at most one.
    #[must_use]
    pub fn items_through(&self, station: usize) -> f64 {
        let own = self.items_in_one[station];
        let visits = self.visits[station] / own;
        let items = match &self.elimination {
            // Visits over those of an item that is there.
            Some(chain) => {
                let mut here = vec![0.0; self.visits.len()];
                here[station] = 1.0;
                visits / chain.sums(here)[station]
            }
            None => visits.min(1.0),
        };
        items * own
    }

    /// Whether the network can be read in one way only. If not, the counts rest on what is assumed
    /// of the stations of [`Traffic::open_joins`] and the arcs of [`Traffic::open_returns`].
    #[must_use]
    pub fn is_clear(&self) -> bool {
        self.doubts.is_none()
    }

    /// Stations where parts of an item meet, of which one need not come: it leaves by another way
    /// or drops out. The others are taken to go on without it.
    #[must_use]
    pub fn open_joins(&self) -> &[usize] {
        &self.doubts.joins
    }

    /// Ways back out of one of several parallel branches, by arc. What is beside them is taken to
    /// be finished and then done again.
    #[must_use]
    pub fn open_returns(&self) -> &[usize] {
        &self.doubts.returns
    }

    /// Whether something is left to chance in one of several parallel branches: then the longest
    /// time in the mean is less than the mean of the longest time.
    #[must_use]
    pub fn varies_beside(&self) -> bool {
        self.doubts.chance_beside
    }

    /// The part of the items that arrive which get through, if each station lets this part of them
    /// through, once for each item; rework left out. None if nothing arrives.
    #[must_use]
    pub fn part_through(&self, network: &Network, factors: &[f64]) -> Option<f64> {
        let chances = self.chances.without_rework(network, &self.order);
        if self.forks.is_empty() && self.starts.len() < 2 {
            let mut rest = vec![(0.0, 0.0); factors.len()];
            for exit in &network.exits {
                rest[*exit] = (chances.leaving[*exit], chances.leaving[*exit]);
            }
            for here in self.order.sequence.iter().rev().copied() {
                for index in &self.order.onwards[here] {
                    let (part, after) = (chances.parts[*index], rest[network.arcs[*index].to]);
                    rest[here].0 += part * after.0;
                    rest[here].1 += part * after.1;
                }
                rest[here].0 *= factors[here];
            }
            let (through, arriving) = rest[*self.starts.first()?];
            return (arriving > 0.0).then(|| through / arriving);
        }
        let rules = Rules {
            network,
            order: &self.order,
            chances: &chances,
            returns: &[],
            counts: &self.order.arrives,
        };
        let process = Process::of(&rules, &self.starts).ok()?;
        process.mean_product(&rules, factors)
    }

    /// By arc: how likely what passes its station takes it. Where a station divides an item, each
    /// way onwards is taken whenever the item goes on.
    #[must_use]
    pub fn parts(&self) -> &[f64] {
        &self.chances.parts
    }

    /// Whether a station divides what passes it into parts that go all ways onwards.
    #[must_use]
    pub fn divides(&self, station: usize) -> bool {
        self.chances.divides[station]
    }

    /// By arc: how likely what goes on from its station takes it, rework left out.
    pub(super) fn onward_parts(&self, network: &Network) -> Vec<f64> {
        self.chances.without_rework(network, &self.order).parts
    }

    /// The expected time of an item from the start of each station on, until it arrives or drops
    /// out, if it spends `at` each station and `on` each arc.
    ///
    /// Where branches run in parallel, the one that is expected to take longest counts, and
    /// branches that reach no exit do not: exact if the times of branches do not vary, else a
    /// lower bound (the mean of the longest is never below the longest of the means).
    #[must_use]
    pub fn expected_times(&self, network: &Network, at: &[f64], on: &[f64]) -> Vec<f64> {
        self.longest(network, at, on).0
    }

    /// As [`Traffic::expected_times`], of the items that arrive from there; 0 where none does.
    #[must_use]
    pub fn arriving_times(&self, network: &Network, at: &[f64], on: &[f64]) -> Vec<f64> {
        let (times, parts) = self.longest(network, at, on);
        if self
            .chances
            .leaving
            .iter()
            .zip(0..)
            .all(|(leaving, station)| *leaving <= 0.0 || network.exits.contains(&station))
        {
            return times;
        }
        // The chain of those that arrive: each step is weighted with how likely one arrives
        // after it (Doob's transform).
        let chain = chain(network, &self.order, &parts, &self.chances.leaving);
        let mut arriving = vec![0.0; at.len()];
        for exit in &network.exits {
            arriving[*exit] = self.chances.leaving[*exit];
        }
        let arriving = chain.sums(arriving);
        let mut costs: Vec<f64> = at
            .iter()
            .zip(&arriving)
            .map(|(time, part)| time * part)
            .collect();
        for (index, arc) in network.arcs.iter().enumerate() {
            costs[arc.from] += parts[index] * on[index] * arriving[arc.to];
        }
        let sums = chain.sums(costs);
        let both = sums.iter().zip(&arriving);
        both.map(|(sum, part)| if *part > 0.0 { sum / part } else { 0.0 })
            .collect()
    }

    /// The expected times, and by arc the part that takes it where the longest branch counts.
    fn longest(&self, network: &Network, at: &[f64], on: &[f64]) -> (Vec<f64>, Vec<f64>) {
        let mut parts = self.chances.parts.clone();
        if let Some(chain) = &self.elimination {
            let times = chain.sums(costs(network, &parts, at, on));
            return (times, parts);
        }
        // The branch that is taken for the longest, by fork: at first without rework; then each
        // round knows better, and lengthens the expectation, so this ends (Howard's policy
        // iteration, 1960).
        let mut times = self.times_without_rework(network, at, on);
        for round in 0..self.forks.len() + 2 {
            let changed = self.choose_longest(network, on, &times, &mut parts);
            if !changed && round > 0 {
                break;
            }
            let costs = costs(network, &parts, at, on);
            times = chain(network, &self.order, &parts, &self.chances.leaving).sums(costs);
        }
        (times, parts)
    }

    /// The time to the end by the longest branches, as if nothing came back.
    fn times_without_rework(&self, network: &Network, at: &[f64], on: &[f64]) -> Vec<f64> {
        let mut times = at.to_vec();
        for here in self.order.sequence.iter().rev().copied() {
            let after = self.order.onwards[here].iter().map(|index| {
                let to = network.arcs[*index].to;
                if self.order.arrives[to] {
                    on[*index] + times[to]
                } else {
                    0.0
                }
            });
            times[here] += after.fold(0.0, f64::max);
        }
        times
    }

    /// Has all of what passes a fork take its longest branch; says whether that is new.
    fn choose_longest(
        &self,
        network: &Network,
        on: &[f64],
        times: &[f64],
        parts: &mut [f64],
    ) -> bool {
        let mut changed = false;
        for fork in &self.forks {
            let arcs = &self.order.onwards[*fork];
            // Each way is taken whenever the item goes on.
            let whole = arcs.first().map_or(0.0, |index| self.chances.parts[*index]);
            let mut longest: Option<(usize, f64)> = None;
            for index in arcs {
                let to = network.arcs[*index].to;
                let time = on[*index] + times[to];
                let counts = self.order.arrives[to] || !self.order.arrives[*fork];
                if counts && longest.is_none_or(|(_, other)| time > other * (1.0 + 1e-12)) {
                    longest = Some((*index, time));
                }
            }
            for index in arcs {
                let is_longest = longest.is_some_and(|(other, _)| other == *index);
                let part = if is_longest { whole } else { 0.0 };
                changed |= parts[*index] != part;
                parts[*index] = part;
            }
        }
        changed
    }
}

fn add(sums: &mut [f64], more: &[f64]) {
    for (sum, more) in sums.iter_mut().zip(more) {
        *sum += more;
    }
}

/// The chain of one part that takes each arc with these chances.
fn chain(network: &Network, order: &Order, parts: &[f64], leaving: &[f64]) -> Elimination {
    let parted_arcs = network.arcs.iter().zip(parts);
    Elimination::new(
        order.sequence.clone(),
        parted_arcs.map(|(arc, part)| (arc.from, arc.to, *part)),
        leaving.to_vec(),
    )
}

/// By station: the time at it and on the flow that is taken next.
fn costs(network: &Network, parts: &[f64], at: &[f64], on: &[f64]) -> Vec<f64> {
    let mut costs = at.to_vec();
    for (index, arc) in network.arcs.iter().enumerate() {
        costs[arc.from] += parts[index] * on[index];
    }
    costs
}

/// The flow through each station of any network of queues, of what enters at each from outside:
/// lambda = a (I - P)^-1. `routes` has (from, to, probability); the rest leaves the network.
///
/// # Errors
/// Probabilities sum to more than 1, or what comes to some stations never leaves them.
pub fn flows(entering: &[f64], routes: &[(usize, usize, f64)]) -> Result<Vec<f64>, TrafficError> {
    use super::network::{Arc, Node};
    let network = Network {
        nodes: vec![Node::step(1.0); entering.len()],
        arcs: routes
            .iter()
            .map(|(from, to, part)| Arc::rework(*from, *to, *part))
            .collect(),
        entries: (0..entering.len()).collect(),
        exits: (0..entering.len()).collect(),
    };
    let order = Order::of(&network).map_err(TrafficError::Ring)?;
    let chances = Chances::of(&network, &order)?;
    if let Some(stuck) = chances.never_ending(&network) {
        return Err(TrafficError::NeverEnds(stuck));
    }
    Ok(chain(&network, &order, &chances.parts, &chances.leaving).flows(entering.to_vec()))
}
