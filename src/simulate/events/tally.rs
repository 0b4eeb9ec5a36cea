//! What a run counts: time of items by cause, time of servers by what they do, and the whole line.

/// What an item waits for, or what is done with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// It waits until somebody is free.
    Queue,
    /// It waits until a batch has formed.
    Batch,
    /// Somebody sets up for it.
    SetUp,
    /// It is worked on.
    Work,
    /// Who works on it is down.
    Outage,
    /// It is done, and there is no room where it goes.
    Blocked,
    /// It is done, and waits for others to go on with.
    Transfer,
    /// It stays as long as it is said, whatever happens elsewhere.
    Delay,
    /// It waits for the other parts of the item.
    Parts,
    /// It waits for a unit of a supermarket.
    Stock,
    /// It waits outside until there is room.
    Admission,
    /// It is no more.
    Gone,
}

impl Cause {
    /// Those that an item at a station can have, in the order of the enum.
    pub const AT_STATION: [Self; 10] = [
        Self::Queue,
        Self::Batch,
        Self::SetUp,
        Self::Work,
        Self::Outage,
        Self::Blocked,
        Self::Transfer,
        Self::Delay,
        Self::Parts,
        Self::Stock,
    ];

    /// Those for which an item waits until somebody begins with it, in the order of the enum.
    pub const WAITS: [Self; 4] = [Self::Queue, Self::Batch, Self::Parts, Self::Stock];

    /// What people read.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Queue => "waiting for somebody free",
            Self::Batch => "waiting for a batch",
            Self::SetUp => "set-up",
            Self::Work => "work",
            Self::Outage => "outage",
            Self::Blocked => "blocked",
            Self::Transfer => "waiting to go on together",
            Self::Delay => "delay",
            Self::Parts => "waiting for other parts",
            Self::Stock => "waiting for stock",
            Self::Admission => "waiting to be let in",
            Self::Gone => "gone",
        }
    }
}

/// How many causes an item at a station can have.
pub(super) const CAUSES: usize = Cause::AT_STATION.len();

/// What a server does for a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// It works.
    Work,
    /// It sets up.
    SetUp,
    /// What it has done cannot go on.
    Blocked,
    /// It is down with work on it.
    Down,
}

pub(super) const DOINGS: usize = 4;

/// Sums since the start of a run, up to a time. Spans are in the unit of time of the plan.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Totals {
    /// Up to when.
    pub time: f64,
    /// By station and cause: time of items.
    pub(super) items: Vec<f64>,
    /// By station and what is done: time of servers.
    pub(super) servers: Vec<f64>,
    /// By crew: time of servers with nothing to do.
    pub(super) idle: Vec<f64>,
    /// By crew: time of servers that are down without work on them.
    pub(super) down: Vec<f64>,
    /// By station: items that have come, and those that have gone on.
    pub(super) came: Vec<u64>,
    pub(super) went: Vec<u64>,
    /// Time of items in the line, and of those outside.
    pub inside: f64,
    /// Time of items that wait outside until there is room.
    pub outside: f64,
    /// Items that have come, in the line or waiting outside.
    pub arrived: u64,
    /// Items that have left the line.
    pub left: u64,
    /// Items that were turned away.
    pub turned_away: u64,
    /// Items that became part of another, and the sum of their times in the line until then.
    pub absorbed: u64,
    /// See `absorbed`.
    pub absorbed_time: f64,
    /// The sum of the lead times of those that have left.
    pub lead: f64,
    /// By class: items that have left, and the sum of their lead times.
    pub by_class: Vec<(u64, f64)>,
    /// Events.
    pub events: u64,
}

impl Totals {
    pub(super) fn new(stations: usize, crews: usize, classes: usize) -> Self {
        Self {
            items: vec![0.0; stations * CAUSES],
            servers: vec![0.0; stations * DOINGS],
            idle: vec![0.0; crews],
            down: vec![0.0; crews],
            came: vec![0; stations],
            went: vec![0; stations],
            by_class: vec![(0, 0.0); classes],
            ..Self::default()
        }
    }

    /// Time of items at a station by cause.
    #[must_use]
    pub fn items(&self, station: usize, cause: Cause) -> f64 {
        let index = cause as usize;
        if index < CAUSES {
            self.items[station * CAUSES + index]
        } else {
            0.0
        }
    }

    /// Time of all items at a station.
    #[must_use]
    pub fn all_items(&self, station: usize) -> f64 {
        self.items[station * CAUSES..][..CAUSES].iter().sum()
    }

    /// Time of servers for a step by what they do.
    #[must_use]
    pub fn servers(&self, station: usize, doing: Doing) -> f64 {
        self.servers[station * DOINGS + doing as usize]
    }

    /// Time of servers of a crew with nothing to do.
    #[must_use]
    pub fn idle(&self, crew: usize) -> f64 {
        self.idle[crew]
    }

    /// Time of servers of a crew that are down without work on them.
    #[must_use]
    pub fn down(&self, crew: usize) -> f64 {
        self.down[crew]
    }

    /// Items that have come to a station.
    #[must_use]
    pub fn came(&self, station: usize) -> u64 {
        self.came[station]
    }

    /// Items that have gone on from a station.
    #[must_use]
    pub fn went(&self, station: usize) -> u64 {
        self.went[station]
    }

    /// What has come about since an earlier time of the same run.
    #[must_use]
    pub fn since(&self, earlier: &Self) -> Self {
        let spans = |one: &[f64], other: &[f64]| -> Vec<f64> {
            one.iter()
                .zip(other)
                .map(|(one, other)| one - other)
                .collect()
        };
        let counts = |one: &[u64], other: &[u64]| -> Vec<u64> {
            one.iter()
                .zip(other)
                .map(|(one, other)| one - other)
                .collect()
        };
        let classes = self.by_class.iter().zip(&earlier.by_class);
        Self {
            time: self.time - earlier.time,
            items: spans(&self.items, &earlier.items),
            servers: spans(&self.servers, &earlier.servers),
            idle: spans(&self.idle, &earlier.idle),
            down: spans(&self.down, &earlier.down),
            came: counts(&self.came, &earlier.came),
            went: counts(&self.went, &earlier.went),
            inside: self.inside - earlier.inside,
            outside: self.outside - earlier.outside,
            arrived: self.arrived - earlier.arrived,
            left: self.left - earlier.left,
            turned_away: self.turned_away - earlier.turned_away,
            absorbed: self.absorbed - earlier.absorbed,
            absorbed_time: self.absorbed_time - earlier.absorbed_time,
            lead: self.lead - earlier.lead,
            by_class: classes
                .map(|(one, other)| (one.0 - other.0, one.1 - other.1))
                .collect(),
            events: self.events - earlier.events,
        }
    }
}
