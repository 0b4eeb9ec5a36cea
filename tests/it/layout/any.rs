//! What holds of any diagram, however it is drawn.

use std::collections::BTreeSet;

use loopstream::layout::{Arrange, Scope};
use loopstream::model::{
    Document, Edit, Element, Flow, FlowKind, Id, Link, Note, Placement, Point, Records, Station,
    StationKind, Variable, Vector,
};
use proptest::collection::vec;
use proptest::prelude::*;

use super::common::{arranged_by, at, id, link_id, rect};

#[derive(Clone, Debug)]
struct Case {
    document: Document,
    sizes: Records<Vector>,
    arrange: Arrange,
    scope: Scope,
}

fn placement() -> impl Strategy<Value = Placement> {
    let coordinate = || prop_oneof![9 => -600.0..600.0_f64, 1 => Just(1.0e7), 1 => Just(0.0)];
    (coordinate(), coordinate(), 0..8_u8).prop_map(|(x, y, hold)| Placement {
        position: Point::new(x, y),
        locked: hold == 0,
        ..Placement::default()
    })
}

/// Variables and stations with links and flows between them, and notes.
fn case() -> impl Strategy<Value = Case> {
    let things = vec(
        (placement(), 60.0..200.0_f64, 20.0..60.0_f64, 0..6_u8),
        1..13,
    );
    let edges = vec((0..13_usize, 0..13_usize, 0..5_u8), 0..22);
    let notes = vec(placement(), 0..3);
    let how = (
        any::<bool>(),
        prop_oneof![2 => Just(None), 1 => vec(0..16_usize, 0..9).prop_map(Some)],
    );
    (things, edges, notes, 1..13_usize, how).prop_map(
        |(things, edges, notes, variables, (afresh, chosen))| {
            let mut document = Document::default();
            let mut edit = Edit::new(&document);
            let mut sizes = Records::new();
            let variables = variables.min(things.len());
            for (number, (placement, width, height, kind)) in things.iter().enumerate() {
                let placement = *placement;
                sizes.insert(id(number), Vector::new(*width, *height));
                edit.set(
                    id(number),
                    Some(if number < variables {
                        Element::Variable(Variable {
                            placement,
                            ..Variable::default()
                        })
                    } else {
                        let kinds = [
                            StationKind::Step,
                            StationKind::Queue,
                            StationKind::Supermarket,
                            StationKind::Supplier,
                            StationKind::Customer,
                            StationKind::Control,
                        ];
                        let kind = kinds[usize::from(*kind)];
                        Element::Station(Station {
                            kind,
                            placement,
                            ..Station::default()
                        })
                    }),
                );
            }
            for (number, (from, to, kind)) in edges.iter().enumerate() {
                let (from, to) = (from % things.len(), to % things.len());
                if (from < variables) != (to < variables) {
                    continue;
                }
                let kinds = [
                    FlowKind::Push,
                    FlowKind::Pull,
                    FlowKind::Fifo,
                    FlowKind::Rework,
                    FlowKind::ManualInformation,
                ];
                edit.set(
                    link_id(number),
                    Some(if from < variables {
                        Element::Link(Link::new(id(from), id(to), 0.0))
                    } else {
                        Element::Flow(Flow::new(id(from), id(to), kinds[usize::from(*kind)]))
                    }),
                );
            }
            for (number, placement) in notes.into_iter().enumerate() {
                let note = Note {
                    width: 120.0,
                    ..Note::new(String::new(), placement)
                };
                edit.set(
                    Id::from_bits(5_000 + number as u64),
                    Some(Element::Note(note)),
                );
            }
            let patch = edit.finish();
            document.apply(&patch).unwrap();
            Case {
                document,
                sizes,
                arrange: if afresh {
                    Arrange::Afresh
                } else {
                    Arrange::Tidy
                },
                scope: chosen.map_or(Scope::Everything, |chosen| {
                    Scope::Only(chosen.into_iter().map(id).collect::<BTreeSet<Id>>())
                }),
            }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn nothing_overlaps_what_is_held_stays_and_it_comes_out_alike(case in case()) {
        let Case { document, sizes, arrange, scope } = case;
        let after = arranged_by(&document, &sizes, arrange, scope.clone(), u64::MAX);
        let ids: Vec<Id> = sizes.keys().copied().collect();
        let free = |id: &Id| {
            let chosen = match &scope {
                Scope::Everything => true,
                Scope::Only(chosen) => chosen.contains(id),
            };
            chosen && !document.placement(*id).unwrap().locked
        };
        for (index, one) in ids.iter().enumerate() {
            prop_assert!(at(&after, *one).is_finite());
            if !free(one) {
                prop_assert_eq!(at(&after, *one), at(&document, *one));
            }
            for other in &ids[index + 1..] {
                let apart = !rect(&after, &sizes, *one).intersects(&rect(&after, &sizes, *other));
                prop_assert!(apart || !free(one) && !free(other), "{one} on {other}");
            }
        }
        for (id, note) in document.notes() {
            let stays = scope != Scope::Everything || note.placement.locked;
            prop_assert!(!stays || at(&after, *id) == note.placement.position);
        }
        prop_assert_eq!(document.len(), after.len());
        let again = arranged_by(&document, &sizes, arrange, scope, 20_000);
        prop_assert_eq!(again, after);
    }
}
