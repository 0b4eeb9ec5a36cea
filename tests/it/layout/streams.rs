//! Value streams: from left to right, rework below, controls above.

use loopstream::layout::Arrange;
use loopstream::model::{
    Document, Edit, Element, Flow, FlowKind, Placement, Point, Rect, Station, StationKind,
};
use loopstream::scene::{EstimatedText, Scene};

use super::common::{arranged, at, id, link_id, rect, sizes, template};

const STREAMS: [&str; 5] = [
    "acme-stamping",
    "feature-to-production",
    "hot-fix",
    "penny-fab-one",
    "penny-fab-two",
];

fn stream(kinds: &[StationKind], flows: &[(usize, usize, FlowKind)]) -> Document {
    let mut document = Document::default();
    let mut edit = Edit::new(&document);
    for (number, kind) in kinds.iter().enumerate() {
        let position = Point::new(-7.0 * number as f64, 3.0);
        let placement = Placement {
            position,
            ..Placement::default()
        };
        let station = Station {
            kind: *kind,
            placement,
            ..Station::default()
        };
        edit.set(id(number), Some(Element::Station(station)));
    }
    for (number, (from, to, kind)) in flows.iter().enumerate() {
        edit.set(
            link_id(number),
            Some(Element::Flow(Flow::new(id(*from), id(*to), *kind))),
        );
    }
    let patch = edit.finish();
    document.apply(&patch).unwrap();
    document
}

/// Work goes to the right, rework bends below, controls stand above, ends at the ends.
fn assert_reads_as_a_stream(name: &str, document: &Document) {
    let sizes = sizes(document);
    let box_of = |id| rect(document, &sizes, id);
    let outside = |id| {
        let kind = document.stations()[&id].kind;
        matches!(kind, StationKind::Supplier | StationKind::Customer)
    };
    let steps = document.stations().iter();
    let steps = steps.filter(|(_, station)| station.kind == StationKind::Step);
    let first_row = steps
        .map(|(id, _)| box_of(*id).bottom)
        .fold(f64::INFINITY, f64::min);
    for flow in document.flows().values() {
        let (from, to) = (box_of(flow.from), box_of(flow.to));
        if flow.kind.is_forward() {
            // Down from a supplier and up to a customer that stand beside the control.
            let raised = [flow.from, flow.to].iter().any(|id| outside(*id))
                && (from.bottom + 20.0 < to.top || to.bottom + 20.0 < from.top);
            // A long map goes on under the end of its row, and leads back.
            let onwards = from.right + 20.0 < to.left;
            let down = from.bottom + 20.0 < to.top && from.left < to.right && to.left < from.right;
            let back = from.top > first_row && to.right + 20.0 < from.left;
            assert!(raised || onwards || down || back, "{name}: {flow:?}");
        }
        if flow.kind == FlowKind::Rework && flow.from != flow.to {
            let way = to.center() - from.center();
            let middle = from.center().midpoint(to.center()) + way.left() * flow.bend;
            assert!(
                middle.y > from.center().midpoint(to.center()).y + 20.0,
                "{name}: {flow:?}"
            );
        }
    }
    let works = |id| {
        let flows = document
            .edges_of(id)
            .filter_map(|flow| document.flows().get(&flow));
        flows.into_iter().any(|flow| flow.kind.carries_work())
    };
    for (id, station) in document.stations() {
        for (other, _) in document
            .stations()
            .iter()
            .filter(|(other, _)| works(**other))
        {
            let (here, there) = (box_of(*id), box_of(*other));
            match station.kind {
                StationKind::Control => {
                    assert!(here.bottom < there.top || outside(*other), "{name}");
                }
                StationKind::Supplier if works(*id) => assert!(here.left <= there.right, "{name}"),
                StationKind::Customer if works(*id) => {
                    // The row below leads back.
                    let leads_back = here.top > first_row && here.left <= there.right;
                    assert!(leads_back || here.right >= there.left, "{name}");
                }
                _ => {}
            }
        }
    }
    let ids: Vec<_> = document.stations().keys().copied().collect();
    for (index, one) in ids.iter().enumerate() {
        assert!(
            !ids[index + 1..]
                .iter()
                .any(|other| box_of(*one).intersects(&box_of(*other)))
        );
    }
}

#[test]
fn the_ready_maps_read_from_left_to_right() {
    for name in STREAMS {
        assert_reads_as_a_stream(name, &arranged(&template(name), Arrange::Afresh));
    }
}

#[test]
fn notes_leave_room_for_the_ladder_and_nothing_shoots_far_above() {
    for name in STREAMS {
        let after = arranged(&template(name), Arrange::Afresh);
        let scene = Scene::new(&after, &EstimatedText);
        let drawn = after.stations().keys().chain(after.flows().keys());
        let drawn: Vec<Rect> = drawn.filter_map(|id| scene.bounds_of(*id)).collect();
        let map = drawn.iter().copied().reduce(|one, other| one.union(&other));
        let map = map.unwrap();
        let ladder = Rect::from_points(
            Point::new(map.left, map.bottom),
            Point::new(map.right + 200.0, map.bottom + 100.0),
        );
        for id in after.notes().keys() {
            let note = scene.bounds_of(*id).unwrap();
            assert!(!note.intersects(&ladder), "{name}: {note:?} {ladder:?}");
            for station in after.stations().keys() {
                assert!(
                    !note.intersects(&scene.bounds_of(*station).unwrap()),
                    "{name}"
                );
            }
        }
        let stations = after
            .stations()
            .keys()
            .filter_map(|id| scene.bounds_of(*id));
        let top = stations.map(|rect| rect.top).fold(f64::INFINITY, f64::min);
        assert!(map.top > top - 120.0, "{name}: {} {top}", map.top);
    }
}

#[test]
fn tidying_a_ready_map_moves_little() {
    for name in STREAMS {
        for before in [template(name), arranged(&template(name), Arrange::Afresh)] {
            let after = arranged(&before, Arrange::Tidy);
            for id in before.stations().keys() {
                let way = at(&before, *id).distance(at(&after, *id));
                assert!(way < 20.0, "{name}: {id} moved {way}");
            }
        }
        let after = arranged(&arranged(&template(name), Arrange::Afresh), Arrange::Tidy);
        assert_reads_as_a_stream(name, &after);
    }
}

#[test]
fn branches_have_rows_and_rework_comes_back_below() {
    use FlowKind::{ElectronicInformation, Pull, Push, Rework};
    use StationKind::{Control, Customer, Queue, Step, Supplier};
    let kinds = [
        Supplier, Queue, Step, Step, Step, Step, Queue, Step, Customer, Control,
    ];
    let flows = [
        (0, 1, Push),
        (1, 2, Push),
        (2, 3, Push),
        (2, 4, Push),
        (3, 5, Push),
        (4, 5, Push),
        (5, 6, Push),
        (6, 7, Pull),
        (7, 8, Push),
        (7, 2, Rework),
        (5, 5, Rework),
        (8, 9, ElectronicInformation),
        (9, 2, ElectronicInformation),
        (2, 5, Push),
    ];
    let after = arranged(&stream(&kinds, &flows), Arrange::Afresh);
    assert_reads_as_a_stream("branches", &after);
    // The two branches stand in one column, in rows of their own.
    let (one, other) = (at(&after, id(3)), at(&after, id(4)));
    assert_eq!(one.x, other.x);
    assert!((one.y - other.y).abs() > 60.0);
    // The line itself is straight.
    for number in [0, 1, 5, 6, 7, 8] {
        assert_eq!(at(&after, id(number)).y, at(&after, id(2)).y);
    }
    // What passes the branches by does not go through them.
    let bypass = after.flows()[&link_id(13)].bend;
    assert!(bypass.abs() > 0.05, "{bypass}");
}

#[test]
fn a_circle_of_forward_flows_still_has_an_arrangement() {
    use FlowKind::Push;
    let kinds = [StationKind::Step; 4];
    let flows = [(0, 1, Push), (1, 2, Push), (2, 3, Push), (3, 1, Push)];
    let after = arranged(&stream(&kinds, &flows), Arrange::Afresh);
    for number in 0..3 {
        assert!(at(&after, id(number)).x < at(&after, id(number + 1)).x);
    }
}
