//! Lines of a note that become variables or steps, and room for what is pasted.

use std::collections::BTreeSet;

use loopstream::editor::{Action, Command, Event, LineKind, MenuSubject};
use loopstream::model::{Document, Edit, Element, Id, Note, Placement, Point, Rect};
use proptest::prelude::*;

use crate::common::document::document;
use crate::common::driver::Driver;
use crate::editor::ring;

fn note(text: &str) -> Document {
    let mut document = Document::default();
    let mut edit = Edit::new(&document);
    let note = Note::new(text.to_owned(), Placement::default());
    edit.set(Id::from_bits(1), Some(Element::Note(note)));
    let patch = edit.finish();
    document.apply(&patch).unwrap();
    document
}

fn boxes(driver: &Driver, ids: &BTreeSet<Id>) -> Vec<Rect> {
    let nodes = driver.editor.scene().nodes().iter();
    nodes
        .filter(|(id, _)| ids.contains(id))
        .map(|(_, node)| node.rect)
        .collect()
}

/// Whether these cover nothing else, and not each other.
fn stand_free(driver: &Driver, ids: &BTreeSet<Id>) -> bool {
    let mine = boxes(driver, ids);
    let all: BTreeSet<Id> = driver.editor.scene().nodes().keys().copied().collect();
    let others = boxes(driver, &all.difference(ids).copied().collect());
    let apart = |one: &Rect, other: &Rect| !one.intersects(other);
    let each = mine.iter().enumerate();
    each.clone()
        .all(|(at, one)| mine[at + 1..].iter().all(|other| apart(one, other)))
        && each
            .clone()
            .all(|(_, one)| others.iter().all(|other| apart(one, other)))
}

#[test]
fn lines_that_were_pasted_become_things_in_free_space_and_are_undone_at_once() {
    for (kind, variables, flows) in [(LineKind::Variables, 4, 0), (LineKind::Steps, 0, 3)] {
        let mut driver = ring();
        driver.move_to(450.0, 300.0);
        let depth = driver.editor.history_depth().0;
        let text =
            "- too many meetings\n- no tests\n- long builds that nobody dares to stop\n- fear";
        driver.run(Command::Insert(note(text), None));
        assert!(
            driver
                .editor
                .holds(loopstream::editor::Condition::ListSelected)
        );
        driver.run(Command::SplitPasted(kind));
        let document = driver.editor.document();
        assert_eq!(document.notes().len(), 0);
        assert_eq!(document.variables().len(), 3 + variables);
        assert_eq!(document.stations().len(), 4 - variables);
        assert_eq!(document.flows().len(), flows);
        let made = driver.editor.selection().clone();
        assert_eq!(made.len(), 4);
        assert!(stand_free(&driver, &made));
        assert_eq!(driver.editor.history_depth().0, depth + 1);
        driver.act(Action::Undo);
        assert_eq!(driver.editor.document().len(), 6);
    }
}

#[test]
fn a_note_of_lines_offers_it_in_its_menu() {
    let mut driver = ring();
    driver.move_to(450.0, 300.0);
    driver.run(Command::Insert(note("one\ntwo"), None));
    let menu = driver.editor.menu_of(MenuSubject::Note);
    assert!(menu.contains(&Some(Action::LinesToVariables)));
    driver.act(Action::LinesToVariables);
    assert!(driver.names().contains(&"two".to_owned()));
    driver.act(Action::Undo);
    assert_eq!(driver.editor.document().notes().len(), 1);

    let mut driver = Driver::default();
    driver.run(Command::Insert(note("one thing"), None));
    let menu = driver.editor.menu_of(MenuSubject::Note);
    assert!(!menu.contains(&Some(Action::LinesToVariables)));
    driver.act(Action::LinesToSteps);
    assert_eq!(
        driver.said.last().unwrap(),
        "Select a note of several lines first"
    );
}

#[test]
fn what_is_pasted_where_something_stands_goes_beside_it() {
    let mut driver = ring();
    let (x, y) = driver.middle("risk");
    driver.send(Event::Select(BTreeSet::from([driver.id("risk")])));
    driver.act(Action::Copy);
    let part = driver.clipboard.clone().unwrap();
    driver.move_to(x, y);
    driver.run(Command::Insert(part.clone(), None));
    assert!(stand_free(&driver, &driver.editor.selection().clone()));
    // Where nothing stands it is where it is asked for.
    driver.move_to(850.0, 650.0);
    driver.run(Command::Insert(part, None));
    let bounds = boxes(&driver, driver.editor.selection())[0];
    assert!(bounds.center().distance(Point::new(850.0, 650.0)) < 1.0);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_there_things_of_lines_cover_nothing(
        start in document(),
        lines in prop::collection::vec("[A-Za-zäöü ]{1,60}", 2..12),
        is_steps in any::<bool>(),
    ) {
        let text = lines.join("\n");
        prop_assume!(loopstream::editor::lines_of(&text).len() == lines.len());
        let kind = if is_steps { LineKind::Steps } else { LineKind::Variables };
        let mut driver = Driver::open(start.clone());
        driver.run(Command::Insert(note(&text), None));
        driver.run(Command::SplitPasted(kind));
        let made = driver.editor.selection().clone();
        prop_assert_eq!(made.len(), lines.len());
        prop_assert!(stand_free(&driver, &made));
        driver.act(Action::Undo);
        prop_assert_eq!(driver.editor.document(), &start);
    }
}
