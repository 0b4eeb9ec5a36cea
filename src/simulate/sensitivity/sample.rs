//! Which numbers the parameters have in each run.

use thiserror::Error;

use super::range::Parameter;
use crate::equation::Name;
use crate::simulate::random::Series;

/// The most runs.
pub const MOST_RUNS: usize = 100_000;
/// The most parameters.
const MOST_PARAMETERS: usize = 200;

/// How numbers are taken from the ranges of parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plan {
    /// Each range is cut into as many equally likely parts as there are runs, and each part has one
    /// run (McKay, Beckman & Conover 1979).
    LatinHypercube {
        /// How many runs.
        runs: usize,
        /// The same seed gives the same numbers.
        seed: u64,
    },
    /// All numbers of one with all of the others, the last parameter fastest.
    Grid {
        /// How many numbers each has, unless it is a list.
        levels: usize,
    },
}

/// Why there are no numbers.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SampleError {
    /// There is nothing to vary.
    #[error("no parameter was chosen")]
    NoParameters,
    /// There are no runs.
    #[error("there must be at least one run")]
    NoRuns,
    /// A parameter stands twice.
    #[error("the parameter “{0}” was chosen twice")]
    Twice(Name),
    /// The range of a parameter makes no sense.
    #[error("the parameter “{name}” {flaw}")]
    Range {
        /// The parameter.
        name: Name,
        /// What is wrong with its range.
        flaw: &'static str,
    },
    /// More than this program takes on.
    #[error("there would be {0}, and at most {1} are possible")]
    TooMany(String, usize),
}

/// The numbers of all runs.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    width: usize,
    /// Run after run.
    numbers: Vec<f64>,
}

impl Sample {
    /// How many runs there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.numbers.len() / self.width.max(1)
    }

    /// Whether there are no runs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }

    /// The numbers of a run, in the order of the parameters.
    #[must_use]
    pub fn row(&self, run: usize) -> &[f64] {
        self.numbers
            .get(run * self.width..(run + 1) * self.width)
            .unwrap_or_default()
    }

    /// The numbers of a parameter, run after run.
    pub fn column(&self, parameter: usize) -> impl Iterator<Item = f64> {
        let rows = self.numbers.chunks_exact(self.width.max(1));
        rows.filter_map(move |row| row.get(parameter).copied())
    }
}

/// The numbers of the parameters in each run.
///
/// # Errors
/// A parameter is chosen twice or has a range that makes no sense, or there are too many runs.
pub fn sample(parameters: &[Parameter], plan: Plan) -> Result<Sample, SampleError> {
    if parameters.is_empty() {
        return Err(SampleError::NoParameters);
    }
    let width = parameters.len();
    if width > MOST_PARAMETERS {
        let parameters = format!("{width} parameters");
        return Err(SampleError::TooMany(parameters, MOST_PARAMETERS));
    }
    for (at, parameter) in parameters.iter().enumerate() {
        let name = parameter.name.clone();
        if parameters[..at].iter().any(|before| before.name == name) {
            return Err(SampleError::Twice(name));
        }
        if let Some(flaw) = parameter.range.flaw() {
            return Err(SampleError::Range { name, flaw });
        }
    }
    let too_many = |runs: String| SampleError::TooMany(format!("{runs} runs"), MOST_RUNS);
    match plan {
        Plan::LatinHypercube { runs: 0, .. } | Plan::Grid { levels: 0 } => Err(SampleError::NoRuns),
        Plan::LatinHypercube { runs, .. } if runs > MOST_RUNS => Err(too_many(runs.to_string())),
        Plan::LatinHypercube { runs, seed } => {
            let mut numbers = latin(width, runs, seed);
            for row in numbers.chunks_exact_mut(width) {
                for (number, parameter) in row.iter_mut().zip(parameters) {
                    *number = parameter.range.quantile(*number);
                }
            }
            Ok(Sample { width, numbers })
        }
        Plan::Grid { levels } => {
            if levels > MOST_RUNS {
                return Err(too_many(format!("more than {levels}")));
            }
            let levels: Vec<Vec<f64>> = parameters
                .iter()
                .map(|parameter| parameter.range.levels(levels))
                .collect();
            let mut runs = 1_usize;
            for own in &levels {
                runs = runs.saturating_mul(own.len());
                if runs > MOST_RUNS {
                    return Err(too_many(format!("at least {runs}")));
                }
            }
            let mut numbers = Vec::with_capacity(runs * width);
            for run in 0..runs {
                let mut block = runs;
                for own in &levels {
                    block /= own.len();
                    numbers.push(own[run / block % own.len()]);
                }
            }
            Ok(Sample { width, numbers })
        }
    }
}

/// Shares above 0 and below 1, row after row: each column has one in each of as many equal parts as
/// there are rows, in random order. A column has numbers of its own, whatever the others are.
pub(in crate::simulate) fn latin(width: usize, rows: usize, seed: u64) -> Vec<f64> {
    let mut shares = vec![0.0; width * rows];
    for (column, place) in (0..width).zip(1_u64..) {
        let mut series = Series::new(seed, place);
        let mut order: Vec<usize> = (0..rows).collect();
        // Fisher & Yates.
        for last in (1..rows).rev() {
            let other = (series.unit() * (last + 1) as f64) as usize;
            order.swap(last, other.min(last));
        }
        for (row, part) in order.into_iter().enumerate() {
            shares[row * width + column] = (part as f64 + series.unit()) / rows as f64;
        }
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::{Parameter, Plan, SampleError, latin, sample};
    use crate::equation::Name;
    use crate::simulate::sensitivity::range::Range;
    use proptest::prelude::*;

    fn parameter(name: &str, range: Range) -> Parameter {
        Parameter {
            name: Name::new(name),
            range,
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        #[test]
        fn each_part_has_one(width in 1_usize..6, rows in 1_usize..200, seed: u64) {
            let shares = latin(width, rows, seed);
            for column in 0..width {
                let mut parts: Vec<usize> = (0..rows)
                    .map(|row| (shares[row * width + column] * rows as f64) as usize)
                    .collect();
                parts.sort_unstable();
                prop_assert!(parts.into_iter().eq(0..rows));
            }
            // Another column changes nothing of those before it.
            let wider = latin(width + 1, rows, seed);
            for row in 0..rows {
                prop_assert_eq!(&wider[row * (width + 1)..][..width], &shares[row * width..][..width]);
            }
        }

        #[test]
        fn a_grid_has_all_pairs(first in 1_usize..8, second in 1_usize..5) {
            let list: Vec<f64> = (0..second).map(|at| at as f64).collect();
            let uniform = Range::Uniform { low: 0.0, high: 1.0 };
            let parameters = [parameter("a", uniform.clone()), parameter("b", Range::List(list.clone()))];
            let found = sample(&parameters, Plan::Grid { levels: first }).unwrap();
            let mut wanted = Vec::new();
            for a in uniform.levels(first) {
                wanted.extend(list.iter().map(|b| vec![a, *b]));
            }
            prop_assert_eq!(found.len(), wanted.len());
            for (run, wanted) in wanted.iter().enumerate() {
                prop_assert_eq!(found.row(run), &wanted[..]);
            }
        }
    }

    #[test]
    fn parameters_are_independent() {
        let shares = latin(2, 20_000, 3);
        let product: f64 = shares
            .chunks_exact(2)
            .map(|row| (row[0] - 0.5) * (row[1] - 0.5))
            .sum();
        assert!((product / 20_000.0 * 12.0).abs() < 0.03, "{product}");
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        let plan = Plan::LatinHypercube { runs: 10, seed: 1 };
        let unit = Range::Uniform {
            low: 0.0,
            high: 1.0,
        };
        let one = [parameter("a", unit.clone())];
        assert_eq!(sample(&[], plan), Err(SampleError::NoParameters));
        let none = Plan::LatinHypercube { runs: 0, seed: 1 };
        assert_eq!(sample(&one, none), Err(SampleError::NoRuns));
        let twice = [parameter("a", unit.clone()), parameter("A", unit.clone())];
        assert_eq!(
            sample(&twice, plan),
            Err(SampleError::Twice(Name::new("a")))
        );
        let flawed = [parameter(
            "a",
            Range::Uniform {
                low: 1.0,
                high: 0.0,
            },
        )];
        assert_eq!(
            sample(&flawed, plan).unwrap_err().to_string(),
            "the parameter “a” has its lowest number above its highest"
        );
        let many: Vec<_> = (0..20)
            .map(|n| parameter(&n.to_string(), unit.clone()))
            .collect();
        assert_eq!(
            sample(&many, Plan::Grid { levels: 10 })
                .unwrap_err()
                .to_string(),
            "there would be at least 1000000 runs, and at most 100000 are possible"
        );
    }
}
