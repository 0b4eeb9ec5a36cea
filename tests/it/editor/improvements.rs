//! Named improvements as a person uses them: kept, renamed, made so, undone, found.

use loopstream::editor::{
    Action, Command, Event, KeepAs, Seek, duplicate_improvement, keep_improvement,
    leave_out_or_take_back, make_it_so, name_added_step, put_step_in, state_in_improvement,
    take_added_step_out,
};
use loopstream::model::{
    Adjustment, Document, Edit, Element, Flow, FlowKind, Id, IdSource, Improvement, Measure,
    MeasureChange, MeasureChanges, MeasureKind, Patch, Point, Station, StepValue, Unit, improved,
    improved_measure, rebase,
};

use crate::common::driver::Driver;

fn id(bits: u64) -> Id {
    Id::from_bits(bits)
}

/// Two steps of 2 h each.
fn two_steps() -> Driver {
    let empty = Document::default();
    let mut made = Edit::new(&empty);
    for (bits, name) in [(1, "Build"), (2, "Test")] {
        let mut station = Station {
            name: name.to_owned(),
            ..Station::default()
        };
        station.placement.position = Point::new(bits as f64 * 300.0, 300.0);
        let two = Measure::measured(2.0, Unit::Hour);
        station.measures.set(MeasureKind::ProcessTime, Some(two));
        made.set(id(bits), Some(Element::Station(station)));
    }
    let mut document = Document::default();
    document.apply(&made.finish()).unwrap();
    Driver::open(document)
}

fn faster(bits: u64) -> MeasureChange {
    MeasureChange {
        about: id(bits),
        measure: MeasureKind::ProcessTime,
        change: Adjustment::Part(0.5),
    }
}

fn keep(driver: &mut Driver, name: &str, steps: &[u64]) -> Id {
    let changes = MeasureChanges::new(steps.iter().map(|bits| faster(*bits)));
    let mut ids = IdSource::new(driver.editor.document().len() as u64 + 7);
    let document = driver.editor.document();
    let (id, patch) = keep_improvement(document, KeepAs::New, name, changes, &mut ids);
    driver.run(Command::Apply(patch));
    id
}

fn names(document: &Document) -> Vec<String> {
    let all = document.improvements_in_order().into_iter();
    all.map(|(_, one)| one.name.clone()).collect()
}

fn hours(driver: &Driver, bits: u64) -> f64 {
    let station = &driver.editor.document().stations()[&id(bits)];
    let stated = station.measures.get(MeasureKind::ProcessTime).unwrap();
    assert_eq!(stated.unit, Unit::Hour);
    stated.amount.likely().unwrap()
}

#[test]
fn improvements_are_kept_in_order_renamed_copied_and_undone() {
    let mut driver = two_steps();
    let first = keep(&mut driver, "  Test\nautomation ", &[2]);
    keep(&mut driver, "Both", &[1, 2]);
    assert_eq!(names(driver.editor.document()), ["Test automation", "Both"]);
    driver.run(Command::SetText(first, "Robots".to_owned()));
    assert_eq!(names(driver.editor.document()), ["Robots", "Both"]);
    assert_eq!(
        driver.said.last().unwrap(),
        "Test automation renamed Robots"
    );
    let mut ids = IdSource::new(99);
    for expected in ["Robots copy", "Robots copy 2"] {
        let patch = duplicate_improvement(driver.editor.document(), first, &mut ids);
        driver.run(Command::Apply(patch));
        assert_eq!(names(driver.editor.document()).last().unwrap(), expected);
    }
    for _ in 0..3 {
        driver.act(Action::Undo);
    }
    assert_eq!(names(driver.editor.document()), ["Test automation", "Both"]);
}

#[test]
fn making_it_so_is_one_step_of_the_history() {
    let mut driver = two_steps();
    let both = keep(&mut driver, "Both", &[1, 2]);
    let before = driver.editor.document().clone();
    driver.run(Command::Apply(make_it_so(driver.editor.document(), both)));
    assert_eq!([hours(&driver, 1), hours(&driver, 2)], [1.0, 1.0]);
    // It is what the map says now, and no wish any more.
    assert!(driver.editor.document().improvements().is_empty());
    driver.act(Action::Undo);
    assert_eq!(driver.editor.document(), &before);
}

#[test]
fn a_step_that_goes_takes_its_part_along_and_brings_it_back() {
    let mut driver = two_steps();
    let both = keep(&mut driver, "Both", &[1, 2]);
    let before = driver.editor.document().clone();
    driver.run(Command::Remove(id(2)));
    let left = &driver.editor.document().improvements()[&both];
    assert!(left.changes.iter().eq(&[faster(1)]));
    driver.run(Command::Remove(id(1)));
    assert!(
        driver.editor.document().improvements()[&both]
            .changes
            .is_empty()
    );
    driver.act(Action::Undo);
    driver.act(Action::Undo);
    assert_eq!(driver.editor.document(), &before);
}

/// Somebody adds a step to an improvement while another takes that step out.
#[test]
fn what_two_people_say_of_an_improvement_is_brought_together() {
    let mut driver = two_steps();
    let one = keep(&mut driver, "One", &[1]);
    let before = driver.editor.document().clone();
    let more = Improvement {
        changes: MeasureChanges::new([faster(1), faster(2)]),
        ..before.improvements()[&one].clone()
    };
    let theirs = Patch::of(one, before.element(one), Some(Element::Improvement(more)));
    driver.run(Command::Remove(id(2)));
    let brought = rebase(&theirs, driver.editor.document());
    assert!(brought.is_empty(), "{brought:?}");
    // Without the removal, both parts are there.
    let mut other = Driver::open(before);
    other.run(Command::SetText(one, "Two".to_owned()));
    other.run(Command::Apply(theirs));
    let merged = &other.editor.document().improvements()[&one];
    assert_eq!((merged.name.as_str(), merged.changes.len()), ("Two", 2));
}

#[test]
fn an_improvement_is_found_by_its_name_at_its_steps() {
    let mut driver = two_steps();
    keep(&mut driver, "Robots", &[2]);
    driver.send(Event::Find(Seek::For("robot".to_owned())));
    assert_eq!(driver.said.last().unwrap(), "1 found");
    driver.send(Event::Find(Seek::Next));
    assert_eq!(driver.said.last().unwrap(), "1 of 1: Improvement: Robots");
    assert!(driver.editor.selection().iter().eq([&id(2)]));
}

#[test]
fn a_key_marks_a_step_with_what_it_is_worth() {
    let mut driver = two_steps();
    driver.send(Event::Select([id(1)].into()));
    let value = |driver: &Driver| driver.editor.document().stations()[&id(1)].value;
    for (expected, said) in [
        (StepValue::ValueAdding, "Build: value-adding"),
        (StepValue::Necessary, "Build: necessary, not value-adding"),
        (StepValue::Waste, "Build: waste"),
        (StepValue::Unmarked, "Build: not marked"),
    ] {
        assert_eq!(driver.key("alt+w"), Some(Action::NextValue));
        assert_eq!(value(&driver), expected);
        assert_eq!(driver.said.last().unwrap(), said);
    }
    driver.act(Action::MarkWaste);
    assert_eq!(value(&driver), StepValue::Waste);
    driver.act(Action::MarkWaste);
    assert_eq!(value(&driver), StepValue::Unmarked);
}

/// Two steps with a flow between them, and an improvement of nothing yet.
fn joined() -> (Driver, Id, Id) {
    let mut driver = two_steps();
    let flow = id(50);
    let push = Flow::new(id(1), id(2), FlowKind::Push);
    let patch = Patch::of(flow, None, Some(Element::Flow(push)));
    driver.run(Command::Apply(patch));
    let improvement = keep(&mut driver, "Pair", &[]);
    (driver, improvement, flow)
}

#[test]
fn what_is_changed_on_the_canvas_goes_to_the_improvement_and_not_to_today() {
    let (mut driver, pair, _) = joined();
    let before = driver.editor.document().clone();
    let cell = (id(2), MeasureKind::ProcessTime);
    let four = Some(Measure::measured(4.0, Unit::Hour));
    let patch = state_in_improvement(driver.editor.document(), pair, [(cell, four.clone())]);
    driver.run(Command::Apply(patch));
    let document = driver.editor.document();
    assert_eq!(document.stations(), before.stations());
    let improvement = &document.improvements()[&pair];
    assert_eq!(improved_measure(document, improvement, cell), four);
    driver.act(Action::Undo);
    assert_eq!(driver.editor.document(), &before);
}

#[test]
fn a_step_is_put_in_named_measured_and_made_so() {
    let (mut driver, pair, flow) = joined();
    let before = driver.editor.document().clone();
    let mut ids = IdSource::new(77);
    let (step, patch) = put_step_in(driver.editor.document(), pair, flow, &mut ids);
    driver.run(Command::Apply(patch));
    let patch = name_added_step(driver.editor.document(), pair, step, " Look\nat it ");
    driver.run(Command::Apply(patch));
    let two = Some(Measure::measured(2.0, Unit::Hour));
    let cell = (step, MeasureKind::ProcessTime);
    let patch = state_in_improvement(driver.editor.document(), pair, [(cell, two.clone())]);
    driver.run(Command::Apply(patch));
    driver.run(Command::Apply(make_it_so(driver.editor.document(), pair)));
    let document = driver.editor.document();
    let made = &document.stations()[&step];
    assert_eq!(made.name, "Look at it");
    assert_eq!(made.measures.get(MeasureKind::ProcessTime), two.as_ref());
    assert_eq!(document.flows()[&flow].to, step);
    assert_eq!(document.flows().len(), 2);
    for _ in 0..4 {
        driver.act(Action::Undo);
    }
    assert_eq!(driver.editor.document(), &before);
    // What is taken out again is not there.
    let (step, patch) = put_step_in(driver.editor.document(), pair, flow, &mut ids);
    driver.run(Command::Apply(patch));
    let patch = take_added_step_out(driver.editor.document(), pair, step);
    driver.run(Command::Apply(patch));
    assert_eq!(driver.editor.document(), &before);
}

#[test]
fn a_step_is_left_out_and_taken_back() {
    let (mut driver, pair, flow) = joined();
    let before = driver.editor.document().clone();
    let turn = |driver: &mut Driver| {
        let patch = leave_out_or_take_back(driver.editor.document(), pair, id(2));
        driver.run(Command::Apply(patch));
    };
    turn(&mut driver);
    let document = driver.editor.document();
    assert!(document.improvements()[&pair].leaves_out(id(2)));
    let improved = improved(document, &document.improvements()[&pair]);
    assert!(!improved.stations().contains_key(&id(2)));
    assert!(!improved.flows().contains_key(&flow));
    turn(&mut driver);
    assert_eq!(driver.editor.document(), &before);
    // The step itself goes: what is said of it goes along, and comes back.
    turn(&mut driver);
    let said = driver.editor.document().clone();
    driver.run(Command::Remove(id(2)));
    assert!(driver.editor.document().improvements()[&pair].is_empty());
    driver.act(Action::Undo);
    assert_eq!(driver.editor.document(), &said);
}

/// One names a step that is put in while another measures it.
#[test]
fn what_two_say_of_a_step_that_is_put_in_is_brought_together() {
    let (mut driver, pair, flow) = joined();
    let mut ids = IdSource::new(77);
    let (step, patch) = put_step_in(driver.editor.document(), pair, flow, &mut ids);
    driver.run(Command::Apply(patch));
    let document = driver.editor.document();
    let two = Some(Measure::measured(2.0, Unit::Hour));
    let cell = (step, MeasureKind::ProcessTime);
    let theirs = state_in_improvement(document, pair, [(cell, two.clone())]);
    let own = name_added_step(document, pair, step, "Look");
    driver.run(Command::Apply(own));
    let brought = rebase(&theirs, driver.editor.document());
    driver.run(Command::Apply(brought));
    let added = &driver.editor.document().improvements()[&pair].added;
    let added = added.iter().next().unwrap();
    assert_eq!(added.name, "Look");
    assert_eq!(added.measures.get(MeasureKind::ProcessTime), two.as_ref());
    // A copy has steps of its own, so that both can be made so.
    let copy = duplicate_improvement(driver.editor.document(), pair, &mut ids);
    driver.run(Command::Apply(copy));
    let all = driver.editor.document().improvements().values();
    let steps: Vec<Id> = all
        .flat_map(|one| one.added.iter().map(|step| step.id))
        .collect();
    assert_eq!(steps.len(), 2);
    assert_ne!(steps[0], steps[1]);
}
