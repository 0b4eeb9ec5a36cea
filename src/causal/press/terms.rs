//! Terms of a determinant, counted by their sign instead of being summed.

use std::ops::{Add, Mul};

use crate::model::Polarity;

/// How many terms of a determinant are positive, negative and of unknown sign.
///
/// The numbers are exact up to 2^53 and round beyond. Sums and products of numbers that are not
/// negative never vanish, so whether there are any terms of a sign is exact at every size.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Terms {
    /// Terms above zero.
    pub positive: f64,
    /// Terms below zero.
    pub negative: f64,
    /// Terms with a link of unknown sign in them.
    pub unknown: f64,
}

/// What terms say together, when only their signs are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agreement {
    /// There are none.
    None,
    /// All are positive.
    Positive,
    /// All are negative.
    Negative,
    /// Some are positive and some negative: their sizes decide.
    Opposed,
    /// Those of known sign agree, if there are any, and others are of unknown sign.
    Unknown,
}

impl Terms {
    /// One positive term.
    pub const ONE: Self = Self {
        positive: 1.0,
        negative: 0.0,
        unknown: 0.0,
    };

    /// One term of the sign of a link.
    pub fn of(polarity: Polarity) -> Self {
        let mut terms = Self::default();
        match polarity {
            Polarity::Positive => terms.positive = 1.0,
            Polarity::Negative => terms.negative = 1.0,
            Polarity::Unknown => terms.unknown = 1.0,
        }
        terms
    }

    /// The same terms with the other sign.
    pub const fn negated(self) -> Self {
        Self {
            positive: self.negative,
            negative: self.positive,
            unknown: self.unknown,
        }
    }

    /// How many there are.
    pub fn total(self) -> f64 {
        self.positive + self.negative + self.unknown
    }

    /// What they say together.
    pub fn agreement(self) -> Agreement {
        let some = |count: f64| count > 0.0;
        match (some(self.positive), some(self.negative), some(self.unknown)) {
            (false, false, false) => Agreement::None,
            (true, true, _) => Agreement::Opposed,
            (_, _, true) => Agreement::Unknown,
            (true, false, false) => Agreement::Positive,
            (false, true, false) => Agreement::Negative,
        }
    }

    /// Those above zero less those below it, by all of them: from -1 to 1. Its size is the weight of a
    /// prediction of Dambacher, Li and Rossignol 2002 (Ecology 83:1372). `None` without terms, with
    /// one of unknown sign, and beyond what a number holds.
    pub fn net(self) -> Option<f64> {
        let net = (self.positive - self.negative) / self.total();
        (self.unknown == 0.0 && net.is_finite()).then_some(net)
    }
}

impl Add for Terms {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            positive: self.positive + other.positive,
            negative: self.negative + other.negative,
            unknown: self.unknown + other.unknown,
        }
    }
}

/// Every term of the one with every term of the other.
impl Mul for Terms {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        // Zero terms of a sign by any number of others are none, also by more than a number holds.
        let times = |one: f64, other: f64| {
            if one == 0.0 || other == 0.0 {
                0.0
            } else {
                one * other
            }
        };
        Self {
            positive: times(self.positive, other.positive) + times(self.negative, other.negative),
            negative: times(self.positive, other.negative) + times(self.negative, other.positive),
            unknown: times(self.unknown, other.total())
                + times(self.positive + self.negative, other.unknown),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_terms_say() {
        let positive = Terms::of(Polarity::Positive);
        let negative = positive.negated();
        assert_eq!(Terms::default().agreement(), Agreement::None);
        assert_eq!((positive * negative).agreement(), Agreement::Negative);
        let opposed = positive + positive + positive + negative;
        assert_eq!(opposed.agreement(), Agreement::Opposed);
        assert_eq!(opposed.net(), Some(0.5));
        let open = positive + Terms::of(Polarity::Unknown);
        assert_eq!((open.agreement(), open.net()), (Agreement::Unknown, None));
    }

    #[test]
    fn no_terms_by_too_many_are_none() {
        let many = Terms {
            positive: f64::INFINITY,
            ..Terms::default()
        };
        assert_eq!(Terms::default() * many, Terms::default());
        assert_eq!((many * many).agreement(), Agreement::Positive);
        assert_eq!(many.net(), None);
    }
}
