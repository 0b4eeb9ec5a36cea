//! Maps laid over each other, against what each of them has.

use crate::common::changes::patch_of;
use crate::common::document::{assert_valid, changes, document as any_document};
use loopstream::compare::{differences, lay_over};
use loopstream::model::{Document, Edit, Element, ElementKind, Id, Link, Polarity, Variable};
use proptest::prelude::*;

fn id(bits: u64) -> Id {
    Id::from_bits(bits)
}

/// A map of variables by their names, and of links between them with their signs.
fn map(first: u64, names: &[&str], links: &[(usize, usize, Polarity)]) -> Document {
    let mut document = Document::default();
    let empty = Document::default();
    let mut edit = Edit::new(&empty);
    for (at, name) in (first..).zip(names) {
        let variable = Variable {
            name: (*name).to_owned(),
            ..Variable::default()
        };
        edit.set(id(at), Some(Element::Variable(variable)));
    }
    for (at, (from, to, polarity)) in (first + 100..).zip(links) {
        let link = Link::new(id(first + *from as u64), id(first + *to as u64), 0.0);
        let link = Link {
            polarity: *polarity,
            ..link
        };
        edit.set(id(at), Some(Element::Link(link)));
    }
    document.apply(&edit.finish()).unwrap();
    document
}

#[test]
fn three_people_who_drew_apart_see_where_they_differ() {
    use Polarity::{Negative, Positive};
    let maps = [
        map(
            1_000,
            &["Pressure", "Haste", "Defects"],
            &[(0, 1, Positive), (1, 2, Positive)],
        ),
        map(
            2_000,
            &["haste", "pressure", "Tests"],
            &[(1, 0, Positive), (0, 2, Negative)],
        ),
        map(
            3_000,
            &["Defects", "Haste", "Pressure"],
            &[(2, 1, Negative), (1, 0, Positive)],
        ),
    ];
    let (laid, brought) = lay_over(&maps);
    assert_valid(&laid.document);
    assert_eq!(laid.document.variables().len(), 4);
    assert_eq!(laid.document.links().len(), 3);
    let of = |bits: u64| laid.divided.iter().find(|one| one.id == id(bits));
    // All have "Pressure" and "Haste"; one writes them otherwise.
    let pressure = of(1_000).unwrap();
    assert_eq!(pressure.seen, [0, 1, 2]);
    assert_eq!(pressure.views[0].field, "name");
    assert_eq!(pressure.views[0].groups, [vec![0, 2], vec![1]]);
    // One sees another sign.
    let link = of(1_100).unwrap();
    assert_eq!(
        (link.seen.as_slice(), link.views[0].field),
        (&[0, 1, 2][..], "polarity")
    );
    assert_eq!(link.views[0].groups, [vec![0, 1], vec![2]]);
    // Two see defects, one sees tests.
    assert_eq!(of(1_002).unwrap().seen, [0, 2]);
    assert_eq!(of(1_101).unwrap().seen, [0, 2]);
    let tests = laid.divided.iter().filter(|one| one.seen == [1]).count();
    assert_eq!(tests, 2);
    assert_eq!(laid.agreed, 0);
    assert_eq!(brought[1].variables()[&id(1_001)].name, "haste");
}

#[test]
fn of_none_and_of_one_there_is_nothing_to_say() {
    let (laid, brought) = lay_over(&[]);
    assert!(laid.document.is_empty() && brought.is_empty() && laid.divided.is_empty());
    let one = map(1, &["Pressure"], &[]);
    let (laid, _) = lay_over(std::slice::from_ref(&one));
    assert_eq!(
        (laid.document, laid.divided.len(), laid.agreed),
        (one, 0, 1)
    );
}

fn is_compared(kind: ElementKind) -> bool {
    use ElementKind::{Flow, Link, Station, Variable};
    matches!(kind, Variable | Link | Station | Flow)
}

proptest! {
    /// Copies of one map that went apart: each thing by its id, looked up in each.
    #[test]
    fn everything_that_any_has_is_there_and_told(
        start in any_document(),
        edits in prop::collection::vec(changes(), 1..5),
    ) {
        let maps: Vec<Document> = edits.iter().map(|edit| {
            let mut map = start.clone();
            map.apply(&patch_of(&start, edit)).unwrap();
            map
        }).collect();
        let (laid, brought) = lay_over(&maps);
        assert_valid(&laid.document);
        prop_assert_eq!(brought.len(), maps.len());
        let mut agreed = 0;
        for one in laid.document.ids() {
            let kind = laid.document.kind_of(one).unwrap();
            if !is_compared(kind) {
                continue;
            }
            let seen: Vec<usize> = (0..maps.len()).filter(|at| brought[*at].kind_of(one).is_some()).collect();
            prop_assert!(!seen.is_empty());
            let divided = laid.divided.iter().find(|divided| divided.id == one);
            // Two maps differ about it exactly where comparing the two says so.
            let differ = |a: usize, b: usize| {
                let found = differences(&brought[a], &brought[b]);
                found.into_iter().any(|difference| difference.id == one)
            };
            let is_divided = seen.len() < maps.len()
                || seen.iter().any(|a| seen.iter().any(|b| differ(*a, *b)));
            prop_assert_eq!(divided.is_some(), is_divided);
            let Some(divided) = divided else {
                agreed += 1;
                continue;
            };
            prop_assert_eq!(&divided.seen, &seen);
            for views in &divided.views {
                let mut all: Vec<usize> = views.groups.concat();
                all.sort_unstable();
                prop_assert_eq!(&all, &seen);
                prop_assert!(views.groups.len() > 1);
            }
        }
        prop_assert_eq!(laid.agreed, agreed);
        // Nothing of any map is lost.
        for map in &brought {
            for one in map.ids().filter(|one| map.kind_of(*one).is_some_and(is_compared)) {
                prop_assert!(laid.document.kind_of(one).is_some());
            }
        }
    }
}
