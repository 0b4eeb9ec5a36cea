//! The loops a search keeps: the shortest, up to a number.

use super::found::{FoundLoop, LoopPolarity};
use crate::model::Delay;

/// Loops of one length, in the order in which they were found.
#[derive(Clone, Debug, Default)]
struct Row {
    /// The links of one loop after the other: as many for each as the row's length.
    links: Vec<u32>,
    signs: Vec<(LoopPolarity, Delay)>,
}

/// Up to a number of loops, a row for each length. A full store drops one of its longest for
/// a shorter one; of equally long loops the first found stay.
#[derive(Clone, Debug)]
pub(super) struct ShortestLoops {
    room: usize,
    kept: usize,
    /// By length; no empty row at the end.
    rows: Vec<Row>,
}

impl ShortestLoops {
    /// An empty store with room for this many loops.
    pub(super) const fn new(room: usize) -> Self {
        Self {
            room,
            kept: 0,
            rows: Vec::new(),
        }
    }

    /// How many loops are kept.
    pub(super) const fn kept(&self) -> usize {
        self.kept
    }

    /// Only loops with fewer links than this are wanted.
    pub(super) fn wanted_below(&self) -> u32 {
        if self.kept < self.room {
            u32::MAX
        } else if self.room == 0 {
            0
        } else {
            // Cannot truncate: no loop is longer than there are variables.
            (self.rows.len() - 1) as u32
        }
    }

    /// Keeps a loop, if it is wanted; its links are turned so that they start at `start`.
    pub(super) fn put(&mut self, found: FoundLoop<'_>, start: usize) {
        let length = found.links.len();
        if length >= self.wanted_below() as usize {
            return;
        }
        if self.kept == self.room {
            self.drop_longest();
        }
        if self.rows.len() <= length {
            self.rows.resize_with(length + 1, Row::default);
        }
        let row = &mut self.rows[length];
        let (end, beginning) = found.links.split_at(start);
        row.links.extend_from_slice(beginning);
        row.links.extend_from_slice(end);
        row.signs.push((found.polarity, found.delay));
        self.kept += 1;
    }

    fn drop_longest(&mut self) {
        let length = self.rows.len().saturating_sub(1);
        if let Some(row) = self.rows.last_mut() {
            row.signs.pop();
            row.links.truncate(row.signs.len() * length);
            self.kept -= 1;
        }
        while self.rows.last().is_some_and(|row| row.signs.is_empty()) {
            self.rows.pop();
        }
    }

    /// The loops, shortest first, and in the order in which they were found.
    pub(super) fn loops(&self) -> impl Iterator<Item = FoundLoop<'_>> {
        self.rows.iter().enumerate().flat_map(|(length, row)| {
            // The first row is empty: no loop has no links. But chunks must have a size.
            let routes = row.links.chunks_exact(length.max(1));
            routes
                .zip(&row.signs)
                .map(|(links, &(polarity, delay))| FoundLoop {
                    links,
                    polarity,
                    delay,
                })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(shortest: &mut ShortestLoops, links: &[u32]) {
        let polarity = LoopPolarity::Balancing;
        shortest.put(
            FoundLoop {
                links,
                polarity,
                delay: Delay::None,
            },
            0,
        );
    }

    fn kept(shortest: &ShortestLoops) -> Vec<&[u32]> {
        shortest.loops().map(|found| found.links).collect()
    }

    #[test]
    fn a_full_store_drops_the_longest_and_the_latest() {
        let mut shortest = ShortestLoops::new(2);
        put(&mut shortest, &[1, 2, 3]);
        assert_eq!(shortest.wanted_below(), u32::MAX);
        put(&mut shortest, &[4, 5, 6]);
        assert_eq!(shortest.wanted_below(), 3);
        put(&mut shortest, &[7, 8, 9]);
        assert_eq!(kept(&shortest), [&[1, 2, 3], &[4, 5, 6]]);
        put(&mut shortest, &[7]);
        assert_eq!(kept(&shortest), [&[7][..], &[1, 2, 3]]);
        put(&mut shortest, &[8, 9]);
        put(&mut shortest, &[8]);
        assert_eq!(kept(&shortest), [&[7], &[8]]);
        assert_eq!((shortest.kept(), shortest.wanted_below()), (2, 1));
    }

    #[test]
    fn a_loop_is_turned_to_its_start() {
        let mut shortest = ShortestLoops::new(1);
        let polarity = LoopPolarity::Reinforcing;
        shortest.put(
            FoundLoop {
                links: &[4, 5, 6],
                polarity,
                delay: Delay::None,
            },
            2,
        );
        assert_eq!(kept(&shortest), [[6, 4, 5]]);
    }

    #[test]
    fn a_store_without_room_wants_nothing() {
        let mut shortest = ShortestLoops::new(0);
        put(&mut shortest, &[1]);
        assert_eq!((shortest.wanted_below(), shortest.loops().count()), (0, 0));
    }
}
