//! An oracle that knows no tricks, and graphs small enough for it.
// Each test binary uses its own share of these, and may panic where an app may not.
use std::collections::BTreeMap;

use loopstream::causal::{Graph, GraphLink, LoopCounts, LoopPolarity};
use loopstream::model::{Delay, Polarity};
use proptest::prelude::*;

/// What a loop is, by its sorted links.
pub type Loops = BTreeMap<Vec<u32>, (LoopPolarity, Delay)>;

/// Every elementary loop: from each variable, all paths over larger variables, until one returns.
pub fn oracle(graph: &Graph) -> Loops {
    let mut loops = Loops::new();
    for start in 0..graph.variables() {
        extend(graph, start, start, &mut Vec::new(), &mut loops);
    }
    loops
}

pub fn extend(graph: &Graph, start: u32, here: u32, path: &mut Vec<u32>, loops: &mut Loops) {
    let link = |index: u32| graph.links()[index as usize];
    for index in 0..graph.links().len() as u32 {
        if link(index).from != here {
            continue;
        }
        let next = link(index).to;
        path.push(index);
        if next == start {
            let negatives = path
                .iter()
                .filter(|&&step| link(step).polarity == Polarity::Negative)
                .count();
            let polarity = if path
                .iter()
                .any(|&step| link(step).polarity == Polarity::Unknown)
            {
                LoopPolarity::Undetermined
            } else if negatives % 2 == 0 {
                LoopPolarity::Reinforcing
            } else {
                LoopPolarity::Balancing
            };
            let is_delayed = path.iter().any(|&step| link(step).delay == Delay::Delayed);
            let mut key = path.clone();
            key.sort_unstable();
            let delay = if is_delayed {
                Delay::Delayed
            } else {
                Delay::None
            };
            assert_eq!(loops.insert(key, (polarity, delay)), None);
        } else if next > start && path.iter().all(|&step| link(step).from != next) {
            extend(graph, start, next, path, loops);
        }
        path.pop();
    }
}

pub fn counts_of(loops: &Loops) -> LoopCounts {
    let mut counts = LoopCounts::default();
    for (polarity, delay) in loops.values() {
        match polarity {
            LoopPolarity::Reinforcing => counts.reinforcing += 1,
            LoopPolarity::Balancing => counts.balancing += 1,
            LoopPolarity::Undetermined => counts.undetermined += 1,
        }
        counts.delayed += u64::from(*delay == Delay::Delayed);
    }
    counts
}

pub fn any_link(variables: u32) -> impl Strategy<Value = GraphLink> {
    let polarity = prop_oneof![
        4 => Just(Polarity::Positive),
        4 => Just(Polarity::Negative),
        1 => Just(Polarity::Unknown),
    ];
    let delay = prop_oneof![4 => Just(Delay::None), 1 => Just(Delay::Delayed)];
    (0..variables, 0..variables, polarity, delay).prop_map(|(from, to, polarity, delay)| {
        GraphLink {
            from,
            to,
            polarity,
            delay,
        }
    })
}

/// Graphs from sparse to dense, with parallel links and self-links; small enough for the oracle.
pub fn any_graph() -> impl Strategy<Value = Graph> {
    (1..9_u32).prop_flat_map(|variables| {
        let most = 10 + 3 * variables as usize;
        proptest::collection::vec(any_link(variables), 0..most)
            .prop_map(move |links| Graph::new(variables as usize, links).unwrap())
    })
}

/// A ring with chords that skip a few variables: long chains, much to contract.
pub fn any_chorded_ring() -> impl Strategy<Value = Graph> {
    (3..16_u32).prop_flat_map(|variables| {
        let signs = proptest::collection::vec(any_link(variables), variables as usize);
        let chords = proptest::collection::vec(any_link(variables), 0..9);
        (signs, chords).prop_map(move |(signs, chords)| {
            let ring = (0..).zip(signs).map(|(from, link)| GraphLink {
                from,
                to: (from + 1) % variables,
                ..link
            });
            Graph::new(variables as usize, ring.chain(chords).collect()).unwrap()
        })
    })
}
