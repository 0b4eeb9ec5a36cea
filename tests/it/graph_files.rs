//! The graphs of `tests/graphs` have the loops that other programs counted.

use std::time::Instant;

use crate::common::graphs::{GRAPH_FILES, search};
use loopstream::causal::{Completeness, LoopCounts, SearchLimits};

#[test]
fn graph_files_have_their_published_counts() {
    for file in GRAPH_FILES {
        let graph = file.read();
        let start = Instant::now();
        let found = search(&graph, SearchLimits::default());
        println!("{}: {:?}", file.name, start.elapsed());
        let expected = LoopCounts {
            reinforcing: file.reinforcing,
            balancing: file.balancing,
            undetermined: 0,
            delayed: 0,
        };
        assert_eq!(found.counts(), expected, "{}", file.name);
        assert_eq!(found.counts().total(), file.loops, "{}", file.name);
        assert_eq!(found.completeness(), Completeness::Exact);
    }
}

#[test]
fn keeping_the_shortest_loops_changes_no_count() {
    for file in GRAPH_FILES {
        let graph = file.read();
        let start = Instant::now();
        let found = search(
            &graph,
            SearchLimits {
                stored: 1000,
                longest: None,
            },
        );
        println!("{}: {:?}", file.name, start.elapsed());
        assert_eq!(found.counts().total(), file.loops, "{}", file.name);
        assert_eq!(found.kept(), file.loops.min(1000) as usize);
        let longest = found.loops().last().map(|kept| kept.links.len());
        // A search bounded just below the longest kept finds only loops that are kept.
        let bound = longest.map(|links| links - 1);
        let shorter = search(
            &graph,
            SearchLimits {
                stored: 0,
                longest: bound,
            },
        );
        let kept = found
            .loops()
            .filter(|kept| Some(kept.links.len()) <= bound)
            .count();
        assert_eq!(shorter.counts().total(), kept as u64, "{}", file.name);
    }
}
