//! The charts of runs of a map.

use super::side::Writing;
use crate::editor::describe;
use crate::format::chart_svg;
use crate::model::{Colour, Document, Id, Point, Unit, best_unit};
use crate::scene::chart::{
    Direction, Joint, LineChart, Mark, RuledLine, RunArea, RunChart, Series, line_chart, run_chart,
};
use crate::scene::{Dash, Ink, MeasureText, Theme};
use crate::simulate::events::{Interval, Results, Run, Study, Until, histogram_of};
use crate::simulate::mapped::Mapped;
use crate::worker::list::Picture;
use crate::worker::report::Block;

/// The height of a chart, in CSS pixels.
const HEIGHT: f64 = 180.0;
/// How many bars a histogram has at most.
const BARS: usize = 40;
/// How far it goes, in times of P95.
const TAIL: f64 = 1.6;
/// How many dots a scatter has at most.
const DOTS: usize = 160;
/// Events of the run of a chart of flow, at most.
const MOST_EVENTS: u64 = 1_000_000;
/// How long a chart of flow is: so many lead times, or so many items.
const LEADS: f64 = 6.0;
const ITEMS: f64 = 40.0;
/// How many places a chart of flow tells apart at most.
const BANDS: usize = 8;

/// What charts are made with.
pub(super) struct Sheet<'a> {
    pub(super) document: &'a Document,
    pub(super) writing: &'a Writing,
    /// In CSS pixels.
    pub(super) width: f64,
    pub(super) font: &'a dyn MeasureText,
}

/// An axis of time: seconds of working time in a unit that reads well.
struct TimeAxis {
    /// Units in a second of working time.
    factor: f64,
    unit: &'static str,
}

impl Sheet<'_> {
    /// The axis on which a span reads well.
    fn axis(&self, seconds: f64) -> TimeAxis {
        let calendar = &self.writing.calendar;
        let elapsed = calendar.elapsed_per_working_second();
        let unit = best_unit(seconds * elapsed, calendar);
        TimeAxis {
            factor: elapsed / calendar.seconds_in(unit),
            unit: unit_name(unit),
        }
    }

    fn lines(&self, chart: &LineChart) -> Block {
        let picture = line_chart(chart, self.width, HEIGHT, self.font);
        Block::Chart(Picture {
            name: chart.title.clone(),
            light: chart_svg(&picture, Theme::Light, &chart.title),
            dark: chart_svg(&picture, Theme::Dark, &chart.title),
            summary: picture.summary,
        })
    }

    fn areas(&self, chart: &RunChart) -> Block {
        let picture = run_chart(chart, self.width, HEIGHT, self.font).picture;
        Block::Chart(Picture {
            name: chart.title.clone(),
            light: chart_svg(&picture, Theme::Light, &chart.title),
            dark: chart_svg(&picture, Theme::Dark, &chart.title),
            summary: picture.summary,
        })
    }
}

/// A unit of time on an axis.
const fn unit_name(unit: Unit) -> &'static str {
    match unit {
        Unit::Second => "seconds",
        Unit::Minute => "minutes",
        Unit::Hour => "hours",
        Unit::Week => "weeks",
        _ => "days",
    }
}

/// How many items took how long, with the percentiles.
pub(super) fn histogram(sheet: &Sheet<'_>, study: &Study, results: &Results) -> Option<Block> {
    let found = results.percentiles?;
    // The long tail would press the rest together: what is beyond is in the last bar.
    let most = found[2].mean * TAIL;
    let mut leads: Vec<(f64, u64)> = (0..results.replications)
        .filter_map(|replication| study.history(replication))
        .flat_map(|history| history.leads_from(results.left_out))
        .map(|(lead, count)| (lead.min(most), count))
        .collect();
    leads.sort_unstable_by(|one, other| one.0.total_cmp(&other.0));
    let (low, width, bars) = histogram_of(&leads, BARS)?;
    let all: f64 = bars.iter().map(|bar| *bar as f64).sum();
    let axis = sheet.axis(most);
    let edge = |place: usize| (low + place as f64 * width) * axis.factor;
    let mut points = vec![Point::new(edge(0), 0.0)];
    for (place, bar) in bars.iter().enumerate() {
        points.push(Point::new(edge(place), *bar as f64 / all * 100.0));
    }
    points.push(Point::new(edge(BARS), 0.0));
    let rules = ["P50", "P85", "P95"].into_iter().zip(found);
    let rule = |(name, at): (&str, Interval)| RuledLine {
        direction: Direction::Upright,
        value: at.mean * axis.factor,
        label: name.to_owned(),
    };
    Some(sheet.lines(&LineChart {
        title: "Lead times".to_owned(),
        x_label: format!("lead time, {}; the last bar is of all beyond", axis.unit),
        y_label: "items, %".to_owned(),
        series: vec![Series {
            name: String::new(),
            points,
            ink: Ink::Accent,
            dash: Dash::Solid,
            joint: Joint::Stepped,
        }],
        marks: Vec::new(),
        lines: rules.map(rule).collect(),
    }))
}

/// When items of the first run left, and how long each took.
pub(super) fn scatter(sheet: &Sheet<'_>, study: &Study, results: &Results) -> Option<Block> {
    let found = results.percentiles?;
    let history = study.history(0)?;
    let dots = history.scatter();
    let every = dots.len().div_ceil(DOTS).max(1);
    let axis = sheet.axis(found[2].mean);
    let days = sheet.writing.calendar.seconds_per_day;
    let mark = |(time, lead): &(f64, f64)| Mark {
        at: Point::new(time / days, lead * axis.factor),
        label: String::new(),
        ink: Ink::Accent,
    };
    let marks: Vec<Mark> = dots.iter().step_by(every).map(mark).collect();
    (!marks.is_empty()).then(|| {
        sheet.lines(&LineChart {
            title: "Lead times over time".to_owned(),
            x_label: "working day on which an item left, first run".to_owned(),
            y_label: format!("lead time, {}", axis.unit),
            series: Vec::new(),
            marks,
            lines: vec![RuledLine {
                direction: Direction::Across,
                value: found[1].mean * axis.factor,
                label: "P85".to_owned(),
            }],
        })
    })
}

/// Items that have come to each place, over time, in a run from an empty line: so long that some of
/// them leave, and not so long that what is between the lines is lost.
pub(super) fn flow(
    sheet: &Sheet<'_>,
    study: &Study,
    results: &Results,
    mapped: &Mapped,
) -> Option<Block> {
    let lead = results.lead?.mean;
    let of_items = ITEMS / results.throughput.mean;
    let span = (LEADS * lead).max(of_items).min(study.settings().length);
    let until = Until::Time(span);
    let mut run = Run::watched(study.plan(), study.settings().seed, 0, until);
    let _ = run.advance(MOST_EVENTS);
    let history = run.history();
    let course = history.course();
    let days = sheet.writing.calendar.seconds_per_day;
    let every = course.len().div_ceil(120).max(1);
    let kept: Vec<usize> = (0..course.len()).step_by(every).collect();
    // Where everything passes, one after the other: between such places items are told apart.
    let all = course.last()?.left;
    let order = sheet.document.flow_order();
    let place_of = |id: Id| order.iter().position(|one| *one == id);
    let mut lines: Vec<(usize, String, Vec<u32>)> = Vec::new();
    for (station, place) in mapped.places.iter().enumerate() {
        let (Some(at), Some(flow)) = (place_of(place.record), history.flow(station)) else {
            continue;
        };
        let passes = flow.last().is_some_and(|last| u64::from(*last) >= all);
        let is_step = sheet.document.stations().contains_key(&place.record);
        if passes && is_step && !lines.iter().any(|(other, ..)| *other == at) {
            lines.push((at, describe(sheet.document, place.record), flow));
        }
    }
    lines.sort_by_key(|(at, ..)| *at);
    while lines.len() > BANDS {
        // The places that hold least are told with the next.
        let held = |index: usize| {
            let before = index.checked_sub(1).map(|before| &lines[before].2);
            let here = &lines[index].2;
            let gap = |point: usize| {
                let came =
                    before.map_or_else(|| course[point].arrived, |flow| u64::from(flow[point]));
                came.abs_diff(u64::from(here[point]))
            };
            kept.iter().map(|point| gap(*point)).sum::<u64>()
        };
        let least = (0..lines.len()).min_by_key(|index| held(*index))?;
        lines.remove(least);
    }
    let came: Vec<f64> = kept
        .iter()
        .map(|point| course[*point].arrived as f64)
        .collect();
    let mut upper = came;
    let mut areas = Vec::new();
    for (number, (_, name, flow)) in lines.iter().enumerate() {
        // Work that is done again passes more than once: no band is below nothing.
        let lower: Vec<f64> = kept
            .iter()
            .zip(&upper)
            .map(|(point, upper)| f64::from(flow[*point]).min(*upper))
            .collect();
        let colour = Colour::ALL[number % Colour::ALL.len()];
        areas.push(RunArea {
            name: name.clone(),
            points: band(&kept, course, days, &lower, &upper),
            ink: Ink::Tint(colour),
            edge: Some(Ink::Colour(colour)),
        });
        upper = lower;
    }
    let none = vec![0.0; upper.len()];
    areas.push(RunArea {
        name: "Done".to_owned(),
        points: band(&kept, course, days, &none, &upper),
        ink: Ink::Grid,
        edge: Some(Ink::Muted),
    });
    Some(sheet.areas(&RunChart {
        title: "Cumulative flow".to_owned(),
        x_label: "working days, from an empty stream".to_owned(),
        y_label: "items".to_owned(),
        areas,
        ..RunChart::default()
    }))
}

fn band(
    kept: &[usize],
    course: &[crate::simulate::events::Point],
    days: f64,
    lower: &[f64],
    upper: &[f64],
) -> Vec<(f64, f64, f64)> {
    let times = kept.iter().map(|point| course[*point].time / days);
    let sides = lower.iter().zip(upper);
    times
        .zip(sides)
        .map(|(time, (lower, upper))| (time, *lower, *upper))
        .collect()
}

/// How old each item in work is, by where it is, beside P85.
pub(super) fn ages(
    sheet: &Sheet<'_>,
    ages: &[(Option<usize>, f64)],
    most: f64,
    mapped: &Mapped,
) -> Option<Block> {
    let order = sheet.document.flow_order();
    let oldest = ages.iter().map(|(_, age)| *age).fold(most, f64::max);
    let axis = sheet.axis(oldest);
    let place = |station: usize| {
        let record = mapped.places.get(station)?.record;
        order.iter().position(|id| *id == record)
    };
    let every = ages.len().div_ceil(DOTS).max(1);
    let marks = ages.iter().step_by(every).filter_map(|(station, age)| {
        let at = station.map_or(Some(0), |station| place(station).map(|at| at + 1))?;
        Some(Mark {
            at: Point::new(at as f64, age * axis.factor),
            label: String::new(),
            ink: if *age > most {
                Ink::Negative
            } else {
                Ink::Accent
            },
        })
    });
    let marks: Vec<Mark> = marks.collect();
    (!marks.is_empty()).then(|| {
        sheet.lines(&LineChart {
            title: "Age of work by place".to_owned(),
            x_label: "place in the order of flow; 0 is outside".to_owned(),
            y_label: format!("age, {}", axis.unit),
            series: Vec::new(),
            marks,
            lines: vec![RuledLine {
                direction: Direction::Across,
                value: most * axis.factor,
                label: "P85".to_owned(),
            }],
        })
    })
}
