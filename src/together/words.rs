//! What a person is told of how things stand in a room.

use super::response::{Connection, Down, RoomState};

/// How things stand, as far as a person does something else about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StateKind {
    /// The relay is on the way, or what it has.
    Coming,
    /// Everything is with the others.
    Shared,
    /// Changes of this page are on their way.
    Sending,
    /// Changes of others are missing.
    Waiting,
    /// The relay cannot be reached; it is tried again.
    Offline,
    /// There is no relay, and nobody is connected.
    Alone,
    /// The relay does not let this page in.
    Refused,
    /// The relay has something else in the place of the room.
    Foreign,
    /// Nothing can be changed until the page is loaded anew.
    Outdated,
}

/// What a person can do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Try the relay at once.
    TryNow,
    /// Load the page anew.
    Reload,
}

impl StateKind {
    /// What a person can do about it; nothing where all is well, or comes by itself.
    #[must_use]
    pub const fn remedy(self) -> Option<Remedy> {
        match self {
            Self::Coming | Self::Shared | Self::Sending | Self::Waiting | Self::Alone => None,
            Self::Offline | Self::Refused | Self::Foreign => Some(Remedy::TryNow),
            Self::Outdated => Some(Remedy::Reload),
        }
    }

    /// What is read out when it comes to this; nothing for what passes by with every change.
    #[must_use]
    pub const fn read_out(self) -> Option<&'static str> {
        match self {
            Self::Coming | Self::Sending => None,
            Self::Shared => Some("Connected with the room."),
            Self::Waiting => Some("Changes of another are missing. They come by themselves."),
            Self::Offline => Some("Offline: you go on working, changes are sent later."),
            Self::Alone => Some("Nobody is connected."),
            Self::Refused => Some("The relay does not let this page in."),
            Self::Foreign => Some("The relay has something else in the place of this room."),
            Self::Outdated => Some("Somebody here uses a newer version. Reload the page."),
        }
    }
}

impl RoomState {
    /// How a room stands before anything was heard of it.
    #[must_use]
    pub const fn begun() -> Self {
        Self {
            connection: Connection::Connecting,
            unsent: 0,
            missing: 0,
            is_outdated: false,
        }
    }

    /// How things stand.
    #[must_use]
    pub const fn kind(&self) -> StateKind {
        if self.is_outdated {
            return StateKind::Outdated;
        }
        match &self.connection {
            Connection::Connecting | Connection::Receiving => StateKind::Coming,
            Connection::Down(_) => StateKind::Offline,
            Connection::Refused(_) => StateKind::Refused,
            Connection::Foreign => StateKind::Foreign,
            Connection::Direct(0) => StateKind::Alone,
            _ if self.missing > 0 => StateKind::Waiting,
            _ if self.unsent > 0 => StateKind::Sending,
            Connection::Open | Connection::Left | Connection::Direct(_) => StateKind::Shared,
        }
    }

    /// What the page says all the time, where `others` is how many other people are in the room,
    /// and `now` is in milliseconds since the epoch.
    #[must_use]
    pub fn words(&self, others: usize, now: u64) -> String {
        match (self.kind(), &self.connection) {
            (StateKind::Outdated, _) => {
                "Somebody in this room uses a newer version of Loopstream. Nothing can be changed \
                 here until you reload the page. What you did is kept."
                    .to_owned()
            }
            (_, Connection::Connecting) => "Connecting…".to_owned(),
            (_, Connection::Receiving) => "Receiving changes…".to_owned(),
            (_, Connection::Down(down)) => {
                let sent = match self.unsent {
                    0 => "changes are sent later".to_owned(),
                    1 => "1 change is sent later".to_owned(),
                    unsent => format!("{unsent} changes are sent later"),
                };
                let next = next_try(down, now);
                format!("Offline: you go on working, {sent}. {next}")
            }
            (_, Connection::Refused(why)) => format!(
                "{} Your changes are kept here and are not sent. Ask whoever runs the relay.",
                refusal(why)
            ),
            (_, Connection::Foreign) => {
                "The relay has something else in the place of this room. Your work is kept here. \
                 Open a new room, or choose another relay."
                    .to_owned()
            }
            (StateKind::Alone, _) => match self.unsent {
                0 => "Nobody is connected: invite somebody.".to_owned(),
                unsent => format!(
                    "Nobody is connected: invite somebody. {} for the others.",
                    changes(unsent)
                ),
            },
            (StateKind::Waiting, _) => {
                format!("Waiting for {} of another.", changes(self.missing))
            }
            (StateKind::Sending, _) => format!("{} not yet sent.", changes(self.unsent)),
            _ if others > 0 => format!("Shared with {others}."),
            _ => "Only you are here.".to_owned(),
        }
    }

    /// What is said while somebody comes into a room, before there is a document.
    #[must_use]
    pub fn coming_words(&self, now: u64) -> String {
        match &self.connection {
            Connection::Connecting => "Connecting to the relay…".to_owned(),
            Connection::Receiving | Connection::Direct(1..) => {
                "Connected. The diagram is on its way…".to_owned()
            }
            Connection::Direct(0) => "Waiting for the other page…".to_owned(),
            Connection::Open | Connection::Left => {
                "Connected, but the relay has no diagram of this room. It comes as soon as \
                 somebody who has it is here. Wait, or stop."
                    .to_owned()
            }
            Connection::Down(down) => {
                format!("The relay does not answer. {}", next_try(down, now))
            }
            Connection::Refused(why) => refusal(why),
            Connection::Foreign => {
                "The relay has something else in the place of this room. Ask for a new link."
                    .to_owned()
            }
        }
    }

    /// What trying a relay came to, once it came to something.
    #[must_use]
    pub fn tried_words(&self) -> Option<String> {
        match &self.connection {
            Connection::Connecting | Connection::Receiving | Connection::Direct(_) => None,
            Connection::Open | Connection::Left | Connection::Foreign => {
                Some("The relay answers.".to_owned())
            }
            Connection::Down(_) => Some(NO_ANSWER.to_owned()),
            Connection::Refused(why) => Some(refusal(why)),
        }
    }
}

/// What is said of a relay that was tried and does not answer.
pub const NO_ANSWER: &str = "The relay does not answer. Check its address and its kind, and \
                             whether it is running.";

/// What is said where changes of others came in after a while without them, and how many of these
/// touch what a person has changed meanwhile.
#[must_use]
pub(super) fn came_in(came: usize, touching: usize) -> String {
    let came = match came {
        1 => "1 change of others came in".to_owned(),
        came => format!("{came} changes of others came in"),
    };
    match touching {
        0 => format!("{came}."),
        1 => format!("{came}, 1 of them touches what you changed."),
        touching => format!("{came}, {touching} of them touch what you changed."),
    }
}

fn changes(count: u32) -> String {
    match count {
        1 => "1 change".to_owned(),
        count => format!("{count} changes"),
    }
}

fn next_try(down: &Down, now: u64) -> String {
    match down.again.saturating_sub(now).div_ceil(1_000) {
        0 => "Trying again…".to_owned(),
        seconds => format!("Next try in {seconds} s."),
    }
}

/// What a relay says that refuses, as a sentence.
fn refusal(why: &str) -> String {
    let why = why.trim().trim_end_matches('.');
    match why {
        "" => "The relay does not let this page in.".to_owned(),
        why => format!("The relay does not let this page in: {why}."),
    }
}
