//! Pages with channels between them, in virtual time. Everything follows from a seed.
//!
//! A channel loses nothing and keeps the order while it stands. When it closes, what is under way is
//! lost, and both sides hear of it.

use std::collections::{BTreeMap, BTreeSet};

use loopstream::format::json;
use loopstream::model::{Document, Id, Patch};
use loopstream::sync::{Contact, Role};
use loopstream::together::{
    Connection, Contents, Enter, Input, Member, Output, Request, Response, Urgency,
};

use super::super::world::{Page, entropy};
use super::wire::{Counts, Reader, contact, link, seat_of};
use crate::faults::chance::Chance;
use crate::sync::{drawn, id, small};

/// How long two pages try to reach each other, in milliseconds.
const TRIES_FOR: usize = 15_000;

pub struct Seat {
    pub page: Page,
    /// None of a hand that a test moves.
    member: Option<Member>,
    pub link: String,
    pub is_dead: bool,
    /// The number of its last invited channel.
    invited: u64,
    /// What a hand got, by the number of the channel.
    pub got: Vec<(u64, Got)>,
    /// The channels that the program closed.
    pub closed: Vec<u64>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Got {
    Opened,
    Frame(Vec<u8>),
    Closed,
}

/// A channel from one seat to another, each with its number there.
pub struct Channel {
    pub ends: [(usize, u64); 2],
    pub is_open: bool,
    /// When the last thing arrives at each end.
    last: [u64; 2],
    is_told: [bool; 2],
}

enum Event {
    Arrives {
        channel: usize,
        end: usize,
        what: Got,
    },
    Meets {
        seat: usize,
        peer: u64,
        contact: Vec<u8>,
    },
    Missed {
        seat: usize,
        peer: u64,
    },
}

/// Whether pages that hear of each other connect by themselves.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Meeting {
    Works,
    Fails,
}

pub struct World {
    pub chance: Chance,
    pub seats: Vec<Seat>,
    pub channels: Vec<Channel>,
    pub now: u64,
    events: BTreeMap<(u64, u64), Event>,
    happened: u64,
    variables: u64,
    /// The longest way of a frame, in milliseconds.
    pub latency: usize,
    pub meeting: Meeting,
    /// Pairs that cannot reach each other, the lower seat first.
    pub apart: BTreeSet<(usize, usize)>,
    /// How a seat knows another that has made it an offer.
    offers: BTreeMap<(usize, usize), u64>,
    /// One of so many frames that may be left out is left out; none where it is 0.
    pub leaves_out: usize,
    pub all_told: BTreeSet<u64>,
    pub reader: Reader,
    /// What was sent, if it is counted.
    pub counts: Option<Counts>,
    /// The longest frame, in bytes.
    pub longest: usize,
}

impl World {
    pub fn new(seed: u64) -> Self {
        Self {
            chance: Chance(seed),
            seats: Vec::new(),
            channels: Vec::new(),
            now: 1_000_000,
            events: BTreeMap::new(),
            happened: 0,
            variables: 0,
            latency: 20,
            meeting: Meeting::Works,
            apart: BTreeSet::new(),
            offers: BTreeMap::new(),
            leaves_out: 0,
            all_told: BTreeSet::new(),
            reader: Reader::new(),
            counts: None,
            longest: 0,
        }
    }

    fn sit(&mut self, link: &str, member: Option<Member>) -> usize {
        let tab = Id::from_bits(self.chance.next());
        self.seats.push(Seat {
            page: Page::new(tab),
            member,
            link: link.to_owned(),
            is_dead: false,
            invited: 0,
            got: Vec::new(),
            closed: Vec::new(),
        });
        self.seats.len() - 1
    }

    /// Somebody comes in, without a channel.
    pub fn enter(&mut self, link: &str, contents: Contents) -> usize {
        let member = Member::new(entropy(self.chance.next()));
        let seat = self.sit(link, Some(member));
        let page = &mut self.seats[seat].page;
        page.take_up(&contents);
        let enter = Enter {
            link: link.to_owned(),
            tab: page.tab.bits(),
            contents,
        };
        self.ask(seat, Request::Enter(Box::new(enter)));
        seat
    }

    pub fn begin(&mut self) -> usize {
        self.enter(&link().fragment(), Contents::Begin(json::write(&small())))
    }

    /// Somebody comes in by another, with a link.
    pub fn come(&mut self, by: usize, link: &str) -> usize {
        let seat = self.enter(link, Contents::Nothing);
        self.invite(by, seat);
        seat
    }

    /// Somebody who may edit comes in by another.
    pub fn join(&mut self, by: usize) -> usize {
        self.come(by, &link().fragment())
    }

    /// A room of so many pages that came in by the first, when all is quiet.
    pub fn room(seed: u64, pages: usize) -> Self {
        let mut world = Self::new(seed);
        let first = world.begin();
        for _ in 1..pages {
            world.join(first);
            world.pass(2_000);
        }
        world.pass(20_000);
        world
    }

    /// The far end of channels that a test moves by hand.
    pub fn hand(&mut self) -> usize {
        self.sit("", None)
    }

    /// The link to view that a page was told.
    pub fn view_link(&self, seat: usize) -> String {
        self.page(seat).view_link.clone().unwrap()
    }

    /// The page of a seat is loaded anew, without a channel.
    pub fn reload(&mut self, seat: usize) -> usize {
        let kept = self.page(seat).kept();
        self.kill(seat);
        let link = self.seats[seat].link.clone();
        let contents = kept.map_or(Contents::Nothing, |kept| Contents::Kept(Box::new(kept)));
        self.enter(&link, contents)
    }

    pub fn kill(&mut self, seat: usize) {
        self.seats[seat].is_dead = true;
        for channel in 0..self.channels.len() {
            if self.channels[channel].ends.iter().any(|end| end.0 == seat) {
                self.cut(channel);
            }
        }
    }

    /// Connects two seats by an invitation; returns the channel.
    pub fn invite(&mut self, one: usize, other: usize) -> usize {
        let mut number = |seat: usize| {
            self.seats[seat].invited += 1;
            (seat, self.seats[seat].invited)
        };
        let ends = [number(one), number(other)];
        self.connect(ends)
    }

    fn connect(&mut self, ends: [(usize, u64); 2]) -> usize {
        for end in ends {
            // What still comes by an older one of this number does not count.
            for channel in 0..self.channels.len() {
                let place = self.channels[channel]
                    .ends
                    .iter()
                    .position(|one| *one == end);
                if let Some(place) = place {
                    self.cut(channel);
                    self.arrives(channel, place, &Got::Closed);
                }
            }
        }
        self.channels.push(Channel {
            ends,
            is_open: true,
            last: [0; 2],
            is_told: [false; 2],
        });
        let channel = self.channels.len() - 1;
        for end in 0..2 {
            self.carry(channel, end, Got::Opened);
        }
        channel
    }

    /// A channel closes.
    pub fn cut(&mut self, channel: usize) {
        let one = &mut self.channels[channel];
        if std::mem::take(&mut one.is_open) {
            for end in 0..2 {
                self.carry(channel, end, Got::Closed);
            }
        }
    }

    /// The open channels of a seat.
    pub fn channels_of(&self, seat: usize) -> Vec<usize> {
        let open = |channel: &usize| self.channels[*channel].is_open;
        let of = |channel: &usize| {
            let ends = self.channels[*channel].ends;
            ends.iter().any(|end| end.0 == seat)
        };
        (0..self.channels.len()).filter(open).filter(of).collect()
    }

    /// The pairs of seats with a channel between them, the lower seat first, each channel once.
    pub fn links(&self) -> Vec<(usize, usize)> {
        let open = self.channels.iter().filter(|channel| channel.is_open);
        let mut links: Vec<(usize, usize)> = open
            .map(|channel| pair(channel.ends[0].0, channel.ends[1].0))
            .collect();
        links.sort_unstable();
        links
    }

    fn later(&mut self, after: usize) -> u64 {
        self.now + 1 + self.chance.below(after) as u64
    }

    fn happens(&mut self, at: u64, event: Event) {
        self.happened += 1;
        self.events.insert((at, self.happened), event);
    }

    fn carry(&mut self, channel: usize, end: usize, what: Got) {
        let at = self
            .later(self.latency)
            .max(self.channels[channel].last[end]);
        self.channels[channel].last[end] = at;
        self.happens(at, Event::Arrives { channel, end, what });
    }

    fn arrives(&mut self, channel: usize, end: usize, what: &Got) {
        let one = &mut self.channels[channel];
        let (seat, number) = one.ends[end];
        match what {
            Got::Closed if std::mem::replace(&mut one.is_told[end], true) => return,
            Got::Opened | Got::Frame(_) if !one.is_open => return,
            _ => {}
        }
        if self.seats[seat].member.is_none() {
            self.seats[seat].got.push((number, what.clone()));
            return;
        }
        let request = match what {
            Got::Opened => Request::PeerOpened(number),
            Got::Frame(frame) => Request::PeerHeard(number, frame.clone()),
            Got::Closed => Request::PeerClosed(number),
        };
        self.ask(seat, request);
    }

    /// Sends a frame by the channel that has this number at this seat.
    pub fn send(&mut self, seat: usize, number: u64, frame: Vec<u8>) {
        let found = self
            .channels
            .iter()
            .position(|channel| channel.is_open && channel.ends.contains(&(seat, number)));
        if let Some(channel) = found {
            let end = usize::from(self.channels[channel].ends[0] == (seat, number));
            self.carry(channel, end, Got::Frame(frame));
        }
    }

    pub fn ask(&mut self, seat: usize, request: Request) {
        self.input(seat, Input::Asked(request));
    }

    fn input(&mut self, seat: usize, input: Input<'_>) {
        let one = &mut self.seats[seat];
        let Some(member) = one.member.as_mut().filter(|_| !one.is_dead) else {
            return;
        };
        for output in member.take(input, self.now, 0) {
            let Output::Say(response) = output else {
                panic!("there is no relay: {output:?}");
            };
            self.say(seat, response);
        }
    }

    fn say(&mut self, seat: usize, response: Response) {
        match response {
            Response::ToPeer {
                peer,
                frame,
                urgency,
            } => {
                self.longest = self.longest.max(frame.len());
                if let Some(counts) = &mut self.counts {
                    *counts.entry(self.reader.kind(&frame)).or_default() += 1;
                }
                let may_fail = urgency == Urgency::Passing && self.leaves_out > 0;
                if !(may_fail && self.chance.once_in(self.leaves_out)) {
                    self.send(seat, peer, frame);
                }
            }
            Response::Meet { peer, contact } => self.meet(seat, peer, contact),
            Response::ClosePeer(number) => {
                self.seats[seat].closed.push(number);
                let found = self
                    .channels
                    .iter()
                    .position(|channel| channel.is_open && channel.ends.contains(&(seat, number)));
                if let Some(channel) = found {
                    self.cut(channel);
                }
            }
            other => {
                let page = &mut self.seats[seat].page;
                page.hear(other);
                self.all_told.extend(&page.told_sent);
            }
        }
    }

    /// What the page does that is to meet another.
    fn meet(&mut self, seat: usize, peer: u64, told: Option<Vec<u8>>) {
        let told = told.map(|bytes| Contact::from_bytes(&bytes).unwrap());
        let other = told.as_ref().map(seat_of);
        match (told.map(|told| told.role()), other) {
            (Some(Role::Answer), Some(other)) => {
                let number = self.offers.get(&(other, seat)).copied();
                let can =
                    self.meeting == Meeting::Works && !self.apart.contains(&pair(seat, other));
                match number.filter(|_| can && !self.seats[other].is_dead) {
                    Some(number) => {
                        self.connect([(seat, peer), (other, number)]);
                    }
                    None => {
                        let at = self.later(TRIES_FOR);
                        self.happens(at, Event::Missed { seat, peer });
                    }
                }
            }
            (role, other) => {
                if let Some(other) = other {
                    self.offers.insert((seat, other), peer);
                }
                let role = role.map_or(Role::Offer, |_| Role::Answer);
                let at = self.later(50);
                let contact = contact(role, seat);
                self.happens(
                    at,
                    Event::Meets {
                        seat,
                        peer,
                        contact,
                    },
                );
            }
        }
    }

    /// A page makes a gesture: a new variable.
    pub fn draw(&mut self, seat: usize) -> bool {
        let page = self.page(seat);
        let is_outdated = page.state.as_ref().is_some_and(|state| state.is_outdated);
        let Some(document) = page.document().filter(|_| !is_outdated) else {
            return false;
        };
        let number = self.variables + 1;
        let patch = drawn(document, number);
        self.variables = number;
        self.commit(seat, &patch);
        self.seats[seat].page.own.insert(number);
        true
    }

    pub fn commit(&mut self, seat: usize, patch: &Patch) {
        let gesture = self.seats[seat].page.make(patch, self.now);
        self.ask(seat, Request::Commit(gesture));
    }

    /// Lets so many milliseconds pass.
    pub fn pass(&mut self, time: u64) {
        let end = self.now + time;
        let mut at_once = 0;
        while let Some(next) = self.next().filter(|next| *next <= end) {
            at_once = if next > self.now { 0 } else { at_once + 1 };
            assert!(at_once < 10_000, "a member is never busy with nothing");
            self.now = self.now.max(next);
            self.happen();
        }
        self.now = end;
    }

    fn due(&self, seat: usize) -> Option<u64> {
        let seat = &self.seats[seat];
        let member = seat.member.as_ref().filter(|_| !seat.is_dead);
        member.and_then(Member::due)
    }

    fn next(&self) -> Option<u64> {
        let event = self.events.keys().next().map(|(at, _)| *at);
        let due = (0..self.seats.len()).filter_map(|seat| self.due(seat));
        due.chain(event).min()
    }

    fn happen(&mut self) {
        if let Some(entry) = self.events.first_entry()
            && entry.key().0 <= self.now
        {
            match entry.remove() {
                Event::Arrives { channel, end, what } => self.arrives(channel, end, &what),
                Event::Meets {
                    seat,
                    peer,
                    contact,
                } => self.ask(seat, Request::PeerMeets { peer, contact }),
                Event::Missed { seat, peer } => self.ask(seat, Request::PeerClosed(peer)),
            }
            return;
        }
        for seat in 0..self.seats.len() {
            if self.due(seat).is_some_and(|due| due <= self.now) {
                self.input(seat, Input::Tick);
            }
        }
    }

    /// Everybody alive is as in [`assert_same`](Self::assert_same), and nothing is unsent.
    pub fn assert_equal(&self) {
        self.assert_same();
        for seat in self.alive() {
            assert_eq!(self.unsent(seat), 0, "seat {seat}");
        }
    }

    /// Everybody alive is connected and has the same document to the byte, which has all variables
    /// that somebody was told to have sent, and nothing is missing.
    pub fn assert_same(&self) {
        let mut first: Option<String> = None;
        for seat in self.alive() {
            let page = self.page(seat);
            let document = json::write(page.document().expect("there is a document"));
            let first = first.get_or_insert_with(|| document.clone());
            let differ = first
                .lines()
                .zip(document.lines())
                .find(|(one, other)| one != other);
            assert_eq!(differ, None, "seat {seat}");
            assert_eq!(*first, document, "seat {seat}");
            let state = page.state.as_ref().unwrap();
            assert!(state.connection.is_open(), "{:?}", state.connection);
            assert_eq!(state.missing, 0, "seat {seat}");
            let has = |number: &u64| has_variable(page.document(), *number);
            let lost: Vec<&u64> = self.all_told.iter().filter(|number| !has(number)).collect();
            assert!(lost.is_empty(), "{lost:?} were told as sent");
        }
    }

    pub fn alive(&self) -> Vec<usize> {
        let is_alive = |seat: &usize| {
            let seat = &self.seats[*seat];
            !seat.is_dead && seat.member.is_some()
        };
        (0..self.seats.len()).filter(is_alive).collect()
    }

    pub fn page(&self, seat: usize) -> &Page {
        &self.seats[seat].page
    }

    pub fn unsent(&self, seat: usize) -> u32 {
        self.page(seat).state.as_ref().unwrap().unsent
    }

    /// To how many pages a seat was told to be connected.
    pub fn joined(&self, seat: usize) -> u32 {
        match self.page(seat).state.as_ref().unwrap().connection {
            Connection::Direct(joined) => joined,
            _ => 0,
        }
    }

    /// The last word that a page heard of another that tells this.
    pub fn hears(&self, seat: usize, words: &str) -> Option<Option<&str>> {
        let heard = &self.page(seat).heard;
        let (page, ..) = heard
            .iter()
            .find(|(.., told)| told.as_deref() == Some(words))?;
        let last = heard.iter().rev().find(|(of, ..)| of == page);
        last.map(|(.., told)| told.as_deref())
    }

    pub fn tell(&mut self, seat: usize, words: &str) {
        self.ask(seat, Request::Tell(words.to_owned()));
    }
}

pub fn has_variable(document: Option<&Document>, number: u64) -> bool {
    document.is_some_and(|document| document.variables().contains_key(&id(number)))
}

pub fn pair(one: usize, other: usize) -> (usize, usize) {
    (one.min(other), one.max(other))
}
