//! The step of a story as which the diagram is shown.

use std::collections::BTreeSet;

use crate::causal::LoopPolarity;
use crate::model::{Id, LoopKey, Showing, StoryStep};
use crate::scene::Scene;
use crate::story::{ShownStep, shown};

use super::state::Editor;

/// A step that is shown, as it is on the present document.
#[derive(Clone, Debug)]
pub(super) struct StepShown {
    step: StoryStep,
    shown: ShownStep,
    /// The loops that are lit, each with its sign.
    loops: Vec<(LoopKey, LoopPolarity)>,
    /// What is not hidden; none where that is everything.
    scene: Option<Scene>,
}

impl Editor {
    /// Shows the diagram as a step of a story has it, or as it is. The view stays.
    pub fn show_step(&mut self, step: Option<StoryStep>) {
        let before = self.hidden();
        self.step_shown = step.map(|step| self.made(step));
        self.step_changed(&before);
    }

    /// What the step shows that the diagram is shown as, if it is shown as one.
    #[must_use]
    pub fn shown_step(&self) -> Option<&ShownStep> {
        self.step_shown.as_ref().map(|one| &one.shown)
    }

    /// The loops that the shown step lights, each with its sign.
    #[must_use]
    pub fn shown_loops(&self) -> &[(LoopKey, LoopPolarity)] {
        self.step_shown.as_ref().map_or(&[], |one| &one.loops)
    }

    /// What is drawn of the document: without what the shown step hides.
    #[must_use]
    pub fn scene(&self) -> &Scene {
        let step = self.step_shown.as_ref();
        step.and_then(|one| one.scene.as_ref())
            .unwrap_or(&self.scene)
    }

    /// Brings the shown step after a change of the document or of its scene.
    pub(super) fn follow_step(&mut self) {
        let before = self.hidden();
        if let Some(StepShown { step, .. }) = self.step_shown.take() {
            self.step_shown = Some(self.made(step));
            self.step_changed(&before);
        }
    }

    fn made(&self, step: StoryStep) -> StepShown {
        let shown = shown(&self.document, &step);
        let sign = |key: &LoopKey| {
            let links = key.links().iter();
            let links = links.filter_map(|id| self.document.links().get(id));
            LoopPolarity::of(links.map(|link| link.polarity))
        };
        let loops = shown.loops.iter().map(|key| (key.clone(), sign(key)));
        let loops = loops.collect();
        let hides = shown.showing(Showing::Hidden).next().is_some();
        let scene = hides.then(|| (self.scene).without_hidden(&self.document, &shown.records));
        StepShown {
            step,
            shown,
            loops,
            scene,
        }
    }

    /// What is not drawn.
    fn hidden(&self) -> BTreeSet<Id> {
        let hidden = self.shown_step().into_iter();
        let hidden = hidden.flat_map(|step| step.showing(Showing::Hidden));
        hidden.collect()
    }

    /// What has come into sight or gone from it must be painted again, and what is out of sight is
    /// neither selected nor pointed at.
    fn step_changed(&mut self, before: &BTreeSet<Id>) {
        let now = self.hidden();
        let notes = |id: &Id| self.document.images().get(id).map_or(*id, |one| one.note);
        let changed: Vec<Id> = before.symmetric_difference(&now).map(notes).collect();
        let parts = changed.iter().flat_map(|id| self.scene.boxes_of(*id));
        for part in parts.collect::<Vec<_>>() {
            self.mark(part);
        }
        self.overlay.selection.retain(|id| !now.contains(id));
        let hover = self.overlay.hover.take();
        let is_seen = |id: Id| !now.contains(&id);
        self.overlay.hover = hover.filter(|hit| hit.record().is_none_or(is_seen));
        self.versions.selection += 1;
        self.versions.step += 1;
    }
}
