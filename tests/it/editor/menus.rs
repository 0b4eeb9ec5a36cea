//! The menu of what is under the pointer, or of what is selected.

use loopstream::editor::{Action, Command, Event, Gesture, MenuSubject, actions};
use loopstream::model::StationKind;

use super::{pair, ring};
use crate::common::driver::Driver;

fn ask(driver: &mut Driver, (x, y): (f64, f64)) -> MenuSubject {
    driver.move_to(x, y);
    let pointer = driver.pointer;
    driver.send(Event::Menu(pointer));
    let (subject, at) = *driver.menus.last().unwrap();
    assert_eq!((at.x, at.y), (x, y));
    subject
}

#[test]
fn a_right_click_selects_what_it_is_on_and_says_what_that_is() {
    let mut driver = ring();
    let link = *driver.links().first().unwrap();
    let (middle, handle, badge) = (driver.middle("risk"), driver.handle(link), driver.badge());
    assert_eq!(ask(&mut driver, middle), MenuSubject::Variable);
    assert_eq!(driver.selected().0, ["risk"]);
    assert_eq!(ask(&mut driver, handle), MenuSubject::Link);
    assert!(driver.editor.selection().contains(&link));
    assert_eq!(ask(&mut driver, badge), MenuSubject::Loop);
    assert!(driver.editor.chosen_loop().is_some());
    driver.act(Action::SelectLoop);
    assert_eq!(driver.selected().0.len(), 3);
    // What is selected already stays so.
    assert_eq!(ask(&mut driver, middle), MenuSubject::Several);
    assert_eq!(driver.selected().0.len(), 3);
    assert_eq!(ask(&mut driver, (900.0, 700.0)), MenuSubject::Canvas);
    assert!(driver.editor.selection().is_empty());
    assert_eq!(driver.editor.chosen_loop(), None);
}

#[test]
fn what_the_menu_of_the_canvas_adds_goes_where_it_was_asked_for() {
    for (action, name) in [(Action::AddVariable, "here"), (Action::AddStep, "Here")] {
        let mut driver = Driver::default();
        ask(&mut driver, (220.0, 340.0));
        driver.act(action);
        driver.type_text(name);
        let document = driver.editor.document();
        let id = document.ids().next().unwrap();
        let at = document.placement(id).unwrap().position;
        let at = driver.editor.view().to_screen(at);
        assert_eq!((at.x, at.y), (220.0, 340.0));
        // The next one goes where there is room.
        driver.key("escape");
        driver.act(action);
        driver.type_text("next");
        assert_eq!(driver.editor.document().len(), 2);
    }
}

#[test]
fn the_key_opens_the_menu_of_what_is_selected() {
    for key in ["contextmenu", "shift+f10"] {
        let mut driver = pair();
        assert_eq!(driver.key(key), Some(Action::OpenMenu));
        assert_eq!(driver.menus.pop().unwrap().0, MenuSubject::Canvas);
        driver.click(300.0, 300.0);
        driver.key(key);
        let (subject, at) = driver.menus.pop().unwrap();
        assert_eq!(subject, MenuSubject::Variable);
        assert!((at.x - 300.0).abs() < 1.0 && at.y > 300.0, "under it");
    }
}

#[test]
fn a_long_press_is_no_drag() {
    let mut driver = pair();
    driver.finger(1);
    driver.press(300.0, 300.0);
    let pointer = driver.pointer;
    driver.send(Event::Menu(pointer));
    assert_eq!(driver.menus.len(), 1);
    assert_eq!(*driver.editor.gesture(), Gesture::Idle);
    driver.move_to(340.0, 340.0);
    driver.release();
    assert_eq!(driver.position("risk"), (300.0, 300.0));
    // In the middle of a drag there is none.
    driver.mouse();
    driver.begin_drag((300.0, 300.0), (400.0, 400.0));
    let pointer = driver.pointer;
    driver.send(Event::Menu(pointer));
    assert_eq!(driver.menus.len(), 1);
    driver.release();
}

#[test]
fn menus_offer_rows_of_the_table_that_can_be_done() {
    let mut driver = ring();
    driver.run(Command::AddStation(StationKind::Step, "Build".to_owned()));
    for subject in MenuSubject::ALL {
        let all = driver.editor.menu_of(subject);
        let is_rule = |entry: Option<&Option<Action>>| matches!(entry, None | Some(None));
        for (index, entry) in all.iter().enumerate() {
            match entry {
                Some(action) => {
                    assert!(actions().any(|row| row.action == *action));
                    assert!(
                        driver.editor.holds(action.row().when),
                        "{subject:?} {action:?}"
                    );
                }
                None => {
                    let (before, after) =
                        (index.checked_sub(1).map(|at| &all[at]), all.get(index + 1));
                    assert!(!is_rule(before) && !is_rule(after), "{subject:?}: {all:?}");
                }
            }
        }
    }
    let has =
        |driver: &Driver, subject, action| driver.editor.menu_of(subject).contains(&Some(action));
    assert!(has(&driver, MenuSubject::Station, Action::EditMeasures));
    assert!(has(&driver, MenuSubject::Canvas, Action::Paste));
    let middle = driver.middle("risk");
    assert!(!has(&driver, MenuSubject::Variable, Action::ToggleStock));
    ask(&mut driver, middle);
    assert!(has(&driver, MenuSubject::Variable, Action::ToggleStock));
    assert!(has(&driver, MenuSubject::Variable, Action::LinkTo));
}

#[test]
fn who_only_looks_is_offered_nothing_that_changes() {
    let mut driver = ring();
    driver.editor = driver.editor.clone().for_viewing();
    for at in [driver.middle("risk"), driver.badge(), (900.0, 700.0)] {
        let subject = ask(&mut driver, at);
        let menu = driver.editor.menu_of(subject);
        assert!(!menu.is_empty(), "{subject:?}");
        for action in menu.into_iter().flatten() {
            let before = driver.editor.committed_document();
            driver.act(action);
            assert_eq!(driver.editor.committed_document(), before, "{action:?}");
        }
    }
    assert_eq!(driver.commits, 6);
}
