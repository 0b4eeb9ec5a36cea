//! Panning, zooming, pointing.

use loopstream::editor::{Action, Button, Event, Gesture, PointerKind};
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
            "Drag to another to connect them, click for the next variable",
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
