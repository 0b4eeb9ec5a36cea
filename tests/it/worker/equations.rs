//! What the worker says of an equation: units that do not agree at their place, what converts them,
//! and arrows.

use loopstream::equation::{BinaryOp, Dialect, Expr, Node, Span, UnaryOp, parse, scaled};
use loopstream::format::open_text;
use loopstream::model::{Document, Edit, Element, Id, IdSource, RunSettings, Variable};
use loopstream::worker::{
    Block, EquationView, ReportKind, Request, ResponseBody, Row, RowCommand, UnitClash,
};
use proptest::prelude::*;

use super::Desk;

fn id(bits: u64) -> Id {
    Id::from_bits(bits)
}

/// A model of names, equations and units that runs in weeks; the ids are from 1 on.
fn model(variables: &[(&str, &str, &str)]) -> Document {
    let empty = Document::default();
    let mut edit = Edit::new(&empty);
    for (bits, (name, equation, units)) in (1..).zip(variables) {
        let variable = Variable {
            name: (*name).to_owned(),
            equation: (*equation).to_owned(),
            units: (*units).to_owned(),
            ..Variable::default()
        };
        edit.set(id(bits), Some(Element::Variable(variable)));
    }
    let mut properties = empty.properties().clone();
    properties.run = RunSettings {
        time_unit: "week".to_owned(),
        ..RunSettings::default()
    };
    edit.set_properties(properties);
    let patch = edit.finish();
    let mut document = Document::default();
    document.apply(&patch).unwrap();
    document
}

fn view(document: &Document, about: Id) -> EquationView {
    // Ids are as fresh as from a worker that goes on.
    let seed = 7 + document.variables().len() as u64;
    let mut desk = Desk::with_seed(document.clone(), seed);
    let answers = desk.ask(Request::Equation(about));
    match answers.as_slice() {
        [ResponseBody::Equation(view)] => view.clone(),
        other => panic!("{other:?}"),
    }
}

/// The part of the equation that a clash is at.
fn part<'v>(view: &'v EquationView, clash: &UnitClash) -> &'v str {
    let (start, end) = clash.place.unwrap();
    &view.shown[start as usize..end as usize]
}

fn mended(document: &Document, clash: &UnitClash, button: &str) -> Document {
    let offer = clash
        .offers
        .iter()
        .find(|offer| offer.button.contains(button))
        .unwrap_or_else(|| panic!("{clash:?}"));
    let mut after = document.clone();
    after.apply(&offer.patch).unwrap();
    after
}

#[test]
fn a_clash_is_at_its_place_and_is_converted() {
    let document = model(&[
        ("Made", "2 * (Morning + Evening)", "pieces/day"),
        ("Morning", "1", "pieces/day"),
        ("Evening", "1", "pieces/week"),
    ]);
    let before = view(&document, id(1));
    let [clash] = before.clashes.as_slice() else {
        panic!("{before:?}");
    };
    assert_eq!(part(&before, clash), "(Morning + Evening)");
    assert!(
        clash
            .words
            .contains("pieces/day, and the right side in pieces/week")
    );
    let after = mended(&document, clash, "days per week");
    assert_eq!(
        after.variables()[&id(1)].equation,
        "2 * (Morning + Evening / days_per_week)"
    );
    assert_eq!(view(&after, id(1)).clashes, []);
    // The constant is there with its unit, and linked with its sign.
    let (constant, days) = after
        .variables()
        .iter()
        .find(|(_, one)| one.name == "days per week")
        .unwrap();
    assert_eq!(
        (days.equation.as_str(), days.units.as_str()),
        ("7", "day/week")
    );
    assert!(
        after
            .links()
            .values()
            .any(|link| (link.from, link.to) == (*constant, id(1)))
    );
    // A second conversion takes the same constant.
    let count = after.variables().len();
    let mut edit = Edit::new(&after);
    edit.change(id(2), |element| {
        if let Element::Variable(record) = element {
            record.equation = "1 + Evening".to_owned();
        }
    });
    let patch = edit.finish();
    let mut again = after.clone();
    again.apply(&patch).unwrap();
    let told = view(&again, id(2));
    assert!(told.clashes[0].offers[0].button.starts_with("Convert it"));
    again = mended(&again, &told.clashes[0], "Convert");
    assert_eq!(again.variables().len(), count);
    assert_eq!(
        again.variables()[&id(2)].equation,
        "(1 + Evening) / days_per_week"
    );
}

#[test]
fn the_unit_of_an_equation_is_said_where_a_person_wants_it() {
    let document = model(&[("Cost", "Price * 2", "hours"), ("Price", "3", "euro")]);
    let before = view(&document, id(1));
    let after = mended(&document, &before.clashes[0], "Say it is in euro");
    assert_eq!(after.variables()[&id(1)].units, "euro");
    assert_eq!(view(&after, id(1)).clashes, []);
}

#[test]
fn a_name_that_is_taken_is_left_alone() {
    let document = model(&[
        ("Sum", "a + b", ""),
        ("a", "1", "day"),
        ("b", "1", "week"),
        ("Days per week", "5", "day/week"),
    ]);
    let told = view(&document, id(1));
    assert_eq!(told.clashes.len(), 1);
    assert_eq!(told.clashes[0].offers, []);
}

#[test]
fn units_are_told_though_another_equation_cannot_be_read() {
    let document = model(&[
        ("Sum", "a + b", ""),
        ("a", "1", "day"),
        ("b", "1", "euro"),
        ("c", "2 *", ""),
    ]);
    assert_eq!(view(&document, id(1)).clashes.len(), 1);
    let answers = Desk::new(document).ask(Request::Report(ReportKind::Model, Vec::new()));
    let [ResponseBody::Report { blocks, .. }] = answers.as_slice() else {
        panic!("{answers:?}");
    };
    let rows = blocks.iter().filter_map(|block| match block {
        Block::Row(row) => Some(row),
        _ => None,
    });
    let about: Vec<&Row> = rows.filter(|row| row.about == [id(1)]).collect();
    assert_eq!(about.len(), 1);
    assert_eq!(
        about[0].actions[0].command,
        RowCommand::Equation(id(1), Some((0, 5)))
    );
}

#[test]
fn places_are_those_of_what_is_shown_of_an_opened_model() {
    let vensim = "{UTF-8}\nspeed = way / time needed + \\\n\tway ~ km/hour ~ |\nway = 3 ~ km ~ |\n\
                  time needed = 2 ~ hour ~ |\nINITIAL TIME = 0 ~ hour ~ |\n\
                  FINAL TIME = 9 ~ hour ~ |\nTIME STEP = 1 ~ hour ~ |\nSAVEPER = TIME STEP ~ hour ~ |\n";
    let xmile = r#"<xmile version="1.0" xmlns="http://docs.oasis-open.org/xmile/ns/XMILE/v1.0">
<header><vendor>x</vendor><product version="1.0">x</product></header>
<sim_specs time_units="hour"><start>0</start><stop>3</stop><dt>1</dt></sim_specs>
<model><variables>
<aux name="speed"><eqn>IF way &lt; 2 THEN way / time_needed ELSE way</eqn><units>km/hour</units></aux>
<aux name="way"><eqn>3</eqn><units>km</units></aux>
<aux name="time needed"><eqn>2</eqn><units>hour</units></aux>
</variables></model></xmile>"#;
    for (text, whole) in [(vensim, "way / time needed + way"), (xmile, "")] {
        let document = open_text(text, &mut IdSource::new(1)).unwrap().document;
        let find = |name: &str| {
            let mut all = document.variables().iter();
            *all.find(|(_, one)| one.name == name).unwrap().0
        };
        let told = view(&document, find("speed"));
        assert_eq!(told.stated.as_ref(), Some(&told.shown));
        assert!(!told.clashes.is_empty(), "{told:?}");
        if let Some((start, end)) = told.clashes[0].place {
            let part = &told.shown[start as usize..end as usize];
            assert!(part.contains("way") && part.contains('/'), "{part}");
            if !whole.is_empty() {
                assert_eq!(part, told.shown);
            }
        }
        // What is written over it has its own places, in the language of the text.
        let mut edit = Edit::new(&document);
        edit.change(find("speed"), |element| {
            if let Element::Variable(record) = element {
                record.equation = "2 * (way + \"time needed\")".to_owned();
            }
        });
        let patch = edit.finish();
        let mut over = document.clone();
        over.apply(&patch).unwrap();
        let told = view(&over, find("speed"));
        assert_eq!(told.shown, "2 * (way + \"time needed\")");
        let inner = told
            .clashes
            .iter()
            .find(|clash| clash.words.contains("left side"));
        assert_eq!(part(&told, inner.unwrap()), "(way + \"time needed\")");
    }
}

/// A random equation, and a place in it of a part.
fn equation() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("a".to_owned()),
        Just("b".to_owned()),
        Just("2.5".to_owned()),
        Just("TIME".to_owned())
    ];
    leaf.prop_recursive(5, 40, 3, |inner| {
        let two = (inner.clone(), inner.clone());
        prop_oneof![
            (
                two.clone(),
                prop::sample::select(vec!["+", "-", "*", "/", "^", "MOD", ">", "AND"])
            )
                .prop_map(|((a, b), sign)| format!("{a} {sign} {b}")),
            inner.clone().prop_map(|a| format!("({a})")),
            inner.clone().prop_map(|a| format!("-{a}")),
            inner.clone().prop_map(|a| format!("NOT ({a})")),
            two.prop_map(|(a, b)| format!("MAX({a},  {b})")),
            (inner.clone(), inner.clone(), inner)
                .prop_map(|(a, b, c)| format!("(IF {a} THEN {b} ELSE {c})")),
        ]
    })
}

/// The places of all parts.
fn places(expr: &Expr, all: &mut Vec<Span>) {
    all.push(expr.span);
    match &expr.node {
        Node::Call(_, _, arguments) => arguments.iter().for_each(|one| places(one, all)),
        Node::Unary(_, inside) => places(inside, all),
        Node::Binary(_, sides) => sides.iter().for_each(|one| places(one, all)),
        Node::If(parts) => parts.iter().for_each(|one| places(one, all)),
        _ => {}
    }
}

/// So many days a week, multiplied with a value or divided out of it as an equation writes it: the same
/// rounding, since `MOD` and comparisons jump where two ways of rounding differ by the last bit.
fn times_week(value: f64, power: i32) -> f64 {
    let week = 7_f64.powi(power.abs());
    if power < 0 {
        value / week
    } else {
        value * week
    }
}

/// The value of an equation; the part at a place is multiplied by a power of the days of a week.
fn value(expr: &Expr, at: Option<(Span, i32)>) -> f64 {
    let of = |one: &Expr| value(one, at);
    let truth = |is: bool| if is { 1.0 } else { 0.0 };
    let own = match &expr.node {
        Node::Number(number) => *number,
        Node::Name(name, _) => match name.as_str() {
            "a" => 3.0,
            "b" => -1.25,
            "days_per_week" => 7.0,
            _ => 0.5,
        },
        Node::Call(_, _, arguments) => arguments.iter().map(of).fold(f64::MIN, f64::max),
        Node::Unary(UnaryOp::Minus, inside) => -of(inside),
        Node::Unary(_, inside) => truth(of(inside) == 0.0),
        Node::If(parts) if of(&parts[0]) != 0.0 => of(&parts[1]),
        Node::If(parts) => of(&parts[2]),
        Node::Binary(op, sides) => {
            let [a, b] = [of(&sides[0]), of(&sides[1])];
            match op {
                BinaryOp::Add => a + b,
                BinaryOp::Subtract => a - b,
                BinaryOp::Multiply => a * b,
                BinaryOp::Divide => a / b,
                BinaryOp::Power => a.powf(b),
                BinaryOp::Modulo => a - b * (a / b).floor(),
                BinaryOp::Greater => truth(a > b),
                _ => truth(a != 0.0 && b != 0.0),
            }
        }
        Node::Inline(..) => unreachable!(),
    };
    match at {
        Some((place, power)) if place == expr.span => times_week(own, power),
        _ => own,
    }
}

proptest! {
    /// Computed by another way: the value with the part counted so many times.
    #[test]
    fn a_part_is_multiplied_and_nothing_else_changes(
        text in equation(),
        which in any::<prop::sample::Index>(),
        power in prop::sample::select(vec![-2, -1, 1, 2]),
    ) {
        let expr = parse(&text, 0, Dialect::Xmile).unwrap();
        let mut all = Vec::new();
        places(&expr, &mut all);
        let part = *which.get(&all);
        let after = scaled(&text, part, Dialect::Xmile, "days per week", power);
        let after = after.expect("a part can be multiplied");
        let read = parse(&after, 0, Dialect::Xmile).unwrap();
        let wanted = value(&expr, Some((part, power)));
        let found = value(&read, None);
        let is_same = wanted.to_bits() == found.to_bits() || (wanted.is_nan() && found.is_nan());
        prop_assert!(is_same, "{text} → {after}: {wanted} {found}");
        // What stands around the part is left to the letter.
        prop_assert!(after.starts_with(&text[..part.start]));
        prop_assert!(after.ends_with(&text[part.end..]));
    }
}
