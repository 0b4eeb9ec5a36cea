//! One entry of a room: who made it, what its maker had seen, and what it does.

use super::snapshot::Snapshot;
use crate::model::Patch;
use crate::store::Order;
pub use crate::store::{FARTHEST_AHEAD, LARGEST_NUMBER};

/// The number of the rules by which this program plays patches.
///
/// It counts up with every change of what `rebase`, `Document::apply` or the merging of fields
/// makes of the same patches. Two pages with other rules would compute two documents.
pub const RULES: u32 = 1;

/// One entry of a room.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Where it stands among all: after everything that its maker had seen. Its tab counts its
    /// entries from 1 without a gap, gestures and snapshots alike.
    pub order: Order,
    /// When it was made by the clock of its maker, in milliseconds since the epoch. Only words are
    /// made of it, and how long a snapshot is kept.
    pub at: u64,
    /// The number of the rules by which its maker plays patches.
    pub rules: u32,
    /// What it does.
    pub body: Body,
}

/// What an entry does.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// A gesture.
    Patch(Box<Patch>),
    /// From now on the document is this.
    Snapshot(Box<Snapshot>),
    /// A newer version of the program made it, so only that reads it.
    Newer(Raw),
    /// It cannot be read, says more than it may, or contradicts itself. It does nothing.
    Damaged(Raw),
}

/// What an entry does, unread. It is passed on as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raw {
    /// What it is.
    pub kind: u8,
    /// The rest.
    pub bytes: Vec<u8>,
}
