//! Giving dots of a vote: by a click, and by keys.

use loopstream::editor::{Action, DotWay, Event, Tool, Voting};
use loopstream::model::Lever;

use crate::common::driver::Driver;

fn driver() -> Driver {
    Driver::with(
        &[("risk", 200.0, 200.0), ("fear", 500.0, 200.0)],
        &[("risk", "fear"), ("fear", "risk")],
    )
}

#[test]
fn a_click_with_the_tool_gives_a_dot_and_changes_nothing() {
    let mut driver = driver();
    driver.editor.set_voting(Voting::Open);
    let before = driver.commits;
    driver.send(Event::Act(Action::ToolDot));
    let (risk, at) = (driver.id("risk"), driver.middle("risk"));
    driver.click(at.0, at.1);
    driver.click(at.0, at.1);
    let given = (Lever::Record(risk), DotWay::Give);
    assert_eq!(driver.dots, [given.clone(), given]);
    assert_eq!(
        driver.editor.tool(),
        Tool::Dot,
        "the tool stays in the hand"
    );
    assert!(driver.editor.selection().is_empty());
    // A drag moves the view and no variable.
    driver.drag(at, (at.0 + 80.0, at.1 + 60.0));
    assert_eq!((driver.commits, driver.dots.len()), (before, 2));
    driver.editor.set_voting(Voting::Off);
    assert_eq!(driver.editor.tool(), Tool::Select);
}

#[test]
fn keys_give_a_dot_to_what_is_selected_or_to_the_chosen_loop() {
    let mut driver = driver();
    let risk = driver.id("risk");
    driver.send(Event::Select([risk].into()));
    driver.key(".");
    assert_eq!(driver.dots, [], "there is no vote");
    driver.editor.set_voting(Voting::Open);
    driver.key(".");
    driver.key(",");
    let record = Lever::Record(risk);
    assert_eq!(
        driver.dots,
        [(record.clone(), DotWay::Give), (record, DotWay::TakeBack)]
    );
    driver.send(Event::Select([].into()));
    let key = driver.editor.report().loops[0].key.clone();
    driver.send(Event::ChooseLoop(Some(key.clone())));
    driver.key(".");
    assert_eq!(driver.dots[2], (Lever::Loop(key), DotWay::Give));
    driver.send(Event::ChooseLoop(None));
    driver.key(".");
    assert_eq!(driver.dots.len(), 3);
    assert_eq!(
        driver.said.last().unwrap(),
        "Select what the dot is for, or choose a loop"
    );
}
