//! Which way links bend: new ones, dragged ones, and the one that is being drawn.

use std::f64::consts::TAU;

use crate::lean;
use crate::model::{Document, Id, Link, Point, Vector};
use crate::scene::{Curve, Scene, rim_point};

/// How far a new link bends.
const NEW_BEND: f64 = 0.2;

/// How a new link should bend: away from the rest of the diagram, so that loops read as rings,
/// and not onto a link that leads back.
#[must_use]
pub fn bend_for(document: &Document, scene: &Scene, from: Id, to: Id) -> f64 {
    if from == to {
        return scene.free_direction(document, from);
    }
    let between: Vec<&Link> = document
        .links_between(from, to)
        .map(|(_, link)| link)
        .collect();
    if let Some(back) = between.iter().find(|link| link.from == to) {
        // The same bend as seen from its own start lies on the other side.
        return if back.bend == 0.0 {
            NEW_BEND
        } else {
            back.bend
        };
    }
    if let Some(same) = between
        .iter()
        .max_by(|a, b| a.bend.abs().total_cmp(&b.bend.abs()))
    {
        let further = same.bend.abs() + NEW_BEND;
        return further
            .copysign(same.bend)
            .clamp(-Link::MAXIMUM_BEND, Link::MAXIMUM_BEND);
    }
    match document.placement(to) {
        Some(placement) => away_from_neighbours(document, &[from, to], placement.position),
        None => NEW_BEND,
    }
}

/// How the link to a variable that is not there yet should bend.
#[must_use]
pub fn open_side(document: &Document, from: Id, at: Point) -> f64 {
    away_from_neighbours(document, &[from], at)
}

/// A bend away from what is linked with the ends; the way is from the first of them to `to`.
fn away_from_neighbours(document: &Document, ends: &[Id], to: Point) -> f64 {
    let position = |id: Id| document.placement(id).map(|placement| placement.position);
    let Some(start) = ends.first().copied().and_then(position) else {
        return NEW_BEND;
    };
    let links = ends.iter().flat_map(|end| document.links_of(*end));
    let others = links
        .filter_map(|id| document.links().get(&id))
        .flat_map(|link| [link.from, link.to])
        .filter(|id| !ends.contains(id));
    let neighbours = lean::set_of(others);
    // Positive where the neighbours lie to the right of the way: then the arc goes to the left.
    let side: f64 = neighbours
        .into_iter()
        .filter_map(position)
        .map(|at| (to - start).cross(at - start))
        .sum();
    if side < 0.0 { -NEW_BEND } else { NEW_BEND }
}

/// The bend that brings the middle of a link's arc nearest to a place.
#[must_use]
pub fn bend_through(document: &Document, link: &Link, at: Point) -> f64 {
    let position = |id: Id| document.placement(id).map(|placement| placement.position);
    let (Some(from), Some(to)) = (position(link.from), position(link.to)) else {
        return link.bend;
    };
    if link.is_self_link() {
        let turns = (at - from).angle() / TAU + 0.25;
        return turns.rem_euclid(1.0);
    }
    let chord = to - from;
    if chord.length() < 1.0 {
        return link.bend;
    }
    let height = (at - from.midpoint(to)).dot(chord.unit().left());
    let bend = height / chord.length();
    if bend.abs() < 0.03 {
        0.0
    } else {
        bend.clamp(-Link::MAXIMUM_BEND, Link::MAXIMUM_BEND)
    }
}

/// The dashed way of a link that is being drawn.
#[must_use]
pub fn ghost(
    document: &Document,
    scene: &Scene,
    from: Id,
    target: Option<Id>,
    at: Point,
) -> Option<Curve> {
    let node = scene.nodes().get(&from)?;
    if target == Some(from) {
        let turns = scene.free_direction(document, from);
        let out = Vector::from_angle((turns - 0.25) * TAU);
        let middle = rim_point(&node.rect, out) + out * 17.0;
        return Some(Curve::circle(middle, 24.0, (-out).angle()));
    }
    let (end, bend) = match target.and_then(|id| scene.nodes().get(&id).map(|n| (id, n))) {
        Some((id, node)) => (node.rect.center(), bend_for(document, scene, from, id)),
        None => (at, NEW_BEND),
    };
    let whole = Curve::between(node.rect.center(), end, bend);
    let start = whole.crossings(&node.rect).first().copied().unwrap_or(0.0);
    let stop = target
        .and_then(|id| scene.nodes().get(&id))
        .and_then(|node| whole.crossings(&node.rect).last().copied())
        .unwrap_or(1.0);
    Some(if start < stop {
        whole.part(start, stop)
    } else {
        whole
    })
}
