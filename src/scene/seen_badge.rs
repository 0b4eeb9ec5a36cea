//! What is seen of the badge of a loop at a small scale: its code, and its name where that has room.

use crate::model::{Point, Rect, Vector};

use super::badge::{BADGE_RADIUS, BadgeShape};
use super::magnify::magnified;
use super::primitive::Primitive;
use super::text::Font;

/// How many times as large a badge is drawn: as much as its words need, so that those of large loops,
/// which are larger, do not hide the names of variables.
#[must_use]
pub fn badge_factor(badge: &BadgeShape, zoom: f64) -> f64 {
    magnified(Font::BADGE.size * badge.radius / BADGE_RADIUS, zoom)
}

/// Where the name of a loop stands, for its badge.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NamePlace {
    /// Below it.
    #[default]
    Below,
    /// Above it, because names of variables stand below.
    Above,
    /// Nowhere: names of variables have all the room. A loop that is pointed at shows its name.
    Nowhere,
}

/// The paper under the name of a loop as it is seen in a place; `None` without a name there.
pub(super) fn plate(badge: &BadgeShape, zoom: f64, place: NamePlace) -> Option<Rect> {
    let factor = badge_factor(badge, zoom);
    let name = badge.primitives[badge.named_from..].first()?;
    let below = name.magnified(badge.center, factor).bounds()?;
    match place {
        NamePlace::Below => Some(below),
        NamePlace::Above => Some(below.moved(lift(badge, &below))),
        NamePlace::Nowhere => None,
    }
}

/// From below a badge to above it.
pub(super) fn lift(badge: &BadgeShape, below: &Rect) -> Vector {
    Vector::new(0.0, 2.0 * (badge.center.y - below.center().y))
}

/// What is seen of a badge with its name in a place.
pub(super) fn badge_named(
    badge: &BadgeShape,
    zoom: f64,
    place: NamePlace,
) -> (Rect, Vec<Primitive>) {
    let (about, factor) = (badge.center, badge_factor(badge, zoom));
    let (own, name) = badge.primitives.split_at(badge.named_from);
    let seen = |part: &Primitive| part.magnified(about, factor);
    let mut primitives: Vec<Primitive> = own.iter().map(seen).collect();
    let side = 2.0 * (badge.radius + 3.0) * factor;
    let rect = Rect::centered(about, side, side);
    let (Some(below), Some(plate)) = (
        plate(badge, zoom, NamePlace::Below),
        plate(badge, zoom, place),
    ) else {
        return (rect, primitives);
    };
    let offset = plate.center() - below.center();
    primitives.extend(name.iter().map(|part| seen(part).moved(offset)));
    (rect.union(&plate), primitives)
}

/// What is seen of a badge: its code and its name can always be read.
#[must_use]
pub fn seen_badge(badge: &BadgeShape, zoom: f64) -> (Rect, Vec<Primitive>) {
    let factor = badge_factor(badge, zoom);
    let about = badge.center;
    let primitives = badge.primitives.iter();
    let primitives = primitives.map(|primitive| primitive.magnified(about, factor));
    let corner = |at: Point| about + (at - about) * factor;
    let rect = Rect::from_points(
        corner(Point::new(badge.rect.left, badge.rect.top)),
        corner(Point::new(badge.rect.right, badge.rect.bottom)),
    );
    (rect, primitives.collect())
}
