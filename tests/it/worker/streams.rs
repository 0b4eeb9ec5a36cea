//! What the worker says of value streams.

use std::collections::BTreeSet;

use loopstream::compare::Part;
use loopstream::editor::{KeepAs, keep_improvement};
use loopstream::format::json;
use loopstream::model::{
    Adjustment, Document, Id, IdSource, Improvement, MeasureChange, MeasureChanges, MeasureKind,
};
use loopstream::scene::{PictureLook, Theme};
use loopstream::stream::{self, Lever, SimulatedFigures, StreamReport};
use loopstream::worker::{
    Block, BoundValue, Comparison, LinkDelay, List, OtherText, PathRow, Picture, ProblemFix,
    ReportKind, Request, ResponseBody, Showing, StreamView, Table, WriteFor, marks_of,
};

use crate::worker::Desk;

fn template(name: &str) -> Document {
    let path = format!("{}/public/templates/{name}", env!("CARGO_MANIFEST_DIR"));
    json::read(&std::fs::read_to_string(path).unwrap())
        .unwrap()
        .document
}

fn acme() -> Document {
    template("acme-stamping.json")
}

fn delivery() -> Document {
    template("feature-to-production.json")
}

fn blocks(desk: &mut Desk, kind: ReportKind) -> Vec<Block> {
    match desk.ask(Request::Report(kind, Vec::new())).pop() {
        Some(ResponseBody::Report { blocks, .. }) => blocks,
        other => panic!("{other:?}"),
    }
}

fn lists(blocks: &[Block]) -> Vec<&List> {
    let lists = blocks.iter().filter_map(|block| match block {
        Block::List(list) => Some(list),
        _ => None,
    });
    lists.collect()
}

fn table(blocks: &[Block]) -> &Table {
    let mut tables = blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    tables.next().expect("there is a table")
}

fn charts(blocks: &[Block]) -> Vec<&Picture> {
    let charts = blocks.iter().filter_map(|block| match block {
        Block::Chart(picture) => Some(picture),
        _ => None,
    });
    charts.collect()
}

#[test]
fn the_limit_is_told_with_what_it_is_about() {
    let document = acme();
    let mut desk = Desk::new(document.clone());
    let report = blocks(&mut desk, ReportKind::Limit);
    let list = lists(&report)[0];
    let List::Sentences(sentences) = list else {
        panic!("{list:?}");
    };
    let first = &sentences[0];
    assert!(
        first.text.starts_with("Assembly 1 is the constraint: "),
        "{first:?}"
    );
    let named: Vec<&str> = first
        .about
        .iter()
        .map(|id| document.stations()[id].name.as_str())
        .collect();
    assert_eq!(named, ["Assembly 1"]);
    let rows = &table(&report).rows;
    let row = rows.iter().find(|row| row[0] == "Assembly 1").unwrap();
    assert_eq!(row[1], "103.3 %");
    let charts = charts(&report);
    assert_eq!(charts.len(), 1);
    for svg in [&charts[0].light, &charts[0].dark] {
        roxmltree::Document::parse(svg).unwrap();
    }
    assert_ne!(charts[0].light, charts[0].dark);
}

#[test]
fn what_is_missing_leads_to_its_field_in_the_order_of_its_weight() {
    let document = delivery();
    let report = StreamReport::of(&document);
    let expected = stream::missing(report.main().unwrap());
    assert!(!expected.is_empty());
    let mut desk = Desk::new(document);
    let report = blocks(&mut desk, ReportKind::Missing);
    let list = lists(&report)[0];
    let List::Missing(rows) = list else {
        panic!("{list:?}");
    };
    let told: Vec<(Id, MeasureKind)> = rows.iter().map(|row| (row.record, row.measure)).collect();
    let ranked: Vec<(Id, MeasureKind)> = expected
        .iter()
        .map(|missing| (missing.record, missing.measure))
        .collect();
    assert_eq!(told, ranked);
    // The page finds the field by the name of the measure.
    let names: BTreeSet<&str> = MeasureKind::ALL.iter().map(|kind| kind.name()).collect();
    assert_eq!(names.len(), MeasureKind::ALL.len());
}

#[test]
fn every_part_of_the_panel_is_written_with_its_charts() {
    let mut desk = Desk::new(delivery());
    let sequence = blocks(&mut desk, ReportKind::Sequence);
    assert_eq!(table(&sequence).heads, ["Constraint", "From", "Lift"]);
    assert_eq!(charts(&sequence).len(), 1);
    let work = blocks(&mut desk, ReportKind::WorkInProgress);
    assert_eq!(charts(&work).len(), 2);
    assert!(
        table(&work)
            .rows
            .iter()
            .any(|row| row[0].ends_with("(critical)"))
    );
    let dora = blocks(&mut desk, ReportKind::Dora);
    assert!(matches!(lists(&dora)[0], List::Metrics(rows) if rows.len() == 5));
}

/// Two streams that share a press: one with two paths, of which one is longer.
fn two_streams() -> Document {
    let step = |id: &str, minutes: u32, resource: &str| {
        format!(
            r#"{{"id":"{id}","name":"{id}","x":0,"y":0{resource},"measures":{{"processTime":{{"measured":{minutes},"unit":"min"}},"waitingTime":{{"measured":0,"unit":"s"}}}}}}"#
        )
    };
    let press = r#","resource":"press""#;
    let stations = [
        step("cups", 12, press),
        step("paint", 60, ""),
        step("lids", 10, press),
        r#"{"id":"shop","name":"shop","kind":"customer","x":0,"y":0,"measures":{"demand":{"measured":25,"unit":"per day"}}}"#.to_owned(),
        r#"{"id":"mail","name":"mail","kind":"customer","x":0,"y":0,"measures":{"demand":{"measured":30,"unit":"per day"}}}"#.to_owned(),
    ];
    let flows = r#"{"id":"f1","from":"cups","to":"shop","kind":"push","measures":{"share":{"measured":80}}},
        {"id":"f2","from":"cups","to":"paint","kind":"push"},
        {"id":"f3","from":"paint","to":"shop","kind":"push"},
        {"id":"f4","from":"lids","to":"mail","kind":"push"}"#;
    let text = format!(
        r#"{{"format":"loopstream","version":6,"title":"","stream":{{"secondsPerDay":28800}},"stations":[{}],"flows":[{flows}]}}"#,
        stations.join(",")
    );
    json::read(&text).unwrap().document
}

#[test]
fn paths_are_listed_with_what_is_on_them() {
    let mut desk = Desk::new(two_streams());
    let report = blocks(&mut desk, ReportKind::Paths);
    let list = lists(&report)[0];
    let List::Paths(paths) = list else {
        panic!("{list:?}");
    };
    let [longest, short] = &paths[..] else {
        panic!("{paths:?}");
    };
    let told = |row: &PathRow| {
        let PathRow {
            title,
            lead_time,
            process_time,
            share,
            ends,
            ..
        } = row;
        [title, lead_time, process_time, share, ends]
            .map(String::as_str)
            .join("; ")
    };
    assert_eq!(
        told(longest),
        "The longest path; 1.2 h; process time 1.2 h; 20 % of the items; cups to shop"
    );
    assert_eq!(
        told(short),
        "Without paint; 0.2 h; process time 0.2 h; 80 % of the items; cups to shop"
    );
    // Pressed, a path is selected with its flows.
    assert_eq!((longest.about.len(), short.about.len()), (5, 3));
}

#[test]
fn queues_and_limits_are_those_of_the_stream_that_is_asked_about() {
    let document = two_streams();
    let mut desk = Desk::new(document.clone());
    let about = |desk: &mut Desk, kind, name: &str| {
        let id = document
            .stations()
            .iter()
            .find(|(_, station)| station.name == name);
        match desk.ask(Request::Report(kind, vec![*id.unwrap().0])).pop() {
            Some(ResponseBody::Report { blocks, .. }) => blocks,
            other => panic!("{other:?}"),
        }
    };
    let limit = about(&mut desk, ReportKind::Limit, "lids");
    assert_eq!(table(&limit).rows, [["lids", "125 %", "24 per d"]]);
    let limit = blocks(&mut desk, ReportKind::Limit);
    let rows = &table(&limit).rows;
    assert!(
        rows.iter()
            .any(|row| row[..] == ["cups", "125 %", "20 per d"]),
        "{rows:?}"
    );
    let queues = about(&mut desk, ReportKind::Queues, "lids");
    // More is asked for than can be done.
    let endless = "without end";
    assert_eq!(
        table(&queues).rows[0],
        ["lids", "100 %", endless, endless, endless]
    );
}

#[test]
fn without_a_stream_each_part_says_what_it_needs() {
    let mut desk = Desk::new(Document::default());
    assert_eq!(blocks(&mut desk, ReportKind::Limit), []);
    for (kind, words) in [
        (ReportKind::Sequence, "No capacity is known yet."),
        (
            ReportKind::WorkInProgress,
            "Capacity and process times are needed.",
        ),
    ] {
        assert_eq!(blocks(&mut desk, kind), [Block::Words(words.to_owned())]);
    }
    let missing = blocks(&mut desk, ReportKind::Missing);
    assert!(matches!(&missing[0], Block::Words(words) if words.starts_with("Everything")));
}

#[test]
fn an_improvement_is_tried_on_the_document_as_it_is() {
    let document = delivery();
    let report = StreamReport::of(&document);
    let main = report.main().unwrap();
    let limit = main.limit.as_ref().unwrap().stations().next().unwrap();
    let expected = stream::what_if(main, limit, Lever::Time(0.5)).unwrap();
    let mut desk = Desk::new(document.clone());
    let bodies = desk.ask(Request::TryOut(limit, Lever::Time(0.5)));
    let [ResponseBody::Tried(sentence, table)] = &bodies[..] else {
        panic!("{bodies:?}");
    };
    assert!(
        sentence.starts_with(&expected.sentence(&document)),
        "{sentence}"
    );
    assert_eq!(table.heads, ["", "Now", "Then"]);
    assert_eq!(table.rows.len(), 6);
    // Where there is no stream there is nothing to say.
    let mut empty = Desk::new(Document::default());
    assert_eq!(empty.ask(Request::TryOut(limit, Lever::Time(0.5))), []);
}

#[test]
fn saved_improvements_stand_beside_today_and_one_can_be_shown() {
    let mut document = delivery();
    let report = StreamReport::of(&document);
    let limit = report.main().unwrap().limit.as_ref().unwrap();
    let limit = limit.stations().next().unwrap();
    let change = |change| MeasureChange {
        about: limit,
        measure: MeasureKind::Servers,
        change,
    };
    let mut ids = IdSource::new(1);
    let changes = MeasureChanges::new([change(Adjustment::More(1.0))]);
    let (saved, patch) = keep_improvement(&document, KeepAs::New, "One more", changes, &mut ids);
    document.apply(&patch).unwrap();
    let mut desk = Desk::new(document.clone());
    let tried = Improvement {
        changes: MeasureChanges::new([change(Adjustment::More(5.0))]),
        ..Improvement::default()
    };
    let request = Request::Improvements {
        about: Vec::new(),
        tried: Showing::Tried(Box::new(tried.clone())),
    };
    let Some(ResponseBody::Improvements(table)) = desk.ask(request).pop() else {
        panic!("no table");
    };
    let which: Vec<&Showing> = table.rows.iter().map(|row| &row.which).collect();
    let saved = Showing::Saved(saved);
    assert_eq!(
        which,
        [&Showing::Today, &saved, &Showing::Tried(Box::new(tried))]
    );
    assert_eq!(table.rows[1].name, "One more");
    assert!(
        table
            .rows
            .iter()
            .all(|row| row.cells.len() == table.columns.len())
    );
    // The badge of the constraint is where it would be; all else says what is so today.
    let [today, then] = [Showing::Today, saved.clone()].map(|showing| {
        match desk.ask(Request::Streams(showing)).pop() {
            Some(ResponseBody::Streams(view)) => view,
            other => panic!("{other:?}"),
        }
    });
    assert_eq!(
        (today.showing, then.showing.map(|shown| shown.name)),
        (None, Some("One more".to_owned()))
    );
    assert_ne!(today.marks, then.marks);
    assert_eq!(
        (today.streams, today.constraints),
        (then.streams, then.constraints)
    );
    // One that is gone shows today.
    let gone = Request::Streams(Showing::Saved(Id::from_bits(77)));
    let Some(ResponseBody::Streams(view)) = desk.ask(gone).pop() else {
        panic!("no streams");
    };
    assert_eq!((view.showing, view.marks), (None, today.marks));
    // A picture has what is shown.
    let mut picture = |showing: &Showing| {
        let bodies = desk.ask(Request::Write {
            key: "svg".to_owned(),
            purpose: WriteFor::Saving,
            look: PictureLook::plain(Theme::Light),
            only: Vec::new(),
            showing: showing.clone(),
        });
        match bodies.into_iter().next() {
            Some(ResponseBody::Written(written)) => written.text,
            other => panic!("{other:?}"),
        }
    };
    let [plain, then] = [Showing::Today, saved].map(|showing| picture(&showing));
    assert!(!plain.contains(", was "));
    assert!(then.contains(", was ") && then.contains("With One more"));
}

fn compared(desk: &mut Desk, other: Option<OtherText>) -> Comparison {
    match desk.ask(Request::Compare(other)).pop() {
        Some(ResponseBody::Compared(comparison)) => comparison,
        other => panic!("{other:?}"),
    }
}

#[test]
fn two_maps_are_compared_and_what_is_chosen_is_taken_over() {
    let mut desk = Desk::new(acme());
    let other = |document: &Document| {
        Some(OtherText {
            name: "Future".to_owned(),
            text: json::write(document),
        })
    };
    let same = compared(&mut desk, other(&acme()));
    assert_eq!(same.parts, []);
    let found = compared(&mut desk, other(&delivery()));
    // Headings are the titles of the maps; the file has one of its own where both are called the same.
    let title = delivery().properties().title.clone();
    assert_eq!(
        same.pictures[1].name,
        "Acme Stamping, current state (Future)"
    );
    assert_eq!(found.pictures[1].name, title);
    assert_eq!(
        found.figures.heads,
        ["", "Acme Stamping, current state", &title, "Change"]
    );
    // What is the same stands apart.
    assert_eq!(same.figures.rows, Vec::<Vec<String>>::new());
    assert!(same.equal.rows.len() > 5);
    assert!(
        found
            .figures
            .rows
            .iter()
            .all(|row| row[1] != row[2] && row.len() == 4)
    );
    let lead_time = found.figures.rows.iter().find(|row| row[0] == "Lead time");
    let change = &lead_time.unwrap()[3];
    assert!(
        change.ends_with(" longer") || change.ends_with(" shorter"),
        "{change}"
    );
    // Both pictures have one size, so that what moves one moves the other.
    let size = format!("width=\"{}\" height=\"{}\"", found.page.x, found.page.y);
    assert!(
        found
            .pictures
            .iter()
            .all(|picture| picture.light.contains(&size))
    );
    let parts: Vec<Part> = found.parts.iter().map(|one| one.part).collect();
    assert!(!parts.is_empty());
    let Some(ResponseBody::TakenOver(patch)) = desk.ask(Request::TakeOver(parts)).pop() else {
        panic!("a patch is answered");
    };
    // With everything taken over, nothing differs any longer.
    desk.document.apply(&patch).unwrap();
    desk.revision += 1;
    desk.ask(Request::Patch {
        revision: desk.revision,
        patch,
    });
    assert_eq!(compared(&mut desk, None).parts, []);
}

#[test]
fn what_is_no_document_is_not_compared() {
    let mut desk = Desk::new(acme());
    let other = OtherText {
        name: "a.txt".to_owned(),
        text: "nonsense".to_owned(),
    };
    let bodies = desk.ask(Request::Compare(Some(other)));
    let [ResponseBody::NotCompared(why)] = &bodies[..] else {
        panic!("{bodies:?}");
    };
    assert!(why.starts_with("a.txt was not opened: "), "{why}");
    assert_eq!(desk.ask(Request::Compare(None)), []);
}

/// P and Q of Goldratt's quiz, in one stream of four steps.
fn p_and_q() -> Document {
    template("p-and-q.json")
}

#[test]
fn the_mix_that_earns_most_is_told() {
    let mut desk = Desk::new(p_and_q());
    let blocks = blocks(&mut desk, ReportKind::Products);
    let words: Vec<&str> = blocks
        .iter()
        .filter_map(|block| match block {
            Block::Words(words) => Some(&**words),
            _ => None,
        })
        .collect();
    assert_eq!(
        words[0],
        "Capacity, utilisation and constraint are for this mix: 100 per wk of P, 50 per wk of Q. \
         Another mix has others."
    );
    assert!(words[1].contains("6300 a week"), "{}", words[1]);
    let tables: Vec<&Table> = blocks
        .iter()
        .filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        })
        .collect();
    assert_eq!(
        tables[0].rows,
        [
            ["P", "100 per wk", "66.7 %", "15 min", "62.5 %"],
            ["Q", "50 per wk", "33.3 %", "30 min", "62.5 %"],
        ]
    );
    assert_eq!(
        tables[1].rows,
        [
            ["P", "45", "3", "100 per wk"],
            ["Q", "60", "2", "30 per wk"]
        ]
    );
    // Without a time at a step, that is what is asked for.
    let mut document = p_and_q();
    let (step, _) = document
        .stations()
        .iter()
        .find(|(_, station)| station.name == "C")
        .unwrap();
    let patch =
        loopstream::editor::state_product(&document, *step, "Q", MeasureKind::ProcessTime, None);
    let step = *step;
    document.apply(&patch).unwrap();
    let mut desk = Desk::new(document);
    let found = self::blocks(&mut desk, ReportKind::Missing);
    let List::Missing(rows) = lists(&found)[0] else {
        panic!("{found:?}");
    };
    assert!(rows[0].name.ends_with(": process time of Q"), "{rows:?}");
    assert_eq!(rows[0].record, step);
    assert_eq!(rows[0].product.as_deref(), Some("Q"));
    assert_eq!(rows[0].measure, MeasureKind::ProcessTime);
}

fn streams(desk: &mut Desk) -> StreamView {
    match desk.ask(Request::Streams(Showing::Today)).pop() {
        Some(ResponseBody::Streams(view)) => view,
        other => panic!("{other:?}"),
    }
}

/// A map of two streams, with a variable that is bound to what limits one, in a loop whose delay
/// comes from the map.
const TWO: &str = r#"{
    "format": "loopstream", "version": 6, "title": "Two",
    "variables": [
        { "id": "v1", "name": "load", "x": 0, "y": 0, "binding": { "of": "a2", "result": "capacity" } },
        { "id": "v2", "name": "haste", "x": 200, "y": 0 },
        { "id": "v3", "name": "lost", "x": 400, "y": 0, "binding": { "of": "gone", "result": "capacity" } }
    ],
    "links": [
        { "id": "l1", "from": "v1", "to": "v2", "polarity": "+", "delaySource": { "from": "a1", "to": "a2" } },
        { "id": "l2", "from": "v2", "to": "v1", "polarity": "-" }
    ],
    "stations": [
        { "id": "a1", "name": "Build", "x": 0, "y": 300, "measures": { "processTime": { "measured": 1, "unit": "h" }, "waitingTime": { "measured": 2, "unit": "h" } } },
        { "id": "a2", "name": "Test", "x": 300, "y": 300, "measures": { "processTime": { "measured": 2, "unit": "h" }, "waitingTime": { "measured": 3, "unit": "h" } } },
        { "id": "a3", "name": "Users", "kind": "customer", "x": 600, "y": 300 },
        { "id": "b1", "name": "Cut", "x": 0, "y": 600 },
        { "id": "b2", "name": "Shop", "kind": "customer", "x": 300, "y": 600 },
        { "id": "c", "name": "Alone", "x": 0, "y": 900 }
    ],
    "flows": [
        { "id": "f1", "from": "a1", "to": "a2", "kind": "push" },
        { "id": "f2", "from": "a2", "to": "a3", "kind": "push" },
        { "id": "f3", "from": "b1", "to": "b2", "kind": "push" }
    ]
}"#;

#[test]
fn the_page_is_told_what_it_shows_of_the_streams() {
    let document = json::read(TWO).unwrap().document;
    let mut desk = Desk::new(document.clone());
    let view = streams(&mut desk);
    assert_eq!(
        view.marks,
        marks_of(
            &document,
            &StreamReport::of(&document),
            &SimulatedFigures::none()
        )
    );
    let id = |name: &str| {
        let mut stations = document.stations().iter();
        *stations
            .find(|(_, station)| station.name == name)
            .unwrap()
            .0
    };
    let customers: Vec<&str> = view
        .streams
        .iter()
        .map(|part| part.customers.as_str())
        .collect();
    assert_eq!(
        customers,
        ["Users", "Shop"],
        "the one with most steps is the main one"
    );
    assert_eq!(view.streams[0].constraint, Some(id("Test")));
    assert_eq!(view.streams[1].constraint, None);
    // What is selected says which stream is meant; what belongs to none means the main one.
    let about = |record| &view.about([record]).unwrap().customers;
    assert_eq!(about(id("Cut")), "Shop");
    assert_eq!(about(id("Alone")), "Users");
    let of = |name: &str| {
        let mut variables = document.variables().iter();
        *variables.find(|(_, one)| one.name == name).unwrap().0
    };
    assert!(matches!(
        view.value_of(of("load")),
        Some(BoundValue::Known(_))
    ));
    assert_eq!(view.value_of(of("lost")), Some(&BoundValue::Broken));
    assert_eq!(view.value_of(of("haste")), None);
    // A loop over both links: a day of the map, and it goes through what limits.
    let links: Vec<Id> = document.links().keys().copied().collect();
    let hours = 8.0 * 3_600.0;
    let delays: Vec<LinkDelay> = view.delays.iter().map(|(_, delay)| *delay).collect();
    assert_eq!(delays, [LinkDelay::Known(hours)]);
    assert_eq!(view.loop_delay(&document, &links).as_deref(), Some("1 d"));
    assert!(view.limits_loop(&document, &links));
    assert!(!view.limits_loop(&document, &links[..0]));
    assert!(!view.problems.is_empty());
}

/// Steps one after another with these measures, and a customer with a demand that is joined or not.
fn line(steps: &[(&str, &str)], joined: bool) -> Document {
    let last = steps.len();
    let stations = steps.iter().enumerate().map(|(at, (name, measures))| {
        format!(
            r#"{{"id": "s{at}", "name": "{name}", "x": {}, "y": 0, "measures": {{{measures}}}}}"#,
            at * 300
        )
    });
    let users = format!(
        r#"{{"id": "u", "name": "Users", "kind": "customer", "x": {}, "y": 0,
            "measures": {{"demand": {{"measured": 6, "unit": "per week"}}}}}}"#,
        last * 300
    );
    let flow = |at: usize, to: &str| {
        format!(r#"{{"id": "f{at}", "from": "s{at}", "to": "{to}", "kind": "push"}}"#)
    };
    let mut flows: Vec<String> = (1..last)
        .map(|at| flow(at - 1, &format!("s{at}")))
        .collect();
    if joined {
        flows.push(flow(last - 1, "u"));
    }
    let stations: Vec<String> = stations.chain([users]).collect();
    let text = format!(
        r#"{{"format": "loopstream", "version": 6, "title": "A line", "stations": [{}], "flows": [{}]}}"#,
        stations.join(","),
        flows.join(",")
    );
    json::read(&text).unwrap().document
}

const DEVELOP: &str =
    r#""processTime": {"measured": 4, "unit": "h"}, "waitingTime": {"guessed": 2, "unit": "day"}"#;
const TEST: &str =
    r#""processTime": {"measured": 8, "unit": "h"}, "waitingTime": {"measured": 1, "unit": "day"}"#;

fn told(steps: &[(&str, &str)], joined: bool) -> StreamView {
    streams(&mut Desk::new(line(steps, joined)))
}

fn tags(view: &StreamView) -> Vec<&str> {
    view.marks
        .tags
        .iter()
        .map(|tag| tag.words.as_str())
        .collect()
}

#[test]
fn the_headline_says_what_limits_and_what_follows() {
    let view = told(&[("Develop", DEVELOP), ("Test", TEST)], true);
    assert_eq!(
        view.streams[0].headline,
        [
            "Test is the constraint: 5 a week, 6 asked; the queue grows by 1 a week.",
            "Lead time 4.5 d, work 1.5 d (33.3 %).",
            "Numbers: from 1 guess.",
        ]
    );
    assert_eq!(view.problems, [], "the headline says it");
    assert_eq!(tags(&view)[0], "constraint \u{b7} 120 %");
}

#[test]
fn nothing_is_the_constraint_before_two_capacities_are_known() {
    let one = told(&[("Develop", ""), ("Test", TEST)], true);
    assert_eq!(
        one.streams[0].headline[0],
        "So far only Test has a capacity: 5 a week."
    );
    assert_eq!(tags(&one), [""; 0]);
    let two = told(
        &[("Refine", ""), ("Develop", DEVELOP), ("Test", TEST)],
        true,
    );
    assert!(
        two.streams[0].headline[0].starts_with("Test is the constraint so far: at most 5 a week"),
        "{:?}",
        two.streams[0].headline
    );
    assert!(tags(&two)[0].starts_with("constraint so far"));
    let none = told(&[("Develop", ""), ("Test", "")], true);
    assert_eq!(
        none.streams[0].headline,
        ["No step has a process time yet."]
    );
    assert!(!none.streams[0].is_known, "but for the demand");
}

#[test]
fn a_customer_that_is_not_joined_can_be() {
    let document = line(&[("Develop", DEVELOP), ("Test", TEST)], false);
    let view = streams(&mut Desk::new(document.clone()));
    let words: Vec<&str> = view.problems.iter().map(|row| row.words.as_str()).collect();
    assert_eq!(words.len(), 1, "{words:?}");
    assert!(
        words[0].ends_with("is not joined yet: draw a flow from Test."),
        "{words:?}"
    );
    let id = |name: &str| {
        let mut stations = document.stations().iter();
        *stations
            .find(|(_, station)| station.name == name)
            .unwrap()
            .0
    };
    assert_eq!(
        view.problems[0].fix,
        Some(ProblemFix::Join(id("Test"), id("Users")))
    );
    assert!(view.problems[0].is_hint);
}
