//! How many paths there are by sign and delay, in numbers of any width: sums and products.

use std::ops::Range;

use super::counts::ExactCounts;
use super::number::{ExactNumber, add, add_product, halve};
use crate::causal::graph::GraphLink;
use crate::model::{Delay, Polarity};

/// How wide the numbers of a computation are.
///
/// A *record* holds four numbers of this many limbs: of all paths, of those without an unknown
/// sign, of positive less negative ones, and of those without a delay. Signs multiply as +1, -1
/// and 0, so each of the four is multiplied along a path by itself. They are taken modulo two to
/// the bits of a number, in which sums, products and differences are exact if the result fits; how
/// large it is says a fifth word, the number of all paths in floating point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Width {
    limbs: usize,
}

/// The numbers of a record.
const SUMS: usize = 4;

impl Width {
    /// Enough for most diagrams: fewer than 2^62 loops.
    pub(super) const NARROW: Self = Self { limbs: 1 };

    /// Enough for numbers of this many bits, with one bit for the sign, and one for what rounding
    /// may have hidden.
    pub(super) const fn of_bits(bits: usize) -> Self {
        Self {
            limbs: (bits + 2).div_ceil(64),
        }
    }

    /// The width for as many loops as a record says, by its fifth word: `None` if that is beyond
    /// floating point.
    pub(super) fn needed(self, record: &[u64]) -> Option<Self> {
        let bound = self.bound(record);
        // The exponent of a positive number: two to that is at most the number.
        let exponent = (bound.to_bits() >> 52) as usize;
        bound
            .is_finite()
            .then(|| Self::of_bits((exponent + 1).saturating_sub(1023)))
    }

    /// Whether numbers that need this width can be held in that of `other`.
    pub(super) const fn fits(self, other: Self) -> bool {
        self.limbs <= other.limbs
    }

    /// Words of each number but the bound.
    pub(super) const fn limbs(self) -> usize {
        self.limbs
    }

    /// Which number of a record is its bound, in floating point. It is the last.
    pub(super) const BOUND: usize = SUMS;

    /// The words of a record that hold one of its numbers.
    pub(super) const fn part(self, index: usize) -> Range<usize> {
        let start = index * self.limbs;
        if index == Self::BOUND {
            start..start + 1
        } else {
            start..start + self.limbs
        }
    }

    /// Words of a record.
    pub(super) const fn stride(self) -> usize {
        SUMS * self.limbs + 1
    }

    fn bound(self, record: &[u64]) -> f64 {
        f64::from_bits(record[SUMS * self.limbs])
    }

    /// The one path of no links at all.
    pub(super) fn one(self) -> Vec<u64> {
        self.record([1; SUMS])
    }

    /// The one path that is this link.
    pub(super) fn of_link(self, link: &GraphLink) -> Vec<u64> {
        let (known, signed) = match link.polarity {
            Polarity::Positive => (1, 1),
            Polarity::Negative => (1, -1),
            Polarity::Unknown => (0, 0),
        };
        let prompt = match link.delay {
            Delay::None => 1,
            Delay::Delayed => 0,
        };
        self.record([1, known, signed, prompt])
    }

    fn record(self, numbers: [i64; SUMS]) -> Vec<u64> {
        let mut record = vec![0; self.stride()];
        for (index, number) in numbers.into_iter().enumerate() {
            let limbs = &mut record[index * self.limbs..][..self.limbs];
            limbs.fill((number >> 63) as u64);
            limbs[0] = number as u64;
        }
        record[SUMS * self.limbs] = 1_f64.to_bits();
        record
    }

    /// `sum += other`.
    pub(super) fn add(self, sum: &mut [u64], other: &[u64]) {
        for index in 0..SUMS {
            let range = index * self.limbs..(index + 1) * self.limbs;
            add(&mut sum[range.clone()], &other[range]);
        }
        sum[SUMS * self.limbs] = (self.bound(sum) + self.bound(other)).to_bits();
    }

    /// `sum += one * other`.
    #[inline]
    pub(super) fn add_product(self, sum: &mut [u64], one: &[u64], other: &[u64]) {
        if self.limbs == 1 {
            let (sum, one, other) = (&mut sum[..5], &one[..5], &other[..5]);
            for index in 0..SUMS {
                sum[index] = sum[index].wrapping_add(one[index].wrapping_mul(other[index]));
            }
            let [of_sum, of_one, of_other] = [sum[4], one[4], other[4]].map(f64::from_bits);
            sum[4] = (of_sum + of_one * of_other).to_bits();
        } else {
            self.add_wide_product(sum, one, other);
        }
    }

    fn add_wide_product(self, sum: &mut [u64], one: &[u64], other: &[u64]) {
        for index in 0..SUMS {
            let range = index * self.limbs..(index + 1) * self.limbs;
            add_product(
                &mut sum[range.clone()],
                &one[range.clone()],
                &other[range.clone()],
            );
        }
        let bound = self.bound(sum) + self.bound(one) * self.bound(other);
        sum[SUMS * self.limbs] = bound.to_bits();
    }

    /// The loops of a record that is wide enough for them.
    pub(super) fn counts(self, record: &[u64]) -> ExactCounts {
        let sum = |index: usize| &record[index * self.limbs..][..self.limbs];
        let less = |one: &[u64], other: &[u64]| {
            let minus_one = vec![u64::MAX; self.limbs];
            let mut difference = one.to_vec();
            add_product(&mut difference, other, &minus_one);
            difference
        };
        let mut reinforcing = sum(1).to_vec();
        add(&mut reinforcing, sum(2));
        halve(&mut reinforcing);
        let balancing = less(sum(1), &reinforcing);
        let number = |limbs: &[u64]| ExactNumber::of_limbs(limbs);
        ExactCounts {
            reinforcing: number(&reinforcing),
            balancing: number(&balancing),
            undetermined: number(&less(sum(0), sum(1))),
            delayed: number(&less(sum(0), sum(3))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(polarity: Polarity, delay: Delay) -> GraphLink {
        GraphLink {
            from: 0,
            to: 1,
            polarity,
            delay,
        }
    }

    #[test]
    fn narrow_and_wide_numbers_count_alike() {
        for width in [Width::NARROW, Width::of_bits(100), Width::of_bits(300)] {
            let mut each = width.of_link(&link(Polarity::Positive, Delay::None));
            width.add(
                &mut each,
                &width.of_link(&link(Polarity::Negative, Delay::Delayed)),
            );
            width.add(
                &mut each,
                &width.of_link(&link(Polarity::Unknown, Delay::None)),
            );
            let mut two = vec![0; width.stride()];
            width.add_product(&mut two, &each, &each);
            let counts = width.counts(&two);
            // ++ and --; +- and -+; the other five of nine hold an unknown.
            assert!(counts.reinforcing == 2 && counts.balancing == 2);
            assert!(counts.undetermined == 5 && counts.delayed == 5);
            assert_eq!(width.needed(&two), Some(Width::NARROW));
        }
    }

    #[test]
    fn only_negative_paths_are_counted_without_a_sign_left_over() {
        let width = Width::of_bits(100);
        let counts = width.counts(&width.of_link(&link(Polarity::Negative, Delay::None)));
        assert!(counts.balancing == 1 && counts.reinforcing == 0 && counts.delayed == 0);
    }

    #[test]
    fn the_width_follows_the_bound() {
        let width = Width::NARROW;
        let mut many = width.one();
        let two = {
            let mut two = width.one();
            width.add(&mut two, &width.one());
            two
        };
        for _ in 0..62 {
            let mut more = vec![0; width.stride()];
            width.add_product(&mut more, &many, &two);
            many = more;
        }
        assert_eq!(width.needed(&many), Some(Width::of_bits(63)));
        assert_eq!(Width::of_bits(62), Width::NARROW);
        assert_ne!(Width::of_bits(63), Width::NARROW);
    }
}
