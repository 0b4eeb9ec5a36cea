//! The values of a run on the canvas: where there is room for them, and only there.

use loopstream::model::{Document, Edit, Element, Id, Placement, Point, Records, Rect, Variable};
use loopstream::scene::{
    EstimatedText, RunMark, RunTag, Scene, TagContent, presented_pixel, run_tags, seen_rect,
};
use proptest::prelude::*;

/// A variable with its mark: where it stands, whether it has a level and a curve, how wide its value is.
type Shown = ((f64, f64), bool, bool, f64);

fn shown() -> impl Strategy<Value = Vec<Shown>> {
    let place = (-400.0..400.0_f64, -300.0..300.0_f64);
    prop::collection::vec((place, any::<bool>(), any::<bool>(), 8.0..70.0_f64), 0..25)
}

const fn id_of(number: usize) -> Id {
    Id::from_bits(number as u64 + 1)
}

fn drawn(shown: &[Shown]) -> (Document, Records<RunMark>) {
    let empty = Document::default();
    let mut edit = Edit::new(&empty);
    let mut marks = Records::new();
    for (number, ((x, y), is_stock, has_curve, width)) in shown.iter().enumerate() {
        let variable = Variable {
            name: format!("Variable {number}"),
            placement: Placement {
                position: Point::new(*x, *y),
                ..Placement::default()
            },
            ..Variable::default()
        };
        edit.set(id_of(number), Some(Element::Variable(variable)));
        let mark = RunMark {
            level: is_stock.then_some(0.5),
            value: "1".to_owned(),
            width: *width,
            room: *width,
            curve: if *has_curve {
                vec![0.0, 1.0]
            } else {
                Vec::new()
            },
            now: 0.0,
        };
        marks.insert(id_of(number), mark);
    }
    let patch = edit.finish();
    let mut document = Document::default();
    document.apply(&patch).unwrap();
    (document, marks)
}

/// How urgent a variable is; the least comes first.
fn rank(mark: &RunMark) -> (bool, bool) {
    (mark.level.is_none(), mark.curve.len() < 2)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn values_lie_on_nothing_and_give_way_only_for_want_of_room(
        shown in shown(),
        zoom in 0.1..3.0_f64,
        is_presented in any::<bool>(),
    ) {
        let (document, marks) = drawn(&shown);
        let scene = Scene::new(&document, &EstimatedText);
        // In a presentation they grow with the names.
        let pixel = if is_presented { presented_pixel(zoom) } else { 1.0 / zoom };
        let tags = run_tags(&scene, &marks, zoom, pixel);
        let name = |id: &Id| seen_rect(&scene.nodes()[id], zoom);
        let is_clear = |rect: &Rect, about: &Id, others: &[&RunTag]| {
            let names = marks.keys().filter(|id| *id != about);
            names.map(name).all(|name| !name.intersects(rect))
                && others.iter().all(|other| other.about == *about || !other.rect.intersects(rect))
        };
        let all: Vec<&RunTag> = tags.iter().collect();
        for tag in &tags {
            prop_assert!(is_clear(&tag.rect, &tag.about, &all), "{tag:?} lies on something");
            let mark = &marks[&tag.about];
            prop_assert!(tag.content == TagContent::Value || mark.curve.len() > 1);
        }
        // What is not shown has no room below or above, beside what is as urgent.
        for (id, mark) in &marks {
            if tags.iter().any(|tag| tag.about == *id) {
                continue;
            }
            let before: Vec<&RunTag> = all
                .iter()
                .filter(|tag| (rank(&marks[&tag.about]), tag.about) < (rank(mark), *id))
                .copied()
                .collect();
            let own = name(id);
            for y in [own.bottom + 12.0 * pixel, own.top - 12.0 * pixel] {
                let middle = Point::new(own.center().x, y);
                let rect = Rect::centered(middle, (mark.width + 12.0) * pixel, 18.0 * pixel);
                prop_assert!(!is_clear(&rect, id, &before), "there is room for {id:?}");
            }
        }
    }
}
