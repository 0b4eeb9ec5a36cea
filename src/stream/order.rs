//! The arcs onwards as an order: what comes before what, what leads nowhere.

use super::network::{ArcKind, Network};

/// The order of the stations along the arcs onwards.
#[derive(Clone, Debug)]
pub(super) struct Order {
    /// The stations, each after all that lead on to it.
    pub(super) sequence: Vec<usize>,
    /// By station: the indices of the arcs onwards that leave it.
    pub(super) onwards: Vec<Vec<usize>>,
    /// By station: whether an arc onwards from it reaches an exit.
    pub(super) arrives: Vec<bool>,
}

impl Order {
    /// The order, or a ring of arcs onwards that allows none.
    pub(super) fn of(network: &Network) -> Result<Self, Vec<usize>> {
        let size = network.nodes.len();
        let mut onwards = vec![Vec::new(); size];
        let mut waiting = vec![0_usize; size];
        for (index, arc) in network.arcs.iter().enumerate() {
            if arc.kind == ArcKind::Forward {
                onwards[arc.from].push(index);
                waiting[arc.to] += 1;
            }
        }
        let heads = |station: usize| {
            let arcs: &Vec<usize> = &onwards[station];
            arcs.iter().map(|index| network.arcs[*index].to)
        };
        let mut open: Vec<usize> = (0..size).filter(|index| waiting[*index] == 0).collect();
        let mut sequence = Vec::with_capacity(size);
        // The last that is ready comes next, so that a branch is whole before another begins.
        while let Some(here) = open.pop() {
            sequence.push(here);
            for to in heads(here) {
                waiting[to] -= 1;
                if waiting[to] == 0 {
                    open.push(to);
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
        for here in sequence.iter().rev().copied() {
            arrives[here] |= heads(here).any(|to| arrives[to]);
        }
        Ok(Self {
            sequence,
            onwards,
            arrives,
        })
    }

    /// Those of these stations that reach an exit, or all if none does.
    pub(super) fn of_most_use(&self, stations: impl Iterator<Item = usize>) -> Vec<usize> {
        let all: Vec<usize> = stations.collect();
        let arriving = all.iter().copied().filter(|index| self.arrives[*index]);
        let arriving: Vec<usize> = arriving.collect();
        if arriving.is_empty() { all } else { arriving }
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
