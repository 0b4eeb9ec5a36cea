//! What a change says to who cannot see the canvas.

use loopstream::editor::{Command, Event, describe_change};
use loopstream::model::{
    Amount, Document, Edit, Element, Id, Measure, MeasureKind, Patch, Station, Unit,
};
use proptest::prelude::*;

use super::ring;
use crate::common::changes::patch_of;
use crate::common::document::{changes, document};
use crate::common::driver::Driver;

fn last(driver: &Driver) -> &str {
    driver.said.last().map_or("", String::as_str)
}

#[test]
fn every_edit_and_its_undoing_is_told() {
    let mut driver = Driver::with(
        &[("alpha", 300.0, 200.0), ("beta", 600.0, 200.0)],
        &[("alpha", "beta")],
    );
    let link = *driver.links().first().unwrap();
    driver.send(Event::Select([link].into()));
    for (key, words) in [
        ("+", "alpha up → beta up"),
        ("-", "alpha up → beta down"),
        ("d", "alpha up → beta down, delayed"),
        ("d", "alpha up → beta down, no longer delayed"),
        ("ctrl+z", "Undone: alpha up → beta down, delayed"),
        (
            "ctrl+shift+z",
            "Redone: alpha up → beta down, no longer delayed",
        ),
        ("backspace", "1 link removed"),
        ("ctrl+z", "Undone: 1 link added"),
    ] {
        driver.key(key);
        assert_eq!(last(&driver), words, "after {key}");
    }
    let alpha = driver.id("alpha");
    driver.run(Command::SetText(alpha, "Äußerung".to_owned()));
    assert_eq!(last(&driver), "alpha renamed Äußerung");
    driver.send(Event::Select([alpha].into()));
    driver.key("arrowright");
    assert_eq!(last(&driver), "Äußerung moved");
    driver.key("backspace");
    assert_eq!(last(&driver), "1 variable and 1 link removed");
}

#[test]
fn a_change_and_what_it_does_to_the_loops_are_one_message() {
    let mut driver = ring();
    driver.click(300.0, 200.0);
    driver.key("backspace");
    assert_eq!(
        last(&driver),
        "1 variable and 2 links removed. Loop ?1 is gone."
    );
}

#[test]
fn measures_are_told_as_they_are_now() {
    let (id, empty) = (Id::from_bits(7), Document::default());
    let mut edit = Edit::new(&empty);
    edit.set(
        id,
        Some(Element::Station(Station {
            name: "Test".to_owned(),
            ..Station::default()
        })),
    );
    let mut before = empty.clone();
    before.apply(&edit.finish()).unwrap();
    let mut after = before.clone();
    let mut edit = Edit::new(&before);
    let mut station = before.stations().get(&id).unwrap().clone();
    station.measures.set(
        MeasureKind::ProcessTime,
        Some(Measure::new(Amount::Measured(2.0), Unit::Hour)),
    );
    edit.set(id, Some(Element::Station(station)));
    let patch = edit.finish();
    after.apply(&patch).unwrap();
    assert_eq!(describe_change(&patch, &after), "Test: process time 2 h");
    assert_eq!(
        describe_change(&patch.inverted(), &before),
        "Test: process time removed"
    );
}

proptest! {
    #[test]
    fn whatever_changes_is_told(before in document(), changed in changes()) {
        let patch = patch_of(&before, &changed);
        let mut after = before.clone();
        after.apply(&patch).unwrap();
        let words = describe_change(&patch, &after);
        let says_nothing = patch.changes.is_empty() && patch.properties.is_none();
        prop_assert_eq!(words.is_empty(), says_nothing, "{:?}", words);
        let same = Patch::between(&before, &before);
        prop_assert_eq!(describe_change(&same, &before), "");
    }
}
