//! The badge of a loop: a round arrow in its middle that turns its way, with its name.

use std::f64::consts::TAU;

use crate::causal::{LoopPolarity, NamedLoop};
use crate::model::{Delay, LoopKey, LoopLabel, Point, Rect, Vector};

use super::curve::Curve;
use super::primitive::{Align, Path, Primitive, Stroke};
use super::text::{Font, MeasureText};
use super::theme::Ink;

/// The radius of the round arrow of a small loop, in world units.
pub const BADGE_RADIUS: f64 = 22.0;
/// How large a loop is whose badge begins to grow with it: the radius of a circle that encloses as
/// much, in world units.
const LARGE_LOOP: f64 = 150.0;
/// How many times as large a badge becomes at the most.
const LARGEST: f64 = 1.5;
/// The opening of the round arrow, in radians.
const OPENING: f64 = 1.0;
/// How far a badge may step aside to keep clear of names, in world units.
const REACH: f64 = 84.0;

/// What a step aside costs, for each world unit: to be clear of a link (250) it may go all the way.
const STEP_ASIDE: f64 = 2.5;

/// How near the middles of loops within each other are, in world units, for the outer badge to make
/// room.
const NESTED: f64 = 110.0;
/// The paper that a badge wants around it, clear of names and other badges, in world units.
pub const PAPER: f64 = 8.0;
/// How many points of the way round a loop are enough to know its middle.
const POINTS: usize = 256;

/// Which way a loop turns as it is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Like the hands of a clock.
    Clockwise,
    /// Against them.
    CounterClockwise,
}

/// A loop badge with its drawing.
#[derive(Clone, Debug, PartialEq)]
pub struct BadgeShape {
    /// The loop.
    pub key: LoopKey,
    /// Its sign.
    pub polarity: LoopPolarity,
    /// Which way it turns.
    pub turn: Turn,
    /// Where it would stand if nobody had dragged it.
    pub home: Point,
    /// Where it stands.
    pub center: Point,
    /// The radius of the round arrow, in world units.
    pub radius: f64,
    /// The box around the badge and its name.
    pub rect: Rect,
    /// What is drawn.
    pub primitives: Vec<Primitive>,
    /// How many of it draw the badge itself; what follows is the name.
    pub named_from: usize,
}

impl LoopPolarity {
    /// The colour of loops of this sign.
    #[must_use]
    pub const fn ink(self) -> Ink {
        match self {
            Self::Reinforcing => Ink::Reinforcing,
            Self::Balancing => Ink::Balancing,
            Self::Undetermined => Ink::Undetermined,
        }
    }
}

/// What a closed way encloses.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Enclosed {
    /// Its middle, where a badge belongs.
    pub middle: Point,
    /// Which way it turns.
    pub turn: Turn,
    /// How much it encloses, in square world units.
    pub area: f64,
}

impl Enclosed {
    /// How many times as large a badge is that grows with the loop.
    #[must_use]
    pub fn badge_scale(&self) -> f64 {
        let radius = (self.area / std::f64::consts::PI).sqrt();
        (radius / LARGE_LOOP).clamp(1.0, LARGEST)
    }

    /// Where the badge belongs: in the middle, or, where a smaller loop lies within this one and
    /// has its middle nearly there too, in the middle of what it leaves.
    ///
    /// `partners` are the loops that share a link: one that turns the same way lies within. The
    /// middle of a difference follows from the areas and middles of both.
    #[must_use]
    pub fn middle_beside(&self, partners: impl Iterator<Item = Self>) -> Point {
        let within = |other: &Self| {
            other.turn == self.turn
                && other.area < 0.85 * self.area
                && other.area > 0.15 * self.area
                && other.middle.distance(self.middle) < NESTED
        };
        let inner = partners.filter(within);
        let largest = inner.reduce(|one, other| if other.area > one.area { other } else { one });
        largest.map_or(self.middle, |other| {
            let offset = self.middle - other.middle;
            self.middle + offset * (other.area / (self.area - other.area))
        })
    }
}

/// The middle of a closed way along curves, which way it turns and how much it encloses.
///
/// The badge of a ring, too small to go inside, stands beyond it as seen from its variable.
///
/// The centroid of the area inside (the shoelace formula), or of the way itself where that crosses
/// over and encloses next to nothing.
#[must_use]
pub fn enclosed_by(curves: &[Curve]) -> Enclosed {
    if let [
        Curve::Arc {
            center,
            radius,
            start,
            sweep,
        },
    ] = *curves
    {
        let beyond = radius + BADGE_RADIUS + 7.0;
        let turn = if sweep >= 0.0 {
            Turn::Clockwise
        } else {
            Turn::CounterClockwise
        };
        return Enclosed {
            middle: center - Vector::from_angle(start) * beyond,
            turn,
            area: 0.0,
        };
    }
    // Of many curves, each matters less to the whole.
    let stations = (POINTS / curves.len().max(1)).clamp(1, 8);
    let points: Vec<Point> = curves
        .iter()
        .flat_map(|curve| {
            (0..stations).map(move |station| curve.point(station as f64 / stations as f64))
        })
        .collect();
    let count = points.len().max(1) as f64;
    let sum = points
        .iter()
        .fold(Vector::ZERO, |sum, point| sum + (*point - Point::default()));
    let mean = Point::default() + sum / count;
    let mut doubled_area = 0.0;
    let mut moment = Vector::ZERO;
    for (index, point) in points.iter().enumerate() {
        let (a, b) = (*point - mean, points[(index + 1) % points.len()] - mean);
        let cross = a.cross(b);
        doubled_area += cross;
        moment = moment + (a + b) * cross;
    }
    // On a screen, where y grows downwards, a positive area is enclosed clockwise.
    let turn = if doubled_area >= 0.0 {
        Turn::Clockwise
    } else {
        Turn::CounterClockwise
    };
    let spread = points
        .iter()
        .map(|point| point.distance(mean))
        .fold(0.0, f64::max);
    let area = doubled_area.abs() / 2.0;
    let centroid = mean + moment / (3.0 * doubled_area);
    let crossed = 0.1 * spread * spread;
    let middle = if area <= crossed || centroid.distance(mean) > spread {
        mean
    } else {
        centroid
    };
    Enclosed { middle, turn, area }
}

/// Whether a badge at `center` would lie on the way of a link.
#[must_use]
pub fn covers(center: Point, scale: f64, curve: &Curve) -> bool {
    curve.distance(center) < BADGE_RADIUS * scale + 8.5
}

/// Where names and links matter to a badge whose loop has its middle here, and which takes up
/// `size` with its name.
#[must_use]
pub fn badge_reach(middle: Point, size: Vector) -> Rect {
    // A name is compared with its border, the badge with the paper it wants around it. The badge
    // stands off the middle of its box, so that this has twice the height.
    let side = 2.0 * (REACH + PAPER);
    Rect::centered(middle, side + size.x, side + 2.0 * size.y)
}

/// What the round arrow of a badge takes up.
#[must_use]
pub fn badge_box(center: Point, scale: f64) -> Rect {
    let side = 2.0 * BADGE_RADIUS * scale + 6.0;
    Rect::centered(center, side, side)
}

/// The plate below a badge for a name of this width, in world units, as large as at a scale of 1.
#[must_use]
pub fn name_plate(center: Point, width: f64, scale: f64) -> Rect {
    let at = center + Vector::new(0.0, BADGE_RADIUS + 16.0) * scale;
    let height = Font::LOOP_NAME.line_height();
    Rect::centered(at, (width + 8.0) * scale, height * scale)
}

/// The width of the name below the badge of a loop, in world units, if there is one.
#[must_use]
pub fn name_width(label: Option<&LoopLabel>, measure: &dyn MeasureText) -> Option<f64> {
    let named = label.filter(|label| !label.name.is_empty());
    named.map(|label| measure.width(&label.name, Font::LOOP_NAME))
}

/// The cheapest place near `wanted`: `cost` says what a badge would cover with its middle at a
/// place, to which a step aside is added.
#[must_use]
pub fn free_position(wanted: Point, cost: impl Fn(Point) -> f64) -> Point {
    const RINGS: u32 = 6;
    const POSITIONS: u32 = 16;
    let mut best = (f64::INFINITY, wanted);
    for ring in 0..=RINGS {
        let positions = if ring == 0 { 1 } else { POSITIONS };
        let distance = REACH * f64::from(ring) / f64::from(RINGS);
        if best.0 <= distance * STEP_ASIDE {
            break;
        }
        for position in 0..positions {
            let angle = TAU * f64::from(position) / f64::from(positions);
            let at = wanted + Vector::from_angle(angle) * distance;
            let total = cost(at) + distance * STEP_ASIDE;
            if total < best.0 {
                best = (total, at);
            }
        }
    }
    best.1
}

/// The shape of the badge of a loop at `home`, so many times as large, dragged aside as its label
/// says.
#[must_use]
pub fn badge_shape(
    named: &NamedLoop,
    label: Option<&LoopLabel>,
    home: Point,
    turn: Turn,
    scale: f64,
    measure: &dyn MeasureText,
) -> BadgeShape {
    let ink = named.polarity.ink();
    let center = home + label.map_or(Vector::ZERO, |label| label.badge_offset);
    let (start, sweep) = match turn {
        Turn::Clockwise => (-TAU / 4.0 + OPENING / 2.0, TAU - OPENING),
        Turn::CounterClockwise => (-TAU / 4.0 - OPENING / 2.0, OPENING - TAU),
    };
    let arc = Curve::Arc {
        center,
        radius: BADGE_RADIUS,
        start,
        sweep,
    };
    let shaft = arc.part(0.0, 0.95);
    let (tip, base) = (arc.point(1.0), arc.point(0.92));
    let along = (tip - base).unit();
    let side = along.left() * 5.5;
    let mut primitives = vec![
        Primitive::Fill {
            path: Path::circle(center, BADGE_RADIUS - 2.0),
            ink: Ink::Paper,
        },
        Primitive::Line {
            path: Path::along(&shaft),
            stroke: Stroke::solid(ink, 2.2),
        },
        Primitive::Fill {
            path: Path::polygon(&[tip + along * 2.0, base + side, base - side]),
            ink,
        },
        Primitive::Text {
            text: named.code.clone(),
            at: center,
            width: measure.width(&named.code, Font::BADGE),
            align: Align::Center,
            font: Font::BADGE,
            ink,
        },
    ];
    if named.delay == Delay::Delayed {
        // The double hash of a delayed link, across the foot of the round arrow.
        for shift in [-2.25, 2.25] {
            let foot = center + Vector::new(shift, BADGE_RADIUS);
            let half = Vector::new(0.0, 4.5);
            primitives.push(Primitive::Line {
                path: Path::line(foot - half, foot + half),
                stroke: Stroke::solid(ink, 1.6),
            });
        }
    }
    let named_from = primitives.len();
    let mut rect = badge_box(center, scale);
    if let (Some(label), Some(width)) = (label, name_width(label, measure)) {
        rect = rect.union(&name_plate(center, width, scale));
        let plate = name_plate(center, width, 1.0);
        let at = plate.center();
        primitives.push(Primitive::Fill {
            path: Path::rounded(&plate, 3.0),
            ink: Ink::Paper,
        });
        primitives.push(Primitive::Text {
            text: label.name.clone(),
            at,
            width,
            align: Align::Center,
            font: Font::LOOP_NAME,
            ink,
        });
    }
    if scale != 1.0 {
        for primitive in &mut primitives {
            *primitive = primitive.magnified(center, scale);
        }
    }
    let (key, polarity) = (named.key.clone(), named.polarity);
    BadgeShape {
        key,
        polarity,
        turn,
        home,
        center,
        radius: BADGE_RADIUS * scale,
        rect,
        primitives,
        named_from,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(points: &[(f64, f64)]) -> Vec<Curve> {
        let at = |index: usize| {
            let (x, y) = points[index % points.len()];
            Point::new(x, y)
        };
        (0..points.len())
            .map(|i| Curve::between(at(i), at(i + 1), 0.1))
            .collect()
    }

    #[test]
    fn a_loop_drawn_clockwise_turns_clockwise() {
        let Enclosed { middle, turn, .. } = enclosed_by(&ring(&[
            (0.0, 0.0),
            (100.0, 0.0),
            (100.0, 100.0),
            (0.0, 100.0),
        ]));
        assert_eq!(turn, Turn::Clockwise);
        assert!(middle.distance(Point::new(50.0, 50.0)) < 2.0);
        let Enclosed {
            middle: _, turn, ..
        } = enclosed_by(&ring(&[
            (0.0, 0.0),
            (0.0, 100.0),
            (100.0, 100.0),
            (100.0, 0.0),
        ]));
        assert_eq!(turn, Turn::CounterClockwise);
    }

    #[test]
    fn variables_on_each_other_have_their_middle_where_they_are() {
        let Enclosed {
            middle, turn: _, ..
        } = enclosed_by(&ring(&[(30.0, 40.0), (30.0, 40.0)]));
        assert_eq!(middle, Point::new(30.0, 40.0));
    }

    #[test]
    fn two_arcs_to_and_fro_have_their_middle_between_them() {
        let Enclosed { middle, turn, .. } = enclosed_by(&ring(&[(0.0, 0.0), (200.0, 0.0)]));
        assert_eq!(turn, Turn::Clockwise);
        assert!(middle.distance(Point::new(100.0, 0.0)) < 1.0);
    }

    #[test]
    fn the_badge_of_a_ring_stands_beyond_it() {
        let ring = Curve::circle(Point::new(0.0, -30.0), 24.0, TAU / 4.0);
        let Enclosed { middle, turn, .. } = enclosed_by(&[ring]);
        assert_eq!(turn, Turn::Clockwise);
        assert!(middle.x.abs() < 1.0e-9 && middle.y < -30.0 - 24.0 - BADGE_RADIUS);
    }

    #[test]
    fn a_badge_steps_aside_for_a_name_and_only_then() {
        let wanted = Point::new(0.0, 0.0);
        assert_eq!(free_position(wanted, |_| 0.0), wanted);
        let name = Rect::centered(Point::new(0.0, -10.0), 60.0, 24.0);
        let position = free_position(wanted, |at| {
            if badge_box(at, 1.0).intersects(&name) {
                1_000.0
            } else {
                0.0
            }
        });
        assert!(position != wanted && position.distance(wanted) <= REACH);
    }

    #[test]
    fn a_badge_grows_with_its_loop() {
        let of = |radius: f64| Enclosed {
            middle: Point::default(),
            turn: Turn::Clockwise,
            area: std::f64::consts::PI * radius * radius,
        };
        let scales = [10.0, 150.0, 180.0, 4_000.0].map(|radius| of(radius).badge_scale());
        assert_eq!(
            scales.map(|scale| (scale * 100.0).round()),
            [100.0, 100.0, 120.0, 150.0]
        );
    }

    #[test]
    fn the_badge_of_a_loop_around_another_stands_beside_it() {
        let square = |right: f64, turn: Turn| Enclosed {
            middle: Point::new(right / 2.0, 100.0),
            turn,
            area: right * 200.0,
        };
        let outer = square(300.0, Turn::Clockwise);
        let inner = square(200.0, Turn::Clockwise);
        assert_eq!(outer.middle_beside([inner].into_iter()).x, 250.0);
        assert_eq!(inner.middle_beside([outer].into_iter()), inner.middle);
        let beside = square(200.0, Turn::CounterClockwise);
        assert_eq!(outer.middle_beside([beside].into_iter()), outer.middle);
    }
}
