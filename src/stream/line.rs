//! A deterministic line with constant WIP, followed item by item: the oracle of the theorems.

/// A station of a line where nothing varies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Station {
    /// Process time of an item at one server, in any one unit.
    pub time: f64,
    /// Servers, at least 1.
    pub servers: usize,
}

/// What became of one item: by station when it came, when work on it began, and when it left.
#[derive(Clone, Debug, PartialEq)]
pub struct Passage {
    /// By station, in the unit of the times: came, began, left.
    pub stops: Vec<(f64, f64, f64)>,
}

impl Passage {
    /// When it entered the line.
    #[must_use]
    pub fn entered(&self) -> f64 {
        self.stops.first().map_or(0.0, |stop| stop.0)
    }

    /// When it left the line.
    #[must_use]
    pub fn left(&self) -> f64 {
        self.stops.last().map_or(0.0, |stop| stop.2)
    }
}

/// Sends items through a line in which there are always `wip` of them: at the start all wait
/// before the first station, and whenever one leaves, the next enters.
///
/// Exact: an item begins where it has come and a server is free, first come first served. Since
/// all times at a station are the same, items leave in the order in which they came, so the server
/// that is free first is the one of the item `servers` places earlier.
#[must_use]
pub fn run(stations: &[Station], wip: usize, items: usize) -> Vec<Passage> {
    let mut passages: Vec<Passage> = Vec::with_capacity(items);
    for item in 0..items {
        let before = |count: usize| {
            item.checked_sub(count)
                .and_then(|index| passages.get(index))
        };
        let mut came = before(wip).map_or(0.0, Passage::left);
        let mut stops = Vec::with_capacity(stations.len());
        for (index, station) in stations.iter().enumerate() {
            let free = before(station.servers).map_or(0.0, |other| other.stops[index].2);
            let began = came.max(free);
            let left = began + station.time;
            stops.push((came, began, left));
            came = left;
        }
        passages.push(Passage { stops });
    }
    passages
}
