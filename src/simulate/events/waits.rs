//! How long single items wait at each station, for the percentiles of waits.

use super::digest::{Digest, quantile_of};
use super::line::Place;
use super::plan::Plan;
use super::run::Run;
use super::state::Token;
use super::tally::Cause;

/// The waits at each station of items that have gone on, kept over several runs of one plan.
#[derive(Clone, Debug)]
pub(super) struct Waits {
    /// In each run, what goes on earlier is not noted.
    from: f64,
    /// By token: how long it has waited since it came to where it is.
    so_far: Vec<f64>,
    /// By station: whether what is held up there waits, since nothing is done there.
    only_waits: Vec<bool>,
    /// By station.
    of: Vec<Digest>,
}

impl Waits {
    /// None yet of what goes on from a time on.
    pub(super) fn new(plan: &Plan, from: f64) -> Self {
        let stations = plan.line().stations.iter();
        let only_waits = stations
            .map(|station| matches!(&station.place, Place::Delay(time) if time.mean() == 0.0));
        Self {
            from,
            so_far: Vec::new(),
            only_waits: only_waits.collect(),
            of: vec![Digest::new(); plan.size()],
        }
    }

    /// A token at a station has waited for something, or something was done with it, for a span.
    #[inline]
    pub(super) fn add(&mut self, token: u32, state: &Token, span: f64) {
        let waits = match state.cause {
            Cause::Queue | Cause::Batch | Cause::Parts | Cause::Stock => true,
            Cause::Blocked => self.only_waits[state.station as usize],
            Cause::SetUp
            | Cause::Work
            | Cause::Outage
            | Cause::Transfer
            | Cause::Delay
            | Cause::Admission
            | Cause::Gone => false,
        };
        if waits {
            let place = token as usize;
            if place >= self.so_far.len() {
                self.so_far.resize(place + 1, 0.0);
            }
            self.so_far[place] += span;
        }
    }

    /// A token goes on from a station.
    #[inline]
    fn close(&mut self, token: u32, station: u32, now: f64) {
        let waited = self.so_far.get_mut(token as usize).map(std::mem::take);
        if now >= self.from {
            self.of[station as usize].push(waited.unwrap_or_default());
        }
    }

    /// The wait that this share of all waits at a station is no longer than; none if none was noted.
    pub(super) fn quantile(&self, station: usize, share: f64) -> Option<f64> {
        quantile_of(&self.of[station].weighted(), share)
    }
}

impl Run {
    /// Notes the waits of items from now on.
    pub(super) fn note_waits(&mut self, mut waits: Waits) {
        waits.so_far.clear();
        self.waits = Some(Box::new(waits));
    }

    /// Takes the waits that were noted.
    pub(super) fn take_waits(&mut self) -> Option<Waits> {
        self.waits.take().map(|waits| *waits)
    }

    #[inline]
    pub(super) fn close_wait(&mut self, token: u32, station: u32) {
        if let Some(waits) = &mut self.waits {
            waits.close(token, station, self.now);
        }
    }

    /// A token is new: nothing that one of its number waited before counts for it.
    #[inline]
    pub(super) fn begin_wait(&mut self, token: u32) {
        if let Some(waits) = &mut self.waits
            && let Some(waited) = waits.so_far.get_mut(token as usize)
        {
            *waited = 0.0;
        }
    }
}
