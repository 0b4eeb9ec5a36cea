//! The presentation of this page, for the window with the notes of the speaker.

use web_sys::Window;

use crate::app::browser::channel::Channel;

/// How a presentation is known to the window with its notes.
pub struct Speaker {
    /// Both speak on it; none where the browser has no such thing.
    pub channel: Option<Channel>,
    /// The name of the presentation.
    pub of: String,
    /// When it began, in milliseconds since the epoch.
    pub began: u64,
    /// The window that was opened from here.
    pub window: Option<Window>,
    /// Whether a window with notes was heard, so that it wants pictures.
    pub is_heard: bool,
}
