//! Documents that were drawn here: what is written runs there as the document does here.

use loopstream::equation::{Dialect, written_name};
use loopstream::format::{vensim, xmile};
use loopstream::model::{
    Document, Edit, Element, Id, Link, Point, Polarity, RunMethod, RunSettings, TableFunction,
    TableKind, ValueRange, Variable, VariableKind, flow_side,
};
use loopstream::simulate::{StreamFigures, model_of};
use proptest::prelude::*;

use super::{differs, run_of, run_text};
use crate::common::foreign::with;
use crate::format_run::kept::reopened;

/// Choices from a seed: SplitMix64.
pub struct Chooser(pub u64);

impl Chooser {
    pub fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % below as u64) as usize
    }

    pub fn of<'i, T>(&mut self, items: &'i [T]) -> &'i T {
        &items[self.next(items.len())]
    }
}

/// Functions and what they take: `x` a value, `t` a time above 0, `c` a constant time.
const FUNCTIONS: &[(&str, &str)] = &[
    ("ABS", "x"),
    ("SQRT", "x"),
    ("SIN", "x"),
    ("ARCTAN", "x"),
    ("INT", "x"),
    ("MIN", "xx"),
    ("MAX", "xxx"),
    ("SAFEDIV", "xxx"),
    ("SAFEDIV", "xx"),
    ("STEP", "xc"),
    ("RAMP", "xc"),
    ("RAMP", "xcc"),
    ("PULSE", "xc"),
    ("PULSE", "xcc"),
    ("SMTH1", "xt"),
    ("SMTH3", "xtx"),
    ("SMTHN", "xtc"),
    ("DELAY1", "xtx"),
    ("DELAY3", "xt"),
    ("DELAY", "xc"),
    ("DELAY", "xcx"),
    ("INIT", "x"),
    ("PREVIOUS", "xx"),
    ("TREND", "xtx"),
    ("TREND", "xt"),
    ("FORCST", "xtx"),
];
const NUMBERS: [&str; 7] = ["0", "0.5", "1", "2", "3.25", "100", "1e-7"];
const OPERATORS: [&str; 12] = [
    "+", "-", "*", "/", "<", "<=", ">", "<>", "=", "AND", "OR", "MOD",
];

fn value(choose: &mut Chooser, names: &[String], tables: &[String], depth: usize) -> String {
    let inside = |choose: &mut Chooser| value(choose, names, tables, depth - 1);
    match choose.next(if depth == 0 { 4 } else { 12 }) {
        0 => (*choose.of(&NUMBERS)).to_owned(),
        1 => (*choose.of(&["TIME", "DT", "STOPTIME", "STARTTIME", "PI"])).to_owned(),
        2 | 3 if names.is_empty() => "1.5".to_owned(),
        2 | 3 => choose.of(names).clone(),
        4 => format!("-({})", inside(choose)),
        5 => format!("NOT ({})", inside(choose)),
        6 => format!(
            "(IF {} THEN {} ELSE {})",
            inside(choose),
            inside(choose),
            inside(choose)
        ),
        7 if !tables.is_empty() => {
            let (table, x) = (choose.of(tables).clone(), inside(choose));
            match choose.next(2) {
                0 => format!("{table}({x})"),
                _ => format!("LOOKUP({table}, {x})"),
            }
        }
        8 | 9 => {
            let (name, takes) = choose.of(FUNCTIONS);
            let values = takes.chars().map(|kind| match kind {
                't' => (*choose.of(&["0.5", "1", "(2 + ABS(SIN(TIME)))"])).to_owned(),
                'c' => (*choose.of(&["1", "2", "2.25"])).to_owned(),
                _ => value(choose, names, tables, depth - 1),
            });
            let values: Vec<String> = values.collect();
            format!("{name}({})", values.join(", "))
        }
        _ => {
            let (one, operator) = (inside(choose), *choose.of(&OPERATORS));
            format!("({one}) {operator} ({})", inside(choose))
        }
    }
}

const WORDS: [&str; 8] = [
    "births",
    "Lead time",
    "R&D (net)",
    "time",
    "\u{dc}berlauf",
    "2nd shift",
    "a, (b)",
    "max",
];

/// A document that can run; of a stock that is never negative only where `may_limit`.
pub fn random(choose: &mut Chooser, may_limit: bool, methods: &[RunMethod]) -> Document {
    let empty = Document::default();
    let mut edit = Edit::new(&empty);
    let (mut names, mut tables) = (Vec::new(), Vec::new());
    let mut next = 1;
    let mut add = |edit: &mut Edit<'_>, mut variable: Variable, choose: &mut Chooser| {
        let word = *choose.of(&WORDS);
        let id = Id::from_bits(next);
        variable.name = format!("{word} {next}");
        // One name may be a word of the language.
        if variable.table.is_none() && choose.next(12) == 0 {
            let words = ["sum", "delay", "saveper", "inflow", "smooth", "stop time"];
            variable.name = words
                .get(next as usize)
                .map_or(format!("x {next}"), |word| (*word).to_owned());
        }
        variable.placement.position = Point::new(next as f64 * 160.0, choose.next(5) as f64 * 90.0);
        if choose.next(4) == 0 {
            variable.units = "people/week".to_owned();
            variable.range = Some(ValueRange {
                least: -1.0,
                most: 1e6,
            });
        }
        let written = written_name(&variable.name, Dialect::Xmile);
        edit.set(id, Some(Element::Variable(variable)));
        next += 1;
        (id, written)
    };
    let kinds = [
        TableKind::Continuous,
        TableKind::Extrapolated,
        TableKind::Steps,
    ];
    let table = |choose: &mut Chooser| {
        let kind = *choose.of(&kinds);
        let mut x = -1.5;
        let points = (0..2 + choose.next(4)).map(|_| {
            x += choose.next(3) as f64 * 0.75;
            (x, choose.next(9) as f64 - 3.0)
        });
        let points: Vec<_> = points.collect();
        TableFunction {
            kind,
            points: points.into(),
        }
    };
    for _ in 0..choose.next(2) {
        let variable = Variable {
            table: Some(table(choose)),
            ..Variable::default()
        };
        tables.push(add(&mut edit, variable, choose).1);
    }
    let mut stocks = Vec::new();
    for _ in 0..1 + choose.next(3) {
        let variable = Variable {
            kind: VariableKind::Stock,
            equation: (*choose.of(&["10", "0", "2*3 - 1", "TIME + 4"])).to_owned(),
            non_negative: may_limit && choose.next(3) == 0,
            ..Variable::default()
        };
        let (id, name) = add(&mut edit, variable, choose);
        stocks.push(id);
        names.push(name);
    }
    let mut rates = Vec::new();
    for place in 0..2 + choose.next(4) {
        let is_rate = place > 1;
        let variable = Variable {
            kind: if is_rate {
                VariableKind::Rate
            } else {
                VariableKind::Plain
            },
            equation: value(choose, &names, &tables, 3),
            table: (choose.next(4) == 0).then(|| table(choose)),
            non_negative: is_rate && choose.next(3) == 0,
            ..Variable::default()
        };
        let is_table = variable.table.is_some();
        let (id, name) = add(&mut edit, variable, choose);
        if is_table {
            tables.push(name.clone());
        }
        names.push(name);
        if is_rate {
            rates.push(id);
        }
    }
    for rate in rates {
        for _ in 0..choose.next(3) {
            let polarity = *choose.of(&[Polarity::Positive, Polarity::Negative]);
            let link = Link {
                polarity,
                ..Link::new(rate, *choose.of(&stocks), 0.0)
            };
            edit.set(
                Id::from_bits(1000 + choose.next(1000) as u64),
                Some(Element::Link(link)),
            );
        }
    }
    let mut properties = empty.properties().clone();
    properties.run = RunSettings {
        start: *choose.of(&[None, Some(1.0), Some(-2.5)]),
        stop: Some(6.0),
        step: *choose.of(&[None, Some(0.5), Some(0.1)]),
        save_every: *choose.of(&[None, Some(1.0)]),
        method: Some(*choose.of(methods)),
        time_unit: "week".to_owned(),
        ..RunSettings::default()
    };
    edit.set_properties(properties);
    let mut document = Document::default();
    document.apply(&edit.finish()).unwrap();
    document
}

fn check(document: &Document, text: &str) -> Result<(), TestCaseError> {
    let source = model_of(document, &StreamFigures::new()).source;
    match (run_of(&source), run_text(text)) {
        (Ok(own), Ok(there)) => {
            let called = |name: &str| given(text, name);
            let differs = differs(&own, &there, called);
            prop_assert!(differs.is_none(), "{}\n{}", differs.unwrap(), text);
        }
        // What makes a circle here makes one there.
        (Err(_), Err(_)) => {}
        (own, there) => {
            let own = own.map(|_| ());
            let there = there.map(|_| ());
            prop_assert!(false, "{own:?} {there:?}\n{text}");
        }
    }
    Ok(())
}

/// The stocks and rates of a document, and what flows between them, in words.
fn flowing(document: &Document, called: impl Fn(&str) -> String) -> Vec<String> {
    let name = |id: &Id| called(&document.variables()[id].name);
    let links = document.links().values();
    let pipes = links.filter_map(|link| {
        let side = flow_side(document, link)?;
        Some(format!("{} {side:?} {}", name(&link.from), name(&link.to)))
    });
    let variables = document.variables().iter();
    let kinds = variables.map(|(id, one)| format!("{} {:?}", name(id), one.kind));
    let all: std::collections::BTreeSet<String> = pipes.chain(kinds).collect();
    all.into_iter().collect()
}

/// What a variable of a document is called in a text that was written: one with a name that means
/// something there has a number.
fn given(text: &str, name: &str) -> String {
    let numbered = format!("{name} 2");
    let written = [
        format!("\n{numbered}"),
        format!("\"{numbered}\""),
        format!("name=\"{numbered}\""),
    ];
    if written.iter().any(|written| text.contains(written)) {
        numbered
    } else {
        name.to_owned()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn what_is_written_as_xmile_runs_as_the_document_does(seed in any::<u64>()) {
        let document = random(&mut Chooser(seed), true, &RunMethod::ALL);
        let export = xmile::write(&document);
        check(&document, &export.text)?;
        // It comes back as a document that runs as it does, and is written as it was.
        let again = reopened(&export.text);
        prop_assert_eq!(xmile::write(&again).text, export.text.as_str());
        prop_assert_eq!(flowing(&again, str::to_owned), flowing(&document, |name| given(&export.text, name)));
    }

    #[test]
    fn what_is_written_for_vensim_runs_as_the_document_does(seed in any::<u64>()) {
        let methods = [RunMethod::Euler, RunMethod::Rk4];
        let document = random(&mut Chooser(seed), false, &methods);
        let export = vensim::write(&document);
        for warning in &export.warnings {
            let said = warning.to_string();
            prop_assert!(!said.contains("equation"), "{}\n{}", said, export.text);
        }
        check(&document, &export.text)?;
        let again = reopened(&export.text);
        prop_assert_eq!(vensim::write(&again).text, export.text.as_str());
        prop_assert_eq!(flowing(&again, str::to_owned), flowing(&document, |name| given(&export.text, name)));
    }
}

#[test]
fn what_vensim_has_no_word_for_is_told_by_name() {
    let variable = |name: &str, equation: &str| Variable {
        name: name.to_owned(),
        equation: equation.to_owned(),
        ..Variable::default()
    };
    let tank = Variable {
        kind: VariableKind::Stock,
        non_negative: true,
        ..variable("tank", "1")
    };
    let all = [
        tank,
        variable("endless", "INF + 1"),
        variable("half", "endless +"),
        variable("later", ""),
    ];
    let elements = (1..).zip(all.map(Element::Variable)).collect();
    let document = with("", elements);
    let export = vensim::write(&document);
    let told: Vec<String> = export.warnings.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "1 equation has something that Vensim has no word for, and is left out: endless (INF)",
            "1 equation cannot be read and is left out: half",
            "1 stock is never negative here, which a stock in Vensim cannot be told to be: tank",
            "3 variables have no equations yet, and the model does not run there before they have: \
             endless, half, later",
        ]
    );
    assert!(export.text.contains("tank = INTEG (\\\n\t\t0,\n\t\t1)"));
    assert!(export.text.contains("later  = A FUNCTION OF( )"));
}
