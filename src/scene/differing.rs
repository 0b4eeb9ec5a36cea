//! What an improvement that is shown makes of a map, as it is drawn: a frame and a triangle where measures
//! differ, a cross over what is left out, and a ghost of a step that is put in.

use serde::{Deserialize, Serialize};

use crate::model::{Id, Point, Rect};

use super::magnify::magnified;
use super::marks::{HEIGHT, MarkKind, MarkShape, ROOM, Sign, TagKind};
use super::primitive::{Align, Path, Primitive, Stroke};
use super::text::{Font, MeasureText};
use super::theme::Ink;

/// A step that an improvement puts in on a flow.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ghost {
    /// Its id.
    pub id: Id,
    /// The flow that it stands on.
    pub flow: Id,
    /// Where on the flow, from 0, its start, to 1.
    pub along: f64,
    /// Its name and its measures, a line each; the name first.
    pub lines: Vec<String>,
}

/// How large a sign is, from its middle, in world units.
const REACH: f64 = 7.0;

/// Draws what stands around or over what differs; gives the sign that stands for the words where those
/// have no room.
pub(super) fn push_differing(primitives: &mut Vec<Primitive>, kind: TagKind, rect: &Rect) -> Sign {
    match kind {
        TagKind::Differs => {
            primitives.push(Primitive::Line {
                path: Path::rounded(&rect.grown(4.0), 6.0),
                stroke: Stroke::dashed(Ink::Accent, 2.5),
            });
            Sign::Triangle
        }
        TagKind::LeftOut => {
            primitives.push(Primitive::Fill {
                path: Path::rounded(&rect.grown(2.0), 3.0),
                ink: Ink::PaperWash,
            });
            // Of a flow a cross as high as it is wide.
            let center = rect.center();
            let height = rect.height().max(rect.width().min(24.0));
            push_cross(
                primitives,
                &Rect::centered(center, rect.width(), height),
                2.5,
            );
            Sign::Cross
        }
        _ => Sign::None,
    }
}

/// Draws the sign that stands for words which have no room, as large as words would be.
pub(super) fn push_sign(primitives: &mut Vec<Primitive>, sign: Sign, foot: Point, zoom: f64) {
    let reach = REACH * magnified(Font::TAG.size, zoom);
    let square = Rect::centered(foot, 2.0 * reach, 2.0 * reach);
    let width = reach / 3.0;
    match sign {
        Sign::None => {}
        Sign::Triangle => {
            let triangle = Path::polygon(&[
                Point::new(square.left, square.bottom),
                Point::new(foot.x, square.top),
                Point::new(square.right, square.bottom),
            ]);
            primitives.push(Primitive::Line {
                path: triangle.clone(),
                stroke: Stroke::solid(Ink::Paper, width),
            });
            primitives.push(Primitive::Fill {
                path: triangle,
                ink: Ink::Accent,
            });
        }
        Sign::Cross => push_cross(primitives, &square, width),
        Sign::Square => {
            primitives.push(Primitive::Fill {
                path: Path::rounded(&square, 0.0),
                ink: Ink::Paper,
            });
            primitives.push(Primitive::Line {
                path: Path::rounded(&square, 0.0),
                stroke: Stroke::dashed(Ink::Accent, width),
            });
        }
    }
}

fn push_cross(primitives: &mut Vec<Primitive>, rect: &Rect, width: f64) {
    let corner = Point::new;
    for path in [
        Path::line(corner(rect.left, rect.top), corner(rect.right, rect.bottom)),
        Path::line(corner(rect.left, rect.bottom), corner(rect.right, rect.top)),
    ] {
        primitives.push(Primitive::Line {
            path,
            stroke: Stroke::solid(Ink::Reinforcing, width),
        });
    }
}

/// A step that is put in: a dashed box with its name and its measures around a point of its flow. It
/// grows with its words as far as there is room on the flow, in world units.
pub(super) fn ghost_shape(
    ghost: &Ghost,
    (at, room): (Point, f64),
    measure: &dyn MeasureText,
) -> MarkShape {
    let widths = ghost
        .lines
        .iter()
        .map(|line| measure.width(line, Font::TAG));
    let width = widths.fold(0.0, f64::max) + 2.0 * ROOM;
    let height = HEIGHT * ghost.lines.len().max(1) as f64 + ROOM;
    let rect = Rect::centered(at, width, height);
    let outline = Path::rounded(&rect, 3.0);
    let mut primitives = vec![
        Primitive::Fill {
            path: outline.clone(),
            ink: Ink::Paper,
        },
        Primitive::Line {
            path: outline,
            stroke: Stroke::dashed(Ink::Accent, 2.5),
        },
    ];
    for (number, line) in ghost.lines.iter().enumerate() {
        let y = rect.top + ROOM / 2.0 + (number as f64 + 0.5) * HEIGHT;
        primitives.push(Primitive::Text {
            text: line.clone(),
            at: Point::new(at.x, y),
            width: measure.width(line, Font::TAG),
            align: Align::Center,
            font: Font::TAG,
            ink: if number == 0 { Ink::Text } else { Ink::Muted },
        });
    }
    MarkShape {
        rect: rect.grown(2.0),
        primitives,
        about: vec![ghost.flow],
        kind: MarkKind::Tag {
            foot: at,
            fixed: 0,
            pill: rect,
            sign: Sign::Square,
            room,
        },
    }
}
