//! How the structure changed: the figures of versions against figures computed afresh, and the report
//! of a history as the page asks for it.

use loopstream::causal::{CountState, DiagramGraph, ExactCount, Progress};
use loopstream::format::json;
use loopstream::model::{
    Date, Delay, Document, Edit, Element, Experiment, Id, Patch, VariableKind,
};
use loopstream::store::OpenDocument;
use loopstream::stream::{FigureKind, StreamReport};
use loopstream::worker::{
    Block, ReportKind, ResponseBody, StorageRequest, StructureCount, StructureFigures, Table,
};
use proptest::collection::vec;
use proptest::prelude::*;

use super::archive::{ID, Page};
use crate::common::changes::patch_of;
use crate::common::document::{changes, document};
use crate::worker::Desk;

fn finished(mut count: StructureCount, budget: u64) -> StructureCount {
    while count.advance(budget) == Progress::Unfinished {}
    count
}

/// The figures by the parts of the house that are tested by themselves, without a bound.
fn afresh(document: &Document, found: &StructureFigures) {
    let variables = document.variables();
    assert_eq!(found.variables, variables.len());
    assert_eq!(found.links, document.links().len());
    let delayed = document
        .links()
        .values()
        .filter(|link| link.delay == Delay::Delayed);
    assert_eq!(found.delayed, delayed.count());
    let stocks = variables
        .values()
        .filter(|one| one.kind == VariableKind::Stock);
    assert_eq!(found.stocks, stocks.count());
    let mut count = ExactCount::new(&DiagramGraph::of(document).graph);
    while count.advance(10_000) == Progress::Unfinished {}
    match found.loops.is_exact {
        true => {
            assert_eq!(count.state(), CountState::Exact);
            assert_eq!(found.loops.counts, count.counts().unwrap());
        }
        false => {
            let (found, all) = (found.loops.counts.total(), count.at_least().total());
            assert!(found.approximate() <= all.approximate());
        }
    }
    let report = StreamReport::of(document);
    let main = report.streams.first();
    assert_eq!(found.stream.is_some(), main.is_some());
    if let (Some(stream), Some(main)) = (&found.stream, main) {
        let likely = |kind: FigureKind| main.figure(kind).and_then(|one| one.outcome.likely());
        assert_eq!(stream.lead_time, likely(FigureKind::LeadTime));
        assert_eq!(stream.throughput, likely(FigureKind::Throughput));
        let limit: Vec<Id> = main
            .limit
            .iter()
            .flat_map(|limit| limit.stations())
            .collect();
        assert_eq!(stream.constraint, limit);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn versions_have_the_figures_that_each_has_by_itself(
        first in document(),
        edits in vec(changes(), 1..6),
        budget in 1..5_000_u64,
    ) {
        let mut document = first;
        let mut before: Option<StructureCount> = None;
        for edit in edits {
            let count = finished(StructureCount::new(&document, before.as_ref()), budget);
            afresh(&document, count.figures());
            before = Some(count);
            let patch = patch_of(&document, &edit);
            document.apply(&patch).unwrap();
        }
    }
}

const MINUTE: u64 = 60_000;
const DAY: u64 = 24 * 60 * MINUTE;
/// The third of March 2026, at noon in UTC, in milliseconds since the epoch.
const START: u64 = 1_772_539_200_000;

/// A map of two steps that take so many hours, beside a loop; one version of it.
fn version(review: u32, deploy: u32, more: &str) -> Document {
    let text = format!(
        r#"{{"format": "loopstream", "version": 6, "title": "A line",
        "variables": [{{"id": "a", "name": "fear", "x": 0, "y": 300}}, {{"id": "b", "name": "risk", "x": 300, "y": 300}}],
        "links": [{{"id": "l1", "from": "a", "to": "b", "polarity": "+", "delayed": true}}{more}],
        "stations": [
        {{"id": "r", "name": "Review", "x": 0, "y": 0, "measures": {{"processTime": {{"measured": {review}, "unit": "h"}}}}}},
        {{"id": "d", "name": "Deploy", "x": 300, "y": 0, "measures": {{"processTime": {{"measured": {deploy}, "unit": "h"}}}}}},
        {{"id": "u", "name": "Users", "kind": "customer", "x": 600, "y": 0, "measures": {{"demand": {{"measured": 4, "unit": "per day"}}}}}}],
        "flows": [{{"id": "f1", "from": "r", "to": "d", "kind": "push"}}, {{"id": "f2", "from": "d", "to": "u", "kind": "push"}}]}}"#
    );
    json::read(&text).unwrap().document
}

const BACK: &str = r#", {"id": "l2", "from": "b", "to": "a", "polarity": "+"}"#;

fn with_experiment(mut document: Document, begins: &str) -> Document {
    let mut edit = Edit::new(&document);
    let experiment = Experiment {
        action: "review in pairs".to_owned(),
        begins: Date::parse(begins),
        ends: Date::parse("2031-01-01"),
        ..Experiment::default()
    };
    edit.set(Id::from_bits(900), Some(Element::Experiment(experiment)));
    let patch = edit.finish();
    document.apply(&patch).unwrap();
    document
}

/// The report of a history of these versions, one a day, with the last one as now an hour later.
fn report(versions: &[Document]) -> Vec<Block> {
    let page = Page::default();
    let (first, rest) = versions.split_first().unwrap();
    let tab = Id::from_bits(4);
    let mut desk = Desk::new(first.clone());
    let mut open = OpenDocument::create(page.store(), ID, first.clone(), tab, START);
    page.send(&mut desk, StorageRequest::Record(ID), START);
    let (mut before, mut now) = (first, START);
    for version in rest {
        now += DAY;
        let _ = open.record(page.store(), &Patch::between(before, version), now);
        page.send(&mut desk, StorageRequest::Record(ID), now);
        before = version;
    }
    let mut desk = Desk::new(before.clone());
    let bodies = page.send(&mut desk, StorageRequest::Structure(ID), now + 60 * MINUTE);
    let [
        ResponseBody::Report {
            kind: ReportKind::Structure,
            blocks,
            ..
        },
    ] = bodies.as_slice()
    else {
        panic!("{bodies:?}");
    };
    blocks.clone()
}

fn table(blocks: &[Block]) -> &Table {
    let found = blocks.iter().find_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    found.unwrap()
}

fn charts(blocks: &[Block]) -> Vec<&str> {
    let charts = blocks.iter().filter_map(|block| match block {
        Block::Chart(picture) => Some(picture.name.as_str()),
        _ => None,
    });
    charts.collect()
}

fn words(blocks: &[Block]) -> Vec<&str> {
    let words = blocks.iter().filter_map(|block| match block {
        Block::Words(words) => Some(words.as_str()),
        _ => None,
    });
    words.collect()
}

#[test]
fn a_history_is_told_with_charts_moves_of_the_constraint_and_a_table() {
    let versions = [
        version(4, 1, ""),
        version(4, 1, BACK),
        with_experiment(version(1, 3, BACK), "2026-03-04"),
    ];
    let blocks = report(&versions);
    assert_eq!(
        charts(&blocks),
        [
            "Variables and links",
            "Loops",
            "Delayed links",
            "Lead time",
            "Throughput"
        ]
    );
    let words = words(&blocks);
    assert!(
        words.contains(&"2026-03-03 12:00 UTC: the constraint was Review."),
        "{words:?}"
    );
    assert!(
        words.contains(&"2026-03-05 12:00 UTC: the constraint moved from Review to Deploy."),
        "{words:?}"
    );
    let table = table(&blocks);
    assert_eq!(
        table.heads,
        [
            "Version",
            "Variables",
            "Links",
            "Delayed",
            "Loops R",
            "Loops B",
            "Loops ?",
            "Lead time",
            "Throughput",
            "Constraint"
        ]
    );
    assert_eq!(table.rows.len(), 4);
    assert_eq!(
        table.rows[0][..7],
        ["2026-03-03 12:00 UTC", "2", "1", "1", "0", "0", "0"]
    );
    assert_eq!(
        table.rows[1][..7],
        ["2026-03-04 12:00 UTC", "2", "2", "1", "1", "0", "0"]
    );
    assert_eq!(table.rows[3][0], "Now");
    assert_eq!(table.rows[2][9], "Deploy");
    // The begin of the experiment is on each chart, its end lies in the future.
    for block in &blocks {
        if let Block::Chart(picture) = block {
            assert!(picture.light.contains("E1 begins"), "{}", picture.name);
            assert!(!picture.light.contains("E1 ends"), "{}", picture.name);
        }
    }
    let row = blocks.iter().find_map(|block| match block {
        Block::Row(row) => Some(row),
        _ => None,
    });
    assert_eq!(row.unwrap().title, "If we review in pairs.");
    let csv = table.csv();
    assert_eq!(csv.lines().count(), 5);
    assert!(csv.starts_with("Version,Variables,Links,"), "{csv}");
}

#[test]
fn a_single_version_has_a_table_and_says_what_is_to_come() {
    let page = Page::default();
    let mut desk = Desk::new(Document::default());
    let bodies = page.send(&mut desk, StorageRequest::Structure(ID), START);
    let [ResponseBody::Report { blocks, .. }] = bodies.as_slice() else {
        panic!("{bodies:?}");
    };
    assert!(
        words(blocks)
            .iter()
            .any(|words| words.starts_with("There is one version so far."))
    );
    assert_eq!(table(blocks).rows, [["Now"]]);
}

#[test]
fn a_table_is_copied_as_values_parted_by_commas() {
    let rows = vec![
        vec!["a, b".to_owned(), "say \"x\"".to_owned()],
        vec!["=1+1".to_owned(), "2".to_owned()],
    ];
    assert_eq!(
        Table::new(&["one", "two"], rows).csv(),
        "one,two\r\n\"a, b\",\"say \"\"x\"\"\"\r\n'=1+1,2\r\n"
    );
}
