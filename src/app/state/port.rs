//! The web worker, and what it knows.

use gloo::timers::callback::Timeout;
use web_sys::{File, Worker};

use crate::worker::Request;

/// The worker, and what it knows.
#[derive(Default)]
pub struct Port {
    /// How the worker stands.
    pub state: PortState,
    /// The number of the document on the page: it grows with every change.
    pub revision: u64,
    /// The number of the document in the worker.
    pub sent: Option<u64>,
    /// What waits until the worker listens, with the file that goes with it.
    pub queue: Vec<(Request, Option<File>)>,
    /// Rings when the diagram has been quiet.
    pub quiet: Option<Timeout>,
}

/// How the worker stands.
#[derive(Default)]
pub enum PortState {
    /// It was not needed yet.
    #[default]
    None,
    /// It is on its way.
    Starting(Worker),
    /// It listens.
    Ready(Worker),
    /// It cannot be had; a person was told.
    Failed,
}
