//! What comes of a study: each number with its interval.

use super::digest::quantile_of;
use super::history::{PERIODS, POINTS};
use super::intervals::Interval;
use super::study::{LeftOut, Replication, Study, period_of};
use super::tally::{Cause, Doing, Totals};
use super::warm_up::{fives, mean_over, mser};

/// What comes of a study. Spans are in the unit of time of the plan, rates in items per unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Results {
    /// Replications that it rests on.
    pub replications: usize,
    /// What was left out at the start: so many twentieths of the length.
    pub left_out: usize,
    /// Whether the results can be trusted as those of a steady state.
    pub steadiness: Steadiness,
    /// Lead time: from the coming of an item to its leaving; none if in some replication none left.
    pub lead: Option<Interval>,
    /// Lead times that 50, 85 and 95 of 100 items are within.
    pub percentiles: Option<[Interval; 3]>,
    /// Items that leave.
    pub throughput: Interval,
    /// Items in the line.
    pub inside: Interval,
    /// Items that wait outside until there is room.
    pub outside: Interval,
    /// Items turned away, as a part of all that come.
    pub turned_away: Interval,
    /// The part of the lead time that is work.
    pub working_part: Option<Interval>,
    /// Items that were in the line at the end of a replication, and so have no lead time yet: the
    /// mean number.
    pub unfinished: f64,
    /// By station.
    pub stations: Vec<StationResults>,
    /// By crew.
    pub crews: Vec<CrewResults>,
    /// By class of items: lead time; none if in some replication none left.
    pub by_class: Vec<Option<Interval>>,
    /// Events of all replications.
    pub events: u64,
}

/// Which percentiles [`Results::percentiles`] has.
pub const SHARES: [f64; 3] = [0.5, 0.85, 0.95];

/// Whether a line settles.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Steadiness {
    /// It does, as far as can be seen.
    Steady,
    /// More comes than leaves: the number of items grows by so many per unit of time, so that there
    /// is no mean.
    Grows(Interval),
    /// MSER-5 would leave out more than half: the replications are too short.
    TooShort,
    /// Half the width of the interval of the mean lead time is more than a quarter of it: the
    /// replications are too short, or too few.
    TooVague,
    /// In some replication nothing can happen any more, with work left: each waits for another. Or
    /// something goes round without taking time.
    Stuck,
}

/// What comes of a station.
#[derive(Clone, Debug, PartialEq)]
pub struct StationResults {
    /// Items there, by what they wait for or what is done with them: the mean number over time, in
    /// the order of [`Cause::AT_STATION`].
    pub items: [Interval; 10],
    /// Items there that wait until somebody begins with them: for who is free, a batch, other parts,
    /// or something in stock.
    pub waiting: Interval,
    /// How long an item waits so each time it comes: the mean number over the throughput, with the
    /// interval of a ratio (Law, *Simulation Modeling and Analysis*, ch. 9); none if nothing goes on.
    pub wait: Option<Interval>,
    /// All items there.
    pub all: Interval,
    /// Items that go on, per unit of time.
    pub throughput: Interval,
    /// How long an item is there each time it comes, by the same causes: the mean number over the
    /// throughput (Little's law).
    pub time: [f64; 10],
    /// The wait that 85 of 100 visits are within, where the study notes waits, in its first replications: for somebody free, for a
    /// batch, for other parts or for stock, and where nothing is done until it can go on.
    pub wait_85: Option<f64>,
    /// Servers at work, setting up, blocked, and down with work on them: the mean number over time.
    pub servers: [Interval; 4],
}

/// What comes of a crew: parts of the time of all its servers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CrewResults {
    /// At work.
    pub work: Interval,
    /// Setting up.
    pub set_up: Interval,
    /// At work or setting up.
    pub busy: Interval,
    /// With work that is done and cannot go on.
    pub blocked: Interval,
    /// Without work: starved.
    pub starved: Interval,
    /// Down.
    pub down: Interval,
}

/// Makes the interval of a number that each replication has.
type Over<'a> = &'a dyn Fn(&dyn Fn(&Totals) -> f64) -> Interval;

/// Half a width over this part of the mean is too vague.
const VAGUE: f64 = 0.25;
/// Growth over this part of what comes is growth.
const GROWTH: f64 = 0.005;

impl Results {
    pub(super) fn of(study: &Study) -> Option<Self> {
        let done = study.replications();
        let first = done.first()?;
        let level = study.settings().level;
        let (left_out, is_too_long) = left_out(study);
        let spans: Vec<Totals> = done.iter().map(|one| one.since(left_out)).collect();
        let over = |number: &dyn Fn(&Totals) -> f64| -> Interval {
            let numbers: Vec<f64> = spans.iter().map(number).collect();
            interval(&numbers, level)
        };
        let has_left = spans.iter().all(|span| span.left > 0);
        let lead = has_left.then(|| over(&|span| span.lead / span.left as f64));
        let percentiles = has_left
            .then(|| percentiles(done, left_out, level))
            .flatten();
        let working_part = has_left.then(|| {
            over(&|span| {
                let size = span.came.len();
                let work: f64 = (0..size).map(|here| span.items(here, Cause::Work)).sum();
                let all = span.inside + span.outside;
                if all > 0.0 { work / all } else { 0.0 }
            })
        });
        let classes = first.totals.by_class.len();
        let by_class = (0..classes).map(|class| {
            let any = spans.iter().all(|span| span.by_class[class].0 > 0);
            any.then(|| over(&|span| span.by_class[class].1 / span.by_class[class].0 as f64))
        });
        let crews = study.plan().crews().enumerate();
        let crews = crews.map(|(crew, (count, steps))| {
            let doing = |what: Doing| {
                over(&|span| {
                    let steps = steps.iter();
                    let sum: f64 = steps.map(|step| span.servers(*step as usize, what)).sum();
                    sum / (f64::from(count) * span.time)
                })
            };
            let all = |time: f64| f64::from(count) * time;
            CrewResults {
                work: doing(Doing::Work),
                set_up: doing(Doing::SetUp),
                busy: over(&|span| {
                    let of = |what: Doing| {
                        let steps = steps.iter();
                        steps
                            .map(|step| span.servers(*step as usize, what))
                            .sum::<f64>()
                    };
                    (of(Doing::Work) + of(Doing::SetUp)) / all(span.time)
                }),
                blocked: doing(Doing::Blocked),
                starved: over(&|span| span.idle(crew) / all(span.time)),
                down: over(&|span| {
                    let steps = steps.iter();
                    let sum: f64 = steps
                        .map(|step| span.servers(*step as usize, Doing::Down))
                        .sum();
                    (sum + span.down(crew)) / all(span.time)
                }),
            }
        });
        let inside_now = done.iter().map(|one| {
            let before = one.totals.arrived - one.totals.left - one.totals.absorbed;
            before as f64
        });
        let mut results = Self {
            replications: done.len(),
            left_out,
            steadiness: Steadiness::Steady,
            lead,
            percentiles,
            throughput: over(&|span| span.left as f64 / span.time),
            inside: over(&|span| span.inside / span.time),
            outside: over(&|span| span.outside / span.time),
            turned_away: over(&|span| {
                let all = span.arrived + span.turned_away;
                span.turned_away as f64 / all.max(1) as f64
            }),
            working_part,
            unfinished: inside_now.sum::<f64>() / done.len() as f64,
            stations: (0..study.plan().size())
                .map(|station| StationResults {
                    wait_85: study
                        .waits()
                        .and_then(|waits| waits.quantile(station, SHARES[1])),
                    ..StationResults::of(station, &over)
                })
                .collect(),
            crews: crews.collect(),
            by_class: by_class.collect(),
            events: done.iter().map(|one| one.totals.events).sum(),
        };
        results.steadiness = results.judge(study, is_too_long);
        Some(results)
    }

    fn judge(&self, study: &Study, is_too_long: bool) -> Steadiness {
        let done = study.replications();
        if done.iter().any(|one| one.is_stuck) {
            return Steadiness::Stuck;
        }
        if let Some(growth) = growth(study) {
            return Steadiness::Grows(growth);
        }
        if is_too_long {
            return Steadiness::TooShort;
        }
        let is_vague = self.lead.is_none_or(|lead| lead.relative() > VAGUE);
        if is_vague {
            return Steadiness::TooVague;
        }
        Steadiness::Steady
    }
}

impl StationResults {
    fn of(station: usize, over: Over<'_>) -> Self {
        let items =
            Cause::AT_STATION.map(|cause| over(&|span| span.items(station, cause) / span.time));
        let throughput = over(&|span| span.went(station) as f64 / span.time);
        let doings = [Doing::Work, Doing::SetUp, Doing::Blocked, Doing::Down];
        let waiting = |span: &Totals| -> f64 {
            let all = Cause::WAITS.map(|cause| span.items(station, cause) / span.time);
            all.iter().sum()
        };
        // The sum of the means is that of the rows of a table.
        let mean = Cause::WAITS.map(|cause| items[cause as usize].mean);
        let waiting_mean: f64 = mean.iter().sum();
        let wait = (throughput.mean > 0.0).then(|| {
            let ratio = waiting_mean / throughput.mean;
            let off = over(&|span| {
                let through = span.went(station) as f64 / span.time;
                (waiting(span) - ratio * through) / throughput.mean
            });
            Interval { mean: ratio, ..off }
        });
        Self {
            waiting: Interval {
                mean: waiting_mean,
                ..over(&waiting)
            },
            wait,
            all: over(&|span| span.all_items(station) / span.time),
            time: items.map(|items| {
                if throughput.mean > 0.0 {
                    items.mean / throughput.mean
                } else {
                    0.0
                }
            }),
            items,
            throughput,
            wait_85: None,
            servers: doings.map(|doing| over(&|span| span.servers(station, doing) / span.time)),
        }
    }

    /// Items there that wait for a cause, or with which something is done.
    #[must_use]
    pub const fn items_of(&self, cause: Cause) -> Option<Interval> {
        let index = cause as usize;
        if index < self.items.len() {
            Some(self.items[index])
        } else {
            None
        }
    }
}

fn interval(numbers: &[f64], level: f64) -> Interval {
    Interval::of(numbers, level).unwrap_or(Interval {
        mean: f64::NAN,
        half_width: f64::INFINITY,
        level,
        count: 0,
    })
}

/// One quantile for each replication, and the interval of those.
fn percentiles(done: &[Replication], from: usize, level: f64) -> Option<[Interval; 3]> {
    let mut numbers: [Vec<f64>; 3] = Default::default();
    for one in done {
        let leads = one.history.leads_from(from);
        for (share, numbers) in SHARES.into_iter().zip(&mut numbers) {
            numbers.push(quantile_of(&leads, share)?);
        }
    }
    Some(numbers.map(|numbers| interval(&numbers, level)))
}

/// What is to be left out at the start, in periods, and whether it is more than half.
fn left_out(study: &Study) -> (usize, bool) {
    let length = study.settings().length;
    match study.settings().warm_up {
        LeftOut::Time(time) => (period_of(time, length), time * 2.0 > length),
        LeftOut::Found => {
            let done = study.replications();
            let (leads, of_leads) = cut_by_leads(done);
            let (inside, of_inside) = cut_by_inside(done);
            let cut = leads.max(inside) * length;
            (period_of(cut, length), of_leads || of_inside)
        }
    }
}

/// The cut by lead times, as a part of the length, and whether MSER-5 finds it too long.
fn cut_by_leads(done: &[Replication]) -> (f64, bool) {
    let size = done.iter().map(|one| one.history.means.size).max();
    let size = size.unwrap_or(1);
    let rows = done.iter().map(|one| one.history.means.of_size(size));
    let mean = mean_over(&rows.collect::<Vec<_>>());
    if mean.len() < 10 {
        return (0.0, true);
    }
    let found = mser(&mean);
    let items = (found.cut as u64 * size) as f64;
    // The time by which as many have left, in the mean.
    let points = done.iter().map(|one| one.history.course.len()).min();
    let passed = (0..points.unwrap_or(0)).find(|point| {
        let left = done
            .iter()
            .map(|one| one.history.course[*point].left as f64);
        left.sum::<f64>() / done.len() as f64 >= items
    });
    let part = match (found.cut, passed) {
        (0, _) => 0.0,
        (_, Some(point)) => (point + 1) as f64 / POINTS as f64,
        (_, None) => 1.0,
    };
    (part, found.is_too_long)
}

/// The cut by items in the line and outside, as a part of the length.
fn cut_by_inside(done: &[Replication]) -> (f64, bool) {
    let rows = done.iter().map(|one| {
        let inside = one.history.course.iter().map(|point| point.inside);
        fives(&inside.collect::<Vec<_>>())
    });
    let mean = mean_over(&rows.collect::<Vec<_>>());
    if mean.len() < 10 {
        return (0.0, true);
    }
    let found = mser(&mean);
    (found.cut as f64 / mean.len() as f64, found.is_too_long)
}

/// How fast the number of items grows, if it does without doubt: from the second to the last quarter
/// of the replications.
fn growth(study: &Study) -> Option<Interval> {
    let quarter = PERIODS / 4;
    let mut rates = Vec::new();
    let mut coming = 0.0;
    for one in study.replications() {
        let periods = &one.history.periods;
        if periods.len() < PERIODS {
            return None;
        }
        let mean = |from: usize, to: usize| {
            let span = periods[to - 1].since(&periods[from - 1]);
            (span.inside + span.outside) / span.time
        };
        let time = study.settings().length * 0.5;
        let rise = mean(3 * quarter, PERIODS) - mean(quarter, 2 * quarter);
        rates.push(rise / time);
        coming += one.totals.arrived as f64 / one.totals.time;
    }
    let coming = coming / rates.len() as f64;
    let growth = Interval::of(&rates, 0.99)?;
    (growth.low() > GROWTH * coming).then_some(growth)
}
