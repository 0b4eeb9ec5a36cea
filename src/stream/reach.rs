//! Which station can be reached from which.

/// For each station, the stations to which arcs onwards lead from it, one bit each; a station
/// leads to itself only round a ring, and there is none.
#[derive(Clone, Debug)]
pub(super) struct Reach {
    words: usize,
    bits: Vec<u64>,
}

impl Reach {
    /// What leads where, of `size` stations in an order that every arc follows, by the stations
    /// that come right after each.
    pub(super) fn of(size: usize, sequence: &[usize], next: &dyn Fn(usize) -> Vec<usize>) -> Self {
        let words = size.div_ceil(64);
        let mut reach = Self {
            words,
            bits: vec![0; words * size],
        };
        for here in sequence.iter().rev().copied() {
            for to in next(here) {
                reach.set(here, to);
                for word in 0..words {
                    reach.bits[here * words + word] |= reach.bits[to * words + word];
                }
            }
        }
        reach
    }

    /// An empty relation.
    pub(super) fn none(size: usize) -> Self {
        let words = size.div_ceil(64);
        Self {
            words,
            bits: vec![0; words * size],
        }
    }

    /// Whether one leads to the other.
    pub(super) fn leads(&self, from: usize, to: usize) -> bool {
        self.bits[from * self.words + to / 64] >> (to % 64) & 1 == 1
    }

    /// Notes that one leads to the other; says whether that is new.
    pub(super) fn set(&mut self, from: usize, to: usize) -> bool {
        let word = &mut self.bits[from * self.words + to / 64];
        let before = *word;
        *word |= 1 << (to % 64);
        before != *word
    }
}
