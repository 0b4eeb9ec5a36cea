//! A relay for tests: what `y-websocket` and Hocuspocus do, by the merging of `yrs` itself.

use std::collections::{BTreeMap, BTreeSet};

use loopstream::sync::RelayKind;
use yrs::encoding::read::{Cursor, Read};
use yrs::encoding::write::Write;
use yrs::sync::awareness::AwarenessUpdateEntry;
use yrs::sync::{AwarenessUpdate, Message, SyncMessage};
use yrs::updates::decoder::{Decode, DecoderV1};
use yrs::updates::encoder::Encode;
use yrs::{ClientID, Doc, Options, ReadTxn, StateVector, Transact, Update};

/// What a relay does with a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Does {
    /// Sends it a frame.
    Send(usize, Vec<u8>),
    /// Closes it.
    Close(usize, u16, String),
}

pub struct Relay {
    pub kind: RelayKind,
    pub doc: Doc,
    awareness: BTreeMap<u64, (u32, String)>,
    /// The connections, and for which pages they told.
    connections: BTreeMap<usize, BTreeSet<u64>>,
    let_in: BTreeSet<usize>,
    /// A larger frame closes a connection.
    pub limit: usize,
    pub is_read_only: bool,
    /// What a token must be.
    pub token: Option<String>,
    /// Whether it gives back to who sent.
    pub echoes: bool,
    pub room: String,
    next: u64,
}

impl Relay {
    pub fn new(kind: RelayKind, room: &str) -> Self {
        Self {
            kind,
            doc: empty(1),
            awareness: BTreeMap::new(),
            connections: BTreeMap::new(),
            let_in: BTreeSet::new(),
            limit: usize::MAX,
            is_read_only: false,
            token: None,
            echoes: true,
            room: room.to_owned(),
            next: 2,
        }
    }

    /// All that it has.
    pub fn copy(&self) -> Vec<u8> {
        self.doc
            .transact()
            .encode_state_as_update_v1(&StateVector::default())
    }

    /// It restarts with what it had then, or with nothing; all connections are gone.
    pub fn restart(&mut self, had: Option<&[u8]>) -> Vec<Does> {
        let closed = self.connections.keys();
        let closed = closed
            .map(|one| Does::Close(*one, 1006, String::new()))
            .collect();
        self.doc = empty(self.next);
        self.next += 1;
        if let Some(had) = had {
            let update = Update::decode_v1(had).unwrap();
            self.doc.transact_mut().apply_update(update).unwrap();
        }
        self.awareness.clear();
        self.connections.clear();
        self.let_in.clear();
        closed
    }

    pub fn connect(&mut self, one: usize) -> Vec<Does> {
        self.connections.insert(one, BTreeSet::new());
        match self.kind {
            RelayKind::YWebsocket => self.welcome(one),
            RelayKind::Hocuspocus => Vec::new(),
        }
    }

    fn welcome(&mut self, one: usize) -> Vec<Does> {
        self.let_in.insert(one);
        let mut does = Vec::new();
        if self.kind == RelayKind::YWebsocket {
            let state = self.doc.transact().state_vector();
            does.push(self.send(one, &Message::Sync(SyncMessage::SyncStep1(state))));
        }
        if !self.awareness.is_empty() {
            let all = self.awareness.keys().copied().collect::<Vec<_>>();
            does.push(self.send(one, &self.told(&all)));
        }
        does
    }

    pub fn disconnect(&mut self, one: usize) -> Vec<Does> {
        self.let_in.remove(&one);
        let pages = self.connections.remove(&one).unwrap_or_default();
        let mut gone = Vec::new();
        for page in pages {
            if let Some((_, text)) = self.awareness.get_mut(&page) {
                *text = "null".to_owned();
                gone.push(page);
            }
        }
        let does = if gone.is_empty() {
            Vec::new()
        } else {
            self.broadcast(&self.told(&gone), None)
        };
        for page in gone {
            self.awareness.remove(&page);
        }
        does
    }

    pub fn is_connected(&self, one: usize) -> bool {
        self.connections.contains_key(&one)
    }

    pub fn hear(&mut self, one: usize, frame: &[u8]) -> Vec<Does> {
        if !self.is_connected(one) {
            return Vec::new();
        }
        if frame.len() > self.limit {
            let mut does = self.disconnect(one);
            does.push(Does::Close(one, 1009, String::new()));
            return does;
        }
        let mut cursor = Cursor::new(frame);
        if self.kind == RelayKind::Hocuspocus {
            assert_eq!(cursor.read_string().unwrap(), self.room);
            if cursor.buf[cursor.next] == 2 {
                cursor.next += 2;
                let token = cursor.read_string().unwrap().to_owned();
                return self.authenticate(one, &token);
            }
            assert!(
                self.let_in.contains(&one),
                "nothing is said before the relay lets it in"
            );
        }
        let mut decoder = DecoderV1::new(cursor);
        match Message::decode(&mut decoder).unwrap() {
            Message::Sync(SyncMessage::SyncStep1(state)) => {
                let update = self.doc.transact().encode_state_as_update_v1(&state);
                let mut does = vec![self.send(one, &Message::Sync(SyncMessage::SyncStep2(update)))];
                if self.kind == RelayKind::Hocuspocus {
                    let state = self.doc.transact().state_vector();
                    does.push(self.send(one, &Message::Sync(SyncMessage::SyncStep1(state))));
                }
                does
            }
            Message::Sync(SyncMessage::SyncStep2(update) | SyncMessage::Update(update)) => {
                self.update(one, &update)
            }
            Message::Awareness(update) => self.awareness(one, update),
            _ => Vec::new(),
        }
    }

    fn authenticate(&mut self, one: usize, token: &str) -> Vec<Does> {
        let mut frame = Vec::new();
        frame.write_string(&self.room);
        if self.token.as_ref().is_some_and(|wanted| wanted != token) {
            frame.extend([2, 1]);
            frame.write_string("permission-denied");
            return vec![Does::Send(one, frame)];
        }
        frame.extend([2, 2]);
        frame.write_string(if self.is_read_only {
            "readonly"
        } else {
            "read-write"
        });
        let mut does = vec![Does::Send(one, frame)];
        does.extend(self.welcome(one));
        does
    }

    fn update(&mut self, one: usize, update: &[u8]) -> Vec<Does> {
        let is_new = update != Update::EMPTY_V1;
        if self.is_read_only && is_new {
            return self.status(one, 0);
        }
        let change = {
            let mut change = self.doc.transact_mut();
            change
                .apply_update(Update::decode_v1(update).unwrap())
                .unwrap();
            change.encode_update_v1()
        };
        let mut does = Vec::new();
        if change != Update::EMPTY_V1 {
            let but = (!self.echoes).then_some(one);
            does = self.broadcast(&Message::Sync(SyncMessage::Update(change)), but);
        }
        does.extend(self.status(one, 1));
        does
    }

    fn status(&self, one: usize, status: u8) -> Vec<Does> {
        if self.kind == RelayKind::YWebsocket {
            return Vec::new();
        }
        let mut frame = Vec::new();
        frame.write_string(&self.room);
        frame.extend([8, status]);
        vec![Does::Send(one, frame)]
    }

    fn awareness(&mut self, one: usize, update: AwarenessUpdate) -> Vec<Does> {
        let mut changed = Vec::new();
        for (page, AwarenessUpdateEntry { clock, json }) in update.clients {
            let page = page.get();
            // A page that is not known has the number 0.
            let known = self.awareness.get(&page).map_or(0, |(clock, _)| *clock);
            let is_newer = clock > known || clock == known && &*json == "null";
            if is_newer {
                self.awareness.insert(page, (clock, json.to_string()));
                changed.push(page);
                if let Some(pages) = self.connections.get_mut(&one) {
                    pages.insert(page);
                }
            }
        }
        let is_farewell = |page: &u64| self.awareness[page].1 == "null";
        if self.kind == RelayKind::Hocuspocus {
            changed.retain(|page| !is_farewell(page));
        }
        if changed.is_empty() {
            return Vec::new();
        }
        self.broadcast(&self.told(&changed), None)
    }

    fn told(&self, pages: &[u64]) -> Message {
        let clients = pages.iter().map(|page| {
            let (clock, json) = self.awareness[page].clone();
            let json = json.as_str().into();
            (ClientID::new(*page), AwarenessUpdateEntry { clock, json })
        });
        Message::Awareness(AwarenessUpdate {
            clients: clients.collect(),
        })
    }

    fn broadcast(&self, message: &Message, but: Option<usize>) -> Vec<Does> {
        let all = self.let_in.iter().filter(|one| Some(**one) != but);
        all.map(|one| self.send(*one, message)).collect()
    }

    fn send(&self, one: usize, message: &Message) -> Does {
        let mut frame = Vec::new();
        if self.kind == RelayKind::Hocuspocus {
            frame.write_string(&self.room);
        }
        frame.extend(message.encode_v1());
        Does::Send(one, frame)
    }

    /// Somebody takes a part of the log out.
    pub fn take_out(&mut self, first: u32, length: u32) -> Vec<Does> {
        use yrs::{Array, WriteTxn};
        let change = {
            let mut change = self.doc.transact_mut();
            let log = change.get_or_insert_array("log");
            let first = first.min(log.len(&change));
            let length = length.min(log.len(&change) - first);
            log.remove_range(&mut change, first, length);
            change.encode_update_v1()
        };
        self.broadcast(&Message::Sync(SyncMessage::Update(change)), None)
    }

    /// How many elements the log has.
    pub fn count(&self) -> u32 {
        use yrs::{Array, WriteTxn};
        let mut change = self.doc.transact_mut();
        let log = change.get_or_insert_array("log");
        log.len(&change)
    }
}

fn empty(client: u64) -> Doc {
    let options = Options::with_guid_and_client_id("relay".into(), ClientID::new(client));
    Doc::with_options(options)
}
