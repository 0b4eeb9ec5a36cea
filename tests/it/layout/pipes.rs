//! Stocks and flows: chains read from left to right, with every rate between its stocks.

use loopstream::layout::Arrange;
use loopstream::model::{
    Document, Edit, Element, Link, Point, Polarity, Variable, VariableKind, pipe_of,
};
use loopstream::scene::{EstimatedText, Scene};
use proptest::prelude::*;

use super::common::{arranged, id, link_id};

/// A chain of so many stocks, with a rate between each two, an inflow and an outflow, and plain
/// variables that influence the rates with these numbers.
fn chain(stocks: usize, influences: &[usize]) -> Document {
    let mut document = Document::default();
    let mut edit = Edit::new(&document);
    let mut count = 0;
    let mut add = |edit: &mut Edit<'_>, kind: VariableKind, name: String| {
        let variable = Variable {
            kind,
            name,
            ..Variable::default()
        };
        edit.set(id(count), Some(Element::Variable(variable)));
        count += 1;
        count - 1
    };
    // Named so that the order of names says nothing.
    let levels: Vec<usize> = (0..stocks)
        .map(|number| {
            add(
                &mut edit,
                VariableKind::Stock,
                format!("{} level", (number * 7) % 5),
            )
        })
        .collect();
    let mut links = Vec::new();
    let mut rates = Vec::new();
    for number in 0..=stocks {
        let rate = add(&mut edit, VariableKind::Rate, format!("Rate {number}"));
        rates.push(rate);
        if number > 0 {
            links.push((rate, levels[number - 1], Polarity::Negative));
            links.push((levels[number - 1], rate, Polarity::Positive));
        }
        if number < stocks {
            links.push((rate, levels[number], Polarity::Positive));
        }
    }
    for influence in influences {
        let plain = add(
            &mut edit,
            VariableKind::Plain,
            format!("Influence {influence}"),
        );
        links.push((plain, rates[influence % rates.len()], Polarity::Positive));
    }
    for (number, (from, to, polarity)) in links.into_iter().enumerate() {
        let link = Link::new(id(from), id(to), 0.0);
        edit.set(
            link_id(number),
            Some(Element::Link(Link { polarity, ..link })),
        );
    }
    let patch = edit.finish();
    document.apply(&patch).unwrap();
    document
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn chains_read_from_left_to_right(stocks in 1..6_usize, influences in prop::collection::vec(0..7_usize, 0..7)) {
        let document = arranged(&chain(stocks, &influences), Arrange::Afresh);
        let scene = Scene::new(&document, &EstimatedText);
        let at = |number: usize| document.placement(id(number)).unwrap().position;
        for number in 1..stocks {
            prop_assert!(at(number).x > at(number - 1).x + 150.0, "stocks from left to right");
        }
        for (rate, variable) in document.variables() {
            if variable.kind != VariableKind::Rate {
                continue;
            }
            let valve = variable.placement.position;
            let pipe = pipe_of(&document, *rate);
            if let (Some(from), Some(to)) = (pipe.from, pipe.to) {
                let rect = |stock| scene.nodes()[&stock].rect;
                let (from, to) = (rect(from.stock), rect(to.stock));
                let middle = f64::midpoint(from.right, to.left);
                prop_assert!((valve.x - middle).abs() < 3.0 && (valve.y - from.center().y).abs() < 3.0);
            }
            // A pipe passes through nothing.
            let shape = &scene.pipes()[rate];
            for (half, end) in [(shape.source, pipe.from), (shape.sink, pipe.to)] {
                let way = half.route.outside(10.0, &half.route.end);
                for (other, node) in scene.nodes() {
                    let is_end = other == rate || end.is_some_and(|end| end.stock == *other);
                    prop_assert!(is_end || way.crossings(&node.rect).is_empty(), "{variable:?} {other}");
                }
            }
        }
    }
}

/// A model of so many stocks and plain variables, with rates between stocks, or from and to the
/// outside, and what influences what, all by number.
#[derive(Clone, Debug)]
struct Model {
    stocks: usize,
    rates: Vec<(Option<usize>, Option<usize>)>,
    plain: usize,
    influences: Vec<(usize, usize)>,
    places: Vec<(f64, f64)>,
}

fn model() -> impl Strategy<Value = Model> {
    let end = || proptest::option::weighted(0.75, 0..6_usize);
    let rates = prop::collection::vec((end(), end()), 1..8);
    let influences = prop::collection::vec((0..30_usize, 0..30_usize), 0..14);
    let places = prop::collection::vec((-500.0..500.0_f64, -400.0..400.0_f64), 30);
    (1..7_usize, rates, 0..9_usize, influences, places).prop_map(
        |(stocks, rates, plain, influences, places)| Model {
            stocks,
            rates,
            plain,
            influences,
            places,
        },
    )
}

fn document_of(model: &Model) -> Document {
    let mut document = Document::default();
    let mut edit = Edit::new(&document);
    let kinds = [
        (VariableKind::Stock, model.stocks),
        (VariableKind::Rate, model.rates.len()),
        (VariableKind::Plain, model.plain),
    ];
    let kinds = kinds
        .into_iter()
        .flat_map(|(kind, count)| std::iter::repeat_n(kind, count));
    let mut count = 0;
    for (number, kind) in kinds.enumerate() {
        let (x, y) = model.places[number];
        let mut variable = Variable {
            kind,
            name: format!("{kind:?} with a number {}", (number * 7) % 11),
            ..Variable::default()
        };
        variable.placement.position = Point::new(x, y);
        edit.set(id(number), Some(Element::Variable(variable)));
        count = number + 1;
    }
    let mut links = Vec::new();
    for (number, (from, to)) in model.rates.iter().enumerate() {
        let rate = model.stocks + number;
        let (from, to) = (
            from.map(|one| one % model.stocks),
            to.map(|one| one % model.stocks),
        );
        links.extend(from.map(|stock| (rate, stock, Polarity::Negative)));
        let to = to.filter(|to| Some(*to) != from);
        links.extend(to.map(|stock| (rate, stock, Polarity::Positive)));
    }
    for (from, to) in &model.influences {
        // What influences a stock but for a pipe has no sign.
        links.push((from % count, to % count, Polarity::Unknown));
    }
    for (number, (from, to, polarity)) in links.into_iter().enumerate() {
        let link = Link::new(id(from), id(to), 0.0);
        edit.set(
            link_id(number),
            Some(Element::Link(Link { polarity, ..link })),
        );
    }
    let patch = edit.finish();
    document.apply(&patch).unwrap();
    document
}

/// The pipes that cross stocks that they do not join, as words.
fn crossings(document: &Document) -> Vec<String> {
    let scene = Scene::new(document, &EstimatedText);
    let mut found = Vec::new();
    for (rate, shape) in scene.pipes() {
        let pipe = pipe_of(document, *rate);
        for (half, end) in [(shape.source, pipe.from), (shape.sink, pipe.to)] {
            let way = half.route.outside(10.0, &half.route.end);
            for (other, variable) in document.variables() {
                let is_stock = variable.kind == VariableKind::Stock;
                let is_end = end.is_some_and(|end| end.stock == *other);
                let rect = scene.nodes()[other].rect.grown(-0.01);
                if is_stock && !is_end && !way.crossings(&rect).is_empty() {
                    found.push(format!("{rate} through {other}"));
                }
            }
        }
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn arranged_pipes_cross_no_stock(model in model()) {
        let before = document_of(&model);
        let afresh = arranged(&before, Arrange::Afresh);
        prop_assert_eq!(crossings(&afresh), Vec::<String>::new());
        let tidied = arranged(&afresh, Arrange::Tidy);
        prop_assert_eq!(crossings(&tidied), Vec::<String>::new());
    }
}
