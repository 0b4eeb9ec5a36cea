//! What this page knows of the vote, on its way through the program.
//!
//! It travels as what pages tell of their persons, but each time under a page of its own that is
//! random and never used again. So a ballot leads to no person, and not to what its page tells later.
//! Nobody needs to know which telling is the newer one: all that was told is joined.

use super::Output;
use super::presence::{MOST_BUFFERED, RENEWED, TRY_AGAIN};
use crate::sync::{LONGEST_POLL, Seal};
use crate::together::entropy::Entropy;
use crate::together::frames::Told;
use crate::together::response::Response;
use crate::together::seal::{EntryOpener, EntrySeal, as_text, of_text};

/// Who heard the same from another page so short a while ago need not say it, in milliseconds.
const SAID_LATELY: u64 = 10_000;
/// By how much later than [`RENEWED`] a page tells it again at most, in milliseconds: so they do not
/// all do it at once. A relay forgets what is 30 s old.
const LATER: u64 = 4_000;
/// So many milliseconds after a page came, one of those that were there has told it at the latest.
const FOR_NEW: u64 = 2_000;
/// The number of everything that is told.
const NUMBER: u32 = 1;

/// What this page knows of the vote, and when it tells it.
pub struct PollTeller {
    opener: EntryOpener,
    /// Only who may edit has it.
    seal: Option<EntrySeal>,
    entropy: Entropy,
    told: Option<String>,
    /// Whether there is something in it that nobody else has told.
    has_own: bool,
    /// When it is to be told again.
    due: u64,
    /// When the same was heard of another page last, or came back.
    same_at: Option<u64>,
}

impl PollTeller {
    /// Nothing is known yet.
    pub fn new(opener: EntryOpener, seal: Option<EntrySeal>, entropy: &Entropy) -> Self {
        Self {
            opener,
            seal,
            entropy: entropy.clone(),
            told: None,
            has_own: false,
            due: 0,
            same_at: None,
        }
    }

    /// The page has something of its own to tell.
    pub fn tell(&mut self, text: String) {
        if text.len() <= LONGEST_POLL {
            self.told = Some(text);
            self.renew();
        }
    }

    /// The page has heard of something; it is told when it is its turn.
    pub fn pass(&mut self, text: String, now: u64) {
        if text.len() > LONGEST_POLL || self.told.as_ref() == Some(&text) {
            return;
        }
        if self.told.is_none() {
            self.due = now + self.wait();
        }
        self.told = Some(text);
        self.same_at = None;
    }

    /// The line is open anew: all are told.
    pub const fn renew(&mut self) {
        self.has_own = true;
        self.due = 0;
    }

    /// A page came that may know of nothing.
    pub fn hurry(&mut self, now: u64) {
        self.due = self.due.min(self.entropy.between(now, now + FOR_NEW));
        self.same_at = None;
    }

    /// When there is something to tell.
    pub fn due(&self) -> Option<u64> {
        (self.told.is_some() && self.seal.is_some()).then_some(self.due)
    }

    /// What is to be told now, while so many bytes wait in the socket: the page, the number and the
    /// text.
    pub fn words(&mut self, now: u64, buffered: usize) -> Option<(u64, u32, String)> {
        if now < self.due()? {
            return None;
        }
        if buffered > MOST_BUFFERED {
            self.due = now + TRY_AGAIN;
            return None;
        }
        let wait = self.wait();
        if let Some(at) = self.same_at
            && !self.has_own
            && now < at + SAID_LATELY
        {
            self.due = at + wait;
            return None;
        }
        self.has_own = false;
        self.due = now + wait;
        let sealed = self.seal.as_mut()?.seal(self.told.as_ref()?.as_bytes());
        Some((self.entropy.number(53), NUMBER, as_text(&sealed)))
    }

    fn wait(&self) -> u64 {
        self.entropy.between(RENEWED, RENEWED + LATER)
    }

    /// Hears what pages tell of the vote.
    pub fn hear(&mut self, all: &[Told<'_>], now: u64, out: &mut Vec<Output>) {
        let told = all.iter().filter(|told| told.number == NUMBER);
        for text in told.filter_map(|told| told.text) {
            let opened = of_text(text).and_then(|sealed| self.opener.open(&sealed));
            let opened = opened.filter(|text| text.len() <= LONGEST_POLL);
            let Some(heard) = opened.and_then(|text| String::from_utf8(text).ok()) else {
                continue;
            };
            if self.told.as_ref() == Some(&heard) {
                self.same_at = Some(now);
            } else {
                out.push(Output::Say(Response::HeardPoll(heard)));
            }
        }
    }
}
