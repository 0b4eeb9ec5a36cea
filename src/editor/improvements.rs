//! Named improvements of a stream: keeping one, changing it, and making it so.

use crate::model::{
    Document, Edit, Element, Id, IdSource, Improvement, MeasureChanges, Patch, patch_of_improvement,
};

use super::typing::one_line;

/// What is kept of an improvement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeepAs {
    /// A new one, after all others.
    New,
    /// In the place of this one; a new one where it is gone.
    Saved(Id),
}

/// Keeps an improvement under a name; gives its id.
#[must_use]
pub fn keep_improvement(
    document: &Document,
    keep: KeepAs,
    name: &str,
    changes: MeasureChanges,
    ids: &mut IdSource,
) -> (Id, Patch) {
    let standing = match keep {
        KeepAs::New => None,
        KeepAs::Saved(id) => document.improvements().get(&id).map(|before| (id, before)),
    };
    let name = one_line(name);
    let (id, before, place) = match standing {
        Some((id, before)) => (id, Some(before.clone()), before.place),
        None => (ids.fresh(), None, next_place(document)),
    };
    let after = Improvement {
        name,
        place,
        changes,
    };
    let before = before.map(Element::Improvement);
    (id, Patch::of(id, before, Some(Element::Improvement(after))))
}

/// A copy of an improvement right after it, under a name of its own; nothing where it is gone.
#[must_use]
pub fn duplicate_improvement(document: &Document, id: Id, ids: &mut IdSource) -> Patch {
    let Some(improvement) = document.improvements().get(&id) else {
        return Patch::default();
    };
    let names: Vec<&str> = document
        .improvements()
        .values()
        .map(|one| one.name.as_str())
        .collect();
    let base = format!("{} copy", improvement.name.trim());
    let base = base.trim().to_owned();
    let mut name = base.clone();
    let mut number = 2;
    while names.contains(&name.as_str()) {
        name = format!("{base} {number}");
        number += 1;
    }
    let (_, patch) = keep_improvement(
        document,
        KeepAs::New,
        &name,
        improvement.changes.clone(),
        ids,
    );
    patch
}

/// Makes an improvement so: the measures of the map become what it says, and it leaves the list, since
/// it is what the map says now. One step of the history.
#[must_use]
pub fn make_it_so(document: &Document, id: Id) -> Patch {
    let Some(improvement) = document.improvements().get(&id) else {
        return Patch::default();
    };
    let mut patch = patch_of_improvement(document, improvement);
    let mut edit = Edit::new(document);
    edit.set(id, None);
    patch.changes.extend(edit.finish().changes);
    patch
}

fn next_place(document: &Document) -> i32 {
    let places = document.improvements().values().map(|one| one.place);
    places.max().map_or(0, |last| last.saturating_add(1))
}
