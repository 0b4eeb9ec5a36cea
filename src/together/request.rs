//! What the page says to the program that is in a room.

use serde::{Deserialize, Serialize};

/// A message of the page. The first is [`Enter`](Self::Enter).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Request {
    /// Come into a room.
    Enter(Box<Enter>),
    /// A gesture was made, and is kept.
    Commit(Gesture),
    /// What the person before the page does now: the text of a [`Presence`](crate::sync::Presence).
    Tell(String),
    /// Try at once to reach the relay.
    Retry,
    /// Say goodbye and close the line. Nothing follows.
    Leave,
    /// The channel to another page is open.
    PeerOpened(u64),
    /// Another page says something by its channel.
    PeerHeard(u64, Vec<u8>),
    /// The channel to another page is closed, or did not come about.
    PeerClosed(u64),
    /// How this page can be reached by another one, which was asked for by
    /// [`Response::Meet`](super::Response::Meet): the bytes of a [`Contact`](crate::sync::Contact).
    PeerMeets {
        /// The other page.
        peer: u64,
        /// How this one is reached.
        contact: Vec<u8>,
    },
    /// What this page knows of the vote, the text of a [`Poll`](crate::sync::Poll), and that it has
    /// something of its own in it: it is told at once, and again from time to time.
    TellPoll(String),
    /// The same where it has only heard of something: it is told when it is this page's turn.
    PassPoll(String),
}

/// Which room, and what is here of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enter {
    /// The link of the room: an [`Invitation`](crate::sync::Invitation) with its `#`.
    pub link: String,
    /// The tab under which the page makes its gestures: the bits of its id.
    pub tab: u64,
    /// What is here of the room.
    pub contents: Contents,
}

/// What the page has of a room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Contents {
    /// The room begins with this document, the text of a file.
    Begin(String),
    /// Nothing: it comes from the others.
    Nothing,
    /// What was kept from the last time.
    Kept(Box<Kept>),
}

/// What a browser has kept of a room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// What the document stands on.
    pub base: Base,
    /// The gestures since, whoever made them.
    pub gestures: Vec<Gesture>,
}

/// The snapshot of the room on which a document stands.
///
/// Tabs and numbers are pairs: the bits of the id of a tab, and up to which number its entries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Base {
    /// The Lamport time of the snapshot.
    pub lamport: u64,
    /// The tab that made it.
    pub tab: u64,
    /// Its number.
    pub number: u64,
    /// When it was made, in milliseconds since the epoch.
    pub at: u64,
    /// The rules by which gestures are played on it.
    pub rules: u32,
    /// What it covers.
    pub covered: Vec<(u64, u64)>,
    /// What it lets go.
    pub let_go: Vec<(u64, u64)>,
    /// What is not played on it: what it covers, and what everybody has let go.
    pub settled: Vec<(u64, u64)>,
    /// The document, the text of a file.
    pub document: String,
}

/// A gesture of anybody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gesture {
    /// Its Lamport time.
    pub lamport: u64,
    /// The tab that made it: the bits of its id.
    pub tab: u64,
    /// Its number.
    pub number: u64,
    /// When it was made, in milliseconds since the epoch.
    pub at: u64,
    /// The patch, as the journal has it.
    pub patch: String,
}
