//! What other people have in hand, and their pointers, as they are drawn.

use loopstream::model::{
    Colour, Document, Edit, Element, Id, Lever, Link, Placement, Point, Rect, Variable, Vector,
};
use loopstream::scene::{
    Dash, DotMark, DotsOf, EstimatedText, Ink, PersonMark, PointerMark, Primitive, Scene, View,
    dragged_boxes, draw_dots, draw_people, draw_pointer,
};
use proptest::prelude::*;

const SIZE: Vector = Vector::new(800.0, 600.0);

const fn id(number: u64) -> Id {
    Id::from_bits(number)
}

fn variable(number: u64) -> Variable {
    let at = Point::new(number as f64 * 150.0, (number % 3) as f64 * 120.0);
    Variable {
        name: format!("Variable {number}"),
        placement: Placement {
            position: at,
            ..Placement::default()
        },
        ..Variable::default()
    }
}

/// Variables 0 to 19, and a link 100 from the first to the second.
fn scene() -> Scene {
    let mut document = Document::default();
    let mut edit = Edit::new(&document);
    for number in 0..20 {
        edit.set(id(number), Some(Element::Variable(variable(number))));
    }
    edit.set(id(100), Some(Element::Link(Link::new(id(0), id(1), 0.3))));
    let patch = edit.finish();
    document.apply(&patch).unwrap();
    Scene::new(&document, &EstimatedText)
}

fn view() -> View {
    View {
        pan: Vector::new(60.0, 60.0),
        zoom: 0.8,
        size: SIZE,
    }
}

fn mark(name: &str, colour: Colour, selection: &[u64]) -> PersonMark {
    PersonMark {
        name: name.to_owned(),
        sign: name.chars().take(1).collect(),
        colour,
        selection: selection.iter().map(|number| id(*number)).collect(),
        writes: None,
    }
}

fn drawn(marks: &[PersonMark]) -> Vec<Primitive> {
    draw_people(&scene(), marks, &view(), &EstimatedText)
}

fn words(primitives: &[Primitive]) -> Vec<String> {
    let words = primitives.iter().filter_map(|primitive| match primitive {
        Primitive::Text { text, .. } => Some(text.clone()),
        _ => None,
    });
    words.collect()
}

fn outlines(primitives: &[Primitive]) -> Vec<(Rect, Dash)> {
    let lines = primitives.iter().filter_map(|primitive| match primitive {
        Primitive::Line { stroke, .. } => Some((primitive.bounds()?, stroke.dash)),
        _ => None,
    });
    lines.collect()
}

fn screen() -> Rect {
    Rect::from_points(Point::default(), Point::default() + SIZE)
}

#[test]
fn the_name_stands_once_and_signs_at_the_rest() {
    // The 12th is out of sight, the 999th is not in the document.
    let shown = drawn(&[mark("Ana", Colour::Blue, &[0, 1, 2, 100, 12, 999])]);
    assert_eq!(outlines(&shown).len(), 4);
    let mut words = words(&shown);
    words.sort();
    assert_eq!(words, ["A", "A", "A", "Ana"]);
    assert!(drawn(&[mark("Ana", Colour::Blue, &[12, 999])]).is_empty());
    assert!(drawn(&[mark("Ana", Colour::Blue, &[])]).is_empty());
}

#[test]
fn outlines_of_several_people_on_one_thing_are_apart() {
    let [one, other] = [("Ana", Colour::Blue), ("Ben", Colour::Red)];
    let shown = drawn(&[mark(one.0, one.1, &[1]), mark(other.0, other.1, &[1])]);
    let rects = outlines(&shown);
    assert!(rects[1].0.grown(-1.0).contains_rect(&rects[0].0));
    let strips: Vec<Rect> = shown
        .iter()
        .filter(|primitive| matches!(primitive, Primitive::Fill { .. }))
        .filter_map(Primitive::bounds)
        .collect();
    assert_eq!(strips.len(), 2);
    assert!(strips[0].bottom <= strips[1].top);
    let rect = scene().nodes()[&id(1)].rect;
    let corners = [(rect.left, rect.top), (rect.right, rect.bottom)];
    let [from, to] = corners.map(|(x, y)| view().to_screen(Point::new(x, y)));
    assert!(rects[0].0.contains_rect(&Rect::from_points(from, to)));
}

#[test]
fn much_that_is_selected_has_one_broken_outline() {
    let all: Vec<u64> = (0..20).collect();
    let shown = drawn(&[mark("Ana", Colour::Green, &all)]);
    let outlines = outlines(&shown);
    assert_eq!(outlines.len(), 1);
    assert_eq!(outlines[0].1, Dash::Dashed);
    // Its right end is out of sight: the name is not.
    assert_eq!(words(&shown), ["Ana"]);
    let text = shown
        .iter()
        .find(|one| matches!(one, Primitive::Text { .. }));
    assert!(screen().contains_rect(&text.unwrap().bounds().unwrap()));
}

#[test]
fn what_is_written_says_so_and_is_outlined_once() {
    let ana = PersonMark {
        writes: Some((id(1), "Ana is naming this: Trust".to_owned())),
        ..mark("Ana", Colour::Violet, &[1])
    };
    let shown = drawn(&[ana]);
    assert_eq!(words(&shown), ["Ana is naming this: Trust"]);
    assert_eq!(outlines(&shown).len(), 1);
}

#[test]
fn what_is_dragged_is_outlined_where_it_is_on_the_way() {
    let by = Vector::new(30.0, -10.0);
    let boxes = |ids: &[Id]| dragged_boxes(&scene(), ids, by, &view());
    // A link follows its ends.
    assert_eq!(boxes(&[id(0), id(1), id(100), id(999)]).len(), 2);
    let rest = dragged_boxes(&scene(), &[id(1)], Vector::ZERO, &view());
    let moved = boxes(&[id(1)]);
    let on_screen = Vector::new(by.x * view().zoom, by.y * view().zoom);
    assert!(moved[0].center().distance(rest[0].center() + on_screen) < 1e-9);
    let all: Vec<Id> = (0..20).map(id).collect();
    assert_eq!(boxes(&all).len(), 1);
}

#[test]
fn long_names_are_cut() {
    let name = "Wolfeschlegelsteinhausenbergerdorff the Elder";
    let shown = drawn(&[mark(name, Colour::Blue, &[1])]);
    let [text] = &words(&shown)[..] else {
        panic!("{shown:?}")
    };
    assert!(text.ends_with('\u{2026}') && text.starts_with("Wolfe"));
}

proptest! {
    #[test]
    fn a_pointer_is_within_its_box_and_its_name_within_the_canvas(
        x in 0.0..800.0,
        y in 0.0..600.0,
        name in prop::option::of("[a-zA-Zא-ת ]{0,60}"),
        colour in prop::sample::select(&Colour::ALL[..]),
        dragged in prop::option::of((-50.0..900.0, -50.0..700.0)),
    ) {
        let dragged = dragged.map(|(x, y)| Rect::centered(Point::new(x, y), 90.0, 30.0));
        let mark = PointerMark {
            at: Point::new(x, y),
            name: name.clone(),
            sign: "A".to_owned(),
            colour,
            drags: dragged.into_iter().collect(),
        };
        let (rect, primitives) = draw_pointer(&mark, SIZE, &EstimatedText);
        prop_assert!(rect.contains(mark.at));
        for primitive in &primitives {
            let (Primitive::Fill { ink, .. } | Primitive::Text { ink, .. }) = primitive else {
                continue;
            };
            prop_assert!([Ink::Paper, Ink::Colour(colour)].contains(ink));
            prop_assert!(rect.contains_rect(&primitive.bounds().unwrap()));
        }
        if let Some(dragged) = dragged {
            prop_assert!(rect.contains_rect(&dragged));
        }
        let words = words(&primitives);
        prop_assert_eq!(&words[0], "A");
        prop_assert_eq!(words.len(), 1 + usize::from(name.is_some()));
        let texts = primitives.iter().filter(|one| matches!(one, Primitive::Text { .. }));
        for text in texts {
            prop_assert!(screen().contains_rect(&text.bounds().unwrap()), "{:?}", text);
        }
    }
}

#[test]
fn dots_stand_over_what_they_are_for_and_say_how_many_without_colour() {
    let scene = scene();
    let mark = |on: u64, dots, of| DotMark {
        on: Lever::Record(id(on)),
        dots,
        of,
    };
    let own = [mark(0, 3, DotsOf::Oneself), mark(100, 1, DotsOf::Oneself)];
    let drawn = draw_dots(&scene, &own, &view(), &EstimatedText);
    let fills = |drawn: &[Primitive], ink: Ink| {
        let fills = drawn.iter();
        fills
            .filter(|one| matches!(one, Primitive::Fill { ink: of, .. } if *of == ink))
            .count()
    };
    assert_eq!(fills(&drawn, Ink::Accent), 4, "a dot for each");
    let all = [
        mark(0, 12, DotsOf::Everybody),
        mark(100, 1, DotsOf::Everybody),
    ];
    let drawn = draw_dots(&scene, &all, &view(), &EstimatedText);
    let texts = drawn.iter().filter_map(|one| match one {
        Primitive::Text { text, at, .. } => Some((text.as_str(), *at)),
        _ => None,
    });
    let texts: Vec<_> = texts.collect();
    assert_eq!(
        texts.iter().map(|(text, _)| *text).collect::<Vec<_>>(),
        ["12", "1"]
    );
    let node = scene.outline_of(id(0)).unwrap();
    let top = view().to_screen(Point::new(node.center().x, node.top));
    assert!(texts[0].1.y < top.y && (texts[0].1.x - top.x).abs() < 1.0);
    // What is gone or out of sight has none.
    let none = [
        mark(999, 2, DotsOf::Everybody),
        mark(19, 2, DotsOf::Everybody),
    ];
    assert_eq!(draw_dots(&scene, &none, &view(), &EstimatedText), []);
}
