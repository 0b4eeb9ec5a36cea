//! What a member gives to the relay: entries, snapshots, and the order to forget.

use yrs::StateVector;

use super::session::Session;
use crate::sync::{Carrier, Down, Seal};
use crate::together::frames::Protocol;
use crate::together::relay_log::RelayLog;
use crate::together::seal::EntrySeal;
use crate::worker::NativeFormat;

/// A message is not made smaller than this, in bytes.
const SMALLEST_LIMIT: usize = 16 * 1024;
/// What stands around a sealed frame in a message, in bytes at most.
const AROUND: usize = 256;
/// A socket that closes within so many milliseconds after a large message closed because of it.
const BECAUSE: u64 = 5_000;
/// The code of a socket that closes because a message was too large.
const TOO_LARGE: u16 = 1009;
/// What is not confirmed after so many milliseconds is asked for.
const CONFIRMED_WITHIN: u64 = 5_000;
/// After so many answers that showed nothing of it, it is lost.
const MOST_FRUITLESS: u32 = 3;
/// The room is quiet when nothing has happened for so many milliseconds.
const QUIET: u64 = 3_000;
/// For so many milliseconds the line must have been open, so that who else is there is known.
const KNOWN_AFTER: u64 = 16_000;

/// Puts frames into the log, sealed, and keeps the updates for the relay.
struct IntoLog<'s> {
    log: &'s mut RelayLog,
    seal: &'s mut EntrySeal,
    limit: usize,
    updates: Vec<Vec<u8>>,
}

impl Carrier for IntoLog<'_> {
    fn limit(&self) -> usize {
        self.limit.saturating_sub(self.seal.overhead() + AROUND)
    }

    fn send(&mut self, frame: &[u8]) -> Result<(), Down> {
        let sealed = self.seal.seal(frame);
        self.updates.push(self.log.append(frame, &sealed));
        Ok(())
    }
}

impl Session {
    /// Asks the relay for what it has.
    pub(super) fn ask(&mut self) {
        self.asked_at = self.now;
        let state = self.log.state();
        self.send(|protocol| protocol.has(state));
    }

    /// Gives the relay what it lacks. Who may only view gives nothing.
    pub(super) fn give(&mut self, state: &StateVector) {
        if self.seal.is_none() {
            self.send(|protocol| protocol.all(yrs::Update::EMPTY_V1.to_vec()));
            return;
        }
        let mut updates = self.log.lacking(state, self.limit - AROUND).into_iter();
        self.is_changed = true;
        if let Some(first) = updates.next() {
            self.send_entries(|protocol| protocol.all(first));
        }
        for update in updates {
            self.send_entries(|protocol| protocol.new_entries(update));
        }
    }

    /// Offers the relay what it has not shown.
    pub(super) fn offer_relay(&mut self) {
        let Some(seal) = &mut self.seal else {
            return;
        };
        if self.reach.open_since().is_none() {
            return;
        }
        if self.log.unconfirmed() == 0 {
            self.asked_at = self.now;
        }
        let mut carrier = IntoLog {
            log: &mut self.log,
            seal,
            limit: self.limit,
            updates: Vec::new(),
        };
        // The log takes everything.
        let _ = self.line.offer(&self.room, &NativeFormat, &mut carrier);
        for update in carrier.updates {
            self.send_entries(|protocol| protocol.new_entries(update));
        }
    }

    fn send_entries(&mut self, frame: impl FnOnce(&Protocol) -> Vec<u8>) {
        if self.send(frame) > SMALLEST_LIMIT {
            self.sent_large = Some(self.now);
        }
    }

    /// Whether the socket closed because of a large message.
    pub(super) fn was_too_large(&self, code: u16) -> bool {
        let is_recent = self.sent_large.is_some_and(|at| self.now < at + BECAUSE);
        code == TOO_LARGE || is_recent && self.log.unconfirmed() > 0
    }

    /// From now on messages are smaller. What is in the log cannot be cut any more.
    pub(super) fn send_smaller(&mut self) {
        self.sent_large = None;
        if self.limit > SMALLEST_LIMIT {
            self.limit = (self.limit / 2).max(SMALLEST_LIMIT);
            self.renew_log();
        }
    }

    /// Gives up a log in which something cannot arrive, and the socket with it.
    pub(super) fn begin_log_anew(&mut self) {
        self.renew_log();
        self.fail();
    }

    fn renew_log(&mut self) {
        self.log = RelayLog::new(self.entropy.number(53));
        self.line.open();
        self.fruitless = 0;
        self.is_changed = true;
    }

    /// When the relay is to be asked for what it has not confirmed.
    pub(super) fn asks_at(&self) -> Option<u64> {
        let is_waiting = self.log.unconfirmed() > 0;
        is_waiting.then(|| self.asked_at + CONFIRMED_WITHIN)
    }

    /// Asks the relay for what it has not confirmed; it may never have got it.
    pub(super) fn ask_for_what_is_unconfirmed(&mut self) {
        if self.asks_at().is_none_or(|at| self.now < at) {
            return;
        }
        if self.fruitless >= MOST_FRUITLESS {
            self.begin_log_anew();
        } else if self.buffered == 0 {
            self.ask();
        } else {
            // It is still on its way out.
            self.asked_at = self.now;
        }
    }

    /// When the room is quiet.
    pub(super) fn rests_at(&self) -> Option<u64> {
        let known = self.together_since()? + KNOWN_AFTER;
        self.seal.as_ref()?;
        Some(known.max(self.changed_at? + QUIET))
    }

    /// When the room is quiet: makes a snapshot, and takes out of the log what everybody may forget,
    /// if that is for this page to do.
    pub(super) fn rest(&mut self) {
        if self.rests_at().is_none_or(|at| self.now < at) {
            return;
        }
        self.changed_at = None;
        let makers = self.tellers.makers(self.now);
        // It waits where another snapshot covers what is not here; then more comes.
        if self.room.wants_snapshot(&makers) && self.room.snapshot(self.now).is_ok() {
            self.is_changed = true;
            self.tell_changes();
            self.offer_relay();
            self.offer_peers(None);
        }
        self.room.forget();
        if makers.iter().min() == self.tellers.maker().as_ref() {
            let room = &self.room;
            if let Some(update) = self.log.sweep(|start| room.is_forgotten(start)) {
                self.send(|protocol| protocol.new_entries(update));
            }
        }
    }
}
