//! The names on a plot: beside their dots and lines or, where there is no room, in a key below.

use crate::model::{Point, Rect, Vector};

use super::super::primitive::{Path, Stroke};
use super::super::text::Font;
use super::super::theme::Ink;
use super::place::{Anchor, Room};
use super::sheet::{GAP, LINE, MARGIN, Sheet, Side};

/// The radius of a dot, in world units.
pub const DOT: f64 = 4.0;

/// A name and what it belongs to.
pub struct Tag<'a> {
    /// The dot or line.
    pub anchor: Anchor,
    /// The name, not empty.
    pub name: &'a str,
    /// Its colour.
    pub ink: Ink,
}

/// Where a name stands, and its words.
struct Placed {
    words: String,
    rect: Rect,
}

/// Draws dots and names; what has no room gets a number, and the key begins at `below`, in world
/// units. Gives back where the key ends.
pub fn draw_tags(sheet: &mut Sheet<'_>, tags: &[Tag<'_>], room: &Room, below: f64) -> f64 {
    let limit = room.limits.width() * 0.6;
    let mut names: Vec<&str> = tags.iter().map(|tag| tag.name).collect();
    let mut end = below;
    let mut placed = place_all(sheet, tags, &names, room, limit);
    let numbers: Vec<String> = (1..=tags.len()).map(|number| number.to_string()).collect();
    if placed.iter().any(Option::is_none) {
        names = numbers.iter().map(String::as_str).collect();
        placed = place_all(sheet, tags, &names, room, limit);
        end = draw_key(sheet, tags, &numbers, below);
    }
    for (tag, placed) in tags.iter().zip(&placed) {
        if let (Anchor::Dot(dot), Some(placed)) = (tag.anchor, placed) {
            draw_leader(sheet, dot, &placed.rect);
        }
    }
    for tag in tags {
        if let Anchor::Dot(dot) = tag.anchor {
            draw_dot(sheet, dot, tag.ink);
        }
    }
    for (tag, placed) in tags.iter().zip(placed) {
        let Some(Placed { words, rect }) = placed else {
            continue;
        };
        // Lines that pass under a name must not make it hard to read.
        let paper = Path::rounded(&rect.grown(-1.0), 3.0);
        sheet.fill(paper, Ink::Paper);
        let ink = text_ink(tag.ink);
        let center = rect.center();
        // From a dot outwards, so that the letters of another viewer do not run into it.
        let (at, side) = match tag.anchor {
            Anchor::Dot(dot) if rect.left > dot.x => {
                (Point::new(rect.left + 1.0, center.y), Side::Left)
            }
            _ => (center, Side::Middle),
        };
        sheet.words(&words, at, side, f64::INFINITY, ink);
    }
    end
}

/// A dot with a ring of paper around it.
pub fn draw_dot(sheet: &mut Sheet<'_>, at: Point, ink: Ink) {
    sheet.fill(Path::circle(at, DOT + 1.5), Ink::Paper);
    sheet.fill(Path::circle(at, DOT), ink);
}

/// The ink of words about something of an ink: one that can be read.
pub const fn text_ink(ink: Ink) -> Ink {
    match ink {
        Ink::Paper | Ink::Grid | Ink::Note | Ink::NoteBorder | Ink::AccentWash => Ink::Text,
        _ => ink,
    }
}

fn place_all(
    sheet: &Sheet<'_>,
    tags: &[Tag<'_>],
    names: &[&str],
    room: &Room,
    limit: f64,
) -> Vec<Option<Placed>> {
    let mut room = Room {
        limits: room.limits,
        taken: room.taken.clone(),
        lines: room.lines.clone(),
    };
    let mut placed = Vec::with_capacity(tags.len());
    for (tag, name) in tags.iter().zip(names) {
        let (words, width) = sheet.fitted(name, Font::CHART, limit);
        let rect = room.place(tag.anchor, width + 2.0);
        room.taken.extend(rect);
        placed.push(rect.map(|rect| Placed { words, rect }));
    }
    placed
}

/// A fine line from a dot to its name, if they are not side by side.
fn draw_leader(sheet: &mut Sheet<'_>, dot: Point, rect: &Rect) {
    const NEAR: f64 = 12.0;
    if rect.distance(dot) > NEAR {
        let foot = if rect.top > dot.y {
            rect.top
        } else {
            rect.bottom
        };
        // Not `clamp`: a name may be narrower than the two margins.
        let x = dot.x.max(rect.left + 4.0).min(rect.right - 4.0);
        sheet.rule(dot, Point::new(x, foot), Stroke::solid(Ink::Muted, 1.0));
    }
}

/// The numbers with their names, one a line.
fn draw_key(sheet: &mut Sheet<'_>, tags: &[Tag<'_>], numbers: &[String], top: f64) -> f64 {
    let widest = numbers.iter().map(|number| sheet.room(number, 100.0));
    let column = widest.fold(0.0, f64::max);
    let mut at = Point::new(MARGIN + column, top + GAP / 2.0 + LINE / 2.0);
    for (tag, number) in tags.iter().zip(numbers) {
        sheet.words(number, at, Side::Right, column, text_ink(tag.ink));
        let name = at + Vector::new(GAP, 0.0);
        let limit = sheet.width - MARGIN - name.x;
        sheet.words(tag.name, name, Side::Left, limit, Ink::Text);
        at.y += LINE;
    }
    at.y - LINE / 2.0
}
