//! Words on the canvas: fonts, measuring, breaking into lines.

use crate::model::{Direction, line_read_as};

/// How heavy the letters are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Weight {
    /// 400.
    Regular,
    /// 600.
    Semibold,
}

impl Weight {
    /// The CSS font weight.
    #[must_use]
    pub const fn css(self) -> u16 {
        match self {
            Self::Regular => 400,
            Self::Semibold => 600,
        }
    }
}

/// The family of every text on the canvas and in exported pictures, as CSS.
pub const FONT_FAMILY: &str = "system-ui, -apple-system, \"Segoe UI\", Roboto, \"Noto Sans\", \
                               \"Liberation Sans\", sans-serif";

/// Which letters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Font {
    /// World units.
    pub size: f64,
    /// How heavy.
    pub weight: Weight,
}

impl Font {
    /// The name of a variable.
    pub const NAME: Self = Self {
        size: 16.0,
        weight: Weight::Regular,
    };
    /// A note.
    pub const NOTE: Self = Self {
        size: 14.0,
        weight: Weight::Regular,
    };
    /// The data of a station, the words beside a flow, the ladder, the labels of charts.
    pub const DATA: Self = Self {
        size: 12.0,
        weight: Weight::Regular,
    };
    /// The title of a chart.
    pub const TITLE: Self = Self {
        size: 14.0,
        weight: Weight::Semibold,
    };
    /// The sign beside an arrow head.
    pub const SIGN: Self = Self {
        size: 18.0,
        weight: Weight::Semibold,
    };
    /// R1, B1 in a loop badge.
    pub const BADGE: Self = Self {
        size: 12.0,
        weight: Weight::Semibold,
    };
    /// The name of a loop under its badge.
    pub const LOOP_NAME: Self = Self {
        size: 12.0,
        weight: Weight::Regular,
    };

    /// From the middle of a line down to its baseline, in world units.
    ///
    /// Painters place text by its baseline, which every viewer of pictures knows, and not by what
    /// each of them takes for the middle of a font.
    #[must_use]
    pub fn drop(self) -> f64 {
        self.size * 0.35
    }

    /// From one baseline to the next, in world units.
    #[must_use]
    pub fn line_height(self) -> f64 {
        (self.size * 1.3).round()
    }

    /// The font as CSS.
    #[must_use]
    pub fn css(self) -> String {
        let (weight, size) = (self.weight.css(), self.size);
        format!("{weight} {size}px {FONT_FAMILY}")
    }
}

/// Measures words. The browser does it with the real font; on the host, [`EstimatedText`] does.
pub trait MeasureText {
    /// The width of one line, in world units.
    fn width(&self, text: &str, font: Font) -> f64;
}

/// Widths of a common sans-serif face (Helvetica's published metrics), for where no font is there.
#[derive(Clone, Copy, Debug, Default)]
pub struct EstimatedText;

impl MeasureText for EstimatedText {
    fn width(&self, text: &str, font: Font) -> f64 {
        let units: f64 = text.chars().map(advance).sum();
        let heavier = if font.weight == Weight::Semibold {
            1.06
        } else {
            1.0
        };
        units * font.size / 1000.0 * heavier
    }
}

/// The advance of a character in thousandths of the font size.
fn advance(character: char) -> f64 {
    match character {
        'i' | 'j' | 'l' => 222.0,
        ' ' | '!' | ',' | '.' | '/' | ':' | ';' | 'I' | '\\' | 'f' | 't' => 278.0,
        '(' | ')' | '-' | 'r' | '\'' | '`' => 333.0,
        'c' | 'k' | 's' | 'v' | 'x' | 'y' | 'z' | 'J' => 500.0,
        'a'..='z' | '0'..='9' | '?' | '_' => 556.0,
        'F' | 'T' | 'Z' | 'L' => 611.0,
        'M' | 'W' | '@' => 860.0,
        'A'..='Z' | '&' | '%' => 700.0,
        // What steers the direction is not seen.
        '\u{200e}' | '\u{200f}' | '\u{2066}'..='\u{2069}' => 0.0,
        '\u{1100}'.. => 1000.0,
        _ => 580.0,
    }
}

/// A text broken into lines.
#[derive(Clone, Debug, PartialEq)]
pub struct Lines {
    /// The lines, from the top, each with its width in world units.
    pub lines: Vec<(String, f64)>,
    /// The widest line, in world units.
    pub width: f64,
    /// All lines, in world units.
    pub height: f64,
}

/// Breaks a text at `\n` and where a line would get wider than `limit` world units.
///
/// Words stay whole where they can; a single word wider than the limit is broken where it must.
/// Every line of a paragraph is read as the whole paragraph is.
#[must_use]
pub fn break_lines(text: &str, font: Font, limit: f64, measure: &dyn MeasureText) -> Lines {
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let whole = measure.width(paragraph, font);
        if whole <= limit {
            lines.push((paragraph.to_owned(), whole));
            continue;
        }
        let (direction, first) = (Direction::of(paragraph), lines.len());
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            let candidate = if line.is_empty() {
                word.to_owned()
            } else {
                format!("{line} {word}")
            };
            if measure.width(&candidate, font) <= limit {
                line = candidate;
                continue;
            }
            if !line.is_empty() {
                push_line(&mut lines, std::mem::take(&mut line), font, measure);
            }
            line = break_word(word, font, limit, measure, &mut lines);
        }
        push_line(&mut lines, line, font, measure);
        for (line, _) in &mut lines[first..] {
            *line = line_read_as(std::mem::take(line), direction);
        }
    }
    let width = lines.iter().map(|(_, width)| *width).fold(0.0, f64::max);
    let height = font.line_height() * lines.len() as f64;
    Lines {
        lines,
        width,
        height,
    }
}

fn push_line(lines: &mut Vec<(String, f64)>, line: String, font: Font, measure: &dyn MeasureText) {
    let width = measure.width(&line, font);
    lines.push((line, width));
}

/// Pushes full lines of a word that is too wide, and returns the rest of it.
fn break_word(
    word: &str,
    font: Font,
    limit: f64,
    measure: &dyn MeasureText,
    lines: &mut Vec<(String, f64)>,
) -> String {
    let mut rest = String::new();
    if measure.width(word, font) <= limit {
        rest.push_str(word);
        return rest;
    }
    for character in word.chars() {
        rest.push(character);
        if measure.width(&rest, font) > limit && rest.chars().count() > 1 {
            rest.pop();
            push_line(lines, std::mem::take(&mut rest), font, measure);
            rest.push(character);
        }
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(text: &str, limit: f64) -> Vec<String> {
        let lines = break_lines(text, Font::NAME, limit, &EstimatedText).lines;
        lines.into_iter().map(|(line, _)| line).collect()
    }

    #[test]
    fn short_text_is_one_line() {
        assert_eq!(broken("batch size", 180.0), ["batch size"]);
        assert_eq!(broken("", 180.0), [""]);
    }

    #[test]
    fn words_stay_whole_where_they_can() {
        assert_eq!(
            broken("fear of deploying on Fridays", 130.0),
            ["fear of deploying", "on Fridays"]
        );
    }

    #[test]
    fn a_word_without_end_is_broken() {
        let lines = broken(&"m".repeat(60), 100.0);
        assert!(lines.len() > 4);
        assert_eq!(lines.concat(), "m".repeat(60));
        assert!(
            lines
                .iter()
                .all(|l| EstimatedText.width(l, Font::NAME) <= 100.0)
        );
    }

    #[test]
    fn every_line_is_read_as_its_paragraph_is() {
        assert_eq!(
            broken("زمن الانتظار في الطابور (WIP).", 120.0),
            ["زمن الانتظار", "في الطابور", "\u{200f}(WIP)."]
        );
        assert_eq!(
            broken("متوسط (work in progress), 12 في", 110.0),
            ["متوسط (work in", "\u{200f}progress), 12", "في"]
        );
        // Paragraphs of a note have directions of their own.
        assert_eq!(broken("one\nשתיים", 180.0), ["one", "שתיים"]);
    }

    #[test]
    fn lines_of_a_note_are_kept() {
        assert_eq!(broken("one\n\ntwo", 180.0), ["one", "", "two"]);
    }
}
