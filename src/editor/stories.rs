//! Stories: new ones, their steps as the diagram is seen now, and the order of the steps. Each edit
//! is one step of the history.

use crate::model::{
    Document, Edit, Element, Id, IdSource, LoopKey, Patch, Rest, Story, StoryFigure, StoryMarks,
    StoryStep, StoryView, placed,
};

use super::typing::{one_line, tidied};

/// How the diagram is seen now: what a step shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SeenNow {
    /// How the records are shown that differ from the rest.
    pub marks: StoryMarks,
    /// How the rest is shown.
    pub rest: Rest,
    /// The loops that are lit.
    pub loops: Vec<LoopKey>,
    /// The figures that are shown.
    pub figures: Vec<StoryFigure>,
    /// The time of the run that is shown.
    pub moment: Option<f64>,
    /// What is in view.
    pub view: StoryView,
}

/// Where a new step goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepPlace {
    /// Before all others.
    First,
    /// Right after this step; after all others where it is gone.
    After(Id),
    /// After all others.
    Last,
}

/// One place up or down in a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepMove {
    /// It is told before the one that is before it now.
    Earlier,
    /// It is told after the one that is after it now.
    Later,
}

/// A text of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepText {
    /// Its title, on one line.
    Title,
    /// What is told.
    Words,
    /// What only the speaker sees.
    Notes,
}

/// A new story without steps, after all others; gives its id.
#[must_use]
pub fn new_story(document: &Document, name: &str, ids: &mut IdSource) -> (Id, Patch) {
    let places: Vec<i32> = document
        .stories_in_order()
        .iter()
        .map(|(_, story)| story.place)
        .collect();
    let put = placed(&places, places.len());
    let id = ids.fresh();
    let mut edit = Edit::new(document);
    let story = Story {
        name: one_line(name),
        place: put.place,
    };
    edit.set(id, Some(Element::Story(story)));
    for (index, place) in put.others {
        if let Some((other, _)) = document.stories_in_order().get(index) {
            edit.change(*other, |element| {
                if let Element::Story(story) = element {
                    story.place = place;
                }
            });
        }
    }
    (id, edit.finish())
}

/// A new story of one step that shows the diagram as it is seen now; gives the ids of both.
#[must_use]
pub fn begin_story(
    document: &Document,
    name: &str,
    seen: SeenNow,
    ids: &mut IdSource,
) -> (Id, Id, Patch) {
    let (story, mut patch) = new_story(document, name, ids);
    let step = ids.fresh();
    let made = Element::StoryStep(as_seen(StoryStep::new(story), seen));
    let added = Patch::of(step, None, Some(made));
    patch.changes.extend(added.changes);
    (story, step, patch)
}

/// A new step without words that shows the diagram as it is seen now; `None` where the story is gone.
#[must_use]
pub fn add_step(
    document: &Document,
    story: Id,
    place: StepPlace,
    seen: SeenNow,
    ids: &mut IdSource,
) -> Option<(Id, Patch)> {
    document.stories().get(&story)?;
    let steps = document.steps_of(story);
    let index = match place {
        StepPlace::First => 0,
        StepPlace::After(id) => index_after(&steps, id),
        StepPlace::Last => steps.len(),
    };
    let step = as_seen(StoryStep::new(story), seen);
    let id = ids.fresh();
    let mut edit = Edit::new(document);
    put(&mut edit, &steps, index, id, step);
    Some((id, edit.finish()))
}

/// Makes a step show the diagram as it is seen now. Its words and figures stay.
#[must_use]
pub fn show_as_seen(document: &Document, step: Id, seen: SeenNow) -> Patch {
    changed(document, step, |step| {
        let figures = std::mem::take(&mut step.figures);
        let seen = SeenNow {
            figures: figures.into(),
            ..seen
        };
        *step = as_seen(step.clone(), seen);
    })
}

/// Gives a story another name.
#[must_use]
pub fn rename_story(document: &Document, story: Id, name: &str) -> Patch {
    let mut edit = Edit::new(document);
    edit.change(story, |element| {
        if let Element::Story(story) = element {
            story.name = one_line(name);
        }
    });
    edit.finish()
}

/// Writes a text of a step.
#[must_use]
pub fn write_step(document: &Document, step: Id, text: StepText, words: &str) -> Patch {
    changed(document, step, |step| match text {
        StepText::Title => step.title = one_line(words),
        StepText::Words => step.words = tidied(words),
        StepText::Notes => step.notes = tidied(words),
    })
}

/// Chooses the figures that a step shows; of one that is there twice the first stays.
#[must_use]
pub fn show_figures(document: &Document, step: Id, figures: Vec<StoryFigure>) -> Patch {
    changed(document, step, |step| step.figures = once(figures).into())
}

/// Moves a step to a place in its story, counted from 0 among the others; beyond the last it comes
/// last.
#[must_use]
pub fn move_step_to(document: &Document, step: Id, place: usize) -> Patch {
    let Some(moved) = document.story_steps().get(&step) else {
        return Patch::default();
    };
    let mut steps = document.steps_of(moved.story);
    let Some(from) = steps.iter().position(|(id, _)| *id == step) else {
        return Patch::default();
    };
    steps.remove(from);
    let place = place.min(steps.len());
    let mut edit = Edit::new(document);
    if place != from {
        put(&mut edit, &steps, place, step, moved.clone());
    }
    edit.finish()
}

/// Moves a step by one place; nothing changes at either end of the story.
#[must_use]
pub fn move_step(document: &Document, step: Id, by: StepMove) -> Patch {
    let story = document.story_steps().get(&step).map(|step| step.story);
    let steps = story.map_or_else(Vec::new, |story| document.steps_of(story));
    let from = steps.iter().position(|(id, _)| *id == step);
    let to = from.and_then(|from| match by {
        StepMove::Earlier => from.checked_sub(1),
        StepMove::Later => Some(from + 1),
    });
    to.map_or_else(Patch::default, |to| move_step_to(document, step, to))
}

/// A copy of a step right after it; `None` where it is gone.
#[must_use]
pub fn duplicate_step(document: &Document, step: Id, ids: &mut IdSource) -> Option<(Id, Patch)> {
    let copy = document.story_steps().get(&step)?;
    let steps = document.steps_of(copy.story);
    let id = ids.fresh();
    let mut edit = Edit::new(document);
    put(
        &mut edit,
        &steps,
        index_after(&steps, step),
        id,
        copy.clone(),
    );
    Some((id, edit.finish()))
}

/// Removes a story with its steps, or a step.
#[must_use]
pub fn remove_told(document: &Document, id: Id) -> Patch {
    let mut edit = Edit::new(document);
    if document.stories().contains_key(&id) || document.story_steps().contains_key(&id) {
        edit.remove(id);
    }
    edit.finish()
}

/// Where the step after this one stands; the end where it is gone.
fn index_after(steps: &[(Id, &StoryStep)], id: Id) -> usize {
    let index = steps.iter().position(|(step, _)| *step == id);
    index.map_or(steps.len(), |index| index + 1)
}

/// Puts a step at an index among the others of its story.
fn put(edit: &mut Edit<'_>, others: &[(Id, &StoryStep)], index: usize, id: Id, step: StoryStep) {
    let places: Vec<i32> = others.iter().map(|(_, step)| step.place).collect();
    let put = placed(&places, index);
    let place = put.place;
    edit.set(id, Some(Element::StoryStep(StoryStep { place, ..step })));
    for (index, place) in put.others {
        if let Some((other, _)) = others.get(index) {
            edit.change(*other, |element| {
                if let Element::StoryStep(step) = element {
                    step.place = place;
                }
            });
        }
    }
}

fn as_seen(step: StoryStep, seen: SeenNow) -> StoryStep {
    let SeenNow {
        marks,
        rest,
        loops,
        figures,
        moment,
        view,
    } = seen;
    StoryStep {
        marks,
        rest,
        loops: once(loops).into(),
        figures: once(figures).into(),
        moment,
        view,
        ..step
    }
}

/// Each of these once, the first time that it comes.
pub(super) fn once<T: PartialEq>(all: Vec<T>) -> Vec<T> {
    let mut kept: Vec<T> = Vec::with_capacity(all.len());
    for one in all {
        if !kept.contains(&one) {
            kept.push(one);
        }
    }
    kept
}

pub(super) fn changed(document: &Document, step: Id, change: impl FnOnce(&mut StoryStep)) -> Patch {
    let mut edit = Edit::new(document);
    edit.change(step, |element| {
        if let Element::StoryStep(step) = element {
            change(step);
        }
    });
    edit.finish()
}
