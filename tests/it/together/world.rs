//! Pages with members of one room, a relay, and a network between them, in virtual time. Everything
//! follows from a seed.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use loopstream::format::json;
use loopstream::model::{Document, Id, Patch};
use loopstream::store::{Covered, DocumentCodec, Entry, Order, Timeline};
use loopstream::sync::{Invitation, RelayKind, Rights, Secret, Way};
use loopstream::together::{
    Base, Connection, Contents, Enter, Entropy, Gesture, Input, Kept, Keys, Member, Output,
    Request, Response, RoomState,
};
use loopstream::worker::NativeFormat;

use super::relay::{Does, Relay};
use crate::faults::chance::Chance;
use crate::sync::{drawn, small};

/// What is on its way.
pub enum Wire {
    Opened,
    Frame(Vec<u8>),
    Closed(u16, String),
}

/// What a page does with what its program says: it keeps the document.
pub struct Page {
    pub tab: Id,
    number: u64,
    pub base: Option<Base>,
    pub gestures: BTreeMap<(u64, u64), Gesture>,
    timeline: Option<Timeline>,
    lamport: u64,
    pub state: Option<RoomState>,
    pub states: Vec<RoomState>,
    pub news: Vec<String>,
    pub aside: Vec<String>,
    pub heard: Vec<(u64, u64, Option<String>)>,
    pub failed: Option<String>,
    /// What was heard of the vote.
    pub polls: Vec<String>,
    pub view_link: Option<String>,
    /// Which of its own variables it was told to have sent.
    pub told_sent: BTreeSet<u64>,
    pub(super) own: BTreeSet<u64>,
}

pub struct Seat {
    pub page: Page,
    pub member: Member,
    pub is_dead: bool,
    socket: Option<(u64, usize)>,
    /// What the relay sends, with the time when it arrives.
    incoming: VecDeque<(u64, u64, Wire)>,
    outgoing: VecDeque<(u64, usize, Vec<u8>)>,
    pub buffered: usize,
    pub connects: Vec<u64>,
    pub sent: Vec<Vec<u8>>,
}

pub struct World {
    pub chance: Chance,
    pub relay: Relay,
    pub is_relay_up: bool,
    pub seats: Vec<Seat>,
    pub now: u64,
    pub link: String,
    connections: usize,
    variables: u64,
    /// The longest way of a frame, in milliseconds.
    pub latency: usize,
    /// Frames of updates are doubled and change places.
    pub is_wild: bool,
    /// Days pass.
    pub has_days: bool,
    pub all_told: BTreeSet<u64>,
}

fn gesture_entry(gesture: &Gesture) -> Entry {
    Entry {
        order: Order {
            lamport: gesture.lamport,
            tab: Id::from_bits(gesture.tab),
            number: gesture.number,
        },
        at: gesture.at,
        patch: NativeFormat.read_patch(&gesture.patch).unwrap(),
    }
}

fn covered(pairs: &[(u64, u64)]) -> Covered {
    pairs
        .iter()
        .map(|(tab, number)| (Id::from_bits(*tab), *number))
        .collect()
}

impl Page {
    pub(super) fn new(tab: Id) -> Self {
        Self {
            tab,
            number: 0,
            base: None,
            gestures: BTreeMap::new(),
            timeline: None,
            lamport: 0,
            state: None,
            states: Vec::new(),
            news: Vec::new(),
            aside: Vec::new(),
            heard: Vec::new(),
            failed: None,
            polls: Vec::new(),
            view_link: None,
            told_sent: BTreeSet::new(),
            own: BTreeSet::new(),
        }
    }

    pub(super) fn hear(&mut self, response: Response) {
        match response {
            Response::Based(base) => {
                let document = json::read(&base.document).unwrap().document;
                let settled = covered(&base.settled);
                self.lamport = self.lamport.max(base.lamport);
                self.gestures.retain(|(tab, number), _| {
                    settled
                        .get(&Id::from_bits(*tab))
                        .is_none_or(|last| number > last)
                });
                self.timeline = Some(Timeline::new(document, settled, base.lamport));
                let own = self
                    .gestures
                    .values()
                    .map(gesture_entry)
                    .collect::<Vec<_>>();
                self.timeline.as_mut().unwrap().insert(own);
                self.base = Some(*base);
            }
            Response::Play(gestures) => {
                let timeline = self.timeline.as_mut().unwrap();
                for gesture in gestures {
                    self.lamport = self.lamport.max(gesture.lamport);
                    timeline.insert([gesture_entry(&gesture)]);
                    self.gestures.insert((gesture.tab, gesture.number), gesture);
                }
            }
            Response::State(state) => {
                assert_ne!(
                    self.state.as_ref(),
                    Some(&state),
                    "states are told when they change"
                );
                if state.unsent == 0 && state.connection.is_open() {
                    self.told_sent = self.own.clone();
                }
                self.states.push(state.clone());
                self.state = Some(state);
            }
            Response::News(news) => self.news.push(news),
            Response::SetAside(document) => self.aside.push(document),
            Response::Heard { page, number, told } => self.heard.push((page, number, told)),
            Response::Failed(why) => self.failed = Some(why),
            Response::HeardPoll(text) => self.polls.push(text),
            Response::Entered { view_link } => self.view_link = view_link,
            Response::Ready => {}
            Response::ToPeer { .. } | Response::Meet { .. } | Response::ClosePeer(_) => {
                unreachable!("it is for the world, and not in a room with a relay")
            }
        }
    }

    /// Begins with what is here of the room.
    pub(super) fn take_up(&mut self, contents: &Contents) {
        if let Contents::Kept(kept) = contents {
            let gestures = kept.gestures.iter();
            let keys = gestures.map(|one| ((one.tab, one.number), one.clone()));
            self.gestures = keys.collect();
        }
    }

    pub fn document(&self) -> Option<&Document> {
        self.timeline.as_ref().map(Timeline::document)
    }

    /// What it has kept.
    pub fn kept(&self) -> Option<Kept> {
        Some(Kept {
            base: self.base.clone()?,
            gestures: self.gestures.values().cloned().collect(),
        })
    }

    pub(super) fn make(&mut self, patch: &Patch, now: u64) -> Gesture {
        self.number += 1;
        self.lamport += 1;
        let gesture = Gesture {
            lamport: self.lamport,
            tab: self.tab.bits(),
            number: self.number,
            at: now,
            patch: NativeFormat.write_patch(patch),
        };
        let timeline = self.timeline.as_mut().unwrap();
        timeline.insert([gesture_entry(&gesture)]);
        self.gestures
            .insert((gesture.tab, gesture.number), gesture.clone());
        gesture
    }
}

pub fn entropy(seed: u64) -> Entropy {
    let mut chance = Chance(seed);
    Entropy::new(move |bytes| bytes.fill_with(|| chance.next() as u8))
}

pub fn invitation(kind: RelayKind) -> Invitation {
    use loopstream::sync::{Relay, RelayAddress};
    Invitation {
        way: Way::Relay(Relay {
            kind,
            address: RelayAddress::read("wss://relay.example.org/?token=open").unwrap(),
        }),
        rights: Rights::Edit,
        secret: Secret([7; 16]),
    }
}

impl World {
    pub fn new(seed: u64, kind: RelayKind) -> Self {
        let invitation = invitation(kind);
        let keys = Keys::new(invitation.secret, invitation.rights).unwrap();
        Self {
            chance: Chance(seed),
            relay: Relay::new(kind, keys.room()),
            is_relay_up: true,
            seats: Vec::new(),
            now: 1_000_000,
            link: invitation.fragment(),
            connections: 0,
            variables: 0,
            latency: 20,
            is_wild: false,
            has_days: false,
            all_told: BTreeSet::new(),
        }
    }

    /// Somebody comes in.
    pub fn enter(&mut self, link: &str, contents: Contents) -> usize {
        let tab = Id::from_bits(self.chance.next());
        let mut page = Page::new(tab);
        page.take_up(&contents);
        let seed = self.chance.next();
        self.seats.push(Seat {
            page,
            member: Member::new(entropy(seed)),
            is_dead: false,
            socket: None,
            incoming: VecDeque::new(),
            outgoing: VecDeque::new(),
            buffered: 0,
            connects: Vec::new(),
            sent: Vec::new(),
        });
        let seat = self.seats.len() - 1;
        let enter = Enter {
            link: link.to_owned(),
            tab: tab.bits(),
            contents,
        };
        self.ask(seat, Request::Enter(Box::new(enter)));
        seat
    }

    pub fn begin(&mut self) -> usize {
        let link = self.link.clone();
        self.enter(&link, Contents::Begin(json::write(&small())))
    }

    pub fn join(&mut self) -> usize {
        let link = self.link.clone();
        self.enter(&link, Contents::Nothing)
    }

    /// The page of a seat is loaded anew.
    pub fn reload(&mut self, seat: usize) -> usize {
        let kept = self.seats[seat].page.kept();
        self.kill(seat);
        let link = self.link.clone();
        self.enter(
            &link,
            kept.map_or(Contents::Nothing, |kept| Contents::Kept(Box::new(kept))),
        )
    }

    pub fn kill(&mut self, seat: usize) {
        self.seats[seat].is_dead = true;
        self.hang_up(seat);
    }

    pub fn ask(&mut self, seat: usize, request: Request) {
        self.input(seat, Input::Asked(request));
    }

    pub fn input(&mut self, seat: usize, input: Input<'_>) {
        let one = &mut self.seats[seat];
        if one.is_dead {
            return;
        }
        let outputs = one.member.take(input, self.now, one.buffered);
        for output in outputs {
            match output {
                Output::Say(response) => {
                    let page = &mut self.seats[seat].page;
                    page.hear(response);
                    self.all_told.extend(&page.told_sent);
                }
                Output::Connect { socket, .. } => self.connect(seat, socket),
                Output::Send(frame) => {
                    let later = self.now + 1 + self.chance.below(self.latency) as u64;
                    let one = &mut self.seats[seat];
                    let (_, connection) = one.socket.expect("a frame goes by a socket");
                    one.sent.push(frame.clone());
                    let at = one.outgoing.back().map_or(later, |(at, ..)| later.max(*at));
                    one.outgoing.push_back((at, connection, frame));
                }
                Output::Disconnect => self.hang_up(seat),
            }
        }
    }

    fn connect(&mut self, seat: usize, socket: u64) {
        self.hang_up(seat);
        self.seats[seat].connects.push(self.now);
        self.connections += 1;
        let connection = self.connections;
        self.seats[seat].socket = Some((socket, connection));
        if self.is_relay_up {
            self.arrive(seat, Wire::Opened);
            let does = self.relay.connect(connection);
            self.carry(does);
        } else {
            self.arrive(seat, Wire::Closed(1006, String::new()));
        }
    }

    /// The page closes its socket.
    fn hang_up(&mut self, seat: usize) {
        let one = &mut self.seats[seat];
        one.incoming.clear();
        if let Some((_, connection)) = one.socket.take() {
            // What was sent before arrives.
            let out: Vec<_> = one.outgoing.drain(..).collect();
            for (_, of, frame) in out {
                if of == connection {
                    let does = self.relay.hear(connection, &frame);
                    self.carry(does);
                }
            }
            let does = self.relay.disconnect(connection);
            self.carry(does);
        }
    }

    /// The line of a seat breaks; both sides hear of it.
    pub fn cut(&mut self, seat: usize) {
        let one = &mut self.seats[seat];
        one.outgoing.clear();
        one.incoming.clear();
        if let Some((_, connection)) = one.socket {
            let does = self.relay.disconnect(connection);
            self.carry(does);
            self.arrive(seat, Wire::Closed(1006, String::new()));
        }
    }

    fn arrive(&mut self, seat: usize, what: Wire) {
        let later = self.now + 1 + self.chance.below(self.latency) as u64;
        let one = &mut self.seats[seat];
        let Some((socket, _)) = one.socket else {
            return;
        };
        let at = one.incoming.back().map_or(later, |(at, ..)| later.max(*at));
        one.incoming.push_back((at, socket, what));
    }

    pub fn carry(&mut self, does: Vec<Does>) {
        for one in does {
            let to = match &one {
                Does::Send(to, _) | Does::Close(to, ..) => *to,
            };
            let seat = self
                .seats
                .iter()
                .position(|seat| seat.socket.is_some_and(|(_, of)| of == to));
            let Some(seat) = seat else {
                continue;
            };
            match one {
                Does::Send(_, frame) => {
                    let at = if self.relay.kind == RelayKind::Hocuspocus {
                        self.relay.room.len() + 1
                    } else {
                        0
                    };
                    let is_update = frame.get(at..at + 2) == Some(&[0, 2]);
                    if self.is_wild && is_update && self.chance.below(4) == 0 {
                        self.arrive(seat, Wire::Frame(frame.clone()));
                        let last = self.seats[seat].incoming.len() - 1;
                        // Only updates change places, and none comes before the answer.
                        if last > 0 && self.is_update_at(seat, last - 1, at) {
                            self.seats[seat].incoming.swap(last, last - 1);
                        }
                    }
                    self.arrive(seat, Wire::Frame(frame));
                }
                Does::Close(_, code, why) => {
                    self.seats[seat].outgoing.clear();
                    self.arrive(seat, Wire::Closed(code, why));
                }
            }
        }
    }

    fn is_update_at(&self, seat: usize, place: usize, at: usize) -> bool {
        matches!(&self.seats[seat].incoming[place].2,
            Wire::Frame(frame) if frame.get(at..at + 2) == Some(&[0, 2]))
    }

    /// A page makes a gesture: a new variable.
    pub fn draw(&mut self, seat: usize) -> bool {
        let page = &mut self.seats[seat].page;
        let is_outdated = page.state.as_ref().is_some_and(|state| state.is_outdated);
        let Some(document) = page.document().filter(|_| !is_outdated) else {
            return false;
        };
        self.variables += 1;
        let patch = drawn(document, self.variables);
        self.commit(seat, &patch);
        let page = &mut self.seats[seat].page;
        page.own.insert(self.variables);
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
            assert!(at_once < 100_000, "a member is never busy with nothing");
            self.now = self.now.max(next);
            self.happen();
        }
        self.now = end;
    }

    fn next(&self) -> Option<u64> {
        let alive = self.seats.iter().filter(|seat| !seat.is_dead);
        alive
            .flat_map(|seat| {
                let incoming = seat.incoming.front().map(|(at, ..)| *at);
                let outgoing = seat.outgoing.front().map(|(at, ..)| *at);
                [seat.member.due(), incoming, outgoing]
            })
            .flatten()
            .min()
    }

    fn happen(&mut self) {
        for seat in 0..self.seats.len() {
            let one = &mut self.seats[seat];
            if one.is_dead {
                continue;
            }
            if one.outgoing.front().is_some_and(|(at, ..)| *at <= self.now) {
                let (_, connection, frame) = one.outgoing.pop_front().unwrap();
                let does = self.relay.hear(connection, &frame);
                self.carry(does);
            }
            let one = &mut self.seats[seat];
            if one.incoming.front().is_some_and(|(at, ..)| *at <= self.now) {
                let (_, socket, what) = one.incoming.pop_front().unwrap();
                match &what {
                    Wire::Opened => self.input(seat, Input::Opened { socket }),
                    Wire::Frame(frame) => self.input(seat, Input::Heard { socket, frame }),
                    Wire::Closed(code, reason) => {
                        self.seats[seat].socket = None;
                        self.seats[seat].outgoing.clear();
                        self.input(
                            seat,
                            Input::Closed {
                                socket,
                                code: *code,
                                reason,
                            },
                        );
                    }
                }
            }
            if self.seats[seat]
                .member
                .due()
                .is_some_and(|due| due <= self.now)
            {
                self.input(seat, Input::Tick);
            }
        }
    }

    /// Everybody alive has the same document, which has all variables that somebody was told to have
    /// sent, and nothing is unsent.
    pub fn assert_equal(&self) {
        let alive: Vec<&Seat> = self.seats.iter().filter(|seat| !seat.is_dead).collect();
        let first = alive[0].page.document().expect("there is a document");
        for seat in &alive {
            assert_eq!(seat.page.document(), Some(first));
            let state = seat.page.state.as_ref().unwrap();
            assert_eq!(state.connection, Connection::Open);
            assert_eq!((state.unsent, state.missing), (0, 0));
        }
        for number in &self.all_told {
            let id = crate::sync::id(*number);
            assert!(
                first.variables().contains_key(&id),
                "{number} was told as sent"
            );
        }
    }

    pub fn page(&self, seat: usize) -> &Page {
        &self.seats[seat].page
    }

    pub fn unsent(&self, seat: usize) -> u32 {
        self.page(seat).state.as_ref().unwrap().unsent
    }
}
