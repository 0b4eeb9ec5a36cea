//! What a variable or a note looks like.

use crate::model::{
    Direction, Document, Id, Image, ImageData, Note, NoteKind, Point, Rect, Size, Variable,
    VariableKind, Vector,
};

use super::caption::{Place, Words};
use super::connector::Heading;
use super::pipe::draw_valve;
use super::pipe_way::VALVE_HALF;
use super::primitive::{Align, Path, Primitive, Stroke};
use super::text::{Font, Lines, MeasureText, Weight, break_lines, name_limit};
use super::theme::Ink;

/// The width at which the name of a variable of medium size breaks, in world units.
const NAME_WIDTH: f64 = 176.0;
/// The widest that such a name gets, for the sake of a long word, in world units.
pub(super) const WIDEST_NAME: f64 = 280.0;
/// What an unnamed variable shows.
pub const PLACEHOLDER: &str = "unnamed";
/// The paper left around the words of a variable, in world units.
const VARIABLE_MARGIN: Vector = Vector::new(8.0, 4.0);
/// The paper left around the words of a stock, in world units.
const STOCK_MARGIN: Vector = Vector::new(14.0, 10.0);
/// The least width and height of a stock through which something flows, in world units.
const RESERVOIR: Vector = Vector::new(96.0, 56.0);
/// The paper left around the words of a note, in world units.
const NOTE_MARGIN: Vector = Vector::new(12.0, 10.0);
/// The paper between the images of a note, and between them and its words, in world units.
const IMAGE_GAP: f64 = 8.0;

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

/// What a node is made of besides words.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum NodeForm {
    /// Nothing that matters elsewhere.
    #[default]
    Plain,
    /// The box of a stock at which there are pipes, with room for a level.
    Reservoir,
    /// The valve of a rate, with its name beside it.
    Valve(Valve),
}

/// The valve of a rate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Valve {
    /// Its middle, where the variable stands.
    pub middle: Point,
    /// The box of the name.
    pub name: Rect,
    /// On which side of the valve the name is.
    pub place: Heading,
    /// How many of the primitives draw the valve; the others draw the name.
    pub drawn: usize,
}

impl Valve {
    /// The square of the valve, so many times as large.
    #[must_use]
    pub fn square(&self, factor: f64) -> Rect {
        let side = 2.0 * VALVE_HALF * factor;
        Rect::centered(self.middle, side, side)
    }

    /// The name so many times as large, beside the valve so many times as large: how far the
    /// letters move after they have grown about [`Valve::foot`], and the box.
    #[must_use]
    pub fn name_at(&self, factor: f64, valve: f64) -> (Vector, Rect) {
        let foot = self.foot();
        let shift = self.place.vector() * (VALVE_HALF * (valve - 1.0));
        let corner = |x: f64, y: f64| foot + (Point::new(x, y) - foot) * factor + shift;
        let name = &self.name;
        let rect = Rect::from_points(corner(name.left, name.top), corner(name.right, name.bottom));
        (shift, rect)
    }

    /// The middle of that side of the name which is at the valve.
    #[must_use]
    pub fn foot(&self) -> Point {
        let (name, middle) = (&self.name, self.name.center());
        match self.place {
            Heading::Down => Point::new(middle.x, name.top),
            Heading::Up => Point::new(middle.x, name.bottom),
            Heading::Right => Point::new(name.left, middle.y),
            Heading::Left => Point::new(name.right, middle.y),
        }
    }
}

/// What of a variable's shape does not follow from its record alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VariableDress {
    /// Whether something flows into or out of it.
    pub is_reservoir: bool,
    /// On which side of its valve the name of a rate is.
    pub name: Heading,
    /// The side at which the pipe to the source of a rate leaves its valve.
    pub source: Heading,
}

impl Default for VariableDress {
    fn default() -> Self {
        Self {
            is_reservoir: false,
            name: Heading::Down,
            source: Heading::Left,
        }
    }
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
    /// The size of its letters, in world units.
    pub letters: f64,
    /// What is drawn.
    pub primitives: Vec<Primitive>,
    /// What it says at small scales; a variable says its name.
    pub words: Option<Box<Words>>,
    /// What it is made of.
    pub form: NodeForm,
}

impl NodeShape {
    /// The outline at which links end, and what else of it is in their way: of a rate its valve,
    /// and its name.
    #[must_use]
    pub fn port(&self) -> (Rect, Option<Rect>) {
        match &self.form {
            NodeForm::Plain | NodeForm::Reservoir => (self.rect, None),
            NodeForm::Valve(valve) => (valve.square(1.0), Some(valve.name)),
        }
    }

    /// The outline that lines up with others: of a rate its valve.
    #[must_use]
    pub fn lined_up(&self) -> Rect {
        self.port().0
    }
}

/// The paper left around the words of a variable of a kind, in world units.
#[must_use]
pub const fn name_margin(kind: VariableKind) -> Vector {
    match kind {
        VariableKind::Plain | VariableKind::Rate => VARIABLE_MARGIN,
        VariableKind::Stock => STOCK_MARGIN,
    }
}

/// The letters of the name of a variable.
#[must_use]
pub const fn name_font(size: Size, emphasis: bool) -> Font {
    Font {
        size: match size {
            Size::Small => Font::SMALL_NAME.size,
            Size::Medium => Font::NAME.size,
            Size::Large => 22.0,
        },
        weight: weight_of(emphasis),
    }
}

/// The letters of a note.
#[must_use]
pub const fn note_font(size: Size, emphasis: bool) -> Font {
    Font {
        size: match size {
            Size::Small => 12.0,
            Size::Medium => Font::NOTE.size,
            Size::Large => 20.0,
        },
        weight: weight_of(emphasis),
    }
}

const fn weight_of(emphasis: bool) -> Weight {
    match emphasis {
        true => Weight::Semibold,
        false => Weight::Regular,
    }
}

/// The width at which a name in these letters breaks, in world units.
#[must_use]
pub const fn name_width(font: Font) -> f64 {
    NAME_WIDTH * font.size / Font::NAME.size
}

/// The shape of a variable by itself.
#[must_use]
pub fn variable_shape(id: Id, variable: &Variable, measure: &dyn MeasureText) -> NodeShape {
    dressed_variable(id, variable, VariableDress::default(), measure)
}

/// The shape of a variable among others.
pub(super) fn dressed_variable(
    id: Id,
    variable: &Variable,
    dress: VariableDress,
    measure: &dyn MeasureText,
) -> NodeShape {
    let (text, ink) = if variable.name.trim().is_empty() {
        (PLACEHOLDER, Ink::Muted)
    } else {
        let ink = variable.colour.map_or(Ink::Text, Ink::Colour);
        (variable.name.as_str(), ink)
    };
    let font = name_font(variable.size, variable.emphasis);
    let widest = WIDEST_NAME * font.size / Font::NAME.size;
    let limit = name_limit(text, font, name_width(font), widest, measure);
    let lines = break_lines(text, font, limit, measure);
    let margin = name_margin(variable.kind);
    let center = variable.placement.position;
    let size = Vector::new(lines.width + 2.0 * margin.x, lines.height + 2.0 * margin.y);
    let mut words = Rect::centered(center, size.x, size.y);
    let mut rect = words;
    let mut primitives = Vec::with_capacity(lines.lines.len() + 3);
    let mut form = NodeForm::Plain;
    let outline = variable.colour.map_or(Ink::Text, Ink::Colour);
    let width = if variable.emphasis { 2.5 } else { 1.5 };
    // Links that pass under a name must not make it hard to read.
    let paper = |rect: &Rect| Primitive::Fill {
        path: Path::rounded(rect, 6.0),
        ink: Ink::Paper,
    };
    match variable.kind {
        VariableKind::Plain => primitives.push(paper(&rect)),
        VariableKind::Rate => {
            let out = dress.name.vector();
            let half = Vector::new(size.x / 2.0, size.y / 2.0);
            let away = VALVE_HALF + out.x.abs() * half.x + out.y.abs() * half.y;
            words = Rect::centered(center + out * away, size.x, size.y);
            primitives = draw_valve(center, dress.source, outline, width);
            let valve = Valve {
                middle: center,
                name: words,
                place: dress.name,
                drawn: primitives.len(),
            };
            primitives.push(paper(&words));
            rect = words.union(&valve.square(1.0));
            form = NodeForm::Valve(valve);
        }
        VariableKind::Stock => {
            if dress.is_reservoir {
                form = NodeForm::Reservoir;
                rect = Rect::centered(center, size.x.max(RESERVOIR.x), size.y.max(RESERVOIR.y));
            }
            let path = Path::rounded(&rect, 3.0);
            primitives.push(Primitive::Fill {
                path: path.clone(),
                ink: Ink::Paper,
            });
            primitives.push(Primitive::Line {
                path,
                stroke: Stroke::solid(outline, width),
            });
        }
    }
    push_lines(
        &mut primitives,
        lines,
        words.center().x,
        &words,
        Align::Center,
        font,
        ink,
    );
    NodeShape {
        id,
        kind: NodeKind::Variable,
        layer: variable.placement.layer,
        rect,
        letters: font.size,
        primitives,
        words: None,
        form,
    }
}

/// The shape of a note: its images from the top, and its words under them.
#[must_use]
pub fn note_shape(
    document: &Document,
    id: Id,
    note: &Note,
    measure: &dyn MeasureText,
) -> NodeShape {
    let pictures: Vec<(&Image, Vector)> = document
        .images_of(id)
        .map(|(_, image)| (image, image_size(note, &image.data)))
        .collect();
    let has_words = !note.text.trim().is_empty();
    let (text, ink) = match (has_words, pictures.is_empty()) {
        (true, _) => (note.text.as_str(), Ink::Text),
        (false, true) => ("empty note", Ink::Muted),
        (false, false) => ("", Ink::Muted),
    };
    let font = note_font(note.size, note.emphasis);
    let widest = pictures.iter().map(|(_, size)| size.x).fold(0.0, f64::max);
    let limit = note.width.max(widest);
    let lines = match text {
        "" => Lines::default(),
        text => break_lines(text, font, limit, measure),
    };
    let gaps = match text.is_empty() {
        true => pictures.len().saturating_sub(1),
        false => pictures.len(),
    };
    let over: f64 = pictures.iter().map(|(_, size)| size.y).sum();
    let over = over + gaps as f64 * IMAGE_GAP;
    let words_width = match text.is_empty() {
        true => 0.0,
        false => limit.min(lines.width.max(Note::MINIMUM_WIDTH)),
    };
    // Without words a picture needs no paper around it.
    let margin = match text.is_empty() {
        true => Vector::ZERO,
        false => NOTE_MARGIN,
    };
    let inner = Rect::centered(
        note.placement.position,
        words_width.max(widest) + 2.0 * margin.x,
        over + lines.height + 2.0 * margin.y,
    );
    let (rect, path) = match note.kind {
        NoteKind::Plain => (inner, Path::rounded(&inner, 4.0)),
        NoteKind::Burst => burst(&inner),
    };
    let border = match (note.colour, note.kind) {
        (Some(colour), _) => Ink::Colour(colour),
        (None, NoteKind::Plain) => Ink::NoteBorder,
        (None, NoteKind::Burst) => Ink::Reinforcing,
    };
    let fill = Primitive::Fill {
        path: path.clone(),
        ink: note.colour.map_or(Ink::Note, Ink::Tint),
    };
    let line = Primitive::Line {
        path,
        stroke: Stroke::solid(border, if note.emphasis { 2.0 } else { 1.0 }),
    };
    let mut top = inner.top + margin.y;
    let images = pictures.into_iter().map(|(image, size)| {
        let middle = Point::new(inner.center().x, top + size.y / 2.0);
        top += size.y + IMAGE_GAP;
        Primitive::Image {
            rect: Rect::centered(middle, size.x, size.y),
            data: image.data.clone(),
            alt: note.alt.trim().to_owned(),
        }
    });
    let mut primitives = vec![fill];
    primitives.extend(images);
    // Over the pictures, which reach to it where there are no words.
    primitives.push(line);
    // A note begins where its first words do.
    let (x, align) = match (note.kind, Direction::of(text)) {
        (NoteKind::Plain, Direction::LeftToRight) => (rect.left + NOTE_MARGIN.x, Align::Left),
        (NoteKind::Plain, Direction::RightToLeft) => (rect.right - NOTE_MARGIN.x, Align::Right),
        (NoteKind::Burst, _) => (rect.center().x, Align::Center),
    };
    let below = Rect {
        top: inner.top + over,
        ..inner
    };
    let words = Words {
        frame: primitives.len(),
        picture: below.top - rect.top,
        place: match note.kind {
            NoteKind::Plain => Place::Note,
            NoteKind::Burst => Place::Burst,
        },
        ..Words::new(text, font, ink, &lines)
    };
    push_lines(&mut primitives, lines, x, &below, align, font, ink);
    NodeShape {
        id,
        kind: NodeKind::Note,
        layer: note.placement.layer,
        rect,
        letters: font.size,
        primitives,
        words: Some(Box::new(words)),
        form: NodeForm::Plain,
    }
}

/// How large a picture is drawn on a note, in world units: within the width of its lines and half
/// as much again in height, and no larger than its pixels at the middle size; half as large on a
/// small note, twice as large on a large one.
#[must_use]
pub fn image_size(note: &Note, data: &ImageData) -> Vector {
    let (width, height) = (f64::from(data.width()), f64::from(data.height()));
    let within = (note.width / width).min(1.5 * note.width / height).min(1.0);
    let factor = match note.size {
        Size::Small => 0.5,
        Size::Medium => 1.0,
        Size::Large => 2.0,
    };
    Vector::new(width, height) * (within * factor)
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
