//! Where a room stands, and what its person is told.

use std::ops::RangeInclusive;

use crate::model::Id;
use crate::store::Order;

/// Where a room stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// No snapshot has come yet, so there is no document.
    Joining,
    /// There is a document, and it can be changed.
    Working,
    /// Somebody works with a newer version of the program. The document stays as it was, and
    /// nothing can be changed, until the page is loaded anew.
    Outdated {
        /// The number of the newer rules; the own number where only the format is newer.
        rules: u32,
    },
}

/// Why nothing can be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Closed {
    /// No snapshot has come yet.
    #[error("the document of the room is not here yet")]
    Joining,
    /// Somebody works with a newer version of the program.
    #[error("somebody here uses a newer version of Loopstream: load the page anew")]
    Outdated,
}

/// Why no snapshot can be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoSnapshot {
    /// Nothing can be changed.
    #[error(transparent)]
    Closed(#[from] Closed),
    /// Another snapshot covers entries that are not here.
    #[error("changes of others are still on their way")]
    Waiting,
    /// More tabs took part than a snapshot may name.
    #[error("too many tabs have taken part in this room: begin a new one")]
    TooManyTabs,
}

/// Entries that are missing before others of their tab.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Whose they are.
    pub tab: Id,
    /// Their numbers.
    pub missing: RangeInclusive<u64>,
}

/// Why an entry does nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It cannot be read.
    #[error("a change of another cannot be read")]
    Damaged,
    /// Its time is too far ahead.
    #[error("a change of another claims to come after more changes than there can be")]
    TooFarAhead,
    /// There is another entry of this number; the one that was here first stays.
    #[error("two changes of another have the same number")]
    Twice,
    /// The room keeps as many entries as it can.
    #[error("the room holds as many changes as it can")]
    Full,
}

/// What a page tells its person about an entry, once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// It does nothing, and all else goes on.
    Refused {
        /// Whose it is.
        tab: Id,
        /// Its number.
        number: u64,
        /// Why.
        why: Refusal,
    },
    /// It is a snapshot of another beginning, or of people who went on without the others for so
    /// long that they forgot their entries. What only it has is not in the document: offer it as a
    /// document of its own.
    SetAside {
        /// Whose it is.
        tab: Id,
        /// Its number.
        number: u64,
    },
}

impl News {
    /// The tab and the number of the entry.
    #[must_use]
    pub const fn about(self) -> (Id, u64) {
        match self {
            Self::Refused { tab, number, .. } | Self::SetAside { tab, number } => (tab, number),
        }
    }

    pub(super) const fn refused(order: Order, why: Refusal) -> Self {
        Self::Refused {
            tab: order.tab,
            number: order.number,
            why,
        }
    }

    pub(super) const fn set_aside(order: Order) -> Self {
        Self::SetAside {
            tab: order.tab,
            number: order.number,
        }
    }
}
