//! Which links a loop of connections means.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::Id;

/// A link with its ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Way {
    pub from: Id,
    pub to: Id,
    pub link: Id,
}

/// The links that go once round, one of each connection; a connection both ways has two to choose
/// from. None where there is no such ring.
pub fn ring(connections: &[&[Way]]) -> Option<Vec<Id>> {
    let mut leaving: BTreeMap<Id, Vec<(usize, Way)>> = BTreeMap::new();
    for (place, ways) in connections.iter().enumerate() {
        for way in *ways {
            leaving.entry(way.from).or_default().push((place, *way));
        }
    }
    let first = connections.first()?;
    let mut rings = first.iter();
    rings.find_map(|start| round(&leaving, connections.len(), *start))
}

/// The ring of so many links that begins with this one of the first connection.
fn round(leaving: &BTreeMap<Id, Vec<(usize, Way)>>, length: usize, start: Way) -> Option<Vec<Id>> {
    let mut links = vec![start.link];
    let mut used = BTreeSet::from([0]);
    let mut passed = BTreeSet::from([start.from]);
    let mut at = start.to;
    while links.len() < length {
        if !passed.insert(at) {
            return None;
        }
        // A variable of a ring has two of its connections: the one that led here, and this one.
        let mut next = leaving.get(&at)?.iter();
        let (place, way) = next.find(|(place, _)| !used.contains(place))?;
        used.insert(*place);
        links.push(way.link);
        at = way.to;
    }
    (at == start.from).then_some(links)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn way(from: u64, to: u64, link: u64) -> Way {
        let [from, to, link] = [from, to, link].map(Id::from_bits);
        Way { from, to, link }
    }

    #[test]
    fn links_that_go_round_are_a_ring_in_any_order() {
        let links = |all: &[&[Way]]| {
            ring(all).map(|mut ids| {
                ids.sort_unstable();
                ids
            })
        };
        let of = |ids: &[u64]| Some(ids.iter().map(|id| Id::from_bits(*id)).collect::<Vec<_>>());
        let (ab, bc, ca) = ([way(1, 2, 10)], [way(2, 3, 11)], [way(3, 1, 12)]);
        assert_eq!(links(&[&ab, &ca, &bc]), of(&[10, 11, 12]));
        // The way that fits of a connection both ways, also where it comes first.
        let both = [way(2, 1, 20), way(1, 2, 21)];
        assert_eq!(links(&[&both, &bc, &ca]), of(&[11, 12, 21]));
        assert_eq!(links(&[&[way(1, 1, 30)]]), of(&[30]));
        for no in [
            &[&ab[..], &bc] as &[&[Way]],
            &[&ab, &ab],
            &[&ab, &[way(2, 1, 13)], &[way(2, 1, 14)]],
            &[&[]],
            &[],
        ] {
            assert_eq!(ring(no), None, "{no:?}");
        }
    }
}
