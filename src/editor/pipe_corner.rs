//! Moving the corner of a pipe: with its handle, and by keyboard.

use crate::model::{Corner, Document, Edit, Element, Id, Link, Patch, Point, Vector};
use crate::scene::{HalfRoute, Scene, turned};

/// How far a step by keyboard moves a corner, in world units.
const STEP: f64 = 10.0;
/// The most steps that are tried before a corner is where it makes a way.
const MOST_STEPS: i32 = 60;
/// A corner this near to where the drawing would have it is left to the drawing, in world units.
const NEAR: f64 = 10.0;
/// A corner this near to the middle of its stock is taken there, in world units.
const LEVEL: f64 = 8.0;
/// How much nearer to the pointer a way along the other axis must pass to be taken, in world units.
const TURNING: f64 = 24.0;

/// The record of a link with another corner.
fn with_corner(link: &Link, corner: Option<Corner>) -> Element {
    Element::Link(Link {
        corner,
        ..link.clone()
    })
}

/// The change that leads the half of a pipe that a link is drawn as through a place: `start` is the
/// link as it was.
#[must_use]
pub fn led_through(
    document: &Document,
    scene: &Scene,
    (id, start): (Id, &Link),
    at: Point,
) -> Option<Patch> {
    let (_, _, half) = scene.half_of_link(id)?;
    let free = scene.way_without_corner(document, id)?;
    let corner = if is_there(&free, at) {
        None
    } else {
        Some(corner_near(half, at)?)
    };
    let before = Element::Link(start.clone());
    let after = with_corner(start, corner);
    Some(Patch::of(id, Some(before), Some(after)))
}

/// Whether a place is where the drawing leads a way by itself.
fn is_there(free: &HalfRoute, at: Point) -> bool {
    free.movable().distance(at) <= NEAR
}

/// The corner with which half of a pipe passes nearest to a place.
fn corner_near(half: &HalfRoute, at: Point) -> Option<Corner> {
    let valve = half.way.point(0.0);
    let (offset, stock) = (at - valve, half.end.center() - valve);
    let level = |distance: f64, middle: f64| {
        if (distance - middle).abs() <= LEVEL {
            middle
        } else {
            distance.round()
        }
    };
    let corners = [
        Corner::Level(level(offset.x, stock.x)),
        Corner::Upright(level(offset.y, stock.y)),
    ];
    let ways = corners.into_iter().filter_map(|corner| {
        let way = turned(valve, corner, &half.end)?;
        let is_other = half.corner().is_some_and(|now| !is_same_axis(now, corner));
        let turning = if is_other { TURNING } else { 0.0 };
        Some((way.movable().distance(at) + turning, corner))
    });
    let nearest = ways.min_by(|one, other| one.0.total_cmp(&other.0));
    nearest.map(|(_, corner)| corner)
}

const fn is_same_axis(one: Corner, other: Corner) -> bool {
    matches!(
        (one, other),
        (Corner::Level(_), Corner::Level(_)) | (Corner::Upright(_), Corner::Upright(_))
    )
}

/// Which way a step by keyboard moves a corner, as seen along the link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aside {
    /// To the left.
    Left,
    /// To the right.
    Right,
}

/// The change that moves the corners of the pipes among these links by a step; what is no pipe stays.
#[must_use]
pub fn stepped(
    document: &Document,
    scene: &Scene,
    links: impl IntoIterator<Item = Id>,
    aside: Aside,
) -> Patch {
    let mut edit = Edit::new(document);
    for id in links {
        let Some(link) = document.links().get(&id) else {
            continue;
        };
        if let Some(corner) = next_corner(document, scene, id, aside) {
            edit.set(id, Some(with_corner(link, corner)));
        }
    }
    edit.finish()
}

/// The corner of half of a pipe after a step: the first that makes another way, or none where the
/// drawing has it.
fn next_corner(
    document: &Document,
    scene: &Scene,
    link: Id,
    aside: Aside,
) -> Option<Option<Corner>> {
    let (_, _, half) = scene.half_of_link(link)?;
    let free = scene.way_without_corner(document, link)?;
    let valve = half.way.point(0.0);
    let left = side_of(half);
    let left = match aside {
        Aside::Left => left,
        Aside::Right => -left,
    };
    // A straight way turns along the other axis.
    let from = half.corner().unwrap_or(if left.x == 0.0 {
        Corner::Upright(0.0)
    } else {
        Corner::Level(0.0)
    });
    let step = match from {
        Corner::Level(_) => left.x,
        Corner::Upright(_) => left.y,
    } * STEP;
    let is_free = *half == free;
    (1..=MOST_STEPS).find_map(|count| {
        let to = from.with_distance(from.distance() + step * f64::from(count));
        let way = turned(valve, to, &half.end);
        let is_back = !is_free && passes(&free, from, to);
        if is_back {
            return Some(None);
        }
        let way = way?;
        (way != *half).then(|| way.corner())
    })
}

/// Whether a corner that moves from one place to another comes to where the drawing has it.
fn passes(free: &HalfRoute, from: Corner, to: Corner) -> bool {
    let home = match free.corner() {
        None => 0.0,
        Some(corner) if is_same_axis(corner, to) => corner.distance(),
        Some(_) => return false,
    };
    let (before, after) = (from.distance() - home, to.distance() - home);
    before * after <= 0.0 || (after.abs() < STEP / 2.0)
}

/// The direction to the left of a pipe where its handle is, as seen from its valve.
fn side_of(half: &HalfRoute) -> Vector {
    let movable = half.movable();
    let along = if movable.length() > 1.0e-6 {
        movable.tangent(0.5)
    } else {
        // In a corner, on along the second stretch.
        half.way.tangent(1.0)
    };
    along.left()
}
