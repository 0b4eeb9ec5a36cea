//! A stream in plain numbers: stations with their times, and the arcs between them.

/// A value stream without words and units: what the arithmetic works on.
///
/// Times are in seconds of working time, rates in items per second of working time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Network {
    /// The stations.
    pub nodes: Vec<Node>,
    /// The arcs that work takes from station to station.
    pub arcs: Vec<Arc>,
    /// Where work enters. Of several, each item needs something from all of them.
    pub entries: Vec<usize>,
    /// Where work has arrived: customers, or stations that nothing leads on from.
    pub exits: Vec<usize>,
}

/// A station in plain numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Node {
    /// Natural process time t0 of one item at one server, in seconds; none if nobody knows it.
    pub process_time: Option<f64>,
    /// People or machines in parallel, c; 0 for a place that does no work, such as a queue; none
    /// if nobody knows it.
    pub servers: Option<f64>,
    /// Availability A: the part of the time in which a server is not down; over 0, to 1.
    pub availability: f64,
    /// Mean time to repair a server that is down, in seconds.
    pub repair_time: f64,
    /// Changeover time ts, in seconds.
    pub changeover: f64,
    /// Items between two changeovers, Ns; at least 1.
    pub batch: f64,
    /// Items that one cycle of a server makes at once; over 0.
    pub pieces: f64,
    /// Squared coefficient of variation of the time to repair, cr².
    pub repair_variation: f64,
    /// Squared coefficient of variation of the changeover time, cs².
    pub changeover_variation: f64,
    /// Squared coefficient of variation of the natural process time, c0²; none if nobody knows it.
    pub variation: Option<f64>,
    /// The part of the servers' time that this stream gets; over 0, to 1.
    pub share: f64,
    /// Stations with the same number share their servers.
    pub resource: Option<usize>,
}

impl Node {
    /// A place where no work is done: a queue, a supplier, a customer.
    pub const PLACE: Self = Self {
        process_time: Some(0.0),
        servers: Some(0.0),
        availability: 1.0,
        repair_time: 0.0,
        changeover: 0.0,
        batch: 1.0,
        pieces: 1.0,
        repair_variation: 1.0,
        changeover_variation: 0.0,
        variation: Some(1.0),
        share: 1.0,
        resource: None,
    };

    /// A step with one server that is always up, never changes over, and varies as an exponential
    /// distribution does.
    #[must_use]
    pub const fn step(process_time: f64) -> Self {
        Self {
            process_time: Some(process_time),
            servers: Some(1.0),
            ..Self::PLACE
        }
    }

    /// Whether work is done here, by however many.
    #[must_use]
    pub fn works(&self) -> bool {
        self.servers != Some(0.0)
    }
}

/// Whether an arc leads on or back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArcKind {
    /// Onwards, to the customer.
    Forward,
    /// Back, to be done again.
    Rework,
}

/// A flow of work from one station to another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Arc {
    /// The index in the list of nodes that it leaves.
    pub from: usize,
    /// The index in the list of nodes that it leads to.
    pub to: usize,
    /// Whether it leads on or back.
    pub kind: ArcKind,
    /// The part of the items that take it, 0 to 1; none if nobody said.
    ///
    /// Rework takes its part first; the parts of the arcs onwards are of what is left.
    pub share: Option<f64>,
    /// Items before it that make one item after it, such as the pieces in a box; over 0.
    pub items_in_one: f64,
}

impl Arc {
    /// An arc onwards that all items take.
    #[must_use]
    pub const fn forward(from: usize, to: usize) -> Self {
        Self {
            from,
            to,
            kind: ArcKind::Forward,
            share: None,
            items_in_one: 1.0,
        }
    }

    /// An arc onwards that some of the items take.
    #[must_use]
    pub const fn split(from: usize, to: usize, share: f64) -> Self {
        Self {
            share: Some(share),
            ..Self::forward(from, to)
        }
    }

    /// An arc back that some of the items take.
    #[must_use]
    pub const fn rework(from: usize, to: usize, probability: f64) -> Self {
        Self {
            from,
            to,
            kind: ArcKind::Rework,
            share: Some(probability),
            items_in_one: 1.0,
        }
    }
}

impl Network {
    /// Stations in a row.
    #[must_use]
    pub fn line(nodes: Vec<Node>) -> Self {
        let last = nodes.len().saturating_sub(1);
        Self {
            arcs: (1..nodes.len())
                .map(|to| Arc::forward(to - 1, to))
                .collect(),
            entries: if nodes.is_empty() { vec![] } else { vec![0] },
            exits: if nodes.is_empty() { vec![] } else { vec![last] },
            nodes,
        }
    }

    /// For each node the indices of the arcs that leave it.
    #[must_use]
    pub fn outgoing(&self) -> Vec<Vec<usize>> {
        let mut outgoing = vec![Vec::new(); self.nodes.len()];
        for (index, arc) in self.arcs.iter().enumerate() {
            if let Some(list) = outgoing.get_mut(arc.from) {
                list.push(index);
            }
        }
        outgoing
    }
}
