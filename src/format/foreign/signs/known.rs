//! What is known of a part of a formula, and how that of its parts makes that of the whole.

use std::collections::BTreeMap;

use super::sides::Sides;
use crate::format::foreign::formula::Table;
use crate::model::Polarity;

/// By name: whether a value rises or falls with it; unknown where that depends.
pub type Slopes = BTreeMap<String, Polarity>;

/// What is known of a part of a formula.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    /// On which sides of zero it can be.
    pub sides: Sides,
    /// With what it rises and falls.
    pub slopes: Slopes,
}

pub(super) fn constant(sides: Sides) -> Known {
    let slopes = Slopes::new();
    Known { sides, slopes }
}

pub(super) fn condition(slopes: Slopes) -> Known {
    Known {
        sides: Sides::NOT_NEGATIVE,
        slopes,
    }
}

/// Nothing is proved of these but that they are there.
pub(super) fn unknown(parts: impl IntoIterator<Item = Known>) -> Known {
    let mut slopes = Slopes::new();
    for part in parts {
        slopes = merged(slopes, scaled(part.slopes, Sides::ANY));
    }
    Known {
        sides: Sides::ANY,
        slopes,
    }
}

pub(super) fn added(one: Known, other: Known) -> Known {
    Known {
        sides: one.sides.sum(other.sides),
        slopes: merged(one.slopes, other.slopes),
    }
}

/// (a b)' is a' b + a b'.
pub(super) fn times(one: Known, other: Known) -> Known {
    Known {
        slopes: merged(
            scaled(one.slopes, other.sides),
            scaled(other.slopes, one.sides),
        ),
        sides: one.sides.product(other.sides),
    }
}

/// (a / b)' is a' / b - a b' / (b b), while b stays on its side of zero.
pub(super) fn over(one: Known, divisor: Known) -> Known {
    let is_on_one_side = divisor.sides.is_not_negative() || divisor.sides.is_not_positive();
    let of_divisor = if is_on_one_side {
        one.sides.turned()
    } else {
        Sides::ANY
    };
    Known {
        slopes: merged(
            scaled(one.slopes, divisor.sides),
            scaled(divisor.slopes, of_divisor),
        ),
        sides: one.sides.quotient(divisor.sides),
    }
}

/// A quotient that has another value where its divisor is zero.
pub(super) fn safely_over(one: Known, divisor: Known, otherwise: Known) -> Known {
    let mut divided = over(one, divisor.clone());
    if divisor.sides.zero {
        // At zero it jumps to the other value, whichever side that is on.
        for name in divisor.slopes.into_keys() {
            divided.slopes.insert(name, Polarity::Unknown);
        }
        divided.sides = divided.sides.or(otherwise.sides);
        divided.slopes = merged(divided.slopes, otherwise.slopes);
    }
    divided
}

/// A power of a base that is not negative; of others nothing is proved.
pub(super) fn power(
    base: Known,
    exponent: Known,
    number: Option<f64>,
    times: Option<f64>,
) -> Known {
    if !base.sides.is_not_negative() {
        return unknown([base, exponent]);
    }
    // (a^b)' is b a^(b-1) a' + ln a a^b b'.
    let of_exponent = match number {
        Some(number) if number >= 1.0 => Sides::NOT_NEGATIVE,
        Some(number) if number > 0.0 => Sides::NOT_NEGATIVE.turned(),
        _ => Sides::ANY,
    };
    let of_base = times.map_or(exponent.sides, Sides::of);
    Known {
        sides: if base.sides.zero {
            Sides::NOT_NEGATIVE
        } else {
            Sides::POSITIVE
        },
        slopes: merged(
            scaled(base.slopes, of_base),
            scaled(exponent.slopes, of_exponent),
        ),
    }
}

/// The value of a table: it rises where the table does.
pub(super) fn looked_up(table: &Table, argument: Known) -> Known {
    let values = &table.values;
    let rises = values.windows(2).all(|two| two[0] <= two[1]);
    let falls = values.windows(2).all(|two| two[0] >= two[1]);
    let slope = match (values.is_empty(), rises, falls) {
        (true, ..) | (_, false, false) => Sides::ANY,
        (_, true, true) => Sides::ZERO,
        (_, true, false) => Sides::NOT_NEGATIVE,
        (_, false, true) => Sides::NOT_NEGATIVE.turned(),
    };
    let sides = values.iter().map(|value| Sides::of(*value));
    // Between two values it may be whatever lies between them.
    let sides = sides.reduce(Sides::or).map(|sides| Sides {
        zero: sides.zero || sides.below && sides.above,
        ..sides
    });
    Known {
        sides: sides.unwrap_or(Sides::ANY),
        slopes: scaled(argument.slopes, slope),
    }
}

pub(super) fn turned(known: Known) -> Known {
    Known {
        sides: known.sides.turned(),
        slopes: scaled(known.slopes, Sides::of(-1.0)),
    }
}

/// The slopes of something times a factor.
pub(super) fn scaled(mut slopes: Slopes, factor: Sides) -> Slopes {
    for slope in slopes.values_mut() {
        *slope = match (*slope, factor.below, factor.above) {
            (slope, false, true) => slope,
            (Polarity::Positive, true, false) => Polarity::Negative,
            (Polarity::Negative, true, false) => Polarity::Positive,
            _ => Polarity::Unknown,
        };
    }
    slopes
}

/// The slopes of a sum.
pub(super) fn merged(mut one: Slopes, other: Slopes) -> Slopes {
    for (name, slope) in other {
        let standing = one.entry(name).or_insert(slope);
        if *standing != slope {
            *standing = Polarity::Unknown;
        }
    }
    one
}
