//! Straight chords between the middles of things: which meet, and which pass through a box.

use crate::model::{Point, Rect, Vector};

/// Whether two closed segments share a point.
///
/// The signs of four areas say it (de Berg et al. 2008, *Computational Geometry*, section 2.1).
/// Segments that only touch, or lie on each other, share points too.
#[must_use]
pub(super) fn meet(one: (Point, Point), other: (Point, Point)) -> bool {
    let side = |line: (Point, Point), at: Point| (line.1 - line.0).cross(at - line.0);
    let (a, b) = (side(one, other.0), side(one, other.1));
    let (c, d) = (side(other, one.0), side(other, one.1));
    if a == 0.0 && b == 0.0 && c == 0.0 && d == 0.0 {
        // All on one line: their boxes tell.
        let boxed = |(from, to): (Point, Point)| Rect::from_points(from, to);
        return boxed(one).intersects(&boxed(other));
    }
    a * b <= 0.0 && c * d <= 0.0
}

/// The length of an offset. `hypot` guards against numbers that no canvas has, and takes its time.
pub(super) fn length(offset: Vector) -> f64 {
    (offset.x * offset.x + offset.y * offset.y).sqrt()
}

/// How far a segment passes from a box, in world units, measured across the segment: negative
/// where it cuts the box, and `None` where the box lies before or beyond it.
#[must_use]
pub(super) fn passing(from: Point, to: Point, middle: Point, half: Vector) -> Option<f64> {
    let offset = to - from;
    let length = length(offset);
    if length < 1.0e-9 {
        return None;
    }
    let along = offset / length;
    let at = middle - from;
    let reach = half.x * along.x.abs() + half.y * along.y.abs();
    let along_it = at.dot(along);
    if along_it < -reach || along_it > length + reach {
        return None;
    }
    let aside = half.x * along.y.abs() + half.y * along.x.abs();
    Some(at.cross(along).abs() - aside)
}

/// The part of the way from the middle of a box, in a direction, that lies inside of it.
#[must_use]
pub(super) fn inside(half: Vector, offset: Vector) -> f64 {
    let (x, y) = (offset.x.abs(), offset.y.abs());
    let length = length(offset);
    if length < 1.0e-9 {
        return half.x.min(half.y);
    }
    // The nearer of the two walls that the way comes to.
    let wall = |half: f64, offset: f64| {
        if offset > 1.0e-12 {
            half / offset
        } else {
            f64::MAX
        }
    };
    wall(half.x, x).min(wall(half.y, y)) * length
}

/// How far apart two boxes are, in world units: the larger of the gaps along the two axes;
/// negative where they overlap.
#[must_use]
pub(super) fn gap(offset: Vector, one: Vector, other: Vector) -> f64 {
    let x = offset.x.abs() - one.x - other.x;
    let y = offset.y.abs() - one.y - other.y;
    x.max(y)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(x: f64, y: f64) -> Point {
        Point::new(x, y)
    }

    #[test]
    fn segments_meet_where_they_cross_touch_or_lie_on_each_other() {
        let flat = (at(0.0, 0.0), at(10.0, 0.0));
        assert!(meet(flat, (at(5.0, -5.0), at(5.0, 5.0))));
        assert!(meet(flat, (at(5.0, 0.0), at(5.0, 5.0))));
        assert!(meet(flat, (at(4.0, 0.0), at(20.0, 0.0))));
        assert!(!meet(flat, (at(11.0, 0.0), at(20.0, 0.0))));
        assert!(!meet(flat, (at(5.0, 1.0), at(5.0, 5.0))));
        assert!(!meet(flat, (at(12.0, -5.0), at(12.0, 5.0))));
    }

    #[test]
    fn a_way_passes_a_box_at_a_distance() {
        let half = Vector::new(10.0, 5.0);
        let pass = |y: f64| passing(at(-50.0, y), at(50.0, y), at(0.0, 0.0), half);
        assert_eq!(pass(8.0), Some(3.0));
        assert_eq!(pass(1.0), Some(-4.0));
        assert_eq!(
            passing(at(20.0, 0.0), at(50.0, 0.0), at(0.0, 0.0), half),
            None
        );
    }

    #[test]
    fn a_way_leaves_a_box_at_its_nearer_wall() {
        let half = Vector::new(50.0, 14.0);
        assert_eq!(inside(half, Vector::new(3.0, 0.0)), 50.0);
        assert_eq!(inside(half, Vector::new(0.0, -2.0)), 14.0);
        assert!((inside(half, Vector::new(1.0, 1.0)) - 14.0 * 2.0_f64.sqrt()).abs() < 1.0e-9);
    }
}
