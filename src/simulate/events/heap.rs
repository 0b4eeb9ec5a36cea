//! What is to come, in the order of time.

/// When something happens, in the unit of time of the plan, with what orders it among what happens
/// at the same time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Entry<T> {
    pub(super) time: f64,
    /// The class in the upper 8 bits: ends before arrivals; then by creation.
    order: u64,
    pub(super) what: T,
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

    #[inline]
    pub(super) fn push(&mut self, time: f64, rank: Rank, what: T) {
        let order = ((rank as u64) << CLASS) | self.sequence;
        self.sequence += 1;
        let entry = Entry { time, order, what };
        let mut place = self.entries.len();
        self.entries.push(entry);
        while place > 0 {
            let parent = (place - 1) / WIDTH;
            if !before(&entry, &self.entries[parent]) {
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
        self.entries.first().map(|entry| entry.time)
    }

    #[inline]
    pub(super) fn pop(&mut self) -> Option<Entry<T>> {
        let last = self.entries.pop()?;
        let Some(first) = self.entries.first().copied() else {
            return Some(last);
        };
        let size = self.entries.len();
        let mut place = 0;
        loop {
            let child = place * WIDTH + 1;
            if child >= size {
                break;
            }
            let mut least = child;
            for other in child + 1..(child + WIDTH).min(size) {
                if before(&self.entries[other], &self.entries[least]) {
                    least = other;
                }
            }
            if !before(&self.entries[least], &last) {
                break;
            }
            self.entries[place] = self.entries[least];
            place = least;
        }
        self.entries[place] = last;
        Some(first)
    }

    /// How many things are to come.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }
}

#[inline]
fn before<T>(one: &Entry<T>, other: &Entry<T>) -> bool {
    one.time < other.time || (one.time == other.time && one.order < other.order)
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
                assert_eq!((popped.time, popped.what), (f64::from(first.0), first.2));
            }
        }
        kept.sort_unstable();
        for (time, _, number) in kept {
            let popped = heap.pop().unwrap();
            assert_eq!((popped.time, popped.what), (f64::from(time), number));
        }
        assert_eq!(heap.len(), 0);
        assert!(heap.pop().is_none());
    }
}
