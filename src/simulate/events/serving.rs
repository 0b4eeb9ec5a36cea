//! Who works on what.

use super::advance::add_server;
use super::heap::Rank;
use super::line::{Expedite, OutageBy, SetUpWhen};
use super::run::Run;
use super::state::{Chain, NONE, Phase, What};
use super::tally::Cause;

impl Run {
    /// Whoever is free begins with a token that has queued up; if nobody is, it may interrupt. Where
    /// somebody is free, nothing else of the crew could begin before, so nothing else is looked at.
    pub(super) fn offer(&mut self, token: u32, station: u32) {
        let Some(crew) = self.plan.crew_of[station as usize] else {
            return;
        };
        if self.crews[crew].idle > 0 {
            debug_assert!({
                let mut others = self.plan.crews[crew].steps.iter();
                others.all(|step| *step == station || !self.can_begin(*step))
            });
            while self.crews[crew].idle > 0 && self.can_begin(station) {
                self.begin_work(crew, station);
            }
        } else if self.plan.line().expedite == Expedite::Interrupts {
            self.interrupt_for(token, crew);
        }
    }

    /// Begins work with all who are free and have something to do.
    pub(super) fn dispatch(&mut self, crew: usize) {
        while self.crews[crew].idle > 0 {
            let Some(station) = self.most_urgent(crew) else {
                return;
            };
            self.begin_work(crew, station);
        }
    }

    /// The step of a crew that is to be worked at next: by class, then by priority, then by who has
    /// waited longest.
    fn most_urgent(&self, crew: usize) -> Option<u32> {
        let steps = &self.plan.crews[crew].steps;
        if let [only] = steps[..] {
            return self.can_begin(only).then_some(only);
        }
        let ready = steps.iter().filter(|step| self.can_begin(**step));
        ready.copied().min_by_key(|step| {
            let priority = self.plan.step(*step).map_or(0, |step| step.priority);
            let (class, ticket) = self.first_in_queue(*step).unwrap_or((usize::MAX, 0));
            (class, priority, ticket)
        })
    }

    /// Whether enough wait for a cycle.
    fn can_begin(&self, station: u32) -> bool {
        let queued = self.stations[station as usize].queued;
        queued > 0 && {
            let least = self.plan.step(station).map_or(1, |step| step.cycle.least);
            queued >= least
        }
    }

    /// A free server of a crew begins at a step at which enough wait.
    pub(super) fn begin_work(&mut self, crew: usize, station: u32) {
        let Some(most) = self.plan.step(station).map(|step| step.cycle.most) else {
            return;
        };
        let mut load = Chain::EMPTY;
        while load.count < most {
            let Some(token) = self.pop_queue(station) else {
                break;
            };
            load.push_back(&mut self.tokens, token);
        }
        let server = self.choose_server(crew, station, load.head);
        self.take_server(crew, server);
        let state = &mut self.servers[server as usize];
        (state.station, state.load, state.held) = (station, load, load.count);
        let mut token = load.head;
        while token != NONE {
            self.tokens[token as usize].server = server;
            token = self.tokens[token as usize].next;
        }
        if self.needs_set_up(server, station, load.head) {
            self.begin_set_up(server);
        } else {
            self.begin_cycle(server);
        }
        self.wake_queue(station);
    }

    /// The free server that need not set up, else the first.
    fn choose_server(&self, crew: usize, station: u32, token: u32) -> u32 {
        let state = &self.crews[crew];
        let sets_up = self
            .plan
            .step(station)
            .is_some_and(|step| step.set_up.is_some());
        let mut first = NONE;
        for (word, bits) in (0_u32..).zip(&state.free) {
            let mut bits = *bits;
            while bits != 0 {
                let server = state.first + word * 64 + bits.trailing_zeros();
                if !sets_up || !self.needs_set_up(server, station, token) {
                    return server;
                }
                if first == NONE {
                    first = server;
                }
                bits &= bits - 1;
            }
        }
        first
    }

    /// A server is not free any more.
    fn take_server(&mut self, crew: usize, server: u32) {
        let state = &mut self.crews[crew];
        let place = server - state.first;
        state.free[place as usize / 64] &= !(1 << (place % 64));
        state.idle -= 1;
    }

    fn needs_set_up(&self, server: u32, station: u32, token: u32) -> bool {
        let Some(set_up) = self
            .plan
            .step(station)
            .and_then(|step| step.set_up.as_ref())
        else {
            return false;
        };
        let state = &self.servers[server as usize];
        if state.set_for != station {
            return true;
        }
        match set_up.when {
            SetUpWhen::Every(_) => state.until_set_up == 0,
            SetUpWhen::KindChanges => {
                let job = self.tokens[token as usize].job;
                state.set_kind != self.jobs[job as usize].kind
            }
        }
    }

    fn begin_set_up(&mut self, server: u32) {
        let station = self.servers[server as usize].station;
        let token = self.servers[server as usize].load.head;
        let (code, kind) = self.code_and_kind(token);
        let visit = self.tokens[token as usize].visit;
        let unit = self.stations[station as usize].set_up.unit(code, visit);
        let set_up = self
            .plan
            .step(station)
            .and_then(|step| step.set_up.as_ref());
        let Some((span, every)) = set_up.map(|set_up| {
            let every = match set_up.when {
                SetUpWhen::Every(count) => count,
                SetUpWhen::KindChanges => u32::MAX,
            };
            (set_up.time.quantile(unit), every)
        }) else {
            return;
        };
        let state = &mut self.servers[server as usize];
        (state.set_for, state.set_kind, state.until_set_up) = (station, kind, every);
        self.set_phase(server, Phase::SetUp);
        self.set_load_cause(server, Cause::SetUp);
        self.begin_span(server, span);
    }

    fn begin_cycle(&mut self, server: u32) {
        let station = self.servers[server as usize].station;
        let token = self.servers[server as usize].load.head;
        let (code, kind) = self.code_and_kind(token);
        let state = &self.tokens[token as usize];
        let span = if state.left >= 0.0 {
            state.left
        } else {
            let unit = self.stations[station as usize].work.unit(code, state.visit);
            self.plan.step(station).map_or(0.0, |step| {
                let law = step.work.get(usize::from(kind));
                law.or(step.work.first())
                    .map_or(0.0, |law| law.quantile(unit))
            })
        };
        // What was interrupted has been counted before.
        let is_new = self.tokens[token as usize].left < 0.0;
        let load = u32::from(is_new) * self.servers[server as usize].load.count;
        let server_state = &mut self.servers[server as usize];
        if server_state.set_for == station {
            server_state.until_set_up = server_state.until_set_up.saturating_sub(load);
        } else {
            // It needs no set-up here, and has to set up again where it was.
            server_state.set_for = NONE;
        }
        self.set_phase(server, Phase::Work);
        self.set_load_cause(server, Cause::Work);
        self.begin_span(server, span);
    }

    fn code_and_kind(&self, token: u32) -> (u64, u16) {
        let job = &self.jobs[self.tokens[token as usize].job as usize];
        (job.code, job.kind)
    }

    /// Set-up or work of this length begins, or goes on.
    pub(super) fn begin_span(&mut self, server: u32, span: f64) {
        let wears = {
            let crew = self.servers[server as usize].crew as usize;
            let outages = self.plan.crews[crew].outages.as_ref();
            outages.is_some_and(|outages| outages.by == OutageBy::Use)
        };
        let now = self.now;
        let state = &mut self.servers[server as usize];
        state.generation = state.generation.wrapping_add(1);
        (state.began, state.ends) = (now, now + span);
        state.wears_at = f64::INFINITY;
        let generation = state.generation;
        if wears && state.phase == Phase::Work {
            if state.use_left < span {
                let time = now + state.use_left;
                (state.use_left, state.wears_at) = (0.0, time);
                let what = What::WearOut { server, generation };
                self.heap.push(time, Rank::End, what);
                return;
            }
            state.use_left -= span;
        }
        let what = What::End { server, generation };
        self.heap.push(now + span, Rank::End, what);
    }

    /// Set-up or work ends.
    pub(super) fn end_span(&mut self, server: u32, generation: u32) {
        let state = &self.servers[server as usize];
        if state.generation != generation {
            return;
        }
        match state.phase {
            Phase::SetUp => self.begin_cycle(server),
            Phase::Work => self.end_work(server),
            Phase::Idle | Phase::Blocked => {}
        }
    }

    /// What was on a server is done.
    fn end_work(&mut self, server: u32) {
        let state = &mut self.servers[server as usize];
        let station = state.station;
        let mut load = std::mem::replace(&mut state.load, Chain::EMPTY);
        self.set_phase(server, Phase::Blocked);
        let transfer = self.plan.step(station).map_or(1, |step| step.transfer);
        self.give_tickets(&load);
        while let Some(token) = load.pop_front(&self.tokens) {
            self.tokens[token as usize].left = -1.0;
            if transfer > 1 {
                self.set_cause(token, Cause::Transfer);
                let chain = &mut self.stations[station as usize].transferring;
                chain.push_back(&mut self.tokens, token);
                let is_full = chain.count >= transfer;
                self.lay_aside(token);
                if is_full {
                    self.end_transfer(station);
                }
            } else {
                self.pass_on(token);
            }
        }
    }

    /// What has waited to go on together goes on.
    pub(super) fn end_transfer(&mut self, station: u32) {
        let mut chain = std::mem::replace(
            &mut self.stations[station as usize].transferring,
            Chain::EMPTY,
        );
        self.give_tickets(&chain);
        while let Some(token) = chain.pop_front(&self.tokens) {
            self.set_cause(token, Cause::Blocked);
            self.pass_on(token);
        }
    }

    /// Those who are done together come one after the other, before all that follows from it.
    fn give_tickets(&mut self, chain: &Chain) {
        let mut token = chain.head;
        while token != NONE {
            self.give_ticket(token);
            token = self.tokens[token as usize].next;
        }
    }

    /// A server has nothing on it any more.
    pub(super) fn free_server(&mut self, server: u32) {
        self.set_phase(server, Phase::Idle);
        self.servers[server as usize].load = Chain::EMPTY;
        if self.servers[server as usize].is_up {
            self.offer_server(server);
        }
    }

    /// A server that is up has nothing to do: it begins with what waits.
    pub(super) fn offer_server(&mut self, server: u32) {
        let crew = self.servers[server as usize].crew as usize;
        let state = &mut self.crews[crew];
        let place = server - state.first;
        state.free[place as usize / 64] |= 1 << (place % 64);
        state.idle += 1;
        self.dispatch(crew);
        if self.crews[crew].idle > 0 && !self.gates.is_empty() {
            for number in 0..self.plan.crews[crew].steps.len() {
                let step = self.plan.crews[crew].steps[number];
                self.wake_queue(step);
            }
        }
    }

    /// A free server that goes down is not free any more.
    pub(super) fn withdraw_server(&mut self, server: u32) {
        let crew = self.servers[server as usize].crew as usize;
        self.take_server(crew, server);
    }

    /// Interrupts work on an item of a higher class, the highest and last begun, for a token that
    /// has queued up.
    fn interrupt_for(&mut self, token: u32, crew: usize) {
        let class = self.jobs[self.tokens[token as usize].job as usize].class;
        let state = &self.crews[crew];
        let count = self.plan.crews[crew].count;
        let class_of = |server: u32| {
            let token = self.servers[server as usize].load.head;
            self.jobs[self.tokens[token as usize].job as usize].class
        };
        let candidates = (state.first..state.first + count)
            .filter(|server| self.is_working(*server) && class_of(*server) > class);
        let chosen = candidates.max_by(|one, other| {
            let began = |server: u32| self.servers[server as usize].began;
            let by_class = class_of(*one).cmp(&class_of(*other));
            by_class.then(began(*one).total_cmp(&began(*other)))
        });
        let Some(server) = chosen else {
            return;
        };
        let state = &mut self.servers[server as usize];
        let (interrupted, station) = (state.load.head, state.station);
        let left = state.ends - self.now;
        state.generation = state.generation.wrapping_add(1);
        state.load = Chain::EMPTY;
        state.held = 0;
        // Use that did not come about is given back.
        if state.wears_at.is_finite() {
            state.use_left = state.wears_at - self.now;
        } else {
            state.use_left += left;
        }
        let state = &mut self.tokens[interrupted as usize];
        state.left = left;
        state.server = NONE;
        self.set_cause(interrupted, Cause::Queue);
        let queue = self.queue_of(interrupted, station);
        self.queues[queue].push_front(&mut self.tokens, interrupted);
        self.stations[station as usize].queued += 1;
        self.free_server(server);
    }

    /// From now on a server does something else.
    pub(super) fn set_phase(&mut self, server: u32, phase: Phase) {
        self.count_server(server);
        self.servers[server as usize].phase = phase;
    }

    /// Adds to the sums what a server has done since they changed.
    #[inline]
    pub(super) fn count_server(&mut self, server: u32) {
        let state = &mut self.servers[server as usize];
        if state.since >= self.now {
            return;
        }
        add_server(&mut self.totals, state, self.now - state.since);
        state.since = self.now;
    }

    /// All on a server wait for the same from now on.
    pub(super) fn set_load_cause(&mut self, server: u32, cause: Cause) {
        let mut token = self.servers[server as usize].load.head;
        while token != NONE {
            self.set_cause(token, cause);
            token = self.tokens[token as usize].next;
        }
    }
}
