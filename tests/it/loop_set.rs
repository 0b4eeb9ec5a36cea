//! Independent loop sets against all loops of small graphs, and on graphs of real models.

// Graphs made for a test are valid, or the test is wrong.

use std::time::Instant;

use crate::common::graphs::{GRAPH_FILES, complete, count, graph};
use crate::common::loops::{any_chorded_ring, any_graph, oracle};
use loopstream::causal::{
    Graph, LoopPolarity, LoopSet, LoopSetKind, Progress, strongly_connected_components,
};
use loopstream::model::Polarity::{Negative, Positive, Unknown};
use proptest::prelude::*;

const KINDS: [LoopSetKind; 2] = [LoopSetKind::ShortestIndependent, LoopSetKind::MinimumBasis];

fn found(graph: &Graph, kind: LoopSetKind) -> LoopSet {
    let mut set = LoopSet::new(graph, kind);
    assert_eq!(set.advance(u64::MAX), Progress::Finished);
    set
}

fn links(set: &LoopSet) -> Vec<Vec<u32>> {
    set.loops().map(|listed| listed.links.clone()).collect()
}

/// Links that lie within a component, less their variables, plus one for each component.
fn dimension(graph: &Graph) -> usize {
    let components = strongly_connected_components(graph);
    let of = components.of_variable();
    let inner = graph
        .links()
        .iter()
        .filter(|link| of[link.from as usize] == of[link.to as usize]);
    inner.count() + components.count() as usize - of.len()
}

/// Adds a loop to those added before, modulo two, unless it is a sum of them.
struct Sums(Vec<Vec<bool>>);

impl Sums {
    fn add(&mut self, graph: &Graph, links: &[u32]) -> bool {
        let mut row = vec![false; graph.links().len()];
        for &link in links {
            row[link as usize] = true;
        }
        for other in &self.0 {
            let first = other.iter().position(|&bit| bit).unwrap();
            if row[first] {
                row.iter_mut()
                    .zip(other)
                    .for_each(|(bit, others)| *bit ^= others);
            }
        }
        let is_new = row.contains(&true);
        if is_new {
            self.0.push(row);
        }
        is_new
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, ..ProptestConfig::default() })]

    #[test]
    fn sets_are_independent_loops_of_the_right_number(
        graph in prop_oneof![any_graph(), any_chorded_ring()],
    ) {
        let all = oracle(&graph);
        for kind in KINDS {
            let set = found(&graph, kind);
            let mut sums = Sums(Vec::new());
            for listed in set.loops() {
                let mut key = listed.links.clone();
                key.sort_unstable();
                prop_assert_eq!(all.get(&key), Some(&(listed.polarity, listed.delay)));
                prop_assert!(sums.add(&graph, &listed.links), "{:?}", listed.links);
            }
            prop_assert_eq!(sums.0.len(), dimension(&graph));
            prop_assert_eq!(set.dimension(), dimension(&graph));
        }
    }

    #[test]
    fn no_independent_set_is_shorter_than_the_basis(
        graph in prop_oneof![any_graph(), any_chorded_ring()],
    ) {
        // Of all loops, the shortest first, each that is no sum of those before: no other choice
        // is shorter, as independent sets are a matroid.
        let mut all: Vec<Vec<u32>> = oracle(&graph).into_keys().collect();
        all.sort_by_key(Vec::len);
        let mut sums = Sums(Vec::new());
        all.retain(|links| sums.add(&graph, links));
        let lengths = |loops: &[Vec<u32>]| loops.iter().map(Vec::len).collect::<Vec<_>>();
        let basis = links(&found(&graph, LoopSetKind::MinimumBasis));
        prop_assert_eq!(lengths(&basis), lengths(&all));
    }

    #[test]
    fn covering_loops_bring_new_links_until_there_are_no_more(
        graph in prop_oneof![any_graph(), any_chorded_ring()],
    ) {
        let set = found(&graph, LoopSetKind::ShortestIndependent);
        let of_loops: usize = {
            let mut links: Vec<u32> = oracle(&graph).into_keys().flatten().collect();
            links.sort_unstable();
            links.dedup();
            links.len()
        };
        let mut covered = std::collections::BTreeSet::new();
        for listed in set.loops().take(set.covering()) {
            covered.extend(listed.links.iter().copied());
        }
        prop_assert_eq!(covered.len(), of_loops);
        let lengths: Vec<usize> = links(&set).iter().map(Vec::len).collect();
        prop_assert!(lengths[..set.covering()].is_sorted());
        prop_assert!(lengths[set.covering()..].is_sorted());
    }

    #[test]
    fn budgets_change_nothing(graph in any_graph(), budget in 1..60_u64) {
        for kind in KINDS {
            let mut slow = LoopSet::new(&graph, kind);
            while slow.advance(budget) == Progress::Unfinished {}
            prop_assert_eq!(links(&slow), links(&found(&graph, kind)));
        }
    }
}

/// Three parties: each changes its arms (0, 1, 2) by the gap between a target and what it has, and
/// the target (6, 7, 8) rises with the arms of the other two.
fn arms_race() -> Graph {
    let mut links = Vec::new();
    for party in 0..3 {
        let (arms, changing, target) = (party, 3 + party, 6 + party);
        links.push((changing, arms, Positive));
        links.push((arms, changing, Negative));
        links.push((target, changing, Positive));
        links.extend(
            (0..3)
                .filter(|&other| other != party)
                .map(|other| (other, target, Positive)),
        );
    }
    graph(9, &links)
}

#[test]
fn the_independent_set_of_the_arms_race_misses_a_long_loop() {
    let race = arms_race();
    assert_eq!(count(&race).total(), 8);
    for kind in KINDS {
        let set = found(&race, kind);
        let lengths: Vec<usize> = links(&set).iter().map(Vec::len).collect();
        // There are two loops through all three parties, one each way round. One is missing.
        assert_eq!(lengths, [2, 2, 2, 6, 6, 6, 9]);
        let long = set.loops().last().unwrap();
        assert_eq!(long.polarity, LoopPolarity::Reinforcing);
    }
    // The loops that cover it miss both.
    assert_eq!(found(&race, LoopSetKind::ShortestIndependent).covering(), 6);
}

#[test]
fn parallel_links_and_self_links_have_loops_of_their_own() {
    let links_of = [
        (0, 0, Positive),
        (0, 0, Negative),
        (0, 1, Positive),
        (0, 1, Unknown),
        (1, 0, Positive),
        (1, 2, Positive),
    ];
    let graph = graph(3, &links_of);
    for kind in KINDS {
        let set = found(&graph, kind);
        assert_eq!(links(&set), [vec![0], vec![1], vec![2, 4], vec![3, 4]]);
        let polarities: Vec<_> = set.loops().map(|listed| listed.polarity).collect();
        assert_eq!(polarities[3], LoopPolarity::Undetermined);
    }
}

#[test]
fn a_set_needs_no_list_of_all_loops() {
    // A complete digraph of 25 has more than 10^24 loops.
    let graph = complete(25);
    for kind in KINDS {
        let set = found(&graph, kind);
        assert_eq!(set.dimension(), 576);
        assert_eq!(set.loops().count(), 576);
        assert!(set.loops().all(|listed| listed.links.len() <= 3));
    }
}

#[test]
fn graph_files_have_sets_of_the_right_size() {
    for file in GRAPH_FILES {
        let graph = file.read();
        let total = |kind| {
            let start = Instant::now();
            let set = found(&graph, kind);
            println!("{} {kind:?}: {:?}", file.name, start.elapsed());
            assert_eq!(set.loops().count(), dimension(&graph), "{}", file.name);
            set.loops().map(|listed| listed.links.len()).sum::<usize>()
        };
        let [independent, basis] = KINDS.map(total);
        println!("{} links in all: {independent}, {basis}", file.name);
        assert!(basis <= independent, "{}", file.name);
    }
}
