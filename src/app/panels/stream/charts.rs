//! The charts of the stream: the same numbers as the tables beside them, drawn as the canvas is.

use leptos::prelude::AnyView;

use super::{follow_main, name_of, names_of};
use crate::app::files::{download_text, image_address};
use crate::app::plain::{Known, nothing, tag, together, view_of};
use crate::app::state::App;
use crate::format::chart_svg;
use crate::model::{Document, Point, share_text};
use crate::scene::chart::{
    Bar, BarChart, BarRole, ChartPicture, Direction, Joint, Limit, LineChart, Mark, RuledLine,
    Series, Span, TornadoChart, TornadoRow, bar_chart, line_chart, tornado_chart,
};
use crate::scene::{Dash, Ink, MeasureText, short_name};
use crate::stream::factory_physics::Line;
use crate::stream::{
    FigureDimension, FigureKind, MissingMeasure, StreamResults, amount_text, amount_text_like,
    missing, sequence,
};

/// The width of a chart in the panel, in CSS pixels.
const WIDTH: f64 = 312.0;
/// The height of a line chart, in CSS pixels.
const HEIGHT: f64 = 220.0;
/// How many rows a tornado shows; the list below it has them all.
const ROWS: usize = 10;
/// How many points a curve has at the most.
const POINTS: usize = 60;

/// A chart as an image with a button that exports it.
fn chart<T: Clone + PartialEq + Default + Send + Sync + 'static>(
    app: App,
    name: &'static str,
    read: impl Fn(&Document, &StreamResults) -> T + Send + Sync + 'static,
    draw: impl Fn(&T, &dyn MeasureText) -> Option<ChartPicture> + Send + Sync + Copy + 'static,
) -> AnyView {
    let data = follow_main(app, read);
    let drawn = Known::new(move || {
        app.theme.track();
        let picture = app.with(|core| draw(&data.get(), &*core.measure));
        let theme = app.with(|core| core.theme);
        picture.map(|picture| {
            (
                chart_svg(&picture, theme, name),
                picture.summary,
                picture.size.y,
            )
        })
    });
    view_of(move || {
        let Some((svg, summary, _)) = drawn.get() else {
            return nothing();
        };
        let image = tag("img")
            .class("chart")
            .with("src", image_address(&svg))
            .with("alt", summary);
        let export = tag("button")
            .class("chart-export")
            .label(format!("Export the chart: {name}"))
            .press(move || {
                download_text(
                    &format!("{}.svg", name.replace(' ', "-")),
                    &svg,
                    "image/svg+xml",
                );
            })
            .text("Export as SVG");
        tag("figure")
            .class("chart-frame")
            .child(image)
            .child(export)
            .view()
    })
}

/// Throughput against capacity added, each limit named.
pub fn sequence_chart(app: App) -> AnyView {
    type Data = (Vec<(f64, f64)>, Vec<(f64, f64, String)>);
    chart(
        app,
        "The sequence of limits",
        |document, results| -> Data {
            let Some(sequence) = sequence(results) else {
                return Data::default();
            };
            let day = document
                .properties()
                .stream
                .calendar
                .working_seconds_of(crate::model::Unit::PerDay);
            let curve: Vec<(f64, f64)> = sequence
                .curve
                .iter()
                .map(|point| (point.added * day, point.throughput * day))
                .collect();
            let limits = sequence.limits.iter().filter_map(|limit| {
                let at = sequence
                    .curve
                    .iter()
                    .find(|point| point.throughput >= limit.capacity * (1.0 - 1.0e-9))?;
                Some((
                    at.added * day,
                    limit.capacity * day,
                    names_of(document, &limit.stations),
                ))
            });
            let limits = limits.collect();
            (curve, limits)
        },
        |(curve, limits), measure| {
            let points = curve.iter().map(|(x, y)| Point::new(*x, *y)).collect();
            let chart = LineChart {
                title: "The sequence of limits".to_owned(),
                x_label: "capacity added, a day".to_owned(),
                y_label: "throughput, a day".to_owned(),
                series: vec![Series {
                    name: String::new(),
                    points,
                    ink: Ink::Accent,
                    dash: Dash::Solid,
                    joint: Joint::Straight,
                }],
                marks: limits
                    .iter()
                    .map(|(x, y, label)| Mark {
                        at: Point::new(*x, *y),
                        label: label.clone(),
                        ink: Ink::Accent,
                    })
                    .collect(),
                lines: Vec::new(),
            };
            (curve.len() > 1).then(|| line_chart(&chart, WIDTH, HEIGHT, measure))
        },
    )
}

/// The curves of factory physics, with the stream's own point.
pub fn physics_charts(app: App) -> AnyView {
    together(vec![
        physics_chart(app, "Throughput against WIP", Shown::Throughput),
        physics_chart(app, "Lead time against WIP", Shown::LeadTime),
    ])
}

/// What a chart of factory physics shows against work in progress.
#[derive(Clone, Copy, PartialEq)]
enum Shown {
    Throughput,
    LeadTime,
}

/// Points of a curve, from one item on.
type Curve = Vec<(f64, f64)>;
/// The curves of the cases, the critical WIP, and the stream's own point.
type Cases = Option<(Vec<Curve>, f64, Option<(f64, f64)>)>;

fn physics_chart(app: App, name: &'static str, shown: Shown) -> AnyView {
    chart(
        app,
        name,
        move |document, results| physics_data(document, results, shown),
        move |data: &Cases, measure| {
            let (curves, critical, own) = data.as_ref()?;
            let looks = [
                ("best", Ink::Balancing, Dash::Solid),
                ("practical worst", Ink::Line, Dash::Solid),
                ("worst", Ink::Reinforcing, Dash::Dashed),
            ];
            let series = curves
                .iter()
                .zip(looks)
                .map(|(curve, (name, ink, dash))| Series {
                    name: name.to_owned(),
                    points: curve.iter().map(|(x, y)| Point::new(*x, *y)).collect(),
                    ink,
                    dash,
                    joint: Joint::Straight,
                });
            let mark = own.map(|(x, y)| Mark {
                at: Point::new(x, y),
                label: "this map".to_owned(),
                ink: Ink::Accent,
            });
            let chart = LineChart {
                title: name.to_owned(),
                x_label: "items in work".to_owned(),
                y_label: match shown {
                    Shown::Throughput => "throughput, a day".to_owned(),
                    Shown::LeadTime => "lead time, days".to_owned(),
                },
                series: series.collect(),
                marks: mark.into_iter().collect(),
                lines: vec![RuledLine {
                    direction: Direction::Upright,
                    value: *critical,
                    label: "critical WIP".to_owned(),
                }],
            };
            Some(line_chart(&chart, WIDTH, HEIGHT, measure))
        },
    )
}

fn physics_data(document: &Document, results: &StreamResults, shown: Shown) -> Cases {
    let calendar = &document.properties().stream.calendar;
    let day = calendar.working_seconds_of(crate::model::Unit::PerDay);
    let line = Line {
        capacity: results.likely(FigureKind::Capacity)?,
        raw_process_time: results.likely(FigureKind::RawProcessTime)?,
    };
    let critical = line.critical_wip();
    let own_wip = results.likely(FigureKind::WorkInProgress);
    // Far enough to see both bends, and the stream's own point if that is not far off.
    let most = own_wip
        .filter(|wip| *wip < 6.0 * critical)
        .unwrap_or(0.0)
        .max(2.5 * critical)
        .max(4.0);
    let value = |performance: crate::stream::factory_physics::Performance| match shown {
        Shown::Throughput => performance.throughput * day,
        Shown::LeadTime => performance.cycle_time / day,
    };
    let wips = (0..POINTS).map(|place| 1.0 + (most - 1.0) * place as f64 / (POINTS - 1) as f64);
    let mut curves = vec![Curve::new(), Curve::new(), Curve::new()];
    for wip in wips {
        let cases = [line.best(wip), line.practical_worst(wip), line.worst(wip)];
        for (curve, case) in curves.iter_mut().zip(cases) {
            curve.push((wip, value(case)));
        }
    }
    if shown == Shown::LeadTime {
        // The worst case would press the others onto the axis.
        curves.truncate(2);
    }
    let own = own_wip.filter(|wip| *wip <= most).and_then(|wip| {
        let throughput = results.likely(FigureKind::Throughput)?;
        Some(match shown {
            Shown::Throughput => (wip, throughput * day),
            // Little's law.
            Shown::LeadTime => (wip, wip / throughput / day),
        })
    });
    Some((curves, critical, own))
}

/// How full each step is, against all that it can do.
pub fn utilisation_chart(app: App) -> AnyView {
    type Row = (String, f64, u8);
    chart(
        app,
        "Utilisation of steps",
        |document, results| -> Vec<Row> {
            let limit = results.limit.as_ref();
            let first: Vec<_> = limit
                .map(|limit| limit.stations().collect())
                .unwrap_or_default();
            let next: Vec<_> = limit
                .map(|limit| {
                    limit
                        .runners_up
                        .iter()
                        .flat_map(|next| next.stations.clone())
                        .collect()
                })
                .unwrap_or_default();
            let mut rows = Vec::new();
            for station in &results.stations {
                let share = station.figure(FigureKind::Utilisation);
                if let Some(share) = share.and_then(|figure| figure.outcome.likely()) {
                    let role = if first.contains(&station.station) {
                        0
                    } else if next.contains(&station.station) {
                        1
                    } else {
                        2
                    };
                    rows.push((name_of(document, station.station), share * 100.0, role));
                }
            }
            rows
        },
        |rows, measure| {
            let bars = rows.iter().map(|(label, value, role)| Bar {
                label: label.clone(),
                value: *value,
                value_label: share_text(*value / 100.0),
                role: match role {
                    0 => BarRole::Constraint,
                    1 => BarRole::RunnerUp,
                    _ => BarRole::Other,
                },
            });
            let chart = BarChart {
                title: "Utilisation of steps".to_owned(),
                measured: "demand as a share of capacity".to_owned(),
                bars: bars.collect(),
                limit: Some(Limit {
                    value: 100.0,
                    label: "100 %".to_owned(),
                }),
            };
            (!rows.is_empty()).then(|| bar_chart(&chart, WIDTH, measure))
        },
    )
}

/// How far what is missing could move lead time and throughput.
pub fn tornado_charts(app: App) -> AnyView {
    together(vec![
        tornado(app, "Lead time, by what is missing", FigureKind::LeadTime),
        tornado(
            app,
            "Throughput, by what is missing",
            FigureKind::Throughput,
        ),
    ])
}

/// A row: its name, and low, high and their words, if these are known.
type Row = (String, Option<(f64, f64, String, String)>);

fn tornado(app: App, name: &'static str, kind: FigureKind) -> AnyView {
    chart(
        app,
        name,
        move |document, results| -> Option<(f64, String, Vec<Row>)> {
            let calendar = &document.properties().stream.calendar;
            let all = missing(results);
            let swing = |row: &MissingMeasure| {
                if kind == FigureKind::LeadTime {
                    row.lead_time
                } else {
                    row.throughput
                }
            };
            let likely = all.iter().find_map(|row| swing(row).likely)?;
            let dimension = match kind {
                FigureKind::LeadTime => FigureDimension::Time,
                _ => FigureDimension::Rate,
            };
            let text = |amount: f64| amount_text_like(amount, likely, dimension, calendar);
            let mut rows = Vec::new();
            for row in &all {
                let name = name_of(document, row.record);
                let label = format!(
                    "{name} {}",
                    short_name(row.measure, document.properties().stream.pack)
                );
                let swing = swing(row);
                let span = swing.low.zip(swing.high).filter(|_| swing.size() > 0.0);
                if let Some((low, high)) = span {
                    rows.push((label, Some((low, high, text(low), text(high)))));
                } else if row.blocks.contains(&kind) {
                    rows.push((label, None));
                }
            }
            rows.truncate(ROWS);
            let likely_words = amount_text(likely, dimension, calendar);
            (!rows.is_empty()).then_some((likely, likely_words, rows))
        },
        move |data, measure| {
            let (likely, likely_words, rows) = data.as_ref()?;
            let rows = rows.iter().map(|(label, span)| TornadoRow {
                label: label.clone(),
                span: match span {
                    None => Span::Unknown,
                    Some((low, high, low_label, high_label)) => Span::Known {
                        low: *low,
                        high: *high,
                        low_label: low_label.clone(),
                        high_label: high_label.clone(),
                    },
                },
            });
            let chart = TornadoChart {
                title: name.to_owned(),
                measured: kind.words().name.to_owned(),
                low_name: "measure low".to_owned(),
                high_name: "measure high".to_owned(),
                likely: *likely,
                likely_label: format!("likely {likely_words}"),
                rows: rows.collect(),
            };
            Some(tornado_chart(&chart, WIDTH, measure))
        },
    )
}
