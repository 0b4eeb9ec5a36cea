//! The two languages of equations: what binds how tightly, and that printing and parsing agree.

use loopstream::equation::{
    BinaryOp, Dialect, Expr, NOT_AVAILABLE, Name, Node, Reading, Span, Subscript, Table, UnaryOp,
    parse, print,
};
use proptest::prelude::*;

const BOTH: [Dialect; 2] = [Dialect::Vensim, Dialect::Xmile];

fn parsed(text: &str, dialect: Dialect) -> Expr {
    parse(text, 0, dialect).unwrap_or_else(|fault| panic!("{text}: {fault}"))
}

/// Two texts that mean the same.
fn same(dialect: Dialect, pairs: &[(&str, &str)]) {
    for (text, bracketed) in pairs {
        assert_eq!(parsed(text, dialect), parsed(bracketed, dialect), "{text}");
    }
}

#[test]
fn signs_bind_less_than_powers_in_both() {
    for dialect in BOTH {
        same(
            dialect,
            &[
                ("-3^2", "-(3^2)"),
                ("2^3^2", "2^(3^2)"),
                ("2^-3", "2^(-3)"),
                ("2^-3^2", "2^(-(3^2))"),
                ("- -3", "-(-3)"),
                ("--3", "-(-3)"),
                ("-a*b", "(-a)*b"),
                ("a--b", "a-(-b)"),
                ("a-b-c", "(a-b)-c"),
                ("a/b*c", "(a/b)*c"),
                ("a+b*c^d", "a+(b*(c^d))"),
                ("a<b=c>d", "(a<b)=(c>d)"),
            ],
        );
        assert_ne!(parsed("(-2)^2", dialect), parsed("-2^2", dialect));
    }
}

#[test]
fn and_is_tighter_than_or_and_not_differs() {
    same(
        Dialect::Vensim,
        &[
            ("1 :OR: 0 :AND: 0", "1 :OR: (0 :AND: 0)"),
            (":NOT: 1 > 2", ":NOT: (1 > 2)"),
            (":not: a :And: b", "(:NOT: a) :AND: b"),
            (
                "if then  else(a=:na:,b,c)",
                "IF THEN ELSE((a = :NA:), b, c)",
            ),
        ],
    );
    same(
        Dialect::Xmile,
        &[
            ("1 or 0 AND 0", "1 OR (0 AND 0)"),
            ("NOT 1 > 2", "(NOT 1) > 2"),
            ("a mod b * c", "(a MOD b) * c"),
            ("IF a THEN b ELSE c + 1", "IF a THEN b ELSE (c + 1)"),
            ("1 + IF a THEN b ELSE c", "1 + (IF a THEN b ELSE c)"),
            ("INT(0)", "int ( 0 )"),
        ],
    );
}

#[test]
fn tables_are_written_in_several_ways() {
    let table = |text: &str| match parsed(text, Dialect::Vensim).node {
        Node::Inline(_, table) => table,
        other => panic!("{other:?}"),
    };
    let pairs = table("WITH LOOKUP(x, ([(0,-1)-(10,10),(2,2)],(0,0),(1,-2.5)))");
    assert_eq!(pairs.points(), [(0.0, 0.0), (1.0, -2.5)]);
    assert_eq!(table("with lookup ( x , ( 0,1, 0, -2.5 ) )"), pairs);
    for wrong in [
        "WITH LOOKUP(x, ())",
        "WITH LOOKUP(x, (1,2,3))",
        "WITH LOOKUP(x, ((1,2),3,4))",
    ] {
        assert!(parse(wrong, 0, Dialect::Vensim).is_err(), "{wrong}");
    }
}

#[test]
fn faults_say_what_and_where() {
    for (text, start, words) in [
        ("a +", 3, "here should be a value, and there is the end"),
        (
            "a b",
            2,
            "here should be the end of the equation, and there is “b”",
        ),
        ("MAX(a, b", 8, "here should be “)”, and there is the end"),
        (
            "IF a THEN b",
            11,
            "here should be “else”, and there is the end",
        ),
        ("a[@0]", 3, "after @ stands a position from 1"),
    ] {
        let fault = parse(text, 0, Dialect::Xmile).unwrap_err();
        assert_eq!(fault.to_string(), words, "{text}");
        assert_eq!(fault.span.unwrap().start, start, "{text}");
    }
}

#[test]
fn what_nests_too_deep_is_refused() {
    let cases = [
        ("(".repeat(100_000), "nested"),
        ("-".repeat(100_000), "signs"),
        (format!("a{}", "+a".repeat(100_000)), "a long sum"),
        (
            format!("{}a{}", "(".repeat(80), "+a+a+a+a+a+a+a)".repeat(80)),
            "both",
        ),
        (format!("a{}", "[a".repeat(100_000)), "subscripts"),
        (format!("a{}", "^a".repeat(100_000)), "powers"),
        ("IF -a THEN ".repeat(100_000), "conditions"),
    ];
    for (text, what) in cases {
        for dialect in BOTH {
            assert!(parse(&text, 0, dialect).is_err(), "{what}");
        }
    }
    parsed(&format!("a{}", "+a".repeat(300)), Dialect::Xmile);
    parsed(
        &format!("{}a{}", "(".repeat(100), ")".repeat(100)),
        Dialect::Vensim,
    );
}

fn name() -> impl Strategy<Value = Name> {
    const NAMES: &[&str] = &[
        "a",
        "b c",
        "Time",
        "if",
        "AND",
        "x1",
        "é",
        "$y",
        "1 x",
        "say \"hi\"",
        "a\\b",
        "a-b",
        "not",
    ];
    prop::sample::select(NAMES).prop_map(Name::new)
}

fn binary() -> impl Strategy<Value = BinaryOp> {
    prop::sample::select(vec![
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
    ])
}

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        0.0..1e6,
        Just(1e-300),
        Just(f64::MAX),
        Just(0.0),
        Just(1e21),
        Just(0.1)
    ]
}

fn at_nowhere(node: Node) -> Expr {
    Expr::new(node, Span::default())
}

fn subscript(dialect: Dialect, inside: BoxedStrategy<Expr>) -> BoxedStrategy<Subscript> {
    let index = inside.clone().prop_map(Subscript::Index);
    match dialect {
        Dialect::Vensim => prop_oneof![index, name().prop_map(Subscript::Each)].boxed(),
        Dialect::Xmile => prop_oneof![
            index,
            Just(Subscript::All),
            (1..9_usize).prop_map(Subscript::Position),
            (inside.clone(), inside).prop_map(|(a, b)| Subscript::Range(a, b)),
        ]
        .boxed(),
    }
}

fn expr(dialect: Dialect) -> BoxedStrategy<Expr> {
    let na = match dialect {
        Dialect::Vensim => NOT_AVAILABLE,
        Dialect::Xmile => 5.0,
    };
    let leaf = prop_oneof![
        number().prop_map(Node::Number),
        Just(Node::Number(na)),
        name().prop_map(|name| Node::Name(name, Vec::new())),
    ];
    leaf.prop_map(at_nowhere)
        .prop_recursive(5, 40, 3, move |inside| {
            let subscripts = prop::collection::vec(subscript(dialect, inside.clone()), 0..3);
            let signs = match dialect {
                Dialect::Vensim => vec![UnaryOp::Minus, UnaryOp::Plus, UnaryOp::Not],
                Dialect::Xmile => vec![
                    UnaryOp::Minus,
                    UnaryOp::Plus,
                    UnaryOp::Not,
                    UnaryOp::Transpose,
                ],
            };
            let table = prop::collection::vec((-9.0..9.0, -1e9..1e9), 1..4)
                .prop_map(|points| Table::new(points, Reading::Between));
            let inline = match dialect {
                Dialect::Vensim => (inside.clone(), table)
                    .prop_map(|(input, mut table)| {
                        table.was_out_of_order = false;
                        Node::Inline(Box::new(input), table)
                    })
                    .boxed(),
                Dialect::Xmile => Just(Node::Number(1.0)).boxed(),
            };
            prop_oneof![
                (prop::sample::select(signs), inside.clone()).prop_map(|(op, inside)| {
                    let is_twice = matches!(inside.node, Node::Unary(UnaryOp::Transpose, _));
                    let op = if is_twice && op == UnaryOp::Transpose {
                        UnaryOp::Minus
                    } else {
                        op
                    };
                    Node::Unary(op, Box::new(inside))
                }),
                (binary(), inside.clone(), inside.clone()).prop_map(move |(op, a, b)| {
                    let is_foreign = op == BinaryOp::Modulo && dialect == Dialect::Vensim;
                    let op = if is_foreign { BinaryOp::Add } else { op };
                    Node::Binary(op, Box::new([a, b]))
                }),
                [inside.clone(), inside.clone(), inside.clone()]
                    .prop_map(|parts| Node::If(Box::new(parts))),
                (name(), subscripts.clone())
                    .prop_map(|(name, subscripts)| Node::Name(name, subscripts)),
                (name(), subscripts, prop::collection::vec(inside, 0..4)).prop_map(
                    |(name, subscripts, arguments)| Node::Call(name, subscripts, arguments)
                ),
                inline,
            ]
            .prop_map(at_nowhere)
        })
        .boxed()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn what_is_printed_for_vensim_parses_to_the_same(expr in expr(Dialect::Vensim)) {
        let text = print(&expr, Dialect::Vensim);
        prop_assert_eq!(parsed(&text, Dialect::Vensim), expr, "{}", text);
    }

    #[test]
    fn what_is_printed_for_xmile_parses_to_the_same(expr in expr(Dialect::Xmile)) {
        let text = print(&expr, Dialect::Xmile);
        prop_assert_eq!(parsed(&text, Dialect::Xmile), expr, "{}", text);
    }

    #[test]
    fn no_text_stops_the_parsers(text in "[-+*/^()<>=,:;'\"a-cIFTHENLS0-9. \\[\\]{}!@n\\\\]{0,60}") {
        for dialect in BOTH {
            if let Ok(expr) = parse(&text, 0, dialect) {
                prop_assert_eq!(parsed(&print(&expr, dialect), dialect), expr);
            }
        }
    }
}
