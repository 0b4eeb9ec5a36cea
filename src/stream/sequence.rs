//! The sequence of limits: lift the constraint until the next binds, and again.

use crate::model::Id;

use super::capacity::EQUAL;
use super::limits::ids;
use super::report::StreamResults;

/// One limit after another, each lifted just as far as the next.
#[derive(Clone, Debug, PartialEq)]
pub struct Sequence {
    /// The limits in the order in which they bind.
    pub limits: Vec<SequenceLimit>,
    /// Throughput against added capacity: straight lines between these points.
    pub curve: Vec<CurvePoint>,
    /// Why it ends.
    pub end: SequenceEnd,
}

/// A limit of the sequence.
#[derive(Clone, Debug, PartialEq)]
pub struct SequenceLimit {
    /// The steps that begin to bind here; those of earlier limits bind with them.
    pub stations: Vec<Id>,
    /// The capacity of the stream at which they do, in items per second of working time.
    pub capacity: f64,
    /// How many times as much all that bind must do until the next limit, or until the end; 1.2
    /// is a fifth more.
    pub factor: f64,
}

/// A point of the curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CurvePoint {
    /// Capacity added so far, over all resources that were lifted, in items per second.
    pub added: f64,
    /// What comes through, in items per second of working time.
    pub throughput: f64,
}

/// Why a sequence of limits ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SequenceEnd {
    /// Customers ask for no more.
    Demand,
    /// The stream does ten times as much as at first.
    Tenfold,
}

/// The farthest that a sequence goes, as a multiple of the first capacity.
const FARTHEST: f64 = 10.0;

/// The sequence of limits of a stream; none if no capacity is known. Steps of which it is not
/// known are left out, as [`super::LimitReport::candidates`] says.
#[must_use]
pub fn sequence(results: &StreamResults) -> Option<Sequence> {
    let evaluation = results.evaluation();
    let first = evaluation.limit.as_ref()?.capacity;
    let farthest = first * FARTHEST;
    let (target, end) = match evaluation.demand {
        Some(demand) if demand <= farthest => (demand, SequenceEnd::Demand),
        _ => (farthest, SequenceEnd::Tenfold),
    };
    let mut resources: Vec<(f64, usize)> = evaluation
        .capacities
        .iter()
        .enumerate()
        .filter_map(|(index, capacity)| Some(((*capacity)?, index)))
        .filter(|(capacity, _)| capacity.is_finite())
        .collect();
    resources.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut limits: Vec<SequenceLimit> = Vec::new();
    let mut curve = vec![CurvePoint {
        added: 0.0,
        throughput: first.min(target),
    }];
    let mut lifted = 0.0;
    let mut added = 0.0;
    for (index, (capacity, resource)) in resources.iter().copied().enumerate() {
        let binds = capacity < target || index == 0;
        if !binds {
            break;
        }
        let stations = ids(&results.stream, &evaluation.loads[resource]);
        lifted += 1.0;
        let next = resources.get(index + 1).map_or(target, |next| next.0);
        let until = next.min(target).max(capacity);
        match limits.last_mut() {
            // Those that bind at once are one limit.
            Some(last) if capacity <= last.capacity * (1.0 + EQUAL) => {
                last.stations.extend(stations);
                last.factor = until / last.capacity;
            }
            _ => limits.push(SequenceLimit {
                stations,
                capacity,
                factor: until / capacity,
            }),
        }
        if until > capacity {
            added += lifted * (until - capacity);
            curve.push(CurvePoint {
                added,
                throughput: until,
            });
        }
    }
    Some(Sequence { limits, curve, end })
}
