//! Variables that are bound to runs of the map: what they show, and when the map is run for it.

use std::sync::Arc;

use loopstream::format::json;
use loopstream::model::{Binding, Document, Edit, Element, Id, Measure, MeasureKind, Records};
use loopstream::simulate::events::{LeftOut, Results, Settings, Study};
use loopstream::simulate::mapped::Mapped;
use loopstream::stream::{FigureDimension, Stream, amount_text, amount_text_like};
use loopstream::worker::{
    Block, BoundValue, MapQuestion, MapRunWanted, Request, Response, ResponseBody, Showing,
    SimulatedWords, StreamView, Table, Work,
};
use proptest::prelude::*;

use super::Desk;
use super::map_runs::{cell, hours};
use crate::common::document::document;

/// Two steps in a row under chance, 20 items a day, and a variable for each result of runs.
pub const BOUND: &str = r#"{"format":"loopstream","version":6,"title":"Line",
"stream":{"run":{"replications":5,"days":300,"seed":4}},
"variables":[
{"id":"mean","name":"mean","x":0,"y":300,"binding":{"simulated":"leadTime"}},
{"id":"p50","name":"p50","x":0,"y":340,"binding":{"simulated":"leadTime50"}},
{"id":"p85","name":"p85","x":0,"y":380,"binding":{"simulated":"leadTime85"}},
{"id":"p95","name":"p95","x":0,"y":420,"binding":{"simulated":"leadTime95"}},
{"id":"out1","name":"out","x":0,"y":460,"binding":{"simulated":"throughput"}},
{"id":"wip","name":"wip","x":0,"y":500,"binding":{"simulated":"workInProgress"}},
{"id":"wait","name":"wait","x":0,"y":540,"binding":{"of":"b","simulated":"waiting"}},
{"id":"queue","name":"queue","x":0,"y":580,"binding":{"of":"b","simulated":"itemsWaiting"}},
{"id":"busy","name":"busy","x":0,"y":620,"binding":{"of":"b","simulated":"utilisation"}}],
"stations":[
{"id":"in","name":"Ideas","kind":"supplier","x":0,"y":0},
{"id":"a","name":"Write","x":200,"y":0,"measures":{"processTime":{"measured":12,"unit":"min"},"variation":{"measured":1}}},
{"id":"b","name":"Review","x":400,"y":0,"measures":{"processTime":{"measured":18,"unit":"min"},"variation":{"measured":1}}},
{"id":"out","name":"Users","kind":"customer","x":600,"y":0,"measures":{"demand":{"measured":20,"unit":"per day"}}}],
"flows":[
{"id":"f","from":"in","to":"a","kind":"push"},
{"id":"g","from":"a","to":"b","kind":"push"},
{"id":"h","from":"b","to":"out","kind":"push"}]}"#;

pub fn read(text: &str) -> Document {
    json::read(text).unwrap().document
}

pub fn id(text: &str) -> Id {
    text.parse().unwrap()
}

/// What is told at once, before anything is run.
fn at_once(desk: &mut Desk) -> StreamView {
    let answers = desk.bench.take(Request::Streams(Showing::Today));
    match <[Response; 1]>::try_from(answers).map(|[one]| one.body) {
        Ok(ResponseBody::Streams(view)) => view,
        other => panic!("{other:?}"),
    }
}

/// What is told last, once all is run.
pub fn at_last(desk: &mut Desk) -> StreamView {
    let views = desk.ask(Request::Streams(Showing::Today));
    match views.into_iter().last() {
        Some(ResponseBody::Streams(view) | ResponseBody::StreamsAnew(view)) => view,
        other => panic!("{other:?}"),
    }
}

fn simulated<'v>(view: &'v StreamView, variable: &str) -> &'v SimulatedWords {
    match view.value_of(id(variable)) {
        Some(BoundValue::Simulated(words)) => words,
        other => panic!("{variable}: {other:?}"),
    }
}

fn tag(view: &StreamView, variable: &str) -> String {
    let mut tags = view.marks.tags.iter();
    let tag = tags.find(|tag| tag.id == id(variable)).unwrap();
    tag.words.clone()
}

/// The next number of the document, with this done to one of its records.
pub fn change(desk: &mut Desk, about: &str, done: impl FnOnce(&mut Element)) {
    let mut edit = Edit::new(&desk.document);
    edit.change(id(about), done);
    let patch = edit.finish();
    desk.document.apply(&patch).unwrap();
    desk.revision += 1;
    let revision = desk.revision;
    desk.bench.take(Request::Patch { revision, patch });
}

/// Another process time of a step, in minutes.
pub fn process_time(minutes: f64) -> impl FnOnce(&mut Element) {
    move |element| {
        let Element::Station(station) = element else {
            panic!("{element:?}")
        };
        let measure: Measure =
            serde_json::from_str(&format!(r#"{{"measured":{minutes},"unit":"min"}}"#)).unwrap();
        station
            .measures
            .set(MeasureKind::ProcessTime, Some(measure));
    }
}

/// The runs of the map without a worker: the plan of the map, and the settings of the document.
fn studied(document: &Document) -> (Mapped, Results) {
    let stream = Stream::all(document).swap_remove(0);
    let mapped = Mapped::of(document, &stream.stations, &Records::new()).unwrap();
    let run = &document.properties().stream.run;
    let settings = Settings {
        seed: u64::from(run.seed),
        length: run.days.unwrap() * document.calendar().seconds_per_day,
        replications: run.replications,
        most: run.replications,
        precision: 0.0,
        warm_up: LeftOut::Found,
        level: 0.95,
    };
    let mut study = Study::new(Arc::clone(&mapped.plan), settings);
    study.finish();
    let results = study.results().unwrap();
    (mapped, results)
}

#[test]
fn a_variable_shows_what_the_panel_says_of_the_same_seed() {
    let document = read(BOUND);
    let mut desk = Desk::new(document.clone());
    let first = at_once(&mut desk);
    for (_, value) in &first.bound {
        assert_eq!(*value, BoundValue::Running);
    }
    assert_eq!(tag(&first, "p85"), "simulating…");
    let view = at_last(&mut desk);
    let (_, results) = studied(&document);
    let calendar = document.calendar();
    let time = |seconds: f64| amount_text(seconds, FigureDimension::Time, &calendar);
    let percentiles = results.percentiles.unwrap();
    assert_eq!(
        simulated(&view, "mean").value,
        time(results.lead.unwrap().mean)
    );
    for (variable, found) in ["p50", "p85", "p95"].into_iter().zip(percentiles) {
        assert_eq!(simulated(&view, variable).value, time(found.mean));
        let end = |end: f64| amount_text_like(end, found.mean, FigureDimension::Time, &calendar);
        let interval = format!(
            "95 % interval: {} to {}.",
            end(found.low()),
            end(found.high())
        );
        assert_eq!(simulated(&view, variable).facts[0], interval);
    }
    let basis = &simulated(&view, "p85").facts[1];
    assert_eq!(
        *basis,
        format!(
            "5 runs of 300 working days each, of which the first {} % are left out as warm-up, with \
             the seed 4.",
            results.left_out * 5
        )
    );
    let facts = &simulated(&view, "mean").facts;
    assert!(
        facts
            .last()
            .unwrap()
            .starts_with("By formula, expected lead time: "),
        "{facts:?}"
    );
    let words = tag(&view, "p85");
    let value = &simulated(&view, "p85").value;
    assert_eq!(words, format!("{value} · simulated, 5 runs"));
    // It is the constraint, and says so as a figure by formula does.
    assert!(tag(&view, "busy").starts_with("constraint · "));

    // The panel, of the same document.
    let wanted = MapRunWanted {
        about: Vec::new(),
        question: MapQuestion::Results(Showing::Today),
        width: 300.0,
        length: 1,
    };
    let Some(ResponseBody::MapRun(told)) = desk.ask(Request::RunMap(wanted)).pop() else {
        panic!()
    };
    let tables = told.blocks.iter();
    let tables: Vec<&Table> = tables
        .filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        })
        .collect();
    let shown = |row: &str| cell(tables[0], row, "Simulated").to_owned();
    assert_eq!(simulated(&view, "out1").value, shown("Throughput"));
    assert_eq!(simulated(&view, "wip").value, shown("Items in it"));
    // In the panel one unit holds for all times.
    let p95 = percentiles[2].mean;
    for (row, found) in ["Lead time, P50", "Lead time, P85", "Lead time, P95"]
        .into_iter()
        .zip(percentiles)
    {
        let text = amount_text_like(found.mean, p95, FigureDimension::Time, &calendar);
        assert_eq!(shown(row), text);
    }
    let queue = cell(tables[2], "Review", "Items waiting");
    assert_eq!(simulated(&view, "queue").value, queue);
    let busy = cell(tables[3], "Review", "Working");
    assert_eq!(simulated(&view, "busy").value, busy);
    assert!(hours(&simulated(&view, "wait").value) > 0.0);
    let panel = hours(cell(tables[2], "Review", "Wait, mean"));
    assert!((hours(&simulated(&view, "wait").value) - panel).abs() < 0.01 * panel);
}

#[test]
fn only_what_changes_the_runs_begins_them_anew() {
    let mut desk = Desk::new(read(BOUND));
    let first = at_last(&mut desk);
    // A variable moves, a step gets another colour and place, a name changes: nothing is run.
    change(&mut desk, "mean", |element| {
        let Element::Variable(variable) = element else {
            panic!()
        };
        variable.placement.position.x += 50.0;
        variable.name = "lead time".to_owned();
    });
    change(&mut desk, "a", |element| {
        let Element::Station(station) = element else {
            panic!()
        };
        station.placement.position.y += 50.0;
        station.name = "Draft".to_owned();
    });
    assert_eq!(at_once(&mut desk).bound, first.bound);
    while desk.bench.work() == Work::Waits {
        assert_eq!(desk.bench.advance(1_000), []);
    }
    // Another process time: what was run is of no more use.
    change(&mut desk, "a", process_time(13.0));
    let running = at_once(&mut desk);
    assert!(
        running
            .bound
            .iter()
            .all(|(_, value)| *value == BoundValue::Running)
    );
    let second = at_last(&mut desk);
    assert_ne!(
        simulated(&second, "mean").value,
        simulated(&first, "mean").value
    );
    // And back: the same chance gives the same.
    change(&mut desk, "a", process_time(12.0));
    let third = at_last(&mut desk);
    assert_eq!(third.bound, first.bound);
    // Another seed.
    let mut edit = Edit::new(&desk.document);
    let mut properties = desk.document.properties().clone();
    properties.stream.run.seed = 5;
    edit.set_properties(properties);
    let patch = edit.finish();
    desk.document.apply(&patch).unwrap();
    desk.revision += 1;
    let revision = desk.revision;
    desk.bench.take(Request::Patch { revision, patch });
    assert_eq!(
        at_once(&mut desk).value_of(id("p85")),
        Some(&BoundValue::Running)
    );
}

#[test]
fn a_move_while_the_map_runs_takes_nothing_back() {
    let mut desk = Desk::new(read(BOUND));
    at_once(&mut desk);
    for _ in 0..3 {
        assert_eq!(desk.bench.advance(1_000), []);
    }
    // The page asks for nothing, as a move makes no difference to streams.
    change(&mut desk, "mean", |element| {
        if let Element::Variable(variable) = element {
            variable.placement.position.x += 50.0;
        }
    });
    let mut told = Vec::new();
    while desk.bench.work() == Work::Waits {
        told.extend(desk.bench.advance(50_000));
    }
    let [
        Response {
            revision: 2,
            body: ResponseBody::StreamsAnew(view),
        },
    ] = told.as_slice()
    else {
        panic!("{told:?}")
    };
    assert_eq!(*view, at_once(&mut desk));
    simulated(view, "p85");
}

#[test]
fn a_question_goes_before_what_nobody_asked_for() {
    let mut desk = Desk::new(read(BOUND));
    at_once(&mut desk);
    let wanted = MapRunWanted {
        about: Vec::new(),
        question: MapQuestion::Results(Showing::Today),
        width: 300.0,
        length: 1,
    };
    let answers = desk.ask(Request::RunMap(wanted));
    let place = |wanted: fn(&ResponseBody) -> bool| answers.iter().position(wanted).unwrap();
    let asked = place(|body| matches!(body, ResponseBody::MapRun(_)));
    let bound = place(|body| matches!(body, ResponseBody::StreamsAnew(_)));
    assert!(asked < bound);
}

#[test]
fn what_keeps_a_figure_from_being_known_is_said_in_its_place() {
    let not = |view: &StreamView, variable: &str| match view.value_of(id(variable)) {
        Some(BoundValue::NotSimulated(tag, why)) => (tag.clone(), why.clone()),
        other => panic!("{variable}: {other:?}"),
    };
    // Nothing says how long a step takes.
    let text = BOUND.replace(r#""processTime":{"measured":18,"unit":"min"},"#, "");
    let view = at_last(&mut Desk::new(read(&text)));
    let (words, why) = not(&view, "p85");
    assert_eq!(words, "map cannot run");
    assert!(why.contains("Review"), "{why}");
    assert_eq!(tag(&view, "p85"), "map cannot run");

    // More comes than can be done: what comes out has a mean, and how long it takes has none.
    let text = BOUND.replace(r#""measured":18"#, r#""measured":30"#);
    let view = at_last(&mut Desk::new(read(&text)));
    assert_eq!(not(&view, "mean").0, "grows without end");
    assert_eq!(not(&view, "wip").0, "grows without end");
    assert_eq!(not(&view, "queue").0, "grows without end");
    assert!(simulated(&view, "out1").value.starts_with("16"));
    assert!(simulated(&view, "busy").value.starts_with("100"));

    let text = BOUND.replace(r#""days":300"#, r#""days":0.5"#);
    let view = at_last(&mut Desk::new(read(&text)));
    let (words, why) = not(&view, "p85");
    assert_eq!(words, "runs too short", "{why}");

    // Without a stream there is nothing to be bound to.
    let document = read(BOUND);
    let mut edit = Edit::new(&document);
    for station in document.stations().keys() {
        edit.remove(*station);
    }
    let mut empty = document.clone();
    empty.apply(&edit.finish()).unwrap();
    let view = at_last(&mut Desk::new(empty));
    assert!(
        view.bound
            .iter()
            .all(|(_, value)| *value == BoundValue::Broken)
    );
}

#[test]
fn the_steps_of_a_story_tell_what_runs_say() {
    let text = BOUND.replace(
        r#""stations":["#,
        r#""stories":[{"id":"s","name":"Tour"}],
"storySteps":[{"id":"s1","story":"s","figures":[{"simulated":"leadTime85"},{"of":"b","simulated":"utilisation"},{"result":"throughput"}]}],
"stations":["#,
    );
    let mut desk = Desk::new(read(&text));
    let story = Request::StoryFigures(id("s"));
    let told = |desk: &mut Desk, request: Request| match desk.bench.take(request).pop() {
        Some(Response {
            body: ResponseBody::StoryFigures(figures),
            ..
        }) => figures[0].1.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(told(&mut desk, story.clone())[0].value, None);
    let view = at_last(&mut desk);
    let figures = told(&mut desk, story);
    assert_eq!(figures[0].name, "Simulated lead time, P85");
    assert_eq!(
        figures[0].value.as_ref(),
        Some(&simulated(&view, "p85").value)
    );
    assert_eq!(figures[0].trust, "simulated");
    assert_eq!(figures[1].name, "Simulated utilisation of Review");
    assert_eq!(figures[2].name, "Throughput");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]
    /// Documents of every shape, with bindings of every kind: what is simulated says that it is, or why
    /// it is not, and nothing else does.
    #[test]
    fn any_bound_variable_says_what_it_is(document in document()) {
        let mut document = document;
        let mut properties = document.properties().clone();
        properties.stream.run.days = Some(0.5);
        properties.stream.run.replications = 2;
        let mut edit = Edit::new(&document);
        edit.set_properties(properties);
        let patch = edit.finish();
        document.apply(&patch).unwrap();
        let mut desk = Desk::new(document.clone());
        let mut views = vec![at_once(&mut desk)];
        for _ in 0..20 {
            for told in desk.bench.advance(500) {
                if let ResponseBody::StreamsAnew(view) = told.body {
                    views.push(view);
                }
            }
        }
        let is_there = |station: &Id| document.stations().contains_key(station);
        let has_stream = !Stream::all(&document).is_empty();
        let bound = document.variables().iter().filter_map(|(id, one)| Some((*id, one.binding?)));
        for (variable, binding) in bound {
            for view in &views {
                let value = view.value_of(variable).unwrap();
                let is_broken = match binding {
                    Binding::Simulated(_) => !has_stream,
                    Binding::SimulatedStep(station, _) => !is_there(&station),
                    Binding::Measure(..) | Binding::Step(..) | Binding::Stream(_) => {
                        *value == BoundValue::Broken
                    }
                };
                prop_assert_eq!(*value == BoundValue::Broken, is_broken);
                let says_so = matches!(
                    value,
                    BoundValue::Simulated(_) | BoundValue::Running | BoundValue::NotSimulated(..)
                );
                prop_assert_eq!(says_so, binding.is_simulated() && !is_broken);
            }
        }
    }
}
