//! No words over other words and none off the paper, whatever the numbers are.

use super::*;
use crate::model::{Point, Rect};
use crate::scene::{Align, Dash, EstimatedText, Font, Ink, Segment};

const WIDTHS: [f64; 3] = [320.0, 480.0, 900.0];
const LONG: &str = "Security review of every change by the architecture board, twice a month";

/// The words of a picture with their boxes: as high as the letters are, a little more.
fn words(picture: &ChartPicture) -> Vec<(String, Rect)> {
    let boxed = |primitive: &Primitive| match primitive {
        Primitive::Text {
            text,
            at,
            width,
            align,
            font,
            ..
        } => {
            let middle = match align {
                Align::Left => at.x + width / 2.0,
                Align::Center => at.x,
                Align::Right => at.x - width / 2.0,
            };
            let rect = Rect::centered(Point::new(middle, at.y), *width, font.size);
            Some((text.clone(), rect))
        }
        _ => None,
    };
    picture.primitives.iter().filter_map(boxed).collect()
}

fn points(picture: &ChartPicture) -> Vec<Point> {
    let paths = picture
        .primitives
        .iter()
        .filter_map(|primitive| match primitive {
            Primitive::Fill { path, .. } | Primitive::Line { path, .. } => Some(path),
            Primitive::Text { .. } | Primitive::Image { .. } => None,
        });
    let point = |segment: &Segment| match segment {
        Segment::Move(at) | Segment::Line(at) | Segment::Arc { center: at, .. } => Some(*at),
        Segment::Close => None,
    };
    paths
        .flat_map(|path| path.0.iter().filter_map(point))
        .collect()
}

/// Panics if words touch each other or anything leaves the paper.
fn check(name: &str, picture: &ChartPicture) {
    let paper = Rect::from_points(
        Point::new(0.0, 0.0),
        Point::new(picture.size.x, picture.size.y),
    );
    let words = words(picture);
    for (at, (text, rect)) in words.iter().enumerate() {
        assert!(
            paper.contains_rect(rect),
            "{name}: {text:?} leaves the paper: {rect:?}"
        );
        assert!(
            !text.contains("NaN") && !text.contains("inf"),
            "{name}: {text}"
        );
        for (other, box_of_other) in &words[at + 1..] {
            assert!(
                !place::overlap(rect, box_of_other),
                "{name}: {text:?} {rect:?} over {other:?} {box_of_other:?}"
            );
        }
    }
    for point in points(picture) {
        assert!(
            point.is_on(&paper),
            "{name}: {point:?} of {:?}",
            picture.size
        );
    }
    assert!(!picture.summary.contains("NaN") && !picture.summary.contains("inf"));
}

trait On {
    fn is_on(&self, paper: &Rect) -> bool;
}

impl On for Point {
    fn is_on(&self, paper: &Rect) -> bool {
        self.is_finite() && paper.contains(*self)
    }
}

fn has(picture: &ChartPicture, text: &str) -> bool {
    words(picture).iter().any(|(words, _)| words == text)
}

fn series(name: &str, points: &[(f64, f64)]) -> Series {
    Series {
        name: name.to_owned(),
        points: points.iter().map(|(x, y)| Point::new(*x, *y)).collect(),
        ink: Ink::Balancing,
        dash: Dash::Solid,
        joint: Joint::Straight,
    }
}

fn lines_of(lists: &[&[(f64, f64)]], label: &str) -> LineChart {
    let mut chart = LineChart {
        title: format!("Throughput, {label}"),
        x_label: label.to_owned(),
        y_label: label.to_owned(),
        ..LineChart::default()
    };
    for (number, list) in lists.iter().enumerate() {
        chart
            .series
            .push(series(&format!("{label} {number}"), list));
        for (x, y) in list.iter().take(6) {
            chart.marks.push(Mark {
                at: Point::new(*x, *y),
                label: format!("{label} {x}"),
                ink: Ink::Accent,
            });
        }
        let (x, y) = list.first().copied().unwrap_or_default();
        for (direction, value) in [(Direction::Across, y), (Direction::Upright, x)] {
            let label = label.to_owned();
            chart.lines.push(RuledLine {
                direction,
                value,
                label,
            });
        }
    }
    chart
}

#[test]
fn lines_stay_readable() {
    let far = 4.0e250;
    let lists: [&[&[(f64, f64)]]; 10] = [
        &[],
        &[&[]],
        &[&[(0.0, 0.0), (0.0, 0.0), (0.0, 0.0)]],
        &[&[(3.0, 7.0)]],
        &[&[(-4.0, -9.0), (-2.0, -1.0), (5.0, -3.0)]],
        &[&[(0.0, -1.0), (1.0e6, 2.0e12), (far, -far)], &[(1.0, far)]],
        &[
            &[(0.0, 5.0), (1.0, 5.0), (2.0, 5.0)],
            &[(0.0, 5.0), (2.0, 5.0)],
            &[(0.0, 5.0), (2.0, 5.1)],
        ],
        &[&[
            (0.0, f64::NAN),
            (f64::INFINITY, 2.0),
            (1.0, 2.0),
            (2.0, f64::NEG_INFINITY),
            (3.0, 4.0),
        ]],
        &[&[(1.0e-7, 2.0e-9), (3.0e-7, 1.0e-9)]],
        &[&[
            (10.0, 1.0),
            (10.1, 1.1),
            (10.2, 1.2),
            (10.3, 1.3),
            (10.4, 1.4),
            (10.5, 1.5),
        ]],
    ];
    for (number, lists) in lists.iter().enumerate() {
        for label in ["", "WIP", LONG] {
            for width in WIDTHS {
                let chart = lines_of(lists, label);
                let picture = line_chart(&chart, width, 240.0, &EstimatedText);
                check(&format!("{number} {label} {width}"), &picture);
                assert_eq!(picture.size.x, width);
                assert!(picture.size.y >= 240.0);
            }
        }
    }
    let many: Vec<Series> = (0..20)
        .map(|number| series(&format!("line {number}"), &[(0.0, 1.0), (4.0, 1.0)]))
        .collect();
    let chart = LineChart {
        series: many,
        ..LineChart::default()
    };
    let picture = line_chart(&chart, f64::NAN, 10.0, &EstimatedText);
    check("many", &picture);
    assert!(has(&picture, "line 0") && has(&picture, "line 19"));
}

#[test]
fn every_limit_is_named_beside_its_dot_or_in_the_key() {
    let steps = [
        (0.0, 4.0),
        (0.5, 5.0),
        (0.6, 5.1),
        (0.7, 5.2),
        (2.0, 9.0),
        (2.1, 9.0),
    ];
    for width in WIDTHS {
        let mut chart = lines_of(&[&steps], "");
        chart.series[0].joint = Joint::Stepped;
        for (number, mark) in chart.marks.iter_mut().enumerate() {
            mark.label = format!("Review by team {number}");
        }
        let picture = line_chart(&chart, width, 220.0, &EstimatedText);
        check("limits", &picture);
        for mark in &chart.marks {
            assert!(has(&picture, &mark.label), "{width} {}", mark.label);
            assert!(picture.summary.contains(&mark.label));
        }
    }
}

fn row(label: &str, low: f64, high: f64, value: &str) -> TornadoRow {
    TornadoRow {
        label: label.to_owned(),
        span: Span::Known {
            low,
            high,
            low_label: format!("{value} low"),
            high_label: format!("{value} high"),
        },
    }
}

#[test]
fn tornadoes_stay_readable() {
    let ends = [
        (0.0, 0.0),
        (10.0, 10.0),
        (4.0, 40.0),
        (40.0, 4.0),
        (12.0, 30.0),
        (-7.0, -9.0),
        (f64::NAN, 12.0),
        (3.0, f64::INFINITY),
        (f64::NAN, f64::NAN),
        (-9.0e299, 9.0e299),
    ];
    for likely in [0.0, 10.0, -4.0, 9.0e299, f64::NAN] {
        for words in ["", "12 d", LONG] {
            for width in WIDTHS {
                for count in [0, 1, 2, 5, 8, ends.len()] {
                    let rows = ends.iter().take(count);
                    let mut rows: Vec<TornadoRow> = rows
                        .map(|(low, high)| row(words, *low, *high, words))
                        .collect();
                    let span = Span::Unknown;
                    rows.push(TornadoRow {
                        label: words.to_owned(),
                        span,
                    });
                    let chart = TornadoChart {
                        title: words.to_owned(),
                        measured: words.to_owned(),
                        low_name: words.to_owned(),
                        high_name: words.to_owned(),
                        likely,
                        likely_label: words.to_owned(),
                        rows,
                    };
                    let picture = tornado_chart(&chart, width, &EstimatedText);
                    check(&format!("{likely} {words} {width} {count}"), &picture);
                    assert!(has(&picture, "unknown"));
                }
            }
        }
    }
}

#[test]
fn the_widest_row_of_a_tornado_is_above_the_others() {
    let rows = vec![
        row("narrow", 9.0, 11.0, ""),
        row("wide", 4.0, 30.0, ""),
        TornadoRow {
            label: "open".to_owned(),
            span: Span::Unknown,
        },
    ];
    let chart = TornadoChart {
        likely: 10.0,
        rows,
        ..TornadoChart::default()
    };
    let picture = tornado_chart(&chart, 480.0, &EstimatedText);
    let words = words(&picture);
    let labels: Vec<&str> = words.iter().map(|(text, _)| text.as_str()).collect();
    let position = |label: &str| labels.iter().position(|other| *other == label);
    assert!(position("open") < position("wide") && position("wide") < position("narrow"));
}

#[test]
fn bars_stay_readable() {
    let lists: [&[f64]; 8] = [
        &[],
        &[0.0, 0.0, 0.0],
        &[5.0],
        &[-3.0, 2.0, -8.0],
        &[1.0e12, 3.0, 9.9e299],
        &[5.0, 5.0, 5.0],
        &[f64::NAN, f64::INFINITY, 4.0],
        &[1.0e-9, 2.0e-9],
    ];
    for values in lists {
        for words in ["", "12 / d", LONG] {
            for width in WIDTHS {
                for limit in [None, Some(0.0), Some(4.5), Some(-1.0e20), Some(f64::NAN)] {
                    let bar = |value: &f64| Bar {
                        label: words.to_owned(),
                        value: *value,
                        value_label: words.to_owned(),
                        role: BarRole::Constraint,
                    };
                    let chart = BarChart {
                        title: words.to_owned(),
                        measured: words.to_owned(),
                        bars: values.iter().map(bar).collect(),
                        limit: limit.map(|value| Limit {
                            value,
                            label: words.to_owned(),
                        }),
                    };
                    let picture = bar_chart(&chart, width, &EstimatedText);
                    check(&format!("{values:?} {words} {width} {limit:?}"), &picture);
                }
            }
        }
    }
}

#[test]
fn titles_and_values_are_written() {
    let chart = lines_of(&[&[(0.0, 1.0), (20.0, 4.0)]], "WIP");
    let picture = line_chart(&chart, 480.0, 240.0, &EstimatedText);
    for text in ["Throughput, WIP", "0", "4", "20"] {
        assert!(has(&picture, text), "{text}");
    }
    let is_title = |primitive: &Primitive| matches!(primitive, Primitive::Text { font, .. } if *font == Font::TITLE);
    assert!(picture.primitives.iter().any(is_title));
    assert!(
        picture
            .summary
            .starts_with("Throughput, WIP. Line chart of WIP against WIP.")
    );
}
