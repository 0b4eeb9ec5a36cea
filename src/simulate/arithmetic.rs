//! What each operation gives, to the last bit: for the run, and for what is computed beforehand.

use super::allocate;

/// An operation on one value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Monadic {
    Minus,
    Not,
    Abs,
    Exp,
    Ln,
    Log10,
    Sqrt,
    Sin,
    Cos,
    Tan,
    Arcsin,
    Arccos,
    Arctan,
    Sinh,
    Cosh,
    Tanh,
    /// The whole number at or below.
    Floor,
    /// The whole number towards zero.
    Truncate,
    /// The nearest whole number, half away from zero.
    Round,
    /// The natural logarithm of the gamma function.
    GammaLn,
    /// The number of the first step that begins at a time or after it.
    StepOf,
}

/// The part of a step by which a time may miss its step through rounding.
pub(crate) const SLACK: f64 = 1e-6;

impl Monadic {
    /// Whether it hangs on the clock of the run, beside its argument.
    pub(crate) const fn needs_clock(self) -> bool {
        matches!(self, Self::StepOf)
    }

    /// The value. Of [`Monadic::StepOf`] the argument is counted in steps from the start.
    pub(crate) fn of(self, x: f64) -> f64 {
        match self {
            Self::Minus => -x,
            Self::Not => truth(x == 0.0),
            Self::Abs => x.abs(),
            Self::Exp => x.exp(),
            Self::Ln => x.ln(),
            Self::Log10 => x.log10(),
            Self::Sqrt => x.sqrt(),
            Self::Sin => x.sin(),
            Self::Cos => x.cos(),
            Self::Tan => x.tan(),
            Self::Arcsin => x.asin(),
            Self::Arccos => x.acos(),
            Self::Arctan => x.atan(),
            Self::Sinh => x.sinh(),
            Self::Cosh => x.cosh(),
            Self::Tanh => x.tanh(),
            Self::Floor => x.floor(),
            Self::Truncate => x.trunc(),
            Self::Round => x.round(),
            Self::GammaLn => gamma_ln(x),
            Self::StepOf => (x - SLACK).ceil(),
        }
    }
}

/// An operation on two values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Dyadic {
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
    /// What is left, with the sign of the divisor (XMILE's MOD).
    FlooredModulo,
    /// What is left, with the sign of the dividend (Vensim's MODULO).
    TruncatedModulo,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    NotEqual,
    And,
    Or,
    Min,
    Max,
}

const fn truth(is: bool) -> f64 {
    if is { 1.0 } else { 0.0 }
}

impl Dyadic {
    /// The value.
    pub(crate) fn of(self, a: f64, b: f64) -> f64 {
        match self {
            Self::Add => a + b,
            Self::Subtract => a - b,
            Self::Multiply => a * b,
            Self::Divide => a / b,
            Self::Power => a.powf(b),
            Self::FlooredModulo => {
                let left = a % b;
                if left != 0.0 && (left < 0.0) != (b < 0.0) {
                    left + b
                } else {
                    left
                }
            }
            Self::TruncatedModulo => a % b,
            Self::Less => truth(a < b),
            Self::LessOrEqual => truth(a <= b),
            Self::Greater => truth(a > b),
            Self::GreaterOrEqual => truth(a >= b),
            Self::Equal => truth(a == b),
            Self::NotEqual => truth(a != b),
            Self::And => truth(a != 0.0 && b != 0.0),
            Self::Or => truth(a != 0.0 || b != 0.0),
            // As WebAssembly has them: what is no number stays so, and -0 is below 0.
            Self::Min if a.is_nan() || b.is_nan() => f64::NAN,
            Self::Min if a == b => {
                if a.is_sign_negative() {
                    a
                } else {
                    b
                }
            }
            Self::Min => {
                if a < b {
                    a
                } else {
                    b
                }
            }
            Self::Max if a.is_nan() || b.is_nan() => f64::NAN,
            Self::Max if a == b => {
                if a.is_sign_negative() {
                    b
                } else {
                    a
                }
            }
            Self::Max => {
                if a > b {
                    a
                } else {
                    b
                }
            }
        }
    }
}

/// An operation on several values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Many {
    /// The index, from 1, and the values; 0 where there is none of that index.
    Pick,
    /// Number of the step; start, width, interval and end of the pulses, in steps.
    PulseTrain,
    /// Number of the step; first pulse and interval, in steps. 1 in a step with a pulse.
    PulseEvery,
    /// Which place in the order, direction (above 0: rising), and the values: their index from 0.
    SortOrder,
    /// Which value, from 0, direction, and the values: its rank from 1.
    Rank,
    /// What is available, and four numbers of each requester: the price at which all of it is taken
    /// ([`allocate::price`]).
    Price,
    /// Which requester, from 0, the price, what is available, and four numbers of each requester:
    /// what it gets ([`allocate::share`]).
    Share,
    /// A random number: how it is drawn, the index of its series, and what the draw needs.
    Draw(Draw, u32),
}

/// A distribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Draw {
    /// Lowest and highest.
    Uniform,
    /// Lowest, highest, mean, standard deviation: drawn again outside of the bounds.
    Normal,
    /// Mean and standard deviation of the values.
    LogNormal,
    /// Lowest, highest, shift, stretch: drawn again outside of the bounds.
    Exponential,
    /// Lowest, highest, mean, shift, stretch: drawn again outside of the bounds.
    Poisson,
}

impl Many {
    /// The value, of all but [`Many::Draw`].
    pub(crate) fn of(self, items: &[f64]) -> f64 {
        match (self, items) {
            (Self::Pick, [index, values @ ..]) => picked(*index, values),
            (Self::PulseTrain, &[step, start, width, every, end]) => {
                truth(is_in_train(step, start, width, every, end))
            }
            (Self::PulseEvery, &[step, first, every]) => {
                let count = if every > 0.0 {
                    ((step - first) / every + SLACK).floor()
                } else {
                    0.0
                };
                let begins = (first + count * every - SLACK).ceil();
                let next = (first + (count + 1.0) * every - SLACK).ceil();
                truth(count >= 0.0 && (step == begins || (every > 0.0 && step == next)))
            }
            (Self::SortOrder, [place, direction, values @ ..]) => {
                let order = sorted(*direction, values);
                let place = order
                    .iter()
                    .enumerate()
                    .find(|(index, _)| count(*index) == *place);
                place.map_or(f64::NAN, |(_, &index)| count(index))
            }
            (Self::Rank, [which, direction, values @ ..]) => {
                let order = sorted(*direction, values);
                let rank = order.iter().position(|&index| count(index) == *which);
                rank.map_or(f64::NAN, |rank| count(rank) + 1.0)
            }
            (Self::Price, [available, numbers @ ..]) => allocate::price(*available, numbers),
            (Self::Share, [place, price, available, numbers @ ..]) => {
                allocate::share(*place, *price, *available, numbers)
            }
            _ => f64::NAN,
        }
    }
}

/// A small count as a number; there are never more elements than that.
fn count(index: usize) -> f64 {
    u32::try_from(index).map_or(f64::INFINITY, f64::from)
}

fn picked(index: f64, values: &[f64]) -> f64 {
    let index = index.floor();
    if !(1.0..=count(values.len())).contains(&index) {
        return 0.0;
    }
    values[index as usize - 1]
}

fn sorted(direction: f64, values: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    // What is no number has no sign that all machines agree on: it counts as the largest.
    let key = |x: f64| if x.is_nan() { f64::NAN } else { x };
    order.sort_by(|&a, &b| {
        let by_value = key(values[a]).total_cmp(&key(values[b]));
        if direction > 0.0 {
            by_value
        } else {
            by_value.reverse()
        }
    });
    order
}

/// Whether a step is within a pulse. A pulse has at least one step; the last may begin at the end.
fn is_in_train(step: f64, start: f64, width: f64, every: f64, end: f64) -> bool {
    if step > (end + SLACK).floor() {
        return false;
    }
    let latest = if every > 0.0 {
        ((step - start) / every + SLACK).floor()
    } else {
        0.0
    };
    [latest, latest + 1.0].into_iter().any(|count| {
        let begins = start + count * every.max(0.0);
        let first = (begins - SLACK).ceil();
        let last = (begins + width - SLACK).ceil().max(first + 1.0);
        count >= 0.0 && first <= step && step < last
    })
}

/// The logarithm of the gamma function: Lanczos' approximation with g = 7 and nine terms
/// (Godfrey 2001), good to 15 digits.
fn gamma_ln(x: f64) -> f64 {
    const TERMS: [f64; 9] = [
        0.999_999_999_999_809_9,
        676.520_368_121_885_1,
        -1_259.139_216_722_402_8,
        771.323_428_777_653_1,
        -176.615_029_162_140_6,
        12.507_343_278_686_905,
        -0.138_571_095_265_720_12,
        9.984_369_578_019_572e-6,
        1.505_632_735_149_311_6e-7,
    ];
    if x < 0.5 {
        let pi = std::f64::consts::PI;
        return (pi / (pi * x).sin().abs()).ln() - gamma_ln(1.0 - x);
    }
    let x = x - 1.0;
    let mut sum = TERMS[0];
    let mut term = 0.0;
    for factor in &TERMS[1..] {
        term += 1.0;
        sum += factor / (x + term);
    }
    let t = x + 7.5;
    0.5 * (2.0 * std::f64::consts::PI).ln() + (x + 0.5) * t.ln() - t + sum.ln()
}

#[cfg(test)]
mod tests {
    use super::{Dyadic, Many, Monadic};

    #[test]
    fn the_two_kinds_of_modulo() {
        for (a, b, floored, truncated) in [
            (-10.0, 3.0, 2.0, -1.0),
            (10.0, -3.0, -2.0, 1.0),
            (10.0, 3.0, 1.0, 1.0),
            (-9.0, 3.0, 0.0, 0.0),
        ] {
            assert_eq!(Dyadic::FlooredModulo.of(a, b), floored);
            assert_eq!(Dyadic::TruncatedModulo.of(a, b), truncated);
        }
    }

    #[test]
    fn smallest_and_largest_keep_what_is_no_number() {
        for code in [Dyadic::Min, Dyadic::Max] {
            assert!(code.of(f64::NAN, 1.0).is_nan() && code.of(1.0, f64::NAN).is_nan());
        }
        assert!(Dyadic::Min.of(0.0, -0.0).is_sign_negative());
        assert!(Dyadic::Max.of(-0.0, 0.0).is_sign_positive());
    }

    #[test]
    fn gamma_of_whole_numbers_is_a_factorial() {
        let mut factorial: f64 = 1.0;
        for n in 1..20 {
            let n = f64::from(n);
            assert!(
                (Monadic::GammaLn.of(n) - factorial.ln()).abs() < 1e-13 * factorial.ln().max(1.0)
            );
            factorial *= n;
        }
    }

    #[test]
    fn order_and_rank() {
        let order = |place, direction| Many::SortOrder.of(&[place, direction, 5.0, 1.0, 3.0]);
        assert_eq!(
            [order(0.0, 1.0), order(1.0, 1.0), order(2.0, 1.0)],
            [1.0, 2.0, 0.0]
        );
        assert_eq!(
            [order(0.0, 0.0), order(1.0, 0.0), order(2.0, 0.0)],
            [0.0, 2.0, 1.0]
        );
        assert_eq!(Many::Rank.of(&[0.0, 1.0, 5.0, 1.0, 3.0]), 3.0);
        assert_eq!(Many::Pick.of(&[2.9, 5.0, 1.0, 3.0]), 1.0);
        assert_eq!(Many::Pick.of(&[0.0, 5.0]), 0.0);
    }
}
