//! Models whose constants are taken from the value stream.

use std::sync::Arc;

use loopstream::causal::Progress;
use loopstream::format::{json, open_text};
use loopstream::model::{
    Binding, Document, Edit, Element, Id, IdSource, SimulatedResult, TimeBasis, exact_text,
};
use loopstream::scene::{PictureLook, Theme};
use loopstream::simulate::{
    Run, Settings, StreamFigures, Taken, TakenFigure, compile, model_of, stream_figures,
};
use loopstream::stream::{SimulatedFigures, StreamReport};
use loopstream::worker::{
    ChartWanted, Request, ResponseBody, RunState, RunView, RunWanted, Showing, WriteFor,
};
use proptest::prelude::*;

use super::Desk;
use super::bound_runs::{BOUND, at_last, change, id, process_time, read};

/// A backlog that is filled by a rate and drained by what the stream does, with a delay of its lead
/// time.
const MODEL: &str = r#""run":{"stop":20,"step":0.25,"timeUnit":"week"},
"links":[{"id":"l1","from":"rate","to":"done","polarity":"+"}],
"variables":[
{"id":"done","name":"Done","kind":"stock","x":0,"y":-200,"equation":"0"},
{"id":"rate","name":"deploys","kind":"rate","x":-200,"y":-200,"equation":"through + DELAY3(wishes, lead)"},
{"id":"wishes","name":"wishes","x":-200,"y":-400,"equation":"5 + STEP(5, 3)"},
{"id":"through","name":"through","x":-300,"y":-200,"units":"items/week","binding":{"result":"throughput"}},
{"id":"lead","name":"lead","x":-100,"y":-400,"binding":{"simulated":"leadTime85"}},"#;

fn model() -> String {
    BOUND.replace(r#""variables":["#, MODEL)
}

fn wanted() -> RunWanted {
    RunWanted {
        chart: ChartWanted {
            width: 300.0,
            height: 180.0,
            variables: vec![id("done")],
            ..ChartWanted::default()
        },
        ..RunWanted::default()
    }
}

fn run(desk: &mut Desk) -> RunView {
    let answers = desk.ask(Request::Run(wanted()));
    let mut views = answers.into_iter().filter_map(|body| match body {
        ResponseBody::Run(view) => Some(view),
        _ => None,
    });
    views.next().unwrap()
}

fn line(view: &RunView) -> Vec<u64> {
    let bits = view.lines[0].values.iter().map(|value| value.to_bits());
    bits.collect()
}

fn of(view: &RunView, variable: &str) -> f64 {
    let mut sliders = view.sliders.iter();
    sliders.find(|one| one.id == id(variable)).unwrap().value
}

/// The document with these numbers typed in.
fn typed(document: &Document, numbers: &[(&str, f64)]) -> Document {
    let mut edit = Edit::new(document);
    for (variable, number) in numbers {
        edit.change(id(variable), |element| {
            let Element::Variable(variable) = element else {
                panic!()
            };
            variable.equation = exact_text(*number);
            variable.binding = None;
        });
    }
    let mut typed = document.clone();
    typed.apply(&edit.finish()).unwrap();
    typed
}

#[test]
fn a_model_takes_its_rate_and_delay_from_the_stream() {
    let mut desk = Desk::new(read(&model()));
    // Before the map has run the model says what it lacks, and begins once it has.
    let first = desk.bench.take(Request::Streams(Showing::Today));
    assert_eq!(first.len(), 1);
    desk.bench.take(Request::Run(wanted()));
    let mut early = Vec::new();
    while early.is_empty() {
        early.extend(desk.bench.advance(1));
    }
    let ResponseBody::Run(view) = early.remove(0).body else {
        panic!("{early:?}")
    };
    let words: Vec<&str> = view.problems.iter().map(|one| one.words.as_str()).collect();
    assert!(
        words.contains(
            &"“lead”: shows the simulated lead time, P85 of the stream, which is not known: the map is \
              being run for it"
        ),
        "{words:?}"
    );
    let streams = at_last(&mut desk);
    let view = run(&mut desk);
    assert_eq!(view.state, RunState::Done);
    assert!(view.problems.is_empty(), "{:?}", view.problems);
    // 20 a day on five days.
    assert_eq!(of(&view, "through"), 100.0);
    let told: Vec<&str> = view
        .from_stream
        .iter()
        .map(|one| one.words.as_str())
        .collect();
    assert_eq!(told.len(), 2);
    assert!(
        told[0].starts_with("lead: ")
            && told[0].contains("from the stream: simulated lead time, P85"),
        "{told:?}"
    );
    assert!(told[0].ends_with("of 5 runs."), "{told:?}");
    assert_eq!(
        told[1],
        "through: 100 items per working week of 5 days with 8 h each, from the stream: throughput of \
         the stream, by formula."
    );
    // The same as if they had been typed.
    let numbers = [("through", 100.0), ("lead", of(&view, "lead"))];
    let typed = typed(&desk.document, &numbers);
    assert_eq!(line(&view), line(&run(&mut Desk::new(typed))));
    // Another measure: the model has other numbers.
    change(&mut desk, "a", process_time(14.0));
    let again = at_last(&mut desk);
    assert_ne!(again.bound, streams.bound);
    assert_ne!(of(&run(&mut desk), "lead"), of(&view, "lead"));
    // What has an equation of its own takes nothing.
    change(&mut desk, "through", |element| {
        let Element::Variable(variable) = element else {
            panic!()
        };
        variable.equation = "7".to_owned();
    });
    let own = run(&mut desk);
    assert_eq!(of(&own, "through"), 7.0);
    assert_eq!(own.from_stream.len(), 1);
}

#[test]
fn what_is_not_known_is_asked_for_by_name() {
    let problem = |text: &str| {
        let mut desk = Desk::new(read(text));
        at_last(&mut desk);
        let view = run(&mut desk);
        let words = view.problems.iter().map(|one| one.words.clone());
        words.collect::<Vec<String>>()
    };
    let broken = model().replace(
        r#""binding":{"result":"throughput"}"#,
        r#""binding":{"of":"nobody","result":"utilisation"}"#,
    );
    assert!(
        problem(&broken)
            .contains(&"“through”: shows something of the stream that is gone".to_owned()),
        "{:?}",
        problem(&broken)
    );
    let unknown = model().replace(
        r#""binding":{"result":"throughput"}"#,
        r#""binding":{"of":"a","measure":"waitingTime"}"#,
    );
    let words = problem(&unknown);
    assert!(
        words[0].contains("of Write, which is not known: nobody knows it yet"),
        "{words:?}"
    );
    let grows = model().replace(r#""measured":18"#, r#""measured":30"#);
    let words = problem(&grows);
    assert!(words[0].contains("grows without end"), "{words:?}");
}

#[test]
fn other_programs_get_the_number_and_where_it_is_from() {
    let mut desk = Desk::new(read(&model()));
    at_last(&mut desk);
    let lead = exact_text(of(&run(&mut desk), "lead"));
    for key in ["xmile", "vensim"] {
        let written = desk.ask(Request::Write {
            showing: Showing::Today,
            key: key.to_owned(),
            purpose: WriteFor::Saving,
            look: PictureLook::plain(Theme::Light),
            only: Vec::new(),
        });
        let Some(ResponseBody::Written(written)) = written.into_iter().next() else {
            panic!()
        };
        assert!(written.text.contains(&lead), "{}", written.text);
        // A long comment may be broken into lines.
        let plain: String = written
            .text
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        assert!(plain.contains("from the stream: throughput"), "{plain}");
        assert!(plain.contains("simulated lead time, P85"), "{plain}");
        let read = open_text(&written.text, &mut IdSource::new(1));
        assert!(read.is_ok());
    }
    // What nothing needs stays out of the model.
    let plain = desk.ask(Request::Write {
        showing: Showing::Today,
        key: "loopstream".to_owned(),
        purpose: WriteFor::Saving,
        look: PictureLook::plain(Theme::Light),
        only: Vec::new(),
    });
    let Some(ResponseBody::Written(written)) = plain.into_iter().next() else {
        panic!()
    };
    assert_eq!(read(&written.text), desk.document);
}

/// A model of another program in which nobody says how long the delay is.
const TEXT: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<xmile version="1.0" xmlns="http://docs.oasis-open.org/xmile/ns/XMILE/v1.0">
<header><vendor>x</vendor><product version="1">x</product></header>
<sim_specs time_units="Days"><start>0</start><stop>4</stop><dt>1</dt></sim_specs>
<model><variables>
<aux name="takes"/>
<aux name="twice"><eqn>takes*2</eqn></aux>
<aux name="own"><eqn>3</eqn></aux>
</variables><views><view>
<aux name="takes" x="0" y="0"/><aux name="twice" x="100" y="0"/><aux name="own" x="200" y="0"/>
</view></views></model></xmile>"#;

#[test]
fn a_model_of_another_program_takes_what_its_text_does_not_say() {
    let mut ids = IdSource::new(3);
    let mut document = open_text(TEXT, &mut ids).unwrap().document;
    let map = read(BOUND);
    let of = |document: &Document, name: &str| {
        let mut variables = document.variables().iter();
        *variables.find(|(_, one)| one.name == name).unwrap().0
    };
    let (takes, twice, own) = (
        of(&document, "takes"),
        of(&document, "twice"),
        of(&document, "own"),
    );
    let mut edit = Edit::new(&document);
    for id in map.stations().keys().chain(map.flows().keys()) {
        edit.set(*id, map.element(*id));
    }
    let mut properties = document.properties().clone();
    properties.stream.run = map.properties().stream.run.clone();
    edit.set_properties(properties);
    for (variable, result) in [
        (takes, SimulatedResult::LeadTime85),
        (own, SimulatedResult::WorkInProgress),
    ] {
        edit.change(variable, |element| {
            if let Element::Variable(variable) = element {
                variable.binding = Some(Binding::Simulated(result));
            }
        });
    }
    let patch = edit.finish();
    document.apply(&patch).unwrap();
    let mut desk = Desk::new(document);
    at_last(&mut desk);
    let mut of_all = wanted();
    of_all.chart.variables = vec![takes, twice, own];
    let answers = desk.ask(Request::Run(of_all));
    let Some(ResponseBody::Run(view)) = answers.into_iter().next() else {
        panic!()
    };
    assert!(view.problems.is_empty(), "{:?}", view.problems);
    let value = |variable: Id| {
        let mut lines = view.lines.iter();
        lines.find(|line| line.about == variable).unwrap().values[0]
    };
    assert!(value(takes) > 0.0);
    assert_eq!(value(twice).to_bits(), (2.0 * value(takes)).to_bits());
    assert_eq!(value(own).to_bits(), 3.0_f64.to_bits());
    assert_eq!(view.from_stream.len(), 1);
    // What goes out has the number where there was none, and the other equation as it was.
    let written = desk.ask(Request::Write {
        showing: Showing::Today,
        key: "xmile".to_owned(),
        purpose: WriteFor::Saving,
        look: PictureLook::plain(Theme::Light),
        only: Vec::new(),
    });
    let Some(ResponseBody::Written(written)) = written.into_iter().next() else {
        panic!()
    };
    let number = format!("<eqn>{}</eqn>", exact_text(value(takes)));
    assert!(written.text.contains(&number), "{}", written.text);
    assert!(written.text.contains("<eqn>3</eqn>"), "{}", written.text);
}

/// The number that a variable takes, of this unit, on this calendar.
fn taken(binding: &str, units: &str, time: &str, basis: TimeBasis) -> TakenFigure {
    let text = model()
        .replace(r#""binding":{"result":"throughput"}"#, binding)
        .replace(r#""units":"items/week""#, &format!(r#""units":"{units}""#))
        .replace(r#""timeUnit":"week""#, &format!(r#""timeUnit":"{time}""#));
    let mut document = read(&text);
    let mut properties = document.properties().clone();
    properties.stream.basis = basis;
    let mut edit = Edit::new(&document);
    edit.set_properties(properties);
    let patch = edit.finish();
    document.apply(&patch).unwrap();
    let report = StreamReport::of(&document);
    let figures = stream_figures(&document, &report, &SimulatedFigures::none());
    match figures.get(&id("through")) {
        Some(Taken::Known(figure)) => figure.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_figure_is_in_the_unit_that_its_variable_states() {
    let working = TimeBasis::Working;
    let rate = r#""binding":{"result":"throughput"}"#;
    let work = r#""binding":{"of":"b","measure":"processTime"}"#;
    let share = r#""binding":{"of":"b","result":"utilisation"}"#;
    for (binding, units, time, basis, value, unit) in [
        // 20 a working day of 8 h, five days a week.
        (
            rate,
            "deploys/day",
            "week",
            working,
            20.0,
            "items per working day of 8 h",
        ),
        (
            rate,
            "1/hour",
            "week",
            working,
            2.5,
            "items per hour of working time",
        ),
        (
            rate,
            "",
            "day",
            working,
            20.0,
            "items per working day of 8 h",
        ),
        (rate, "", "", working, 20.0, "items per working day of 8 h"),
        (
            rate,
            "dollars",
            "week",
            working,
            100.0,
            "items per working week of 5 days with 8 h each",
        ),
        // On the clock 20 a day would be 140 a week, and the reviews let 40 h / 18 min through; a day
        // is the seventh part.
        (
            rate,
            "items/week",
            "week",
            TimeBasis::Clock,
            400.0 / 3.0,
            "items per week on the clock",
        ),
        (
            rate,
            "items/day",
            "week",
            TimeBasis::Clock,
            400.0 / 21.0,
            "items per day of 24 h",
        ),
        (
            work,
            "minutes",
            "week",
            working,
            18.0,
            "minutes of working time",
        ),
        (work, "hours", "week", working, 0.3, "hours of working time"),
        (
            work,
            "day",
            "week",
            working,
            18.0 / 480.0,
            "working days of 8 h",
        ),
        (work, "", "hour", working, 0.3, "hours of working time"),
        (
            work,
            "days",
            "week",
            TimeBasis::Clock,
            18.0 / 1_440.0,
            "days of 24 h",
        ),
        (share, "", "week", working, 0.75, "as a part of 1"),
        (share, "dmnl", "week", working, 0.75, "as a part of 1"),
        (share, "percent", "week", working, 75.0, "%"),
        (share, "%", "week", working, 75.0, "%"),
    ] {
        let figure = taken(binding, units, time, basis);
        let near = (figure.value - value).abs() <= 1e-12 * value.abs();
        assert!(near, "{units} {time}: {figure:?} is not {value}");
        assert!(figure.words.contains(unit), "{figure:?} has no {unit}");
    }
    // A month and a year are those of the calendar.
    let month = taken(rate, "items/month", "week", working).value;
    assert!((month - 100.0 * 365.25 / 84.0).abs() < 1e-9);
    let year = taken(rate, "items/year", "week", working).value;
    assert!((year - 12.0 * month).abs() < 1e-9);
}

/// What every variable of a model is over a run, to the last bit.
fn bits(document: &Document, figures: &StreamFigures) -> Vec<Vec<u64>> {
    let model = model_of(document, figures);
    let compiled = compile(&model.source, &Settings::default()).unwrap();
    let mut run = Run::new(Arc::new(compiled)).unwrap();
    assert_eq!(run.advance(u64::MAX), Progress::Finished);
    let results = run.into_results();
    let columns = 0..results.names().len();
    columns
        .map(|column| results.column(column).map(f64::to_bits).collect())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]
    #[test]
    fn a_bound_number_runs_as_one_that_is_typed(
        minutes in 1.0..40.0_f64,
        wait in 0.1..9.0_f64,
        demand in 1.0..30.0_f64,
        which in 0..7_usize,
        unit in 0..4_usize,
        seconds in 3_600.0..80_000.0_f64,
        clock in any::<bool>(),
    ) {
        let binding = [
            r#"{"result":"throughput"}"#, r#"{"result":"leadTime"}"#, r#"{"result":"taktTime"}"#,
            r#"{"result":"capacity"}"#, r#"{"of":"b","result":"utilisation"}"#,
            r#"{"of":"a","measure":"processTime"}"#, r#"{"of":"out","measure":"demand"}"#,
        ][which];
        let unit = ["", "items/month", "days", "percent"][unit];
        let text = model()
            .replace(r#""binding":{"result":"throughput"}"#, &format!(r#""binding":{binding}"#))
            .replace(r#""binding":{"simulated":"leadTime85"}"#, r#""equation":"2""#)
            .replace(r#""units":"items/week""#, &format!(r#""units":"{unit}""#))
            .replace(r#""measured":18,"#, &format!(r#""measured":{minutes},"#))
            .replace(r#""measured":20,"#, &format!(r#""measured":{demand},"#))
            .replace(r#""variation":{"measured":1}"#,
                &format!(r#""waitingTime":{{"measured":{wait},"unit":"h"}}"#))
            .replace(r#""stream":{"#, &format!(r#""stream":{{"secondsPerDay":{seconds},"#));
        let text = match clock {
            true => text.replace(r#""stream":{"#, r#""stream":{"basis":"clock","#),
            false => text,
        };
        let document = json::read(&text).unwrap().document;
        let report = StreamReport::of(&document);
        let figures = stream_figures(&document, &report, &SimulatedFigures::none());
        let through: Id = id("through");
        match &figures[&through] {
            Taken::Known(figure) => {
                let typed = typed(&document, &[("through", figure.value)]);
                prop_assert_eq!(bits(&document, &figures), bits(&typed, &StreamFigures::new()));
            }
            Taken::Missing(why) => prop_assert!(why.contains("not known"), "{}", why),
        }
    }
}
