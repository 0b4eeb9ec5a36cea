//! One replication of a line, event by event.

use std::collections::VecDeque;
use std::sync::Arc;

use super::draws::{Chance, Purpose};
use super::film::Move;
use super::heap::Heap;
use super::history::History;
use super::line::{Arrivals, Place};
use super::plan::Plan;
use super::state::{
    Chain, CrewState, Gate, GateKind, Job, NONE, Next, Phase, Role, Server, SourceState,
    StationState, Token, What,
};
use super::tally::{Cause, Totals};
use super::waits::Waits;

/// When a run ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Until {
    /// At a time.
    Time(f64),
    /// When so many items have left, and at a time at the latest.
    Left {
        /// So many items.
        items: u64,
        /// The latest time.
        latest: f64,
    },
    /// When all items that were there at the start have left, and at a time at the latest.
    StartLeft {
        /// The latest time.
        latest: f64,
    },
}

impl Until {
    pub(super) const fn latest(self) -> f64 {
        match self {
            Self::Time(time)
            | Self::Left { latest: time, .. }
            | Self::StartLeft { latest: time } => time,
        }
    }
}

/// How a run stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It has not come to its end.
    Running,
    /// It has come to its end.
    Ended(End),
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The time was up.
    Time,
    /// Those items have left that were asked for.
    Left,
    /// Nothing is left to do before the time is up.
    Done,
    /// Work is left, and nothing can happen any more: each waits for another.
    Stuck,
    /// Time stands still: ten million events have come at one time, since something goes round
    /// without taking any.
    Endless,
}

/// An item in the line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InWork {
    /// Where it is, or a part of it; none outside.
    pub station: Option<usize>,
    /// What it waits for, or what is done with it.
    pub cause: Cause,
    /// How long it has been in the line, in the unit of time of the plan.
    pub age: f64,
    /// How long it has been at what is said.
    pub since: f64,
}

/// One replication of a line. It goes on in portions, and can be left at any time.
///
/// The core is a heap keyed by (time, class, sequence) and state machines in plain arrays; see
/// Law, *Simulation Modeling and Analysis*, ch. 1 and 2.
#[derive(Clone, Debug)]
pub struct Run {
    pub(super) plan: Arc<Plan>,
    pub(super) now: f64,
    pub(super) until: Until,
    pub(super) end: Option<End>,
    pub(super) heap: Heap<What>,
    /// Events in the heap that only the clock brings: outages of those who are up.
    pub(super) clock_events: usize,
    pub(super) next: VecDeque<Next>,
    /// Gates at which somebody may pass.
    pub(super) woken: Vec<u32>,
    /// Parts that waited for room, and need less of it now.
    pub(super) again: Vec<u32>,
    pub(super) jobs: Vec<Job>,
    pub(super) free_jobs: Vec<u32>,
    /// By item and slot: how often it has come to a station.
    pub(super) visits: Vec<u32>,
    pub(super) tokens: Vec<Token>,
    pub(super) free_tokens: Vec<u32>,
    pub(super) stations: Vec<StationState>,
    /// By station and class.
    pub(super) queues: Vec<Chain>,
    pub(super) crews: Vec<CrewState>,
    pub(super) servers: Vec<Server>,
    pub(super) gates: Vec<Gate>,
    pub(super) sources: Vec<SourceState>,
    pub(super) ticket: u64,
    pub(super) totals: Totals,
    pub(super) inside: u64,
    pub(super) outside: u64,
    pub(super) line_since: f64,
    pub(super) history: History,
    pub(super) next_point: f64,
    pub(super) inside_before: f64,
    /// Events at the time that is now.
    pub(super) at_once: u32,
    /// Items that were there at the start and have not left.
    pub(super) start_inside: u64,
    /// The sum of the ages of items that were there at the start, for Little's law.
    pub(super) ages: f64,
    /// The moves that nobody has taken yet, if it is watched.
    pub(super) film: Option<Vec<Move>>,
    /// The waits of single items, if they are noted.
    pub(super) waits: Option<Box<Waits>>,
}

/// The key of what is in the line at the start, mixed into the numbers of its items.
pub(super) const START: u64 = 0x5354_4152_545f_5750;

impl Run {
    /// A run at its start. The same plan, seed and replication give the same run.
    #[must_use]
    pub fn new(plan: &Arc<Plan>, seed: u64, replication: u32, until: Until) -> Self {
        Self::with_flow(plan, seed, replication, until, false)
    }

    /// A run at its start that keeps the cumulative flow of each station.
    #[must_use]
    pub fn watched(plan: &Arc<Plan>, seed: u64, replication: u32, until: Until) -> Self {
        Self::with_flow(plan, seed, replication, until, true)
    }

    fn with_flow(
        plan: &Arc<Plan>,
        seed: u64,
        replication: u32,
        until: Until,
        keeps_flow: bool,
    ) -> Self {
        let chance = Chance::new(seed, replication);
        let size = plan.size();
        let mut gates: Vec<Gate> = Vec::new();
        let gate = |most: u32, kind: GateKind| Gate {
            most,
            inside: 0,
            kind,
            waiting: VecDeque::new(),
            is_pending: false,
        };
        for limit in &plan.line().limits {
            gates.push(gate(limit.most, GateKind::Group));
        }
        let mut stations = Vec::with_capacity(size);
        for (index, station) in (0_u32..).zip(&plan.line().stations) {
            let own = station.queue_limit.map(|most| {
                gates.push(gate(most, GateKind::Queue(index)));
                gates.len() as u32 - 1
            });
            let stream = |purpose| chance.stream(station.key, purpose);
            stations.push(StationState {
                queued: 0,
                held: 0,
                gathering: Chain::EMPTY,
                transferring: Chain::EMPTY,
                on_hand: match &station.place {
                    Place::Store(store) => store.level,
                    Place::Step(_) | Place::Delay(_) | Place::Pack(_) => 0,
                },
                made: 0,
                gate: own.unwrap_or(NONE),
                work: stream(Purpose::Work),
                set_up: stream(Purpose::SetUp),
                back: stream(Purpose::Back),
                onward: stream(Purpose::Onward),
            });
        }
        let mut servers = Vec::new();
        let mut crews = Vec::new();
        for (index, crew) in (0_u32..).zip(&plan.crews) {
            let first = servers.len() as u32;
            let mut free = vec![u64::MAX; (crew.count as usize).div_ceil(64)];
            if let (Some(last), rest @ 1..) = (free.last_mut(), crew.count % 64) {
                *last = (1 << rest) - 1;
            }
            crews.push(CrewState {
                first,
                idle: crew.count,
                free,
                up: chance.stream(crew.key, Purpose::Up),
                down: chance.stream(crew.key, Purpose::Down),
            });
            servers.extend((0..crew.count).map(|_| Server {
                crew: index,
                phase: Phase::Idle,
                is_up: true,
                station: NONE,
                load: Chain::EMPTY,
                held: 0,
                generation: 0,
                since: 0.0,
                began: 0.0,
                ends: 0.0,
                left: 0.0,
                set_for: NONE,
                set_kind: 0,
                until_set_up: 0,
                use_left: 0.0,
                wears_at: f64::INFINITY,
                outages: 0,
            }));
        }
        let sources = plan.line().sources.iter().map(|source| SourceState {
            count: 0,
            times: 0,
            arrivals: chance.stream(source.key, Purpose::Arrival),
            expedite: chance.stream(source.key, Purpose::Expedite),
            is_open: true,
        });
        let history = History::new(until.latest(), keeps_flow.then_some(size));
        let next_point = history.next_point();
        let mut run = Self {
            now: 0.0,
            until,
            end: None,
            heap: Heap::new(),
            clock_events: 0,
            next: VecDeque::new(),
            woken: Vec::new(),
            again: Vec::new(),
            jobs: Vec::new(),
            free_jobs: Vec::new(),
            visits: Vec::new(),
            tokens: Vec::new(),
            free_tokens: Vec::new(),
            queues: vec![Chain::EMPTY; size * plan.classes],
            crews,
            servers,
            gates,
            sources: sources.collect(),
            ticket: 0,
            totals: Totals::new(size, plan.crews.len(), plan.classes),
            inside: 0,
            outside: 0,
            line_since: 0.0,
            next_point,
            at_once: 0,
            inside_before: 0.0,
            start_inside: 0,
            ages: 0.0,
            film: None,
            waits: None,
            stations,
            history,
            plan: Arc::clone(plan),
        };
        run.begin();
        run
    }

    /// Puts in what is there at time 0.
    fn begin(&mut self) {
        for server in 0..self.servers.len() as u32 {
            self.begin_outages(server);
        }
        self.put_in_what_waits();
        self.settle_all();
        for source in 0..self.sources.len() as u32 {
            match &self.plan.line().sources[source as usize].arrivals {
                Arrivals::Always => self.refill(source),
                Arrivals::Every(_) | Arrivals::At(_) => self.plan_arrival(source),
            }
        }
        self.settle_all();
    }

    /// The time now, in the unit of time of the plan.
    #[must_use]
    pub const fn now(&self) -> f64 {
        self.now
    }

    /// How it ended, if it has.
    #[must_use]
    pub const fn end(&self) -> Option<End> {
        self.end
    }

    /// The plan.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The sums; those of time are up to now once the run has ended.
    #[must_use]
    pub const fn totals(&self) -> &Totals {
        &self.totals
    }

    /// How it went over time.
    #[must_use]
    pub const fn history(&self) -> &History {
        &self.history
    }

    /// Takes the history out of a run that is over.
    #[must_use]
    pub fn into_history(self) -> History {
        self.history
    }

    /// Items in the line now, and those that wait outside.
    #[must_use]
    pub const fn work_in_progress(&self) -> (u64, u64) {
        (self.inside, self.outside)
    }

    /// All items in work and outside, each with its age; parts of one item each for themselves.
    /// Units of a store that are being made are not among them.
    pub fn in_work(&self) -> impl Iterator<Item = InWork> {
        let live = self
            .tokens
            .iter()
            .filter(|token| token.cause != Cause::Gone);
        live.filter_map(|token| {
            let job = &self.jobs[token.job as usize];
            let is_outside = token.station == NONE;
            let counts = match job.role {
                Role::Item => true,
                Role::Supply(_) => !is_outside,
                Role::Unit(_) => false,
            };
            counts.then(|| InWork {
                station: (!is_outside).then_some(token.station as usize),
                cause: token.cause,
                age: self.now - job.arrived,
                since: self.now - token.since,
            })
        })
    }

    /// Both sides of Little's law for this run: the time of items as their number was counted over
    /// time, and as the sum of what each has spent in the line or outside up to now. They are equal
    /// but for rounding (Little 1961; Stidham 1974 for sample paths).
    #[must_use]
    pub fn little(&self) -> (f64, f64) {
        let counted = match self.end {
            Some(_) => self.totals.clone(),
            None => self.totals_at(self.now),
        };
        let mut sum = self.totals.lead + self.totals.absorbed_time - self.ages;
        let mut seen = vec![false; self.jobs.len()];
        for token in self
            .tokens
            .iter()
            .filter(|token| token.cause != Cause::Gone)
        {
            let job = &self.jobs[token.job as usize];
            let counts = match job.role {
                Role::Item => true,
                Role::Supply(_) => token.station != NONE,
                Role::Unit(_) => false,
            };
            if counts && !std::mem::replace(&mut seen[token.job as usize], true) {
                sum += self.now - job.arrived;
            }
        }
        (counted.inside + counted.outside, sum)
    }
}
