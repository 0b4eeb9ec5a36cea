//! How long the loops of known graphs take: counted by searching and without it, through every
//! variable and link, the shortest kept, all stored and listed, and the sets that stand for all.

#[path = "../tests/it/common/graphs.rs"]
#[allow(dead_code, clippy::unwrap_used, reason = "shared with the tests")]
mod graphs;

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use graphs::{GRAPH_FILES, complete, count, search};
use loopstream::causal::{
    ExactCount, Graph, LoopFilter, LoopList, LoopOrder, LoopSet, LoopSetKind, LoopStore,
    LoopsThrough, SearchLimits, Through,
};

/// What an app keeps to show.
const SHORTEST: usize = 1_000;
/// Graphs with more loops than this keep only the shortest [`MANY`]: it would be memory that is
/// measured.
const MOST_STORED: u64 = 1_200_000;
const MANY: usize = 100_000;

fn measure(criterion: &mut Criterion, name: &str, graph: &Graph) {
    let mut group = criterion.benchmark_group(name);
    group
        .sample_size(10)
        .warm_up_time(Duration::from_millis(200));
    group.measurement_time(Duration::from_secs(1));
    let most = match count(graph).total() {
        loops if loops <= MOST_STORED => ("all", usize::MAX),
        _ => ("shortest 100,000", MANY),
    };
    for (what, stored) in [("count", 0), ("shortest 1,000", SHORTEST), most] {
        let limits = SearchLimits {
            stored,
            longest: None,
        };
        group.bench_function(what, |bencher| {
            bencher.iter(|| search(black_box(graph), limits));
        });
    }
    group.bench_function("exact count", |bencher| {
        bencher.iter(|| {
            let mut count = ExactCount::new(black_box(graph));
            count.advance(u64::MAX);
            count
        });
    });
    group.bench_function("through every variable and link", |bencher| {
        bencher.iter(|| {
            let mut through = LoopsThrough::new(black_box(graph));
            through.advance(u64::MAX);
            through
        });
    });
    group.bench_function("all stored", |bencher| bencher.iter(|| stored(graph)));
    let store = stored(graph);
    let passing = LoopFilter {
        through: Some(Through::Variable(0)),
        ..LoopFilter::default()
    };
    for (what, filter) in [("listed", LoopFilter::default()), ("filtered", passing)] {
        group.bench_function(what, |bencher| {
            bencher.iter(|| listed(&store, filter.clone()))
        });
    }
    let list = listed(&store, LoopFilter::default());
    group.bench_function("a window of 50", |bencher| {
        bencher.iter(|| list.window(&store, list.len() / 2, 50));
    });
    for (what, kind) in [
        ("independent set", LoopSetKind::ShortestIndependent),
        ("minimum basis", LoopSetKind::MinimumBasis),
    ] {
        group.bench_function(what, |bencher| {
            bencher.iter(|| {
                let mut set = LoopSet::new(black_box(graph), kind);
                set.advance(u64::MAX);
                set
            });
        });
    }
    group.finish();
}

fn stored(graph: &Graph) -> LoopStore {
    let mut store = LoopStore::new(black_box(graph), 1 << 28);
    store.advance(u64::MAX);
    store
}

fn listed(store: &LoopStore, filter: LoopFilter) -> LoopList {
    let mut list = LoopList::new(store, filter, LoopOrder::ShortestFirst);
    list.advance(store, u64::MAX);
    list
}

fn loop_search(criterion: &mut Criterion) {
    measure(criterion, "complete-10 (generated)", &complete(10));
    for file in GRAPH_FILES {
        measure(criterion, file.name, &file.read());
    }
}

criterion_group!(benches, loop_search);
criterion_main!(benches);
