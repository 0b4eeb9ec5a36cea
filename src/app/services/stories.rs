//! Stories: begun by hand or by themselves, their steps changed, and which step a person looks at.

use leptos::prelude::*;

use crate::app::browser::focus_soon;
use crate::app::services::{notify, worker};
use crate::app::state::{App, Offer, Tone};
use crate::editor::{
    Command, Event, StepMove, StepPlace, add_step, begin_story, duplicate_step, move_step,
    move_step_to, remove_told, seen_now, show_as_seen,
};
use crate::model::{Document, Id, Patch, in_sentence, isolated};
use crate::scene::RunMarks;
use crate::story::{from_loops, step_name};
use crate::worker::Request;

/// How a step has come to its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Came {
    /// It is new.
    Added,
    /// It was moved.
    Moved,
}

/// Another document is open: no step of the one before is.
pub fn document_opened(app: App) {
    app.open_step.set(None);
    app.story_figures.set(Vec::new());
}

/// Begins a story from the loops that the page knows.
pub fn begin_from_loops(app: App) {
    let begun = app.change(|core| {
        let draft = from_loops(core.editor.document(), core.editor.report())?;
        Some(draft.added(core.editor.document(), &mut core.ids))
    });
    match begun {
        Some((story, patch)) => take_begun(app, story, patch),
        None => notify::announce(app, "There is nothing to tell yet: draw a variable first"),
    }
}

/// Asks for a story of the value streams: what follows from them is worked out by the worker.
pub fn begin_from_streams(app: App) {
    worker::request(app, Request::StoryOfStreams);
}

/// Begins a story with one step, which shows what is seen now; gives that step.
fn begin_seen(app: App) -> Id {
    let moment = moment(app);
    let (story, step, patch) = app.change(|core| {
        let document = core.editor.document();
        let name = format!("Story {}", document.stories().len() + 1);
        let seen = seen_now(&core.editor, moment);
        begin_story(document, &name, seen, &mut core.ids)
    });
    apply(app, patch);
    app.send(Event::ChooseStory(Some(story)));
    step
}

/// Begins a story by hand, with what is seen now, and opens its step.
pub fn begin_by_hand(app: App) {
    let step = begin_seen(app);
    open(app, step);
    notify::announce(app, "Story begun with what is seen now");
    focus_title(step);
}

/// Adds what is seen now to the chosen story, or begins one with it, from wherever a person is.
pub fn add_in_passing(app: App) {
    let moment = moment(app);
    let added = app.change(|core| {
        let document = core.editor.document();
        let seen = seen_now(&core.editor, moment);
        add_step(
            document,
            core.editor.story()?,
            StepPlace::Last,
            seen,
            &mut core.ids,
        )
    });
    let step = match added {
        Some((step, patch)) => {
            apply(app, patch);
            step
        }
        None => begin_seen(app),
    };
    let place = app.with(|core| place_of(core.editor.document(), step));
    if let Some((_, at)) = place {
        let words = format!("Step {} of the story shows this.", at + 1);
        notify::show(app, words, Tone::Info, Some(Offer::Undo));
    }
}

/// Takes a story that has begun by itself: it becomes one step of the history, and is chosen.
pub fn take_begun(app: App, story: Id, patch: Patch) {
    apply(app, patch);
    choose(app, story);
    let count = app.with(|core| core.editor.document().steps_of(story).len());
    let words = match count {
        1 => "Story begun with 1 step".to_owned(),
        count => format!("Story begun with {count} steps"),
    };
    notify::announce(app, words);
    focus_soon(".story-row");
}

/// Chooses the story that the panel shows; no step of another stays on the canvas.
pub fn choose(app: App, story: Id) {
    close(app);
    app.send(Event::ChooseStory(Some(story)));
}

/// Removes a story with its steps.
pub fn remove_story(app: App, story: Id) {
    let name = app.with(|core| {
        let stories = core.editor.document().stories();
        let story = stories.get(&story);
        story.map_or_else(String::new, |story| in_sentence(&story.name))
    });
    close(app);
    change(app, |document| remove_told(document, story));
    let words = format!("The story {name} was removed.");
    notify::show(app, words, Tone::Info, Some(Offer::Undo));
}

/// Adds a step that shows what is seen now, and opens it.
pub fn add_seen(app: App, story: Id, place: StepPlace) {
    let moment = moment(app);
    let added = app.change(|core| {
        let seen = seen_now(&core.editor, moment);
        add_step(core.editor.document(), story, place, seen, &mut core.ids)
    });
    if let Some((step, patch)) = added {
        apply(app, patch);
        open(app, step);
        tell_place(app, step, Came::Added);
        focus_title(step);
    }
}

/// Makes a step show what is seen now.
pub fn show_seen(app: App, step: Id) {
    let moment = moment(app);
    let patch = app.with(|core| {
        let seen = seen_now(&core.editor, moment);
        show_as_seen(core.editor.document(), step, seen)
    });
    let words = match patch.is_empty() {
        true => "It shows what is seen already",
        false => "It shows now what is seen",
    };
    apply(app, patch);
    app.send(Event::ShowStep(Some(step)));
    notify::announce(app, words);
}

/// Adds a copy of a step right after it, and opens it.
pub fn duplicate(app: App, step: Id) {
    let copied = app.change(|core| duplicate_step(core.editor.document(), step, &mut core.ids));
    if let Some((copy, patch)) = copied {
        apply(app, patch);
        open(app, copy);
        tell_place(app, copy, Came::Added);
        focus_title(copy);
    }
}

/// Removes a step; the next one gets the focus.
pub fn remove(app: App, step: Id) {
    let (name, next) = app.with(|core| {
        let document = core.editor.document();
        let found = place_of(document, step).map(|(steps, at)| {
            let next = steps.get(at + 1).or_else(|| steps.get(at.checked_sub(1)?));
            (name_in(document, step, at), next.copied())
        });
        found.unwrap_or_default()
    });
    close(app);
    change(app, |document| remove_told(document, step));
    notify::announce(app, format!("{name} removed"));
    match next {
        Some(next) => focus_soon(format!("#story-row-{next}")),
        None => focus_soon("#story-add"),
    }
}

/// Moves a step by one place, and says where it is then.
pub fn step_by(app: App, step: Id, by: StepMove) {
    change(app, |document| move_step(document, step, by));
    tell_place(app, step, Came::Moved);
}

/// Moves a step to a place among the others, and says where it is then.
pub fn step_to(app: App, step: Id, place: usize) {
    change(app, |document| move_step_to(document, step, place));
    tell_place(app, step, Came::Moved);
}

/// Opens a step in the panel and shows it on the canvas.
pub fn open(app: App, step: Id) {
    app.open_step.set(Some(step));
    app.send(Event::ShowStep(Some(step)));
}

/// Closes the step that is open, and shows the diagram as it is.
pub fn close(app: App) {
    app.open_step.set(None);
    app.send(Event::ShowStep(None));
}

/// Changes the document by a patch that is made of it; each is one step of the history.
pub fn change(app: App, make: impl FnOnce(&Document) -> Patch) {
    let patch = app.with(|core| make(core.editor.document()));
    apply(app, patch);
}

fn apply(app: App, patch: Patch) {
    if !patch.is_empty() {
        app.send(Event::Do(Command::Apply(patch)));
    }
}

/// The steps of the story of a step, and the place of it, counted from 0.
#[must_use]
pub fn place_of(document: &Document, step: Id) -> Option<(Vec<Id>, usize)> {
    let story = document.story_steps().get(&step)?.story;
    let steps: Vec<Id> = document.steps_of(story).iter().map(|(id, _)| *id).collect();
    let at = steps.iter().position(|id| *id == step)?;
    Some((steps, at))
}

/// What a step at a place is called in a sentence.
fn name_in(document: &Document, step: Id, at: usize) -> String {
    let step = document.story_steps().get(&step);
    let name = step.map_or_else(String::new, |step| step_name(step, at + 1));
    isolated(&name).into_owned()
}

/// Says to who cannot see the list where a step has come to.
fn tell_place(app: App, step: Id, came: Came) {
    let words = app.with(|core| {
        let document = core.editor.document();
        let (steps, at) = place_of(document, step)?;
        let (place, count) = (at + 1, steps.len());
        Some(match came {
            Came::Added => format!("Step {place} of {count} added"),
            Came::Moved => {
                format!("{} is step {place} of {count}", name_in(document, step, at))
            }
        })
    });
    if let Some(words) = words {
        notify::announce(app, words);
    }
}

fn focus_title(step: Id) {
    focus_soon(format!("#story-title-{step}"));
}

/// The time of the run that is shown on the canvas, if one is.
#[must_use]
pub fn moment(app: App) -> Option<f64> {
    let is_shown = app.with(|core| core.editor.overlay().run != RunMarks::default());
    let share = app.run_choice.with_untracked(|choice| choice.moment)?;
    app.run.with_untracked(|view| {
        let frames = view.frames.as_ref().filter(|_| is_shown)?;
        let (first, last) = (frames.times.first()?, frames.times.last()?);
        Some(first + share * (last - first))
    })
}
