//! What two pages say to each other by a direct channel, before it is sealed.

use serde::{Deserialize, Serialize};

/// The longest frame, in bytes, when it is sealed: what every browser takes (RFC 8831, section 6.6).
pub(super) const LONGEST_FRAME: usize = 64 * 1024;
/// The most pages that one names.
const MOST_NAMED: usize = 1_000;

/// A frame of a channel. Pages are named by the number under which they tell of their persons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ChannelFrame<'f> {
    /// Which page speaks, and to which others it has channels.
    Here {
        /// This page.
        page: u64,
        /// The others.
        others: Vec<u64>,
    },
    /// The page that speaks (8 bytes, the highest first) and a frame of a
    /// [`Line`](crate::sync::Line), sealed and signed as at a relay.
    Signed(&'f [u8]),
    /// A frame of a line of who may only view, and so cannot sign: it says what is there, and nothing else.
    Held(&'f [u8]),
    /// What a page tells of its person: this one, or another that has no channel to the hearer.
    Told {
        /// The page.
        page: u64,
        /// Counts what it tells.
        number: u32,
        /// What it tells, sealed; nothing when it leaves.
        text: Option<&'f str>,
    },
    /// How one page can be reached by another, to be passed on to that.
    Contact {
        /// Who can be reached.
        from: u64,
        /// By whom.
        to: u64,
        /// The bytes of a [`Contact`](crate::sync::Contact).
        contact: &'f [u8],
    },
}

impl<'f> ChannelFrame<'f> {
    /// The bytes of it.
    #[must_use]
    pub fn write(&self) -> Vec<u8> {
        // Fails only where memory does.
        postcard::to_allocvec(self).unwrap_or_default()
    }

    /// Reads bytes; none if they are none, or of a newer version.
    #[must_use]
    pub fn read(bytes: &'f [u8]) -> Option<Self> {
        let (frame, rest) = postcard::take_from_bytes(bytes).ok()?;
        match &frame {
            Self::Here { others, .. } if others.len() > MOST_NAMED => None,
            _ => rest.is_empty().then_some(frame),
        }
    }
}
