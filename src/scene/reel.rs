//! A part of a run of a stream, as it is shown on the map: who moves, and how each place stands.

use serde::{Deserialize, Serialize};

use crate::model::Id;

/// A part of a run, from where the one before ended.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Reel {
    /// What happens, in the order of time.
    pub events: Vec<ReelEvent>,
    /// Up to when it goes, in seconds of working time since the run began.
    pub until: f64,
    /// Whether more follows.
    pub end: ReelEnd,
}

/// Whether a run goes on after a part of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReelEnd {
    /// It does.
    #[default]
    GoesOn,
    /// Nothing is left to do.
    Done,
    /// Work is left, and each waits for another.
    Stuck,
}

/// Something that happens.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReelEvent {
    /// When, in seconds of working time since the run began.
    pub time: f64,
    /// What.
    pub what: Happening,
}

/// What happens.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Happening {
    /// An item moves from a station or flow to another.
    Move(Passage),
    /// A station or flow stands so from now on.
    Stands(Id, Stand),
    /// The whole stands so from now on.
    Whole(Whole),
}

/// An item that moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// The station or flow that it leaves; none if it comes from outside.
    pub from: Option<Id>,
    /// The station or flow that it comes to; none if it leaves the stream.
    pub to: Option<Id>,
    /// The flow of the map that it takes, if there is one.
    pub along: Option<Id>,
}

/// How many items are at a station or flow, by what is done with them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stand {
    /// They wait: for people, for a batch, for other parts, for stock.
    pub waiting: u32,
    /// Somebody sets up for them.
    pub setting_up: u32,
    /// They are worked on.
    pub working: u32,
    /// Who works on them is down.
    pub down: u32,
    /// They are done, and cannot go on.
    pub blocked: u32,
    /// They are on their way, or stay for a time that is said.
    pub staying: u32,
}

impl Stand {
    /// All items there.
    #[must_use]
    pub const fn all(&self) -> u32 {
        self.waiting + self.setting_up + self.working + self.down + self.blocked + self.staying
    }
}

/// How the whole stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Whole {
    /// Items in the stream.
    pub inside: u64,
    /// Items that wait outside until there is room.
    pub outside: u64,
    /// Items that have left.
    pub left: u64,
    /// The lead time so far, in seconds of working time: the mean of those that came in meanwhile and
    /// have left; none while there are none.
    pub lead: Option<f64>,
}
