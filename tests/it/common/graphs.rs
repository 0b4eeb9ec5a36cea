//! Graphs for tests and benchmarks: files, and structures whose loops are known.
use std::path::Path;

use loopstream::causal::{Graph, GraphLink, LoopCounts, LoopSearch, Progress, SearchLimits};
use loopstream::model::{Delay, Polarity};

/// A graph file, with its published counts.
pub struct GraphFile {
    pub name: &'static str,
    pub loops: u64,
    pub reinforcing: u64,
    pub balancing: u64,
}

/// The signed digraphs of `tests/graphs`, with the counts its `README.md` gives.
pub const GRAPH_FILES: [GraphFile; 6] = [
    file("random-20-60", 2_203, 1_166, 1_037),
    file("random-30-90", 30_797, 15_407, 15_390),
    file("random-50-100", 166, 86, 80),
    file("complete-10", 1_112_073, 557_543, 554_530),
    file("ring-100-150", 29_800_320, 14_900_160, 14_900_160),
    file("world3", 1_863_803, 932_065, 931_738),
];

const fn file(name: &'static str, loops: u64, reinforcing: u64, balancing: u64) -> GraphFile {
    GraphFile {
        name,
        loops,
        reinforcing,
        balancing,
    }
}

impl GraphFile {
    /// The file's graph.
    pub fn read(&self) -> Graph {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/graphs");
        let path = Path::new(folder).join(self.name).with_extension("txt");
        let text = std::fs::read_to_string(&path);
        parse_edge_list(&text.unwrap_or_else(|error| panic!("{}: {error}", path.display())))
    }
}

/// Reads `variables links` on the first line, then `from to sign` on each.
pub fn parse_edge_list(text: &str) -> Graph {
    let mut lines = text.lines().map(|line| {
        let numbers = line
            .split_whitespace()
            .map(|number| number.parse::<i64>().unwrap());
        numbers.collect::<Vec<_>>()
    });
    let head = lines.next().unwrap();
    let links: Vec<_> = lines
        .filter(|numbers| !numbers.is_empty())
        .map(|numbers| GraphLink {
            from: numbers[0] as u32,
            to: numbers[1] as u32,
            polarity: match numbers[2] {
                1 => Polarity::Positive,
                -1 => Polarity::Negative,
                _ => Polarity::Unknown,
            },
            delay: Delay::None,
        })
        .collect();
    assert_eq!(
        links.len() as i64,
        head[1],
        "the first line says how many links there are"
    );
    Graph::new(head[0] as usize, links).unwrap()
}

/// A graph of prompt links, each given as `(from, to, polarity)`.
pub fn graph(variables: usize, links: &[(u32, u32, Polarity)]) -> Graph {
    let link = |&(from, to, polarity)| GraphLink {
        from,
        to,
        polarity,
        delay: Delay::None,
    };
    Graph::new(variables, links.iter().map(link).collect()).unwrap()
}

/// Every variable linked to every other; positive but for every third link.
pub fn complete(variables: u32) -> Graph {
    let mut links = Vec::new();
    for from in 0..variables {
        for to in (0..variables).filter(|&to| to != from) {
            let negative = links.len() % 3 == 2;
            links.push((
                from,
                to,
                if negative {
                    Polarity::Negative
                } else {
                    Polarity::Positive
                },
            ));
        }
    }
    graph(variables as usize, &links)
}

/// The loops of a complete digraph: for each length, the ways to choose the variables, times the
/// ways to order them in a ring.
pub fn loops_of_complete(variables: u64) -> u64 {
    (2..=variables)
        .map(|length| {
            let ordered: u64 = (variables - length + 1..=variables).product();
            ordered / length
        })
        .sum()
}

/// The whole search in one go.
pub fn search(graph: &Graph, limits: SearchLimits) -> LoopSearch {
    let mut search = LoopSearch::new(graph, limits);
    assert_eq!(search.advance(u64::MAX), Progress::Finished);
    search
}

/// The counts alone.
pub fn count(graph: &Graph) -> LoopCounts {
    search(graph, SearchLimits::default()).counts()
}
