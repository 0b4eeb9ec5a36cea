//! When the relay is tried, and how the line to it stands.

use crate::together::entropy::Entropy;
use crate::together::response::{Connection, Down};

/// The first wait before the relay is tried again, in milliseconds; each later one is twice as long.
const FIRST_WAIT: u64 = 100;
/// The longest of these.
const LONGEST_WAIT: u64 = 2_500;
/// After so long a time without the relay it is tried less often, in milliseconds.
const PATIENT: u64 = 60_000;
/// Then it is tried after so many milliseconds.
const PATIENT_WAIT: (u64, u64) = (10_000, 30_000);
/// A line that was open for so long, in milliseconds, has not failed.
const HELD: u64 = 10_000;
/// A socket that does not open within so many milliseconds is given up.
const OPENS_WITHIN: u64 = 15_000;

/// How the line stands.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Stage {
    /// There is no relay.
    Apart,
    /// It is tried again then.
    Waiting(u64),
    /// A socket is being opened since then.
    Opening(u64),
    /// The socket is open, and the relay has not let this page in yet.
    Entering,
    /// What the relay has is on its way.
    Receiving,
    /// All that the relay has is here, since then.
    Open(u64),
    /// It is not tried again by itself.
    Ended(Connection),
}

/// The line to the relay in time. All times are in milliseconds since the epoch.
#[derive(Clone, Debug)]
pub struct Reach {
    stage: Stage,
    /// Counts the sockets, so that late words of an older one are known.
    socket: u64,
    /// Since when it is down.
    down_since: Option<u64>,
    /// How often it failed in a row.
    failures: u32,
}

impl Reach {
    /// To be tried at once.
    pub const fn new(now: u64) -> Self {
        Self {
            stage: Stage::Waiting(now),
            socket: 0,
            down_since: None,
            failures: 0,
        }
    }

    /// There is no relay.
    pub const fn apart() -> Self {
        Self {
            stage: Stage::Apart,
            socket: 0,
            down_since: None,
            failures: 0,
        }
    }

    /// Whether it is to be tried now; from then on it is being opened, by the socket of this number.
    pub fn try_now(&mut self, now: u64) -> Option<u64> {
        match self.stage {
            Stage::Waiting(at) if at <= now => {
                self.stage = Stage::Opening(now);
                self.socket += 1;
                Some(self.socket)
            }
            _ => None,
        }
    }

    /// A person wants it to be tried at once, if it is not open or being opened.
    pub fn hurry(&mut self, now: u64) {
        let is_still = matches!(
            self.stage,
            Stage::Waiting(_) | Stage::Ended(Connection::Refused(_) | Connection::Foreign)
        );
        if is_still {
            self.stage = Stage::Waiting(now);
        }
    }

    /// Whether a word of this socket counts.
    pub const fn is_of(&self, socket: u64) -> bool {
        self.socket == socket && self.has_socket()
    }

    /// Whether there is a socket, open or not.
    pub const fn has_socket(&self) -> bool {
        !matches!(
            self.stage,
            Stage::Apart | Stage::Waiting(_) | Stage::Ended(_)
        )
    }

    /// Whether frames may be sent.
    pub const fn is_connected(&self) -> bool {
        self.has_socket() && !matches!(self.stage, Stage::Opening(_))
    }

    /// The socket is open.
    pub fn opened(&mut self) {
        self.stage = Stage::Entering;
    }

    /// The relay has let this page in.
    pub fn let_in(&mut self) {
        if self.stage == Stage::Entering {
            self.stage = Stage::Receiving;
        }
    }

    /// Whether the relay has not let this page in yet.
    pub fn is_entering(&self) -> bool {
        self.stage == Stage::Entering
    }

    /// All that the relay has is here; says whether that is new.
    pub fn received(&mut self, now: u64) -> bool {
        let is_new = self.stage == Stage::Receiving;
        if is_new {
            self.stage = Stage::Open(now);
            self.down_since = None;
        }
        is_new
    }

    /// Since when it is open.
    pub const fn open_since(&self) -> Option<u64> {
        match self.stage {
            Stage::Open(since) => Some(since),
            _ => None,
        }
    }

    /// It is down: it is tried again after a while.
    pub fn fail(&mut self, now: u64, entropy: &Entropy) {
        if self.open_since().is_some_and(|since| since + HELD <= now) {
            self.failures = 0;
        }
        let since = *self.down_since.get_or_insert(now);
        let wait = FIRST_WAIT << self.failures.min(16);
        let wait = wait.min(LONGEST_WAIT);
        let (least, most) = if since + PATIENT <= now {
            PATIENT_WAIT
        } else {
            (wait / 2, wait)
        };
        self.failures += 1;
        // Not all pages at the same time, when a relay comes back.
        self.stage = Stage::Waiting(now + entropy.between(least, most));
    }

    /// It is not tried again by itself.
    pub fn end(&mut self, how: Connection) {
        self.stage = Stage::Ended(how);
    }

    /// Whether the page has left.
    pub fn has_left(&self) -> bool {
        self.stage == Stage::Ended(Connection::Left)
    }

    /// When something is to be done.
    pub const fn due(&self) -> Option<u64> {
        match self.stage {
            Stage::Waiting(at) => Some(at),
            Stage::Opening(since) => Some(since + OPENS_WITHIN),
            _ => None,
        }
    }

    /// Whether the socket takes too long to open.
    pub const fn is_stuck(&self, now: u64) -> bool {
        matches!(self.stage, Stage::Opening(since) if since + OPENS_WITHIN <= now)
    }

    /// What the page is told, where this time is so much ahead of the clock, and so many pages are
    /// connected directly.
    pub fn connection(&self, ahead: u64, direct: u32) -> Connection {
        match (&self.stage, self.down_since) {
            (Stage::Apart, _) => Connection::Direct(direct),
            (Stage::Waiting(again), Some(since)) => Connection::Down(Down {
                since: since.saturating_sub(ahead),
                again: again.saturating_sub(ahead),
            }),
            (Stage::Waiting(_) | Stage::Opening(_) | Stage::Entering, _) => Connection::Connecting,
            (Stage::Receiving, _) => Connection::Receiving,
            (Stage::Open(_), _) => Connection::Open,
            (Stage::Ended(how), _) => how.clone(),
        }
    }
}
