//! Undo and redo.

use loopstream::editor::Command;

use crate::pair;

#[test]
fn nudges_of_the_same_thing_are_one_step() {
    let mut driver = pair();
    driver.click(300.0, 300.0);
    let depth = driver.editor.history_depth().0;
    for keys in ["arrowright", "arrowright", "shift+arrowdown", "arrowup"] {
        driver.key(keys);
    }
    assert_eq!(driver.place("risk"), (302.0, 309.0));
    assert_eq!(driver.editor.history_depth().0, depth + 1);
    driver.key("ctrl+z");
    assert_eq!(driver.place("risk"), (300.0, 300.0));
    driver.key("ctrl+y");
    assert_eq!(driver.place("risk"), (302.0, 309.0));
    // After something else, the next row of them is a step of its own.
    driver.key("arrowright");
    assert_eq!(driver.editor.history_depth().0, depth + 2);
    driver.click(600.0, 300.0);
    driver.key("arrowright");
    assert_eq!(driver.editor.history_depth().0, depth + 3);
}

#[test]
fn nudges_to_and_fro_are_no_step() {
    let mut driver = pair();
    driver.click(300.0, 300.0);
    let depth = driver.editor.history_depth();
    driver.key("arrowright");
    driver.key("arrowleft");
    assert_eq!(driver.editor.history_depth(), depth);
}

#[test]
fn looking_around_never_clears_redo() {
    let mut driver = pair();
    driver.key("ctrl+z");
    driver.key("ctrl+z");
    assert_eq!(driver.editor.history_depth(), (0, 2));
    driver.key("ctrl+shift+z");
    driver.click(300.0, 300.0);
    driver.drag((100.0, 100.0), (500.0, 500.0));
    driver.double_click(300.0, 300.0);
    driver.type_text("risk");
    driver.double_click(700.0, 700.0);
    driver.escape_text();
    driver.key("ctrl+a");
    driver.key("escape");
    driver.wheel(10.0, 50.0);
    driver.key("]");
    assert_eq!(driver.editor.history_depth(), (1, 1));
    driver.key("ctrl+y");
    assert_eq!(driver.names(), ["risk", "trust"]);
}

#[test]
fn at_the_ends_of_history_nothing_happens() {
    let mut driver = pair();
    driver.key("ctrl+y");
    assert_eq!(driver.said.last().unwrap(), "Nothing to redo");
    for _ in 0..3 {
        driver.key("ctrl+z");
    }
    assert_eq!(driver.said.last().unwrap(), "Nothing to undo");
    assert!(driver.editor.document().is_empty());
}

#[test]
fn undo_in_the_middle_of_something_keeps_history_whole() {
    let mut driver = pair();
    // A link to a variable that has no name yet.
    let rim = driver.rim("risk");
    driver.drag(rim, (300.0, 600.0));
    driver.key("ctrl+z");
    assert!(driver.editor.text_edit().is_none());
    assert_eq!(driver.names(), ["risk"]);
    driver.key("ctrl+y");
    assert_eq!(driver.names(), ["risk", "trust"]);
    driver.begin_drag((300.0, 300.0), (400.0, 400.0));
    driver.key("ctrl+z");
    driver.release();
    assert_eq!(driver.place("risk"), (300.0, 300.0));
    assert_eq!(driver.editor.history_depth(), (1, 1));
}

#[test]
fn the_title_is_undone_too() {
    let mut driver = pair();
    driver.run(Command::SetTitle("Risk  and\ntrust".into()));
    assert_eq!(
        driver.editor.document().properties().title,
        "Risk and trust"
    );
    driver.key("ctrl+z");
    assert_eq!(driver.editor.document().properties().title, "");
}
