//! What a run keeps of items, queues, servers and gates: plain records in arrays, joined by indices.

use std::collections::VecDeque;

use super::draws::Stream;
use super::tally::Cause;

/// No index.
pub(super) const NONE: u32 = u32::MAX;

/// An item, with all its parts.
#[derive(Clone, Debug)]
pub(super) struct Job {
    /// What its random numbers hang on.
    pub(super) code: u64,
    /// When it came.
    pub(super) arrived: f64,
    /// The first of its parts; the others follow by [`Token::sibling`].
    pub(super) first: u32,
    pub(super) parts: u32,
    pub(super) kind: u16,
    pub(super) class: u8,
    pub(super) role: Role,
    /// Whether it was there at the start.
    pub(super) is_of_start: bool,
}

/// What an item is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Somebody waits for it.
    Item,
    /// It was let in because there was room.
    Supply(u32),
    /// It is a unit that is made for the store at this station.
    Unit(u32),
}

/// An item, or a part of one, at a place.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) job: u32,
    /// Where it is; none while it waits outside.
    pub(super) station: u32,
    /// What it waits for, or what is done with it.
    pub(super) cause: Cause,
    /// Whether room before the station was found when it was sent there.
    pub(super) has_room: bool,
    /// Where it wants to go next.
    pub(super) aim: Aim,
    /// The next in a list that it is in.
    pub(super) next: u32,
    /// The next part of its item.
    pub(super) sibling: u32,
    /// The server that it is on, if it is on one.
    pub(super) server: u32,
    /// How often its item has been here before.
    pub(super) visit: u32,
    /// Since when the cause holds.
    pub(super) since: f64,
    /// Work that is left of it after an interruption by another item; below 0 for none.
    pub(super) left: f64,
    /// The gate before which it waits for room, if it does.
    pub(super) gate: u32,
    /// Its place among those that wait.
    pub(super) ticket: u64,
}

/// Where a token wants to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Aim {
    /// Nowhere yet.
    Nowhere,
    /// Out of the line.
    Leave,
    /// To a station.
    One(u32),
    /// To all that this station leads to.
    AllOf(u32),
    /// To the entries of this source.
    Entries(u32),
    /// To where units of this store begin.
    Make(u32),
}

/// A list of tokens, joined by [`Token::next`].
#[derive(Clone, Copy, Debug)]
pub(super) struct Chain {
    pub(super) head: u32,
    pub(super) tail: u32,
    pub(super) count: u32,
}

impl Chain {
    pub(super) const EMPTY: Self = Self {
        head: NONE,
        tail: NONE,
        count: 0,
    };

    #[inline]
    pub(super) fn push_back(&mut self, tokens: &mut [Token], token: u32) {
        tokens[token as usize].next = NONE;
        if self.tail == NONE {
            self.head = token;
        } else {
            tokens[self.tail as usize].next = token;
        }
        self.tail = token;
        self.count += 1;
    }

    #[inline]
    pub(super) fn push_front(&mut self, tokens: &mut [Token], token: u32) {
        tokens[token as usize].next = self.head;
        if self.head == NONE {
            self.tail = token;
        }
        self.head = token;
        self.count += 1;
    }

    #[inline]
    pub(super) fn pop_front(&mut self, tokens: &[Token]) -> Option<u32> {
        let first = self.head;
        if first == NONE {
            return None;
        }
        self.head = tokens[first as usize].next;
        if self.head == NONE {
            self.tail = NONE;
        }
        self.count -= 1;
        Some(first)
    }
}

/// What a station holds, beside its queues.
#[derive(Clone, Debug)]
pub(super) struct StationState {
    /// Tokens in its queues.
    pub(super) queued: u32,
    /// Tokens at a delay.
    pub(super) held: u32,
    /// Those that wait until enough have come.
    pub(super) gathering: Chain,
    /// Those that are done and wait to go on together.
    pub(super) transferring: Chain,
    /// Units of a store.
    pub(super) on_hand: u32,
    /// Units that were begun for a store so far.
    pub(super) made: u64,
    /// The gate before it, if it has a limit; else none.
    pub(super) gate: u32,
    pub(super) work: Stream,
    pub(super) set_up: Stream,
    pub(super) back: Stream,
    pub(super) onward: Stream,
}

/// People or machines that are free.
#[derive(Clone, Debug)]
pub(super) struct CrewState {
    /// Its first server; the others follow.
    pub(super) first: u32,
    pub(super) idle: u32,
    /// A bit for each that is free and up.
    pub(super) free: Vec<u64>,
    pub(super) up: Stream,
    pub(super) down: Stream,
}

/// What a server does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    Idle,
    SetUp,
    Work,
    /// What it has done cannot go on.
    Blocked,
}

/// A person or machine.
#[derive(Clone, Debug)]
pub(super) struct Server {
    pub(super) crew: u32,
    pub(super) phase: Phase,
    pub(super) is_up: bool,
    /// The step that it works at now.
    pub(super) station: u32,
    /// What it works on.
    pub(super) load: Chain,
    /// How much of its load is still on it.
    pub(super) held: u32,
    /// Events of an earlier number do not count.
    pub(super) generation: u32,
    /// Since when its phase holds.
    pub(super) since: f64,
    /// When the set-up or work began, or went on after an outage.
    pub(super) began: f64,
    /// When the set-up or work ends, if nothing comes between.
    pub(super) ends: f64,
    /// What was left of it when an outage began.
    pub(super) left: f64,
    /// The step and kind it is set up for, and how many items until the next set-up.
    pub(super) set_for: u32,
    pub(super) set_kind: u16,
    pub(super) until_set_up: u32,
    /// Work until the next outage, where use brings it.
    pub(super) use_left: f64,
    /// When use brings the next outage, if it does during what is under way.
    pub(super) wears_at: f64,
    /// How many outages it has had.
    pub(super) outages: u32,
}

/// A limit, and who waits for room under it.
#[derive(Clone, Debug)]
pub(super) struct Gate {
    pub(super) most: u32,
    /// Items under a limit of stations; a limit of a queue is counted at its station.
    pub(super) inside: u32,
    pub(super) kind: GateKind,
    /// In the order of class and ticket.
    pub(super) waiting: VecDeque<u32>,
    /// Whether it will be looked at.
    pub(super) is_pending: bool,
}

/// What a gate guards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum GateKind {
    /// Some stations together.
    Group,
    /// The queue of a station.
    Queue(u32),
}

/// What a source has brought.
#[derive(Clone, Debug)]
pub(super) struct SourceState {
    /// Items so far.
    pub(super) count: u64,
    /// Times of arrival so far.
    pub(super) times: u64,
    pub(super) arrivals: Stream,
    pub(super) expedite: Stream,
    /// Whether more come.
    pub(super) is_open: bool,
}

/// What will happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// Items of a source come.
    Arrival(u32),
    /// A server ends set-up or work, if nothing has come between.
    End { server: u32, generation: u32 },
    /// A token has been at a delay long enough.
    DelayEnd(u32),
    /// A server goes down by the clock.
    Fail(u32),
    /// A server goes down by use, if nothing has come between.
    WearOut { server: u32, generation: u32 },
    /// A server is up again.
    Repair(u32),
}

/// What follows at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// A token outside, before which there is no gate, comes in.
    Admit(u32),
    /// A unit of a store is to be made.
    Make(u32),
    /// A token goes on from where it is.
    Pass(u32),
}
