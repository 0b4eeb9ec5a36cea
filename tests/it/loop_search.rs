//! The loop search against an oracle that knows no tricks, and against published figures.

// Graphs made for a test are valid, or the test is wrong.

use crate::common::graphs::{complete, count, graph, loops_of_complete, search};
use crate::common::loops::{Loops, any_chorded_ring, any_graph, counts_of, oracle};
use loopstream::causal::{
    Completeness, FoundLoop, Graph, LoopCounts, LoopSearch, Progress, SearchLimits,
};
use loopstream::model::Polarity;
use proptest::prelude::*;

const ALL: SearchLimits = SearchLimits {
    stored: usize::MAX,
    longest: None,
};

/// The kept loops by their sorted links; each must be there once.
fn kept(search: &LoopSearch) -> Loops {
    let mut loops = Loops::new();
    for FoundLoop {
        links,
        polarity,
        delay,
    } in search.loops()
    {
        let mut key = links.to_vec();
        key.sort_unstable();
        assert_eq!(
            loops.insert(key, (polarity, delay)),
            None,
            "{links:?} is kept twice"
        );
    }
    loops
}

fn routes(search: &LoopSearch) -> Vec<Vec<u32>> {
    search.loops().map(|found| found.links.to_vec()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, ..ProptestConfig::default() })]

    #[test]
    fn all_loops_are_found_once_and_signed(graph in prop_oneof![any_graph(), any_chorded_ring()]) {
        let expected = oracle(&graph);
        let found = search(&graph, ALL);
        prop_assert_eq!(kept(&found), expected.clone());
        prop_assert_eq!(found.counts(), counts_of(&expected));
        prop_assert_eq!(count(&graph), counts_of(&expected));
        prop_assert_eq!(found.completeness(), Completeness::Exact);
    }

    #[test]
    fn kept_loops_are_routes_from_their_smallest_variable(graph in any_graph()) {
        let found = search(&graph, ALL);
        let mut before = 0;
        for kept in found.loops() {
            let steps: Vec<_> = kept.links.iter().map(|&link| graph.links()[link as usize]).collect();
            for (index, step) in steps.iter().enumerate() {
                prop_assert_eq!(step.to, steps[(index + 1) % steps.len()].from);
                prop_assert!(index == 0 || step.from > steps[0].from);
            }
            prop_assert!(steps.len() >= before, "shortest first");
            before = steps.len();
        }
    }

    #[test]
    fn budgets_change_nothing(
        graph in prop_oneof![any_graph(), any_chorded_ring()],
        budgets in proptest::collection::vec(1..20_u64, 1..8),
        stored in 0..40_usize,
        longest in proptest::option::of(0..8_usize),
    ) {
        let limits = SearchLimits { stored, longest };
        let at_once = search(&graph, limits);
        let mut resumed = LoopSearch::new(&graph, limits);
        for &budget in budgets.iter().cycle() {
            let before = resumed.counts();
            let progress = resumed.advance(budget);
            prop_assert!(resumed.counts().total() >= before.total());
            let done = progress == Progress::Finished;
            prop_assert_eq!(done, resumed.completeness() == Completeness::Exact);
            if done {
                break;
            }
        }
        prop_assert_eq!(resumed.counts(), at_once.counts());
        prop_assert_eq!(routes(&resumed), routes(&at_once));
    }

    #[test]
    fn a_cap_keeps_the_shortest(
        graph in prop_oneof![any_graph(), any_chorded_ring()],
        stored in 0..30_usize,
    ) {
        let expected = oracle(&graph);
        let found = search(&graph, SearchLimits { stored, longest: None });
        prop_assert_eq!(found.counts(), counts_of(&expected));
        let mut lengths: Vec<_> = expected.keys().map(Vec::len).collect();
        lengths.sort_unstable();
        lengths.truncate(stored);
        prop_assert_eq!(found.loops().map(|kept| kept.links.len()).collect::<Vec<_>>(), lengths);
        for (links, signs) in kept(&found) {
            prop_assert_eq!(expected.get(&links), Some(&signs));
        }
    }

    #[test]
    fn a_bound_on_the_length_is_a_filter(
        graph in prop_oneof![any_graph(), any_chorded_ring()],
        longest in 0..12_usize,
    ) {
        let mut expected = oracle(&graph);
        expected.retain(|links, _| links.len() <= longest);
        let bounded = SearchLimits { longest: Some(longest), ..ALL };
        let found = search(&graph, bounded);
        prop_assert_eq!(found.counts(), counts_of(&expected));
        prop_assert_eq!(kept(&found), expected);
    }
}

use Polarity::{Negative, Positive, Unknown};

#[test]
fn complete_digraphs_have_the_loops_of_the_formula() {
    assert_eq!(loops_of_complete(10), 1_112_073);
    for variables in 2..=10 {
        let graph = complete(variables);
        assert_eq!(
            count(&graph).total(),
            loops_of_complete(u64::from(variables))
        );
    }
    let found = search(&complete(7), ALL);
    assert_eq!(kept(&found).len() as u64, loops_of_complete(7));
}

/// A ring of `variables` with a `+` and a `-` side by side at each step.
fn doubled_ring(variables: u32) -> Graph {
    let mut links = Vec::new();
    for from in 0..variables {
        let to = (from + 1) % variables;
        links.extend([(from, to, Positive), (from, to, Negative)]);
    }
    graph(variables as usize, &links)
}

#[test]
fn a_ring_of_doubled_links_has_two_to_the_n_loops() {
    for variables in [1, 2, 3, 10, 20, 62] {
        let counts = count(&doubled_ring(variables));
        assert_eq!(counts.total(), 1 << variables);
        assert_eq!(counts.reinforcing, counts.balancing);
    }
    assert_eq!(kept(&search(&doubled_ring(10), ALL)).len(), 1024);
}

#[test]
fn counts_beyond_64_bits_say_so() {
    let found = search(
        &doubled_ring(64),
        SearchLimits {
            stored: 5,
            longest: None,
        },
    );
    assert_eq!(found.counts().total(), u64::MAX);
    assert_eq!(found.completeness(), Completeness::Saturated);
    assert_eq!(found.kept(), 5);
}

#[test]
fn too_many_loops_for_a_product_in_a_kernel_that_does_not_contract() {
    // Four variables, each linked to each by 2^16 links: a ring of four stands for 2^64 loops.
    let mut links = Vec::new();
    for from in 0..4 {
        for to in (0..4).filter(|&to| to != from) {
            links.extend(std::iter::repeat_n((from, to, Positive), 1 << 16));
        }
    }
    let found = search(
        &graph(4, &links),
        SearchLimits {
            stored: 3,
            longest: None,
        },
    );
    assert_eq!(found.completeness(), Completeness::Saturated);
    assert!(found.loops().all(|kept| kept.links.len() == 2) && found.kept() == 3);
    let short = search(
        &graph(4, &links),
        SearchLimits {
            stored: 0,
            longest: Some(3),
        },
    );
    assert_eq!(short.counts().total(), (6 << 32) + (8 << 48));
    assert_eq!(short.completeness(), Completeness::Exact);
}

/// The three-party arms race, as the equations of bpowers/simlin's `arms_race_3party` have it:
/// each party changes its arms by the gap between a target and what it has, and the target rises
/// with the arms of the other two. Eight loops in all; the longest reinforce.
#[test]
fn the_three_party_arms_race_has_eight_loops() {
    // Of party `p`: arms `p`, changing `3 + p`, target `6 + p`.
    let mut links = Vec::new();
    for party in 0..3 {
        let (arms, changing, target) = (party, 3 + party, 6 + party);
        links.push((changing, arms, Positive));
        links.push((arms, changing, Negative));
        links.push((target, changing, Positive));
        let others = (0..3).filter(|&other| other != party);
        links.extend(others.map(|other| (other, target, Positive)));
    }
    let found = search(&graph(9, &links), ALL);
    let expected = LoopCounts {
        reinforcing: 5,
        balancing: 3,
        undetermined: 0,
        delayed: 0,
    };
    assert_eq!(found.counts(), expected);
    let lengths: Vec<_> = found.loops().map(|kept| kept.links.len()).collect();
    assert_eq!(lengths, [2, 2, 2, 6, 6, 6, 9, 9]);
}

#[test]
fn rabbits_and_foxes_balance() {
    // LOOPY's example page: more rabbits feed more foxes, which leave fewer rabbits.
    let counts = count(&graph(2, &[(0, 1, Positive), (1, 0, Negative)]));
    assert_eq!((counts.balancing, counts.total()), (1, 1));
}

#[test]
fn a_link_to_oneself_is_a_loop_of_length_one() {
    let graph = graph(2, &[(1, 1, Negative), (1, 1, Unknown), (0, 1, Positive)]);
    let found = search(
        &graph,
        SearchLimits {
            stored: 9,
            longest: Some(1),
        },
    );
    let counts = found.counts();
    assert_eq!(
        (counts.balancing, counts.undetermined, counts.total()),
        (1, 1, 2)
    );
    assert_eq!(found.kept(), 2);
}

#[test]
fn a_graph_without_loops_is_finished_and_exact() {
    let found = search(
        &graph(3, &[(0, 1, Positive), (1, 2, Positive), (0, 2, Negative)]),
        ALL,
    );
    assert_eq!((found.counts(), found.kept()), (LoopCounts::default(), 0));
    assert_eq!(found.completeness(), Completeness::Exact);
}

#[test]
fn a_search_cut_off_says_so_far() {
    let graph = complete(10);
    let mut search = LoopSearch::new(
        &graph,
        SearchLimits {
            stored: 10,
            longest: None,
        },
    );
    assert_eq!(search.advance(0), Progress::Unfinished);
    assert_eq!(search.counts().total(), 0);
    assert_eq!(search.advance(10_000), Progress::Unfinished);
    assert_eq!(search.completeness(), Completeness::SoFar);
    let so_far = search.counts().total();
    assert!(so_far > 0 && so_far < 10_000);
}

#[test]
fn a_ring_of_a_hundred_thousand_variables_is_one_loop() {
    let links: Vec<_> = (0..100_000)
        .map(|from| (from, (from + 1) % 100_000, Negative))
        .collect();
    let found = search(&graph(100_000, &links), ALL);
    assert_eq!(found.counts().reinforcing, 1);
    assert_eq!(
        found
            .loops()
            .map(|kept| kept.links.len())
            .collect::<Vec<_>>(),
        [100_000]
    );
}
