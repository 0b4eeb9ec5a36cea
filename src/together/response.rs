//! What the program that is in a room says to the page.

use serde::{Deserialize, Serialize};

use super::request::{Base, Gesture};

/// A message to the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Response {
    /// The program listens.
    Ready,
    /// It knows the room. A link to view is there for who may edit.
    Entered {
        /// The link to view, with its `#`.
        view_link: Option<String>,
    },
    /// The room stands on another snapshot, or on the first that this page hears of. All gestures on
    /// it that are here follow.
    Based(Box<Base>),
    /// These gestures are part of the document, each in its place. The page may have some of them.
    Play(Vec<Gesture>),
    /// How things stand; said whenever that changes.
    State(RoomState),
    /// Something about an entry that a person should know: a sentence, once.
    News(String),
    /// A document that others had in the room and that is not part of it, the text of a file: to be
    /// offered as one of its own.
    SetAside(String),
    /// What another page tells of its person, the text of a [`Presence`](crate::sync::Presence);
    /// nothing where it leaves. The number is for [`People::hear`](crate::sync::People::hear).
    Heard {
        /// The page: the bits of its id.
        page: u64,
        /// Counts what it tells.
        number: u64,
        /// What it tells.
        told: Option<String>,
    },
    /// The link or what was kept cannot be read: a sentence. Nothing follows.
    Failed(String),
    /// Send this by the channel to another page.
    ToPeer {
        /// The other page.
        peer: u64,
        /// What to send.
        frame: Vec<u8>,
        /// Whether it may be left out.
        urgency: Urgency,
    },
    /// Another page is in the room, to which there is no channel. Make an offer for it, or answer
    /// this offer, or take this answer: the bytes of a [`Contact`](crate::sync::Contact).
    Meet {
        /// The other page.
        peer: u64,
        /// What it says of itself; nothing where this page makes the offer.
        contact: Option<Vec<u8>>,
    },
    /// Close the channel to another page.
    ClosePeer(u64),
    /// What another page knows of the vote, the text of a [`Poll`](crate::sync::Poll). Which page it
    /// was is not known.
    HeardPoll(String),
}

/// Whether something must arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Urgency {
    /// It must, in its order.
    Needed,
    /// It is left out while other things wait: the next of its kind is soon there.
    Passing,
}

/// How things stand in a room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomState {
    /// The line to the relay.
    pub connection: Connection,
    /// How many gestures and snapshots the relay has not confirmed.
    pub unsent: u32,
    /// How many changes of others are missing before those that wait.
    pub missing: u32,
    /// Somebody has a newer version of the program: nothing can be changed until the page is loaded
    /// anew.
    pub is_outdated: bool,
}

/// The line to the relay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Connection {
    /// It is being opened, for the first time or again.
    Connecting,
    /// It is open, and what the relay has is on its way.
    Receiving,
    /// All that the relay has is here.
    Open,
    /// It is down; it is tried again.
    Down(Down),
    /// The relay does not let this page in, or lets it read only: a sentence of the relay or a plain
    /// one. It is not tried again by itself.
    Refused(String),
    /// The relay has something else under the name of this room. It is not tried again by itself.
    Foreign,
    /// The page has left.
    Left,
    /// There is no relay: so many other pages are connected directly.
    Direct(u32),
}

impl Connection {
    /// Whether there is a line to others, by which everything that they have has come or comes.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        matches!(self, Self::Open | Self::Direct(1..))
    }
}

/// A line that is down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Down {
    /// Since when, in milliseconds since the epoch.
    pub since: u64,
    /// When it is tried again, in milliseconds since the epoch.
    pub again: u64,
}
