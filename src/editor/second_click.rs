//! The second click of a double-click belongs to where its first one began.
//!
//! A first click may open a dialog, or take away what it was on: the second one then lands on
//! something that the person did not mean, and could not have seen yet.

use crate::model::Point;

/// How soon the second click of a double-click comes at the latest, in milliseconds.
const SOON: f64 = 400.0;
/// How near to the first one, in CSS pixels.
const NEAR: f64 = 12.0;

/// What a press is on, as far as it matters to a double-click.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Surface {
    /// The canvas.
    Canvas,
    /// The canvas, while words are typed on it.
    Typing,
    /// A way to begin, on an empty canvas.
    Start,
    /// A dialog.
    Dialog,
    /// Anything else: a field, a bar, a panel.
    Other,
}

/// A press of a button, or of a finger.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Press {
    /// When, in milliseconds.
    pub at: f64,
    /// Where on the page, in CSS pixels.
    pub place: Point,
    /// On what.
    pub surface: Surface,
}

impl Press {
    /// Whether this is the second click of a double-click that began on something else, and so
    /// means nothing here.
    #[must_use]
    pub fn is_astray(&self, before: &Self) -> bool {
        let is_second = self.at - before.at <= SOON && self.place.distance(before.place) <= NEAR;
        let is_elsewhere = match (before.surface, self.surface) {
            (Surface::Other, _) | (_, Surface::Other) => false,
            // The first click ended the typing, and the second one goes on from there.
            (Surface::Typing, Surface::Canvas) => false,
            (first, second) => first != second,
        };
        is_second && is_elsewhere
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_click_counts_only_where_the_first_began() {
        use Surface::{Canvas, Dialog, Other, Start, Typing};
        let press = |at, x, surface| Press {
            at,
            place: Point::new(x, 400.0),
            surface,
        };
        for (first, second, after, aside, is_astray) in [
            (Start, Dialog, 150.0, 0.0, true),
            (Start, Canvas, 150.0, 0.0, true),
            (Start, Typing, 150.0, 0.0, true),
            (Canvas, Start, 300.0, 3.0, true),
            // A handle that was clicked has opened a field.
            (Canvas, Typing, 100.0, 0.0, true),
            (Dialog, Canvas, 399.0, 0.0, true),
            // A double-click beside a field, which the first click closed.
            (Typing, Canvas, 150.0, 0.0, false),
            // A double-click in one place.
            (Canvas, Canvas, 150.0, 0.0, false),
            (Dialog, Dialog, 150.0, 0.0, false),
            (Start, Start, 150.0, 0.0, false),
            // Two clicks.
            (Start, Dialog, 401.0, 0.0, false),
            (Start, Dialog, 150.0, 30.0, false),
            // Fields, bars and panels take every click.
            (Start, Other, 150.0, 0.0, false),
            (Other, Dialog, 150.0, 0.0, false),
        ] {
            let (first, second) = (
                press(1_000.0, 200.0, first),
                press(1_000.0 + after, 200.0 + aside, second),
            );
            assert_eq!(second.is_astray(&first), is_astray, "{first:?} {second:?}");
        }
    }
}
