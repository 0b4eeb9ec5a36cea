//! The graph of a document, and which record each of its numbers stands for.

use super::graph::{Graph, GraphLink};
use crate::model::{Document, Id, Records};

/// The variables and links of a document as a graph.
#[derive(Clone, Debug, Default)]
pub struct DiagramGraph {
    /// The graph: variables and links in the order of their ids.
    pub graph: Graph,
    /// The id of each variable of the graph.
    pub variables: Vec<Id>,
    /// The id of each link of the graph.
    pub links: Vec<Id>,
}

impl DiagramGraph {
    /// The graph of a document. A document too large for a graph has more records than memory can
    /// hold; its graph would be empty.
    #[must_use]
    pub fn of(document: &Document) -> Self {
        let index: Records<u32> = document.variables().keys().copied().zip(0..).collect();
        let mut links = Vec::with_capacity(document.links().len());
        let mut graph_links = Vec::with_capacity(document.links().len());
        for (id, link) in document.links() {
            // A document has no link without its ends.
            if let (Some(&from), Some(&to)) = (index.get(&link.from), index.get(&link.to)) {
                links.push(*id);
                let (polarity, delay) = (link.polarity, link.delay);
                graph_links.push(GraphLink {
                    from,
                    to,
                    polarity,
                    delay,
                });
            }
        }
        Self {
            graph: Graph::new(index.len(), graph_links).unwrap_or_default(),
            variables: document.variables().keys().copied().collect(),
            links,
        }
    }

    /// The ids of links by their numbers; numbers beyond them are left out.
    #[must_use]
    pub fn link_ids(&self, numbers: &[u32]) -> Vec<Id> {
        let ids = numbers.iter();
        ids.filter_map(|number| self.links.get(*number as usize).copied())
            .collect()
    }
}
