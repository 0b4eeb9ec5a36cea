//! The four small handles around a variable or station, from which links and flows are drawn.

use crate::model::{Point, Rect, Vector};

use super::primitive::{Path, Primitive, Stroke};
use super::theme::Ink;

/// How far the middle of a handle stands from the outline, in CSS pixels.
const DISTANCE: f64 = 15.0;
/// The radius of a handle, in CSS pixels.
const RADIUS: f64 = 5.0;
/// The radius of one that the pointer is over, in CSS pixels.
const LARGE_RADIUS: f64 = 8.0;

/// Which of the four handles: the way to which it leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Heading {
    /// To the right.
    Right,
    /// To the left.
    Left,
    /// Up.
    Up,
    /// Down.
    Down,
}

impl Heading {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Right, Self::Left, Self::Up, Self::Down];

    /// The way, of length 1.
    #[must_use]
    pub const fn vector(self) -> Vector {
        match self {
            Self::Right => Vector::new(1.0, 0.0),
            Self::Left => Vector::new(-1.0, 0.0),
            Self::Up => Vector::new(0.0, -1.0),
            Self::Down => Vector::new(0.0, 1.0),
        }
    }

    /// Where the handle stands at an outline; `pixel` is one CSS pixel in world units.
    #[must_use]
    pub fn place(self, outline: &Rect, pixel: f64) -> Point {
        let (middle, out) = (outline.center(), DISTANCE * pixel);
        match self {
            Self::Right => Point::new(outline.right + out, middle.y),
            Self::Left => Point::new(outline.left - out, middle.y),
            Self::Up => Point::new(middle.x, outline.top - out),
            Self::Down => Point::new(middle.x, outline.bottom + out),
        }
    }
}

/// The handle of an outline within reach of a place, and how far it is; all in world units.
pub(super) fn connector_near(
    outline: &Rect,
    at: Point,
    reach: f64,
    pixel: f64,
) -> Option<(f64, Heading)> {
    let near = Heading::ALL.map(|heading| (heading.place(outline, pixel).distance(at), heading));
    let near = near.into_iter().filter(|(distance, _)| *distance <= reach);
    near.min_by(|one, other| one.0.total_cmp(&other.0))
}

/// Draws the four handles of an outline; the one that the pointer is over is large, with a plus.
pub(super) fn push_connectors(
    primitives: &mut Vec<Primitive>,
    outline: &Rect,
    over: Option<Heading>,
    pixel: f64,
) {
    for heading in Heading::ALL {
        let at = heading.place(outline, pixel);
        let is_over = over == Some(heading);
        let (radius, inside, line) = match is_over {
            true => (LARGE_RADIUS, Ink::Accent, Ink::Paper),
            false => (RADIUS, Ink::Paper, Ink::Accent),
        };
        let path = Path::circle(at, radius * pixel);
        primitives.push(Primitive::Fill {
            path: path.clone(),
            ink: inside,
        });
        primitives.push(Primitive::Line {
            path,
            stroke: Stroke::solid(line, 1.5 * pixel),
        });
        if is_over {
            let arm = 4.0 * pixel;
            for arm in [Vector::new(arm, 0.0), Vector::new(0.0, arm)] {
                primitives.push(Primitive::Line {
                    path: Path::line(at - arm, at + arm),
                    stroke: Stroke::solid(Ink::Paper, 1.6 * pixel),
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_handle_within_reach_counts() {
        let outline = Rect::centered(Point::new(100.0, 100.0), 80.0, 30.0);
        for (at, heading) in [
            (Point::new(155.0, 100.0), Some(Heading::Right)),
            (Point::new(45.0, 104.0), Some(Heading::Left)),
            (Point::new(100.0, 70.0), Some(Heading::Up)),
            (Point::new(98.0, 134.0), Some(Heading::Down)),
            (Point::new(140.0, 130.0), None),
        ] {
            let found = connector_near(&outline, at, 12.0, 1.0);
            assert_eq!(found.map(|(_, heading)| heading), heading, "{at:?}");
        }
    }

    #[test]
    fn handles_stand_as_far_out_on_the_screen_at_every_zoom() {
        let outline = Rect::centered(Point::new(0.0, 0.0), 80.0, 30.0);
        for zoom in [0.2, 1.0, 4.0] {
            let at = Heading::Right.place(&outline, 1.0 / zoom);
            assert!(((at.x - outline.right) * zoom - DISTANCE).abs() < 1.0e-9);
        }
    }
}
