//! How much passes each place, where more may be asked for than can be done.

use crate::model::StationKind;

use super::capacity::EQUAL;
use super::derive::Stream;
use super::network::{ArcKind, Network};

/// What passes the places of a stream, counted in items that arrive, per second of working time.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Rates {
    /// By station: what leaves it; none if nobody knows what is asked for.
    pub(super) out: Vec<Option<f64>>,
    /// By station: whether more comes there than leaves, so that work piles up.
    pub(super) grows: Vec<bool>,
    /// What comes out in the end; none if nobody knows.
    pub(super) whole: Option<f64>,
}

impl Rates {
    /// The same everywhere: a steady state.
    fn steady(size: usize, rate: Option<f64>) -> Self {
        Self {
            out: vec![rate; size],
            grows: vec![false; size],
            whole: rate,
        }
    }

    /// Whether as much comes as leaves, everywhere.
    pub(super) fn is_steady(&self) -> bool {
        self.whole.is_none() || !self.grows.contains(&true)
    }

    /// The rates of a stream of which so much is asked for, `stated` comes out as somebody has
    /// counted, and `capacity` can be done by each station with its resource, items per second.
    ///
    /// What comes out as stated passes everywhere. Else, where more is asked for than a step can
    /// do, what it can do is what leaves it and what passes all that follows; before it work piles
    /// up, at the step or in the queue before it.
    pub(super) fn of(
        stream: &Stream,
        network: &Network,
        demand: Option<f64>,
        stated: Option<f64>,
        capacity: impl Fn(usize) -> Option<f64>,
    ) -> Self {
        let size = stream.stations.len();
        let (Some(demand), Ok(order)) = (demand, &stream.order) else {
            return Self::steady(size, stated.or(demand));
        };
        if stated.is_some() {
            return Self::steady(size, stated);
        }
        let at_most: Vec<f64> = (0..size)
            .map(|index| capacity(index).unwrap_or(f64::INFINITY))
            .collect();
        let least = at_most.iter().copied().fold(f64::INFINITY, f64::min);
        if demand <= least * (1.0 + EQUAL) {
            return Self::steady(size, Some(demand));
        }
        let heads = |here: usize| {
            order.onwards[here]
                .iter()
                .map(|index| network.arcs[*index].to)
        };
        // What the steps after a queue can take.
        let mut taken = at_most.clone();
        for here in order.sequence.iter().rev().copied() {
            let stores = matches!(
                stream.kinds[here],
                StationKind::Queue | StationKind::Supermarket
            );
            if stores {
                taken[here] = heads(here)
                    .map(|to| taken[to])
                    .fold(f64::INFINITY, f64::min);
            }
        }
        let mut comes = vec![demand; size];
        let mut out = vec![demand; size];
        for here in order.sequence.iter().copied() {
            out[here] = comes[here].min(taken[here]);
            for index in &order.onwards[here] {
                let arc = &network.arcs[*index];
                debug_assert!(arc.kind == ArcKind::Forward);
                comes[arc.to] = comes[arc.to].min(out[here]);
            }
        }
        Self {
            grows: (0..size)
                .map(|index| out[index] < comes[index] * (1.0 - EQUAL))
                .collect(),
            out: out.into_iter().map(Some).collect(),
            whole: Some(least),
        }
    }
}
