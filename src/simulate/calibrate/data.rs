//! What was observed, and what is sought.

use thiserror::Error;

use crate::equation::{Fault, Name};
use crate::simulate::compile::{Compiled, Grid};
use crate::simulate::results::Results;

/// The most numbers that are sought at once.
const MOST_SOUGHT: usize = 50;
/// The most points of all series together.
const MOST_POINTS: usize = 200_000;

/// A number that is sought, between two bounds. It has the units of its variable.
#[derive(Clone, Debug, PartialEq)]
pub struct Sought {
    /// The variable.
    pub name: Name,
    /// It is not below this.
    pub low: f64,
    /// It is not above this.
    pub high: f64,
    /// Where the first search begins; none for the middle of the bounds.
    pub start: Option<f64>,
}

/// A series of measurements.
#[derive(Clone, Debug, PartialEq)]
pub struct Observed {
    /// The column of a run that it is about, such as `population` or `stock[A]`.
    pub output: String,
    /// Times and values, in the units of the model. A value that is missing, or no finite number, is
    /// skipped. So is a time before or after the run.
    pub points: Vec<(f64, Option<f64>)>,
    /// How much it counts.
    pub weight: Weight,
}

/// What the distance from a measurement to the model is multiplied by, before it is squared.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Weight {
    /// One over the standard deviation of the series itself. So series of any size count alike.
    #[default]
    BySpread,
    /// A number above 0, such as one over the error of measuring.
    Times(f64),
}

/// Why there is nothing to search for.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum CalibrationError {
    /// The model cannot run.
    #[error("{}", .0.first().map_or_else(String::new, ToString::to_string))]
    Model(Vec<Fault>),
    /// Numbers that are sought change the times of a run.
    #[error(
        "{} changes the times of a run, and cannot be found from data",
        .0.iter().map(|name| format!("“{name}”")).collect::<Vec<_>>().join(" and ")
    )]
    Times(Vec<Name>),
    /// Nothing is sought, or too much.
    #[error("from 1 to {MOST_SOUGHT} numbers can be sought at once, and here are {0}")]
    SoughtCount(usize),
    /// The same number twice.
    #[error("“{0}” is sought twice")]
    Twice(Name),
    /// Bounds that make no sense.
    #[error("the bounds of “{0}” are no finite numbers, or the lower is not below the upper")]
    Bounds(Name),
    /// The search would begin outside of the bounds.
    #[error("the search for “{0}” would begin outside of its bounds")]
    Start(Name),
    /// No series, or too many points.
    #[error("there are {0} points in all, and there can be from 1 to {MOST_POINTS}")]
    PointCount(usize),
    /// A series of something that the model does not have.
    #[error("there is no “{0}” among the results")]
    UnknownOutput(String),
    /// A series without a value within the time of the run.
    #[error("the data of “{0}” have no value within the time of the run")]
    NoPoints(String),
    /// A series whose values are all the same has no standard deviation to be weighed by.
    #[error("the data of “{0}” are all the same or a single value: say how much they count")]
    NoSpread(String),
    /// A weight that makes no sense.
    #[error("the weight of “{0}” is not above 0")]
    Weight(String),
    /// Starts that make no sense.
    #[error("from 1 to 1000 searches are possible, and here are {0}")]
    StartCount(usize),
}

/// A value that was observed, and where the model has it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Point {
    pub time: f64,
    pub observed: f64,
    /// The saved row at or before its time.
    row: usize,
    /// The part of the way to the next row, from 0, below 1.
    part: f64,
}

impl Point {
    /// What the model has at that time: straight between saved rows.
    fn computed(self, results: &Results, column: usize) -> f64 {
        let at = |row: usize| results.row(row).get(column).copied().unwrap_or(f64::NAN);
        if self.part == 0.0 {
            return at(self.row);
        }
        at(self.row) * (1.0 - self.part) + at(self.row + 1) * self.part
    }
}

/// A series, ready to be compared.
#[derive(Clone, Debug)]
pub(super) struct Target {
    pub output: String,
    column: usize,
    pub points: Vec<Point>,
    pub weight: f64,
    pub missing: usize,
    pub outside: usize,
}

impl Target {
    fn of(observed: &Observed, model: &Compiled, times: &[f64]) -> Result<Self, CalibrationError> {
        let wanted = Name::new(&observed.output);
        let mut columns = model.columns().iter();
        let column = columns.position(|column| Name::new(&column.name) == wanted);
        let column =
            column.ok_or_else(|| CalibrationError::UnknownOutput(observed.output.clone()))?;
        let output = model.columns()[column].name.clone();
        let (mut missing, mut outside) = (0, 0);
        let mut points = Vec::new();
        for &(time, value) in &observed.points {
            let Some(value) = value.filter(|value| value.is_finite()) else {
                missing += 1;
                continue;
            };
            match place(times, time) {
                Some((row, part)) => points.push(Point {
                    time,
                    observed: value,
                    row,
                    part,
                }),
                None => outside += 1,
            }
        }
        if points.is_empty() {
            return Err(CalibrationError::NoPoints(output));
        }
        let weight = match observed.weight {
            Weight::Times(weight) if weight > 0.0 && weight.is_finite() => weight,
            Weight::Times(_) => return Err(CalibrationError::Weight(output)),
            Weight::BySpread => {
                let weight = 1.0 / deviation(&points);
                if !weight.is_finite() {
                    return Err(CalibrationError::NoSpread(output));
                }
                weight
            }
        };
        Ok(Self {
            output,
            column,
            points,
            weight,
            missing,
            outside,
        })
    }
}

/// The standard deviation of what was observed, as of a sample.
fn deviation(points: &[Point]) -> f64 {
    let count = points.len() as f64;
    let mean = points.iter().map(|point| point.observed).sum::<f64>() / count;
    let squares = points.iter().map(|point| (point.observed - mean).powi(2));
    (squares.sum::<f64>() / (count - 1.0)).sqrt()
}

/// The saved row at or before a time, and the part of the way to the next. A time may miss a row by
/// a billionth of the distance of rows.
fn place(times: &[f64], time: f64) -> Option<(usize, f64)> {
    const SLACK: f64 = 1e-9;
    let next = times.partition_point(|known| *known <= time);
    let before = next.checked_sub(1);
    let wide = |row: usize| Some(times.get(row + 1)? - times.get(row)?);
    for row in [before, Some(next)].into_iter().flatten() {
        let known = *times.get(row)?;
        let wide = wide(row).or_else(|| wide(row.checked_sub(1)?));
        if known == time || (known - time).abs() <= SLACK * wide.unwrap_or(0.0) {
            return Some((row, 0.0));
        }
    }
    let row = before?;
    Some((row, (time - times[row]) / wide(row)?))
}

/// All that is compared.
#[derive(Clone, Debug)]
pub(super) struct Targets {
    pub series: Vec<Target>,
}

impl Targets {
    pub(super) fn new(
        observed: &[Observed],
        model: &Compiled,
        grid: Grid,
    ) -> Result<Self, CalibrationError> {
        let count = observed.iter().map(|one| one.points.len()).sum();
        if count == 0 || count > MOST_POINTS {
            return Err(CalibrationError::PointCount(count));
        }
        let times: Vec<f64> = grid.saved().map(|step| grid.time(step)).collect();
        let series = observed.iter().map(|one| Target::of(one, model, &times));
        Ok(Self {
            series: series.collect::<Result<_, _>>()?,
        })
    }

    /// How many points are compared.
    pub(super) fn count(&self) -> usize {
        self.series.iter().map(|target| target.points.len()).sum()
    }

    /// What the model has at all points, series after series.
    pub(super) fn computed(&self, results: &Results) -> Vec<f64> {
        let values = self.series.iter().flat_map(|target| {
            let points = target.points.iter();
            points.map(|point| point.computed(results, target.column))
        });
        values.collect()
    }

    /// Computed less observed, each times the weight of its series.
    pub(super) fn residuals(&self, computed: &[f64]) -> Vec<f64> {
        let points = self.series.iter().flat_map(|target| {
            let points = target.points.iter();
            points.map(|point| (point.observed, target.weight))
        });
        let pairs = computed.iter().zip(points);
        pairs
            .map(|(computed, (observed, weight))| (computed - observed) * weight)
            .collect()
    }
}

/// Whether what is sought makes sense.
pub(super) fn check(sought: &[Sought]) -> Result<(), CalibrationError> {
    if sought.is_empty() || sought.len() > MOST_SOUGHT {
        return Err(CalibrationError::SoughtCount(sought.len()));
    }
    for (at, one) in sought.iter().enumerate() {
        let name = || one.name.clone();
        if sought[..at].iter().any(|before| before.name == one.name) {
            return Err(CalibrationError::Twice(name()));
        }
        if !one.low.is_finite() || !one.high.is_finite() || one.low >= one.high {
            return Err(CalibrationError::Bounds(name()));
        }
        if let Some(start) = one.start
            && !(one.low..=one.high).contains(&start)
        {
            return Err(CalibrationError::Start(name()));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::place;
    use proptest::prelude::*;

    #[test]
    fn times_lie_on_rows_or_between_them() {
        let times = [0.0, 1.0, 3.0];
        assert_eq!(place(&times, 0.0), Some((0, 0.0)));
        assert_eq!(place(&times, 0.25), Some((0, 0.25)));
        assert_eq!(place(&times, 1.0), Some((1, 0.0)));
        assert_eq!(place(&times, 1.5), Some((1, 0.25)));
        assert_eq!(place(&times, 3.0), Some((2, 0.0)));
        assert_eq!(place(&times, 3.0 + 1e-12), Some((2, 0.0)));
        assert_eq!(place(&times, -1e-12), Some((0, 0.0)));
        assert_eq!(place(&times, 1.0 - 1e-12), Some((1, 0.0)));
        for outside in [-0.1, 3.1, f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(place(&times, outside), None, "{outside}");
        }
        assert_eq!(place(&[2.0], 2.0), Some((0, 0.0)));
        assert_eq!(place(&[2.0], 2.5), None);
    }

    proptest! {
        #[test]
        fn a_place_goes_back_to_its_time(steps in proptest::collection::vec(0.01..3.0_f64, 1..20), share in 0.0..1.0_f64) {
            let mut times = vec![5.0];
            for step in steps {
                times.push(times[times.len() - 1] + step);
            }
            let last = times[times.len() - 1];
            let time = 5.0 + share * (last - 5.0);
            let (row, part) = place(&times, time).unwrap();
            let next = times.get(row + 1).copied().unwrap_or(times[row]);
            prop_assert!((times[row] + part * (next - times[row]) - time).abs() < 1e-7);
        }
    }
}
