//! Selecting, grouping, copying, removing.

use loopstream::editor::Command;
use loopstream::model::Point;

use crate::editor::moving::name_the_loop;
use crate::editor::{pair, ring};

#[test]
fn clicks_select() {
    let mut driver = ring();
    for (held, x, y, names) in [
        ("", 300.0, 200.0, &["delays"][..]),
        ("", 600.0, 200.0, &["batch size"]),
        ("s", 300.0, 200.0, &["batch size", "delays"]),
        ("s", 900.0, 700.0, &["batch size", "delays"]),
        ("s", 600.0, 200.0, &["delays"]),
        ("", 900.0, 700.0, &[]),
    ] {
        driver.hold(held);
        driver.click(x, y);
        assert_eq!(
            driver.selected(),
            (names.iter().map(|&n| n.into()).collect(), 0)
        );
    }
}

#[test]
fn a_box_selects_what_it_touches() {
    let mut driver = ring();
    driver.drag((200.0, 100.0), (700.0, 250.0));
    assert_eq!(
        driver.selected(),
        (vec!["batch size".into(), "delays".into()], 1)
    );
    driver.hold("s");
    driver.drag((350.0, 600.0), (550.0, 420.0));
    assert_eq!(driver.selected().0, ["batch size", "delays", "risk"]);
    driver.hold("");
    driver.begin_drag((50.0, 600.0), (100.0, 700.0));
    assert_eq!(driver.selected(), (vec![], 0));
    driver.key("escape");
    driver.release();
    assert_eq!(
        driver.selected().0.len(),
        3,
        "a box given up selects what was"
    );
}

#[test]
fn all_is_everything_that_is_drawn() {
    let mut driver = ring();
    name_the_loop(&mut driver, "spiral");
    driver.key("ctrl+a");
    assert_eq!(
        driver.selected(),
        (vec!["batch size".into(), "delays".into(), "risk".into()], 3)
    );
    driver.key("escape");
    assert_eq!(driver.selected(), (vec![], 0));
}

#[test]
fn groups_are_selected_and_moved_together() {
    let mut driver = ring();
    driver.hold("s");
    driver.click(300.0, 200.0);
    driver.click(600.0, 200.0);
    driver.hold("");
    driver.key("ctrl+g");
    driver.key("escape");
    driver.click(300.0, 200.0);
    assert_eq!(driver.selected().0, ["batch size", "delays"]);
    driver.drag((300.0, 200.0), (300.0, 90.0));
    assert_eq!(
        (driver.position("batch size").1, driver.position("risk").1),
        (90.0, 450.0)
    );
    driver.key("ctrl+d");
    let selected: Vec<_> = driver.editor.selection().iter().copied().collect();
    let group = |id| {
        driver
            .editor
            .document()
            .placement(id)
            .and_then(|placement| placement.group)
    };
    let copies: Vec<_> = selected.iter().filter_map(|id| group(*id)).collect();
    assert_eq!(copies.len(), 2);
    assert_eq!(copies[0], copies[1], "copies are a group of their own");
    assert_ne!(Some(copies[0]), group(driver.id_at(300.0, 90.0)));
    driver.key("ctrl+shift+g");
    driver.key("escape");
    driver.click(driver.middle("risk").0, driver.middle("risk").1);
    assert_eq!(driver.selected().0, ["risk"]);
}

#[test]
fn one_thing_is_no_group() {
    let mut driver = pair();
    let link = driver.draw_link("risk", "trust");
    driver.click(300.0, 300.0);
    driver.hold("s");
    let (x, y) = driver.handle(link);
    driver.click(x, y);
    driver.hold("");
    assert_eq!(driver.selected(), (vec!["risk".into()], 1));
    let depth = driver.editor.history_depth();
    driver.key("ctrl+g");
    assert_eq!(driver.editor.history_depth(), depth);
}

#[test]
fn a_copy_keeps_what_is_said_of_its_loops() {
    let mut driver = ring();
    name_the_loop(&mut driver, "spiral");
    driver.key("ctrl+a");
    driver.key("ctrl+c");
    let part = driver.clipboard.clone().unwrap();
    assert_eq!(part.loop_labels().len(), 1);
    let mut other = pair();
    other.run(Command::Insert(part, Some(Point::new(2_000.0, 0.0))));
    assert_eq!(other.loops(), ["?1"]);
    let label = other
        .editor
        .document()
        .loop_labels()
        .values()
        .next()
        .unwrap();
    assert_eq!(label.name, "spiral");
    assert_eq!(label.key, other.editor.report().loops[0].key);
    assert_eq!(
        other.selected(),
        (vec!["batch size".into(), "delays".into(), "risk".into()], 3)
    );
    assert_eq!(other.position("delays").0, 1_850.0);
    // A part of the loop leaves its name behind.
    driver.key("escape");
    driver.click(300.0, 200.0);
    driver.key("ctrl+c");
    let part = driver.clipboard.clone().unwrap();
    assert_eq!((part.len(), part.loop_labels().len()), (1, 0));
}

#[test]
fn nothing_selected_leaves_the_clipboard_alone() {
    let mut driver = pair();
    driver.key("escape");
    driver.act(loopstream::editor::Action::Copy);
    assert_eq!(driver.clipboard, None);
}

#[test]
fn a_variable_takes_its_links_along_and_brings_them_back() {
    let mut driver = ring();
    let key = name_the_loop(&mut driver, "spiral");
    let before = driver.editor.document().clone();
    driver.click(300.0, 200.0);
    driver.key("backspace");
    assert_eq!((driver.links().len(), driver.loops().len()), (1, 0));
    assert!(driver.editor.document().loop_labels().is_empty());
    let said = driver.said.last().unwrap();
    assert!(said.ends_with("Loop ?1 is gone."), "{said}");
    driver.key("ctrl+z");
    assert_eq!(driver.editor.document(), &before);
    assert_eq!(driver.loops(), ["?1"]);
    assert_eq!(before.label_of(&key).unwrap().1.name, "spiral");
}

#[test]
fn cut_copies_and_removes() {
    let mut driver = ring();
    driver.key("ctrl+a");
    driver.key("ctrl+x");
    assert!(driver.editor.document().is_empty());
    assert_eq!(driver.clipboard.as_ref().unwrap().len(), 6);
}

#[test]
fn a_selection_from_elsewhere_holds_only_what_is_there() {
    let mut driver = pair();
    let ids = [driver.id("risk"), loopstream::model::Id::from_bits(12)];
    driver.send(loopstream::editor::Event::Select(ids.into()));
    assert_eq!(driver.selected(), (vec!["risk".into()], 0));
}

#[test]
fn a_loop_stays_highlighted_once_chosen() {
    let mut driver = ring();
    let key = driver.editor.report().loops[0].key.clone();
    let (x, y) = driver.badge();
    driver.move_to(x, y);
    assert_eq!(driver.editor.highlighted_loop(), Some(&key));
    driver.move_to(900.0, 700.0);
    assert_eq!(driver.editor.highlighted_loop(), None);
    driver.click(x, y);
    driver.move_to(900.0, 700.0);
    assert_eq!(driver.editor.highlighted_loop(), Some(&key));
    driver.click(900.0, 700.0);
    assert_eq!(driver.editor.highlighted_loop(), None);
    driver.double_click(x, y);
    assert_eq!(driver.editor.chosen_loop(), Some(&key));
    driver.run(Command::Remove(key.links()[0]));
    assert_eq!(driver.editor.highlighted_loop(), None);
}

#[test]
fn layers_decide_what_is_on_top() {
    let mut driver = pair();
    driver.hold("c");
    driver.drag((600.0, 300.0), (300.0, 303.0));
    driver.hold("");
    driver.click(300.0, 301.0);
    let top = driver.selected().0[0].clone();
    for (keys, same) in [("ctrl+[", false), ("ctrl+]", true), ("ctrl+shift+[", false)] {
        driver.key(keys);
        let under = driver.id_at(300.0, 301.0);
        assert_eq!(under == driver.id(&top), same, "after {keys}");
    }
}

#[test]
fn removing_what_is_not_there_says_nothing() {
    let mut driver = pair();
    driver.said.clear();
    driver.run(Command::Remove(loopstream::model::Id::from_bits(12)));
    assert!(driver.said.is_empty());
}
