//! Where the sign of a link stands: beside its own arrow head, so that nobody takes it for that of
//! another.

use crate::model::{Point, Rect};

use super::curve::Curve;

/// How far the sign stands from the arc, in world units.
const ASIDE: f64 = 12.0;
/// How far the sign stands behind the tip, in world units.
const BEHIND: f64 = 14.0;
/// The side of the square that a sign takes up, in world units.
pub(super) const SIDE: f64 = 13.0;
/// How long the part of a link at its tip is that people take for its head, in world units.
const HEAD_PART: f64 = 36.0;
/// How far from another head a sign is taken for nobody else's, in world units.
const CLEAR: f64 = 36.0;

/// Which side of its link a sign stands on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SignSide {
    /// The outer side of the arc; the left of a straight way.
    #[default]
    Outer,
    /// The other one.
    Inner,
}

/// Where the sign stands: just behind the head, or as far back as it takes to keep clear of the
/// names at both ends. `size` is how many times as large as at 100 % it is.
pub(super) fn sign_position(
    curve: &Curve,
    side: SignSide,
    from: &Rect,
    to: &Rect,
    size: f64,
) -> Point {
    let position = |behind: f64| beside(curve, side, behind, size);
    (0..8)
        .map(|step| position(behind_at(step) * size))
        .find(|at| is_clear(*at, from, to, size))
        .unwrap_or_else(|| position(BEHIND * size))
}

fn behind_at(step: u32) -> f64 {
    const STEP: f64 = 3.0;
    BEHIND + STEP * f64::from(step)
}

fn beside(curve: &Curve, side: SignSide, behind: f64, size: f64) -> Point {
    let outward = match curve {
        Curve::Arc { sweep, .. } if *sweep < 0.0 => -ASIDE * size,
        _ => ASIDE * size,
    };
    let aside = match side {
        SignSide::Outer => outward,
        SignSide::Inner => -outward,
    };
    let t = (1.0 - behind / curve.length().max(1.0e-6)).max(0.5);
    curve.point(t) + curve.tangent(t).left() * aside
}

fn is_clear(at: Point, from: &Rect, to: &Rect, size: f64) -> bool {
    let taken = Rect::centered(at, SIDE * size, SIDE * size);
    !taken.intersects(from) && !taken.intersects(to)
}

/// The side on which a sign stands where other heads are at the same name: the outer one, or the
/// other where that is farther from them.
pub(super) fn side_beside(
    curve: &Curve,
    from: &Rect,
    to: &Rect,
    others: impl Iterator<Item = Curve>,
) -> SignSide {
    let heads: Vec<Curve> = others
        .filter(|other| other.point(1.0).distance(curve.point(1.0)) < 2.0 * HEAD_PART)
        .map(|other| {
            let share = HEAD_PART / other.length().max(1.0e-6);
            other.part((1.0 - share).max(0.0), 1.0)
        })
        .collect();
    if heads.is_empty() {
        return SignSide::Outer;
    }
    let room = |side: SignSide| {
        let at = sign_position(curve, side, from, to, 1.0);
        let heads = heads.iter().map(|head| head.distance(at));
        match is_clear(at, from, to, 1.0) {
            true => heads.fold(CLEAR, f64::min),
            false => -1.0,
        }
    };
    match room(SignSide::Inner) > room(SignSide::Outer) + 1.0 {
        true => SignSide::Inner,
        false => SignSide::Outer,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Vector;

    #[test]
    fn a_sign_beside_two_heads_is_nearer_to_its_own() {
        let to = Rect::centered(Point::new(0.0, 0.0), 90.0, 30.0);
        for turn in [0.0, 0.7, 1.5, 2.6, 4.0, 5.2] {
            for apart in [0.22, 0.3, 0.45, 0.7, 1.2] {
                for (one_bend, other_bend) in [(0.2, -0.2), (-0.2, 0.2), (0.3, 0.3), (0.0, 0.0)] {
                    let way = |angle: f64, bend: f64| {
                        let at = Point::new(0.0, 0.0) + Vector::from_angle(angle) * 320.0;
                        let from = Rect::centered(at, 90.0, 30.0);
                        let spine = Curve::between(at, to.center(), bend);
                        let end = spine.crossings(&to.grown(3.0)).last().copied().unwrap();
                        let start = spine.crossings(&from.grown(3.0))[0];
                        (spine.part(start, end), from)
                    };
                    let (one, from) = way(turn, one_bend);
                    let (other, _) = way(turn + apart, other_bend);
                    let gap = one.point(1.0).distance(other.point(1.0));
                    if gap < 8.0 {
                        continue; // The heads themselves lie on each other.
                    }
                    let side = side_beside(&one, &from, &to, [other].into_iter());
                    let sign = sign_position(&one, side, &from, &to, 1.0);
                    assert!(
                        one.distance(sign) < other.distance(sign),
                        "{turn} {apart} {one_bend}: {} {}",
                        one.distance(sign),
                        other.distance(sign)
                    );
                }
            }
        }
    }
}
