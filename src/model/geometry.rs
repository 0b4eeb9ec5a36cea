//! Points, vectors and boxes on the canvas, in world units (CSS pixels at 100 %).

use serde::{Deserialize, Serialize};

use super::record::merge_as_a_whole;

use std::ops::{Add, Div, Mul, Neg, Sub};

/// The greatest coordinate, in world units from the origin.
pub const MAXIMUM_COORDINATE: f64 = 1.0e7;

/// A place on the canvas; x grows to the right, y downwards.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// World units to the right.
    pub x: f64,
    /// World units down.
    pub y: f64,
}

/// A displacement between two points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vector {
    /// World units to the right.
    pub x: f64,
    /// World units down.
    pub y: f64,
}

merge_as_a_whole!(Point, Vector);

impl Point {
    /// The point at these coordinates.
    #[must_use]
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    /// Both coordinates are numbers.
    #[must_use]
    pub fn is_finite(self) -> bool {
        self.x.is_finite() && self.y.is_finite()
    }

    /// The nearest place of the canvas: no coordinate beyond [`MAXIMUM_COORDINATE`].
    #[must_use]
    pub const fn on_canvas(self) -> Self {
        Self::new(
            self.x.clamp(-MAXIMUM_COORDINATE, MAXIMUM_COORDINATE),
            self.y.clamp(-MAXIMUM_COORDINATE, MAXIMUM_COORDINATE),
        )
    }

    /// The straight distance to `other`.
    #[must_use]
    pub fn distance(self, other: Self) -> f64 {
        (other - self).length()
    }

    /// The point half way to `other`.
    #[must_use]
    pub fn midpoint(self, other: Self) -> Self {
        Self::new(
            f64::midpoint(self.x, other.x),
            f64::midpoint(self.y, other.y),
        )
    }
}

impl Vector {
    /// No displacement.
    pub const ZERO: Self = Self { x: 0.0, y: 0.0 };

    /// The vector with these coordinates.
    #[must_use]
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    /// The unit vector at `angle` radians, 0 to the right, growing clockwise on the screen.
    #[must_use]
    pub fn from_angle(angle: f64) -> Self {
        let (sine, cosine) = angle.sin_cos();
        Self::new(cosine, sine)
    }

    /// Radians, 0 to the right, growing clockwise on the screen, in -pi to pi.
    #[must_use]
    pub fn angle(self) -> f64 {
        self.y.atan2(self.x)
    }

    /// Its length.
    #[must_use]
    pub fn length(self) -> f64 {
        self.x.hypot(self.y)
    }

    /// The vector of length one in the same direction; zero stays zero.
    #[must_use]
    pub fn unit(self) -> Self {
        let length = self.length();
        if length > 0.0 {
            self / length
        } else {
            Self::ZERO
        }
    }

    /// A quarter turn counter-clockwise on the screen: to the left of the direction.
    #[must_use]
    pub fn left(self) -> Self {
        Self::new(self.y, -self.x)
    }

    /// The scalar product.
    #[must_use]
    pub fn dot(self, other: Self) -> f64 {
        self.x * other.x + self.y * other.y
    }

    /// The z component of the cross product; positive where `other` lies clockwise on the screen.
    #[must_use]
    pub fn cross(self, other: Self) -> f64 {
        self.x * other.y - self.y * other.x
    }
}

impl Add<Vector> for Point {
    type Output = Self;
    fn add(self, offset: Vector) -> Self {
        Self::new(self.x + offset.x, self.y + offset.y)
    }
}

impl Sub<Vector> for Point {
    type Output = Self;
    fn sub(self, offset: Vector) -> Self {
        Self::new(self.x - offset.x, self.y - offset.y)
    }
}

impl Sub for Point {
    type Output = Vector;
    fn sub(self, from: Self) -> Vector {
        Vector::new(self.x - from.x, self.y - from.y)
    }
}

impl Add for Vector {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self::new(self.x + other.x, self.y + other.y)
    }
}

impl Sub for Vector {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self::new(self.x - other.x, self.y - other.y)
    }
}

impl Neg for Vector {
    type Output = Self;
    fn neg(self) -> Self {
        Self::new(-self.x, -self.y)
    }
}

impl Mul<f64> for Vector {
    type Output = Self;
    fn mul(self, factor: f64) -> Self {
        Self::new(self.x * factor, self.y * factor)
    }
}

impl Div<f64> for Vector {
    type Output = Self;
    fn div(self, divisor: f64) -> Self {
        Self::new(self.x / divisor, self.y / divisor)
    }
}

/// A box with sides along the axes; `left <= right` and `top <= bottom`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    /// Smallest x.
    pub left: f64,
    /// Smallest y.
    pub top: f64,
    /// Largest x.
    pub right: f64,
    /// Largest y.
    pub bottom: f64,
}

impl Rect {
    /// The smallest box that holds both points.
    #[must_use]
    pub fn from_points(a: Point, b: Point) -> Self {
        Self {
            left: a.x.min(b.x),
            top: a.y.min(b.y),
            right: a.x.max(b.x),
            bottom: a.y.max(b.y),
        }
    }

    /// The box of this width and height around `center`.
    #[must_use]
    pub fn centered(center: Point, width: f64, height: f64) -> Self {
        let half = Vector::new(width / 2.0, height / 2.0);
        Self::from_points(center - half, center + half)
    }

    /// Right minus left.
    #[must_use]
    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    /// Bottom minus top.
    #[must_use]
    pub fn height(&self) -> f64 {
        self.bottom - self.top
    }

    /// The middle.
    #[must_use]
    pub fn center(&self) -> Point {
        Point::new(self.left, self.top).midpoint(Point::new(self.right, self.bottom))
    }

    /// The box grown by `margin` on every side (shrunk, and never turned over, if negative).
    #[must_use]
    pub fn grown(&self, margin: f64) -> Self {
        let x = margin.max(-self.width() / 2.0);
        let y = margin.max(-self.height() / 2.0);
        Self {
            left: self.left - x,
            top: self.top - y,
            right: self.right + x,
            bottom: self.bottom + y,
        }
    }

    /// The smallest box that holds both.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// The point lies inside or on the border.
    #[must_use]
    pub fn contains(&self, point: Point) -> bool {
        (self.left..=self.right).contains(&point.x) && (self.top..=self.bottom).contains(&point.y)
    }

    /// The other box lies inside or touches the border from inside.
    #[must_use]
    pub fn contains_rect(&self, other: &Self) -> bool {
        self.left <= other.left
            && self.top <= other.top
            && self.right >= other.right
            && self.bottom >= other.bottom
    }

    /// The boxes share a point.
    #[must_use]
    pub fn intersects(&self, other: &Self) -> bool {
        self.left <= other.right
            && other.left <= self.right
            && self.top <= other.bottom
            && other.top <= self.bottom
    }

    /// The box moved by `offset`.
    #[must_use]
    pub fn moved(&self, offset: Vector) -> Self {
        Self {
            left: self.left + offset.x,
            top: self.top + offset.y,
            right: self.right + offset.x,
            bottom: self.bottom + offset.y,
        }
    }

    /// How far the point is from the box; zero inside.
    #[must_use]
    pub fn distance(&self, point: Point) -> f64 {
        let x = (self.left - point.x).max(point.x - self.right).max(0.0);
        let y = (self.top - point.y).max(point.y - self.bottom).max(0.0);
        x.hypot(y)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn left_of_a_way_to_the_right_is_up() {
        assert_eq!(Vector::new(1.0, 0.0).left(), Vector::new(0.0, -1.0));
    }

    #[test]
    fn a_box_shrunk_too_far_becomes_its_middle() {
        let shrunk = Rect::centered(Point::new(5.0, 5.0), 4.0, 2.0).grown(-10.0);
        assert_eq!((shrunk.width(), shrunk.height()), (0.0, 0.0));
        assert_eq!(shrunk.center(), Point::new(5.0, 5.0));
    }

    #[test]
    fn distance_to_a_box_is_zero_inside() {
        let rect = Rect::centered(Point::new(0.0, 0.0), 10.0, 10.0);
        assert_eq!(rect.distance(Point::new(3.0, -5.0)), 0.0);
        assert_eq!(rect.distance(Point::new(8.0, 9.0)), 5.0);
    }
}
