//! What the document of a room stands on, as a browser keeps it.

use serde::{Deserialize, Serialize};

use super::timeline::{Covered, Order, Timeline, covers};
use crate::model::Document;

/// How far the Lamport time of a patch may be ahead of that of the snapshot below it. With fewer
/// gestures than this between two snapshots nobody honest comes near it.
pub const FARTHEST_AHEAD: u64 = 1 << 32;

/// The largest number of an entry of a room, and the latest Lamport time.
pub const LARGEST_NUMBER: u64 = 1 << 48;

/// The snapshot of a room on which a document stands. The room alone says which it is.
#[derive(Clone, Debug, PartialEq)]
pub struct RoomBase {
    /// Where the snapshot stands among all entries of the room.
    pub order: Order,
    /// When it was made, in milliseconds since the epoch.
    pub at: u64,
    /// The rules by which gestures are played on it.
    pub rules: u32,
    /// Up to which number it covers the entries of each tab.
    pub covered: Covered,
    /// Up to which number it lets the entries of each tab go.
    pub let_go: Covered,
    /// Up to which number the entries of each tab are not played on it: what it covers, and what
    /// everybody has let go.
    pub settled: Covered,
    /// The document.
    pub document: Document,
}

/// A [`RoomBase`] without what a timeline has of it: the document, and what is settled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomHead {
    /// Where the snapshot stands among all entries of the room.
    pub order: Order,
    /// When it was made, in milliseconds since the epoch.
    pub at: u64,
    /// The rules by which gestures are played on it.
    pub rules: u32,
    /// What it covers.
    pub covered: Covered,
    /// What it lets go.
    pub let_go: Covered,
}

/// Whether a document is in a room.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Place {
    /// It never was.
    #[default]
    Alone,
    /// It is, and stands on this.
    #[serde(rename = "in")]
    Room(Box<RoomHead>),
    /// It was, and its person has left.
    Left,
}

impl Place {
    pub const fn is_alone(&self) -> bool {
        matches!(self, Self::Alone)
    }

    /// What it stands on, if it is in a room.
    pub const fn head(&self) -> Option<&RoomHead> {
        match self {
            Self::Room(head) => Some(head),
            Self::Alone | Self::Left => None,
        }
    }
}

impl RoomHead {
    /// The latest time that a patch on it may have; a later one is played by nobody.
    pub fn latest(&self) -> u64 {
        let latest = self.order.lamport.saturating_add(FARTHEST_AHEAD);
        latest.min(LARGEST_NUMBER)
    }

    /// Whether no room would choose the other where it knows this one. Each comes with what is
    /// settled on it.
    ///
    /// It is so where this one comes later, by rules that are no older, and covers and settles all
    /// that the other does; or where they are one snapshot, of which this one knows that more is let
    /// go.
    pub fn is_ahead_of(&self, settled: &Covered, other: &Self, others: &Covered) -> bool {
        let settles_all = covers(settled, others);
        if self.order == other.order {
            return settles_all && settled != others;
        }
        self.order > other.order
            && self.rules >= other.rules
            && covers(&self.covered, &other.covered)
            && settles_all
    }
}

impl RoomBase {
    /// The base as it is kept, and the timeline that stands on it.
    pub(super) fn taken_apart(self) -> (RoomHead, Timeline) {
        let head = RoomHead {
            order: self.order,
            at: self.at,
            rules: self.rules,
            covered: self.covered,
            let_go: self.let_go,
        };
        let timeline = Timeline::new(self.document, self.settled, head.order.lamport);
        (head, timeline)
    }

    /// The base that a timeline stands on.
    pub(super) fn of(head: &RoomHead, timeline: &Timeline) -> Self {
        Self {
            order: head.order,
            at: head.at,
            rules: head.rules,
            covered: head.covered.clone(),
            let_go: head.let_go.clone(),
            settled: timeline.covered().clone(),
            document: timeline.base().clone(),
        }
    }
}
