//! How long the loops of known graphs take: counted only, the shortest kept, and all kept.

#[path = "../tests/common/mod.rs"]
mod common;

use std::hint::black_box;
use std::time::Duration;

use common::{GRAPH_FILES, complete, count, search};
use criterion::{Criterion, criterion_group, criterion_main};
use loopstream::causal::{Graph, SearchLimits};

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
    group.finish();
}

fn loop_search(criterion: &mut Criterion) {
    measure(criterion, "complete-10 (generated)", &complete(10));
    for file in GRAPH_FILES {
        match file.read() {
            Ok(graph) => measure(criterion, file.name, &graph),
            Err(path) => println!("skipped {}: there is no {}", file.name, path.display()),
        }
    }
}

criterion_group!(benches, loop_search);
criterion_main!(benches);
