//! The dots of a vote over the diagram: the own ones while it is open, and how many there are of
//! everybody once it is closed. On the screen alone.

use super::build::Scene;
use super::magnify::seen_rect;
use super::people_marks::on_screen;
use super::primitive::{Align, Path, Primitive, Stroke};
use super::seen_badge::badge_factor;
use super::text::{Font, MeasureText, Weight};
use super::theme::Ink;
use super::view::View;
use crate::model::{Lever, Point, Rect, Vector};

/// How high a mark is, in CSS pixels.
const HEIGHT: f64 = 18.0;
/// The radius of a dot.
const DOT: f64 = 4.0;
/// How far the middles of two dots are apart.
const STEP: f64 = 11.0;
/// How far from the arc of a link the middle of its mark is.
const ASIDE: f64 = 18.0;
/// The letters of a number.
const LETTERS: Font = Font {
    size: 13.0,
    weight: Weight::Semibold,
};

/// Whose dots a mark shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DotsOf {
    /// Those of the person before this page: a dot for each.
    Oneself,
    /// Those of everybody: a number.
    Everybody,
}

/// The dots at one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DotMark {
    /// What they are for. It may not be drawn.
    pub on: Lever,
    /// How many.
    pub dots: usize,
    /// Whose.
    pub of: DotsOf,
}

/// Draws the dots that are in sight, in CSS pixels of the canvas.
#[must_use]
pub fn draw_dots(
    scene: &Scene,
    marks: &[DotMark],
    view: &View,
    measure: &dyn MeasureText,
) -> Vec<Primitive> {
    let corner = Point::new(view.size.x, view.size.y);
    let canvas = Rect::from_points(Point::default(), corner);
    let mut primitives = Vec::new();
    for mark in marks.iter().filter(|mark| mark.dots > 0) {
        let Some(at) = place(scene, &mark.on, view) else {
            continue;
        };
        let number = mark.dots.to_string();
        let letters = measure.width(&number, LETTERS);
        let wide = match mark.of {
            DotsOf::Oneself => STEP * mark.dots as f64 + 8.0,
            DotsOf::Everybody => (letters + 12.0).max(HEIGHT),
        };
        let pill = Rect::centered(at, wide, HEIGHT);
        if !pill.intersects(&canvas) {
            continue;
        }
        match mark.of {
            DotsOf::Oneself => push_dots(&mut primitives, &pill, mark.dots),
            DotsOf::Everybody => push_number(&mut primitives, &pill, number, letters),
        }
    }
    primitives
}

/// A dot for each, on paper.
fn push_dots(primitives: &mut Vec<Primitive>, pill: &Rect, dots: usize) {
    let path = Path::rounded(pill, HEIGHT / 2.0);
    primitives.push(Primitive::Fill {
        path: path.clone(),
        ink: Ink::Paper,
    });
    primitives.push(Primitive::Line {
        path,
        stroke: Stroke::solid(Ink::Accent, 1.5),
    });
    let first = pill.center() - Vector::new(STEP * (dots - 1) as f64 / 2.0, 0.0);
    for number in 0..dots {
        let at = first + Vector::new(STEP * number as f64, 0.0);
        primitives.push(Primitive::Fill {
            path: Path::circle(at, DOT),
            ink: Ink::Accent,
        });
    }
}

/// A number in a full mark, with a border of paper to keep it apart from what is below.
fn push_number(primitives: &mut Vec<Primitive>, pill: &Rect, text: String, width: f64) {
    let path = Path::rounded(pill, HEIGHT / 2.0);
    primitives.push(Primitive::Line {
        path: path.clone(),
        stroke: Stroke::solid(Ink::Paper, 3.0),
    });
    primitives.push(Primitive::Fill {
        path,
        ink: Ink::Accent,
    });
    primitives.push(Primitive::Text {
        text,
        at: pill.center(),
        width,
        align: Align::Center,
        font: LETTERS,
        ink: Ink::Paper,
    });
}

/// The middle of the mark of a thing: over the middle of what stands by itself and of the badge of a
/// loop, beside a link. Marks of comments, checks and experiments are at the corners.
fn place(scene: &Scene, on: &Lever, view: &View) -> Option<Point> {
    let over = |rect: &Rect| {
        let rect = on_screen(rect, view);
        Point::new(rect.center().x, rect.top - HEIGHT / 2.0 - 2.0)
    };
    let id = match on {
        Lever::Loop(key) => {
            let badge = scene.badges().iter().find(|badge| badge.key == *key)?;
            let radius = badge.radius * badge_factor(badge, view.zoom);
            let size = 2.0 * radius;
            return Some(over(&Rect::centered(badge.center, size, size)));
        }
        Lever::Record(id) => *id,
    };
    if let Some(node) = scene.nodes().get(&id) {
        return Some(over(&seen_rect(node, view.zoom)));
    }
    if let Some(link) = scene.links().get(&id) {
        let along = link.curve.point(0.55) - link.curve.point(0.45);
        let aside = along.unit().left() * -ASIDE;
        return Some(view.to_screen(link.curve.point(0.5)) + aside);
    }
    scene.outline_of(id).map(|rect| over(&rect))
}
