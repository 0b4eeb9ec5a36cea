//! When people or machines are down.

use super::heap::Rank;
use super::line::OutageBy;
use super::run::Run;
use super::state::{Phase, What};
use super::tally::Cause;

/// Servers of a crew are so far apart in its streams.
const SERVER: u32 = 32;

impl Run {
    /// Plans the first outage of a server, if it has any.
    pub(super) fn begin_outages(&mut self, server: u32) {
        let Some(by) = self.outage_by(server) else {
            return;
        };
        let span = self.next_up(server);
        match by {
            OutageBy::Clock => self.plan_failure(server, span),
            OutageBy::Use => self.servers[server as usize].use_left = span,
        }
    }

    fn outage_by(&self, server: u32) -> Option<OutageBy> {
        let crew = self.servers[server as usize].crew as usize;
        let outages = self.plan.crews[crew].outages.as_ref()?;
        Some(outages.by)
    }

    /// The place of a server's next outage in the streams of its crew.
    fn outage_place(&self, server: u32) -> (usize, u64) {
        let state = &self.servers[server as usize];
        let crew = state.crew as usize;
        let number = u64::from(server - self.crews[crew].first);
        (crew, (number << SERVER) + u64::from(state.outages))
    }

    fn next_up(&self, server: u32) -> f64 {
        let (crew, place) = self.outage_place(server);
        let unit = self.crews[crew].up.unit(place, 0);
        let outages = self.plan.crews[crew].outages.as_ref();
        outages.map_or(f64::INFINITY, |outages| outages.up.quantile(unit))
    }

    fn next_down(&self, server: u32) -> f64 {
        let (crew, place) = self.outage_place(server);
        let unit = self.crews[crew].down.unit(place, 0);
        let outages = self.plan.crews[crew].outages.as_ref();
        outages.map_or(0.0, |outages| outages.down.quantile(unit))
    }

    fn plan_failure(&mut self, server: u32, span: f64) {
        self.clock_events += 1;
        self.heap
            .push(self.now + span, Rank::End, What::Fail(server));
    }

    /// A server goes down by the clock.
    pub(super) fn fail_by_clock(&mut self, server: u32) {
        self.clock_events -= 1;
        let state = &mut self.servers[server as usize];
        let phase = state.phase;
        if matches!(phase, Phase::SetUp | Phase::Work) {
            state.left = state.ends - self.now;
            state.generation = state.generation.wrapping_add(1);
        }
        if phase == Phase::Idle {
            self.withdraw_server(server);
        }
        self.go_down(server);
    }

    /// A server goes down by use.
    pub(super) fn wear_out(&mut self, server: u32, generation: u32) {
        let state = &mut self.servers[server as usize];
        if state.generation != generation {
            return;
        }
        state.left = state.ends - self.now;
        self.go_down(server);
    }

    fn go_down(&mut self, server: u32) {
        self.count_server(server);
        let state = &mut self.servers[server as usize];
        state.is_up = false;
        if matches!(state.phase, Phase::SetUp | Phase::Work) {
            self.set_load_cause(server, Cause::Outage);
        }
        let time = self.now + self.next_down(server);
        self.servers[server as usize].outages += 1;
        self.heap.push(time, Rank::End, What::Repair(server));
    }

    /// A server is up again.
    pub(super) fn repair(&mut self, server: u32) {
        self.count_server(server);
        self.servers[server as usize].is_up = true;
        let span = self.next_up(server);
        match self.outage_by(server) {
            Some(OutageBy::Clock) => self.plan_failure(server, span),
            Some(OutageBy::Use) => self.servers[server as usize].use_left = span,
            None => {}
        }
        let state = &self.servers[server as usize];
        let left = state.left;
        match state.phase {
            Phase::Idle => self.offer_server(server),
            Phase::SetUp => {
                self.set_load_cause(server, Cause::SetUp);
                self.begin_span(server, left);
            }
            Phase::Work => {
                self.set_load_cause(server, Cause::Work);
                self.begin_span(server, left);
            }
            Phase::Blocked => {}
        }
    }
}
