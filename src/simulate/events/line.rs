//! A line as it is described: stations, who works there, where work comes from and goes to.
//!
//! All spans of time are in one unit of working time, such as seconds; places are named by their
//! index in the list of stations. [`super::Plan::new`] checks a line and makes it ready to run.

use super::law::Law;

/// A line through which items pass.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// The stations.
    pub stations: Vec<Station>,
    /// People or machines that several steps share.
    pub pools: Vec<Pool>,
    /// The most items that some stations may hold together.
    pub limits: Vec<Limit>,
    /// Where items come from.
    pub sources: Vec<Source>,
    /// What an expedited item may do.
    pub expedite: Expedite,
    /// What is in the line when it begins.
    pub start: Vec<Waiting>,
}

/// A place that items pass through.
#[derive(Clone, Debug, PartialEq)]
pub struct Station {
    /// What its random numbers hang on: the bits of its id, so that a station keeps its numbers
    /// when others are inserted or left out.
    pub key: u64,
    /// What happens there.
    pub place: Place,
    /// Where items go from there.
    pub route: Route,
    /// The most items that may wait before it, those in work not counted; 0 for none at all.
    pub queue_limit: Option<u32>,
}

/// What happens at a station.
#[derive(Clone, Debug, PartialEq)]
pub enum Place {
    /// Work is done.
    Step(Step),
    /// Every item stays for a while, however many there are: a wait, a transport. With a limit and
    /// no time it is a lane.
    Delay(Law),
    /// A supermarket: an item that comes takes a unit of its stock, or waits for one; each unit
    /// that was taken is made anew.
    Store(Store),
    /// So many items become one, such as the pieces in a box: the first of them goes on as the one.
    /// They wait until enough have come.
    Pack(u32),
}

/// A step.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Who works there.
    pub servers: Servers,
    /// How long one cycle takes: one law, or one for each kind of item.
    pub work: Vec<Law>,
    /// Items wait before it until so many have come; 1 for no wait.
    pub gather: u32,
    /// Items that one cycle works on at once, such as an oven.
    pub cycle: Cycle,
    /// What a server has to do before some of the items.
    pub set_up: Option<SetUp>,
    /// Items that go on together when all are done; 1 for one by one.
    pub transfer: u32,
    /// What becomes of an item that is done and cannot go on.
    pub when_blocked: WhenBlocked,
    /// Among the steps of a pool the least number comes first.
    pub priority: u32,
}

/// Items that one cycle works on at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cycle {
    /// It does not begin with fewer.
    pub least: u32,
    /// It never takes more.
    pub most: u32,
}

impl Cycle {
    /// One item at a time.
    pub const ONE: Self = Self { least: 1, most: 1 };
}

/// Who works at a step.
#[derive(Clone, Debug, PartialEq)]
pub enum Servers {
    /// People or machines of its own.
    Own(Crew),
    /// The pool with this index.
    Pool(usize),
}

/// People or machines side by side.
#[derive(Clone, Debug, PartialEq)]
pub struct Crew {
    /// How many.
    pub count: u32,
    /// When each of them is down.
    pub outages: Option<Outages>,
}

impl Crew {
    /// So many, never down.
    #[must_use]
    pub const fn of(count: u32) -> Self {
        Self {
            count,
            outages: None,
        }
    }
}

/// People or machines that several steps share.
#[derive(Clone, Debug, PartialEq)]
pub struct Pool {
    /// What its random numbers hang on.
    pub key: u64,
    /// Who they are.
    pub crew: Crew,
}

/// When a server is down. Work that is interrupted goes on afterwards.
#[derive(Clone, Debug, PartialEq)]
pub struct Outages {
    /// What brings the next outage.
    pub by: OutageBy,
    /// The time from the end of an outage to the next.
    pub up: Law,
    /// How long an outage lasts.
    pub down: Law,
}

/// What brings an outage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutageBy {
    /// The clock: it comes whether or not there is work.
    Clock,
    /// Use: only time that is worked counts.
    Use,
}

/// What a server has to do before some of the items.
#[derive(Clone, Debug, PartialEq)]
pub struct SetUp {
    /// How long it takes.
    pub time: Law,
    /// Before which items.
    pub when: SetUpWhen,
}

/// Before which items a server sets up. One that comes from another step always does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetUpWhen {
    /// Before the first, and after each so many.
    Every(u32),
    /// Where the kind is another than before.
    KindChanges,
}

/// What becomes of an item that is done and finds no room where it goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WhenBlocked {
    /// It stays on its server, which waits (blocking after service).
    #[default]
    HoldsServer,
    /// It is laid aside, and still counts as at this step.
    LaidAside,
}

/// A supermarket.
#[derive(Clone, Debug, PartialEq)]
pub struct Store {
    /// Units at the start: what is taken is made anew, so it is also the most there can be.
    pub level: u32,
    /// Where the making of a unit begins; its way has to lead back here. Of several, a unit needs
    /// something from each.
    pub from: Vec<usize>,
}

/// Where items go from a station.
#[derive(Clone, Debug, PartialEq)]
pub struct Route {
    /// Back to be done again: how likely, and where to. It is settled first, each time anew.
    pub back: Vec<(f64, usize)>,
    /// Where what does not go back goes.
    pub onwards: Onwards,
}

/// Where items go on to.
#[derive(Clone, Debug, PartialEq)]
pub enum Onwards {
    /// One of these, with these shares; what is left of 1 leaves the line.
    One(Vec<(f64, usize)>),
    /// As `One`, by kind of item; of a kind beyond the list, the last.
    OneOfKind(Vec<Vec<(f64, usize)>>),
    /// All of these at once, in parallel; where the parts meet, they wait for each other.
    All(Vec<usize>),
}

impl Route {
    /// Out of the line.
    pub const LEAVE: Self = Self {
        back: Vec::new(),
        onwards: Onwards::One(Vec::new()),
    };

    /// To one station.
    #[must_use]
    pub fn to(station: usize) -> Self {
        Self {
            back: Vec::new(),
            onwards: Onwards::One(vec![(1.0, station)]),
        }
    }

    /// The same, but this part goes back to a station first.
    #[must_use]
    pub fn with_back(mut self, chance: f64, station: usize) -> Self {
        self.back.push((chance, station));
        self
    }
}

/// The most items that some stations may hold together, waiting or in work. The parts of one item
/// count as one.
#[derive(Clone, Debug, PartialEq)]
pub struct Limit {
    /// The stations.
    pub stations: Vec<usize>,
    /// At most so many items.
    pub most: u32,
}

/// Where items come from.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// What its random numbers hang on.
    pub key: u64,
    /// Where items begin; of several, each needs something from all.
    pub entries: Vec<usize>,
    /// When they come.
    pub arrivals: Arrivals,
    /// How many come at once.
    pub batch: u32,
    /// No more than so many come.
    pub most: Option<u64>,
    /// The kind of its items, from 0.
    pub kind: u16,
    /// The class of its items: the least comes first. Expedited items are of class 0.
    pub class: u8,
    /// The part of its items that is expedited, 0 to 1.
    pub expedited: f64,
    /// What becomes of an item that finds no room.
    pub when_full: WhenFull,
}

/// When items come.
#[derive(Clone, Debug, PartialEq)]
pub enum Arrivals {
    /// With such times between them; the first after one such time.
    Every(Law),
    /// At these times, rising.
    At(Vec<f64>),
    /// Whenever there is room: there is always one more.
    Always,
}

/// What becomes of an item that comes and finds no room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WhenFull {
    /// It waits outside.
    #[default]
    Waits,
    /// It is turned away.
    TurnedAway,
}

/// What an item of a lower class may do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Expedite {
    /// It goes to the front of each queue.
    #[default]
    JumpsQueues,
    /// It interrupts work on items of higher classes, too; what is interrupted goes on afterwards.
    Interrupts,
}

/// Items that are in the line when it begins.
#[derive(Clone, Debug, PartialEq)]
pub struct Waiting {
    /// Where they wait.
    pub station: usize,
    /// How old each is: its time in the line so far. In the order in which they are served.
    pub ages: Vec<f64>,
    /// Their kind.
    pub kind: u16,
    /// Their class.
    pub class: u8,
}

impl Step {
    /// One server of its own that works on one item at a time.
    #[must_use]
    pub fn new(work: Law) -> Self {
        Self::with_servers(work, 1)
    }

    /// So many servers of its own.
    #[must_use]
    pub fn with_servers(work: Law, count: u32) -> Self {
        Self {
            servers: Servers::Own(Crew::of(count)),
            work: vec![work],
            gather: 1,
            cycle: Cycle::ONE,
            set_up: None,
            transfer: 1,
            when_blocked: WhenBlocked::default(),
            priority: 0,
        }
    }
}

impl Station {
    /// A step without a limit before it.
    #[must_use]
    pub const fn step(key: u64, step: Step, route: Route) -> Self {
        Self {
            key,
            place: Place::Step(step),
            route,
            queue_limit: None,
        }
    }

    /// A wait.
    #[must_use]
    pub const fn delay(key: u64, time: Law, route: Route) -> Self {
        Self {
            key,
            place: Place::Delay(time),
            route,
            queue_limit: None,
        }
    }
}

impl Source {
    /// Plain items, one by one, that wait where there is no room.
    #[must_use]
    pub fn new(key: u64, entry: usize, arrivals: Arrivals) -> Self {
        Self {
            key,
            entries: vec![entry],
            arrivals,
            batch: 1,
            most: None,
            kind: 0,
            class: 1,
            expedited: 0.0,
            when_full: WhenFull::default(),
        }
    }
}

impl Line {
    /// Steps in a row, each with a key of its own place, and one source before them.
    #[must_use]
    pub fn in_a_row(steps: Vec<Step>, arrivals: Arrivals) -> Self {
        let last = steps.len().saturating_sub(1);
        let station = |(place, step): (usize, Step)| {
            let route = if place == last {
                Route::LEAVE
            } else {
                Route::to(place + 1)
            };
            Station::step(place as u64 + 1, step, route)
        };
        Self {
            stations: steps.into_iter().enumerate().map(station).collect(),
            sources: vec![Source::new(1_000_003, 0, arrivals)],
            ..Self::default()
        }
    }
}
