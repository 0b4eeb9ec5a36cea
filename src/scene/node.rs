//! What a variable or a note looks like.

use crate::model::{Direction, Id, Note, NoteKind, Point, Rect, Variable, VariableKind, Vector};

use super::caption::Words;
use super::primitive::{Align, Path, Primitive, Stroke};
use super::text::{Font, Lines, MeasureText, break_lines, name_limit};
use super::theme::Ink;

/// The width at which the name of a variable breaks, in world units.
pub const NAME_WIDTH: f64 = 176.0;
/// The widest that the name of a variable gets, for the sake of a long word, in world units.
pub(super) const WIDEST_NAME: f64 = 280.0;
/// What an unnamed variable shows.
pub const PLACEHOLDER: &str = "unnamed";
/// The paper left around the words of a variable, in world units.
const VARIABLE_MARGIN: Vector = Vector::new(8.0, 4.0);
/// The paper left around the words of a stock, in world units.
const STOCK_MARGIN: Vector = Vector::new(14.0, 10.0);
/// The paper left around the words of a note, in world units.
const NOTE_MARGIN: Vector = Vector::new(12.0, 10.0);

/// Which kind of thing a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NodeKind {
    /// Free text; drawn under the variables.
    Note,
    /// A place that work passes through.
    Station,
    /// A quantity.
    Variable,
}

/// A thing that stands by itself, with its outline and its drawing.
#[derive(Clone, Debug, PartialEq)]
pub struct NodeShape {
    /// Its record.
    pub id: Id,
    /// Which kind.
    pub kind: NodeKind,
    /// Drawn over lower layers.
    pub layer: i32,
    /// Its outline, in world units.
    pub rect: Rect,
    /// What is drawn.
    pub primitives: Vec<Primitive>,
    /// What it says at small scales; a variable says its name.
    pub words: Option<Box<Words>>,
}

/// The paper left around the words of a variable of a kind, in world units.
#[must_use]
pub const fn name_margin(kind: VariableKind) -> Vector {
    match kind {
        VariableKind::Plain => VARIABLE_MARGIN,
        VariableKind::Stock => STOCK_MARGIN,
    }
}

/// The shape of a variable.
#[must_use]
pub fn variable_shape(id: Id, variable: &Variable, measure: &dyn MeasureText) -> NodeShape {
    let (text, ink) = if variable.name.trim().is_empty() {
        (PLACEHOLDER, Ink::Muted)
    } else {
        (variable.name.as_str(), Ink::Text)
    };
    let limit = name_limit(text, Font::NAME, NAME_WIDTH, WIDEST_NAME, measure);
    let lines = break_lines(text, Font::NAME, limit, measure);
    let margin = name_margin(variable.kind);
    let center = variable.placement.position;
    let rect = Rect::centered(
        center,
        lines.width + 2.0 * margin.x,
        lines.height + 2.0 * margin.y,
    );
    let mut primitives = Vec::with_capacity(lines.lines.len() + 2);
    match variable.kind {
        // Links that pass under a name must not make it hard to read.
        VariableKind::Plain => {
            primitives.push(Primitive::Fill {
                path: Path::rounded(&rect, 6.0),
                ink: Ink::Paper,
            });
        }
        VariableKind::Stock => {
            let path = Path::rounded(&rect, 3.0);
            primitives.push(Primitive::Fill {
                path: path.clone(),
                ink: Ink::Paper,
            });
            primitives.push(Primitive::Line {
                path,
                stroke: Stroke::solid(Ink::Text, 1.5),
            });
        }
    }
    push_lines(
        &mut primitives,
        lines,
        center.x,
        &rect,
        Align::Center,
        Font::NAME,
        ink,
    );
    NodeShape {
        id,
        kind: NodeKind::Variable,
        layer: variable.placement.layer,
        rect,
        primitives,
        words: None,
    }
}

/// The shape of a note.
#[must_use]
pub fn note_shape(id: Id, note: &Note, measure: &dyn MeasureText) -> NodeShape {
    let (text, ink) = if note.text.trim().is_empty() {
        ("empty note", Ink::Muted)
    } else {
        (note.text.as_str(), Ink::Text)
    };
    let lines = break_lines(text, Font::NOTE, note.width, measure);
    let rect = Rect::centered(
        note.placement.position,
        note.width.min(lines.width.max(Note::MINIMUM_WIDTH)) + 2.0 * NOTE_MARGIN.x,
        lines.height + 2.0 * NOTE_MARGIN.y,
    );
    let (rect, path) = match note.kind {
        NoteKind::Plain => (rect, Path::rounded(&rect, 4.0)),
        NoteKind::Burst => burst(&rect),
    };
    let ink_of_border = match note.kind {
        NoteKind::Plain => Ink::NoteBorder,
        NoteKind::Burst => Ink::Reinforcing,
    };
    let mut primitives = vec![
        Primitive::Fill {
            path: path.clone(),
            ink: Ink::Note,
        },
        Primitive::Line {
            path,
            stroke: Stroke::solid(ink_of_border, 1.0),
        },
    ];
    // A note begins where its first words do.
    let (x, align) = match (note.kind, Direction::of(text)) {
        (NoteKind::Plain, Direction::LeftToRight) => (rect.left + NOTE_MARGIN.x, Align::Left),
        (NoteKind::Plain, Direction::RightToLeft) => (rect.right - NOTE_MARGIN.x, Align::Right),
        (NoteKind::Burst, _) => (rect.center().x, Align::Center),
    };
    let words = Words {
        frame: primitives.len(),
        ..Words::new(text, Font::NOTE, ink, &lines)
    };
    push_lines(&mut primitives, lines, x, &rect, align, Font::NOTE, ink);
    NodeShape {
        id,
        kind: NodeKind::Note,
        layer: note.placement.layer,
        rect,
        primitives,
        words: Some(Box::new(words)),
    }
}

/// The cloud with spikes of a kaizen burst around a box of words, and the box around that.
fn burst(words: &Rect) -> (Rect, Path) {
    const SPIKES: i32 = 14;
    const SPIKE: f64 = 12.0;
    let (center, half) = (words.center(), words.grown(2.0));
    // The words fit into the ellipse through the corners of their box, without its outmost part.
    let (across, down) = (half.width() * 0.62, half.height() * 0.66);
    let point = |number: i32| {
        let angle = f64::from(number) * std::f64::consts::PI / f64::from(SPIKES);
        let out = if number % 2 == 0 { SPIKE } else { 0.0 };
        let direction = Vector::from_angle(angle);
        center + Vector::new(direction.x * (across + out), direction.y * (down + out))
    };
    let points: Vec<Point> = (0..2 * SPIKES).map(point).collect();
    let rect = Rect::centered(center, 2.0 * (across + SPIKE), 2.0 * (down + SPIKE));
    (rect, Path::polygon(&points))
}

pub(super) fn push_lines(
    primitives: &mut Vec<Primitive>,
    lines: Lines,
    x: f64,
    rect: &Rect,
    align: Align,
    font: Font,
    ink: Ink,
) {
    let top = rect.center().y - lines.height / 2.0 + font.line_height() / 2.0;
    for (row, (text, width)) in lines.lines.into_iter().enumerate() {
        let at = Point::new(x, top + row as f64 * font.line_height());
        primitives.push(Primitive::Text {
            text,
            at,
            width,
            align,
            font,
            ink,
        });
    }
}
