//! Named improvements as a person uses them: kept, renamed, made so, undone, found.

use loopstream::editor::{
    Action, Command, Event, KeepAs, Seek, duplicate_improvement, keep_improvement, make_it_so,
};
use loopstream::model::{
    Adjustment, Document, Edit, Element, Id, IdSource, Improvement, Measure, MeasureChange,
    MeasureChanges, MeasureKind, Patch, Point, Station, StepValue, Unit, rebase,
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
