//! Runs of the model of a document, as the page asks for them.

use loopstream::format::{json, open_text};
use loopstream::model::{
    Document, Edit, Element, Id, IdSource, LoopKey, Patch, ScenarioValue, ScenarioValues,
};
use loopstream::worker::{
    Block, ChartWanted, FitWanted, ReportKind, Request, ResponseBody, Row, RunBecause, RunSet,
    RunState, RunView, RunWanted, SpreadOver, SpreadPlan, SpreadRange, SpreadShape, SpreadWanted,
    Work,
};

use super::Desk;

/// A stock that grows up to a limit, with an outflow, two scenarios and a table.
const LIMITS: &str = r#"{"format":"loopstream","version":6,"title":"Limits","run":{"stop":60,"step":0.25,"timeUnit":"week"},
"variables":[
{"id":"a","name":"Users","kind":"stock","x":0,"y":0,"equation":"10","units":"people"},
{"id":"b","name":"Sign-ups","kind":"rate","x":-220,"y":0,"equation":"Users*Growth_rate*(1-Users/Market)"},
{"id":"c","name":"Growth rate","x":-260,"y":140,"equation":"0.25","range":{"least":0,"most":1}},
{"id":"d","name":"Market","x":-60,"y":-160,"equation":"1000"},
{"id":"e","name":"Morale","x":400,"y":0}],
"links":[
{"id":"l1","from":"b","to":"a","polarity":"+"},{"id":"l2","from":"a","to":"b","polarity":"+"},
{"id":"l3","from":"c","to":"b","polarity":"+"},{"id":"l4","from":"d","to":"b","polarity":"+"}],
"scenarios":[{"id":"s1","name":"Twice","values":[{"about":"c","value":0.5}]}]}"#;

fn limits() -> Document {
    json::read(LIMITS).unwrap().document
}

fn id(text: &str) -> Id {
    text.parse().unwrap()
}

fn wanted() -> RunWanted {
    RunWanted {
        chart: ChartWanted {
            width: 300.0,
            height: 180.0,
            ..ChartWanted::default()
        },
        frames: true,
        ..RunWanted::default()
    }
}

fn run(document: Document, wanted: RunWanted) -> RunView {
    let mut desk = Desk::new(document);
    let answers = desk.ask(Request::Run(wanted));
    match <[ResponseBody; 1]>::try_from(answers) {
        Ok([ResponseBody::Run(view)]) => view,
        other => panic!("{other:?}"),
    }
}

/// The same growth, step by step.
fn logistic(rate: f64, steps: usize) -> Vec<f64> {
    let mut users = 10.0;
    let mut values = vec![users];
    for _ in 0..steps {
        users += 0.25 * (users * rate * (1.0 - users / 1000.0));
        values.push(users);
    }
    values
}

#[test]
fn a_view_that_is_in_the_making_is_made_of_what_the_diagram_becomes() {
    let mut desk = Desk::new(limits());
    assert_eq!(desk.bench.take(Request::Run(wanted())), []);
    let mut edit = Edit::new(&desk.document);
    edit.change(id("c"), |element| {
        if let Element::Variable(variable) = element {
            variable.equation = "0.5".to_owned();
        }
    });
    let patch = edit.finish();
    let revision = 2;
    desk.bench.take(Request::Patch { revision, patch });
    let mut answers = Vec::new();
    while desk.bench.work() == Work::Waits {
        answers.extend(desk.bench.advance(50_000));
    }
    // The page waits for one answer, and asks no more before it has come.
    let [answer] = &answers[..] else {
        panic!("{answers:?}")
    };
    assert_eq!(answer.revision, revision);
    let ResponseBody::Run(view) = &answer.body else {
        panic!("{answer:?}")
    };
    let grown = logistic(0.5, 240);
    assert!((view.lines[0].values[240] - grown[240]).abs() < 1e-9);
}

#[test]
fn a_document_with_equations_runs() {
    let view = run(limits(), wanted());
    assert_eq!(view.state, RunState::Done);
    assert_eq!(view.shown, [id("a")]);
    assert_eq!(view.times.len(), 241);
    assert_eq!(view.facts.time_unit, "week");
    let [line] = view.lines.as_slice() else {
        panic!("{:?}", view.lines)
    };
    for (value, expected) in line.values.iter().zip(logistic(0.25, 240)) {
        assert!(
            (value - expected).abs() <= 1e-9 * expected,
            "{value} {expected}"
        );
    }
    let sliders: Vec<_> = view
        .sliders
        .iter()
        .map(|one| (one.id, one.value, one.most))
        .collect();
    assert_eq!(sliders, [(id("c"), 0.25, 1.0), (id("d"), 1000.0, 2000.0)]);
    // What has no equation, and is needed by nothing, is no part of it.
    assert!(view.variables.iter().all(|one| one.id != id("e")));
    let chart = view.chart.unwrap();
    assert_eq!(chart.span, (0.0, 60.0));
    assert!(chart.picture.light.contains("week"));
    let frames = view.frames.unwrap();
    assert_eq!(frames.values.len(), 4);
    assert_eq!(frames.times.last(), Some(&60.0));
}

#[test]
fn scenarios_and_sliders_run_beside_the_document() {
    let tried = ScenarioValues::new([ScenarioValue {
        about: id("d"),
        value: 500.0,
    }]);
    let asked = RunWanted {
        tried,
        compared: vec![id("s1"), id("gone")],
        ..wanted()
    };
    let view = run(limits(), asked);
    let sets: Vec<RunSet> = view.lines.iter().map(|line| line.set).collect();
    assert_eq!(
        sets,
        [RunSet::Document, RunSet::Scenario(id("s1")), RunSet::Tried]
    );
    assert_eq!(view.lines[1].name, "Users · Twice");
    let twice = logistic(0.5, 240);
    let last = *view.lines[1].values.last().unwrap();
    assert!((last - twice[240]).abs() < 1e-6);
    assert!((view.lines[2].values.last().unwrap() - 500.0).abs() < 5.0);
    // A scenario without changes gives the same bits.
    let mut same = limits();
    let mut scenario = same.scenarios()[&id("s1")].clone();
    let before = Element::Scenario(scenario.clone());
    scenario.values = ScenarioValues::default();
    let patch = Patch::of(id("s1"), Some(before), Some(Element::Scenario(scenario)));
    same.apply(&patch).unwrap();
    let view = run(
        same,
        RunWanted {
            compared: vec![id("s1")],
            ..wanted()
        },
    );
    let bits = |line: usize| view.lines[line].values.iter().map(|value| value.to_bits());
    assert!(bits(0).eq(bits(1)));
}

#[test]
fn growth_drives_first_and_then_its_limit() {
    let key = LoopKey::new([id("l1"), id("l2")]);
    let asked = RunWanted {
        loops: true,
        loop_names: vec![(key, "Word of mouth".to_owned())],
        ..wanted()
    };
    let loops = run(limits(), asked).loops.unwrap();
    assert_eq!(loops.loops[0].name, "Word of mouth");
    assert_eq!(loops.loops[0].ring, "Users → Sign-ups → Users");
    // One variable on the way back, by one equation: a single loop whose sign flips at half the market.
    assert_eq!(loops.loops.len(), 1);
    assert_eq!(loops.loops[0].letters, "U");
    assert_eq!(loops.loops[0].links, [id("l2"), id("l1")]);
    assert!(
        loops.loops[0].remark.contains("sign changes"),
        "{}",
        loops.loops[0].remark
    );
    let [part] = loops.parts.as_slice() else {
        panic!("{:?}", loops.parts)
    };
    assert_eq!(part.name, "Users");
    assert!(part.story[0].contains("drives"), "{:?}", part.story);
    assert!(loops.notes[0].starts_with("Exact"), "{:?}", loops.notes);
}

#[test]
fn a_loop_that_is_drawn_with_another_sign_than_it_has_is_told() {
    let grows = LIMITS.replace("Users*Growth_rate*(1-Users/Market)", "Users*Growth_rate");
    let remark = |text: &str| {
        let document = json::read(text).unwrap().document;
        let asked = RunWanted {
            loops: true,
            ..wanted()
        };
        run(document, asked).loops.unwrap().loops[0].remark.clone()
    };
    assert_eq!(remark(&grows), "");
    let drawn = grows.replace(
        r#""from":"a","to":"b","polarity":"+""#,
        r#""from":"a","to":"b","polarity":"-""#,
    );
    assert_eq!(remark(&drawn), "It is drawn as balancing.");
}

#[test]
fn loops_of_runs_by_another_method_say_why_they_have_no_scores() {
    let mut document = limits();
    let mut edit = loopstream::model::Edit::new(&document);
    let mut properties = document.properties().clone();
    properties.run.method = Some(loopstream::model::RunMethod::Rk4);
    edit.set_properties(properties);
    let patch = edit.finish();
    document.apply(&patch).unwrap();
    let view = run(
        document,
        RunWanted {
            loops: true,
            ..wanted()
        },
    );
    assert!(view.loops.is_none());
    assert!(view.no_loops.contains("Euler"), "{}", view.no_loops);
}

#[test]
fn what_keeps_a_model_from_running_is_told_with_its_place() {
    assert_eq!(run(Document::default(), wanted()).state, RunState::Nothing);
    let with = |equation: &str| {
        let text = LIMITS.replace("Users*Growth_rate*(1-Users/Market)", equation);
        run(json::read(&text).unwrap().document, wanted())
    };
    let view = with("Users*Growth_rat");
    assert_eq!(view.state, RunState::Done);
    let problem = &view.problems[0];
    assert_eq!(problem.about, Some(id("b")));
    assert_eq!(problem.span, Some((6, 16)), "{}", problem.words);
    let view = with("Users*");
    assert_eq!(view.problems[0].about, Some(id("b")));
    // A variable that is needed and has no equation is asked for, never taken as zero.
    let view = with("Users*Morale");
    assert_eq!(view.problems[0].about, Some(id("e")), "{:?}", view.problems);
    assert!(view.problems[0].words.contains("no equation"));
    // What hangs on it is unknown, and the rest runs.
    let hanging: Vec<_> = view
        .unknown
        .iter()
        .map(|one| (one.about, one.because))
        .collect();
    assert_eq!(
        hanging,
        [
            (Some(id("e")), RunBecause::Refused),
            (Some(id("b")), RunBecause::Hangs),
            (Some(id("a")), RunBecause::Hangs),
        ]
    );
    let known = view.variables.iter().filter(|one| one.is_known);
    let known: Vec<Id> = known.map(|one| one.id).collect();
    assert_eq!(known, [id("c"), id("d")]);
    let frames = view.frames.unwrap();
    assert_eq!(frames.values.len(), 2);
    assert_eq!(frames.unknown, [id("e"), id("b"), id("a")]);
}

/// A chain that hangs on nothing, beside a stock that nobody knows the flow of.
const HALF: &str = r#"{"format":"loopstream","version":6,"title":"Half","run":{"stop":2,"step":1},
"variables":[
{"id":"a","name":"Water","kind":"stock","x":0,"y":0,"equation":"10"},
{"id":"b","name":"Filling","kind":"rate","x":-220,"y":0,"equation":"Tap*2"},
{"id":"c","name":"Tap","x":-260,"y":140,"equation":"3"},
{"id":"d","name":"Trust","kind":"stock","x":0,"y":300,"equation":"1"},
{"id":"e","name":"Gaining","kind":"rate","x":-220,"y":300,"equation":"Mood*Tap"},
{"id":"f","name":"Mood","x":400,"y":0},
{"id":"g","name":"","x":400,"y":80,"equation":"1"}],
"links":[
{"id":"l1","from":"b","to":"a","polarity":"+"},{"id":"l2","from":"c","to":"b","polarity":"+"},
{"id":"l3","from":"e","to":"d","polarity":"+"}]}"#;

#[test]
fn the_half_of_a_draft_that_is_there_runs() {
    let document = json::read(HALF).unwrap().document;
    let asked = RunWanted {
        chart: ChartWanted {
            variables: vec![id("a"), id("d")],
            ..wanted().chart
        },
        ..wanted()
    };
    let view = run(document.clone(), asked);
    assert_eq!(view.state, RunState::Done);
    // It is shown by its name, and has no values.
    let lines: Vec<_> = view
        .lines
        .iter()
        .map(|line| (line.about, line.values.clone()))
        .collect();
    assert_eq!(
        lines,
        [(id("a"), vec![10.0, 16.0, 22.0]), (id("d"), Vec::new())]
    );
    let words: Vec<&str> = view.problems.iter().map(|one| one.words.as_str()).collect();
    assert!(
        words
            .iter()
            .any(|one| one.contains("“Mood”: it has no equation yet")),
        "{words:?}"
    );
    assert!(
        words.iter().any(|one| one.contains("needs a name")),
        "{words:?}"
    );
    let mut desk = Desk::new(document);
    let answers = desk.ask(Request::RunTable(wanted()));
    let [ResponseBody::Download { text, .. }] = answers.as_slice() else {
        panic!("{answers:?}")
    };
    let mut rows = text.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let head = rows.next().unwrap();
    let place = |name: &str| head.iter().position(|one| *one == name).unwrap();
    for (row, water) in rows.zip(["10", "16", "22"]) {
        assert_eq!(row.len(), head.len());
        assert_eq!(row[place("Water")], water);
        assert_eq!(row[place("Trust")], "");
        assert_eq!(row[place("Mood")], "");
        assert_eq!(row[place("Tap")], "3");
    }
}

#[test]
fn all_rows_become_a_table() {
    let mut desk = Desk::new(limits());
    let asked = RunWanted {
        compared: vec![id("s1")],
        ..wanted()
    };
    let answers = desk.ask(Request::RunTable(asked));
    let [ResponseBody::Download { name, text }] = answers.as_slice() else {
        panic!("{answers:?}")
    };
    assert_eq!(name, "Limits-run.csv");
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 242);
    assert!(
        lines[0].starts_with("Time,") && lines[0].contains("Users · Twice"),
        "{}",
        lines[0]
    );
    assert_eq!(lines[0].split(',').count(), lines[1].split(',').count());
}

#[test]
fn an_opened_model_runs_as_its_text() {
    let text = r#"<xmile version="1.0" xmlns="http://docs.oasis-open.org/xmile/ns/XMILE/v1.0">
<header><vendor>x</vendor><product version="1.0">x</product></header>
<sim_specs><start>0</start><stop>30</stop><dt>0.125</dt></sim_specs>
<model><variables>
<stock name="Teacup Temperature"><eqn>180</eqn><outflow>Heat_Loss</outflow></stock>
<flow name="Heat Loss"><eqn>(Teacup_Temperature-Room)/10</eqn></flow>
<aux name="Room"><eqn>70</eqn></aux>
</variables></model></xmile>"#;
    let opened = open_text(text, &mut IdSource::new(1)).unwrap();
    let view = run(opened.document, wanted());
    assert_eq!(view.state, RunState::Done, "{:?}", view.problems);
    assert_eq!(view.facts.step, 0.125);
    let line = view
        .lines
        .iter()
        .find(|line| line.name.contains("Teacup"))
        .unwrap();
    let expected = 70.0 + 110.0 * (1.0_f64 - 0.0125).powi(240);
    assert!((line.values.last().unwrap() - expected).abs() < 1e-9);
    assert_eq!(view.sliders.len(), 1);
    // What the text says of an equation is shown to who asks.
    let heat = view
        .variables
        .iter()
        .find(|one| one.name.contains("Heat"))
        .unwrap()
        .id;
    let opened = open_text(text, &mut IdSource::new(1)).unwrap();
    let answers = Desk::new(opened.document).ask(Request::Equation(heat));
    let [ResponseBody::Equation(view)] = answers.as_slice() else {
        panic!("{answers:?}");
    };
    assert_eq!(view.about, heat);
    assert_eq!(view.stated.as_deref(), Some("(Teacup_Temperature-Room)/10"));
    assert_eq!(view.stated.as_ref(), Some(&view.shown));
}

#[test]
fn many_runs_spread_and_say_what_they_hang_on() {
    let mut desk = Desk::new(limits());
    let range = |about, low, high| SpreadRange {
        about: id(about),
        low,
        high,
    };
    let wanted = SpreadWanted {
        over: SpreadOver::Ranges(
            SpreadShape::Uniform,
            vec![range("c", 0.2, 0.3), range("d", 500.0, 1500.0)],
        ),
        plan: SpreadPlan::LatinHypercube { runs: 200, seed: 3 },
        output: id("a"),
        width: 300.0,
        height: 180.0,
    };
    let answers = desk.ask(Request::Spread(wanted.clone()));
    let Some(ResponseBody::Spread(view)) = answers.last() else {
        panic!("{answers:?}")
    };
    // At the end the market is full whatever the growth was: its size says all.
    assert_eq!(view.ranking.rows[0][0], "Market");
    let first: f64 = view.ranking.rows[0][1].parse().unwrap();
    assert!(first > 0.99, "{:?}", view.ranking);
    assert!(view.notes[0].contains("200 runs"));
    assert!(view.picture.light.contains("90 % of the runs"));
    let nothing = SpreadWanted {
        over: SpreadOver::Ranges(SpreadShape::Uniform, Vec::new()),
        ..wanted
    };
    let answers = desk.ask(Request::Spread(nothing));
    assert_eq!(
        answers,
        [ResponseBody::NoSpread(
            "No parameter was chosen.".to_owned()
        )]
    );
}

#[test]
fn what_cannot_be_trusted_is_told_with_its_variable() {
    let report = |text: &str| {
        let mut desk = Desk::new(json::read(text).unwrap().document);
        let answers = desk.ask(Request::Report(ReportKind::Model, Vec::new()));
        match answers.into_iter().next_back() {
            Some(ResponseBody::Report { blocks, .. }) => blocks,
            other => panic!("{other:?}"),
        }
    };
    let rows = |blocks: &[Block]| -> Vec<Row> {
        let rows = blocks.iter().filter_map(|block| match block {
            Block::Row(row) => Some(row.clone()),
            _ => None,
        });
        rows.collect()
    };
    let blocks = report(LIMITS);
    let words: Vec<&String> = blocks
        .iter()
        .filter_map(|block| match block {
            Block::Words(words) => Some(words),
            _ => None,
        })
        .collect();
    assert!(
        words.iter().any(|words| words.contains("of their range")),
        "{words:?}"
    );
    assert!(
        words
            .iter()
            .any(|words| words.contains("every value is a finite number")),
        "{words:?}"
    );
    // People per week flow into people; a growth counted in weeks contradicts that.
    let stated = LIMITS
        .replace(
            r#""equation":"0.25","#,
            r#""equation":"0.25","units":"week","#,
        )
        .replace(
            r#""equation":"1000""#,
            r#""equation":"1000","units":"people""#,
        )
        .replace(
            r#"(1-Users/Market)""#,
            r#"(1-Users/Market)","units":"people/week""#,
        );
    let found = rows(&report(&stated));
    assert_eq!(found[0].about, [id("b")], "{found:?}");
    assert!(found[0].title.contains("do not agree"), "{found:?}");
    // A long step swings.
    let coarse = LIMITS.replace(r#""step":0.25"#, r#""step":10"#);
    let found = rows(&report(&coarse));
    assert!(
        found.iter().any(|row| row.topic == "model/step"),
        "{found:?}"
    );
}

#[test]
fn a_table_of_measurements_gives_the_numbers_back() {
    let mut desk = Desk::new(limits());
    let mut table = String::from("week;Users;Mood\n");
    for (step, users) in logistic(0.31, 240).into_iter().enumerate().step_by(20) {
        let line = format!("{};{users};\n", step / 4);
        table.push_str(&line.replace('.', ","));
    }
    let wanted = FitWanted {
        tables: vec![table],
        choices: Vec::new(),
        sought: vec![SpreadRange {
            about: id("c"),
            low: 0.05,
            high: 0.9,
        }],
        width: 300.0,
        height: 180.0,
    };
    let answers = desk.ask(Request::Fit(wanted.clone()));
    let Some(ResponseBody::Fitted(view)) = answers.last() else {
        panic!("{answers:?}")
    };
    let found = view.values.iter().next().unwrap();
    assert!((found.value - 0.31).abs() < 1e-6, "{found:?}");
    assert_eq!(view.series.rows[0][1], "13");
    assert!(
        view.notes
            .iter()
            .any(|note| note.contains("“Mood” is no variable")),
        "{:?}",
        view.notes
    );
    let unknown = FitWanted {
        tables: vec!["a,b\n1,2\n".to_owned()],
        ..wanted
    };
    let answers = desk.ask(Request::Fit(unknown));
    let [ResponseBody::NoFit(why)] = answers.as_slice() else {
        panic!("{answers:?}")
    };
    assert!(
        why.starts_with("The head of the table names no variable"),
        "{why}"
    );
}
