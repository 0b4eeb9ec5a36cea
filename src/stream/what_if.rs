//! What an improvement of one step does to the whole, and why.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use crate::model::{Document, Id};

use super::derive::Stream;
use super::evaluate::{Depth, Evaluation};
use super::figure::Status;
use super::network::Network;
use super::predict::predicted_waits;
use super::problem::names;
use super::report::StreamResults;
use super::traffic::Traffic;

/// An improvement of one step.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Lever {
    /// Its process time becomes this part of what it is; 0.5 is twice as fast. Changeovers and
    /// repairs take as long as before.
    Time(f64),
    /// It gets so many more people or machines; those that it shares serve all its neighbours too.
    Servers(f64),
}

/// What holds for the work in a stream.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Regime {
    /// So many items are in it at all times, and nothing varies. All results are theorems for such
    /// a line (Hopp & Spearman, ch. 7, best case).
    ConstantWip(f64),
    /// Customers ask for so many items per second of working time, at random. Waits are an
    /// approximation (Allen & Cunneen).
    Open(f64),
    /// There is always work to do. Queues and lead times cannot be told.
    Saturated,
}

/// How a stream does.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// What comes out, in items per second of working time.
    pub throughput: f64,
    /// Capacity of the constraint, in the same unit.
    pub capacity: f64,
    /// The steps that limit.
    pub constraint: Vec<Id>,
    /// Items that wait before the constraint; none if it cannot be told, or grows without end.
    pub queue: Option<f64>,
    /// Items that the queue grows by in each second of working time.
    pub growth: f64,
    /// Time of an item in the stream, in seconds of working time; none if it cannot be told, or
    /// grows without end.
    pub lead_time: Option<f64>,
    /// Time of an item from the end of the constraint on, in seconds of working time; of several
    /// constraints from the last.
    pub after_constraint: Option<f64>,
    /// Critical WIP W0, in items.
    pub critical_wip: f64,
}

/// Where the improved step stands.
#[derive(Clone, Debug, PartialEq)]
pub enum WhatIfOutcome {
    /// Work comes through it to the constraint: the same throughput, a longer queue there.
    Upstream,
    /// It is the constraint: throughput rises until the next limit.
    AtConstraint {
        /// What limits afterwards, if that is another step.
        moved_to: Option<Vec<Id>>,
    },
    /// Work comes to it from the constraint: the same throughput, less time after it.
    Downstream,
    /// There is too little work in the stream to keep the constraint busy: every step limits.
    BelowCriticalWip,
    /// No item that passes it passes the constraint, such as on a parallel branch.
    OffThePath,
    /// The stream does all that customers ask for: only the times change.
    DemandLimits,
}

/// What an improvement does.
#[derive(Clone, Debug, PartialEq)]
pub struct WhatIf {
    /// The improved step.
    pub station: Id,
    /// What holds for the work.
    pub regime: Regime,
    /// Before.
    pub before: State,
    /// After.
    pub after: State,
    /// Why.
    pub outcome: WhatIfOutcome,
}

/// Why nothing can be said of an improvement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WhatIfError {
    /// No work is done there, or none comes there.
    #[error("only a step that work comes to can be improved")]
    NotAStep,
    /// Process times or servers are missing.
    #[error(
        "the constraint can't be calculated before the process time of every step is known, and \
         how many people or machines work there"
    )]
    Unknown,
    /// Problems of the flows come first.
    #[error("the flows of this stream have a problem that has to be solved first")]
    NoTraffic,
}

/// What an improvement of a step would do.
///
/// With a constant WIP w (the limit of work of the document): TH = min(w/T0, rb), CT = w/TH, queue
/// w - TH T0. With demand: TH = min(demand, rb), and waits by Allen and Cunneen. Else as if there
/// were always work.
///
/// # Errors
/// Nothing can be said of it.
pub fn what_if(
    results: &StreamResults,
    station: Id,
    improvement: Lever,
) -> Result<WhatIf, WhatIfError> {
    let stream = &results.stream;
    let before = results.evaluation();
    let traffic = before
        .traffic
        .as_ref()
        .map_err(|_| WhatIfError::NoTraffic)?;
    let index = stream.index_of(station).ok_or(WhatIfError::NotAStep)?;
    let resource = before.resource_of[index].ok_or(WhatIfError::NotAStep)?;
    let network = improved(before, index, resource, improvement);
    let after = evaluated(stream, network, traffic);
    let regime = regime(stream, before);
    let (earlier, later) = (
        state(stream, before, regime).ok_or(WhatIfError::Unknown)?,
        state(stream, &after, regime).ok_or(WhatIfError::Unknown)?,
    );
    let outcome = outcome(stream, before, (index, resource), regime, &earlier, &later);
    Ok(WhatIf {
        station,
        regime,
        before: earlier,
        after: later,
        outcome,
    })
}

fn evaluated(stream: &Stream, network: Network, traffic: &Rc<Traffic>) -> Evaluation {
    let traffic = Ok(Rc::clone(traffic));
    let mut after = Evaluation::with(stream, &stream.likely(), network, traffic, Depth::Main);
    after.predicted = predicted_waits(stream, &after);
    after
}

/// The network with one step improved.
fn improved(before: &Evaluation, index: usize, resource: usize, improvement: Lever) -> Network {
    let mut network = before.network.clone();
    match improvement {
        Lever::Time(part) => {
            let node = &mut network.nodes[index];
            node.process_time = node.process_time.map(|time| time * part);
        }
        Lever::Servers(more) => {
            let load = &before.loads[resource];
            for member in &load.members {
                network.nodes[*member].servers = load.servers.map(|servers| servers + more);
            }
        }
    }
    network
}

fn regime(stream: &Stream, evaluation: &Evaluation) -> Regime {
    let limit = stream.work_limit();
    let limit = limit.and_then(|slot| stream.quantities[slot].likely);
    match (limit, evaluation.demand) {
        (Some(wip), _) => Regime::ConstantWip(wip),
        (None, Some(demand)) => Regime::Open(demand),
        (None, None) => Regime::Saturated,
    }
}

fn state(stream: &Stream, evaluation: &Evaluation, regime: Regime) -> Option<State> {
    if evaluation.capacities.iter().any(Option::is_none) {
        return None;
    }
    let limit = evaluation.limit.as_ref()?;
    let capacity = limit.capacity;
    let times = evaluation.effective_times()?;
    let still = vec![0.0; evaluation.network.arcs.len()];
    let raw = evaluation.whole_time(&times, &still)?;
    let indices: Vec<usize> = limit
        .constraints
        .iter()
        .flat_map(|resource| evaluation.loads[*resource].members.iter().copied())
        .collect();
    let traffic = evaluation.traffic.as_ref().ok()?;
    // From the end of each on; of several the shortest is that of the last.
    let after = |at: &[f64]| {
        let rest = traffic.arriving_times(&evaluation.network, at, &still);
        let rests = indices.iter().map(|index| rest[*index] - at[*index]);
        rests.reduce(f64::min)
    };
    let mut state = State {
        throughput: capacity,
        capacity,
        constraint: indices
            .iter()
            .map(|index| stream.stations[*index])
            .collect(),
        queue: None,
        growth: 0.0,
        lead_time: None,
        after_constraint: after(&times),
        critical_wip: capacity * raw,
    };
    match regime {
        Regime::ConstantWip(wip) => {
            state.throughput = (wip / raw).min(capacity);
            state.queue = Some((wip - state.throughput * raw).max(0.0));
            state.lead_time = Some(wip / state.throughput);
        }
        Regime::Open(demand) => {
            state.throughput = demand.min(capacity);
            state.growth = (demand - capacity).max(0.0);
            let waits: Option<Vec<f64>> = (0..times.len())
                .map(|index| match evaluation.resource_of[index] {
                    Some(_) => evaluation.predicted[index],
                    None => Some(0.0),
                })
                .collect();
            let waits = waits.filter(|waits| waits.iter().all(|wait| wait.is_finite()));
            if let Some(waits) = waits {
                let spent: Vec<f64> = times
                    .iter()
                    .zip(&waits)
                    .map(|(one, two)| one + two)
                    .collect();
                state.lead_time = evaluation.whole_time(&spent, &still);
                state.after_constraint = after(&spent);
                let before = indices.iter();
                let before = before.map(|index| demand * evaluation.visits[*index] * waits[*index]);
                state.queue = Some(before.sum());
            }
        }
        Regime::Saturated => {}
    }
    Some(state)
}

fn outcome(
    stream: &Stream,
    evaluation: &Evaluation,
    (index, resource): (usize, usize),
    regime: Regime,
    before: &State,
    after: &State,
) -> WhatIfOutcome {
    match regime {
        Regime::ConstantWip(wip) if wip < before.critical_wip * (1.0 - 1e-9) => {
            return WhatIfOutcome::BelowCriticalWip;
        }
        Regime::Open(demand) if demand <= before.capacity => return WhatIfOutcome::DemandLimits,
        _ => {}
    }
    let limit = evaluation.limit.as_ref();
    let constraints: Vec<usize> = limit.map_or_else(Vec::new, |limit| limit.constraints.clone());
    if constraints.contains(&resource) {
        let same = after.constraint == before.constraint;
        return WhatIfOutcome::AtConstraint {
            moved_to: (!same).then(|| after.constraint.clone()),
        };
    }
    let members = constraints
        .iter()
        .flat_map(|resource| evaluation.loads[*resource].members.iter().copied());
    let members: Vec<usize> = members.collect();
    if members
        .iter()
        .any(|member| leads_to(stream, index, *member))
    {
        WhatIfOutcome::Upstream
    } else if members
        .iter()
        .any(|member| leads_to(stream, *member, index))
    {
        WhatIfOutcome::Downstream
    } else {
        WhatIfOutcome::OffThePath
    }
}

/// Whether flows onwards lead from one station to another.
fn leads_to(stream: &Stream, from: usize, to: usize) -> bool {
    let Ok(order) = &stream.order else {
        return false;
    };
    let mut reached = vec![false; stream.stations.len()];
    let mut open = vec![from];
    while let Some(here) = open.pop() {
        if std::mem::replace(&mut reached[here], true) {
            continue;
        }
        let arcs = order.onwards[here].iter();
        open.extend(arcs.map(|index| stream.shape.arcs[*index].to));
    }
    reached[to]
}

impl Regime {
    /// How lead times and queues are to be taken. Throughput is exact in every regime.
    #[must_use]
    pub const fn status(self) -> Status {
        match self {
            Self::ConstantWip(_) | Self::Saturated => Status::Exact,
            Self::Open(_) => Status::Approximation,
        }
    }

    /// The formulas.
    #[must_use]
    pub const fn formula(self) -> &'static str {
        match self {
            Self::ConstantWip(_) => {
                "TH = min(w/T0, rb), CT = w/TH, queue = w \u{2212} TH \u{d7} T0, where nothing varies"
            }
            Self::Open(_) => {
                "TH = min(demand, rb), Wq = (ca\u{b2} + ce\u{b2})/2 \u{d7} wait of M/M/c, queue = demand \u{d7} Wq"
            }
            Self::Saturated => "TH = rb",
        }
    }

    /// Where the formulas come from.
    #[must_use]
    pub const fn source(self) -> &'static str {
        match self {
            Self::ConstantWip(_) | Self::Saturated => {
                "Hopp & Spearman, Factory Physics (2011), ch. 7"
            }
            Self::Open(_) => {
                "Allen, Probability, Statistics and Queueing Theory (1990); Little (1961)"
            }
        }
    }
}

impl WhatIf {
    /// What happened and why, as a sentence or two.
    #[must_use]
    pub fn sentence(&self, document: &Document) -> String {
        let step = names(document, &[self.station]);
        let constraint = names(document, &self.before.constraint);
        let limits = if self.before.constraint.len() > 1 {
            "are still the constraint"
        } else {
            "is still the constraint"
        };
        match &self.outcome {
            WhatIfOutcome::Upstream => format!(
                "Same throughput: {constraint} {limits}. What {step} gains waits in a longer \
                 queue before {constraint}."
            ),
            WhatIfOutcome::Downstream => format!(
                "Same throughput: {constraint} {limits}. Work spends less time after it, but no \
                 more gets through."
            ),
            WhatIfOutcome::OffThePath => format!(
                "Same throughput: {constraint} {limits}, and {step} is not on the path through it."
            ),
            WhatIfOutcome::BelowCriticalWip => format!(
                "Throughput rises, as it would with any step: there is too little work in the \
                 stream to keep {constraint} busy, so every step counts."
            ),
            WhatIfOutcome::DemandLimits => {
                "Same throughput: the stream does all that customers ask for. Only the times \
                 change."
                    .to_owned()
            }
            WhatIfOutcome::AtConstraint { .. }
                if self.after.throughput <= self.before.throughput =>
            {
                format!("Same throughput: {constraint} {limits}, not {step} alone.")
            }
            WhatIfOutcome::AtConstraint { .. } if self.after.throughput < self.after.capacity => {
                match self.regime {
                    Regime::Open(_) => "Throughput rises to all that customers ask for.".to_owned(),
                    _ => format!(
                        "Throughput rises until there is too little work in the stream to keep \
                         {step} busy."
                    ),
                }
            }
            WhatIfOutcome::AtConstraint { moved_to: None } => {
                format!("Throughput rises. {step} is still the constraint.")
            }
            WhatIfOutcome::AtConstraint {
                moved_to: Some(next),
            } => {
                let becomes = if next.len() > 1 { "become" } else { "becomes" };
                let next = names(document, next);
                format!(
                    "Throughput rises until {next} {becomes} the constraint. Improving {step} \
                     further adds nothing."
                )
            }
        }
    }
}
