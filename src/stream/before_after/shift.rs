//! How far numbers have shifted: the estimate of Hodges and Lehmann.

use super::NORMAL_975;
use super::rank_test::{MANY, chances_up_to};

/// By how much the numbers after are larger than those before.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shift {
    /// The median of all differences between a number after and one before.
    pub middle: f64,
    /// From where it may well be: the lower end of the interval of 95 %.
    pub low: f64,
    /// Up to where it may well be.
    pub high: f64,
}

/// The shift of Hodges and Lehmann (1963, "Estimates of location based on rank tests") with an
/// interval of at least 95 %, which goes with the test of Mann and Whitney.
///
/// The ends of the interval are differences in their order: of `m · n` the `q`-th from either end.
/// Below 50 numbers on both sides, `q` is the least number of pairs up to which the exact chance is
/// 2.5 %; equal numbers only make the interval safer (Lehmann 1975, "Nonparametrics", chapter 2).
/// Else `q` is `mn/2 − 1.96 √(mn(m+n+1)/12)`, rounded down (Hollander & Wolfe 1999, "Nonparametric
/// Statistical Methods", 4.3). Both sides must have a number; fewer than four on one give an interval
/// of less than 95 %.
#[must_use]
pub fn hodges_lehmann(before: &[f64], after: &[f64]) -> Shift {
    let sorted = |numbers: &[f64]| {
        let mut numbers = numbers.to_vec();
        numbers.sort_by(f64::total_cmp);
        numbers
    };
    let (one, other) = (sorted(before), sorted(after));
    let pairs = one.len() * other.len();
    let from_end = from_either_end(one.len(), other.len());
    let nth = |place: usize| nth_difference(&one, &other, place);
    let (left, right) = (nth(pairs.div_ceil(2)), nth(pairs / 2 + 1));
    Shift {
        middle: f64::midpoint(left, right),
        low: nth(from_end),
        high: nth(pairs + 1 - from_end),
    }
}

/// The place from either end, counted from 1, at which the interval ends.
fn from_either_end(m: usize, n: usize) -> usize {
    const TAIL: f64 = 0.025;
    if m < MANY && n < MANY {
        let chances = chances_up_to(m, n);
        let place = chances.iter().position(|chance| *chance >= TAIL);
        return place.unwrap_or_default().max(1);
    }
    let pairs = m as f64 * n as f64;
    let spread = (pairs * ((m + n) as f64 + 1.0) / 12.0).sqrt();
    (pairs / 2.0 - NORMAL_975 * spread).max(1.0) as usize
}

/// The difference between a number after and one before that is at this place, counted from 1, in
/// the order of all of them. Both lists are sorted.
///
/// The differences are not listed: how many are at most a number is counted in one pass, and the
/// least number with enough of them is found by halving, bit by bit.
fn nth_difference(before: &[f64], after: &[f64], place: usize) -> f64 {
    let count = |most: f64| {
        let mut skipped = 0;
        let mut found = 0;
        for number in after {
            while before.get(skipped).is_some_and(|one| number - one > most) {
                skipped += 1;
            }
            found += before.len() - skipped;
        }
        found
    };
    let (Some(first), Some(last)) = (before.first(), before.last()) else {
        return 0.0;
    };
    let (Some(low), Some(high)) = (after.first(), after.last()) else {
        return 0.0;
    };
    let (mut low, mut high) = (key(low - last), key(high - first));
    while low < high {
        let middle = low + (high - low) / 2;
        match count(number_of(middle)) >= place {
            true => high = middle,
            false => low = middle + 1,
        }
    }
    // No zero has a sign.
    number_of(low) + 0.0
}

const SIGN: u64 = 1 << 63;

/// A whole number for each number, in the same order.
const fn key(number: f64) -> u64 {
    let bits = number.to_bits();
    match bits & SIGN {
        0 => bits | SIGN,
        _ => !bits,
    }
}

/// The number of such a whole number.
const fn number_of(key: u64) -> f64 {
    f64::from_bits(match key & SIGN {
        0 => !key,
        _ => key & !SIGN,
    })
}
