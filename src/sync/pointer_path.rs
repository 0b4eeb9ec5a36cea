//! The way of a pointer of which one hears twenty times a second, as something that glides.

use std::collections::VecDeque;

use crate::model::Point;

/// By how much a gliding pointer is behind, in milliseconds.
pub const GLIDE: u64 = 100;
/// The most places that are kept; a pointer is heard of much less often than that in [`GLIDE`].
const MOST_KEPT: usize = 32;

/// How a pointer moves from one place to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PointerMotion {
    /// It glides.
    Gliding,
    /// It is there at once: the person wants no motion.
    Jumping,
}

/// The last places of a pointer, with the times at which they were heard of.
///
/// What is shown is where it was [`GLIDE`] ago. Between two places it goes straight at an even
/// speed. When it sets out after a rest, it takes [`GLIDE`] for the first piece.
#[derive(Clone, Debug, PartialEq)]
pub struct PointerPath {
    /// Never empty; times grow.
    places: VecDeque<(u64, Point)>,
}

impl PointerPath {
    /// A pointer that is here.
    #[must_use]
    pub fn new(place: Point, now: u64) -> Self {
        Self {
            places: VecDeque::from([(now, place)]),
        }
    }

    /// Hears of the next place. Times are in milliseconds and do not go back.
    pub fn move_to(&mut self, place: Point, now: u64) {
        let Some(&(last, rest)) = self.places.back() else {
            return;
        };
        let now = now.max(last);
        if now == last {
            self.places.pop_back();
        } else if now - last > GLIDE {
            self.places.push_back((now - GLIDE, rest));
        }
        self.places.push_back((now, place));
        let shown = now.saturating_sub(GLIDE);
        let is_past = |place: Option<&(u64, Point)>| place.is_some_and(|(at, _)| *at <= shown);
        // The one before what is shown is the start of its piece.
        while is_past(self.places.get(1)) || self.places.len() > MOST_KEPT {
            self.places.pop_front();
        }
    }

    /// From when on it rests where it was heard of last.
    #[must_use]
    pub fn arrives(&self) -> u64 {
        self.places.back().map_or(0, |(at, _)| at + GLIDE)
    }

    /// The place that is shown.
    #[must_use]
    pub fn at(&self, now: u64, motion: PointerMotion) -> Point {
        let shown = match motion {
            PointerMotion::Gliding => now.saturating_sub(GLIDE),
            PointerMotion::Jumping => u64::MAX,
        };
        let next = self.places.iter().position(|(at, _)| *at > shown);
        let last = self
            .places
            .back()
            .map_or(Point::default(), |(_, place)| *place);
        match next {
            None => last,
            Some(0) => self.places.front().map_or(last, |(_, place)| *place),
            Some(next) => {
                let ((from, start), (to, end)) = (self.places[next - 1], self.places[next]);
                let share = (shown - from) as f64 / (to - from) as f64;
                start + (end - start) * share
            }
        }
    }
}
