//! Visits and times against structure, power series, and chance.

use crate::stream::blocks::block;
use crate::stream::{assert_near, near};
use loopstream::stream::network::{Arc, ArcKind, Network, Node};
use loopstream::stream::traffic::{Traffic, TrafficError, flows};
use proptest::prelude::*;

proptest! {
    #[test]
    fn visits_and_times_follow_from_the_blocks(block in block()) {
        let built = block.build();
        let traffic = Traffic::of(&built.network).unwrap();
        for (found, expected) in traffic.visits.iter().zip(&built.visits) {
            prop_assert!(near(*found, *expected), "{found} is not {expected}");
        }
        prop_assert!(near(traffic.arriving, 1.0));
        let none = vec![0.0; built.network.arcs.len()];
        let times = traffic.expected_times(&built.network, &built.times, &none);
        let found = times[built.network.entries[0]];
        prop_assert!(near(found, built.time), "{found} is not {}", built.time);
    }

    #[test]
    fn what_comes_to_a_station_is_what_its_ways_bring(block in block()) {
        let built = block.build();
        let traffic = Traffic::of(&built.network).unwrap();
        for (arc, passes) in built.network.arcs.iter().zip(&traffic.passes) {
            prop_assert!(*passes <= traffic.visits[arc.from] * (1.0 + 1e-9));
        }
        // The time on the ways counts as time at stations does.
        let at = vec![0.0; built.network.nodes.len()];
        let on: Vec<f64> = built.network.arcs.iter().map(|arc| built.times[arc.from]).collect();
        let last = built.times[built.network.exits[0]];
        let times = traffic.expected_times(&built.network, &at, &on);
        prop_assert!(times[built.network.entries[0]] <= built.time - last + 1e-6 * built.time);
    }

    #[test]
    fn flows_are_the_sum_of_all_rounds(
        entering in proptest::collection::vec(0.0..5.0_f64, 1..9),
        routes in proptest::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0.0..0.24_f64), 0..24),
    ) {
        let size = entering.len();
        let mut left = vec![0.9; size];
        let mut matrix = vec![0.0; size * size];
        let mut kept = Vec::new();
        for (from, to, part) in routes {
            let (from, to) = (from.index(size), to.index(size));
            if left[from] >= part {
                left[from] -= part;
                matrix[from * size + to] += part;
                kept.push((from, to, part));
            }
        }
        let mut round = entering.clone();
        let mut sum = entering.clone();
        for _ in 0..400 {
            round = (0..size).map(|to| (0..size).map(|from| round[from] * matrix[from * size + to]).sum()).collect();
            for (total, new) in sum.iter_mut().zip(&round) {
                *total += new;
            }
        }
        for (found, expected) in flows(&entering, &kept).unwrap().iter().zip(&sum) {
            prop_assert!(near(*found, *expected), "{found} is not {expected}");
        }
    }
}

fn steps(count: usize, arcs: Vec<Arc>, exits: Vec<usize>) -> Network {
    Network {
        nodes: vec![Node::step(1.0); count],
        arcs,
        entries: vec![0],
        exits,
    }
}

#[test]
fn visits_are_what_a_crowd_of_items_does() {
    // Build, review (back 20 %), test (back to build 30 %), then 40 % to one exit.
    let network = steps(
        5,
        vec![
            Arc::forward(0, 1),
            Arc::forward(1, 2),
            Arc::rework(1, 0, 0.2),
            Arc::rework(2, 0, 0.3),
            Arc::split(2, 3, 0.4),
            Arc::forward(2, 4),
        ],
        vec![3, 4],
    );
    let visits = Traffic::of(&network).unwrap().visits;
    let mut random = 1_u64;
    let mut chance = || {
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (random >> 11) as f64 / (1_u64 << 53) as f64
    };
    let (items, mut counts) = (200_000, [0_u32; 5]);
    for _ in 0..items {
        let mut here = 0;
        loop {
            counts[here] += 1;
            let luck = chance();
            here = match here {
                0 => 1,
                1 if luck < 0.2 => 0,
                1 => 2,
                2 if luck < 0.3 => 0,
                2 if luck < 0.3 + 0.7 * 0.4 => 3,
                2 => 4,
                _ => break,
            };
        }
    }
    for (count, visits) in counts.iter().zip(&visits) {
        let mean = f64::from(*count) / f64::from(items);
        assert!((mean - visits).abs() < 0.02, "{mean} is not {visits}");
    }
}

#[test]
fn one_loop_has_one_over_one_minus_p_visits() {
    for back in [0.0, 0.1, 0.5, 0.9, 1.0 - 1e-9] {
        let network = steps(
            2,
            vec![Arc::forward(0, 1), Arc::rework(1, 0, back)],
            vec![1],
        );
        let visits = Traffic::of(&network).unwrap().visits;
        assert_near(visits[0] * (1.0 - back), 1.0);
        assert_near(visits[1] * (1.0 - back), 1.0);
    }
}

#[test]
fn rework_that_never_ends_is_an_error_that_says_where() {
    let arcs = vec![
        Arc::forward(0, 1),
        Arc::forward(1, 2),
        Arc::forward(2, 3),
        Arc::rework(2, 1, 1.0),
    ];
    let error = Traffic::of(&steps(4, arcs, vec![3])).unwrap_err();
    assert_eq!(error, TrafficError::NeverEnds(vec![1, 2]));
}

#[test]
fn what_nothing_comes_to_may_go_round_for_ever() {
    let arcs = vec![Arc::forward(0, 1), Arc::rework(2, 2, 1.0)];
    let visits = Traffic::of(&steps(3, arcs, vec![1])).unwrap().visits;
    assert_eq!(visits, [1.0, 1.0, 0.0]);
}

#[test]
fn shares_above_all_of_it_say_where() {
    let arcs = vec![Arc::split(0, 1, 0.7), Arc::split(0, 2, 0.5)];
    let error = Traffic::of(&steps(3, arcs, vec![1, 2])).unwrap_err();
    let TrafficError::ShareAboveAll {
        node: 0,
        kind: ArcKind::Forward,
        sum,
    } = error
    else {
        panic!("{error}");
    };
    assert_near(sum, 1.2);
    let arcs = vec![
        Arc::forward(0, 1),
        Arc::rework(1, 0, 0.7),
        Arc::rework(1, 1, 0.4),
    ];
    let error = Traffic::of(&steps(2, arcs, vec![1])).unwrap_err();
    assert!(matches!(
        error,
        TrafficError::ShareAboveAll {
            node: 1,
            kind: ArcKind::Rework,
            ..
        }
    ));
    // Thirds and tenths do sum to one.
    let third = 1.0 / 3.0;
    let arcs = vec![
        Arc::split(0, 1, third),
        Arc::split(0, 2, third),
        Arc::split(0, 3, third),
    ];
    assert_near(
        Traffic::of(&steps(4, arcs, vec![1, 2, 3]))
            .unwrap()
            .arriving,
        1.0,
    );
}

#[test]
fn a_ring_of_flows_onwards_is_named() {
    let arcs = vec![
        Arc::forward(0, 1),
        Arc::forward(1, 2),
        Arc::forward(2, 3),
        Arc::forward(3, 1),
        Arc::forward(3, 4),
    ];
    let Err(TrafficError::Ring(mut ring)) = Traffic::of(&steps(5, arcs, vec![4])) else {
        panic!("no ring");
    };
    ring.sort_unstable();
    assert_eq!(ring, [1, 2, 3]);
}

#[test]
fn branches_without_shares_are_all_taken() {
    // A fork in a branch of a fork, and a branch that leads nowhere.
    let network = steps(
        8,
        vec![
            Arc::forward(0, 1),
            Arc::forward(0, 2),
            Arc::forward(0, 7),
            Arc::forward(1, 3),
            Arc::forward(1, 4),
            Arc::forward(3, 5),
            Arc::forward(4, 5),
            Arc::forward(5, 6),
            Arc::forward(2, 6),
        ],
        vec![6],
    );
    let traffic = Traffic::of(&network).unwrap();
    for visits in &traffic.visits {
        assert_near(*visits, 1.0);
    }
    for passes in &traffic.passes {
        assert_near(*passes, 1.0);
    }
    let at = [1.0, 1.0, 5.0, 2.0, 3.0, 1.0, 1.0, 100.0];
    let times = traffic.expected_times(&network, &at, &[0.0; 9]);
    assert_near(times[0], 1.0 + 5.0 + 1.0);
    assert_near(times[1], 1.0 + 3.0 + 1.0 + 1.0);
}

#[test]
fn of_several_entries_an_item_needs_all() {
    let mut network = steps(
        4,
        vec![Arc::forward(0, 2), Arc::forward(1, 2), Arc::forward(2, 3)],
        vec![3],
    );
    network.entries = vec![0, 1];
    let visits = Traffic::of(&network).unwrap().visits;
    assert_eq!(visits, [1.0; 4]);
}

#[test]
fn what_drops_out_is_made_up_for() {
    // A fifth is thrown away after the first step: 1.25 items start for each that arrives.
    let network = steps(3, vec![Arc::split(0, 1, 0.8), Arc::forward(1, 2)], vec![2]);
    let traffic = Traffic::of(&network).unwrap();
    assert_near(traffic.arriving, 0.8);
    assert_near(traffic.visits[0], 1.25);
    assert_near(traffic.visits[2], 1.0);
    assert_near(traffic.passes[0], 1.0);
}

#[test]
fn two_thousand_steps_with_rework_from_each_to_the_first_are_quick() {
    let size = 2_000;
    let mut arcs: Vec<Arc> = (1..size).map(|to| Arc::forward(to - 1, to)).collect();
    arcs.extend((1..size).map(|from| Arc::rework(from, 0, 0.0005)));
    let visits = Traffic::of(&steps(size, arcs, vec![size - 1]))
        .unwrap()
        .visits;
    // What leaves is what came in: the last passes 1 / (1 - p).
    assert_near(visits[size - 1] * 0.9995, 1.0);
    let first: f64 = 1.0 / 0.9995_f64.powi(1_999);
    assert_near(visits[0] / first, 1.0);
}

#[test]
fn a_branch_without_an_end_gets_a_copy_of_the_work() {
    // 0 forks to 1, which leads to the exit 2, and to 3, which forks to 4 and 5, meeting in 6,
    // which is done again in half the cases; 7 comes in from the side and arrives nowhere.
    let mut network = steps(
        8,
        vec![
            Arc::forward(0, 1),
            Arc::forward(1, 2),
            Arc::forward(0, 3),
            Arc::forward(3, 4),
            Arc::forward(3, 5),
            Arc::forward(4, 6),
            Arc::forward(5, 6),
            Arc::rework(6, 6, 0.5),
            Arc::forward(7, 3),
        ],
        vec![2],
    );
    let expected = |side: f64| {
        let dead = 1.0 + side;
        [1.0, 1.0, 1.0, dead, dead, dead, 2.0 * dead, side]
    };
    for (entries, side) in [(vec![0], 0.0), (vec![0, 7], 1.0)] {
        network.entries = entries;
        let traffic = Traffic::of(&network).unwrap();
        for (found, expected) in traffic.visits.iter().zip(expected(side)) {
            assert_near(*found, expected);
        }
        assert_near(traffic.passes[2], 1.0);
        assert_near(traffic.passes[3], 1.0 + side);
        assert_near(traffic.passes[5], 1.0 + side);
    }
}
