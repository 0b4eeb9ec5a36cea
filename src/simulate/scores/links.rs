//! The scores of links over a run.

use std::sync::Arc;

use super::code::Scratch;
use super::components::components;
use super::routes::{Route, Uses};
use super::wiring::{ScoreError, Wiring};
use crate::causal::Progress;
use crate::equation::Fault;
use crate::simulate::run::Run;
use crate::simulate::wasm::Engine;

/// The most scores that are held.
const MOST_SCORES: usize = 30_000_000;

/// The most numbers of rows that are held at once.
const MOST_HELD: u64 = 1 << 20;

/// Which links have scores.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Those that are on a loop.
    OnLoops,
    /// All.
    All,
}

/// A link from a variable to one whose equation works on it, perhaps through smooths, delays and
/// macros.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// The column of the variable it comes from.
    pub from: u32,
    /// The column of the one it leads to.
    pub to: u32,
    /// Whether it goes through a delay of whole steps or a kept value (`PREVIOUS`, `SAMPLE IF TRUE`).
    /// These have scores as if what goes in came out at once: the sign is right, the time is not.
    pub is_mixed: bool,
}

/// The scores of links at the saved times of a run. The score at a time is about the change over the
/// step that ends there, so the first row has none: it is 0 throughout.
#[derive(Clone, Debug, Default)]
pub struct LinkScores {
    pub(super) names: Vec<String>,
    pub(super) times: Vec<f64>,
    pub(super) links: Vec<Link>,
    /// Link after link.
    pub(super) scores: Vec<f64>,
    /// For each variable the number of those that it reaches and that reach it.
    pub(super) partition: Vec<u32>,
    which: Option<Which>,
    remarks: Vec<String>,
}

impl LinkScores {
    /// The names of the variables, in the order of the columns of a run.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The saved times.
    #[must_use]
    pub fn times(&self) -> &[f64] {
        &self.times
    }

    /// The links that have scores.
    #[must_use]
    pub fn links(&self) -> &[Link] {
        &self.links
    }

    /// The score of a link at each saved time. Near an inflection it runs to infinity; what is not
    /// known because a value is no finite number is NaN. Empty where there is no such link.
    #[must_use]
    pub fn scores(&self, link: usize) -> &[f64] {
        let rows = self.times.len();
        let range = link.saturating_mul(rows)..link.saturating_add(1).saturating_mul(rows);
        self.scores.get(range).unwrap_or_default()
    }

    /// The share of a link in all that moves the variable it leads to, from 0 to 1, at each saved
    /// time; 0 where nothing does. None where links have no scores that lead to it from outside of
    /// loops, or where there is no such link.
    #[must_use]
    pub fn shares(&self, link: usize) -> Option<Vec<f64>> {
        if self.which != Some(Which::All) {
            return None;
        }
        let to = self.links.get(link)?.to;
        let mut sums = vec![0.0; self.times.len()];
        let into = self.links.iter().enumerate();
        for (other, _) in into.filter(|(_, other)| other.to == to) {
            for (sum, score) in sums.iter_mut().zip(self.scores(other)) {
                *sum += score.abs();
            }
        }
        let shares = self.scores(link).iter().zip(sums);
        let share = |(score, sum): (&f64, f64)| if sum == 0.0 { 0.0 } else { score.abs() / sum };
        Some(shares.map(share).collect())
    }

    /// What the scores leave out, in sentences.
    #[must_use]
    pub fn remarks(&self) -> &[String] {
        &self.remarks
    }
}

/// A run that scores links on the way, a budget at a time.
#[derive(Debug)]
pub struct LinkRun {
    wiring: Arc<Wiring>,
    run: Run,
    /// The step whose row comes next.
    next: u64,
    routes: Vec<Route>,
    /// Which inputs of all equations a route needs.
    needed: Vec<bool>,
    scored: LinkScores,
    before: Vec<f64>,
    inputs: Vec<f64>,
    scratch: Scratch,
    best: Vec<f64>,
    row: usize,
    cost: u64,
    has_all_ways: bool,
}

impl LinkRun {
    /// A run at its start.
    ///
    /// # Errors
    /// The run cannot begin, or there are more scores than can be held.
    pub fn new(wiring: Arc<Wiring>, which: Which) -> Result<Self, ScoreError> {
        let compiled = Arc::clone(&wiring.compiled);
        let grid = wiring.grid;
        let run = Run::taken(Arc::clone(&compiled));
        let run = run.map_err(|fault: Fault| ScoreError::Model(vec![fault]))?;
        let uses = Uses::of(&wiring);
        let routes = |is_wanted: &dyn Fn(u32, u32) -> bool| -> Vec<Route> {
            let from = 0..wiring.visible as u32;
            let routes =
                from.map(|from| Route::new(&wiring, &uses, from, &|to| is_wanted(from, to)));
            routes.filter(|route| !route.ends.is_empty()).collect()
        };
        let mut found = routes(&|_, _| true);
        let mut next = vec![Vec::new(); wiring.visible];
        for route in &found {
            next[route.from as usize].extend(route.ends.iter().map(|end| end.to));
        }
        let partition = components(&next);
        if which == Which::OnLoops {
            found = routes(&|from, to| partition[from as usize] == partition[to as usize]);
        }
        let links = found.iter().flat_map(|route| {
            route.ends.iter().map(|end| Link {
                from: route.from,
                to: end.to,
                is_mixed: end.is_mixed,
            })
        });
        let links: Vec<Link> = links.collect();
        // Every so many steps, and the last.
        let rows = grid.steps.div_ceil(grid.save_every) as usize + 1;
        if links.len().saturating_mul(rows) > MOST_SCORES {
            let message = "links have more scores than can be held";
            return Err(ScoreError::TooLarge(message));
        }
        let mut needed = vec![false; wiring.input_count()];
        for route in &found {
            route.mark(&mut needed);
        }
        let mut cost: u64 = found.iter().map(Route::cost).sum();
        for (part, first) in wiring.parts.iter().zip(&wiring.first_input) {
            let inputs = &needed[*first..*first + part.code.inputs().len()];
            let count = inputs.iter().filter(|is_needed| **is_needed).count() as u64;
            cost += count * part.code.cost();
        }
        let scored = LinkScores {
            names: compiled.names[..wiring.visible].to_vec(),
            times: Vec::with_capacity(rows),
            scores: vec![0.0; links.len() * rows],
            links,
            partition,
            which: Some(which),
            remarks: wiring.remarks().to_vec(),
        };
        Ok(Self {
            inputs: vec![0.0; wiring.input_count()],
            cost: cost + compiled.instructions() as u64,
            wiring,
            run,
            next: 0,
            routes: found,
            needed,
            scored,
            before: Vec::new(),
            scratch: Scratch::default(),
            best: Vec::new(),
            row: 0,
            has_all_ways: true,
        })
    }

    /// The same run, on an engine where that is quicker and the engine can. It gives the same bits.
    #[must_use]
    pub fn on(mut self, engine: &dyn Engine) -> Self {
        self.run = self.run.on(engine);
        self
    }

    /// Runs on for about so many instructions, and at least to the end of the step it is in. A
    /// budget of zero does nothing.
    pub fn advance(&mut self, budget: u64) -> Progress {
        let compiled = &self.wiring.compiled;
        let a_step = (compiled.instructions() as u64).max(1);
        let most = (MOST_HELD / compiled.columns.len().max(1) as u64).max(1);
        let mut left = budget;
        while left > 0 {
            if self.is_done() {
                return Progress::Finished;
            }
            let steps = left.div_ceil(self.cost.max(1)).min(most);
            self.run.advance(steps.saturating_mul(a_step));
            let (first, rows) = self.run.take_rows();
            for (step, row) in (first..).zip(0..rows.times().len()) {
                self.take(step, rows.row(row));
            }
            let taken = rows.times().len() as u64;
            left = left.saturating_sub(taken.max(1).saturating_mul(self.cost.max(1)));
        }
        match self.is_done() {
            true => Progress::Finished,
            false => Progress::Unfinished,
        }
    }

    fn is_done(&self) -> bool {
        self.next > self.wiring.grid.steps
    }

    /// Takes the row of a step. One that was there already, because a module could not go on and the
    /// run began anew, is passed over.
    fn take(&mut self, step: u64, row: &[f64]) {
        if step != self.next {
            return;
        }
        let grid = self.wiring.grid;
        if grid.is_saved(step) {
            if step > 0 {
                self.score(row);
            }
            self.scored.times.push(grid.time(step));
            self.row += 1;
        }
        self.before.clear();
        self.before.extend_from_slice(row);
        self.next += 1;
    }

    /// The share of the steps that are done, from 0 to 1.
    #[must_use]
    pub fn share_done(&self) -> f64 {
        self.next as f64 / (self.wiring.grid.steps + 1) as f64
    }

    /// The scores; none before the run is done.
    #[must_use]
    pub fn into_scores(mut self) -> Option<LinkScores> {
        if !self.is_done() {
            return None;
        }
        if !self.has_all_ways {
            self.scored.remarks.push(
                "Macros have more ways through them than were compared: a link through one may \
                 have a larger score."
                    .to_owned(),
            );
        }
        Some(self.scored)
    }

    /// Scores the step from the row before to this one.
    fn score(&mut self, now: &[f64]) {
        let Self {
            wiring,
            before,
            inputs,
            ..
        } = self;
        let rows = [before.as_slice(), now];
        let place_of = |part: u32| wiring.parts[part as usize].value as usize;
        for (part, &first) in wiring.parts.iter().zip(&wiring.first_input) {
            let own = part.code.inputs();
            let change = rows[1][part.result as usize] - rows[0][part.result as usize];
            for (at, input) in own.iter().enumerate() {
                if !self.needed[first + at] {
                    continue;
                }
                let place = place_of(input.part);
                let of_input = rows[1][place] - rows[0][place];
                inputs[first + at] = if part.code.is_same() {
                    1.0
                } else if of_input == 0.0 || change == 0.0 {
                    0.0
                } else if !change.is_finite() {
                    // A finite part of it would be 0, and nobody knows that.
                    f64::NAN
                } else {
                    let partial = part.code.partial(
                        at,
                        rows[0][part.result as usize],
                        rows,
                        &place_of,
                        &wiring.compiled.tables,
                        &mut self.scratch,
                    );
                    (partial / change).abs() * partial.signum() * of_input.signum()
                };
            }
        }
        let width = self.scored.scores.len() / self.scored.links.len().max(1);
        let mut link = 0;
        for route in &self.routes {
            let has_all = route.scores(inputs, &mut self.best, |score| {
                self.scored.scores[link * width + self.row] = score;
                link += 1;
            });
            self.has_all_ways &= has_all;
        }
    }
}
