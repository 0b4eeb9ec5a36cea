//! Who only looks: pans, zooms and lights loops.

use loopstream::editor::{Access, Action, Command, Event, PointerKind};

use crate::common::driver::Driver;
use crate::editor::ring;

fn viewer() -> Driver {
    let mut driver = ring();
    driver.editor = driver.editor.clone().for_viewing();
    driver
}

#[test]
fn a_drag_pans_wherever_it_begins() {
    let mut driver = viewer();
    let before = driver.editor.view().pan;
    let (x, y) = driver.middle("risk");
    driver.drag((x, y), (x + 40.0, y + 25.0));
    let moved = driver.editor.view().pan - before;
    assert_eq!((moved.x, moved.y), (40.0, 25.0));
    assert_eq!(driver.selected().0, Vec::<String>::new());
}

#[test]
fn a_badge_lights_its_loop_while_pointed_at_and_keeps_it_when_pressed() {
    let mut driver = viewer();
    let (x, y) = driver.badge();
    driver.move_to(x, y);
    assert!(driver.editor.highlighted_loop().is_some());
    assert_eq!(driver.editor.cursor(), "pointer");
    driver.click(x, y);
    driver.move_to(5.0, 5.0);
    assert!(driver.editor.highlighted_loop().is_some());
    assert_eq!(driver.editor.cursor(), "grab");
    driver.click(x, y);
    driver.move_to(5.0, 5.0);
    assert!(driver.editor.highlighted_loop().is_none());
}

#[test]
fn keys_that_would_change_something_mean_nothing() {
    let mut driver = viewer();
    for key in ["n", "Delete", "ctrl+z", "ctrl+v", "ctrl+x", "a", "p"] {
        assert_eq!(driver.key(key), None, "{key}");
    }
    assert_eq!(driver.key("ctrl+0"), Some(Action::ZoomActual));
    assert_eq!(driver.key("ctrl+s"), Some(Action::SaveFile));
    let before = driver.editor.view().pan;
    assert_eq!(driver.key("arrowleft"), Some(Action::NudgeLeft));
    assert!(driver.editor.view().pan.x > before.x);
}

#[test]
fn what_would_change_something_is_told_apart_from_what_only_looks() {
    let driver = viewer();
    let rename = Event::Do(Command::SetTitle("Other".to_owned()));
    for event in [
        rename.clone(),
        Event::Act(Action::Delete),
        Event::Act(Action::ToolVariable),
    ] {
        assert!(driver.editor.refuses(&event), "{event:?}");
    }
    for event in [
        Event::Leave,
        Event::Act(Action::ZoomFit),
        Event::Act(Action::ExportSvg),
    ] {
        assert!(!driver.editor.refuses(&event), "{event:?}");
    }
    assert!(!ring().editor.refuses(&rename));
    // Who watches a room can go to another document, and leave.
    let mut guest = ring();
    guest.editor.set_access(Access::Watch);
    assert!(guest.editor.refuses(&rename));
    for action in [Action::NewDocument, Action::Documents, Action::WorkTogether] {
        assert!(driver.editor.refuses(&Event::Act(action)), "{action:?}");
        assert!(!guest.editor.refuses(&Event::Act(action)), "{action:?}");
    }
}

#[test]
fn where_there_is_nothing_to_see_nothing_is_hinted_at() {
    let mut driver = Driver::default();
    assert_ne!(driver.editor.hint(PointerKind::Fine), "");
    driver.editor = driver.editor.clone().for_viewing();
    assert_eq!(driver.editor.hint(PointerKind::Fine), "");
}
