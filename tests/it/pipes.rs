//! Pipes in a scene that changes: what is drawn after any changes is what a fresh scene shows.

use loopstream::model::{
    Corner, Document, Edit, Element, Id, Link, Placement, Point, Polarity, Rect, Variable,
    VariableKind,
};
use loopstream::scene::{
    EstimatedText, Hit, Legible, Overlay, PaintedShape, Reach, Scene, hit, seen_bounds, seen_rect,
};
use proptest::prelude::*;

use crate::common::document::corner;

const KINDS: [VariableKind; 4] = [
    VariableKind::Stock,
    VariableKind::Rate,
    VariableKind::Stock,
    VariableKind::Plain,
];
const SIGNS: [Polarity; 3] = [Polarity::Positive, Polarity::Negative, Polarity::Unknown];

/// One change of a small document: a variable with a kind and a place, a link with a sign, or one of
/// them removed.
#[derive(Clone, Copy, Debug)]
enum Step {
    Variable(u64, usize, f64, f64),
    Link(u64, u64, u64, usize, Option<Corner>),
    Remove(u64),
}

fn step() -> impl Strategy<Value = Step> {
    let place = -400.0..400.0_f64;
    prop_oneof![
        4 => (0..7_u64, 0..4_usize, place.clone(), place)
            .prop_map(|(id, kind, x, y)| Step::Variable(id, kind, x.round(), y.round())),
        4 => (100..108_u64, 0..7_u64, 0..7_u64, 0..3_usize, corner())
            .prop_map(|(id, from, to, sign, corner)| Step::Link(id, from, to, sign, corner)),
        1 => (0..7_u64).prop_map(Step::Remove),
        1 => (100..108_u64).prop_map(Step::Remove),
    ]
}

fn variable(id: u64, kind: VariableKind, x: f64, y: f64) -> Element {
    Element::Variable(Variable {
        name: format!("Quantity {id}"),
        kind,
        placement: Placement {
            position: Point::new(x, y),
            ..Placement::default()
        },
        ..Variable::default()
    })
}

fn link(from: u64, to: u64, polarity: Polarity) -> Element {
    turning(from, to, polarity, None)
}

fn turning(from: u64, to: u64, polarity: Polarity, corner: Option<Corner>) -> Element {
    let link = Link::new(Id::from_bits(from), Id::from_bits(to), 0.2);
    Element::Link(Link {
        polarity,
        corner,
        ..link
    })
}

/// Takes a step in a document and in its scene.
fn take(document: &mut Document, scene: &mut Scene, step: Step) {
    let id = Id::from_bits;
    let mut edit = Edit::new(document);
    match step {
        Step::Variable(bits, kind, x, y) => {
            edit.set(id(bits), Some(variable(bits, KINDS[kind], x, y)));
        }
        Step::Link(bits, from, to, sign, corner) => {
            let ends = [from, to].map(|end| document.variables().contains_key(&id(end)));
            if ends != [true, true] {
                return;
            }
            edit.set(id(bits), Some(turning(from, to, SIGNS[sign], corner)));
        }
        Step::Remove(bits) => edit.remove(id(bits)),
    }
    let patch = edit.finish();
    document.apply(&patch).unwrap();
    scene.update(document, patch.touched(), &EstimatedText);
}

fn painted(scene: &Scene) -> String {
    let all = scene.bounds().map(|bounds| scene.painted(&bounds));
    let shapes = all.unwrap_or_default();
    let words = shapes.iter().map(|shape| format!("{shape:?}\n"));
    words.collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn a_scene_that_changes_is_the_scene_of_its_document(steps in prop::collection::vec(step(), 1..40)) {
        let (mut document, mut scene) = (Document::default(), Scene::default());
        for step in steps {
            take(&mut document, &mut scene, step);
            let fresh = Scene::new(&document, &EstimatedText);
            prop_assert_eq!(painted(&scene), painted(&fresh), "{:?}", step);
            prop_assert_eq!(scene.pipes(), fresh.pipes());
            prop_assert_eq!(scene.bounds(), fresh.bounds());
        }
        // At any zoom nothing is drawn that is not a number, and every rate keeps its valve.
        for zoom in [0.2, 0.45, 0.7] {
            let legible = Legible::new(&scene, &document, zoom);
            let seen = seen_bounds(&scene, &document, zoom);
            prop_assert!(seen.is_none_or(|seen| seen.width().is_finite() && seen.height().is_finite()));
            for rate in scene.pipes().keys() {
                prop_assert!(legible.label(*rate).is_some());
            }
        }
    }
}

/// A scene of variables and links given by number.
fn drawn(
    variables: &[(VariableKind, f64, f64)],
    links: &[(u64, u64, Polarity)],
) -> (Document, Scene) {
    let mut document = Document::default();
    let mut edit = Edit::new(&document);
    for (bits, (kind, x, y)) in (0..).zip(variables) {
        edit.set(Id::from_bits(bits), Some(variable(bits, *kind, *x, *y)));
    }
    for (bits, (from, to, polarity)) in (100..).zip(links) {
        edit.set(Id::from_bits(bits), Some(link(*from, *to, *polarity)));
    }
    let patch = edit.finish();
    document.apply(&patch).unwrap();
    let scene = Scene::new(&document, &EstimatedText);
    (document, scene)
}

#[test]
fn a_pipe_has_no_sign_and_other_links_of_a_rate_have_theirs() {
    use Polarity::{Negative, Positive, Unknown};
    use VariableKind::{Plain, Rate, Stock};
    let variables = [
        (Stock, 0.0, 0.0),
        (Rate, 200.0, 0.0),
        (Stock, 400.0, 0.0),
        (Plain, 200.0, 200.0),
        (Stock, 400.0, 200.0),
    ];
    let links = [
        (1, 0, Negative),
        (1, 2, Positive),
        (3, 1, Positive),
        (1, 4, Positive),
        (1, 4, Unknown),
    ];
    let (_, scene) = drawn(&variables, &links);
    let words = |link: u64| {
        let shape = &scene.links()[&Id::from_bits(link)];
        let texts = shape.primitives.iter();
        texts
            .filter(|part| matches!(part, loopstream::scene::Primitive::Text { .. }))
            .count()
    };
    assert_eq!([100, 101, 102, 103, 104].map(words), [0, 0, 1, 1, 1]);
    // The link into the rate ends below its name, which is below the valve.
    let into = &scene.links()[&Id::from_bits(102)].curve;
    let rate = &scene.nodes()[&Id::from_bits(1)];
    assert!((rate.rect.distance(into.point(1.0)) - 3.0).abs() < 1.5);
    let pipes = scene.painted(&scene.bounds().unwrap());
    let clouds = pipes
        .iter()
        .filter(|shape| matches!(shape, PaintedShape::Pipe(_)));
    assert_eq!(clouds.count(), 0, "both ends are stocks");
}

#[test]
fn what_is_hit_along_a_pipe() {
    use VariableKind::{Rate, Stock};
    let variables = [(Stock, 0.0, 0.0), (Rate, 200.0, 0.0)];
    let (document, scene) = drawn(&variables, &[(1, 0, Polarity::Negative)]);
    let rate = Id::from_bits(1);
    let at = |x: f64, y: f64| {
        let reach = Reach::at_zoom(12.0, 1.0);
        let badges = loopstream::scene::Badges::Hidden;
        hit(&scene, Point::new(x, y), reach, &Overlay::default(), badges)
    };
    assert_eq!(at(200.0, 3.0), Hit::Node(rate));
    assert_eq!(at(130.0, 2.0), Hit::Link(Id::from_bits(100)));
    let drain = loopstream::model::FlowSide::Out;
    assert_eq!(at(66.0, 0.0), Hit::PipeEnd(rate, drain));
    assert_eq!(at(266.0, 2.0), Hit::Pipe(rate));
    let sink = loopstream::model::FlowSide::In;
    assert_eq!(at(296.0, 4.0), Hit::PipeEnd(rate, sink));
    assert_eq!(at(400.0, 0.0), Hit::Canvas);
    // The cloud is part of the picture.
    let bounds = scene.bounds().unwrap();
    assert!(bounds.contains_rect(&Rect::centered(Point::new(296.0, 0.0), 30.0, 20.0)));
    let rate = &scene.nodes()[&rate];
    assert!(seen_rect(rate, 0.25).height() > rate.rect.height());
    assert_eq!(document.variables().len(), 2);
}
