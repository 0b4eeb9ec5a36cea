//! Bars side by side: how much each step is used, or could do.

use crate::model::Point;

use super::super::primitive::Stroke;
use super::super::text::MeasureText;
use super::super::theme::Ink;
use super::ChartPicture;
use super::scale::{Ends, Range, Scale, is_usable};
use super::sheet::{GAP, LINE, MARGIN, ROW, Sheet, Side, unstopped};

/// What a bar is among the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BarRole {
    /// One of many.
    #[default]
    Other,
    /// The constraint would be here, if the constraint were not.
    RunnerUp,
    /// The constraint.
    Constraint,
}

impl BarRole {
    /// The colour of its bar.
    const fn ink(self) -> Ink {
        match self {
            Self::Other => Ink::Grid,
            Self::RunnerUp => Ink::Line,
            Self::Constraint => Ink::Constraint,
        }
    }
}

/// One bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// Whose it is.
    pub label: String,
    /// How long it is, in the unit of the chart.
    pub value: f64,
    /// The same as text, with its unit.
    pub value_label: String,
    /// What it is among the others.
    pub role: BarRole,
}

/// A value that all bars are compared with: demand, or 100 %.
#[derive(Clone, Debug, PartialEq)]
pub struct Limit {
    /// In the unit of the chart.
    pub value: f64,
    /// Its name and value, which stand over its line.
    pub label: String,
}

/// A chart of bars, which begin at zero, in the order given.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BarChart {
    /// What it shows.
    pub title: String,
    /// What is measured, with its unit.
    pub measured: String,
    /// The bars.
    pub bars: Vec<Bar>,
    /// The line across all bars, if there is one.
    pub limit: Option<Limit>,
}

/// The picture of a chart of bars, of this width in world units; its height follows from the bars.
#[must_use]
pub fn bar_chart(chart: &BarChart, width: f64, measure: &dyn MeasureText) -> ChartPicture {
    let mut sheet = Sheet::new(width, measure);
    let mut top = sheet.head(&chart.title, &chart.measured);
    let limit = chart.limit.as_ref();
    let limit = limit.filter(|limit| is_usable(limit.value));
    let mut range = Range::default();
    for value in chart.bars.iter().map(|bar| bar.value) {
        range.take(value);
    }
    if let Some(limit) = limit {
        range.take(limit.value);
    }
    let scale = Scale::new(&range, Ends::Exact, 1);
    let (share, widest) = (sheet.width * 0.36, |words: f64, width: f64| {
        words.max(width)
    });
    let labels = chart.bars.iter().map(|bar| sheet.room(&bar.label, share));
    let labels = labels.fold(0.0, widest);
    let share = sheet.width * 0.24;
    let shown = chart.bars.iter().filter(|bar| is_usable(bar.value));
    let values = shown.map(|bar| sheet.room(&bar.value_label, share));
    let values = values.fold(0.0, widest);
    let left = MARGIN + labels + 2.0 * GAP;
    let right = sheet.width - MARGIN - values - 2.0 * GAP;
    let x_of = |value: f64| left + (right - left) * scale.share(value);
    if let Some(limit) = limit {
        let at = Point::new(x_of(limit.value), top + LINE / 2.0);
        sheet.words_over(&limit.label, at, Ink::Text);
        top += LINE + 4.0;
    }
    let bottom = top + chart.bars.len() as f64 * ROW;
    let mut y = top + ROW / 2.0;
    for bar in &chart.bars {
        let at = Point::new(MARGIN, y);
        sheet.words(&bar.label, at, Side::Left, labels, Ink::Text);
        if is_usable(bar.value) {
            sheet.bar(x_of(0.0), x_of(bar.value), y, bar.role.ink());
            let at = Point::new(sheet.width - MARGIN, y);
            sheet.words(&bar.value_label, at, Side::Right, values, Ink::Text);
        }
        y += ROW;
    }
    let mut upright = |x: f64, stroke: Stroke| {
        sheet.rule(Point::new(x, top), Point::new(x, bottom), stroke);
    };
    if !chart.bars.is_empty() {
        upright(x_of(0.0), Stroke::solid(Ink::Line, 1.0));
        if let Some(limit) = limit {
            upright(x_of(limit.value), Stroke::dashed(Ink::Text, 1.25));
        }
    }
    sheet.finish(bottom + MARGIN, summary(chart))
}

/// What the chart says, in sentences.
fn summary(chart: &BarChart) -> String {
    let mut text = format!("{}. Bar chart", unstopped(&chart.title));
    if !chart.measured.trim().is_empty() {
        text.push_str(&format!(" of {}", unstopped(&chart.measured)));
    }
    text.push('.');
    if let Some(limit) = chart.limit.as_ref().filter(|limit| is_usable(limit.value)) {
        text.push_str(&format!(" The line is {}.", unstopped(&limit.label)));
    }
    for bar in chart.bars.iter().filter(|bar| is_usable(bar.value)) {
        let (label, value) = (unstopped(&bar.label), unstopped(&bar.value_label));
        let role = match bar.role {
            BarRole::Other => "",
            BarRole::RunnerUp => ", the next constraint",
            BarRole::Constraint => ", the constraint",
        };
        text.push_str(&format!(" {label}: {value}{role}."));
    }
    text
}
