//! What the page is for.

use crate::app::browser::hash;
use crate::format::link::{LinkUse, part_of};

/// What the page is for, from its first moment to its last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// To draw.
    Editor,
    /// To see a document.
    View,
    /// To see a document in the frame of another page.
    Embed,
}

impl Page {
    /// What the address says that the page is for.
    #[must_use]
    pub fn of_address() -> Self {
        match part_of(&hash()).map(|(what, _)| what) {
            None | Some(LinkUse::Open) => Self::Editor,
            Some(LinkUse::View | LinkUse::Present) => Self::View,
            Some(LinkUse::Embed) => Self::Embed,
        }
    }
}
