//! What a calibration has found: numbers, how near they come, and how sure they are.

use std::fmt;

use super::data::{Sought, Target, Targets};
use super::descent::{Stop, product, square};
use super::student;
use crate::equation::Name;
use crate::simulate::linear::Cholesky;

/// The share of the probability that an interval holds.
const SHARE: f64 = 0.95;
/// Above this correlation two numbers cannot be told apart.
const ALIKE: f64 = 0.99;
/// Slopes whose cosine is nearer to 1 than that lie along each other.
const ALONG: f64 = 1e-9;
/// A number is at a bound if it is nearer to it than this part of their distance.
const NEAR: f64 = 1e-9;

/// For each sought number the slope of what is left at each point; none where it is not known.
pub(super) type Slopes = Vec<Option<Vec<f64>>>;

/// Where one search came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Attempt {
    /// Where it began, in the order of the sought numbers.
    pub start: Vec<f64>,
    /// Where it ended.
    pub numbers: Vec<f64>,
    /// The sum of the squares of what is left there, each point times the weight of its series;
    /// none where the model gave no finite numbers.
    pub sum: Option<f64>,
    /// Why it ended.
    pub stop: Stop,
}

/// Where a number lies between its bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Between them.
    Within,
    /// At the lower bound: a lower number might come nearer to the data.
    AtLow,
    /// At the upper bound: a higher number might come nearer to the data.
    AtHigh,
}

/// A number that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Fitted {
    /// The variable.
    pub name: Name,
    /// The number.
    pub value: f64,
    /// Where it lies between its bounds.
    pub standing: Standing,
    /// Approximate: within these lies the number with 95 %, if the model is right, nearly linear
    /// near the best numbers, and what is left is normal and independent. Bounds do not count.
    /// None at a bound, where numbers cannot be told apart at all, or where there are no more points
    /// than numbers.
    pub interval: Option<(f64, f64)>,
}

/// A value of a series, and what the model has at its time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Compared {
    /// The time.
    pub time: f64,
    /// What was observed.
    pub observed: f64,
    /// What the model has with the best numbers.
    pub computed: f64,
}

/// A series, and how near the model comes to it.
#[derive(Clone, Debug, PartialEq)]
pub struct FittedSeries {
    /// The column of a run that it is about.
    pub output: String,
    /// Its values.
    pub points: Vec<Compared>,
    /// How many values were missing, and how many were before or after the run.
    pub missing: usize,
    /// How many values were before or after the run.
    pub outside: usize,
    /// What a distance was multiplied by, before it was squared.
    pub weight: f64,
    /// The square root of the mean of the squared distances, in the units of the series.
    pub error: f64,
    /// The share of the spread of the data that the model has too: 1 less the squared distances
    /// over the squared distances from the mean. Below 0 where the mean would come nearer. None
    /// where the data are all the same.
    pub r_squared: Option<f64>,
}

/// Numbers that these data say nothing of, or cannot tell apart.
#[derive(Clone, Debug, PartialEq)]
pub enum Confusion {
    /// It changes nothing that was observed.
    Idle(Name),
    /// Two that change the results in nearly the same way. Their correlation, from -1 to 1.
    Pair(Name, Name, f64),
    /// Several that together change the results as others of them do.
    Several(Vec<Name>),
}

impl fmt::Display for Confusion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Idle(name) => write!(f, "“{name}” changes nothing that was observed."),
            Self::Pair(a, b, correlation) => write!(
                f,
                "These data cannot tell “{a}” and “{b}” apart: a change of one can be made up for \
                 by the other (correlation {correlation:.3})."
            ),
            Self::Several(names) => {
                let names: Vec<_> = names.iter().map(|name| format!("“{name}”")).collect();
                let names = names.join(", ");
                write!(
                    f,
                    "These data cannot tell {names} apart: only some of them can be found."
                )
            }
        }
    }
}

/// What a calibration has found.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    /// The numbers, in the order in which they were sought.
    pub numbers: Vec<Fitted>,
    /// The series.
    pub series: Vec<FittedSeries>,
    /// The sum of the squares of what is left, each point times the weight of its series.
    pub sum: f64,
    /// How many points were compared.
    pub points: usize,
    /// Why the search that found it ended.
    pub stop: Stop,
    /// Numbers that cannot be told apart.
    pub confusions: Vec<Confusion>,
    /// All searches, in their order.
    pub attempts: Vec<Attempt>,
    /// How many of them came to about the same sum, to a millionth.
    pub agreeing: usize,
}

impl Fit {
    pub(super) fn new(
        sought: &[Sought],
        targets: &Targets,
        best: &Attempt,
        computed: &[f64],
        slopes: &Slopes,
        attempts: Vec<Attempt>,
    ) -> Self {
        let standings: Vec<Standing> = sought
            .iter()
            .zip(&best.numbers)
            .map(|(one, value)| standing(one, *value))
            .collect();
        let sum = square(&targets.residuals(computed));
        let free: Vec<usize> = (0..sought.len())
            .filter(|&at| standings[at] == Standing::Within)
            .collect();
        let sureness = sureness(sought, &free, slopes, sum, targets.count());
        let numbers = sought.iter().enumerate().map(|(at, one)| {
            let value = best.numbers[at];
            let half = sureness.halves[at];
            Fitted {
                name: one.name.clone(),
                value,
                standing: standings[at],
                interval: half.map(|half| (value - half, value + half)),
            }
        });
        let mut series = Vec::new();
        let mut rest = computed;
        for target in &targets.series {
            let (own, after) = rest.split_at(target.points.len());
            series.push(compared(target, own));
            rest = after;
        }
        let is_near = |one: &&Attempt| {
            let known = one.sum.zip(best.sum);
            known.is_some_and(|(own, best)| own - best <= 1e-6 * best.max(1e-12))
        };
        Self {
            numbers: numbers.collect(),
            series,
            sum,
            points: targets.count(),
            stop: best.stop,
            confusions: sureness.confusions,
            agreeing: attempts.iter().filter(is_near).count(),
            attempts,
        }
    }
}

fn standing(one: &Sought, value: f64) -> Standing {
    let near = NEAR * (one.high - one.low);
    if value - one.low <= near {
        Standing::AtLow
    } else if one.high - value <= near {
        Standing::AtHigh
    } else {
        Standing::Within
    }
}

fn compared(target: &Target, computed: &[f64]) -> FittedSeries {
    let pairs = target.points.iter().zip(computed);
    let points: Vec<Compared> = pairs
        .map(|(point, computed)| Compared {
            time: point.time,
            observed: point.observed,
            computed: *computed,
        })
        .collect();
    let count = points.len() as f64;
    let mean = points.iter().map(|point| point.observed).sum::<f64>() / count;
    let spread: f64 = points
        .iter()
        .map(|point| (point.observed - mean).powi(2))
        .sum();
    let left: f64 = points
        .iter()
        .map(|point| (point.observed - point.computed).powi(2))
        .sum();
    FittedSeries {
        output: target.output.clone(),
        missing: target.missing,
        outside: target.outside,
        weight: target.weight,
        error: (left / count).sqrt(),
        r_squared: (spread > 0.0).then(|| 1.0 - left / spread),
        points,
    }
}

/// How sure the numbers are.
struct Sureness {
    /// Half of the interval of each.
    halves: Vec<Option<f64>>,
    confusions: Vec<Confusion>,
}

/// From the slopes at the best numbers: were the model linear, the numbers would be spread by the
/// inverse of the products of the slopes, times the mean square of what is left.
fn sureness(
    sought: &[Sought],
    free: &[usize],
    slopes: &Slopes,
    sum: f64,
    points: usize,
) -> Sureness {
    let mut found = Sureness {
        halves: vec![None; sought.len()],
        confusions: Vec::new(),
    };
    let name = |at: usize| sought[at].name.clone();
    let mut known: Vec<(usize, &[f64], f64)> = Vec::new();
    for &at in free {
        let Some(slope) = slopes[at].as_deref() else {
            // Where it has no slope, nothing can be said of any.
            return found;
        };
        let length = square(slope).sqrt();
        if length > 0.0 {
            known.push((at, slope, length));
        } else {
            found.confusions.push(Confusion::Idle(name(at)));
        }
    }
    let size = known.len();
    let cells = known.iter().flat_map(|(_, a, long)| {
        known
            .iter()
            .map(move |(_, b, wide)| product(a, b) / (long * wide))
    });
    let cosines: Vec<f64> = cells.collect();
    let pairs = || (0..size).flat_map(|a| (a + 1..size).map(move |b| (a, b)));
    let Some(taken) = Cholesky::of(&cosines, size) else {
        let before = found.confusions.len();
        for (a, b) in pairs() {
            let cosine = cosines[a * size + b];
            if 1.0 - cosine.abs() < ALONG {
                // What one does is undone by the other: numbers go against slopes.
                let pair = Confusion::Pair(name(known[a].0), name(known[b].0), -cosine.signum());
                found.confusions.push(pair);
            }
        }
        if found.confusions.len() == before {
            let names = known.iter().map(|(at, ..)| name(*at));
            found.confusions.push(Confusion::Several(names.collect()));
        }
        return found;
    };
    let spread = taken.inverse();
    for (a, b) in pairs() {
        let own = (spread[a * size + a] * spread[b * size + b]).sqrt();
        let correlation = spread[a * size + b] / own;
        if correlation.abs() > ALIKE {
            let pair = Confusion::Pair(name(known[a].0), name(known[b].0), correlation);
            found.confusions.push(pair);
        }
    }
    let freedom = points.saturating_sub(size);
    if freedom > 0 {
        let times = student::quantile(SHARE, u32::try_from(freedom).unwrap_or(u32::MAX));
        let mean = sum / freedom as f64;
        for (row, (at, _, length)) in known.iter().enumerate() {
            let deviation = (mean * spread[row * size + row]).sqrt() / length;
            found.halves[*at] = Some(times * deviation);
        }
    }
    found
}
