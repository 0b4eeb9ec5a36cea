//! What numbers a parameter may have.

use crate::equation::Name;
use crate::stream::normal::{below, normal_quantile};

/// A variable whose number is not certain. Its numbers have its units.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// The variable.
    pub name: Name,
    /// The numbers that it may have.
    pub range: Range,
}

/// Numbers, and how likely each is.
#[derive(Clone, Debug, PartialEq)]
pub enum Range {
    /// All between two numbers, none likelier than another.
    Uniform {
        /// The lowest.
        low: f64,
        /// The highest.
        high: f64,
    },
    /// From the lowest rising to the likeliest, and falling to the highest.
    Triangular {
        /// The lowest.
        low: f64,
        /// The likeliest.
        likely: f64,
        /// The highest.
        high: f64,
    },
    /// A normal distribution, cut off at two bounds, which may be infinite.
    Normal {
        /// The mean, were it not cut off.
        mean: f64,
        /// The standard deviation, were it not cut off.
        deviation: f64,
        /// No number is below it.
        low: f64,
        /// No number is above it.
        high: f64,
    },
    /// Numbers above 0 whose logarithms are of a normal distribution.
    LogNormal {
        /// The mean of the numbers, not of their logarithms.
        mean: f64,
        /// The standard deviation of the numbers.
        deviation: f64,
    },
    /// Some numbers, none likelier than another.
    List(Vec<f64>),
}

impl Range {
    /// What is wrong with it, in words that follow the name of its variable; none where it is
    /// right.
    #[must_use]
    pub fn flaw(&self) -> Option<&'static str> {
        let are_finite = |numbers: &[f64]| numbers.iter().all(|number| number.is_finite());
        match self {
            Self::Uniform { low, high } => {
                if !are_finite(&[*low, *high]) {
                    Some("has a bound that is no finite number")
                } else if low > high {
                    Some("has its lowest number above its highest")
                } else {
                    None
                }
            }
            Self::Triangular { low, likely, high } => {
                if !are_finite(&[*low, *likely, *high]) {
                    Some("has a bound that is no finite number")
                } else if low > likely || likely > high {
                    Some("has its likeliest number outside of its lowest and highest")
                } else {
                    None
                }
            }
            Self::Normal {
                mean,
                deviation,
                low,
                high,
            } => {
                if !are_finite(&[*mean, *deviation]) || low.is_nan() || high.is_nan() {
                    Some("has a mean, deviation or bound that is no number")
                } else if *deviation <= 0.0 {
                    Some("has a standard deviation that is not above 0")
                } else if low >= high {
                    Some("has its lowest number not below its highest")
                } else if self.shares().is_none() {
                    Some("has nearly all of its distribution outside of its bounds")
                } else {
                    None
                }
            }
            Self::LogNormal { mean, deviation } => {
                if !are_finite(&[*mean, *deviation]) {
                    Some("has a mean or deviation that is no finite number")
                } else if *mean <= 0.0 || *deviation <= 0.0 {
                    Some("has a mean or a standard deviation that is not above 0")
                } else {
                    None
                }
            }
            Self::List(numbers) => {
                if numbers.is_empty() {
                    Some("has no numbers")
                } else if !are_finite(numbers) {
                    Some("has a number that is not finite")
                } else {
                    None
                }
            }
        }
    }

    /// Of a normal distribution that is cut off: the shares below its two bounds, turned so that
    /// both are of the lower half as far as they can be, where shares are most exact; and whether
    /// it was turned.
    fn shares(&self) -> Option<(f64, f64, bool)> {
        let Self::Normal {
            mean,
            deviation,
            low,
            high,
        } = self
        else {
            return None;
        };
        let [low, high] = [(low - mean) / deviation, (high - mean) / deviation];
        let is_turned = low > 0.0;
        let (from, to) = if is_turned {
            (below(-high), below(-low))
        } else {
            (below(low), below(high))
        };
        (to - from > 1e-280).then_some((from, to, is_turned))
    }

    /// The number that a share of the distribution is below, for a share above 0 and below 1.
    #[must_use]
    pub fn quantile(&self, share: f64) -> f64 {
        match self {
            Self::Uniform { low, high } => low + share * (high - low),
            Self::Triangular { low, likely, high } => {
                let width = high - low;
                if width == 0.0 {
                    return *low;
                }
                if share < (likely - low) / width {
                    low + (share * width * (likely - low)).sqrt()
                } else {
                    high - ((1.0 - share) * width * (high - likely)).sqrt()
                }
            }
            Self::Normal {
                mean,
                deviation,
                low,
                high,
            } => {
                let Some((from, to, is_turned)) = self.shares() else {
                    return f64::NAN;
                };
                let standard = if is_turned {
                    -normal_quantile(to - share * (to - from))
                } else {
                    normal_quantile(from + share * (to - from))
                };
                (mean + deviation * standard).clamp(*low, *high)
            }
            Self::LogNormal { mean, deviation } => {
                let ratio = deviation / mean;
                let variance = (1.0 + ratio * ratio).ln();
                let middle = mean.ln() - variance / 2.0;
                (middle + variance.sqrt() * normal_quantile(share)).exp()
            }
            Self::List(numbers) => {
                let at = (share * numbers.len() as f64) as usize;
                numbers
                    .get(at.min(numbers.len().saturating_sub(1)))
                    .copied()
                    .unwrap_or(f64::NAN)
            }
        }
    }

    /// So many numbers for a grid. Of a uniform range they are evenly spaced and have both ends; of
    /// a list they are its own, whatever the number; of others the middles of equally likely parts.
    #[must_use]
    pub fn levels(&self, count: usize) -> Vec<f64> {
        match self {
            Self::List(numbers) => numbers.clone(),
            Self::Uniform { low, high } if count > 1 => (0..count)
                .map(|at| {
                    let share = at as f64 / (count - 1) as f64;
                    low * (1.0 - share) + high * share
                })
                .collect(),
            _ => (0..count)
                .map(|at| self.quantile((at as f64 + 0.5) / count as f64))
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Range;

    /// Mean and standard deviation, of many quantiles at the middles of equal shares.
    fn moments(range: &Range) -> (f64, f64) {
        assert_eq!(range.flaw(), None);
        let numbers: Vec<f64> = range.levels(200_001);
        let count = numbers.len() as f64;
        let mean = numbers.iter().sum::<f64>() / count;
        let square = numbers.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>();
        (mean, (square / count).sqrt())
    }

    #[test]
    fn moments_are_those_of_the_distributions() {
        let all = (f64::NEG_INFINITY, f64::INFINITY);
        let normal = |mean, deviation, (low, high)| Range::Normal {
            mean,
            deviation,
            low,
            high,
        };
        let triangular = |low, likely, high| Range::Triangular { low, likely, high };
        for (range, mean, deviation) in [
            (
                Range::Uniform {
                    low: 2.0,
                    high: 8.0,
                },
                5.0,
                3.0_f64.sqrt(),
            ),
            (triangular(2.0, 3.0, 10.0), 5.0, (57.0_f64 / 18.0).sqrt()),
            (
                triangular(2.0, 2.0, 10.0),
                14.0 / 3.0,
                (64.0_f64 / 18.0).sqrt(),
            ),
            (normal(3.0, 2.0, all), 3.0, 2.0),
            // Half of a normal distribution, on either side.
            (
                normal(0.0, 1.0, (0.0, f64::INFINITY)),
                0.797_884_56,
                0.602_810_28,
            ),
            (
                normal(0.0, 1.0, (f64::NEG_INFINITY, 0.0)),
                -0.797_884_56,
                0.602_810_28,
            ),
            (
                Range::LogNormal {
                    mean: 5.0,
                    deviation: 2.0,
                },
                5.0,
                2.0,
            ),
            (
                Range::List(vec![1.0, 2.0, 6.0]),
                3.0,
                (14.0_f64 / 3.0).sqrt(),
            ),
        ] {
            let (found, spread) = moments(&range);
            assert!(
                (found - mean).abs() < 2e-3 * mean.abs(),
                "{range:?} {found}"
            );
            assert!(
                (spread - deviation).abs() < 4e-3 * deviation,
                "{range:?} {spread}"
            );
        }
    }

    #[test]
    fn quantiles_of_a_triangle_are_as_printed() {
        let range = Range::Triangular {
            low: 2.0,
            likely: 3.0,
            high: 10.0,
        };
        assert!((range.quantile(0.5) - 4.7085).abs() < 1e-4);
        assert!((range.quantile(0.95) - 8.3267).abs() < 1e-4);
    }

    #[test]
    fn a_far_tail_keeps_its_digits() {
        let tail = |low, high| Range::Normal {
            mean: 0.0,
            deviation: 1.0,
            low,
            high,
        };
        let (up, down) = (tail(9.0, f64::INFINITY), tail(f64::NEG_INFINITY, -9.0));
        for share in [0.01, 0.5, 0.99] {
            let (a, b) = (up.quantile(share), down.quantile(1.0 - share));
            assert!(a > 9.0 && a < 10.0 && (a + b).abs() < 1e-9, "{a} {b}");
        }
        assert!(tail(60.0, 61.0).flaw().is_some());
    }

    #[test]
    fn levels_have_the_ends_of_a_uniform_range() {
        let range = Range::Uniform {
            low: -1.0,
            high: 3.0,
        };
        assert_eq!(range.levels(5), [-1.0, 0.0, 1.0, 2.0, 3.0]);
        assert_eq!(range.levels(1), [1.0]);
        assert_eq!(Range::List(vec![4.0, 2.0]).levels(9), [4.0, 2.0]);
    }

    #[test]
    fn ranges_that_make_no_sense_say_why() {
        for range in [
            Range::Uniform {
                low: 2.0,
                high: 1.0,
            },
            Range::Uniform {
                low: f64::NAN,
                high: 1.0,
            },
            Range::Triangular {
                low: 0.0,
                likely: 3.0,
                high: 2.0,
            },
            Range::LogNormal {
                mean: -1.0,
                deviation: 1.0,
            },
            Range::List(Vec::new()),
            Range::List(vec![f64::INFINITY]),
        ] {
            assert!(range.flaw().is_some(), "{range:?}");
        }
    }
}
