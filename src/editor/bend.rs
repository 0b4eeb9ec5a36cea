//! Which way links and flows bend: new ones, dragged ones, and the one that is being drawn.

use std::collections::BTreeSet;
use std::f64::consts::TAU;

use crate::model::{Connection, Document, Edge, FlowKind, Id, Link, Point, Vector, may_connect};
use crate::scene::{Curve, NodeKind, Scene, rim_point};

/// How far a new link bends.
const NEW_BEND: f64 = 0.2;

/// How a new link should bend: away from the rest of the diagram, so that loops read as rings,
/// and not onto a link that leads back.
#[must_use]
pub fn bend_for(document: &Document, scene: &Scene, from: Id, to: Id) -> f64 {
    if from == to {
        return scene.free_direction(document, from);
    }
    let between: Vec<Edge> = document
        .edges_between(from, to)
        .map(|(_, edge)| edge)
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

/// How a new flow should bend: work goes on straight, and comes back below the map, over which the
/// information flows.
#[must_use]
pub fn flow_bend(document: &Document, scene: &Scene, from: Id, to: Id, kind: FlowKind) -> f64 {
    const REWORK_BEND: f64 = 0.35;
    const HALF_DOWN: f64 = 0.5;
    if from == to {
        return HALF_DOWN;
    }
    let position = |id: Id| document.placement(id).map(|placement| placement.position);
    let (Some(start), Some(end)) = (position(from), position(to)) else {
        return 0.0;
    };
    if kind == FlowKind::Rework {
        // A positive bend is to the left of the way, which is downwards for a way to the left.
        return if end.x < start.x {
            REWORK_BEND
        } else {
            -REWORK_BEND
        };
    }
    if document.edges_between(from, to).next().is_some() {
        return bend_for(document, scene, from, to);
    }
    0.0
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
    let links = ends.iter().flat_map(|end| document.edges_of(*end));
    let others = links
        .filter_map(|id| document.edge(id))
        .flat_map(|edge| [edge.from, edge.to])
        .filter(|id| !ends.contains(id));
    let neighbours: BTreeSet<Id> = others.collect();
    // Positive where the neighbours lie to the right of the way: then the arc goes to the left.
    let side: f64 = neighbours
        .into_iter()
        .filter_map(position)
        .map(|at| (to - start).cross(at - start))
        .sum();
    if side < 0.0 { -NEW_BEND } else { NEW_BEND }
}

/// The bend that brings the middle of an arc nearest to a position.
#[must_use]
pub fn bend_through(document: &Document, edge: Edge, at: Point) -> f64 {
    let position = |id: Id| document.placement(id).map(|placement| placement.position);
    let (Some(from), Some(to)) = (position(edge.from), position(edge.to)) else {
        return edge.bend;
    };
    if edge.is_ring() {
        let turns = (at - from).angle() / TAU + 0.25;
        return turns.rem_euclid(1.0);
    }
    let chord = to - from;
    if chord.length() < 1.0 {
        return edge.bend;
    }
    let height = (at - from.midpoint(to)).dot(chord.unit().left());
    let bend = height / chord.length();
    if bend.abs() < 0.03 {
        0.0
    } else {
        bend.clamp(-Link::MAXIMUM_BEND, Link::MAXIMUM_BEND)
    }
}

/// How what a drag from one thing to another makes will bend.
fn new_bend(document: &Document, scene: &Scene, from: Id, to: Id) -> f64 {
    match may_connect(document, from, to) {
        Ok(Connection::Flow(kind)) => flow_bend(document, scene, from, to, kind),
        _ => bend_for(document, scene, from, to),
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
        Some((id, node)) => (node.rect.center(), new_bend(document, scene, from, id)),
        None if node.kind == NodeKind::Station => (at, 0.0),
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
