//! The way from one view to another, which the eye can follow.

use crate::model::Point;
use crate::scene::View;

/// How long it takes, in milliseconds.
const TIME: f64 = 650.0;
/// Below this difference of the logarithms two zooms are one.
const SAME_ZOOM: f64 = 1.0e-6;

/// A view on its way to another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Flight {
    from: View,
    to: View,
    /// When it set off, in milliseconds; none before the first tick of the clock.
    began: Option<f64>,
}

impl Flight {
    /// The way between two views, which sets off with the next tick of the clock.
    #[must_use]
    pub(super) const fn new(from: View, to: View) -> Self {
        Self {
            from,
            to,
            began: None,
        }
    }

    /// Where it leads.
    #[must_use]
    pub(super) const fn end(&self) -> View {
        self.to
    }

    /// The view when the clock shows so many milliseconds.
    pub(super) fn at(&mut self, now: f64) -> View {
        let began = *self.began.get_or_insert(now);
        self.part(((now - began) / TIME).clamp(0.0, 1.0))
    }

    /// The view at a share of the way. The zoom grows by the same factor in the same time, and
    /// where the view only zooms, one place of the canvas stays where it is.
    fn part(&self, share: f64) -> View {
        if share >= 1.0 {
            return self.to;
        }
        // It sets off and arrives gently.
        let share = share * share * 2.0f64.mul_add(-share, 3.0);
        let ends = [1.0 / self.from.zoom, 1.0 / self.to.zoom];
        let way = (ends[1] / ends[0]).ln();
        let scale = ends[0] * (way * share).exp();
        let part = match way.abs() < SAME_ZOOM {
            true => share,
            false => (scale - ends[0]) / (ends[1] - ends[0]),
        };
        let (from, to) = (self.from.center(), self.to.center());
        let center = from + (to - from) * part;
        let size = self.to.size;
        let middle = Point::new(size.x / 2.0, size.y / 2.0);
        let view = View {
            zoom: 1.0 / scale,
            ..self.to
        };
        view.panned(middle - view.to_screen(center))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Vector;

    fn view(x: f64, y: f64, zoom: f64) -> View {
        View {
            pan: Vector::new(x, y),
            zoom,
            size: Vector::new(800.0, 600.0),
        }
    }

    #[test]
    fn a_flight_leads_from_one_view_to_the_other() {
        for (from, to) in [
            (view(0.0, 0.0, 1.0), view(300.0, -40.0, 1.0)),
            (view(10.0, 20.0, 0.2), view(-500.0, 90.0, 3.0)),
            (view(-500.0, 90.0, 3.0), view(10.0, 20.0, 0.2)),
        ] {
            let mut flight = Flight::new(from, to);
            let first = flight.at(5_000.0);
            assert!((first.zoom - from.zoom).abs() < 1.0e-9);
            assert!(first.center().distance(from.center()) < 1.0e-6);
            let mut last = first.zoom;
            for step in 1..=13 {
                let now = flight.at(5_000.0 + 50.0 * f64::from(step));
                let grows = (to.zoom - from.zoom) * (now.zoom - last) >= -1.0e-9;
                assert!(grows, "{last} {}", now.zoom);
                last = now.zoom;
            }
            assert_eq!(flight.at(9_000.0), to);
        }
    }

    #[test]
    fn a_place_that_is_the_same_in_both_stays_where_it_is() {
        let from = view(0.0, 0.0, 1.0);
        let anchor = Point::new(200.0, 100.0);
        let mut flight = Flight::new(from, from.zoomed_to(4.0, anchor));
        let world = from.to_world(anchor);
        for step in 0..14 {
            let now = flight.at(50.0 * f64::from(step));
            assert!(now.to_screen(world).distance(anchor) < 1.0e-6);
        }
    }
}
