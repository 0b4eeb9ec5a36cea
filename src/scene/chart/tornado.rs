//! A tornado: what comes out when each measure in turn is at its low and at its high end.

use crate::model::{Point, Rect};

use super::super::primitive::{Path, Stroke};
use super::super::text::MeasureText;
use super::super::theme::Ink;
use super::ChartPicture;
use super::scale::is_usable;
use super::sheet::{BAR, GAP, LINE, MARGIN, ROW, Sheet, Side, unstopped};

/// The ink of what comes out at the low end of a measure.
const LOW: Ink = Ink::Muted;
/// The ink of what comes out at the high end of a measure.
const HIGH: Ink = Ink::Accent;

/// How far a measure moves the result.
#[derive(Clone, Debug, PartialEq)]
pub enum Span {
    /// The measure has a range.
    Known {
        /// The result at the low end of the measure.
        low: f64,
        /// The result at its high end.
        high: f64,
        /// The first as text, with its unit.
        low_label: String,
        /// The second as text, with its unit.
        high_label: String,
    },
    /// Nobody knows the measure: it could move the result anywhere.
    Unknown,
}

/// One measure.
#[derive(Clone, Debug, PartialEq)]
pub struct TornadoRow {
    /// Its name.
    pub label: String,
    /// What it does to the result.
    pub span: Span,
}

/// A tornado chart: the rows are sorted here, those of unknown measures first, then the widest.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TornadoChart {
    /// What it shows.
    pub title: String,
    /// What the result is, with its unit.
    pub measured: String,
    /// What the bars to the low ends are called, in a line above the rows.
    pub low_name: String,
    /// What the bars to the high ends are called.
    pub high_name: String,
    /// The result with every measure at its likely value.
    pub likely: f64,
    /// The same as text, which stands over its line.
    pub likely_label: String,
    /// The measures.
    pub rows: Vec<TornadoRow>,
}

/// The picture of a tornado, of this width in world units; its height follows from the rows.
#[must_use]
pub fn tornado_chart(chart: &TornadoChart, width: f64, measure: &dyn MeasureText) -> ChartPicture {
    let mut sheet = Sheet::new(width, measure);
    let mut rows: Vec<&TornadoRow> = chart.rows.iter().collect();
    rows.sort_by(|one, other| reach(other).total_cmp(&reach(one)));
    let top = sheet.head(&chart.title, &chart.measured);
    let top = draw_key(&mut sheet, chart, top);
    let bars = Bars::new(chart, &sheet);
    let first = top + LINE + 4.0;
    let bottom = first + rows.len() as f64 * ROW;
    if is_usable(chart.likely) {
        let at = Point::new(bars.base, top + LINE / 2.0);
        sheet.words_over(&chart.likely_label, at, Ink::Text);
    }
    let mut y = first + ROW / 2.0;
    for row in &rows {
        let at = Point::new(MARGIN, y);
        sheet.words(&row.label, at, Side::Left, bars.labels, Ink::Text);
        bars.draw(&mut sheet, row, y);
        y += ROW;
    }
    if is_usable(chart.likely) {
        let (from, to) = (Point::new(bars.base, first), Point::new(bars.base, bottom));
        sheet.rule(from, to, Stroke::solid(Ink::Text, 1.0));
    }
    sheet.finish(bottom + MARGIN, summary(chart, &rows))
}

/// The results of a row that can be shown.
fn ends(row: &TornadoRow) -> (Option<f64>, Option<f64>) {
    match row.span {
        Span::Known { low, high, .. } => (
            Some(low).filter(|low| is_usable(*low)),
            Some(high).filter(|high| is_usable(*high)),
        ),
        Span::Unknown => (None, None),
    }
}

/// How far a row reaches; what is unknown reaches anywhere.
fn reach(row: &TornadoRow) -> f64 {
    match ends(row) {
        (Some(low), Some(high)) => (high - low).abs(),
        (None, None) => f64::INFINITY,
        _ => 0.0,
    }
}

/// The line that says which colour is which; gives back where the room below begins.
fn draw_key(sheet: &mut Sheet<'_>, chart: &TornadoChart, top: f64) -> f64 {
    const SQUARE: f64 = 9.0;
    let names = [(&chart.low_name, LOW), (&chart.high_name, HIGH)];
    let limit = (sheet.width - 2.0 * MARGIN) / 2.0 - SQUARE - GAP - 5.0;
    let mut at = Point::new(MARGIN, top + LINE / 2.0);
    for (name, ink) in names {
        if name.trim().is_empty() {
            continue;
        }
        let square = Rect::centered(Point::new(at.x + SQUARE / 2.0, at.y), SQUARE, SQUARE);
        sheet.fill(Path::rounded(&square, 2.0), ink);
        at.x += SQUARE + 5.0;
        // The second name has what the first one leaves.
        let limit = match ink {
            LOW => limit,
            _ => sheet.width - MARGIN - at.x,
        };
        let rect = sheet.words(name, at, Side::Left, limit, Ink::Muted);
        at.x = rect.right + 2.0 * GAP;
    }
    if at.x > MARGIN { top + LINE + GAP } else { top }
}

/// Where the bars are, in world units.
struct Bars {
    /// The most that the names of the rows take.
    labels: f64,
    /// The most that a value takes.
    values: f64,
    /// The room of bars and values.
    left: f64,
    right: f64,
    /// The least result that is shown, and the greatest.
    low: f64,
    high: f64,
    /// The place of the likely result.
    base: f64,
}

impl Bars {
    fn new(chart: &TornadoChart, sheet: &Sheet<'_>) -> Self {
        let likely = Some(chart.likely).filter(|likely| is_usable(*likely));
        let results = chart.rows.iter().flat_map(|row| {
            let (low, high) = ends(row);
            [low, high].into_iter().flatten()
        });
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for result in results.chain(likely) {
            low = low.min(result);
            high = high.max(result);
        }
        let limit = sheet.width * 0.34;
        let labels = chart.rows.iter().map(|row| sheet.room(&row.label, limit));
        let labels = labels.fold(0.0, f64::max);
        let limit = sheet.width * 0.19;
        let values = chart.rows.iter().map(|row| match &row.span {
            Span::Known {
                low_label,
                high_label,
                ..
            } => sheet
                .room(low_label, limit)
                .max(sheet.room(high_label, limit)),
            Span::Unknown => 0.0,
        });
        let mut bars = Self {
            labels,
            values: values.fold(0.0, f64::max),
            left: MARGIN + labels + 1.5 * GAP,
            right: sheet.width - MARGIN,
            low,
            high,
            base: 0.0,
        };
        bars.base = match likely {
            Some(likely) => bars.x_of(likely),
            None => f64::midpoint(bars.left, bars.right),
        };
        bars
    }

    /// Where a result is on the sheet: between the values at both sides.
    fn x_of(&self, result: f64) -> f64 {
        let aside = self.values + 1.5 * GAP;
        let (from, to) = (self.left + aside, self.right - aside);
        // Halves, so that the difference of the largest numbers is one still.
        let share = (result / 2.0 - self.low / 2.0) / (self.high / 2.0 - self.low / 2.0);
        if share.is_finite() {
            from + (to - from) * share.clamp(0.0, 1.0)
        } else {
            f64::midpoint(from, to)
        }
    }

    fn draw(&self, sheet: &mut Sheet<'_>, row: &TornadoRow, y: f64) {
        let (low, high) = ends(row);
        let (low, high) = (
            low.map(|low| self.x_of(low)),
            high.map(|high| self.x_of(high)),
        );
        let (
            Some(nearest),
            Span::Known {
                low_label,
                high_label,
                ..
            },
        ) = (low.or(high), &row.span)
        else {
            self.draw_unknown(sheet, y);
            return;
        };
        let (low_at, high_at) = (low.unwrap_or(nearest), high.unwrap_or(nearest));
        // The longer one first: of two to one side, both are seen.
        let far_low = (low_at - self.base).abs() > (high_at - self.base).abs();
        let mut parts = [(high, HIGH), (low, LOW)];
        if far_low {
            parts.reverse();
        }
        for (end, ink) in parts {
            if let Some(end) = end {
                sheet.bar(self.base, end, y, ink);
            }
        }
        let is_mirrored = low_at > high_at;
        let (left, right) = if is_mirrored {
            (high_at, low_at)
        } else {
            (low_at, high_at)
        };
        let (mut left_label, mut right_label) = match (low, high) {
            (Some(_), Some(_)) => (low_label.clone(), high_label.clone()),
            (Some(_), None) => (low_label.clone(), String::new()),
            _ => (String::new(), high_label.clone()),
        };
        if is_mirrored {
            std::mem::swap(&mut left_label, &mut right_label);
        }
        let at = |x: f64| Point::new(x, y);
        const ASIDE: f64 = 5.0;
        // A value of a row whose bar has but one side stands at the likely line.
        let (left, right) = (left.min(self.base), right.max(self.base));
        sheet.words(
            &left_label,
            at(left - ASIDE),
            Side::Right,
            self.values,
            Ink::Text,
        );
        sheet.words(
            &right_label,
            at(right + ASIDE),
            Side::Left,
            self.values,
            Ink::Text,
        );
    }

    /// An open bar over the whole width.
    fn draw_unknown(&self, sheet: &mut Sheet<'_>, y: f64) {
        let middle = Point::new(f64::midpoint(self.left, self.right), y);
        let rect = Rect::centered(middle, self.right - self.left, BAR + 2.0);
        sheet.line(Path::rounded(&rect, 2.0), Stroke::dashed(Ink::Muted, 1.0));
        // In the wider part, so that the likely line does not pass through it.
        let end = if self.base > middle.x {
            self.left
        } else {
            self.right
        };
        let at = Point::new(f64::midpoint(self.base, end), y);
        sheet.words("unknown", at, Side::Middle, rect.width() / 2.0, Ink::Muted);
    }
}

/// What the chart says, in sentences.
fn summary(chart: &TornadoChart, rows: &[&TornadoRow]) -> String {
    let mut text = format!("{}. Tornado chart", unstopped(&chart.title));
    if !chart.measured.trim().is_empty() {
        text.push_str(&format!(" of {}", unstopped(&chart.measured)));
    }
    text.push('.');
    if is_usable(chart.likely) {
        text.push_str(&format!(" {}.", unstopped(&chart.likely_label)));
    }
    for row in rows {
        let label = unstopped(&row.label);
        let said = match (&row.span, ends(row)) {
            (Span::Known { low_label, .. }, (Some(_), None)) => unstopped(low_label).to_owned(),
            (Span::Known { high_label, .. }, (None, Some(_))) => unstopped(high_label).to_owned(),
            (
                Span::Known {
                    low_label,
                    high_label,
                    ..
                },
                (Some(_), Some(_)),
            ) => {
                format!("{} to {}", unstopped(low_label), unstopped(high_label))
            }
            _ => "unknown".to_owned(),
        };
        text.push_str(&format!(" {label}: {said}."));
    }
    text
}
