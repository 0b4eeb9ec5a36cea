//! Tags, and what is lit by them.

use std::collections::BTreeSet;

use loopstream::editor::{Command, Event, Lit, Seek};
use loopstream::model::{Id, Tagging};

use crate::common::driver::Driver;
use crate::editor::ring;

fn tag(driver: &mut Driver, names: &[&str], tag: &str, tagging: Tagging) {
    let ids: BTreeSet<Id> = names.iter().map(|name| driver.id(name)).collect();
    driver.run(Command::Tag {
        ids,
        tag: tag.to_owned(),
        tagging,
    });
}

fn tags(driver: &Driver, name: &str) -> String {
    driver
        .editor
        .document()
        .tags_of(driver.id(name))
        .unwrap()
        .written()
}

#[test]
fn several_are_tagged_at_once_and_undone_at_once() {
    let mut driver = ring();
    tag(&mut driver, &["risk", "delays"], " people ", Tagging::On);
    let risk = driver.id("risk");
    driver.run(Command::SetTags(risk, "urgent, people,, urgent".to_owned()));
    assert_eq!(driver.said.last().unwrap(), "risk tagged people, urgent");
    assert_eq!(tags(&driver, "risk"), "people, urgent");
    assert_eq!(
        driver.editor.document().tags(),
        [("people", 2), ("urgent", 1)]
    );
    tag(&mut driver, &["risk", "delays"], "people", Tagging::Off);
    assert_eq!(tags(&driver, "risk"), "urgent");
    assert_eq!(tags(&driver, "delays"), "");
    driver.key("ctrl+z");
    assert_eq!(tags(&driver, "delays"), "people");
    // Nothing is no tag, and a long one is cut as a name is.
    tag(&mut driver, &["risk"], "  ", Tagging::On);
    tag(&mut driver, &["risk"], &"x".repeat(600), Tagging::On);
    assert_eq!(driver.editor.document().tags()[2].0.len(), 500);
}

#[test]
fn what_has_a_tag_is_lit_with_what_joins_it_until_it_is_closed() {
    let mut driver = ring();
    tag(&mut driver, &["risk", "delays"], "people", Tagging::On);
    driver.send(Event::ShowTag(Some("people".to_owned())));
    assert_eq!(driver.said.last().unwrap(), "2 tagged people");
    // Both, and the link from one to the other.
    assert!(matches!(driver.editor.lit(), Lit::Tagged(tagged) if tagged.records.len() == 3));
    tag(&mut driver, &["batch size"], "people", Tagging::On);
    assert_eq!(driver.editor.tagged().unwrap().records.len(), 6);
    driver.key("escape");
    assert_eq!(driver.editor.lit(), Lit::Nothing);
    driver.send(Event::ShowTag(Some("people".to_owned())));
    tag(
        &mut driver,
        &["risk", "delays", "batch size"],
        "people",
        Tagging::Off,
    );
    assert_eq!(
        driver.editor.tagged(),
        None,
        "a tag that nothing has shows nothing"
    );
    driver.send(Event::ShowTag(Some("nobody".to_owned())));
    assert_eq!(driver.editor.lit(), Lit::Nothing);
    assert_eq!(driver.said.last().unwrap(), "Everything is shown");
}

#[test]
fn tags_are_found() {
    let mut driver = ring();
    tag(&mut driver, &["risk"], "Management", Tagging::On);
    driver.send(Event::Find(Seek::For("manag".to_owned())));
    assert_eq!(
        driver.editor.find().unwrap().records(),
        &BTreeSet::from([driver.id("risk")])
    );
}

#[test]
fn a_viewer_shows_a_tag_and_gives_none() {
    let mut driver = ring();
    tag(&mut driver, &["risk"], "people", Tagging::On);
    driver.editor = driver.editor.clone().for_viewing();
    driver.send(Event::ShowTag(Some("people".to_owned())));
    assert!(driver.editor.tagged().is_some());
    tag(&mut driver, &["risk"], "people", Tagging::Off);
    assert_eq!(tags(&driver, "risk"), "people");
}
