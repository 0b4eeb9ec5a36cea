//! The ways of half a pipe, from a valve into a box: straight, with one corner or with two.

use crate::model::{Corner, Point, Rect, Vector};

use super::connector::Heading;
use super::curve::Curve;

/// Half the side of the square that a valve takes up, in world units.
pub const VALVE_HALF: f64 = 10.0;
/// A straight pipe keeps this far from the corners of a box, in world units. It is less than what a
/// corner beside the valve needs, so that every stock is reached straight or round one corner.
const INSET: f64 = 7.0;
/// How long the part of a pipe between the valve and its corner, or a box, is at least, in world
/// units.
const LEAST_FIRST: f64 = 8.0;
/// How long the part between a corner and a box is at least: there may be a head, in world units.
const LEAST_LAST: f64 = 18.0;
/// The paper that a pipe wants beside it, in world units.
pub(super) const PAPER: f64 = 6.0;
/// A straight half shorter than this has no handle: that of its end is there, in world units.
const LEAST_WITH_HANDLE: f64 = 56.0;
/// How far before a stock the handle of the end of a pipe stands, in world units.
const END_HANDLE: f64 = 16.0;

/// One half of a pipe.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HalfRoute {
    /// The side of the valve at which it is.
    pub side: Heading,
    /// The way from the middle of the valve into the box at its end.
    pub way: Curve,
    /// The box at its end, of a stock or a cloud.
    pub end: Rect,
}

impl HalfRoute {
    /// The part between a valve with half this side and the box at the end.
    #[must_use]
    pub fn outside(&self, valve_half: f64, end: &Rect) -> Curve {
        let middle = self.way.point(0.0);
        let valve = Rect::centered(middle, 2.0 * valve_half, 2.0 * valve_half);
        let start = self.way.crossings(&valve).first().copied().unwrap_or(0.0);
        let end = self.way.crossings(end).last().copied().unwrap_or(1.0);
        if start < end {
            self.way.part(start, end)
        } else {
            // The boxes overlap: a trace of the pipe in the middle is better than none.
            self.way.part(0.48, 0.52)
        }
    }

    /// The stretch that a drag moves aside: of a way with two corners that between them, of one with
    /// one corner that corner, of a straight one all of it.
    #[must_use]
    pub fn movable(&self) -> Curve {
        match self.way {
            Curve::Elbow { corners, .. } => Curve::Segment {
                from: corners[0],
                to: corners[1],
            },
            Curve::Segment { .. } | Curve::Arc { .. } => self.outside(VALVE_HALF, &self.end),
        }
    }

    /// Where the handle stands that moves its corner; none where a straight way has no room for one.
    #[must_use]
    pub fn handle(&self) -> Option<Point> {
        let movable = self.movable();
        let is_bent = matches!(self.way, Curve::Elbow { .. });
        let has_room = is_bent || movable.length() >= LEAST_WITH_HANDLE;
        has_room.then(|| movable.point(0.5))
    }

    /// Where the handle of its end stands: just before the box.
    #[must_use]
    pub fn end_handle(&self) -> Point {
        let outside = self.outside(VALVE_HALF, &self.end);
        let length = outside.length().max(1.0e-6);
        outside.point((1.0 - END_HANDLE / length).max(0.5))
    }

    /// Whether a place is nearer to the handle of its end than to that of its corner.
    #[must_use]
    pub fn ends_nearer(&self, at: Point) -> bool {
        let corner = self.handle();
        corner.is_none_or(|corner| self.end_handle().distance(at) < corner.distance(at))
    }

    /// The axis along which it leaves the valve, and how far it goes before it turns.
    #[must_use]
    pub fn corner(&self) -> Option<Corner> {
        let Curve::Elbow { from, corners, .. } = self.way else {
            return None;
        };
        let offset = corners[0] - from;
        Some(match self.side {
            Heading::Left | Heading::Right => Corner::Level(offset.x),
            Heading::Up | Heading::Down => Corner::Upright(offset.y),
        })
    }
}

/// The way out of one side of the valve into the middle of a box, with at most one corner; none where
/// it would be too short to be seen, or pass through the box.
pub(super) fn way_to(valve: Point, side: Heading, rect: &Rect) -> Option<Curve> {
    let forward = side.vector();
    let place = Place::of(valve, forward, rect);
    let corner = valve + forward * place.along;
    let is_straight = place.across.abs() <= (place.half_across - INSET).max(0.0);
    if is_straight && place.along >= place.half_along + VALVE_HALF + LEAST_FIRST {
        return Some(Curve::Segment {
            from: valve,
            to: corner,
        });
    }
    let turns = place.along >= VALVE_HALF + LEAST_FIRST
        && place.across.abs() >= place.half_across + LEAST_LAST;
    turns.then_some(Curve::Elbow {
        from: valve,
        corners: [corner; 2],
        to: rect.center(),
    })
}

/// The way that turns in a place, or as near to it as it can; none where no corner there makes a way
/// that is not straight and passes neither through its box nor over its valve.
#[must_use]
pub fn turned(valve: Point, corner: Corner, rect: &Rect) -> Option<HalfRoute> {
    let forward = match corner {
        Corner::Level(_) => Vector::new(1.0, 0.0),
        Corner::Upright(_) => Vector::new(0.0, 1.0),
    };
    let place = Place::of(valve, forward, rect);
    let (first, side) = place.first_stretch(corner)?;
    let into_side = (first - place.along).abs() <= place.inside() + 1.0e-9;
    let is_far = place.across.abs() >= place.half_across + LEAST_LAST;
    let is_ahead = (0.0..=1.0).contains(&(first / place.along));
    let is_straight = place.across.abs() <= (place.half_across - INSET).max(0.0);
    if (into_side && !is_far) || (!into_side && is_ahead && is_straight) {
        return None;
    }
    let turn = valve + forward * first;
    let level = rect.center() + forward * (first - place.along);
    let (corners, to) = if into_side {
        ([turn; 2], level)
    } else {
        ([turn, level], rect.center())
    };
    let way = Curve::Elbow {
        from: valve,
        corners,
        to,
    };
    let side_of_valve = 2.0 * (VALVE_HALF + 4.0);
    let around = Rect::centered(valve, side_of_valve, side_of_valve);
    let crosses_once = |rect: &Rect| way.crossings(rect).len() == 1;
    let is_clear = crosses_once(&around) && crosses_once(rect) && crosses_once(&rect.grown(PAPER));
    is_clear.then_some(HalfRoute {
        side,
        way,
        end: *rect,
    })
}

/// Where a box is from a valve, along an axis and across it.
struct Place {
    along: f64,
    across: f64,
    half_along: f64,
    half_across: f64,
    is_level: bool,
}

impl Place {
    fn of(valve: Point, forward: Vector, rect: &Rect) -> Self {
        let offset = rect.center() - valve;
        let half = Vector::new(rect.width() / 2.0, rect.height() / 2.0);
        let is_level = forward.y == 0.0;
        let (half_along, half_across) = if is_level {
            (half.x, half.y)
        } else {
            (half.y, half.x)
        };
        let along = offset.dot(forward);
        let across = if is_level { offset.y } else { offset.x };
        Self {
            along,
            across,
            half_along,
            half_across,
            is_level,
        }
    }

    /// How far beside the middle of the box a way still enters it, clear of its corners.
    fn inside(&self) -> f64 {
        (self.half_along - INSET).max(0.0)
    }

    /// How far the first stretch goes that a corner asks for, and out of which side of the valve: far
    /// enough to be seen, and into the box or clear of it.
    fn first_stretch(&self, corner: Corner) -> Option<(f64, Heading)> {
        let least = VALVE_HALF + LEAST_FIRST;
        let asked = corner.distance();
        let mut first = if asked.abs() < least {
            least.copysign(if asked == 0.0 { self.along } else { asked })
        } else {
            asked
        };
        let (inside, clear) = (self.inside(), self.half_along + LEAST_LAST);
        let beside = (first - self.along).abs();
        if beside > inside && beside < clear {
            let near = if beside - inside < clear - beside {
                inside
            } else {
                clear
            };
            first = self.along + near.copysign(first - self.along);
        }
        let side = match (self.is_level, first < 0.0) {
            (true, true) => Heading::Left,
            (true, false) => Heading::Right,
            (false, true) => Heading::Up,
            (false, false) => Heading::Down,
        };
        (first.is_finite() && first.abs() >= least).then_some((first, side))
    }
}

/// The corners at which a way may turn so as to pass beside boxes: where it has room beside one,
/// where it just passes, in the middle of its own box and near its ends, all within a room.
pub(super) fn corners_beside<'a>(
    valve: Point,
    own: &Rect,
    room: &Rect,
    boxes: impl Iterator<Item = &'a Rect>,
) -> Vec<Corner> {
    /// How far a way stays from a box where there is room, in world units.
    const ROOMY: f64 = 20.0;
    /// Rounding must not decide whether a way passes, in world units.
    const SURE: f64 = 0.05;
    let far = LEAST_LAST + SURE;
    let around = |low: f64, high: f64, by: f64| [low - by, high + by];
    let mut level = vec![own.center().x, f64::midpoint(valve.x, own.center().x)];
    let mut upright = vec![own.center().y, f64::midpoint(valve.y, own.center().y)];
    level.extend(around(own.left, own.right, far));
    level.extend(around(own.left, own.right, -INSET));
    level.extend(around(valve.x, valve.x, VALVE_HALF + LEAST_FIRST));
    upright.extend(around(own.top, own.bottom, far));
    upright.extend(around(own.top, own.bottom, -INSET));
    upright.extend(around(valve.y, valve.y, VALVE_HALF + LEAST_FIRST));
    level.extend([room.left, room.right]);
    upright.extend([room.top, room.bottom]);
    for rect in boxes {
        for by in [ROOMY, PAPER + SURE] {
            level.extend(around(rect.left, rect.right, by));
            upright.extend(around(rect.top, rect.bottom, by));
        }
    }
    let within_x = |x: &f64| (room.left..=room.right).contains(x);
    let within_y = |y: &f64| (room.top..=room.bottom).contains(y);
    let level = level.into_iter().filter(within_x);
    let upright = upright.into_iter().filter(within_y);
    level
        .map(|x| Corner::Level(x - valve.x))
        .chain(upright.map(|y| Corner::Upright(y - valve.y)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const VALVE: Point = Point::new(0.0, 0.0);

    fn stock(x: f64, y: f64) -> Rect {
        Rect::centered(Point::new(x, y), 100.0, 52.0)
    }

    fn corners(corner: Corner, rect: &Rect) -> Option<Vec<Point>> {
        let Curve::Elbow { corners, .. } = turned(VALVE, corner, rect)?.way else {
            return None;
        };
        let mut corners = corners.to_vec();
        corners.dedup();
        Some(corners)
    }

    #[test]
    fn a_corner_says_where_a_way_turns() {
        let at = Point::new;
        let lower = stock(200.0, 150.0);
        for (corner, expected) in [
            // Into the top of the stock, in its middle or beside that.
            (Corner::Level(200.0), Some(vec![at(200.0, 0.0)])),
            (Corner::Level(170.0), Some(vec![at(170.0, 0.0)])),
            // To and fro before the stock.
            (
                Corner::Level(80.0),
                Some(vec![at(80.0, 0.0), at(80.0, 150.0)]),
            ),
            (
                Corner::Upright(60.0),
                Some(vec![at(0.0, 60.0), at(200.0, 60.0)]),
            ),
            // Round it, or back round the valve.
            (
                Corner::Level(300.0),
                Some(vec![at(300.0, 0.0), at(300.0, 150.0)]),
            ),
            (
                Corner::Upright(-60.0),
                Some(vec![at(0.0, -60.0), at(200.0, -60.0)]),
            ),
            // Too near to the valve, or to a corner of the stock.
            (
                Corner::Upright(3.0),
                Some(vec![at(0.0, 18.0), at(200.0, 18.0)]),
            ),
            (Corner::Level(147.0), Some(vec![at(157.0, 0.0)])),
        ] {
            assert_eq!(corners(corner, &lower), expected, "{corner:?}");
        }
        let ahead = stock(200.0, 0.0);
        assert_eq!(corners(Corner::Level(80.0), &ahead), None, "straight");
        assert_eq!(
            corners(Corner::Level(300.0), &ahead),
            None,
            "through the stock"
        );
        assert_eq!(
            corners(Corner::Level(-60.0), &ahead),
            None,
            "over the valve"
        );
        let arch = Some(vec![at(0.0, -70.0), at(200.0, -70.0)]);
        assert_eq!(corners(Corner::Upright(-70.0), &ahead), arch);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]

        #[test]
        fn a_way_with_a_corner_leads_from_the_valve_into_its_box_and_has_that_corner(
            (x, y) in (-420.0..420.0_f64, -420.0..420.0_f64),
            (width, height) in (84.0..240.0_f64, 50.0..120.0_f64),
            distance in -500.0..500.0_f64,
            is_level in any::<bool>(),
        ) {
            let rect = Rect::centered(Point::new(x, y), width, height);
            let corner = if is_level { Corner::Level(distance) } else { Corner::Upright(distance) };
            let Some(half) = turned(VALVE, corner, &rect) else {
                return Ok(());
            };
            let outside = half.outside(VALVE_HALF, &rect);
            for step in 0..=200 {
                let at = outside.point(f64::from(step) / 200.0);
                prop_assert!(!rect.grown(-0.01).contains(at), "{half:?}");
                let along = outside.tangent(f64::from(step) / 200.0);
                prop_assert!(along.x.abs() < 1.0e-9 || along.y.abs() < 1.0e-9);
            }
            prop_assert!(rect.grown(1.0e-6).contains(outside.point(1.0)));
            prop_assert!(outside.tangent(0.0).dot(half.side.vector()) > 0.999);
            // What it is drawn with asks for the same way.
            let drawn = half.corner().unwrap();
            let again = turned(VALVE, drawn, &rect).unwrap();
            prop_assert!((again.way.length() - half.way.length()).abs() < 1.0e-6);
            prop_assert_eq!(again.side, half.side);
        }
    }
}
