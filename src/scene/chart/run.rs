//! Charts of runs: lines and areas over an axis that begins and ends where the run does, with a
//! legend below.

use crate::model::{Point, Rect};

use super::super::primitive::{Dash, Path, Segment, Stroke};
use super::super::text::MeasureText;
use super::super::theme::Ink;
use super::ChartPicture;
use super::scale::{Ends, Range, Scale, is_usable, value_text};
use super::sheet::{GAP, LINE, MARGIN, Sheet, Side, sound, unstopped};

/// How wide the edge of an area is, in world units.
const EDGE: f64 = 1.5;
/// Between the lower axis and its numbers, in world units.
const TICK: f64 = 6.0;
/// The length of the sample of a line in the legend, in world units.
const SAMPLE: f64 = 18.0;

/// Whether lines share an axis.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scales {
    /// All lines are drawn to one axis.
    #[default]
    Shared,
    /// Each line fills the height from its least to its greatest value, which the legend says. Lines
    /// of one group share their range.
    Own,
}

/// A line of a chart of runs.
#[derive(Clone, Debug, PartialEq)]
pub struct RunLine {
    /// Its name, in the legend.
    pub name: String,
    /// Lines of one group share a range where each has its own: those of one variable.
    pub group: usize,
    /// Its points, in the units of the axes.
    pub points: Vec<Point>,
    /// Its colour.
    pub ink: Ink,
    /// Whole or broken.
    pub dash: Dash,
}

/// An area between two lines over the same places: bands of many runs, shares on top of each other.
#[derive(Clone, Debug, PartialEq)]
pub struct RunArea {
    /// Its name, in the legend; may be empty.
    pub name: String,
    /// Its places with the lower and the upper value.
    pub points: Vec<(f64, f64, f64)>,
    /// Its colour.
    pub ink: Ink,
    /// The colour of its upper edge, if it has one: where areas of pale colours meet, or of colours
    /// that are all alike.
    pub edge: Option<Ink>,
}

/// A chart of runs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RunChart {
    /// What it shows.
    pub title: String,
    /// What the lower axis measures, with its unit.
    pub x_label: String,
    /// What the upright axis measures, with its unit.
    pub y_label: String,
    /// Where the lower axis begins and ends; that of the points where it says nothing.
    pub span: Option<(f64, f64)>,
    /// Values that the upright axis has in any case, where lines share it.
    pub holds: Option<(f64, f64)>,
    /// Whether lines share the upright axis.
    pub scales: Scales,
    /// The areas, under the lines.
    pub areas: Vec<RunArea>,
    /// The lines.
    pub lines: Vec<RunLine>,
}

/// A chart, and where on it the lower axis is: what tells a time from a place.
#[derive(Clone, Debug, PartialEq)]
pub struct RunPlot {
    /// What is drawn.
    pub picture: ChartPicture,
    /// The room of the lines, in world units.
    pub frame: Rect,
    /// The values at the left and the right end of the lower axis.
    pub span: (f64, f64),
}

/// The picture of a chart of runs, of this width in world units. The plot is as high as is asked
/// for; the legend comes below it.
#[must_use]
pub fn run_chart(chart: &RunChart, width: f64, height: f64, measure: &dyn MeasureText) -> RunPlot {
    const LEAST_HEIGHT: f64 = 140.0;
    let mut sheet = Sheet::new(width, measure);
    let height = sound(height, LEAST_HEIGHT);
    let groups = ranges(chart);
    let most = (height / 44.0).clamp(2.0, 6.0) as u8;
    let y = match chart.scales {
        Scales::Shared => {
            let all = groups.iter().flatten().copied().reduce(joined);
            Some(Scale::new(&all.unwrap_or_default(), Ends::Round, most))
        }
        Scales::Own => None,
    };
    let label = match &y {
        Some(scale) => scale.label(&chart.y_label),
        None => "each from its least to its greatest value".to_owned(),
    };
    let top = sheet.head(&chart.title, &label) + LINE / 2.0;
    let ticks = y.iter().flat_map(|scale| &scale.ticks);
    let numbers = ticks.map(|(_, text)| sheet.room(text, f64::INFINITY));
    let numbers = numbers.fold(0.0, f64::max);
    let frame = Rect {
        left: (MARGIN + numbers + GAP).round(),
        top,
        right: (sheet.width - MARGIN - GAP).round(),
        bottom: (top + height).round(),
    };
    let span = chart.span.unwrap_or_else(|| span_of(chart));
    let x_range = Range {
        low: span.0,
        high: span.1,
    };
    let x = Scale::fitting(&x_range, frame.width(), &sheet);
    draw_axes(&mut sheet, &frame, &x, y.as_ref(), &chart.x_label);
    let place = |at: f64, value: f64, group: usize| {
        if !is_usable(at) || !is_usable(value) {
            return None;
        }
        let share = match &y {
            Some(scale) => scale.share(value),
            None => share_of(groups.get(group).copied().flatten()?, value),
        };
        let left = frame.left + x.share(at) * frame.width();
        Some(Point::new(left, frame.bottom - share * frame.height()))
    };
    for area in &chart.areas {
        draw_area(&mut sheet, area, |at, value| place(at, value, 0));
    }
    for line in &chart.lines {
        draw_line(&mut sheet, line, |at| place(at.x, at.y, line.group));
    }
    let foot = frame.bottom + TICK + LINE + if chart.x_label.is_empty() { 0.0 } else { LINE };
    let end = draw_legend(&mut sheet, chart, &groups, foot + GAP);
    RunPlot {
        picture: sheet.finish(end + MARGIN, summary(chart)),
        frame,
        span: (x.low, x.high),
    }
}

/// The range of each group of lines, and of the areas, which are of the first.
fn ranges(chart: &RunChart) -> Vec<Option<Range>> {
    let groups = chart.lines.iter().map(|line| line.group + 1).max();
    let mut ranges: Vec<Option<Range>> = vec![None; groups.unwrap_or(0).max(1)];
    let mut take = |group: usize, value: f64| {
        if is_usable(value) {
            let here = Range {
                low: value,
                high: value,
            };
            ranges[group] = Some(ranges[group].map_or(here, |range| joined(range, here)));
        }
    };
    for line in &chart.lines {
        line.points.iter().for_each(|at| take(line.group, at.y));
    }
    for (_, low, high) in chart.areas.iter().flat_map(|area| &area.points) {
        take(0, *low);
        take(0, *high);
    }
    for value in chart.holds.iter().flat_map(|(low, high)| [low, high]) {
        take(0, *value);
    }
    // Zero belongs to a shared axis unless the values are far from it.
    if chart.scales == Scales::Shared {
        let all = ranges.iter().flatten().copied().reduce(joined);
        let near = all.is_some_and(|all| {
            let size = all.high.abs().max(all.low.abs());
            all.high - all.low > size / 4.0 || all.high - all.low <= size * 1e-9
        });
        if near {
            for range in ranges.iter_mut().flatten() {
                *range = joined(*range, Range::default());
            }
        }
    }
    ranges
}

fn joined(a: Range, b: Range) -> Range {
    Range {
        low: a.low.min(b.low),
        high: a.high.max(b.high),
    }
}

/// Where a value stands in its range; in the middle where there is only one value.
fn share_of(range: Range, value: f64) -> f64 {
    let size = range.high / 2.0 - range.low / 2.0;
    match size > 0.0 {
        true => ((value / 2.0 - range.low / 2.0) / size).clamp(0.0, 1.0),
        false => 0.5,
    }
}

/// The places of all points; from 0 to 1 where there are none.
fn span_of(chart: &RunChart) -> (f64, f64) {
    let lines = chart.lines.iter().flat_map(|line| &line.points);
    let areas = chart.areas.iter().flat_map(|area| &area.points);
    let all = lines.map(|at| at.x).chain(areas.map(|(at, ..)| *at));
    let all = all.filter(|at| is_usable(*at));
    let ends = all.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), at| {
        (low.min(at), high.max(at))
    });
    match ends.0 < ends.1 {
        true => ends,
        false if ends.0.is_finite() => (ends.0, ends.0 + 1.0),
        false => (0.0, 1.0),
    }
}

fn draw_axes(sheet: &mut Sheet<'_>, frame: &Rect, x: &Scale, y: Option<&Scale>, label: &str) {
    for (value, text) in y.iter().flat_map(|scale| &scale.ticks) {
        let share = y.map_or(0.0, |scale| scale.share(*value));
        let at = frame.bottom - share * frame.height();
        let ink = if *value == 0.0 { Ink::Line } else { Ink::Grid };
        let (from, to) = (Point::new(frame.left, at), Point::new(frame.right, at));
        sheet.rule(from, to, Stroke::solid(ink, 1.0));
        let at = Point::new(frame.left - GAP, at);
        sheet.words(text, at, Side::Right, f64::INFINITY, Ink::Muted);
    }
    let (from, to) = (
        Point::new(frame.left, frame.bottom),
        Point::new(frame.right, frame.bottom),
    );
    sheet.rule(from, to, Stroke::solid(Ink::Line, 1.0));
    let below = frame.bottom + TICK + LINE / 2.0;
    for (value, text) in &x.ticks {
        let left = frame.left + x.share(*value) * frame.width();
        let from = Point::new(left, frame.bottom);
        let to = Point::new(left, frame.bottom + TICK / 2.0);
        sheet.rule(from, to, Stroke::solid(Ink::Line, 1.0));
        sheet.words_over(text, Point::new(left, below), Ink::Muted);
    }
    let label = x.label(label);
    if !label.trim().is_empty() {
        let middle = Point::new(frame.center().x, below + LINE);
        sheet.words_over(&label, middle, Ink::Muted);
    }
}

/// A line, broken where a value is none.
fn draw_line(sheet: &mut Sheet<'_>, line: &RunLine, place: impl Fn(Point) -> Option<Point>) {
    let mut path: Vec<Segment> = Vec::new();
    let mut is_begun = false;
    for at in &line.points {
        match place(*at) {
            Some(at) if is_begun => path.push(Segment::Line(at)),
            Some(at) => {
                path.push(Segment::Move(at));
                is_begun = true;
            }
            None => is_begun = false,
        }
    }
    if path.len() > 1 {
        let stroke = Stroke {
            ink: line.ink,
            width: 2.0,
            dash: line.dash,
        };
        sheet.line(Path(path), stroke);
    }
}

/// An area with a gap wherever a place has no value.
fn draw_area(sheet: &mut Sheet<'_>, area: &RunArea, place: impl Fn(f64, f64) -> Option<Point>) {
    let placed = area
        .points
        .iter()
        .map(|(at, low, high)| Some((place(*at, *low)?, place(*at, *high)?)));
    let placed: Vec<Option<(Point, Point)>> = placed.collect();
    for known in placed.split(Option::is_none) {
        let known: Vec<(Point, Point)> = known.iter().flatten().copied().collect();
        if known.len() < 2 {
            continue;
        }
        let upper = known.iter().map(|(_, high)| *high);
        let lower = known.iter().rev().map(|(low, _)| *low);
        let points: Vec<Point> = upper.clone().chain(lower).collect();
        sheet.fill(Path::polygon(&points), area.ink);
        if let Some(edge) = area.edge {
            let upper: Vec<Point> = upper.collect();
            sheet.line(Path::through(&upper), Stroke::solid(edge, EDGE));
        }
    }
}

/// The names of lines and areas, each with its sample, in rows; where they end.
fn draw_legend(sheet: &mut Sheet<'_>, chart: &RunChart, groups: &[Option<Range>], top: f64) -> f64 {
    let limit = sheet.width - 2.0 * MARGIN - SAMPLE - GAP;
    let mut at = Point::new(MARGIN, top + LINE / 2.0);
    let mut entry = |sheet: &mut Sheet<'_>, name: &str, draw: &dyn Fn(&mut Sheet<'_>, Point)| {
        let width = SAMPLE + GAP + sheet.room(name, limit);
        if at.x > MARGIN && at.x + width > sheet.width - MARGIN {
            at = Point::new(MARGIN, at.y + LINE + 2.0);
        }
        draw(sheet, at);
        let words = Point::new(at.x + SAMPLE + GAP, at.y);
        sheet.words(name, words, Side::Left, limit, Ink::Text);
        at.x += width + 2.0 * GAP;
    };
    for line in &chart.lines {
        let range = groups.get(line.group).copied().flatten();
        let name = match (chart.scales, range) {
            (Scales::Own, Some(range)) => format!(
                "{} ({} to {})",
                line.name,
                value_text(range.low),
                value_text(range.high)
            ),
            _ => line.name.clone(),
        };
        let stroke = Stroke {
            ink: line.ink,
            width: 2.0,
            dash: line.dash,
        };
        entry(sheet, &name, &|sheet, at| {
            sheet.rule(at, Point::new(at.x + SAMPLE, at.y), stroke);
        });
    }
    for area in chart.areas.iter().filter(|area| !area.name.is_empty()) {
        entry(sheet, &area.name, &|sheet, at| {
            let middle = Point::new(at.x + SAMPLE / 2.0, at.y);
            let rect = Rect::centered(middle, SAMPLE, LINE - 6.0);
            sheet.fill(Path::rounded(&rect, 2.0), area.ink);
            if let Some(edge) = area.edge {
                let from = Point::new(rect.left, rect.top);
                let to = Point::new(rect.right, rect.top);
                sheet.rule(from, to, Stroke::solid(edge, EDGE));
            }
        });
    }
    at.y + LINE / 2.0
}

/// What the chart says, in sentences: where each line begins and ends, and where it is lowest and
/// highest.
fn summary(chart: &RunChart) -> String {
    let mut text = format!("{}.", unstopped(&chart.title));
    for line in &chart.lines {
        let known = line.points.iter().filter(|at| is_usable(at.y));
        let known: Vec<&Point> = known.collect();
        let (Some(first), Some(last)) = (known.first(), known.last()) else {
            text.push_str(&format!(" {} has no values.", unstopped(&line.name)));
            continue;
        };
        let by_value = |a: &&&Point, b: &&&Point| a.y.total_cmp(&b.y);
        let low = known.iter().min_by(by_value).unwrap_or(first);
        let high = known.iter().max_by(by_value).unwrap_or(last);
        let pair = |at: &Point| format!("{} at {}", value_text(at.y), value_text(at.x));
        text.push_str(&format!(
            " {}: {}, to {}; lowest {}, highest {}.",
            unstopped(&line.name),
            pair(first),
            pair(last),
            pair(low),
            pair(high)
        ));
    }
    let names = chart.areas.iter().map(|area| unstopped(&area.name));
    let names: Vec<&str> = names.filter(|name| !name.is_empty()).collect();
    if !names.is_empty() {
        text.push_str(&format!(" Areas: {}.", names.join("; ")));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::EstimatedText;

    fn line(name: &str, group: usize, points: &[(f64, f64)]) -> RunLine {
        RunLine {
            name: name.to_owned(),
            group,
            points: points.iter().map(|(x, y)| Point::new(*x, *y)).collect(),
            ink: Ink::Text,
            dash: Dash::Solid,
        }
    }

    #[test]
    fn the_lower_axis_is_that_of_the_run() {
        let chart = RunChart {
            title: "Population".to_owned(),
            x_label: "year".to_owned(),
            span: Some((1900.0, 2100.0)),
            lines: vec![line("Population", 0, &[(1900.0, 1.6e9), (2100.0, 6e9)])],
            ..RunChart::default()
        };
        let plot = run_chart(&chart, 400.0, 200.0, &EstimatedText);
        assert_eq!(plot.span, (1900.0, 2100.0));
        assert_eq!(plot.frame.height(), 200.0);
        let words: Vec<String> = plot
            .picture
            .primitives
            .iter()
            .filter_map(|one| match one {
                crate::scene::Primitive::Text { text, .. } => Some(text.clone()),
                _ => None,
            })
            .collect();
        assert!(words.contains(&"1900".to_owned()), "{words:?}");
        assert!(words.contains(&"2000".to_owned()), "{words:?}");
        let said = &plot.picture.summary;
        assert!(said.contains("lowest 1.6 × 10⁹ at 1900"), "{said}");
    }

    #[test]
    fn what_is_no_number_breaks_a_line_and_spoils_nothing() {
        let points = [
            (0.0, 1.0),
            (1.0, f64::NAN),
            (2.0, 3.0),
            (3.0, f64::INFINITY),
        ];
        let chart = RunChart {
            scales: Scales::Own,
            lines: vec![
                line("a", 0, &points),
                line("b", 1, &[(0.0, 5.0), (3.0, 5.0)]),
            ],
            ..RunChart::default()
        };
        let plot = run_chart(&chart, 300.0, 160.0, &EstimatedText);
        for one in &plot.picture.primitives {
            let bounds = one.bounds();
            assert!(bounds.is_none_or(|rect| rect.left.is_finite() && rect.bottom.is_finite()));
        }
        assert!(plot.picture.summary.contains("highest 3 at 2"));
    }
}
