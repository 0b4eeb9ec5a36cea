//! Panning, zooming, pointing.

use loopstream::editor::{Action, Button, Event, Gesture, Lit, PointerKind};
use loopstream::model::{Point, Vector};
use loopstream::scene::Hit;

use crate::common::driver::Driver;
use crate::editor::{pair, ring};

#[test]
fn the_wheel_pans_and_zooms() {
    for (held, turn, pan) in [
        ("", (5.0, 20.0), (-5.0, -20.0)),
        ("s", (0.0, 20.0), (-20.0, 0.0)),
        ("s", (20.0, 0.0), (-20.0, 0.0)),
    ] {
        let mut driver = pair();
        driver.hold(held);
        driver.wheel(turn.0, turn.1);
        assert_eq!(
            driver.editor.view().pan,
            Vector::new(pan.0, pan.1),
            "{held:?} {turn:?}"
        );
    }
    let mut driver = pair();
    driver.move_to(300.0, 300.0);
    driver.hold("c");
    for (turn, larger) in [(-20.0, true), (50.0, false)] {
        let before = driver.editor.view().zoom;
        driver.wheel(0.0, turn);
        assert_eq!(driver.editor.view().zoom > before, larger);
        let (x, y) = driver.middle("risk");
        assert!(Point::new(x, y).distance(Point::new(300.0, 300.0)) < 1.0e-9);
    }
}

#[test]
fn the_canvas_is_dragged_with_space_or_the_wheel_or_the_hand() {
    for how in ["space", "middle", "hand"] {
        let mut driver = pair();
        let button = if how == "middle" {
            Button::Middle
        } else {
            Button::Primary
        };
        if how == "space" {
            driver.hold("b");
            driver.move_to(300.0, 300.0);
            assert_eq!(driver.editor.cursor(), "grab");
        }
        if how == "hand" {
            driver.key("h");
        }
        driver.press_with(button, 300.0, 300.0);
        driver.move_to(340.0, 310.0);
        assert_eq!(driver.editor.cursor(), "grabbing", "{how}");
        driver.release();
        assert_eq!(driver.editor.view().pan, Vector::new(40.0, 10.0), "{how}");
        assert_eq!(driver.position("risk"), (300.0, 300.0), "{how}");
        assert_eq!(driver.selected(), (vec![], 0), "{how}");
    }
}

#[test]
fn what_is_dragged_stays_under_the_pointer_while_the_wheel_pans() {
    let mut driver = pair();
    driver.begin_drag((300.0, 300.0), (400.0, 500.0));
    driver.wheel(0.0, 100.0);
    assert_eq!(driver.middle("risk"), (400.0, 500.0));
    driver.release();
    assert_eq!(driver.position("risk"), (400.0, 600.0));
}

#[test]
fn two_fingers_pan_and_pinch() {
    let mut driver = pair();
    driver.finger(1);
    driver.begin_drag((300.0, 300.0), (350.0, 350.0));
    assert_ne!(driver.position("risk"), (300.0, 300.0));
    driver.finger(2);
    driver.press(550.0, 350.0);
    assert_eq!(*driver.editor.gesture(), Gesture::Pinching);
    assert_eq!(
        driver.position("risk"),
        (300.0, 300.0),
        "the drag is given up"
    );
    driver.move_to(750.0, 350.0);
    assert!((driver.editor.view().zoom - 2.0).abs() < 1.0e-9);
    driver.finger(1);
    driver.move_to(350.0, 450.0);
    driver.finger(2);
    driver.move_to(750.0, 450.0);
    assert!((driver.editor.view().zoom - 2.0).abs() < 1.0e-9);
    driver.release();
    let view = *driver.editor.view();
    driver.finger(1);
    driver.move_to(100.0, 100.0);
    assert_eq!(*driver.editor.view(), view, "one finger alone does no more");
    driver.release();
    assert_eq!(*driver.editor.gesture(), Gesture::Idle);
    assert_eq!(driver.editor.history_depth(), (2, 0));
}

#[test]
fn a_pinch_on_a_trackpad_zooms_about_its_place() {
    let mut driver = pair();
    let position = Point::new(300.0, 300.0);
    driver.move_to(position.x, position.y);
    for (factor, zoom) in [(1.5, 1.5), (0.5, 0.75)] {
        driver.send(Event::Pinch(position, factor));
        assert!((driver.editor.view().zoom - zoom).abs() < 1.0e-9);
        let (x, y) = driver.middle("risk");
        assert!(Point::new(x, y).distance(position) < 1.0e-9);
    }
    // A scale of nothing, as no browser should tell.
    for factor in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        driver.send(Event::Pinch(position, factor));
        assert!((driver.editor.view().zoom - 0.75).abs() < 1.0e-9);
    }
}

#[test]
fn fingers_on_a_screen_zoom_once_where_the_browser_tells_of_their_pinch_too() {
    let mut driver = pair();
    driver.finger(1);
    driver.press(300.0, 300.0);
    driver.finger(2);
    driver.press(400.0, 300.0);
    driver.move_to(500.0, 300.0);
    driver.send(Event::Pinch(Point::new(400.0, 300.0), 2.0));
    assert!((driver.editor.view().zoom - 2.0).abs() < 1.0e-9);
}

#[test]
fn what_is_dragged_stays_under_the_pointer_during_a_pinch() {
    let mut driver = pair();
    driver.begin_drag((300.0, 300.0), (400.0, 400.0));
    driver.send(Event::Pinch(Point::default(), 2.0));
    let (x, y) = driver.middle("risk");
    assert!(Point::new(x, y).distance(Point::new(400.0, 400.0)) < 1.0e-9);
    driver.release();
}

#[test]
fn a_gesture_follows_one_pointer() {
    let mut driver = pair();
    driver.begin_drag((300.0, 300.0), (400.0, 500.0));
    driver.finger(9);
    driver.press(100.0, 100.0);
    driver.move_to(50.0, 50.0);
    driver.release();
    driver.send(Event::Lost(9));
    assert_eq!(driver.position("risk"), (400.0, 500.0));
    driver.mouse();
    driver.move_to(410.0, 510.0);
    driver.release();
    assert_eq!(driver.position("risk"), (410.0, 510.0));
}

#[test]
fn a_lost_pointer_gives_its_gesture_up() {
    let mut driver = pair();
    driver.begin_drag((300.0, 300.0), (400.0, 500.0));
    driver.send(Event::Lost(0));
    assert_eq!(driver.position("risk"), (300.0, 300.0));
    assert_eq!(*driver.editor.gesture(), Gesture::Idle);
}

#[test]
fn a_finger_reaches_farther_than_a_mouse() {
    let mut driver = pair();
    let rect = driver.editor.scene().nodes()[&driver.id("risk")].rect;
    let at = rect.bottom + 18.0;
    driver.drag((300.0, at), (600.0, 300.0));
    assert!(driver.links().is_empty(), "a mouse draws a box there");
    driver.finger(1);
    driver.drag((300.0, at), (600.0, 300.0));
    assert_eq!(driver.sentences(), ["risk → trust, no sign yet"]);
}

#[test]
fn what_the_pointer_is_over_says_what_it_can_do() {
    let mut driver = ring();
    let link = *driver.links().first().unwrap();
    let rect = driver.editor.scene().nodes()[&driver.id("risk")].rect;
    let (badge, handle) = (driver.badge(), driver.handle(link));
    for (at, cursor, hint) in [
        (
            (450.0, 450.0),
            "move",
            "Double-click to add a variable · drag from its edge to link",
        ),
        (
            (rect.left + 1.0, rect.bottom + 4.0),
            "crosshair",
            "Drag to another to connect them",
        ),
        (
            (450.0, rect.bottom + 12.0),
            "pointer",
            "Drag to another to connect them · click for the next variable",
        ),
        (
            badge,
            "pointer",
            "Click to keep the loop highlighted · double-click to name it",
        ),
        (
            handle,
            "pointer",
            "Click, then + \u{2212} ? for the sign \u{b7} D for a delay",
        ),
        (
            (900.0, 700.0),
            "default",
            "Double-click to add a variable · drag from its edge to link",
        ),
    ] {
        driver.move_to(at.0, at.1);
        assert_eq!(
            (
                driver.editor.cursor(),
                driver.editor.hint(PointerKind::Fine)
            ),
            (cursor, hint),
            "at {at:?}"
        );
    }
    driver.click(handle.0, handle.1);
    driver.move_to(handle.0, handle.1);
    assert_eq!(driver.editor.overlay().hover, Some(Hit::Handle(link)));
    assert_eq!(driver.editor.cursor(), "grab");
    driver.send(Event::Leave);
    assert_eq!(driver.editor.overlay().hover, None);
    for (tool, cursor, hint) in [
        ("h", "grab", "Drag the canvas"),
        ("n", "crosshair", "Click to add a variable"),
        ("t", "text", "Click to write a note"),
        ("l", "default", "Drag from one element to another"),
    ] {
        driver.key(tool);
        assert_eq!(
            (
                driver.editor.cursor(),
                driver.editor.hint(PointerKind::Fine)
            ),
            (cursor, hint),
            "{tool}"
        );
    }
    assert_eq!(
        Driver::default().editor.hint(PointerKind::Fine),
        "Double-click anywhere to add a variable · P for a step"
    );
}

#[test]
fn keys_zoom_and_fit() {
    let mut driver = ring();
    driver.key("ctrl+=");
    assert!((driver.editor.view().zoom - 1.25).abs() < 1.0e-9);
    driver.key("ctrl+0");
    assert!((driver.editor.view().zoom - 1.0).abs() < 1.0e-9);
    driver.key("shift+digit1");
    let bounds = driver.editor.scene().bounds().unwrap();
    assert!(driver.editor.view().visible().contains_rect(&bounds));
    driver.send(Event::Resized(Vector::new(0.0, 0.0)));
    driver.key("shift+digit1");
    driver.key("ctrl+-");
    assert!(driver.editor.view().zoom > 0.0);
}

#[test]
fn what_the_browser_takes_for_itself_has_not_panned() {
    let mut driver = pair();
    let view = *driver.editor.view();
    driver.finger(1);
    driver.press_with(Button::Middle, 300.0, 300.0);
    driver.move_to(310.1, 287.3);
    assert_ne!(*driver.editor.view(), view);
    driver.send(Event::Lost(1));
    assert_eq!(*driver.editor.view(), view);
    assert_eq!(*driver.editor.gesture(), Gesture::Idle);
}

#[test]
fn a_view_is_fitted_until_it_is_moved() {
    let mut driver = pair();
    assert!(!driver.editor.is_fitted());
    driver.act(Action::ZoomFit);
    assert!(driver.editor.is_fitted());
    driver.wheel(0.0, 1.0);
    assert!(!driver.editor.is_fitted());
    driver.act(Action::ZoomFit);
    driver.act(Action::ZoomIn);
    assert!(!driver.editor.is_fitted());
    // Where nothing is drawn there is nothing to go back to.
    let mut driver = Driver::default();
    driver.wheel(5.0, 5.0);
    assert!(driver.editor.is_fitted());
}

#[test]
fn what_was_fitted_is_fitted_again_in_another_window() {
    let wide = Vector::new(1_400.0, 900.0);
    let narrow = Vector::new(700.0, 900.0);
    let mut driver = pair();
    driver.act(Action::ZoomFit);
    for size in [narrow, wide, narrow] {
        driver.send(Event::Resized(size));
        assert!(driver.editor.is_fitted(), "{size:?}");
    }
    // Whoever looks elsewhere stays there.
    driver.wheel(30.0, 0.0);
    let before = *driver.editor.view();
    driver.send(Event::Resized(wide));
    let after = *driver.editor.view();
    assert_eq!((after.pan, after.zoom), (before.pan, before.zoom));
    assert_eq!(after.size, wide);
}

#[test]
fn what_is_selected_stays_in_sight_when_a_panel_takes_room() {
    let mut driver = pair();
    driver.act(Action::ZoomFit);
    driver.wheel(-200.0, -150.0);
    let id = driver.id("risk");
    let (x, y) = driver.middle("risk");
    driver.click(x, y);
    let is_seen = |driver: &Driver| {
        let bounds = driver.editor.scene().bounds_of(id).unwrap();
        driver.editor.view().visible().contains_rect(&bounds)
    };
    assert!(is_seen(&driver));
    let size = driver.editor.view().size;
    for share in [0.5, 0.3, 1.0] {
        driver.send(Event::Resized(Vector::new(size.x * share, size.y * share)));
        assert!(is_seen(&driver), "{share}");
    }
}

#[test]
fn a_view_that_was_kept_is_known_as_fitted() {
    let mut driver = pair();
    driver.editor.show_whole();
    let whole = *driver.editor.view();
    // As it is kept: the middle and the zoom, with a rounding.
    let kept = whole.panned(Vector::new(1.0e-9, 0.0));
    driver.wheel(9.0, 0.0);
    driver.editor.set_view(kept);
    driver.editor.recognise_fit();
    driver.send(Event::Resized(Vector::new(300.0, 300.0)));
    assert_ne!(driver.editor.view().zoom, whole.zoom);
    let bounds = driver.editor.scene().bounds().unwrap();
    assert!(driver.editor.view().visible().contains_rect(&bounds));
}

#[test]
fn a_window_that_changes_moves_nothing_that_is_in_the_hand() {
    let mut driver = pair();
    driver.act(Action::ZoomFit);
    let (x, y) = driver.middle("risk");
    driver.begin_drag((x, y), (x + 40.0, y + 30.0));
    let before = driver.editor.view().zoom;
    driver.send(Event::Resized(Vector::new(500.0, 400.0)));
    assert_eq!(driver.editor.view().zoom, before);
}

#[test]
fn neighbours_are_lit_step_by_step_and_what_is_pointed_at_goes_before() {
    let mut driver = Driver::with(
        &[
            ("one", 200.0, 300.0),
            ("two", 400.0, 300.0),
            ("three", 600.0, 300.0),
            ("four", 800.0, 300.0),
        ],
        &[("one", "two"), ("two", "three"), ("three", "four")],
    );
    let count = |driver: &Driver| driver.editor.neighbours().map(|near| near.records.len());
    driver.key("escape");
    driver.act(Action::ShowNeighbours);
    assert_eq!(count(&driver), None, "of nothing there are none");
    driver.click(200.0, 300.0);
    for (records, steps) in [(3, 1), (5, 2), (7, 3), (7, 4)] {
        driver.act(Action::ShowNeighbours);
        assert_eq!(count(&driver), Some(records));
        assert_eq!(driver.editor.neighbours().unwrap().steps, steps);
    }
    driver.send(Event::NeighboursWithin(1));
    assert_eq!(count(&driver), Some(3));
    let two = driver.id("two");
    driver.send(Event::PointAt([two].into()));
    assert!(matches!(driver.editor.lit(), Lit::PointedRecords(_)));
    driver.send(Event::PointAt([].into()));
    assert!(matches!(driver.editor.lit(), Lit::Neighbours(_)));
    driver.send(Event::NeighboursWithin(0));
    assert_eq!(driver.editor.lit(), Lit::Nothing);
}

#[test]
fn a_place_is_brought_into_the_middle_at_the_same_zoom() {
    let mut driver = pair();
    let zoom = driver.editor.view().zoom;
    driver.send(Event::LookAt(Point::new(4_000.0, -900.0)));
    assert!(
        driver
            .editor
            .view()
            .center()
            .distance(Point::new(4_000.0, -900.0))
            < 1.0e-6
    );
    assert_eq!(driver.editor.view().zoom, zoom);
}
