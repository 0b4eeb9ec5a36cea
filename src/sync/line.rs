//! A line to another room or to a relay: what the other side has, and what it still lacks.

use std::collections::{BTreeMap, BTreeSet};

use super::carrier::{Carrier, Down};
use super::entry::Entry;
use super::message::{Message, MessageError, frames_of_held, frames_of_parcel, read};
use super::parcel::parcels;
use super::piece::{About, Unfinished, about};
use super::room::Room;
use super::snapshot::upto;
use crate::model::Id;
use crate::store::{Covered, DocumentCodec};

/// What is at the other end of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Other {
    /// A room, which says what it has. Frames may be lost, doubled and out of order.
    Room,
    /// The same, by a channel that loses nothing and keeps the order while it is open.
    Peer,
    /// A log, which gives all it has when the line opens, and then everything new, to its sender
    /// too: a relay, a file. While the line is open nothing is lost.
    Log,
}

/// A line, open or not.
#[derive(Clone, Debug)]
pub struct Line {
    other: Other,
    /// Up to which number the other side has the entries of each tab, as it says.
    held: Covered,
    /// The entries that came from there.
    came: BTreeSet<(Id, u64)>,
    /// The entries that were sent, and how often the other side had said what it has.
    sent: BTreeMap<(Id, u64), u64>,
    said: u64,
    /// Whether it is known what the other side has.
    is_heard: bool,
    /// From which arrival on entries are to be offered.
    next: u64,
    unfinished: Unfinished,
}

/// What came over a line.
#[derive(Clone, Debug, PartialEq)]
pub enum Heard {
    /// A piece of something, of which more must come.
    Piece,
    /// Entries, for [`Room::take`].
    Entries(Vec<Entry>),
    /// What the other side has: offer what it lacks.
    Held(Covered),
}

impl Line {
    /// A line that is not open yet.
    #[must_use]
    pub fn new(other: Other) -> Self {
        Self {
            other,
            held: Covered::new(),
            came: BTreeSet::new(),
            sent: BTreeMap::new(),
            said: 0,
            is_heard: false,
            next: 0,
            unfinished: Unfinished::default(),
        }
    }

    /// The line is open, for the first time or again. What the other side has is not known: it may
    /// have lost everything.
    pub fn open(&mut self) {
        *self = Self::new(self.other);
    }

    /// A log has given all it has.
    pub const fn heard_all(&mut self) {
        self.is_heard = true;
    }

    /// Takes a frame.
    ///
    /// # Errors
    /// It is none, or says more than it may; the line goes on.
    pub fn hear(
        &mut self,
        frame: &[u8],
        room: &Room,
        codec: &dyn DocumentCodec,
    ) -> Result<Heard, MessageError> {
        let Some(message) = self.unfinished.take(frame)? else {
            return Ok(Heard::Piece);
        };
        match read(&message, room.rules(), codec)? {
            Message::Entries(entries) => {
                for Entry { order, .. } in &entries {
                    self.came.insert((order.tab, order.number));
                    self.sent.remove(&(order.tab, order.number));
                }
                Ok(Heard::Entries(entries))
            }
            // A log does not speak for itself.
            Message::Held(_) if self.other == Other::Log => Err(MessageError::Unknown),
            Message::Held(held) => {
                self.came
                    .retain(|(tab, number)| *number > upto(&held, *tab));
                self.sent
                    .retain(|(tab, number), _| *number > upto(&held, *tab));
                self.held.clone_from(&held);
                self.said += 1;
                self.is_heard = true;
                self.next = 0;
                Ok(Heard::Held(held))
            }
        }
    }

    /// Says what this room has. A room says it when the line opens, and again every few seconds
    /// while anything comes or goes; a log need not hear it.
    ///
    /// # Errors
    /// The line is down.
    pub fn say_held(&self, room: &Room, carrier: &mut dyn Carrier) -> Result<(), Down> {
        // Never too long: a room knows no more tabs than a message may name.
        for frame in frames_of_held(&room.held(), carrier.limit()).unwrap_or_default() {
            carrier.send(&frame)?;
        }
        Ok(())
    }

    /// Sends what the other side lacks: call it after every change of the room, and after whatever
    /// was heard. Before it is known what the other side has, nothing is sent.
    ///
    /// What a room does not say it has after it was sent is sent again, two statements later; by a
    /// channel that loses nothing it is sent once.
    ///
    /// # Errors
    /// The line is down; what was not sent is offered again.
    pub fn offer(
        &mut self,
        room: &Room,
        codec: &dyn DocumentCodec,
        carrier: &mut dyn Carrier,
    ) -> Result<(), Down> {
        if !self.is_heard {
            return Ok(());
        }
        let lacking = room.log().arrived_since(self.next).filter(|entry| {
            let key = (entry.order.tab, entry.order.number);
            let is_lossless = self.other == Other::Peer;
            let sent = self.sent.get(&key);
            let is_on_its_way = sent.is_some_and(|said| is_lossless || self.said < said + 2);
            !is_on_its_way && !self.has(key.0, key.1) && !room.is_gone(key.0, key.1)
        });
        // Every entry that was made or read can be written.
        for parcel in parcels(lacking, codec).unwrap_or_default() {
            for frame in frames_of_parcel(&parcel, carrier.limit()).unwrap_or_default() {
                carrier.send(&frame)?;
            }
            for number in parcel.first..=parcel.last {
                self.sent.insert((parcel.tab, number), self.said);
            }
        }
        self.next = room.log().next_arrival();
        Ok(())
    }

    /// Whether the other side has an entry, as far as it has shown. What was only sent may be lost.
    #[must_use]
    pub fn has(&self, tab: Id, number: u64) -> bool {
        number <= upto(&self.held, tab) || self.came.contains(&(tab, number))
    }

    /// How many entries of the room the other side has not shown to have.
    #[must_use]
    pub fn unsent(&self, room: &Room) -> usize {
        let entries = room.entries().map(|entry| entry.order);
        let entries = entries.filter(|order| !room.is_gone(order.tab, order.number));
        entries
            .filter(|order| !self.has(order.tab, order.number))
            .count()
    }

    /// Somebody has taken a frame out of the log, whether it was shown before or only sent. What
    /// nobody has let go is offered again. The first 64 bytes of the frame are enough.
    pub fn lose(&mut self, frame: &[u8]) {
        if let Ok(Some(About { tab, first, last })) = about(frame) {
            let tab = Id::from_bits(tab);
            let is_other =
                |(of, number): &(Id, u64)| *of != tab || *number < first || *number > last;
            self.came.retain(is_other);
            self.sent.retain(|key, _| is_other(key));
            self.next = 0;
        }
    }
}

impl Room {
    /// Whether a frame of a log can be taken out of it: everybody may forget its entries. The first
    /// 64 bytes of the frame are enough.
    #[must_use]
    pub fn is_forgotten(&self, frame: &[u8]) -> bool {
        match about(frame) {
            Ok(Some(About { tab, first, last })) => self.are_gone(Id::from_bits(tab), first..=last),
            _ => false,
        }
    }
}
