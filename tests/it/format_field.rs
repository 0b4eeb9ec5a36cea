//! Files from the field, on request: what each must give. The fixtures of our own that show the same
//! are in the tests of their formats.

use crate::common::document::assert_valid;
use crate::common::foreign::{links, told, variables};
use crate::common::outside;
use loopstream::causal::{LoopAnalysis, LoopPolarity, Progress};
use loopstream::format::{ImportResult, open_text};
use loopstream::model::{Document, IdSource, VariableKind};

/// A file of the field as it opens.
fn field(name: &str) -> ImportResult {
    let text = outside::text_of(&format!("field/{name}"));
    let opened = open_text(&text, &mut IdSource::new(5)).unwrap();
    assert_valid(&opened.document);
    opened
}

/// The signs of the loops, `R` and `B`, with their names; sorted.
fn loops(document: &Document) -> Vec<String> {
    let mut analysis = LoopAnalysis::new(document, 100);
    assert_eq!(analysis.advance(u64::MAX), Progress::Finished);
    let loops = analysis.report(document).loops;
    let mut words: Vec<String> = loops
        .iter()
        .map(|one| {
            let sign = match one.polarity {
                LoopPolarity::Reinforcing => "R",
                LoopPolarity::Balancing => "B",
                LoopPolarity::Undetermined => "?",
            };
            let name = document
                .label_of(&one.key)
                .map_or("", |(_, label)| &label.name);
            format!("{sign} {name}").trim_end().to_owned()
        })
        .collect();
    words.sort();
    words
}

#[test]
#[ignore = "files by others: LOOPSTREAM_SHARED_DATA=FOLDER cargo test --test it -- --ignored"]
fn kumu_with_two_signs() {
    let opened = field("kumu-two-signs.json");
    let document = &opened.document;
    assert_eq!(
        links(document),
        [
            "Costly loans -> Savings",
            "Readiness for a shock -> Costly loans //",
            "Savings +> Readiness for a shock",
        ]
    );
    assert_eq!(loops(document), ["R Debt cycle"]);
    // Two beside each other, 400 apart, and the third 300 below their middle.
    let place = |name: &str| {
        let mut all = document.variables().values();
        all.find(|one| one.name == name).unwrap().placement.position
    };
    let (a, b, c) = (
        place("Savings"),
        place("Readiness for a shock"),
        place("Costly loans"),
    );
    let scale = (b.x - a.x) / 400.0;
    assert!(scale >= 1.0);
    assert_eq!(a.y, b.y);
    assert_eq!((c.x - a.x, c.y - a.y), (200.0 * scale, 300.0 * scale));
    assert!(told(&opened).is_empty(), "{:?}", told(&opened));
}

#[test]
#[ignore = "files by others: LOOPSTREAM_SHARED_DATA=FOLDER cargo test --test it -- --ignored"]
fn sagemodeler_in_its_wrapper() {
    let opened = field("sagemodeler-in-its-wrapper.json");
    assert_eq!(opened.document.properties().title, "Pond");
    assert_eq!(variables(&opened.document), ["algae", "light under water"]);
    assert_eq!(
        links(&opened.document),
        ["algae -> light under water", "light under water +> algae"]
    );
    assert_eq!(loops(&opened.document), ["B"]);
}

#[test]
#[ignore = "files by others: LOOPSTREAM_SHARED_DATA=FOLDER cargo test --test it -- --ignored"]
fn a_frame_of_loopy() {
    let opened = field("loopy-frame.html");
    assert_eq!(
        links(&opened.document),
        ["faults +> hurry", "hurry +> faults"]
    );
    assert_eq!(loops(&opened.document), ["R"]);
    let notes: Vec<_> = opened.document.notes().values().collect();
    assert_eq!(notes.len(), 1);
    assert_eq!(notes[0].text, "98% of them");
}

#[test]
#[ignore = "files by others: LOOPSTREAM_SHARED_DATA=FOLDER cargo test --test it -- --ignored"]
fn a_list_said_by_several() {
    let opened = field("said-by-several.csv");
    assert_eq!(
        links(&opened.document),
        [
            "complaints -> night flights (Said by 2: 1, 4.)",
            "night flights +> jobs (Said by 1: 1. With the opposite sign by 1: 5.)",
            "night flights +> noise (Said by 2: 1, 3.)",
            "night flights -> jobs (Said by 1: 5. With the opposite sign by 1: 1.)",
            "noise +> complaints (Said by 3: 1, 3, 4.)",
        ]
    );
    assert_eq!(loops(&opened.document), ["B"]);
    assert_eq!(
        told(&opened),
        [
            "9 rows say 5 links: 3 of them are said in several rows, and their notes say in how \
             many",
            "night flights \u{2192} jobs (+ in 1 row, - in 1 row) is said with both signs: there is a link of each sign",
        ]
    );
}

#[test]
#[ignore = "files by others: LOOPSTREAM_SHARED_DATA=FOLDER cargo test --test it -- --ignored"]
fn a_flowchart_with_heavy_signs() {
    let opened = field("heavy-signs.mmd");
    assert_eq!(
        links(&opened.document),
        [
            "faults +> rework",
            "hurry +> faults",
            "lateness -> slack",
            "rework +> lateness",
            "slack -> hurry",
        ]
    );
    assert_eq!(loops(&opened.document), ["R"]);
}

#[test]
#[ignore = "files by others: LOOPSTREAM_SHARED_DATA=FOLDER cargo test --test it -- --ignored"]
fn a_graph_with_indented_notes() {
    let opened = field("notes-that-are-indented.dot");
    assert_eq!(
        links(&opened.document),
        ["complaints -> waiting", "waiting +> complaints"]
    );
    assert_eq!(loops(&opened.document), ["B"]);
}

#[test]
#[ignore = "files by others: LOOPSTREAM_SHARED_DATA=FOLDER cargo test --test it -- --ignored"]
fn a_model_with_its_loops_beside_it() {
    let opened = field("truth-sd-json-feedback-beside.json");
    assert_eq!(
        links(&opened.document),
        [
            "Bookings +> Guests",
            "Free rooms +> Bookings",
            "Guests +> Talk",
            "Guests -> Free rooms",
            "Talk +> Bookings",
        ]
    );
    assert_eq!(loops(&opened.document), ["B Full house", "R Word of mouth"]);
    let stocks = opened.document.variables().values();
    assert_eq!(
        stocks.filter(|one| one.kind == VariableKind::Stock).count(),
        1
    );
}
