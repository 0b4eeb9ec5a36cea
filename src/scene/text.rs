//! Words on the canvas: fonts, measuring, breaking into lines.

use crate::model::{Direction, line_read_as};

use super::hyphen::{SOFT, breaks, seen};

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
    /// The name of a small variable: no name is smaller.
    pub const SMALL_NAME: Self = Self {
        size: 13.0,
        weight: Weight::Regular,
    };
    /// A note.
    pub const NOTE: Self = Self {
        size: 14.0,
        weight: Weight::Regular,
    };
    /// The data of a station, the words beside a flow, the ladder.
    pub const DATA: Self = Self {
        size: 16.0,
        weight: Weight::Regular,
    };
    /// The totals of the ladder.
    pub const TOTAL: Self = Self {
        size: 16.0,
        weight: Weight::Semibold,
    };
    /// A word at a station or variable, such as "constraint".
    pub const TAG: Self = Self {
        size: 14.0,
        weight: Weight::Semibold,
    };
    /// The labels of charts.
    pub const CHART: Self = Self {
        size: 12.0,
        weight: Weight::Regular,
    };
    /// The title of a chart.
    pub const TITLE: Self = Self {
        size: 14.0,
        weight: Weight::Semibold,
    };
    /// The title of a frame.
    pub const FRAME: Self = Self {
        size: 14.0,
        weight: Weight::Semibold,
    };
    /// The sign beside an arrow head.
    pub const SIGN: Self = Self {
        size: 18.0,
        weight: Weight::Semibold,
    };
    /// The words on the line of a link.
    pub const LINK_LABEL: Self = Self {
        size: 14.0,
        weight: Weight::Regular,
    };
    /// R1, B1 in a loop badge.
    pub const BADGE: Self = Self {
        size: 15.0,
        weight: Weight::Semibold,
    };
    /// The name of a loop under its badge.
    pub const LOOP_NAME: Self = Self {
        size: 15.0,
        weight: Weight::Semibold,
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
#[derive(Clone, Debug, Default, PartialEq)]
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
/// Words stay whole where they can; a single word wider than the limit is broken at a hyphen, or
/// where it must. Every line of a paragraph is read as the whole paragraph is.
#[must_use]
pub fn break_lines(text: &str, font: Font, limit: f64, measure: &dyn MeasureText) -> Lines {
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let whole = seen(paragraph);
        let width = measure.width(&whole, font);
        if width <= limit {
            lines.push((whole, width));
            continue;
        }
        let (direction, first) = (Direction::of(paragraph), lines.len());
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            let candidate = if line.is_empty() {
                seen(word)
            } else {
                format!("{line} {}", seen(word))
            };
            if measure.width(&candidate, font) <= limit {
                line = candidate;
                continue;
            }
            if !line.is_empty() {
                push_line(&mut lines, std::mem::take(&mut line), font, measure);
            }
            let (mut full, rest) = break_word(word, limit, |part| measure.width(part, font));
            for part in full.drain(..) {
                push_line(&mut lines, part, font, measure);
            }
            line = rest;
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

/// The width at which a name breaks: `usual`, or that of its longest word where that is wider, up
/// to `most`; all in world units.
#[must_use]
pub fn name_limit(text: &str, font: Font, usual: f64, most: f64, measure: &dyn MeasureText) -> f64 {
    if measure.width(text, font) <= usual {
        return usual;
    }
    let words = text.split_whitespace();
    let widths = words.map(|word| measure.width(&seen(word), font));
    widths.fold(usual, f64::max).min(most)
}

fn push_line(lines: &mut Vec<(String, f64)>, line: String, font: Font, measure: &dyn MeasureText) {
    let width = measure.width(&line, font);
    lines.push((line, width));
}

/// The full lines of a word, each with its hyphen, and the rest of it, none wider than `limit` by
/// `width_of`. What has no place for a hyphen is broken where it must, but no letter stands alone.
pub(super) fn break_word(
    word: &str,
    limit: f64,
    width_of: impl Fn(&str) -> f64,
) -> (Vec<String>, String) {
    let (places, mut lines, mut begun) = (breaks(word), Vec::new(), 0);
    loop {
        let rest = seen(&word[begun..]);
        if width_of(&rest) <= limit {
            return (lines, rest);
        }
        let line = |at: usize, hyphen: bool| {
            let mut line = seen(&word[begun..at]);
            line.extend(hyphen.then_some('-'));
            line
        };
        let later = places.iter().filter(|place| place.at > begun);
        let fitting = later
            .rev()
            .find(|place| width_of(&line(place.at, place.hyphen)) <= limit);
        let (at, text) = match fitting {
            Some(place) => (place.at, line(place.at, place.hyphen)),
            None => {
                let ends: Vec<usize> = word[begun..]
                    .char_indices()
                    .map(|(at, _)| begun + at)
                    .collect();
                let fits = |at: &usize| width_of(&line(*at, false)) <= limit;
                let fitting = ends.iter().skip(1).take_while(|at| fits(at)).count().max(1);
                // The last letter takes the one before it along.
                let leaves_one = fitting + 1 == ends.len() && fitting > 1;
                let Some(at) = ends.get(fitting - usize::from(leaves_one)).copied() else {
                    return (lines, rest);
                };
                (at, line(at, false))
            }
        };
        lines.push(text);
        begun = at;
        if word[begun..].starts_with(SOFT) {
            begun += SOFT.len_utf8();
        }
    }
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
    fn a_long_word_is_broken_with_a_hyphen_and_no_letter_stands_alone() {
        for limit in [60.0, 100.0, 140.0, 280.0] {
            for text in [
                "Bereitstellungsgeschwindigkeitsbeschränkung der Arbeit",
                "Donaudampfschifffahrtsgesellschaft",
                "mmmmmmmmmmm",
            ] {
                let lines = broken(text, limit);
                let joined = lines.join("\n").replace("-\n", "").replace('\n', " ");
                let same = joined.replace(' ', "") == text.replace(' ', "");
                assert!(same, "{lines:?}");
                for line in &lines {
                    assert!(EstimatedText.width(line, Font::NAME) <= limit, "{lines:?}");
                    let least = if text.starts_with('m') { 2 } else { 3 };
                    assert!(line.chars().count() >= least, "{lines:?}");
                }
            }
        }
        assert_eq!(
            broken("Bereit\u{ad}stellung", 80.0),
            ["Bereit-", "stellung"],
            "a typed soft hyphen"
        );
        assert_eq!(broken("Bereit\u{ad}stellung", 200.0), ["Bereitstellung"]);
    }

    #[test]
    fn a_name_widens_to_its_longest_word() {
        let limit = |text| name_limit(text, Font::NAME, 176.0, 280.0, &EstimatedText);
        assert_eq!(limit("batch size"), 176.0);
        assert_eq!(limit("fear of deploying on Fridays at noon"), 176.0);
        let word = "Bereitstellungsgeschwindigkeit";
        assert_eq!(limit(word), EstimatedText.width(word, Font::NAME));
        assert_eq!(limit(&word.repeat(3)), 280.0);
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
