//! What a flow looks like: the striped arrow of push, the lane of FIFO, the lightning of data.

use crate::model::{Flow, FlowKind, Id, MeasureKind, Point, Rect, measure_text};

use super::curve::Curve;
use super::link::{LinkShape, head_of};
use super::primitive::{Align, Path, Primitive, Segment, Stroke};
use super::sign::SignSide;
use super::text::{Font, MeasureText};
use super::theme::Ink;

/// Half the width of the body of a push or FIFO arrow, in world units.
const HALF_BODY: f64 = 3.5;
/// How far the words of a flow stand beside it, in world units.
const LABEL_ASIDE: f64 = 13.0;
/// The length of a stripe of a push arrow and of the space after it, in world units.
const STRIPE: f64 = 7.0;

/// The shape of a flow along its ways: from middle to middle, and from rim to rim.
#[must_use]
pub fn flow_shape(
    id: Id,
    flow: &Flow,
    (spine, curve): (Curve, Curve),
    measure: &dyn MeasureText,
) -> LinkShape {
    let (words, ink) = words_of(flow);
    let width = measure.width(&words, Font::DATA);
    let sign = label_position(&curve);
    let mut primitives = draw_flow(flow.kind, &curve);
    let way = primitives.len();
    let mut bounds = curve.bounds().grown(8.0);
    if !words.is_empty() {
        let paper = Rect::centered(sign, width + 6.0, Font::DATA.line_height());
        bounds = bounds.union(&paper);
        primitives.push(Primitive::Fill {
            path: Path::rounded(&paper, 3.0),
            ink: Ink::Paper,
        });
        primitives.push(Primitive::Text {
            text: words,
            at: sign,
            width,
            align: Align::Center,
            font: Font::DATA,
            ink,
        });
    }
    LinkShape {
        id,
        curve,
        spine,
        sign,
        side: SignSide::Outer,
        sign_size: (width + 8.0).max(Font::SIGN.size),
        handle: spine.point(0.5),
        bounds,
        primitives,
        way,
        signed: way,
        label: None,
        words: None,
    }
}

/// What stands beside a flow: its share or probability, its lane's limit, its transfer time.
fn words_of(flow: &Flow) -> (String, Ink) {
    let mut words = Vec::new();
    let mut ink = Ink::Text;
    for (kind, measure) in flow.measures.iter() {
        if measure.amount.likely().is_none() {
            ink = Ink::Accent;
        }
        let text = measure_text(measure);
        words.push(match kind {
            MeasureKind::Limit => format!("max {text}"),
            _ => text,
        });
    }
    if flow.kind == FlowKind::Fifo {
        words.insert(0, "FIFO".to_owned());
    }
    (words.join(" \u{b7} "), ink)
}

/// Where the words stand: beside the middle, on the outer side, above a straight way.
fn label_position(curve: &Curve) -> Point {
    let side = match curve {
        Curve::Arc { sweep, .. } if *sweep < 0.0 => -LABEL_ASIDE,
        Curve::Arc { .. } => LABEL_ASIDE,
        Curve::Segment { .. } | Curve::Elbow { .. } => {
            if curve.tangent(0.5).x < 0.0 {
                -LABEL_ASIDE
            } else {
                LABEL_ASIDE
            }
        }
    };
    // A third of the way: the handle that bends it is in the middle.
    const AT: f64 = 0.42;
    curve.point(AT) + curve.tangent(AT).left() * side
}

/// What is drawn of a flow along its way.
fn draw_flow(kind: FlowKind, curve: &Curve) -> Vec<Primitive> {
    let (shaft, head) = head_of(curve, 1.0, Ink::Line);
    let line = |path: Path, stroke: Stroke| Primitive::Line { path, stroke };
    let mut primitives = match kind {
        FlowKind::Push => stripes(&shaft),
        FlowKind::Fifo => rails(&shaft),
        FlowKind::Pull => vec![
            line(Path::along(&shaft), Stroke::solid(Ink::Line, 1.6)),
            line(pull_mark(&shaft), Stroke::solid(Ink::Line, 1.6)),
        ],
        FlowKind::Rework => vec![line(Path::along(&shaft), Stroke::dashed(Ink::Line, 1.6))],
        FlowKind::ManualInformation => {
            vec![line(Path::along(&shaft), Stroke::solid(Ink::Line, 1.1))]
        }
        FlowKind::ElectronicInformation => {
            vec![line(lightning(&shaft), Stroke::solid(Ink::Line, 1.1))]
        }
    };
    primitives.push(head);
    primitives
}

/// Points beside a way, at a distance to its left.
fn beside(curve: &Curve, aside: f64) -> Vec<Point> {
    const PARTS: i32 = 16;
    let parts = if matches!(curve, Curve::Segment { .. }) {
        1
    } else {
        PARTS
    };
    let point = |number: i32| {
        let t = f64::from(number) / f64::from(parts);
        curve.point(t) + curve.tangent(t).left() * aside
    };
    (0..=parts).map(point).collect()
}

fn polyline(points: &[Point]) -> Path {
    let mut path: Vec<Segment> = points.iter().map(|point| Segment::Line(*point)).collect();
    if let Some(first) = points.first() {
        path[0] = Segment::Move(*first);
    }
    Path(path)
}

/// The striped body of a push arrow.
fn stripes(shaft: &Curve) -> Vec<Primitive> {
    let length = shaft.length().max(1.0e-6);
    let count = (length / (2.0 * STRIPE)).floor().clamp(1.0, 60.0);
    let mut path = Vec::new();
    let mut stripe = 0.0;
    while stripe < count {
        let at = |distance: f64| (distance / length).min(1.0);
        let step = length / count;
        let part = shaft.part(at(stripe * step), at(stripe * step + step / 2.0));
        path.extend(Path::along(&part).0);
        stripe += 1.0;
    }
    let mut primitives = rails(shaft);
    primitives.push(Primitive::Line {
        path: Path(path),
        stroke: Stroke::solid(Ink::Line, 2.0 * HALF_BODY),
    });
    primitives
}

/// The two sides of a body.
fn rails(shaft: &Curve) -> Vec<Primitive> {
    let side = |aside: f64| Primitive::Line {
        path: polyline(&beside(shaft, aside)),
        stroke: Stroke::solid(Ink::Line, 1.2),
    };
    vec![side(HALF_BODY), side(-HALF_BODY)]
}

/// The turn in the middle of a pull arrow: somebody fetches.
fn pull_mark(shaft: &Curve) -> Path {
    use std::f64::consts::TAU;
    let (middle, along) = (shaft.point(0.5), shaft.tangent(0.5));
    let start = (-along).angle();
    Path(vec![
        Segment::Move(middle - along * 7.0),
        Segment::Arc {
            center: middle,
            radius: 7.0,
            start,
            sweep: TAU * 0.75,
        },
    ])
}

/// A line with the zigzag of electronic information in its middle.
fn lightning(shaft: &Curve) -> Path {
    let mut points = beside(&shaft.part(0.0, 0.47), 0.0);
    let (back, forth) = (shaft.point(0.47), shaft.point(0.53));
    let along = (forth - back).unit();
    points.push(forth + along * 4.0 + along.left() * 6.0);
    points.push(back - along * 4.0 - along.left() * 6.0);
    points.extend(beside(&shaft.part(0.53, 1.0), 0.0));
    polyline(&points)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Measure;
    use crate::model::Unit;
    use crate::scene::EstimatedText;
    use crate::scene::link::curves_between;

    #[test]
    fn a_flow_holds_its_words_and_its_way() {
        let id = Id::from_bits;
        let from = Rect::centered(Point::new(0.0, 0.0), 112.0, 40.0);
        let to = Rect::centered(Point::new(300.0, 0.0), 112.0, 40.0);
        for kind in [
            FlowKind::Push,
            FlowKind::Pull,
            FlowKind::Fifo,
            FlowKind::Rework,
            FlowKind::ManualInformation,
            FlowKind::ElectronicInformation,
        ] {
            let mut flow = Flow::new(id(1), id(2), kind);
            if kind.carries_work() {
                flow.measures.set(
                    MeasureKind::Share,
                    Some(Measure::measured(20.0, Unit::Percent)),
                );
            }
            for bend in [0.0, 0.4, -0.4] {
                let ways = curves_between(false, &from, &to, bend);
                let shape = flow_shape(id(3), &flow, ways, &EstimatedText);
                let words = shape.primitives.iter().any(|primitive| {
                    matches!(primitive, Primitive::Text { text, .. } if text.ends_with("20 %"))
                });
                assert_eq!(words, kind.carries_work());
                let boxes = shape.boxes();
                assert!(boxes.iter().any(|part| part.contains(shape.sign)));
                assert!(
                    boxes
                        .iter()
                        .any(|part| part.contains(shape.curve.point(0.5)))
                );
            }
        }
    }
}
