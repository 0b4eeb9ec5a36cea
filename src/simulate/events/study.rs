//! A line run several times, and what comes of it with its intervals.

use std::sync::Arc;

use super::history::{History, PERIODS};
use super::plan::Plan;
use super::results::Results;
use super::run::{End, Run, Status, Until};
use super::tally::Totals;
use super::waits::Waits;

/// How a line is to be studied.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// What all random numbers come from.
    pub seed: u64,
    /// How long each replication is, in the unit of time of the plan.
    pub length: f64,
    /// How many replications there are at least.
    pub replications: u32,
    /// How many there are at most.
    pub most: u32,
    /// Replications are added until half the width of the interval of the mean lead time is at most
    /// this part of it.
    pub precision: f64,
    /// What is left out at the start.
    pub warm_up: LeftOut,
    /// The level of all intervals, such as 0.95.
    pub level: f64,
}

/// What is left out at the start of each replication. It is rounded up to twentieths of the length.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LeftOut {
    /// What MSER-5 finds.
    Found,
    /// This time.
    Time(f64),
}

/// Items that leave in a replication, by default.
pub const USUAL_ITEMS: u64 = 20_000;
/// Replications, by default.
pub const USUAL_REPLICATIONS: u32 = 20;
/// Items of a first run by which the length of the others is chosen.
const PILOT_ITEMS: u64 = 1_000;
/// Events of that run at most, and of a replication by default.
const MOST_EVENTS: u64 = 2_000_000;

impl Settings {
    /// The usual settings for a line: so long that about 20,000 items leave, or that two million
    /// events happen. A short first run says how long that takes.
    #[must_use]
    pub fn usual(plan: &Arc<Plan>, seed: u64) -> Self {
        let until = Until::Left {
            items: PILOT_ITEMS,
            latest: f64::INFINITY,
        };
        let mut pilot = Run::new(plan, seed, u32::MAX, until);
        let _ = pilot.advance(MOST_EVENTS / 2);
        let totals = pilot.totals();
        let time = pilot.now().max(f64::MIN_POSITIVE);
        let by_items = USUAL_ITEMS as f64 * time / totals.left.max(1) as f64;
        let by_events = MOST_EVENTS as f64 * time / totals.events.max(1) as f64;
        Self {
            seed,
            length: by_items.min(by_events),
            replications: USUAL_REPLICATIONS,
            most: USUAL_REPLICATIONS,
            precision: 0.0,
            warm_up: LeftOut::Found,
            level: 0.95,
        }
    }
}

/// How many replications note the waits of single items: more would slow a study down.
const WITH_WAITS: u32 = 3;

/// A replication that is over.
#[derive(Clone, Debug)]
pub(super) struct Replication {
    pub(super) history: History,
    pub(super) totals: Totals,
    pub(super) is_stuck: bool,
}

/// How far a study has come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Progress {
    /// Replications that are over.
    pub done: u32,
    /// How many there will be, as far as is known.
    pub of: u32,
    /// The part of the one under way that is over, 0 to 1.
    pub part: f64,
    /// Events so far.
    pub events: u64,
}

/// A line being run several times, in portions.
#[derive(Clone, Debug)]
pub struct Study {
    plan: Arc<Plan>,
    settings: Settings,
    under_way: Option<Run>,
    done: Vec<Replication>,
    events: u64,
    of: u32,
    /// The waits of single items, between two replications, if they are noted.
    waits: Option<Waits>,
}

impl Study {
    /// A study at its start. The same plan and settings give the same results.
    #[must_use]
    pub fn new(plan: Arc<Plan>, settings: Settings) -> Self {
        Self {
            of: settings.replications.max(2),
            plan,
            settings,
            under_way: None,
            done: Vec::new(),
            events: 0,
            waits: None,
        }
    }

    /// The same, and the first three replications note how long items wait at each station, for
    /// [`StationResults::wait_85`]: of what goes on after the start that is left out, or in the second
    /// half where the end of the start is to be found.
    ///
    /// [`StationResults::wait_85`]: super::StationResults::wait_85
    #[must_use]
    pub fn with_waits(plan: Arc<Plan>, settings: Settings) -> Self {
        let from = match settings.warm_up {
            LeftOut::Found => settings.length / 2.0,
            LeftOut::Time(time) => time,
        };
        let waits = Some(Waits::new(&plan, from));
        Self {
            waits,
            ..Self::new(plan, settings)
        }
    }

    /// Goes on for about so many events. It can be left after each portion; the results are then
    /// those of the replications that are over. Whether there is more to do.
    pub fn advance(&mut self, events: u64) -> bool {
        let mut left = events;
        while left > 0 {
            if self.done.len() as u32 >= self.of {
                return false;
            }
            let number = self.done.len() as u32;
            let run = self.under_way.get_or_insert_with(|| {
                let until = Until::Time(self.settings.length);
                // The first keeps the cumulative flow of each station.
                let mut run = if number == 0 {
                    Run::watched(&self.plan, self.settings.seed, number, until)
                } else {
                    Run::new(&self.plan, self.settings.seed, number, until)
                };
                if number < WITH_WAITS
                    && let Some(waits) = self.waits.take()
                {
                    run.note_waits(waits);
                }
                run
            });
            let before = run.totals().events;
            let status = run.advance(left);
            let spent = run.totals().events - before;
            self.events += spent;
            left = left.saturating_sub(spent.max(1));
            if let Status::Ended(end) = status
                && let Some(mut run) = self.under_way.take()
            {
                self.waits = run.take_waits().or_else(|| self.waits.take());
                self.done.push(Replication {
                    totals: run.totals().clone(),
                    is_stuck: matches!(end, End::Stuck | End::Endless),
                    history: run.into_history(),
                });
                self.add_if_wanted();
            }
        }
        (self.done.len() as u32) < self.of
    }

    /// One replication more if the interval is not narrow enough yet.
    fn add_if_wanted(&mut self) {
        let done = self.done.len() as u32;
        if done < self.of || done >= self.settings.most || self.settings.precision <= 0.0 {
            return;
        }
        let lead = self.results().and_then(|results| results.lead);
        if lead.is_some_and(|lead| lead.relative() > self.settings.precision) {
            self.of = done + 1;
        }
    }

    /// Goes on to the end.
    pub fn finish(&mut self) {
        while self.advance(1 << 20) {}
    }

    /// How far it has come.
    #[must_use]
    pub fn progress(&self) -> Progress {
        let part = self.under_way.as_ref();
        Progress {
            done: self.done.len() as u32,
            of: self.of,
            part: part.map_or(0.0, |run| run.now() / self.settings.length),
            events: self.events,
        }
    }

    /// The plan.
    #[must_use]
    pub const fn plan(&self) -> &Arc<Plan> {
        &self.plan
    }

    /// The settings.
    #[must_use]
    pub const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// How a replication went over time.
    #[must_use]
    pub fn history(&self, replication: usize) -> Option<&History> {
        Some(&self.done.get(replication)?.history)
    }

    pub(super) fn replications(&self) -> &[Replication] {
        &self.done
    }

    /// The waits of single items in the replications that are over, if they are noted and none is
    /// under way.
    pub(super) const fn waits(&self) -> Option<&Waits> {
        self.waits.as_ref()
    }

    /// What has come of the replications that are over; none if there is none.
    #[must_use]
    pub fn results(&self) -> Option<Results> {
        Results::of(self)
    }
}

impl Replication {
    /// The sums since the end of a period; since the start for 0.
    pub(super) fn since(&self, period: usize) -> Totals {
        match period.checked_sub(1) {
            None => self.totals.clone(),
            Some(index) => {
                let before = self.history.periods.get(index);
                before.map_or_else(|| self.totals.clone(), |before| self.totals.since(before))
            }
        }
    }
}

/// The period before which a time lies, at most all but one.
pub(super) fn period_of(time: f64, length: f64) -> usize {
    let period = (time / length * PERIODS as f64 - 1e-9).ceil();
    (period.max(0.0) as usize).min(PERIODS - 1)
}
