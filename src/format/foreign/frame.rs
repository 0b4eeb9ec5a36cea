//! Where a view of another program lies on the canvas.

use crate::model::{Point, Vector};

/// The canvas of one view: its units are larger or smaller, and it begins elsewhere.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// World units to a unit of the view.
    pub scale: f64,
    /// Where the view's origin is, in world units.
    pub origin: Point,
}

impl Frame {
    /// A point of the view on the canvas.
    pub fn world(&self, local: Point) -> Point {
        let at = self.origin + Vector::new(local.x, local.y) * self.scale;
        at.on_canvas()
    }

    /// A point of the canvas in the view.
    pub fn local(&self, world: Point) -> Point {
        let way = (world - self.origin) / self.scale;
        Point::new(way.x, way.y)
    }
}
