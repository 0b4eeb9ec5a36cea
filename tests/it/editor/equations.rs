//! Equations: written, tidied, and following the names of variables.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use loopstream::causal::Progress;
use loopstream::editor::{Action, Command, Event, Seek, Which};
use loopstream::equation::{
    Dialect, KnownName, Name, Occasion, Offered, Role, candidates, names_in, written_name,
};
use loopstream::model::{
    Document, Edit, Element, ForeignFormat, Id, IdSource, Link, Patch, Polarity, SourceText,
    TableFunction, TableKind, ValueRange, Variable, VariableKind,
};
use loopstream::simulate::{Run, Settings, StreamFigures, arrows_of, compile, model_of};
use proptest::prelude::*;

use crate::common::driver::Driver;

fn id(bits: u64) -> Id {
    Id::from_bits(bits)
}

fn variable(name: &str, equation: &str) -> Variable {
    Variable {
        name: name.to_owned(),
        equation: equation.to_owned(),
        ..Variable::default()
    }
}

/// A document with variables, whose ids count from 1.
fn with(variables: &[(&str, &str)]) -> Document {
    let empty = Document::default();
    let mut edit = Edit::new(&empty);
    for (bits, (name, equation)) in (1..).zip(variables) {
        edit.set(id(bits), Some(Element::Variable(variable(name, equation))));
    }
    applied(&empty, &edit.finish())
}

fn applied(document: &Document, patch: &Patch) -> Document {
    let mut document = document.clone();
    document.apply(patch).unwrap();
    document
}

fn equation(driver: &Driver, bits: u64) -> String {
    driver.editor.document().variables()[&id(bits)]
        .equation
        .clone()
}

fn rename(driver: &mut Driver, bits: u64, name: &str) {
    driver.run(Command::SetText(id(bits), name.to_owned()));
}

#[test]
fn an_equation_follows_in_the_same_step() {
    let mut driver = Driver::open(with(&[
        ("Birth rate", "0.03"),
        ("Births", "birth_rate * Population { birth rate }"),
        ("Population", ""),
    ]));
    rename(&mut driver, 1, "Growth (net)");
    assert_eq!(
        equation(&driver, 2),
        "\"Growth (net)\" * Population { birth rate }"
    );
    assert!(
        driver.said.last().unwrap().contains("renamed"),
        "{:?}",
        driver.said
    );
    driver.act(Action::Undo);
    assert_eq!(
        equation(&driver, 2),
        "birth_rate * Population { birth rate }"
    );
    assert_eq!(
        driver.editor.document().variables()[&id(1)].name,
        "Birth rate"
    );
    driver.act(Action::Redo);
    assert_eq!(
        equation(&driver, 2),
        "\"Growth (net)\" * Population { birth rate }"
    );
}

#[test]
fn it_follows_what_is_typed_on_the_canvas() {
    let mut driver = Driver::open(with(&[("a", "1"), ("b", "2 * a")]));
    driver.send(Event::Select([id(1)].into()));
    driver.act(Action::EditText);
    driver.type_text("Work in progress");
    assert_eq!(equation(&driver, 2), "2 * Work_in_progress");
}

#[test]
fn it_follows_what_is_replaced() {
    let mut driver = Driver::open(with(&[
        ("Birth rate", "0.03"),
        ("Death rate", "0.02"),
        ("Net", "Birth_rate - Death_rate"),
    ]));
    driver.send(Event::Find(Seek::For("rate".to_owned())));
    driver.run(Command::ReplaceFound(
        Which::All,
        "part each year".to_owned(),
    ));
    let names: Vec<&str> = driver
        .editor
        .document()
        .variables()
        .values()
        .map(|one| one.name.as_str())
        .collect();
    assert_eq!(
        names,
        ["Birth part each year", "Death part each year", "Net"]
    );
    assert_eq!(
        equation(&driver, 3),
        "Birth_part_each_year - Death_part_each_year"
    );
    driver.act(Action::Undo);
    assert_eq!(equation(&driver, 3), "Birth_rate - Death_rate");
}

#[test]
fn what_cannot_be_told_apart_is_left_alone() {
    let mut driver = Driver::open(with(&[("x", "1"), ("X", "2"), ("y", "3 * x"), ("z", "4")]));
    rename(&mut driver, 1, "other");
    assert_eq!(equation(&driver, 3), "3 * x");
    driver.act(Action::Undo);
    // To a name that another one has.
    rename(&mut driver, 4, "y");
    rename(&mut driver, 4, "z");
    driver.run(Command::SetEquation(id(1), "z + 1".to_owned()));
    rename(&mut driver, 4, "y");
    assert_eq!(equation(&driver, 1), "z + 1");
    rename(&mut driver, 4, "");
    assert_eq!(equation(&driver, 1), "z + 1");
}

#[test]
fn two_may_change_their_names_and_a_table_is_called() {
    let mut document = with(&[
        ("a", "1"),
        ("b", "2"),
        ("c", "a - b"),
        ("t", ""),
        ("d", "t(a)"),
    ]);
    let mut edit = Edit::new(&document);
    let set = |edit: &mut Edit<'_>, bits, change: fn(&mut Variable)| {
        edit.change(id(bits), |element| {
            if let Element::Variable(variable) = element {
                change(variable);
            }
        });
    };
    set(&mut edit, 4, |variable| {
        variable.table = Some(TableFunction {
            kind: TableKind::Continuous,
            points: [(0.0, 0.0), (1.0, 1.0)].into(),
        });
    });
    let patch = edit.finish();
    document = applied(&document, &patch);
    let mut driver = Driver::open(document.clone());
    let mut edit = Edit::new(&document);
    set(&mut edit, 1, |variable| variable.name = "b".to_owned());
    set(&mut edit, 2, |variable| variable.name = "a".to_owned());
    driver.run(Command::Apply(edit.finish()));
    assert_eq!(equation(&driver, 3), "b - a");
    rename(&mut driver, 4, "Effect of crowding");
    assert_eq!(equation(&driver, 5), "Effect_of_crowding(b)");
    // An equation that the same change writes stays as it is written.
    let document = driver.editor.document().clone();
    let mut edit = Edit::new(&document);
    set(&mut edit, 1, |variable| variable.name = "new".to_owned());
    set(&mut edit, 3, |variable| variable.equation = "7".to_owned());
    driver.run(Command::Apply(edit.finish()));
    assert_eq!(
        (equation(&driver, 3), equation(&driver, 5)),
        ("7".to_owned(), "Effect_of_crowding(new)".to_owned())
    );
}

#[test]
fn of_a_text_that_is_kept_only_what_overrides_it_follows() {
    let document = with(&[("birth rate", ""), ("births", "birth rate * 2")]);
    let mut edit = Edit::new(&document);
    edit.set_source_text(Some(Arc::new(SourceText {
        format: ForeignFormat::Vensim,
        seed: id(9),
        text: "births = birth rate * 3 ~~|".to_owned(),
    })));
    let patch = edit.finish();
    let mut driver = Driver::open(applied(&document, &patch));
    rename(&mut driver, 1, "growth each year");
    assert_eq!(equation(&driver, 2), "growth each year * 2");
    let source = driver.editor.document().source_text().clone().unwrap();
    assert_eq!(source.text, "births = birth rate * 3 ~~|");
}

#[test]
fn what_a_panel_says_is_kept_or_refused() {
    let mut driver = Driver::open(with(&[("Birth rate", ""), ("Births", "")]));
    let variable = |driver: &Driver| driver.editor.document().variables()[&id(2)].clone();
    driver.run(Command::SetEquation(id(2), "  birth rate * 2\n".to_owned()));
    assert_eq!(variable(&driver).equation, "Birth_rate * 2");
    driver.run(Command::SetUnits(id(2), " people /\nweek ".to_owned()));
    assert_eq!(variable(&driver).units, "people / week");
    driver.run(Command::SetKind(id(2), VariableKind::Rate));
    driver.run(Command::SetNonNegative(id(2), true));
    assert!(variable(&driver).non_negative && variable(&driver).kind == VariableKind::Rate);
    let range = |least, most| Some(ValueRange { least, most });
    driver.run(Command::SetRange(id(2), range(1.0, 0.0)));
    assert_eq!(variable(&driver).range, None);
    assert_eq!(
        driver.said.last().unwrap(),
        "The least value is above the greatest"
    );
    driver.run(Command::SetRange(id(2), range(0.0, 1.0)));
    assert_eq!(variable(&driver).range, range(0.0, 1.0));
    let table = |points: &[(f64, f64)]| {
        let kind = TableKind::Steps;
        Some(TableFunction {
            kind,
            points: points.into(),
        })
    };
    driver.run(Command::SetTable(id(2), table(&[(0.0, 1.0)])));
    assert_eq!(variable(&driver).table, None);
    driver.run(Command::SetTable(id(2), table(&[(1.0, 1.0), (0.0, 2.0)])));
    assert_eq!(
        *variable(&driver).table.unwrap().points,
        [(0.0, 2.0), (1.0, 1.0)]
    );
    for _ in 0..7 {
        driver.act(Action::Undo);
    }
    assert_eq!(
        variable(&driver),
        Variable {
            name: "Births".to_owned(),
            ..Variable::default()
        }
    );
}

/// Names that are written in many ways.
const NAMES: [&str; 14] = [
    "Birth rate",
    "cost (€)",
    "وقت الانتظار",
    "Überlauf",
    "4 eyes",
    "and",
    "a.b",
    "\"q\"",
    "x\\y",
    "MAX",
    "work in progress",
    "a/b",
    "then",
    "Größe 2",
];

/// What may stand before a caret, whole.
const PARTS: &[&str] = &[
    "2 *",
    "(",
    "MAX(",
    "\"cost (€)\" +",
    "{ why }",
    "Birth_rate /",
    "IF",
];

/// What may be typed just before it.
const ENDS: &[&str] = &[
    "", "b", "birth ra", "work in", "\"co", "وقت", "ü", "4", "max", "a/", "gr",
];

/// A document that runs: numbers, sums of what is before, stocks with rates, a table.
fn model(choices: &[(u8, u8, u8)]) -> Document {
    let empty = Document::default();
    let mut edit = Edit::new(&empty);
    let mut names: Vec<String> = Vec::new();
    let mut tables: Vec<usize> = Vec::new();
    for (at, (kind, one, other)) in choices.iter().enumerate() {
        let own = format!("{} {at}", NAMES[at % NAMES.len()]);
        let of = |choice: u8| match names.len() {
            0 => "TIME".to_owned(),
            count => {
                let at = usize::from(choice) % count;
                let written = written_name(&names[at], Dialect::Xmile);
                match tables.contains(&at) {
                    true => format!("{written}(TIME / 4)"),
                    false => written,
                }
            }
        };
        let (a, b) = (of(*one), of(*other));
        let mut made = variable(&own, "");
        match kind % 6 {
            0 => made.equation = format!("0.{one}"),
            1 => made.equation = format!("{a} + 0.5 * {b}"),
            2 => made.equation = format!("IF {a} > {b} THEN SMTH1({a}, 3) ELSE {b} - 1"),
            3 => {
                made.equation = "2".to_owned();
                made.kind = VariableKind::Stock;
                let rate = Variable {
                    kind: VariableKind::Rate,
                    ..variable(&format!("rate of {own}"), &format!("{a} / 10"))
                };
                let (stock, flow) = (id(at as u64 + 1), id(100 + at as u64));
                edit.set(flow, Some(Element::Variable(rate)));
                let link = Link {
                    polarity: Polarity::Positive,
                    ..Link::new(flow, stock, 0.0)
                };
                edit.set(id(200 + at as u64), Some(Element::Link(link)));
            }
            4 => {
                made.table = Some(TableFunction {
                    kind: TableKind::Continuous,
                    points: [(0.0, f64::from(*one)), (2.0, f64::from(*other))].into(),
                });
                tables.push(at);
            }
            _ => made.equation = format!("max({a}, {b}) * RANDOM(0, 1)"),
        }
        edit.set(id(at as u64 + 1), Some(Element::Variable(made)));
        names.push(own);
    }
    applied(&empty, &edit.finish())
}

/// What each variable is over a run, to the last bit.
fn run(document: &Document) -> BTreeMap<Id, Vec<u64>> {
    let model = model_of(document, &StreamFigures::new());
    let compiled = compile(&model.source, &Settings::default()).unwrap();
    let mut run = Run::new(Arc::new(compiled)).unwrap();
    assert_eq!(run.advance(u64::MAX), Progress::Finished);
    let results = run.into_results();
    let names = results.names().iter().enumerate();
    names
        .map(|(index, name)| {
            let bits = results.column(index).map(f64::to_bits).collect();
            (model.names[&Name::new(name)], bits)
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn a_run_is_the_same_whatever_variables_are_called(
        choices in proptest::collection::vec(any::<(u8, u8, u8)>(), 1..8),
        which in any::<prop::sample::Index>(),
        name in prop::sample::select(&NAMES[..]),
    ) {
        let document = model(&choices);
        let before = run(&document);
        let mut driver = Driver::open(document);
        let ids: Vec<Id> = driver.editor.document().variables().keys().copied().collect();
        let id = *which.get(&ids);
        driver.run(Command::SetText(id, format!("{name} once more")));
        prop_assert_eq!(&run(driver.editor.document()), &before);
        driver.act(Action::Undo);
        prop_assert_eq!(&run(driver.editor.document()), &before);
    }

    /// Whatever stands before the caret, what is accepted there reads as what was offered.
    #[test]
    fn what_is_accepted_reads_as_what_was_offered(
        parts in proptest::collection::vec(prop::sample::select(PARTS), 0..6),
        end in prop::sample::select(ENDS),
        after in prop::sample::select(&["", " + 1", ") * 2", "(3)"][..]),
    ) {
        let before = format!("{} {end}", parts.join(" "));
        let names: Vec<KnownName> = NAMES
            .iter()
            .map(|name| KnownName { name: (*name).to_owned(), role: Role::Value, is_cause: false })
            .collect();
        let text = format!("{before}{after}");
        for candidate in candidates(&text, before.len(), Dialect::Xmile, &names, Occasion::Asked) {
            let (accepted, caret) = candidate.accepted(&text);
            prop_assert!(accepted.is_char_boundary(caret));
            let Offered::Variable(place) = candidate.what else {
                prop_assert!(accepted[..caret].contains(&candidate.written));
                continue;
            };
            let written = names_in(&accepted[..caret], Dialect::Xmile);
            let last = written.unwrap().pop().map(|(name, _)| name);
            prop_assert_eq!(last, Some(Name::new(NAMES[place])), "{}", accepted);
        }
    }

    /// Arrows against the names in each equation, one by one; and what is offered makes them agree.
    #[test]
    fn arrows_differ_from_equations_where_names_do(
        choices in proptest::collection::vec(any::<(u8, u8, u8)>(), 2..8),
        links in proptest::collection::vec(any::<(u8, u8, bool)>(), 0..8),
    ) {
        let mut document = model(&choices);
        let mut edit = Edit::new(&document);
        let ids: Vec<Id> = document.variables().keys().copied().collect();
        for (bits, (from, to, is_plus)) in (500..).zip(links) {
            let [from, to] = [from, to].map(|at| ids[usize::from(at) % ids.len()]);
            let polarity = if is_plus { Polarity::Positive } else { Polarity::Unknown };
            edit.set(id(bits), Some(Element::Link(Link { polarity, ..Link::new(from, to, 0.0) })));
        }
        let patch = edit.finish();
        document.apply(&patch).unwrap();
        for (own, variable) in document.clone().variables() {
            if variable.kind == VariableKind::Stock || variable.equation.is_empty() {
                continue;
            }
            let named: BTreeSet<Name> = names_in(&variable.equation, Dialect::Xmile)
                .unwrap()
                .into_iter()
                .map(|(name, _)| name)
                .collect();
            let named: BTreeSet<Id> = document
                .variables()
                .iter()
                .filter(|(_, one)| named.contains(&Name::new(&one.name)))
                .map(|(id, _)| *id)
                .collect();
            let arrows = arrows_of(&document, *own).unwrap();
            let into = document.links().iter().filter(|(_, link)| link.to == *own);
            let into: Vec<(Id, Id)> = into.map(|(id, link)| (*id, link.from)).collect();
            let missing: BTreeSet<Id> = arrows.missing.iter().map(|one| one.cause).collect();
            let wanted: BTreeSet<Id> = named
                .iter()
                .copied()
                .filter(|cause| into.iter().all(|(_, from)| from != cause))
                .collect();
            prop_assert_eq!(missing, wanted);
            let unused: BTreeSet<Id> = arrows.unused.iter().copied().collect();
            let wanted: BTreeSet<Id> = into
                .iter()
                .filter(|(_, from)| !named.contains(from))
                .map(|(link, _)| *link)
                .collect();
            prop_assert_eq!(unused, wanted);
            let mut mended = document.clone();
            mended.apply(&arrows.add_missing(&document, *own, &mut IdSource::new(5))).unwrap();
            let patch = arrows.remove_unused(&mended);
            mended.apply(&patch).unwrap();
            let patch = arrows.sign_proved(&mended);
            mended.apply(&patch).unwrap();
            prop_assert!(arrows_of(&mended, *own).unwrap().agree());
        }
    }
}
