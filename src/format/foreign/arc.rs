//! The shapes that other programs give arrows, as bends and back.
//!
//! A bend is the height of an arc over its chord, as a share of the chord, to the left of the way if
//! positive; of a ring it is its direction, in turns clockwise from straight up (`Link::bend`).

use std::f64::consts::{PI, TAU};

use crate::format::fan_out::rounded;
use crate::model::{Link, Point, Vector};

/// How far the handle of a ring is from the middle of its variable.
const RING: f64 = 40.0;

/// The bend of the arc of a circle from one point through another to a third.
///
/// The angle under which the chord is seen from a point of the arc is the same everywhere on it
/// (Euclid III.21); where it is a, the arc is 1/2 tan((pi - a) / 2) chords high. Without a chord, or
/// where the point is an end of it, the way is straight.
pub fn bend_through(from: Point, handle: Point, to: Point) -> f64 {
    let (there, back) = (from - handle, to - handle);
    if there.length() == 0.0 || back.length() == 0.0 || from.distance(to) == 0.0 {
        return 0.0;
    }
    let seen = there.cross(back).abs().atan2(there.dot(back));
    let height = ((PI - seen) / 2.0).tan() / 2.0;
    let side = (handle - from).dot((to - from).left());
    limited(height.copysign(side))
}

/// The middle of the arc between two points that bends so.
pub fn handle_of_bend(from: Point, to: Point, bend: f64) -> Point {
    from.midpoint(to) + (to - from).left() * bend
}

/// The direction of a ring whose handle is there.
pub fn direction_of_ring(middle: Point, handle: Point) -> f64 {
    let offset = handle - middle;
    if offset.length() == 0.0 {
        return 0.0;
    }
    turns(offset.x.atan2(-offset.y))
}

/// The handle of a ring in a direction.
pub fn handle_of_ring(middle: Point, direction: f64) -> Point {
    middle + Vector::from_angle(direction * TAU - PI / 2.0) * RING
}

/// The bend of an arc that leaves a point at an angle, in degrees counter-clockwise from three
/// o'clock; of a ring its direction.
///
/// The angle between a chord and the arc at its end is half of the arc's: where it is d, the arc is
/// 1/2 tan(d / 2) chords high.
pub fn bend_of_angle(from: Point, to: Point, degrees: f64) -> f64 {
    let angle = degrees.to_radians();
    let offset = to - from;
    if offset.length() == 0.0 {
        // Straight up is 90 degrees; the turns of a ring go clockwise.
        return turns(PI / 2.0 - angle);
    }
    let chord = (-offset.y).atan2(offset.x);
    let off = (angle - chord + PI).rem_euclid(TAU) - PI;
    limited((off / 2.0).tan() / 2.0)
}

/// The angle at which an arc with this bend leaves its start, 0 to 360 degrees.
pub fn angle_of_bend(from: Point, to: Point, bend: f64) -> f64 {
    let offset = to - from;
    let angle = if offset.length() == 0.0 {
        PI / 2.0 - bend * TAU
    } else {
        (-offset.y).atan2(offset.x) + 2.0 * (2.0 * bend).atan()
    };
    let degrees = (angle.to_degrees() * 1000.0).round() / 1000.0;
    // Rounding may make a whole turn of a little less.
    degrees.rem_euclid(360.0).rem_euclid(360.0)
}

fn turns(radians: f64) -> f64 {
    rounded((radians / TAU).rem_euclid(1.0)).rem_euclid(1.0)
}

fn limited(bend: f64) -> f64 {
    let bend = bend.clamp(-Link::MAXIMUM_BEND, Link::MAXIMUM_BEND);
    // Adding zero makes no -0.
    rounded(bend) + 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORIGIN: Point = Point::new(0.0, 0.0);

    #[test]
    fn handles_are_arcs_worked_out_by_hand() {
        let to = Point::new(100.0, 0.0);
        for (handle, bend) in [
            // On the chord, half a circle over it (up is left of a way to the right), below it.
            (Point::new(50.0, 0.0), 0.0),
            (Point::new(50.0, -50.0), 0.5),
            (Point::new(50.0, 50.0), -0.5),
            // The same half circle, seen from another point of it: 30-40-50 over the diameter.
            (Point::new(20.0, -40.0), 0.5),
            // A quarter circle is (sqrt 2 - 1) / 2 chords high.
            (Point::new(50.0, -20.7107), 0.2071),
            // Higher than an arc may be.
            (Point::new(50.0, -500.0), 2.0),
            (ORIGIN, 0.0),
        ] {
            assert_eq!(bend_through(ORIGIN, handle, to), bend, "{handle:?}");
        }
        assert_eq!(bend_through(ORIGIN, to, ORIGIN), 0.0);
        assert_eq!(handle_of_bend(ORIGIN, to, 0.5), Point::new(50.0, -50.0));
    }

    #[test]
    fn angles_are_arcs_worked_out_by_hand() {
        let right = Point::new(100.0, 0.0);
        let down = Point::new(0.0, 100.0);
        for (to, angle, bend) in [
            (right, 0.0, 0.0),
            (right, 90.0, 0.5),
            (right, 270.0, -0.5),
            // tan 22.5 degrees is sqrt 2 - 1.
            (right, 45.0, 0.2071),
            (right, -45.0, -0.2071),
            (down, 270.0, 0.0),
            (down, 0.0, 0.5),
            (down, 180.0, -0.5),
            (right, 179.0, 2.0),
        ] {
            assert_eq!(bend_of_angle(ORIGIN, to, angle), bend, "{to:?} {angle}");
        }
        assert_eq!(angle_of_bend(ORIGIN, right, 0.5), 90.0);
        assert_eq!(angle_of_bend(ORIGIN, down, 0.5), 0.0);
        assert_eq!(angle_of_bend(ORIGIN, down, 0.0), 270.0);
    }

    #[test]
    fn rings_stand_where_their_handle_or_angle_says() {
        for (offset, degrees, direction) in [
            (Vector::new(0.0, -9.0), 90.0, 0.0),
            (Vector::new(9.0, 0.0), 0.0, 0.25),
            (Vector::new(0.0, 9.0), 270.0, 0.5),
            (Vector::new(-9.0, 0.0), 180.0, 0.75),
        ] {
            assert_eq!(direction_of_ring(ORIGIN, ORIGIN + offset), direction);
            assert_eq!(bend_of_angle(ORIGIN, ORIGIN, degrees), direction);
            assert_eq!(angle_of_bend(ORIGIN, ORIGIN, direction), degrees);
            let again = direction_of_ring(ORIGIN, handle_of_ring(ORIGIN, direction));
            assert_eq!(again, direction);
        }
    }
}
