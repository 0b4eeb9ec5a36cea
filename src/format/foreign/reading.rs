//! How much of a text was read for a document, which its ids say.

use crate::model::Id;

/// How much of a text is read; a later one reads all that those before it do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reading {
    /// What its pictures say, as in documents that were opened before equations were read for what
    /// pictures leave out.
    Pictured,
    /// What its equations say, too. What flows is a plain variable, as in documents that were opened
    /// before there were rates.
    Whole,
    /// What flows is a rate, and its links to stocks are pipes.
    Flowing,
}

impl Reading {
    /// How texts are read that are opened now.
    pub const NOW: Self = Self::Flowing;
    /// The last bits of a seed that say how its text was read. Seeds of before are random: one in
    /// 32,768 has one of these by chance.
    const MARKS: [(Self, u64); 2] = [(Self::Whole, 0xC1D5), (Self::Flowing, 0xF10E)];
    const MASK: u64 = 0xFFFF;

    /// How the text was read from whose seed the ids of a document follow.
    pub fn of(seed: Id) -> Self {
        let mark = seed.bits() & Self::MASK;
        let mut marks = Self::MARKS.iter();
        let marked = marks.find(|(_, other)| *other == mark);
        marked.map_or(Self::Pictured, |(reading, _)| *reading)
    }

    /// A seed that says that its text is read so.
    pub fn marked(self, seed: Id) -> Id {
        let mut marks = Self::MARKS.iter();
        let mark = marks.find(|(reading, _)| *reading == self);
        mark.map_or(seed, |(_, mark)| {
            Id::from_bits(seed.bits() & !Self::MASK | mark)
        })
    }

    /// Whether equations are read for what pictures leave out.
    pub fn is_whole(self) -> bool {
        self >= Self::Whole
    }

    /// Whether what flows is a rate.
    pub fn has_rates(self) -> bool {
        self >= Self::Flowing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_says_how_a_text_was_read() {
        let seed = Id::from_bits(0x1234_5678_9abc_def0);
        assert_eq!(Reading::of(seed), Reading::Pictured);
        for reading in [Reading::Pictured, Reading::Whole, Reading::Flowing] {
            assert_eq!(Reading::of(reading.marked(seed)), reading);
        }
        assert_eq!(
            Reading::Flowing.marked(seed).bits() >> 16,
            seed.bits() >> 16
        );
    }
}
