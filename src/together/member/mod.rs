//! A member of a room: what the third program does, without a socket, a clock or a page.
//!
//! It takes what the page and the relay say and the time, and returns what to say to them. It holds
//! the room under a tab of its own, which makes snapshots alone: gestures have the tab of the page.
//! So page and program both count their entries without a gap.

mod direct;
mod enter;
mod meet;
mod offer;
mod poll;
mod presence;
mod reach;
mod session;
mod tell;

use super::entropy::Entropy;
use super::request::Request;
use super::response::Response;
use session::Session;

/// Something that happens. Sockets have the number that [`Output::Connect`] gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input<'i> {
    /// The page says something.
    Asked(Request),
    /// A socket is open.
    Opened {
        /// Which.
        socket: u64,
    },
    /// The relay says something.
    Heard {
        /// By which socket.
        socket: u64,
        /// What.
        frame: &'i [u8],
    },
    /// A socket is closed, or could not be opened.
    Closed {
        /// Which.
        socket: u64,
        /// The code of the WebSocket protocol (RFC 6455, section 7.4); 1006 where there is none.
        code: u16,
        /// What the relay says of it.
        reason: &'i str,
    },
    /// Time has passed.
    Tick,
}

/// Something to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// Say this to the page.
    Say(Response),
    /// Open a socket.
    Connect {
        /// Its number. It is in place of every one before.
        socket: u64,
        /// Where.
        url: String,
    },
    /// Send this by the socket.
    Send(Vec<u8>),
    /// Close the socket. What it still says does not count.
    Disconnect,
}

/// A member of a room, or of none yet.
pub struct Member {
    entropy: Entropy,
    session: Option<Session>,
}

impl Member {
    /// A member of no room yet.
    #[must_use]
    pub const fn new(entropy: Entropy) -> Self {
        Self {
            entropy,
            session: None,
        }
    }

    /// Takes something that happens now, in milliseconds since the epoch, while so many bytes wait in
    /// the socket to be sent.
    pub fn take(&mut self, input: Input<'_>, now: u64, buffered: usize) -> Vec<Output> {
        match (&mut self.session, input) {
            (Some(session), input) => session.take(input, now, buffered),
            (session @ None, Input::Asked(Request::Enter(enter))) => {
                match Session::enter(*enter, &self.entropy, now) {
                    Ok(mut entered) => {
                        let out = entered.begin(now);
                        *session = Some(entered);
                        out
                    }
                    Err(why) => vec![Output::Say(Response::Failed(why.to_string()))],
                }
            }
            (None, _) => Vec::new(),
        }
    }

    /// When [`Input::Tick`] is to be taken next, in milliseconds since the epoch, unless something
    /// else happens before.
    #[must_use]
    pub fn due(&self) -> Option<u64> {
        self.session.as_ref().and_then(Session::due)
    }
}
