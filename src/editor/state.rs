//! The state of the editor: what is drawn, selected, shown; and how the document changes in it.

use std::collections::BTreeSet;

use crate::causal::check::Mark;
use crate::causal::{LoopAnalysis, LoopReport};
use crate::model::{Document, Id, IdSource, LoopKey, Patch, Point, Records, Rect, StationKind};
use crate::scene::{Badges, Hit, MeasureText, Overlay, RunMarks, Scene, View};

use super::access::Access;
use super::comments::CommentMarks;
use super::dots::Voting;
use super::event::{Pointer, PointerKind};
use super::experiments::ExperimentMarks;
use super::find::Find;
use super::gesture::Gesture;
use super::history::History;
use super::neighbours::Neighbours;
use super::play::Playing;
use super::present::Presenting;
use super::shown_step::StepShown;
use super::sight::{Fit, KeptView};
use super::step_on_canvas::OnCanvas;
use super::tags::Tagged;
use super::watch::Watching;

/// How many loops are kept to be listed, the shortest first; all are counted.
pub const KEPT_LOOPS: usize = 1_000;
/// How many link visits of the loop search an event may cost.
pub(super) const IMMEDIATE_BUDGET: u64 = 20_000;

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
    /// Draws a flow from where it presses.
    Flow,
    /// Writes a note where it clicks.
    Note,
    /// Draws out a frame.
    Frame,
    /// Adds a process step where it clicks.
    Step,
    /// Adds a queue where it clicks.
    Queue,
    /// Adds a supermarket where it clicks.
    Supermarket,
    /// Adds a supplier where it clicks.
    Supplier,
    /// Adds a customer where it clicks.
    Customer,
    /// Adds a control where it clicks.
    Control,
    /// Gives a dot of a vote to what it clicks.
    Dot,
}

impl Tool {
    /// Its word, as other people's pages hear it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Select => "select",
            Self::Hand => "hand",
            Self::Variable => "variable",
            Self::Link => "link",
            Self::Flow => "flow",
            Self::Note => "note",
            Self::Frame => "frame",
            Self::Step => "step",
            Self::Queue => "queue",
            Self::Supermarket => "supermarket",
            Self::Supplier => "supplier",
            Self::Customer => "customer",
            Self::Control => "control",
            Self::Dot => "dot",
        }
    }

    /// The kind of station that it adds, if it adds one.
    #[must_use]
    pub const fn station(self) -> Option<StationKind> {
        match self {
            Self::Select
            | Self::Hand
            | Self::Variable
            | Self::Link
            | Self::Flow
            | Self::Note
            | Self::Frame
            | Self::Dot => None,
            Self::Step => Some(StationKind::Step),
            Self::Queue => Some(StationKind::Queue),
            Self::Supermarket => Some(StationKind::Supermarket),
            Self::Supplier => Some(StationKind::Supplier),
            Self::Customer => Some(StationKind::Customer),
            Self::Control => Some(StationKind::Control),
        }
    }
}

/// The words that are being typed in place.
#[derive(Clone, Debug, PartialEq)]
pub struct TextEdit {
    /// The variable, note, station or frame.
    pub id: Id,
    /// The words at the start.
    pub text: String,
    /// Whether the thing was made for this typing: without words it is removed again.
    pub origin: TextOrigin,
}

/// Whether what is typed into was there before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextOrigin {
    /// It was.
    Standing,
    /// It was made just now, and is not part of the document yet.
    Fresh,
    /// It was made just now, and stays without words too.
    Drawn,
}

/// Counters of changes: each number grows with each change of its kind.
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
    /// What is known of the streams, as far as it is drawn.
    pub stream: u64,
    /// Tool, gesture, typing.
    pub mode: u64,
    /// The play: its rounds and its pace, not each of its ticks; likewise the run of the map that is
    /// watched.
    pub play: u64,
    /// The step of a story that is shown, and where a presentation is.
    pub step: u64,
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
    /// The preview of the gesture; `document` already contains it.
    pub(super) preview: Option<Patch>,
    /// What was known of the loops before that change, if it changed them.
    pub(super) report_before_preview: Option<LoopReport>,
    pub(super) scene: Scene,
    pub(super) history: History,
    pub(super) view: View,
    pub(super) fitted: Option<Fit>,
    /// The view in which the document was left, while it is still that.
    pub(super) kept_view: Option<KeptView>,
    pub(super) badges: Badges,
    pub(super) comment_marks: CommentMarks,
    pub(super) experiment_marks: ExperimentMarks,
    pub(super) tool: Tool,
    /// Whether the tool stays in the hand after use; else it is back to selecting after one.
    pub(super) tool_kept: bool,
    pub(super) voting: Voting,
    pub(super) gesture: Gesture,
    /// The pointer that the gesture follows.
    pub(super) active_pointer: Option<i32>,
    /// What was selected before the gesture or the typing, for when it is cancelled.
    pub(super) selection_before: Option<BTreeSet<Id>>,
    pub(super) text_edit: Option<TextEdit>,
    pub(super) overlay: Overlay,
    pub(super) last_pointer: Option<Pointer>,
    pub(super) touches: Vec<(i32, Point)>,
    pub(super) pointed_loop: Option<LoopKey>,
    pub(super) pointed_records: BTreeSet<Id>,
    pub(super) chosen_loop: Option<LoopKey>,
    pub(super) neighbours: Option<Neighbours>,
    pub(super) find: Option<Find>,
    pub(super) tagged: Option<Tagged>,
    pub(super) playing: Option<Playing>,
    pub(super) watching: Option<Watching>,
    pub(super) step_shown: Option<StepShown>,
    pub(super) presenting: Option<Presenting>,
    /// The story that a person has chosen.
    pub(super) chosen_story: Option<Id>,
    /// The step of a story that is on the canvas while the diagram is edited.
    pub(super) on_canvas: Option<OnCanvas>,
    /// What was looked for last.
    pub(super) sought: String,
    pub(super) versions: Versions,
    pub(super) analysis: LoopAnalysis,
    pub(super) report: LoopReport,
    /// Whether nothing has been told of the streams since the document was opened.
    pub(super) awaits_marks: bool,
    pub(super) drag_layer: BTreeSet<Id>,
    pub(super) access: Access,
    /// The variable that was made last together with a link, and that link; until something else is
    /// selected.
    pub(super) grown: Option<(Id, Id)>,
    /// Where the menu of the canvas was asked for, in world units: there its additions go.
    pub(super) menu_spot: Option<Point>,
    dirty: Dirty,
}

impl Editor {
    /// Opens a document in a view of it.
    #[must_use]
    pub fn open(document: Document, view: View, measure: &dyn MeasureText) -> Self {
        let scene = Scene::new(&document, measure);
        let analysis = LoopAnalysis::new(&document, KEPT_LOOPS);
        let mut editor = Self {
            document,
            preview: None,
            report_before_preview: None,
            scene,
            history: History::default(),
            view,
            fitted: None,
            kept_view: None,
            badges: Badges::default(),
            comment_marks: CommentMarks::default(),
            experiment_marks: ExperimentMarks::default(),
            tool: Tool::default(),
            tool_kept: false,
            voting: Voting::default(),
            gesture: Gesture::Idle,
            active_pointer: None,
            selection_before: None,
            text_edit: None,
            overlay: Overlay::default(),
            last_pointer: None,
            touches: Vec::new(),
            pointed_loop: None,
            pointed_records: BTreeSet::new(),
            chosen_loop: None,
            neighbours: None,
            find: None,
            tagged: None,
            playing: None,
            watching: None,
            step_shown: None,
            presenting: None,
            chosen_story: None,
            on_canvas: None,
            sought: String::new(),
            versions: Versions::default(),
            analysis,
            report: LoopReport::default(),
            awaits_marks: true,
            drag_layer: BTreeSet::new(),
            access: Access::Edit,
            grown: None,
            menu_spot: None,
            dirty: Dirty::All,
        };
        editor.mark_comments();
        editor.mark_experiments();
        editor.analysis.advance(IMMEDIATE_BUDGET);
        editor.take_report(measure);
        editor
    }

    /// The document as shown, with the preview of the gesture.
    #[must_use]
    pub const fn document(&self) -> &Document {
        &self.document
    }

    /// Whether the document is shown with a preview of the gesture.
    #[must_use]
    pub const fn is_previewing(&self) -> bool {
        self.preview.is_some()
    }

    /// The document without the preview of the gesture.
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

    /// Whether loops show their badges.
    #[must_use]
    pub const fn badges(&self) -> Badges {
        self.badges
    }

    /// Shows the badges of loops, or hides them.
    pub fn set_badges(&mut self, badges: Badges) {
        if self.badges != badges {
            self.badges = badges;
            self.versions.loops += 1;
            self.mark_experiments();
            self.hover(None);
        }
    }

    /// What is known of the loops.
    #[must_use]
    pub const fn report(&self) -> &LoopReport {
        &self.report
    }

    /// The tool in the hand.
    #[must_use]
    pub const fn tool(&self) -> Tool {
        self.tool
    }

    /// Whether the tool stays in the hand after use.
    #[must_use]
    pub const fn keeps_tool(&self) -> bool {
        self.tool_kept
    }

    /// Where the pointer is over the canvas, in world units; a finger only while it presses.
    #[must_use]
    pub fn pointer_place(&self) -> Option<Point> {
        let last = self.last_pointer?;
        let is_there = last.kind == PointerKind::Fine || self.active_pointer == Some(last.number);
        is_there.then(|| self.view.to_world(last.at))
    }

    /// Where the pointer took hold of what it drags, in world units.
    #[must_use]
    pub const fn grab(&self) -> Option<Point> {
        match &self.gesture {
            Gesture::Moving(moving) => Some(moving.origin),
            _ => None,
        }
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

    /// The highlighted loop: the one pointed at, else the one chosen.
    #[must_use]
    pub fn highlighted_loop(&self) -> Option<&LoopKey> {
        self.pointed_loop.as_ref().or(self.chosen_loop.as_ref())
    }

    /// The records that a list points at; they are highlighted, unless a loop is.
    #[must_use]
    pub const fn pointed_records(&self) -> &BTreeSet<Id> {
        &self.pointed_records
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

    /// What was done so far can no longer be undone: it belongs to how the document was opened.
    pub fn forget_history(&mut self) {
        self.history = History::default();
    }

    /// The drag layer: the records that a gesture moves. They are painted over everything else,
    /// frame by frame.
    #[must_use]
    pub const fn drag_layer(&self) -> &BTreeSet<Id> {
        &self.drag_layer
    }

    /// What must be painted again since the last call. The drag layer and badges are not part of
    /// it: they are painted in every frame.
    pub fn take_dirty(&mut self) -> Dirty {
        std::mem::replace(&mut self.dirty, Dirty::Parts(Vec::new()))
    }

    /// Everything must be measured and painted again, because the font or the theme changed.
    pub fn remeasure(&mut self, measure: &dyn MeasureText) {
        let marks = self.scene.take_marks();
        let colours = self.scene.link_colours();
        self.scene = Scene::new(&self.document, measure);
        self.scene.colour_links(&self.document, colours, measure);
        self.scene
            .set_loops(&self.document, &self.report.loops, measure);
        self.scene.set_marks(&self.document, marks, measure);
        self.follow_step();
        self.dirty = Dirty::All;
    }

    /// Sets the view.
    pub fn set_view(&mut self, view: View) {
        if view != self.view {
            self.view = view;
            self.versions.view += 1;
        }
    }

    /// Shows what a run gives at a time on the canvas.
    pub fn set_run_marks(&mut self, marks: RunMarks) {
        self.overlay.run = marks;
    }

    /// Marks what checks have found: the records with their findings, in any order.
    pub fn set_findings(&mut self, findings: Vec<(Id, Mark)>) {
        let mut gravest: Records<Mark> = Records::new();
        for (id, mark) in findings {
            match gravest.get_mut(&id) {
                Some(so_far) if so_far.severity <= mark.severity => {}
                Some(so_far) => *so_far = mark,
                None => {
                    gravest.insert(id, mark);
                }
            }
        }
        self.overlay.findings = gravest;
    }

    /// Moves things from the layer that is painted once to the drag layer, or back.
    pub(super) fn set_drag_layer(&mut self, ids: BTreeSet<Id>) {
        let changed: Vec<Id> = self
            .drag_layer
            .symmetric_difference(&ids)
            .copied()
            .collect();
        self.drag_layer = ids;
        for id in changed {
            for part in self.scene.boxes_of(id) {
                self.mark(part);
            }
        }
    }

    pub(super) fn mark(&mut self, rect: Rect) {
        if let Dirty::Parts(parts) = &mut self.dirty {
            parts.push(rect);
        }
    }

    /// Selects exactly these, as far as they are drawn. Nudges of something else are a step of
    /// their own.
    pub(super) fn select(&mut self, mut ids: BTreeSet<Id>) {
        ids.retain(|id| self.scene.shows(*id));
        if self.overlay.selection != ids {
            self.overlay.selection = ids;
            self.grown = None;
            self.history.pause();
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
