//! Undo and redo.

use loopstream::causal::Progress;
use loopstream::editor::{Command, Continuity, Event};
use loopstream::format::{Positions, open_text};
use loopstream::layout::{Arrange, Arrangement, Scope};
use loopstream::model::{IdSource, Patch, Polarity, Vector};

use crate::common::driver::Driver;
use crate::editor::pair;

#[test]
fn nudges_of_the_same_thing_are_one_step() {
    let mut driver = pair();
    driver.click(300.0, 300.0);
    let depth = driver.editor.history_depth().0;
    for keys in ["arrowright", "arrowright", "shift+arrowdown", "arrowup"] {
        driver.key(keys);
    }
    assert_eq!(driver.position("risk"), (302.0, 309.0));
    assert_eq!(driver.editor.history_depth().0, depth + 1);
    driver.key("ctrl+z");
    assert_eq!(driver.position("risk"), (300.0, 300.0));
    driver.key("ctrl+y");
    assert_eq!(driver.position("risk"), (302.0, 309.0));
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
    assert_eq!(driver.position("risk"), (300.0, 300.0));
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

/// Texts without places, each of three variables with two links.
const WITHOUT_PLACES: [(&str, &str); 4] = [
    (
        "Mermaid",
        "flowchart LR\n  a[rumours] -->|+| b[fear]\n  b -->|-| c[trust]\n",
    ),
    (
        "DOT",
        "digraph { rumours -> fear [label=\"+\"]; fear -> trust [label=\"-\"] }",
    ),
    (
        "a list of links",
        "from,to,polarity\nrumours,fear,+\nfear,trust,-\n",
    ),
    (
        "SD-JSON",
        r#"{"variables": [{"name": "rumours", "type": "variable"}, {"name": "fear", "type": "variable"},
            {"name": "trust", "type": "variable"}],
            "relationships": [{"from": "rumours", "to": "fear", "polarity": "+"},
            {"from": "fear", "to": "trust", "polarity": "-"}]}"#,
    ),
];

/// Pastes a text as the page does: it is put in, and what has no places is arranged afterwards.
fn paste(driver: &mut Driver, text: &str) {
    let opened = open_text(text, &mut IdSource::new(5)).unwrap();
    assert_eq!(opened.positions, Positions::Missing);
    driver.run(Command::Insert(opened.document, None));
    let pasted = driver.editor.selection().clone();
    let nodes = driver.editor.scene().nodes().iter();
    let sizes = nodes
        .map(|(id, node)| (*id, Vector::new(node.rect.width(), node.rect.height())))
        .collect();
    let document = driver.editor.document().clone();
    let scope = Scope::Only(pasted);
    let mut arrangement = Arrangement::new(&document, &sizes, Arrange::Afresh, scope);
    while arrangement.advance(100_000) == Progress::Unfinished {}
    let patch = arrangement.patch(&document);
    assert!(!patch.is_empty(), "the motion must move something");
    driver.send(Event::Animate(patch, 1.0, Continuity::Joined));
}

#[test]
fn one_paste_is_one_step_also_where_it_is_arranged_afterwards() {
    for (format, text) in WITHOUT_PLACES {
        let mut driver = Driver::with(&[("mine", 400.0, 300.0)], &[]);
        let (position, depth) = (driver.position("mine"), driver.editor.history_depth().0);
        let before = driver.editor.document().clone();
        paste(&mut driver, text);
        assert_eq!(
            driver.names(),
            ["fear", "mine", "rumours", "trust"],
            "{format}"
        );
        assert_eq!(driver.links().len(), 2, "{format}");
        assert_eq!(driver.position("mine"), position, "{format}");
        assert_eq!(driver.editor.history_depth(), (depth + 1, 0), "{format}");
        let pasted = driver.editor.document().clone();
        driver.key("ctrl+z");
        assert_eq!(*driver.editor.document(), before, "{format}");
        driver.key("ctrl+y");
        assert_eq!(*driver.editor.document(), pasted, "{format}");
        // Two pastes are two steps, and the one before them stays another.
        paste(&mut driver, text);
        driver.key("ctrl+z");
        assert_eq!(*driver.editor.document(), pasted, "{format}");
        driver.key("ctrl+z");
        driver.key("ctrl+z");
        assert_eq!(driver.names(), Vec::<String>::new(), "{format}");
    }
}

#[test]
fn what_joins_the_step_before_is_a_step_where_there_is_none() {
    let mut driver = Driver::with(&[("one", 100.0, 100.0), ("two", 300.0, 100.0)], &[]);
    let from = driver.editor.document().clone();
    driver.run(Command::SetPurpose("why".to_owned()));
    let there = driver.editor.document().clone();
    let mut other = Driver::open(from.clone());
    let way = Patch::between(&from, &there);
    other.send(Event::Animate(way, 1.0, Continuity::Joined));
    assert_eq!(other.editor.history_depth(), (1, 0));
    other.key("ctrl+z");
    assert_eq!(*other.editor.document(), from);
}

#[test]
fn the_undo_list_says_what_was_done_and_leads_to_any_point() {
    let mut driver = pair();
    let link = driver.draw_link("risk", "trust");
    driver.run(Command::SetPolarity(link, Polarity::Negative));
    driver.run(Command::SetText(driver.id("risk"), "danger".to_owned()));
    let words = [
        "risk added",
        "trust added",
        "1 link added",
        "risk up → trust down",
        "risk renamed danger",
    ];
    assert_eq!(driver.editor.changes(), words);
    let end = driver.editor.document().clone();
    let commits = driver.commits;
    driver.run(Command::GoTo(2));
    assert_eq!(driver.editor.history_depth(), (2, 3));
    assert_eq!(
        driver.editor.changes(),
        words,
        "what was undone stays listed"
    );
    assert_eq!(driver.editor.document().len(), 2);
    assert_eq!(driver.commits, commits + 3, "each is kept");
    assert_eq!(
        driver.said.last().unwrap(),
        "Went over 3 changes: trust added"
    );
    driver.run(Command::GoTo(0));
    assert!(driver.editor.document().is_empty());
    assert_eq!(
        driver.said.last().unwrap(),
        "Went over 2 changes: as it was opened"
    );
    driver.run(Command::GoTo(99));
    assert_eq!(driver.editor.document(), &end);
    driver.run(Command::GoTo(4));
    assert!(driver.said.last().unwrap().starts_with("Undone: "));
    // A new change takes the place of what was undone.
    driver.run(Command::AddVariable("hope".to_owned()));
    assert_eq!(driver.editor.changes().len(), 5);
    assert_eq!(driver.editor.changes()[4], "hope added");
}
