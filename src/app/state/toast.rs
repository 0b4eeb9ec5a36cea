//! Messages that stand for a while.

use crate::editor::LineKind;
use crate::model::Id;

/// A message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toast {
    /// Tells it from others.
    pub number: u64,
    /// What was lost, in sentences; told before what happened.
    pub losses: Vec<String>,
    /// What happened.
    pub words: String,
    /// Whether something went wrong.
    pub tone: Tone,
    /// What there is to know about it beyond that, in sentences.
    pub details: Vec<String>,
    /// What can be done about it.
    pub offers: Vec<Offer>,
}

/// How a message is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// To be known; it goes by itself.
    Info,
    /// Something was lost; it stays until it is closed, or another diagram is shown.
    Loss,
    /// Something went wrong; it stays until it is closed.
    Trouble,
}

/// What can be done about a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Offer {
    /// Bring a deleted document back.
    Restore(Id),
    /// Undo what was done just now; the offer goes with the next change.
    Undo,
    /// Redo what was undone just now; the offer goes with the next change.
    Redo,
    /// Link one thing to another, where it was moved onto it; the offer goes with the next change.
    LinkInstead {
        /// What was moved.
        from: Id,
        /// What it was dropped onto.
        to: Id,
    },
    /// Make things of the lines of the note that was just pasted; the offer goes with the next
    /// change.
    Lines(LineKind),
    /// Present the diagram that was just opened; the offer goes with the next change.
    Present,
    /// Compare the diagram with this text of it, as it was before changes of others came in.
    CompareBefore(String),
    /// Leave it as it is.
    Leave(&'static str),
    /// Change the diagram although somebody in the room asks not to.
    EditAllTheSame,
    /// Take up a new version of the program.
    Reload,
    /// Download a text.
    Download {
        /// The button.
        label: String,
        /// The file.
        name: String,
        /// What is in it.
        text: String,
        /// Its media type.
        media_type: String,
    },
}
