//! LOOPY's arcs as bends.

use crate::format::fan_out::rounded;
use crate::model::{Link, Point};

/// What LOOPY says of the shape of an edge.
#[derive(Clone, Copy, Debug)]
pub struct Arc {
    /// The height over the chord, in pixels, to the left of the way if positive.
    pub height: f64,
    /// The direction of the ring of an edge from a node to itself, in degrees.
    pub rotation: f64,
}

/// A bend, and whether it is the arc's own.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bend {
    /// As the arc is.
    Exact(f64),
    /// As near to the arc as a link can be bent.
    Limited(f64),
}

impl Bend {
    /// The number, either way.
    pub const fn number(self) -> f64 {
        match self {
            Self::Exact(bend) | Self::Limited(bend) => bend,
        }
    }
}

/// The bend of a link between two different variables.
pub fn bend_between(from: Point, to: Point, arc: Arc) -> Bend {
    let chord = from.distance(to);
    // Over no chord at all every arc is the highest.
    let bend = arc.height / chord.max(f64::MIN_POSITIVE);
    let limit = Link::MAXIMUM_BEND;
    if bend.abs() <= limit {
        Bend::Exact(rounded(bend))
    } else {
        Bend::Limited(limit.copysign(bend))
    }
}

/// The bend of a link from a variable to itself: turns clockwise from straight up.
pub fn bend_of_ring(arc: Arc) -> Bend {
    let opposite = if arc.height < 0.0 { 0.5 } else { 0.0 };
    // Rounding may make a whole turn of a little less.
    Bend::Exact(rounded((arc.rotation / 360.0 + opposite).rem_euclid(1.0)).rem_euclid(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arc(height: f64, rotation: f64) -> Arc {
        Arc { height, rotation }
    }

    #[test]
    fn an_arc_is_a_share_of_its_chord() {
        let (a, b) = (Point::new(0.0, 0.0), Point::new(300.0, 400.0));
        assert_eq!(bend_between(a, b, arc(100.0, 0.0)), Bend::Exact(0.2));
        assert_eq!(bend_between(a, b, arc(-1500.0, 0.0)), Bend::Limited(-2.0));
        assert_eq!(bend_between(a, a, arc(10.0, 0.0)), Bend::Limited(2.0));
        assert_eq!(bend_between(a, a, arc(0.0, 0.0)), Bend::Exact(0.0));
    }

    #[test]
    fn a_ring_turns_with_the_rotation() {
        assert_eq!(bend_of_ring(arc(80.0, 90.0)), Bend::Exact(0.25));
        assert_eq!(bend_of_ring(arc(-80.0, 90.0)), Bend::Exact(0.75));
        assert_eq!(bend_of_ring(arc(80.0, -90.0)), Bend::Exact(0.75));
        assert_eq!(bend_of_ring(arc(80.0, -1.0e-9)), Bend::Exact(0.0));
    }
}
