//! Copies of a part of a diagram: for the clipboard, for duplicates.

use std::collections::BTreeSet;

use crate::lean;
use crate::model::{Document, Edit, Element, Id, IdSource, LoopKey, Patch, Records, Rect, Vector};

/// The part of a document that is selected: its variables and notes, the links between them (and
/// those that are selected where both their ends are), the labels of loops that are whole.
#[must_use]
pub fn fragment(document: &Document, ids: &BTreeSet<Id>) -> Document {
    let stands = |id: &Id| document.placement(*id).is_some();
    let mut nodes = lean::set_of(ids.iter().copied().filter(stands));
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
    let mut fresh: Records<Id> = Records::new();
    let mut renamed = |id: Id| match fresh.get(&id) {
        Some(renamed) => *renamed,
        None => {
            let renamed = ids.fresh();
            fresh.insert(id, renamed);
            renamed
        }
    };
    let mut edit = Edit::new(document);
    let mut made = BTreeSet::new();
    for id in part.ids() {
        let Some(mut element) = part.element(id) else {
            continue;
        };
        if let Some(placement) = element.placement_mut() {
            placement.position = (placement.position + shift).on_canvas();
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
