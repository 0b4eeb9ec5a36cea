//! What the functions of equations prove.

use super::known::{Known, constant, merged, power, safely_over, scaled, turned, unknown};
use super::prove::{number_of, truth};
use super::sides::Sides;
use crate::format::foreign::formula::{Formula, function};

/// What a function of what is known proves; the arguments again where it proves nothing.
pub(super) fn of_function(
    name: &str,
    mut known: Vec<Known>,
    arguments: &[Formula],
) -> Result<Known, Vec<Known>> {
    let count = known.len();
    let all_not_negative = known.iter().all(|known| known.sides.is_not_negative());
    match (name, count) {
        ("max" | "min" | "vmax" | "vmin" | "sum" | "mean", 1..) => {
            let joined = known.into_iter().reduce(|one, other| Known {
                sides: match name {
                    "max" => one.sides.greater(other.sides),
                    "min" => one.sides.turned().greater(other.sides.turned()).turned(),
                    _ => one.sides.or(other.sides),
                },
                slopes: merged(one.slopes, other.slopes),
            });
            // Of no elements a sum is zero.
            let zero = Sides {
                zero: true,
                ..joined.as_ref().map_or(Sides::ANY, |known| known.sides)
            };
            joined
                .map(|known| Known {
                    sides: match name {
                        "max" | "min" => known.sides,
                        _ => zero,
                    },
                    ..known
                })
                .ok_or_else(Vec::new)
        }
        ("exp", 1) => Ok(Known {
            sides: Sides::POSITIVE,
            ..known.swap_remove(0)
        }),
        ("sqrt", 1) => Ok(Known {
            sides: Sides::NOT_NEGATIVE,
            ..known.swap_remove(0)
        }),
        ("ln" | "log10", 1) => Ok(Known {
            sides: Sides::ANY,
            ..known.swap_remove(0)
        }),
        ("arctan", 1) => Ok(known.swap_remove(0)),
        ("int" | "integer" | "round" | "trunc", 1) => {
            let mut known = known.swap_remove(0);
            // Half becomes zero; and half below zero may become minus one.
            known.sides.zero = true;
            Ok(known)
        }
        ("abs", 1) if all_not_negative => Ok(known.swap_remove(0)),
        ("abs", 1) if known[0].sides.is_not_positive() => Ok(turned(known.swap_remove(0))),
        ("abs", 1) => Ok(Known {
            sides: Sides::NOT_NEGATIVE,
            ..unknown(known)
        }),
        ("prod", 1) if all_not_negative => Ok(Known {
            sides: Sides::NOT_NEGATIVE,
            ..known.swap_remove(0)
        }),
        ("power", 2) => {
            let numbers = (number_of(&arguments[0]), number_of(&arguments[1]));
            let exponent = known.swap_remove(1);
            Ok(power(known.swap_remove(0), exponent, numbers.0, numbers.1))
        }
        ("zidz" | "safediv", 2) | ("xidz" | "safediv", 3) => {
            let otherwise = if count == 3 {
                known.swap_remove(2)
            } else {
                constant(Sides::ZERO)
            };
            let divisor = known.swap_remove(1);
            Ok(safely_over(known.swap_remove(0), divisor, otherwise))
        }
        ("pulse" | "pulse train", 1..) if all_not_negative => Ok(Known {
            sides: Sides::NOT_NEGATIVE,
            ..unknown(known)
        }),
        ("step" | "ramp", 2..) => {
            let rest = known.split_off(1);
            let height = known.swap_remove(0);
            Ok(Known {
                sides: height.sides.or(Sides::ZERO),
                slopes: merged(height.slopes, unknown(rest).slopes),
            })
        }
        // Its value is the last that its argument had while the condition held.
        ("sample if true", 3) => {
            let first = known[2].sides;
            let asked = truth(&arguments[0], known[0].clone());
            let asked = scaled(asked, Sides::ANY);
            let sampled = known.swap_remove(1);
            Ok(Known {
                sides: sampled.sides.or(first),
                slopes: merged(sampled.slopes, asked),
            })
        }
        ("initial" | "init", 1) => Ok(known.swap_remove(0)),
        _ => {
            let (follows, initial) = function(name);
            if follows.is_none() || known.is_empty() {
                return Err(known);
            }
            let begins = initial.and_then(|index| known.get(index));
            let begins = begins.map(|known| known.sides);
            let rest = known.split_off(1);
            let followed = known.swap_remove(0);
            Ok(Known {
                sides: begins.map_or(followed.sides, |begins| followed.sides.or(begins)),
                slopes: merged(followed.slopes, unknown(rest).slopes),
            })
        }
    }
}
