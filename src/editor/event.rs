//! What comes into the editor, and what it asks for in return.

use std::collections::BTreeSet;

use crate::model::{
    Date, Decision, Delay, Document, Element, FlowKind, Id, ImageData, Lever, Look, LoopKey, Patch,
    Point, Polarity, RunSettings, StationKind, StreamSettings, TableFunction, Tagging, ThreadState,
    ValueRange, VariableKind, Vector,
};

use super::action::Action;
use super::dots::DotWay;
use super::find::{Seek, Which};
use super::history::Continuity;
use super::lines::LineKind;
use super::menu::MenuSubject;
use super::play::PlayInput;
use super::present::PresentInput;
use super::watch::WatchInput;

/// What is held down along with a pointer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Modifiers {
    /// Whether control is, or command on a Mac.
    pub ctrl: bool,
    /// Whether shift is.
    pub shift: bool,
    /// Whether alt is, or option on a Mac.
    pub alt: bool,
    /// Whether the space bar is.
    pub space: bool,
}

/// Which button of a pointer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Button {
    /// The left one, a finger, the tip of a pen.
    Primary,
    /// The wheel.
    Middle,
    /// The right one.
    Secondary,
}

/// What points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PointerKind {
    /// A mouse or a pen.
    #[default]
    Fine,
    /// A finger.
    Touch,
}

impl PointerKind {
    /// How far around it a target is hit, in CSS pixels: half of 24, half of 44 for a finger.
    #[must_use]
    pub const fn radius(self) -> f64 {
        match self {
            Self::Fine => 12.0,
            Self::Touch => 22.0,
        }
    }

    /// How far it may stray in a click, in CSS pixels.
    #[must_use]
    pub const fn drag_threshold(self) -> f64 {
        match self {
            Self::Fine => 4.0,
            Self::Touch => 9.0,
        }
    }
}

/// A pointer at a position.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Pointer {
    /// Which pointer: fingers have numbers of their own.
    pub number: i32,
    /// CSS pixels from the corner of the canvas.
    pub at: Point,
    /// What points.
    pub kind: PointerKind,
    /// What is held.
    pub modifiers: Modifiers,
}

/// Something that needs words or names, from a panel or from text typed on the canvas.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "few at a time, none kept")]
pub enum Command {
    /// Names the document.
    SetTitle(String),
    /// Says what the system is for.
    SetPurpose(String),
    /// Names a variable, or writes a note.
    SetText(Id, String),
    /// Says more about a variable or link.
    SetRemark(Id, String),
    /// Writes the equation of a variable; names that were typed with blanks are written as they must
    /// be.
    SetEquation(Id, String),
    /// Says what a variable is counted in.
    SetUnits(Id, String),
    /// Says between which values a variable is expected.
    SetRange(Id, Option<ValueRange>),
    /// Gives a variable a table, or takes it away.
    SetTable(Id, Option<TableFunction>),
    /// Says whether a variable is never below 0.
    SetNonNegative(Id, bool),
    /// Names a loop.
    NameLoop(LoopKey, String),
    /// Says more about a loop.
    RemarkLoop(LoopKey, String),
    /// Adds a variable of this name where there is room.
    AddVariable(String),
    /// Adds a link.
    AddLink {
        /// The cause.
        from: Id,
        /// The effect.
        to: Id,
        /// The sign.
        polarity: Polarity,
        /// The delay.
        delay: Delay,
    },
    /// Makes variables of this kind of what varied by a retrospective.
    DrawVariations(Vec<Id>, VariableKind),
    /// Links a cause to a variable by its name, or draws it first, and selects the link.
    AddCause {
        /// The effect.
        effect: Id,
        /// The name of the cause.
        name: String,
    },
    /// Links a variable to another, or makes a flow from a station to another, and selects it.
    LinkTo {
        /// The cause.
        from: Id,
        /// The effect.
        to: Id,
    },
    /// Takes the last change back, which moved one thing onto another, and links the two.
    LinkInstead {
        /// What was moved.
        from: Id,
        /// What it was dropped onto.
        to: Id,
    },
    /// Makes a variable plain, a stock or a rate.
    SetKind(Id, VariableKind),
    /// Signs a link.
    SetPolarity(Id, Polarity),
    /// Delays a link.
    SetDelay(Id, Delay),
    /// Writes on the line of a link.
    SetLabel(Id, String),
    /// Changes how a record looks.
    SetLook(Id, Look),
    /// Puts a record in place of what it was, such as one with another measure.
    Replace(Id, Element),
    /// Answers to a finding of this topic about these records; the same answer again takes it back.
    Answer(String, Vec<Id>, Decision),
    /// Adds a comment on an element.
    AddComment {
        /// The element.
        about: Id,
        /// What is said.
        text: String,
        /// Who says so; empty where they gave no name.
        author: String,
        /// The day that it is.
        date: Option<Date>,
    },
    /// Resolves the thread on an element, or opens it again.
    SetThread(Id, ThreadState),
    /// Makes a change that was put together elsewhere, such as a merge.
    Apply(Patch),
    /// Adds a station of this kind and name where there is room.
    AddStation(StationKind, String),
    /// Adds a flow.
    AddFlow {
        /// Where it leads from.
        from: Id,
        /// Where it leads to.
        to: Id,
        /// How it passes on.
        kind: FlowKind,
    },
    /// Changes the settings of the stream.
    SetStream(StreamSettings),
    /// Sets what holds for runs of the model.
    SetRun(RunSettings),
    /// Replaces what was found by these words.
    ReplaceFound(Which, String),
    /// Undoes or redoes until so many steps of the history are done.
    GoTo(usize),
    /// Makes things of the lines of the note that was just pasted, and alone is selected.
    SplitPasted(LineKind),
    /// Says which tags a record has, with commas between them.
    SetTags(Id, String),
    /// Gives records a tag, or takes it away.
    Tag {
        /// The records.
        ids: BTreeSet<Id>,
        /// The tag.
        tag: String,
        /// Whether they are to have it.
        tagging: Tagging,
    },
    /// Gives the note that is selected alone an image; without one, or at a position, a new note.
    AddImage(ImageData, Option<Point>),
    /// Says what the image of a note shows, for those who do not see it.
    SetAlt(Id, String),
    /// Removes a record.
    Remove(Id),
    /// Puts in a copy of a diagram, with its middle at a position or, without one, in sight.
    Insert(Document, Option<Point>),
}

/// What comes into the editor.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "few at a time, none kept")]
pub enum Event {
    /// A button went down.
    Down(Pointer, Button),
    /// A pointer moved.
    Move(Pointer),
    /// A button went up.
    Up(Pointer),
    /// The browser took the pointer away.
    Lost(i32),
    /// The pointer left the canvas.
    Leave,
    /// A second click at the same place.
    DoubleClick(Pointer),
    /// The menu of what is there is asked for: a right click, a long press.
    Menu(Pointer),
    /// The wheel turned, in CSS pixels.
    Wheel(Pointer, Vector),
    /// Two fingers on a trackpad spread or closed about this place: so many times as large.
    Pinch(Point, f64),
    /// A key, menu or palette.
    Act(Action),
    /// A panel.
    Do(Command),
    /// The words typed in place are done.
    TextDone(String),
    /// They are done, and what usually follows is to follow: after a new step the next one.
    TextNext(String),
    /// The typing was cancelled.
    TextCancelled,
    /// Select exactly these, and bring them into sight.
    Select(BTreeSet<Id>),
    /// Point at a loop in a list, or at none.
    PointAtLoop(Option<LoopKey>),
    /// Point at records in a list, or at none.
    PointAt(BTreeSet<Id>),
    /// Animate a change that arranges the diagram: show a share of it. With 1 it is made, as a step
    /// of its own or as a part of the one before.
    Animate(Patch, f64, Continuity),
    /// Choose a loop, so that it stays highlighted, or none.
    ChooseLoop(Option<LoopKey>),
    /// Bring a place of the canvas into the middle of the window.
    LookAt(Point),
    /// Light the neighbours that are lit up to so many links away; none of them with 0.
    NeighboursWithin(u32),
    /// Light what has a tag, so that all else steps back; or everything again.
    ShowTag(Option<String>),
    /// Choose a story, or none.
    ChooseStory(Option<Id>),
    /// Show the canvas as a step of a story has it, or as it is again.
    ShowStep(Option<Id>),
    /// Look for words, or for what comes next.
    Find(Seek),
    /// The clock of a play, or its speed.
    Play(PlayInput),
    /// A run of the map that is watched: its parts, its clock, its speed.
    Watch(WatchInput),
    /// A story is presented, or goes on.
    Present(PresentInput),
    /// The canvas has another size, in CSS pixels.
    Resized(Vector),
    /// A change made elsewhere.
    Remote(Patch),
}

/// What the editor asks of the app.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "few at a time, none kept")]
pub enum Effect {
    /// Keep this change: it is part of the document now.
    Committed(Patch),
    /// Put this part of the diagram on the clipboard.
    Copied(Document),
    /// Do what only the app can.
    App(Action),
    /// Show what checks have found of this record.
    ShowFinding(Id),
    /// Show this experiment.
    ShowExperiment(Id),
    /// Name this loop, by its badge.
    NameLoop(LoopKey),
    /// Show the menu of this at this place, in CSS pixels from the corner of the canvas.
    OpenMenu(MenuSubject, Point),
    /// One thing was dropped onto another and stands beside it now: a link may have been meant.
    DroppedOnto {
        /// What was moved.
        moved: Id,
        /// What it was dropped onto.
        onto: Id,
    },
    /// Say this to who cannot see the canvas.
    Announce(String),
    /// Say this to everybody, with the offer to undo it.
    Done(String),
    /// Give a dot of a vote to this, or take one back.
    Dot(Lever, DotWay),
    /// Say to everybody what an undo took of others, with the offer to redo.
    TookAlong(String),
}
