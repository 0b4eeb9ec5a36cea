//! What a member does in its room.

use super::direct::Direct;
use super::poll::PollTeller;
use super::presence::Tellers;
use super::reach::Reach;
use super::{Input, Output, enter::entry_of};
use crate::model::Id;
use crate::store::Covered;
use crate::sync::{Entry, Heard, Line, Room};
use crate::together::entropy::Entropy;
use crate::together::frames::{Access, Frame, Protocol, Told};
use crate::together::relay_log::RelayLog;
use crate::together::request::{Gesture, Request};
use crate::together::response::{Connection, RoomState};
use crate::together::seal::{EntryOpener, EntrySeal};
use crate::worker::NativeFormat;

/// After so long a silence the socket is given up, in milliseconds. A relay gives back what a page
/// tells of its person, so it is never silent that long.
const SILENCE: u64 = 45_000;
/// Codes with which Hocuspocus lets nobody in.
const UNAUTHORISED: u16 = 4401;
const FORBIDDEN: u16 = 4403;
/// The longest sentence of a relay that is passed on, in letters.
const LONGEST_SENTENCE: usize = 200;
/// What the page is told where a relay gives no reason.
const NOT_LET_IN: &str = "The relay does not let this page in.";
const READ_ONLY: &str = "The relay lets this page read, and takes no changes from it.";

/// Where a relay is, and how it is spoken with.
pub struct RelayPlace {
    pub(super) protocol: Protocol,
    pub(super) url: String,
}

/// A member in its room. All times are in milliseconds since the epoch.
pub struct Session {
    pub(super) out: Vec<Output>,
    pub(super) now: u64,
    /// By how much this time is ahead of the clock, which was set back.
    pub(super) ahead: u64,
    /// How many bytes wait in the socket.
    pub(super) buffered: usize,
    pub(super) entropy: Entropy,
    pub(super) opener: EntryOpener,
    /// Only who may edit has it.
    pub(super) seal: Option<EntrySeal>,
    /// The relay; none in a room of direct connections.
    pub(super) relay: Option<RelayPlace>,
    /// The tab under which the page makes its gestures.
    pub(super) tab: Id,
    pub(super) room: Room,
    pub(super) line: Line,
    pub(super) log: RelayLog,
    pub(super) reach: Reach,
    pub(super) direct: Direct,
    pub(super) tellers: Tellers,
    pub(super) poll: PollTeller,
    /// The longest message that the relay takes, in bytes, as far as is known.
    pub(super) limit: usize,
    /// When a large message was sent last.
    pub(super) sent_large: Option<u64>,
    /// When the relay said something last.
    pub(super) heard_at: u64,
    /// When the relay was last asked for what it has, or showed something of this page.
    pub(super) asked_at: u64,
    /// How many answers in a row showed nothing of what the relay is to have got.
    pub(super) fruitless: u32,
    /// When the room changed last, if nothing was done about it yet.
    pub(super) changed_at: Option<u64>,
    /// On what the document stands, and which gestures on it are played, as the page knows it.
    pub(super) told_grounds: u64,
    pub(super) told: Covered,
    /// Somebody sends what only a newer version reads.
    pub(super) is_newer: bool,
    /// Since when entries are missing before others.
    pub(super) gaps_since: Option<u64>,
    pub(super) unsent: usize,
    pub(super) missing: u64,
    /// Whether these two are to be counted anew.
    pub(super) is_changed: bool,
    pub(super) said: Option<RoomState>,
    pub(super) has_told_unreadable: bool,
}

impl Session {
    /// The first words to the page, and the first try.
    pub fn begin(&mut self, now: u64) -> Vec<Output> {
        self.now = now;
        self.changed_at = Some(now);
        self.tell_changes();
        self.pass();
        self.tell_state();
        std::mem::take(&mut self.out)
    }

    /// Takes something that happens.
    pub fn take(&mut self, input: Input<'_>, now: u64, buffered: usize) -> Vec<Output> {
        if self.reach.has_left() {
            return Vec::new();
        }
        // Nothing waits because a clock was set back.
        self.ahead += self.now.saturating_sub(now + self.ahead);
        self.now = now + self.ahead;
        self.buffered = buffered;
        match input {
            Input::Asked(request) => self.asked(request),
            Input::Opened { socket } if self.reach.is_of(socket) => self.opened(),
            Input::Heard { socket, frame } if self.reach.is_of(socket) => {
                self.heard_at = self.now;
                self.heard(frame);
            }
            Input::Closed {
                socket,
                code,
                reason,
            } if self.reach.is_of(socket) => self.closed(code, reason),
            // Of a socket that was given up.
            Input::Opened { .. } | Input::Heard { .. } | Input::Closed { .. } | Input::Tick => {}
        }
        self.pass();
        self.tell_state();
        std::mem::take(&mut self.out)
    }

    fn asked(&mut self, request: Request) {
        match request {
            // There is one room for each program.
            Request::Enter(_) => {}
            Request::Commit(gesture) => self.commit(&gesture),
            Request::Tell(told) => self.tellers.tell(told),
            Request::TellPoll(text) => self.poll.tell(text),
            Request::PassPoll(text) => self.poll.pass(text, self.now),
            Request::Retry => self.reach.hurry(self.now),
            Request::Leave => {
                if self.together_since().is_some() {
                    let (page, number) = self.tellers.farewell();
                    self.tell_all(page, number, None);
                }
                self.end(Connection::Left);
            }
            Request::PeerOpened(peer) => self.peer_opened(peer),
            Request::PeerHeard(peer, frame) => self.peer_heard(peer, &frame),
            Request::PeerClosed(peer) => self.peer_closed(peer),
            Request::PeerMeets { peer, contact } => self.meet(peer, &contact),
        }
    }

    fn commit(&mut self, gesture: &Gesture) {
        match entry_of(gesture, self.room.rules_of_gestures()) {
            Ok(entry) => {
                self.take_entries([entry]);
                self.offer_relay();
                self.offer_peers(None);
            }
            Err(_) => self.tell_unreadable(),
        }
    }

    fn opened(&mut self) {
        self.heard_at = self.now;
        self.reach.opened();
        let hello = self.relay.as_ref().and_then(|relay| relay.protocol.hello());
        match hello {
            Some(hello) => {
                self.send(|_| hello);
            }
            None => self.ask_first(),
        }
    }

    /// The relay lets this page in: it is asked for what it has.
    fn ask_first(&mut self) {
        self.reach.let_in();
        self.ask();
    }

    fn heard(&mut self, frame: &[u8]) {
        let frame = self
            .relay
            .as_ref()
            .and_then(|relay| relay.protocol.read(frame));
        let Some(frame) = frame else {
            return;
        };
        match frame {
            Frame::LetIn(Access::Read) if self.seal.is_some() => self.refused(READ_ONLY),
            Frame::LetIn(_) if self.reach.is_entering() => self.ask_first(),
            Frame::Denied(why) => self.refused(why),
            Frame::NotTaken if self.seal.is_some() => self.refused(READ_ONLY),
            Frame::Closed => self.fail(),
            Frame::Ping => {
                self.send(Protocol::pong);
            }
            Frame::Has(state) => self.give(&state),
            Frame::All(update) => {
                let was = self.log.unconfirmed();
                if self.hear_update(update) {
                    self.received(was);
                }
            }
            Frame::New(update) => {
                self.hear_update(update);
            }
            Frame::Told(all) => {
                if self.tellers.hear(&all, self.now, &mut self.out) {
                    self.poll.hurry(self.now);
                }
                self.poll.hear(&all, self.now, &mut self.out);
            }
            Frame::LetIn(_) | Frame::NotTaken | Frame::Other => {}
        }
    }

    /// All that the relay has is here.
    fn received(&mut self, unconfirmed: usize) {
        if self.reach.received(self.now) {
            self.line.heard_all();
            self.tellers.renew();
            self.poll.renew();
            self.fruitless = 0;
            self.is_changed = true;
            self.offer_relay();
        } else if unconfirmed > 0 && self.log.unconfirmed() >= unconfirmed {
            self.fruitless += 1;
        }
    }

    /// Takes an update of the log in; says whether it is one.
    fn hear_update(&mut self, update: &[u8]) -> bool {
        let unconfirmed = self.log.unconfirmed();
        let opener = &self.opener;
        let Ok(brought) = self.log.hear(update, |sealed| opener.open(sealed)) else {
            self.end(Connection::Foreign);
            return false;
        };
        if self.log.unconfirmed() < unconfirmed {
            self.asked_at = self.now;
            self.fruitless = 0;
        }
        let mut entries = Vec::new();
        for frame in brought.frames {
            match self.line.hear(&frame, &self.room, &NativeFormat) {
                Ok(Heard::Entries(some)) => entries.extend(some),
                Ok(Heard::Piece | Heard::Held(_)) => {}
                Err(error) if error.is_newer() => self.is_newer = true,
                Err(_) => self.tell_unreadable(),
            }
        }
        for start in brought.lost {
            self.line.lose(&start);
        }
        self.is_changed = true;
        self.take_entries(entries);
        if brought.is_forged {
            self.begin_log_anew();
        } else {
            self.offer_relay();
        }
        true
    }

    /// Takes entries into the room, and tells the page what that changes.
    pub(super) fn take_entries(&mut self, entries: impl IntoIterator<Item = Entry>) {
        let (_, news) = self.room.take(entries);
        self.changed_at = Some(self.now);
        self.is_changed = true;
        for one in news {
            self.tell_news(one);
        }
        self.tell_changes();
    }

    fn closed(&mut self, code: u16, reason: &str) {
        match code {
            UNAUTHORISED | FORBIDDEN if reason.is_empty() => self.refused(NOT_LET_IN),
            UNAUTHORISED | FORBIDDEN => self.refused(reason),
            _ => {
                if self.was_too_large(code) {
                    self.send_smaller();
                }
                self.reach.fail(self.now, &self.entropy);
            }
        }
    }

    /// Gives the socket up, and tries again after a while.
    pub(super) fn fail(&mut self) {
        self.out.push(Output::Disconnect);
        self.reach.fail(self.now, &self.entropy);
    }

    /// Gives the socket up for good.
    fn end(&mut self, how: Connection) {
        if self.reach.has_socket() {
            self.out.push(Output::Disconnect);
        }
        self.reach.end(how);
    }

    fn refused(&mut self, why: &str) {
        let letters = why.chars().filter(|letter| !letter.is_control());
        let sentence: String = letters.take(LONGEST_SENTENCE).collect();
        let is_empty = sentence.trim().is_empty();
        let sentence = if is_empty {
            NOT_LET_IN.to_owned()
        } else {
            sentence
        };
        self.end(Connection::Refused(sentence));
    }

    /// Sends the relay a frame, if the socket is open; says how long it is, in bytes.
    pub(super) fn send(&mut self, frame: impl FnOnce(&Protocol) -> Vec<u8>) -> usize {
        let relay = self.relay.as_ref().filter(|_| self.reach.is_connected());
        let frame = relay.map(|relay| frame(&relay.protocol));
        let length = frame.as_ref().map_or(0, Vec::len);
        self.out.extend(frame.map(Output::Send));
        length
    }

    /// Tells all what a page tells of its person; nothing when it leaves.
    fn tell_all(&mut self, page: u64, number: u32, text: Option<&str>) {
        self.send(|protocol| protocol.told(page, number, text));
        self.tell_peers(&Told { page, number, text }, None);
    }

    /// Since when this page is in touch with others.
    pub(super) fn together_since(&self) -> Option<u64> {
        self.reach.open_since().or(self.direct.since())
    }

    /// Does what time asks for.
    fn pass(&mut self) {
        if let Some(relay) = &self.relay
            && let Some(socket) = self.reach.try_now(self.now)
        {
            let url = relay.url.clone();
            self.out.push(Output::Connect { socket, url });
        }
        let is_silent = self.reach.is_connected() && self.heard_at + SILENCE <= self.now;
        if is_silent || self.reach.is_stuck(self.now) {
            self.fail();
        }
        if self.reach.open_since().is_some() {
            self.ask_for_what_is_unconfirmed();
        }
        if self.together_since().is_some() {
            self.rest();
            if let Some((page, number, text)) = self.tellers.words(self.now, self.buffered) {
                self.tell_all(page, number, Some(&text));
            }
            if let Some((page, number, text)) = self.poll.words(self.now, self.buffered) {
                self.tell_all(page, number, Some(&text));
            }
        }
        self.pass_direct();
    }

    /// When time asks for something.
    pub fn due(&self) -> Option<u64> {
        if self.reach.has_left() {
            return None;
        }
        let silent = self.reach.is_connected().then(|| self.heard_at + SILENCE);
        let is_open = self.together_since().is_some();
        let open = is_open.then(|| {
            let asks = self.asks_at().into_iter().chain(self.rests_at());
            let asks = asks.chain(self.poll.due());
            asks.fold(self.tellers.due(), u64::min)
        });
        let has_told = self.said.as_ref().is_some_and(|state| state.missing > 0);
        let missing = self.tells_missing_at().filter(|_| !has_told);
        let all = [self.reach.due(), silent, open, missing, self.direct.due()];
        let due = all.into_iter().flatten().min();
        due.map(|due| due.saturating_sub(self.ahead))
    }
}
