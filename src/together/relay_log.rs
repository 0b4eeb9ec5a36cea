//! The log of a room as a relay has it: an array of sealed frames that Yjs merges.
//!
//! Nothing of the order of the array counts, and no deletion is trusted. What the relay has *shown*
//! is what the line hears, also of what this page has put in: that is how a page knows that its own
//! entries have arrived, byte for byte.

use std::collections::{BTreeMap, BTreeSet};

use yrs::updates::decoder::Decode;
use yrs::{
    Any, Array, ArrayRef, ClientID, Doc, ID, IdSet, Options, Out, ReadTxn, StateVector, Transact,
};

use super::update::{LOG, NotALog, Update};

/// How many of the first bytes of an opened frame are kept: by them a room knows its entries.
const START: usize = 64;
/// By so many last bytes, the tag of the seal, a sealed frame is known.
const TAG: usize = 16;

/// A client, and the number of what it has put in.
type Key = (u64, u32);

/// The log of a room, here and at the relay.
pub struct RelayLog {
    doc: Doc,
    log: ArrayRef,
    /// The client of this page.
    client: u64,
    /// What the relay has shown and nobody has taken out.
    shown: BTreeMap<Key, Shown>,
    /// What was taken out, whether it was shown or not.
    removed: IdSet,
    /// What this page has put in and the relay has not shown yet, with the start of each frame.
    waiting: BTreeMap<u32, Vec<u8>>,
    /// What the relay had shown and has lost since, and was given back.
    restored: BTreeSet<Key>,
}

/// A frame of the log.
struct Shown {
    /// The start of what it opens to; empty where it does not open.
    start: Vec<u8>,
    /// The end of the sealed frame.
    tag: Vec<u8>,
}

/// What an update of the relay brings.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Brought {
    /// The opened frames.
    pub frames: Vec<Vec<u8>>,
    /// The starts of frames that were taken out.
    pub lost: Vec<Vec<u8>>,
    /// Whether somebody else has put something in under the client of this page: what this page puts
    /// in as the same is lost.
    pub is_forged: bool,
}

impl RelayLog {
    /// An empty log. The client has 53 random bits, fresh for every load.
    #[must_use]
    pub fn new(client: u64) -> Self {
        // The other ways to make one draw random numbers.
        let options = Options::with_guid_and_client_id("room".into(), ClientID::new(client));
        let doc = Doc::with_options(options);
        let log = doc.get_or_insert_array(LOG);
        Self {
            doc,
            log,
            client,
            shown: BTreeMap::new(),
            removed: IdSet::new(),
            waiting: BTreeMap::new(),
            restored: BTreeSet::new(),
        }
    }

    /// What is here. What this page has put in is left out, so that the relay shows it.
    #[must_use]
    pub fn state(&self) -> StateVector {
        let state = self.doc.transact().state_vector();
        let others = state
            .iter()
            .filter(|(client, _)| client.get() != self.client);
        StateVector::new(others.map(|(client, clock)| (*client, *clock)).collect())
    }

    /// What a relay lacks that has so much, as updates of about so many bytes at most. There is at
    /// least one.
    pub fn lacking(&mut self, state: &StateVector, limit: usize) -> Vec<Vec<u8>> {
        let whole = self.doc.transact().encode_state_as_update_v1(state);
        // What is here was read so.
        let Ok(update) = Update::read(&whole) else {
            return vec![whole];
        };
        self.restored = update
            .elements()
            .map(|(client, clock, _)| (client, clock))
            .filter(|key| self.shown.contains_key(key))
            .collect();
        if whole.len() <= limit {
            return vec![whole];
        }
        update.cut(limit)
    }

    /// Puts a sealed frame in; returns the update for the relay.
    pub fn append(&mut self, frame: &[u8], sealed: &[u8]) -> Vec<u8> {
        let mut change = self.doc.transact_mut();
        let clock = change.state_vector().get(&ClientID::new(self.client));
        self.log.push_back(&mut change, Any::Buffer(sealed.into()));
        self.waiting.insert(clock, start_of(frame));
        change.encode_update_v1()
    }

    /// Takes an update of the relay in. `open` opens sealed frames.
    ///
    /// # Errors
    /// It is of something else than a log; nothing of it was taken.
    pub fn hear(
        &mut self,
        update: &[u8],
        open: impl Fn(&[u8]) -> Option<Vec<u8>>,
    ) -> Result<Brought, NotALog> {
        let read = Update::read(update)?;
        let merged = yrs::Update::decode_v1(update).map_err(|_| NotALog)?;
        self.doc
            .transact_mut()
            .apply_update(merged)
            .map_err(|_| NotALog)?;
        let mut brought = Brought::default();
        for (client, clock, sealed) in read.elements() {
            self.show((client, clock), sealed, &open, &mut brought);
        }
        for (client, first, length) in read.removed {
            self.remove(client, first, length, &mut brought);
        }
        Ok(brought)
    }

    /// The relay shows an element.
    fn show(
        &mut self,
        key: Key,
        sealed: &[u8],
        open: &impl Fn(&[u8]) -> Option<Vec<u8>>,
        brought: &mut Brought,
    ) {
        self.restored.remove(&key);
        let (client, clock) = key;
        let id = ID::new(ClientID::new(client), clock);
        if self.shown.contains_key(&key) || self.removed.contains(&id) {
            return;
        }
        let frame = open(sealed);
        if client == self.client {
            let mine = self.waiting.remove(&clock);
            let start = frame.as_ref().map(|frame| start_of(frame));
            brought.is_forged |= mine.is_none() || mine != start;
        }
        let start = frame.as_ref().map(|frame| start_of(frame));
        self.shown.insert(
            key,
            Shown {
                start: start.unwrap_or_default(),
                tag: tag_of(sealed),
            },
        );
        brought.frames.extend(frame);
    }

    /// Elements were taken out.
    fn remove(&mut self, client: u64, first: u32, length: u32, brought: &mut Brought) {
        self.removed
            .insert(ID::new(ClientID::new(client), first), length);
        let keys = (client, first)..(client, first + length);
        let shown: Vec<Key> = self.shown.range(keys).map(|(key, _)| *key).collect();
        for key in shown {
            self.restored.remove(&key);
            let shown = self.shown.remove(&key);
            brought.lost.extend(shown.map(|shown| shown.start));
        }
        if client == self.client {
            let later = self.waiting.split_off(&first);
            for (clock, start) in later {
                if clock < first + length {
                    brought.lost.push(start);
                } else {
                    self.waiting.insert(clock, start);
                }
            }
        }
    }

    /// Takes out what may be forgotten, by the starts of frames; returns the update for the relay, if
    /// there is anything.
    pub fn sweep(&mut self, is_forgotten: impl Fn(&[u8]) -> bool) -> Option<Vec<u8>> {
        let all = self.shown.iter();
        let forgotten = all.filter(|(_, shown)| is_forgotten(&shown.start));
        let forgotten: BTreeMap<Vec<u8>, Key> = forgotten
            .map(|(key, shown)| (shown.tag.clone(), *key))
            .collect();
        if forgotten.is_empty() {
            return None;
        }
        let mut change = self.doc.transact_mut();
        let mut runs: Vec<(u32, u32)> = Vec::new();
        for (index, out) in (0_u32..).zip(self.log.iter(&change)) {
            let Out::Any(Any::Buffer(sealed)) = out else {
                continue;
            };
            let Some(key) = forgotten.get(&tag_of(&sealed)) else {
                continue;
            };
            self.shown.remove(key);
            self.restored.remove(key);
            self.removed.insert(ID::new(ClientID::new(key.0), key.1), 1);
            match runs.last_mut() {
                Some((first, length)) if *first + *length == index => *length += 1,
                _ => runs.push((index, 1)),
            }
        }
        // From the end, so that the places of the others stay.
        for (first, length) in runs.iter().rev() {
            self.log.remove_range(&mut change, *first, *length);
        }
        Some(change.encode_update_v1())
    }

    /// How many frames the relay is to have got and has not shown.
    #[must_use]
    pub fn unconfirmed(&self) -> usize {
        self.waiting.len() + self.restored.len()
    }

    /// How many frames the relay had shown, has lost, and has not shown again.
    #[must_use]
    pub fn restoring(&self) -> usize {
        self.restored.len()
    }
}

fn start_of(frame: &[u8]) -> Vec<u8> {
    frame[..frame.len().min(START)].to_vec()
}

fn tag_of(sealed: &[u8]) -> Vec<u8> {
    sealed[sealed.len().saturating_sub(TAG)..].to_vec()
}
