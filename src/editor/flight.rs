//! The way from one view to another, which the eye can follow.

use crate::scene::View;

/// How long it takes, in milliseconds.
const TIME: f64 = 650.0;

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
        let share = ((now - began) / TIME).clamp(0.0, 1.0);
        // It sets off and arrives gently.
        let share = share * share * 2.0f64.mul_add(-share, 3.0);
        self.from.on_the_way_to(&self.to, share)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Point, Vector};

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
