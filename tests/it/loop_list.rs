//! Stored loops and their lists against an oracle that knows no tricks, and against the search.

// Graphs made for a test are valid, or the test is wrong.

use crate::common::graphs::{GRAPH_FILES, complete, graph, search};
use crate::common::loops::{Loops, any_chorded_ring, any_graph, oracle};
use loopstream::causal::{
    Graph, ListedLoop, LoopFilter, LoopList, LoopOrder, LoopPolarity, LoopStore, Progress,
    SearchLimits, StoreExtent, Through,
};
use loopstream::model::{Delay, Polarity};
use proptest::prelude::*;

const ROOM: usize = 1 << 26;

fn stored(graph: &Graph) -> LoopStore {
    finished(LoopStore::new(graph, ROOM))
}

fn finished(mut store: LoopStore) -> LoopStore {
    assert_eq!(store.advance(u64::MAX), Progress::Finished);
    store
}

fn list(store: &LoopStore, filter: LoopFilter, order: LoopOrder) -> LoopList {
    let mut list = LoopList::new(store, filter, order);
    assert_eq!(list.advance(store, u64::MAX), Progress::Finished);
    list
}

fn all(store: &LoopStore, list: &LoopList) -> Vec<ListedLoop> {
    let found = list.window(store, 0, usize::MAX);
    assert_eq!(found.len() as u64, list.len());
    assert_eq!(list.get(store, list.len()), None);
    found
}

/// The loops by their sorted links; each must be there once.
fn as_set(found: &[ListedLoop]) -> Loops {
    let mut loops = Loops::new();
    for listed in found {
        let mut key = listed.links.clone();
        key.sort_unstable();
        let before = loops.insert(key, (listed.polarity, listed.delay));
        assert_eq!(before, None, "{listed:?} is there twice");
    }
    loops
}

fn lengths(found: &[ListedLoop]) -> Vec<usize> {
    found.iter().map(|listed| listed.links.len()).collect()
}

fn any_filter() -> impl Strategy<Value = LoopFilter> {
    let polarity = proptest::option::of(prop_oneof![
        Just(LoopPolarity::Reinforcing),
        Just(LoopPolarity::Balancing),
        Just(LoopPolarity::Undetermined),
    ]);
    let delay = proptest::option::of(prop_oneof![Just(Delay::None), Just(Delay::Delayed)]);
    let through = proptest::option::of(prop_oneof![
        (0..9_u32).prop_map(Through::Variable),
        (0..20_u32).prop_map(Through::Link),
    ]);
    let any_of = proptest::option::weighted(0.3, proptest::collection::vec(any::<bool>(), 9));
    (polarity, delay, through, any_of).prop_map(|(polarity, delay, through, any_of)| LoopFilter {
        polarity,
        delay,
        through,
        any_of: any_of.map(Into::into),
    })
}

/// Those loops of the oracle that a filter wants.
fn wanted(graph: &Graph, filter: &LoopFilter) -> Loops {
    let mut loops = oracle(graph);
    loops.retain(|links, (polarity, delay)| {
        let passes = |through| match through {
            Through::Link(link) => links.contains(&link),
            Through::Variable(variable) => links
                .iter()
                .any(|&link| graph.links()[link as usize].from == variable),
        };
        filter.polarity.is_none_or(|wanted| wanted == *polarity)
            && filter.delay.is_none_or(|wanted| wanted == *delay)
            && filter.through.is_none_or(passes)
            && filter.any_of.as_ref().is_none_or(|any| {
                let from = |link: &u32| graph.links()[*link as usize].from as usize;
                links.iter().any(|link| any.get(from(link)) == Some(&true))
            })
    });
    loops
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, ..ProptestConfig::default() })]

    #[test]
    fn a_list_has_every_loop_once_signed_and_in_order(
        graph in prop_oneof![any_graph(), any_chorded_ring()],
    ) {
        let store = stored(&graph);
        let expected = oracle(&graph);
        prop_assert_eq!(store.extent(), StoreExtent::All);
        prop_assert_eq!(store.kept(), expected.len() as u64);
        let shortest = all(&store, &list(&store, LoopFilter::default(), LoopOrder::ShortestFirst));
        prop_assert_eq!(as_set(&shortest), expected);
        prop_assert!(lengths(&shortest).is_sorted());
        let mut longest = all(&store, &list(&store, LoopFilter::default(), LoopOrder::LongestFirst));
        longest.reverse();
        prop_assert_eq!(&longest, &shortest);
        for listed in &shortest {
            let steps: Vec<_> = listed.links.iter().map(|&link| graph.links()[link as usize]).collect();
            for (index, step) in steps.iter().enumerate() {
                prop_assert_eq!(step.to, steps[(index + 1) % steps.len()].from);
                prop_assert!(index == 0 || step.from > steps[0].from);
            }
        }
        let mut written = 0;
        store.for_each(|links| written += links.len());
        prop_assert_eq!(written, lengths(&shortest).iter().sum::<usize>());
    }

    #[test]
    fn filters_and_windows_agree_with_the_oracle(
        graph in prop_oneof![any_graph(), any_chorded_ring()],
        filter in any_filter(),
        start in 0..40_u64,
    ) {
        let store = stored(&graph);
        let list = list(&store, filter.clone(), LoopOrder::ShortestFirst);
        let found = all(&store, &list);
        prop_assert_eq!(as_set(&found), wanted(&graph, &filter));
        let rest = found.get(start as usize..).unwrap_or_default();
        let window = list.window(&store, start, 5);
        prop_assert_eq!(&window[..], &rest[..rest.len().min(5)]);
    }

    #[test]
    fn a_bound_on_the_length_leaves_out_the_longer_only(
        graph in any_graph(),
        longest in 0..9_usize,
    ) {
        let store = finished(LoopStore::by_length(&graph, longest, ROOM));
        let found = all(&store, &list(&store, LoopFilter::default(), LoopOrder::ShortestFirst));
        let mut expected = oracle(&graph);
        if longest >= graph.variables() as usize {
            prop_assert_eq!(store.extent(), StoreExtent::All);
        } else {
            prop_assert_eq!(store.extent(), StoreExtent::UpTo(longest as u32));
            expected.retain(|links, _| links.len() <= longest);
        }
        prop_assert_eq!(as_set(&found), expected);
    }

    #[test]
    fn little_room_keeps_the_shortest(graph in any_graph(), room in 0..4_000_usize) {
        let store = finished(LoopStore::new(&graph, room));
        let found = all(&store, &list(&store, LoopFilter::default(), LoopOrder::ShortestFirst));
        let expected = oracle(&graph);
        let found = as_set(&found);
        prop_assert!(found.iter().all(|(links, what)| expected.get(links) == Some(what)));
        match store.extent() {
            StoreExtent::All => prop_assert_eq!(found, expected),
            StoreExtent::UpTo(certain) => for links in expected.keys() {
                prop_assert!(links.len() > certain as usize || found.contains_key(links));
            },
            StoreExtent::Some => prop_assert!(false, "finished"),
        }
    }

    #[test]
    fn budgets_change_nothing(
        graph in prop_oneof![any_graph(), any_chorded_ring()],
        filter in any_filter(),
        budget in 1..30_u64,
    ) {
        let mut store = LoopStore::new(&graph, ROOM);
        while store.advance(budget) == Progress::Unfinished {
            prop_assert_eq!(store.extent(), StoreExtent::Some);
        }
        let mut slow = LoopList::new(&store, filter.clone(), LoopOrder::ShortestFirst);
        while slow.advance(&store, budget) == Progress::Unfinished {
            prop_assert!(slow.is_empty());
        }
        let at_once = stored(&graph);
        let list = list(&at_once, filter, LoopOrder::ShortestFirst);
        prop_assert_eq!(all(&store, &slow), all(&at_once, &list));
    }
}

#[test]
fn graph_files_are_stored_whole() {
    for file in GRAPH_FILES {
        let graph = file.read();
        let store = stored(&graph);
        let shortest = list(&store, LoopFilter::default(), LoopOrder::ShortestFirst);
        assert_eq!(
            (store.kept(), shortest.len()),
            (file.loops, file.loops),
            "{}",
            file.name
        );
        for (polarity, expected) in [
            (LoopPolarity::Reinforcing, file.reinforcing),
            (LoopPolarity::Balancing, file.balancing),
        ] {
            let polarity = Some(polarity);
            let filter = LoopFilter {
                polarity,
                ..LoopFilter::default()
            };
            assert_eq!(
                list(&store, filter, LoopOrder::LongestFirst).len(),
                expected
            );
        }
        // The shortest are as long as those that the search keeps.
        let limits = SearchLimits {
            stored: 500,
            longest: None,
        };
        let kept: Vec<usize> = search(&graph, limits)
            .loops()
            .map(|kept| kept.links.len())
            .collect();
        assert_eq!(
            lengths(&shortest.window(&store, 0, 500)),
            kept,
            "{}",
            file.name
        );
        let middle = shortest.window(&store, file.loops / 2, 40);
        assert_eq!(as_set(&middle).len(), middle.len());
    }
}

#[test]
fn what_can_never_be_finished_gives_its_shortest() {
    let store = finished(LoopStore::new(&complete(20), 1 << 19));
    let StoreExtent::UpTo(certain) = store.extent() else {
        panic!("a quintillion loops do not fit: {:?}", store.extent());
    };
    assert!(certain >= 3);
    let list = list(&store, LoopFilter::default(), LoopOrder::ShortestFirst);
    // 190 loops of two links, 2,280 of three.
    let found = lengths(&list.window(&store, 0, 190 + 2_280 + 1));
    let of = |length: usize| found.iter().filter(|&&links| links == length).count();
    assert_eq!((of(2), of(3), of(4)), (190, 2_280, 1));
}

#[test]
fn more_loops_than_64_bits_can_count_can_still_be_read() {
    let doubled = (0..80).flat_map(|from| {
        let to = (from + 1) % 80;
        [
            (from, to, Polarity::Positive),
            (from, to, Polarity::Negative),
        ]
    });
    let graph = graph(80, &doubled.collect::<Vec<_>>());
    let store = stored(&graph);
    let list = list(&store, LoopFilter::default(), LoopOrder::ShortestFirst);
    assert_eq!((store.kept(), list.len()), (u64::MAX, u64::MAX));
    let indices = [0, 1, 1 << 40, u64::MAX - 1];
    let read: Vec<_> = indices
        .iter()
        .map(|&index| list.get(&store, index).unwrap())
        .collect();
    assert!(read.iter().all(|listed| listed.links.len() == 80));
    assert_eq!(as_set(&read).len(), indices.len());
}

#[test]
fn rings_too_large_for_a_product_are_kept_and_read() {
    // Every arc of a complete digraph of three is a chain of doubled links.
    let mut links = Vec::new();
    let mut variables = 3;
    for (from, to) in [(0, 1), (1, 0), (1, 2), (2, 1), (2, 0), (0, 2)] {
        let mut here = from;
        for step in 0..31 {
            let next = if step == 30 { to } else { variables };
            variables += u32::from(step < 30);
            links.extend([
                (here, next, Polarity::Positive),
                (here, next, Polarity::Negative),
            ]);
            here = next;
        }
    }
    let graph = graph(variables as usize, &links);
    let store = stored(&graph);
    assert_eq!(store.kept(), u64::MAX);
    let list = list(&store, LoopFilter::default(), LoopOrder::ShortestFirst);
    // The shortest pass two arcs: three times 2^62 loops.
    let last_of_two = list.get(&store, (3 << 62) - 1).unwrap();
    let first_of_three = list.get(&store, 3 << 62).unwrap();
    assert_eq!(
        (last_of_two.links.len(), first_of_three.links.len()),
        (62, 93)
    );
}

#[test]
fn a_list_of_a_store_that_started_again_has_no_loops() {
    let mut store = LoopStore::new(&complete(12), 1 << 16);
    store.advance(1_000);
    assert_eq!(store.extent(), StoreExtent::Some);
    let mut early = LoopList::new(&store, LoopFilter::default(), LoopOrder::ShortestFirst);
    let early_done = list(&store, LoopFilter::default(), LoopOrder::ShortestFirst);
    assert!(early_done.get(&store, 0).is_some());
    let store = finished(store);
    assert!(matches!(store.extent(), StoreExtent::UpTo(_)));
    assert_eq!(early_done.get(&store, 0), None);
    assert_eq!(early.advance(&store, u64::MAX), Progress::Finished);
    assert!(early.is_empty());
}
