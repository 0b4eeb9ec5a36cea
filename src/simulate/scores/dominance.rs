//! What can be said of loops over time: which dominate, which sign they have.

use super::loops::{LoopScores, share};

/// One sign has to hold more than this part of the summed magnitudes of a loop.
const ALMOST_ALL: f64 = 0.99;

/// The sign of a loop over a run. It is that of the run, and may be another than the one drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Polarity {
    /// It never has a score below 0.
    Reinforcing,
    /// It never has a score above 0.
    Balancing,
    /// Scores above 0 hold more than 99 % of the summed magnitudes: Ru.
    MostlyReinforcing,
    /// Scores below 0 do: Bu.
    MostlyBalancing,
    /// Neither does: U.
    Undetermined,
    /// It never has a score that is known.
    Inactive,
}

impl Polarity {
    /// The letters that stand for it, as Stella writes them; none for a loop without a score.
    #[must_use]
    pub const fn letters(self) -> &'static str {
        match self {
            Self::Reinforcing => "R",
            Self::Balancing => "B",
            Self::MostlyReinforcing => "Ru",
            Self::MostlyBalancing => "Bu",
            Self::Undetermined => "U",
            Self::Inactive => "",
        }
    }
}

/// A time during which the same loops dominate.
#[derive(Clone, Debug, PartialEq)]
pub struct Period {
    /// The first saved time.
    pub from: f64,
    /// The last.
    pub to: f64,
    /// The fewest loops that hold at least half of what their partition does, the largest first.
    /// Empty where nothing changes, where something is not known, or where loops that are not kept
    /// would be needed.
    pub loops: Vec<usize>,
}

impl LoopScores {
    /// The fewest loops of a partition that hold at least half at a saved time, the largest first.
    /// Empty where nothing changes, where a score is not known, or where loops that are not kept
    /// would be needed.
    #[must_use]
    pub fn dominant(&self, partition: u32, row: usize) -> Vec<usize> {
        let Some(&total) = self.totals_of(partition).get(row) else {
            return Vec::new();
        };
        let own = self.loops.iter().enumerate();
        let own = own.filter(|(_, one)| one.partition == partition);
        let mut shares: Vec<(f64, usize)> = own
            .map(|(at, one)| (share(one.scores[row], total).abs(), at))
            .filter(|(share, _)| *share > 0.0)
            .collect();
        shares.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut sum = 0.0;
        let mut found = Vec::new();
        for (share, at) in shares {
            sum += share;
            found.push(at);
            if sum >= 0.5 {
                return found;
            }
        }
        Vec::new()
    }

    /// The periods of a run, one after the other, in each of which the same loops of a partition
    /// dominate. The first saved time is in none: no step ends there.
    #[must_use]
    pub fn periods(&self, partition: u32) -> Vec<Period> {
        let mut periods: Vec<Period> = Vec::new();
        for (row, &time) in self.links.times.iter().enumerate().skip(1) {
            let loops = self.dominant(partition, row);
            let sorted = |loops: &[usize]| {
                let mut loops = loops.to_vec();
                loops.sort_unstable();
                loops
            };
            match periods.last_mut() {
                Some(last) if sorted(&last.loops) == sorted(&loops) => last.to = time,
                _ => periods.push(Period {
                    from: time,
                    to: time,
                    loops,
                }),
            }
        }
        periods
    }

    /// The mean of a loop's share, without its sign, over all saved times after the first at which it
    /// is known; none where it never is.
    #[must_use]
    pub fn mean_share(&self, loop_index: usize) -> Option<f64> {
        let relative = self.relative(loop_index);
        let known = relative.iter().skip(1).filter(|share| !share.is_nan());
        let (sum, count) = known.fold((0.0, 0), |(sum, count), share| {
            (sum + share.abs(), count + 1)
        });
        (count > 0).then(|| sum / f64::from(count))
    }

    /// The sign of a loop over the run.
    #[must_use]
    pub fn polarity(&self, loop_index: usize) -> Polarity {
        let scores = self.loops.get(loop_index).map(|one| one.scores.as_slice());
        let (mut above, mut below) = (0.0, 0.0);
        for &score in scores.unwrap_or_default() {
            if score > 0.0 {
                above += score;
            } else if score < 0.0 {
                below -= score;
            }
        }
        let sum = above + below;
        if sum == 0.0 {
            Polarity::Inactive
        } else if below == 0.0 {
            Polarity::Reinforcing
        } else if above == 0.0 {
            Polarity::Balancing
        } else if above > ALMOST_ALL * sum {
            Polarity::MostlyReinforcing
        } else if below > ALMOST_ALL * sum {
            Polarity::MostlyBalancing
        } else {
            Polarity::Undetermined
        }
    }

    /// The saved times at which a loop has another sign than it had last; steps without a score do
    /// not count.
    #[must_use]
    pub fn flips(&self, loop_index: usize) -> Vec<f64> {
        let mut flips = Vec::new();
        let mut last = 0.0_f64;
        let scores = self.loops.get(loop_index).map(|one| one.scores.as_slice());
        for (&score, &time) in scores.unwrap_or_default().iter().zip(&self.links.times) {
            if score == 0.0 || score.is_nan() {
                continue;
            }
            if score.signum() * last < 0.0 {
                flips.push(time);
            }
            last = score.signum();
        }
        flips
    }
}
