//! Thousands of random models: the compiled run against the plain reading of their trees, to the
//! last bit.

use std::sync::Arc;

use loopstream::causal::Progress;
use loopstream::equation::{
    BinaryOp, Dialect, Expr, Name, Node, Reading, Span, Table, UnaryOp, print,
};
use loopstream::simulate::{Run, Settings, compile, read};
use proptest::prelude::*;

use super::common::{mdl, specs, xmile};
use super::walker::Walker;

/// Choices from a seed: SplitMix64.
struct Chooser(u64);

impl Chooser {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % below as u64) as usize
    }

    fn of<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.next(items.len())]
    }
}

const NUMBERS: [f64; 9] = [0.0, 0.5, 1.0, 2.0, 3.0, 0.1, 7.25, 100.0, 1e-7];

const OPS: [BinaryOp; 14] = [
    BinaryOp::Add,
    BinaryOp::Subtract,
    BinaryOp::Multiply,
    BinaryOp::Divide,
    BinaryOp::Power,
    BinaryOp::Less,
    BinaryOp::LessOrEqual,
    BinaryOp::Greater,
    BinaryOp::GreaterOrEqual,
    BinaryOp::Equal,
    BinaryOp::NotEqual,
    BinaryOp::And,
    BinaryOp::Or,
    BinaryOp::Modulo,
];

/// Functions and how many values they take; `t` is a time above 0, and `c` a constant time.
const VENSIM: &[(&str, &str)] = &[
    ("ABS", "x"),
    ("EXP", "x"),
    ("LN", "x"),
    ("SQRT", "x"),
    ("SIN", "x"),
    ("TAN", "x"),
    ("ARCTAN", "x"),
    ("INTEGER", "x"),
    ("MODULO", "xx"),
    ("MIN", "xx"),
    ("MAX", "xx"),
    ("ZIDZ", "xx"),
    ("XIDZ", "xxx"),
    ("QUANTUM", "xx"),
    ("STEP", "xc"),
    ("RAMP", "xcc"),
    ("PULSE", "cc"),
    ("SMOOTH", "xt"),
    ("SMOOTH3", "xt"),
    ("SMOOTHI", "xtx"),
    ("DELAY1", "xt"),
    ("DELAY1I", "xtx"),
    ("DELAY3", "xt"),
    ("DELAY FIXED", "xcx"),
    ("INITIAL", "x"),
    ("SAMPLE IF TRUE", "xxx"),
    ("TREND", "xtx"),
    ("INTEG", "xx"),
];

const XMILE: &[(&str, &str)] = &[
    ("ABS", "x"),
    ("EXP", "x"),
    ("LN", "x"),
    ("SQRT", "x"),
    ("COS", "x"),
    ("TANH", "x"),
    ("INT", "x"),
    ("ROUND", "x"),
    ("MIN", "xx"),
    ("MAX", "xx"),
    ("SAFEDIV", "xxx"),
    ("SINWAVE", "xt"),
    ("COSWAVE", "xt"),
    ("STEP", "xc"),
    ("RAMP", "xcc"),
    ("SMTH1", "xt"),
    ("SMTH3", "xtx"),
    ("DELAY1", "xtx"),
    ("DELAY3", "xt"),
    ("DELAY", "xc"),
    ("INIT", "x"),
    ("PREVIOUS", "xx"),
    ("TREND", "xtx"),
];

fn plain(node: Node) -> Expr {
    Expr::new(node, Span::default())
}

/// An expression of some names.
fn expr(choose: &mut Chooser, names: &[String], dialect: Dialect, depth: usize) -> Expr {
    let leaf = depth == 0 || choose.next(5) == 0;
    if leaf {
        return match choose.next(3) {
            0 => plain(Node::Number(choose.of(&NUMBERS))),
            1 => plain(Node::Name(Name::new("Time"), Vec::new())),
            _ if names.is_empty() => plain(Node::Number(choose.of(&NUMBERS))),
            _ => {
                let name = &names[choose.next(names.len())];
                plain(Node::Name(Name::new(name), Vec::new()))
            }
        };
    }
    let inside = |choose: &mut Chooser| expr(choose, names, dialect, depth - 1);
    match choose.next(10) {
        0 => {
            let op = choose.of(&[UnaryOp::Minus, UnaryOp::Not, UnaryOp::Plus]);
            plain(Node::Unary(op, Box::new(inside(choose))))
        }
        1..=4 => {
            let op = choose.of(&OPS);
            let op = if op == BinaryOp::Modulo && dialect == Dialect::Vensim {
                BinaryOp::Add
            } else {
                op
            };
            let sides = [inside(choose), inside(choose)];
            plain(Node::Binary(op, Box::new(sides)))
        }
        5 => {
            let parts = [inside(choose), inside(choose), inside(choose)];
            plain(Node::If(Box::new(parts)))
        }
        6 if dialect == Dialect::Vensim => {
            let points = vec![
                (0.0, 3.0),
                (1.0, choose.of(&NUMBERS)),
                (4.0, -2.0),
                (4.0, 1.0),
                (9.0, 5.0),
            ];
            let table = Table::new(points, Reading::Between);
            plain(Node::Inline(Box::new(inside(choose)), table))
        }
        _ => {
            let (name, takes) = match dialect {
                Dialect::Vensim => choose.of(VENSIM),
                Dialect::Xmile => choose.of(XMILE),
            };
            let arguments = takes.chars().map(|kind| match kind {
                'x' => inside(choose),
                'c' => plain(Node::Number(choose.of(&[0.0, 0.5, 1.0, 2.25, 3.0]))),
                _ => {
                    let size = inside(choose);
                    let size = plain(Node::Call(Name::new("ABS"), Vec::new(), vec![size]));
                    Expr::binary(BinaryOp::Add, plain(Node::Number(1.0)), size)
                }
            });
            let arguments = arguments.collect();
            plain(Node::Call(Name::new(name), Vec::new(), arguments))
        }
    }
}

/// A random model: stocks, then auxiliaries of which each uses earlier ones and all stocks.
pub fn model(seed: u64, dialect: Dialect) -> (String, Vec<String>) {
    let mut choose = Chooser(seed);
    let stocks: Vec<String> = (0..choose.next(4)).map(|n| format!("stock {n}")).collect();
    let mut names = stocks.clone();
    let mut text = String::new();
    let written = |expr: &Expr| print(expr, dialect);
    let aux = |name: &str, equation: &str| match dialect {
        Dialect::Vensim => format!("{name} = {equation} ~~|\n"),
        Dialect::Xmile => super::common::aux(name, equation),
    };
    for n in 0..1 + choose.next(5) {
        let name = format!("aux {n}");
        let said = aux(&name, &written(&expr(&mut choose, &names, dialect, 3)));
        text += &match choose.next(5) {
            0 if dialect == Dialect::Xmile => {
                let start = written(&expr(&mut choose, &names, dialect, 1));
                let start = format!("<init_eqn><![CDATA[{start}]]></init_eqn></aux>");
                said.replace("</aux>", &start)
            }
            _ => said,
        };
        names.push(name);
    }
    for stock in &stocks {
        let initial = choose.of(&NUMBERS);
        match dialect {
            Dialect::Vensim => {
                let slope = written(&expr(&mut choose, &names, dialect, 2));
                text += &aux(stock, &format!("INTEG({slope}, {initial:?})"));
            }
            Dialect::Xmile => {
                for flow in ["in", "out", "off"] {
                    let multiplier = match choose.next(4) {
                        0 => {
                            let multiplier = written(&expr(&mut choose, &names, dialect, 1));
                            format!("<multiplier><![CDATA[{multiplier}]]></multiplier>")
                        }
                        _ => String::new(),
                    };
                    text += &format!(
                        "<flow name=\"{flow} {stock}\"><eqn><![CDATA[{}]]></eqn>{multiplier}</flow>\n",
                        written(&expr(&mut choose, &names, dialect, 2))
                    );
                }
                text += &format!(
                    "<stock name=\"{stock}\"><eqn>{initial:?}</eqn><inflow>in {stock}</inflow>\
                     <outflow>out {stock}</outflow><outflow>off {stock}</outflow></stock>\n"
                );
            }
        }
    }
    // The order of the text is no order of computing.
    let method = choose.next(3);
    let text = match dialect {
        Dialect::Vensim => {
            let settings = ["0", "1", "3"][method];
            mdl(&text, "3", "0.25")
                + &format!("\\\\\\---///\n///---\\\\\\\n15:0,0,0,{settings},0,0\n")
        }
        Dialect::Xmile => xmile(
            &specs("3", "0.25", ["Euler", "RK4", "RK2"][method]),
            "",
            &text,
        ),
    };
    (text, names)
}

fn agree(seed: u64, dialect: Dialect) -> Result<(), TestCaseError> {
    let (text, names) = model(seed, dialect);
    let source = read(&text).unwrap_or_else(|faults| panic!("{faults:?}\n{text}"));
    let compiled = compile(&source, &Settings::default());
    let compiled = compiled.unwrap_or_else(|faults| panic!("{faults:?}\n{text}"));
    let mut run = Run::new(Arc::new(compiled)).unwrap();
    prop_assert_eq!(run.advance(u64::MAX), Progress::Finished);
    let results = run.into_results();
    let keys: Vec<Name> = names.iter().map(|name| Name::new(name)).collect();
    let rows = Walker::run(&source, 12, 0.25, &keys);
    prop_assert_eq!(rows.len(), results.times().len());
    for (at, name) in names.iter().enumerate() {
        let column = super::common::column(&results, name);
        for (row, value) in rows.iter().zip(&column) {
            let same = row[at].to_bits() == value.to_bits() || (row[at].is_nan() && value.is_nan());
            prop_assert!(same, "{}: {} is not {}\n{}", name, value, row[at], text);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn models_of_vensim_run_as_their_trees_say(seed: u64) {
        agree(seed, Dialect::Vensim)?;
    }

    #[test]
    fn models_of_xmile_run_as_their_trees_say(seed: u64) {
        agree(seed, Dialect::Xmile)?;
    }
}
