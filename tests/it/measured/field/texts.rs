//! States in other languages, and what is pasted or opened.

use loopstream::import_data::{Class, TableKind, seems_measured};
use loopstream::model::{Document, MeasureKind, StationKind};
use loopstream::stream::FigureKind;
use loopstream::worker::{Press, ReadFor, ResponseBody};

use super::WIKI;
use super::{NOW, map_of_items, map_of_steps, means, outcome, said, station};
use crate::common::outside;
use crate::measured::desk::{Desk, words};
use crate::measured::{DAY, understood};

#[test]
fn states_in_other_languages_are_known_and_others_asked_about() {
    let text = "Schl\u{fc}ssel;Zu erledigen;In Arbeit;Stanzen;Fertig\n\
        A;02.11.2026 9:00;03.11.2026 9:00;04.11.2026 9:00;05.11.2026 9:00\n\
        B;02.11.2026 9:00;04.11.2026 9:00;05.11.2026 9:00;06.11.2026 9:00\n";
    let (mapping, _, figures) = understood(text, &[], NOW);
    let classes: Vec<Class> = figures.states.iter().map(|of| of.state.class).collect();
    assert_eq!(
        classes,
        [Class::Waiting, Class::Working, Class::Unknown, Class::Done]
    );
    assert!(
        mapping
            .doubts
            .iter()
            .any(|doubt| doubt.contains("\u{201c}Stanzen\u{201d} is")),
        "{:?}",
        mapping.doubts
    );
    // On a map it is a step whose process time is asked for.
    let map = map_of_items(text);
    assert_eq!(station(&map, "Stanzen").kind, StationKind::Step);
    assert_eq!(said(&map, "Stanzen", MeasureKind::ProcessTime), "?");
    let source = &station(&map, "Stanzen")
        .measures
        .get(MeasureKind::ProcessTime)
        .unwrap()
        .source;
    assert!(
        source.contains("nobody has said whether it is work"),
        "{source}"
    );
    assert_eq!(said(&map, "In Arbeit", MeasureKind::ProcessTime), "1 d");
}

#[test]
fn one_item_is_one_item() {
    let mut desk = Desk::new(&Document::default());
    let (blocks, _) = desk.look("Key,Created,Done\nA,2026-11-02 9:00,2026-11-09 9:00\n", "");
    let told = words(&blocks);
    assert!(told.contains(": 1 row."), "{told}");
    assert!(told.contains("1 item: 1 finished"), "{told}");
    assert!(
        !told.contains("1 items") && !told.contains("1 rows") && !told.contains(" 1 weeks"),
        "{told}"
    );
}

#[test]
fn what_is_pasted_becomes_what_it_says() {
    let mut desk = Desk::new(&Document::default());
    let mut paste = |text: &str| desk.read(text, "", ReadFor::Pasting);
    // Steps become a map, at places of their own: one step to undo.
    let ResponseBody::Opened {
        document: map,
        report,
        positions,
        ..
    } = paste(WIKI)
    else {
        panic!()
    };
    assert_eq!(map.stations().len(), 4);
    assert_eq!(positions, loopstream::format::Positions::Given);
    assert_eq!(
        report.summary,
        "Pasted as a table of steps: 4 steps, 8 measures."
    );
    // What was lost comes first.
    let lossy = WIKI.replace("45 min", "a while");
    let ResponseBody::Opened { report, .. } = paste(&lossy) else {
        panic!()
    };
    assert!(
        report.losses[0].contains("\u{201c}a while\u{201d} is no process time"),
        "{report:?}"
    );
    // Links become links.
    let ResponseBody::Opened {
        document: links, ..
    } = paste(
        "| from | to | sign |\n|---|---|---|\n| work | stress | + |\n| stress | work | - |\n",
    )
    else {
        panic!()
    };
    assert_eq!((links.variables().len(), links.links().len()), (2, 2));
    // Names are asked about.
    let ResponseBody::Asked(blocks) = paste("- Write\n- Review\n- Deploy\n") else {
        panic!()
    };
    assert!(words(&blocks).contains("3 names: Write, Review, Deploy."));
    let mut answer = |press: Press, text: &str| {
        assert!(matches!(
            desk.read(text, "", ReadFor::Pasting),
            ResponseBody::Asked(_)
        ));
        desk.press(press).into_iter().next().unwrap()
    };
    let ResponseBody::Opened {
        document: made,
        purpose,
        ..
    } = answer(Press::NamesAreVariables, "a\nb\nc\n")
    else {
        panic!()
    };
    assert_eq!((purpose, made.variables().len()), (ReadFor::Pasting, 3));
    let ResponseBody::Opened { document, .. } = answer(Press::NamesAreSteps, "a\nb\nc\n") else {
        panic!()
    };
    assert_eq!(document.flows().len(), 2);
    let ResponseBody::NotOpened { note, .. } = answer(Press::NamesAreNote, "a\nb\nc\n") else {
        panic!()
    };
    assert_eq!(note.as_deref(), Some("a\nb\nc\n"));
    // Words are a note, as before.
    let note = desk.read("We met today.\nIt went well.\n", "", ReadFor::Pasting);
    assert!(matches!(
        note,
        ResponseBody::NotOpened { note: Some(_), .. }
    ));
    // Where the map has these steps, a person says what becomes of it.
    let mut desk = Desk::new(&map);
    assert!(matches!(
        desk.read(WIKI, "", ReadFor::Pasting),
        ResponseBody::IsTable(..)
    ));
}

#[test]
fn what_is_opened_is_read_likewise() {
    let mut desk = Desk::new(&Document::default());
    assert!(matches!(
        desk.read(WIKI, "readme.md", ReadFor::Opening),
        ResponseBody::IsTable(..)
    ));
    let links = "from    to      sign\nwork    stress  +\n";
    assert!(matches!(
        desk.read(links, "links.txt", ReadFor::Opening),
        ResponseBody::Opened { .. }
    ));
    let asked = desk.read("Write\nReview\n", "steps.txt", ReadFor::Opening);
    let ResponseBody::Asked(blocks) = asked else {
        panic!("{asked:?}")
    };
    // A file is no note.
    assert!(!format!("{blocks:?}").contains("A note"));
}

/// Specimens of the same kinds, with the figures that stand beside them there.
#[test]
#[ignore = "files by others: LOOPSTREAM_SHARED_DATA=FOLDER cargo test --test it -- --ignored"]
fn the_specimens_give_what_is_said_of_them() {
    let read = |name: &str| outside::text_of(&format!("field/{name}"));
    let map = map_of_steps(&read("table-of-a-wiki.md"));
    assert_eq!(map.stations().len(), 4);
    let minutes = |kind| outcome(&map, kind).map(|seconds| (seconds / 60.0).round());
    assert_eq!(minutes(FigureKind::ProcessTime), Some(280.0));
    assert_eq!(minutes(FigureKind::LeadTime), Some(280.0 + 1_810.0));
    let map = map_of_steps(&read("own-words-in-a-table.csv"));
    assert_eq!(said(&map, "Draft", MeasureKind::ProcessTime), "~15 min");
    assert_eq!(
        said(&map, "Build", MeasureKind::ProcessTime),
        "1\u{2013}2\u{2013}5 min"
    );
    assert_eq!(said(&map, "Review", MeasureKind::WaitingTime), "?");
    let early = read("rows-that-end-early.csv");
    assert_eq!(seems_measured(&early), Some(TableKind::Items));
    let (_, _, figures) = understood(&early, &[], NOW);
    let whole = &figures.whole;
    assert_eq!((whole.items, whole.finished, whole.under_way), (3, 2, 1));
    let (_, _, figures) = understood(&read("time-in-each-status.csv"), &[], NOW);
    let rounded: Vec<(String, f64)> = means(&figures)
        .into_iter()
        .map(|(name, _, mean)| (name, (mean * 100.0).round() / 100.0))
        .collect();
    assert_eq!(
        rounded,
        [
            ("Todo".to_owned(), 1.69),
            ("In Progress".to_owned(), 2.0),
            ("Review".to_owned(), 1.44)
        ]
    );
    let map = map_of_items(&read("begin-and-end-only.csv"));
    let lead = outcome(&map, FigureKind::LeadTime).unwrap() / DAY;
    assert!((lead - 4.33).abs() < 0.01, "{lead}");
    assert_eq!(outcome(&map, FigureKind::ProcessTime), None);
    let map = map_of_items(&read("times-without-people.csv"));
    assert_eq!(outcome(&map, FigureKind::Capacity), None);
    assert!(outcome(&map, FigureKind::ProcessTime).is_some());
}
