//! The way a link takes: a straight segment, an arc of a circle or, of a pipe, segments with one or
//! two corners between them; by a parameter from 0 to 1.

use std::f64::consts::{FRAC_PI_2, PI, TAU};

use crate::model::{Point, Rect, Vector};

/// A straight segment, an arc of a circle, or segments that meet in corners.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Curve {
    /// The straight way.
    Segment {
        /// Where it starts.
        from: Point,
        /// Where it ends.
        to: Point,
    },
    /// A part of a circle.
    Arc {
        /// The middle of the circle.
        center: Point,
        /// Its radius in world units.
        radius: f64,
        /// Where the arc starts: radians, 0 to the right, clockwise on the screen.
        start: f64,
        /// How far it goes: radians, positive clockwise on the screen.
        sweep: f64,
    },
    /// Straight stretches with a corner between each and the next.
    Elbow {
        /// Where it starts.
        from: Point,
        /// Where it turns; twice in the same place where it has one corner.
        corners: [Point; 2],
        /// Where it ends.
        to: Point,
    },
}

/// Flatter than this share of the chord, an arc is drawn straight.
const STRAIGHT: f64 = 1.0e-3;

impl Curve {
    /// The arc from one point to another whose height over the chord is `bend` times the chord,
    /// to the left of the way if positive.
    ///
    /// With chord `c` and height `h` the radius is `(c²/4 + h²) / 2h` and the arc turns by
    /// `4 atan(2h/c)`.
    #[must_use]
    pub fn between(from: Point, to: Point, bend: f64) -> Self {
        let chord = to - from;
        let length = chord.length();
        if bend.abs() < STRAIGHT || length < 1.0e-9 {
            return Self::Segment { from, to };
        }
        let height = bend * length;
        let radius = (length * length / 4.0 + height * height) / (2.0 * height.abs());
        let left = chord.unit().left();
        let center = from.midpoint(to) + left * (height - radius * height.signum());
        Self::Arc {
            center,
            radius,
            start: (from - center).angle(),
            sweep: 4.0 * (2.0 * bend).atan(),
        }
    }

    /// The whole circle around `center`, clockwise, from the point in direction `start`.
    #[must_use]
    pub const fn circle(center: Point, radius: f64, start: f64) -> Self {
        Self::Arc {
            center,
            radius,
            start,
            sweep: TAU,
        }
    }

    /// The point at `t`, 0 at the start and 1 at the end.
    #[must_use]
    pub fn point(&self, t: f64) -> Point {
        match *self {
            Self::Segment { from, to } => from + (to - from) * t,
            Self::Arc {
                center,
                radius,
                start,
                sweep,
            } => center + Vector::from_angle(start + sweep * t) * radius,
            Self::Elbow { from, corners, to } => {
                let stretch = Stretch::at(from, corners, to, t);
                let share = (t - stretch.begin) / (stretch.end - stretch.begin);
                let share = if share.is_finite() { share } else { 0.0 };
                stretch.from + (stretch.to - stretch.from) * share
            }
        }
    }

    /// The unit vector along the way at `t`.
    #[must_use]
    pub fn tangent(&self, t: f64) -> Vector {
        match *self {
            Self::Segment { from, to } => (to - from).unit(),
            Self::Arc { start, sweep, .. } => {
                Vector::from_angle(start + sweep * t + FRAC_PI_2 * sweep.signum())
            }
            Self::Elbow { from, corners, to } => {
                let stretch = Stretch::at(from, corners, to, t);
                (stretch.to - stretch.from).unit()
            }
        }
    }

    /// Its length in world units.
    #[must_use]
    pub fn length(&self) -> f64 {
        match *self {
            Self::Segment { from, to } => from.distance(to),
            Self::Arc { radius, sweep, .. } => radius * sweep.abs(),
            Self::Elbow {
                from,
                corners: [one, other],
                to,
            } => from.distance(one) + one.distance(other) + other.distance(to),
        }
    }

    /// The part between two parameters.
    #[must_use]
    pub fn part(&self, from: f64, to: f64) -> Self {
        match *self {
            Self::Segment { .. } => Self::Segment {
                from: self.point(from),
                to: self.point(to),
            },
            Self::Arc {
                center,
                radius,
                start,
                sweep,
            } => Self::Arc {
                center,
                radius,
                start: start + sweep * from,
                sweep: sweep * (to - from),
            },
            Self::Elbow {
                from: first,
                corners,
                to: last,
            } => {
                let (start, end) = (self.point(from), self.point(to));
                let [one, other] = Stretch::turns(first, corners, last);
                let is_kept = |turn: f64| from < turn && turn < to;
                let corners = match (is_kept(one), is_kept(other)) {
                    (true, true) => corners,
                    (true, false) => [corners[0]; 2],
                    (false, true) => [corners[1]; 2],
                    (false, false) => {
                        return Self::Segment {
                            from: start,
                            to: end,
                        };
                    }
                };
                Self::Elbow {
                    from: start,
                    corners,
                    to: end,
                }
            }
        }
    }

    /// The smallest box that holds it.
    #[must_use]
    pub fn bounds(&self) -> Rect {
        let mut bounds = Rect::from_points(self.point(0.0), self.point(1.0));
        if let Self::Elbow { corners, .. } = *self {
            return bounds.union(&Rect::from_points(corners[0], corners[1]));
        }
        if let Self::Arc { center, radius, .. } = *self {
            for quarter in 0..4 {
                let angle = f64::from(quarter) * FRAC_PI_2;
                if self.parameter(angle).is_some() {
                    let extreme = center + Vector::from_angle(angle) * radius;
                    bounds = bounds.union(&Rect::from_points(extreme, extreme));
                }
            }
        }
        bounds
    }

    /// The parameter at which an arc stands in the direction `angle` from its middle.
    fn parameter(&self, angle: f64) -> Option<f64> {
        let Self::Arc { start, sweep, .. } = *self else {
            return None;
        };
        if sweep == 0.0 {
            return None;
        }
        let share = ((angle - start) * sweep.signum()).rem_euclid(TAU) / sweep.abs();
        (share <= 1.0).then_some(share)
    }

    /// How far a point is from the nearest point of the curve.
    #[must_use]
    pub fn distance(&self, point: Point) -> f64 {
        match *self {
            Self::Segment { from, to } => {
                let offset = to - from;
                let square = offset.dot(offset);
                let t = if square > 0.0 {
                    (point - from).dot(offset) / square
                } else {
                    0.0
                };
                self.point(t.clamp(0.0, 1.0)).distance(point)
            }
            Self::Elbow { from, corners, to } => {
                let stretches = Stretch::all(from, corners, to).into_iter();
                let distances = stretches.map(|stretch| stretch.straight().distance(point));
                distances.fold(f64::INFINITY, f64::min)
            }
            Self::Arc { center, radius, .. } => {
                let ray = point - center;
                if self.parameter(ray.angle()).is_some() {
                    (ray.length() - radius).abs()
                } else {
                    point
                        .distance(self.point(0.0))
                        .min(point.distance(self.point(1.0)))
                }
            }
        }
    }

    /// The parameters at which the curve crosses the border of a box, in rising order.
    #[must_use]
    pub fn crossings(&self, rect: &Rect) -> Vec<f64> {
        if let Self::Elbow { from, corners, to } = *self {
            let stretches = Stretch::all(from, corners, to).into_iter();
            let crossings = stretches.flat_map(|stretch| {
                let found = stretch.straight().crossings(rect).into_iter();
                found.map(move |t| stretch.begin + t * (stretch.end - stretch.begin))
            });
            return crossings.collect();
        }
        let mut found = Vec::with_capacity(4);
        for (level, along) in [
            (rect.left, Axis::X),
            (rect.right, Axis::X),
            (rect.top, Axis::Y),
            (rect.bottom, Axis::Y),
        ] {
            for t in self.reaches(along, level).into_iter().flatten() {
                let point = self.point(t);
                let inside = match along {
                    Axis::X => (rect.top..=rect.bottom).contains(&point.y),
                    Axis::Y => (rect.left..=rect.right).contains(&point.x),
                };
                if inside && (0.0..=1.0).contains(&t) {
                    found.push(t);
                }
            }
        }
        found.sort_by(f64::total_cmp);
        found
    }

    /// The (at most two) parameters at which a coordinate has a value.
    fn reaches(&self, axis: Axis, level: f64) -> [Option<f64>; 2] {
        match *self {
            Self::Segment { from, to } => {
                let (start, end) = match axis {
                    Axis::X => (from.x, to.x),
                    Axis::Y => (from.y, to.y),
                };
                let t = (level - start) / (end - start);
                [t.is_finite().then_some(t), None]
            }
            // Its stretches are asked one by one.
            Self::Elbow { .. } => [None, None],
            Self::Arc { center, radius, .. } => {
                let (first, second) = match axis {
                    Axis::X => {
                        let angle = ((level - center.x) / radius).acos();
                        (angle, -angle)
                    }
                    Axis::Y => {
                        let angle = ((level - center.y) / radius).asin();
                        (angle, PI - angle)
                    }
                };
                // The arc sine of more than one is NaN: the circle does not reach the level.
                [first, second].map(|a| if a.is_nan() { None } else { self.parameter(a) })
            }
        }
    }
}

/// A straight part of a way with corners.
#[derive(Clone, Copy)]
struct Stretch {
    from: Point,
    to: Point,
    /// The parameters of the whole way at which it begins and ends.
    begin: f64,
    end: f64,
}

impl Stretch {
    /// The parameters at which a way turns.
    fn turns(from: Point, [one, other]: [Point; 2], to: Point) -> [f64; 2] {
        let lengths = [from.distance(one), one.distance(other), other.distance(to)];
        let whole: f64 = lengths.iter().sum();
        if whole > 0.0 {
            [lengths[0] / whole, (lengths[0] + lengths[1]) / whole]
        } else {
            [0.0, 0.0]
        }
    }

    fn all(from: Point, corners: [Point; 2], to: Point) -> [Self; 3] {
        let [first, second] = Self::turns(from, corners, to);
        let stretch = |from, to, begin, end| Self {
            from,
            to,
            begin,
            end,
        };
        [
            stretch(from, corners[0], 0.0, first),
            stretch(corners[0], corners[1], first, second),
            stretch(corners[1], to, second, 1.0),
        ]
    }

    /// The stretch that leads to a parameter; one with a length, if any has.
    fn at(from: Point, corners: [Point; 2], to: Point, t: f64) -> Self {
        let all = Self::all(from, corners, to);
        let mut long = all.into_iter().filter(|stretch| stretch.from != stretch.to);
        let last = long.clone().next_back().unwrap_or(all[2]);
        long.find(|stretch| t <= stretch.end).unwrap_or(last)
    }

    const fn straight(self) -> Curve {
        Curve::Segment {
            from: self.from,
            to: self.to,
        }
    }
}

#[derive(Clone, Copy)]
enum Axis {
    X,
    Y,
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEFT: Point = Point::new(0.0, 0.0);
    const RIGHT: Point = Point::new(100.0, 0.0);

    fn close(a: Point, b: Point) -> bool {
        a.distance(b) < 1.0e-9
    }

    #[test]
    fn an_arc_goes_through_its_ends_and_its_height() {
        for bend in [-1.5, -0.5, -0.1, 0.02, 0.3, 0.5, 2.0] {
            let arc = Curve::between(LEFT, RIGHT, bend);
            assert!(
                close(arc.point(0.0), LEFT) && close(arc.point(1.0), RIGHT),
                "{bend}"
            );
            assert!(
                close(arc.point(0.5), Point::new(50.0, -100.0 * bend)),
                "{bend}"
            );
        }
    }

    #[test]
    fn half_a_circle_is_as_long_as_half_a_circle() {
        let arc = Curve::between(LEFT, RIGHT, 0.5);
        assert!((arc.length() - 50.0 * PI).abs() < 1.0e-9);
        assert_eq!(arc.bounds().top.round(), -50.0);
    }

    #[test]
    fn the_tangent_leads_along_the_way() {
        let arc = Curve::between(LEFT, RIGHT, 0.2);
        let ahead = arc.point(0.501) - arc.point(0.5);
        assert!(arc.tangent(0.5).dot(ahead.unit()) > 0.999);
    }

    #[test]
    fn crossings_lie_on_the_border() {
        let rect = Rect::centered(RIGHT, 30.0, 12.0);
        for bend in [-0.8, 0.0, 0.2, 0.7] {
            let arc = Curve::between(LEFT, RIGHT, bend);
            let crossings = arc.crossings(&rect);
            assert!(!crossings.is_empty(), "{bend}");
            for t in crossings {
                let point = arc.point(t);
                let on = rect.grown(1.0e-6).contains(point) && !rect.grown(-1.0e-6).contains(point);
                assert!(on, "{bend} {point:?}");
            }
        }
    }

    #[test]
    fn an_elbow_turns_in_its_corner() {
        let corner = Point::new(60.0, 0.0);
        let to = Point::new(60.0, 40.0);
        let elbow = Curve::Elbow {
            from: LEFT,
            corners: [corner; 2],
            to,
        };
        assert_eq!(elbow.length(), 100.0);
        assert!(close(elbow.point(0.3), Point::new(30.0, 0.0)));
        assert!(close(elbow.point(0.6), corner));
        assert!(close(elbow.point(0.8), Point::new(60.0, 20.0)));
        assert_eq!(elbow.tangent(0.9), Vector::new(0.0, 1.0));
        assert_eq!(elbow.distance(Point::new(70.0, 20.0)), 10.0);
        assert_eq!(elbow.bounds(), Rect::from_points(LEFT, to));
        let part = elbow.part(0.5, 0.9);
        assert!(
            close(part.point(0.0), elbow.point(0.5)) && close(part.point(1.0), elbow.point(0.9))
        );
        assert!(matches!(part, Curve::Elbow { .. }));
        assert!(matches!(elbow.part(0.0, 0.5), Curve::Segment { .. }));
        let crossings = elbow.crossings(&Rect::centered(corner, 20.0, 20.0));
        assert_eq!(crossings.len(), 2);
        assert!(close(elbow.point(crossings[0]), Point::new(50.0, 0.0)));
        assert!(close(elbow.point(crossings[1]), Point::new(60.0, 10.0)));
    }

    #[test]
    fn a_way_with_two_corners_turns_in_both() {
        let corners = [Point::new(40.0, 0.0), Point::new(40.0, 20.0)];
        let way = Curve::Elbow {
            from: LEFT,
            corners,
            to: Point::new(80.0, 20.0),
        };
        assert_eq!(way.length(), 100.0);
        for (t, at, along) in [
            (0.2, Point::new(20.0, 0.0), Vector::new(1.0, 0.0)),
            (0.5, Point::new(40.0, 10.0), Vector::new(0.0, 1.0)),
            (0.9, Point::new(70.0, 20.0), Vector::new(1.0, 0.0)),
        ] {
            assert!(close(way.point(t), at), "{t}");
            assert_eq!(way.tangent(t), along);
        }
        assert_eq!(way.distance(Point::new(45.0, 10.0)), 5.0);
        let kept = |from, to| match way.part(from, to) {
            Curve::Elbow { corners, .. } if corners[0] == corners[1] => 1,
            Curve::Elbow { .. } => 2,
            Curve::Segment { .. } | Curve::Arc { .. } => 0,
        };
        assert_eq!(
            [
                kept(0.1, 0.9),
                kept(0.1, 0.5),
                kept(0.5, 0.9),
                kept(0.45, 0.55)
            ],
            [2, 1, 1, 0]
        );
        let crossings = way.crossings(&Rect::centered(Point::new(40.0, 10.0), 20.0, 10.0));
        assert_eq!(crossings.len(), 2);
        assert!(close(way.point(crossings[0]), Point::new(40.0, 5.0)));
    }

    #[test]
    fn distance_to_an_arc_is_to_its_nearest_point() {
        let arc = Curve::between(LEFT, RIGHT, 0.5);
        assert!((arc.distance(Point::new(50.0, -60.0)) - 10.0).abs() < 1.0e-9);
        assert!((arc.distance(Point::new(-30.0, 40.0)) - 50.0).abs() < 1.0e-9);
        let straight = Curve::between(LEFT, RIGHT, 0.0);
        assert!((straight.distance(Point::new(40.0, 7.0)) - 7.0).abs() < 1.0e-9);
    }
}
