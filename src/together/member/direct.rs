//! The channels to other pages: entries and presence without a relay.
//!
//! A channel loses nothing while it is open. What a page hears it passes on to those who have no
//! channel to where it came from, so nobody hears all things from all.

use std::collections::{BTreeMap, BTreeSet};

use super::Output;
use super::meet::Meetings;
use super::presence::Word;
use super::session::Session;
use crate::model::Id;
use crate::store::Covered;
use crate::sync::{Carrier, Down, Heard, Line, Other, Room, Seal};
use crate::together::channel::{ChannelFrame, LONGEST_FRAME};
use crate::together::frames::Told;
use crate::together::response::{Response, Urgency};
use crate::together::seal::{ChannelSeal, EntrySeal};
use crate::worker::NativeFormat;

/// The most channels of a page.
const MOST_CHANNELS: usize = 64;
/// What stands around a sealed frame, in bytes at most.
const AROUND: usize = 256;
/// After so many milliseconds what has come is said to the others, which takes it as sent.
const CONFIRMS_AFTER: u64 = 250;
/// After so many milliseconds what another page was to bring by itself is offered all the same.
const OFFERS_AFTER: u64 = 2_000;
/// Whoever has not said who they are after so many milliseconds is not of this room.
const SAYS_WHO: u64 = 15_000;

/// The channels of a page. All times are in milliseconds since the epoch.
pub struct Direct {
    seal: ChannelSeal,
    /// By the number that the page gave each.
    pub(super) peers: BTreeMap<u64, Peer>,
    /// What others have shown to have who may edit, whether they are here or not.
    shown: Covered,
    /// Other pages that were to be met.
    pub(super) meetings: Meetings,
    /// Since when there is a channel.
    since: Option<u64>,
}

/// A channel.
pub struct Peer {
    line: Line,
    /// Whose word comes by the line, once something has come.
    shows: Option<Shows>,
    /// The page to which it leads, once that has said so.
    pub(super) page: Option<u64>,
    /// To which pages that one has channels.
    pub(super) others: BTreeSet<u64>,
    opened: u64,
    /// When it is said what is here.
    says: Option<u64>,
    /// When it is offered what it may lack.
    offers: Option<u64>,
}

/// Cuts frames for a channel, and keeps them.
struct IntoChannel<'s> {
    /// Stands before each frame that is signed, so that nobody can send back what another has said.
    page: u64,
    seal: Option<&'s mut EntrySeal>,
    frames: Vec<Vec<u8>>,
}

impl Carrier for IntoChannel<'_> {
    fn limit(&self) -> usize {
        let overhead = self.seal.as_ref().map_or(0, |seal| seal.overhead());
        LONGEST_FRAME - AROUND - overhead
    }

    fn send(&mut self, frame: &[u8]) -> Result<(), Down> {
        let frame = match &mut self.seal {
            Some(seal) => seal.seal(&[&self.page.to_be_bytes(), frame].concat()),
            None => frame.to_vec(),
        };
        self.frames.push(frame);
        Ok(())
    }
}

impl Direct {
    /// No channel.
    pub const fn new(seal: ChannelSeal) -> Self {
        Self {
            seal,
            peers: BTreeMap::new(),
            shown: Covered::new(),
            meetings: Meetings::new(),
            since: None,
        }
    }

    /// Since when there is a channel.
    pub const fn since(&self) -> Option<u64> {
        self.since
    }

    /// To how many pages there is one.
    pub fn joined(&self) -> usize {
        let pages = self.peers.values().filter_map(|peer| peer.page);
        pages.collect::<BTreeSet<u64>>().len()
    }

    /// How many entries of these tabs nobody else who may edit has shown to have. Of a tab from before
    /// the page was loaded nobody may have all: what a snapshot covers was not kept, and what came
    /// after it is then not shown either.
    pub fn unsent(&self, room: &Room, tabs: &[Id]) -> usize {
        let entries = room.entries().map(|entry| entry.order);
        let entries = entries.filter(|order| tabs.contains(&order.tab));
        let entries = entries.filter(|order| !room.is_gone(order.tab, order.number));
        let is_shown = |tab: Id, number: u64| {
            let upto = self.shown.get(&tab).copied().unwrap_or(0);
            let mut peers = self.peers.values();
            let has =
                |peer: &Peer| peer.shows == Some(Shows::WhoMayEdit) && peer.line.has(tab, number);
            number <= upto || peers.any(has)
        };
        entries
            .filter(|order| !is_shown(order.tab, order.number))
            .count()
    }

    /// When something is to be done.
    pub fn due(&self) -> Option<u64> {
        let peers = self.peers.values().flat_map(|peer| {
            let who = peer.page.is_none().then_some(peer.opened + SAYS_WHO);
            [peer.says, peer.offers, who]
        });
        peers.chain([self.meetings.due()]).flatten().min()
    }

    /// The channel to a page.
    pub(super) fn to(&self, page: u64) -> Option<u64> {
        let mut peers = self.peers.iter();
        let found = peers.find(|(_, peer)| peer.page == Some(page));
        found.map(|(number, _)| *number)
    }
}

impl Peer {
    /// Whether the other page is this one, or has a channel to it.
    fn reaches(&self, page: u64) -> bool {
        self.page == Some(page) || self.others.contains(&page)
    }
}

impl Session {
    /// A channel is open.
    pub(super) fn peer_opened(&mut self, number: u64) {
        if self.direct.peers.len() >= MOST_CHANNELS {
            self.out.push(Output::Say(Response::ClosePeer(number)));
            return;
        }
        let mut line = Line::new(Other::Peer);
        line.open();
        let peer = Peer {
            line,
            shows: None,
            page: None,
            others: BTreeSet::new(),
            opened: self.now,
            says: Some(self.now),
            offers: None,
        };
        self.direct.peers.insert(number, peer);
        self.direct.since.get_or_insert(self.now);
        self.is_changed = true;
        self.tellers.renew();
        self.say_who(number);
    }

    /// A channel is closed, or did not come about.
    pub(super) fn peer_closed(&mut self, number: u64) {
        let Some(peer) = self.direct.peers.remove(&number) else {
            return;
        };
        if self.direct.peers.is_empty() {
            self.direct.since = None;
        }
        self.is_changed = true;
        if let Some(page) = peer.page {
            if self.direct.to(page).is_none() {
                self.direct.meetings.lose(page, self.now);
            }
            self.say_who_to_all();
        }
        self.miss(peer.page.into_iter().chain(peer.others));
    }

    /// Takes pages as gone to which nobody near has a channel any more.
    fn miss(&mut self, pages: impl IntoIterator<Item = u64>) {
        for page in pages {
            let mut peers = self.direct.peers.values();
            if !peers.any(|peer| peer.reaches(page)) {
                self.out.extend(self.tellers.gone(page).map(Output::Say));
            }
        }
    }

    fn close_peer(&mut self, number: u64) {
        self.out.push(Output::Say(Response::ClosePeer(number)));
        self.peer_closed(number);
    }

    /// Another page says something.
    pub(super) fn peer_heard(&mut self, number: u64, sealed: &[u8]) {
        let is_fitting = sealed.len() <= LONGEST_FRAME && self.direct.peers.contains_key(&number);
        let opened = is_fitting.then(|| self.direct.seal.open(sealed)).flatten();
        let Some(opened) = opened else {
            return;
        };
        match ChannelFrame::read(&opened) {
            Some(ChannelFrame::Here { page, others }) => self.peer_is(number, page, others),
            Some(ChannelFrame::Signed(sealed)) => self.hear_signed(number, sealed),
            Some(ChannelFrame::Held(frame)) => self.hear_line(number, frame, Shows::WhoMayView),
            Some(ChannelFrame::Told {
                page,
                number: count,
                text,
            }) => {
                let told = Told {
                    page,
                    number: count,
                    text,
                };
                self.poll.hear(&[told], self.now, &mut self.out);
                match self.tellers.hear_one(&told, self.now) {
                    Word::Old => {}
                    Word::Silent => self.tell_peers(&told, Some(number)),
                    Word::Said(heard) => {
                        self.out.push(Output::Say(heard));
                        self.tell_peers(&told, Some(number));
                    }
                }
            }
            Some(ChannelFrame::Contact { from, to, contact }) => self.pass_on(from, to, contact),
            None => {}
        }
    }

    /// A page says who it is, and to whom it has channels.
    fn peer_is(&mut self, number: u64, page: u64, others: Vec<u64>) {
        let own = self.tellers.page();
        let known = self.direct.to(page).filter(|known| *known != number);
        let Some(peer) = self.direct.peers.get_mut(&number) else {
            return;
        };
        let is_another = peer.page.is_some_and(|before| before != page);
        // Of two channels to one page that of the lower page closes the second.
        if page == own || is_another || known.is_some() && own < page {
            self.close_peer(number);
            return;
        }
        let is_new = peer.page.replace(page).is_none();
        let others: BTreeSet<u64> = others.into_iter().filter(|other| *other != own).collect();
        // Whoever is new behind that page has heard nothing of this one.
        if others.iter().any(|other| !self.tellers.knows(*other)) {
            self.tellers.renew();
        }
        let before = std::mem::replace(&mut peer.others, others);
        self.direct.meetings.end(page);
        if is_new {
            self.is_changed = true;
            self.poll.hurry(self.now);
            self.say_who_to_all();
        }
        self.miss(before);
        self.introduce();
    }

    /// Takes a frame of a line that somebody signed who may edit.
    fn hear_signed(&mut self, number: u64, sealed: &[u8]) {
        let Some(opened) = self.opener.open(sealed) else {
            return;
        };
        let Some((page, frame)) = opened.split_first_chunk() else {
            return;
        };
        let peer = self.direct.peers.get(&number);
        let speaks = peer.and_then(|peer| peer.page);
        if speaks == Some(u64::from_be_bytes(*page)) {
            self.hear_line(number, frame, Shows::WhoMayEdit);
        } else {
            self.close_peer(number);
        }
    }

    /// Takes a frame of a line.
    fn hear_line(&mut self, number: u64, frame: &[u8], shows: Shows) {
        let Some(peer) = self.direct.peers.get_mut(&number) else {
            return;
        };
        if *peer.shows.get_or_insert(shows) != shows {
            self.close_peer(number);
            return;
        }
        match peer.line.hear(frame, &self.room, &NativeFormat) {
            Ok(Heard::Piece) => {}
            Ok(Heard::Held(held)) => {
                if shows == Shows::WhoMayEdit {
                    for (tab, upto) in &held {
                        let shown = self.direct.shown.entry(*tab).or_default();
                        *shown = (*shown).max(*upto);
                    }
                }
                self.is_changed = true;
                self.offer_peer(number);
            }
            // Who cannot sign brings no entries.
            Ok(Heard::Entries(_)) if shows == Shows::WhoMayView => self.close_peer(number),
            Ok(Heard::Entries(entries)) => {
                let from = peer.page;
                self.take_entries(entries);
                self.offer_peers(from);
                for peer in self.direct.peers.values_mut() {
                    peer.says.get_or_insert(self.now + CONFIRMS_AFTER);
                }
            }
            // Who may only view stops nobody.
            Err(_) if shows == Shows::WhoMayView => {}
            Err(error) if error.is_newer() => self.is_newer = true,
            Err(_) => self.tell_unreadable(),
        }
    }

    /// Offers the others what they lack, after something came from a page, or from this one. Those to
    /// whom that page has a channel get it from there, and only later from here.
    pub(super) fn offer_peers(&mut self, from: Option<u64>) {
        // Who may only view has nothing to offer.
        if self.seal.is_none() {
            return;
        }
        let later = self.now + OFFERS_AFTER;
        let mut now = Vec::new();
        for (number, peer) in &mut self.direct.peers {
            match from {
                Some(from) if peer.page == Some(from) => {}
                Some(from) if peer.others.contains(&from) => {
                    peer.offers.get_or_insert(later);
                }
                _ => now.push(*number),
            }
        }
        for number in now {
            self.offer_peer(number);
        }
    }

    fn offer_peer(&mut self, number: u64) {
        let (Some(seal), Some(peer)) = (&mut self.seal, self.direct.peers.get_mut(&number)) else {
            return;
        };
        peer.offers = None;
        let mut carrier = IntoChannel {
            page: self.tellers.page(),
            seal: Some(seal),
            frames: Vec::new(),
        };
        // It only keeps them.
        let _ = peer.line.offer(&self.room, &NativeFormat, &mut carrier);
        for frame in carrier.frames {
            self.send_to(number, &ChannelFrame::Signed(&frame), Urgency::Needed);
        }
    }

    /// Says what is here.
    fn say_held(&mut self, number: u64) {
        let Some(peer) = self.direct.peers.get_mut(&number) else {
            return;
        };
        peer.says = None;
        let may_sign = self.seal.is_some();
        let mut carrier = IntoChannel {
            page: self.tellers.page(),
            seal: self.seal.as_mut(),
            frames: Vec::new(),
        };
        // It only keeps them.
        let _ = peer.line.say_held(&self.room, &mut carrier);
        for frame in carrier.frames {
            let frame = match may_sign {
                true => ChannelFrame::Signed(&frame),
                false => ChannelFrame::Held(&frame),
            };
            self.send_to(number, &frame, Urgency::Needed);
        }
    }

    fn say_who(&mut self, number: u64) {
        let others = self.direct.peers.values();
        let frame = ChannelFrame::Here {
            page: self.tellers.page(),
            others: others.filter_map(|peer| peer.page).collect(),
        };
        self.send_to(number, &frame, Urgency::Needed);
    }

    fn say_who_to_all(&mut self) {
        let all: Vec<u64> = self.direct.peers.keys().copied().collect();
        for number in all {
            self.say_who(number);
        }
    }

    /// Tells what a page tells, where it does not get there by itself: all of this page, and what came
    /// by a channel to those who have none to that page, nor to the one that passed it on.
    pub(super) fn tell_peers(&mut self, told: &Told<'_>, by: Option<u64>) {
        let passed_on = by.and_then(|by| self.direct.peers.get(&by)?.page);
        let peers = self.direct.peers.iter();
        let lacking = peers.filter(|(number, peer)| {
            let is_there = peer.reaches(told.page);
            let has_it = is_there || passed_on.is_some_and(|page| peer.reaches(page));
            by.is_none_or(|by| by != **number && !has_it)
        });
        let lacking: Vec<u64> = lacking.map(|(number, _)| *number).collect();
        let urgency = match told.text {
            Some(_) => Urgency::Passing,
            None => Urgency::Needed,
        };
        for number in lacking {
            let frame = ChannelFrame::Told {
                page: told.page,
                number: told.number,
                text: told.text,
            };
            self.send_to(number, &frame, urgency);
        }
    }

    /// Does what time asks for.
    pub(super) fn pass_direct(&mut self) {
        let now = self.now;
        let is_due = |at: Option<u64>| at.is_some_and(|at| at <= now);
        let peers = self.direct.peers.iter();
        let due = peers.map(|(number, peer)| {
            let is_stranger = peer.page.is_none() && peer.opened + SAYS_WHO <= now;
            (*number, is_due(peer.says), is_due(peer.offers), is_stranger)
        });
        let due: Vec<_> = due.collect();
        for (number, says, offers, is_stranger) in due {
            if is_stranger {
                self.close_peer(number);
                continue;
            }
            if says {
                self.say_held(number);
            }
            if offers {
                self.offer_peer(number);
            }
        }
        if self.direct.meetings.pass(now) {
            self.introduce();
        }
    }

    pub(super) fn send_to(&mut self, peer: u64, frame: &ChannelFrame<'_>, urgency: Urgency) {
        let frame = self.direct.seal.seal(&frame.write());
        self.out.push(Output::Say(Response::ToPeer {
            peer,
            frame,
            urgency,
        }));
    }
}

/// Whose word it is that something is there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shows {
    WhoMayEdit,
    /// Nobody gets it from them.
    WhoMayView,
}
