//! What the page is for.

use crate::app::browser::hash;
use crate::format::link::{LinkUse, part_of};

/// The fragment of the address of the window with the notes of the speaker.
pub const NOTES: &str = "#notes";

/// What the page is for, from its first moment to its last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// To draw.
    Editor,
    /// To see a document.
    View,
    /// To see a document in the frame of another page.
    Embed,
    /// To show the notes of the speaker, while another window presents.
    Notes,
}

impl Page {
    /// What the address says that the page is for.
    #[must_use]
    pub fn of_address() -> Self {
        if hash() == NOTES {
            return Self::Notes;
        }
        match part_of(&hash()).map(|(what, _)| what) {
            None | Some(LinkUse::Open) => Self::Editor,
            Some(LinkUse::View | LinkUse::Present) => Self::View,
            Some(LinkUse::Embed | LinkUse::Tell) => Self::Embed,
        }
    }
}
