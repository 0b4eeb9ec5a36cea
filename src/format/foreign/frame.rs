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

/// The room between two views, in world units.
const BETWEEN: f64 = 200.0;

impl Frame {
    /// Views from left to right, each with its own middle height: a frame for each, and how many
    /// show something. Of each view its scale is given and the places along x of what it shows.
    pub fn row<I: IntoIterator<Item = f64>>(
        views: impl IntoIterator<Item = (f64, I)>,
    ) -> (Vec<Self>, usize) {
        let mut right: Option<f64> = None;
        let mut shown = 0;
        let mut frames = Vec::new();
        for (scale, view) in views {
            let mut span: Option<(f64, f64)> = None;
            for x in view {
                let (least, most) = span.unwrap_or((x, x));
                span = Some((least.min(x), most.max(x)));
            }
            let (least, most) = span.unwrap_or_default();
            let left = right.map_or(0.0, |right| right + BETWEEN - least * scale);
            if span.is_some() {
                right = Some(left + most * scale);
                shown += 1;
            }
            let origin = Point::new(left, 0.0);
            frames.push(Self { scale, origin });
        }
        (frames, shown)
    }

    /// A point of the view on the canvas.
    pub fn world(&self, local: Point) -> Point {
        let at = self.origin + Vector::new(local.x, local.y) * self.scale;
        at.on_canvas()
    }

    /// A point of the canvas in the view.
    pub fn local(&self, world: Point) -> Point {
        let offset = (world - self.origin) / self.scale;
        Point::new(offset.x, offset.y)
    }
}
