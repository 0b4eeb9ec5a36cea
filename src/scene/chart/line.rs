//! Lines over two axes: throughput and lead time against work in progress, the sequence of limits.

use crate::model::{Point, Rect};

use super::super::primitive::{Dash, Path, Segment, Stroke};
use super::super::text::MeasureText;
use super::super::theme::Ink;
use super::ChartPicture;
use super::place::{Anchor, Room, fan_out};
use super::scale::{Ends, Range, Scale, is_usable, value_text};
use super::sheet::{GAP, LINE, MARGIN, Sheet, Side, sound, unstopped};
use super::tag::{DOT, Tag, draw_dot, draw_tags, text_ink};

/// Between the lower axis and its numbers, in world units.
const TICK: f64 = 6.0;

/// How the points of a series are joined.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Joint {
    /// By straight lines.
    #[default]
    Straight,
    /// By steps: each value holds until the next point.
    Stepped,
}

/// One line of a chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Its name, which stands at its end; may be empty.
    pub name: String,
    /// Its points in the order of the line, in the units of the axes.
    pub points: Vec<Point>,
    /// Its colour.
    pub ink: Ink,
    /// Whole or broken.
    pub dash: Dash,
    /// Straight or in steps.
    pub joint: Joint,
}

/// A dot with a name.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Where, in the units of the axes.
    pub at: Point,
    /// Its name; may be empty.
    pub label: String,
    /// Its colour.
    pub ink: Ink,
}

/// Which way a ruled line goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From left to right, at a value of the upright axis.
    Across,
    /// From top to bottom, at a value of the lower axis.
    Upright,
}

/// A line through the whole chart at one value.
#[derive(Clone, Debug, PartialEq)]
pub struct RuledLine {
    /// Which way it goes.
    pub direction: Direction,
    /// Where, in the unit of its axis.
    pub value: f64,
    /// Its name; may be empty.
    pub label: String,
}

/// A chart of lines. Both axes hold zero.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LineChart {
    /// What it shows.
    pub title: String,
    /// What the lower axis measures, with its unit.
    pub x_label: String,
    /// What the upright axis measures, with its unit.
    pub y_label: String,
    /// The lines, painted in this order.
    pub series: Vec<Series>,
    /// Dots over the lines.
    pub marks: Vec<Mark>,
    /// Lines at one value, under the others.
    pub lines: Vec<RuledLine>,
}

/// The picture of a chart of lines, of this width and height in world units. It is higher than
/// asked for where the names of lines or marks have no room else.
#[must_use]
pub fn line_chart(
    chart: &LineChart,
    width: f64,
    height: f64,
    measure: &dyn MeasureText,
) -> ChartPicture {
    let mut sheet = Sheet::new(width, measure);
    let plot = Plot::new(chart, &mut sheet, height);
    plot.draw_axes(&mut sheet, &chart.x_label);
    let mut room = Room {
        limits: plot.frame,
        taken: Vec::new(),
        lines: Vec::new(),
    };
    for line in &chart.lines {
        if let Some((from, to)) = plot.ruled(line) {
            sheet.rule(from, to, Stroke::dashed(Ink::Muted, 1.0));
            room.lines.push((from, to));
        }
    }
    for series in &chart.series {
        plot.draw_series(&mut sheet, series, &mut room);
    }
    plot.draw_names(&mut sheet, chart);
    let tags = plot.tags(chart, &mut room);
    for mark in chart
        .marks
        .iter()
        .filter(|mark| mark.label.trim().is_empty())
    {
        if let Some(at) = plot.position(mark.at) {
            draw_dot(&mut sheet, at, mark.ink);
        }
    }
    let end = draw_tags(&mut sheet, &tags, &room, plot.below);
    sheet.finish(end + MARGIN, summary(chart))
}

/// The points of a series that can be shown.
fn usable(series: &Series) -> impl Iterator<Item = Point> {
    let points = series.points.iter().copied();
    points.filter(|point| is_usable(point.x) && is_usable(point.y))
}

/// Where the last point of a series with a name is.
fn end_of(series: &Series) -> Option<Point> {
    usable(series)
        .last()
        .filter(|_| !series.name.trim().is_empty())
}

/// The two axes and where they are.
struct Plot {
    x: Scale,
    y: Scale,
    /// The room of the lines, in world units.
    frame: Rect,
    /// Where the words of the lower axis end, in world units.
    below: f64,
}

impl Plot {
    fn new(chart: &LineChart, sheet: &mut Sheet<'_>, height: f64) -> Self {
        const LEAST_HEIGHT: f64 = 160.0;
        const LEAST_PLOT: f64 = 72.0;
        let (x_range, y_range) = ranges(chart);
        // The steps of the upright axis follow the height that is asked for.
        let height = sound(height, LEAST_HEIGHT);
        let most = ((height - 90.0) / 44.0).clamp(2.0, 6.0) as u8;
        let y = Scale::new(&y_range, Ends::Round, most);
        let top = sheet.head(&chart.title, &y.label(&chart.y_label)) + LINE / 2.0;
        let named: Vec<&Series> = chart
            .series
            .iter()
            .filter(|s| end_of(s).is_some())
            .collect();
        let limit = sheet.width * 0.3;
        let names = named.iter().map(|series| sheet.room(&series.name, limit));
        let names = names.fold(0.0, f64::max);
        let numbers = y
            .ticks
            .iter()
            .map(|(_, text)| sheet.room(text, f64::INFINITY));
        let numbers = numbers.fold(0.0, f64::max);
        let gutter = if names > 0.0 { names + 2.0 * GAP } else { GAP };
        let left = MARGIN + numbers + GAP;
        let right = sheet.width - MARGIN - gutter;
        let least = LEAST_PLOT.max(named.len() as f64 * LINE);
        let x = Scale::fitting(&x_range, right - left, sheet);
        let is_labelled = !x.label(&chart.x_label).trim().is_empty();
        let foot = TICK + LINE + if is_labelled { LINE } else { 0.0 };
        let bottom = (height - MARGIN - foot).max(top + least).round();
        Self {
            x,
            y,
            frame: Rect {
                left,
                top,
                right,
                bottom,
            },
            below: bottom + foot,
        }
    }

    /// Where a point of the chart is on the sheet.
    fn position(&self, at: Point) -> Option<Point> {
        (is_usable(at.x) && is_usable(at.y)).then(|| {
            Point::new(
                self.frame.left + self.x.share(at.x) * self.frame.width(),
                self.frame.bottom - self.y.share(at.y) * self.frame.height(),
            )
        })
    }

    fn draw_axes(&self, sheet: &mut Sheet<'_>, x_label: &str) {
        let frame = &self.frame;
        for (value, text) in &self.y.ticks {
            let y = frame.bottom - self.y.share(*value) * frame.height();
            let ink = if *value == 0.0 { Ink::Line } else { Ink::Grid };
            let (from, to) = (Point::new(frame.left, y), Point::new(frame.right, y));
            sheet.rule(from, to, Stroke::solid(ink, 1.0));
            let at = Point::new(frame.left - GAP, y);
            sheet.words(text, at, Side::Right, f64::INFINITY, Ink::Muted);
        }
        let y = frame.bottom + TICK + LINE / 2.0;
        for (value, text) in &self.x.ticks {
            let x = frame.left + self.x.share(*value) * frame.width();
            let (from, to) = (
                Point::new(x, frame.bottom),
                Point::new(x, frame.bottom + TICK / 2.0),
            );
            sheet.rule(from, to, Stroke::solid(Ink::Line, 1.0));
            sheet.words_over(text, Point::new(x, y), Ink::Muted);
        }
        let label = self.x.label(x_label);
        if !label.trim().is_empty() {
            let middle = Point::new(frame.center().x, y + LINE);
            sheet.words_over(&label, middle, Ink::Muted);
        }
    }

    /// The two ends of a ruled line.
    fn ruled(&self, line: &RuledLine) -> Option<(Point, Point)> {
        let frame = &self.frame;
        let at = self.position(Point::new(line.value, line.value))?;
        Some(match line.direction {
            Direction::Across => (Point::new(frame.left, at.y), Point::new(frame.right, at.y)),
            Direction::Upright => (Point::new(at.x, frame.top), Point::new(at.x, frame.bottom)),
        })
    }

    fn draw_series(&self, sheet: &mut Sheet<'_>, series: &Series, room: &mut Room) {
        let mut path: Vec<Segment> = Vec::new();
        let mut pen: Option<Point> = None;
        for at in usable(series).filter_map(|point| self.position(point)) {
            let Some(from) = pen.replace(at) else {
                path.push(Segment::Move(at));
                continue;
            };
            let mut start = from;
            if series.joint == Joint::Stepped {
                let corner = Point::new(at.x, from.y);
                path.push(Segment::Line(corner));
                room.lines.push((from, corner));
                start = corner;
            }
            path.push(Segment::Line(at));
            room.lines.push((start, at));
        }
        match (path.len(), pen) {
            // A line of one point could not be seen.
            (1, Some(at)) => draw_dot(sheet, at, series.ink),
            (0, _) | (_, None) => {}
            _ => sheet.line(
                Path(path),
                Stroke {
                    ink: series.ink,
                    width: 2.0,
                    dash: series.dash,
                },
            ),
        }
    }

    /// The names of the series, in a column right of the plot.
    fn draw_names(&self, sheet: &mut Sheet<'_>, chart: &LineChart) {
        const ASIDE: f64 = 6.0;
        let ends = chart.series.iter().filter_map(|series| {
            let end = end_of(series).and_then(|point| self.position(point))?;
            Some((series, end))
        });
        let ends: Vec<(&Series, Point)> = ends.collect();
        let wishes: Vec<f64> = ends.iter().map(|(_, end)| end.y).collect();
        let half = LINE / 2.0;
        let (top, bottom) = (self.frame.top, self.frame.bottom);
        let ys = fan_out(&wishes, LINE, top - half, bottom);
        let x = self.frame.right + 2.0 * GAP;
        for ((series, end), y) in ends.into_iter().zip(ys) {
            let at = Point::new(x, y);
            let apart = (y - end.y).abs() > half || self.frame.right - end.x > GAP;
            if apart {
                let elbow = Point::new(self.frame.right + ASIDE - 2.0, y);
                let path = vec![
                    Segment::Move(end),
                    Segment::Line(elbow),
                    Segment::Line(Point::new(x - 3.0, y)),
                ];
                sheet.line(Path(path), Stroke::solid(Ink::Muted, 0.75));
            }
            let limit = sheet.width - MARGIN - x;
            sheet.words(&series.name, at, Side::Left, limit, text_ink(series.ink));
        }
    }

    /// What is to be named on the plot; dots become places that no name may take.
    fn tags<'a>(&self, chart: &'a LineChart, room: &mut Room) -> Vec<Tag<'a>> {
        let mut tags = Vec::new();
        for mark in &chart.marks {
            let Some(at) = self.position(mark.at) else {
                continue;
            };
            let reach = 2.0 * DOT + 2.0;
            room.taken.push(Rect::centered(at, reach, reach));
            if !mark.label.trim().is_empty() {
                tags.push(Tag {
                    anchor: Anchor::Dot(at),
                    name: &mark.label,
                    ink: mark.ink,
                });
            }
        }
        for line in &chart.lines {
            let Some((from, _)) = self.ruled(line) else {
                continue;
            };
            if !line.label.trim().is_empty() {
                tags.push(Tag {
                    anchor: match line.direction {
                        Direction::Across => Anchor::Across(from.y),
                        Direction::Upright => Anchor::Upright(from.x),
                    },
                    name: &line.label,
                    ink: Ink::Muted,
                });
            }
        }
        tags
    }
}

/// The values of both axes.
fn ranges(chart: &LineChart) -> (Range, Range) {
    let (mut x, mut y) = (Range::default(), Range::default());
    let marks = chart.marks.iter().map(|mark| mark.at);
    for point in chart.series.iter().flat_map(usable).chain(marks) {
        if is_usable(point.x) && is_usable(point.y) {
            x.take(point.x);
            y.take(point.y);
        }
    }
    for line in &chart.lines {
        match line.direction {
            Direction::Across => y.take(line.value),
            Direction::Upright => x.take(line.value),
        }
    }
    (x, y)
}

/// What the chart says, in sentences.
fn summary(chart: &LineChart) -> String {
    let mut text = format!(
        "{}. Line chart of {} against {}.",
        unstopped(&chart.title),
        unstopped(&chart.y_label),
        unstopped(&chart.x_label)
    );
    let mut say = |name: &str, said: &str| {
        let name = unstopped(name);
        let colon = if name.is_empty() { "" } else { ": " };
        text.push_str(&format!(" {name}{colon}{said}."));
    };
    let pair = |at: Point| format!("{} at {}", value_text(at.y), value_text(at.x));
    for series in &chart.series {
        let mut points = usable(series);
        if let Some(first) = points.next() {
            let first = pair(first);
            match points.last() {
                Some(last) => say(&series.name, &format!("{first}, to {}", pair(last))),
                None => say(&series.name, &first),
            }
        }
    }
    for mark in &chart.marks {
        if is_usable(mark.at.x) && is_usable(mark.at.y) {
            say(&mark.label, &pair(mark.at));
        }
    }
    for line in chart.lines.iter().filter(|line| is_usable(line.value)) {
        say(&line.label, &value_text(line.value));
    }
    text
}
