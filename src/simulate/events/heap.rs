//! What is to come, in the order of time.

/// When something happens, in the unit of time of the plan, with what orders it among what happens
/// at the same time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Entry<T> {
    /// The bits of the time, which order as times do from 0 up; the class: ends before arrivals; then
    /// by creation. As one number two entries are compared without a branch, which nothing could
    /// foresee.
    key: u128,
    pub(super) what: T,
}

impl<T> Entry<T> {
    /// When it happens.
    #[inline]
    pub(super) fn time(&self) -> f64 {
        f64::from_bits((self.key >> TIME) as u64)
    }
}

/// What comes first of what happens at the same time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rank {
    /// Work ends, an outage begins or ends.
    End,
    /// An item arrives.
    Arrival,
}

const CLASS: u32 = 56;
const TIME: u32 = 64;
/// Children of a node: four are on one or two lines of the cache.
const WIDTH: usize = 4;

/// A heap keyed by (time, class, sequence), so that ties have one order.
#[derive(Clone, Debug)]
pub(super) struct Heap<T> {
    entries: Vec<Entry<T>>,
    sequence: u64,
}

impl<T: Copy> Heap<T> {
    pub(super) const fn new() -> Self {
        Self {
            entries: Vec::new(),
            sequence: 0,
        }
    }

    /// Puts in what happens at a time from 0 up.
    #[inline]
    pub(super) fn push(&mut self, time: f64, rank: Rank, what: T) {
        let order = ((rank as u64) << CLASS) | self.sequence;
        self.sequence += 1;
        // 0 is added since the bits of -0 are another number.
        let time = u128::from((time + 0.0).to_bits());
        let key = (time << TIME) | u128::from(order);
        let entry = Entry { key, what };
        let mut place = self.entries.len();
        self.entries.push(entry);
        while place > 0 {
            let parent = (place - 1) / WIDTH;
            if self.entries[parent].key < key {
                break;
            }
            self.entries[place] = self.entries[parent];
            place = parent;
        }
        self.entries[place] = entry;
    }

    /// When the next thing happens.
    #[inline]
    pub(super) fn next_time(&self) -> Option<f64> {
        self.entries.first().map(Entry::time)
    }

    #[inline]
    pub(super) fn pop(&mut self) -> Option<Entry<T>> {
        let last = self.entries.pop()?;
        let Some(first) = self.entries.first().copied() else {
            return Some(last);
        };
        let mut place = 0;
        while let Some((least, entry)) = self.first_child(place) {
            if last.key < entry.key {
                break;
            }
            self.entries[place] = entry;
            place = least;
        }
        self.entries[place] = last;
        Some(first)
    }

    /// Of the children of a node the first to happen, and its place.
    #[inline]
    fn first_child(&self, place: usize) -> Option<(usize, Entry<T>)> {
        let from = place * WIDTH + 1;
        let sooner = |one: usize, other: usize| {
            if self.entries[other].key < self.entries[one].key {
                other
            } else {
                one
            }
        };
        let least = if from + WIDTH <= self.entries.len() {
            // By pairs, so that the second need not wait for the first.
            sooner(sooner(from, from + 1), sooner(from + 2, from + 3))
        } else {
            (from..self.entries.len()).reduce(sooner)?
        };
        Some((least, self.entries[least]))
    }

    /// How many things are to come.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_in_comes_out_in_order() {
        let mut state = 1_u64;
        let mut heap = Heap::new();
        let mut kept: Vec<(u32, u32, usize)> = Vec::new();
        for number in 0..20_000 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            let time = (state >> 40) as u32 % 500;
            let rank = if state & (1 << 33) == 0 {
                Rank::End
            } else {
                Rank::Arrival
            };
            heap.push(f64::from(time), rank, number);
            kept.push((time, rank as u32, number));
            if state & (3 << 35) == 0 {
                kept.sort_unstable();
                let first = kept.remove(0);
                let popped = heap.pop().unwrap();
                assert_eq!((popped.time(), popped.what), (f64::from(first.0), first.2));
            }
        }
        kept.sort_unstable();
        for (time, _, number) in kept {
            let popped = heap.pop().unwrap();
            assert_eq!((popped.time(), popped.what), (f64::from(time), number));
        }
        assert_eq!(heap.len(), 0);
        assert!(heap.pop().is_none());
    }
}
