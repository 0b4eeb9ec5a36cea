//! Timers that wait for a pause.

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;

/// Timers that wait for a pause; a timer that is replaced does not ring.
#[derive(Default)]
pub struct Timers {
    /// While something is not saved: the browser asks before the page goes.
    pub leaving: Option<EventListener>,
    /// Rings when a snapshot is due.
    pub compact: Option<Timeout>,
    /// Rings when the view has stood still.
    pub view: Option<Timeout>,
}
