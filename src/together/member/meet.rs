//! Which pages are to be met, and how they hear of each other.
//!
//! Everybody who is in the room is linked with everybody, up to eight; whoever comes later stays with
//! the page that invited them. A page between two brings them what they say of themselves.

use std::collections::{BTreeMap, BTreeSet};

use super::Output;
use super::session::Session;
use crate::sync::{Contact, Role};
use crate::together::channel::ChannelFrame;
use crate::together::response::{Response, Urgency};

/// The most pages that are linked with each other by themselves, this one among them.
const MOST_LINKED: usize = 8;
/// Two pages meet within so many milliseconds, or they do not.
const MEETS_WITHIN: u64 = 20_000;
/// They try again after so many milliseconds.
const MEETS_AGAIN: u64 = 60_000;
/// After so many milliseconds they try again where a channel was closed.
const MISSES_FOR: u64 = 10_000;

/// Pages that were to be met. All times are in milliseconds since the epoch.
pub struct Meetings {
    /// When each began.
    began: BTreeMap<u64, u64>,
}

impl Meetings {
    /// None.
    pub const fn new() -> Self {
        Self {
            began: BTreeMap::new(),
        }
    }

    /// A page is being met.
    fn begin(&mut self, page: u64, now: u64) {
        self.began.insert(page, now);
    }

    /// There is a channel to a page.
    pub fn end(&mut self, page: u64) {
        self.began.remove(&page);
    }

    /// The channel to a page is closed: a while later it is met again, if it is still there.
    pub fn lose(&mut self, page: u64, now: u64) {
        let began = (now + MISSES_FOR).saturating_sub(MEETS_AGAIN);
        self.began.insert(page, began);
    }

    /// Whether a page was to be met a short time ago.
    fn knows(&self, page: u64) -> bool {
        self.began.contains_key(&page)
    }

    /// Whether a page is being met.
    fn is_running(&self, page: u64, now: u64) -> bool {
        let began = self.began.get(&page);
        began.is_some_and(|began| now < began + MEETS_WITHIN)
    }

    /// How many pages are being met.
    fn running(&self, now: u64) -> usize {
        let began = self.began.values();
        began.filter(|began| now < **began + MEETS_WITHIN).count()
    }

    /// When some are to be tried again.
    pub fn due(&self) -> Option<u64> {
        self.began.values().map(|began| began + MEETS_AGAIN).min()
    }

    /// Time passes; says whether some are to be tried again.
    pub fn pass(&mut self, now: u64) -> bool {
        let before = self.began.len();
        self.began.retain(|_, began| now < *began + MEETS_AGAIN);
        self.began.len() < before
    }
}

impl Session {
    /// Meets pages to which others have channels. Of two the lower one makes the offer.
    pub(super) fn introduce(&mut self) {
        let own = self.tellers.page();
        let peers = self.direct.peers.values();
        let named: BTreeSet<u64> = peers.flat_map(|peer| &peer.others).copied().collect();
        for page in named {
            let is_known = self.direct.to(page).is_some() || self.direct.meetings.knows(page);
            if own < page && !is_known && !self.is_full() {
                self.direct.meetings.begin(page, self.now);
                self.out.push(Output::Say(Response::Meet {
                    peer: page,
                    contact: None,
                }));
            }
        }
    }

    /// Whether this page has as many channels as it makes by itself, or is about to.
    fn is_full(&self) -> bool {
        self.direct.joined() + self.direct.meetings.running(self.now) + 1 >= MOST_LINKED
    }

    /// The page says how it can be reached by another.
    pub(super) fn meet(&mut self, page: u64, contact: &[u8]) {
        let from = self.tellers.page();
        self.pass_on(from, page, contact);
    }

    /// Brings a contact to where it belongs: this page, one to which it has a channel, or, where this
    /// page sends it, one that has a channel to there.
    pub(super) fn pass_on(&mut self, from: u64, to: u64, contact: &[u8]) {
        let own = self.tellers.page();
        if to == own {
            self.hear_contact(from, contact);
            return;
        }
        let between = || {
            let mut peers = self.direct.peers.iter();
            let between = peers.find(|(_, peer)| peer.others.contains(&to));
            between.filter(|_| from == own).map(|(number, _)| *number)
        };
        if let Some(by) = self.direct.to(to).or_else(between) {
            let frame = ChannelFrame::Contact { from, to, contact };
            self.send_to(by, &frame, Urgency::Needed);
        }
    }

    fn hear_contact(&mut self, from: u64, bytes: &[u8]) {
        let Ok(contact) = Contact::from_bytes(bytes) else {
            return;
        };
        let is_running = self.direct.meetings.is_running(from, self.now);
        let is_wanted = self.direct.to(from).is_none()
            && match contact.role() {
                Role::Offer => from < self.tellers.page() && !self.is_full() && !is_running,
                Role::Answer => is_running,
            };
        if is_wanted {
            if contact.role() == Role::Offer {
                self.direct.meetings.begin(from, self.now);
            }
            self.out.push(Output::Say(Response::Meet {
                peer: from,
                contact: Some(bytes.to_vec()),
            }));
        }
    }
}
