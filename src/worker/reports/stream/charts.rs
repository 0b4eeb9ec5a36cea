//! The charts of the stream: the same numbers as the tables beside them, drawn as the canvas is.

use super::{in_flow_order, name_of, names_of};
use crate::format::chart_svg;
use crate::model::{Document, Id, Point, Unit, best_rate_unit, number_text, share_text};
use crate::scene::chart::{
    Bar, BarChart, BarRole, ChartPicture, Direction, Joint, Limit, LineChart, Mark, RuledLine,
    Series, Span, TornadoChart, TornadoRow, bar_chart, line_chart, tornado_chart,
};
use crate::scene::{Dash, Ink, MeasureText, Theme, short_name};
use crate::stream::factory_physics::{Line, Performance};
use crate::stream::{
    FigureDimension, FigureKind, MissingMeasure, Sequence, StreamResults, amount_text,
    amount_text_like,
};
use crate::worker::list::Picture;
use crate::worker::report::Block;
use crate::worker::stream_view::rate_span;

/// The width of a chart in the panel, in CSS pixels.
const WIDTH: f64 = 312.0;
/// The height of a line chart, in CSS pixels.
const HEIGHT: f64 = 220.0;
/// How many rows a tornado shows; the list below it has them all.
const ROWS: usize = 10;
/// How many points a curve has at the most.
const POINTS: usize = 60;

/// A chart on both papers.
fn chart(name: &str, picture: ChartPicture) -> Block {
    Block::Chart(Picture {
        name: name.to_owned(),
        light: chart_svg(&picture, Theme::Light, name),
        dark: chart_svg(&picture, Theme::Dark, name),
        summary: picture.summary,
    })
}

/// The span of an axis of rates, in seconds of the calendar, and its words: that of the demand as a
/// person has typed it, else the one in which a likely rate reads best.
fn rate_axis(document: &Document, likely: f64) -> (f64, &'static str) {
    let calendar = &document.calendar();
    let unit = best_rate_unit(likely, calendar);
    (calendar.working_seconds_of(unit), rate_span(unit))
}

/// Throughput against capacity added, each limit named.
pub(super) fn sequence(
    document: &Document,
    sequence: &Sequence,
    measure: &dyn MeasureText,
) -> Option<Block> {
    const NAME: &str = "Next constraints";
    let likely = sequence.limits.first().map_or(0.0, |limit| limit.capacity);
    let (span, a_span) = rate_axis(document, likely);
    let curve = sequence.curve.iter();
    let points: Vec<Point> = curve
        .map(|point| Point::new(point.added * span, point.throughput * span))
        .collect();
    if points.len() < 2 {
        return None;
    }
    let marks = sequence.limits.iter().filter_map(|limit| {
        let at = sequence
            .curve
            .iter()
            .find(|point| point.throughput >= limit.capacity * (1.0 - 1.0e-9))?;
        Some(Mark {
            at: Point::new(at.added * span, limit.capacity * span),
            label: names_of(document, &limit.stations),
            ink: Ink::Accent,
        })
    });
    let picture = LineChart {
        title: NAME.to_owned(),
        x_label: format!("capacity added, {a_span}"),
        y_label: format!("throughput, {a_span}"),
        series: vec![Series {
            name: String::new(),
            points,
            ink: Ink::Accent,
            dash: Dash::Solid,
            joint: Joint::Straight,
        }],
        marks: marks.collect(),
        lines: Vec::new(),
    };
    Some(chart(NAME, line_chart(&picture, WIDTH, HEIGHT, measure)))
}

/// What a chart shows against work in progress.
#[derive(Clone, Copy, PartialEq)]
enum Shown {
    Throughput,
    LeadTime,
}

/// The curves of factory physics, with the stream's own point.
pub(super) fn work_in_progress(
    document: &Document,
    results: &StreamResults,
    measure: &dyn MeasureText,
) -> Vec<Block> {
    let both = [
        ("Throughput against WIP", Shown::Throughput),
        ("Lead time against WIP", Shown::LeadTime),
    ];
    let charts = both.into_iter().filter_map(|(name, shown)| {
        let picture = cases(document, results, name, shown)?;
        Some(chart(name, line_chart(&picture, WIDTH, HEIGHT, measure)))
    });
    charts.collect()
}

/// The curves of the cases, the critical WIP, and the stream's own point.
fn cases(
    document: &Document,
    results: &StreamResults,
    name: &str,
    shown: Shown,
) -> Option<LineChart> {
    let calendar = &document.calendar();
    let day = calendar.working_seconds_of(Unit::PerDay);
    let line = Line {
        capacity: results.likely(FigureKind::Capacity)?,
        raw_process_time: results.likely(FigureKind::RawProcessTime)?,
    };
    let (span, a_span) = rate_axis(document, line.capacity);
    let critical = line.critical_wip();
    let own_wip = results.likely(FigureKind::WorkInProgress);
    // Far enough to see both bends, and the stream's own point if that is not far off.
    let most = own_wip
        .filter(|wip| *wip < 6.0 * critical)
        .unwrap_or(0.0)
        .max(2.5 * critical)
        .max(4.0);
    let value = |performance: Performance| match shown {
        Shown::Throughput => performance.throughput * span,
        Shown::LeadTime => performance.cycle_time / day,
    };
    type Case = fn(&Line, f64) -> Performance;
    let looks: [(&str, Ink, Dash, Case); 3] = [
        ("best", Ink::Balancing, Dash::Solid, Line::best),
        (
            "practical worst",
            Ink::Line,
            Dash::Solid,
            Line::practical_worst,
        ),
        ("worst", Ink::Reinforcing, Dash::Dashed, Line::worst),
    ];
    let looks = match shown {
        Shown::Throughput => &looks[..],
        // The worst case would press the others onto the axis.
        Shown::LeadTime => &looks[..2],
    };
    let series = looks.iter().map(|(name, ink, dash, case)| {
        let wips = (0..POINTS).map(|place| 1.0 + (most - 1.0) * place as f64 / (POINTS - 1) as f64);
        Series {
            name: (*name).to_owned(),
            points: wips
                .map(|wip| Point::new(wip, value(case(&line, wip))))
                .collect(),
            ink: *ink,
            dash: *dash,
            joint: Joint::Straight,
        }
    });
    let own = own_wip.filter(|wip| *wip <= most).and_then(|wip| {
        let throughput = results.likely(FigureKind::Throughput)?;
        Some(match shown {
            Shown::Throughput => Point::new(wip, throughput * span),
            // Little's law.
            Shown::LeadTime => Point::new(wip, wip / throughput / day),
        })
    });
    let mark = own.map(|at| Mark {
        at,
        label: "this map".to_owned(),
        ink: Ink::Accent,
    });
    Some(LineChart {
        title: name.to_owned(),
        x_label: "items in work".to_owned(),
        y_label: match shown {
            Shown::Throughput => format!("throughput, {a_span}"),
            Shown::LeadTime => "lead time, days".to_owned(),
        },
        series: series.collect(),
        marks: mark.into_iter().collect(),
        lines: vec![RuledLine {
            direction: Direction::Upright,
            value: critical,
            label: "critical WIP".to_owned(),
        }],
    })
}

/// How full each step is, against all that it can do.
pub(super) fn utilisation(
    document: &Document,
    results: &StreamResults,
    measure: &dyn MeasureText,
) -> Option<Block> {
    const NAME: &str = "Utilisation of steps";
    let limit = results.limit.as_ref();
    let first: Vec<Id> = limit
        .map(|limit| limit.stations().collect())
        .unwrap_or_default();
    let next: Vec<Id> = limit
        .map(|limit| {
            let runners_up = limit.runners_up.iter();
            runners_up.flat_map(|next| next.stations.clone()).collect()
        })
        .unwrap_or_default();
    let stations = in_flow_order(document, results).into_iter();
    let bars = stations.filter_map(|station| {
        let share = station.figure(FigureKind::Utilisation)?.outcome.likely()?;
        Some(Bar {
            label: name_of(document, station.station),
            value: share * 100.0,
            value_label: share_text(share),
            role: if first.contains(&station.station) {
                BarRole::Constraint
            } else if next.contains(&station.station) {
                BarRole::RunnerUp
            } else {
                BarRole::Other
            },
        })
    });
    let picture = BarChart {
        title: NAME.to_owned(),
        measured: "demand as a share of capacity".to_owned(),
        bars: bars.collect(),
        limit: Some(Limit {
            value: 100.0,
            label: "100 %".to_owned(),
        }),
    };
    (!picture.bars.is_empty()).then(|| chart(NAME, bar_chart(&picture, WIDTH, measure)))
}

/// How far what is missing could move lead time and throughput.
pub(super) fn tornados(
    document: &Document,
    missing: &[MissingMeasure],
    measure: &dyn MeasureText,
) -> Vec<Block> {
    let both = [
        ("Lead time, by what is missing", FigureKind::LeadTime),
        ("Throughput, by what is missing", FigureKind::Throughput),
    ];
    let charts = both.into_iter().filter_map(|(name, kind)| {
        let picture = tornado(document, missing, name, kind)?;
        Some(chart(name, tornado_chart(&picture, WIDTH, measure)))
    });
    charts.collect()
}

fn tornado(
    document: &Document,
    missing: &[MissingMeasure],
    name: &str,
    kind: FigureKind,
) -> Option<TornadoChart> {
    let stream = &document.properties().stream;
    let swing = |row: &MissingMeasure| match kind {
        FigureKind::LeadTime => row.lead_time,
        _ => row.throughput,
    };
    let likely = missing.iter().find_map(|row| swing(row).likely)?;
    let dimension = match kind {
        FigureKind::LeadTime => FigureDimension::Time,
        _ => FigureDimension::Rate,
    };
    let calendar = &document.calendar();
    let (span, a_span) = rate_axis(document, likely);
    // The unit of rates stands once, over all of them: beside each there is no room for it.
    let text = |amount: f64| match kind {
        FigureKind::LeadTime => amount_text_like(amount, likely, dimension, calendar),
        _ => number_text(amount * span),
    };
    let rows = missing.iter().filter_map(|row| {
        let swing = swing(row);
        let span = swing.low.zip(swing.high).filter(|_| swing.size() > 0.0);
        let span = match span {
            Some((low, high)) => Span::Known {
                low,
                high,
                low_label: text(low),
                high_label: text(high),
            },
            None if row.blocks.contains(&kind) => Span::Unknown,
            None => return None,
        };
        Some(TornadoRow {
            label: format!(
                "{} {}",
                name_of(document, row.record),
                short_name(row.measure, stream.pack)
            ),
            span,
        })
    });
    let rows: Vec<TornadoRow> = rows.take(ROWS).collect();
    let likely_words = amount_text(likely, dimension, calendar);
    (!rows.is_empty()).then(|| TornadoChart {
        title: name.to_owned(),
        measured: match kind {
            FigureKind::LeadTime => kind.words().name.to_owned(),
            _ => format!("{}, {a_span}", kind.words().name),
        },
        low_name: "measure low".to_owned(),
        high_name: "measure high".to_owned(),
        likely,
        likely_label: format!("likely {likely_words}"),
        rows,
    })
}
