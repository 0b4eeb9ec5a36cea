//! A snapshot of the room: the document as the ground for all patches that it does not cover.

use super::entry::{FARTHEST_AHEAD, LARGEST_NUMBER};
use crate::model::{Document, Records};
pub(super) use crate::store::{Covered, Order, covers, upto};

/// After how many entries a room wants a new snapshot.
pub const SNAPSHOT_AFTER: usize = 200;

/// How old a snapshot is before what it covers may be forgotten, in milliseconds: a day. People who
/// are apart for less lose nothing of what they did meanwhile.
pub const FORGET_AFTER: u64 = 24 * 60 * 60 * 1_000;

/// The most tabs that a snapshot or a statement of what is there may name.
pub const MOST_TABS: usize = 65_536;

/// The document at one time, what is in it, and what everybody may forget.
#[derive(Clone, Debug, PartialEq)]
pub struct Snapshot {
    /// Up to which number the entries of each tab are in the document, itself among them.
    pub covered: Covered,
    /// Up to which number nobody needs the entries of each tab any more.
    pub let_go: Covered,
    /// The document.
    pub document: Document,
}

impl Snapshot {
    /// Whether it says what a snapshot of this order can say.
    #[must_use]
    pub fn fits(&self, order: Order) -> bool {
        self.covered.len() <= MOST_TABS
            && self
                .covered
                .values()
                .all(|number| *number <= LARGEST_NUMBER)
            && upto(&self.covered, order.tab) == order.number
            && covers(&self.covered, &self.let_go)
            && order.lamport <= self.latest()
    }

    /// The latest time that it may have: nobody who has seen so many entries is at a later one.
    #[must_use]
    pub fn latest(&self) -> u64 {
        let seen = self.covered.values();
        let seen = seen.fold(0_u64, |sum, number| sum.saturating_add(*number));
        seen.saturating_add(FARTHEST_AHEAD)
    }

    /// Whether a room begins with it: it is the only entry that it covers.
    #[must_use]
    pub fn is_beginning(&self) -> bool {
        self.covered.values().eq([&1])
    }
}

/// Covers the other too.
pub fn extend(covered: &mut Covered, other: &Records<u64>) {
    for (tab, number) in other {
        let last = covered.entry(*tab).or_default();
        *last = (*last).max(*number);
    }
}
