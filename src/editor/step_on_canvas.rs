//! The step of a story that is on the canvas while the diagram is edited, and the chosen story.

use crate::model::{Id, Patch, Showing, StoryStep, StoryView};
use crate::scene::View;
use crate::story::shows_words;

use super::event::Effect;
use super::state::{Editor, Tool};

/// A step that is on the canvas.
#[derive(Clone, Copy, Debug)]
pub(super) struct OnCanvas {
    step: Id,
    /// The view that came of it: in any other, a person looks at something else.
    view: View,
}

impl Editor {
    /// The story that a person has chosen, else the first one.
    #[must_use]
    pub fn story(&self) -> Option<Id> {
        let chosen = self.chosen_story;
        let chosen = chosen.filter(|id| self.document.stories().contains_key(id));
        chosen.or_else(|| Some(self.document.stories_in_order().first()?.0))
    }

    pub(super) fn choose_story(&mut self, story: Option<Id>) {
        if self.chosen_story != story {
            self.chosen_story = story;
            self.versions.selection += 1;
        }
    }

    /// The step that is on the canvas, if one is.
    #[must_use]
    pub fn step_on_canvas(&self) -> Option<(Id, &StoryStep)> {
        let id = self.on_canvas?.step;
        Some((id, self.document.story_steps().get(&id)?))
    }

    /// Whether the view still is the one that came of the step on the canvas.
    #[must_use]
    pub(super) fn looks_at_step(&self) -> bool {
        self.on_canvas.is_some_and(|shown| shown.view == self.view)
    }

    /// Shows a step on the canvas, in its view, or the diagram as it is in the present one.
    pub(super) fn put_on_canvas(&mut self, id: Option<Id>) -> Vec<Effect> {
        let before = self.on_canvas.take();
        let step = id.and_then(|id| self.document.story_steps().get(&id));
        let (Some(id), Some(step)) = (id, step.cloned()) else {
            if before.is_none() {
                return Vec::new();
            }
            self.show_step(None);
            return vec![Effect::Announce("The diagram is shown as it is".to_owned())];
        };
        let (view, words) = (step.view, shows_words(&self.document, &step));
        self.show_step(Some(step));
        self.look_as_step(view);
        self.on_canvas = Some(OnCanvas {
            step: id,
            view: self.view,
        });
        vec![Effect::Announce(format!("Shown on the canvas: {words}"))]
    }

    /// Looks at what a step has in view.
    fn look_as_step(&mut self, view: StoryView) {
        let shown = self.shown_step();
        let rect = shown.and_then(|shown| shown.rect(&self.scene));
        let hides_nothing =
            shown.is_some_and(|shown| shown.showing(Showing::Hidden).next().is_none());
        match (view, rect) {
            // Nothing jumps where the whole diagram is in sight already.
            (StoryView::Fit, _) if hides_nothing && self.sees_all() => {}
            (StoryView::Fit, _) => {
                self.fit_whole();
            }
            (StoryView::Lit, Some(rect)) => {
                self.fit(Some(rect));
            }
            // It fitted a view once, however near.
            (StoryView::Area(_), Some(rect)) => {
                self.set_view(self.view.fitted(&rect, View::MAXIMUM_ZOOM));
            }
            (StoryView::Lit | StoryView::Area(_), None) => {}
        }
    }

    /// Brings the step on the canvas after a change of the document that is about it; without it, the
    /// diagram is shown as it is.
    pub(super) fn follow_on_canvas(&mut self, patch: &Patch) {
        let Some(OnCanvas { step, .. }) = self.on_canvas else {
            return;
        };
        if !patch.changes.contains_key(&step) {
            return;
        }
        let now = self.document.story_steps().get(&step).cloned();
        if now.is_none() {
            self.on_canvas = None;
        }
        self.show_step(now);
    }

    /// Nothing is selected or lit, and no tool is in the hand: there is nothing else to leave.
    pub(super) fn is_at_ease(&self) -> bool {
        self.overlay.selection.is_empty()
            && self.tool == Tool::Select
            && self.chosen_loop.is_none()
            && self.neighbours.is_none()
            && self.tagged.is_none()
    }
}
