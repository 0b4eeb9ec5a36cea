//! Direct connections to other pages of a room.

use std::collections::BTreeMap;

use crate::app::browser::peer::Peer;
use crate::sync::{Mid, Rights};

/// The connections of a page, open or on their way.
#[derive(Default)]
pub struct DirectPeers {
    /// The program that they are for, by its number.
    pub program: u64,
    /// How many invitations were made or answered here.
    pub invitations: u64,
    /// The connections: by the page to which they lead where that is known beforehand, else by their
    /// number among the invitations.
    pub peers: BTreeMap<u64, OnePeer>,
}

/// One connection.
pub struct OnePeer {
    /// The connection.
    pub peer: Peer,
    /// The name that an answer must use for its part of the description.
    pub mid: Mid,
    /// Whether the channel is open.
    pub is_open: bool,
}

/// An invitation for one guest, or the answer to one, as a person sees it.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Introduction {
    /// There is none.
    #[default]
    Nothing,
    /// The browser looks where it can be reached.
    Prepares,
    /// The link for a guest, with its `#`, and what the guest may do: the answer is to come.
    Invites(u64, String, Rights),
    /// The line to send back to who has invited.
    Answers(String),
    /// The answer is here, and the pages look for each other.
    Connects,
    /// What it came to, or why to nothing: a sentence.
    Told(String),
}
