//! A run that is watched: who moves where, and how each station stands meanwhile.

use std::sync::Arc;

use super::plan::Plan;
use super::run::{Run, Until};
use super::state::NONE;
use super::tally::CAUSES;

/// An item, or a part of one, that moves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Move {
    /// When, in the unit of time of the plan.
    pub time: f64,
    /// The station that it leaves; none if it comes from outside.
    pub from: Option<usize>,
    /// The station that it comes to; none if it leaves the line.
    pub to: Option<usize>,
    /// How long it was in the line, if it leaves as a whole and was not there at the start.
    pub lead: Option<f64>,
}

/// How many items are at a station, by what they wait for or what is done with them, in the order of
/// [`Cause::AT_STATION`](super::Cause::AT_STATION).
pub type Standing = [u32; CAUSES];

impl Run {
    /// A run at its start that notes each move until it is taken. What is in the line at the start has
    /// not moved.
    #[must_use]
    pub fn filmed(plan: &Arc<Plan>, seed: u64, replication: u32, until: Until) -> Self {
        let mut run = Self::new(plan, seed, replication, until);
        run.film = Some(Vec::new());
        run
    }

    /// Takes the moves since they were taken last, in order.
    pub fn take_moves(&mut self) -> Vec<Move> {
        self.film.as_mut().map(std::mem::take).unwrap_or_default()
    }

    /// How each station stands now. Units of a store that are being made are counted as well.
    #[must_use]
    pub fn standings(&self) -> Vec<Standing> {
        let mut standings = vec![[0; CAUSES]; self.plan.size()];
        for token in &self.tokens {
            let index = token.cause as usize;
            if token.station != NONE && index < CAUSES {
                standings[token.station as usize][index] += 1;
            }
        }
        standings
    }

    /// Notes a move, if the run is watched.
    #[inline]
    pub(super) fn note_move(&mut self, from: u32, to: u32) {
        if let Some(film) = &mut self.film {
            let place = |station: u32| (station != NONE).then_some(station as usize);
            film.push(Move {
                time: self.now,
                from: place(from),
                to: place(to),
                lead: None,
            });
        }
    }

    /// Notes how long the item was in the line that moved last, if the run is watched.
    #[inline]
    pub(super) fn note_lead(&mut self, lead: f64) {
        if let Some(last) = self.film.as_mut().and_then(|film| film.last_mut()) {
            last.lead = Some(lead);
        }
    }
}
