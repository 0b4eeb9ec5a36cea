//! The ways onwards as an order: what comes before what, where ways meet again, what leads nowhere.

use super::network::{ArcKind, Network};

/// The order of the stations along the ways onwards.
#[derive(Clone, Debug)]
pub(super) struct Order {
    /// The stations, each after all that lead on to it.
    pub(super) sequence: Vec<usize>,
    /// By station: the places of the arcs onwards that leave it.
    pub(super) onwards: Vec<Vec<usize>>,
    /// By station: whether a way onwards from it reaches an exit.
    pub(super) arrives: Vec<bool>,
    /// By station: the first that every way onwards from it passes, or `MEETS_NOWHERE`. Ways that
    /// reach no exit do not count, where others do.
    meeting: Vec<usize>,
    /// By station: how many meetings follow until the end.
    depth: Vec<usize>,
}

/// The ways from here meet only after the end.
pub(super) const MEETS_NOWHERE: usize = usize::MAX;

impl Order {
    /// The order, or a ring of ways onwards that allows none.
    pub(super) fn of(network: &Network) -> Result<Self, Vec<usize>> {
        let size = network.nodes.len();
        let mut onwards = vec![Vec::new(); size];
        let mut waiting = vec![0_usize; size];
        for (place, arc) in network.arcs.iter().enumerate() {
            if arc.kind == ArcKind::Forward {
                onwards[arc.from].push(place);
                waiting[arc.to] += 1;
            }
        }
        let heads = |station: usize| {
            let arcs: &Vec<usize> = &onwards[station];
            arcs.iter().map(|place| network.arcs[*place].to)
        };
        let mut sequence: Vec<usize> = (0..size).filter(|place| waiting[*place] == 0).collect();
        let mut next = 0;
        while let Some(here) = sequence.get(next).copied() {
            next += 1;
            for to in heads(here) {
                waiting[to] -= 1;
                if waiting[to] == 0 {
                    sequence.push(to);
                }
            }
        }
        if sequence.len() < size {
            return Err(ring(network, &waiting));
        }
        let mut arrives = vec![false; size];
        for exit in &network.exits {
            arrives[*exit] = true;
        }
        let mut order = Self {
            meeting: vec![MEETS_NOWHERE; size],
            depth: vec![1; size],
            sequence,
            onwards: Vec::new(),
            arrives,
        };
        for here in order.sequence.clone().into_iter().rev() {
            order.arrives[here] |= heads(here).any(|to| order.arrives[to]);
            let arrives = order.arrives[here];
            order.meeting[here] =
                order.common(heads(here).filter(|to| order.arrives[*to] == arrives));
            order.depth[here] = match order.meeting[here] {
                MEETS_NOWHERE => 1,
                meeting => order.depth[meeting] + 1,
            };
        }
        order.onwards = onwards;
        Ok(order)
    }

    /// Those of these stations that reach an exit, or all if none does.
    pub(super) fn of_most_use(&self, stations: impl Iterator<Item = usize>) -> Vec<usize> {
        let all: Vec<usize> = stations.collect();
        let arriving = all.iter().copied().filter(|place| self.arrives[*place]);
        let arriving: Vec<usize> = arriving.collect();
        if arriving.is_empty() { all } else { arriving }
    }

    /// The first station that every way onwards from each of these passes (themselves counted).
    ///
    /// This is the immediate postdominator of a station of which these are the next (Cooper,
    /// Harvey & Kennedy 2001).
    pub(super) fn common(&self, stations: impl Iterator<Item = usize>) -> usize {
        stations
            .reduce(|mut one, mut other| {
                while one != other {
                    if one == MEETS_NOWHERE || other == MEETS_NOWHERE {
                        return MEETS_NOWHERE;
                    }
                    if self.depth[one] >= self.depth[other] {
                        one = self.meeting[one];
                    } else {
                        other = self.meeting[other];
                    }
                }
                one
            })
            .unwrap_or(MEETS_NOWHERE)
    }
}

/// A ring among the stations that still wait for another.
fn ring(network: &Network, waiting: &[usize]) -> Vec<usize> {
    let before = |station: usize| {
        let mut arcs = network.arcs.iter();
        let arc = arcs
            .find(|arc| arc.kind == ArcKind::Forward && arc.to == station && waiting[arc.from] > 0);
        arc.map(|arc| arc.from)
    };
    let mut path: Vec<usize> = waiting
        .iter()
        .position(|left| *left > 0)
        .into_iter()
        .collect();
    while let Some(previous) = path.last().copied().and_then(before) {
        if let Some(start) = path.iter().position(|station| *station == previous) {
            path.drain(..start);
            break;
        }
        path.push(previous);
    }
    path.reverse();
    path
}
