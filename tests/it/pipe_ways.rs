//! Where pipes lead: clear of the stocks that they do not join wherever there is a way, which a slow
//! search over all ways finds out.

use loopstream::model::{
    Document, Edit, Element, Id, Link, Placement, Point, Polarity, Rect, Variable, VariableKind,
    pipe_of,
};
use loopstream::scene::{EstimatedText, HalfRoute, PipeHalf, Scene};
use proptest::prelude::*;

/// A place, and the stocks that are drained and filled from there; none for a cloud.
type Rate = ((f64, f64), Option<usize>, Option<usize>);

/// A model of stocks at places, and of rates at places between two stocks, or none, by number.
#[derive(Clone, Debug)]
struct Model {
    stocks: Vec<(f64, f64)>,
    rates: Vec<Rate>,
}

fn model() -> impl Strategy<Value = Model> {
    let place = || (-450.0..450.0_f64, -350.0..350.0_f64);
    let end = || proptest::option::weighted(0.85, 0..7_usize);
    (
        prop::collection::vec(place(), 2..7),
        prop::collection::vec((place(), end(), end()), 1..4),
    )
        .prop_map(|(stocks, rates)| Model { stocks, rates })
}

const fn stock_id(number: usize) -> Id {
    Id::from_bits(number as u64)
}

const fn rate_id(number: usize) -> Id {
    Id::from_bits(100 + number as u64)
}

fn document_of(model: &Model) -> Document {
    let mut document = Document::default();
    let mut edit = Edit::new(&document);
    let add = |edit: &mut Edit<'_>, id: Id, kind, (x, y)| {
        let placement = Placement {
            position: Point::new(x, y),
            ..Placement::default()
        };
        let variable = Variable {
            name: format!("{kind:?} {id}"),
            kind,
            placement,
            ..Variable::default()
        };
        edit.set(id, Some(Element::Variable(variable)));
    };
    for (number, place) in model.stocks.iter().enumerate() {
        add(&mut edit, stock_id(number), VariableKind::Stock, *place);
    }
    let mut link = 1_000;
    for (number, (place, from, to)) in model.rates.iter().enumerate() {
        add(&mut edit, rate_id(number), VariableKind::Rate, *place);
        let count = model.stocks.len();
        let ends = [(from, Polarity::Negative), (to, Polarity::Positive)];
        let ends = ends.map(|(end, polarity)| (end.map(|end| end % count), polarity));
        let is_to_itself = ends[0].0 == ends[1].0;
        for (end, polarity) in ends {
            let Some(end) = end.filter(|_| !is_to_itself || polarity == Polarity::Positive) else {
                continue;
            };
            let made = Link::new(rate_id(number), stock_id(end), 0.0);
            edit.set(
                Id::from_bits(link),
                Some(Element::Link(Link { polarity, ..made })),
            );
            link += 1;
        }
    }
    let patch = edit.finish();
    document.apply(&patch).unwrap();
    document
}

/// Whether a stretch along an axis touches a box.
fn touches((from, to): (Point, Point), rect: &Rect) -> bool {
    Rect::from_points(from, to).intersects(rect)
}

/// The sides of a valve, as directions, from which a way leads into a box, or to a cloud, clear of all
/// these boxes. It tries every place of a fine grid for the first corner.
fn free_sides(valve: Point, goal: Option<&Rect>, boxes: &[Rect]) -> Vec<(i8, i8)> {
    let mut sides = Vec::new();
    let is_clear = |stretch| boxes.iter().all(|rect| !touches(stretch, rect));
    for is_level in [true, false] {
        let at = |along: f64, across: f64| {
            if is_level {
                Point::new(valve.x + along, valve.y + across)
            } else {
                Point::new(valve.x + across, valve.y + along)
            }
        };
        let side = |along: f64| {
            let sign = if along < 0.0 { -1 } else { 1 };
            if is_level { (sign, 0) } else { (0, sign) }
        };
        let Some(goal) = goal else {
            for along in [96.0, -96.0] {
                let cloud = Rect::centered(at(along, 0.0), 44.0, 30.0).grown(7.0);
                let stands = boxes.iter().all(|rect| !rect.intersects(&cloud));
                if stands && is_clear((valve, at(along, 0.0))) {
                    sides.push(side(along));
                }
            }
            continue;
        };
        let offset = goal.center() - valve;
        let (along, across, half_along, half_across) = if is_level {
            (offset.x, offset.y, goal.width() / 2.0, goal.height() / 2.0)
        } else {
            (offset.y, offset.x, goal.height() / 2.0, goal.width() / 2.0)
        };
        let room = goal.union(&Rect::from_points(valve, valve)).grown(150.0);
        let near_valve = Rect::centered(valve, 32.0, 32.0);
        let near_goal = goal.grown(8.0);
        if across.abs() < half_across - 9.0 && along.abs() > half_along + 20.0 {
            let stop = along - half_along.copysign(along);
            if is_clear((valve, at(stop, 0.0))) {
                sides.push(side(along));
            }
        }
        for step in -100..=100 {
            let first = f64::from(step) * 8.0;
            let (turn, level) = (at(first, 0.0), at(first, across));
            if first.abs() < 22.0 || !room.contains(turn) || !room.contains(level) {
                continue;
            }
            let beside = (first - along).abs();
            let far = across.abs() > half_across + 22.0;
            let down = across - half_across.copysign(across);
            let fits = if beside < half_along - 9.0 && far {
                is_clear((valve, turn)) && is_clear((turn, at(first, down)))
            } else if beside > half_along + 22.0 {
                let stop = along + half_along.copysign(first - along);
                let stretches = [(valve, turn), (turn, level), (level, at(stop, across))];
                stretches.into_iter().all(is_clear)
                    && !touches(stretches[0], &near_goal)
                    && !touches(stretches[1], &near_goal)
                    && !touches(stretches[1], &near_valve)
                    && !touches(stretches[2], &near_valve)
            } else {
                false
            };
            if fits {
                sides.push(side(first));
            }
        }
    }
    sides.sort_unstable();
    sides.dedup();
    sides
}

fn passes(half: &HalfRoute, rect: &Rect) -> bool {
    let way = half.outside(10.0, &half.end);
    let inner = rect.grown(-0.01);
    (0..=600).any(|step| inner.contains(way.point(f64::from(step) / 600.0)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn a_pipe_crosses_no_other_stock_where_there_is_a_way(model in model()) {
        let document = document_of(&model);
        let scene = Scene::new(&document, &EstimatedText);
        for (number, ((x, y), ..)) in model.rates.iter().enumerate() {
            let (rate, valve) = (rate_id(number), Point::new(*x, *y));
            let pipe = pipe_of(&document, rate);
            let drawn = &scene.pipes()[&rate];
            let stocks = |but: Option<Id>| -> Vec<Rect> {
                let stocks = (0..model.stocks.len()).map(stock_id);
                stocks
                    .filter(|id| Some(*id) != but)
                    .map(|id| scene.nodes()[&id].rect)
                    .collect()
            };
            // With room for the valve itself.
            let room = Rect::centered(valve, 44.0, 44.0);
            if stocks(None).iter().any(|rect| rect.intersects(&room)) {
                continue;
            }
            let sides = |end: Option<Id>| {
                let goal = end.map(|stock| scene.nodes()[&stock].rect);
                let others: Vec<Rect> = stocks(end).iter().map(|rect| rect.grown(7.0)).collect();
                free_sides(valve, goal.as_ref(), &others)
            };
            let ends = [pipe.from, pipe.to].map(|end| end.map(|end| end.stock));
            let [sources, sinks] = ends.map(sides);
            let is_possible = sources.iter().any(|one| sinks.iter().any(|other| one != other));
            if !is_possible {
                continue;
            }
            let halves: [(&PipeHalf, Option<Id>); 2] =
                [(&drawn.source, ends[0]), (&drawn.sink, ends[1])];
            prop_assert_ne!(halves[0].0.route.side, halves[1].0.route.side);
            for (half, end) in halves {
                for rect in stocks(end) {
                    prop_assert!(!passes(&half.route, &rect), "{half:?} {rect:?}");
                }
            }
        }
    }
}
