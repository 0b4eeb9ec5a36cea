//! The loops of a small dense core counted by a programme over sets of its variables.

use super::frontier::Keep;
use super::subset_paths::{MOST_OTHERS, Number, SubsetPaths, sets};
use super::sums::Width;
use crate::causal::component::components;
use crate::causal::kernel::Kernel;
use crate::causal::search::Progress;

/// Counts the loops of a core: those through one variable, then, without it, those through another,
/// and so on.
///
/// Where every variable has arcs to nearly every other, a cut through the core has more states than
/// the core has sets of variables, and this is the better programme. Its cost depends on the number
/// of variables alone, and doubles with each.
#[derive(Clone, Debug)]
pub(super) struct Subsets {
    starts: Vec<Start>,
    width: Width,
    keep: Keep,
    /// The weight of each arc of the core.
    weights: Vec<Vec<u64>>,
    /// Which numbers of a record are left to do, the one in turn last.
    parts: Vec<usize>,
    /// The start in turn.
    turn: usize,
    work: Option<Work>,
    total: Vec<u64>,
    gradient: Vec<Vec<u64>>,
}

/// A variable, and what a loop through it may pass that passes no start before it.
#[derive(Clone, Debug)]
struct Start {
    others: usize,
    /// The arcs among them: where each stands in a table of weights, and its index in the core.
    arcs: Vec<(usize, usize)>,
}

/// A programme for one number of a record.
#[derive(Clone, Debug)]
enum Work {
    Narrow(SubsetPaths<u64>),
    Wide(SubsetPaths<u128>),
    Bound(SubsetPaths<f64>),
}

/// What counting a core in this way takes.
#[derive(Clone, Debug)]
pub(super) struct SubsetPlan {
    starts: Vec<Start>,
    /// Products of numbers.
    pub(super) products: f64,
}

impl SubsetPlan {
    /// The plan of a core; `None` if it is too large. The start is always the variable with most arcs,
    /// so that what remains falls apart soon.
    pub(super) fn of(core: &Kernel) -> Option<Self> {
        let mut parts = vec![(0..core.variables).collect::<Vec<u32>>()];
        let mut plan = Self {
            starts: Vec::new(),
            products: 0.0,
        };
        while let Some(part) = parts.pop() {
            let mut place = vec![None; core.variables as usize];
            for (index, &variable) in part.iter().enumerate() {
                place[variable as usize] = Some(index);
            }
            let inside: Vec<(usize, usize, usize)> = core
                .arcs
                .iter()
                .enumerate()
                .filter_map(|(arc, ends)| {
                    let from = place[ends.from as usize]?;
                    Some((from, place[ends.to as usize]?, arc))
                })
                .collect();
            let mut degrees = vec![0_usize; part.len()];
            for &(from, to, _) in &inside {
                degrees[from] += 1;
                degrees[to] += 1;
            }
            let Some(start) = (0..part.len()).max_by_key(|&index| degrees[index]) else {
                continue;
            };
            if inside.is_empty() {
                continue;
            }
            let others = part.len() - 1;
            if others > MOST_OTHERS {
                return None;
            }
            // The start is numbered last.
            let number = |index: usize| match index {
                _ if index == start => others,
                _ if index == others => start,
                _ => index,
            };
            let arcs = inside
                .iter()
                .map(|&(from, to, arc)| (number(to) * (others + 1) + number(from), arc));
            plan.products += (1..=others)
                .map(|size| (sets(others, size) * size * size) as f64)
                .sum::<f64>();
            plan.starts.push(Start {
                others,
                arcs: arcs.collect(),
            });
            let ends = || {
                let remain = inside
                    .iter()
                    .filter(|(from, to, _)| *from != start && *to != start);
                remain.map(|&(from, to, _)| (from as u32, to as u32))
            };
            let found = components(part.len() as u32, ends);
            let mut remaining = vec![Vec::new(); found.count() as usize];
            for (&variable, &component) in part.iter().zip(found.of_variable()) {
                remaining[component as usize].push(variable);
            }
            parts.extend(remaining.into_iter().filter(|part| part.len() > 1));
        }
        Some(plan)
    }

    /// How many words of 64 bits it holds at once; `None` if it has no numbers of this width.
    pub(super) fn words(&self, width: Width, keep: Keep) -> Option<usize> {
        let limbs = match width.limbs() {
            limbs @ 1..=2 => limbs,
            _ => return None,
        };
        let sums = |others: usize, size: usize| sets(others, size) * size;
        let of = |start: &Start| {
            let others = start.others;
            match keep {
                Keep::Last => (2..=others)
                    .map(|size| sums(others, size) + sums(others, size - 1))
                    .max()
                    .unwrap_or(1),
                Keep::All => (1..=others).map(|size| sums(others, size)).sum(),
            }
        };
        Some(limbs * self.starts.iter().map(of).max().unwrap_or(0))
    }
}

impl Subsets {
    /// A programme at its start, for numbers of a width that it has.
    pub(super) fn new(plan: &SubsetPlan, weights: Vec<Vec<u64>>, width: Width, keep: Keep) -> Self {
        let nothing = vec![0; width.stride()];
        let mut parts = vec![0];
        parts.extend((1..Width::BOUND).filter(|&part| !is_like_first(&weights, width, part)));
        parts.push(Width::BOUND);
        Self {
            starts: plan.starts.clone(),
            width,
            keep,
            gradient: vec![nothing.clone(); weights.len()],
            total: nothing,
            weights,
            parts,
            turn: 0,
            work: None,
        }
    }

    /// The sums of all loops, once finished.
    pub(super) fn total(&self) -> &[u64] {
        &self.total
    }

    /// How they change with the weight of each arc, for a programme that keeps its layers.
    pub(super) fn into_gradient(self) -> Vec<Vec<u64>> {
        self.gradient
    }

    /// Goes on for about `budget` products. It ends early where the bound says that the numbers do not
    /// fit their width.
    pub(super) fn advance(&mut self, budget: &mut u64) -> Progress {
        while let Some(&part) = self.parts.last() {
            let progress = match &mut self.work {
                None => {
                    self.begin(part);
                    continue;
                }
                Some(Work::Narrow(paths)) => paths.advance(budget),
                Some(Work::Wide(paths)) => paths.advance(budget),
                Some(Work::Bound(paths)) => paths.advance(budget),
            };
            if progress == Progress::Unfinished {
                return progress;
            }
            match self.work.take() {
                None => {}
                Some(Work::Narrow(paths)) => self.take(part, &paths),
                Some(Work::Wide(paths)) => self.take(part, &paths),
                Some(Work::Bound(paths)) => self.take(part, &paths),
            }
        }
        Progress::Finished
    }

    /// Begins a number of the start in turn, or ends it after the last start.
    fn begin(&mut self, part: usize) {
        if self.turn < self.starts.len() {
            self.work = Some(match self.width.limbs() {
                _ if part == Width::BOUND => Work::Bound(self.paths(part)),
                1 => Work::Narrow(self.paths(part)),
                _ => Work::Wide(self.paths(part)),
            });
            return;
        }
        self.turn = 0;
        self.parts.pop();
        let needed = self.width.needed(&self.total);
        if needed.is_none_or(|needed| !needed.fits(self.width)) {
            self.parts.clear();
        } else if self.parts.is_empty() {
            self.copy_alike();
        }
    }

    fn paths<N: Number>(&self, part: usize) -> SubsetPaths<N> {
        let start = &self.starts[self.turn];
        let range = self.width.part(part);
        let mut weights = vec![N::ZERO; (start.others + 1) * (start.others + 1)];
        for &(position, arc) in &start.arcs {
            weights[position] = N::of(&self.weights[arc][range.clone()]);
        }
        SubsetPaths::new(weights, start.others, self.keep)
    }

    /// Takes over a number of the loops through one start.
    fn take<N: Number>(&mut self, part: usize, paths: &SubsetPaths<N>) {
        let range = self.width.part(part);
        paths.total().add_to(&mut self.total[range.clone()]);
        if self.keep == Keep::All {
            for &(position, arc) in &self.starts[self.turn].arcs {
                let derivative = paths.gradient()[position];
                derivative.add_to(&mut self.gradient[arc][range.clone()]);
            }
        }
        self.turn += 1;
    }

    /// The numbers that were left out since they are those of all paths.
    fn copy_alike(&mut self) {
        let first = self.width.part(0);
        for part in 1..Width::BOUND {
            if is_like_first(&self.weights, self.width, part) {
                let at = self.width.part(part).start;
                for record in self.gradient.iter_mut().chain([&mut self.total]) {
                    record.copy_within(first.clone(), at);
                }
            }
        }
    }
}

/// Whether a number of every weight is that of all paths: with no unknown sign and no delay, two are.
fn is_like_first(weights: &[Vec<u64>], width: Width, part: usize) -> bool {
    let (first, range) = (width.part(0), width.part(part));
    let alike = |weight: &Vec<u64>| weight[first.clone()] == weight[range.clone()];
    weights.iter().all(alike)
}
