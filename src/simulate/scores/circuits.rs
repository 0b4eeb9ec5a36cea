//! The elementary circuits of links that are ever active together.
//!
//! Johnson's search (1975), which also carries the rows at which all links of a path are active, and
//! turns back where there are none. A variable is blocked only where that was not the reason.

use super::bits;
use crate::causal::Progress;

/// A link of the graph: where it leads, and its index.
type Arc = (u32, u32);

#[derive(Debug)]
struct Frame {
    vertex: u32,
    next: usize,
    /// Whether a circuit was found from here, or a path given up for want of rows.
    is_open: bool,
}

/// A search, a budget at a time.
#[derive(Debug)]
pub(super) struct Circuits {
    next: Vec<Vec<Arc>>,
    before: Vec<Vec<u32>>,
    /// For each link the rows at which it is active.
    active: Vec<u64>,
    words: usize,
    root: usize,
    frames: Vec<Frame>,
    path: Vec<u32>,
    /// For each frame the rows at which its path is active.
    rows: Vec<u64>,
    /// Whether a vertex leads to the root, by vertices that come after it.
    is_allowed: Vec<bool>,
    is_blocked: Vec<bool>,
    waiting: Vec<Vec<u32>>,
}

impl Circuits {
    /// A search in a graph of links, each with the rows at which it is active.
    pub(super) fn new(
        vertices: usize,
        links: impl Iterator<Item = (u32, u32)>,
        active: Vec<u64>,
        rows: usize,
    ) -> Self {
        let words = bits::words(rows);
        let mut next = vec![Vec::new(); vertices];
        let mut before = vec![Vec::new(); vertices];
        for (index, (from, to)) in (0_u32..).zip(links) {
            let first = index as usize * words;
            if !bits::is_empty(&active[first..first + words]) {
                next[from as usize].push((to, index));
                before[to as usize].push(from);
            }
        }
        Self {
            next,
            before,
            active,
            words,
            root: 0,
            frames: Vec::new(),
            path: Vec::new(),
            rows: Vec::new(),
            is_allowed: vec![false; vertices],
            is_blocked: vec![false; vertices],
            waiting: vec![Vec::new(); vertices],
        }
    }

    /// Searches on for about so many links, and gives each circuit that it finds, as links, and the
    /// rows at which it is active.
    pub(super) fn advance(
        &mut self,
        budget: &mut u64,
        mut found: impl FnMut(&[u32], &[u64]),
    ) -> Progress {
        while *budget > 0 {
            *budget -= 1;
            if self.frames.is_empty() {
                if self.root >= self.next.len() {
                    return Progress::Finished;
                }
                self.begin(budget);
            } else {
                self.go_on(&mut found);
            }
        }
        Progress::Unfinished
    }

    /// Begins at the next root, if anything leads back to it.
    fn begin(&mut self, budget: &mut u64) {
        let root = self.root;
        self.root += 1;
        if self.before[root].is_empty() || self.next[root].is_empty() {
            return;
        }
        self.is_allowed.fill(false);
        let mut stack = vec![root as u32];
        while let Some(vertex) = stack.pop() {
            for &before in &self.before[vertex as usize] {
                *budget = budget.saturating_sub(1);
                if before as usize >= root && !self.is_allowed[before as usize] {
                    self.is_allowed[before as usize] = true;
                    stack.push(before);
                }
            }
        }
        if !self.is_allowed[root] {
            return;
        }
        self.is_blocked.fill(false);
        self.waiting.iter_mut().for_each(Vec::clear);
        self.is_blocked[root] = true;
        self.rows.clear();
        self.rows.resize(self.words, u64::MAX);
        self.frames.push(Frame {
            vertex: root as u32,
            next: 0,
            is_open: false,
        });
    }

    /// Tries the next link of the last vertex of the path.
    fn go_on(&mut self, found: &mut impl FnMut(&[u32], &[u64])) {
        let root = (self.root - 1) as u32;
        let Some(frame) = self.frames.last_mut() else {
            return;
        };
        let Some(&(to, link)) = self.next[frame.vertex as usize].get(frame.next) else {
            return self.back();
        };
        frame.next += 1;
        if to < root
            || !self.is_allowed[to as usize]
            || (self.is_blocked[to as usize] && to != root)
        {
            return;
        }
        let words = self.words;
        let top = self.rows.len();
        self.rows.resize(top + words, 0);
        let (known, new) = self.rows.split_at_mut(top);
        let active = &self.active[link as usize * words..(link as usize + 1) * words];
        let is_active = bits::share(&known[top - words..], active, new);
        if is_active && to != root {
            self.path.push(link);
            self.is_blocked[to as usize] = true;
            self.frames.push(Frame {
                vertex: to,
                next: 0,
                is_open: false,
            });
            return;
        }
        frame.is_open = true;
        if is_active {
            self.path.push(link);
            found(&self.path, new);
            self.path.pop();
        }
        self.rows.truncate(top);
    }

    /// Leaves the last vertex of the path.
    fn back(&mut self) {
        let Some(frame) = self.frames.pop() else {
            return;
        };
        self.path.pop();
        self.rows.truncate(self.frames.len() * self.words);
        if frame.is_open {
            self.unblock(frame.vertex);
            if let Some(parent) = self.frames.last_mut() {
                parent.is_open = true;
            }
        } else {
            for &(to, _) in &self.next[frame.vertex as usize] {
                if self.is_allowed[to as usize] {
                    let waiting = &mut self.waiting[to as usize];
                    if !waiting.contains(&frame.vertex) {
                        waiting.push(frame.vertex);
                    }
                }
            }
        }
    }

    fn unblock(&mut self, vertex: u32) {
        let mut stack = vec![vertex];
        while let Some(vertex) = stack.pop() {
            if std::mem::take(&mut self.is_blocked[vertex as usize]) {
                stack.append(&mut self.waiting[vertex as usize]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Circuits, bits};
    use crate::causal::Progress;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    /// All circuits that are active at a row, by trying every path.
    fn slow(links: &[(u32, u32, u64)]) -> BTreeSet<(Vec<u32>, u64)> {
        fn on(
            links: &[(u32, u32, u64)],
            path: &mut Vec<u32>,
            rows: u64,
            all: &mut BTreeSet<(Vec<u32>, u64)>,
        ) {
            let first = links[path[0] as usize].0;
            let end = links[path[path.len() - 1] as usize].1;
            if end == first {
                all.insert((path.clone(), rows));
                return;
            }
            for (index, &(from, to, active)) in (0..).zip(links) {
                let is_new = to == first
                    || to > first && path.iter().all(|link| links[*link as usize].1 != to);
                if from == end && is_new && rows & active != 0 {
                    path.push(index);
                    on(links, path, rows & active, all);
                    path.pop();
                }
            }
        }
        let mut all = BTreeSet::new();
        for (index, &(from, to, active)) in (0..).zip(links) {
            if to >= from && active != 0 {
                on(links, &mut vec![index], active, &mut all);
            }
        }
        all
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3_000))]

        #[test]
        fn every_circuit_is_found_once(
            links in prop::collection::btree_map((0_u32..7, 0_u32..7), 0_u64..64, 0..24),
            budget in 1_u64..50,
        ) {
            let links: Vec<_> = links.into_iter().map(|((from, to), rows)| (from, to, rows)).collect();
            let active: Vec<u64> = links.iter().map(|link| link.2).collect();
            let mut search = Circuits::new(7, links.iter().map(|link| (link.0, link.1)), active, 6);
            let mut found = Vec::new();
            let mut progress = Progress::Unfinished;
            while progress == Progress::Unfinished {
                let mut left = budget;
                progress = search.advance(&mut left, |path, rows| found.push((path.to_vec(), rows[0])));
            }
            let count = found.len();
            let found: BTreeSet<_> = found.into_iter().collect();
            prop_assert_eq!(found.len(), count);
            prop_assert_eq!(found, slow(&links));
        }
    }

    #[test]
    fn rows_are_counted_in_words() {
        let mut active = vec![0; 4];
        bits::add(&mut active[..2], 64);
        bits::add(&mut active[2..], 63);
        let links = [(0, 1), (1, 0)];
        let mut never = Circuits::new(2, links.into_iter(), active.clone(), 65);
        let mut count = 0;
        assert_eq!(
            never.advance(&mut 1_000, |_, _| count += 1),
            Progress::Finished
        );
        bits::add(&mut active[2..], 64);
        let mut once = Circuits::new(2, links.into_iter(), active, 65);
        assert_eq!(
            once.advance(&mut 1_000, |_, _| count += 1),
            Progress::Finished
        );
        assert_eq!(count, 1);
    }
}
