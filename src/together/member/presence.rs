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
    is_gone: bool,
}

/// What a page has told.
pub enum Word {
    /// It was heard before, or cannot be read.
    Old,
    /// It is new, and nothing for the page.
    Silent,
    /// It is new, and this is said to the page.
    Said(Response),
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
        let is_new = !std::mem::replace(&mut other.is_gone, true);
        is_new.then(|| Response::Heard {
            page,
            number: other.number.into(),
            told: None,
        })
    }

    /// Whether another page was heard, and has not left.
    pub fn knows(&self, page: u64) -> bool {
        self.others.get(&page).is_some_and(|other| !other.is_gone)
    }

    /// Hears what pages tell; says whether a page came.
    pub fn hear(&mut self, all: &[Told<'_>], now: u64, out: &mut Vec<Output>) -> bool {
        let mut has_come = false;
        for told in all {
            let is_known = self.others.contains_key(&told.page);
            if let Word::Said(heard) = self.hear_one(told, now) {
                out.push(Output::Say(heard));
            }
            has_come |= !is_known && self.others.contains_key(&told.page);
        }
        has_come
    }

    /// Hears what a page tells.
    pub fn hear_one(&mut self, told: &Told<'_>, now: u64) -> Word {
        if told.page == self.page {
            return Word::Old;
        }
        if self.others.len() > MOST_OTHERS {
            self.others
                .retain(|_, other| now < other.heard + FORGOTTEN_AFTER);
        }
        let is_full = self.others.len() > MOST_OTHERS;
        match (told.text, self.others.get_mut(&told.page)) {
            (None, Some(other)) => left(other, told),
            // Whoever was not heard need not be missed.
            (None, None) => Word::Old,
            (Some(_), Some(other)) if told.number <= other.number => Word::Old,
            (Some(_), None) if is_full => Word::Old,
            (Some(text), _) => self.told(told, text, now).unwrap_or(Word::Old),
        }
    }

    /// Takes what a page tells; none if it cannot be read.
    fn told(&mut self, told: &Told<'_>, text: &str, now: u64) -> Option<Word> {
        let bytes = self.seal.open(told.page, told.number, text)?;
        let payload: Payload = postcard::from_bytes(&bytes).ok()?;
        self.others.insert(
            told.page,
            Other {
                number: told.number,
                maker: payload.maker.map(Id::from_bits),
                heard: now,
                is_gone: false,
            },
        );
        let heard = payload.told.map(|words| Response::Heard {
            page: told.page,
            number: told.number.into(),
            told: Some(words),
        });
        Some(heard.map_or(Word::Silent, Word::Said))
    }

    /// The tabs of those who could make a snapshot now, this page among them.
    pub fn makers(&self, now: u64) -> Vec<Id> {
        let others = self.others.values();
        let others = others.filter(|other| now < other.heard + FORGOTTEN_AFTER);
        let makers = others.filter_map(|other| other.maker);
        makers.chain(self.maker).collect()
    }
}

/// A page says that it leaves. Relays say it with the last number that they have heard.
fn left(other: &mut Other, told: &Told<'_>) -> Word {
    let is_old = told.number < other.number || told.number == other.number && other.is_gone;
    if is_old {
        return Word::Old;
    }
    other.number = told.number;
    other.maker = None;
    other.is_gone = true;
    Word::Said(Response::Heard {
        page: told.page,
        number: told.number.into(),
        told: None,
    })
}
