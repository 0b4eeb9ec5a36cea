//! The states after one step of an elimination, each with its record of sums.

use super::state::State;
use super::sums::Width;

/// States, each once, with a record of words for each.
#[derive(Clone, Debug, Default)]
pub(super) struct Layer {
    states: Vec<State>,
    records: Vec<u64>,
    /// Open addressing: one more than the index of a state, or zero. A power of two long.
    table: Vec<u32>,
    stride: usize,
}

impl Layer {
    /// No states yet; records of this width.
    pub(super) fn new(width: Width) -> Self {
        Self {
            table: vec![0; 64],
            stride: width.stride(),
            ..Self::default()
        }
    }

    /// How many states there are.
    pub(super) const fn len(&self) -> usize {
        self.states.len()
    }

    /// The state at an index.
    pub(super) fn state(&self, index: usize) -> State {
        self.states[index]
    }

    /// The record of the state at an index.
    pub(super) fn record(&self, index: usize) -> &[u64] {
        &self.records[index * self.stride..][..self.stride]
    }

    /// The record of the state at an index.
    pub(super) fn record_mut(&mut self, index: usize) -> &mut [u64] {
        &mut self.records[index * self.stride..][..self.stride]
    }

    /// The index of a state that may not be there.
    pub(super) fn find(&self, state: State) -> Option<usize> {
        match self.table[self.entry(state)] {
            0 => None,
            index => Some(index as usize - 1),
        }
    }

    /// The index of a state; a new one gets a record of zeros.
    pub(super) fn index(&mut self, state: State) -> usize {
        let entry = self.entry(state);
        if let Some(index) = (self.table[entry] as usize).checked_sub(1) {
            return index;
        }
        let index = self.states.len();
        self.states.push(state);
        self.records.resize(self.records.len() + self.stride, 0);
        self.table[entry] = index as u32 + 1;
        if 2 * self.states.len() > self.table.len() {
            self.grow();
        }
        index
    }

    /// Takes all states out, and keeps the room.
    pub(super) fn clear(&mut self) {
        // Rather than sweep a table that was large once.
        if self.table.len() > 8 * self.states.len() {
            self.table = vec![0; (4 * self.states.len()).next_power_of_two().max(64)];
        } else {
            self.table.fill(0);
        }
        self.states.clear();
        self.records.clear();
    }

    /// The same states with records of zeros.
    pub(super) fn zeroed(&self) -> Self {
        Self {
            records: vec![0; self.records.len()],
            ..self.clone()
        }
    }

    fn grow(&mut self) {
        self.table = vec![0; 2 * self.table.len()];
        for index in 0..self.states.len() {
            let entry = self.entry(self.states[index]);
            self.table[entry] = index as u32 + 1;
        }
    }

    /// Where the table has the state, or has room for it.
    fn entry(&self, state: State) -> usize {
        let mask = self.table.len() - 1;
        let mut entry = hash(state) as usize & mask;
        loop {
            match self.table[entry] {
                0 => return entry,
                index if self.states[index as usize - 1] == state => return entry,
                _ => entry = (entry + 1) & mask,
            }
        }
    }
}

/// The halves of a state mixed into its low bits, by multiplication with odd constants (those of
/// Steele, Lea & Flood 2014, "Fast splittable pseudorandom number generators").
fn hash(state: State) -> u64 {
    let low = (state as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mixed = low ^ (low >> 29) ^ ((state >> 64) as u64).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = mixed.wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_state_has_one_place_however_many_there_are() {
        let mut layer = Layer::new(Width::NARROW);
        for _ in 0..2 {
            for number in 0..1000_u128 {
                let index = layer.index(number << (number % 100));
                assert!(index < layer.len());
                layer.record_mut(index)[0] += 1;
            }
        }
        assert!(layer.find(5 << 5).is_some() && layer.find(5 << 6).is_none());
        let sum: u64 = (0..layer.len()).map(|index| layer.record(index)[0]).sum();
        assert!(sum == 2000 && layer.len() <= 1000);
        layer.clear();
        assert!(layer.len() == 0 && layer.find(5 << 5).is_none());
    }
}
