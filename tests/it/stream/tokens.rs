//! Visits on maps of any shape, against parts of an item moved by hand, one by one.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::stream::near;
use loopstream::stream::network::{Arc, ArcKind, Network, Node};
use loopstream::stream::traffic::{Traffic, TrafficError};
use proptest::prelude::*;

/// Where the parts of an item are, which rework waits, and whether a part has arrived.
type Marking = (BTreeSet<usize>, BTreeSet<usize>, bool);

/// What a crowd of items does, moved part by part.
struct Moved {
    visits: Vec<f64>,
    passes: Vec<f64>,
    arriving: f64,
    /// Stations where a part waited for another that went elsewhere.
    left_waiting: BTreeSet<usize>,
    /// What is still on its way when the moving is given up.
    rest: f64,
}

struct Mover<'a> {
    network: &'a Network,
    /// By station: what may become of what leaves it.
    choices: Vec<Vec<(f64, Vec<usize>)>>,
    /// By station: where ways onwards lead that are ever taken.
    ahead: Vec<BTreeSet<usize>>,
    /// Any number: it decides which of the parts that may move is next.
    order: u64,
    /// Rework that waits until what is beside it is finished.
    waits: &'a [usize],
}

impl<'a> Mover<'a> {
    fn new(network: &'a Network, order: u64, waits: &'a [usize]) -> Self {
        let mut mover = Mover {
            network,
            choices: Vec::new(),
            ahead: Vec::new(),
            order,
            waits,
        };
        let size = network.nodes.len();
        mover.choices = (0..size).map(|here| mover.choices_of(here)).collect();
        mover.ahead = (0..size).map(|here| mover.ahead_of(here)).collect();
        mover
    }

    fn arcs(&self, from: usize, kind: ArcKind) -> Vec<usize> {
        let arcs = self.network.arcs.iter().enumerate();
        let arcs = arcs.filter(|(_, arc)| arc.from == from && arc.kind == kind);
        arcs.map(|(index, _)| index).collect()
    }

    /// What may become of what leaves a station.
    fn choices_of(&self, here: usize) -> Vec<(f64, Vec<usize>)> {
        let share = |index: &usize| self.network.arcs[*index].share;
        let mut choices = Vec::new();
        let mut left = 1.0;
        for index in self.arcs(here, ArcKind::Rework) {
            let back = share(&index).unwrap_or(0.0);
            choices.push((back, vec![index]));
            left -= back;
        }
        let onwards = self.arcs(here, ArcKind::Forward);
        let silent = onwards
            .iter()
            .filter(|index| share(index).is_none())
            .count();
        let stated: f64 = onwards.iter().filter_map(share).sum();
        if silent == onwards.len() && silent > 0 {
            choices.push((left, onwards));
        } else {
            for index in &onwards {
                let part = share(index).unwrap_or((1.0 - stated) / silent as f64);
                choices.push((left * part, vec![*index]));
            }
            if silent == 0 {
                choices.push((left * (1.0 - stated), vec![]));
            }
        }
        choices.retain(|(chance, _)| *chance > 1e-12);
        choices
    }

    /// Where ways onwards lead from a station that are ever taken.
    fn ahead_of(&self, from: usize) -> BTreeSet<usize> {
        let mut open = vec![from];
        let mut seen = BTreeSet::new();
        while let Some(here) = open.pop() {
            for index in self.choices[here].iter().flat_map(|(_, arcs)| arcs) {
                let arc = self.network.arcs[*index];
                if arc.kind == ArcKind::Forward && seen.insert(arc.to) {
                    open.push(arc.to);
                }
            }
        }
        seen
    }

    fn leads(&self, from: usize, to: usize) -> bool {
        self.ahead[from].contains(&to)
    }

    /// The part that moves next: one that no other part can come to.
    fn next(&self, marking: &mut Marking) -> usize {
        loop {
            let (parts, waiting, _) = &*marking;
            let free = parts.iter().copied().filter(|part| {
                let comes = parts
                    .iter()
                    .any(|other| other != part && self.leads(*other, *part));
                let held = waiting
                    .iter()
                    .any(|arc| self.leads(self.network.arcs[*arc].from, *part));
                !comes && !held
            });
            let free: Vec<usize> = free.collect();
            if let Some(count) = std::num::NonZeroUsize::new(free.len()) {
                let mut hasher = DefaultHasher::new();
                (self.order, &*marking).hash(&mut hasher);
                let part = free[hasher.finish() as usize % count];
                marking.0.remove(&part);
                return part;
            }
            for arc in std::mem::take(&mut marking.1) {
                marking.0.insert(self.network.arcs[arc].to);
            }
        }
    }

    fn run(&self, starts: &[usize]) -> Moved {
        let mut moved = Moved {
            visits: vec![0.0; self.network.nodes.len()],
            passes: vec![0.0; self.network.arcs.len()],
            arriving: 0.0,
            left_waiting: BTreeSet::new(),
            rest: 1.0,
        };
        let first = (starts.iter().copied().collect(), BTreeSet::new(), false);
        let mut crowd: BTreeMap<Marking, f64> = BTreeMap::from([(first, 1.0)]);
        for _ in 0..100_000 {
            let mut next: BTreeMap<Marking, f64> = BTreeMap::new();
            for (mut marking, weight) in crowd {
                let here = self.next(&mut marking);
                moved.visits[here] += weight;
                for (chance, arcs) in &self.choices[here] {
                    let mut after = marking.clone();
                    for index in arcs {
                        moved.passes[*index] += weight * chance;
                        if self.waits.contains(index) {
                            after.1.insert(*index);
                        } else {
                            after.0.insert(self.network.arcs[*index].to);
                        }
                    }
                    if arcs.is_empty() && self.network.exits.contains(&here) && !after.2 {
                        after.2 = true;
                        moved.arriving += weight * chance;
                    }
                    // Who waits for what has just gone elsewhere?
                    let can_come = |to: usize| {
                        arcs.iter().any(|index| {
                            let head = self.network.arcs[*index].to;
                            head == to || self.leads(head, to)
                        })
                    };
                    for other in marking.0.iter().filter(|other| self.leads(here, **other)) {
                        if !can_come(*other) {
                            moved.left_waiting.insert(*other);
                        }
                    }
                    if !(after.0.is_empty() && after.1.is_empty()) {
                        *next.entry(after).or_default() += weight * chance;
                    }
                }
            }
            crowd = next;
            moved.rest = crowd.values().sum();
            if moved.rest < 1e-13 {
                break;
            }
        }
        moved
    }
}

/// A network in few words: `0>1 0>2:0.5 2~0:0.3 in [0] out [1]`.
fn sketch(network: &Network) -> String {
    let arcs = network.arcs.iter().map(|arc| {
        let sign = if arc.kind == ArcKind::Forward {
            '>'
        } else {
            '~'
        };
        let share = arc
            .share
            .map(|share| format!(":{share:.2}"))
            .unwrap_or_default();
        format!("{}{sign}{}{share}", arc.from, arc.to)
    });
    let arcs: Vec<String> = arcs.collect();
    format!(
        "{} in {:?} out {:?}",
        arcs.join(" "),
        network.entries,
        network.exits
    )
}

/// How the ways onwards of a station are told.
#[derive(Clone, Copy, Debug)]
enum Ways {
    /// No shares: with several ways, parallel branches.
    All,
    /// Shares that sum to 1.
    Split,
    /// Shares, and one way that takes the rest.
    Rest,
    /// Shares that sum to less than 1.
    DropOut,
}

prop_compose! {
    /// Any map of up to eight stations.
    fn network()(size in 2_usize..9)(
        size in Just(size),
        paths in proptest::collection::vec(
            prop_oneof![4 => Just(Ways::All), 2 => Just(Ways::Split), 1 => Just(Ways::Rest), 1 => Just(Ways::DropOut)],
            size,
        ),
        drawn in proptest::collection::vec(prop::bool::weighted(0.38), size * size),
        back in proptest::collection::vec((0..size, 0..size, 1_u32..6), 0..4),
        all_back in prop::bool::weighted(0.05),
        first_only in any::<bool>(),
        customers in proptest::collection::vec(prop::bool::weighted(0.7), size),
    ) -> Network {
        let mut arcs = Vec::new();
        for from in 0..size {
            let heads: Vec<usize> = (from + 1..size).filter(|to| drawn[from * size + to]).collect();
            let count = heads.len();
            let total = (count * (count + 1) / 2) as f64;
            for (number, to) in heads.into_iter().enumerate() {
                let weight = (number + 1) as f64 / total;
                let share = match paths[from] {
                    Ways::All => None,
                    Ways::Split => Some(weight),
                    Ways::Rest => (number > 0).then_some(weight * 0.9),
                    Ways::DropOut => Some(weight * 0.75),
                };
                arcs.push(Arc { share, ..Arc::forward(from, to) });
            }
        }
        let mut taken = vec![0.0; size];
        for (from, to, tenths) in back {
            let share = if all_back { 1.0 } else { f64::from(tenths) / 10.0 };
            if taken[from] + share <= 1.0 {
                taken[from] += share;
                arcs.push(Arc::rework(from, to, share));
            }
        }
        let comes = |index: usize| arcs.iter().any(|arc| arc.kind == ArcKind::Forward && arc.to == index);
        let goes = |index: usize| arcs.iter().any(|arc| arc.kind == ArcKind::Forward && arc.from == index);
        let entries = if first_only { vec![0] } else { (0..size).filter(|index| !comes(*index)).collect() };
        let ends = || (0..size).filter(|index| !goes(*index));
        let mut exits: Vec<usize> = ends().filter(|index| customers[*index]).collect();
        if exits.is_empty() {
            exits = ends().collect();
        }
        Network { nodes: vec![Node::step(1.0); size], arcs, entries, exits }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    /// Each station's visits and each flow's passes are what moving the parts gives, in whatever
    /// order they are moved, on maps of every shape.
    #[test]
    fn visits_are_what_moving_the_parts_gives(network in network(), order in any::<u64>()) {
        let traffic = match Traffic::of(&network) {
            Ok(traffic) => traffic,
            Err(TrafficError::NeverEnds(stuck)) => {
                let mover = Mover::new(&network, order, &[]);
                let rests = network.entries.iter().map(|entry| mover.run(&[*entry]).rest);
                prop_assert!(rests.fold(0.0, f64::max) > 0.0, "{stuck:?}");
                return Ok(());
            }
            Err(error) => return Err(TestCaseError::fail(error.to_string())),
        };
        let mover = Mover::new(&network, order, traffic.open_returns());
        let main = mover.run(&traffic.starts);
        let mut visits = main.visits.clone();
        let mut passes = main.passes.clone();
        for entry in network.entries.iter().filter(|entry| !traffic.starts.contains(entry)) {
            let beside = mover.run(&[*entry]);
            visits.iter_mut().zip(&beside.visits).for_each(|(sum, more)| *sum += more);
            passes.iter_mut().zip(&beside.passes).for_each(|(sum, more)| *sum += more);
        }
        prop_assert!(near(traffic.arriving, main.arriving), "{} arrive, not {} (rest {}): {}", traffic.arriving, main.arriving, main.rest, sketch(&network));
        let scale = if main.arriving > 0.0 { main.arriving } else { 1.0 };
        for (index, (found, expected)) in traffic.visits.iter().zip(&visits).enumerate() {
            prop_assert!((found * scale - expected).abs() < 1e-7 * expected.max(1.0), "{index}: {found} is not {}: {}", expected / scale, sketch(&network));
        }
        for (index, (found, expected)) in traffic.passes.iter().zip(&passes).enumerate() {
            prop_assert!((found * scale - expected).abs() < 1e-7 * expected.max(1.0), "arc {index}: {found} is not {}: {}", expected / scale, sketch(&network));
        }
        // What waits for a part that does not come is asked about; where rework leaves a branch,
        // that is asked first.
        for join in main.left_waiting.iter().filter(|_| traffic.open_returns().is_empty()) {
            prop_assert!(traffic.open_joins().contains(join), "{join} waits in vain: {}", sketch(&network));
        }
    }

    /// Where a map does not ask, no part ever waits in vain, in whatever order the parts are moved.
    #[test]
    fn no_part_waits_in_vain_where_a_map_does_not_ask(network in network()) {
        let Ok(traffic) = Traffic::of(&network) else { return Ok(()) };
        let mut left_waiting = BTreeSet::new();
        for order in 0..6 {
            let mover = Mover::new(&network, order, traffic.open_returns());
            left_waiting.extend(mover.run(&traffic.starts).left_waiting);
            for entry in &network.entries {
                left_waiting.extend(mover.run(&[*entry]).left_waiting);
            }
        }
        let asked: BTreeSet<usize> = traffic.open_joins().iter().copied().collect();
        if traffic.open_returns().is_empty() {
            prop_assert!(left_waiting.is_subset(&asked), "{left_waiting:?} wait in vain, {asked:?} are asked about");
        }
    }
}
