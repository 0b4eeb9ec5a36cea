//! Where words stand beside a control, within the window.

use crate::model::{Point, Rect, Vector};

/// How far they stand from it, in CSS pixels.
const GAP: f64 = 6.0;

/// The corner of a box of a size below a control, above it where there is no room, its middle under
/// the control's as far as the window allows. All in CSS pixels of a window of the size `room`.
#[must_use]
pub fn below(control: &Rect, size: Vector, room: Vector) -> Point {
    let under = control.bottom + GAP;
    let y = match under + size.y <= room.y {
        true => under,
        false => control.top - GAP - size.y,
    };
    let x = control.center().x - size.x / 2.0;
    within(Point::new(x, y), size, room)
}

/// The corner of a box of a size to the right of a control, to its left where there is no room.
#[must_use]
pub fn across(control: &Rect, size: Vector, room: Vector) -> Point {
    let right = control.right + GAP;
    let x = match right + size.x <= room.x {
        true => right,
        false => control.left - GAP - size.x,
    };
    let y = control.center().y - size.y / 2.0;
    within(Point::new(x, y), size, room)
}

/// The corner moved so that the box is in the window; its top left is, if it is larger.
fn within(at: Point, size: Vector, room: Vector) -> Point {
    let inside = |at: f64, size: f64, room: f64| at.min(room - size - GAP).max(GAP);
    Point::new(inside(at.x, size.x, room.x), inside(at.y, size.y, room.y))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ROOM: Vector = Vector::new(1_000.0, 700.0);
    const SIZE: Vector = Vector::new(120.0, 30.0);

    fn control(x: f64, y: f64) -> Rect {
        Rect::from_points(Point::new(x, y), Point::new(x + 40.0, y + 40.0))
    }

    #[test]
    fn words_stand_below_their_control_and_above_one_at_the_foot() {
        assert_eq!(
            below(&control(400.0, 100.0), SIZE, ROOM),
            Point::new(360.0, 146.0)
        );
        assert_eq!(
            below(&control(400.0, 650.0), SIZE, ROOM),
            Point::new(360.0, 614.0)
        );
    }

    #[test]
    fn words_stand_right_of_a_control_and_left_of_one_at_the_edge() {
        assert_eq!(
            across(&control(10.0, 100.0), SIZE, ROOM),
            Point::new(56.0, 105.0)
        );
        assert_eq!(
            across(&control(950.0, 100.0), SIZE, ROOM),
            Point::new(824.0, 105.0)
        );
    }

    proptest! {
        #[test]
        fn words_never_leave_the_window_nor_cover_their_control(
            x in 0.0..960.0, y in 0.0..660.0, width in 1.0..400.0, height in 1.0..100.0,
        ) {
            let (of, size) = (control(x, y), Vector::new(width, height));
            for at in [below(&of, size, ROOM), across(&of, size, ROOM)] {
                let words = Rect::from_points(at, at + size);
                prop_assert!(Rect::from_points(Point::default(), Point::default() + ROOM).contains_rect(&words));
                prop_assert!(!words.intersects(&of), "{words:?} covers {of:?}");
            }
        }
    }
}
