//! What pages tell of their persons, on its way through the program.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Output;
use crate::model::Id;
use crate::sync::{FORGOTTEN_AFTER, LONGEST_PRESENCE};
use crate::together::entropy::Entropy;
use crate::together::frames::Told;
use crate::together::response::Response;
use crate::together::seal::PresenceSeal;

/// A page tells of itself at least so often, in milliseconds.
pub(super) const RENEWED: u64 = 15_000;
/// While so many bytes wait in the socket, nobody is told anything: entries come first.
pub(super) const MOST_BUFFERED: usize = 64 * 1024;
/// How soon it is tried again then, in milliseconds.
pub(super) const TRY_AGAIN: u64 = 50;
/// The most pages of which something is kept.
const MOST_OTHERS: usize = 1_000;

/// What is sealed.
#[derive(Serialize, Deserialize)]
struct Payload {
    /// The tab under which the program of this page makes snapshots; none for who may only view.
    maker: Option<u64>,
    /// What the page tells; nothing if it has told nothing yet.
    told: Option<String>,
}

/// What this page and the others tell.
pub struct Tellers {
    seal: PresenceSeal,
    /// This page: 53 random bits, fresh for every load.
    page: u64,
    maker: Option<Id>,
    told: Option<String>,
    /// Counts what this page tells. Relays ignore 0.
    number: u32,
    /// When it is to be told again.
    due: u64,
    others: BTreeMap<u64, Other>,
}

struct Other {
    number: u32,
    maker: Option<Id>,
    heard: u64,
}

impl Tellers {
    /// Nobody has told anything. `maker` makes snapshots.
    pub fn new(seal: PresenceSeal, entropy: &Entropy, maker: Option<Id>) -> Self {
        Self {
            seal,
            page: entropy.number(53),
            maker,
            told: None,
            number: 0,
            due: 0,
            others: BTreeMap::new(),
        }
    }

    /// The page tells something.
    pub fn tell(&mut self, told: String) {
        if told.len() <= LONGEST_PRESENCE {
            self.told = Some(told);
            self.due = 0;
        }
    }

    /// The line is open anew: all are told.
    pub const fn renew(&mut self) {
        self.due = 0;
    }

    /// The tab under which this page makes snapshots; none for who may only view.
    pub const fn maker(&self) -> Option<Id> {
        self.maker
    }

    /// When there is something to tell.
    pub const fn due(&self) -> u64 {
        self.due
    }

    /// What is to be told now, while so many bytes wait in the socket: the page, the number and the
    /// text.
    pub fn words(&mut self, now: u64, buffered: usize) -> Option<(u64, u32, String)> {
        if now < self.due {
            return None;
        }
        if buffered > MOST_BUFFERED {
            self.due = now + TRY_AGAIN;
            return None;
        }
        let payload = Payload {
            maker: self.maker.map(Id::bits),
            told: self.told.clone(),
        };
        self.number += 1;
        self.due = now + RENEWED;
        let bytes = postcard::to_allocvec(&payload).ok()?;
        let text = self.seal.seal(self.page, self.number, &bytes);
        Some((self.page, self.number, text))
    }

    /// What says that this page leaves: the page and the number.
    pub const fn farewell(&mut self) -> (u64, u32) {
        self.number += 1;
        (self.page, self.number)
    }

    /// This page: 53 random bits, fresh for every load.
    pub const fn page(&self) -> u64 {
        self.page
    }

    /// The page to which a channel led is gone: what it would say if it had left, if it was heard.
    pub fn gone(&mut self, page: u64) -> Option<Response> {
        let other = self.others.get_mut(&page)?;
        other.maker = None;
        Some(Response::Heard {
            page,
            number: other.number.into(),
            told: None,
        })
    }

    /// Hears what pages tell; says whether a page came.
    pub fn hear(&mut self, all: &[Told<'_>], now: u64, out: &mut Vec<Output>) -> bool {
        let mut has_come = false;
        for told in all {
            let is_known = self.others.contains_key(&told.page);
            out.extend(self.hear_one(told, now).map(Output::Say));
            has_come |= !is_known && self.others.contains_key(&told.page);
        }
        has_come
    }

    /// Hears what a page tells; nothing if it was heard before.
    pub fn hear_one(&mut self, told: &Told<'_>, now: u64) -> Option<Response> {
        if told.page == self.page {
            return None;
        }
        if self.others.len() > MOST_OTHERS {
            self.others
                .retain(|_, other| now < other.heard + FORGOTTEN_AFTER);
        }
        let last = self.others.get(&told.page).map(|other| other.number);
        let Some(text) = told.text else {
            // Whoever was not heard need not be missed.
            self.others.get_mut(&told.page)?.maker = None;
            return (Some(told.number) >= last).then(|| Response::Heard {
                page: told.page,
                number: told.number.into(),
                told: None,
            });
        };
        if last.is_some_and(|last| told.number <= last) {
            return None;
        }
        if last.is_none() && self.others.len() > MOST_OTHERS {
            return None;
        }
        let bytes = self.seal.open(told.page, told.number, text)?;
        let payload: Payload = postcard::from_bytes(&bytes).ok()?;
        self.others.insert(
            told.page,
            Other {
                number: told.number,
                maker: payload.maker.map(Id::from_bits),
                heard: now,
            },
        );
        payload.told.map(|words| Response::Heard {
            page: told.page,
            number: told.number.into(),
            told: Some(words),
        })
    }

    /// The tabs of those who could make a snapshot now, this page among them.
    pub fn makers(&self, now: u64) -> Vec<Id> {
        let others = self.others.values();
        let others = others.filter(|other| now < other.heard + FORGOTTEN_AFTER);
        let makers = others.filter_map(|other| other.maker);
        makers.chain(self.maker).collect()
    }
}
