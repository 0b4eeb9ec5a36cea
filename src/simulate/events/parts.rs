//! Items in several parts: where they meet, and what becomes of one that goes back alone.
//!
//! The reading is that of the figures of a map: a station works on an item when all its parts that
//! can come there have come; a part that leaves by another way is not waited for; a part that goes
//! back to before the place where the item was divided waits until what is beside it is finished, and
//! then all of it is done again.

use super::run::Run;
use super::state::{Aim, NONE};
use super::tally::Cause;

impl Run {
    /// Whether a token that comes to a station will wait there for other parts of its item, which
    /// can still come.
    pub(super) fn meets_others(&self, token: u32, station: u32) -> bool {
        if !self.plan.divides {
            return false;
        }
        let job = &self.jobs[self.tokens[token as usize].job as usize];
        job.parts > 1 && self.others_can_come(token, station)
    }

    /// Whether another part can still come to a station. Those that wait there for others have.
    fn others_can_come(&self, token: u32, station: u32) -> bool {
        let mut part = self.jobs[self.tokens[token as usize].job as usize].first;
        while part != NONE {
            let state = &self.tokens[part as usize];
            let here = state.station;
            let waits_there = here == station && state.cause == Cause::Parts;
            let can_come = here != NONE
                && (here == station || self.plan.reach.leads(here as usize, station as usize));
            if part != token && can_come && !waits_there {
                return true;
            }
            part = state.sibling;
        }
        false
    }

    /// Lets the parts of an item that wait for each other go in, where all have come.
    pub(super) fn meet(&mut self, job: u32) {
        self.free_parts(job);
        loop {
            while self.meet_once(job) {}
            if !self.release_returns(job) {
                return;
            }
        }
    }

    /// The parts at one station, if all that can come there have: whether there was one.
    fn meet_once(&mut self, job: u32) -> bool {
        let mut part = self.jobs[job as usize].first;
        while part != NONE {
            let state = &self.tokens[part as usize];
            let (station, next) = (state.station, state.sibling);
            let waits = state.cause == Cause::Parts && state.aim == Aim::Nowhere;
            if waits && !self.others_can_come(part, station) {
                self.join(job, part, station);
                return true;
            }
            part = next;
        }
        false
    }

    /// All parts at a station become one, which goes in when there is room.
    fn join(&mut self, job: u32, token: u32, station: u32) {
        let mut others = Vec::new();
        let mut part = self.jobs[job as usize].first;
        while part != NONE {
            let state = &self.tokens[part as usize];
            let waits = state.cause == Cause::Parts && state.aim == Aim::Nowhere;
            if part != token && state.station == station && waits {
                others.push(part);
            }
            part = state.sibling;
        }
        // Room was found for the one that has come last.
        let is_last = |part: u32| {
            let state = &self.tokens[part as usize];
            state.has_room && state.since >= self.now
        };
        let has_room = is_last(token) || others.iter().any(|other| is_last(*other));
        for other in others {
            self.set_cause(other, Cause::Gone);
            self.drop_token(other);
        }
        let state = &mut self.tokens[token as usize];
        state.has_room = false;
        if has_room {
            self.come_in(token, station);
            return;
        }
        state.aim = Aim::One(station);
        self.pass_again(token);
    }

    /// Whether a part that goes to a station comes to before the place where its item was divided,
    /// while other parts are beside it.
    pub(super) fn comes_back_later(&self, token: u32, to: u32) -> bool {
        let state = &self.tokens[token as usize];
        let job = &self.jobs[state.job as usize];
        if job.parts < 2 {
            return false;
        }
        let leads = |from: u32, to: u32| self.plan.reach.leads(from as usize, to as usize);
        let mut part = job.first;
        while part != NONE {
            let other = &self.tokens[part as usize];
            let here = other.station;
            let is_after = here == to || leads(to, here);
            if part != token && is_after && !leads(state.station, here) && here != state.station {
                return true;
            }
            part = other.sibling;
        }
        false
    }

    /// A part waits to go back until those beside it are finished.
    pub(super) fn return_later(&mut self, token: u32) {
        self.set_cause(token, Cause::Parts);
        self.lay_aside(token);
        let job = self.tokens[token as usize].job;
        self.meet(job);
    }

    /// Whether a token waits to go back.
    fn is_returning(&self, token: u32) -> bool {
        let state = &self.tokens[token as usize];
        state.cause == Cause::Parts && matches!(state.aim, Aim::One(to) if to != state.station)
    }

    /// Lets parts go back if all others wait for them: whether there were any.
    fn release_returns(&mut self, job: u32) -> bool {
        let mut returning = Vec::new();
        let mut part = self.jobs[job as usize].first;
        while part != NONE {
            let state = &self.tokens[part as usize];
            if self.is_returning(part) {
                returning.push(part);
            } else if !(state.cause == Cause::Parts && state.aim == Aim::Nowhere) {
                return false;
            }
            part = state.sibling;
        }
        if returning.is_empty() {
            return false;
        }
        let head = |run: &Self, token: u32| match run.tokens[token as usize].aim {
            Aim::One(to) => to as usize,
            _ => usize::MAX,
        };
        // Those that go back furthest go first, so that others wait for what comes after them.
        returning.sort_by(|one, other| {
            let (one, other) = (head(self, *one), head(self, *other));
            let leads = |from: usize, to: usize| self.plan.reach.leads(from, to);
            leads(other, one)
                .cmp(&leads(one, other))
                .then(one.cmp(&other))
        });
        // Those that go back to one place are one from now on.
        let mut kept: Vec<u32> = Vec::new();
        for token in returning {
            let to = head(self, token);
            if kept.iter().any(|other| head(self, *other) == to) {
                self.set_cause(token, Cause::Gone);
                let before = self.limits_of_job(job);
                self.drop_token(token);
                let after = self.limits_of_job(job);
                self.change_limits(&before, &after);
            } else {
                self.set_cause(token, Cause::Blocked);
                kept.push(token);
            }
        }
        for token in kept {
            self.pass_again(token);
        }
        true
    }

    /// A part that was held back goes where it wants to go, or waits until it can.
    fn pass_again(&mut self, token: u32) {
        self.give_ticket(token);
        self.go_in_turn(token);
    }
}
