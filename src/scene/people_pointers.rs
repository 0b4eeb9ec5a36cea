//! The pointers of other people: an arrow in the colour of each, with a sign, and with the name while
//! it moves. On the screen alone.

use super::people_marks::{LETTERS, fitted};
use super::primitive::{Align, Path, Primitive, Stroke};
use super::text::MeasureText;
use super::theme::Ink;
use crate::model::{Colour, Point, Rect, Vector};

/// The arrow, from its tip, in CSS pixels.
const ARROW: [Vector; 4] = [
    Vector::new(0.0, 0.0),
    Vector::new(1.0, 16.5),
    Vector::new(5.2, 11.8),
    Vector::new(11.6, 11.4),
];
/// The middle of the sign, from the tip.
const SIGN: Vector = Vector::new(18.0, 22.0);
/// The radius of the disc with the sign.
const DISC: f64 = 9.0;
/// How far the outline of what is dragged is from it.
const DRAGGED: f64 = 4.0;
/// How wide a name is at most.
const WIDEST: f64 = 160.0;

/// The pointer of another person.
#[derive(Clone, Debug, PartialEq)]
pub struct PointerMark {
    /// Where it is, in CSS pixels of the canvas.
    pub at: Point,
    /// The name, while it is shown.
    pub name: Option<String>,
    /// The letter that stands for it.
    pub sign: String,
    /// The colour.
    pub colour: Colour,
    /// The boxes of what it drags, where they are on the way, in CSS pixels of the canvas.
    pub drags: Vec<Rect>,
}

/// Draws a pointer on a canvas of this size in CSS pixels: the box that it takes, and the
/// primitives. The name is left of it, or over it, where it has no room at the usual side.
#[must_use]
pub fn draw_pointer(
    mark: &PointerMark,
    size: Vector,
    measure: &dyn MeasureText,
) -> (Rect, Vec<Primitive>) {
    let ink = Ink::Colour(mark.colour);
    let arrow = Path::polygon(&ARROW.map(|corner| mark.at + corner));
    let tip = Rect::from_points(mark.at, mark.at + Vector::new(ARROW[3].x, ARROW[1].y));
    let name = mark.name.as_deref();
    let name = name.map(|name| fitted(name, WIDEST, measure));
    let room = name.as_ref().map_or(0.0, |(_, width)| width + DISC);
    let at = sign_place(mark.at, room, size);
    let pill = Rect {
        left: at.x - DISC,
        top: at.y - DISC,
        right: at.x + DISC + room,
        bottom: at.y + DISC,
    };
    let pill_path = Path::rounded(&pill, DISC);
    // A rim of paper keeps it apart from what is under it.
    let mut primitives: Vec<Primitive> = [arrow, pill_path]
        .into_iter()
        .flat_map(|path| {
            let stroke = Stroke::solid(Ink::Paper, 3.0);
            let rim = Primitive::Line {
                path: path.clone(),
                stroke,
            };
            [rim, Primitive::Fill { path, ink }]
        })
        .collect();
    let on_disc = match &name {
        None => Ink::Paper,
        Some(_) => {
            primitives.push(Primitive::Fill {
                path: Path::circle(at, DISC - 2.0),
                ink: Ink::Paper,
            });
            ink
        }
    };
    primitives.push(word(&mark.sign, at, (0.0, Align::Center), on_disc));
    if let Some((name, width)) = name {
        let begin = Point::new(at.x + DISC + 2.0, at.y);
        primitives.push(word(&name, begin, (width, Align::Left), Ink::Paper));
    }
    let mut rect = tip.union(&pill);
    for dragged in &mark.drags {
        let outline = dragged.grown(DRAGGED);
        rect = rect.union(&outline);
        primitives.push(Primitive::Line {
            path: Path::rounded(&outline, 7.0),
            stroke: Stroke::dashed(ink, 1.5),
        });
    }
    (rect.grown(2.0), primitives)
}

/// Where the sign stands beside a tip, if a name needs so much room at the right of it.
fn sign_place(tip: Point, room: f64, size: Vector) -> Point {
    let right = tip.x + SIGN.x + DISC + room;
    let x = match right > size.x {
        true => tip.x - SIGN.x / 3.0 - DISC - room,
        false => tip.x + SIGN.x,
    };
    let y = match tip.y + SIGN.y + DISC > size.y {
        true => tip.y - SIGN.y / 2.0,
        false => tip.y + SIGN.y,
    };
    Point::new(x, y)
}

fn word(text: &str, at: Point, (width, align): (f64, Align), ink: Ink) -> Primitive {
    Primitive::Text {
        text: text.to_owned(),
        at,
        width,
        align,
        font: LETTERS,
        ink,
    }
}
