//! Several maps of the same thing laid over each other: who sees what, and who sees it otherwise.

use super::align::aligned;
use super::differ::changed_fields;
use super::merge::{Part, merge};
use crate::model::{Document, Element, ElementKind, Id};

/// Maps laid over each other.
#[derive(Clone, Debug)]
pub struct LaidOver {
    /// Everything that any of them has. What several have is as the first of them says.
    pub document: Document,
    /// What some have and others have not, or say otherwise, in the order of [`Document::ids`].
    pub divided: Vec<Divided>,
    /// How many variables, links, steps and flows all have, and say the same of.
    pub agreed: usize,
}

/// A variable, link, step or flow about which the maps differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Divided {
    /// What it is, in the document of all.
    pub id: Id,
    /// Which maps have it, by their places in the list.
    pub seen: Vec<usize>,
    /// What those say otherwise.
    pub views: Vec<Views>,
}

/// What maps say of one thing of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Views {
    /// What it is about, such as "polarity" or "process time".
    pub field: &'static str,
    /// The maps that say the same, group by group, by their places in the list.
    pub groups: Vec<Vec<usize>>,
}

/// Lays maps over each other; returns them under the ids of the document of all as well.
///
/// What is the same is found as [`aligned`] does: by ids where the maps are copies, else by kind and
/// name. Of no maps it is an empty document.
#[must_use]
pub fn lay_over(maps: &[Document]) -> (LaidOver, Vec<Document>) {
    let mut document = maps.first().cloned().unwrap_or_default();
    let mut brought: Vec<Document> = Vec::new();
    for map in maps {
        let map = aligned(&document, map);
        let added = map.ids().filter(|id| document.kind_of(*id).is_none());
        let parts: Vec<Part> = added.map(Part::Record).collect();
        let patch = merge(&document, &map, &parts);
        // It was made for this document.
        let applied = document.apply(&patch);
        debug_assert!(applied.is_ok(), "{applied:?}");
        brought.push(map);
    }
    let mut divided = Vec::new();
    let mut agreed = 0;
    for id in document.ids().filter(|id| is_compared(&document, *id)) {
        let one = divided_of(&brought, id);
        if one.seen.len() < maps.len() || !one.views.is_empty() {
            divided.push(one);
        } else {
            agreed += 1;
        }
    }
    let laid = LaidOver {
        document,
        divided,
        agreed,
    };
    (laid, brought)
}

fn is_compared(document: &Document, id: Id) -> bool {
    matches!(
        document.kind_of(id),
        Some(ElementKind::Variable | ElementKind::Link | ElementKind::Station | ElementKind::Flow)
    )
}

fn divided_of(maps: &[Document], id: Id) -> Divided {
    let states: Vec<(usize, Element)> = maps
        .iter()
        .enumerate()
        .filter_map(|(map, document)| Some((map, document.element(id)?)))
        .collect();
    let differ = |one: &Element, other: &Element| changed_fields(one.clone(), other.clone());
    let mut fields: Vec<&'static str> = Vec::new();
    for (at, (_, one)) in states.iter().enumerate() {
        for (_, other) in &states[at + 1..] {
            fields.extend(differ(one, other));
        }
    }
    fields.sort_unstable();
    fields.dedup();
    let views = fields.into_iter().map(|field| {
        let mut groups: Vec<(&Element, Vec<usize>)> = Vec::new();
        for (map, state) in &states {
            let same = groups
                .iter_mut()
                .find(|(first, _)| !differ(first, state).contains(&field));
            match same {
                Some((_, group)) => group.push(*map),
                None => groups.push((state, vec![*map])),
            }
        }
        let groups = groups.into_iter().map(|(_, group)| group).collect();
        Views { field, groups }
    });
    Divided {
        id,
        seen: states.iter().map(|(map, _)| *map).collect(),
        views: views.collect(),
    }
}
