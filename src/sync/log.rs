//! The entries of a room that are here, whatever can be played of them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use super::entry::{Body, Entry};
use super::snapshot::{Snapshot, upto};
use super::standing::Gap;
use crate::model::Id;
use crate::store::Covered;

/// The entries by tab and number.
#[derive(Clone, Debug, Default)]
pub struct Log {
    entries: BTreeMap<(Id, u64), Kept>,
    /// In the order in which they came.
    arrivals: BTreeMap<u64, (Id, u64)>,
    next_arrival: u64,
    snapshots: BTreeSet<(Id, u64)>,
}

#[derive(Clone, Debug)]
struct Kept {
    entry: Entry,
    arrival: u64,
}

impl Log {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// One entry.
    pub fn get(&self, tab: Id, number: u64) -> Option<&Entry> {
        self.entries.get(&(tab, number)).map(|kept| &kept.entry)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.entries.values().map(|kept| &kept.entry)
    }

    /// Those of a tab with these numbers, in their order.
    pub fn of(&self, tab: Id, numbers: RangeInclusive<u64>) -> impl Iterator<Item = &Entry> {
        let (first, last) = numbers.into_inner();
        let kept = self.entries.range((tab, first)..=(tab, last));
        kept.map(|(_, kept)| &kept.entry)
    }

    /// The tabs that made them.
    pub fn tabs(&self) -> BTreeSet<Id> {
        self.entries.keys().map(|(tab, _)| *tab).collect()
    }

    /// The snapshots among them.
    pub fn snapshots(&self) -> impl Iterator<Item = (&Entry, &Snapshot)> {
        let entries = self
            .snapshots
            .iter()
            .filter_map(|key| self.entries.get(key));
        entries.filter_map(|kept| match &kept.entry.body {
            Body::Snapshot(snapshot) => Some((&kept.entry, &**snapshot)),
            _ => None,
        })
    }

    /// Adds one that is not there.
    pub fn insert(&mut self, entry: Entry) {
        let key = (entry.order.tab, entry.order.number);
        if matches!(entry.body, Body::Snapshot(_)) {
            self.snapshots.insert(key);
        }
        let arrival = self.next_arrival;
        self.next_arrival += 1;
        self.arrivals.insert(arrival, key);
        self.entries.insert(key, Kept { entry, arrival });
    }

    /// Removes those that are as asked for; says which.
    pub fn remove_all(&mut self, is_gone: impl Fn(Id, u64) -> bool) -> Vec<(Id, u64)> {
        let keys = self.entries.keys().copied();
        let gone: Vec<(Id, u64)> = keys
            .filter(|(tab, number)| is_gone(*tab, *number))
            .collect();
        for key in &gone {
            if let Some(kept) = self.entries.remove(key) {
                self.arrivals.remove(&kept.arrival);
            }
            self.snapshots.remove(key);
        }
        gone
    }

    /// The number that the next one to come gets in the order of coming.
    pub const fn next_arrival(&self) -> u64 {
        self.next_arrival
    }

    /// Those that came with this number or later.
    pub fn arrived_since(&self, arrival: u64) -> impl Iterator<Item = &Entry> {
        let keys = self.arrivals.range(arrival..).map(|(_, key)| key);
        keys.filter_map(|key| self.entries.get(key).map(|kept| &kept.entry))
    }

    /// Up to which number the entries of each tab are here or before `start`.
    pub fn held(&self, start: &Covered) -> Covered {
        let mut held = start.clone();
        for (tab, number) in self.entries.keys() {
            let last = upto(&held, *tab);
            if *number == last + 1 {
                held.insert(*tab, *number);
            }
        }
        held
    }

    /// The first gap of each tab after `start`.
    pub fn gaps(&self, start: &Covered) -> Vec<Gap> {
        let held = self.held(start);
        let mut gaps: Vec<Gap> = Vec::new();
        for (tab, number) in self.entries.keys() {
            let last = upto(&held, *tab);
            let has_one = gaps.last().is_some_and(|gap| gap.tab == *tab);
            if *number > last && !has_one {
                gaps.push(Gap {
                    tab: *tab,
                    missing: last + 1..=*number - 1,
                });
            }
        }
        gaps
    }
}
