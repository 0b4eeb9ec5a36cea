//! The part of a diagram that lies between two variables, with the two taken for one: each path
//! from the one to the other is a loop through what they have become.

use crate::causal::graph::{Graph, GraphLink};
use crate::model::{Document, Id, Records};

/// That part as a graph.
#[derive(Clone, Debug, Default)]
pub struct Merged {
    /// Its variable 0 is both ends.
    pub graph: Graph,
    /// The id of each of its links.
    pub links: Vec<Id>,
}

impl Merged {
    /// What lies on ways from one variable to another; nothing if one of them is not there.
    ///
    /// No path comes back to its start or goes on from its end, so such links are left out.
    pub fn between(document: &Document, from: Id, to: Id) -> Self {
        let is_there = |id: Id| document.variables().contains_key(&id);
        if !is_there(from) || !is_there(to) {
            return Self::default();
        }
        let onward = reached(document, from, to, Direction::Along);
        let home = reached(document, to, from, Direction::Against);
        let mut index: Records<u32> = Records::new();
        index.insert(from, 0);
        index.insert(to, 0);
        let mut count = 1;
        let mut links = Vec::new();
        let mut graph_links = Vec::new();
        for (id, link) in document.links() {
            let on_path = onward.contains_key(&link.from) && home.contains_key(&link.to);
            let turns_back = from != to && (link.to == from || link.from == to);
            let on_end = index.get(&link.from) == Some(&0);
            if !on_path || turns_back || link.is_self_link() && !on_end {
                continue;
            }
            let mut number = |variable: Id| {
                if let Some(known) = index.get(&variable) {
                    return *known;
                }
                index.insert(variable, count);
                count += 1;
                count - 1
            };
            links.push(*id);
            graph_links.push(GraphLink {
                from: number(link.from),
                to: number(link.to),
                polarity: link.polarity,
                delay: link.delay,
            });
        }
        // A document has no more records than a graph can number.
        let graph = Graph::new(count as usize, graph_links).unwrap_or_default();
        Self { graph, links }
    }
}

#[derive(Clone, Copy)]
enum Direction {
    Along,
    Against,
}

/// The variables that links lead to from a start, itself among them, without going on from a stop.
fn reached(document: &Document, start: Id, stop: Id, direction: Direction) -> Records<()> {
    let mut seen = Records::new();
    seen.insert(start, ());
    let mut open = vec![start];
    while let Some(variable) = open.pop() {
        for id in document.edges_of(variable) {
            let Some(link) = document.links().get(&id) else {
                continue;
            };
            let (here, there) = match direction {
                Direction::Along => (link.from, link.to),
                Direction::Against => (link.to, link.from),
            };
            if here == variable && seen.insert(there, ()).is_none() && there != stop {
                open.push(there);
            }
        }
    }
    seen
}
