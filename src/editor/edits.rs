//! Changes of a document, each as a patch: what actions and gestures are made of.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{
    Delay, Document, Edit, Element, Hold, Id, IdSource, Link, LoopKey, LoopLabel, Patch, Placement,
    Point, Polarity, Rect, Variable, VariableKind, Vector,
};
use crate::scene::{Curve, Scene};

/// How far a new link bends.
pub const NEW_BEND: f64 = 0.2;

/// Changes each of these records in the same way.
#[must_use]
pub fn change_each(
    document: &Document,
    ids: impl IntoIterator<Item = Id>,
    change: impl Fn(&mut Element),
) -> Patch {
    let mut edit = Edit::new(document);
    for id in ids {
        edit.change(id, &change);
    }
    edit.finish()
}

/// Changes each of these links in the same way.
#[must_use]
pub fn change_links(
    document: &Document,
    ids: impl IntoIterator<Item = Id>,
    change: impl Fn(&mut Link),
) -> Patch {
    change_each(document, ids, |element| {
        if let Element::Link(link) = element {
            change(link);
        }
    })
}

/// Changes where each of these stands, or how it is held there.
#[must_use]
pub fn change_placements(
    document: &Document,
    ids: impl IntoIterator<Item = Id>,
    change: impl Fn(&mut Placement),
) -> Patch {
    change_each(document, ids, |element| {
        if let Some(placement) = element.placement_mut() {
            change(placement);
        }
    })
}

/// Signs links.
#[must_use]
pub fn set_polarity(
    document: &Document,
    ids: impl IntoIterator<Item = Id>,
    polarity: Polarity,
) -> Patch {
    change_links(document, ids, |link| link.polarity = polarity)
}

/// Delays links, or if all of them are delayed, no longer.
#[must_use]
pub fn toggle_delay(document: &Document, ids: &BTreeSet<Id>) -> Patch {
    let mut links = ids.iter().filter_map(|id| document.links().get(id));
    let delay = if links.all(|link| link.delay == Delay::Delayed) {
        Delay::None
    } else {
        Delay::Delayed
    };
    change_links(document, ids.iter().copied(), |link| link.delay = delay)
}

/// Turns links round; they keep the side they bend to.
#[must_use]
pub fn reverse_links(document: &Document, ids: &BTreeSet<Id>) -> Patch {
    change_links(document, ids.iter().copied(), |link| {
        if !link.is_self_link() {
            std::mem::swap(&mut link.from, &mut link.to);
            link.bend = -link.bend;
        }
    })
}

/// Makes variables stocks, or if all of them are, plain.
#[must_use]
pub fn toggle_stock(document: &Document, ids: &BTreeSet<Id>) -> Patch {
    let mut variables = ids.iter().filter_map(|id| document.variables().get(id));
    let kind = if variables.all(|variable| variable.kind == VariableKind::Stock) {
        VariableKind::Plain
    } else {
        VariableKind::Stock
    };
    change_each(document, ids.iter().copied(), |element| {
        if let Element::Variable(variable) = element {
            variable.kind = kind;
        }
    })
}

/// Locks things, or if all of them are locked, unlocks them.
#[must_use]
pub fn toggle_hold(document: &Document, ids: &BTreeSet<Id>) -> Patch {
    let mut placements = ids.iter().filter_map(|id| document.placement(*id));
    let hold = if placements.all(|placement| placement.hold == Hold::Locked) {
        Hold::Free
    } else {
        Hold::Locked
    };
    change_placements(document, ids.iter().copied(), |placement| {
        placement.hold = hold
    })
}

/// Removes what is not locked, with everything that cannot be without it.
#[must_use]
pub fn remove(document: &Document, ids: &BTreeSet<Id>) -> Patch {
    let mut edit = Edit::new(document);
    for id in ids.iter().filter(|id| is_free(document, **id)) {
        edit.remove(*id);
    }
    edit.finish()
}

/// Whether a thing may be moved or removed.
#[must_use]
pub fn is_free(document: &Document, id: Id) -> bool {
    document
        .placement(id)
        .is_none_or(|placement| placement.hold == Hold::Free)
}

/// Which end of the pile of layers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Restack {
    /// One layer up.
    Forward,
    /// One layer down.
    Backward,
    /// Over everything.
    ToFront,
    /// Under everything.
    ToBack,
}

/// Moves things to other layers.
#[must_use]
pub fn restack(document: &Document, ids: &BTreeSet<Id>, how: Restack) -> Patch {
    let others = || {
        let all = document.variables().keys().chain(document.notes().keys());
        all.filter(|id| !ids.contains(id))
            .filter_map(|id| document.placement(*id))
    };
    let highest = others().map(|placement| placement.layer).max().unwrap_or(0);
    let lowest = others().map(|placement| placement.layer).min().unwrap_or(0);
    change_placements(document, ids.iter().copied(), |placement| {
        placement.layer = match how {
            Restack::Forward => placement.layer.saturating_add(1),
            Restack::Backward => placement.layer.saturating_sub(1),
            Restack::ToFront => placement.layer.max(highest.saturating_add(1)),
            Restack::ToBack => placement.layer.min(lowest.saturating_sub(1)),
        };
    })
}

/// The selection with the rest of every group that is part of it.
#[must_use]
pub fn with_groups(document: &Document, ids: &BTreeSet<Id>) -> BTreeSet<Id> {
    let group_of = |id: &Id| {
        document
            .placement(*id)
            .and_then(|placement| placement.group)
    };
    let groups: BTreeSet<Id> = ids.iter().filter_map(group_of).collect();
    if groups.is_empty() {
        return ids.clone();
    }
    let nodes = document.variables().keys().chain(document.notes().keys());
    let members = nodes.filter(|id| group_of(id).is_some_and(|group| groups.contains(&group)));
    ids.iter().chain(members).copied().collect()
}

/// Changes what a person says of a loop; a label that says nothing any more is removed.
#[must_use]
pub fn label_loop(
    document: &Document,
    key: &LoopKey,
    ids: &mut IdSource,
    change: impl FnOnce(&mut LoopLabel),
) -> Patch {
    let mut edit = Edit::new(document);
    if key
        .links()
        .iter()
        .all(|link| document.links().contains_key(link))
    {
        let (id, mut label) = match document.label_of(key) {
            Some((id, label)) => (id, label.clone()),
            None => (ids.fresh(), LoopLabel::new(key.clone())),
        };
        change(&mut label);
        edit.set(id, (!label.is_blank()).then_some(Element::LoopLabel(label)));
    }
    edit.finish()
}

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
    let position = |id: Id| document.placement(id).map(|placement| placement.position);
    let (Some(start), Some(end)) = (position(from), position(to)) else {
        return NEW_BEND;
    };
    let way = end - start;
    let neighbours: BTreeSet<Id> = [from, to]
        .into_iter()
        .flat_map(|end| document.links_of(end))
        .filter_map(|id| document.links().get(&id))
        .flat_map(|link| [link.from, link.to])
        .filter(|id| *id != from && *id != to)
        .collect();
    // Positive where the neighbours lie to the right of the way: then the arc goes to the left.
    let side: f64 = neighbours
        .into_iter()
        .filter_map(position)
        .map(|at| way.cross(at - start))
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
        let turns = (at - from).angle() / std::f64::consts::TAU + 0.25;
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
        let out = Vector::from_angle((turns - 0.25) * std::f64::consts::TAU);
        let middle = crate::scene::rim_point(&node.rect, out) + out * 17.0;
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

/// A place near `wanted` where a variable covers nothing.
#[must_use]
pub fn free_spot(scene: &Scene, wanted: Point, way: Vector) -> Point {
    let covers = |at: Point| {
        let nodes = scene.touching(&Rect::centered(at, 120.0, 44.0));
        nodes.iter().any(|id| scene.nodes().contains_key(id))
    };
    let mut at = wanted;
    for step in 1..=40_u32 {
        if !covers(at) {
            return at;
        }
        // First to and fro across the way, then further along it.
        let swing = f64::from(step.div_ceil(2)) * 64.0 * if step % 2 == 0 { -1.0 } else { 1.0 };
        at = wanted + way.left() * swing + way * (f64::from(step / 10) * 64.0);
    }
    at
}

/// A new variable at a place.
#[must_use]
pub fn variable_at(name: &str, at: Point) -> Element {
    let placement = Placement {
        position: at,
        ..Placement::default()
    };
    Element::Variable(Variable {
        name: name.to_owned(),
        placement,
        ..Variable::default()
    })
}

/// The part of a document that is selected: its variables and notes, the links between them (and
/// those that are selected where both their ends are), the labels of loops that are whole.
#[must_use]
pub fn fragment(document: &Document, ids: &BTreeSet<Id>) -> Document {
    let mut nodes: BTreeSet<Id> = ids
        .iter()
        .copied()
        .filter(|id| document.placement(*id).is_some())
        .collect();
    // A selected link brings its ends along: without them it could not be.
    for link in ids.iter().filter_map(|id| document.links().get(id)) {
        nodes.extend([link.from, link.to]);
    }
    let empty = Document::default();
    let mut edit = Edit::new(&empty);
    let mut links = BTreeSet::new();
    for (id, link) in document.links() {
        let chosen = ids.contains(id) || (ids.contains(&link.from) && ids.contains(&link.to));
        if chosen && nodes.contains(&link.from) && nodes.contains(&link.to) {
            links.insert(*id);
            edit.set(*id, Some(Element::Link(link.clone())));
        }
    }
    for (id, label) in document.loop_labels() {
        if label.key.links().iter().all(|link| links.contains(link)) {
            edit.set(*id, Some(Element::LoopLabel(label.clone())));
        }
    }
    for id in nodes {
        edit.set(id, document.element(id));
    }
    let mut copy = Document::default();
    // The part holds every end of its links, so the patch can always be applied.
    let applied = copy.apply(&edit.finish());
    debug_assert!(applied.is_ok(), "{applied:?}");
    copy
}

/// Puts a copy of `part`, under fresh ids and moved by `shift`, into a document; gives the ids of
/// its variables, notes and links.
#[must_use]
pub fn insert(
    document: &Document,
    part: &Document,
    shift: Vector,
    ids: &mut IdSource,
) -> (Patch, BTreeSet<Id>) {
    let mut fresh: BTreeMap<Id, Id> = BTreeMap::new();
    let mut renamed = |id: Id| *fresh.entry(id).or_insert_with(|| ids.fresh());
    let mut edit = Edit::new(document);
    let mut made = BTreeSet::new();
    for id in part.ids() {
        let Some(mut element) = part.element(id) else {
            continue;
        };
        if let Some(placement) = element.placement_mut() {
            placement.position = placement.position + shift;
            placement.group = placement.group.map(&mut renamed);
        }
        match &mut element {
            Element::Link(link) => {
                link.from = renamed(link.from);
                link.to = renamed(link.to);
            }
            Element::LoopLabel(label) => {
                label.key = LoopKey::new(label.key.links().iter().map(|link| renamed(*link)));
            }
            Element::Variable(_) | Element::Note(_) => {}
        }
        let id = renamed(id);
        if !matches!(element, Element::LoopLabel(_)) {
            made.insert(id);
        }
        edit.set(id, Some(element));
    }
    (edit.finish(), made)
}

/// The box around the middles of a document's variables and notes.
#[must_use]
pub fn middles(document: &Document) -> Option<Rect> {
    let variables = document
        .variables()
        .values()
        .map(|variable| variable.placement.position);
    let notes = document
        .notes()
        .values()
        .map(|note| note.placement.position);
    variables
        .chain(notes)
        .map(|at| Rect::from_points(at, at))
        .reduce(|all, rect| all.union(&rect))
}
