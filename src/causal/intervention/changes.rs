//! What differs between two documents in loops, archetypes and predictions.

use std::collections::BTreeMap;
use std::mem::discriminant;

use super::look::Found;
use crate::causal::analysis::NamedLoop;
use crate::causal::archetype::{ArchetypeMatch, MatchKey};
use crate::causal::counts::{Completeness, LoopCounts};
use crate::causal::press::Response;
use crate::model::{Id, LoopKey, Records};

/// What an intervention changes.
#[derive(Clone, Debug, PartialEq)]
pub struct Changes {
    /// How many loops there are without it.
    pub counts_before: LoopCounts,
    /// How many there are with it.
    pub counts_after: LoopCounts,
    /// Whether both numbers are all of them.
    pub completeness: Completeness,
    /// The loops that go or change, shortest first, among those that were kept.
    pub loops: Vec<LoopChange>,
    /// The archetypes that the diagram is no longer consistent with.
    pub archetypes_lost: Vec<ArchetypeMatch>,
    /// The archetypes that it becomes consistent with.
    pub archetypes_new: Vec<ArchetypeMatch>,
    /// Whether archetypes were searched to the end, with and without it.
    pub archetypes_searched: Completeness,
    /// The answers of loop analysis that become others.
    pub predictions: Vec<Prediction>,
    /// Among how many answers those are.
    pub asked: usize,
    /// The variables whose answers were asked for when they are pushed.
    pub pushed: Vec<Id>,
    /// The variables that a push at the cause of the link reaches sooner, later, or no longer.
    pub arrivals: Vec<ArrivalChange>,
}

/// A loop that goes or changes.
#[derive(Clone, Debug, PartialEq)]
pub struct LoopChange {
    /// As it is.
    pub before: NamedLoop,
    /// As it becomes; `None` if it is cut.
    pub after: Option<NamedLoop>,
}

/// An answer of loop analysis that becomes another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prediction {
    /// The variable that is pushed up for good.
    pub pushed: Id,
    /// The variable that is looked at.
    pub observed: Id,
    /// How it stands then.
    pub before: Response,
    /// How it stands after the intervention.
    pub after: Response,
}

/// When a push at the cause of the link comes to a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ArrivalChange {
    /// The variable.
    pub variable: Id,
    /// The round; `None` if it never comes there.
    pub before: Option<u32>,
    /// The round after the intervention.
    pub after: Option<u32>,
}

impl Changes {
    /// From what was found without the intervention to what was found with it.
    pub(super) fn between(before: &Found, after: &Found) -> Self {
        let (lost, new) = archetypes(before, after);
        let exact = |one: Completeness, other: Completeness| match (one, other) {
            (Completeness::Exact, other) => other,
            (one, _) => one,
        };
        Self {
            counts_before: before.loops.counts,
            counts_after: after.loops.counts,
            completeness: exact(before.loops.completeness, after.loops.completeness),
            loops: loops(before, after),
            archetypes_lost: lost,
            archetypes_new: new,
            archetypes_searched: exact(
                before.archetypes.completeness,
                after.archetypes.completeness,
            ),
            predictions: predictions(before, after),
            asked: before.responses.iter().map(|(_, all)| all.len()).sum(),
            pushed: before.responses.iter().map(|(pushed, _)| *pushed).collect(),
            arrivals: arrivals(&before.rounds, &after.rounds),
        }
    }
}

/// The loops that go, or change their sign or delay. A change of one link makes no loop that was not
/// there.
fn loops(before: &Found, after: &Found) -> Vec<LoopChange> {
    let then: BTreeMap<&LoopKey, &NamedLoop> = after
        .loops
        .loops
        .iter()
        .map(|named| (&named.key, named))
        .collect();
    // Where not all were kept, one that is missing need not be gone.
    let all_known = after.loops.lists_all();
    let changed = before.loops.loops.iter().filter_map(|named| {
        let after = then.get(&named.key).copied();
        let stays = match after {
            Some(after) => (after.polarity, after.delay) == (named.polarity, named.delay),
            None => !all_known,
        };
        (!stays).then(|| LoopChange {
            before: named.clone(),
            after: after.cloned(),
        })
    });
    changed.collect()
}

fn archetypes(before: &Found, after: &Found) -> (Vec<ArchetypeMatch>, Vec<ArchetypeMatch>) {
    let keys = |found: &Found| -> Vec<MatchKey> {
        let matches = found.archetypes.matches.iter();
        matches.map(ArchetypeMatch::key).collect()
    };
    let only = |one: &Found, others: &[MatchKey]| -> Vec<ArchetypeMatch> {
        let matches = one.archetypes.matches.iter();
        let mut only: Vec<ArchetypeMatch> = matches
            .filter(|found| !others.contains(&found.key()))
            .cloned()
            .collect();
        only.dedup_by_key(|found| found.key());
        only
    };
    (only(before, &keys(after)), only(after, &keys(before)))
}

fn predictions(before: &Found, after: &Found) -> Vec<Prediction> {
    let mut changed = Vec::new();
    for ((pushed, now), (_, then)) in before.responses.iter().zip(&after.responses) {
        for ((observed, before), (_, after)) in now.iter().zip(then) {
            if discriminant(before) != discriminant(after) {
                changed.push(Prediction {
                    pushed: *pushed,
                    observed: *observed,
                    before: *before,
                    after: *after,
                });
            }
        }
    }
    changed
}

fn arrivals(before: &Records<u32>, after: &Records<u32>) -> Vec<ArrivalChange> {
    let lost = before.iter().filter_map(|(variable, round)| {
        let then = after.get(variable).copied();
        (then != Some(*round)).then_some(ArrivalChange {
            variable: *variable,
            before: Some(*round),
            after: then,
        })
    });
    lost.collect()
}
