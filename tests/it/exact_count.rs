//! Exact counts against an oracle that knows no tricks, against the search, and closed forms.

// Graphs made for a test are valid, or the test is wrong.

use crate::common::graphs::{GRAPH_FILES, complete, count, graph, loops_of_complete};
use crate::common::loops::{Loops, any_chorded_ring, any_graph, counts_of, oracle};
use loopstream::causal::{
    CountState, ExactCount, ExactCounts, ExactLimits, Graph, LoopCounts, LoopsThrough, Progress,
};
use loopstream::model::Polarity::{Negative, Positive, Unknown};
use proptest::prelude::*;

fn exact(graph: &Graph, limits: ExactLimits) -> ExactCount {
    let mut count = ExactCount::with_limits(graph, limits);
    assert_eq!(count.advance(u64::MAX), Progress::Finished);
    count
}

fn exact_counts(graph: &Graph) -> ExactCounts {
    exact(graph, ExactLimits::default()).counts().unwrap()
}

fn through(graph: &Graph, limits: ExactLimits) -> LoopsThrough {
    let mut through = LoopsThrough::with_limits(graph, limits);
    assert_eq!(through.advance(u64::MAX), Progress::Finished);
    through
}

/// Those loops of the oracle that `passes` by their links.
fn those(loops: &Loops, passes: impl Fn(&[u32]) -> bool) -> LoopCounts {
    let passing = loops.iter().filter(|(links, _)| passes(links));
    counts_of(
        &passing
            .map(|(links, what)| (links.clone(), *what))
            .collect(),
    )
}

fn check_through(graph: &Graph, limits: ExactLimits) -> Result<(), TestCaseError> {
    let all = oracle(graph);
    let found = through(graph, limits);
    prop_assert_eq!(found.state(), CountState::Exact);
    for index in 0..graph.links().len() {
        let expected = those(&all, |links| links.contains(&(index as u32)));
        prop_assert!(*found.link(index).unwrap() == expected);
    }
    for variable in 0..graph.variables() {
        let passes = |&link: &u32| graph.links()[link as usize].from == variable;
        let expected = those(&all, |links| links.iter().any(passes));
        prop_assert!(*found.variable(variable as usize).unwrap() == expected);
    }
    Ok(())
}

/// So few states that nearly everything is left to searching.
const NARROW: ExactLimits = ExactLimits {
    states: 4,
    words: 4,
    visits: 1 << 20,
};

/// Too few states for a frontier, so that cores are counted by their subsets.
const SUBSETS: ExactLimits = ExactLimits {
    states: 1,
    words: 1 << 25,
    visits: 0,
};

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, ..ProptestConfig::default() })]

    #[test]
    fn counts_are_those_of_the_oracle_and_the_search(
        graph in prop_oneof![any_graph(), any_chorded_ring()],
    ) {
        let expected = counts_of(&oracle(&graph));
        prop_assert!(exact_counts(&graph) == expected);
        prop_assert_eq!(count(&graph), expected);
        for limits in [NARROW, SUBSETS] {
            prop_assert!(exact(&graph, limits).counts().unwrap() == expected);
        }
    }

    #[test]
    fn loops_through_variables_and_links_are_those_of_the_oracle(
        graph in prop_oneof![any_graph(), any_chorded_ring()],
    ) {
        check_through(&graph, ExactLimits::default())?;
        check_through(&graph, NARROW)?;
        check_through(&graph, SUBSETS)?;
    }

    #[test]
    fn budgets_change_nothing_and_counts_only_grow(
        graph in prop_oneof![any_graph(), any_chorded_ring()],
        budget in 1..40_u64,
        states in 2..60_usize,
        words in 2..400_usize,
        visits in 0..400_u64,
    ) {
        let limits = ExactLimits { states, words, visits };
        let at_once = exact(&graph, limits);
        let mut resumed = ExactCount::with_limits(&graph, limits);
        while resumed.advance(budget) == Progress::Unfinished {
            prop_assert_eq!(resumed.state(), CountState::SoFar);
            prop_assert_eq!(resumed.counts(), None);
        }
        let expected = counts_of(&oracle(&graph));
        for count in [&at_once, &resumed] {
            match count.state() {
                CountState::SoFar => prop_assert!(false, "finished"),
                CountState::Exact => prop_assert!(count.at_least() == expected),
                CountState::AtLeast => prop_assert!(count.at_least().total() <= expected.total()),
            }
        }
    }
}

/// A ring of variables, each of which has two links to the next.
fn doubled_ring(variables: u32) -> Graph {
    let links: Vec<_> = (0..variables)
        .flat_map(|from| {
            let to = (from + 1) % variables;
            [(from, to, Positive), (from, to, Negative)]
        })
        .collect();
    graph(variables as usize, &links)
}

#[test]
fn two_to_the_two_hundredth_loops_are_counted_to_the_last_digit() {
    let graph = doubled_ring(200);
    let counts = exact_counts(&graph);
    let digits = "1606938044258990275541962092341162602522202993782792835301376";
    assert_eq!(counts.total().to_string(), digits);
    let half = "803469022129495137770981046170581301261101496891396417650688";
    assert_eq!(counts.reinforcing.to_string(), half);
    assert_eq!(counts.balancing.to_string(), half);
    assert_eq!(counts.saturated().balancing, u64::MAX);
    let through = through(&graph, ExactLimits::default());
    assert_eq!(through.link(7).unwrap().total(), counts.reinforcing);
    assert_eq!(through.variable(199), Some(&counts));
}

#[test]
fn numbers_beyond_floating_point_are_exact() {
    let counts = exact_counts(&doubled_ring(1_100));
    let text = counts.total().to_string();
    assert_eq!(text.len(), 332);
    // 2^1100 = 1358298529049385..., and 6 is the last digit of 2^(4k).
    assert!(text.starts_with("13582985290493858") && text.ends_with('6'));
}

#[test]
fn a_wide_core_with_heavy_arcs_needs_wider_numbers() {
    // Every arc of a complete digraph of five is a chain of twenty doubled links.
    let mut links = Vec::new();
    let mut variables = 5;
    for from in 0..5 {
        for to in (0..5).filter(|&to| to != from) {
            let mut here = from;
            for step in 0..20 {
                let next = if step == 19 { to } else { variables };
                variables += u32::from(step < 19);
                links.extend([(here, next, Positive), (here, next, Unknown)]);
                here = next;
            }
        }
    }
    let graph = graph(variables as usize, &links);
    // 10 loops of two arcs, 20 of three, 30 of four and 24 of five; each arc is 2^20 paths.
    let expected = (10_u128 << 40) + (20 << 60) + (30 << 80) + (24 << 100);
    let counts = exact_counts(&graph);
    assert_eq!(counts.total().to_string(), expected.to_string());
    assert!(counts.reinforcing == 84 && counts.balancing == 0);
    // Through one arc pass a fifth of the twos' arcs, and so on: length / 20 of the loops.
    let passing = (1_u128 << 40) + (3 << 60) + (6 << 80) + (6 << 100);
    let through = through(&graph, ExactLimits::default());
    let both = through.link(0).unwrap().plus(through.link(1).unwrap());
    assert_eq!(both.total().to_string(), passing.to_string());
}

#[test]
fn complete_graphs_have_their_closed_form() {
    for variables in 1..12 {
        let total = exact_counts(&complete(variables)).total();
        assert!(
            total == loops_of_complete(u64::from(variables)),
            "{variables}"
        );
    }
}

#[test]
fn dense_cores_are_counted_exactly() {
    for variables in [15, 16, 17] {
        let graph = complete(variables);
        let counts = exact_counts(&graph);
        let loops = loops_of_complete(u64::from(variables));
        assert!(counts.total() == loops, "{variables}");
        let through = through(&graph, ExactLimits::default());
        assert_eq!(through.state(), CountState::Exact);
        // A loop of k variables passes k of them: choose the others, then their order.
        let rest = loops_of_complete(u64::from(variables) - 1);
        let passing = through.variable(3).unwrap().total();
        assert!(passing == loops - rest, "{variables}");
    }
}

#[test]
fn a_core_of_many_variables_with_heavy_arcs_is_counted_by_its_subsets() {
    // Each of the 240 arcs stands for 2^4 paths, so the numbers need more than 64 bits.
    let mut links = Vec::new();
    let mut variables = 16;
    for from in 0..16 {
        for to in (0..16).filter(|&to| to != from) {
            let mut here = from;
            for step in 0..4 {
                let next = if step == 3 { to } else { variables };
                variables += u32::from(step < 3);
                links.extend([(here, next, Positive), (here, next, Negative)]);
                here = next;
            }
        }
    }
    let graph = graph(variables as usize, &links);
    // A loop of k arcs stands for 2^4k loops, half of them of each sign.
    let expected: u128 = (2..=16_u32)
        .map(|length| {
            let choose = (0..length).fold(1_u128, |ways, at| {
                ways * u128::from(16 - at) / u128::from(at + 1)
            });
            let orders: u128 = (1..u128::from(length)).product();
            (choose * orders) << (4 * length)
        })
        .sum();
    let counts = exact_counts(&graph);
    assert_eq!(counts.total().to_string(), expected.to_string());
    assert_eq!(counts.reinforcing.to_string(), (expected / 2).to_string());
    assert!(counts.undetermined == 0 && counts.delayed == 0);
}

#[test]
fn a_count_that_gives_up_says_so_and_what_it_found() {
    let limits = ExactLimits {
        states: 200,
        words: 200,
        visits: 20_000,
    };
    let graph = complete(14);
    let count = exact(&graph, limits);
    assert_eq!((count.state(), count.counts()), (CountState::AtLeast, None));
    assert!(count.at_least().total() > 1_000 && count.at_least().total() < loops_of_complete(14));
    let through = through(&graph, limits);
    assert_eq!(through.state(), CountState::AtLeast);
    assert!(through.variable(0).unwrap().total() > 1);
}

#[test]
fn graph_files_have_their_published_counts() {
    for file in GRAPH_FILES {
        let graph = file.read();
        let counts = exact_counts(&graph);
        assert!(counts.reinforcing == file.reinforcing, "{}", file.name);
        assert!(counts.balancing == file.balancing, "{}", file.name);
        assert!(counts.total() == file.loops, "{}", file.name);
        // A loop without a variable is not through it: deleting one leaves the difference.
        let through = through(&graph, ExactLimits::default());
        for variable in [0, graph.variables() / 2] {
            let stays = |link: &&loopstream::causal::GraphLink| {
                link.from != variable && link.to != variable
            };
            let links = graph.links().iter().filter(stays).copied().collect();
            let rest = exact_counts(&Graph::new(graph.variables() as usize, links).unwrap());
            let passing = through.variable(variable as usize).unwrap();
            assert_eq!(rest.plus(passing), counts, "{}", file.name);
        }
    }
}
