//! Frames of relays: what a relay says, read with bounds, and what is said to it.
//!
//! The protocol is that of `y-websocket`. Hocuspocus has the same messages behind the name of the
//! room, lets nobody in before a token, and has a few more.

use yrs::StateVector;
use yrs::encoding::write::Write;
use yrs::sync::awareness::AwarenessUpdateEntry;
use yrs::sync::{AwarenessUpdate, Message, SyncMessage};
use yrs::updates::decoder::Decode;
use yrs::updates::encoder::Encode;

use super::reader::Reader;
use crate::sync::{Relay, RelayKind};

const SYNC: u8 = 0;
const AWARENESS: u8 = 1;
const AUTH: u8 = 2;
const SYNC_REPLY: u8 = 4;
const CLOSE: u8 = 7;
const SYNC_STATUS: u8 = 8;
const PING: u8 = 9;
const PONG: u8 = 10;
/// What stands for nothing in the presence of a page.
const NOTHING: &str = "null";

/// What a relay says.
#[derive(Clone, Debug, PartialEq)]
pub enum Frame<'f> {
    /// What it has; it asks for the rest.
    Has(StateVector),
    /// All that this page lacked.
    All(&'f [u8]),
    /// An update.
    New(&'f [u8]),
    /// What pages tell of their persons.
    Told(Vec<Told<'f>>),
    /// It lets this page in.
    LetIn(Access),
    /// It does not let this page in: why.
    Denied(&'f str),
    /// It did not take an update: this page may read only.
    NotTaken,
    /// It closes the room for this page.
    Closed,
    /// It wants to hear that this page is there.
    Ping,
    /// Anything else.
    Other,
}

/// What a relay lets a page do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Everything.
    Write,
    /// To read.
    Read,
}

/// What one page tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told<'f> {
    /// The page.
    pub page: u64,
    /// Counts what it tells.
    pub number: u32,
    /// What it tells; nothing when it leaves.
    pub text: Option<&'f str>,
}

/// How one room is spoken of with its relay.
#[derive(Clone, Debug)]
pub struct Protocol {
    kind: RelayKind,
    room: String,
    token: String,
}

impl Protocol {
    /// That of a relay, for a room of this name.
    #[must_use]
    pub fn new(relay: &Relay, room: &str) -> Self {
        let question = relay.address.as_str().split_once('?');
        let mut words = question.map_or("", |(_, question)| question).split('&');
        let token = words.find_map(|word| word.strip_prefix("token="));
        Self {
            kind: relay.kind,
            room: room.to_owned(),
            token: token.unwrap_or_default().to_owned(),
        }
    }

    /// Which protocol it is.
    #[must_use]
    pub const fn kind(&self) -> RelayKind {
        self.kind
    }

    /// Reads a frame; none if it is none.
    #[must_use]
    pub fn read<'f>(&self, frame: &'f [u8]) -> Option<Frame<'f>> {
        let mut reader = Reader(frame);
        if self.kind == RelayKind::Hocuspocus {
            let name = reader.text()?;
            // A session may stand behind the name.
            if name.split('\0').next() != Some(&*self.room) {
                return Some(Frame::Other);
            }
        }
        let kind = reader.byte()?;
        match (self.kind, kind) {
            (_, SYNC) | (RelayKind::Hocuspocus, SYNC_REPLY) => sync(&mut reader),
            (_, AWARENESS) => told(Reader(reader.bytes()?)).map(Frame::Told),
            (RelayKind::YWebsocket, AUTH) => {
                let is_denied = reader.byte()? == 0;
                Some(if is_denied {
                    Frame::Denied(reader.text()?)
                } else {
                    Frame::Other
                })
            }
            (RelayKind::Hocuspocus, AUTH) => match reader.byte()? {
                1 => Some(Frame::Denied(reader.text()?)),
                2 => {
                    let is_reading = reader.text()? == "readonly";
                    let access = if is_reading {
                        Access::Read
                    } else {
                        Access::Write
                    };
                    Some(Frame::LetIn(access))
                }
                _ => Some(Frame::Other),
            },
            (RelayKind::Hocuspocus, CLOSE) => Some(Frame::Closed),
            (RelayKind::Hocuspocus, SYNC_STATUS) => {
                let is_taken = reader.byte()? == 1;
                Some(if is_taken {
                    Frame::Other
                } else {
                    Frame::NotTaken
                })
            }
            (RelayKind::Hocuspocus, PING) => Some(Frame::Ping),
            _ => Some(Frame::Other),
        }
    }

    /// What is said first; none where nothing is.
    #[must_use]
    pub fn hello(&self) -> Option<Vec<u8>> {
        (self.kind == RelayKind::Hocuspocus).then(|| {
            let mut frame = self.start();
            frame.extend([AUTH, 0]);
            frame.write_string(&self.token);
            frame
        })
    }

    /// Says what is here, and asks for the rest.
    #[must_use]
    pub fn has(&self, state: StateVector) -> Vec<u8> {
        self.whole(&Message::Sync(SyncMessage::SyncStep1(state)))
    }

    /// Answers what a relay has with what it lacks.
    #[must_use]
    pub fn all(&self, update: Vec<u8>) -> Vec<u8> {
        self.whole(&Message::Sync(SyncMessage::SyncStep2(update)))
    }

    /// Sends an update.
    #[must_use]
    pub fn new_entries(&self, update: Vec<u8>) -> Vec<u8> {
        self.whole(&Message::Sync(SyncMessage::Update(update)))
    }

    /// Tells of a person; nothing when the page leaves.
    #[must_use]
    pub fn told(&self, page: u64, number: u32, text: Option<&str>) -> Vec<u8> {
        let entry = AwarenessUpdateEntry {
            clock: number,
            json: text.unwrap_or(NOTHING).into(),
        };
        self.whole(&Message::Awareness(AwarenessUpdate {
            clients: [(yrs::ClientID::new(page), entry)].into(),
        }))
    }

    /// Answers a ping.
    #[must_use]
    pub fn pong(&self) -> Vec<u8> {
        let mut frame = self.start();
        frame.push(PONG);
        frame
    }

    fn start(&self) -> Vec<u8> {
        let mut frame = Vec::new();
        if self.kind == RelayKind::Hocuspocus {
            frame.write_string(&self.room);
        }
        frame
    }

    fn whole(&self, message: &Message) -> Vec<u8> {
        let mut frame = self.start();
        frame.extend(message.encode_v1());
        frame
    }
}

fn sync<'f>(reader: &mut Reader<'f>) -> Option<Frame<'f>> {
    match reader.byte()? {
        0 => {
            let state = reader.bytes()?;
            // Each client has two bytes at least; whoever counts more wants memory.
            let mut clients = Reader(state);
            for _ in 0..clients.count(2)? {
                let _ = (clients.number()?, clients.small()?);
            }
            StateVector::decode_v1(state).ok().map(Frame::Has)
        }
        1 => reader.bytes().map(Frame::All),
        2 => reader.bytes().map(Frame::New),
        _ => Some(Frame::Other),
    }
}

fn told(mut reader: Reader<'_>) -> Option<Vec<Told<'_>>> {
    let mut told = Vec::new();
    for _ in 0..reader.count(3)? {
        let (page, number, text) = (reader.number()?, reader.small()?, reader.text()?);
        told.push(Told {
            page,
            number,
            text: (text != NOTHING).then_some(text),
        });
    }
    Some(told)
}
