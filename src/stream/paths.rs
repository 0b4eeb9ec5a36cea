//! The paths through a stream, from entering to arriving, the longest first.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use crate::model::Id;

use super::ladder::{FlowPath, Ladder, ladder};
use super::report::StreamResults;

/// One path through a stream, along flows onwards.
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    /// Its stations and flows, with the times on it.
    pub ladder: Ladder,
    /// Lead time along it, as far as it is known, in seconds of the basis.
    pub lead_time: f64,
    /// Process time along it, as far as it is known, in seconds of the basis.
    pub process_time: f64,
    /// Whether all its times are known; if not, both are at least so long.
    pub is_complete: bool,
    /// The part of the items that take all its arcs, 0 to 1, rework left out. An item takes all
    /// arcs of parallel branches, so that the parts of several paths may sum to more than 1.
    pub share: f64,
}

/// Some paths of a stream.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Paths {
    /// The longest, by what is known of their times, longest first.
    pub longest: Vec<Path>,
    /// How many there are in all; a very large number is rounded.
    pub count: f64,
}

/// A path that has come so far.
struct Begun {
    /// By how much the longest time that it can still get to is below that of the longest path: 0
    /// while it takes the longest path on, without a rounding.
    loss: f64,
    so_far: f64,
    share: f64,
    path: FlowPath,
    /// Whether it has arrived where it ends.
    ends: bool,
}

impl Ord for Begun {
    fn cmp(&self, other: &Self) -> Ordering {
        // Of paths of the same length one that has ended comes first, then they are taken one after
        // the other, each to its end.
        let by_loss = other.loss.total_cmp(&self.loss);
        let by_end = by_loss.then(self.ends.cmp(&other.ends));
        by_end.then_with(|| other.path.stations.cmp(&self.path.stations))
    }
}

impl PartialOrd for Begun {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Begun {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Begun {}

/// The longest paths of a stream, at most so many; none where its flows have a problem.
///
/// Best first by what a path can still come to, which is known (A*, Hart, Nilsson & Raphael 1968), so
/// each path that is found is the next longest. What is begun can always be ended without a further
/// loss, so the work is at most that of the paths that are asked for, however many there are.
#[must_use]
pub fn paths(results: &StreamResults, most: usize) -> Paths {
    let (stream, evaluation) = (&results.stream, results.evaluation());
    let (Ok(order), Ok(traffic)) = (&stream.order, &evaluation.traffic) else {
        return Paths::default();
    };
    let network = &evaluation.network;
    let (at, on) = evaluation.times.known();
    let chances = traffic.onward_parts(network);
    let size = network.nodes.len();
    let mut is_exit = vec![false; size];
    network.exits.iter().for_each(|exit| is_exit[*exit] = true);
    // By station: the longest time from there to an end, and how many paths lead there.
    let mut rest: Vec<Option<f64>> = vec![None; size];
    let mut counts = vec![0.0; size];
    for here in order.sequence.iter().rev().copied() {
        if is_exit[here] {
            (rest[here], counts[here]) = (Some(at[here]), 1.0);
        }
        for index in &order.onwards[here] {
            let to = network.arcs[*index].to;
            if let Some(after) = rest[to] {
                let time = at[here] + on[*index] + after;
                rest[here] = Some(rest[here].map_or(time, |other| other.max(time)));
                counts[here] += counts[to];
            }
        }
    }
    let mut open = BinaryHeap::new();
    let mut found = Paths::default();
    let entries = network.entries.iter();
    let longest = entries.filter_map(|entry| rest[*entry]).fold(0.0, f64::max);
    for entry in network.entries.iter().copied() {
        found.count += counts[entry];
        let path = FlowPath {
            stations: vec![entry],
            arcs: Vec::new(),
        };
        open.extend(rest[entry].map(|time| Begun {
            loss: longest - time,
            so_far: 0.0,
            share: 1.0,
            path,
            ends: false,
        }));
    }
    while let Some(begun) = open.pop() {
        if found.longest.len() == most {
            break;
        }
        if begun.ends {
            let path = &begun.path;
            found.longest.push(Path {
                ladder: ladder(stream, &evaluation.times, path),
                lead_time: begun.so_far,
                process_time: path
                    .stations
                    .iter()
                    .filter_map(|index| evaluation.times.process[*index])
                    .sum(),
                is_complete: evaluation.knows(path),
                share: begun.share,
            });
            continue;
        }
        let Some(here) = begun.path.stations.last().copied() else {
            continue;
        };
        let so_far = begun.so_far + at[here];
        // What it loses by not going the longest path on from here.
        let loss = |time: f64| begun.loss + (rest[here].unwrap_or(time) - time);
        if is_exit[here] {
            open.push(Begun {
                loss: loss(at[here]),
                so_far,
                share: begun.share,
                path: begun.path.clone(),
                ends: true,
            });
        }
        for index in order.onwards[here].iter().copied() {
            let to = network.arcs[index].to;
            let Some(after) = rest[to] else { continue };
            let mut path = begun.path.clone();
            path.arcs.push(index);
            path.stations.push(to);
            open.push(Begun {
                loss: loss(at[here] + on[index] + after),
                so_far: so_far + on[index],
                share: begun.share * chances[index],
                path,
                ends: false,
            });
        }
    }
    found
}

impl Path {
    /// The stations that tell it from another path, in its order: those that the other does not
    /// pass.
    #[must_use]
    pub fn apart_from(&self, other: &Self) -> Vec<Id> {
        let stations = self.ladder.stations.iter().copied();
        stations
            .filter(|station| !other.ladder.stations.contains(station))
            .collect()
    }
}
