//! What a run of the value-stream map shows over it: items on their way, and how each place stands.
//!
//! Colour is never alone: what waits is round, what is worked on is a square, set-up an open square,
//! what cannot go on a bar, an outage a cross. All of it keeps its size on the screen below 100 %.

use super::build::Scene;
use super::curve::Curve;
use super::magnify::seen_rect;
use super::primitive::{Align, Path, Primitive, Stroke};
use super::reel::{Passage, Stand};
use super::text::Font;
use super::theme::Ink;
use super::view::View;
use crate::model::{Id, Point, Records, Rect, Vector, grouped};

/// The radius of an item on its way, in CSS pixels at 100 % and below.
const DOT: f64 = 7.0;
/// The same of one that waits.
const WAITING: f64 = 4.5;
/// How far apart marks are.
const PACE: f64 = 11.5;
/// So many of a kind are drawn; more are a number.
const MOST: u32 = 5;
/// How far under a place its marks stand.
const UNDER: f64 = 10.0;
/// The size of numbers.
const LETTERS: f64 = 13.0;
/// How wide a digit is, as a part of the size of its letters: numbers are not measured.
const DIGIT: f64 = 0.6;

/// What a run shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WatchMarks {
    /// How stations and flows stand.
    pub stands: Records<Stand>,
    /// Items on their way.
    pub dots: Vec<WatchDot>,
}

/// An item on its way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WatchDot {
    /// Where from and where to.
    pub passage: Passage,
    /// How far it has come, 0 to 1.
    pub along: f64,
}

/// What is done with an item, by its mark.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Waiting,
    Working,
    SettingUp,
    Down,
    Blocked,
}

/// Draws a run at a moment, as far as it is in sight.
#[must_use]
pub fn draw_watch(scene: &Scene, marks: &WatchMarks, view: &View) -> Vec<Primitive> {
    let unit = (1.0 / view.zoom).max(1.0);
    let pen = WatchPen {
        scene,
        zoom: view.zoom,
        unit,
        visible: view.visible().grown(60.0 * unit),
    };
    let mut primitives = Vec::new();
    for (id, stand) in &marks.stands {
        pen.push_stand(&mut primitives, *id, *stand);
    }
    for dot in &marks.dots {
        pen.push_dot(&mut primitives, *dot);
    }
    primitives
}

/// What a run is drawn with.
struct WatchPen<'a> {
    scene: &'a Scene,
    zoom: f64,
    /// About a CSS pixel of the screen, in world units; above 100 % it grows with the map.
    unit: f64,
    /// What is in sight, in world units.
    visible: Rect,
}

impl WatchPen<'_> {
    /// What is at a station, under its lower edge, since over the upper one is the mark of the constraint: what waits at the left, what is worked on at the
    /// right. What is on a flow stands on it, as a number.
    fn push_stand(&self, primitives: &mut Vec<Primitive>, id: Id, stand: Stand) {
        if stand.all() == 0 {
            return;
        }
        if let Some(link) = self.scene.links().get(&id) {
            let at = link.curve.point(0.5);
            if self.visible.contains(at) {
                self.push_count(primitives, at, stand.all());
            }
            return;
        }
        let Some(node) = self.scene.nodes().get(&id) else {
            return;
        };
        let rect = seen_rect(node, self.zoom);
        if !rect.intersects(&self.visible) {
            return;
        }
        let y = rect.bottom + UNDER * self.unit;
        let waiting = stand.waiting + stand.staying;
        self.push_row(
            primitives,
            Point::new(rect.left, y),
            1.0,
            &[(Mark::Waiting, waiting)],
        );
        let others = [
            (Mark::Blocked, stand.blocked),
            (Mark::Down, stand.down),
            (Mark::SettingUp, stand.setting_up),
            (Mark::Working, stand.working),
        ];
        self.push_row(primitives, Point::new(rect.right, y), -1.0, &others);
    }

    /// Marks side by side from a place on, to the right or to the left.
    fn push_row(
        &self,
        primitives: &mut Vec<Primitive>,
        from: Point,
        way: f64,
        marks: &[(Mark, u32)],
    ) {
        let mut x = from.x + way * PACE * 0.5 * self.unit;
        for (mark, count) in marks.iter().copied().filter(|(_, count)| *count > 0) {
            let shown = if count > MOST { 1 } else { count };
            let number = (count > MOST).then(|| grouped(u64::from(count)));
            let width = |text: &str| text.chars().count() as f64 * DIGIT * LETTERS * self.unit;
            // A number stands to the right of its mark, whichever way the row goes.
            if let (Some(text), true) = (&number, way < 0.0) {
                x -= width(text);
                self.push_number(
                    primitives,
                    text,
                    Point::new(x + PACE * 0.7 * self.unit, from.y),
                    width(text),
                );
            }
            for _ in 0..shown {
                self.push_mark(primitives, mark, Point::new(x, from.y));
                x += way * PACE * self.unit;
            }
            if let (Some(text), true) = (&number, way > 0.0) {
                self.push_number(
                    primitives,
                    text,
                    Point::new(x - PACE * 0.3 * self.unit, from.y),
                    width(text),
                );
                x += width(text);
            }
        }
    }

    fn push_number(&self, primitives: &mut Vec<Primitive>, text: &str, at: Point, width: f64) {
        let size = LETTERS * self.unit;
        let plate = Rect::centered(
            at + Vector::new(width / 2.0, 0.0),
            width + 2.0 * self.unit,
            size,
        );
        primitives.push(Primitive::Fill {
            path: Path::rounded(&plate, 3.0 * self.unit),
            ink: Ink::Paper,
        });
        primitives.push(Primitive::Text {
            text: text.to_owned(),
            at,
            width,
            align: Align::Left,
            font: Font { size, ..Font::DATA },
            ink: Ink::Text,
        });
    }

    fn push_mark(&self, primitives: &mut Vec<Primitive>, mark: Mark, at: Point) {
        let radius = WAITING * self.unit;
        let square = Rect::centered(at, 2.0 * radius, 2.0 * radius);
        let line = |path: Path, ink: Ink, width: f64| Primitive::Line {
            path,
            stroke: Stroke::solid(ink, width * self.unit),
        };
        let fill = |path: Path, ink: Ink| Primitive::Fill { path, ink };
        // What parts it from what is under it.
        primitives.push(fill(Path::circle(at, radius + 2.0 * self.unit), Ink::Paper));
        match mark {
            Mark::Waiting => primitives.push(fill(Path::circle(at, radius), Ink::Accent)),
            Mark::Working => {
                primitives.push(fill(Path::rounded(&square, self.unit), Ink::Positive))
            }
            Mark::SettingUp => {
                primitives.push(line(Path::rounded(&square, self.unit), Ink::Positive, 1.8));
            }
            Mark::Blocked => {
                let bar = Rect::centered(at, 2.0 * radius, radius);
                primitives.push(fill(Path::rounded(&bar, self.unit), Ink::Negative));
            }
            Mark::Down => {
                let (x, y) = (Vector::new(radius, radius), Vector::new(radius, -radius));
                primitives.push(line(Path::line(at + -x, at + x), Ink::Negative, 2.5));
                primitives.push(line(Path::line(at + -y, at + y), Ink::Negative, 2.5));
            }
        }
    }

    /// How many are on a flow.
    fn push_count(&self, primitives: &mut Vec<Primitive>, at: Point, count: u32) {
        let text = grouped(u64::from(count));
        let width = text.chars().count() as f64 * DIGIT * LETTERS * self.unit;
        let plate = Rect::centered(
            at,
            (width + 12.0 * self.unit).max(20.0 * self.unit),
            20.0 * self.unit,
        );
        let path = Path::rounded(&plate, 10.0 * self.unit);
        primitives.push(Primitive::Fill {
            path: path.clone(),
            ink: Ink::Paper,
        });
        primitives.push(Primitive::Line {
            path,
            stroke: Stroke::solid(Ink::Accent, 1.5 * self.unit),
        });
        primitives.push(Primitive::Text {
            text,
            at,
            width,
            align: Align::Center,
            font: Font {
                size: LETTERS * self.unit,
                ..Font::DATA
            },
            ink: Ink::Text,
        });
    }

    /// An item on its way.
    fn push_dot(&self, primitives: &mut Vec<Primitive>, dot: WatchDot) {
        let Some(way) = self.way_of(dot.passage) else {
            return;
        };
        let at = way.point(dot.along);
        if !self.visible.contains(at) {
            return;
        }
        let path = Path::circle(at, DOT * self.unit);
        primitives.push(Primitive::Fill {
            path: path.clone(),
            ink: Ink::Accent,
        });
        primitives.push(Primitive::Line {
            path,
            stroke: Stroke::solid(Ink::Paper, 2.0 * self.unit),
        });
    }

    /// The part of a flow that an item takes: all of it between its ends as they are seen; half of it
    /// to what stays on it, or from there.
    fn way_of(&self, passage: Passage) -> Option<Curve> {
        let flow = passage.along?;
        let curve = self.scene.links().get(&flow)?.curve;
        let is_on = |id: Option<Id>| id == Some(flow);
        Some(match (is_on(passage.from), is_on(passage.to)) {
            (false, true) => curve.part(0.0, 0.5),
            (true, false) => curve.part(0.5, 1.0),
            _ => curve,
        })
    }
}
