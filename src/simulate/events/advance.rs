//! How a run goes on: one event after the other, and what follows from each at once.

use super::run::{End, Run, Status, Until};
use super::state::{NONE, Next, Phase, Server, Token, What};
use super::tally::{CAUSES, Cause, DOINGS, Doing, Totals};

/// More events than this at one time never end.
const MOST_AT_ONCE: u32 = 10_000_000;

impl Run {
    /// Goes on for so many events, or to the end.
    pub fn advance(&mut self, events: u64) -> Status {
        for _ in 0..events {
            if let Some(end) = self.end {
                return Status::Ended(end);
            }
            self.step();
        }
        match self.end {
            Some(end) => Status::Ended(end),
            None => Status::Running,
        }
    }

    /// Goes on to the end.
    pub fn finish(&mut self) -> End {
        loop {
            if let Status::Ended(end) = self.advance(1 << 20) {
                return end;
            }
        }
    }

    /// One event.
    #[inline]
    fn step(&mut self) {
        if self.heap.len() == self.clock_events {
            // Nothing but outages can come, and nobody is down.
            if self.let_go_of_part_batches() {
                self.settle_all();
                return;
            }
            let is_empty = self.inside == 0 && self.outside == 0;
            self.end_with(if is_empty { End::Done } else { End::Stuck });
            return;
        }
        let time = self.heap.next_time().unwrap_or(f64::INFINITY);
        if time > self.next_point {
            self.pass_points(time);
        }
        if time > self.until.latest() {
            self.end_with(End::Time);
            return;
        }
        let Some(entry) = self.heap.pop() else {
            return;
        };
        self.at_once = if time > self.now { 0 } else { self.at_once + 1 };
        if self.at_once > MOST_AT_ONCE {
            self.end_with(End::Endless);
            return;
        }
        self.now = time;
        self.totals.events += 1;
        match entry.what {
            What::Arrival(source) => self.arrive(source),
            What::End { server, generation } => self.end_span(server, generation),
            What::DelayEnd(token) => self.end_delay(token),
            What::Fail(server) => self.fail_by_clock(server),
            What::WearOut { server, generation } => self.wear_out(server, generation),
            What::Repair(server) => self.repair(server),
        }
        if !(self.next.is_empty() && self.woken.is_empty() && self.again.is_empty()) {
            self.settle_all();
        }
        let is_reached = match self.until {
            Until::Time(_) => false,
            Until::Left { items, .. } => self.totals.left >= items,
            Until::StartLeft { .. } => self.start_inside == 0,
        };
        if is_reached {
            self.end_with(End::Left);
        }
    }

    /// Does all that follows at once.
    pub(super) fn settle_all(&mut self) {
        loop {
            // Who has waited longest before any gate is first.
            if let Some(turn) = self.next_turn() {
                self.take_turn(turn);
                continue;
            }
            let Some(next) = self.next.pop_front() else {
                return;
            };
            match next {
                Next::Admit(token) => self.go(token),
                Next::Make(store) => self.make_unit(store),
                Next::Pass(token) => {
                    self.give_ticket(token);
                    self.pass_on(token);
                }
            }
        }
    }

    fn end_with(&mut self, end: End) {
        let latest = self.until.latest();
        match end {
            // The line rests until the time is up.
            End::Time | End::Done | End::Stuck => {
                self.pass_points(f64::INFINITY);
                if latest.is_finite() {
                    self.now = latest;
                }
            }
            End::Left | End::Endless => {}
        }
        self.totals = self.totals_at(self.now);
        self.end = Some(end);
    }

    /// Notes the points of the course up to a time.
    #[cold]
    fn pass_points(&mut self, time: f64) {
        while self.next_point < time {
            let point = self.next_point;
            let inside = self.totals.inside + (point - self.line_since) * self.inside as f64;
            let before = std::mem::replace(&mut self.inside_before, inside);
            let period = self.history.next_is_period().then(|| self.totals_at(point));
            self.history
                .note_point(point, &self.totals, inside - before, period);
            self.next_point = self.history.next_point();
        }
    }

    /// The sums up to a time before which nothing more happens.
    pub(super) fn totals_at(&self, time: f64) -> Totals {
        let mut totals = self.totals.clone();
        totals.time = time;
        let span = time - self.line_since;
        totals.inside += span * self.inside as f64;
        totals.outside += span * self.outside as f64;
        for token in &self.tokens {
            if let Some(index) = place_of(token) {
                totals.items[index] += time - token.since;
            }
        }
        for server in &self.servers {
            add_server(&mut totals, server, time - server.since);
        }
        totals
    }

    /// Adds to the sums of the line what has passed since they changed.
    #[inline]
    pub(super) fn count_line(&mut self) {
        let span = self.now - self.line_since;
        self.totals.inside += span * self.inside as f64;
        self.totals.outside += span * self.outside as f64;
        self.line_since = self.now;
    }

    /// From now on a token waits for something else.
    #[inline]
    pub(super) fn set_cause(&mut self, token: u32, cause: Cause) {
        let state = &mut self.tokens[token as usize];
        if let Some(index) = place_of(state) {
            let span = self.now - state.since;
            self.totals.items[index] += span;
            if let Some(waits) = &mut self.waits {
                waits.add(token, state, span);
            }
        }
        state.cause = cause;
        state.since = self.now;
    }
}

/// Where the time of a token is summed, if it is.
#[inline]
fn place_of(token: &Token) -> Option<usize> {
    let cause = token.cause as usize;
    (token.station != NONE && cause < CAUSES).then(|| token.station as usize * CAUSES + cause)
}

/// Adds to the sums what a server has done for a span.
#[inline]
pub(super) fn add_server(totals: &mut Totals, server: &Server, span: f64) {
    let doing = match (server.phase, server.is_up) {
        (Phase::Idle, true) => {
            totals.idle[server.crew as usize] += span;
            return;
        }
        (Phase::Idle, false) => {
            totals.down[server.crew as usize] += span;
            return;
        }
        (_, false) => Doing::Down,
        (Phase::Work, true) => Doing::Work,
        (Phase::SetUp, true) => Doing::SetUp,
        (Phase::Blocked, true) => Doing::Blocked,
    };
    totals.servers[server.station as usize * DOINGS + doing as usize] += span;
}
