//! The room that the open document is in, and rooms on the way.

use std::collections::BTreeMap;

use gloo::timers::callback::Timeout;
use wasm_bindgen::closure::Closure;
use web_sys::{ErrorEvent, MessageEvent, Worker};

use crate::model::Id;
use crate::sync::{Invitation, Relay, Rights, Way};
use crate::together::{Away, Request, RoomState};

/// The program that is in a room, or on its way into one. Each room has one of its own.
pub struct RoomProgram {
    /// Tells what it says from what one before it said.
    pub number: u64,
    /// The program.
    pub worker: Worker,
    /// What waits until it listens.
    pub queue: Option<Vec<Request>>,
    /// What hears it.
    pub _hears: Closure<dyn FnMut(MessageEvent)>,
    /// What hears that it has failed.
    pub _failed: Closure<dyn FnMut(ErrorEvent)>,
}

/// What the page has of the room of the open document, beside what it shows of it.
pub struct OpenRoom {
    /// The program; none while it cannot be had.
    pub program: Option<RoomProgram>,
    /// What came in, where this page was without the others for a while.
    pub away: Option<Away>,
    /// The text of the document before that.
    pub before: Option<String>,
    /// The state that is shown next, and the timer that shows it.
    pub next: Option<(RoomState, Timeout)>,
    /// Whether the line was open since the document was.
    pub was_open: bool,
    /// What was read out last of how things stand.
    pub read_out: Option<&'static str>,
}

/// What is shown of the room of the open document.
#[derive(Clone, Debug, PartialEq)]
pub struct InRoom {
    /// The link that led here, with its `#`.
    pub link: String,
    /// The link to look at it, with its `#`, where this page can make one.
    pub view_link: Option<String>,
    /// What one may do in it.
    pub rights: Rights,
    /// The computer of the relay; none in a room of direct connections.
    pub computer: Option<String>,
    /// How things stand.
    pub state: RoomState,
    /// Why the program is not in it: a sentence. Nothing follows.
    pub failure: Option<String>,
}

impl InRoom {
    /// A room of which nothing was heard yet.
    #[must_use]
    pub fn begun(link: String, view_link: Option<String>, invitation: &Invitation) -> Self {
        Self {
            link,
            view_link,
            rights: invitation.rights,
            computer: computer(invitation),
            state: RoomState::begun(),
            failure: None,
        }
    }
}

/// The computer of the relay by which a room is reached; none where there is no relay.
#[must_use]
pub fn computer(invitation: &Invitation) -> Option<String> {
    match &invitation.way {
        Way::Relay(Relay { address, .. }) => Some(address.computer().to_owned()),
        Way::Direct(_) => None,
    }
}

/// The program on its way into a room.
pub struct ArrivingProgram {
    /// The program.
    pub program: RoomProgram,
    /// What for.
    pub purpose: Purpose,
    /// The document that the room gets in this browser.
    pub document: Id,
    /// The link to look at the room, with its `#`, once the program has made one.
    pub view_link: Option<String>,
    /// What was heard last of the vote in the room: the text of a poll.
    pub poll: Option<String>,
    /// What other pages told meanwhile, the last of each: its number, and what it says.
    pub heard: BTreeMap<u64, (u64, Option<String>)>,
    /// Ends the waiting, where that has an end.
    pub _patience: Option<Timeout>,
}

/// What a program is on its way into a room for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To see whether the relay answers.
    Try,
    /// To open the room of this link, with its `#`.
    Begin(String),
    /// To come into the room of this link, with its `#`.
    Join(String),
}

/// A room on the way, as a person sees it.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Arrival {
    /// There is none.
    #[default]
    Nothing,
    /// A person is asked whether to come into a room.
    Asked(Invitation),
    /// The relay is tried.
    Trying,
    /// The program is on its way; how things stand, once that is known.
    Waits(Option<RoomState>),
    /// What it came to, or why to nothing: a sentence.
    Told(String),
}
