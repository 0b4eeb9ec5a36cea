//! In which order the variables of a core are eliminated, and what each step has to do.

use super::state::MAXIMUM_SLOTS;
use crate::causal::kernel::Kernel;

/// An arc between the variable of a step and one that is still on the frontier.
#[derive(Clone, Copy, Debug)]
pub(super) struct Meeting {
    /// The slot of the other variable.
    pub(super) slot: usize,
    /// The index of the arc in the kernel.
    pub(super) arc: usize,
}

/// What a variable has no more arcs for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lack {
    /// No more arcs lead to it.
    Inward,
    /// No more arcs lead from it.
    Onward,
    /// It has no more arcs at all, and leaves the frontier.
    Both,
}

/// The elimination of one variable.
#[derive(Clone, Debug)]
pub(super) struct Step {
    /// Its slot; `None` if no step before met it, so that no path has come to it yet.
    pub(super) slot: Option<usize>,
    /// The arcs to it.
    pub(super) inward: Vec<Meeting>,
    /// The arcs from it.
    pub(super) onward: Vec<Meeting>,
    /// The variables on the frontier that have fewer uses from now on.
    pub(super) lacking: Vec<(usize, Lack)>,
}

/// The elimination of all variables of a core.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub(super) steps: Vec<Step>,
    /// The most variables that are on the frontier at once.
    pub(super) width: usize,
    /// About how many states all steps have together.
    pub(super) states: f64,
}

/// Cores larger than this get a plan from fewer starts, and of those only some.
const MANY: usize = 64;
/// How many starts a large core gets.
const STARTS: usize = 8;

/// The best of a few orders: from each start the variable that leaves the narrowest frontier is
/// taken next. `None` if the frontier of each would be wider than a state can hold.
pub(super) fn plan(kernel: &Kernel) -> Option<Plan> {
    let size = kernel.variables as usize;
    let mut neighbours = vec![Vec::new(); size];
    for arc in &kernel.arcs {
        neighbours[arc.from as usize].push(arc.to as usize);
        neighbours[arc.to as usize].push(arc.from as usize);
    }
    for list in &mut neighbours {
        list.sort_unstable();
        list.dedup();
    }
    let mut starts: Vec<usize> = (0..size).collect();
    starts.sort_by_key(|&start| neighbours[start].len());
    starts.truncate(if size > MANY { STARTS } else { MANY });
    let mut best: Option<(f64, Vec<usize>)> = None;
    for start in starts {
        let limit = best.as_ref().map_or(f64::INFINITY, |(cost, _)| *cost);
        if let Some((cost, order)) = order_from(start, &neighbours, limit) {
            best = Some((cost, order));
        }
    }
    best.map(|(states, order)| steps(kernel, &order, states))
}

/// The greedy order from one start with an estimate of its states, if that is below `limit`.
fn order_from(start: usize, neighbours: &[Vec<usize>], limit: f64) -> Option<(f64, Vec<usize>)> {
    /// About how many times more states one more variable on the frontier makes.
    const GROWTH: f64 = 2.5;
    let size = neighbours.len();
    let mut is_done = vec![false; size];
    // When each variable came to the frontier.
    let mut since = vec![usize::MAX; size];
    let mut frontier: Vec<usize> = Vec::new();
    let mut order = Vec::with_capacity(size);
    let mut cost = 0.0;
    let mut next = Some(start);
    while let Some(variable) = next {
        is_done[variable] = true;
        frontier.retain(|&other| other != variable);
        for &other in &neighbours[variable] {
            if !is_done[other] && since[other] == usize::MAX {
                since[other] = order.len();
                frontier.push(other);
            }
        }
        order.push(variable);
        if frontier.len() > MAXIMUM_SLOTS {
            return None;
        }
        let mut states = 1.0;
        for _ in 0..frontier.len() {
            states *= GROWTH;
        }
        cost += states;
        if cost >= limit {
            return None;
        }
        let growth = |&other: &usize| {
            let more = neighbours[other]
                .iter()
                .filter(|&&more| !is_done[more] && since[more] == usize::MAX);
            (more.count(), since[other])
        };
        next = frontier.iter().copied().min_by_key(growth);
    }
    Some((cost, order))
}

/// The steps of an order, with a slot for each variable while it is on the frontier.
fn steps(kernel: &Kernel, order: &[usize], states: f64) -> Plan {
    let size = kernel.variables as usize;
    let mut inward = vec![Vec::new(); size];
    let mut onward = vec![Vec::new(); size];
    for (arc, ends) in kernel.arcs.iter().enumerate() {
        inward[ends.to as usize].push((arc, ends.from as usize));
        onward[ends.from as usize].push((arc, ends.to as usize));
    }
    // How many arcs of each variable are still to be met.
    let mut inward_left: Vec<usize> = inward.iter().map(Vec::len).collect();
    let mut onward_left: Vec<usize> = onward.iter().map(Vec::len).collect();
    let mut is_done = vec![false; size];
    let mut slot_of: Vec<Option<usize>> = vec![None; size];
    let mut is_taken: Vec<bool> = Vec::new();
    let mut steps = Vec::with_capacity(order.len());
    for &variable in order {
        let slot = slot_of[variable];
        is_done[variable] = true;
        let mut take = |other: usize| {
            *slot_of[other].get_or_insert_with(|| {
                let free = is_taken.iter().position(|taken| !taken);
                let slot = free.unwrap_or(is_taken.len());
                if free.is_none() {
                    is_taken.push(false);
                }
                is_taken[slot] = true;
                slot
            })
        };
        let mut met = Vec::new();
        let mut meetings = |arcs: &[(usize, usize)], left: &mut [usize]| {
            let mut meetings = Vec::new();
            for &(arc, other) in arcs.iter().filter(|(_, other)| !is_done[*other]) {
                left[other] -= 1;
                met.push(other);
                let slot = take(other);
                meetings.push(Meeting { slot, arc });
            }
            meetings
        };
        let inward = meetings(&inward[variable], &mut onward_left);
        let onward = meetings(&onward[variable], &mut inward_left);
        met.sort_unstable();
        met.dedup();
        let mut lacking = Vec::new();
        for other in met {
            // It was given a slot above.
            let Some(slot) = slot_of[other] else { continue };
            let lack = match (inward_left[other], onward_left[other]) {
                (0, 0) => Lack::Both,
                (0, _) => Lack::Inward,
                (_, 0) => Lack::Onward,
                _ => continue,
            };
            lacking.push((slot, lack));
            if lack == Lack::Both {
                is_taken[slot] = false;
                slot_of[other] = None;
            }
        }
        if let Some(slot) = slot {
            is_taken[slot] = false;
        }
        if !inward.is_empty() || !onward.is_empty() || slot.is_some() {
            steps.push(Step {
                slot,
                inward,
                onward,
                lacking,
            });
        }
    }
    Plan {
        steps,
        width: is_taken.len(),
        states,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::causal::kernel::Arc;

    fn kernel(variables: u32, mut ends: Vec<(u32, u32)>) -> Kernel {
        ends.sort_unstable();
        let arc = |(bundle, (from, to))| Arc { from, to, bundle };
        Kernel {
            variables,
            arcs: (0..).zip(ends).map(arc).collect(),
        }
    }

    #[test]
    fn every_arc_is_met_once() {
        let ends = (0..12).flat_map(|from| [1, 2, 5].map(|far| (from, (from + far) % 12)));
        let kernel = kernel(12, ends.collect());
        let plan = plan(&kernel).unwrap();
        let meetings = |step: &Step| [&step.inward[..], &step.onward[..]].concat();
        let mut met: Vec<usize> = plan
            .steps
            .iter()
            .flat_map(meetings)
            .map(|meeting| meeting.arc)
            .collect();
        met.sort_unstable();
        assert_eq!(met, (0..36).collect::<Vec<_>>());
    }

    #[test]
    fn a_ladder_has_a_narrow_frontier_however_long() {
        let both = |one: u32, other: u32| [(one, other), (other, one)];
        let ends = (0..50).flat_map(|rung| {
            let (left, right) = (2 * rung, 2 * rung + 1);
            [
                both(left, right),
                both(left, left + 2),
                both(right, right + 2),
            ]
            .concat()
        });
        let plan = plan(&kernel(102, ends.collect())).unwrap();
        assert!(plan.width <= 3, "{}", plan.width);
    }

    #[test]
    fn what_is_too_wide_has_no_plan() {
        let size = MAXIMUM_SLOTS as u32 + 2;
        let ends = (0..size).flat_map(|from| (0..size).map(move |to| (from, to)));
        let complete = kernel(size, ends.filter(|(from, to)| from != to).collect());
        assert!(plan(&complete).is_none());
    }
}
