//! The words of a slide: the title above the diagram, words and figures below it, in letters that are
//! as large as their number lets them be.

use crate::format::drawing::Drawing;
use crate::model::{Direction, LoopKey, Point, Rect, StoryStep, isolated};
use crate::scene::{Align, Font, Ink, Lines, MeasureText, Primitive, Weight, break_lines};
use crate::story::markdown::{plain, read};
use crate::story::{FigureValue, figures};

/// The paper around everything, in pixels.
const MARGIN: f64 = 64.0;
/// Between the words and the diagram, in pixels.
const GAP: f64 = 24.0;
/// The letters of a title, in pixels: the first size in which it has at most two lines.
const TITLES: [f64; 3] = [60.0, 48.0, 38.0];
/// The letters of words, in pixels: the first size in which they leave the diagram its part.
const WORDS: [f64; 3] = [36.0, 30.0, 24.0];
/// How many lines a title has at most.
const TITLE_LINES: usize = 2;
/// The part of a slide that words have at most.
const PART_OF_WORDS: f64 = 0.34;

/// Where the words of a slide stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Below the diagram.
    Below,
    /// Beside it, at the right.
    Beside,
}

/// The words of a step, set on a page, and the room that they leave.
pub(super) fn set(
    drawing: &Drawing<'_>,
    step: &StoryStep,
    page: &Rect,
    place: Place,
) -> (Vec<Primitive>, Rect) {
    let (measure, inside) = (drawing.font(), page.grown(-MARGIN));
    let mut primitives = Vec::new();
    let mut room = *page;
    let title = step.title.trim();
    if !title.is_empty() {
        let most = TITLE_LINES as f64;
        let fits = |lines: &Lines, font: Font| lines.height <= most * font.line_height();
        let (lines, font) = largest(title, (&TITLES, Weight::Semibold), &inside, measure, fits);
        let lines = first(lines, TITLE_LINES);
        let height = font.line_height() * lines.len() as f64;
        put(&mut primitives, lines, (&inside, inside.top), font);
        room.top = inside.top + height + GAP;
    }
    let words = words_of(drawing, step);
    if words.is_empty() {
        return (primitives, room);
    }
    let column = match place {
        Place::Below => Rect {
            top: inside.bottom - page.height() * PART_OF_WORDS,
            ..inside
        },
        Place::Beside => Rect {
            left: inside.right - inside.width() * PART_OF_WORDS,
            top: room.top.max(inside.top),
            ..inside
        },
    };
    let most = column.height();
    let fits = |lines: &Lines, _: Font| lines.height <= most;
    let (lines, font) = largest(&words, (&WORDS, Weight::Regular), &column, measure, fits);
    let lines = first(lines, (most / font.line_height()) as usize);
    let height = font.line_height() * lines.len() as f64;
    let top = match place {
        Place::Below => column.bottom - height,
        Place::Beside => column.center().y - height / 2.0,
    };
    put(&mut primitives, lines, (&column, top), font);
    match place {
        Place::Below => room.bottom = top - GAP,
        Place::Beside => room.right = column.left - GAP,
    }
    (primitives, room)
}

/// A loop by its name and its sentence; none if it is not among those that are listed.
fn loop_told(drawing: &Drawing<'_>, key: &LoopKey) -> Option<String> {
    let document = drawing.document();
    let mut loops = drawing.loops().loops.iter();
    let named = loops.find(|named| named.key == *key)?;
    let label = document.label_of(key);
    let name = match label.map_or("", |(_, label)| label.name.trim()) {
        "" => named.code.clone(),
        label => isolated(label).into_owned(),
    };
    Some(format!("{name}: {}", named.sentence(document)))
}

/// The words of a step, or the loops that it lights if it has none, and its figures; a line for each.
fn words_of(drawing: &Drawing<'_>, step: &StoryStep) -> String {
    // A line for each paragraph, without empty ones between them.
    let words = plain(&read(&step.words));
    let lines = words.lines().filter(|line| !line.trim().is_empty());
    let mut words = lines.collect::<Vec<_>>().join("\n");
    if words.is_empty() {
        let loops = step.loops.iter();
        let told: Vec<String> = loops.filter_map(|key| loop_told(drawing, key)).collect();
        words = told.join("\n");
    }
    if step.figures.is_empty() {
        return words;
    }
    for figure in figures(
        drawing.document(),
        (drawing.streams(), drawing.simulated()),
        step,
    ) {
        let value = match figure.value {
            FigureValue::Known(value, "") => value,
            FigureValue::Known(value, trust) => format!("{value} ({trust})"),
            FigureValue::Unknown => "unknown".to_owned(),
            FigureValue::Gone => continue,
        };
        if !words.is_empty() {
            words.push('\n');
        }
        words.push_str(&format!("{}: {value}", figure.name));
    }
    words
}

/// A text in the first of these sizes in which it fits, else in the last.
fn largest(
    text: &str,
    (sizes, weight): (&[f64], Weight),
    inside: &Rect,
    measure: &dyn MeasureText,
    fits: impl Fn(&Lines, Font) -> bool,
) -> (Lines, Font) {
    let mut set = sizes.iter().map(|size| {
        let font = Font {
            size: *size,
            weight,
        };
        (break_lines(text, font, inside.width(), measure), font)
    });
    let mut last = (Lines::default(), Font::TAG);
    for (lines, font) in set.by_ref() {
        let is_good = fits(&lines, font);
        last = (lines, font);
        if is_good {
            break;
        }
    }
    last
}

/// The first lines of a text, and a sign that more follow.
fn first(lines: Lines, most: usize) -> Vec<(String, f64)> {
    let mut lines = lines.lines;
    if lines.len() > most.max(1) {
        lines.truncate(most.max(1));
        if let Some((line, _)) = lines.last_mut() {
            line.push('…');
        }
    }
    lines
}

/// Sets lines below each other, from the side on which they are read first.
fn put(
    primitives: &mut Vec<Primitive>,
    lines: Vec<(String, f64)>,
    (column, top): (&Rect, f64),
    font: Font,
) {
    let text: String = lines.iter().map(|(line, _)| line.as_str()).collect();
    let (align, x) = match Direction::of(&text) {
        Direction::RightToLeft => (Align::Right, column.right),
        Direction::LeftToRight => (Align::Left, column.left),
    };
    for (row, (text, width)) in lines.into_iter().enumerate() {
        let y = font.line_height().mul_add(row as f64 + 0.5, top);
        primitives.push(Primitive::Text {
            text,
            at: Point::new(x, y),
            width,
            align,
            font,
            ink: Ink::Text,
        });
    }
}
