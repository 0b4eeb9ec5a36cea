//! What a frame looks like: a thin outline with its title and its limit above, under everything else.

use crate::model::{Direction, Frame, Id, Point, Rect, Vector, isolated, measure_text};

use super::caption::shorten;
use super::magnify::magnified;
use super::primitive::{Align, Path, Primitive, Stroke};
use super::text::{EstimatedText, Font, MeasureText, break_lines};
use super::theme::Ink;
use super::view::View;

/// What an untitled frame shows.
const UNTITLED: &str = "Frame";
/// How round its corners are, in world units.
const ROUND: f64 = 8.0;
/// How wide its outline is, in world units.
const LINE: f64 = 1.3;
/// The paper between the title and the frame, in world units.
const ABOVE: f64 = 4.0;
/// The least room that the lines of a title have, in world units.
const NARROWEST: f64 = 96.0;
/// A title has at most this many lines.
const MOST_LINES: usize = 3;

/// A frame, with its outline and its title.
#[derive(Clone, Debug, PartialEq)]
pub struct FrameShape {
    /// Its record.
    pub id: Id,
    /// Drawn over lower layers.
    pub layer: i32,
    /// Its outline, in world units.
    pub rect: Rect,
    /// The box around its title and its limit, in world units.
    pub title: Rect,
    /// What is drawn: the outline, then the lines of the title and the limit.
    pub primitives: Vec<Primitive>,
    /// Whether it can be neither moved nor resized.
    pub locked: bool,
    /// All of the title, with the limit.
    text: String,
    /// How much wider it is than [`EstimatedText`] says.
    stretch: f64,
    ink: Ink,
}

/// The shape of a frame.
pub(super) fn frame_shape(id: Id, frame: &Frame, measure: &dyn MeasureText) -> FrameShape {
    let rect = frame.rect();
    let (title, ink) = match frame.title.trim() {
        "" => (UNTITLED, Ink::Muted),
        title => (title, Ink::Text),
    };
    let text = match &frame.limit {
        Some(limit) => format!("{} \u{b7} at most {}", isolated(title), measure_text(limit)),
        None => title.to_owned(),
    };
    let text = text.as_str();
    let mut lines = break_lines(text, Font::FRAME, rect.width().max(NARROWEST), measure);
    if lines.lines.len() > MOST_LINES {
        lines.lines.truncate(MOST_LINES);
        if let Some((last, width)) = lines.lines.last_mut() {
            last.push('\u{2026}');
            *width = measure.width(last, Font::FRAME);
        }
    }
    let height = Font::FRAME.line_height();
    let (x, align) = beginning(text, &rect);
    let mut primitives = vec![Primitive::Line {
        path: Path::rounded(&rect, ROUND),
        stroke: Stroke::solid(Ink::Muted, LINE),
    }];
    let top = rect.top - ABOVE - height * lines.lines.len() as f64;
    let widest = lines
        .lines
        .iter()
        .map(|(_, width)| *width)
        .fold(0.0, f64::max);
    for (row, (text, width)) in lines.lines.into_iter().enumerate() {
        let at = Point::new(x, top + (row as f64 + 0.5) * height);
        primitives.push(Primitive::Text {
            text,
            at,
            width,
            align,
            font: Font::FRAME,
            ink,
        });
    }
    let measured = measure.width(text, Font::FRAME);
    let estimated = EstimatedText.width(text, Font::FRAME);
    FrameShape {
        id,
        layer: frame.placement.layer,
        rect,
        title: box_of(x, align, widest, top, rect.top),
        primitives,
        locked: frame.placement.locked,
        text: text.to_owned(),
        stretch: if estimated > 0.0 {
            measured / estimated
        } else {
            1.0
        },
        ink,
    }
}

/// Where the lines of a title begin: at the left, or at the right where it is read from there.
fn beginning(text: &str, rect: &Rect) -> (f64, Align) {
    match Direction::of(text) {
        Direction::LeftToRight => (rect.left + 2.0, Align::Left),
        Direction::RightToLeft => (rect.right - 2.0, Align::Right),
    }
}

fn box_of(x: f64, align: Align, width: f64, top: f64, bottom: f64) -> Rect {
    let left = align.left_of(x, width);
    Rect {
        left,
        top,
        right: left + width,
        bottom,
    }
}

impl FrameShape {
    /// The box around all of it.
    #[must_use]
    pub fn bounds(&self) -> Rect {
        self.rect.grown(LINE).union(&self.title)
    }

    /// The box around all of it at any zoom: the farther, the larger its title is on the canvas.
    pub(super) fn reach(&self) -> Rect {
        let farthest = Font::FRAME.line_height() * magnified(Font::FRAME.size, View::MINIMUM_ZOOM);
        let bounds = self.bounds();
        Rect {
            top: bounds.top.min(self.rect.top - 1.5 * farthest),
            ..bounds
        }
    }

    /// What is seen of it: its title can always be read, as much of it as the frame is wide.
    #[must_use]
    pub fn seen(&self, zoom: f64) -> SeenFrame {
        let factor = magnified(Font::FRAME.size, zoom);
        if factor <= 1.0 {
            return SeenFrame {
                title: Some(self.title),
                primitives: self.primitives.clone(),
            };
        }
        // Lines are as wide on the screen as they are at 100 %.
        let mut primitives = vec![Primitive::Line {
            path: Path::rounded(&self.rect, ROUND),
            stroke: Stroke::solid(Ink::Muted, LINE.max(1.0 / zoom)),
        }];
        let font = Font {
            size: Font::FRAME.size * factor,
            ..Font::FRAME
        };
        let width_of = |text: &str| EstimatedText.width(text, font) * self.stretch;
        let mut text = self.text.clone();
        if width_of(&text) > self.rect.width() {
            shorten(&mut text, self.rect.width(), &width_of);
        }
        // A letter and the dots say nothing.
        if text.chars().count() < 3 && text != self.text {
            return SeenFrame {
                title: None,
                primitives,
            };
        }
        let (x, align) = beginning(&self.text, &self.rect);
        let width = width_of(&text);
        let bottom = self.rect.top - ABOVE / zoom;
        let top = bottom - font.line_height();
        primitives.push(Primitive::Text {
            text,
            at: Point::new(x, f64::midpoint(top, bottom)),
            width,
            align,
            font,
            ink: self.ink,
        });
        SeenFrame {
            title: Some(box_of(x, align, width, top, self.rect.top)),
            primitives,
        }
    }
}

/// A frame as it is seen at a zoom.
#[derive(Clone, Debug, PartialEq)]
pub struct SeenFrame {
    /// The box around its title, if it is so wide that one is shown.
    pub title: Option<Rect>,
    /// What is drawn.
    pub primitives: Vec<Primitive>,
}

/// What a frame is resized by: one side of it, or a corner where two meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grip {
    /// Which of the upright sides: -1 the left one, 1 the right one, 0 neither.
    pub across: i8,
    /// Which of the level sides: -1 the upper one, 1 the lower one, 0 neither.
    pub down: i8,
}

impl Grip {
    /// The four corners.
    pub const CORNERS: [Self; 4] = [
        Self::new(-1, -1),
        Self::new(1, -1),
        Self::new(-1, 1),
        Self::new(1, 1),
    ];

    /// The four sides.
    pub const SIDES: [Self; 4] = [
        Self::new(-1, 0),
        Self::new(1, 0),
        Self::new(0, -1),
        Self::new(0, 1),
    ];

    const fn new(across: i8, down: i8) -> Self {
        Self { across, down }
    }

    /// Where it is on a box: a corner, or the middle of a side.
    #[must_use]
    pub fn place(self, rect: &Rect) -> Point {
        let half = Vector::new(rect.width() / 2.0, rect.height() / 2.0);
        let (across, down) = (f64::from(self.across), f64::from(self.down));
        rect.center() + Vector::new(half.x * across, half.y * down)
    }

    /// The box with this side or corner drawn to a place, no side shorter than `least`.
    #[must_use]
    pub fn drawn(self, rect: &Rect, to: Point, least: f64) -> Rect {
        let mut drawn = *rect;
        match self.across {
            -1 => drawn.left = to.x.min(rect.right - least),
            1 => drawn.right = to.x.max(rect.left + least),
            _ => {}
        }
        match self.down {
            -1 => drawn.top = to.y.min(rect.bottom - least),
            1 => drawn.bottom = to.y.max(rect.top + least),
            _ => {}
        }
        drawn
    }

    /// The CSS cursor over it.
    #[must_use]
    pub const fn cursor(self) -> &'static str {
        match (self.across, self.down) {
            (0, _) => "ns-resize",
            (_, 0) => "ew-resize",
            (-1, -1) | (1, 1) => "nwse-resize",
            _ => "nesw-resize",
        }
    }
}

/// Whether a place is on the outline of a box, and by which side.
pub(super) fn side_at(rect: &Rect, at: Point, reach: f64) -> Option<Grip> {
    if !rect.grown(reach).contains(at) || rect.grown(-reach).contains(at) && !is_thin(rect, reach) {
        return None;
    }
    let distance = |grip: &Grip| {
        let place = grip.place(rect);
        if grip.across == 0 {
            (at.y - place.y).abs()
        } else {
            (at.x - place.x).abs()
        }
    };
    let mut sides: Vec<(f64, Grip)> = Grip::SIDES
        .iter()
        .map(|grip| (distance(grip), *grip))
        .filter(|(distance, _)| *distance <= reach)
        .collect();
    sides.sort_by(|one, other| one.0.total_cmp(&other.0));
    sides.first().map(|(_, grip)| *grip)
}

/// Whether a box is so thin that its middle is within reach of two sides.
fn is_thin(rect: &Rect, reach: f64) -> bool {
    rect.width().min(rect.height()) <= 2.0 * reach
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Amount, Measure, Placement, Unit};

    fn shape(title: &str, width: f64) -> FrameShape {
        let frame = Frame {
            title: title.to_owned(),
            placement: Placement::default(),
            width,
            height: 200.0,
            limit: None,
        };
        frame_shape(Id::from_bits(1), &frame, &EstimatedText)
    }

    #[test]
    fn a_title_stays_readable_and_within_its_frame() {
        let shape = shape("Everything that happens before the release", 400.0);
        for zoom in [0.03, 0.1, 0.2, 0.5, 0.8, 1.0, 3.0] {
            let seen = shape.seen(zoom);
            let sizes: Vec<f64> = seen
                .primitives
                .iter()
                .filter_map(|primitive| match primitive {
                    Primitive::Text { font, width, .. } => {
                        assert!(*width <= 400.0, "{width} at {zoom}");
                        Some(font.size * zoom)
                    }
                    _ => None,
                })
                .collect();
            assert_eq!(sizes.is_empty(), seen.title.is_none());
            assert!(sizes.iter().all(|size| *size > 11.9), "{sizes:?} at {zoom}");
            if zoom >= 0.1 {
                assert!(!sizes.is_empty(), "no title at {zoom}");
            }
            let title = seen.title.unwrap_or(shape.title);
            assert!(shape.reach().contains_rect(&title), "at {zoom}");
            assert!(title.bottom <= shape.rect.top);
        }
    }

    #[test]
    fn a_limit_stands_beside_the_title() {
        let mut frame = Frame {
            title: "Test".to_owned(),
            placement: Placement::default(),
            width: 400.0,
            height: 200.0,
            limit: Some(Measure::measured(3.0, Unit::One)),
        };
        let says = |frame: &Frame| frame_shape(Id::from_bits(1), frame, &EstimatedText).text;
        assert_eq!(says(&frame), "Test \u{b7} at most 3");
        frame.title.clear();
        frame.limit = Some(Measure::new(Amount::Unknown, Unit::One));
        assert_eq!(says(&frame), "Frame \u{b7} at most ?");
    }

    #[test]
    fn a_title_begins_where_it_is_read_from() {
        let (left, right) = (shape("Release", 400.0), shape("إصدار", 400.0));
        assert!(left.title.left < -190.0 && left.title.right < 0.0);
        assert!(right.title.right > 190.0 && right.title.left > 0.0);
    }

    #[test]
    fn a_side_or_corner_is_drawn_no_further_than_the_other_one() {
        let rect = Rect::centered(Point::default(), 100.0, 80.0);
        let corner = Grip::CORNERS[3];
        let drawn = corner.drawn(&rect, Point::new(90.0, 70.0), 40.0);
        assert_eq!((drawn.right, drawn.bottom), (90.0, 70.0));
        assert_eq!((drawn.left, drawn.top), (-50.0, -40.0));
        let drawn = corner.drawn(&rect, Point::new(-900.0, 70.0), 40.0);
        assert_eq!((drawn.right, drawn.bottom), (-10.0, 70.0));
        let side = Grip::SIDES[0].drawn(&rect, Point::new(-80.0, 70.0), 40.0);
        assert_eq!((side.left, side.bottom), (-80.0, 40.0));
    }

    #[test]
    fn only_the_outline_is_a_side() {
        let rect = Rect::centered(Point::default(), 100.0, 80.0);
        assert_eq!(
            side_at(&rect, Point::new(48.0, 0.0), 4.0),
            Some(Grip::SIDES[1])
        );
        assert_eq!(
            side_at(&rect, Point::new(0.0, -43.0), 4.0),
            Some(Grip::SIDES[2])
        );
        assert_eq!(side_at(&rect, Point::new(20.0, 0.0), 4.0), None);
        assert_eq!(side_at(&rect, Point::new(70.0, 0.0), 4.0), None);
    }
}
