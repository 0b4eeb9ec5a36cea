//! The view of pictures of one size that are looked at together: what moves one moves all.

use super::view::View;
use crate::model::{Point, Rect, Vector};

/// The nearest that pictures are looked at: CSS pixels for a unit of the picture.
const NEAREST: f64 = 8.0;
/// How much nearer or farther a press of a key takes.
const STEP: f64 = 1.25;
/// How far a press of an arrow key goes, as a part of the frame.
const STRIDE: f64 = 0.15;
/// How much nearer a pixel of a wheel takes, as an exponent.
const WHEEL: f64 = 0.0016;

/// The view of pictures of one size in frames of one size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LinkedView {
    /// The pictures, in units of their own.
    page: Rect,
    /// Where they are in their frames.
    view: View,
    /// Whether they are shown whole, also when the frames change.
    is_whole: bool,
}

/// What moves the view, beside a pointer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ViewStep {
    /// Nearer.
    Nearer,
    /// Farther.
    Farther,
    /// The whole pictures.
    Whole,
    /// What is to the left comes into sight.
    Left,
    /// What is to the right.
    Right,
    /// What is above.
    Up,
    /// What is below.
    Down,
}

impl ViewStep {
    /// What a key asks for, by its name.
    #[must_use]
    pub fn of_key(key: &str) -> Option<Self> {
        match key {
            "+" | "=" => Some(Self::Nearer),
            "-" | "_" => Some(Self::Farther),
            "0" => Some(Self::Whole),
            "arrowleft" => Some(Self::Left),
            "arrowright" => Some(Self::Right),
            "arrowup" => Some(Self::Up),
            "arrowdown" => Some(Self::Down),
            _ => None,
        }
    }
}

impl LinkedView {
    /// Pictures of this size, shown whole.
    #[must_use]
    pub fn new(size: Vector) -> Self {
        let far = Point::new(size.x.max(1.0), size.y.max(1.0));
        Self {
            page: Rect::from_points(Point::default(), far),
            view: View::default(),
            is_whole: true,
        }
    }

    /// Pixels for a unit of the pictures.
    #[must_use]
    pub const fn zoom(&self) -> f64 {
        self.view.zoom
    }

    /// Where the corner of the pictures is in their frames, in CSS pixels.
    #[must_use]
    pub const fn pan(&self) -> Vector {
        self.view.pan
    }

    /// Whether the pictures are shown whole.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        self.is_whole
    }

    /// The same in frames of this size, in CSS pixels.
    #[must_use]
    pub fn framed(self, size: Vector) -> Self {
        let middle = self.view.center();
        let view = View { size, ..self.view };
        if self.is_whole {
            return Self { view, ..self }.whole();
        }
        let seen = Rect::from_points(middle, middle);
        Self {
            view: view.fitted(&seen, self.view.zoom),
            ..self
        }
        .within()
    }

    /// The whole pictures.
    #[must_use]
    pub fn whole(self) -> Self {
        let (page, size) = (&self.page, self.view.size);
        // They have paper around them already.
        let zoom = (size.x / page.width()).min(size.y / page.height());
        let zoom = zoom.clamp(View::MINIMUM_ZOOM, NEAREST);
        let pan = Vector::new(
            (size.x - page.width() * zoom) / 2.0,
            (size.y - page.height() * zoom) / 2.0,
        );
        Self {
            view: View { pan, zoom, size },
            is_whole: true,
            ..self
        }
    }

    /// A step.
    #[must_use]
    pub fn stepped(self, step: ViewStep) -> Self {
        let size = self.view.size;
        let middle = Point::new(size.x / 2.0, size.y / 2.0);
        let stride = size * STRIDE;
        match step {
            ViewStep::Nearer => self.zoomed(STEP, middle),
            ViewStep::Farther => self.zoomed(1.0 / STEP, middle),
            ViewStep::Whole => self.whole(),
            ViewStep::Left => self.panned(Vector::new(stride.x, 0.0)),
            ViewStep::Right => self.panned(Vector::new(-stride.x, 0.0)),
            ViewStep::Up => self.panned(Vector::new(0.0, stride.y)),
            ViewStep::Down => self.panned(Vector::new(0.0, -stride.y)),
        }
    }

    /// A turn of a wheel by so many pixels, over this place of a frame.
    #[must_use]
    pub fn wheeled(self, pixels: f64, over: Point) -> Self {
        self.zoomed((-pixels * WHEEL).exp(), over)
    }

    /// One pointer has dragged, or two have pinched, from these places of a frame to those.
    #[must_use]
    pub fn dragged(self, before: &[Point], after: &[Point]) -> Self {
        match (before, after) {
            ([one, other, ..], [now, there, ..]) => {
                let apart = one.distance(*other);
                let moved = self.panned(now.midpoint(*there) - one.midpoint(*other));
                match apart > 1.0 {
                    true => moved.zoomed(now.distance(*there) / apart, now.midpoint(*there)),
                    false => moved,
                }
            }
            ([one], [now]) => self.panned(*now - *one),
            _ => self,
        }
    }

    fn panned(self, offset: Vector) -> Self {
        Self {
            view: self.view.panned(offset),
            is_whole: false,
            ..self
        }
        .within()
    }

    fn zoomed(self, factor: f64, over: Point) -> Self {
        let farthest = self.whole().view.zoom;
        let zoom = self.view.zoom * factor;
        if zoom <= farthest {
            return self.whole();
        }
        Self {
            view: self.view.zoomed_to(zoom.min(NEAREST.max(farthest)), over),
            is_whole: false,
            ..self
        }
        .within()
    }

    /// The same with the middle of the frames on the pictures, so that nobody loses them.
    fn within(self) -> Self {
        let middle = self.view.center();
        let kept = Point::new(
            middle.x.clamp(self.page.left, self.page.right),
            middle.y.clamp(self.page.top, self.page.bottom),
        );
        Self {
            view: self.view.panned((middle - kept) * self.view.zoom),
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn view() -> LinkedView {
        LinkedView::new(Vector::new(2_000.0, 500.0)).framed(Vector::new(600.0, 400.0))
    }

    /// What is at a place of a frame, in units of the picture.
    fn under(view: &LinkedView, at: Point) -> Point {
        view.view.to_world(at)
    }

    #[test]
    fn pictures_are_whole_at_first_and_stay_so_in_other_frames() {
        let first = view();
        assert!(
            first
                .view
                .visible()
                .grown(1.0e-6)
                .contains_rect(&first.page)
        );
        let other = first.framed(Vector::new(1_200.0, 300.0));
        assert!(
            other.is_whole
                && other
                    .view
                    .visible()
                    .grown(1.0e-6)
                    .contains_rect(&other.page)
        );
        assert!(other.zoom() > first.zoom());
    }

    #[test]
    fn what_is_looked_at_stays_in_the_middle_of_other_frames() {
        let near = view().stepped(ViewStep::Nearer).stepped(ViewStep::Nearer);
        let other = near.framed(Vector::new(300.0, 700.0));
        assert!(other.view.center().distance(near.view.center()) < 1.0e-6);
        assert_eq!(other.zoom(), near.zoom());
    }

    #[test]
    fn a_wheel_keeps_what_is_under_it_and_ends_at_the_whole() {
        let at = Point::new(280.0, 210.0);
        let near = view().wheeled(-400.0, at);
        assert!(near.zoom() > view().zoom());
        assert!(under(&near, at).distance(under(&view(), at)) < 1.0e-6);
        assert_eq!(near.wheeled(10_000.0, at), view());
    }

    #[test]
    fn two_fingers_hold_what_they_hold() {
        let near = view().stepped(ViewStep::Nearer).stepped(ViewStep::Nearer);
        let before = [Point::new(250.0, 200.0), Point::new(350.0, 200.0)];
        let after = [Point::new(230.0, 190.0), Point::new(390.0, 190.0)];
        let pinched = near.dragged(&before, &after);
        for (one, other) in before.iter().zip(after) {
            assert!(under(&near, *one).distance(under(&pinched, other)) < 1.0e-6);
        }
        // A finger that comes or goes moves nothing.
        assert_eq!(near.dragged(&before, &after[..1]), near);
    }

    #[test]
    fn keys_are_known_by_their_names() {
        let steps = [
            "+",
            "=",
            "-",
            "0",
            "arrowleft",
            "arrowright",
            "arrowup",
            "arrowdown",
        ];
        assert!(steps.iter().all(|key| ViewStep::of_key(key).is_some()));
        assert_eq!(ViewStep::of_key("a"), None);
        let near = view().stepped(ViewStep::Nearer).stepped(ViewStep::Nearer);
        let right = near.stepped(ViewStep::Right);
        assert!(right.view.center().x > near.view.center().x);
        assert_eq!(
            right.stepped(ViewStep::Left).view.center().y,
            near.view.center().y
        );
        assert_eq!(near.stepped(ViewStep::Whole), view());
    }

    proptest! {
        #[test]
        fn the_pictures_are_never_lost(
            page in (1.0..20_000.0, 1.0..20_000.0),
            moves in prop::collection::vec((0..4_u8, -900.0..900.0_f64, -900.0..900.0_f64), 0..40),
        ) {
            let size = Vector::new(600.0, 400.0);
            let mut view = LinkedView::new(Vector::new(page.0, page.1)).framed(size);
            let whole = view.zoom();
            for (kind, x, y) in moves {
                view = match kind {
                    0 => view.wheeled(x, Point::new(y.abs(), 100.0)),
                    1 => view.dragged(&[Point::default()], &[Point::new(x, y)]),
                    2 => view.framed(Vector::new(x.abs() + 50.0, y.abs() + 50.0)).framed(size),
                    _ => view.stepped(ViewStep::Down),
                };
                prop_assert!(view.page.grown(1.0e-6).contains(view.view.center()));
                prop_assert!(view.zoom() >= whole * 0.999 && view.zoom() <= NEAREST.max(whole));
            }
        }
    }
}
