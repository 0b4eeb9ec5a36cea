//! The paths from one variable of a core, summed for each set of variables that they pass.

use crate::causal::search::Progress;

use super::frontier::Keep;
use super::number::add;

/// The most variables besides the start. Each one more doubles the time; a core of 22 takes seconds.
pub(super) const MOST_OTHERS: usize = 21;

/// A number of a record. Whole numbers are taken modulo two to their bits.
pub(super) trait Number: Copy {
    /// Nothing.
    const ZERO: Self;
    /// The number in these words of a record.
    fn of(words: &[u64]) -> Self;
    /// Adds it to the number in these words of a record.
    fn add_to(self, words: &mut [u64]);
    /// `self + one * other`.
    fn plus_product(self, one: Self, other: Self) -> Self;
    /// `self + other`.
    fn plus(self, other: Self) -> Self;
}

impl Number for u64 {
    const ZERO: Self = 0;
    fn of(words: &[u64]) -> Self {
        words[0]
    }
    fn add_to(self, words: &mut [u64]) {
        add(words, &[self]);
    }
    fn plus_product(self, one: Self, other: Self) -> Self {
        self.wrapping_add(one.wrapping_mul(other))
    }
    fn plus(self, other: Self) -> Self {
        self.wrapping_add(other)
    }
}

impl Number for u128 {
    const ZERO: Self = 0;
    fn of(words: &[u64]) -> Self {
        u128::from(words[1]) << 64 | u128::from(words[0])
    }
    fn add_to(self, words: &mut [u64]) {
        add(words, &[self as u64, (self >> 64) as u64]);
    }
    fn plus_product(self, one: Self, other: Self) -> Self {
        self.wrapping_add(one.wrapping_mul(other))
    }
    fn plus(self, other: Self) -> Self {
        self.wrapping_add(other)
    }
}

impl Number for f64 {
    const ZERO: Self = 0.0;
    fn of(words: &[u64]) -> Self {
        Self::from_bits(words[0])
    }
    fn add_to(self, words: &mut [u64]) {
        words[0] = (Self::from_bits(words[0]) + self).to_bits();
    }
    fn plus_product(self, one: Self, other: Self) -> Self {
        self + one * other
    }
    fn plus(self, other: Self) -> Self {
        self + other
    }
}

/// Binomial coefficients: how many sets of `size` there are of `of` elements.
pub(super) fn sets(of: usize, size: usize) -> usize {
    SETS[of][size]
}

const SETS: [[usize; MOST_OTHERS + 2]; MOST_OTHERS + 2] = {
    let mut table = [[0; MOST_OTHERS + 2]; MOST_OTHERS + 2];
    let mut of = 0;
    while of < table.len() {
        table[of][0] = 1;
        let mut size = 1;
        while size <= of {
            table[of][size] = table[of - 1][size - 1] + table[of - 1][size];
            size += 1;
        }
        of += 1;
    }
    table
};

/// The loops through one variable, the *start*, by the sums of its paths (the recurrence of Bellman
/// 1962 and of Held & Karp 1962, for sums in position of shortest ways).
///
/// For each set of other variables and each variable in it there is one sum: of all paths that leave
/// the start, pass just this set and end at this variable. It follows from the sums of the sets with
/// one variable fewer. A path that can go back to the start is a loop.
#[derive(Clone, Debug)]
pub(super) struct SubsetPaths<N> {
    /// How many variables there are besides the start, which is numbered last.
    others: usize,
    /// The weights of the arcs: those into a variable in a row, by where they come from.
    weights: Vec<N>,
    keep: Keep,
    /// The sums of the sets of each size, from one up: the sets in the order of their numbers, and
    /// of each set one sum for each of its variables.
    layers: Vec<Vec<N>>,
    /// On the way back: what one more path for each sum would add to the total.
    worth: Vec<N>,
    worth_before: Vec<N>,
    way: Way,
    /// The size of the sets in turn.
    size: usize,
    /// The set in turn, a bit for each variable.
    set: u32,
    /// How many sets of this size come before it.
    index: usize,
    total: N,
    /// How the total changes with each weight.
    gradient: Vec<N>,
}

/// Which way a programme goes through its layers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Forward,
    Back,
    Done,
}

/// A set taken apart.
struct Parts {
    size: usize,
    /// Its variables, ascending.
    members: [u8; MOST_OTHERS],
    /// For each of them the index of the set without it.
    without: [usize; MOST_OTHERS],
}

impl Parts {
    fn of(set: u32) -> Self {
        let mut parts = Self {
            size: 0,
            members: [0; MOST_OTHERS],
            without: [0; MOST_OTHERS],
        };
        let mut rest = set;
        let mut below = 0;
        // The sets of one size in the order of their numbers: the index of a set is the sum, over
        // its members from the lowest, of the sets of as many lower variables.
        while rest != 0 {
            let member = rest.trailing_zeros() as usize;
            rest &= rest - 1;
            parts.members[parts.size] = member as u8;
            parts.without[parts.size] = below;
            below += sets(member, parts.size + 1);
            parts.size += 1;
        }
        let mut above = 0;
        for position in (0..parts.size).rev() {
            parts.without[position] += above;
            above += sets(parts.members[position] as usize, position);
        }
        parts
    }

    fn members(&self) -> &[u8] {
        &self.members[..self.size]
    }
}

impl<N: Number> SubsetPaths<N> {
    /// A programme at its start. `weights` has one row for each variable: the weights of the arcs
    /// into it, by where they come from, the start last; zero where there is none.
    pub(super) fn new(weights: Vec<N>, others: usize, keep: Keep) -> Self {
        let gradient = match keep {
            Keep::All => vec![N::ZERO; weights.len()],
            Keep::Last => Vec::new(),
        };
        let mut paths = Self {
            others,
            weights,
            keep,
            layers: Vec::new(),
            worth: Vec::new(),
            worth_before: Vec::new(),
            way: Way::Forward,
            size: 1,
            set: 1,
            index: 0,
            total: N::ZERO,
            gradient,
        };
        paths.begin_layer();
        paths
    }

    /// The sum of all loops through the start, once finished.
    pub(super) fn total(&self) -> N {
        self.total
    }

    /// How it changes with each weight, in their order: what completes each arc to a loop. Only for a
    /// programme that keeps its layers.
    pub(super) fn gradient(&self) -> &[N] {
        &self.gradient
    }

    /// Goes on for about `budget` products.
    pub(super) fn advance(&mut self, budget: &mut u64) -> Progress {
        while self.way != Way::Done {
            if *budget == 0 {
                return Progress::Unfinished;
            }
            let parts = Parts::of(self.set);
            match self.way {
                Way::Forward => self.sum_up(&parts),
                Way::Back | Way::Done => self.share_out(&parts),
            }
            *budget = budget.saturating_sub((self.size * self.size) as u64);
            self.index += 1;
            if self.index == sets(self.others, self.size) {
                self.finish_layer();
            } else {
                // The next number with as many bits (Gosper 1972, HAKMEM 175).
                let lowest = self.set & self.set.wrapping_neg();
                let ripple = self.set + lowest;
                self.set = ripple | (((self.set ^ ripple) >> 2) / lowest);
            }
        }
        Progress::Finished
    }

    fn weight(&self, from: usize, to: usize) -> N {
        self.weights[to * (self.others + 1) + from]
    }

    fn begin_layer(&mut self) {
        self.set = (1 << self.size) - 1;
        self.index = 0;
        if self.way == Way::Forward {
            let sums = sets(self.others, self.size) * self.size;
            self.layers.push(vec![N::ZERO; sums]);
        }
    }

    fn finish_layer(&mut self) {
        match self.way {
            Way::Forward => {
                if self.keep == Keep::Last && self.size > 1 {
                    self.layers[self.size - 2] = Vec::new();
                }
                if self.size < self.others {
                    self.size += 1;
                } else if self.keep == Keep::All {
                    self.way = Way::Back;
                    self.worth = vec![N::ZERO; self.size];
                    self.worth_before = vec![N::ZERO; self.others * (self.others - 1)];
                } else {
                    self.way = Way::Done;
                }
            }
            Way::Back | Way::Done => {
                self.layers.pop();
                self.size -= 1;
                if self.size == 0 {
                    self.way = Way::Done;
                    return;
                }
                self.worth = std::mem::take(&mut self.worth_before);
                if self.size > 1 {
                    let before = sets(self.others, self.size - 1) * (self.size - 1);
                    self.worth_before = vec![N::ZERO; before];
                }
            }
        }
        if self.way != Way::Done {
            self.begin_layer();
        }
    }

    /// The sums of the set in turn from those of the sets with one variable fewer.
    fn sum_up(&mut self, parts: &Parts) {
        let (start, row) = (self.others, self.others + 1);
        let (before, present) = self.layers.split_at_mut(self.size - 1);
        let sums = &mut present[0][self.index * self.size..][..self.size];
        for (position, &to) in parts.members().iter().enumerate() {
            let into = &self.weights[to as usize * row..][..row];
            let sum = if self.size == 1 {
                into[start]
            } else {
                let rest = self.size - 1;
                let paths = &before[self.size - 2][parts.without[position] * rest..][..rest];
                let (lower, upper) = parts.members().split_at(position);
                let sum =
                    |sum: N, (&path, &from): (&N, &u8)| sum.plus_product(path, into[from as usize]);
                let of_lower = paths.iter().zip(lower).fold(N::ZERO, sum);
                paths[position..]
                    .iter()
                    .zip(&upper[1..])
                    .fold(of_lower, sum)
            };
            sums[position] = sum;
            let back = self.weights[start * row + to as usize];
            self.total = self.total.plus_product(sum, back);
        }
    }

    /// Hands what the sums of the set in turn are worth down to the weights, and to the sums that
    /// they were made of (Baur & Strassen 1983, "The complexity of partial derivatives").
    fn share_out(&mut self, parts: &Parts) {
        let (start, row) = (self.others, self.others + 1);
        for (position, &to) in parts.members().iter().enumerate() {
            let to = to as usize;
            let sum = self.index * self.size + position;
            let worth = self.worth[sum].plus(self.weight(to, start));
            let back = &mut self.gradient[start * row + to];
            *back = back.plus(self.layers[self.size - 1][sum]);
            if self.size == 1 {
                let first = &mut self.gradient[to * row + start];
                *first = first.plus(worth);
                continue;
            }
            let rest = self.size - 1;
            let range = parts.without[position] * rest..(parts.without[position] + 1) * rest;
            let paths = &self.layers[self.size - 2][range.clone()];
            let worths = &mut self.worth_before[range];
            let into = &self.weights[to * row..][..row];
            let gradient = &mut self.gradient[to * row..][..row];
            let others = parts.members().iter().filter(|&&from| from as usize != to);
            for ((&path, worth_of_path), &from) in paths.iter().zip(worths).zip(others) {
                let from = from as usize;
                gradient[from] = gradient[from].plus_product(path, worth);
                *worth_of_path = worth_of_path.plus_product(into[from], worth);
            }
        }
    }
}
