//! What a step of a story shows, changed by hand: marks, loops, the rest, the view. Each edit is one
//! step of the history.

use std::collections::BTreeSet;

use crate::model::{
    Document, ElementKind, Id, LoopKey, Patch, Rest, Showing, StoryMark, StoryMarks, StoryView,
};
use crate::story::gone;

use super::stories::{changed, once};

/// How records are to be shown in a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkAs {
    /// So, whatever the rest is.
    Shown(Showing),
    /// As the rest: without a mark of their own.
    Rest,
}

/// Marks records in a step; those that are not drawn stay as they are.
#[must_use]
pub fn mark_records(document: &Document, step: Id, ids: &BTreeSet<Id>, how: MarkAs) -> Patch {
    let is_drawn = |id: &Id| document.kind_of(*id).is_some_and(ElementKind::can_be_shown);
    let ids: BTreeSet<Id> = ids.iter().copied().filter(is_drawn).collect();
    changed(document, step, |step| {
        step.marks = match how {
            MarkAs::Rest => step.marks.of(|id| !ids.contains(&id)),
            MarkAs::Shown(how) => {
                let fresh = ids.iter().map(|about| StoryMark { about: *about, how });
                StoryMarks::new(step.marks.iter().copied().chain(fresh))
            }
        };
    })
}

/// Chooses the loops that a step lights; of one that is there twice the first stays.
#[must_use]
pub fn light_loops(document: &Document, step: Id, loops: Vec<LoopKey>) -> Patch {
    changed(document, step, |step| step.loops = once(loops).into())
}

/// Says how a step shows what it does not mention.
#[must_use]
pub fn show_rest(document: &Document, step: Id, rest: Rest) -> Patch {
    changed(document, step, |step| step.rest = rest)
}

/// Says what a step has in view.
#[must_use]
pub fn look_in_step(document: &Document, step: Id, view: StoryView) -> Patch {
    changed(document, step, |step| step.view = view)
}

/// Takes the time of a run from a step.
#[must_use]
pub fn without_moment(document: &Document, step: Id) -> Patch {
    changed(document, step, |step| step.moment = None)
}

/// Takes from a step what it mentions that is no longer in the document.
#[must_use]
pub fn without_gone(document: &Document, step: Id) -> Patch {
    let Some(before) = document.story_steps().get(&step) else {
        return Patch::default();
    };
    let gone = gone(document, before);
    changed(document, step, |step| {
        step.marks = step.marks.of(|id| !gone.records.contains(&id));
        let loops = step.loops.iter().filter(|key| !gone.loops.contains(key));
        step.loops = loops.cloned().collect();
        let figures = step.figures.iter();
        step.figures = figures
            .filter(|figure| !gone.figures.contains(figure))
            .copied()
            .collect();
    })
}
