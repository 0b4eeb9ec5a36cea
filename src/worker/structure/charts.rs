//! Charts of versions over time: small ones, one beside the other, all over the same axis.

use super::figures::StructureFigures;
use super::work::Moment;
use crate::format::chart_svg;
use crate::model::{Point, best_rate_unit, best_unit, unit_suffix};
use crate::scene::chart::{Direction, Joint, LineChart, RuledLine, Series, line_chart};
use crate::scene::{Dash, Ink, MeasureText, Theme};
use crate::worker::list::Picture;
use crate::worker::report::Block;
use crate::worker::stream_view::rate_span;

/// The width of a chart, in CSS pixels: two stand beside each other where there is room.
const WIDTH: f64 = 420.0;
/// The height of a chart, in CSS pixels.
const HEIGHT: f64 = 200.0;

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// When, in milliseconds since the epoch.
    pub at: u64,
    /// What it is called.
    pub label: String,
}

/// The time of the versions: from the first one, in the unit that suits.
pub struct Axis {
    start: u64,
    end: u64,
    unit: f64,
    label: String,
}

impl Axis {
    /// From the first version to the last.
    pub fn of(first: &Moment, end: u64) -> Self {
        const MINUTE: u64 = 60_000;
        const HOUR: u64 = 60 * MINUTE;
        const DAY: u64 = 24 * HOUR;
        let (unit, word) = match end.saturating_sub(first.at) {
            span if span >= 2 * DAY => (DAY, "days"),
            span if span >= 2 * HOUR => (HOUR, "hours"),
            _ => (MINUTE, "minutes"),
        };
        Self {
            start: first.at,
            end,
            unit: unit as f64,
            label: format!("{word} since {}", first.words),
        }
    }

    fn place(&self, at: u64) -> f64 {
        at.saturating_sub(self.start) as f64 / self.unit
    }
}

/// A line of a chart: its name, its ink, and its value in each version; none where nobody knows.
struct Line<'v> {
    name: &'static str,
    ink: Ink,
    dash: Dash,
    value: &'v dyn Fn(&StructureFigures) -> Option<f64>,
}

/// The charts of what there is.
pub fn charts(
    versions: &[(Moment, StructureFigures)],
    axis: &Axis,
    events: &[Event],
    font: &dyn MeasureText,
) -> Vec<Block> {
    let make = |name: &str, label: &str, lines: &[Line<'_>]| {
        chart(versions, axis, events, name, label, lines, font)
    };
    let line = |name: &'static str, ink: Ink, dash: Dash, value| Line {
        name,
        ink,
        dash,
        value,
    };
    let number = |value: usize| Some(value as f64);
    let mut blocks = Vec::new();
    let any = |of: fn(&StructureFigures) -> usize| versions.iter().any(|(_, one)| of(one) > 0);
    if any(|one| one.variables) {
        let (variables, links, stocks) = (
            |one: &StructureFigures| number(one.variables),
            |one: &StructureFigures| number(one.links),
            |one: &StructureFigures| number(one.stocks),
        );
        let mut lines = vec![
            line("variables", Ink::Accent, Dash::Solid, &variables),
            line("links", Ink::Text, Dash::Dashed, &links),
        ];
        if any(|one| one.stocks) {
            lines.push(line("stocks", Ink::Muted, Dash::Solid, &stocks));
        }
        blocks.extend(make("Variables and links", "how many", &lines));
        blocks.extend(loops(&make, versions));
        let delayed = |one: &StructureFigures| number(one.delayed);
        if any(|one| one.delayed) {
            let line = line("", Ink::Accent, Dash::Solid, &delayed);
            blocks.extend(make("Delayed links", "how many", &[line]));
        }
    }
    blocks.extend(of_stream(&make, versions));
    blocks
}

/// Makes a chart with a name, the words of its upright axis, and its lines.
type Make<'m> = dyn Fn(&str, &str, &[Line<'_>]) -> Option<Block> + 'm;

fn loops(make: &Make<'_>, versions: &[(Moment, StructureFigures)]) -> Option<Block> {
    let is_exact = versions.iter().all(|(_, one)| one.loops.is_exact);
    let (reinforcing, balancing, undetermined) = (
        |one: &StructureFigures| Some(one.loops.counts.reinforcing.approximate()),
        |one: &StructureFigures| Some(one.loops.counts.balancing.approximate()),
        |one: &StructureFigures| Some(one.loops.counts.undetermined.approximate()),
    );
    let any_unknown = versions
        .iter()
        .any(|(_, one)| one.loops.counts.undetermined.approximate() > 0.0);
    let any = versions
        .iter()
        .any(|(_, one)| one.loops.counts.total().approximate() > 0.0);
    let mut lines = vec![
        Line {
            name: "reinforcing",
            ink: Ink::Reinforcing,
            dash: Dash::Solid,
            value: &reinforcing,
        },
        Line {
            name: "balancing",
            ink: Ink::Balancing,
            dash: Dash::Dashed,
            value: &balancing,
        },
    ];
    if any_unknown {
        lines.push(Line {
            name: "undetermined",
            ink: Ink::Undetermined,
            dash: Dash::Solid,
            value: &undetermined,
        });
    }
    let label = match is_exact {
        true => "how many",
        false => "how many at least",
    };
    any.then(|| make("Loops", label, &lines)).flatten()
}

/// Lead time and throughput of the main stream, each in the unit in which its largest value reads
/// best.
fn of_stream(make: &Make<'_>, versions: &[(Moment, StructureFigures)]) -> Vec<Block> {
    let streams = || versions.iter().filter_map(|(_, one)| one.stream.as_ref());
    let mut blocks = Vec::new();
    let known = streams().filter_map(|stream| Some((stream.lead_time?, stream)));
    if let Some((longest, stream)) = known.max_by(|one, other| one.0.total_cmp(&other.0)) {
        let unit = best_unit(longest, &stream.calendar);
        let value = |one: &StructureFigures| {
            let stream = one.stream.as_ref()?;
            Some(stream.lead_time? / stream.calendar.seconds_in(unit))
        };
        let line = Line {
            name: "",
            ink: Ink::Accent,
            dash: Dash::Solid,
            value: &value,
        };
        blocks.extend(make("Lead time", unit_suffix(unit).trim(), &[line]));
    }
    let known = streams().filter_map(|stream| Some((stream.throughput?, stream)));
    if let Some((most, stream)) = known.max_by(|one, other| one.0.total_cmp(&other.0)) {
        let unit = best_rate_unit(most, &stream.calendar);
        let value = |one: &StructureFigures| {
            let stream = one.stream.as_ref()?;
            Some(stream.throughput? * stream.calendar.working_seconds_of(unit))
        };
        let line = Line {
            name: "",
            ink: Ink::Accent,
            dash: Dash::Solid,
            value: &value,
        };
        let label = format!("items {}", rate_span(unit));
        blocks.extend(make("Throughput", &label, &[line]));
    }
    blocks
}

/// One chart; none where no line has a value.
fn chart(
    versions: &[(Moment, StructureFigures)],
    axis: &Axis,
    events: &[Event],
    name: &str,
    label: &str,
    lines: &[Line<'_>],
    font: &dyn MeasureText,
) -> Option<Block> {
    let series: Vec<Series> = lines
        .iter()
        .flat_map(|line| stretches(versions, axis, line))
        .collect();
    if series.is_empty() {
        return None;
    }
    let within = events
        .iter()
        .filter(|one| (axis.start..=axis.end).contains(&one.at));
    let picture = LineChart {
        title: name.to_owned(),
        x_label: axis.label.clone(),
        y_label: label.to_owned(),
        series,
        marks: Vec::new(),
        lines: within
            .map(|one| RuledLine {
                direction: Direction::Upright,
                value: axis.place(one.at),
                label: one.label.clone(),
            })
            .collect(),
    };
    let picture = line_chart(&picture, WIDTH, HEIGHT, font);
    Some(Block::Chart(Picture {
        name: name.to_owned(),
        light: chart_svg(&picture, Theme::Light, name),
        dark: chart_svg(&picture, Theme::Dark, name),
        summary: picture.summary,
    }))
}

/// The stretches of a line over which its value is known; the last one has its name.
fn stretches(versions: &[(Moment, StructureFigures)], axis: &Axis, line: &Line<'_>) -> Vec<Series> {
    let mut all: Vec<Vec<Point>> = Vec::new();
    let mut open = false;
    for (moment, figures) in versions {
        let at = axis.place(moment.at);
        match ((line.value)(figures), open) {
            (Some(value), false) => all.push(vec![Point::new(at, value)]),
            (Some(value), true) => {
                if let Some(points) = all.last_mut() {
                    points.push(Point::new(at, value));
                }
            }
            // It holds until here, and is not known from here on.
            (None, true) => {
                if let Some(points) = all.last_mut()
                    && let Some(last) = points.last().copied()
                {
                    points.push(Point::new(at, last.y));
                }
            }
            (None, false) => {}
        }
        open = (line.value)(figures).is_some();
    }
    let count = all.len();
    let stretch = |(index, points)| Series {
        name: match index + 1 == count {
            true => line.name.to_owned(),
            false => String::new(),
        },
        points,
        ink: line.ink,
        dash: line.dash,
        joint: Joint::Stepped,
    };
    all.into_iter().enumerate().map(stretch).collect()
}
