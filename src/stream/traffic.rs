//! How often an item comes to each station: splits, parallel branches and rework.

use std::rc::Rc;

use super::elimination::Elimination;
use super::network::{ArcKind, Network};
use super::order::{MEETS_NOWHERE, Order};

/// How items move through a network.
///
/// - Rework takes its probability p first; the ways onwards share the remaining 1 - p.
/// - Ways onwards of which one has a share are a split: an item takes one of them. The one without
///   a share takes the rest (several of them in equal parts); if all have shares and they sum to
///   less than 1, the rest leaves the stream.
/// - Several ways onwards without any share are parallel branches: an item takes all of them. So
///   are several entries.
#[derive(Clone, Debug)]
pub struct Traffic {
    /// By station: visits v per item that arrives at an exit; 1 without rework and splits.
    pub visits: Vec<f64>,
    /// By arc: how often an item that arrives takes it.
    pub passes: Vec<f64>,
    /// The part of the items that enter which arrive, 0 to 1; the rest drops out on the way.
    pub arriving: f64,
    /// Stations that split into parallel branches.
    pub forks: Vec<usize>,
    /// By arc: the part of the mass of what passes the station that takes it.
    parts: Vec<f64>,
    order: Rc<Order>,
    /// By station: the part of what passes it that leaves the stream there.
    leaving: Vec<f64>,
    elimination: Elimination,
}

/// Why there is no traffic to speak of.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum TrafficError {
    /// The ways onwards lead round in a ring.
    #[error("flows onwards lead in a circle; one of them is rework")]
    Ring(Vec<usize>),
    /// The shares of what leaves a station sum to more than 1.
    #[error("more than all of the work leaves here")]
    ShareAboveAll {
        /// The station.
        node: usize,
        /// Whether its ways onwards or its ways back sum to too much.
        kind: ArcKind,
        /// What they sum to, over 1.
        sum: f64,
    },
    /// What comes to these stations never leaves them.
    #[error("rework never ends here")]
    NeverEnds(Vec<usize>),
}

impl Traffic {
    /// The traffic of a network.
    ///
    /// Parallel branches are solved as mass: of k branches each carries 1/k, so that what meets
    /// again is whole; then the visits of the stations strictly between a fork and the station
    /// where its branches meet are multiplied by k. Rework that leaves the branches for a station
    /// before the fork counts only for the part that its branch carries. A branch that reaches no
    /// exit carries no mass, since it meets no other: it gets a copy of what passes its fork.
    ///
    /// # Errors
    /// Work would go round for ever, or more than all of it would leave a station.
    pub fn of(network: &Network) -> Result<Self, TrafficError> {
        let order = Order::of(network).map_err(TrafficError::Ring)?;
        Self::along(network, &Rc::new(order))
    }

    /// The traffic of a network whose order is known.
    pub(super) fn along(network: &Network, order: &Rc<Order>) -> Result<Self, TrafficError> {
        let size = network.nodes.len();
        let Parts {
            parts,
            forks,
            copies,
        } = Parts::of(network, order)?;
        let mut leaving = vec![1.0; size];
        for (station, arcs) in network.outgoing().iter().enumerate() {
            leaving[station] = leaving_part(network, &parts, arcs);
        }
        if let Some(stuck) = never_ending(network, &parts, &leaving) {
            return Err(TrafficError::NeverEnds(stuck));
        }
        let ways = network.arcs.iter().zip(&parts);
        let elimination = Elimination::new(
            order.sequence.clone(),
            ways.map(|(arc, part)| (arc.from, arc.to, *part)),
            leaving.clone(),
        );
        let starts: Vec<usize> = order.of_most_use(network.entries.iter().copied());
        let mut entering = vec![0.0; size];
        for entry in &starts {
            entering[*entry] += 1.0 / starts.len() as f64;
        }
        let mut visits = elimination.flows(entering);
        let mut branches = Branches {
            network,
            order,
            seen: vec![usize::MAX; size],
        };
        if starts.len() > 1 {
            let nodes = branches.between(&starts, usize::MAX - 1);
            multiply(&mut visits, &nodes, starts.len());
        }
        let mut of_fork = Vec::with_capacity(forks.len());
        for fork in &forks {
            let heads = order.onwards[*fork].iter();
            let heads = order.of_most_use(heads.map(|place| network.arcs[*place].to));
            let nodes = branches.between(&heads, *fork);
            multiply(&mut visits, &nodes, heads.len());
            of_fork.push((nodes, heads.len()));
        }
        let mut dead_ends = vec![0.0; size];
        for entry in &network.entries {
            if !starts.contains(entry) {
                dead_ends[*entry] += 1.0;
            }
        }
        if !copies.is_empty() || starts.len() < network.entries.len() {
            for (place, part) in &copies {
                let arc = &network.arcs[*place];
                dead_ends[arc.to] += visits[arc.from] * part;
            }
            dead_ends = elimination.flows(dead_ends);
            for (fork, (nodes, count)) in forks.iter().zip(&of_fork) {
                if !order.arrives[*fork] {
                    multiply(&mut dead_ends, nodes, *count);
                }
            }
            for (sum, copy) in visits.iter_mut().zip(&dead_ends) {
                *sum += copy;
            }
        }
        let mut passes: Vec<f64> = network.arcs.iter().map(|arc| visits[arc.from]).collect();
        for (pass, part) in passes.iter_mut().zip(&parts) {
            *pass *= part;
        }
        for (fork, (_, count)) in forks.iter().zip(&of_fork) {
            multiply(&mut passes, &order.onwards[*fork], *count);
        }
        for (place, part) in &copies {
            passes[*place] = visits[network.arcs[*place].from] * part;
        }
        let arrived: f64 = network
            .exits
            .iter()
            .map(|exit| visits[*exit] * leaving[*exit])
            .sum();
        let arriving = arrived.min(1.0);
        if arriving > 0.0 {
            for value in visits.iter_mut().chain(&mut passes) {
                *value /= arriving;
            }
        }
        Ok(Self {
            visits,
            passes,
            arriving,
            forks,
            parts,
            order: Rc::clone(order),
            leaving,
            elimination,
        })
    }

    /// The expected time of an item from the start of each station to its arrival, if it spends
    /// `at` each station and `on` each arc.
    ///
    /// Where branches run in parallel, the one that is expected to take longest counts, and
    /// branches that reach no exit do not: exact if the times of branches do not vary, else a
    /// lower bound (the mean of the longest is never below the longest of the means).
    #[must_use]
    pub fn expected_times(&self, network: &Network, at: &[f64], on: &[f64]) -> Vec<f64> {
        if self.forks.is_empty() {
            return self
                .elimination
                .sums(self.costs(network, &self.parts, at, on));
        }
        // The branch that is taken for the longest, by fork: at first without rework; then each
        // round knows better, and lengthens the expectation, so this ends (Howard's policy
        // iteration, 1960).
        let mut times = self.times_without_rework(network, at, on);
        let mut parts = self.parts.clone();
        for round in 0..self.forks.len() + 2 {
            let changed = self.choose_longest(network, on, &times, &mut parts);
            if !changed && round > 0 {
                break;
            }
            let costs = self.costs(network, &parts, at, on);
            let ways = network.arcs.iter().zip(&parts);
            let ways = ways.map(|(arc, part)| (arc.from, arc.to, *part));
            let sequence = self.order.sequence.clone();
            times = Elimination::new(sequence, ways, self.leaving.clone()).sums(costs);
        }
        times
    }

    /// By station: the time at it and on the flow that is taken next.
    fn costs(&self, network: &Network, parts: &[f64], at: &[f64], on: &[f64]) -> Vec<f64> {
        let mut costs = at.to_vec();
        for (place, arc) in network.arcs.iter().enumerate() {
            costs[arc.from] += parts[place] * on[place];
        }
        costs
    }

    /// The time to the end by the longest branches, as if nothing came back.
    fn times_without_rework(&self, network: &Network, at: &[f64], on: &[f64]) -> Vec<f64> {
        let mut times = at.to_vec();
        for here in self.order.sequence.iter().rev().copied() {
            let after = self.order.onwards[here].iter().map(|place| {
                let to = network.arcs[*place].to;
                if self.order.arrives[to] {
                    on[*place] + times[to]
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
            let whole: f64 = arcs.iter().map(|place| self.parts[*place]).sum();
            let mut longest: Option<(usize, f64)> = None;
            for place in arcs {
                let to = network.arcs[*place].to;
                let time = on[*place] + times[to];
                let counts = self.order.arrives[to] || !self.order.arrives[*fork];
                if counts && longest.is_none_or(|(_, other)| time > other * (1.0 + 1e-12)) {
                    longest = Some((*place, time));
                }
            }
            for place in arcs {
                let is_longest = longest.is_some_and(|(other, _)| other == *place);
                let part = if is_longest { whole } else { 0.0 };
                changed |= parts[*place] != part;
                parts[*place] = part;
            }
        }
        changed
    }

    /// By arc: the part of what passes its station that takes it; of a parallel branch its mass.
    #[must_use]
    pub fn parts(&self) -> &[f64] {
        &self.parts
    }
}

/// The flow through each station of any network of queues, of what enters at each from outside:
/// lambda = a (I - P)^-1. `routes` has (from, to, probability); the rest leaves the network.
///
/// # Errors
/// Probabilities sum to more than 1, or what comes to some stations never leaves them.
pub fn flows(entering: &[f64], routes: &[(usize, usize, f64)]) -> Result<Vec<f64>, TrafficError> {
    use super::network::{Arc, Node};
    let mut network = Network {
        nodes: vec![Node::step(1.0); entering.len()],
        ..Network::default()
    };
    let routes = routes.iter();
    network.arcs = routes
        .map(|(from, to, probability)| Arc::rework(*from, *to, *probability))
        .collect();
    network.entries = (0..entering.len()).collect();
    let order = Order::of(&network).map_err(TrafficError::Ring)?;
    let parts = Parts::of(&network, &order)?.parts;
    let outgoing = network.outgoing();
    let arcs = outgoing.iter();
    let leaving: Vec<f64> = arcs
        .map(|arcs| leaving_part(&network, &parts, arcs))
        .collect();
    if let Some(stuck) = never_ending(&network, &parts, &leaving) {
        return Err(TrafficError::NeverEnds(stuck));
    }
    let ways = network.arcs.iter().zip(&parts);
    let ways = ways.map(|(arc, part)| (arc.from, arc.to, *part));
    Ok(Elimination::new(order.sequence, ways, leaving).flows(entering.to_vec()))
}

/// Shares that sum to 1 but for rounding do.
const ROUNDING: f64 = 1e-9;

/// What becomes of what passes each station.
struct Parts {
    /// By arc: the part that takes it; of a parallel branch its part of the mass.
    parts: Vec<f64>,
    /// Stations that split into parallel branches.
    forks: Vec<usize>,
    /// Arcs that lead to branches without an end, beside branches that have one, with the part of
    /// the items that a copy of goes there.
    copies: Vec<(usize, f64)>,
}

impl Parts {
    fn of(network: &Network, order: &Order) -> Result<Self, TrafficError> {
        let mut parts = vec![0.0; network.arcs.len()];
        let mut back = vec![0.0; network.nodes.len()];
        let (mut forks, mut copies) = (Vec::new(), Vec::new());
        for (part, arc) in parts.iter_mut().zip(&network.arcs) {
            if arc.kind == ArcKind::Rework {
                *part = arc.share.unwrap_or(0.0);
                back[arc.from] += *part;
            }
        }
        let check = |node: usize, kind: ArcKind, sum: f64| {
            if sum > 1.0 + ROUNDING {
                return Err(TrafficError::ShareAboveAll { node, kind, sum });
            }
            Ok(())
        };
        for (node, arcs) in order.onwards.iter().enumerate() {
            check(node, ArcKind::Rework, back[node])?;
            // All but a rounding goes back: nothing goes on.
            let all_back = back[node] > 1.0 - 1e-15;
            let left = if all_back { 0.0 } else { 1.0 - back[node] };
            let stated = arcs.iter().filter_map(|place| network.arcs[*place].share);
            let (sum, count) =
                stated.fold((0.0, 0), |(sum, count), share| (sum + share, count + 1));
            check(node, ArcKind::Forward, sum)?;
            let silent = arcs.len() - count;
            let is_fork = count == 0 && silent > 1;
            let dead_end = |place: usize| {
                is_fork && order.arrives[node] && !order.arrives[network.arcs[place].to]
            };
            let carried = silent - arcs.iter().filter(|place| dead_end(**place)).count();
            let rest = if sum > 1.0 - ROUNDING { 0.0 } else { 1.0 - sum };
            for place in arcs.iter().copied() {
                let share = network.arcs[place].share;
                if dead_end(place) {
                    copies.push((place, left));
                } else {
                    parts[place] = left * share.unwrap_or(rest / carried.max(1) as f64);
                }
            }
            if is_fork {
                forks.push(node);
            }
        }
        Ok(Self {
            parts,
            forks,
            copies,
        })
    }
}

/// The part of what passes a station that leaves the stream there.
fn leaving_part(network: &Network, parts: &[f64], arcs: &[usize]) -> f64 {
    let onwards = arcs
        .iter()
        .filter(|place| network.arcs[**place].kind == ArcKind::Forward);
    let mut stated = 0.0;
    for place in onwards {
        match network.arcs[*place].share {
            Some(share) => stated += share,
            // It takes the rest, to the last bit.
            None => return 0.0,
        }
    }
    let back = arcs.iter();
    let back: f64 = back
        .filter(|place| network.arcs[**place].kind == ArcKind::Rework)
        .map(|place| parts[*place])
        .sum();
    if stated > 1.0 - ROUNDING || back > 1.0 - 1e-15 {
        return 0.0;
    }
    (1.0 - back) * (1.0 - stated)
}

/// The stations that work comes to and never leaves.
fn never_ending(network: &Network, parts: &[f64], leaving: &[f64]) -> Option<Vec<usize>> {
    let size = network.nodes.len();
    let mut ends: Vec<bool> = leaving.iter().map(|part| *part > 0.0).collect();
    let mut into = vec![Vec::new(); size];
    let mut out = vec![Vec::new(); size];
    for (arc, part) in network.arcs.iter().zip(parts) {
        if *part > 0.0 {
            into[arc.to].push(arc.from);
            out[arc.from].push(arc.to);
        }
    }
    let open = (0..size).filter(|station| ends[*station]).collect();
    spread(&into, open, &mut ends);
    let mut reached = vec![false; size];
    for entry in &network.entries {
        reached[*entry] = true;
    }
    spread(&out, network.entries.clone(), &mut reached);
    let mut start = (0..size).find(|station| reached[*station] && !ends[*station])?;
    // Down to stations that all lead to each other: whoever does not lead back has fewer to go to.
    loop {
        let mut round = vec![false; size];
        round[start] = true;
        spread(&out, vec![start], &mut round);
        let mut back = vec![false; size];
        back[start] = true;
        spread(&into, vec![start], &mut back);
        match (0..size).find(|station| round[*station] && !back[*station]) {
            Some(further) => start = further,
            None => return Some((0..size).filter(|station| round[*station]).collect()),
        }
    }
}

/// Marks all that can be reached from the open ones.
fn spread(next: &[Vec<usize>], mut open: Vec<usize>, marked: &mut [bool]) {
    while let Some(here) = open.pop() {
        for to in next[here].iter().copied() {
            if !marked[to] {
                marked[to] = true;
                open.push(to);
            }
        }
    }
}

/// Finds what lies between forks and meetings.
struct Branches<'a> {
    network: &'a Network,
    order: &'a Order,
    /// By station: the fork for which it was last seen.
    seen: Vec<usize>,
}

impl Branches<'_> {
    /// The stations from these on, without the one where their ways meet and what follows it.
    fn between(&mut self, heads: &[usize], fork: usize) -> Vec<usize> {
        let meeting = self.order.common(heads.iter().copied());
        let mut nodes = Vec::new();
        let mut open = heads.to_vec();
        while let Some(here) = open.pop() {
            if here == meeting && meeting != MEETS_NOWHERE || self.seen[here] == fork {
                continue;
            }
            self.seen[here] = fork;
            nodes.push(here);
            let arcs = self.order.onwards[here].iter();
            open.extend(arcs.map(|place| self.network.arcs[*place].to));
        }
        nodes
    }
}

fn multiply(values: &mut [f64], places: &[usize], factor: usize) {
    for place in places {
        values[*place] *= factor as f64;
    }
}
