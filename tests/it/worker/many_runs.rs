//! Many runs as the page asks for them: grids, shapes, tables of measurements, parts of a model.

use loopstream::format::json;
use loopstream::model::{Document, Edit, Element, Id};
use loopstream::worker::{
    ChartWanted, FitChoice, FitColumn, FitView, FitWanted, ReportKind, Request, ResponseBody,
    RunWanted, SpreadList, SpreadOver, SpreadPlan, SpreadRange, SpreadShape, SpreadView,
    SpreadWanted, Work, WorkerState,
};
use proptest::prelude::*;

use super::Desk;
use crate::simulate::module::Wasmi;

/// y and z hang on a and b in a straight way.
const LINES: &str = r#"{"format":"loopstream","version":6,"title":"Lines","run":{"stop":9,"step":1},
"variables":[
{"id":"a","name":"a","x":0,"y":0,"equation":"1"},
{"id":"b","name":"b","x":0,"y":0,"equation":"1"},
{"id":"y","name":"Yield","x":0,"y":0,"equation":"a + b * Time"},
{"id":"z","name":"Zest","x":0,"y":0,"equation":"2 * b - a"}]}"#;

fn id(text: &str) -> Id {
    text.parse().unwrap()
}

fn read(text: &str) -> Document {
    json::read(text).unwrap().document
}

fn spread(desk: &mut Desk, over: SpreadOver, plan: SpreadPlan) -> Result<SpreadView, String> {
    let wanted = SpreadWanted {
        over,
        plan,
        output: id("y"),
        width: 300.0,
        height: 180.0,
    };
    match desk.ask(Request::Spread(wanted)).pop() {
        Some(ResponseBody::Spread(view)) => Ok(view),
        Some(ResponseBody::NoSpread(why)) => Err(why),
        other => panic!("{other:?}"),
    }
}

fn range(about: &str, low: f64, high: f64) -> SpreadRange {
    SpreadRange {
        about: id(about),
        low,
        high,
    }
}

#[test]
fn a_grid_runs_all_with_all_and_says_so() {
    let mut desk = Desk::new(read(LINES));
    let ranges = vec![range("a", 0.5, 2.0), range("b", 1.0, 3.0)];
    let grid = SpreadPlan::Grid { levels: 4 };
    for shape in [
        SpreadShape::Uniform,
        SpreadShape::Triangular,
        SpreadShape::Normal,
        SpreadShape::LogNormal,
    ] {
        let over = SpreadOver::Ranges(shape, ranges.clone());
        let view = spread(&mut desk, over, grid).unwrap();
        assert!(view.notes[0].contains("16 runs"), "{:?}", view.notes);
        assert!(view.notes[0].contains("all numbers of each"));
        // At the end b counts nine times: it says most.
        assert_eq!(view.ranking.rows[0][0], "b");
    }
    let lists = vec![
        SpreadList {
            about: id("a"),
            numbers: vec![1.0, 2.0, 30.0],
        },
        SpreadList {
            about: id("b"),
            numbers: vec![0.0, 1.0],
        },
    ];
    let view = spread(&mut desk, SpreadOver::Lists(lists), grid).unwrap();
    assert!(view.notes[0].contains("6 runs"), "{:?}", view.notes);
    let too_many = SpreadPlan::Grid { levels: 400 };
    let over = SpreadOver::Ranges(SpreadShape::Uniform, ranges);
    let why = spread(&mut desk, over, too_many).unwrap_err();
    assert!(why.contains("at most 100000 are possible"), "{why}");
}

#[test]
fn a_skewed_range_is_above_zero_and_holds_its_middle() {
    let mut desk = Desk::new(read(LINES));
    let sample = SpreadPlan::LatinHypercube {
        runs: 4_000,
        seed: 9,
    };
    let over = |low| SpreadOver::Ranges(SpreadShape::LogNormal, vec![range("a", low, 4.0)]);
    let view = spread(&mut desk, over(1.0), sample).unwrap();
    assert!(view.notes[0].contains("with the seed 9"));
    // At the start y is a, whose median is the geometric middle of the ends, and b is 1: 10 at the end
    // is 9 more.
    assert!(
        view.picture.summary.contains("2 at 0"),
        "{}",
        view.picture.summary
    );
    let why = spread(&mut desk, over(0.0), sample).unwrap_err();
    assert!(why.contains("no finite number"), "{why}");
}

fn fit(tables: Vec<String>, choices: Vec<FitChoice>) -> Result<FitView, String> {
    let mut desk = Desk::new(read(LINES));
    let wanted = FitWanted {
        tables,
        choices,
        sought: vec![range("a", -200.0, 200.0), range("b", -200.0, 200.0)],
        width: 300.0,
        height: 180.0,
    };
    match desk.ask(Request::Fit(wanted)).pop() {
        Some(ResponseBody::Fitted(view)) => Ok(view),
        Some(ResponseBody::NoFit(why)) => Err(why),
        other => panic!("{other:?}"),
    }
}

fn deviation(values: &[f64]) -> f64 {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    (squares / (count - 1.0)).sqrt()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// Two tables, one with a stated error and one weighed by its spread, against the normal
    /// equations.
    #[test]
    fn two_tables_agree_with_the_normal_equations(
        own in proptest::array::uniform2(-20.0..20.0_f64),
        noise in proptest::collection::vec(-1.0..1.0_f64, 12),
        error in 0.05..4.0_f64,
    ) {
        let [a, b] = own;
        let y: Vec<(f64, f64)> = (0..7)
            .map(|at| (f64::from(at), a + b * f64::from(at) + noise[at as usize]))
            .collect();
        let z: Vec<(f64, f64)> = (0..5)
            .map(|at| (f64::from(2 * at), 2.0 * b - a + noise[7 + at as usize]))
            .collect();
        let table = |head: &str, between: char, rows: &[(f64, f64)]| {
            let lines = rows.iter().map(|(time, value)| format!("\n{time:?}{between}{value:?}"));
            format!("week{between}{head}{}", lines.collect::<String>())
        };
        let choices = vec![FitChoice {
            table: 0,
            column: 1,
            output: Some("Yield".to_owned()),
            error: Some(error),
        }];
        let view = fit(vec![table("harvest", '\t', &y), table("zest", ',', &z)], choices).unwrap();
        let of_z: Vec<f64> = z.iter().map(|(_, value)| *value).collect();
        let (mut matrix, mut right) = ([[0.0; 2]; 2], [0.0; 2]);
        let rows = y.iter().map(|(time, value)| ([1.0, *time], *value, 1.0 / error));
        let weight = 1.0 / deviation(&of_z);
        let rows = rows.chain(of_z.iter().map(|value| ([-1.0, 2.0], *value, weight)));
        for (basis, value, weight) in rows {
            for i in 0..2 {
                right[i] += weight * weight * basis[i] * value;
                for j in 0..2 {
                    matrix[i][j] += weight * weight * basis[i] * basis[j];
                }
            }
        }
        let [[p, q], [r, s]] = matrix;
        let determinant = p * s - q * r;
        let wanted = [
            (right[0] * s - q * right[1]) / determinant,
            (p * right[1] - r * right[0]) / determinant,
        ];
        let found: Vec<f64> = ["a", "b"]
            .iter()
            .map(|name| {
                let mut values = view.values.iter();
                values.find(|value| value.about == id(name)).unwrap().value
            })
            .collect();
        for (found, wanted) in found.iter().zip(wanted) {
            prop_assert!((found - wanted).abs() < 1e-5 * (1.0 + wanted.abs()), "{found} {wanted}");
        }
        // Each series has a chart and a row, which says what its distances count in.
        prop_assert_eq!(view.pictures.len(), 2);
        prop_assert_eq!(&view.series.rows[0][0], "Yield");
        prop_assert_eq!((&view.series.rows[0][1], &view.series.rows[1][1]), (&"7".to_owned(), &"5".to_owned()));
        prop_assert_eq!(view.numbers.rows.len(), 2);
    }
}

#[test]
fn columns_are_matched_by_their_heads_and_may_be_passed_over() {
    let mut desk = Desk::new(read(LINES));
    let tables = vec![
        "week\tyield\tMood\n0\t1\t3\n1\t\t4".to_owned(),
        "no table".to_owned(),
        "week;Zest\n0;1,5\n2;3,5\n".to_owned(),
    ];
    let answers = desk.ask(Request::FitColumns(tables.clone()));
    let column = |table, column, head: &str, matched: Option<&str>, numbers| FitColumn {
        table,
        column,
        head: head.to_owned(),
        matched: matched.map(str::to_owned),
        numbers,
    };
    assert_eq!(
        answers,
        [ResponseBody::FitColumns(vec![
            column(0, 1, "yield", Some("Yield"), 1),
            column(0, 2, "Mood", None, 2),
            column(2, 1, "Zest", Some("Zest"), 2),
        ])]
    );
    let pass = |table, column| FitChoice {
        table,
        column,
        output: None,
        error: None,
    };
    let only = vec![tables[0].clone(), String::new(), tables[2].clone()];
    let choices = vec![pass(0, 1), pass(0, 2)];
    let view = fit(only.clone(), choices).unwrap();
    assert_eq!(view.series.rows.len(), 1);
    // One series that says nothing of b beside a: that is told.
    assert!(
        view.notes.iter().any(|note| note.contains("cannot tell")),
        "{:?}",
        view.notes
    );
    let none = vec![pass(0, 1), pass(0, 2), pass(2, 1)];
    let why = fit(only, none).unwrap_err();
    assert!(why.starts_with("Every column is passed over"), "{why}");
    let wrong = FitChoice {
        error: Some(-1.0),
        output: Some("Zest".to_owned()),
        ..pass(0, 1)
    };
    let why = fit(vec![tables[2].clone()], vec![wrong]).unwrap_err();
    assert!(why.contains("weight of “Zest” is not above 0"), "{why}");
}

#[test]
fn a_change_of_the_diagram_ends_many_runs_and_says_so() {
    let mut desk = Desk::new(read(LINES));
    let wanted = SpreadWanted {
        over: SpreadOver::Ranges(SpreadShape::Uniform, vec![range("a", 0.0, 1.0)]),
        plan: SpreadPlan::LatinHypercube {
            runs: 10_000,
            seed: 0,
        },
        output: id("y"),
        width: 300.0,
        height: 180.0,
    };
    assert_eq!(desk.bench.take(Request::Spread(wanted)), []);
    assert_eq!(desk.bench.work(), Work::Waits);
    let mut edit = Edit::new(&desk.document);
    edit.change(id("a"), |element| {
        if let Element::Variable(variable) = element {
            variable.equation = "2".to_owned();
        }
    });
    let patch = edit.finish();
    let answers = desk.bench.take(Request::Patch { revision: 2, patch });
    let [answer] = answers.as_slice() else {
        panic!("{answers:?}")
    };
    assert!(
        matches!(&answer.body, ResponseBody::NoSpread(why) if why.contains("changed meanwhile")),
        "{answer:?}"
    );
    assert_eq!(desk.bench.work(), Work::None);
}

/// Two stocks that have nothing to do with each other, one with two loops and one with one.
const PARTS: &str = r#"{"format":"loopstream","version":6,"title":"Lines","run":{"stop":20,"step":0.5},
"variables":[
{"id":"u","name":"Users","kind":"stock","x":0,"y":0,"equation":"10"},
{"id":"j","name":"Joining","kind":"rate","x":0,"y":0,"equation":"Users * 0.3 * (1 - Users / 900)"},
{"id":"l","name":"Leaving","kind":"rate","x":0,"y":0,"equation":"Users / 40"},
{"id":"w","name":"Water","kind":"stock","x":0,"y":0,"equation":"50"},
{"id":"d","name":"Draining","kind":"rate","x":0,"y":0,"equation":"Water / 10"}],
"links":[
{"id":"l1","from":"j","to":"u","polarity":"+"},{"id":"l2","from":"u","to":"j","polarity":"+"},
{"id":"l3","from":"l","to":"u","polarity":"-"},{"id":"l4","from":"u","to":"l","polarity":"+"},
{"id":"l5","from":"d","to":"w","polarity":"-"},{"id":"l6","from":"w","to":"d","polarity":"+"}]}"#;

#[test]
fn each_part_of_a_model_has_its_name_its_story_and_its_chart() {
    let mut desk = Desk::new(read(PARTS));
    let wanted = RunWanted {
        chart: ChartWanted {
            width: 300.0,
            height: 180.0,
            ..ChartWanted::default()
        },
        loops: true,
        ..RunWanted::default()
    };
    let answers = desk.ask(Request::Run(wanted));
    let Some(ResponseBody::Run(view)) = answers.last() else {
        panic!("{answers:?}")
    };
    let loops = view.loops.as_ref().unwrap();
    let mut names: Vec<&str> = loops.parts.iter().map(|part| part.name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["Users", "Water"]);
    for part in &loops.parts {
        let own = loops
            .loops
            .iter()
            .filter(|one| one.partition == part.partition);
        let count = own.clone().count();
        assert_eq!(count, if part.name == "Water" { 1 } else { 2 });
        // Its own loops are in its story, and no other's.
        for one in &loops.loops {
            let is_told = part.story.iter().any(|words| words.contains(&one.name));
            assert!(!is_told || one.partition == part.partition, "{part:?}");
        }
        assert!(part.story[0].contains("drive"), "{:?}", part.story);
        for one in own {
            assert!(part.chart.picture.light.contains(&one.name));
        }
    }
    // The first part is that of the loop with the largest share.
    assert_eq!(loops.parts[0].partition, loops.loops[0].partition);
    let periods = loops.periods.iter();
    assert!(periods.clone().any(|one| one.partition == 0));
    assert!(periods.clone().any(|one| one.partition == 1));
}

/// All that a worker says of a document, with an engine or without one.
fn all_of(document: &Document, with_engine: bool) -> Vec<ResponseBody> {
    let mut bench = WorkerState::default();
    if with_engine {
        bench = bench.running_with(Box::new(Wasmi::default()));
    }
    let mut desk = Desk::new(document.clone());
    bench.take(Request::Document {
        revision: 1,
        seed: 7,
        document: document.clone(),
    });
    desk.bench = bench;
    let constants = ["a", "b"].map(|name| range(name, 0.5, 3.0)).to_vec();
    let sample = SpreadPlan::LatinHypercube { runs: 20, seed: 4 };
    let mut said = vec![ResponseBody::Spread(
        spread(
            &mut desk,
            SpreadOver::Ranges(SpreadShape::Uniform, constants.clone()),
            sample,
        )
        .unwrap(),
    )];
    let wanted = FitWanted {
        tables: vec!["week,Yield\n0,1\n3,5\n6,8\n9,15".to_owned()],
        choices: Vec::new(),
        sought: constants,
        width: 300.0,
        height: 180.0,
    };
    said.extend(desk.ask(Request::Fit(wanted)).pop());
    said.extend(desk.ask(Request::Report(ReportKind::Model, Vec::new())));
    said
}

#[test]
fn an_engine_changes_nothing_that_is_said() {
    let document = read(LINES);
    assert_eq!(all_of(&document, true), all_of(&document, false));
}
