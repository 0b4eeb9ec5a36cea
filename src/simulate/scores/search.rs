//! Finding the loops of a run and weighing them against each other.

use std::sync::Arc;

use super::bits;
use super::circuits::Circuits;
use super::links::LinkScores;
use super::loops::{Extent, LoopScores, ScoredLoop};
use crate::causal::Progress;

/// The most loops that are found.
const MOST_LOOPS: usize = 2_000_000;
/// The most links that all loops have together.
const MOST_LINKS: usize = 30_000_000;
/// The most loops that are kept.
const MOST_KEPT: usize = 1_000;
/// A loop is kept if it ever has so much of what its partition does.
const LEAST_SHARE: f64 = 0.001;

/// A search for the loops that ever drive a run, a budget at a time.
///
/// Circuits whose links are never active together have a score of 0 throughout, and are not looked
/// for. All others are found, unless they are too many.
#[derive(Debug)]
pub struct LoopSearch {
    links: Arc<LinkScores>,
    circuits: Circuits,
    /// The links of all loops, one loop after the other, and where each begins.
    paths: Vec<u32>,
    starts: Vec<usize>,
    /// For each partition with loops, and each row, the sum of the loops' magnitudes, and the loop
    /// of the largest.
    totals: Vec<f64>,
    largest: Vec<(f64, u32)>,
    /// The place of a partition in these.
    places: Vec<Option<u32>>,
    /// For each loop that was weighed its largest share, and the sum of its shares.
    weights: Vec<(f64, f64)>,
    stage: Stage,
    extent: Extent,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Finding,
    Weighing,
    Done,
}

impl LoopSearch {
    /// A search at its start. Links on loops are enough.
    #[must_use]
    pub fn new(links: Arc<LinkScores>) -> Self {
        let rows = links.times.len();
        let words = bits::words(rows);
        let mut active = vec![0; links.links.len() * words];
        for link in 0..links.links.len() {
            for (row, score) in links.scores(link).iter().enumerate() {
                if *score != 0.0 {
                    bits::add(&mut active[link * words..][..words], row);
                }
            }
        }
        let ends = links.links.iter().map(|link| (link.from, link.to));
        let circuits = Circuits::new(links.names.len(), ends, active, rows);
        Self {
            places: vec![None; links.names.len()],
            links,
            circuits,
            paths: Vec::new(),
            starts: vec![0],
            totals: Vec::new(),
            largest: Vec::new(),
            weights: Vec::new(),
            stage: Stage::Finding,
            extent: Extent::Complete,
        }
    }

    /// Searches on for about so many links and scores, or scores found loops. A budget of zero does
    /// nothing.
    pub fn advance(&mut self, budget: u64) -> Progress {
        let mut left = budget;
        while left > 0 {
            match self.stage {
                Stage::Finding => self.find(&mut left),
                Stage::Weighing => self.weigh(&mut left),
                Stage::Done => return Progress::Finished,
            }
        }
        match self.stage {
            Stage::Done => Progress::Finished,
            _ => Progress::Unfinished,
        }
    }

    /// How many loops were found so far.
    #[must_use]
    pub fn found(&self) -> usize {
        self.starts.len() - 1
    }

    /// Ends the search for more loops. What was found is still to be weighed.
    pub fn cut_off(&mut self) {
        if self.stage == Stage::Finding {
            self.extent = Extent::CutOff;
            self.stage = Stage::Weighing;
        }
    }

    /// What was found; none before the search is done.
    #[must_use]
    pub fn into_scores(self) -> Option<LoopScores> {
        if self.stage != Stage::Done {
            return None;
        }
        let rows = self.links.times.len();
        let mut is_largest = vec![false; self.found()];
        for &(size, of) in &self.largest {
            if size > 0.0 {
                is_largest[of as usize] = true;
            }
        }
        let ever = |at: &usize| self.weights[*at].0 >= LEAST_SHARE || is_largest[*at];
        let mut kept: Vec<usize> = (0..self.found()).filter(ever).collect();
        // What has no share at any row that is known comes last.
        let mean = |at: usize| self.weights[at].1;
        kept.sort_by(|&a, &b| mean(b).total_cmp(&mean(a)).then(a.cmp(&b)));
        let mut position = 0;
        kept.retain(|at| {
            position += 1;
            position <= MOST_KEPT || is_largest[*at]
        });
        let loops = kept.iter().map(|&at| {
            let path = self.path(at);
            let mut scores = vec![0.0; rows];
            for (row, score) in scores.iter_mut().enumerate() {
                *score = product(&self.links, path, row);
            }
            ScoredLoop {
                links: path.to_vec(),
                variables: path.iter().map(|link| self.link(*link).from).collect(),
                is_mixed: path.iter().any(|link| self.link(*link).is_mixed),
                partition: self.place(path).unwrap_or(0),
                scores,
            }
        });
        Some(LoopScores {
            loops: loops.collect(),
            found: self.found(),
            extent: self.extent,
            totals: self.totals,
            links: self.links,
        })
    }

    fn link(&self, link: u32) -> &super::Link {
        &self.links.links[link as usize]
    }

    fn path(&self, at: usize) -> &[u32] {
        &self.paths[self.starts[at]..self.starts[at + 1]]
    }

    /// The place of the partition that a loop is in.
    fn place(&self, path: &[u32]) -> Option<u32> {
        let vertex = self.link(*path.first()?).from;
        self.places[self.links.partition[vertex as usize] as usize]
    }

    fn find(&mut self, left: &mut u64) {
        let Self {
            links,
            circuits,
            paths,
            starts,
            totals,
            largest,
            places,
            ..
        } = self;
        let rows = links.times.len();
        // So a budget is not exceeded by many loops at once.
        let mut slice = (*left).min(1_000);
        *left -= slice;
        let mut cost = 0;
        let progress = circuits.advance(&mut slice, |path, active| {
            let number = (starts.len() - 1) as u32;
            let vertex = links.links[path[0] as usize].from;
            let place = &mut places[links.partition[vertex as usize] as usize];
            let first = *place.get_or_insert_with(|| {
                let new = totals.len() / rows;
                totals.resize(totals.len() + rows, 0.0);
                largest.resize(totals.len(), (0.0, 0));
                new as u32
            }) as usize
                * rows;
            for row in bits::rows(active) {
                let size = product(links, path, row).abs();
                totals[first + row] += size;
                if size > largest[first + row].0 {
                    largest[first + row] = (size, number);
                }
                cost += path.len() as u64;
            }
            paths.extend_from_slice(path);
            starts.push(paths.len());
        });
        *left = left.saturating_sub(cost) + slice;
        if progress == Progress::Finished {
            self.stage = Stage::Weighing;
        } else if self.found() >= MOST_LOOPS || self.paths.len() >= MOST_LINKS {
            self.cut_off();
        }
    }

    fn weigh(&mut self, left: &mut u64) {
        let at = self.weights.len();
        if at == self.found() {
            self.stage = Stage::Done;
            return;
        }
        let path = self.path(at);
        let rows = self.links.times.len();
        let first = self.place(path).unwrap_or(0) as usize * rows;
        let (mut most, mut sum) = (0.0_f64, 0.0);
        for row in 0..rows {
            let share =
                super::loops::share(product(&self.links, path, row), self.totals[first + row]);
            if share.is_finite() {
                most = most.max(share.abs());
                sum += share.abs();
            }
        }
        *left = left.saturating_sub((rows * path.len()) as u64 + 1);
        self.weights.push((most, sum));
    }
}

/// The score of a loop at a row.
fn product(links: &LinkScores, path: &[u32], row: usize) -> f64 {
    let rows = links.times.len();
    let mut product = 1.0;
    for &link in path {
        let score = links.scores[link as usize * rows + row];
        // One link that is not active stops the loop, however large the others are.
        if score == 0.0 {
            return 0.0;
        }
        product *= score;
    }
    product
}
