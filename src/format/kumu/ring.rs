//! Which links a loop of connections means.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::Id;

/// A link with its ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    pub from: Id,
    pub to: Id,
    pub link: Id,
}

/// The links that go once round, one of each connection; a connection both ways has two to choose
/// from. None where there is no such ring.
pub fn ring(connections: &[&[Step]]) -> Option<Vec<Id>> {
    let mut leaving: BTreeMap<Id, Vec<(usize, Step)>> = BTreeMap::new();
    for (index, steps) in connections.iter().enumerate() {
        for step in *steps {
            leaving.entry(step.from).or_default().push((index, *step));
        }
    }
    let first = connections.first()?;
    let mut rings = first.iter();
    rings.find_map(|start| round(&leaving, connections.len(), *start))
}

/// The ring of so many links that begins with this one of the first connection.
fn round(
    leaving: &BTreeMap<Id, Vec<(usize, Step)>>,
    length: usize,
    start: Step,
) -> Option<Vec<Id>> {
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
        let (index, step) = next.find(|(index, _)| !used.contains(index))?;
        used.insert(*index);
        links.push(step.link);
        at = step.to;
    }
    (at == start.from).then_some(links)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(from: u64, to: u64, link: u64) -> Step {
        let [from, to, link] = [from, to, link].map(Id::from_bits);
        Step { from, to, link }
    }

    #[test]
    fn links_that_go_round_are_a_ring_in_any_order() {
        let links = |all: &[&[Step]]| {
            ring(all).map(|mut ids| {
                ids.sort_unstable();
                ids
            })
        };
        let of = |ids: &[u64]| Some(ids.iter().map(|id| Id::from_bits(*id)).collect::<Vec<_>>());
        let (ab, bc, ca) = ([step(1, 2, 10)], [step(2, 3, 11)], [step(3, 1, 12)]);
        assert_eq!(links(&[&ab, &ca, &bc]), of(&[10, 11, 12]));
        // The way that fits of a connection both ways, also where it comes first.
        let both = [step(2, 1, 20), step(1, 2, 21)];
        assert_eq!(links(&[&both, &bc, &ca]), of(&[11, 12, 21]));
        assert_eq!(links(&[&[step(1, 1, 30)]]), of(&[30]));
        for no in [
            &[&ab[..], &bc] as &[&[Step]],
            &[&ab, &ab],
            &[&ab, &[step(2, 1, 13)], &[step(2, 1, 14)]],
            &[&[]],
            &[],
        ] {
            assert_eq!(ring(no), None, "{no:?}");
        }
    }
}
