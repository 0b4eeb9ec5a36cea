//! The rank test of Mann and Whitney.

use crate::stream::normal::above;

/// How the chance was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// All orders of the numbers were counted.
    Exact,
    /// By the normal distribution, corrected for equal numbers and for continuity.
    Normal,
}

/// What the test says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RankTest {
    /// In how many pairs of a number before and one after the one after is larger; an equal pair is
    /// a half.
    pub larger: f64,
    /// The chance of ranks at least so far apart if nothing had changed, on both sides: 0 to 1.
    pub chance: f64,
    /// How that was found.
    pub method: Method,
}

/// From so many numbers on one side, orders are not counted one by one any more.
pub(super) const MANY: usize = 50;

/// The two-sided test of Mann and Whitney (Mann & Whitney 1947, "On a test of whether one of two
/// random variables is stochastically larger than the other").
///
/// Where no two numbers are equal and both sides have fewer than 50, the chance is exact: twice that
/// of the nearer tail, at most 1. Else it is by the normal distribution, with the variance for ties
/// and the correction for continuity (Lehmann 1975, "Nonparametrics", chapter 1).
#[must_use]
pub fn mann_whitney(before: &[f64], after: &[f64]) -> RankTest {
    let (m, n) = (before.len(), after.len());
    let mut all: Vec<(f64, bool)> = before.iter().map(|number| (*number, false)).collect();
    all.extend(after.iter().map(|number| (*number, true)));
    all.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut larger = 0.0;
    let mut below = 0.0;
    // The sum of t³ − t over the groups of equal numbers.
    let mut ties = 0.0;
    for group in all.chunk_by(|one, other| one.0 == other.0) {
        let later = group.iter().filter(|(_, is_after)| *is_after).count() as f64;
        let size = group.len() as f64;
        let earlier = size - later;
        larger += later * (below + 0.5 * earlier);
        below += earlier;
        ties += size * (size * size - 1.0);
    }
    let pairs = m as f64 * n as f64;
    let nearer = larger.min(pairs - larger);
    if ties == 0.0 && m < MANY && n < MANY {
        let chances = chances_up_to(m, n);
        // Without ties it is a whole number, and no more than half of the pairs.
        let tail = chances.get(nearer as usize).copied().unwrap_or(1.0);
        return RankTest {
            larger,
            chance: (2.0 * tail).min(1.0),
            method: Method::Exact,
        };
    }
    let whole = (m + n) as f64;
    let variance = pairs / 12.0 * (whole + 1.0 - ties / (whole * (whole - 1.0)));
    let distance = (pairs / 2.0 - nearer - 0.5).max(0.0);
    let chance = match variance > 0.0 {
        true => (2.0 * above(distance / variance.sqrt())).min(1.0),
        // All numbers are the same.
        false => 1.0,
    };
    RankTest {
        larger,
        chance,
        method: Method::Normal,
    }
}

/// For each number of pairs, the chance that at most so many are larger, where all orders are alike:
/// the orders of m and n numbers are counted by adding one number after the other.
pub(super) fn chances_up_to(m: usize, n: usize) -> Vec<f64> {
    let pairs = m * n;
    // How many ways there are to have chosen so many numbers with such a sum.
    let mut ways = vec![vec![0.0_f64; pairs + 1]; m + 1];
    ways[0][0] = 1.0;
    for rank in 0..m + n {
        for chosen in (0..m.min(rank + 1)).rev() {
            // It has so many of the other side below it.
            let adds = rank - chosen;
            if adds > n {
                continue;
            }
            let (fewer, more) = ways.split_at_mut(chosen + 1);
            let (Some(from), Some(to)) = (fewer.last(), more.first_mut()) else {
                continue;
            };
            for (to, from) in to[adds..].iter_mut().zip(from) {
                *to += from;
            }
        }
    }
    let counted = ways.pop().unwrap_or_default();
    let all: f64 = counted.iter().sum();
    let mut sum = 0.0;
    let up_to = counted.iter().map(|count| {
        sum += count;
        sum / all
    });
    up_to.collect()
}
