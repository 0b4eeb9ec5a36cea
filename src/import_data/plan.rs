//! What of measured data goes onto a map: a new one, or the open one where names match.

use std::collections::BTreeMap;

use super::clock::Clock;
use super::figures::{Figures, StateFigures};
use super::mapping::Mapping;
use super::state::Class;
use super::steps::{Observed, Stated, Step, scaled};
use super::survival::{Found, Spread, found_text};
use super::words::counted;
use crate::model::{
    Amount, Calendar, Date, Dimension, MAXIMUM_NAME, MAXIMUM_TEXT, Measure, MeasureKind, Measures,
    Patch, StationKind, TimeBasis, Times, Unit, best_unit, duration_text,
};

/// A station as the data has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// A step, a queue or the customer.
    pub kind: StationKind,
    /// Its name.
    pub name: String,
    /// What was measured of it.
    pub measures: Measures,
    /// Who works there; may be empty.
    pub resource: String,
    /// What is to be remarked; may be empty.
    pub remark: String,
}

/// What goes onto a map.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The stations in the order of the work, the customer last, if there is one.
    pub drafts: Vec<Draft>,
    /// Rework: from and to which of them, and the part of the items, in hundredths.
    pub rework: Vec<(usize, usize, Measure)>,
    /// How times count.
    pub calendar: Calendar,
    /// When items come in runs, in working hours from the first; empty for what is asked for.
    pub schedule: Vec<f64>,
}

/// How a map is brought up to date.
#[derive(Clone, Debug, PartialEq)]
pub struct Updated {
    /// The patch; empty if nothing matches.
    pub patch: Patch,
    /// The names of the stations that get measures.
    pub matched: Vec<String>,
    /// The names in the data that no station has, or several.
    pub unmatched: Vec<String>,
}

/// Every paragraph that was written into a remark here begins so.
pub(super) const MARK: &str = "Measured data, ";

/// A text, cut to a length in bytes.
pub(super) fn cut(text: &str, longest: usize) -> String {
    let mut end = longest.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].to_owned()
}

/// A number to four digits: more were not measured.
pub(super) fn rounded(number: f64) -> f64 {
    if number == 0.0 || !number.is_finite() {
        return number;
    }
    let size = 10_f64.powi(3 - number.abs().log10().floor() as i32);
    (number * size).round() / size
}

/// Where numbers come from.
struct Source<'a> {
    file: String,
    date: Option<Date>,
    calendar: &'a Calendar,
}

impl Source<'_> {
    fn new<'a>(file: &str, date: Option<Date>, calendar: &'a Calendar) -> Source<'a> {
        Source {
            file: cut(file, 120),
            date,
            calendar,
        }
    }

    fn measure(&self, amount: f64, unit: Unit, how: &str) -> Measure {
        Measure {
            amount: Amount::Measured(rounded(amount)),
            unit,
            source: cut(&format!("{}: {how}", self.file), MAXIMUM_NAME),
            date: self.date,
            times: None,
        }
    }

    /// The times of a spread that are over, in a unit; none where there is but one, which says nothing
    /// of how they differ.
    fn times(&self, spread: &Spread, unit: Unit) -> Option<Times> {
        if spread.over.len() < 2 {
            return None;
        }
        let times = Times::of_seconds(spread.over.clone(), unit, self.calendar)?;
        let values = times.values.iter().copied().map(rounded).collect();
        Some(Times { unit, values })
    }

    fn duration(&self, seconds: f64, how: &str) -> Measure {
        let unit = best_unit(seconds, self.calendar);
        self.measure(seconds / self.calendar.seconds_in(unit), unit, how)
    }

    /// The mean of a spread of durations, with its percentiles in the words of the source.
    fn mean(&self, spread: &Spread) -> Option<Measure> {
        let mean = spread.mean?;
        let at_least = match mean {
            Found::Exactly(_) => "",
            Found::AtLeast(_) => "at least, ",
        };
        let how = format!("{at_least}mean of {}", self.behind(spread));
        Some(self.duration(mean.seconds(), &how))
    }

    /// How many durations there are, and their percentiles.
    fn behind(&self, spread: &Spread) -> String {
        let [p50, p85, p95] =
            [spread.p50, spread.p85, spread.p95].map(|found| found_text(found, self.calendar));
        let open = match spread.open {
            0 => String::new(),
            open => format!(" and {open} not over yet"),
        };
        format!("{}{open}; P50 {p50}, P85 {p85}, P95 {p95}", spread.ended)
    }

    fn paragraph(&self, words: &str) -> String {
        let date = self
            .date
            .map_or_else(String::new, |date| format!(", {date}"));
        let basis = match self.calendar.basis {
            TimeBasis::Clock => "on the clock",
            TimeBasis::Working => "in working time",
        };
        format!("{MARK}{}{date}: {words} Times count {basis}.", self.file)
    }
}

/// What work items put onto a map: states in which somebody works become steps, those in which work
/// waits queues, the end the customer, who asks for as much as arrives.
#[must_use]
pub fn plan_of_items(figures: &Figures, clock: &Clock, file: &str, as_of: Option<Date>) -> Plan {
    let source = Source::new(file, as_of, &clock.calendar);
    let mut drafts = Vec::new();
    // By state: the station it became.
    let mut indices: Vec<Option<usize>> = Vec::new();
    for state in &figures.states {
        indices.push(match state.state.class {
            Class::Waiting | Class::Working | Class::Unknown => {
                drafts.push(draft_of(state, figures, &source));
                Some(drafts.len() - 1)
            }
            Class::Done | Class::Dropped | Class::Out | Class::Begun => None,
        });
    }
    let under_way = drafts.len();
    let whole = &figures.whole;
    if under_way > 0 {
        let mut measures = Measures::new();
        if let Some(rate) = whole.arrivals() {
            let weeks = match crate::model::number_text(whole.weeks) {
                one if one == "1" => "1 week".to_owned(),
                more => format!("{more} weeks"),
            };
            let how = format!("{} arrived in {weeks}", whole.items);
            measures.set(
                MeasureKind::Demand,
                Some(source.measure(rate, Unit::PerWeek, &how)),
            );
        }
        let words = format!(
            "lead time of {} finished, {} under way and {} cancelled: {}, mean {}.",
            whole.finished,
            whole.under_way,
            whole.dropped,
            percentiles(&whole.lead_time, &clock.calendar),
            found_text(whole.lead_time.mean, &clock.calendar)
        );
        drafts.push(Draft {
            kind: StationKind::Customer,
            name: "Customer".to_owned(),
            measures,
            resource: String::new(),
            remark: source.paragraph(&words),
        });
    }
    let rework = rework(figures, &drafts, &indices, under_way, &source);
    Plan {
        drafts,
        rework,
        calendar: clock.calendar,
        schedule: Vec::new(),
    }
}

fn percentiles(spread: &Spread, calendar: &Calendar) -> String {
    let [p50, p85, p95] =
        [spread.p50, spread.p85, spread.p95].map(|found| found_text(found, calendar));
    format!("P50 {p50}, P85 {p85}, P95 {p95}")
}

/// A state as a station. Work becomes a step, waiting a queue; of what nobody has said it, a step whose
/// process time is not known.
fn draft_of(figures: &StateFigures, all: &Figures, source: &Source<'_>) -> Draft {
    let class = figures.state.class;
    let is_step = class != Class::Waiting;
    let spread = &figures.spread;
    let mut measures = Measures::new();
    let time = match is_step {
        true => MeasureKind::ProcessTime,
        false => MeasureKind::WaitingTime,
    };
    if let Some(mean) = source.mean(spread) {
        let mean = match class {
            Class::Unknown => {
                let how = format!(
                    "{} in this state, of which nobody has said whether it is work",
                    found_text(spread.mean, source.calendar)
                );
                Measure {
                    amount: Amount::Unknown,
                    ..source.measure(0.0, mean.unit, &how)
                }
            }
            _ => Measure {
                times: source.times(spread, mean.unit),
                ..mean
            },
        };
        measures.set(time, Some(mean));
        let oldest = spread.oldest.map_or_else(String::new, |age| {
            format!(", the oldest for {}", duration_text(age, source.calendar))
        });
        let how = format!("items in it at the date of the export{oldest}");
        let there = source.measure(spread.open as f64, Unit::One, &how);
        measures.set(MeasureKind::WorkInProgress, Some(there));
    }
    if is_step {
        // Several items are in a state at a time; how many people that takes, no table of times
        // says, and one would be a bad guess.
        let servers = Measure {
            amount: Amount::Unknown,
            source: cut(&format!("{} does not say", source.file), MAXIMUM_NAME),
            ..Measure::new(Amount::Unknown, Unit::One)
        };
        measures.set(MeasureKind::Servers, Some(servers));
    }
    // A queue alone says how long it took, and not that all of it was waiting.
    let no_work = match all.has_work() {
        true => "",
        false => " The table does not say how much of it was work.",
    };
    let words = format!(
        "time in this state, over {} that {} over and {} that {} not: {}, mean {}.{no_work}",
        counted(spread.ended, "stay", "stays"),
        if spread.ended == 1 { "is" } else { "are" },
        spread.open,
        if spread.open == 1 { "is" } else { "are" },
        percentiles(spread, source.calendar),
        found_text(spread.mean, source.calendar),
    );
    let kept = match spread.over.len() > Times::MOST && class != Class::Unknown {
        true => format!(
            " {} times that stand for those that are over are kept for runs.",
            Times::MOST
        ),
        false => String::new(),
    };
    let words = words + &kept;
    Draft {
        kind: if is_step {
            StationKind::Step
        } else {
            StationKind::Queue
        },
        name: cut(&figures.state.name, MAXIMUM_NAME),
        measures,
        resource: String::new(),
        remark: source.paragraph(&words),
    }
}

/// What went back, as rework between stations: out of a queue it is that of the step before, out of
/// the end that of the customer.
fn rework(
    figures: &Figures,
    drafts: &[Draft],
    indices: &[Option<usize>],
    customer: usize,
    source: &Source<'_>,
) -> Vec<(usize, usize, Measure)> {
    let mut times: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for back in &figures.backs {
        let Some(to) = indices[back.to] else { continue };
        let from = match figures.states[back.from].state.class {
            Class::Done => Some(customer),
            _ => {
                let index = indices[back.from];
                index.and_then(|index| {
                    (0..=index)
                        .rev()
                        .find(|at| drafts[*at].kind == StationKind::Step)
                })
            }
        };
        if let Some(from) = from
            && to <= from
        {
            *times.entry((from, to)).or_default() += back.times;
        }
    }
    let left = |station: usize| match indices.iter().position(|index| *index == Some(station)) {
        Some(state) => figures.states[state].spread.ended,
        None => {
            let ends = figures
                .states
                .iter()
                .filter(|state| state.state.class == Class::Done);
            ends.map(|state| state.items).sum()
        }
    };
    let mut sum_of: BTreeMap<usize, f64> = BTreeMap::new();
    let list = times.into_iter().filter_map(|((from, to), times)| {
        let of = left(from);
        let share = 100.0 * times as f64 / of.max(1) as f64;
        let sum = sum_of.entry(from).or_default();
        *sum += share;
        // More cannot go back than came: then the rows say something that the map cannot.
        (of > 0 && *sum < 100.0).then(|| {
            let how = format!("{times} of {of} went back");
            (from, to, source.measure(share, Unit::Percent, &how))
        })
    });
    list.collect()
}

/// What a table of steps puts onto a map.
#[must_use]
pub fn plan_of_steps(
    observed: &Observed,
    mapping: &Mapping,
    file: &str,
    date: Option<Date>,
) -> Plan {
    let calendar = mapping.clock.calendar;
    let source = Source::new(file, date, &calendar);
    let drafts = observed.steps.iter().map(|step| {
        let kind = if step.is_queue() {
            StationKind::Queue
        } else {
            StationKind::Step
        };
        let mut measures = Measures::new();
        for measure in MeasureKind::of_station(kind) {
            let found = step.amount(*measure);
            let found = found.map(|amount| stated(step, *measure, amount, &source));
            measures.set(*measure, found.filter(|found| found.fits(*measure)));
        }
        Draft {
            kind,
            name: cut(&step.name, MAXIMUM_NAME),
            measures,
            resource: match kind {
                StationKind::Step => cut(&step.resource, MAXIMUM_NAME),
                _ => String::new(),
            },
            remark: cut(&step.remark, MAXIMUM_TEXT),
        }
    });
    Plan {
        drafts: drafts.collect(),
        rework: Vec::new(),
        calendar,
        schedule: Vec::new(),
    }
}

/// What the rows of a step say of a measure, with where it comes from.
fn stated(step: &Step, kind: MeasureKind, amount: Amount, source: &Source<'_>) -> Measure {
    let rows = step.measures.get(&kind).map_or(&[][..], Vec::as_slice);
    let spread = step.spread(kind);
    let how = match (rows, amount) {
        (_, Amount::Unknown) => "nobody knows".to_owned(),
        ([_], _) => "one row".to_owned(),
        _ if kind.dimension() == Dimension::Time => format!("mean of {}", source.behind(&spread)),
        (rows, _) => format!("mean of {} rows", rows.len()),
    };
    let written = |amount: Amount, unit: Unit| Measure {
        amount,
        ..source.measure(0.0, unit, &how)
    };
    match (rows, amount.likely()) {
        // As it is written, to the last digit.
        (
            [
                Stated {
                    typed: Some((amount, unit)),
                    ..
                },
            ],
            _,
        ) => written(*amount, *unit),
        (_, Some(likely)) if kind.dimension() == Dimension::Time => {
            let unit = best_unit(likely, source.calendar);
            let length = source.calendar.seconds_in(unit);
            let is_measured = |said: &Stated| matches!(said.amount, Amount::Measured(_));
            let times = (kind.can_have_times() && rows.iter().all(is_measured))
                .then(|| source.times(&spread, unit))
                .flatten();
            Measure {
                times,
                ..written(scaled(amount, |number| rounded(number / length)), unit)
            }
        }
        _ => {
            let unit = crate::model::usual_unit(kind.dimension());
            written(scaled(amount, rounded), unit)
        }
    }
}
