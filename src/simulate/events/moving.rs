//! How items move from station to station.

use super::heap::Rank;
use super::line::{Onwards, Place};
use super::run::Run;
use super::state::{Aim, NONE, Phase, Role, What};
use super::tally::Cause;

impl Run {
    /// How many stations an aim names, and which the given one is.
    pub(super) fn targets(&self, aim: Aim) -> usize {
        let line = self.plan.line();
        match aim {
            Aim::Nowhere | Aim::Leave => 0,
            Aim::One(_) => 1,
            Aim::AllOf(station) => match &line.stations[station as usize].route.onwards {
                Onwards::All(list) => list.len(),
                Onwards::One(_) | Onwards::OneOfKind(_) => 0,
            },
            Aim::Entries(source) => line.sources[source as usize].entries.len(),
            Aim::Make(store) => match &line.stations[store as usize].place {
                Place::Store(store) => store.from.len(),
                Place::Step(_) | Place::Delay(_) | Place::Pack(_) => 0,
            },
        }
    }

    /// The station with this number of those that an aim names.
    pub(super) fn target(&self, aim: Aim, number: usize) -> u32 {
        let line = self.plan.line();
        let station = match aim {
            Aim::One(station) => return station,
            Aim::AllOf(station) => match &line.stations[station as usize].route.onwards {
                Onwards::All(list) => list.get(number),
                Onwards::One(_) | Onwards::OneOfKind(_) => None,
            },
            Aim::Entries(source) => line.sources[source as usize].entries.get(number),
            Aim::Make(store) => match &line.stations[store as usize].place {
                Place::Store(store) => store.from.get(number),
                Place::Step(_) | Place::Delay(_) | Place::Pack(_) => None,
            },
            Aim::Nowhere | Aim::Leave => None,
        };
        station.map_or(NONE, |station| *station as u32)
    }

    /// Settles where a token goes that is done at its station.
    pub(super) fn choose(&self, token: u32) -> Aim {
        let state = &self.tokens[token as usize];
        let station = &self.stations[state.station as usize];
        let route = &self.plan.line().stations[state.station as usize].route;
        let code = self.jobs[state.job as usize].code;
        if !route.back.is_empty()
            && let Some(to) = pick(&route.back, station.back.unit(code, state.visit))
        {
            return Aim::One(to);
        }
        let list = match &route.onwards {
            Onwards::All(list) => {
                return match list[..] {
                    [only] => Aim::One(only as u32),
                    _ => Aim::AllOf(state.station),
                };
            }
            Onwards::One(list) => list,
            Onwards::OneOfKind(lists) => {
                let kind = usize::from(self.jobs[state.job as usize].kind);
                match lists.get(kind).or_else(|| lists.last()) {
                    Some(list) => list,
                    None => return Aim::Leave,
                }
            }
        };
        let to = match list[..] {
            [] => None,
            [(chance, only)] if chance >= 1.0 => Some(only as u32),
            _ => {
                let sum: f64 = list.iter().map(|(chance, _)| chance).sum();
                // Shares that sum to 1 but for rounding leave nothing.
                let whole = if sum > 1.0 - 1e-9 { sum } else { 1.0 };
                pick(list, station.onward.unit(code, state.visit) * whole)
            }
        };
        to.map_or(Aim::Leave, Aim::One)
    }

    /// From now on a token is the last of those who wait.
    #[inline]
    pub(super) fn give_ticket(&mut self, token: u32) {
        self.ticket += 1;
        self.tokens[token as usize].ticket = self.ticket;
    }

    /// A token that is done at its station, and has its ticket, goes on, or waits until it can.
    pub(super) fn pass_on(&mut self, token: u32) {
        let aim = self.choose(token);
        self.tokens[token as usize].aim = aim;
        if let Aim::One(to) = aim
            && self.plan.divides
            && self.comes_back_later(token, to)
        {
            self.return_later(token);
            return;
        }
        if aim == Aim::Leave {
            self.go(token);
            return;
        }
        self.go_in_turn(token);
    }

    /// A token leaves its server.
    pub(super) fn lay_aside(&mut self, token: u32) {
        let server = std::mem::replace(&mut self.tokens[token as usize].server, NONE);
        self.release(server);
    }

    /// Moves a token, for which there is room, to where it wants to go.
    pub(super) fn go(&mut self, token: u32) {
        let state = &self.tokens[token as usize];
        let (from, aim, job) = (state.station, state.aim, state.job);
        if state.cause == Cause::Parts && aim == Aim::One(from) {
            // It has met its other parts here, and there is room now.
            self.come_in(token, from);
            return;
        }
        if aim == Aim::Leave {
            self.leave(token);
            return;
        }
        let server = std::mem::replace(&mut self.tokens[token as usize].server, NONE);
        if from == NONE {
            self.let_in(token);
        } else {
            self.set_cause(token, Cause::Queue);
            self.leave_station(token, from);
        }
        let count = self.targets(aim);
        if count == 1 && self.jobs[job as usize].parts == 1 {
            let to = self.target(aim, 0);
            self.move_limits(from, to);
            self.tokens[token as usize].station = to;
            self.note_move(from, to);
            self.come_in(token, to);
        } else {
            self.divide(token, aim, count);
        }
        self.release(server);
    }

    /// A server has one token less.
    fn release(&mut self, server: u32) {
        if server == NONE {
            return;
        }
        let state = &mut self.servers[server as usize];
        state.held -= 1;
        match state.held {
            0 => self.free_server(server),
            1 => {
                // The one that is left may take its own room now.
                let station = state.station;
                self.wake_queue(station);
            }
            _ => {}
        }
    }

    /// Counts a token that comes from outside.
    fn let_in(&mut self, token: u32) {
        let job = self.tokens[token as usize].job;
        match self.jobs[job as usize].role {
            Role::Item => {
                self.count_line();
                self.outside -= 1;
                self.inside += 1;
            }
            Role::Supply(source) => {
                self.count_line();
                self.inside += 1;
                self.totals.arrived += 1;
                self.jobs[job as usize].arrived = self.now;
                self.refill(source);
            }
            Role::Unit(_) => {}
        }
        self.tokens[token as usize].since = self.now;
    }

    fn leave_station(&mut self, token: u32, from: u32) {
        self.close_wait(token, from);
        self.totals.went[from as usize] += 1;
        if matches!(
            self.plan.line().stations[from as usize].place,
            Place::Delay(_)
        ) {
            self.stations[from as usize].held -= 1;
            self.wake_queue(from);
        }
    }

    /// Moves an item of several parts, or one that becomes several.
    fn divide(&mut self, token: u32, aim: Aim, count: usize) {
        let (job, from) = {
            let state = &self.tokens[token as usize];
            (state.job, state.station)
        };
        let before = self.limits_of_job(job);
        let mut parts = vec![token];
        self.tokens[token as usize].station = self.target(aim, 0);
        for number in 1..count {
            let part = self.new_token(job, Aim::Nowhere);
            self.tokens[part as usize].station = self.target(aim, number);
            parts.push(part);
        }
        let after = self.limits_of_job(job);
        self.change_limits(&before, &after);
        for part in parts {
            self.set_cause(part, Cause::Parts);
            self.tokens[part as usize].aim = Aim::Nowhere;
            self.tokens[part as usize].has_room = true;
            self.note_move(from, self.tokens[part as usize].station);
        }
        self.meet(job);
    }

    /// A token comes into a station, in one piece.
    pub(super) fn come_in(&mut self, token: u32, station: u32) {
        let job = self.tokens[token as usize].job;
        if self.jobs[job as usize].role == Role::Unit(station)
            && self.jobs[job as usize].parts == 1
            && matches!(
                self.plan.line().stations[station as usize].place,
                Place::Store(_)
            )
        {
            self.set_cause(token, Cause::Gone);
            self.move_limits(station, NONE);
            self.drop_token(token);
            self.stock_unit(station);
            return;
        }
        if let Some(slot) = self.plan.visit_slot[station as usize] {
            let count = &mut self.visits[job as usize * self.plan.visit_slots + slot as usize];
            self.tokens[token as usize].visit = *count;
            *count += 1;
        } else {
            self.tokens[token as usize].visit = 0;
        }
        self.totals.came[station as usize] += 1;
        let state = &mut self.tokens[token as usize];
        state.aim = Aim::Nowhere;
        state.left = -1.0;
        match &self.plan.line().stations[station as usize].place {
            Place::Step(step) => {
                let gather = step.gather;
                if gather > 1 {
                    self.gather(token, station, gather);
                } else {
                    self.set_cause(token, Cause::Queue);
                    self.queue_up(token, station);
                    self.offer(token, station);
                }
            }
            Place::Delay(law) => {
                let code = self.jobs[job as usize].code;
                let visit = self.tokens[token as usize].visit;
                let unit = self.stations[station as usize].work.unit(code, visit);
                let time = self.now + law.quantile(unit);
                self.set_cause(token, Cause::Delay);
                self.stations[station as usize].held += 1;
                self.heap.push(time, Rank::End, What::DelayEnd(token));
            }
            Place::Store(_) => self.come_to_store(token, station),
            Place::Pack(items) => {
                let items = *items;
                self.gather(token, station, items);
            }
        }
    }

    /// A token has been at a delay long enough.
    pub(super) fn end_delay(&mut self, token: u32) {
        self.give_ticket(token);
        self.pass_on(token);
    }

    /// A token leaves the line.
    fn leave(&mut self, token: u32) {
        let state = &self.tokens[token as usize];
        let (from, job, server) = (state.station, state.job, state.server);
        self.set_cause(token, Cause::Gone);
        self.leave_station(token, from);
        self.note_move(from, NONE);
        if self.jobs[job as usize].parts == 1 {
            self.move_limits(from, NONE);
            let owner = &self.jobs[job as usize];
            let (arrived, class) = (owner.arrived, owner.class);
            let is_of_start = owner.is_of_start;
            self.start_inside -= u64::from(is_of_start);
            debug_assert!(!matches!(owner.role, Role::Unit(_)));
            self.count_line();
            self.inside -= 1;
            let lead = self.now - arrived;
            if !is_of_start {
                self.note_lead(lead);
            }
            self.totals.left += 1;
            self.totals.lead += lead;
            let of_class = &mut self.totals.by_class[usize::from(class)];
            of_class.0 += 1;
            of_class.1 += lead;
            self.history.note_left(self.now, lead);
            self.drop_token(token);
        } else {
            let before = self.limits_of_job(job);
            self.drop_token(token);
            let after = self.limits_of_job(job);
            self.change_limits(&before, &after);
            self.meet(job);
        }
        self.release(server);
    }

    /// A token becomes part of another item: it is gone, without having left the line.
    pub(super) fn absorb(&mut self, token: u32) {
        let state = &self.tokens[token as usize];
        let (from, job) = (state.station, state.job);
        self.set_cause(token, Cause::Gone);
        self.leave_station(token, from);
        if self.jobs[job as usize].parts > 1 {
            let before = self.limits_of_job(job);
            self.drop_token(token);
            let after = self.limits_of_job(job);
            self.change_limits(&before, &after);
            self.meet(job);
            return;
        }
        self.move_limits(from, NONE);
        let owner = &self.jobs[job as usize];
        self.start_inside -= u64::from(owner.is_of_start);
        if !matches!(owner.role, Role::Unit(_)) {
            self.totals.absorbed += 1;
            self.totals.absorbed_time += self.now - owner.arrived;
            self.count_line();
            self.inside -= 1;
        }
        self.drop_token(token);
    }

    /// Whether a server is in the middle of something that another item may interrupt.
    pub(super) fn is_working(&self, server: u32) -> bool {
        let server = &self.servers[server as usize];
        server.is_up && server.phase == Phase::Work && server.load.count == 1
    }
}

/// The first of a list of chances whose sum passes a number; none if none does.
fn pick(list: &[(f64, usize)], unit: f64) -> Option<u32> {
    let mut sum = 0.0;
    for (chance, to) in list {
        sum += chance;
        if unit < sum {
            return Some(*to as u32);
        }
    }
    None
}
