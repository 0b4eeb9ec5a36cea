//! The sheet that a chart is drawn on: words fitted to their room, lines, boxes.

use crate::model::{Point, Rect, Vector};

use super::super::primitive::{Align, Path, Primitive, Stroke};
use super::super::text::{Font, MeasureText, break_lines};
use super::super::theme::Ink;
use super::ChartPicture;

/// The paper around a chart, in world units.
pub const MARGIN: f64 = 12.0;
/// The height of a line of words, in world units.
pub const LINE: f64 = 16.0;
/// The height of a row with a bar, in world units.
pub const ROW: f64 = 26.0;
/// The height of a bar, in world units.
pub const BAR: f64 = 14.0;
/// Between words and what they belong to, in world units.
pub const GAP: f64 = 8.0;
/// The most lines of a title.
const TITLE_LINES: usize = 2;
/// Longer labels are cut before they are measured, in characters.
const LONGEST: usize = 200;

/// Which end of a line of words is at its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The words begin there.
    Left,
    /// The words have their middle there.
    Middle,
    /// The words end there.
    Right,
}

/// A chart in the making.
pub struct Sheet<'a> {
    measure: &'a dyn MeasureText,
    /// World units.
    pub width: f64,
    primitives: Vec<Primitive>,
}

/// A length that a chart can have, in world units.
pub fn sound(length: f64, least: f64) -> f64 {
    const MOST: f64 = 16_384.0;
    if length.is_finite() {
        length.clamp(least, MOST).round()
    } else {
        least
    }
}

/// The words of a sentence without the stop at its end.
pub fn unstopped(words: &str) -> &str {
    words.trim().trim_end_matches('.')
}

impl<'a> Sheet<'a> {
    /// An empty sheet.
    pub fn new(width: f64, measure: &'a dyn MeasureText) -> Self {
        const LEAST: f64 = 240.0;
        Self {
            measure,
            width: sound(width, LEAST),
            primitives: Vec::new(),
        }
    }

    /// The words on one line within a limit, with an ellipsis if they are more, and their width.
    pub fn fitted(&self, words: &str, font: Font, limit: f64) -> (String, f64) {
        // What was measured before has room still, whatever was added and taken since.
        let limit = limit + 0.01;
        let cut: String = words.chars().take(LONGEST).collect();
        let mut line = cut.split_whitespace().collect::<Vec<_>>().join(" ");
        let width = self.measure.width(&line, font);
        if width <= limit && cut.len() == words.len() {
            return (line, width);
        }
        loop {
            let shown = format!("{}\u{2026}", line.trim_end());
            let width = self.measure.width(&shown, font);
            if width <= limit {
                return (shown, width);
            }
            if line.pop().is_none() {
                return (String::new(), 0.0);
            }
        }
    }

    /// The width of words in the font of data, but no more than a limit.
    pub fn room(&self, words: &str, limit: f64) -> f64 {
        self.fitted(words, Font::CHART, limit).1
    }

    /// A line of words in the font of data, no wider than a limit; gives back its box.
    pub fn words(&mut self, words: &str, at: Point, side: Side, limit: f64, ink: Ink) -> Rect {
        let (text, width) = self.fitted(words, Font::CHART, limit);
        self.text(text, width, at, side, Font::CHART, ink)
    }

    fn text(
        &mut self,
        text: String,
        width: f64,
        at: Point,
        side: Side,
        font: Font,
        ink: Ink,
    ) -> Rect {
        let left = match side {
            Side::Left => at.x,
            Side::Middle => at.x - width / 2.0,
            Side::Right => at.x - width,
        };
        let rect = Rect::centered(Point::new(left + width / 2.0, at.y), width, LINE);
        if !text.is_empty() {
            // Words that end at their point are measured, all others are placed by the painter.
            let (align, x) = match side {
                Side::Middle => (Align::Center, at.x),
                Side::Left | Side::Right => (Align::Left, left),
            };
            self.primitives.push(Primitive::Text {
                text,
                at: Point::new(x, at.y),
                width,
                align,
                font,
                ink,
            });
        }
        rect
    }

    /// Words with their middle as near to a point as the sheet's margins allow.
    pub fn words_over(&mut self, words: &str, at: Point, ink: Ink) -> Rect {
        let limit = self.width - 2.0 * MARGIN;
        let half = self.room(words, limit) / 2.0;
        // Not `clamp`: words of the whole width leave no room, to the last bit.
        let x = at.x.max(MARGIN + half).min(self.width - MARGIN - half);
        self.words(words, Point::new(x, at.y), Side::Middle, limit, ink)
    }

    /// The title, and under it what is measured; gives back where the room below begins.
    pub fn head(&mut self, title: &str, measured: &str) -> f64 {
        let limit = self.width - 2.0 * MARGIN;
        let mut y = MARGIN;
        let cut: String = title.chars().take(LONGEST).collect();
        let lines = break_lines(cut.trim(), Font::TITLE, limit, self.measure).lines;
        let rest = lines
            .iter()
            .skip(TITLE_LINES - 1)
            .map(|(line, _)| line.as_str());
        let rest = rest.collect::<Vec<_>>().join(" ");
        let mut shown: Vec<String> = lines
            .iter()
            .take(TITLE_LINES - 1)
            .map(|(line, _)| line.clone())
            .collect();
        shown.push(rest);
        for line in shown.iter().filter(|line| !line.is_empty()) {
            let height = Font::TITLE.line_height();
            let (text, width) = self.fitted(line, Font::TITLE, limit);
            let at = Point::new(MARGIN, y + height / 2.0);
            self.text(text, width, at, Side::Left, Font::TITLE, Ink::Text);
            y += height;
        }
        if !measured.trim().is_empty() {
            y += 2.0;
            let at = Point::new(MARGIN, y + LINE / 2.0);
            self.words(measured, at, Side::Left, limit, Ink::Muted);
            y += LINE;
        }
        y + GAP
    }

    /// A line from one point to another.
    pub fn rule(&mut self, from: Point, to: Point, stroke: Stroke) {
        self.line(Path::line(from, to), stroke);
    }

    /// A line along a path.
    pub fn line(&mut self, path: Path, stroke: Stroke) {
        self.primitives.push(Primitive::Line { path, stroke });
    }

    /// A filled outline.
    pub fn fill(&mut self, path: Path, ink: Ink) {
        self.primitives.push(Primitive::Fill { path, ink });
    }

    /// A bar from one place to another at a height; one without length is a thin stroke, and a
    /// faint one has an outline.
    pub fn bar(&mut self, from: f64, to: f64, y: f64, ink: Ink) {
        const THINNEST: f64 = 2.0;
        let middle = f64::midpoint(from, to);
        let length = (to - from).abs().max(THINNEST);
        let rect = Rect::centered(Point::new(middle, y), length, BAR);
        self.fill(Path::rounded(&rect, 2.0), ink);
        if ink == Ink::Grid {
            let outline = Path::rounded(&rect.grown(-0.5), 1.5);
            self.line(outline, Stroke::solid(Ink::Line, 1.0));
        }
    }

    /// The picture, so high.
    pub fn finish(self, height: f64, summary: String) -> ChartPicture {
        ChartPicture {
            size: Vector::new(self.width, height.ceil()),
            primitives: self.primitives,
            summary,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::EstimatedText;

    #[test]
    fn words_are_shortened_to_their_room() {
        let sheet = Sheet::new(320.0, &EstimatedText);
        let (text, width) = sheet.fitted("Release to production", Font::CHART, 60.0);
        assert!(text.ends_with('\u{2026}') && width < 60.1, "{text}");
        assert_eq!(sheet.fitted("a \n b", Font::CHART, 60.0).0, "a b");
        assert_eq!(sheet.fitted("wide", Font::CHART, 1.0).0, "");
    }

    #[test]
    fn a_title_has_two_lines_at_most() {
        let mut sheet = Sheet::new(320.0, &EstimatedText);
        sheet.head(&"throughput and lead time ".repeat(9), "days");
        assert_eq!(sheet.primitives.len(), 3);
        assert_eq!(sound(f64::NAN, 100.0), 100.0);
    }
}
