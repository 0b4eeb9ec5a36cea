//! Finding on the canvas, and replacing what was found.

use std::collections::BTreeSet;

use loopstream::editor::{
    Access, Action, Command, Event, Lit, Pattern, Seek, TextOrigin, Which, replacement,
};
use loopstream::model::{Document, Element, Id, LoopKey};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::common::document::document;
use crate::common::driver::Driver;
use crate::editor::ring;

/// Every text of a record in which words are found.
fn texts(document: &Document, id: Id) -> Vec<String> {
    let tags = document.tags_of(id).into_iter();
    let tags = tags.flat_map(|tags| tags.iter().map(str::to_owned));
    let words = match document.element(id) {
        Some(Element::Variable(it)) => vec![it.name, it.remark, it.equation],
        Some(Element::Link(it)) => vec![it.label, it.remark],
        Some(Element::Note(it)) => vec![it.text, it.alt],
        Some(Element::LoopLabel(it)) => vec![it.name, it.remark],
        Some(Element::Station(it)) => vec![it.name, it.remark],
        Some(Element::Flow(it)) => vec![it.remark],
        Some(Element::Frame(it)) => vec![it.title],
        Some(Element::Improvement(it)) => {
            let added = it.added.iter().map(|step| step.name.clone());
            std::iter::once(it.name.clone()).chain(added).collect()
        }
        Some(Element::Scenario(it)) => vec![it.name],
        Some(Element::Story(it)) => vec![it.name],
        Some(Element::StoryStep(it)) => vec![it.title, it.words, it.notes],
        Some(Element::Retrospective(it)) => vec![it.event, it.when, it.people, it.why],
        Some(Element::Fact(it)) => vec![it.when, it.what],
        Some(Element::Variation(it)) => vec![it.name],
        Some(Element::Experiment(it)) => vec![
            it.action,
            it.outcome,
            it.because,
            it.amount,
            it.owner,
            it.measured,
            it.unit,
            it.learned,
        ],
        Some(Element::FindingReview(_) | Element::Comment(_) | Element::Image(_)) | None => {
            Vec::new()
        }
    };
    words.into_iter().chain(tags).collect()
}

fn having(document: &Document, words: &str) -> BTreeSet<Id> {
    let Some(pattern) = Pattern::new(words) else {
        return BTreeSet::new();
    };
    let has = |id: &Id| texts(document, *id).iter().any(|text| pattern.is_in(text));
    document.ids().filter(has).collect()
}

fn seek(driver: &mut Driver, words: &str) {
    driver.send(Event::Find(Seek::For(words.to_owned())));
}

fn words_shown(driver: &Driver) -> Vec<String> {
    let found = driver.editor.find().unwrap().found().iter();
    found
        .map(|found| driver.editor.describe(found.record))
        .collect()
}

#[test]
fn what_is_found_is_lit_and_shown_in_the_order_of_reading() {
    let mut driver = ring();
    driver.wheel(0.0, 5_000.0);
    driver.hold("c");
    driver.wheel(0.0, 400.0);
    driver.hold("");
    let far = driver.editor.view().zoom;
    assert!(far < 0.8);
    seek(&mut driver, "S");
    assert_eq!(words_shown(&driver), ["delays", "batch size", "risk"]);
    assert_eq!(driver.said.last().unwrap(), "3 found");
    assert!(matches!(driver.editor.lit(), Lit::Found(records) if records.len() == 3));
    assert!(driver.editor.selection().is_empty());
    assert_eq!(driver.editor.view().zoom, far);

    for (step, name, said) in [
        (Seek::Next, "delays", "1 of 3: delays"),
        (Seek::Next, "batch size", "2 of 3: batch size"),
        (Seek::Next, "risk", "3 of 3: risk"),
        (Seek::Next, "delays", "1 of 3: delays"),
        (Seek::Previous, "risk", "3 of 3: risk"),
    ] {
        driver.send(Event::Find(step));
        assert_eq!(driver.said.last().unwrap(), said);
        assert_eq!(
            driver.editor.selection(),
            &BTreeSet::from([driver.id(name)])
        );
        let view = driver.editor.view();
        assert!(view.zoom >= 0.8);
        let rect = driver.editor.scene().bounds_of(driver.id(name)).unwrap();
        assert!(view.center().distance(rect.center()) < 1.0e-6, "{name}");
    }

    driver.send(Event::Find(Seek::Close));
    assert_eq!(driver.editor.lit(), Lit::Nothing);
    assert_eq!(
        driver.editor.selection(),
        &BTreeSet::from([driver.id("risk")])
    );
    // What was looked for last is looked for again.
    driver.send(Event::Find(Seek::Open));
    assert_eq!(driver.editor.find().unwrap().words(), "S");
    // Escape closes it first, then clears the selection.
    driver.key("escape");
    assert!(driver.editor.find().is_none());
    assert!(!driver.editor.selection().is_empty());
    driver.key("escape");
    assert!(driver.editor.selection().is_empty());
}

#[test]
fn remarks_notes_and_names_of_loops_are_found_too() {
    let mut driver = ring();
    let (from, to) = (driver.id("delays"), driver.id("batch size"));
    let mut links = driver.editor.document().edges_between(from, to);
    let link = links.next().unwrap().0;
    drop(links);
    driver.run(Command::SetRemark(link, "People wait".to_owned()));
    let key = LoopKey::new(driver.editor.document().links().keys().copied());
    driver.run(Command::NameLoop(key.clone(), "Waiting game".to_owned()));
    seek(&mut driver, "wait");
    let found = driver.editor.find().unwrap().clone();
    assert_eq!(found.found().len(), 2);
    driver.send(Event::Find(Seek::Next));
    assert_eq!(driver.editor.selection(), &BTreeSet::from([link]));
    driver.send(Event::Find(Seek::Next));
    assert_eq!(driver.editor.lit(), Lit::KeptLoop(&key));
    assert!(driver.editor.selection().is_empty());
    driver.send(Event::Find(Seek::Next));
    assert_eq!(driver.editor.chosen_loop(), None);
    seek(&mut driver, "nowhere");
    driver.send(Event::Find(Seek::Next));
    assert_eq!(driver.said.last().unwrap(), "Nothing found");
    assert_eq!(driver.editor.lit(), Lit::Nothing);
}

#[test]
fn one_is_replaced_and_the_next_is_shown() {
    let mut driver = ring();
    seek(&mut driver, "s");
    let replace = |which: Which| Command::ReplaceFound(which, "z".to_owned());
    driver.run(replace(Which::Shown));
    assert_eq!(driver.said.last().unwrap(), "1 of 3: delays");
    assert_eq!(driver.commits, 6, "the first is shown");
    driver.run(replace(Which::Shown));
    assert_eq!(
        driver.said.last().unwrap(),
        "Replaced in delays. 1 of 2: batch size"
    );
    assert!(driver.names().contains(&"delayz".to_owned()));
    let depth = driver.editor.history_depth().0;
    driver.run(replace(Which::All));
    assert_eq!(driver.said.last().unwrap(), "Replaced in 2 places.");
    assert_eq!(driver.editor.history_depth().0, depth + 1);
    assert_eq!(driver.editor.find().unwrap().found(), []);
    driver.act(Action::Undo);
    assert_eq!(words_shown(&driver), ["batch size", "risk"]);
}

#[test]
fn what_is_locked_or_would_be_too_long_stays() {
    let mut driver = ring();
    driver.send(Event::Select(BTreeSet::from([driver.id("risk")])));
    driver.act(Action::ToggleLock);
    seek(&mut driver, "s");
    let long = "x".repeat(498);
    driver.run(Command::ReplaceFound(Which::All, long));
    assert_eq!(
        driver.said.last().unwrap(),
        "1 is locked, 2 would be too long."
    );
    driver.run(Command::ReplaceFound(Which::All, "z".to_owned()));
    assert_eq!(
        driver.said.last().unwrap(),
        "Replaced in 2 places, 1 is locked."
    );
    assert!(driver.names().contains(&"risk".to_owned()));
}

#[test]
fn a_viewer_finds_and_does_not_replace() {
    let mut driver = ring();
    driver.editor = driver.editor.clone().for_viewing();
    assert_eq!(driver.editor.access(), Access::View);
    assert_eq!(driver.key("ctrl+f"), Some(Action::Find));
    assert_eq!(driver.key("ctrl+h"), None);
    seek(&mut driver, "risk");
    driver.send(Event::Find(Seek::Next));
    assert_eq!(driver.editor.selection().len(), 1);
    driver.run(Command::ReplaceFound(Which::All, "z".to_owned()));
    assert!(driver.names().contains(&"risk".to_owned()));
}

#[test]
fn finding_leaves_what_is_typed_alone() {
    let mut driver = ring();
    driver.act(Action::AddVariable);
    seek(&mut driver, "risk");
    let edit = driver.editor.text_edit().unwrap();
    assert_eq!(edit.origin, TextOrigin::Fresh);
    driver.type_text("risk of war");
    assert_eq!(driver.editor.find().unwrap().found().len(), 2);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn all_is_replaced_that_can_be(document in document(), at in any::<Index>(), from in 0_usize..8) {
        // Some letters of some text, so that there is something to be found.
        let texts: Vec<String> = document.ids().flat_map(|id| texts(&document, id)).collect();
        prop_assume!(!texts.is_empty());
        let words: String = at.get(&texts).chars().filter(|c| !c.is_whitespace()).skip(from).take(2).collect();
        let Some(pattern) = Pattern::new(&words) else { return Ok(()); };
        prop_assume!(!pattern.is_in("\u{25a0}"));
        let found = having(&document, &words);
        let done = replacement(&document, found.iter().copied(), &pattern, "\u{25a0}");
        prop_assert_eq!(done.changed + done.locked + done.too_long, found.len());
        let mut after = document.clone();
        after.apply(&done.patch).unwrap();
        let left = having(&after, &words);
        prop_assert_eq!(left.len(), done.locked + done.too_long);
        for id in left {
            prop_assert_eq!(document.element(id), after.element(id));
        }
        after.apply(&done.patch.inverted()).unwrap();
        prop_assert_eq!(after, document);
    }

    #[test]
    fn what_is_found_follows_the_document(document in document(), at in any::<Index>()) {
        let mut driver = Driver::open(document);
        seek(&mut driver, "a");
        let ids: Vec<Id> = driver.editor.document().ids().collect();
        if !ids.is_empty() {
            driver.send(Event::Select(BTreeSet::from([*at.get(&ids)])));
            driver.act(Action::Delete);
            driver.run(Command::AddVariable("A fresh one".to_owned()));
        }
        let kept = driver.editor.find().unwrap().records().clone();
        prop_assert_eq!(kept, having(driver.editor.document(), "a"));
    }
}
