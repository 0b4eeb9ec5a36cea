//! Changes of a document, each as a patch: what actions and gestures are made of.

use std::collections::BTreeSet;

use crate::model::{
    Decision, Delay, Document, Edge, Edit, Element, FindingReview, FlowKind, Id, IdSource, Link,
    LoopKey, LoopLabel, NoteKind, Patch, Placement, Point, Polarity, Rect, Station, StationKind,
    StepValue, Variable, VariableKind, Vector,
};
use crate::scene::Scene;

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

/// Changes where each of these links and flows leads, or how it bends.
#[must_use]
pub fn change_edges(
    document: &Document,
    ids: impl IntoIterator<Item = Id>,
    change: impl Fn(&mut Edge),
) -> Patch {
    change_each(document, ids, |element| {
        if let Some(mut edge) = element.edge() {
            change(&mut edge);
            element.set_edge(edge);
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

/// Turns links and flows round; they keep the side they bend to.
#[must_use]
pub fn reverse_links(document: &Document, ids: &BTreeSet<Id>) -> Patch {
    change_edges(document, ids.iter().copied(), |edge| {
        if !edge.is_ring() {
            std::mem::swap(&mut edge.from, &mut edge.to);
            (edge.bend, edge.corner) = (-edge.bend, None);
        }
    })
}

/// Makes variables stocks, or if all of them are, plain.
#[must_use]
pub fn toggle_stock(document: &Document, ids: &BTreeSet<Id>) -> Patch {
    toggle_kind(document, ids, VariableKind::Stock)
}

/// Makes variables rates, or if all of them are, plain. Their links stay; those to stocks that have
/// a sign become pipes.
#[must_use]
pub fn toggle_rate(document: &Document, ids: &BTreeSet<Id>) -> Patch {
    toggle_kind(document, ids, VariableKind::Rate)
}

/// Makes variables plain.
#[must_use]
pub fn make_plain(document: &Document, ids: &BTreeSet<Id>) -> Patch {
    set_kind(document, ids, VariableKind::Plain)
}

fn toggle_kind(document: &Document, ids: &BTreeSet<Id>, kind: VariableKind) -> Patch {
    let mut variables = ids.iter().filter_map(|id| document.variables().get(id));
    let is_on = variables.all(|variable| variable.kind == kind);
    let kind = if is_on { VariableKind::Plain } else { kind };
    set_kind(document, ids, kind)
}

/// Makes variables of a kind.
#[must_use]
pub fn set_kind(document: &Document, ids: &BTreeSet<Id>, kind: VariableKind) -> Patch {
    change_each(document, ids.iter().copied(), |element| {
        if let Element::Variable(variable) = element {
            variable.kind = kind;
        }
    })
}

/// What all steps among these are worth to the customer; none where they differ, or are none.
#[must_use]
pub fn common_value(document: &Document, ids: &BTreeSet<Id>) -> Option<StepValue> {
    let stations = ids.iter().filter_map(|id| document.stations().get(id));
    let mut steps = stations.filter(|station| station.kind == StationKind::Step);
    let first = steps.next()?.value;
    steps.all(|step| step.value == first).then_some(first)
}

/// Marks steps with what their time is worth to the customer.
#[must_use]
pub fn set_value(document: &Document, ids: &BTreeSet<Id>, value: StepValue) -> Patch {
    change_each(document, ids.iter().copied(), |element| {
        if let Element::Station(station) = element
            && station.kind == StationKind::Step
        {
            station.value = value;
        }
    })
}

/// Marks steps with this value, or if all of them have it, with none.
#[must_use]
pub fn toggle_value(document: &Document, ids: &BTreeSet<Id>, value: StepValue) -> Patch {
    let is_on = common_value(document, ids) == Some(value);
    let value = if is_on { StepValue::Unmarked } else { value };
    set_value(document, ids, value)
}

/// Marks steps with the next of the values, round and round; those that differ with the first.
#[must_use]
pub fn next_value(document: &Document, ids: &BTreeSet<Id>) -> Patch {
    let next = match common_value(document, ids) {
        None | Some(StepValue::Unmarked) => StepValue::ValueAdding,
        Some(StepValue::ValueAdding) => StepValue::Necessary,
        Some(StepValue::Necessary) => StepValue::Waste,
        Some(StepValue::Waste) => StepValue::Unmarked,
    };
    set_value(document, ids, next)
}

/// Makes notes kaizen bursts, or if all of them are, plain.
#[must_use]
pub fn toggle_burst(document: &Document, ids: &BTreeSet<Id>) -> Patch {
    let mut notes = ids.iter().filter_map(|id| document.notes().get(id));
    let kind = if notes.all(|note| note.kind == NoteKind::Burst) {
        NoteKind::Plain
    } else {
        NoteKind::Burst
    };
    change_each(document, ids.iter().copied(), |element| {
        if let Element::Note(note) = element {
            note.kind = kind;
        }
    })
}

/// Takes things out of their groups.
#[must_use]
pub fn ungroup(document: &Document, ids: &BTreeSet<Id>) -> Patch {
    change_placements(document, ids.iter().copied(), |placement| {
        placement.group = None;
    })
}

/// Locks things, or if all of them are locked, unlocks them.
#[must_use]
pub fn toggle_locked(document: &Document, ids: &BTreeSet<Id>) -> Patch {
    let mut placements = ids.iter().filter_map(|id| document.placement(*id));
    let locked = !placements.all(|placement| placement.locked);
    change_placements(document, ids.iter().copied(), |placement| {
        placement.locked = locked
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
        .is_none_or(|placement| !placement.locked)
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
        let all = document.ids().filter(|id| !ids.contains(id));
        all.filter_map(|id| document.placement(id))
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
    let members = document.ids();
    let members = members.filter(|id| group_of(id).is_some_and(|group| groups.contains(&group)));
    ids.iter().copied().chain(members).collect()
}

/// Changes what a person says of a loop, if there is such a loop.
#[must_use]
pub fn label_loop(
    document: &Document,
    key: &LoopKey,
    ids: &mut IdSource,
    change: impl FnOnce(&mut LoopLabel),
) -> Patch {
    let mut links = key.links().iter();
    if key.links().is_empty() || !links.all(|link| document.links().contains_key(link)) {
        return Patch::default();
    }
    match document.label_of(key) {
        Some((id, label)) => with_label(id, Some(label), key, change),
        None => with_label(ids.fresh(), None, key, change),
    }
}

/// Changes the label of a loop under this id, or makes one; a label that says nothing any more is
/// removed.
#[must_use]
pub fn with_label(
    id: Id,
    before: Option<&LoopLabel>,
    key: &LoopKey,
    change: impl FnOnce(&mut LoopLabel),
) -> Patch {
    let fresh = || LoopLabel::new(key.clone());
    let mut label = before.cloned().unwrap_or_else(fresh);
    change(&mut label);
    let after = (!label.is_blank()).then_some(label);
    Patch::of(
        id,
        before.cloned().map(Element::LoopLabel),
        after.map(Element::LoopLabel),
    )
}

/// Answers to a finding; the same answer again takes it back.
#[must_use]
pub fn answer(
    document: &Document,
    topic: &str,
    about: &[Id],
    decision: Decision,
    ids: &mut IdSource,
) -> Patch {
    let review = FindingReview::new(topic, about.iter().copied(), decision);
    match document.review_of(topic, &review.about) {
        Some((id, before)) if before.decision == decision => {
            Patch::of(id, document.element(id), None)
        }
        Some((id, before)) => {
            let after = FindingReview {
                decision,
                ..before.clone()
            };
            let after = Some(Element::FindingReview(after));
            Patch::of(id, document.element(id), after)
        }
        None => Patch::of(ids.fresh(), None, Some(Element::FindingReview(review))),
    }
}

/// A place near `wanted` where a variable covers nothing.
#[must_use]
pub fn free_spot(scene: &Scene, wanted: Point, direction: Vector) -> Point {
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
        at = wanted + direction.left() * swing + direction * (f64::from(step / 10) * 64.0);
    }
    at
}

/// A new variable at a position.
#[must_use]
pub fn variable_at(name: &str, at: Point) -> Element {
    let placement = Placement {
        position: at.on_canvas(),
        ..Placement::default()
    };
    Element::Variable(Variable {
        name: name.to_owned(),
        placement,
        ..Variable::default()
    })
}

/// A new station at a position.
#[must_use]
pub fn station_at(kind: StationKind, name: &str, at: Point) -> Element {
    let placement = Placement {
        position: at.on_canvas(),
        ..Placement::default()
    };
    Element::Station(Station {
        kind,
        name: name.to_owned(),
        placement,
        ..Station::default()
    })
}

/// The kind of flow by which a new step follows a station.
#[must_use]
pub const fn flow_out_of(kind: StationKind) -> FlowKind {
    match kind {
        StationKind::Control => FlowKind::ElectronicInformation,
        StationKind::Supermarket => FlowKind::Pull,
        // What a customer sends back is to be done again.
        StationKind::Customer => FlowKind::Rework,
        StationKind::Step | StationKind::Queue | StationKind::Supplier => FlowKind::Push,
    }
}
