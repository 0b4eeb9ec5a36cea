//! What other people have selected and what they write, over the diagram: outlines in the colour of
//! each, with the name at a corner. On the screen alone.

use super::build::Scene;
use super::caption::shorten;
use super::magnify::seen_rect;
use super::primitive::{Align, Path, Primitive, Stroke};
use super::text::{Font, MeasureText, Weight};
use super::theme::Ink;
use super::view::View;
use crate::model::{Colour, Id, Point, Records, Rect, Vector};

/// More selected things than this have one outline around all of them.
const MOST_OUTLINED: usize = 12;
/// How far the first outline is from a thing, in CSS pixels: clear of that of the own selection.
const APART: f64 = 6.0;
/// How far each further one is from that before.
const STEP: f64 = 3.0;
/// How high the strip with a name is.
const HEIGHT: f64 = 17.0;
/// How much paper it has at its ends.
const PADDING: f64 = 5.0;
/// How wide the words on it are at most.
const WIDEST: f64 = 240.0;
/// The letters of names.
pub(super) const LETTERS: Font = Font {
    size: 12.0,
    weight: Weight::Semibold,
};

/// What another person has in hand.
#[derive(Clone, Debug, PartialEq)]
pub struct PersonMark {
    /// The name.
    pub name: String,
    /// The letter that stands for it.
    pub sign: String,
    /// The colour.
    pub colour: Colour,
    /// What is selected. Some of it may not be drawn.
    pub selection: Vec<Id>,
    /// What is being written, and the words that say so.
    pub writes: Option<(Id, String)>,
}

/// Draws what other people have in hand, as far as it is in sight, in CSS pixels of the canvas.
#[must_use]
pub fn draw_people(
    scene: &Scene,
    marks: &[PersonMark],
    view: &View,
    measure: &dyn MeasureText,
) -> Vec<Primitive> {
    let mut pen = PeoplePen {
        scene,
        view,
        measure,
        outlined: Records::new(),
        primitives: Vec::new(),
    };
    for mark in marks {
        pen.push(mark);
    }
    pen.primitives
}

/// What somebody drags by a distance in world units, in CSS pixels of the canvas: the box of each
/// thing, or one around many.
#[must_use]
pub fn dragged_boxes(scene: &Scene, ids: &[Id], by: Vector, view: &View) -> Vec<Rect> {
    let boxes = ids.iter().filter_map(|id| scene.outline_of(*id));
    let boxes: Vec<Rect> = boxes.map(|one| on_screen(&one.moved(by), view)).collect();
    match boxes.len() > MOST_OUTLINED {
        true => boxes
            .into_iter()
            .reduce(|all, one| all.union(&one))
            .into_iter()
            .collect(),
        false => boxes,
    }
}

/// An outline that was drawn: its box on the screen, of a link that around its handle, and how many
/// were there before it.
#[derive(Clone, Copy)]
struct Outlined {
    rect: Rect,
    level: usize,
}

struct PeoplePen<'a> {
    scene: &'a Scene,
    view: &'a View,
    measure: &'a dyn MeasureText,
    /// How many outlines each thing has.
    outlined: Records<usize>,
    primitives: Vec<Primitive>,
}

impl PeoplePen<'_> {
    fn push(&mut self, mark: &PersonMark) {
        let written = mark.writes.as_ref().map(|(id, _)| *id);
        let shown = mark.selection.iter().copied();
        let shown = shown.filter(|id| Some(*id) != written && self.scene.shows(*id));
        let shown: Vec<Id> = shown.collect();
        let outlines: Vec<Outlined> = match shown.len() > MOST_OUTLINED {
            true => self.push_around(&shown, mark.colour).into_iter().collect(),
            false => shown
                .iter()
                .filter_map(|id| self.push_outline(*id, mark.colour, 1.5))
                .collect(),
        };
        // The name stands once, at what is highest; the others have the sign.
        let highest = outlines.iter().enumerate().min_by(|(_, one), (_, other)| {
            let by_top = one.rect.top.total_cmp(&other.rect.top);
            by_top.then(one.rect.left.total_cmp(&other.rect.left))
        });
        let highest = highest.map(|(at, _)| at);
        for (at, outlined) in outlines.iter().enumerate() {
            let words = if Some(at) == highest {
                &mark.name
            } else {
                &mark.sign
            };
            self.push_words(outlined, words, mark.colour);
        }
        if let Some((id, words)) = &mark.writes
            && let Some(outlined) = self.push_outline(*id, mark.colour, 2.5)
        {
            self.push_words(&outlined, words, mark.colour);
        }
    }

    /// The outline of one thing; of a link its line.
    fn push_outline(&mut self, id: Id, colour: Colour, width: f64) -> Option<Outlined> {
        let stroke = Stroke::solid(Ink::Colour(colour), width);
        let level = self.outlined.get(&id).copied().unwrap_or(0);
        let reach = APART + STEP * level as f64;
        let (rect, path, bounds) = if let Some(link) = self.scene.links().get(&id) {
            let path = Path::along(&link.curve).on_screen(self.view);
            let handle = self.view.to_screen(link.handle);
            let rect = Rect::from_points(handle, handle).grown(reach);
            (rect, path, on_screen(&link.bounds, self.view))
        } else {
            let node = self.scene.nodes().get(&id);
            let rect = node.map(|node| seen_rect(node, self.view.zoom));
            let rect = rect.or_else(|| self.scene.outline_of(id))?;
            let rect = on_screen(&rect, self.view).grown(reach);
            (rect, Path::rounded(&rect, 7.0), rect)
        };
        self.outlined.insert(id, level + 1);
        if !self.is_in_sight(&bounds) {
            return None;
        }
        self.primitives.push(Primitive::Line { path, stroke });
        Some(Outlined { rect, level })
    }

    /// One outline around many things.
    fn push_around(&mut self, ids: &[Id], colour: Colour) -> Option<Outlined> {
        let boxes = ids.iter().filter_map(|id| self.scene.bounds_of(*id));
        let rect = boxes.reduce(|all, one| all.union(&one))?;
        let rect = on_screen(&rect, self.view).grown(APART);
        if !self.is_in_sight(&rect) {
            return None;
        }
        self.primitives.push(Primitive::Line {
            path: Path::rounded(&rect, 7.0),
            stroke: Stroke::dashed(Ink::Colour(colour), 1.5),
        });
        Some(Outlined { rect, level: 0 })
    }

    /// A strip with words under the right end of an outline, and within the canvas.
    fn push_words(&mut self, outlined: &Outlined, words: &str, colour: Colour) {
        let (text, width) = fitted(words, WIDEST, self.measure);
        let size = self.view.size;
        let rect = outlined.rect;
        let wide = width + 2.0 * PADDING;
        let down = HEIGHT * outlined.level as f64;
        let left = (rect.right - wide).min(size.x - wide).max(0.0);
        let top = (rect.bottom + down).min(size.y - HEIGHT).max(0.0);
        let strip = Rect::from_points(Point::new(left, top), Point::new(left + wide, top + HEIGHT));
        self.primitives.push(Primitive::Fill {
            path: Path::rounded(&strip, 4.0),
            ink: Ink::Colour(colour),
        });
        self.primitives.push(Primitive::Text {
            text,
            at: strip.center(),
            width,
            align: Align::Center,
            font: LETTERS,
            ink: Ink::Paper,
        });
    }

    fn is_in_sight(&self, rect: &Rect) -> bool {
        let corner = Point::new(self.view.size.x, self.view.size.y);
        rect.intersects(&Rect::from_points(Point::default(), corner))
    }
}

/// A box in CSS pixels of the canvas.
pub(super) fn on_screen(rect: &Rect, view: &View) -> Rect {
    let corners = [(rect.left, rect.top), (rect.right, rect.bottom)];
    let [one, other] = corners.map(|(x, y)| view.to_screen(Point::new(x, y)));
    Rect::from_points(one, other)
}

/// Words that are no wider than this, and how wide they are.
pub(super) fn fitted(words: &str, widest: f64, measure: &dyn MeasureText) -> (String, f64) {
    let width_of = |words: &str| measure.width(words, LETTERS);
    let mut text = words.to_owned();
    let width = width_of(&text);
    if width <= widest {
        return (text, width);
    }
    shorten(&mut text, widest, &width_of);
    let width = width_of(&text);
    (text, width)
}
