//! Which step limits the stream, by how much, and which could if more were known.

use crate::model::{Id, MeasureKind};

use super::capacity::ResourceLoad;
use super::derive::Stream;
use super::evaluate::Evaluation;
use super::inputs::changes_over;
use super::network::{ArcKind, Node};
use super::stated::Knowledge;

/// Steps that limit together, since they share a resource, and what they can do.
#[derive(Clone, Debug, PartialEq)]
pub struct Constraint {
    /// The steps.
    pub stations: Vec<Id>,
    /// Items per second of working time.
    pub capacity: f64,
}

/// What limits a stream.
#[derive(Clone, Debug, PartialEq)]
pub struct LimitReport {
    /// The resource with the least capacity of those that are known; several if equal.
    pub constraints: Vec<Constraint>,
    /// The capacity of the stream rb, in items per second of working time: an upper bound while
    /// there are candidates.
    pub capacity: f64,
    /// The next to limit; several if equal.
    pub runners_up: Vec<Constraint>,
    /// How much more the runner-up can do, as a part of the constraint's capacity.
    pub margin: Option<f64>,
    /// Steps that could limit even more, since something of them is unknown.
    pub candidates: Vec<Candidate>,
    /// What customers ask for, in items per second of working time.
    pub demand: Option<f64>,
    /// How many items come to the constraint for each that arrives, however often each does: less
    /// than 1 on a branch that some take.
    pub items_through: f64,
}

impl LimitReport {
    /// How many more items wait before the constraint after each second of working time, since
    /// customers ask for more than comes through; 0 if they do not.
    #[must_use]
    pub fn queue_growth(&self) -> Option<f64> {
        Some((self.demand? - self.capacity).max(0.0) * self.items_through)
    }

    /// The steps that limit.
    pub fn stations(&self) -> impl Iterator<Item = Id> + '_ {
        let constraints = self.constraints.iter();
        constraints.flat_map(|constraint| constraint.stations.iter().copied())
    }

    /// Whether no unknown measure could make another step the constraint.
    #[must_use]
    pub const fn is_certain(&self) -> bool {
        self.candidates.is_empty()
    }
}

/// Something unknown that could make a step the constraint.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The steps of the resource.
    pub stations: Vec<Id>,
    /// The station or flow of which something is unknown.
    pub record: Id,
    /// What is unknown of it.
    pub measure: MeasureKind,
    /// From where on it would limit, if it is the only thing that is unknown there.
    pub threshold: Option<Threshold>,
}

/// A number beyond which a step would be the constraint.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Threshold {
    /// The number: a time in seconds of the basis, a share in parts of 1, or a count.
    pub value: f64,
    /// On which side of it the step limits.
    pub side: Side,
}

/// A side of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// It limits only if the measure is above.
    Above,
    /// It limits only if the measure is below.
    Below,
}

/// The report of an evaluated stream; none if no capacity is known.
pub(super) fn limit_report(stream: &Stream, evaluation: &Evaluation) -> Option<LimitReport> {
    let limit = evaluation.limit.as_ref()?;
    let constraint = |index: &usize| Constraint {
        stations: ids(stream, &evaluation.loads[*index]),
        capacity: evaluation.capacities[*index].unwrap_or(limit.capacity),
    };
    let runners_up = limit.runner_up.as_ref();
    Some(LimitReport {
        constraints: limit.constraints.iter().map(constraint).collect(),
        capacity: limit.capacity,
        runners_up: runners_up.map_or_else(Vec::new, |(_, indices)| {
            indices.iter().map(constraint).collect()
        }),
        margin: limit.margin(),
        candidates: candidates(stream, evaluation),
        demand: evaluation.demand,
        items_through: first_items(evaluation, limit),
    })
}

/// How many items come to the first step of the constraint that is come to.
fn first_items(evaluation: &Evaluation, limit: &super::capacity::Limit) -> f64 {
    let resource = limit.constraints.first();
    let load = resource.and_then(|resource| evaluation.loads.get(*resource));
    let (Some(load), Ok(traffic)) = (load, &evaluation.traffic) else {
        return 1.0;
    };
    let through = load
        .members
        .iter()
        .map(|member| traffic.items_through(*member));
    through.fold(0.0, f64::max)
}

/// The steps of a resource.
pub(super) fn ids(stream: &Stream, load: &ResourceLoad) -> Vec<Id> {
    let members = load.members.iter();
    members.map(|index| stream.stations[*index]).collect()
}

/// What is unknown and could make a step the constraint; all that is unknown if no capacity is
/// known.
pub(super) fn candidates(stream: &Stream, evaluation: &Evaluation) -> Vec<Candidate> {
    let mut found = Vec::new();
    let capacity = evaluation.limit.as_ref().map(|limit| limit.capacity);
    for load in &evaluation.loads {
        let mut unknown: Vec<(usize, MeasureKind)> = Vec::new();
        for index in load.members.iter().copied() {
            let mut kinds = unknown_kinds(stream, index);
            if stream.lacks_share(index, evaluation.demand) {
                kinds.push(MeasureKind::ResourceShare);
            }
            unknown.extend(kinds.into_iter().map(|kind| (index, kind)));
        }
        for (index, measure) in unknown.iter().copied() {
            let alone = unknown.len() == 1;
            let threshold = capacity.filter(|_| alone).and_then(|capacity| {
                let node = &evaluation.network.nodes[index];
                let visits = evaluation.visits[index];
                let slot = stream.of_station(index, MeasureKind::Changeover);
                let changeover = slot.and_then(|slot| {
                    let quantity = &stream.quantities[slot];
                    Some(quantity.likely? * quantity.working)
                });
                // Of what is mixed of several products no one time decides.
                let mixed = measure == MeasureKind::ProcessTime && !stream.products.is_empty();
                if mixed {
                    return None;
                }
                let value = threshold(load, node, visits, measure, capacity, changeover)?;
                let slot = stream.of_station(index, measure);
                let working = slot.map_or(1.0, |slot| stream.quantities[slot].working);
                let is_changeover = measure == MeasureKind::Changeover;
                // Times are asked for in seconds of the basis.
                let is_time = is_changeover || measure == MeasureKind::ProcessTime;
                let side = if is_time { Side::Above } else { Side::Below };
                let value = if is_time { value / working } else { value };
                Some(Threshold { value, side })
            });
            // A share cannot be above all, nor a batch below one: such a step is no candidate.
            let impossible = |threshold: &Threshold| match measure {
                MeasureKind::Batch => threshold.value <= 1.0,
                _ => threshold.side == Side::Below && threshold.value <= 0.0,
            };
            if !threshold.as_ref().is_some_and(impossible) {
                found.push(Candidate {
                    stations: ids(stream, load),
                    record: stream.stations[index],
                    measure,
                    threshold,
                });
            }
        }
    }
    found.extend(mix_candidates(stream, evaluation));
    for (index, arc) in stream.shape.arcs.iter().enumerate() {
        let unknown = stream.flow_knowledge(index, MeasureKind::Share) <= Knowledge::Unknown;
        if arc.kind == ArcKind::Rework && unknown {
            found.push(Candidate {
                stations: vec![stream.stations[arc.to]],
                record: stream.flows[index],
                measure: MeasureKind::Share,
                threshold: None,
            });
        }
    }
    found
}

/// What customers ask for of products, where steps take longer for some than for others and nobody
/// knows how many of each there are.
fn mix_candidates(stream: &Stream, evaluation: &Evaluation) -> Vec<Candidate> {
    let known = |place: &usize| !stream.lacks_time(*place);
    let mixed = evaluation.loads.iter().filter(|load| {
        let times = evaluation.network.nodes.iter();
        let times: Vec<_> = times.map(|node| node.process_time).collect();
        load.members
            .iter()
            .any(|place| times[*place].is_none() && known(place))
    });
    let stations: Vec<Id> = mixed.flat_map(|load| ids(stream, load)).collect();
    if stations.is_empty() {
        return Vec::new();
    }
    let mut silent: Vec<Id> = stream
        .products
        .iter()
        .filter(|product| {
            let demand = product.demand;
            demand.is_none_or(|slot| stream.quantities[slot].likely.is_none())
        })
        .map(|product| product.customer)
        .collect();
    silent.dedup();
    let candidate = |record| Candidate {
        stations: stations.clone(),
        record,
        measure: MeasureKind::Demand,
        threshold: None,
    };
    silent.into_iter().map(candidate).collect()
}

/// What is unknown of a step that its capacity depends on.
fn unknown_kinds(stream: &Stream, index: usize) -> Vec<MeasureKind> {
    let knowledge = |kind: MeasureKind| stream.knowledge(index, kind);
    let mut kinds = Vec::new();
    if stream.lacks_time(index) {
        kinds.push(MeasureKind::ProcessTime);
    }
    for kind in [
        MeasureKind::Servers,
        MeasureKind::Uptime,
        MeasureKind::Changeover,
        MeasureKind::ResourceShare,
    ] {
        if knowledge(kind) == Knowledge::Unknown {
            kinds.push(kind);
        }
    }
    if changes_over(stream, index) && knowledge(MeasureKind::Batch) <= Knowledge::Unknown {
        kinds.push(MeasureKind::Batch);
    }
    kinds
}

/// Where one measure of a step makes its resource exactly as capable as the rest of the stream:
/// c share / (rest + v (t0 / A + ts / Ns)) = rb, solved for it. Times in seconds of working time.
fn threshold(
    load: &ResourceLoad,
    node: &Node,
    visits: f64,
    measure: MeasureKind,
    capacity: f64,
    changeover: Option<f64>,
) -> Option<f64> {
    let own = node.effective_time().map_or(0.0, |time| visits * time);
    let rest = load.known_load - own;
    match measure {
        MeasureKind::Servers => return Some(capacity * load.load? / load.share),
        MeasureKind::ResourceShare => return Some(capacity * load.load? / load.servers?),
        _ => {}
    }
    // What the effective time of a visit may be at most.
    let most = (load.servers? * load.share / capacity - rest) / visits;
    let setup = node.changeover / node.batch;
    Some(match measure {
        MeasureKind::ProcessTime => ((most - setup) * node.availability * node.pieces).max(0.0),
        MeasureKind::Uptime => node.process_time? / node.pieces / (most - setup),
        // What is left for changeovers, of what the work itself takes.
        MeasureKind::Changeover => {
            let spare = most - node.process_time? / node.availability / node.pieces;
            (spare * node.batch).max(0.0)
        }
        MeasureKind::Batch => {
            let spare = most - node.process_time? / node.availability / node.pieces;
            let least = changeover? / spare;
            return least.is_finite().then_some(least).filter(|_| spare > 0.0);
        }
        _ => return None,
    })
}
