//! The loops of a core counted by a frontier dynamic programme.

use super::layer::Layer;
use super::plan::{Plan, Step};
use super::state::{EMPTY, Next, follow, transition_count};
use super::sums::Width;

/// What the programme keeps of the layers it has left behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keep {
    /// Nothing: only the number of loops is wanted.
    Last,
    /// All of them, for [`Frontier::gradient`].
    All,
}

/// How a programme stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The budget is spent.
    Unfinished,
    /// The loops are counted.
    Finished,
    /// There are more states than it may hold.
    TooMany,
}

/// Eliminates the variables of a core one after the other (Knuth 2011, "The Art of Computer
/// Programming", 4A, section 7.1.4, exercise 225, "Simpath"; Kawahara, Inoue, Iwashita & Minato
/// 2017, "Frontier-based search for enumerating all constrained subgraphs").
///
/// After each step a state says, of the variables that still have arcs to those eliminated, where
/// the open paths through these begin and end. Sets of paths with the same state have the same
/// future, so only the sum of their weights is kept. A path that closes while no other is open is a
/// loop.
#[derive(Clone, Debug)]
pub(super) struct Frontier {
    plan: Plan,
    width: Width,
    keep: Keep,
    /// The weight of each arc of the core.
    weights: Vec<Vec<u64>>,
    /// The weights of the ways of the present step, one record after the other.
    transitions: Vec<u64>,
    step: usize,
    present: Layer,
    next: Layer,
    /// The state of the present layer that is next in turn.
    cursor: usize,
    past: Vec<Layer>,
    /// How many states those of the past are.
    kept: usize,
    most: usize,
    total: Vec<u64>,
}

impl Frontier {
    /// A programme at its start. It holds at most about `most` states, or as many as fill the same
    /// memory where the numbers are wide.
    pub(super) fn new(
        plan: Plan,
        weights: Vec<Vec<u64>>,
        width: Width,
        keep: Keep,
        most: usize,
    ) -> Self {
        let mut present = Layer::new(width);
        let start = present.index(EMPTY);
        present.record_mut(start).copy_from_slice(&width.one());
        let mut frontier = Self {
            width,
            keep,
            weights,
            transitions: Vec::new(),
            step: 0,
            present,
            next: Layer::new(width),
            cursor: 0,
            past: Vec::new(),
            kept: 0,
            most: most * Width::NARROW.stride() / width.stride(),
            total: vec![0; width.stride()],
            plan,
        };
        frontier.make_transitions();
        frontier
    }

    /// The sums of all loops, once finished; of those found so far, before.
    pub(super) fn total(&self) -> &[u64] {
        &self.total
    }

    /// Goes on for about `budget` ways from one state to another.
    pub(super) fn advance(&mut self, budget: &mut u64) -> Outcome {
        let stride = self.width.stride();
        while let Some(step) = self.plan.steps.get(self.step) {
            if self.cursor == self.present.len() {
                self.finish_step();
                continue;
            }
            if *budget == 0 {
                return Outcome::Unfinished;
            }
            let record = self.present.record(self.cursor);
            let mut visits = 1;
            follow(step, self.present.state(self.cursor), |transition, next| {
                visits += 1;
                let weight = &self.transitions[transition * stride..][..stride];
                match next {
                    Next::Loop => self.width.add_product(&mut self.total, record, weight),
                    Next::State(state) => {
                        let index = self.next.index(state);
                        let sum = self.next.record_mut(index);
                        if transition + 1 == self.transitions.len() / stride {
                            self.width.add(sum, record);
                        } else {
                            self.width.add_product(sum, record, weight);
                        }
                    }
                }
            });
            self.cursor += 1;
            *budget = budget.saturating_sub(visits);
            if self.kept + self.present.len() + self.next.len() > self.most {
                return Outcome::TooMany;
            }
        }
        Outcome::Finished
    }

    fn finish_step(&mut self) {
        let next = std::mem::take(&mut self.next);
        let mut present = std::mem::replace(&mut self.present, next);
        self.next = match self.keep {
            Keep::Last => {
                present.clear();
                present
            }
            Keep::All => {
                self.kept += present.len();
                self.past.push(present);
                Layer::new(self.width)
            }
        };
        self.cursor = 0;
        self.step += 1;
        self.make_transitions();
    }

    fn make_transitions(&mut self) {
        if let Some(step) = self.plan.steps.get(self.step) {
            self.transitions = transitions(step, &self.weights, self.width);
        }
    }

    /// How the sum of all loops changes with the weight of each arc, for a finished programme that
    /// kept its layers: the number of ways to complete the arc to a loop.
    ///
    /// Each loop passes an arc at most once, so the sum is linear in the weight of each, and the
    /// derivatives can be had all at once by going through the steps backwards, for about twice the
    /// cost of going forwards (Baur & Strassen 1983, "The complexity of partial derivatives").
    pub(super) fn gradient(&mut self) -> Vec<Vec<u64>> {
        let (width, stride) = (self.width, self.width.stride());
        let mut gradient = vec![vec![0; stride]; self.weights.len()];
        let one = width.one();
        // What one more path in each state of the layer after would add to the sum.
        let mut after = Layer::new(width);
        while let Some(layer) = self.past.pop() {
            let step = &self.plan.steps[self.past.len()];
            let transitions = transitions(step, &self.weights, width);
            let mut of_transitions = vec![0; transitions.len()];
            let mut before = layer.zeroed();
            for index in 0..layer.len() {
                let record = layer.record(index);
                let sum = before.record_mut(index);
                follow(step, layer.state(index), |transition, next| {
                    let worth = match next {
                        Next::Loop => &one[..],
                        // A state that led nowhere has no index.
                        Next::State(state) => match after.find(state) {
                            Some(index) => after.record(index),
                            None => return,
                        },
                    };
                    let range = transition * stride..(transition + 1) * stride;
                    width.add_product(sum, worth, &transitions[range.clone()]);
                    width.add_product(&mut of_transitions[range], record, worth);
                });
            }
            share_out(step, &self.weights, width, &of_transitions, &mut gradient);
            after = before;
        }
        gradient
    }
}

/// The weights of the ways of a step, in the order of [`follow`].
fn transitions(step: &Step, weights: &[Vec<u64>], width: Width) -> Vec<u64> {
    let mut transitions = Vec::with_capacity(transition_count(step) * width.stride());
    for into in &step.inward {
        for out in &step.onward {
            let mut product = vec![0; width.stride()];
            width.add_product(&mut product, &weights[into.arc], &weights[out.arc]);
            transitions.append(&mut product);
        }
    }
    for meeting in step.inward.iter().chain(&step.onward) {
        transitions.extend_from_slice(&weights[meeting.arc]);
    }
    transitions.append(&mut width.one());
    transitions
}

/// Adds the derivatives of the ways of a step to those of its arcs.
fn share_out(
    step: &Step,
    weights: &[Vec<u64>],
    width: Width,
    of_transitions: &[u64],
    gradient: &mut [Vec<u64>],
) {
    let mut of_transitions = of_transitions.chunks_exact(width.stride());
    for into in &step.inward {
        for out in &step.onward {
            let Some(of_transition) = of_transitions.next() else {
                return;
            };
            width.add_product(&mut gradient[into.arc], of_transition, &weights[out.arc]);
            width.add_product(&mut gradient[out.arc], of_transition, &weights[into.arc]);
        }
    }
    for meeting in step.inward.iter().chain(&step.onward) {
        let Some(of_transition) = of_transitions.next() else {
            return;
        };
        width.add(&mut gradient[meeting.arc], of_transition);
    }
}
