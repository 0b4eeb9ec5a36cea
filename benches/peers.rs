//! How long it takes to store every loop of known graphs, for the table of `./dev bench peers`.
//!
//! Prints a line for each graph of `tests/graphs`: its name, its loops, and medians in milliseconds: of
//! storing every loop, of that and putting them in order, and of storing and then reading every
//! link of every loop (a dash where that would take long).

#[path = "../tests/it/common/graphs.rs"]
#[allow(dead_code, clippy::unwrap_used, reason = "shared with the tests")]
mod graphs;

use std::hint::black_box;
use std::time::{Duration, Instant};

use graphs::{GRAPH_FILES, GraphFile};
use loopstream::causal::{Graph, LoopFilter, LoopList, LoopOrder, LoopStore};

/// Runs of each kind, one that does not count aside.
const RUNS: usize = 9;
/// Graphs with more loops than this are not read: it would be many gigabytes.
const MOST_READ: u64 = 5_000_000;
/// Room for the loops, in bytes: enough for every file.
const ROOM: usize = 1 << 28;

fn stored(graph: &Graph) -> LoopStore {
    let mut store = LoopStore::new(black_box(graph), ROOM);
    store.advance(u64::MAX);
    store
}

fn in_order(graph: &Graph) -> (LoopStore, LoopList) {
    let store = stored(graph);
    let mut list = LoopList::new(&store, LoopFilter::default(), LoopOrder::ShortestFirst);
    list.advance(&store, u64::MAX);
    (store, list)
}

fn read(graph: &Graph) -> u64 {
    let mut sum = 0;
    stored(graph).for_each(|links| sum += links.iter().map(|&link| u64::from(link)).sum::<u64>());
    sum
}

/// The median time of a run, in milliseconds. What it made is dropped after the clock stops.
fn median<T>(run: impl Fn() -> T) -> f64 {
    black_box(run());
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            let made = black_box(run());
            let time = start.elapsed();
            drop(made);
            time
        })
        .collect();
    times.sort_unstable();
    times[RUNS / 2].as_secs_f64() * 1_000.0
}

fn measure(file: &GraphFile, graph: &Graph) {
    let loops = in_order(graph).1.len();
    assert_eq!(loops, file.loops, "{}", file.name);
    let storing = median(|| stored(graph));
    let ordering = median(|| in_order(graph));
    let reading = if loops > MOST_READ {
        "-".to_owned()
    } else {
        median(|| read(graph)).to_string()
    };
    println!("{} {loops} {storing} {ordering} {reading}", file.name);
}

fn main() {
    for file in &GRAPH_FILES {
        measure(file, &file.read());
    }
}
