//! How the document changes in the editor: previews, commits, undo, changes made elsewhere.

use crate::causal::{Completeness, LoopAnalysis, LoopCounts, LoopReport, Progress};
use crate::model::{Change, Element, Id, LoopKey, Patch, PatchError, rebase};
use crate::scene::MeasureText;

use super::announce::news;
use super::change_words::{describe_change, removed_in};
use super::equations::followed;
use super::event::Effect;
use super::experiments::is_experiment;
use super::history::{Continuity, Taken};
use super::state::{Editor, Environment, IMMEDIATE_BUDGET, KEPT_LOOPS};

/// Which way through the history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    /// Undo.
    Back,
    /// Redo.
    Forth,
}

impl Editor {
    /// Applies a patch to what is shown, and brings scene and loops after it. Gives the report of
    /// the loops as it was, if there is a new one.
    fn show(
        &mut self,
        patch: &Patch,
        measure: &dyn MeasureText,
    ) -> Result<Option<LoopReport>, PatchError> {
        if patch.is_empty() {
            return Ok(None);
        }
        let applied = self.document.apply(patch);
        // Every patch is made for the document as it is, or brought onto it.
        debug_assert!(applied.is_ok(), "{applied:?}");
        applied?;
        let words = patch.properties.as_ref();
        let words = words.filter(|(before, after)| before.stream.pack != after.stream.pack);
        // Every station has other words then.
        let stations: Vec<Id> = match words {
            Some(_) => self.document.stations().keys().copied().collect(),
            None => Vec::new(),
        };
        let touched = patch.touched().chain(stations);
        let changed = self.scene.update(&self.document, touched, measure);
        for (id, rect) in changed {
            if !self.drag_layer.contains(&id) {
                self.mark(rect);
            }
        }
        if patch.changes.values().any(is_comment) {
            self.mark_comments();
        }
        if patch.changes.values().any(is_experiment) {
            self.mark_experiments();
        }
        self.versions.document += 1;
        self.forget_gone();
        self.follow_neighbours();
        self.follow_find(patch);
        self.follow_tag(patch);
        self.follow_play(patch);
        self.follow_watch(patch);
        self.follow_presenting();
        self.follow_on_canvas(patch);
        if !patch.changes.values().any(matters_to_loops) {
            if patch.changes.values().any(names_a_loop) {
                // A loop with a name has a badge, whatever others have.
                self.scene
                    .set_loops(&self.document, &self.report.loops, measure);
            }
            self.follow_step();
            return Ok(None);
        }
        self.analysis = LoopAnalysis::new(&self.document, KEPT_LOOPS);
        self.analysis.advance(IMMEDIATE_BUDGET);
        Ok(Some(self.take_report(measure)))
    }

    /// Removes what no longer exists from the selection and from what is pointed at.
    fn forget_gone(&mut self) {
        let selected = self.overlay.selection.len();
        let scene = &self.scene;
        self.overlay
            .selection
            .retain(|id| scene.bounds_of(*id).is_some());
        let hover = self.overlay.hover.take();
        self.overlay.hover = hover.filter(|hit| hit.record().is_none_or(|id| scene.shows(id)));
        self.overlay.target = self.overlay.target.filter(|id| scene.shows(*id));
        if self.overlay.selection.len() != selected {
            self.versions.selection += 1;
        }
    }

    /// Whether all loops were found here, or are to be found elsewhere: see [`Editor::take_loops`].
    #[must_use]
    pub const fn search_progress(&self) -> Progress {
        self.analysis.progress()
    }

    /// Takes the loops that were found elsewhere for the document as it is, each as its links in
    /// the order of travel: the shortest, in the order of the list that shows all of them, so that
    /// their codes follow it. Loops with links that are not there are left out.
    pub fn take_loops(
        &mut self,
        counts: LoopCounts,
        completeness: Completeness,
        loops: &[Vec<Id>],
        measure: &dyn MeasureText,
    ) {
        let report = LoopReport::of_list(&self.document, counts, completeness, loops);
        self.show_report(report, measure);
    }

    /// Takes over what was found so far, and returns the report before it.
    pub(super) fn take_report(&mut self, measure: &dyn MeasureText) -> LoopReport {
        let report = self.analysis.report(&self.document);
        self.show_report(report, measure)
    }

    fn show_report(&mut self, report: LoopReport, measure: &dyn MeasureText) -> LoopReport {
        let before = std::mem::replace(&mut self.report, report);
        self.scene
            .set_loops(&self.document, &self.report.loops, measure);
        let (chosen, pointed) = (self.chosen_loop.take(), self.pointed_loop.take());
        self.chosen_loop = chosen.filter(|key| self.may_stand(key));
        self.pointed_loop = pointed.filter(|key| self.may_stand(key));
        self.follow_step();
        self.versions.loops += 1;
        before
    }

    /// Whether a loop is there, as far as is known: a search that goes on may yet find it.
    fn may_stand(&self, key: &LoopKey) -> bool {
        let mut links = key.links().iter();
        self.report.loops.iter().any(|named| named.key == *key)
            || !self.report.lists_all()
                && links.all(|link| self.document.links().contains_key(link))
    }

    /// Replaces the preview of the gesture.
    pub(super) fn set_preview(&mut self, patch: Patch, measure: &dyn MeasureText) {
        let step = match &self.preview {
            Some(shown) => shown.inverted().then(patch.clone()),
            None => patch.clone(),
        };
        if let Ok(before) = self.show(&step, measure) {
            self.preview = Some(patch);
            // At the end of the gesture, what is new since its beginning is announced.
            if self.report_before_preview.is_none() {
                self.report_before_preview = before;
            }
        }
    }

    /// Removes the preview of the gesture.
    pub(super) fn drop_preview(&mut self, measure: &dyn MeasureText) {
        self.report_before_preview = None;
        if let Some(preview) = self.preview.take() {
            // What was applied can be taken back.
            let _ = self.show(&preview.inverted(), measure);
        }
    }

    /// Makes the change of a gesture part of the document: one step of the history.
    pub(super) fn commit_preview(&mut self) -> Vec<Effect> {
        let before = self.report_before_preview.take();
        match self.preview.take() {
            Some(patch) if !patch.is_empty() => {
                self.history
                    .push(patch.clone(), Continuity::Own, &self.document);
                self.committed(patch, before, "")
            }
            _ => Vec::new(),
        }
    }

    /// Makes a change: one step of the history, unless it changes nothing. Equations follow where it
    /// calls a variable otherwise.
    pub(super) fn commit(
        &mut self,
        patch: Patch,
        continuity: Continuity,
        env: &Environment<'_>,
    ) -> Vec<Effect> {
        if patch.is_empty() {
            return Vec::new();
        }
        let patch = followed(&self.document, patch);
        match self.show(&patch, env.measure) {
            Ok(before) => {
                self.history.push(patch.clone(), continuity, &self.document);
                self.committed(patch, before, "")
            }
            Err(error) => vec![Effect::Announce(error.to_string())],
        }
    }

    /// Undoes or redoes a step.
    pub(super) fn step(&mut self, direction: Direction, env: &Environment<'_>) -> Vec<Effect> {
        let taken = match direction {
            Direction::Back => self.history.undo(&self.document),
            Direction::Forth => self.history.redo(&self.document),
        };
        let Some(Taken { patch, of_others }) = taken else {
            let words = match direction {
                Direction::Back => "Nothing to undo",
                Direction::Forth => "Nothing to redo",
            };
            return vec![Effect::Announce(words.to_owned())];
        };
        let what = match direction {
            Direction::Back => "Undone: ",
            Direction::Forth => "Redone: ",
        };
        match self.show(&patch, env.measure) {
            Ok(before) => {
                let mut effects = self.committed(patch, before, what);
                if let Some(gone) = removed_in(&of_others) {
                    let words = format!("What others had added went with it: {gone}.");
                    effects.push(Effect::TookAlong(words));
                }
                effects
            }
            Err(error) => vec![Effect::Announce(error.to_string())],
        }
    }

    /// What each step of the history did, the oldest first: those that are done, then those that
    /// were undone.
    #[must_use]
    pub fn changes(&self) -> Vec<String> {
        let words = self.history.words();
        words
            .map(|words| match words {
                "" => "Changed".to_owned(),
                words => words.to_owned(),
            })
            .collect()
    }

    /// Undoes or redoes until so many steps are done.
    pub(super) fn go_to(&mut self, depth: usize, env: &Environment<'_>) -> Vec<Effect> {
        let mut effects = Vec::new();
        let mut count = 0_usize;
        let mut walk = |editor: &mut Self, direction| {
            let made = editor.step(direction, env);
            let is_made = made
                .iter()
                .any(|effect| matches!(effect, Effect::Committed(_)));
            count += usize::from(is_made);
            effects.extend(made);
            is_made
        };
        while self.history.depth().0 > depth && walk(self, Direction::Back) {}
        while self.history.depth().0 < depth && walk(self, Direction::Forth) {}
        if count > 1 {
            // One sentence for all of them.
            effects.retain(|effect| !matches!(effect, Effect::Announce(_)));
            let now = depth
                .checked_sub(1)
                .and_then(|at| self.changes().get(at).cloned());
            let now = now.unwrap_or_else(|| "as it was opened".to_owned());
            effects.push(Effect::Announce(format!(
                "Went over {count} changes: {now}"
            )));
        }
        effects
    }

    /// A change that was made, in words that begin with `what`, with the news of the loops.
    fn committed(&self, patch: Patch, before: Option<LoopReport>, what: &str) -> Vec<Effect> {
        let change = describe_change(&patch, &self.document);
        let change = (!change.is_empty()).then(|| format!("{what}{change}"));
        let news = before.and_then(|before| news(&before, &self.report, &self.document));
        let words: Vec<String> = change.into_iter().chain(news).collect();
        let mut effects = vec![Effect::Committed(patch)];
        if !words.is_empty() {
            effects.push(Effect::Announce(words.join(". ")));
        }
        effects
    }

    /// Brings in a change made elsewhere; a gesture under way goes on, on top of it, unless what
    /// it is about is gone.
    pub(super) fn take_remote(&mut self, patch: &Patch, env: &Environment<'_>) {
        let mut committed = self.committed_document();
        let brought = rebase(patch, &committed);
        let applied = committed.apply(&brought);
        debug_assert!(applied.is_ok(), "{applied:?}");
        let step = match self.preview.take() {
            Some(shown) => {
                let again = rebase(&shown, &committed);
                let step = shown.inverted().then(brought).then(again.clone());
                self.preview = Some(again);
                step
            }
            None => brought,
        };
        let _ = self.show(&step, env.measure);
        if self.gesture.bring_onto(&committed).is_none() {
            self.cancel_gesture(env);
        }
        let gone = |id| self.document.kind_of(id).is_none();
        if self.text_edit.as_ref().is_some_and(|edit| gone(edit.id)) {
            self.cancel_text(env);
        }
    }
}

/// Whether a change can make, break, sign or rename a loop; a move cannot.
pub(super) fn matters_to_loops(change: &Change) -> bool {
    match (&change.before, &change.after) {
        (Some(Element::Link(before)), Some(Element::Link(after))) => {
            (before.from, before.to, before.polarity, before.delay)
                != (after.from, after.to, after.polarity, after.delay)
        }
        (Some(Element::Variable(before)), Some(Element::Variable(after))) => {
            before.name != after.name
        }
        (Some(Element::Link(_) | Element::Variable(_)), _)
        | (_, Some(Element::Link(_) | Element::Variable(_))) => true,
        _ => false,
    }
}

/// Whether a change is of a comment.
fn is_comment(change: &Change) -> bool {
    let sides = [&change.before, &change.after].into_iter().flatten();
    sides
        .into_iter()
        .any(|element| matches!(element, Element::Comment(_)))
}

/// Whether a change gives a loop a name, or takes it away.
fn names_a_loop(change: &Change) -> bool {
    let name = |element: &Option<Element>| match element {
        Some(Element::LoopLabel(label)) => label.name.clone(),
        _ => String::new(),
    };
    name(&change.before) != name(&change.after)
}
