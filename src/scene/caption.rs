//! The words of a station or note as they are shown at small scales: as many as there is room for,
//! at a size that can be read.

use crate::model::{Direction, Point, Rect};

use super::magnify::READABLE;
use super::primitive::{Align, Primitive};
use super::text::{EstimatedText, Font, Lines, MeasureText, break_word};
use super::theme::Ink;

/// Words in lines, with the box around them.
pub(super) struct Caption {
    /// What is drawn.
    pub lines: Vec<Primitive>,
    /// The box around it.
    pub rect: Rect,
}

/// How far the words of a station may reach beyond its box on each side, in world units.
const BEYOND: f64 = 12.0;
/// The same of a queue, whose box is as narrow as its triangle.
const BESIDE: f64 = 40.0;
/// From one baseline to the next, as a part of the size of the letters.
const LINE: f64 = 1.2;
/// The paper left at the sides of a note, in world units.
const MARGIN: f64 = 8.0;
/// The box in the ellipse of a burst, as a part of the box around its spikes.
const IN_BURST: f64 = 0.7;
/// A note shows its words where a line has room for this many letters.
const LETTERS: f64 = 8.0;

/// What a station or note says, from which its words at small scales are taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Words {
    /// All of it.
    pub text: String,
    /// The letters in which it was measured.
    pub font: Font,
    /// How much wider it is than [`EstimatedText`] says.
    pub stretch: f64,
    /// The colour of the letters.
    pub ink: Ink,
    /// How many primitives draw the outline or the picture.
    pub frame: usize,
    /// How high the picture is that stands over the words, in world units.
    pub picture: f64,
    /// Where they stand.
    pub place: Place,
    /// The one figure that says most, in its colour.
    pub figure: Option<(String, Ink)>,
}

/// Where words stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the middle of a box.
    Inside,
    /// Below a picture.
    Below,
    /// On a note, from its top.
    Note,
    /// In the middle of a burst, within its spikes.
    Burst,
}

impl Words {
    /// What stands in these lines, without a figure.
    pub(super) fn new(text: &str, font: Font, ink: Ink, lines: &Lines) -> Self {
        let estimated = lines.lines.iter();
        let estimated: f64 = estimated
            .map(|(line, _)| EstimatedText.width(line, font))
            .sum();
        let measured: f64 = lines.lines.iter().map(|(_, width)| width).sum();
        Self {
            text: text.to_owned(),
            font,
            stretch: if estimated > 0.0 {
                measured / estimated
            } else {
                1.0
            },
            ink,
            frame: 0,
            picture: 0.0,
            place: Place::Note,
            figure: None,
        }
    }
}

/// Where words may break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Breaks {
    /// Between words; within one only where it is twice as long as its box.
    BetweenWords,
    /// Wherever the room ends.
    Anywhere,
}

/// The words of a node at a zoom; none where there is room for none.
pub(super) fn caption(words: &Words, rect: &Rect, zoom: f64, breaks: Breaks) -> Option<Caption> {
    let size = READABLE / zoom;
    let line = size * LINE;
    let outline = match words.place {
        Place::Burst => Rect::centered(
            rect.center(),
            rect.width() * IN_BURST,
            rect.height() * IN_BURST,
        ),
        Place::Inside | Place::Below | Place::Note => *rect,
    };
    let area = Rect {
        top: outline.top.max(rect.top + words.picture),
        ..outline
    };
    let (limit, most) = match words.place {
        Place::Note => (area.width() - 2.0 * MARGIN, (area.height() - MARGIN) / line),
        Place::Burst => (area.width(), area.height() / line),
        Place::Inside => (area.width() + 2.0 * BEYOND, area.height() / line),
        Place::Below => (area.width() + 2.0 * BESIDE, 2.0),
    };
    let is_note = matches!(words.place, Place::Note | Place::Burst);
    if is_note && (limit < LETTERS * size * 0.5 || most < 1.0) {
        return None;
    }
    let scale = size / words.font.size * words.stretch;
    let width_of = |text: &str| EstimatedText.width(text, words.font) * scale;
    let limit = match (breaks, words.place) {
        (Breaks::BetweenWords, Place::Inside) => {
            let longest = words.text.split_whitespace().map(width_of);
            let longest = longest.fold(0.0, f64::max);
            limit.max(longest.min(2.0 * area.width()))
        }
        _ => limit,
    };
    let most = most.floor().max(1.0) as usize;
    let mut lines = broken(&words.text, limit, &width_of);
    let fits = |(text, _): &&(String, Ink)| lines.len() < most && width_of(text) <= limit;
    let figure = words.figure.as_ref().filter(fits);
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            shorten(last, limit, &width_of);
        }
    }
    let mut rows: Vec<(String, Ink)> = lines.into_iter().map(|line| (line, words.ink)).collect();
    rows.extend(figure.cloned());
    let font = Font { size, ..words.font };
    Some(stacked(rows, words.place, &area, font, width_of))
}

/// The lines of words one below the other in an area.
fn stacked(
    rows: Vec<(String, Ink)>,
    place: Place,
    area: &Rect,
    font: Font,
    width_of: impl Fn(&str) -> f64,
) -> Caption {
    let line = font.size * LINE;
    let height = rows.len() as f64 * line;
    let first = match place {
        Place::Inside | Place::Note | Place::Burst => area.center().y - height / 2.0,
        Place::Below => area.top,
    };
    let reads = rows
        .first()
        .map_or(Direction::LeftToRight, |(text, _)| Direction::of(text));
    let (x, align) = match (place, reads) {
        (Place::Note, Direction::LeftToRight) => (area.left + MARGIN, Align::Left),
        (Place::Note, Direction::RightToLeft) => (area.right - MARGIN, Align::Right),
        (Place::Inside | Place::Below | Place::Burst, _) => (area.center().x, Align::Center),
    };
    let mut widest = 0.0_f64;
    let mut lines = Vec::with_capacity(rows.len());
    for (row, (text, ink)) in rows.into_iter().enumerate() {
        let width = width_of(&text);
        widest = widest.max(width);
        lines.push(Primitive::Text {
            text,
            at: Point::new(x, first + (row as f64 + 0.5) * line),
            width,
            align,
            font,
            ink,
        });
    }
    let left = align.left_of(x, widest);
    let rect = Rect {
        left,
        top: first,
        right: left + widest,
        bottom: first + height,
    };
    Caption { lines, rect }
}

fn broken(text: &str, limit: f64, width_of: &impl Fn(&str) -> f64) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let candidate = match line.is_empty() {
            true => word.to_owned(),
            false => format!("{line} {word}"),
        };
        if width_of(&candidate) <= limit {
            line = candidate;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        let (full, rest) = break_word(word, limit, width_of);
        lines.extend(full);
        line = rest;
    }
    lines.push(line);
    lines
}

/// Ends a line that is not the last with an ellipsis.
pub(super) fn shorten(line: &mut String, limit: f64, width_of: &impl Fn(&str) -> f64) {
    while !line.is_empty() && width_of(line) + width_of("\u{2026}") > limit {
        line.pop();
    }
    line.truncate(line.trim_end_matches(['-', ' ']).len());
    line.push('\u{2026}');
}
