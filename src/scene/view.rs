//! Which part of the canvas is seen, and how large.

use crate::model::{Point, Rect, Vector};

/// Below this difference of the logarithms two zooms are one.
const SAME_ZOOM: f64 = 1.0e-6;

/// Pan and zoom: `screen = world * zoom + pan`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// Where the world's origin is on the screen, in CSS pixels from the canvas's corner.
    pub pan: Vector,
    /// CSS pixels for a world unit, [`View::MINIMUM_ZOOM`] to [`View::MAXIMUM_ZOOM`].
    pub zoom: f64,
    /// The canvas in CSS pixels.
    pub size: Vector,
}

impl Default for View {
    fn default() -> Self {
        Self {
            pan: Vector::ZERO,
            zoom: 1.0,
            size: Vector::new(1.0, 1.0),
        }
    }
}

impl View {
    /// The farthest view.
    pub const MINIMUM_ZOOM: f64 = 0.02;
    /// The nearest view.
    pub const MAXIMUM_ZOOM: f64 = 16.0;

    /// Where a place of the canvas is on the screen.
    #[must_use]
    pub fn to_screen(&self, world: Point) -> Point {
        Point::new(
            world.x * self.zoom + self.pan.x,
            world.y * self.zoom + self.pan.y,
        )
    }

    /// Which place of the canvas is at a position of the screen.
    #[must_use]
    pub fn to_world(&self, screen: Point) -> Point {
        Point::new(
            (screen.x - self.pan.x) / self.zoom,
            (screen.y - self.pan.y) / self.zoom,
        )
    }

    /// The part of the world that is seen.
    #[must_use]
    pub fn visible(&self) -> Rect {
        let corner = Point::new(self.size.x, self.size.y);
        Rect::from_points(self.to_world(Point::default()), self.to_world(corner))
    }

    /// The middle of what is seen, in world units.
    #[must_use]
    pub fn center(&self) -> Point {
        self.visible().center()
    }

    /// The view moved by CSS pixels.
    #[must_use]
    pub fn panned(&self, offset: Vector) -> Self {
        Self {
            pan: self.pan + offset,
            ..*self
        }
    }

    /// The view at another zoom, with the same place under `anchor` (CSS pixels).
    #[must_use]
    pub fn zoomed_to(&self, zoom: f64, anchor: Point) -> Self {
        let zoom = zoom.clamp(Self::MINIMUM_ZOOM, Self::MAXIMUM_ZOOM);
        let world = self.to_world(anchor);
        let pan = Vector::new(anchor.x - world.x * zoom, anchor.y - world.y * zoom);
        Self { pan, zoom, ..*self }
    }

    /// The view in which `rect` is whole and in the middle, no larger than `most` times.
    #[must_use]
    pub fn fitted(&self, rect: &Rect, most: f64) -> Self {
        let room = self.room();
        let zoom = (room.x / rect.width().max(1.0)).min(room.y / rect.height().max(1.0));
        let zoom = zoom
            .max(Self::MINIMUM_ZOOM)
            .min(most)
            .min(Self::MAXIMUM_ZOOM);
        self.centered(rect.center(), zoom)
    }

    /// The view in which `rect` is whole and in the middle, as near as that allows.
    #[must_use]
    pub fn containing(&self, rect: &Rect) -> Self {
        let zoom = (self.size.x / rect.width()).min(self.size.y / rect.height());
        let zoom = zoom.clamp(Self::MINIMUM_ZOOM, Self::MAXIMUM_ZOOM);
        self.centered(rect.center(), zoom)
    }

    /// The view at a share of the way to another of the same size, 0 to 1. The zoom grows by the
    /// same factor in the same time, and where the view only zooms, one place of the canvas stays
    /// where it is.
    #[must_use]
    pub fn on_the_way_to(&self, to: &Self, share: f64) -> Self {
        if share >= 1.0 {
            return *to;
        }
        let ends = [1.0 / self.zoom, 1.0 / to.zoom];
        let way = (ends[1] / ends[0]).ln();
        let scale = ends[0] * (way * share).exp();
        let part = match way.abs() < SAME_ZOOM {
            true => share,
            false => (scale - ends[0]) / (ends[1] - ends[0]),
        };
        let (from, until) = (self.center(), to.center());
        to.centered(from + (until - from) * part, 1.0 / scale)
    }

    /// The box that this view fits: what is seen but for the paper around it.
    #[must_use]
    pub fn framed(&self) -> Rect {
        let room = self.room();
        Rect::centered(self.center(), room.x / self.zoom, room.y / self.zoom)
    }

    /// The room for a diagram in CSS pixels: without the paper around it. On a small screen every
    /// pixel counts.
    #[must_use]
    pub(super) fn room(&self) -> Vector {
        let inner = |side: f64| side - 2.0 * (side * 0.075).min(56.0);
        Vector::new(inner(self.size.x), inner(self.size.y))
    }

    /// The view at a zoom with a place of the world in the middle.
    #[must_use]
    pub(super) fn centered(&self, center: Point, zoom: f64) -> Self {
        let pan = Vector::new(
            self.size.x / 2.0 - center.x * zoom,
            self.size.y / 2.0 - center.y * zoom,
        );
        Self { pan, zoom, ..*self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view() -> View {
        View {
            pan: Vector::new(30.0, -20.0),
            zoom: 1.5,
            size: Vector::new(800.0, 600.0),
        }
    }

    #[test]
    fn screen_and_world_are_inverse() {
        let point = Point::new(123.0, 45.0);
        assert!(view().to_world(view().to_screen(point)).distance(point) < 1.0e-9);
    }

    #[test]
    fn zooming_keeps_the_place_under_the_pointer() {
        let anchor = Point::new(200.0, 100.0);
        let zoomed = view().zoomed_to(4.0, anchor);
        assert!(zoomed.to_world(anchor).distance(view().to_world(anchor)) < 1.0e-9);
        assert_eq!(view().zoomed_to(1.0e9, anchor).zoom, View::MAXIMUM_ZOOM);
    }

    #[test]
    fn a_fitted_box_is_whole_and_in_the_middle() {
        let rect = Rect::from_points(Point::new(1e3, 1e3), Point::new(5e3, 2e3));
        let fitted = view().fitted(&rect, 2.0);
        assert!(fitted.visible().contains_rect(&rect));
        assert!(fitted.visible().center().distance(rect.center()) < 1.0e-6);
    }

    #[test]
    fn a_view_contains_what_another_sees() {
        for (width, height, zoom) in [
            (300.0, 900.0, 0.3),
            (1_900.0, 600.0, 2.0),
            (800.0, 600.0, 1.0),
        ] {
            let size = Vector::new(width, height);
            let theirs = View {
                size,
                ..view().zoomed_to(zoom, Point::default())
            };
            let seen = theirs.visible();
            let ours = view().containing(&seen);
            assert!(ours.visible().grown(1.0e-6).contains_rect(&seen));
            assert!(ours.center().distance(seen.center()) < 1.0e-6);
            // A side of theirs fills a side of ours.
            let [across, down] = [
                seen.width() / ours.visible().width(),
                seen.height() / ours.visible().height(),
            ];
            assert!((across.max(down) - 1.0).abs() < 1.0e-9);
        }
    }

    #[test]
    fn the_box_that_a_view_fits_gives_that_view() {
        let again = view().fitted(&view().framed(), View::MAXIMUM_ZOOM);
        assert!((again.zoom - view().zoom).abs() < 1.0e-9);
        assert!(again.center().distance(view().center()) < 1.0e-9);
    }
}
