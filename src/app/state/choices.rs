//! What a person has chosen to see, and how things stand, as plain values.

use crate::app::browser::window;
use crate::worker::{LoopRow, LoopWindow};

/// A page on which a panel leaves the canvas most of the room.
const ROOMY: &str = "(width >= 1024px)";

/// What an arranging is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArrangingFor {
    /// A person asked for it, and can undo it.
    Person,
    /// A document that was opened without places: there is nothing to go back to.
    Opening,
    /// A part that was pasted without places: it is undone together with the paste.
    Pasting,
}

/// What the panel of the loops shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// The loops themselves.
    Loops,
    /// Archetypes that the diagram is consistent with.
    Archetypes,
    /// What the checks find.
    Checks,
    /// The goal, and where to intervene.
    Leverage,
    /// Causes and uses of a variable, ways between two.
    Trace,
}

/// What the trace asks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TraceQuestion {
    /// What a variable depends on and acts on, or the paths between two.
    #[default]
    Paths,
    /// What follows when a variable rises.
    Follow,
    /// How each variable stands once another was pushed up.
    Pairs,
    /// What would change with another link.
    Link,
}

impl TraceQuestion {
    /// Every question.
    pub const ALL: [Self; 4] = [Self::Paths, Self::Follow, Self::Pairs, Self::Link];

    /// What people read.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Paths => "Causes, effects and paths",
            Self::Follow => "What follows if it rises",
            Self::Pairs => "Table of all pairs",
            Self::Link => "If a link changed",
        }
    }
}

/// A part of the list of loops in the worker: which, of how many, and the loops.
pub type LoopPart = (LoopWindow, u64, Vec<LoopRow>);

/// The mark that says whether work is safe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveMark {
    /// Nothing was drawn yet.
    Nothing,
    /// All of it.
    Saved,
    /// A gesture is not done.
    Saving,
    /// Why not, and what to do.
    NotSaved(String),
}

/// Which panel stands at the side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The loops.
    Loops,
    /// The outline.
    Outline,
    /// The value stream.
    Stream,
    /// The comments.
    Comments,
    /// The model: equations, runs, scenarios.
    Run,
    /// The stories by which it is told.
    Story,
    /// The retrospective: from an event to structure.
    Retrospective,
    /// The experiments: what is tried, and what came of it.
    Experiments,
}

/// Which part of the panel of styles is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StylePart {
    /// Colours, sizes, strengths.
    Look,
    /// Alignment.
    Lines,
}

/// Which dialog is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialog {
    /// The tags of what is selected.
    Tags,
    /// What was changed since the document was opened.
    UndoList,
    /// The diagrams of this browser.
    Documents,
    /// The ready diagrams.
    Templates,
    /// Two maps side by side.
    Compare,
    /// Several maps laid over each other.
    LayOver,
    /// Links to the open document.
    Share,
    /// A room with others: opening, joining, leaving.
    Together,
    /// A table of measured data.
    Measured,
    /// The question what a list of names is.
    Names,
    /// The versions of the diagram.
    History,
    /// How the structure changed from version to version.
    Structure,
    /// What is kept in the browser.
    Storage,
    /// A field for text or a link.
    PasteText,
    /// What the diagram can be written as.
    Export,
    /// All actions.
    Palette,
    /// What to link the selected thing to.
    LinkTo,
    /// Keys and help.
    Help,
}

/// What a panel can tell of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// It is empty.
    Nothing,
    /// It has no loop yet, and is no map alone.
    Little,
    /// It has loops.
    Loops,
    /// It is a map of a stream.
    Stream,
}

/// Whether a panel has room beside the canvas, so that it may come up by itself.
#[must_use]
pub fn has_room_for_panel() -> bool {
    let query = window().match_media(ROOMY).ok().flatten();
    query.is_some_and(|query| query.matches())
}
