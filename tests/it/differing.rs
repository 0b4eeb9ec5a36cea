//! What an improvement that is shown makes of a map, as it is drawn: each place that differs is marked at
//! any zoom, in words or by a sign.

use loopstream::model::{
    AddedStep, AddedSteps, Document, Edit, Element, Flow, FlowKind, Id, Improvement, LeftOut,
    Measure, MeasureKind, Measures, Point, Station, Unit, Without, with_measure,
};
use loopstream::scene::{Dash, EstimatedText, Ink, MarkShape, Primitive, Scene, seen_marks};
use loopstream::stream::{SimulatedFigures, StreamReport};
use loopstream::worker::{Showing, StreamView};

const fn id(bits: u64) -> Id {
    Id::from_bits(bits)
}

/// Four steps in a row, near each other, of 8 hours each.
fn map() -> Document {
    let empty = Document::default();
    let mut edit = Edit::new(&empty);
    for bits in 1..5 {
        let mut station = Station {
            name: format!("Step {bits}"),
            ..Station::default()
        };
        station.placement.position = Point::new(bits as f64 * 220.0, 0.0);
        let time = Measure::measured(8.0, Unit::Hour);
        station.measures.set(MeasureKind::ProcessTime, Some(time));
        edit.set(id(bits), Some(Element::Station(station)));
    }
    for bits in 1..4 {
        let flow = Flow::new(id(bits), id(bits + 1), FlowKind::Push);
        edit.set(id(10 + bits), Some(Element::Flow(flow)));
    }
    let patch = edit.finish();
    let mut document = Document::default();
    document.apply(&patch).unwrap();
    document
}

#[test]
fn what_differs_is_marked_at_any_zoom() {
    let document = map();
    let mut improvement = Improvement {
        name: "Pair".to_owned(),
        without: LeftOut::new([Without(id(4))]),
        added: AddedSteps::new([AddedStep {
            id: id(99),
            flow: id(11),
            name: "Look".to_owned(),
            place: 0,
            measures: Measures::new(),
        }]),
        ..Improvement::default()
    };
    for step in 1..4 {
        let cell = (id(step), MeasureKind::ProcessTime);
        let four = Some(Measure::measured(4.0, Unit::Hour));
        improvement = with_measure(&document, &improvement, cell, four);
    }
    let report = StreamReport::of(&document);
    let showing = Showing::Tried(Box::new(improvement));
    let simulated = SimulatedFigures::none();
    let view = StreamView::of(&document, &report, &simulated).showing(&document, &showing);
    let shown = view.showing.unwrap();
    let words: Vec<&str> = shown
        .differs
        .iter()
        .map(|(_, words)| words.as_str())
        .collect();
    assert_eq!(words.len(), 5, "{words:?}");
    assert!(words[0].contains("process time 4 h, was 8 h"), "{words:?}");
    assert!(words.iter().any(|words| words.contains("left out")));
    assert!(
        words
            .iter()
            .any(|words| words.starts_with("Look is put in"))
    );
    assert!(
        view.marks
            .totals
            .iter()
            .any(|total| total == "With What you try")
    );
    let mut scene = Scene::new(&document, &EstimatedText);
    scene.set_marks(&document, view.marks, &EstimatedText);
    let marks: Vec<&MarkShape> = scene.marks().iter().collect();
    for zoom in [2.0, 1.0, 0.5, 0.2, 0.05] {
        let drawn = seen_marks(&marks, zoom);
        let said = |words: &str| {
            let texts = drawn
                .iter()
                .filter(|one| matches!(one, Primitive::Text { text, .. } if text.ends_with(words)));
            texts.count()
        };
        let triangles = drawn
            .iter()
            .filter(|one| matches!(one, Primitive::Fill { ink, .. } if *ink == Ink::Accent));
        assert_eq!(said("was 8 h") + triangles.count(), 3, "at {zoom}");
        // The cross over the step that is left out, and at least one for its words.
        let crosses = drawn.iter().filter(
            |one| matches!(one, Primitive::Line { stroke, .. } if stroke.ink == Ink::Reinforcing),
        );
        let crosses = crosses.count();
        assert!(
            crosses == 4 || crosses == 2 && said("left out") == 1,
            "at {zoom}"
        );
        // The ghost, or the square that stands for it, beside the frames of three steps.
        let dashed = drawn.iter().filter(
            |one| matches!(one, Primitive::Line { stroke, .. } if stroke.dash == Dash::Dashed),
        );
        assert_eq!(dashed.count(), 4, "at {zoom}");
        assert!(zoom < 0.5 || said("Look") == 1, "at {zoom}");
    }
}
