//! The links of a drawn graph: an edge that is drawn again as it is is the same link.

use std::collections::{BTreeMap, BTreeSet};

use super::graph_builder::{GraphBuilder, LossWords};
use super::reader::Warning;
use super::syntax::shortened;
use crate::model::{Delay, Id, Link, Polarity};

/// Whether anything stands beside an edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// Something does, even if it says that a sign is unknown.
    Written,
    /// Nothing does: where the edge is drawn with a label too, that one says more.
    None,
}

/// Adds links one by one, and counts the edges that are drawn again.
#[derive(Debug, Default)]
pub struct DrawnLinks {
    /// The links that are alike in all that an edge says.
    said: BTreeSet<(Id, Id, Polarity, Delay, String)>,
    /// By the ends: the index of the link whose edge has no label, and whether another has one.
    bare: BTreeMap<(Id, Id), usize>,
    labelled: BTreeSet<(Id, Id)>,
    repeated: usize,
}

impl DrawnLinks {
    /// Adds the link of an edge, unless it is there.
    pub fn add(&mut self, graph: &mut GraphBuilder<'_>, link: Link, label: Label) {
        let ends = (link.from, link.to);
        if label == Label::None {
            if self.labelled.contains(&ends) || self.bare.contains_key(&ends) {
                self.repeated += 1;
                return;
            }
            self.bare.insert(ends, graph.links().len());
            graph.add_link(link);
            return;
        }
        let said = (
            link.from,
            link.to,
            link.polarity,
            link.delay,
            link.remark.clone(),
        );
        if !self.said.insert(said) {
            self.repeated += 1;
            return;
        }
        self.labelled.insert(ends);
        let bare = self.bare.remove(&ends);
        match bare.and_then(|index| graph.link_mut(index)) {
            Some(standing) => {
                self.repeated += 1;
                *standing = link;
            }
            None => {
                graph.add_link(link);
            }
        }
    }

    /// What is to be told of edges that are drawn again, and of pairs with both signs.
    pub fn warnings(&self, graph: &GraphBuilder<'_>) -> Vec<Warning> {
        const REPEATED: LossWords = LossWords(
            "edge is drawn again, and is one link with the other",
            "edges are drawn again, and are one link with the others",
        );
        let both = both_signs(graph);
        REPEATED
            .warning(self.repeated)
            .into_iter()
            .chain(both)
            .collect()
    }
}

/// That some pairs of variables have links of both signs, with the first of them.
pub fn both_signs(graph: &GraphBuilder<'_>) -> Option<Warning> {
    let mut signs: BTreeMap<(Id, Id), [bool; 2]> = BTreeMap::new();
    for (_, link) in graph.links() {
        let signs = signs.entry((link.from, link.to)).or_default();
        signs[0] |= link.polarity == Polarity::Positive;
        signs[1] |= link.polarity == Polarity::Negative;
    }
    // In the order of the text.
    let mut pairs = graph.links().iter().map(|(_, link)| (link.from, link.to));
    let first = pairs.find(|ends| signs.get(ends) == Some(&[true; 2]))?;
    let count = signs.values().filter(|signs| **signs == [true; 2]).count();
    let name = |id| shortened(graph.name(id));
    let (from, to) = (name(first.0), name(first.1));
    let message = match count {
        1 => {
            format!("{from} \u{2192} {to} is said with + and with -: there is a link of each sign")
        }
        _ => format!(
            "{count} links are said with + and with -, the first is {from} \u{2192} {to}: there is a \
             link of each sign"
        ),
    };
    Some(Warning::note(message))
}
