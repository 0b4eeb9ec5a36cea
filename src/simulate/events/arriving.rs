//! How items come: from sources, for supermarkets, and those that are there at the start.

use super::draws::item_number;
use super::heap::Rank;
use super::line::{Arrivals, Place, WhenFull};
use super::run::{Run, START};
use super::state::{Aim, Job, NONE, Next, Role, Token, What};
use super::tally::Cause;

impl Run {
    /// Plans when the next items of a source come.
    pub(super) fn plan_arrival(&mut self, source: u32) {
        let plan = &self.plan.line().sources[source as usize];
        let state = &mut self.sources[source as usize];
        let is_over = plan.most.is_some_and(|most| state.count >= most);
        let time = match &plan.arrivals {
            Arrivals::Every(law) => {
                Some(self.now + law.quantile(state.arrivals.unit(state.times, 0)))
            }
            Arrivals::At(times) => times.get(state.times as usize).copied(),
            Arrivals::Always => None,
        };
        match time {
            Some(time) if !is_over => {
                state.times += 1;
                self.heap.push(time, Rank::Arrival, What::Arrival(source));
            }
            _ => state.is_open = false,
        }
    }

    /// Items of a source come.
    pub(super) fn arrive(&mut self, source: u32) {
        // What comes next is planned first, so that among those that come at one time the order is
        // that of their planning.
        let plan = &self.plan.line().sources[source as usize];
        let (batch, when_full) = (plan.batch, plan.when_full);
        let most = plan.most.unwrap_or(u64::MAX);
        for _ in 0..batch {
            if self.sources[source as usize].count >= most {
                break;
            }
            let token = self.new_item(source, Role::Item);
            self.totals.arrived += 1;
            self.count_line();
            self.outside += 1;
            self.let_pass_before(token);
            if let Err(gate) = self.room(token) {
                match when_full {
                    WhenFull::Waits => self.wait_at(gate, token),
                    WhenFull::TurnedAway => {
                        self.totals.turned_away += 1;
                        self.totals.arrived -= 1;
                        self.outside -= 1;
                        self.drop_token(token);
                    }
                }
            } else {
                self.go(token);
            }
        }
        self.plan_arrival(source);
    }

    /// The next item of a source, outside.
    fn new_item(&mut self, source: u32, role: Role) -> u32 {
        let plan = &self.plan.line().sources[source as usize];
        let state = &mut self.sources[source as usize];
        let index = state.count;
        state.count += 1;
        let is_expedited = plan.expedited > 0.0 && state.expedite.unit(index, 0) < plan.expedited;
        let job = Job {
            code: item_number(plan.key, index),
            arrived: self.now,
            first: NONE,
            parts: 0,
            kind: plan.kind,
            class: if is_expedited { 0 } else { plan.class },
            role,
            is_of_start: false,
        };
        self.new_job(job, Aim::Entries(source))
    }

    /// The next item of a source that always has one comes before the first gate on its way, and goes
    /// in when it is its turn.
    pub(super) fn refill(&mut self, source: u32) {
        let plan = &self.plan.line().sources[source as usize];
        let most = plan.most.unwrap_or(u64::MAX);
        if self.sources[source as usize].count >= most {
            self.sources[source as usize].is_open = false;
            return;
        }
        let gate = plan.entries.iter().find_map(|entry| {
            let limits = self.plan.limits_of[*entry].first().copied();
            let own = self.stations[*entry].gate;
            limits.or((own != NONE).then_some(own))
        });
        let token = self.new_item(source, Role::Supply(source));
        match gate {
            Some(gate) => {
                self.wait_at(gate, token);
                self.wake(gate);
            }
            None => self.next.push_back(Next::Admit(token)),
        }
    }

    /// Begins to make a unit for a store.
    pub(super) fn make_unit(&mut self, store: u32) {
        let number = self.stations[store as usize].made;
        self.stations[store as usize].made += 1;
        let job = Job {
            code: item_number(self.plan.line().stations[store as usize].key, number),
            arrived: self.now,
            first: NONE,
            parts: 0,
            kind: 0,
            // The least urgent: orders come first.
            class: (self.plan.classes - 1) as u8,
            role: Role::Unit(store),
            is_of_start: false,
        };
        let token = self.new_job(job, Aim::Make(store));
        self.let_pass_before(token);
        match self.room(token) {
            Ok(()) => self.go(token),
            Err(gate) => self.wait_at(gate, token),
        }
    }

    /// Puts in what is in the line at the start: each where it waits.
    pub(super) fn put_in_what_waits(&mut self) {
        let mut number = 0;
        for place in 0..self.plan.line().start.len() {
            let waiting = &self.plan.line().start[place];
            let (station, kind, class) = (waiting.station as u32, waiting.kind, waiting.class);
            for index in 0..waiting.ages.len() {
                let age = self.plan.line().start[place].ages[index];
                let job = Job {
                    code: item_number(START, number),
                    arrived: -age,
                    first: NONE,
                    parts: 0,
                    kind,
                    class,
                    role: Role::Item,
                    is_of_start: true,
                };
                number += 1;
                let token = self.new_job(job, Aim::One(station));
                self.totals.arrived += 1;
                self.outside += 1;
                self.ages += age;
                self.start_inside += 1;
                // It is there, whatever the limits say.
                self.go(token);
            }
        }
    }

    /// A new item outside, with its one part.
    fn new_job(&mut self, job: Job, aim: Aim) -> u32 {
        let slots = self.plan.visit_slots;
        let index = match self.free_jobs.pop() {
            Some(index) => {
                self.jobs[index as usize] = job;
                if slots > 0 {
                    let from = index as usize * slots;
                    self.visits[from..from + slots].fill(0);
                }
                index
            }
            None => {
                self.jobs.push(job);
                self.visits.resize(self.jobs.len() * slots, 0);
                self.jobs.len() as u32 - 1
            }
        };
        self.new_token(index, aim)
    }

    /// A new part of an item, outside.
    pub(super) fn new_token(&mut self, job: u32, aim: Aim) -> u32 {
        let owner = &mut self.jobs[job as usize];
        self.ticket += 1;
        let token = Token {
            job,
            station: NONE,
            cause: Cause::Admission,
            has_room: false,
            aim,
            next: NONE,
            sibling: owner.first,
            server: NONE,
            visit: 0,
            since: self.now,
            left: -1.0,
            gate: NONE,
            ticket: self.ticket,
        };
        owner.parts += 1;
        let index = match self.free_tokens.pop() {
            Some(index) => {
                self.tokens[index as usize] = token;
                index
            }
            None => {
                self.tokens.push(token);
                self.tokens.len() as u32 - 1
            }
        };
        self.jobs[job as usize].first = index;
        self.begin_wait(index);
        index
    }

    /// Takes a part out of its item, and the item out of the run if it was the last. Whether it was.
    pub(super) fn drop_token(&mut self, token: u32) -> bool {
        let job = self.tokens[token as usize].job;
        let sibling = self.tokens[token as usize].sibling;
        let owner = &mut self.jobs[job as usize];
        owner.parts -= 1;
        if owner.first == token {
            owner.first = sibling;
        } else {
            let mut before = owner.first;
            while self.tokens[before as usize].sibling != token {
                before = self.tokens[before as usize].sibling;
            }
            self.tokens[before as usize].sibling = sibling;
        }
        self.tokens[token as usize].cause = Cause::Gone;
        self.free_tokens.push(token);
        let is_last = self.jobs[job as usize].parts == 0;
        if is_last {
            self.free_jobs.push(job);
        }
        is_last
    }

    /// A token comes to a store: it takes a unit, or waits for one.
    pub(super) fn come_to_store(&mut self, token: u32, station: u32) {
        let state = &mut self.stations[station as usize];
        if state.on_hand > 0 && state.queued == 0 {
            state.on_hand -= 1;
            self.set_cause(token, Cause::Delay);
            self.next.push_back(Next::Make(station));
            self.next.push_back(Next::Pass(token));
        } else {
            self.set_cause(token, Cause::Stock);
            self.queue_up(token, station);
        }
    }

    /// A unit has been made for a store.
    pub(super) fn stock_unit(&mut self, store: u32) {
        debug_assert!(matches!(
            self.plan.line().stations[store as usize].place,
            Place::Store(_)
        ));
        match self.pop_queue(store) {
            Some(token) => {
                self.set_cause(token, Cause::Delay);
                self.wake_queue(store);
                self.next.push_back(Next::Make(store));
                self.next.push_back(Next::Pass(token));
            }
            None => self.stations[store as usize].on_hand += 1,
        }
    }
}
