//! On which sides of zero a value can be.

/// On which sides of zero a value can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sides {
    /// It can be negative.
    pub below: bool,
    /// It can be zero.
    pub zero: bool,
    /// It can be positive.
    pub above: bool,
}

impl Sides {
    /// Anything.
    pub const ANY: Self = Self {
        below: true,
        zero: true,
        above: true,
    };
    /// Zero or more.
    pub const NOT_NEGATIVE: Self = Self {
        below: false,
        zero: true,
        above: true,
    };
    /// More than zero.
    pub const POSITIVE: Self = Self {
        below: false,
        zero: false,
        above: true,
    };
    /// Zero.
    pub const ZERO: Self = Self {
        below: false,
        zero: true,
        above: false,
    };

    /// The sides of one number.
    pub fn of(number: f64) -> Self {
        Self {
            below: number < 0.0,
            zero: number == 0.0,
            above: number > 0.0,
        }
    }

    /// Those of a quantity that is never less than a number.
    pub fn at_least(number: f64) -> Self {
        if number > 0.0 {
            Self::POSITIVE
        } else if number == 0.0 {
            Self::NOT_NEGATIVE
        } else {
            Self::ANY
        }
    }

    /// Those of the negative value.
    pub const fn turned(self) -> Self {
        Self {
            below: self.above,
            zero: self.zero,
            above: self.below,
        }
    }

    /// Those of a sum.
    pub const fn sum(self, other: Self) -> Self {
        Self {
            below: self.below || other.below,
            zero: self.zero && other.zero || self.below && other.above || self.above && other.below,
            above: self.above || other.above,
        }
    }

    /// Those of a product.
    pub const fn product(self, other: Self) -> Self {
        Self {
            below: self.below && other.above || self.above && other.below,
            zero: self.zero || other.zero,
            above: self.above && other.above || self.below && other.below,
        }
    }

    /// Those of one divided by another, which is not zero then.
    pub const fn quotient(self, other: Self) -> Self {
        let mut sides = self.product(other);
        sides.zero = self.zero;
        sides
    }

    /// Those of a value that is one or the other.
    pub const fn or(self, other: Self) -> Self {
        Self {
            below: self.below || other.below,
            zero: self.zero || other.zero,
            above: self.above || other.above,
        }
    }

    /// Those of the greater of two.
    pub const fn greater(self, other: Self) -> Self {
        Self {
            below: self.below && other.below,
            zero: self.zero && (other.zero || other.below)
                || other.zero && (self.zero || self.below),
            above: self.above || other.above,
        }
    }

    /// What is on these sides and on those.
    pub const fn and(self, other: Self) -> Self {
        Self {
            below: self.below && other.below,
            zero: self.zero && other.zero,
            above: self.above && other.above,
        }
    }

    /// Those of a quantity with these sides and of what it becomes when it is changed a little: what
    /// is always zero can be moved to either side, all else stays where it is.
    ///
    /// A link says what happens when its cause changes, so nothing may follow from a cause being zero.
    pub fn when_changed(self) -> Self {
        if self == Self::ZERO { Self::ANY } else { self }
    }

    /// Whether there is a value at all.
    pub const fn is_some(self) -> bool {
        self.below || self.zero || self.above
    }

    /// Whether it can be nothing but zero or more.
    pub const fn is_not_negative(self) -> bool {
        !self.below
    }

    /// Whether it can be nothing but zero or less.
    pub const fn is_not_positive(self) -> bool {
        !self.above
    }
}

/// The number that an expression is, if it is just that.
pub fn number(text: &str) -> Option<f64> {
    let (sign, digits) = match text.trim().strip_prefix('-') {
        Some(rest) => (-1.0, rest.trim()),
        None => (1.0, text.trim()),
    };
    let is_number = digits.starts_with(|c: char| c.is_ascii_digit() || c == '.');
    let number = digits
        .parse::<f64>()
        .ok()
        .filter(|number| is_number && number.is_finite())?;
    Some(sign * number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_with_their_signs() {
        assert_eq!(number(" - 2.5 "), Some(-2.5));
        assert_eq!(number(".5"), Some(0.5));
        for text in ["", "x", "inf", "1 + 1", "--1"] {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_zero_can_be_moved_to_either_side() {
        assert_eq!(Sides::ZERO.when_changed(), Sides::ANY);
        for sides in [Sides::NOT_NEGATIVE, Sides::POSITIVE, Sides::of(-1.0)] {
            assert_eq!(sides.when_changed(), sides);
        }
    }

    /// Every pair of signs of two numbers is on the sides that are worked out for it.
    #[test]
    fn sides_hold_for_every_pair_of_numbers() {
        let numbers = [-2.0, -0.5, 0.0, 0.5, 2.0];
        let has = |sides: Sides, number: f64| sides.and(Sides::of(number)).is_some();
        for below in [false, true] {
            for zero in [false, true] {
                for above in [false, true] {
                    let one = Sides { below, zero, above };
                    for other in [
                        Sides::ANY,
                        Sides::NOT_NEGATIVE,
                        Sides::POSITIVE,
                        Sides::ZERO,
                        Sides::of(-1.0),
                        Sides::NOT_NEGATIVE.turned(),
                    ] {
                        for a in numbers.into_iter().filter(|a| has(one, *a)) {
                            for b in numbers.into_iter().filter(|b| has(other, *b)) {
                                assert!(has(one.sum(other), a + b), "{one:?} {other:?}");
                                assert!(has(one.product(other), a * b), "{one:?} {other:?}");
                                assert!(has(one.greater(other), a.max(b)), "{one:?} {other:?}");
                                assert!(has(one.or(other), a) && has(one.or(other), b));
                                if b != 0.0 {
                                    assert!(has(one.quotient(other), a / b));
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
