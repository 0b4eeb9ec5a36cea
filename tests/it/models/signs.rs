//! Signs that are proved, against the values of the expressions: where a cause is moved up, the value
//! never goes the other way.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use loopstream::format::{open_text, signs_if_never_negative};
use loopstream::model::{Document, IdSource, Polarity};
use proptest::prelude::*;

const NAMES: [&str; 4] = ["va", "vb", "vc", "vd"];

/// An expression, worked out here and nowhere else.
#[derive(Clone, Debug)]
enum Expr {
    Number(f64),
    Var(usize),
    Add(Box<Expr>, Box<Expr>),
    Sub(Box<Expr>, Box<Expr>),
    Mul(Box<Expr>, Box<Expr>),
    Div(Box<Expr>, Box<Expr>),
    Pow(Box<Expr>, Box<Expr>),
    Neg(Box<Expr>),
    Call1(Call1, Box<Expr>),
    Call2(Call2, Box<Expr>, Box<Expr>),
    Safe(Box<Expr>, Box<Expr>, Box<Expr>),
    If(Box<Cond>, Box<Expr>, Box<Expr>),
    Table([f64; 3], Box<Expr>),
}

#[derive(Clone, Copy, Debug)]
enum Call1 {
    Exp,
    Sqrt,
    Ln,
    Abs,
    Int,
    Smooth,
}

#[derive(Clone, Copy, Debug)]
enum Call2 {
    Min,
    Max,
    Zidz,
    /// What the second begins with shows nowhere later.
    Delay,
}

#[derive(Clone, Debug)]
enum Cond {
    Greater(Expr, Expr),
    AtMost(Expr, Expr),
    Same(Expr, Expr),
    And(Box<Cond>, Box<Cond>),
    Or(Box<Cond>, Box<Cond>),
    Not(Box<Cond>),
}

/// The value of an expression; none where it has none, or one too large to be exact.
fn value(expr: &Expr, at: &[f64; 4]) -> Option<f64> {
    let of = |expr: &Expr| value(expr, at);
    let value = match expr {
        Expr::Number(number) => *number,
        Expr::Var(var) => at[*var],
        Expr::Add(a, b) => of(a)? + of(b)?,
        Expr::Sub(a, b) => of(a)? - of(b)?,
        Expr::Mul(a, b) => of(a)? * of(b)?,
        Expr::Div(a, b) => {
            let divisor = of(b)?;
            (divisor != 0.0).then(|| of(a))?? / divisor
        }
        Expr::Pow(a, b) => of(a)?.powf(of(b)?),
        Expr::Neg(a) => -of(a)?,
        Expr::Call1(call, a) => {
            let a = of(a)?;
            match call {
                Call1::Exp => a.exp(),
                Call1::Sqrt => a.sqrt(),
                Call1::Ln => a.ln(),
                Call1::Abs => a.abs(),
                Call1::Int => a.trunc(),
                Call1::Smooth => a,
            }
        }
        Expr::Call2(call, a, b) => {
            let (a, b) = (of(a)?, of(b)?);
            match call {
                Call2::Min => a.min(b),
                Call2::Max => a.max(b),
                Call2::Zidz if b == 0.0 => 0.0,
                Call2::Zidz => a / b,
                Call2::Delay => a,
            }
        }
        Expr::Safe(a, b, c) => {
            let (a, b, c) = (of(a)?, of(b)?, of(c)?);
            if b == 0.0 { c } else { a / b }
        }
        Expr::If(cond, a, b) => {
            // Both must have a value, as in a program that works out both.
            let (holds, a, b) = (holds(cond, at)?, of(a)?, of(b)?);
            if holds { a } else { b }
        }
        Expr::Table(values, a) => {
            let a = of(a)?;
            // The places are 0, 1 and 3; beyond them the ends hold on.
            let [first, middle, last] = *values;
            if a <= 0.0 {
                first
            } else if a <= 1.0 {
                first + (middle - first) * a
            } else if a <= 3.0 {
                middle + (last - middle) * ((a - 1.0) / 2.0)
            } else {
                last
            }
        }
    };
    (value.abs() < 1e6).then_some(value)
}

fn holds(cond: &Cond, at: &[f64; 4]) -> Option<bool> {
    Some(match cond {
        Cond::Greater(a, b) => value(a, at)? > value(b, at)?,
        Cond::AtMost(a, b) => value(a, at)? <= value(b, at)?,
        Cond::Same(a, b) => value(a, at)? == value(b, at)?,
        Cond::And(a, b) => {
            let (a, b) = (holds(a, at)?, holds(b, at)?);
            a && b
        }
        Cond::Or(a, b) => {
            let (a, b) = (holds(a, at)?, holds(b, at)?);
            a || b
        }
        Cond::Not(a) => !holds(a, at)?,
    })
}

/// How an expression is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Dialect {
    Vensim,
    Xmile,
}

fn written(expr: &Expr, dialect: Dialect) -> String {
    let of = |expr: &Expr| written(expr, dialect);
    match expr {
        Expr::Number(number) if *number < 0.0 => format!("({number})"),
        Expr::Number(number) => format!("{number}"),
        Expr::Var(var) => NAMES[*var].to_owned(),
        Expr::Add(a, b) => format!("({} + {})", of(a), of(b)),
        Expr::Sub(a, b) => format!("({} - {})", of(a), of(b)),
        Expr::Mul(a, b) => format!("{}*{}", bound(a, dialect), bound(b, dialect)),
        Expr::Div(a, b) => format!("({} / {})", bound(a, dialect), bound(b, dialect)),
        Expr::Pow(a, b) => format!("({} ^ {})", bound(a, dialect), bound(b, dialect)),
        Expr::Neg(a) => format!("(-{})", bound(a, dialect)),
        Expr::Call1(call, a) => match call {
            Call1::Exp => format!("EXP({})", of(a)),
            Call1::Sqrt => format!("SQRT({})", of(a)),
            Call1::Ln => format!("LN({})", of(a)),
            Call1::Abs => format!("ABS({})", of(a)),
            Call1::Int if dialect == Dialect::Vensim => format!("INTEGER({})", of(a)),
            Call1::Int => format!("INT({})", of(a)),
            Call1::Smooth if dialect == Dialect::Vensim => format!("SMOOTH3({}, 2)", of(a)),
            Call1::Smooth => format!("SMTH1({}, 2)", of(a)),
        },
        Expr::Call2(call, a, b) => match (call, dialect) {
            (Call2::Min, _) => format!("MIN({}, {})", of(a), of(b)),
            (Call2::Max, _) => format!("MAX({}, {})", of(a), of(b)),
            (Call2::Zidz, Dialect::Vensim) => format!("ZIDZ({}, {})", of(a), of(b)),
            (Call2::Zidz, Dialect::Xmile) => format!("SAFEDIV({}, {})", of(a), of(b)),
            (Call2::Delay, Dialect::Vensim) => format!("DELAY1I({}, 2, {})", of(a), of(b)),
            (Call2::Delay, Dialect::Xmile) => format!("DELAY3({}, 2, {})", of(a), of(b)),
        },
        Expr::Safe(a, b, c) => {
            let name = if dialect == Dialect::Vensim {
                "XIDZ"
            } else {
                "SAFEDIV"
            };
            format!("{name}({}, {}, {})", of(a), of(b), of(c))
        }
        Expr::If(cond, a, b) => {
            let cond = condition(cond, dialect);
            match dialect {
                Dialect::Vensim => format!("IF THEN ELSE({cond}, {}, {})", of(a), of(b)),
                Dialect::Xmile => format!("(IF {cond} THEN {} ELSE {})", of(a), of(b)),
            }
        }
        Expr::Table([a, b, c], place) => match dialect {
            Dialect::Vensim => {
                let place = of(place);
                format!("WITH LOOKUP({place}, ([(0,-9)-(3,9)],(0,{a}),(1,{b}),(3,{c})))")
            }
            // A table is a variable of its own there.
            Dialect::Xmile => of(place),
        },
    }
}

/// Something that may stand on either side of a sign.
fn bound(expr: &Expr, dialect: Dialect) -> String {
    match expr {
        Expr::Mul(..) => format!("({})", written(expr, dialect)),
        _ => written(expr, dialect),
    }
}

fn condition(cond: &Cond, dialect: Dialect) -> String {
    let of = |cond: &Cond| condition(cond, dialect);
    let value = |expr: &Expr| written(expr, dialect);
    let word = |vensim: &'static str, xmile: &'static str| match dialect {
        Dialect::Vensim => vensim,
        Dialect::Xmile => xmile,
    };
    match cond {
        Cond::Greater(a, b) => format!("{} > {}", value(a), value(b)),
        Cond::AtMost(a, b) => format!("{} <= {}", value(a), value(b)),
        Cond::Same(a, b) => format!("{} = {}", value(a), value(b)),
        Cond::And(a, b) => format!("({} {} {})", of(a), word(":AND:", "AND"), of(b)),
        Cond::Or(a, b) => format!("({} {} {})", of(a), word(":OR:", "OR"), of(b)),
        Cond::Not(a) => format!("({} ({}))", word(":NOT:", "NOT"), of(a)),
    }
}

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        3 => (0..=16_i32).prop_map(|eighths| f64::from(eighths) / 8.0),
        1 => (-16..0_i32).prop_map(|eighths| f64::from(eighths) / 8.0),
    ]
}

fn expr(tables: bool) -> impl Strategy<Value = Expr> {
    let leaf = prop_oneof![
        1 => number().prop_map(Expr::Number),
        4 => (0..NAMES.len()).prop_map(Expr::Var),
    ];
    leaf.prop_recursive(4, 24, 3, move |inner| {
        let two = || (inner.clone(), inner.clone());
        let boxed = |(a, b): (Expr, Expr)| (Box::new(a), Box::new(b));
        let cond = cond(inner.clone().boxed());
        let call1 = prop_oneof![
            Just(Call1::Exp),
            Just(Call1::Sqrt),
            Just(Call1::Ln),
            Just(Call1::Abs),
            Just(Call1::Int),
            Just(Call1::Smooth),
        ];
        let call2 = prop_oneof![
            Just(Call2::Min),
            Just(Call2::Max),
            Just(Call2::Zidz),
            Just(Call2::Delay),
        ];
        let table = ([number(), number(), number()], inner.clone());
        prop_oneof![
            3 => two().prop_map(boxed).prop_map(|(a, b)| Expr::Add(a, b)),
            3 => two().prop_map(boxed).prop_map(|(a, b)| Expr::Sub(a, b)),
            4 => two().prop_map(boxed).prop_map(|(a, b)| Expr::Mul(a, b)),
            2 => two().prop_map(boxed).prop_map(|(a, b)| Expr::Div(a, b)),
            1 => (inner.clone(), number()).prop_map(|(a, b)| Expr::Pow(Box::new(a), Box::new(Expr::Number(b)))),
            1 => two().prop_map(boxed).prop_map(|(a, b)| Expr::Pow(a, b)),
            1 => inner.clone().prop_map(|a| Expr::Neg(Box::new(a))),
            2 => (call1, inner.clone()).prop_map(|(call, a)| Expr::Call1(call, Box::new(a))),
            3 => (call2, two()).prop_map(move |(call, both)| {
                let (a, b) = boxed(both);
                Expr::Call2(call, a, b)
            }),
            1 => (two(), inner.clone()).prop_map(move |(both, c)| {
                let (a, b) = boxed(both);
                Expr::Safe(a, b, Box::new(c))
            }),
            2 => (cond, two()).prop_map(move |(cond, both)| {
                let (a, b) = boxed(both);
                Expr::If(Box::new(cond), a, b)
            }),
            1 => table.prop_map(move |(values, a)| {
                if tables { Expr::Table(values, Box::new(a)) } else { a }
            }),
        ]
    })
}

fn cond(inner: BoxedStrategy<Expr>) -> impl Strategy<Value = Cond> {
    let two = (inner.clone(), inner);
    let leaf = (0..5, two).prop_map(|(kind, (a, b))| match kind {
        0 | 1 => Cond::Greater(a, b),
        2 | 3 => Cond::AtMost(a, b),
        _ => Cond::Same(a, b),
    });
    leaf.prop_recursive(2, 4, 2, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| Cond::And(Box::new(a), Box::new(b))),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| Cond::Or(Box::new(a), Box::new(b))),
            inner.prop_map(|a| Cond::Not(Box::new(a))),
        ]
    })
}

/// What the signs of the links to the effect are, by cause.
fn signs(document: &Document) -> BTreeMap<usize, Polarity> {
    let name = |id| document.variables()[&id].name.as_str();
    let links = document.links().values();
    links
        .filter(|link| name(link.to) == "effect")
        .filter_map(|link| {
            let place = NAMES.iter().position(|other| *other == name(link.from))?;
            Some((place, link.polarity))
        })
        .collect()
}

/// Points at which nothing is negative; `fixed` says which variables are constants.
fn points(fixed: [Option<f64>; 4]) -> Vec<[f64; 4]> {
    const VALUES: [f64; 7] = [0.0, 0.125, 0.5, 1.0, 1.75, 3.0, 8.0];
    let mut points = Vec::new();
    // A sequence that spreads evenly (Halton 1960), and the corners.
    let radical = |base: usize, mut number: usize| {
        let (mut part, mut sum) = (1.0, 0.0);
        while number > 0 {
            part /= base as f64;
            sum += part * (number % base) as f64;
            number /= base;
        }
        sum
    };
    for number in 0..60 {
        let mut point = [2, 3, 5, 7].map(|base| {
            let place = (radical(base, number) * VALUES.len() as f64) as usize;
            VALUES[place.min(VALUES.len() - 1)]
        });
        for (value, fixed) in point.iter_mut().zip(fixed) {
            *value = fixed.unwrap_or(*value);
        }
        points.push(point);
    }
    points
}

/// Panics if the value goes the other way than a sign says.
fn assert_signs(
    expr: &Expr,
    signs: &BTreeMap<usize, Polarity>,
    fixed: [Option<f64>; 4],
) -> Result<(), TestCaseError> {
    for (cause, sign) in signs {
        let way = match sign {
            Polarity::Positive => 1.0,
            Polarity::Negative => -1.0,
            Polarity::Unknown => continue,
        };
        // A constant is known by its value: it is moved so little that it stays on its side of others.
        let rises: &[f64] = match fixed[*cause] {
            Some(_) => &[1.0 / 1024.0],
            None => &[0.125, 0.5, 1.0, 4.0],
        };
        for before in points(fixed) {
            for rise in rises {
                let mut after = before;
                after[*cause] += rise;
                if let (Some(one), Some(other)) = (value(expr, &before), value(expr, &after)) {
                    let change = (other - one) * way;
                    prop_assert!(
                        change >= -1e-6 * (1.0 + one.abs() + other.abs()),
                        "{expr:?}: {sign:?} of {}, but {one} at {before:?} and {other} at {after:?}",
                        NAMES[*cause]
                    );
                }
            }
        }
    }
    Ok(())
}

/// A model with the expression, and variables of which some are constants.
fn model(expr: &Expr, dialect: Dialect, fixed: [Option<f64>; 4], declared: bool) -> String {
    let mut text = String::new();
    let equation = written(expr, dialect);
    match dialect {
        Dialect::Vensim => {
            write!(text, "{{UTF-8}}\neffect = {equation}\n\t~\t\n\t~\t|\n").unwrap();
            for (name, fixed) in NAMES.iter().zip(fixed) {
                let value = fixed.map_or("Time*2".to_owned(), |value| value.to_string());
                let range = if declared { "[0,?]" } else { "" };
                write!(text, "{name} = {value}\n\t~\t{range}\n\t~\t|\n").unwrap();
            }
            text.push_str("TIME STEP = 1 ~~|\n");
        }
        Dialect::Xmile => {
            let equation = equation.replace('<', "&lt;").replace('>', "&gt;");
            write!(
                text,
                "<xmile><model><variables><aux name=\"effect\"><eqn>{equation}</eqn></aux>"
            )
            .unwrap();
            for (name, fixed) in NAMES.iter().zip(fixed) {
                let value = fixed.map_or("TIME*2".to_owned(), |value| value.to_string());
                let range = if declared { "<range min=\"0\"/>" } else { "" };
                write!(text, "<aux name=\"{name}\"><eqn>{value}</eqn>{range}</aux>").unwrap();
            }
            text.push_str("</variables></model></xmile>");
        }
    }
    text
}

fn opened(text: &str) -> Document {
    open_text(text, &mut IdSource::new(3)).unwrap().document
}

fn fixed() -> impl Strategy<Value = [Option<f64>; 4]> {
    let one = || prop::option::weighted(0.25, (0..=16_i32).prop_map(|n| f64::from(n) / 8.0));
    [one(), one(), one(), one()]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, ..ProptestConfig::default() })]

    #[test]
    fn no_sign_is_contradicted_by_values_in_vensim(expr in expr(true), fixed in fixed()) {
        // What the model declares never to be negative.
        let document = opened(&model(&expr, Dialect::Vensim, fixed, true));
        let declared = signs(&document);
        assert_signs(&expr, &declared, fixed)?;
        // What a person says is never negative.
        let document = opened(&model(&expr, Dialect::Vensim, fixed, false));
        let stated = signs(&document);
        assert_signs(&expr, &stated, fixed)?;
        if let Some(offered) = signs_if_never_negative(&document) {
            let mut assumed = document.clone();
            assumed.apply(&offered.patch).unwrap();
            let assumed = signs(&assumed);
            assert_signs(&expr, &assumed, fixed)?;
            // Nothing that was stated is another now.
            for (cause, sign) in stated.iter().filter(|(_, sign)| **sign != Polarity::Unknown) {
                prop_assert_eq!(assumed.get(cause), Some(sign));
            }
            // And all that follows from what a model declares follows from what a person says.
            for (cause, sign) in declared.iter().filter(|(_, sign)| **sign != Polarity::Unknown) {
                prop_assert_eq!(assumed.get(cause), Some(sign));
            }
        }
    }

    #[test]
    fn no_sign_is_contradicted_by_values_in_xmile(expr in expr(false), fixed in fixed()) {
        for declared in [true, false] {
            let mut document = opened(&model(&expr, Dialect::Xmile, fixed, declared));
            assert_signs(&expr, &signs(&document), fixed)?;
            if let Some(offered) = signs_if_never_negative(&document) {
                document.apply(&offered.patch).unwrap();
                assert_signs(&expr, &signs(&document), fixed)?;
            }
        }
    }
}

/// The property would hold of a reader that proves nothing, too.
#[test]
fn many_signs_are_proved() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let (mut all, mut known) = (0, 0);
    for _ in 0..500 {
        let expr = expr(true).new_tree(&mut runner).unwrap().current();
        let document = opened(&model(&expr, Dialect::Vensim, [None; 4], true));
        for sign in signs(&document).values() {
            all += 1;
            known += usize::from(*sign != Polarity::Unknown);
        }
    }
    assert!(known * 3 > all, "{known} of {all}");
}
