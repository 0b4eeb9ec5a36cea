//! Composes an arrangement: parts beside each other, notes along with what they stand at, the
//! patch.

use crate::model::{Document, Edit, Element, Id, Patch, Point, Rect, StationKind, Vector};

use super::arrangement::{Arrange, Arrangement, Scope, half_of};
use super::frames::frames;
use super::pack::in_rows;
use super::refine_arcs::arc_bounds;
use super::remove_overlaps::{box_at, nearest, remove_overlaps};

/// Where everything stands once the parts are beside each other.
pub(super) fn compose(arrangement: &Arrangement) -> Vec<Point> {
    let mut positions = arrangement.before.clone();
    for (part, (members, _)) in arrangement.parts.iter().zip(&arrangement.members) {
        for (thing, at) in members.iter().zip(part.positions()) {
            positions[*thing] = *at;
        }
    }
    if arrangement.arrange == Arrange::Afresh {
        pack(arrangement, &mut positions);
    }
    for (position, held) in positions.iter_mut().zip(&arrangement.held) {
        if !held {
            *position = Point::new(position.x.round(), position.y.round());
        }
    }
    remove_overlaps(&mut positions, &arrangement.halves, &arrangement.held, &[]);
    positions
}

/// Packs the parts of which nothing is held around where they were.
fn pack(arrangement: &Arrangement, positions: &mut [Point]) {
    let parts = arrangement.parts.iter().zip(&arrangement.members);
    let loose: Vec<_> = parts.filter(|(part, _)| !part.is_held()).collect();
    let boxes: Vec<Rect> = loose.iter().map(|(part, _)| part.bounds()).collect();
    let mut moves_with = vec![false; positions.len()];
    let mut was: Option<Rect> = None;
    for thing in loose.iter().flat_map(|(_, (members, _))| members) {
        moves_with[*thing] = true;
        let here = Rect::from_points(arrangement.before[*thing], arrangement.before[*thing]);
        was = Some(was.map_or(here, |all| all.union(&here)));
    }
    let others = (0..positions.len()).filter(|thing| !moves_with[*thing]);
    let taken: Vec<Rect> = others
        .map(|thing| box_at(positions[thing], arrangement.halves[thing]))
        .collect();
    let Some(was) = was else {
        return;
    };
    let moves = in_rows(&boxes, was.center(), &taken);
    for ((_, (members, _)), offset) in loose.iter().zip(moves) {
        for thing in members {
            positions[*thing] = positions[*thing] + offset;
        }
    }
}

/// The patch to an arrangement.
pub(super) fn patch(
    arrangement: &Arrangement,
    document: &Document,
    positions: &[Point],
    bends: &[Vec<f64>],
) -> Patch {
    let mut edit = Edit::new(document);
    for ((id, at), held) in arrangement.ids.iter().zip(positions).zip(&arrangement.held) {
        if !held {
            put(&mut edit, *id, at.on_canvas());
        }
    }
    for ((_, edges), bends) in arrangement.members.iter().zip(bends) {
        for ((id, _), bend) in edges.iter().zip(bends) {
            if may_bend(arrangement, document, *id) {
                edit.change(*id, |element| {
                    if let Some(mut edge) = element.edge() {
                        edge.bend = *bend;
                        if arrangement.arrange == Arrange::Afresh {
                            edge.corner = None;
                        }
                        element.set_edge(edge);
                    }
                });
            }
        }
    }
    let notes = notes(arrangement, document, positions, bends);
    for (id, at) in &notes {
        put(&mut edit, *id, *at);
    }
    for (id, frame) in frames(arrangement, document, positions, &notes) {
        edit.set(id, Some(frame));
    }
    if arrangement.arrange == Arrange::Afresh {
        reset_badges(arrangement, document, &mut edit);
    }
    edit.finish()
}

fn put(edit: &mut Edit, id: Id, at: Point) {
    edit.change(id, |element| {
        if let Some(placement) = element.placement_mut() {
            placement.position = at;
        }
    });
}

/// Whether one of the ends of a link or flow may move; else it stays as it is.
fn may_bend(arrangement: &Arrangement, document: &Document, id: Id) -> bool {
    document.edge(id).is_some_and(|edge| {
        let free = |end: Id| {
            let locked = document
                .placement(end)
                .is_none_or(|placement| placement.locked);
            in_scope(arrangement, end) && !locked
        };
        free(edge.from) || free(edge.to)
    })
}

fn in_scope(arrangement: &Arrangement, id: Id) -> bool {
    match &arrangement.scope {
        Scope::Everything => true,
        Scope::Only(chosen) => chosen.contains(&id),
    }
}

/// New places of notes: as far from the nearest thing as before, or the nearest place where they
/// cover nothing, unless they covered something before.
fn notes(
    arrangement: &Arrangement,
    document: &Document,
    positions: &[Point],
    bends: &[Vec<f64>],
) -> Vec<(Id, Point)> {
    let old: Vec<Rect> = boxes(&arrangement.before, arrangement);
    let new: Vec<Rect> = boxes(positions, arrangement);
    if document.notes().is_empty() {
        return Vec::new();
    }
    let mut taken: Vec<Rect> = new.clone();
    taken.extend(arcs(arrangement, document, positions, bends));
    if !document.stations().is_empty() {
        taken.extend(below_map(&taken));
    }
    // What stands beside the line of work may come into it: a note stays with the line.
    let leads = |thing: &usize| {
        let station = document.stations().get(&arrangement.ids[*thing]);
        station.is_none_or(|station| {
            let outside = [
                StationKind::Supplier,
                StationKind::Customer,
                StationKind::Control,
            ];
            !outside.contains(&station.kind)
        })
    };
    let mut moved = Vec::new();
    for (id, note) in document.notes() {
        let usual = Vector::new(note.width, 60.0);
        let half = half_of(arrangement.sizes.get(id).copied().unwrap_or(usual));
        let was = note.placement.position;
        let free = in_scope(arrangement, *id) && !note.placement.locked;
        let near = |thing: &usize| distance(&old[*thing], &box_at(was, half));
        let things = (0..old.len()).filter(|thing| !arrangement.held[*thing]);
        let things: Vec<usize> = things.collect();
        let leading = things.iter().copied().filter(leads);
        let mut leading: Vec<usize> = leading.collect();
        if leading.is_empty() {
            leading = things;
        }
        let nearest_thing = leading.into_iter().reduce(|one, other| {
            if near(&other) < near(&one) {
                other
            } else {
                one
            }
        });
        let Some(thing) = nearest_thing.filter(|_| free) else {
            taken.push(box_at(was, half));
            continue;
        };
        let wish = (was + (positions[thing] - arrangement.before[thing])).on_canvas();
        let covered = old.iter().any(|rect| rect.intersects(&box_at(was, half)));
        let clear = |at: Point| {
            let rect = box_at(at, half).grown(6.0);
            !taken.iter().any(|other| other.intersects(&rect))
        };
        let stays = arrangement.arrange == Arrange::Tidy && wish == was;
        let at = if covered || stays {
            wish
        } else {
            nearest(wish, half, clear)
        };
        taken.push(box_at(at, half));
        moved.push((*id, at));
    }
    moved
}

/// What the arcs of links and flows take up, piece by piece.
fn arcs(
    arrangement: &Arrangement,
    document: &Document,
    positions: &[Point],
    bends: &[Vec<f64>],
) -> Vec<Rect> {
    let position = |id: Id| {
        let number = arrangement.ids.iter().position(|other| *other == id)?;
        Some(positions[number])
    };
    let mut taken = Vec::new();
    for ((_, edges), bends) in arrangement.members.iter().zip(bends) {
        for ((id, _), bend) in edges.iter().zip(bends) {
            let ends = document.edge(*id).filter(|edge| edge.from != edge.to);
            let ends = ends.and_then(|edge| Some((position(edge.from)?, position(edge.to)?)));
            if let Some((from, to)) = ends {
                taken.extend(arc_bounds(from, to, *bend));
            }
        }
    }
    taken
}

/// The band below a map in which the scene draws the ladder of its times, with the totals to the
/// right of it.
fn below_map(taken: &[Rect]) -> Option<Rect> {
    const HIGH: f64 = 110.0;
    const TOTALS: f64 = 260.0;
    let map = taken
        .iter()
        .copied()
        .reduce(|one, other| one.union(&other))?;
    Some(Rect::from_points(
        Point::new(map.left, map.bottom),
        Point::new(map.right + TOTALS, map.bottom + HIGH),
    ))
}

fn boxes(positions: &[Point], arrangement: &Arrangement) -> Vec<Rect> {
    let boxes = positions.iter().zip(&arrangement.halves);
    boxes.map(|(at, half)| box_at(*at, *half)).collect()
}

/// How far two boxes are apart; zero where they overlap.
fn distance(one: &Rect, other: &Rect) -> f64 {
    let x = (one.left - other.right)
        .max(other.left - one.right)
        .max(0.0);
    let y = (one.top - other.bottom)
        .max(other.top - one.bottom)
        .max(0.0);
    Vector::new(x, y).length()
}

/// Takes back how far badges of loops were dragged: where they stood is somewhere else now. A
/// label that says nothing else goes.
fn reset_badges(arrangement: &Arrangement, document: &Document, edit: &mut Edit) {
    for (id, label) in document.loop_labels() {
        let moves = label
            .key
            .links()
            .iter()
            .any(|link| may_bend(arrangement, document, *link));
        if !moves || label.badge_offset == Vector::ZERO {
            continue;
        }
        let mut label = label.clone();
        label.badge_offset = Vector::ZERO;
        let kept = (!label.is_blank()).then_some(Element::LoopLabel(label));
        edit.set(*id, kept);
    }
}
