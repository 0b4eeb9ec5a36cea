//! Queues, and batches that form.

use super::line::Place;
use super::run::Run;
use super::state::{Chain, Next};
use super::tally::Cause;

impl Run {
    /// A token waits at the end of the queue of its class.
    pub(super) fn queue_up(&mut self, token: u32, station: u32) {
        self.give_ticket(token);
        let queue = self.queue_of(token, station);
        self.queues[queue].push_back(&mut self.tokens, token);
        self.stations[station as usize].queued += 1;
    }

    pub(super) fn queue_of(&self, token: u32, station: u32) -> usize {
        let job = self.tokens[token as usize].job;
        let class = usize::from(self.jobs[job as usize].class);
        station as usize * self.plan.classes + class
    }

    /// Takes the first token out of the queues of a station.
    pub(super) fn pop_queue(&mut self, station: u32) -> Option<u32> {
        let classes = self.plan.classes;
        let from = station as usize * classes;
        let queues = self.queues[from..from + classes].iter_mut();
        let token = queues
            .filter(|queue| queue.count > 0)
            .find_map(|queue| queue.pop_front(&self.tokens))?;
        self.stations[station as usize].queued -= 1;
        Some(token)
    }

    /// The class and the ticket of the first token in the queues of a station.
    pub(super) fn first_in_queue(&self, station: u32) -> Option<(usize, u64)> {
        let classes = self.plan.classes;
        let from = station as usize * classes;
        let queues = self.queues[from..from + classes].iter().enumerate();
        let (class, queue) = queues.into_iter().find(|(_, queue)| queue.count > 0)?;
        Some((class, self.tokens[queue.head as usize].ticket))
    }

    /// A token waits until a batch has formed.
    pub(super) fn gather(&mut self, token: u32, station: u32, size: u32) {
        self.set_cause(token, Cause::Batch);
        let gathering = &mut self.stations[station as usize].gathering;
        gathering.push_back(&mut self.tokens, token);
        if gathering.count >= size {
            self.end_gathering(station);
        }
    }

    /// What has gathered goes into the queue.
    pub(super) fn end_gathering(&mut self, station: u32) {
        let mut chain =
            std::mem::replace(&mut self.stations[station as usize].gathering, Chain::EMPTY);
        if matches!(
            self.plan.line().stations[station as usize].place,
            Place::Pack(_)
        ) {
            self.pack(chain);
            return;
        }
        while let Some(token) = chain.pop_front(&self.tokens) {
            self.set_cause(token, Cause::Queue);
            self.queue_up(token, station);
            self.offer(token, station);
        }
    }

    /// The first of some tokens goes on as one with the others.
    pub(super) fn pack(&mut self, mut chain: Chain) {
        let first = chain.pop_front(&self.tokens);
        while let Some(token) = chain.pop_front(&self.tokens) {
            self.absorb(token);
        }
        if let Some(first) = first {
            self.set_cause(first, Cause::Delay);
            self.next.push_back(Next::Pass(first));
        }
    }

    /// Nothing more comes: what waits for more goes as it is. Whether anything did.
    pub(super) fn let_go_of_part_batches(&mut self) -> bool {
        for station in 0..self.stations.len() as u32 {
            let state = &self.stations[station as usize];
            if state.gathering.count > 0 {
                self.end_gathering(station);
                return true;
            }
            if state.transferring.count > 0 {
                self.end_transfer(station);
                return true;
            }
            let is_step = matches!(
                self.plan.line().stations[station as usize].place,
                Place::Step(_)
            );
            let crew = self.plan.crew_of[station as usize];
            if let Some(crew) = crew
                && is_step
                && state.queued > 0
                && self.crews[crew].idle > 0
            {
                self.begin_work(crew, station);
                return true;
            }
        }
        false
    }
}
