//! Supermarkets: what orders take from, and what fills them.
//!
//! Where orders take from a supermarket, what lies before it works for its stock alone: each unit
//! that is taken is made anew. That can be told of a map only if all that leads to the supermarket
//! leads nowhere else.

use super::shape::Shape;
use crate::model::{MeasureKind, StationKind};

/// With more supermarkets all of them are queues: each is looked at beside each other.
const MOST: usize = 60;

/// The supermarkets of a map that cut it.
#[derive(Clone, Debug, Default)]
pub(super) struct Stores {
    /// The supermarkets.
    pub(super) all: Vec<Store>,
    /// By station: whether orders pass it, and no unit for a supermarket. Empty without any.
    of_orders: Vec<bool>,
}

/// A supermarket, by its place among the stations.
#[derive(Clone, Debug)]
pub(super) struct Store {
    /// Its place.
    pub(super) place: usize,
    /// How many units it has.
    pub(super) level: u32,
    /// Where the making of a unit begins: an entry, or another supermarket.
    pub(super) from: Vec<usize>,
    /// What a unit passes, the supermarkets at the start included.
    pub(super) before: Vec<bool>,
}

impl Stores {
    /// Those supermarkets of which it can be told what fills them.
    pub(super) fn of(shape: &Shape<'_>, reached: &[bool]) -> Self {
        let stream = shape.reading.stream();
        let traffic = shape.traffic;
        // A unit that is made anew is of no product.
        if !stream.products().is_empty() {
            return Self::default();
        }
        let level = |place: usize| {
            let stated = |kind| shape.reading.stated_at(place, kind)?.likely;
            let level = stated(MeasureKind::Limit).or_else(|| stated(MeasureKind::WorkInProgress));
            Some(level?.round()).filter(|level| (1.0..=100_000.0).contains(level))
        };
        let places = (0..reached.len()).filter(|place| {
            let is_store = stream.kinds[*place] == StationKind::Supermarket;
            reached[*place] && is_store && level(*place).is_some()
        });
        let mut candidates: Vec<usize> = places.collect();
        if candidates.len() > MOST {
            return Self::default();
        }
        loop {
            let stores = Self::with(shape, reached, &candidates, &level);
            let faulty = stores.all.iter().find(|store| {
                let all_inside = (0..reached.len()).filter(|at| store.before[*at]).all(|at| {
                    let is_store = candidates.contains(&at);
                    let shared = !is_store
                        && (stores.of_orders[at]
                            || stores
                                .all
                                .iter()
                                .any(|other| other.place != store.place && other.before[at]));
                    let arcs = shape.outgoing[at].iter();
                    let mut heads = arcs.map(|arc| &shape.reading.network().arcs[*arc]);
                    let leads = heads.all(|arc| {
                        let stays = store.before[arc.to] || arc.to == store.place;
                        stays && arc.items_in_one == 1.0
                    });
                    let sum: f64 = shape.outgoing[at]
                        .iter()
                        .map(|arc| traffic.parts()[*arc])
                        .sum();
                    let stays = sum > 1.0 - 1e-9;
                    let serves = stream.kinds[at] != StationKind::Customer;
                    !shared && leads && stays && serves
                });
                !all_inside || store.from.is_empty() || store.before[store.place]
            });
            match faulty.map(|store| store.place) {
                Some(place) => candidates.retain(|other| *other != place),
                None => return stores,
            }
        }
    }

    fn with(
        shape: &Shape<'_>,
        reached: &[bool],
        candidates: &[usize],
        level: &impl Fn(usize) -> Option<f64>,
    ) -> Self {
        if candidates.is_empty() {
            return Self::default();
        }
        let network = shape.reading.network();
        // What leads to these without passing a supermarket, which itself counts.
        let before = |heads: Vec<usize>| {
            let mut seen = vec![false; reached.len()];
            let mut open = heads;
            while let Some(here) = open.pop() {
                if std::mem::replace(&mut seen[here], true) || candidates.contains(&here) {
                    continue;
                }
                open.extend(
                    shape.incoming[here]
                        .iter()
                        .map(|arc| network.arcs[*arc].from),
                );
            }
            seen
        };
        let ends = (0..reached.len()).filter(|at| reached[*at] && shape.outgoing[*at].is_empty());
        let exits = network.exits.iter().copied().filter(|at| reached[*at]);
        let of_orders = before(ends.chain(exits).collect());
        let store = |place: usize| {
            let arcs = shape.incoming[place].iter();
            let before = before(arcs.map(|arc| network.arcs[*arc].from).collect());
            let starts = (0..reached.len()).filter(|at| {
                before[*at] && (network.entries.contains(at) || candidates.contains(at))
            });
            Store {
                place,
                level: level(place).map_or(1, |level| level as u32),
                from: starts.collect(),
                before,
            }
        };
        Self {
            all: candidates.iter().copied().map(store).collect(),
            of_orders,
        }
    }

    /// The units of a supermarket from which orders take.
    pub(super) fn level_of(&self, place: usize) -> Option<u32> {
        let store = self.all.iter().find(|store| store.place == place)?;
        Some(store.level)
    }

    /// Whether orders pass a station, and not what is made for a supermarket.
    pub(super) fn is_of_orders(&self, place: usize) -> bool {
        self.of_orders.is_empty()
            || self.of_orders[place]
            || !self.all.iter().any(|store| store.before[place])
    }

    /// The supermarkets from which orders take first.
    pub(super) fn first(&self) -> impl Iterator<Item = usize> + '_ {
        let places = self.all.iter().map(|store| store.place);
        places.filter(|place| self.of_orders[*place])
    }
}
