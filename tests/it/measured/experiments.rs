//! Lead times of work items as the numbers of an experiment.

use loopstream::model::{Date, Document, Edit, Element, Experiment, Id, Sample};
use loopstream::worker::{Block, Press, ResponseBody};
use proptest::collection::vec;
use proptest::prelude::*;

use super::desk::{Desk, words};

/// A document with an experiment, of id 1, that begins on a day.
fn with_experiment(begins: Option<&str>) -> Document {
    let empty = Document::default();
    let mut edit = Edit::new(&empty);
    let experiment = Experiment {
        action: "pair on tests".to_owned(),
        begins: begins.and_then(Date::parse),
        ..Experiment::default()
    };
    edit.set(Id::from_bits(1), Some(Element::Experiment(experiment)));
    let patch = edit.finish();
    let mut document = Document::default();
    document.apply(&patch).unwrap();
    document
}

/// A day of November 2026, and an hour.
fn moment(hours: u32) -> String {
    format!("2026-11-{:02} {:02}:00", 1 + hours / 24, hours % 24)
}

/// A table of items, each with the hours at which it came and was done, if it was.
fn table(items: &[(u32, Option<u32>)]) -> String {
    let mut text = "Key,Created,In Progress,Done\n".to_owned();
    for (number, (came, done)) in items.iter().enumerate() {
        let done = done.map(moment).unwrap_or_default();
        let came = moment(*came);
        text.push_str(&format!("A-{number},{came},{came},{done}\n"));
    }
    text
}

/// The form with the experiment chosen, on the clock.
fn asked(desk: &mut Desk, text: &str) -> Vec<Block> {
    desk.look(text, "");
    desk.fill("basis", "clock");
    let mut bodies = desk.fill("experiment", "1").into_iter();
    match bodies.next() {
        Some(ResponseBody::Form(blocks, memory)) => {
            assert!(!memory.contains("experiment"), "{memory}");
            blocks
        }
        other => panic!("{other:?}"),
    }
}

/// The numbers of both sides, with their unit, once they are taken.
fn taken(desk: &mut Desk, document: &Document) -> (Vec<f64>, Vec<f64>, String) {
    let bodies = desk.press(Press::LeadTimes);
    let Some(ResponseBody::TakenOver(patch)) = bodies.first() else {
        panic!("{bodies:?}");
    };
    let mut document = document.clone();
    document.apply(patch).unwrap();
    let experiment = &document.experiments()[&Id::from_bits(1)];
    let numbers = |sample: &Option<Sample>| match sample {
        Some(Sample::Numbers(numbers)) => numbers.to_vec(),
        Some(Sample::Share(share)) => panic!("{share:?}"),
        None => Vec::new(),
    };
    (
        numbers(&experiment.before),
        numbers(&experiment.after),
        experiment.unit.clone(),
    )
}

fn has_button(blocks: &[Block]) -> bool {
    let is_button =
        |block: &Block| matches!(block, Block::Button(one) if one.press == Press::LeadTimes);
    blocks.iter().any(is_button)
}

#[test]
fn the_day_on_which_it_begins_divides_before_from_after() {
    let document = with_experiment(Some("2026-11-08"));
    let mut desk = Desk::new(&document);
    // Two before, one that began before and ended after, one after, one under way.
    let items = [
        (0, Some(48)),
        (24, Some(96)),
        (120, Some(192)),
        (180, Some(204)),
        (200, None),
    ];
    let blocks = asked(&mut desk, &table(&items));
    assert!(has_button(&blocks));
    let said = words(&blocks);
    assert!(
        said.contains(
            "Lead times, in d: 2 items before, 2 items after. 1 of those after had begun before."
        ),
        "{said}"
    );
    let (before, after, unit) = taken(&mut desk, &document);
    assert_eq!((before, after), (vec![2.0, 3.0], vec![3.0, 1.0]));
    assert_eq!(unit, "d");
    // Another day.
    desk.fill("divide-1", "2026-11-04");
    let (before, after, _) = taken(&mut desk, &document);
    assert_eq!((before, after), (vec![2.0], vec![3.0, 3.0, 1.0]));
}

#[test]
fn what_lacks_is_said_once() {
    let no_day = with_experiment(None);
    let mut desk = Desk::new(&no_day);
    let blocks = asked(&mut desk, &table(&[(0, Some(48))]));
    assert!(!has_button(&blocks));
    assert!(words(&blocks).contains("Say from which day on items count as after"));
    desk.fill("divide-1", "someday soon");
    let bodies = desk.press(Press::LeadTimes);
    assert!(
        matches!(&bodies[..], [ResponseBody::Refused(why)] if why.contains("This is no day")),
        "{bodies:?}"
    );
    let document = with_experiment(Some("2026-11-08"));
    let mut desk = Desk::new(&document);
    let blocks = asked(
        &mut desk,
        "Key,Created,In Progress,Done\nA-1,,,2026-11-05 10:00\nA-2,2026-11-06 10:00,,\n",
    );
    assert!(!has_button(&blocks));
    assert!(words(&blocks).contains("there are no lead times to take."));
    // Without an experiment nothing is asked.
    let mut desk = Desk::new(&Document::default());
    let (blocks, _) = desk.look(&table(&[(0, Some(48))]), "");
    assert!(
        !blocks
            .iter()
            .any(|block| matches!(block, Block::Field(one) if one.key == "experiment"))
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn each_finished_item_is_on_its_side(
        items in vec((0..300_u32, proptest::option::of(24..300_u32)), 1..30),
        day in 2..25_u32,
    ) {
        let items: Vec<(u32, Option<u32>)> = items
            .into_iter()
            .map(|(came, took)| (came, took.map(|took| came + took)))
            .collect();
        prop_assume!(items.iter().any(|(_, done)| done.is_some()));
        let document = with_experiment(Some(&format!("2026-11-{day:02}")));
        let mut desk = Desk::new(&document);
        asked(&mut desk, &table(&items));
        let (before, after, unit) = taken(&mut desk, &document);
        prop_assume!(unit == "d");
        let mut expected: [Vec<f64>; 2] = Default::default();
        for (came, done) in items {
            if let Some(done) = done {
                let side = usize::from(done >= (day - 1) * 24);
                let days = f64::from(done - came) / 24.0;
                expected[side].push((days * 1_000.0).round() / 1_000.0);
            }
        }
        for (mut found, mut expected) in [before, after].into_iter().zip(expected) {
            found.sort_by(f64::total_cmp);
            expected.sort_by(f64::total_cmp);
            prop_assert_eq!(found, expected);
        }
    }
}
