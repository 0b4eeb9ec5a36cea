//! How a run went over time, in bounded memory.

use super::digest::Digest;
use super::tally::Totals;

/// Parts of a run at whose ends all sums are kept; what is cut off at the start is whole parts.
pub const PERIODS: usize = 20;
/// Points of the courses over time: work in the line, items come and gone.
pub const POINTS: usize = 1_000;
/// Means of lead times that are kept: beyond it two neighbours become one.
const MOST_MEANS: usize = 4_000;
/// Lead times in a mean at first, as MSER-5 has it.
const IN_A_MEAN: u64 = 5;
/// Items of the scatter over time: beyond it every second one is left out.
const MOST_DOTS: usize = 4_000;

/// How a run went over time.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    /// How long the run is to be.
    pub(super) length: f64,
    /// Sums at the end of each period.
    pub(super) periods: Vec<Totals>,
    /// By period: the lead times of those that left in it.
    pub(super) leads: Vec<Digest>,
    pub(super) means: Means,
    /// At each point: the time of items inside since the point before, items come, items gone.
    pub(super) course: Vec<Point>,
    /// By point and station: items gone on so far, if that is asked for.
    pub(super) flow: Option<Vec<u32>>,
    dots: Vec<(f64, f64)>,
    every: u64,
    seen: u64,
}

/// The state of a line at a point of time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// When.
    pub time: f64,
    /// Items in the line since the point before, the mean over time.
    pub inside: f64,
    /// Items that have come so far.
    pub arrived: u64,
    /// Items that have left so far.
    pub left: u64,
}

/// Means of so many lead times each, in the order in which items left.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Means {
    pub(super) means: Vec<f64>,
    /// How many lead times are in each.
    pub(super) size: u64,
    sum: f64,
    count: u64,
}

impl Means {
    const fn new() -> Self {
        Self {
            means: Vec::new(),
            size: IN_A_MEAN,
            sum: 0.0,
            count: 0,
        }
    }

    #[inline]
    fn push(&mut self, span: f64) {
        self.sum += span;
        self.count += 1;
        if self.count == self.size {
            self.means.push(self.sum / self.size as f64);
            (self.sum, self.count) = (0.0, 0);
            if self.means.len() == MOST_MEANS {
                self.means = pairs(&self.means);
                self.size *= 2;
            }
        }
    }

    /// The means of so many lead times each, a multiple of its own by a power of two.
    pub(super) fn of_size(&self, size: u64) -> Vec<f64> {
        let mut means = self.means.clone();
        let mut own = self.size;
        while own < size {
            means = pairs(&means);
            own *= 2;
        }
        means
    }
}

/// The means of each two neighbours.
fn pairs(means: &[f64]) -> Vec<f64> {
    let pairs = means.chunks_exact(2);
    pairs.map(|pair| f64::midpoint(pair[0], pair[1])).collect()
}

impl History {
    pub(super) fn new(length: f64, stations: Option<usize>) -> Self {
        Self {
            length,
            periods: Vec::with_capacity(PERIODS),
            leads: vec![Digest::new(); PERIODS],
            means: Means::new(),
            course: Vec::with_capacity(POINTS),
            flow: stations.map(|stations| Vec::with_capacity(stations * POINTS)),
            dots: Vec::new(),
            every: 1,
            seen: 0,
        }
    }

    /// When the next point is.
    pub(super) fn next_point(&self) -> f64 {
        let point = self.course.len() + 1;
        if point > POINTS {
            return f64::INFINITY;
        }
        self.length * point as f64 / POINTS as f64
    }

    /// Whether a period ends at the next point.
    pub(super) fn next_is_period(&self) -> bool {
        (self.course.len() + 1).is_multiple_of(POINTS / PERIODS)
    }

    /// Notes how things stand at a point: the counts, the time of items inside since the point
    /// before, and all sums if a period ends.
    pub(super) fn note_point(
        &mut self,
        time: f64,
        counts: &Totals,
        inside: f64,
        period: Option<Totals>,
    ) {
        let before = self.course.last().map_or(0.0, |point| point.time);
        self.course.push(Point {
            time,
            inside: inside / (time - before),
            arrived: counts.arrived,
            left: counts.left,
        });
        if let Some(flow) = &mut self.flow {
            let went = counts.went.iter();
            flow.extend(went.map(|count| u32::try_from(*count).unwrap_or(u32::MAX)));
        }
        self.periods.extend(period);
    }

    /// Notes an item that leaves.
    #[inline]
    pub(super) fn note_left(&mut self, time: f64, lead: f64) {
        let period = self.periods.len().min(PERIODS - 1);
        self.leads[period].push(lead);
        self.means.push(lead);
        if self.seen.is_multiple_of(self.every) {
            self.dots.push((time, lead));
            if self.dots.len() == MOST_DOTS {
                let mut index = 0_usize;
                self.dots.retain(|_| {
                    index += 1;
                    index % 2 == 1
                });
                self.every *= 2;
            }
        }
        self.seen += 1;
    }

    /// The course over time.
    #[must_use]
    pub fn course(&self) -> &[Point] {
        &self.course
    }

    /// When items left and how long each had been in the line; of many only some, evenly.
    #[must_use]
    pub fn scatter(&self) -> &[(f64, f64)] {
        &self.dots
    }

    /// How many items each dot of the scatter stands for.
    #[must_use]
    pub const fn items_a_dot(&self) -> u64 {
        self.every
    }

    /// Items that have gone on from a station up to each point, if that was asked for: the
    /// cumulative flow.
    #[must_use]
    pub fn flow(&self, station: usize) -> Option<Vec<u32>> {
        let flow = self.flow.as_ref()?;
        let stations = flow.len().checked_div(self.course.len())?;
        Some(
            flow.iter()
                .skip(station)
                .step_by(stations)
                .copied()
                .collect(),
        )
    }

    /// Sums at the end of each period.
    #[must_use]
    pub fn periods(&self) -> &[Totals] {
        &self.periods
    }

    /// The lead times of those that left in the periods from one on, with what each counts.
    #[must_use]
    pub fn leads_from(&self, period: usize) -> Vec<(f64, u64)> {
        Digest::weighted_of(&self.leads[period.min(PERIODS)..])
    }
}
