//! What somebody does who has never seen the app: types on what is selected, drags one thing onto
//! another, reads the hint.

use loopstream::editor::{Action, Command, KeyPress, PointerKind, TextOrigin};
use loopstream::model::StationKind;
use loopstream::scene::{Heading, Hit};
use proptest::prelude::*;

use super::pair;
use crate::common::driver::Driver;

/// Where a handle of a variable is, on the screen.
fn handle(driver: &Driver, name: &str, heading: Heading) -> (f64, f64) {
    let editor = &driver.editor;
    let outline = editor.scene().nodes()[&driver.id(name)].rect;
    let at = editor
        .view()
        .to_screen(heading.place(&outline, 1.0 / editor.view().zoom));
    (at.x, at.y)
}

fn hint(driver: &Driver) -> &str {
    driver.editor.hint(PointerKind::Fine)
}

#[test]
fn a_letter_on_one_variable_opens_its_name() {
    let mut driver = pair();
    driver.click(300.0, 300.0);
    for letter in ["s", "a", "c", "ä", "я", "5", "dead", "process"] {
        assert_eq!(driver.key(letter), Some(Action::EditText), "{letter}");
        let edit = driver.editor.text_edit().unwrap();
        assert_eq!(
            (edit.text.as_str(), edit.origin),
            ("risk", TextOrigin::Standing)
        );
        driver.escape_text();
        assert_eq!(driver.names(), ["risk", "trust"], "Escape brings it back");
    }
    driver.key("f");
    driver.type_text("fear");
    assert_eq!(driver.names(), ["fear", "trust"]);
    driver.key("ctrl+z");
    assert_eq!(driver.names(), ["risk", "trust"], "as one step");
    assert!(driver.asked.is_empty(), "and nothing was arranged");
}

#[test]
fn keys_that_are_no_letters_keep_their_meaning_on_a_variable() {
    for (key, action) in [
        ("?", Action::Help),
        ("delete", Action::Delete),
        ("arrowleft", Action::NudgeLeft),
        ("enter", Action::EditText),
        ("f2", Action::EditText),
        ("]", Action::SelectNext),
        ("ctrl+d", Action::Duplicate),
        ("shift+digit1", Action::ZoomFit),
        ("alt+s", Action::ToggleStock),
        ("alt+a", Action::Arrange),
        ("alt+shift+a", Action::Tidy),
        ("alt+n", Action::ToolVariable),
        ("alt+l", Action::LinkTo),
        ("alt+shift+d", Action::ToggleTheme),
    ] {
        let mut driver = pair();
        driver.click(300.0, 300.0);
        assert_eq!(driver.key(key), Some(action), "{key}");
    }
}

#[test]
fn single_keys_are_commands_where_no_variable_alone_is_selected() {
    let mut driver = pair();
    assert_eq!(driver.key("a"), Some(Action::Arrange), "nothing");
    driver.act(Action::SelectAll);
    assert_eq!(driver.key("s"), Some(Action::ToggleStock), "several");
    driver.draw_link("risk", "trust");
    assert_eq!(driver.key("d"), Some(Action::ToggleDelay), "a link");
    driver.run(Command::AddStation(StationKind::Step, "Build".to_owned()));
    // A viewer types nothing.
    let mut viewer = pair();
    viewer.click(300.0, 300.0);
    viewer.editor = viewer.editor.clone().for_viewing();
    assert_eq!(viewer.key("s"), None);
    // While words are typed, keys are the field's.
    let mut driver = pair();
    driver.double_click(300.0, 300.0);
    let press = KeyPress {
        key: "s".to_owned(),
        ..KeyPress::default()
    };
    assert!(!driver.editor.types_name(&press));
}

#[test]
fn a_step_that_alone_is_selected_is_named_by_typing_as_a_variable_is() {
    let mut driver = pair();
    driver.run(Command::AddStation(StationKind::Step, "Build".to_owned()));
    assert_eq!(driver.editor.shortcut_of(Action::EditMeasures), "Alt+M");
    assert_eq!(driver.key("alt+m"), Some(Action::EditMeasures));
    assert_eq!(driver.key("m"), Some(Action::EditText));
    assert_eq!(driver.editor.text_edit().unwrap().text, "Build");
    driver.type_text("Test");
    driver.run(Command::AddStation(StationKind::Step, "Release".to_owned()));
    driver.act(Action::SelectAll);
    assert_eq!(driver.key("m"), Some(Action::EditMeasures), "several");
}

#[test]
fn menus_tell_the_key_that_counts_now() {
    let mut driver = pair();
    assert_eq!(driver.editor.shortcut_of(Action::Arrange), "A");
    driver.click(300.0, 300.0);
    assert_eq!(driver.editor.shortcut_of(Action::Arrange), "Alt+A");
    assert_eq!(driver.editor.shortcut_of(Action::ToggleStock), "Alt+S");
    assert_eq!(driver.editor.shortcut_of(Action::ToolLink), "");
    assert_eq!(driver.editor.shortcut_of(Action::Undo), "Ctrl+Z");
}

#[test]
fn four_handles_show_on_hover_and_on_selection() {
    let mut driver = pair();
    let [risk, trust] = ["risk", "trust"].map(|name| driver.id(name));
    let shown = |driver: &Driver| driver.editor.overlay().connectors.clone();
    driver.move_to(900.0, 700.0);
    assert_eq!(shown(&driver), [].into());
    driver.move_to(300.0, 300.0);
    assert_eq!(shown(&driver), [risk].into());
    driver.click(300.0, 300.0);
    driver.move_to(600.0, 300.0);
    assert_eq!(shown(&driver), [risk, trust].into());
    driver.act(Action::SelectAll);
    driver.move_to(900.0, 700.0);
    assert_eq!(shown(&driver), [].into(), "not of several");
    driver.click(300.0, 300.0);
    driver.key("f2");
    assert_eq!(shown(&driver), [].into(), "not while words are typed");
    assert_eq!(driver.editor.overlay().typing, Some(risk));
    driver.escape_text();
    assert_eq!(driver.editor.overlay().typing, None);
    driver.act(Action::ToolHand);
    assert_eq!(shown(&driver), [].into(), "not with another tool");
    driver.act(Action::ToolSelect);
    let mut viewer = driver;
    viewer.editor = viewer.editor.clone().for_viewing();
    viewer.move_to(300.0, 300.0);
    assert_eq!(shown(&viewer), [].into(), "not to who only looks");
}

#[test]
fn a_handle_is_dragged_for_a_link_and_clicked_for_the_next() {
    for heading in Heading::ALL {
        let mut driver = pair();
        driver.click(300.0, 300.0);
        let from = handle(&driver, "risk", heading);
        driver.drag(from, (600.0, 300.0));
        assert_eq!(
            driver.sentences(),
            ["risk → trust, no sign yet"],
            "{heading:?}"
        );

        driver.key("ctrl+z");
        driver.click(300.0, 300.0);
        let (x, y) = handle(&driver, "risk", heading);
        driver.move_to(x, y);
        let id = driver.id("risk");
        assert_eq!(
            driver.editor.overlay().hover,
            Some(Hit::Connector(id, heading))
        );
        driver.click(x, y);
        driver.type_text("next");
        assert_eq!(
            driver.sentences(),
            ["risk → next, no sign yet"],
            "{heading:?}"
        );
        let ((x, y), at) = (driver.position("next"), driver.position("risk"));
        let way = heading.vector();
        let forward = (x - at.0) * way.x + (y - at.1) * way.y;
        assert!(forward > 50.0, "{heading:?} leads there");
    }
}

#[test]
fn a_finger_takes_a_handle_of_what_it_selected() {
    let mut driver = pair();
    driver.finger(1);
    driver.click(300.0, 300.0);
    let (x, y) = handle(&driver, "risk", Heading::Right);
    // 44 CSS pixels are a target for a finger.
    driver.drag((x + 12.0, y + 17.0), (600.0, 300.0));
    assert_eq!(driver.sentences(), ["risk → trust, no sign yet"]);
}

#[test]
fn a_sign_is_for_the_link_that_was_made_with_a_variable() {
    let mut driver = pair();
    driver.click(300.0, 300.0);
    assert_eq!(driver.key("+"), None, "nothing to sign");
    let (x, y) = handle(&driver, "risk", Heading::Down);
    driver.click(x, y);
    driver.type_text("next");
    assert!(hint(&driver).starts_with("+ more makes more"));
    assert_eq!(driver.key("+"), Some(Action::PolarityPositive));
    assert_eq!(driver.sentences(), ["risk up → next up"]);
    driver.key("-");
    assert_eq!(driver.sentences(), ["risk up → next down"]);
    assert_eq!(
        driver.key("?"),
        Some(Action::Help),
        "which keeps its meaning"
    );
    // Something else was selected meanwhile.
    driver.click(600.0, 300.0);
    assert_eq!(driver.key("+"), None);
    driver.run(Command::AddVariable("alone".to_owned()));
    assert_eq!(driver.key("+"), None);
}

#[test]
fn handles_of_a_step_make_flows_and_steps() {
    let mut driver = Driver::default();
    driver.run(Command::AddStation(StationKind::Step, "Build".to_owned()));
    let (id, _) = driver
        .editor
        .document()
        .stations()
        .first_key_value()
        .unwrap();
    let outline = driver.editor.scene().nodes()[id].rect;
    let at = driver
        .editor
        .view()
        .to_screen(Heading::Right.place(&outline, 1.0));
    driver.click(at.x, at.y);
    driver.type_text("Test");
    assert_eq!(driver.editor.document().stations().len(), 2);
    assert_eq!(driver.editor.document().flows().len(), 1);
}

#[test]
fn what_is_dropped_on_another_stands_beside_it() {
    let mut driver = pair();
    let depth = driver.editor.history_depth().0;
    driver.drag((300.0, 300.0), (590.0, 303.0));
    let nodes = driver.editor.scene().nodes();
    let [risk, trust] = ["risk", "trust"].map(|name| nodes[&driver.id(name)].rect);
    assert!(!risk.intersects(&trust));
    assert!(risk.distance(trust.center()) < 60.0, "near by");
    assert_eq!(driver.position("trust"), (600.0, 300.0));
    assert_eq!(driver.editor.history_depth().0, depth + 1, "one step");
    assert_eq!(driver.dropped, [(driver.id("risk"), driver.id("trust"))]);

    // A link was meant.
    let (from, to) = driver.dropped[0];
    driver.run(Command::LinkInstead { from, to });
    assert_eq!(driver.position("risk"), (300.0, 300.0));
    assert_eq!(driver.sentences(), ["risk → trust, no sign yet"]);
    assert_eq!(driver.selected(), (vec![], 1), "and the next key signs it");
}

#[test]
fn no_link_is_offered_for_what_was_only_moved() {
    let mut driver = pair();
    driver.drag((300.0, 300.0), (400.0, 500.0));
    assert_eq!(driver.position("risk"), (400.0, 500.0));
    driver.key("ctrl+a");
    driver.drag((600.0, 300.0), (620.0, 340.0));
    driver.key("escape");
    driver.hold("a");
    driver.drag((620.0, 340.0), (622.0, 346.0));
    assert!(driver.dropped.is_empty(), "{:?}", driver.dropped);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Wherever one is dropped, no name covers another, and what stood there stays.
    #[test]
    fn no_drop_hides_a_name(
        places in prop::collection::vec((0_u32..6, 0_u32..8), 2..10),
        to in (60.0..940.0, 60.0..740.0),
    ) {
        let mut driver = Driver::default();
        let mut standing = Vec::new();
        for (column, row) in places {
            let place = (100.0 + 150.0 * f64::from(column), 80.0 + 80.0 * f64::from(row));
            if !standing.contains(&place) {
                driver.draw_variable(&format!("name {}", standing.len()), place.0, place.1);
                standing.push(place);
            }
        }
        prop_assume!(standing.len() > 1);
        driver.key("escape");
        driver.drag(standing[0], to);
        let nodes: Vec<_> = driver.editor.scene().nodes().values().collect();
        for (index, one) in nodes.iter().enumerate() {
            for other in &nodes[..index] {
                prop_assert!(!one.rect.intersects(&other.rect));
            }
        }
        for (index, place) in standing.iter().enumerate().skip(1) {
            prop_assert_eq!(driver.position(&format!("name {index}")), *place);
        }
    }
}

#[test]
fn the_hint_follows_what_was_just_done() {
    let mut driver = Driver::default();
    assert_eq!(
        hint(&driver),
        "Double-click anywhere to add a variable · P for a step"
    );
    driver.draw_variable("risk", 300.0, 300.0);
    assert_eq!(
        hint(&driver),
        "Drag a dot to another to link · click a dot for the next · type to rename"
    );
    driver.draw_variable("trust", 600.0, 300.0);
    driver.draw_link("risk", "trust");
    driver.move_to(600.0, 300.0);
    let signs = "+ more makes more · \u{2212} more makes less · D delay";
    assert_eq!(hint(&driver), signs);
    driver.key("+");
    assert_eq!(hint(&driver), signs);
    driver.key("escape");
    driver.move_to(900.0, 700.0);
    assert_eq!(
        hint(&driver),
        "Double-click to add a variable · drag from its edge to link"
    );
}

#[test]
fn the_hints_of_a_stream_are_about_steps() {
    let mut driver = Driver::default();
    driver.act(Action::AddStep);
    assert_eq!(hint(&driver), "Enter for the next step · Esc when done");
    driver.type_text("Build");
    assert_eq!(
        hint(&driver),
        "Drag a dot to another for a flow · click a dot for the next step · M measures"
    );
    driver.key("escape");
    assert_eq!(
        hint(&driver),
        "Double-click to add a step · drag from its edge for a flow · M for measures"
    );
}

#[test]
fn a_finger_is_told_of_taps() {
    let mut driver = Driver::default();
    let said = |driver: &Driver| driver.editor.hint(PointerKind::Touch).to_owned();
    assert_eq!(said(&driver), "Double-tap anywhere to add a variable");
    driver.draw_variable("risk", 300.0, 300.0);
    assert!(said(&driver).contains("double-tap to rename"));
    driver.key("escape");
    assert!(said(&driver).starts_with("Double-tap to add a variable"));
    driver.act(Action::AddStep);
    driver.type_text("Build");
    assert!(said(&driver).contains("tap a dot for the next step"));
}

#[test]
fn a_panel_that_comes_up_hides_nothing_that_was_in_sight() {
    use loopstream::editor::Event;
    use loopstream::model::Vector;
    let mut driver = Driver::with(&[("risk", 100.0, 100.0), ("trust", 900.0, 300.0)], &[]);
    let view = *driver.editor.view();
    driver.send(Event::Resized(Vector::new(1_000.0, 600.0)));
    assert_eq!(driver.editor.view().pan, view.pan, "nothing was hidden");
    driver.send(Event::Resized(Vector::new(660.0, 600.0)));
    let bounds = driver.editor.scene().bounds().unwrap();
    assert!(driver.editor.view().visible().contains_rect(&bounds));
    // What was out of sight already stays there.
    let mut driver = Driver::with(&[("risk", 100.0, 100.0), ("trust", 900.0, 300.0)], &[]);
    driver.wheel(500.0, 0.0);
    let pan = driver.editor.view().pan;
    driver.send(Event::Resized(Vector::new(660.0, 600.0)));
    assert_eq!(driver.editor.view().pan, pan);
}
