//! One chart of each kind, as a value-stream map would show it.

use loopstream::model::Point;
use loopstream::scene::chart::{
    Bar, BarChart, BarRole, ChartPicture, Direction, Joint, Limit, LineChart, Mark, RuledLine,
    Series, Span, TornadoChart, TornadoRow, bar_chart, line_chart, tornado_chart,
};
use loopstream::scene::{Dash, EstimatedText, Ink};

fn text(words: &str) -> String {
    words.to_owned()
}

fn series(name: &str, ink: Ink, dash: Dash, value: &dyn Fn(f64) -> f64) -> Series {
    Series {
        name: text(name),
        points: (1..=24)
            .map(f64::from)
            .map(|wip| Point::new(wip, value(wip)))
            .collect(),
        ink,
        dash,
        joint: Joint::Straight,
    }
}

/// Throughput against work in progress (Hopp & Spearman's three cases).
pub fn throughput(width: f64) -> ChartPicture {
    const RATE: f64 = 0.5;
    const TIME: f64 = 16.0;
    let critical = RATE * TIME;
    let chart = LineChart {
        title: text("Throughput against work in progress"),
        x_label: text("work in progress, items"),
        y_label: text("throughput, items / d"),
        series: vec![
            series("best case", Ink::Balancing, Dash::Solid, &|wip| {
                (wip / TIME).min(RATE)
            }),
            series("practical worst case", Ink::Text, Dash::Solid, &|wip| {
                wip / (critical + wip - 1.0) * RATE
            }),
            series("worst case", Ink::Reinforcing, Dash::Solid, &|_| 1.0 / TIME),
        ],
        marks: vec![Mark {
            at: Point::new(14.0, 0.24),
            label: text("this stream"),
            ink: Ink::Accent,
        }],
        lines: vec![RuledLine {
            direction: Direction::Upright,
            value: critical,
            label: text("critical WIP 8"),
        }],
    };
    line_chart(&chart, width, 300.0, &EstimatedText)
}

/// The sequence of limits: what holds throughput back when the constraint gets more capacity.
pub fn limits(width: f64) -> ChartPicture {
    let limits = [
        (0.0, 3.2, "Test"),
        (2.0, 4.1, "Code review"),
        (3.0, 5.5, "Release approval"),
        (5.0, 6.4, "Development"),
        (8.0, 7.0, "Demand"),
    ];
    let mut points: Vec<Point> = limits.iter().map(|(x, y, _)| Point::new(*x, *y)).collect();
    points.push(Point::new(10.0, 7.0));
    let mark = |(x, y, name): &(f64, f64, &str)| Mark {
        at: Point::new(*x, *y),
        label: text(name),
        ink: if *x == 0.0 { Ink::Accent } else { Ink::Line },
    };
    let chart = LineChart {
        title: text("Next constraints"),
        x_label: text("capacity added, people"),
        y_label: text("throughput, items / week"),
        series: vec![Series {
            name: String::new(),
            points,
            ink: Ink::Text,
            dash: Dash::Solid,
            joint: Joint::Stepped,
        }],
        marks: limits.iter().map(mark).collect(),
        lines: vec![RuledLine {
            direction: Direction::Across,
            value: 7.0,
            label: text("demand 7 / week"),
        }],
    };
    line_chart(&chart, width, 280.0, &EstimatedText)
}

/// What moves the lead time most.
pub fn tornado(width: f64) -> ChartPicture {
    let row = |label: &str, low: f64, high: f64| TornadoRow {
        label: text(label),
        span: Span::Known {
            low,
            high,
            low_label: format!("{low} d"),
            high_label: format!("{high} d"),
        },
    };
    let chart = TornadoChart {
        title: text("What moves the lead time most"),
        measured: text("lead time, days"),
        low_name: text("measure at its low end"),
        high_name: text("measure at its high end"),
        likely: 18.0,
        likely_label: text("likely 18 d"),
        rows: vec![
            row("Test: process time", 14.0, 27.0),
            row("Code review: waiting time", 11.0, 31.0),
            TornadoRow {
                label: text("Release: batch"),
                span: Span::Unknown,
            },
            row("Test: servers", 23.0, 15.5),
            row("Development: rework", 17.0, 20.0),
        ],
    };
    tornado_chart(&chart, width, &EstimatedText)
}

/// How much of its capacity each step uses.
pub fn utilisation(width: f64) -> ChartPicture {
    let bar = |label: &str, value: f64, role: BarRole| Bar {
        label: text(label),
        value,
        value_label: format!("{value} %"),
        role,
    };
    let chart = BarChart {
        title: text("Utilisation of every step"),
        measured: text("demand as a share of capacity"),
        bars: vec![
            bar("Refinement", 42.0, BarRole::Other),
            bar("Development", 81.0, BarRole::Other),
            bar("Code review", 93.0, BarRole::RunnerUp),
            bar("Test", 118.0, BarRole::Constraint),
            bar("Release", 35.0, BarRole::Other),
        ],
        limit: Some(Limit {
            value: 100.0,
            label: text("100 %"),
        }),
    };
    bar_chart(&chart, width, &EstimatedText)
}
