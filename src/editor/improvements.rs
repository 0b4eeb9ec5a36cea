//! Named improvements of a stream: keeping one, changing it on the canvas, and making it so.

use crate::model::{
    AddedStep, AddedSteps, Document, Edit, Element, Id, IdSource, Improvement, LeftOut, Measure,
    MeasureChanges, MeasureKind, Measures, Patch, Without, patch_of_improvement, with_measure,
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
    let (id, before) = match standing {
        Some((id, before)) => (id, Some(before.clone())),
        None => (ids.fresh(), None),
    };
    // What it leaves out and puts in is changed on the canvas.
    let base = before.clone().unwrap_or_else(|| Improvement {
        place: next_place(document),
        ..Improvement::default()
    });
    let after = Improvement {
        name,
        changes,
        ..base
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
    let copied = Improvement {
        name,
        place: next_place(document),
        ..improvement.clone()
    };
    let copied = copied.with_own_steps(|_| ids.fresh());
    Patch::of(ids.fresh(), None, Some(Element::Improvement(copied)))
}

/// States measures of stations and flows, or takes them back.
#[must_use]
pub fn state_measures(
    document: &Document,
    stated: impl IntoIterator<Item = ((Id, MeasureKind), Option<Measure>)>,
) -> Patch {
    let mut edit = Edit::new(document);
    for ((id, kind), measure) in stated {
        edit.change(id, |element| match element {
            Element::Station(station) => station.measures.set(kind, measure),
            Element::Flow(flow) => flow.measures.set(kind, measure),
            _ => {}
        });
    }
    edit.finish()
}

/// States measures of stations, of flows, or of the steps that an improvement puts in, as it makes them.
#[must_use]
pub fn state_in_improvement(
    document: &Document,
    id: Id,
    stated: impl IntoIterator<Item = ((Id, MeasureKind), Option<Measure>)>,
) -> Patch {
    changed(document, id, |mut improvement| {
        for (cell, measure) in stated {
            improvement = with_measure(document, &improvement, cell, measure);
        }
        improvement
    })
}

/// Leaves a station or flow out of the map that an improvement makes, or takes it back in.
#[must_use]
pub fn leave_out_or_take_back(document: &Document, id: Id, about: Id) -> Patch {
    changed(document, id, |improvement| {
        let others = improvement.without.iter().copied();
        let others = others.filter(|one| one.0 != about);
        let is_new = !improvement.leaves_out(about);
        let without = others.chain(is_new.then_some(Without(about)));
        Improvement {
            without: LeftOut::new(without),
            ..improvement
        }
    })
}

/// Puts a step in on a flow of the map that an improvement makes, after those that it puts in there
/// already; gives its id.
#[must_use]
pub fn put_step_in(document: &Document, id: Id, flow: Id, ids: &mut IdSource) -> (Id, Patch) {
    let step = ids.fresh();
    let patch = changed(document, id, |improvement| {
        let last = improvement.added_on(flow).last().map(|step| step.place);
        let added = AddedStep {
            id: step,
            flow,
            name: "New step".to_owned(),
            place: last.map_or(0, |last| last.saturating_add(1)),
            measures: Measures::new(),
        };
        let steps = improvement.added.iter().cloned().chain([added]);
        Improvement {
            added: AddedSteps::new(steps),
            ..improvement
        }
    });
    (step, patch)
}

/// Names a step that an improvement puts in.
#[must_use]
pub fn name_added_step(document: &Document, id: Id, step: Id, name: &str) -> Patch {
    let name = one_line(name);
    changed(document, id, |improvement| {
        let steps = improvement.added.iter().cloned().map(|one| AddedStep {
            name: match one.id == step {
                true => name.clone(),
                false => one.name.clone(),
            },
            ..one
        });
        Improvement {
            added: AddedSteps::new(steps),
            ..improvement
        }
    })
}

/// Takes out a step that an improvement puts in.
#[must_use]
pub fn take_added_step_out(document: &Document, id: Id, step: Id) -> Patch {
    changed(document, id, |improvement| {
        let steps = improvement.added.iter().filter(|one| one.id != step);
        Improvement {
            added: AddedSteps::new(steps.cloned()),
            ..improvement
        }
    })
}

/// Changes an improvement; nothing where it is gone.
fn changed(document: &Document, id: Id, change: impl FnOnce(Improvement) -> Improvement) -> Patch {
    let Some(before) = document.improvements().get(&id) else {
        return Patch::default();
    };
    let after = change(before.clone());
    let before = Element::Improvement(before.clone());
    Patch::of(id, Some(before), Some(Element::Improvement(after)))
}

/// Makes an improvement so: measures and steps of the map become what it says, and it leaves the list,
/// since it is what the map says now. One step of the history.
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
