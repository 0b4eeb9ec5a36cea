//! Bundles joined to a ring, written out as the loops they stand for.

use super::path_bundle::{BundleId, Form, PathBundles};

/// No more bundles to write out.
const END: u32 = u32::MAX;

/// A bundle still to be written out, and the index of the one after it.
#[derive(Clone, Copy, Debug)]
struct Due {
    bundle: BundleId,
    next: u32,
}

/// The second side of a choice, to come back to.
#[derive(Clone, Copy, Debug)]
struct Alternative {
    bundle: BundleId,
    next: u32,
    /// How much of the route, and of the list of what is due, was there at the choice.
    route: usize,
    due: usize,
    /// The links of the shortest loop that takes this side.
    length: u32,
}

/// What a step of the unfolding came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// A part of a loop.
    Part,
    /// A whole loop: it stands in [`Unfold::route`].
    Loop,
    /// There are no more loops.
    Finished,
}

/// Writes out the loops of a ring of bundles one by one, shorter sides of a choice first, and
/// leaves out those that are not wanted.
///
/// What is due is a list that shares its tails, so that coming back to a choice costs nothing.
#[derive(Clone, Debug, Default)]
pub(super) struct Unfold {
    due: Vec<Due>,
    alternatives: Vec<Alternative>,
    route: Vec<u32>,
    /// The first bundle due, while a loop is being written.
    first: u32,
    /// The links of the shortest loop that can still come of the choices made.
    length: u32,
    is_active: bool,
}

impl Unfold {
    /// Starts on a ring of bundles, given in reverse order of travel.
    pub(super) fn begin(
        &mut self,
        bundles: &PathBundles,
        reversed: impl IntoIterator<Item = BundleId>,
    ) {
        self.due.clear();
        self.alternatives.clear();
        self.route.clear();
        self.first = END;
        self.length = 0;
        self.is_active = true;
        for bundle in reversed {
            self.length += bundles.get(bundle).length;
            self.first = self.push(bundle, self.first);
        }
    }

    /// Whether there may be more loops.
    pub(super) const fn is_active(&self) -> bool {
        self.is_active
    }

    /// The links of the loop last found, in order of travel.
    pub(super) fn route(&self) -> &[u32] {
        &self.route
    }

    fn push(&mut self, bundle: BundleId, next: u32) -> u32 {
        let index = self.due.len() as u32;
        self.due.push(Due { bundle, next });
        index
    }

    /// Writes on until a loop is complete, or a choice was made; only loops with fewer links than
    /// `below` are wanted.
    pub(super) fn step(&mut self, bundles: &PathBundles, below: u32) -> Step {
        // Between two loops: come back to the last choice that still promises something.
        if self.first == END || self.length >= below {
            let Some(alternative) = self.alternatives.pop() else {
                self.is_active = false;
                return Step::Finished;
            };
            self.length = alternative.length;
            if self.length >= below {
                self.first = END;
                return Step::Part;
            }
            self.route.truncate(alternative.route);
            self.due.truncate(alternative.due);
            self.first = self.push(alternative.bundle, alternative.next);
        }
        let Due { bundle, next } = self.due[self.first as usize];
        match bundles.get(bundle).form {
            Form::Link(link) => {
                self.route.push(link);
                self.first = next;
                if next == END {
                    return Step::Loop;
                }
            }
            Form::Series(first, second) => {
                let second = self.push(second, next);
                self.first = self.push(first, second);
            }
            Form::Choice(short, long) => {
                let more = bundles.get(long).length - bundles.get(short).length;
                self.alternatives.push(Alternative {
                    bundle: long,
                    next,
                    route: self.route.len(),
                    due: self.due.len(),
                    length: self.length + more,
                });
                self.first = self.push(short, next);
            }
        }
        Step::Part
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::causal::graph::GraphLink;
    use crate::model::Delay;
    use crate::model::Polarity;

    fn bundles(links: usize) -> PathBundles {
        let link = GraphLink {
            from: 0,
            to: 1,
            polarity: Polarity::Positive,
            delay: Delay::None,
        };
        PathBundles::of_links(&vec![link; links])
    }

    fn loops(bundles: &PathBundles, ring: &[BundleId], below: u32) -> Vec<Vec<u32>> {
        let mut unfold = Unfold::default();
        unfold.begin(bundles, ring.iter().rev().copied());
        let mut found = Vec::new();
        loop {
            match unfold.step(bundles, below) {
                Step::Part => {}
                Step::Loop => found.push(unfold.route().to_vec()),
                Step::Finished => return found,
            }
        }
    }

    #[test]
    fn every_path_through_the_choices_is_a_loop() {
        let mut bundles = bundles(6);
        let one = bundles.choice(0, 1);
        let two = bundles.choice(2, 3);
        let both = bundles.series(one, two);
        let long = bundles.series(4, 5);
        let path = bundles.choice(both, long);
        let found = loops(&bundles, &[path], u32::MAX);
        assert_eq!(found, [[0, 2], [0, 3], [1, 2], [1, 3], [4, 5]]);
    }

    #[test]
    fn long_loops_are_left_out_where_they_are_not_wanted() {
        let mut bundles = bundles(5);
        let long = bundles.series(1, 2);
        let first = bundles.choice(long, 0);
        assert_eq!(
            loops(&bundles, &[first, 3], u32::MAX),
            [vec![0, 3], vec![1, 2, 3]]
        );
        assert_eq!(loops(&bundles, &[first, 3], 3), [[0, 3]]);
        assert!(loops(&bundles, &[first, 3], 2).is_empty());
    }
}
