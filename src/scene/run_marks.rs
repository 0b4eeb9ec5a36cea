//! What a run adds to the picture for the moment: levels, values and small curves at variables, and
//! the links that drive.

use crate::causal::LoopPolarity;
use crate::model::{Id, Point, Records, Rect};

use super::build::Scene;
use super::magnify::seen_rect;
use super::primitive::{Align, Path, Primitive, Segment, Stroke};
use super::run_tags::{CURVE, MARGIN, RunTag, TagContent, run_tags};
use super::text::Font;
use super::theme::Ink;

/// What a run shows at one variable.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RunMark {
    /// How full a stock is: its share of the largest value of the run, 0 to 1.
    pub level: Option<f64>,
    /// Its value, as it is to be read.
    pub value: String,
    /// The width of that text, in CSS pixels.
    pub width: f64,
    /// The room that is kept for it while the time plays, in CSS pixels: at least its width.
    pub room: f64,
    /// Its values over the run, each between 0, the least, and 1, the largest.
    pub curve: Vec<f32>,
    /// Where the time that is shown stands on the curve, 0 to 1.
    pub now: f64,
}

/// How much a link drives.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DrivingMark {
    /// Which kind of loop it drives in.
    pub polarity: LoopPolarity,
    /// The share of the loops through it, 0 to 1.
    pub share: f64,
}

/// What a run shows on the canvas.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RunMarks {
    /// At variables.
    pub variables: Records<RunMark>,
    /// At links.
    pub links: Records<DrivingMark>,
}

impl RunMark {
    /// Whether there is a curve to show.
    pub(super) fn has_curve(&self) -> bool {
        self.curve.len() > 1
    }
}

/// One CSS pixel of the marks of a run in world units, where they are read from the back of a room: they
/// grow with the names beside them.
#[must_use]
pub fn presented_pixel(zoom: f64) -> f64 {
    (1.0 / zoom).max(1.0)
}

/// Draws the marks of a run as they are seen at a zoom; `pixel` is one CSS pixel of a mark in world units.
pub(super) fn push_run(
    primitives: &mut Vec<Primitive>,
    scene: &Scene,
    marks: &RunMarks,
    (zoom, pixel): (f64, f64),
) {
    for (id, mark) in &marks.links {
        push_driving(primitives, scene, *id, *mark, pixel);
    }
    for (id, mark) in &marks.variables {
        if let Some(node) = scene.nodes().get(id) {
            let rect = seen_rect(node, zoom);
            if let Some(level) = mark.level {
                push_level(primitives, &rect, level, pixel);
            }
        }
    }
    for tag in run_tags(scene, &marks.variables, zoom, pixel) {
        if let Some(mark) = marks.variables.get(&tag.about) {
            push_tag(primitives, &tag, mark, pixel);
        }
    }
}

/// A link as thick as it drives.
fn push_driving(
    primitives: &mut Vec<Primitive>,
    scene: &Scene,
    id: Id,
    mark: DrivingMark,
    pixel: f64,
) {
    let Some(link) = scene.links().get(&id) else {
        return;
    };
    let ink = match mark.polarity {
        LoopPolarity::Reinforcing => Ink::Reinforcing,
        LoopPolarity::Balancing => Ink::Balancing,
        LoopPolarity::Undetermined => Ink::Undetermined,
    };
    let width = (2.0 + 5.0 * mark.share.clamp(0.0, 1.0)) * pixel;
    primitives.push(Primitive::Line {
        path: Path::along(&link.curve),
        stroke: Stroke::solid(ink, width),
    });
}

/// A wash from the foot of a box up to its level.
fn push_level(primitives: &mut Vec<Primitive>, rect: &Rect, level: f64, pixel: f64) {
    let inside = rect.grown(-1.5 * pixel);
    let height = inside.height() * level.clamp(0.0, 1.0);
    let filled = Rect {
        top: inside.bottom - height,
        ..inside
    };
    if height > 0.0 {
        primitives.push(Primitive::Fill {
            path: Path::rounded(&filled, 2.0 * pixel),
            ink: Ink::AccentWash,
        });
    }
}

/// The value of a variable, and its curve beside it.
fn push_tag(primitives: &mut Vec<Primitive>, tag: &RunTag, mark: &RunMark, pixel: f64) {
    let font = Font {
        size: Font::TAG.size * pixel,
        ..Font::TAG
    };
    let pill = tag.rect;
    let middle = pill.center();
    let path = Path::rounded(&pill, 4.0 * pixel);
    primitives.push(Primitive::Fill {
        path: path.clone(),
        ink: Ink::Paper,
    });
    primitives.push(Primitive::Line {
        path,
        stroke: Stroke::solid(Ink::Grid, pixel),
    });
    let (align, x) = match tag.content {
        TagContent::Value => (Align::Center, middle.x),
        TagContent::ValueAndCurve => (Align::Left, pill.left + MARGIN * pixel),
    };
    primitives.push(Primitive::Text {
        text: mark.value.clone(),
        at: Point::new(x, middle.y),
        width: mark.width * pixel,
        align,
        font,
        ink: Ink::Text,
    });
    if tag.content == TagContent::ValueAndCurve {
        let right = pill.right - MARGIN * pixel;
        let frame = Rect {
            left: right - CURVE.0 * pixel,
            right,
            top: middle.y - CURVE.1 / 2.0 * pixel,
            bottom: middle.y + CURVE.1 / 2.0 * pixel,
        };
        push_curve(primitives, &frame, mark, pixel);
    }
}

fn push_curve(primitives: &mut Vec<Primitive>, frame: &Rect, mark: &RunMark, pixel: f64) {
    let last = (mark.curve.len() - 1) as f64;
    let place = |share: f64, height: f64| {
        Point::new(
            frame.left + share * frame.width(),
            frame.bottom - height.clamp(0.0, 1.0) * frame.height(),
        )
    };
    let mut segments = Vec::with_capacity(mark.curve.len());
    for (row, height) in mark.curve.iter().enumerate() {
        if !height.is_finite() {
            continue;
        }
        let at = place(row as f64 / last, f64::from(*height));
        segments.push(match segments.is_empty() {
            true => Segment::Move(at),
            false => Segment::Line(at),
        });
    }
    if segments.len() > 1 {
        primitives.push(Primitive::Line {
            path: Path(segments),
            stroke: Stroke::solid(Ink::Accent, 1.5 * pixel),
        });
    }
    let row = (mark.now.clamp(0.0, 1.0) * last).round() as usize;
    if let Some(height) = mark.curve.get(row).filter(|height| height.is_finite()) {
        primitives.push(Primitive::Fill {
            path: Path::circle(place(mark.now, f64::from(*height)), 2.5 * pixel),
            ink: Ink::Accent,
        });
    }
}
