//! When work will be done, and how much by a date: a line run many times from how it stands today.

use std::sync::Arc;

use super::plan::Plan;
use super::run::{End, Run, Status, Until};

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Question {
    /// When all items that are in the line now have left.
    WhenStartIsDone,
    /// When so many items have left.
    WhenDone(u64),
    /// How many items leave by a time.
    HowManyBy(f64),
}

/// Many answers by chance to one question. It goes on in portions.
#[derive(Clone, Debug)]
pub struct Forecast {
    plan: Arc<Plan>,
    question: Question,
    seed: u64,
    runs: u32,
    latest: f64,
    under_way: Option<Run>,
    answers: Vec<f64>,
}

/// A percentile of the answers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Percentile {
    /// The answer: a time in the unit of the plan, or a number of items. Infinite if it is not done
    /// by the latest time.
    pub answer: f64,
    /// The 95 % interval of the percentile: two answers in order.
    pub low: f64,
    /// Its end.
    pub high: f64,
}

impl Forecast {
    /// A forecast by so many runs, none longer than the latest time.
    #[must_use]
    pub const fn new(
        plan: Arc<Plan>,
        question: Question,
        seed: u64,
        runs: u32,
        latest: f64,
    ) -> Self {
        Self {
            plan,
            question,
            seed,
            runs,
            latest,
            under_way: None,
            answers: Vec::new(),
        }
    }

    /// Goes on for about so many events. Whether there is more to do.
    pub fn advance(&mut self, events: u64) -> bool {
        let mut left = events;
        while left > 0 && (self.answers.len() as u32) < self.runs {
            let number = self.answers.len() as u32;
            let latest = self.latest;
            let until = match self.question {
                Question::WhenStartIsDone => Until::StartLeft { latest },
                Question::WhenDone(items) => Until::Left { items, latest },
                Question::HowManyBy(time) => Until::Time(time),
            };
            let (plan, seed) = (&self.plan, self.seed);
            let run = self
                .under_way
                .get_or_insert_with(|| Run::new(plan, seed, number, until));
            let before = run.totals().events;
            let status = run.advance(left);
            left = left.saturating_sub((run.totals().events - before).max(1));
            if let Status::Ended(end) = status {
                let answer = match (self.question, end) {
                    (Question::HowManyBy(_), _) => run.totals().left as f64,
                    (_, End::Left) => run.now(),
                    (_, End::Time | End::Done | End::Stuck | End::Endless) => f64::INFINITY,
                };
                self.answers.push(answer);
                self.under_way = None;
            }
        }
        (self.answers.len() as u32) < self.runs
    }

    /// Goes on to the end.
    pub fn finish(&mut self) {
        while self.advance(1 << 20) {}
    }

    /// How many runs are over, and of how many.
    #[must_use]
    pub const fn progress(&self) -> (u32, u32) {
        (self.answers.len() as u32, self.runs)
    }

    /// All answers so far, in order.
    #[must_use]
    pub fn answers(&self) -> Vec<f64> {
        let mut answers = self.answers.clone();
        answers.sort_by(f64::total_cmp);
        answers
    }

    /// What one can be as sure of as the share says, such as 0.85: a time by which the work is done,
    /// or a number of items that leave at least. None without answers.
    #[must_use]
    pub fn sure(&self, share: f64) -> Option<Percentile> {
        match self.question {
            Question::WhenStartIsDone | Question::WhenDone(_) => percentile(&self.answers(), share),
            Question::HowManyBy(_) => {
                // At least so many in that share: the least of what is reached, from above.
                let negative: Vec<f64> = self.answers().iter().rev().map(|count| -count).collect();
                let found = percentile(&negative, share)?;
                Some(Percentile {
                    answer: -found.answer,
                    low: -found.high,
                    high: -found.low,
                })
            }
        }
    }
}

/// A percentile of numbers in order (type 1 of Hyndman & Fan 1996), with the two of them that hold
/// the true one in at least 95 of 100: ranks by the binomial law (David & Nagaraja 2003, ch. 7). A
/// rank outside the numbers is the first or the last of them.
fn percentile(sorted: &[f64], share: f64) -> Option<Percentile> {
    let count = sorted.len();
    let at = |rank: usize| sorted[rank.clamp(1, count) - 1];
    if count == 0 {
        return None;
    }
    let rank = (share * count as f64).ceil() as usize;
    // The binomial law, from its logarithm at 0 on.
    let (mut low, mut high) = (0, count + 1);
    let mut below = 0.0;
    let odds = share / (1.0 - share);
    let mut ln_term = count as f64 * (1.0 - share).ln();
    for hits in 0..=count {
        // So many numbers are below the true percentile with this chance.
        let before = below;
        below += ln_term.exp();
        if below <= 0.025 {
            low = hits + 1;
        }
        if before < 0.975 && below >= 0.975 {
            high = hits + 1;
        }
        ln_term += ((count - hits) as f64 / (hits + 1) as f64 * odds).ln();
    }
    Some(Percentile {
        answer: at(rank),
        low: at(low),
        high: at(high),
    })
}
