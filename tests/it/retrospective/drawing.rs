//! What varied, put on the canvas; causes connected by typing.

use loopstream::editor::{Action, Command, Event};
use loopstream::model::{Document, Id, Polarity, VariableKind};
use loopstream::story::{SheetStep, around, varied};

use super::friday;
use crate::common::driver::Driver;

fn opened() -> (Driver, Id) {
    let (document, sheet, _) = friday();
    (Driver::open(document), sheet)
}

fn things(document: &Document, sheet: Id) -> Vec<Id> {
    let all = document.variations_of(sheet).into_iter();
    all.map(|(id, _)| id).collect()
}

fn named(document: &Document, name: &str) -> Id {
    document.variable_named(name).unwrap()
}

fn add_cause(driver: &mut Driver, effect: &str, name: &str) {
    let effect = named(driver.editor.document(), effect);
    let name = name.to_owned();
    driver.send(Event::Do(Command::AddCause { effect, name }));
}

#[test]
fn what_varied_is_drawn_once_and_apart() {
    let (mut driver, sheet) = opened();
    let all = things(driver.editor.document(), sheet);
    let draw = |driver: &mut Driver, ids: Vec<Id>, kind| {
        driver.send(Event::Do(Command::DrawVariations(ids, kind)));
    };
    draw(&mut driver, vec![all[1]], VariableKind::Stock);
    draw(&mut driver, all.clone(), VariableKind::Plain);
    let document = driver.editor.document().clone();
    assert_eq!(document.variables().len(), 2);
    assert_eq!(varied(&document, sheet).len(), 2);
    let [size, trust] = ["size of a release", "trust in tests"].map(|name| named(&document, name));
    assert_eq!(document.variables()[&trust].kind, VariableKind::Stock);
    assert_eq!(document.variables()[&size].kind, VariableKind::Plain);
    let boxes = [size, trust].map(|id| driver.editor.scene().bounds_of(id).unwrap());
    assert!(!boxes[0].intersects(&boxes[1]));
    // All of it is there: nothing more is drawn, and each drawing is undone at once.
    let commits = driver.commits;
    draw(&mut driver, all.clone(), VariableKind::Plain);
    assert_eq!(driver.commits, commits);
    driver.send(Event::Act(Action::Undo));
    driver.send(Event::Act(Action::Undo));
    assert!(driver.editor.document().variables().is_empty());
    assert_eq!(
        driver.editor.document().variations()[&all[1]].variable,
        None
    );
}

#[test]
fn causes_are_linked_by_name_until_a_loop_closes() {
    let (mut driver, sheet) = opened();
    let all = things(driver.editor.document(), sheet);
    let command = Command::DrawVariations(all, VariableKind::Plain);
    driver.send(Event::Do(command));
    let done = |driver: &Driver, step: SheetStep| {
        let editor = &driver.editor;
        step.is_done(editor.document(), editor.report(), sheet)
    };
    assert!(!done(&driver, SheetStep::Draw));
    add_cause(&mut driver, "Size of a release", "Fear of releasing");
    let document = driver.editor.document();
    assert_eq!((document.variables().len(), document.links().len()), (3, 1));
    // The link is selected, so that the next key signs it.
    let selected: Vec<Id> = driver.editor.selection().iter().copied().collect();
    assert!(matches!(selected[..], [id] if document.links().contains_key(&id)));
    driver.key("+");
    let signed = driver.editor.document().links().values().next().unwrap();
    assert_eq!(signed.polarity, Polarity::Positive);
    assert!(!done(&driver, SheetStep::Loops));
    // One that is there is not drawn twice, and one that leads there already is not linked twice.
    add_cause(&mut driver, "Fear of releasing", " trust in  TESTS ");
    add_cause(&mut driver, "Trust in tests", "size of a release");
    add_cause(&mut driver, "Trust in tests", "size of a release");
    assert!(driver.said.last().unwrap().contains("already"));
    let document = driver.editor.document().clone();
    assert_eq!((document.variables().len(), document.links().len()), (3, 3));
    assert!(done(&driver, SheetStep::Draw) && done(&driver, SheetStep::Loops));
    let names = around(&document, sheet, 10);
    let names: Vec<&str> = names
        .iter()
        .map(|id| &*document.variables()[id].name)
        .collect();
    assert_eq!(
        names,
        ["Size of a release", "Trust in tests", "Fear of releasing"]
    );
    assert_eq!(around(&document, sheet, 1).len(), 1);
    // Nothing that is no variable gets a cause, and nothing without a name is one.
    let commits = driver.commits;
    add_cause(&mut driver, "Trust in tests", "  ");
    let name = "x".to_owned();
    driver.send(Event::Do(Command::AddCause {
        effect: sheet,
        name,
    }));
    assert_eq!(driver.commits, commits);
    // The new cause and its link are one step.
    for _ in 0..2 {
        driver.send(Event::Act(Action::Undo));
    }
    assert_eq!(driver.editor.document().links().len(), 1);
}
