//! Shortest paths between two variables with a given net sign.

use std::collections::VecDeque;

use super::diagram::DiagramGraph;
use crate::model::{Delay, Document, Id, Polarity};

/// A path along links.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedPath {
    /// Its links, in order; at least one.
    pub links: Vec<Id>,
    /// Whether one of them is delayed.
    pub delay: Delay,
}

/// Finds short paths of a wanted sign, by breadth-first search over variables and signs.
#[derive(Clone, Debug)]
pub struct SignedPaths {
    diagram: DiagramGraph,
    /// The links that leave each variable.
    leaving: Vec<Vec<u32>>,
}

impl SignedPaths {
    /// The most links of a path.
    pub const LONGEST: usize = 8;

    /// The paths of a document.
    #[must_use]
    pub fn new(document: &Document) -> Self {
        let diagram = DiagramGraph::of(document);
        let mut leaving = vec![Vec::new(); diagram.variables.len()];
        for (number, link) in (0..).zip(diagram.graph.links()) {
            leaving[link.from as usize].push(number);
        }
        Self { diagram, leaving }
    }

    /// A shortest path from one variable to another with this net sign, 1 or -1, that passes no
    /// variable twice and none of the `barred` variables and links. Links of unknown polarity are
    /// not taken. `None` if there is none of up to [`Self::LONGEST`] links, or if the search meets
    /// only longer ones.
    #[must_use]
    pub fn shortest(&self, from: Id, to: Id, sign: i8, barred: &[Id]) -> Option<SignedPath> {
        let start = self.number(from)?;
        let end = self.number(to)?;
        let state = |variable: usize, negative: bool| 2 * variable + usize::from(negative);
        // By state: the link that led there and the state before; the start has none.
        let mut came: Vec<Option<(u32, usize)>> = vec![None; 2 * self.leaving.len()];
        let mut queue = VecDeque::from([(start, false, 0_usize)]);
        while let Some((variable, negative, length)) = queue.pop_front() {
            if length == Self::LONGEST {
                break;
            }
            for number in &self.leaving[variable] {
                let link = self.diagram.graph.links()[*number as usize];
                let next = link.to as usize;
                let flips = match link.polarity {
                    Polarity::Positive => false,
                    Polarity::Negative => true,
                    Polarity::Unknown => continue,
                };
                let is_barred = barred.contains(&self.diagram.links[*number as usize])
                    || barred.contains(&self.diagram.variables[next]);
                let here = state(next, negative != flips);
                if is_barred || next == start || came[here].is_some() {
                    continue;
                }
                let before = state(variable, negative);
                if self.passes(&came, before, start, next) {
                    continue;
                }
                came[here] = Some((*number, before));
                if next == end {
                    if (negative != flips) == (sign < 0) {
                        return Some(self.path(&came, here));
                    }
                    continue;
                }
                queue.push_back((next, negative != flips, length + 1));
            }
        }
        None
    }

    /// Whether the path to a state passes a variable.
    fn passes(
        &self,
        came: &[Option<(u32, usize)>],
        mut state: usize,
        start: usize,
        variable: usize,
    ) -> bool {
        while state / 2 != start {
            if state / 2 == variable {
                return true;
            }
            match came[state] {
                Some((_, before)) => state = before,
                None => return false,
            }
        }
        false
    }

    fn path(&self, came: &[Option<(u32, usize)>], mut state: usize) -> SignedPath {
        let mut numbers = Vec::new();
        while let Some((number, before)) = came[state] {
            numbers.push(number);
            state = before;
        }
        numbers.reverse();
        let delays = numbers.iter();
        let delays = delays.map(|number| self.diagram.graph.links()[*number as usize].delay);
        SignedPath {
            delay: delays.max().unwrap_or_default(),
            links: self.diagram.link_ids(&numbers),
        }
    }

    fn number(&self, id: Id) -> Option<usize> {
        self.diagram.variables.binary_search(&id).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Edit, Element, Link, Variable};

    fn document(links: &[(u64, u64, Polarity)]) -> Document {
        let empty = Document::default();
        let mut edit = Edit::new(&empty);
        for (number, (from, to, polarity)) in (100..).zip(links) {
            for end in [from, to] {
                edit.set(
                    Id::from_bits(*end),
                    Some(Element::Variable(Variable::default())),
                );
            }
            let link = Link {
                polarity: *polarity,
                ..Link::new(Id::from_bits(*from), Id::from_bits(*to), 0.0)
            };
            edit.set(Id::from_bits(number), Some(Element::Link(link)));
        }
        let mut document = Document::default();
        document.apply(&edit.finish()).unwrap();
        document
    }

    fn path(document: &Document, from: u64, to: u64, sign: i8, barred: &[u64]) -> Option<Vec<u64>> {
        let barred: Vec<Id> = barred.iter().map(|id| Id::from_bits(*id)).collect();
        let paths = SignedPaths::new(document);
        let path = paths.shortest(Id::from_bits(from), Id::from_bits(to), sign, &barred);
        path.map(|path| path.links.iter().map(|id| id.bits()).collect())
    }

    #[test]
    fn the_shortest_path_of_each_sign_is_found() {
        use Polarity::{Negative as N, Positive as P, Unknown as U};
        let document = document(&[(1, 2, P), (2, 3, P), (1, 3, N), (1, 4, U), (4, 3, P)]);
        assert_eq!(path(&document, 1, 3, 1, &[]), Some(vec![100, 101]));
        assert_eq!(path(&document, 1, 3, -1, &[]), Some(vec![102]));
        assert_eq!(path(&document, 1, 3, 1, &[2]), None);
        assert_eq!(path(&document, 1, 3, -1, &[102]), None);
        assert_eq!(path(&document, 3, 1, 1, &[]), None);
    }

    #[test]
    fn a_path_passes_no_variable_twice() {
        use Polarity::{Negative as N, Positive as P};
        // Only round the ring of 2 would the sign change.
        let document = document(&[(1, 2, P), (2, 4, N), (4, 2, P), (2, 3, P)]);
        assert_eq!(path(&document, 1, 3, 1, &[]), Some(vec![100, 103]));
        assert_eq!(path(&document, 1, 3, -1, &[]), None);
    }
}
