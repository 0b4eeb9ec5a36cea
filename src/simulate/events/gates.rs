//! Limits, and who waits for room under them.
//!
//! A gate is the limit of some stations together, or of the queue of one. Who finds it full waits
//! before it, in the order of class and of waiting. It is woken when it may have room; of all gates
//! that are awake, the one at which somebody has waited longest is tried first.

use super::line::{Place, WhenBlocked};
use super::run::Run;
use super::state::{Aim, GateKind, NONE};
use super::tally::Cause;

/// The gate that has no room.
type Refusal = u32;

/// Whose turn it is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Turn {
    /// The first before this gate.
    Gate(u32),
    /// A part that needs less room than before.
    Again(u32),
}

impl Run {
    /// Whether there is room where a token wants to go; else the gate that refuses it.
    pub(super) fn room(&self, token: u32) -> Result<(), Refusal> {
        if self.gates.is_empty() {
            return Ok(());
        }
        let state = &self.tokens[token as usize];
        for number in 0..self.targets(state.aim) {
            let target = self.target(state.aim, number);
            if state.cause != Cause::Parts {
                for limit in &self.plan.limits_of[target as usize] {
                    if !self.has_part_under(token, *limit) && !self.passes(*limit, token) {
                        return Err(*limit);
                    }
                }
            }
            let gate = self.stations[target as usize].gate;
            if gate != NONE
                && !self.meets_others(token, target)
                && !self.another_leads_to(state.aim, target)
                && !self.passes(gate, token)
            {
                return Err(gate);
            }
        }
        Ok(())
    }

    /// Whether of several stations that an aim names another leads to this one: then what comes here
    /// waits for the rest, and needs no room in the queue yet.
    fn another_leads_to(&self, aim: Aim, station: u32) -> bool {
        let count = self.targets(aim);
        let mut others = (0..count).map(|number| self.target(aim, number) as usize);
        count > 1 && others.any(|other| self.plan.reach.leads(other, station as usize))
    }

    /// Whether a part of the item of a token is under a limit already, the token itself too.
    fn has_part_under(&self, token: u32, limit: u32) -> bool {
        let under = |station: u32| {
            station != NONE && self.plan.limits_of[station as usize].contains(&limit)
        };
        let mut part = self.jobs[self.tokens[token as usize].job as usize].first;
        while part != NONE {
            if under(self.tokens[part as usize].station) {
                return true;
            }
            part = self.tokens[part as usize].sibling;
        }
        false
    }

    /// Whether a gate has room for a token, and nobody else is first.
    fn passes(&self, gate: u32, token: u32) -> bool {
        let guard = &self.gates[gate as usize];
        let is_full = match guard.kind {
            GateKind::Group => guard.inside >= guard.most,
            GateKind::Queue(station) => self.is_queue_full(station, guard.most),
        };
        if is_full {
            // What leaves its server and comes back to it takes the room that it makes, which nobody
            // else could have.
            return match guard.kind {
                GateKind::Group => false,
                GateKind::Queue(station) => self.takes_its_own_room(station, token),
            };
        }
        match guard.waiting.front() {
            Some(first) => *first == token || self.goes_before(token, *first),
            None => true,
        }
    }

    fn is_queue_full(&self, station: u32, most: u32) -> bool {
        let state = &self.stations[station as usize];
        match &self.plan.line().stations[station as usize].place {
            Place::Delay(_) => state.held >= most,
            Place::Store(_) => state.on_hand == 0 && state.queued >= most,
            Place::Pack(_) => state.gathering.count >= most,
            Place::Step(step) => {
                let waiting = state.queued + state.gathering.count;
                let crew = self.plan.crew_of[station as usize];
                let begins_at_once = step.gather == 1 && step.cycle.least == 1;
                let free = match crew {
                    Some(crew) if begins_at_once => self.crews[crew].idle,
                    _ => 0,
                };
                waiting >= most.saturating_add(free)
            }
        }
    }

    /// Whether a token is alone on a server of a step, comes back to this step, and nobody else works
    /// there.
    fn takes_its_own_room(&self, station: u32, token: u32) -> bool {
        let Some(step) = self.plan.step(station) else {
            return false;
        };
        let server = self.tokens[token as usize].server;
        let begins_at_once = step.gather == 1 && step.cycle.least == 1;
        server != NONE && begins_at_once && {
            let server = &self.servers[server as usize];
            let steps = &self.plan.crews[server.crew as usize].steps;
            steps[..] == [station] && server.held == 1 && server.is_up
        }
    }

    /// Lets those take their turn who come before a token.
    pub(super) fn let_pass_before(&mut self, token: u32) {
        while let Some(turn) = self.next_turn() {
            let first = match turn {
                Turn::Gate(gate) => self.gates[gate as usize].waiting.front().copied(),
                Turn::Again(other) => Some(other),
            };
            if first.is_some_and(|first| !self.goes_before(first, token)) {
                return;
            }
            self.take_turn(turn);
        }
    }

    /// Whose turn it is of those who may have room: who has waited longest.
    #[inline]
    pub(super) fn next_turn(&self) -> Option<Turn> {
        if self.again.is_empty() && self.woken.len() < 2 {
            return self.woken.first().copied().map(Turn::Gate);
        }
        let key = |token: u32| {
            let token = &self.tokens[token as usize];
            (self.jobs[token.job as usize].class, token.ticket)
        };
        let gates = self.woken.iter().map(|gate| {
            let first = self.gates[*gate as usize].waiting.front().copied();
            (first.map(key), Turn::Gate(*gate))
        });
        let again = self.again.iter();
        let again = again.map(|token| (Some(key(*token)), Turn::Again(*token)));
        gates
            .chain(again)
            .min_by_key(|(key, _)| *key)
            .map(|(_, turn)| turn)
    }

    /// Lets somebody pass, if there is room.
    pub(super) fn take_turn(&mut self, turn: Turn) {
        match turn {
            Turn::Gate(gate) => self.try_gate(gate),
            Turn::Again(token) => {
                self.again.retain(|other| *other != token);
                match self.room(token) {
                    Ok(()) => self.go(token),
                    Err(gate) => self.refuse(token, gate),
                }
            }
        }
    }

    /// Lets a token go when it is its turn among all who may have room; or makes it wait.
    pub(super) fn go_in_turn(&mut self, token: u32) {
        if self.gates.is_empty() {
            self.go(token);
            return;
        }
        self.again.push(token);
        while self.again.contains(&token) {
            let Some(turn) = self.next_turn() else {
                return;
            };
            self.take_turn(turn);
        }
    }

    /// A token for which there is no room waits before the gate that has none.
    fn refuse(&mut self, token: u32, gate: u32) {
        let (cause, station) = {
            let state = &self.tokens[token as usize];
            (state.cause, state.station)
        };
        if station != NONE && !matches!(cause, Cause::Blocked | Cause::Parts) {
            self.set_cause(token, Cause::Blocked);
        }
        // First it waits: whoever begins in its place may make room for it.
        self.wait_at(gate, token);
        let step = (station != NONE).then(|| self.plan.step(station)).flatten();
        if step.is_some_and(|step| step.when_blocked == WhenBlocked::LaidAside) {
            self.lay_aside(token);
        }
    }

    /// Which of two tokens comes first: by class, then by who came first.
    #[inline]
    fn goes_before(&self, one: u32, other: u32) -> bool {
        let key = |token: u32| {
            let token = &self.tokens[token as usize];
            (self.jobs[token.job as usize].class, token.ticket)
        };
        key(one) < key(other)
    }

    /// A token waits before a gate.
    pub(super) fn wait_at(&mut self, gate: u32, token: u32) {
        self.tokens[token as usize].gate = gate;
        let waiting = &self.gates[gate as usize].waiting;
        let mut place = waiting.len();
        if let Some(last) = waiting.back()
            && self.goes_before(token, *last)
        {
            place = waiting.partition_point(|other| self.goes_before(*other, token));
        }
        let waiting = &mut self.gates[gate as usize].waiting;
        if place == waiting.len() {
            waiting.push_back(token);
        } else {
            waiting.insert(place, token);
        }
    }

    /// Somebody may pass a gate, as soon as all else is done.
    #[inline]
    pub(super) fn wake(&mut self, gate: u32) {
        let guard = &mut self.gates[gate as usize];
        if !guard.is_pending && !guard.waiting.is_empty() {
            guard.is_pending = true;
            self.woken.push(gate);
        }
    }

    /// Somebody may come to the queue of a station.
    #[inline]
    pub(super) fn wake_queue(&mut self, station: u32) {
        let gate = self.stations[station as usize].gate;
        if gate != NONE {
            self.wake(gate);
        }
    }

    /// Lets pass the first who waits before a gate, if there is room.
    fn try_gate(&mut self, gate: u32) {
        let first = self.gates[gate as usize].waiting.front().copied();
        let refusal = match first {
            None => gate,
            Some(token) => match self.room(token) {
                Ok(()) => {
                    self.gates[gate as usize].waiting.pop_front();
                    self.tokens[token as usize].gate = NONE;
                    self.go(token);
                    return;
                }
                Err(other) if other == gate => gate,
                Err(other) => {
                    self.gates[gate as usize].waiting.pop_front();
                    self.wait_at(other, token);
                    return;
                }
            },
        };
        self.gates[refusal as usize].is_pending = false;
        self.woken.retain(|other| *other != refusal);
    }

    /// What becomes of limits when an item in one piece moves.
    pub(super) fn move_limits(&mut self, from: u32, to: u32) {
        if self.gates.is_empty() {
            return;
        }
        if to != NONE {
            for number in 0..self.plan.limits_of[to as usize].len() {
                let limit = self.plan.limits_of[to as usize][number];
                if from == NONE || !self.plan.limits_of[from as usize].contains(&limit) {
                    self.gates[limit as usize].inside += 1;
                }
            }
        }
        if from != NONE {
            for number in 0..self.plan.limits_of[from as usize].len() {
                let limit = self.plan.limits_of[from as usize][number];
                if to == NONE || !self.plan.limits_of[to as usize].contains(&limit) {
                    self.gates[limit as usize].inside -= 1;
                    self.wake(limit);
                }
            }
        }
    }

    /// A part of an item has moved: others of it that wait for room may need less of it now, such as
    /// under a limit that the item has come under.
    pub(super) fn free_parts(&mut self, job: u32) {
        if self.gates.is_empty() {
            return;
        }
        let mut part = self.jobs[job as usize].first;
        while part != NONE {
            let state = &mut self.tokens[part as usize];
            let gate = std::mem::replace(&mut state.gate, NONE);
            if gate != NONE {
                let waiting = &mut self.gates[gate as usize].waiting;
                waiting.retain(|token| *token != part);
                self.again.push(part);
            }
            part = self.tokens[part as usize].sibling;
        }
    }

    /// The limits that parts of an item are under, in order.
    pub(super) fn limits_of_job(&self, job: u32) -> Vec<u32> {
        let mut limits = Vec::new();
        if self.plan.line().limits.is_empty() {
            return limits;
        }
        let mut part = self.jobs[job as usize].first;
        while part != NONE {
            let station = self.tokens[part as usize].station;
            if station != NONE {
                limits.extend_from_slice(&self.plan.limits_of[station as usize]);
            }
            part = self.tokens[part as usize].sibling;
        }
        limits.sort_unstable();
        limits.dedup();
        limits
    }

    pub(super) fn change_limits(&mut self, before: &[u32], after: &[u32]) {
        for limit in after.iter().filter(|limit| !before.contains(limit)) {
            self.gates[*limit as usize].inside += 1;
        }
        for limit in before.iter().filter(|limit| !after.contains(limit)) {
            self.gates[*limit as usize].inside -= 1;
            self.wake(*limit);
        }
    }
}
