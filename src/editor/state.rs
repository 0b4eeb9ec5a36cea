//! The state of the editor: what is drawn, selected, shown; and how the document changes in it.

use std::collections::BTreeSet;

use crate::causal::{LoopAnalysis, LoopReport, Progress};
use crate::model::{Change, Document, Element, Id, IdSource, LoopKey, Patch, Point, Rect, rebase};
use crate::scene::{Hit, MeasureText, Overlay, Scene, View};

use super::announce::news;
use super::event::{Effect, Pointer};
use super::gesture::Gesture;
use super::history::{Continuity, History};

/// How many loops are kept to be listed, the shortest first; all are counted.
pub const KEPT_LOOPS: usize = 1_000;
/// How many link visits of the loop search an event may cost.
const IMMEDIATE_BUDGET: u64 = 20_000;

/// What the editor needs from outside.
pub struct Environment<'a> {
    /// Fresh ids.
    pub ids: &'a mut IdSource,
    /// The font.
    pub measure: &'a dyn MeasureText,
}

/// What the pointer does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tool {
    /// Selects, moves, draws links from rims.
    #[default]
    Select,
    /// Drags the canvas.
    Hand,
    /// Adds a variable where it clicks.
    Variable,
    /// Draws a link from where it presses.
    Link,
    /// Writes a note where it clicks.
    Note,
}

/// Whether a tool stays in the hand after use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ToolHold {
    /// Back to selecting after one use.
    #[default]
    Once,
    /// It stays.
    Kept,
}

/// The words that are being typed in place.
#[derive(Clone, Debug, PartialEq)]
pub struct TextEdit {
    /// The variable or note.
    pub id: Id,
    /// The words at the start.
    pub text: String,
    /// Whether the thing was made for this: then it goes if no words come.
    pub origin: TextOrigin,
}

/// Whether what is typed into was there before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextOrigin {
    /// It was.
    Standing,
    /// It was made just now, and is not part of the document yet.
    Fresh,
}

/// What has changed since somebody looked: each number grows with each change of its kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Versions {
    /// The document as shown.
    pub document: u64,
    /// What is selected, chosen, pointed at.
    pub selection: u64,
    /// The view.
    pub view: u64,
    /// What is known of the loops.
    pub loops: u64,
    /// Tool, gesture, typing.
    pub mode: u64,
}

/// What must be painted again.
#[derive(Clone, Debug, PartialEq)]
pub enum Dirty {
    /// Everything.
    All,
    /// What lies in these boxes, in world units.
    Parts(Vec<Rect>),
}

/// The whole state of one open document.
#[derive(Clone, Debug)]
pub struct Editor {
    pub(super) document: Document,
    /// The change of a gesture that is not done; it is part of `document` already.
    pub(super) preview: Option<Patch>,
    pub(super) scene: Scene,
    pub(super) history: History,
    pub(super) view: View,
    pub(super) tool: Tool,
    pub(super) tool_hold: ToolHold,
    pub(super) gesture: Gesture,
    pub(super) text_edit: Option<TextEdit>,
    pub(super) overlay: Overlay,
    pub(super) last_pointer: Option<Pointer>,
    pub(super) touches: Vec<(i32, Point)>,
    pub(super) pointed_loop: Option<LoopKey>,
    pub(super) chosen_loop: Option<LoopKey>,
    pub(super) versions: Versions,
    analysis: LoopAnalysis,
    report: LoopReport,
    lifted: BTreeSet<Id>,
    dirty: Dirty,
}

impl Editor {
    /// Opens a document, in a view of it or with everything in sight.
    #[must_use]
    pub fn open(document: Document, view: View, measure: &dyn MeasureText) -> Self {
        let scene = Scene::new(&document, measure);
        let analysis = LoopAnalysis::new(&document, KEPT_LOOPS);
        let mut editor = Self {
            document,
            preview: None,
            scene,
            history: History::default(),
            view,
            tool: Tool::default(),
            tool_hold: ToolHold::default(),
            gesture: Gesture::Idle,
            text_edit: None,
            overlay: Overlay::default(),
            last_pointer: None,
            touches: Vec::new(),
            pointed_loop: None,
            chosen_loop: None,
            versions: Versions::default(),
            analysis,
            report: LoopReport::default(),
            lifted: BTreeSet::new(),
            dirty: Dirty::All,
        };
        editor.analysis.advance(IMMEDIATE_BUDGET);
        editor.take_report(measure);
        editor
    }

    /// The document as shown, with the change of a gesture that is not done.
    #[must_use]
    pub const fn document(&self) -> &Document {
        &self.document
    }

    /// The document as it would be without the change of a gesture that is not done.
    #[must_use]
    pub fn committed_document(&self) -> Document {
        let mut document = self.document.clone();
        if let Some(preview) = &self.preview {
            // The preview was applied to the document, so it can be taken back.
            let undone = document.apply(&preview.inverted());
            debug_assert!(undone.is_ok(), "{undone:?}");
        }
        document
    }

    /// What is drawn of the document.
    #[must_use]
    pub const fn scene(&self) -> &Scene {
        &self.scene
    }

    /// What lies over it.
    #[must_use]
    pub const fn overlay(&self) -> &Overlay {
        &self.overlay
    }

    /// The selected records.
    #[must_use]
    pub const fn selection(&self) -> &BTreeSet<Id> {
        &self.overlay.selection
    }

    /// Which part of the canvas is seen.
    #[must_use]
    pub const fn view(&self) -> &View {
        &self.view
    }

    /// What is known of the loops.
    #[must_use]
    pub const fn report(&self) -> &LoopReport {
        &self.report
    }

    /// The tool in the hand, and whether it stays there.
    #[must_use]
    pub const fn tool(&self) -> (Tool, ToolHold) {
        (self.tool, self.tool_hold)
    }

    /// The words that are being typed in place.
    #[must_use]
    pub const fn text_edit(&self) -> Option<&TextEdit> {
        self.text_edit.as_ref()
    }

    /// What the pointer is doing.
    #[must_use]
    pub const fn gesture(&self) -> &Gesture {
        &self.gesture
    }

    /// The loop that is lit: the one pointed at, else the one chosen.
    #[must_use]
    pub fn lit_loop(&self) -> Option<&LoopKey> {
        self.pointed_loop.as_ref().or(self.chosen_loop.as_ref())
    }

    /// The loop a person has chosen.
    #[must_use]
    pub const fn chosen_loop(&self) -> Option<&LoopKey> {
        self.chosen_loop.as_ref()
    }

    /// What has changed since.
    #[must_use]
    pub const fn versions(&self) -> Versions {
        self.versions
    }

    /// Whether there is something to undo, and something to redo.
    #[must_use]
    pub const fn history_depth(&self) -> (usize, usize) {
        self.history.depth()
    }

    /// The records that a gesture moves: they are painted over everything else, frame by frame.
    #[must_use]
    pub const fn lifted(&self) -> &BTreeSet<Id> {
        &self.lifted
    }

    /// What must be painted again since the last call; what is lifted is not part of it.
    pub fn take_dirty(&mut self) -> Dirty {
        std::mem::replace(&mut self.dirty, Dirty::Parts(Vec::new()))
    }

    /// Everything must be measured and painted again, because the font or the theme changed.
    pub fn remeasure(&mut self, measure: &dyn MeasureText) {
        self.scene = Scene::new(&self.document, measure);
        self.scene
            .set_loops(&self.document, &self.report.loops, measure);
        self.dirty = Dirty::All;
    }

    /// Sets the view.
    pub fn set_view(&mut self, view: View) {
        if view != self.view {
            self.view = view;
            self.versions.view += 1;
        }
    }

    /// Takes things out of the layer that is painted once, or puts them back.
    pub(super) fn lift(&mut self, ids: BTreeSet<Id>) {
        let changed: Vec<Id> = self.lifted.symmetric_difference(&ids).copied().collect();
        self.lifted = ids;
        for id in changed {
            if let Some(rect) = self.scene.bounds_of(id) {
                self.mark(rect.grown(1.0));
            }
        }
    }

    fn mark(&mut self, rect: Rect) {
        if let Dirty::Parts(parts) = &mut self.dirty {
            parts.push(rect);
        }
    }

    /// Applies a patch to what is shown, and brings scene and loops after it.
    fn show(&mut self, patch: &Patch, measure: &dyn MeasureText) {
        self.show_many(&[patch], measure);
    }

    fn show_many(&mut self, patches: &[&Patch], measure: &dyn MeasureText) {
        let mut touched = BTreeSet::new();
        let mut matters = false;
        for patch in patches {
            // Every patch is made for the document as it is, or brought onto it.
            let applied = self.document.apply(patch);
            debug_assert!(applied.is_ok(), "{applied:?}");
            touched.extend(patch.touched());
            matters |= patch.changes.values().any(matters_to_loops);
        }
        for (id, rect) in self.scene.update(&self.document, touched, measure) {
            if !self.lifted.contains(&id) {
                self.mark(rect);
            }
        }
        self.versions.document += 1;
        let document = &self.document;
        let before = self.overlay.selection.len();
        self.overlay
            .selection
            .retain(|id| document.kind_of(*id).is_some());
        if self.overlay.selection.len() != before {
            self.versions.selection += 1;
        }
        if matters {
            self.analysis = LoopAnalysis::new(&self.document, KEPT_LOOPS);
            self.analysis.advance(IMMEDIATE_BUDGET);
            self.take_report(measure);
        }
    }

    /// Searches on for loops, where the search is not done; the report follows only when it is
    /// done or is asked for with [`Editor::refresh_report`], since making it costs time too.
    pub fn search_on(&mut self, budget: u64, measure: &dyn MeasureText) -> Progress {
        if self.analysis.progress() == Progress::Finished {
            return Progress::Finished;
        }
        if self.analysis.advance(budget) == Progress::Finished {
            self.take_report(measure);
            return Progress::Finished;
        }
        Progress::Unfinished
    }

    /// Whether all loops were found.
    #[must_use]
    pub const fn search_progress(&self) -> Progress {
        self.analysis.progress()
    }

    /// Brings the report up to what was found so far.
    pub fn refresh_report(&mut self, measure: &dyn MeasureText) {
        self.take_report(measure);
    }

    fn take_report(&mut self, measure: &dyn MeasureText) {
        self.report = self.analysis.report(&self.document);
        self.scene
            .set_loops(&self.document, &self.report.loops, measure);
        let stands = |key: &Option<LoopKey>, report: &LoopReport| {
            key.as_ref()
                .is_none_or(|key| report.loops.iter().any(|named| named.key == *key))
        };
        if !stands(&self.chosen_loop, &self.report) {
            self.chosen_loop = None;
        }
        if !stands(&self.pointed_loop, &self.report) {
            self.pointed_loop = None;
        }
        self.versions.loops += 1;
    }

    /// Shows the change of a gesture that is not done, instead of what it showed before.
    pub(super) fn set_preview(&mut self, patch: Patch, measure: &dyn MeasureText) {
        let before = self.preview.take();
        match before {
            Some(before) => self.show_many(&[&before.inverted(), &patch], measure),
            None => self.show(&patch, measure),
        }
        self.preview = Some(patch);
    }

    /// Takes back the change of a gesture that is not done.
    pub(super) fn drop_preview(&mut self, measure: &dyn MeasureText) {
        if let Some(preview) = self.preview.take() {
            self.show(&preview.inverted(), measure);
        }
    }

    /// Makes the change of a gesture part of the document: one step of the history.
    pub(super) fn commit_preview(&mut self) -> Vec<Effect> {
        match self.preview.take() {
            Some(patch) if !patch.is_empty() => {
                self.history.push(patch.clone(), Continuity::Own);
                vec![Effect::Committed(patch)]
            }
            _ => Vec::new(),
        }
    }

    /// Makes a change: one step of the history, unless it changes nothing.
    pub(super) fn commit(
        &mut self,
        patch: Patch,
        continuity: Continuity,
        measure: &dyn MeasureText,
    ) -> Vec<Effect> {
        if patch.is_empty() {
            return Vec::new();
        }
        let before = self.report.clone();
        self.show(&patch, measure);
        self.history.push(patch.clone(), continuity);
        let mut effects = vec![Effect::Committed(patch)];
        effects.extend(news(&before, &self.report, &self.document).map(Effect::Announce));
        effects
    }

    /// Undoes or redoes a step.
    pub(super) fn step(&mut self, direction: Direction, measure: &dyn MeasureText) -> Vec<Effect> {
        let patch = match direction {
            Direction::Back => self.history.undo(&self.document),
            Direction::Forth => self.history.redo(&self.document),
        };
        let Some(patch) = patch else {
            let words = match direction {
                Direction::Back => "Nothing to undo",
                Direction::Forth => "Nothing to redo",
            };
            return vec![Effect::Announce(words.to_owned())];
        };
        let before = self.report.clone();
        self.show(&patch, measure);
        let mut effects = vec![Effect::Committed(patch)];
        effects.extend(news(&before, &self.report, &self.document).map(Effect::Announce));
        effects
    }

    /// Brings in a change made elsewhere; a gesture under way goes on, on top of it.
    pub(super) fn take_remote(&mut self, patch: &Patch, measure: &dyn MeasureText) {
        let preview = self.preview.take();
        if let Some(preview) = &preview {
            self.show(&preview.inverted(), measure);
        }
        let brought = rebase(patch, &self.document);
        self.show(&brought, measure);
        if let Some(preview) = preview {
            let again = rebase(&preview, &self.document);
            self.set_preview(again, measure);
        }
        let gone = |edit: &TextEdit| self.document.kind_of(edit.id).is_none();
        if self.text_edit.as_ref().is_some_and(gone) {
            self.text_edit = None;
            self.versions.mode += 1;
        }
    }

    /// Selects exactly these.
    pub(super) fn select(&mut self, ids: BTreeSet<Id>) {
        if self.overlay.selection != ids {
            self.overlay.selection = ids;
            self.versions.selection += 1;
        }
    }

    /// Shows what the pointer is over.
    pub(super) fn hover(&mut self, hit: Option<Hit>) {
        if self.overlay.hover != hit {
            self.overlay.hover = hit;
            self.versions.selection += 1;
        }
    }
}

/// Which way through the history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    /// Undo.
    Back,
    /// Redo.
    Forth,
}

/// Whether a change can make, break, sign or rename a loop; a move cannot.
fn matters_to_loops(change: &Change) -> bool {
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
