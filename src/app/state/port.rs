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
    /// The request about the value streams.
    pub streams: Asking,
    /// The request about runs.
    pub runs: Asking,
    /// The request about the equation of the selected variable.
    pub equation: Asking,
    /// The number of the document when it was opened: answers about the streams of an older one are
    /// about another.
    pub opened: u64,
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

/// How one request stands that is asked again whenever what it is about changes.
#[derive(Default)]
pub enum Asking {
    /// Everything is answered.
    #[default]
    Nothing,
    /// It is asked as soon as what is being done is done.
    Soon {
        /// Holds the call.
        _timer: Timeout,
    },
    /// The answer is on its way.
    Sent,
    /// The answer is on its way, and there is something newer to ask.
    SentBefore,
}

impl Asking {
    /// It is to be asked when the timer rings, or once the answer that is on its way is here.
    pub fn soon(&mut self, timer: Timeout) {
        *self = match self {
            Self::Sent | Self::SentBefore => Self::SentBefore,
            Self::Nothing | Self::Soon { .. } => Self::Soon { _timer: timer },
        };
    }

    /// The answer is here: whether there is nothing newer to ask.
    pub fn answered(&mut self) -> bool {
        matches!(std::mem::take(self), Self::Sent)
    }

    /// The answer will not come: whether one was on its way.
    pub fn lost(&mut self) -> bool {
        matches!(std::mem::take(self), Self::Sent | Self::SentBefore)
    }
}
