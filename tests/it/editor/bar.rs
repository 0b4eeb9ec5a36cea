//! Where the bar of the selection stands.

use std::collections::BTreeSet;

use loopstream::editor::{BarRoom, Event};
use loopstream::model::{
    Document, Edit, Element, Id, Link, Placement, Point, Rect, Variable, Vector,
};
use loopstream::scene::seen_rect;
use proptest::prelude::*;

use crate::common::driver::Driver;

const BAR: Vector = Vector::new(300.0, 44.0);

fn room() -> BarRoom {
    // The zoom in the corner of a canvas of 1,000 × 800.
    let zoom = Rect::from_points(Point::new(800.0, 750.0), Point::new(988.0, 788.0));
    BarRoom {
        bar: BAR,
        taken: vec![zoom],
    }
}

fn placed(driver: &Driver, room: &BarRoom) -> Rect {
    let at = driver.editor.bar_place(room).unwrap();
    Rect::from_points(at, at + room.bar)
}

fn on_screen(driver: &Driver, rect: &Rect) -> Rect {
    let view = driver.editor.view();
    Rect::from_points(
        view.to_screen(Point::new(rect.left, rect.top)),
        view.to_screen(Point::new(rect.right, rect.bottom)),
    )
}

/// The box of a variable as it is seen.
fn seen(driver: &Driver, id: Id) -> Rect {
    let node = &driver.editor.scene().nodes()[&id];
    on_screen(driver, &seen_rect(node, driver.editor.view().zoom))
}

#[test]
fn it_stands_over_the_selection_and_goes_where_there_is_room() {
    let canvas = Rect::from_points(Point::default(), Point::new(1_000.0, 800.0));
    for (at, side) in [
        ((500.0, 400.0), "over"),
        ((500.0, 20.0), "under"),
        ((20.0, 400.0), "over"),
        ((980.0, 780.0), "over"),
    ] {
        let mut driver = Driver::with(&[("risk", at.0, at.1)], &[]);
        driver.send(Event::Select(BTreeSet::from([driver.id("risk")])));
        let bar = placed(&driver, &room());
        let risk = seen(&driver, driver.id("risk"));
        assert!(canvas.contains_rect(&bar), "{at:?}");
        match side {
            "over" => assert!(bar.bottom + 12.0 <= risk.top, "{at:?}: {bar:?}"),
            _ => assert!(bar.top - 12.0 >= risk.bottom, "{at:?}: {bar:?}"),
        }
    }
    let mut driver = Driver::with(&[("risk", 500.0, 400.0)], &[]);
    driver.key("escape");
    assert_eq!(driver.editor.bar_place(&room()), None);
}

#[test]
fn it_takes_the_side_where_nothing_comes_in() {
    // Links come in from above: the bar stands under the variable.
    let mut driver = Driver::with(
        &[
            ("one", 300.0, 100.0),
            ("two", 500.0, 100.0),
            ("three", 700.0, 100.0),
            ("risk", 500.0, 300.0),
        ],
        &[("one", "risk"), ("two", "risk"), ("three", "risk")],
    );
    let risk = driver.id("risk");
    driver.send(Event::Select(BTreeSet::from([risk])));
    let bar = placed(&driver, &room());
    for link in driver.editor.scene().links().values() {
        let head = driver.editor.view().to_screen(link.curve.point(1.0));
        assert!(!bar.contains(head), "{bar:?} covers a head");
        assert!(!bar.intersects(&on_screen(&driver, &link.sign_box())));
    }
    assert!(bar.top > seen(&driver, risk).bottom, "{bar:?}");
}

#[test]
fn on_a_phone_it_stands_at_the_foot_where_there_is_no_room_beside() {
    let mut driver = Driver::with(
        &[
            ("first", 180.0, 85.0),
            ("over", 180.0, 150.0),
            ("risk", 180.0, 220.0),
            ("under", 180.0, 290.0),
            ("last", 180.0, 355.0),
        ],
        &[],
    );
    driver.send(Event::Resized(Vector::new(360.0, 640.0)));
    driver.send(Event::Select(BTreeSet::from([driver.id("risk")])));
    let taken = vec![Rect::from_points(
        Point::new(150.0, 590.0),
        Point::new(348.0, 628.0),
    )];
    let room = BarRoom {
        bar: Vector::new(240.0, 44.0),
        taken: taken.clone(),
    };
    let bar = placed(&driver, &room);
    assert!(bar.top > 480.0 && bar.bottom < taken[0].top, "{bar:?}");
}

/// Variables where they fall, with links, and a view of them.
fn drawn() -> impl Strategy<Value = (Document, f64)> {
    let places = prop::collection::vec((60.0..940.0, 60.0..740.0), 2..14);
    let links = prop::collection::vec(
        (
            any::<prop::sample::Index>(),
            any::<prop::sample::Index>(),
            -0.6..0.6,
        ),
        1..16,
    );
    (places, links, 0.4..1.6).prop_map(|(places, links, zoom)| {
        let mut document = Document::default();
        let mut edit = Edit::new(&document);
        let id = |at: usize| Id::from_bits(at as u64 + 1);
        for (at, (x, y)) in places.iter().enumerate() {
            let placement = Placement {
                position: Point::new(*x, *y),
                ..Placement::default()
            };
            let name = format!("variable {at}");
            let variable = Variable {
                name,
                placement,
                ..Variable::default()
            };
            edit.set(id(at), Some(Element::Variable(variable)));
        }
        for (at, (from, to, bend)) in links.iter().enumerate() {
            let [from, to] = [from, to].map(|end| id(end.index(places.len())));
            edit.set(
                id(1_000 + at),
                Some(Element::Link(Link::new(from, to, *bend))),
            );
        }
        let patch = edit.finish();
        document.apply(&patch).unwrap();
        (document, zoom)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn it_never_covers_what_it_edits((document, zoom) in drawn()) {
        let mut driver = Driver::open(document);
        driver.editor.set_view(driver.editor.view().zoomed_to(zoom, Point::new(500.0, 400.0)));
        let canvas = Rect::from_points(Point::default(), Point::new(1_000.0, 800.0));
        let ids: Vec<Id> = driver.editor.document().ids().collect();
        for id in ids {
            driver.send(Event::Select(BTreeSet::from([id])));
            let room = room();
            let bar = placed(&driver, &room);
            prop_assert!(canvas.contains_rect(&bar));
            prop_assert!(!room.taken[0].intersects(&bar));
            let scene = driver.editor.scene();
            if scene.nodes().contains_key(&id) {
                prop_assert!(!seen(&driver, id).intersects(&bar));
            }
            let Some(edge) = driver.editor.document().edge(id) else { continue };
            let link = loopstream::scene::seen_link(
                scene, driver.editor.document(), id, driver.editor.view().zoom,
            ).unwrap();
            for share in 0..=40 {
                let at = link.curve.point(f64::from(share) / 40.0);
                prop_assert!(!bar.contains(driver.editor.view().to_screen(at)));
            }
            prop_assert!(!bar.intersects(&on_screen(&driver, &link.sign_box())));
            for end in [edge.from, edge.to] {
                prop_assert!(!bar.intersects(&seen(&driver, end)));
            }
        }
    }
}
