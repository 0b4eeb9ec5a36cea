//! A document as LOOPY's text, and as the address that holds it.

use std::fmt::Write;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::{HUE, INITIAL};
use crate::format::export::{Export, losses, lost_delays, lost_remarks};
use crate::format::reader::Warning;
use crate::model::{Document, ElementKind, MAXIMUM_COORDINATE, Point, Polarity, Records, Vector};
use crate::model::{Link, VariableKind};

/// Where LOOPY's own links lead.
const ADDRESS: &str = "https://ncase.me/loopy/v1.1/?data=";
/// Longer addresses are cut by some servers and programs, in characters.
const LONG: usize = 8_000;
/// How far from the upper left corner LOOPY's canvas shows a node whole, in pixels.
const CORNER: f64 = 80.0;
/// The arc of LOOPY's rings, in pixels.
const RING: f64 = 80.0;

/// What `encodeURIComponent` leaves as it is.
const KEPT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'!')
    .remove(b'~')
    .remove(b'*')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')');

/// Writes the text that LOOPY saves and opens.
///
/// Places and arcs are rounded to pixels, and all is moved where LOOPY's canvas begins. A link of
/// unknown polarity has the strength 0, which LOOPY shows as a question mark.
#[must_use]
pub fn write(document: &Document) -> Export {
    let away = away_from_corner(document);
    let mut text = "[[".to_owned();
    let mut numbers: Records<usize> = Records::new();
    for (number, (id, variable)) in (1..).zip(document.variables()) {
        numbers.insert(*id, number);
        begin(&mut text, number);
        // Writing to a text cannot fail.
        let _ = write!(text, "[{number},");
        point(&mut text, variable.placement.position + away);
        // Writing to a text cannot fail.
        let _ = write!(text, "{INITIAL},");
        in_sentence(&mut text, &variable.name);
        let _ = write!(text, ",{HUE}]");
    }
    text.push_str("],[");
    for (number, link) in (1..).zip(document.links().values()) {
        begin(&mut text, number);
        let end = |id| numbers.get(&id).copied().unwrap_or_default();
        let _ = write!(text, "[{},{},", end(link.from), end(link.to));
        arc(&mut text, document, link);
        text.push(']');
    }
    text.push_str("],[");
    for (number, note) in (1..).zip(document.notes().values()) {
        begin(&mut text, number);
        text.push('[');
        point(&mut text, note.placement.position + away);
        in_sentence(&mut text, &note.text);
        text.push(']');
    }
    let _ = write!(text, "],{}%5D", document.variables().len());
    Export {
        text,
        warnings: warnings(document),
    }
}

/// Writes the address that opens the diagram in LOOPY.
#[must_use]
pub fn link(document: &Document) -> Export {
    let Export { text, mut warnings } = write(document);
    let text = format!("{ADDRESS}{text}");
    if text.len() > LONG {
        let message = format!(
            "the address has {} characters, which is more than some programs take; the file of \
             LOOPY has no such limit",
            text.len()
        );
        warnings.push(Warning::note(message));
    }
    Export { text, warnings }
}

fn warnings(document: &Document) -> Vec<Warning> {
    let stocks = document.variables().values();
    let stocks = stocks.filter(|variable| variable.kind == VariableKind::Stock);
    let kinds = [
        ElementKind::LoopLabel,
        ElementKind::Station,
        ElementKind::Flow,
        ElementKind::Frame,
        ElementKind::Comment,
        ElementKind::Image,
        ElementKind::Improvement,
        ElementKind::Scenario,
        ElementKind::Story,
        ElementKind::Retrospective,
        ElementKind::Experiment,
    ];
    let mut warnings = losses(document, stocks.count(), &kinds);
    warnings.extend(lost_delays(document));
    warnings.extend(lost_remarks(document));
    warnings
}

fn begin(text: &mut String, number: usize) {
    if number > 1 {
        text.push(',');
    }
}

/// The way that brings everything onto LOOPY's canvas, which begins at the origin; none where it is
/// there already, or where there is no room for it.
fn away_from_corner(document: &Document) -> Vector {
    let variables = document.variables().values().map(|one| &one.placement);
    let placements = variables.chain(document.notes().values().map(|one| &one.placement));
    let (mut least, mut most) = (Point::new(CORNER, CORNER), Point::default());
    for Point { x, y } in placements.map(|placement| placement.position) {
        least = Point::new(least.x.min(x), least.y.min(y));
        most = Point::new(most.x.max(x), most.y.max(y));
    }
    let away = Vector::new((CORNER - least.x).ceil(), (CORNER - least.y).ceil());
    match most.x + away.x > MAXIMUM_COORDINATE || most.y + away.y > MAXIMUM_COORDINATE {
        true => Vector::ZERO,
        false => away,
    }
}

/// Two coordinates in whole pixels, each with a comma after it.
fn point(text: &mut String, Point { x, y }: Point) {
    for coordinate in [x, y] {
        whole(text, coordinate);
        text.push(',');
    }
}

/// The arc, strength and, for a ring, rotation of a link.
fn arc(text: &mut String, document: &Document, link: &Link) {
    let position = |id| {
        let variable = document.variables().get(&id);
        variable.map_or_else(Point::default, |variable| variable.placement.position)
    };
    let chord = position(link.from).distance(position(link.to));
    let height = match link.is_self_link() {
        true => RING,
        false => link.bend * chord,
    };
    whole(text, height);
    text.push_str(match link.polarity {
        Polarity::Positive => ",1",
        Polarity::Negative => ",-1",
        Polarity::Unknown => ",0",
    });
    if link.is_self_link() {
        text.push(',');
        whole(text, link.bend * 360.0);
    }
}

fn whole(text: &mut String, number: f64) {
    // Adding zero makes no -0; writing to a text cannot fail.
    let _ = write!(text, "{}", number.round() + 0.0);
}

/// A text in LOOPY's quotes, encoded twice.
fn in_sentence(out: &mut String, text: &str) {
    out.push_str("%22");
    let once = utf8_percent_encode(text, KEPT).to_string();
    out.extend(utf8_percent_encode(&once, KEPT));
    out.push_str("%22");
}
