//! How many ways there are from one variable to another, by sign and delay: sums and products.

use super::counts::LoopCounts;
use super::graph::GraphLink;
use crate::model::Delay;
use crate::model::Polarity;

/// How many paths there are, counted twice over: by sign and by delay. Saturating throughout, and
/// without a subtraction, so that each number is exact or `u64::MAX`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    positive: u64,
    negative: u64,
    unknown: u64,
    prompt: u64,
    delayed: u64,
}

impl Tally {
    /// The one path of no links at all.
    pub(super) const ONE: Self = Self {
        positive: 1,
        negative: 0,
        unknown: 0,
        prompt: 1,
        delayed: 0,
    };

    /// The one path that is this link.
    pub(super) fn of(link: &GraphLink) -> Self {
        let mut tally = Self::default();
        match link.polarity {
            Polarity::Positive => tally.positive = 1,
            Polarity::Negative => tally.negative = 1,
            Polarity::Unknown => tally.unknown = 1,
        }
        match link.delay {
            Delay::None => tally.prompt = 1,
            Delay::Delayed => tally.delayed = 1,
        }
        tally
    }

    /// A path of `self` followed by a path of `next`.
    pub(super) const fn then(self, next: Self) -> Self {
        let (known, next_any) = (self.positive.saturating_add(self.negative), next.any());
        Self {
            positive: sum_of_products(self.positive, next.positive, self.negative, next.negative),
            negative: sum_of_products(self.positive, next.negative, self.negative, next.positive),
            unknown: sum_of_products(self.unknown, next_any, known, next.unknown),
            prompt: self.prompt.saturating_mul(next.prompt),
            delayed: sum_of_products(self.delayed, next_any, self.prompt, next.delayed),
        }
    }

    /// A path of `self` or a path of `other`.
    pub(super) const fn or(self, other: Self) -> Self {
        Self {
            positive: self.positive.saturating_add(other.positive),
            negative: self.negative.saturating_add(other.negative),
            unknown: self.unknown.saturating_add(other.unknown),
            prompt: self.prompt.saturating_add(other.prompt),
            delayed: self.delayed.saturating_add(other.delayed),
        }
    }

    /// All the paths.
    const fn any(self) -> u64 {
        self.prompt.saturating_add(self.delayed)
    }

    /// The counts, where the paths are loops.
    pub(super) const fn counts(self) -> LoopCounts {
        LoopCounts {
            reinforcing: self.positive,
            balancing: self.negative,
            undetermined: self.unknown,
            delayed: self.delayed,
        }
    }
}

const fn sum_of_products(a: u64, b: u64, c: u64, d: u64) -> u64 {
    a.saturating_mul(b).saturating_add(c.saturating_mul(d))
}

/// A [`Tally`] made for the innermost loop: joining two paths is four plain products.
///
/// Signs multiply as +1, -1 and 0, so `positive - negative` of a joined path is the product of
/// those of its parts, and so are the numbers of all, of known and of prompt paths.
#[derive(Clone, Copy, Debug)]
pub(super) struct Weight {
    any: u64,
    known: u64,
    /// Positive less negative, in two's complement.
    signed: u64,
    prompt: u64,
    /// There are at most two to this power; where that is beyond [`Weight::MOST_BITS`], the
    /// numbers above mean nothing.
    bits: u32,
    /// The links of the shortest of the paths.
    pub(super) length: u32,
}

impl Weight {
    /// Two weights this large can be added within a signed 64-bit number.
    const MOST_BITS: u32 = 61;

    /// The one path of no links at all.
    pub(super) const ONE: Self = Self::new(Tally::ONE, 0);

    /// The weight of the paths of `tally`, the shortest of which has `length` links.
    pub(super) const fn new(tally: Tally, length: u32) -> Self {
        let any = tally.any();
        Self {
            any,
            known: tally.positive.saturating_add(tally.negative),
            signed: tally.positive.wrapping_sub(tally.negative),
            prompt: tally.prompt,
            bits: u64::BITS - any.saturating_sub(1).leading_zeros(),
            length,
        }
    }

    /// A path of `self` followed by a path of `next`.
    #[inline]
    pub(super) const fn then(&self, next: &Self) -> Self {
        Self {
            any: self.any.wrapping_mul(next.any),
            known: self.known.wrapping_mul(next.known),
            signed: self.signed.wrapping_mul(next.signed),
            prompt: self.prompt.wrapping_mul(next.prompt),
            bits: self.bits.saturating_add(next.bits),
            length: self.length + next.length,
        }
    }

    /// How many paths, unless they are too many for plain products.
    pub(super) const fn paths(&self) -> Option<u64> {
        if self.is_too_large() {
            None
        } else {
            Some(self.any)
        }
    }

    /// Whether the numbers are too large for plain products, so that only tallies will do.
    #[inline]
    pub(super) const fn is_too_large(&self) -> bool {
        self.bits > Self::MOST_BITS
    }
}

/// The sum of all loops so far: weights are added to a fast sum, which is carried over into a
/// saturating tally before it can overflow.
#[derive(Clone, Debug, Default)]
pub(super) struct Counter {
    carried: Tally,
    any: u64,
    known: u64,
    signed: u64,
    prompt: u64,
}

impl Counter {
    /// Adds loops whose weight is not too large.
    #[inline]
    pub(super) const fn add_weight(&mut self, weight: &Weight) {
        self.any += weight.any;
        self.known += weight.known;
        self.signed = self.signed.wrapping_add(weight.signed);
        self.prompt += weight.prompt;
        if self.any >> Weight::MOST_BITS != 0 {
            *self = Self {
                carried: self.tally(),
                any: 0,
                known: 0,
                signed: 0,
                prompt: 0,
            };
        }
    }

    /// Adds loops of any number.
    pub(super) const fn add_tally(&mut self, tally: Tally) {
        self.carried = self.carried.or(tally);
    }

    /// All the loops added.
    pub(super) const fn tally(&self) -> Tally {
        self.carried.or(Tally {
            positive: self.known.wrapping_add(self.signed) / 2,
            negative: self.known.wrapping_sub(self.signed) / 2,
            unknown: self.any - self.known,
            prompt: self.prompt,
            delayed: self.any - self.prompt,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(polarity: Polarity, delay: Delay) -> Tally {
        Tally::of(&GraphLink {
            from: 0,
            to: 0,
            polarity,
            delay,
        })
    }

    /// One path of each polarity, the negative one delayed.
    fn mixed() -> Tally {
        link(Polarity::Positive, Delay::None)
            .or(link(Polarity::Negative, Delay::Delayed))
            .or(link(Polarity::Unknown, Delay::None))
    }

    #[test]
    fn joined_paths_multiply_by_sign_and_by_delay() {
        let two = mixed().then(mixed()).counts();
        // ++ and --; +- and -+; the other five of nine hold an unknown.
        let expected = LoopCounts {
            reinforcing: 2,
            balancing: 2,
            undetermined: 5,
            delayed: 5,
        };
        assert_eq!(two, expected);
    }

    #[test]
    fn weights_agree_with_tallies() {
        let weight = Weight::new(mixed(), 1);
        let three = weight.then(&weight).then(&weight);
        assert!(!three.is_too_large() && three.length == 3);
        let mut counter = Counter::default();
        counter.add_weight(&three);
        counter.add_weight(&three);
        let tally = mixed().then(mixed()).then(mixed());
        assert_eq!(counter.tally(), tally.or(tally));
    }

    #[test]
    fn the_fast_sum_is_carried_over_before_it_overflows() {
        let pair = link(Polarity::Negative, Delay::None).or(link(Polarity::Negative, Delay::None));
        let many = (1..60).fold(pair, |many, _| many.then(pair));
        let weight = Weight::new(many, 60);
        let mut counter = Counter::default();
        for _ in 0..15 {
            counter.add_weight(&weight);
        }
        assert_eq!(counter.tally().counts().total(), 15 << 60);
        for _ in 0..5 {
            counter.add_weight(&weight);
        }
        assert_eq!(counter.tally().counts().total(), u64::MAX);
    }

    #[test]
    fn products_saturate_and_weights_say_that_they_are_too_large() {
        let pair = link(Polarity::Negative, Delay::None).or(link(Polarity::Negative, Delay::None));
        let tally = (0..70).fold(Tally::ONE, |many, _| many.then(pair));
        assert_eq!(tally.counts().reinforcing, u64::MAX);
        assert!(Weight::new(tally, 70).is_too_large());
        let weight = Weight::new(pair, 1);
        assert!(
            (0..62)
                .fold(Weight::ONE, |many, _| many.then(&weight))
                .is_too_large()
        );
        assert!(
            !(0..61)
                .fold(Weight::ONE, |many, _| many.then(&weight))
                .is_too_large()
        );
    }
}
