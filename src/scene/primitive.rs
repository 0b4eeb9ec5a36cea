//! The display list: all that a painter must be able to draw.

use crate::model::{ImageData, Point, Rect, Vector};

use super::curve::Curve;
use super::text::Font;
use super::theme::Ink;
use super::view::View;

/// One stretch of a path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Segment {
    /// Lift the pen and begin here.
    Move(Point),
    /// A straight line to here.
    Line(Point),
    /// A part of a circle; joined by a line to where the pen is.
    Arc {
        /// The middle of the circle.
        center: Point,
        /// World units.
        radius: f64,
        /// Radians, 0 to the right, clockwise on the screen.
        start: f64,
        /// Radians, positive clockwise on the screen.
        sweep: f64,
    },
    /// Back to where the pen began.
    Close,
}

/// An outline.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Path(pub Vec<Segment>);

impl Path {
    /// The path along a curve.
    #[must_use]
    pub fn along(curve: &Curve) -> Self {
        let mut path = vec![Segment::Move(curve.point(0.0))];
        match *curve {
            Curve::Segment { to, .. } => path.push(Segment::Line(to)),
            Curve::Elbow { corners, to, .. } => {
                path.push(Segment::Line(corners[0]));
                if corners[1] != corners[0] {
                    path.push(Segment::Line(corners[1]));
                }
                path.push(Segment::Line(to));
            }
            Curve::Arc {
                center,
                radius,
                start,
                sweep,
            } => path.push(Segment::Arc {
                center,
                radius,
                start,
                sweep,
            }),
        }
        Self(path)
    }

    /// The straight line between two points.
    #[must_use]
    pub fn line(from: Point, to: Point) -> Self {
        Self(vec![Segment::Move(from), Segment::Line(to)])
    }

    /// The open line through these points.
    #[must_use]
    pub fn through(points: &[Point]) -> Self {
        let mut path: Vec<Segment> = points.iter().map(|point| Segment::Line(*point)).collect();
        if let Some(first) = points.first() {
            path[0] = Segment::Move(*first);
        }
        Self(path)
    }

    /// The closed outline through these points.
    #[must_use]
    pub fn polygon(points: &[Point]) -> Self {
        let Self(mut path) = Self::through(points);
        if !path.is_empty() {
            path.push(Segment::Close);
        }
        Self(path)
    }

    /// A whole circle.
    #[must_use]
    pub fn circle(center: Point, radius: f64) -> Self {
        Self(vec![
            Segment::Move(center + Vector::new(radius, 0.0)),
            Segment::Arc {
                center,
                radius,
                start: 0.0,
                sweep: std::f64::consts::TAU,
            },
            Segment::Close,
        ])
    }

    /// The box around it; `None` without a point.
    #[must_use]
    fn bounds(&self) -> Option<Rect> {
        let boxes = self.0.iter().filter_map(|segment| match *segment {
            Segment::Move(at) | Segment::Line(at) => Some(Rect::from_points(at, at)),
            Segment::Arc {
                center,
                radius,
                start,
                sweep,
            } => {
                let arc = Curve::Arc {
                    center,
                    radius,
                    start,
                    sweep,
                };
                Some(arc.bounds())
            }
            Segment::Close => None,
        });
        boxes.reduce(|all, part| all.union(&part))
    }

    /// The box, if this is one with rounded corners.
    #[must_use]
    pub fn as_rounded(&self) -> Option<Rect> {
        match self.0[..] {
            [
                Segment::Move(top),
                Segment::Line(_),
                Segment::Arc { .. },
                Segment::Line(right),
                Segment::Arc { .. },
                Segment::Line(bottom),
                Segment::Arc { .. },
                Segment::Line(left),
                Segment::Arc { .. },
                Segment::Close,
            ] => Some(Rect {
                left: left.x,
                top: top.y,
                right: right.x,
                bottom: bottom.y,
            }),
            _ => None,
        }
    }

    /// The path with each of its points elsewhere, and circles so many times as large.
    #[must_use]
    fn mapped(&self, moved: impl Fn(Point) -> Point, factor: f64) -> Self {
        let segment = |segment: &Segment| match *segment {
            Segment::Move(to) => Segment::Move(moved(to)),
            Segment::Line(to) => Segment::Line(moved(to)),
            Segment::Arc {
                center,
                radius,
                start,
                sweep,
            } => Segment::Arc {
                center: moved(center),
                radius: radius * factor,
                start,
                sweep,
            },
            Segment::Close => Segment::Close,
        };
        Self(self.0.iter().map(segment).collect())
    }

    /// The path in CSS pixels of the canvas.
    #[must_use]
    pub(super) fn on_screen(&self, view: &View) -> Self {
        self.mapped(|at| view.to_screen(at), view.zoom)
    }

    /// A box with rounded corners but for the lower left one, as of something that is said there.
    #[must_use]
    pub(super) fn bubble(rect: &Rect, radius: f64) -> Self {
        let Self(mut path) = Self::rounded(rect, radius);
        // The arc of the lower left corner, and the line up from it.
        if let Some(corner) = path.get_mut(6) {
            *corner = Segment::Line(Point::new(rect.left, rect.bottom));
        }
        Self(path)
    }

    /// A box with rounded corners.
    #[must_use]
    pub fn rounded(rect: &Rect, radius: f64) -> Self {
        use std::f64::consts::{FRAC_PI_2, PI};
        let radius = radius.min(rect.width() / 2.0).min(rect.height() / 2.0);
        let inner = rect.grown(-radius);
        let corner = |x: f64, y: f64, start: f64| Segment::Arc {
            center: Point::new(x, y),
            radius,
            start,
            sweep: FRAC_PI_2,
        };
        Self(vec![
            Segment::Move(Point::new(inner.left, rect.top)),
            Segment::Line(Point::new(inner.right, rect.top)),
            corner(inner.right, inner.top, -FRAC_PI_2),
            Segment::Line(Point::new(rect.right, inner.bottom)),
            corner(inner.right, inner.bottom, 0.0),
            Segment::Line(Point::new(inner.left, rect.bottom)),
            corner(inner.left, inner.bottom, FRAC_PI_2),
            Segment::Line(Point::new(rect.left, inner.top)),
            corner(inner.left, inner.top, PI),
            Segment::Close,
        ])
    }
}

/// How a line is broken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dash {
    /// Whole.
    #[default]
    Solid,
    /// In short strokes: not yet there, or only for a moment.
    Dashed,
}

impl Dash {
    /// The length of a stroke and of the space after it in a line of this width, all in world
    /// units: longer in a thick line, so that it is seen to be broken at every scale.
    #[must_use]
    pub fn strokes(width: f64) -> [f64; 2] {
        let longer = (width / 1.6).max(1.0);
        [6.0 * longer, 5.0 * longer]
    }
}

/// The line of an outline: its ends are cut square at the end of the way, its corners are round.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    /// Its colour.
    pub ink: Ink,
    /// World units.
    pub width: f64,
    /// Whole or broken.
    pub dash: Dash,
}

impl Stroke {
    /// A whole line.
    #[must_use]
    pub const fn solid(ink: Ink, width: f64) -> Self {
        Self {
            ink,
            width,
            dash: Dash::Solid,
        }
    }

    /// A broken line.
    #[must_use]
    pub const fn dashed(ink: Ink, width: f64) -> Self {
        Self {
            ink,
            width,
            dash: Dash::Dashed,
        }
    }
}

/// Where a line of text stands against its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// The point is at the left end.
    Left,
    /// The point is in the middle.
    Center,
    /// The point is at the right end.
    Right,
}

impl Align {
    /// Where a line begins that is `width` wide and stands at `x`: its left end, in the same units.
    #[must_use]
    pub fn left_of(self, x: f64, width: f64) -> f64 {
        match self {
            Self::Left => x,
            Self::Center => x - width / 2.0,
            Self::Right => x - width,
        }
    }
}

/// One thing to draw.
#[derive(Clone, Debug, PartialEq)]
pub enum Primitive {
    /// A filled outline.
    Fill {
        /// The outline.
        path: Path,
        /// Its colour.
        ink: Ink,
    },
    /// A line.
    Line {
        /// The way it takes.
        path: Path,
        /// What it looks like.
        stroke: Stroke,
    },
    /// One line of text, read in the direction of its first strong letter
    /// ([`Direction::of`](crate::model::Direction::of)).
    Text {
        /// The words.
        text: String,
        /// The middle of the line's height, at an end or in the middle of its width.
        at: Point,
        /// World units, as it was measured.
        width: f64,
        /// Which of them.
        align: Align,
        /// Which letters.
        font: Font,
        /// Their colour.
        ink: Ink,
    },
    /// A picture of somebody's, stretched to a box of its own proportions.
    Image {
        /// The box.
        rect: Rect,
        /// The picture.
        data: ImageData,
        /// What it shows, in words; may be empty.
        alt: String,
    },
}

impl Primitive {
    /// The same as many times as large, about a point.
    #[must_use]
    pub fn magnified(&self, about: Point, factor: f64) -> Self {
        self.mapped(|at| about + (at - about) * factor, factor)
    }

    /// The box around what is drawn; `None` of a path without a point.
    #[must_use]
    pub fn bounds(&self) -> Option<Rect> {
        match self {
            Self::Fill { path, .. } => path.bounds(),
            Self::Line { path, stroke } => Some(path.bounds()?.grown(stroke.width / 2.0)),
            Self::Text {
                at,
                width,
                align,
                font,
                ..
            } => {
                let left = align.left_of(at.x, *width);
                let middle = Point::new(left + width / 2.0, at.y);
                Some(Rect::centered(middle, *width, font.line_height()))
            }
            Self::Image { rect, .. } => Some(*rect),
        }
    }

    /// The same elsewhere.
    #[must_use]
    pub fn moved(&self, offset: Vector) -> Self {
        self.mapped(|at| at + offset, 1.0)
    }

    fn mapped(&self, moved: impl Fn(Point) -> Point, factor: f64) -> Self {
        match self {
            Self::Fill { path, ink } => Self::Fill {
                path: path.mapped(moved, factor),
                ink: *ink,
            },
            Self::Line { path, stroke } => Self::Line {
                path: path.mapped(moved, factor),
                stroke: Stroke {
                    width: stroke.width * factor,
                    ..*stroke
                },
            },
            Self::Text {
                text,
                at,
                width,
                align,
                font,
                ink,
            } => Self::Text {
                text: text.clone(),
                at: moved(*at),
                width: width * factor,
                align: *align,
                font: Font {
                    size: font.size * factor,
                    ..*font
                },
                ink: *ink,
            },
            Self::Image { rect, data, alt } => Self::Image {
                rect: Rect::from_points(
                    moved(Point::new(rect.left, rect.top)),
                    moved(Point::new(rect.right, rect.bottom)),
                ),
                data: data.clone(),
                alt: alt.clone(),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rounded_box_is_known_as_one() {
        let rect = Rect::centered(Point::new(3.0, 4.0), 80.0, 28.0);
        assert_eq!(Path::rounded(&rect, 6.0).as_rounded(), Some(rect));
        assert_eq!(Path::circle(rect.center(), 6.0).as_rounded(), None);
    }
}
